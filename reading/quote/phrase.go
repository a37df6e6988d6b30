package quote

import (
	"strings"

	"whence/english"
)

// longestPhrase bounds how far the noun phrase around a source is followed.
const longestPhrase = 45

// possessiveMark tells whether word i is the mark of a genitive and not a
// shortened verb: "Trump's", but not "he's".
func (d *document) possessiveMark(i int) bool {
	switch d.text(i) {
	case "'s", "’s":
		return !d.is(i-1, english.Pronoun|english.Wh|english.Relative|english.SubjectPronoun)
	case "'", "’":
		return strings.HasSuffix(d.text(i-1), "s")
	}
	return false
}

// nounContext are what only a noun or adjective can follow.
const nounContext = english.Determiner | english.Possessive | english.Preposition

// verbal tells whether word i is used as a finite verb or an auxiliary, as far
// as its neighbours tell.
func (d *document) verbal(i int) bool {
	w := &d.words[i]
	switch {
	case !w.letter && !w.Class.Has(english.Auxiliary):
		return false
	case w.Class.Has(english.Auxiliary):
		return !d.possessiveMark(i) && (!w.capital || !w.Class.Has(english.Month))
	case w.capital && i > 0 && d.words[i-1].letter:
		return false
	case w.Verb == nil:
		return d.unknownPast(i)
	case !w.Form.Has(english.Finite):
		return false
	case d.is(i-1, nounContext) && !d.is(i-1, english.Pronoun) || d.possessiveMark(i-1) || d.hyphened(i):
		return false
	case d.is(i-1, english.Number) && !w.Verb.Frames.Has(english.Clause|english.Quote):
		return false
	case w.Form.Has(english.Past):
		return !w.Form.Has(english.Base) || !d.is(i-1, nounContext)
	case w.Form.Has(english.Third):
		return !d.nounToo(i) || d.verbContext(i)
	}
	return d.is(i-1, english.SubjectPronoun|english.Relative|english.Modal) || !d.nounToo(i) && d.plural(i-1) ||
		d.plural(i-1) && d.verbContext(i)
}

// hyphened tells whether word i is part of a compound: "oft-stated".
func (d *document) hyphened(i int) bool {
	return d.text(i-1) == "-" && d.words[i-1].End == d.words[i].Start ||
		d.text(i+1) == "-" && d.words[i+1].Start == d.words[i].End
}

// nounToo tells whether word i is a noun as often as a verb.
func (d *document) nounToo(i int) bool {
	return d.is(i, english.ReportNoun|english.Document|english.Channel|english.Role|english.Roles|english.Organisation|english.NounToo)
}

// verbContext tells whether what stands around word i, which could be a noun
// or a verb, asks for a verb.
func (d *document) verbContext(i int) bool {
	subject := d.is(i-1, english.SubjectPronoun|english.Relative|english.Pronoun) || i > 0 && d.words[i-1].capital ||
		d.is(i-1, english.Role|english.Roles|english.Document|english.Organisation|english.Government|english.Group)
	after := d.is(i+1, english.Determiner|english.Possessive|english.SubjectPronoun|english.Wh) ||
		d.part(i+1, english.That) || d.part(i+1, english.To) || i+1 < len(d.words) && (d.words[i+1].mark || d.words[i+1].capital)
	return subject && after
}

// unknownPast tells whether word i looks like the past of a verb that the
// lexicon does not know.
func (d *document) unknownPast(i int) bool {
	t := d.text(i)
	return len(t) > 4 && strings.HasSuffix(t, "ed") && !d.words[i].capital &&
		!d.is(i-1, nounContext|english.Conjunction|english.Adverb) && !d.possessiveMark(i-1)
}

// plural tells whether word i looks like a plural noun or stands for several.
func (d *document) plural(i int) bool {
	if i < 0 {
		return false
	}
	t := d.text(i)
	return d.is(i, english.Roles|english.Vague|english.Group) || len(t) > 3 && strings.HasSuffix(t, "s") && !strings.HasSuffix(t, "ss")
}

// inNounPhrase tells whether word i can stand inside a noun phrase.
func (d *document) inNounPhrase(i int) bool {
	w := &d.words[i]
	if !w.letter {
		switch w.Text {
		case "-", "–", "&", "%", "$", "#", "/", "'s", "’s", "'", "’", ".":
			return !w.Class.Has(english.Auxiliary) || d.possessiveMark(i)
		}
		return w.mark && w.quote == 0 || !w.mark && d.nickname(i)
	}
	if w.Class.Has(english.Relative|english.Negation) && !w.Class.Has(english.Possessive) || d.verbal(i) {
		return false
	}
	if w.Class.Has(english.Subordinator) && !w.Class.Has(english.NounPreposition) && !w.capital {
		return false
	}
	return !w.Class.Has(english.Conjunction)
}

