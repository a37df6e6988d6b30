package quote

import (
	"unicode"

	"whence/english"
)

// final tells whether word i ends a sentence outside of quotation marks.
func (d *document) final(i int) bool {
	w := &d.words[i]
	if w.letter || w.mark {
		return false
	}
	r := firstRune(w.Text)
	return r == '.' || r == '!' || r == '?' || r == '…'
}

// sentenceEnd is where the words of s end, the final stop left out.
func (d *document) sentenceEnd(s span) int {
	to := s.to
	for to > s.from && d.final(to-1) && d.words[to-1].quote == 0 {
		to--
	}
	return to
}

// contentTo is where a content that begins at from ends, in the sentence of c.
// It runs to the end of the sentence unless another attribution, or something
// that cannot be reported, follows.
func (f *finder) contentTo(c *clause, from int) int {
	hi := f.sentenceEnd(c.span)
	depth := 0
	for i := from; i < hi; i++ {
		w := &f.words[i]
		if q := w.quote; q > 0 && i > from {
			i = max(i, min(f.inQuote[q-1].to, hi)-1)
			continue
		}
		switch w.Text {
		case "(", "[":
			depth++
		case ")", "]":
			if depth--; depth < 0 {
				return i
			}
		case ";":
			return i
		}
		if depth == 0 && i > from && f.breaks(c, i, hi) {
			return f.trimEnd(from, i)
		}
	}
	return f.trimEnd(from, hi)
}

// trimEnd takes commas and dashes off the end of a content.
func (d *document) trimEnd(from, to int) int {
	for to > from {
		w := &d.words[to-1]
		if w.letter || w.mark || w.quote > 0 || !unicode.IsPunct(firstRune(w.Text)) || w.Text == ")" || w.Text == "]" || w.Text == "%" || w.Text == "'" || w.Text == "’" {
			return to
		}
		to--
	}
	return to
}

// breaks tells whether a content that began at from ends before word i: at a
// cue that is joined on, or at a comma after which something else begins.
func (f *finder) breaks(c *clause, i, hi int) bool {
	switch {
	case f.commaAt(i):
		return i+1 < hi && f.breaksAfterComma(c, i+1, hi)
	case f.is(i, english.Conjunction):
		return i+1 < hi && f.joinedCue(c, i+1, hi)
	}
	return false
}

// commaAt tells whether word i is a comma, or a dash that does the same.
func (d *document) commaAt(i int) bool {
	switch d.text(i) {
	case ",", "—", "--", "–":
		return true
	}
	return false
}

func (f *finder) breaksAfterComma(c *clause, i, hi int) bool {
	clausal := c.verb.Frames.Has(english.Clause)
	switch {
	case f.accordingAt(i):
		return true
	case f.is(i, english.Conjunction):
		return i+1 < hi && (f.joinedCue(c, i+1, hi) || f.newSpeaker(i+1, hi) ||
			!c.verb.Frames.Has(english.Clause|english.Quote) && f.newClause(i+1, hi))
	case f.verbal(i) && (!clausal || f.is(c.start-1, english.Relative)):
		return true
	case f.opened(c) && f.newClause(i, hi):
		return true
	case f.gerundCue(i, hi) || f.resumes(i, hi):
		return true
	case !clausal && f.leavesObject(i, hi):
		return true
	case f.is(i, english.ClauseOpener):
		return !clausal || f.newSpeaker(i+1, hi)
	}
	return f.newSpeaker(i, hi) || !clausal && f.is(i, english.Relative)
}

// leavesObject tells whether a content that is a noun phrase ends at a comma
// before word next: it does unless the comma stands in a row of things.
func (f *finder) leavesObject(next, hi int) bool {
	w := &f.words[next]
	if w.Class.Has(english.Determiner|english.SubjectPronoun|english.Relative|english.Adverb|english.Negation) || w.Form == english.Gerund {
		return !f.rowAfter(next, hi)
	}
	return false
}