// nickname tells whether word i is a mark of a nickname or a title of a work,
// which do not end a noun phrase.
func (d *document) nickname(i int) bool {
	return isMark(d.text(i)) && d.words[i].quote == 0
}

// nounPhraseBefore is the noun phrase that ends right before word end, no
// further back than lo.
func (d *document) nounPhraseBefore(lo, end int) span {
	lo = max(lo, end-longestPhrase)
	if end <= lo {
		return span{end, end}
	}
	if d.is(end-1, english.SubjectPronoun|english.Relative) || d.is(end-1, english.Pronoun) && !d.words[end-1].capital && !d.is(end-2, nounContext&^english.Preposition|english.Number) && !d.possessiveMark(end-2) {
		return span{end - 1, end}
	}
	from := end
	for from > lo && d.continuesLeft(lo, from-1) {
		from--
	}
	return d.trimLeft(span{from, end})
}

// continuesLeft tells whether word i goes on a noun phrase that begins right
// after it.
func (d *document) continuesLeft(lo, i int) bool {
	w := &d.words[i]
	switch {
	case w.quote > 0:
		return false
	case d.inBrackets(lo, i):
		return true
	case w.Class.Has(english.Conjunction) && !w.capital:
		return i > lo && !d.part(i, english.But) && d.coordinates(lo, i)
	case w.Class.Has(english.Preposition) && !w.capital && !w.Class.Has(english.Adverb):
		return i > lo && w.Class.Has(english.NounPreposition) && d.nounBefore(i)
	case w.Class.Has(english.SubjectPronoun | english.ObjectPronoun):
		return false
	case w.Class.Has(english.Postmodifier) && !w.capital:
		return i > lo && d.nounBefore(i) && !d.is(i-1, english.SubjectPronoun|english.Relative)
	}
	return d.inNounPhrase(i)
}

// inBrackets tells whether word i closes, or stands in, a short bracket that
// belongs to a name: "Senator Orla Finch (R-Lohn)".
func (d *document) inBrackets(lo, i int) bool {
	if d.text(i) == "(" {
		return i > lo && d.words[i-1].capital
	}
	for k := i; k > lo && k > i-longestBracket; k-- {
		if d.text(k) == "(" {
			return d.words[k-1].capital && d.bracketEnd(k, len(d.words)) > i
		}
	}
	return false
}

// longestBracket is how many words a bracket inside a name may have.
const longestBracket = 8

// bracketEnd is where a short bracket that opens at i ends, or i.
func (d *document) bracketEnd(i, hi int) int {
	for k := i + 1; k < hi && k < i+longestBracket; k++ {
		if d.text(k) == ")" {
			return k + 1
		}
	}
	return i
}

// nounBefore tells whether the word before i is a noun that a prepositional
// phrase can belong to.
func (d *document) nounBefore(i int) bool {
	j := i - 1
	if j < 0 {
		return false
	}
	w := &d.words[j]
	if !w.letter || w.quote > 0 || d.verbal(j) || w.Class.Has(english.Preposition|english.Conjunction|english.Auxiliary) {
		return false
	}
	if w.Class.Has(english.Time) && !d.part(i, english.Of) || w.Class.Has(english.Adverb) && !w.Class.Has(english.Pronoun) {
		return false
	}
	return !w.Form.Has(english.Gerund|english.Past|english.Participle) || w.Class.Has(english.Role|english.Document|english.Postmodifier)
}

// coordinates tells whether the conjunction at i joins two noun phrases: what
// stands before it must reach back to the edge of the clause.
func (d *document) coordinates(lo, i int) bool {
	from := i
	for from > lo && d.words[from-1].quote == 0 && d.inNounPhrase(from-1) &&
		!d.is(from-1, english.Conjunction) {
		if d.is(from-1, english.Preposition) && !d.nounBefore(from-1) {
			break
		}
		from--
	}
	if from == i {
		return false
	}
	return from == lo || !d.words[from-1].letter || d.is(from-1, english.Subordinator|english.Relative|english.Conjunction)
}

// trimLeft takes what cannot begin a noun phrase off its left end.
func (d *document) trimLeft(s span) span {
	for s.from < s.to {
		w := &d.words[s.from]
		switch {
		case !w.letter && !w.mark && w.Text != "$" && w.Text != "#":
		case w.Class.Has(english.Preposition) && !w.capital && !w.Class.Has(english.Determiner):
		case w.Class.Has(english.Adverb) && !w.Class.Has(english.Determiner|english.Pronoun|english.Vague|english.Number|english.TimeLead):
		case w.Class.Has(english.Conjunction):
		case w.Class.Has(english.Subordinator) && !w.Class.Has(english.Determiner):
		default:
			return s
		}
		s.from++
	}
	return s
}