// rowAfter tells whether a row of things goes on after a comma: another comma
// and a conjunction follow.
func (f *finder) rowAfter(i, hi int) bool {
	for ; i < hi; i++ {
		if f.text(i) == "," && i+1 < hi {
			return f.is(i+1, english.Conjunction)
		}
	}
	return false
}

// joinedCue tells whether a finite cue in the form of the verb of c stands at
// i: "said it was late and added".
func (f *finder) joinedCue(c *clause, i, hi int) bool {
	for i < hi && f.is(i, english.Adverb) {
		i++
	}
	if i >= hi || f.words[i].quote > 0 {
		return false
	}
	v, _ := f.verbAt(i, hi)
	w := &f.words[i]
	if v == nil || v.Kind == "" || !w.Form.Has(english.Past|english.Third) || f.nounToo(i) && !f.verbContext(i) {
		return false
	}
	if !v.Frames.Has(english.Firm | english.Quote | english.Infinitive) {
		return false
	}
	return f.gerund(c) || w.Form&(english.Past|english.Third) == f.words[c.head].Form&(english.Past|english.Third)
}

// newClause tells whether a clause with a subject of its own begins at i.
func (f *finder) newClause(i, hi int) bool {
	s := f.nounPhraseAfter(i, hi)
	return !s.empty() && s.from == i && s.to < hi && f.words[s.to].quote == 0 && f.verbal(s.to)
}

// opened tells whether the verb of c stands in a clause that opens its
// sentence, so that the main clause is still to come: "Though officials say".
func (f *finder) opened(c *clause) bool {
	if !f.is(c.from, english.ClauseOpener) {
		return false
	}
	for i := c.from; i < c.start; i++ {
		if f.text(i) == "," {
			return false
		}
	}
	return true
}

// resumes tells whether a cue goes on at i after a clause between commas:
// "Brandt, who praised the vote, told reporters".
func (f *finder) resumes(i, hi int) bool {
	v, _ := f.verbAt(i, hi)
	return v != nil && v.Kind != "" && f.words[i].Form.Has(english.Past|english.Third) && v.Frames.Has(english.Firm|english.Quote) && f.verbal(i)
}

// gerundCue tells whether a cue in -ing stands at i: ", adding that".
func (f *finder) gerundCue(i, hi int) bool {
	for i < hi && f.is(i, english.Adverb) {
		i++
	}
	if i >= hi {
		return false
	}
	v, _ := f.verbAt(i, hi)
	w := &f.words[i]
	return v != nil && v.Kind != "" && w.Form == english.Gerund && (!v.Frames.Has(english.Weak) || v.Frames.Has(english.Quote))
}

// newSpeaker tells whether a clause with a cue of its own begins at i: "he
// said", "Ms Brandt argued".
func (f *finder) newSpeaker(i, hi int) bool {
	s := f.nounPhraseAfter(i, hi)
	if s.empty() || s.from != i {
		return false
	}
	k := s.to
	for k < hi && f.is(k, english.Auxiliary|english.Adverb) && !f.is(k, english.Be) {
		k++
	}
	if k >= hi || f.words[k].quote > 0 {
		return false
	}
	v, _ := f.verbAt(k, hi)
	return v != nil && v.Kind != "" && v.Frames.Has(english.Firm|english.Quote) && f.words[k].Form.Has(english.Finite) && f.verbal(k)
}

func (f *finder) accordingAt(i int) bool { return f.phrase(english.According, i, len(f.words)) > 0 }

// clauseStart is where the clause that ends at word end begins, after what is
// already found in the sentence.
func (f *finder) clauseStart(lo, end int) int {
	for i := range f.found[f.first:] {
		if e := f.found[f.first+i].end(); e <= end {
			lo = max(lo, e)
		}
	}
	for lo < end && !f.words[lo].letter && !f.words[lo].mark && f.words[lo].quote == 0 {
		lo++
	}
	return lo
}

// hasVerb tells whether a finite verb stands among the words.
func (f *finder) hasVerb(from, to int) bool {
	for i := from; i < to; i++ {
		if f.verbal(i) {
			return true
		}
	}
	return false
}