// nounPhraseAfter is the noun phrase that begins at word from, before hi, with
// its prepositional phrases.
func (d *document) nounPhraseAfter(from, hi int) span {
	hi = min(hi, from+longestPhrase)
	if from < hi && d.is(from, english.SubjectPronoun|english.ObjectPronoun) && !d.possesses(from, hi) {
		return span{from, from + 1}
	}
	to := from
	for to < hi && d.continuesRight(from, to, hi) {
		to++
	}
	return d.trimRight(span{from, to})
}

// possesses tells whether the word at i, spelled as a pronoun, is a possessive
// before its noun: "her lawyers".
func (d *document) possesses(i, hi int) bool {
	return d.is(i, english.Possessive) && d.nounAt(i+1, hi) && d.words[i+1].letter &&
		!d.is(i+1, english.Determiner|english.Preposition|english.Adverb)
}

// nounAt tells whether word i, before hi, can stand in a noun phrase outside
// of speech.
func (d *document) nounAt(i, hi int) bool {
	return i < hi && d.words[i].quote == 0 && d.inNounPhrase(i)
}

// continuesRight tells whether word i goes on a noun phrase that begins at
// from.
func (d *document) continuesRight(from, i, hi int) bool {
	w := &d.words[i]
	preposition := w.Class.Has(english.Preposition) && !w.capital && !w.Class.Has(english.Adverb)
	switch {
	case w.quote > 0:
		return false
	case i == from:
		return !preposition && !w.Class.Has(english.Conjunction) && d.inNounPhrase(i)
	case w.Class.Has(english.Conjunction):
		return d.part(i, english.And) && d.nounAt(i+1, hi) &&
			!d.is(i+1, english.SubjectPronoun|english.Adverb) && d.words[i+1].capital == d.words[i-1].capital
	case d.words[i-1].capital && d.inBrackets(from, i):
		return true
	case d.timeAt(i, hi) > 0 || d.channelAt(i, hi) > 0 || w.Class.Has(english.SubjectPronoun):
		return false
	case preposition:
		return w.Class.Has(english.NounPreposition) && !d.part(i, english.To) && d.nounAt(i+1, hi)
	case w.Class.Has(english.Determiner) && !w.Class.Has(english.Number):
		return d.is(i-1, english.Preposition|english.Conjunction|english.Determiner) && d.inNounPhrase(i)
	}
	return d.inNounPhrase(i)
}

// trimRight takes what cannot end a noun phrase off its right end.
func (d *document) trimRight(s span) span {
	for s.to > s.from {
		i := s.to - 1
		w := &d.words[i]
		switch {
		case !w.letter && !w.mark && w.Text != "%" && !d.possessiveMark(i):
		case w.Class.Has(english.Preposition|english.Conjunction) && !w.capital:
		case w.Class.Has(english.Adverb) && s.to-s.from > 1:
		default:
			return s
		}
		s.to--
	}
	return s
}

// timeAt is the number of words of a time expression at i: "on Tuesday",
// "last week", "Monday night".
func (d *document) timeAt(i, hi int) int {
	n := i
	if i > 0 && d.words[i-1].Text == "-" {
		return 0
	}
	if n < hi && d.is(n, english.Preposition) && !d.words[n].capital {
		n++
	}
	lead := n
	for n < hi && d.is(n, english.TimeLead|english.Determiner|english.Adverb) && !d.is(n, english.Time) && n < lead+3 {
		n++
	}
	body := n
	for n < hi && (d.is(n, english.Time) || n > body && d.is(n, english.Number)) {
		n++
	}
	if n == body || n == i {
		return 0
	}
	return n - i
}

// channelAt is the number of words of the channel at i, its lead taken in: "in
// a statement", "on Twitter", "during a press conference". What follows of the
// phrase ("with CNN") is not counted.
func (d *document) channelAt(i, hi int) int {
	if !d.is(i, english.ChannelLead) {
		return 0
	}
	n := i + 1
	for ; n < hi && n < i+7; n++ {
		if k := d.phrase(english.Channel, n, hi); k > 0 && !d.words[n].Class.Has(english.Title) {
			if !d.is(n+k, english.Channel) {
				return n + k - i
			}
			continue
		}
		if !d.inNounPhrase(n) || d.is(n, english.Preposition) {
			return 0
		}
	}
	return 0
}
