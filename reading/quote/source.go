package quote

import "whence/english"

// subject is the source that stands before the verb group: a noun phrase, with
// an appositive or a relative clause between commas, or the subject of the
// verb that this one is joined to.
func (f *finder) subject(c *clause) (span, bool) {
	end := f.skipInserted(c.from, c.start)
	if end <= c.from {
		return span{}, false
	}
	w := &f.words[end-1]
	switch {
	case f.gerund(c):
		return f.mainSubject(c)
	case w.Class.Has(english.Conjunction):
		return f.mainSubject(c)
	case w.Text == ",":
		if s, ok := f.appositive(c.from, end-1); ok {
			return s, true
		}
		return f.mainSubject(c)
	case w.Text == "—" || w.Text == "–" || w.Text == "--":
		return f.mainSubject(c)
	}
	s := f.nounPhraseBefore(c.from, end)
	return s, !s.empty()
}

func (f *finder) gerund(c *clause) bool {
	w := &f.words[c.head]
	return w.Form.Has(english.Gerund) && !f.hasAuxiliary(c)
}

// skipInserted moves left over what stands between subject and verb without
// being either: ", however,", "on Tuesday", "himself".
func (f *finder) skipInserted(lo, end int) int {
	for moved := true; moved && end > lo+1; {
		moved = false
		for n := min(5, end-lo-1); n > 0; n-- {
			from := end - n
			if f.timeAt(from, end) == n && from > lo && f.timeSits(from) {
				end, moved = from, true
				break
			}
			if f.text(end-1) == "," && n > 2 && f.text(from) == "," && f.phrase(english.SentenceAdverb, from+1, end-1) == n-2 {
				end, moved = from, true
				break
			}
		}
		if f.is(end-1, english.ObjectPronoun) && len(f.text(end-1)) > 5 {
			end, moved = end-1, true
		}
	}
	return end
}

// timeSits tells whether a time expression at i can stand between a subject
// and its verb: something that can end a subject comes before.
func (f *finder) timeSits(i int) bool {
	w := &f.words[i-1]
	return w.quote == 0 && (w.letter && !w.Class.Has(english.Preposition|english.Conjunction|english.Determiner|english.Auxiliary) || w.Text == ",")
}

// appositive is the noun phrase before the commas that end at word comma:
// "Ana Brandt, 34, a nurse in Lohn, Ill.," with its closing comma.
func (f *finder) appositive(lo, comma int) (span, bool) {
	lo = max(lo, comma-longestPhrase)
	for c := comma - 1; c > lo; c-- {
		if f.words[c].quote > 0 {
			return span{}, false
		}
		if f.text(c) != "," {
			continue
		}
		head := f.nounPhraseBefore(lo, c)
		if head.empty() || !f.apposes(c+1, comma) {
			return span{}, false
		}
		if f.onlyApposes(lo, head) {
			continue
		}
		return span{head.from, comma + 1}, true
	}
	return span{}, false
}

// apposes tells whether the words between two commas can say more of the noun
// phrase before them.
func (f *finder) apposes(from, to int) bool {
	if from >= to {
		return false
	}
	w := &f.words[from]
	if w.Class.Has(english.Relative) {
		return true
	}
	for i := from; i < to; i++ {
		if f.verbal(i) && !f.afterRelative(from, i) {
			return false
		}
	}
	return w.capital || !w.Class.Has(english.Conjunction|english.Subordinator|english.SubjectPronoun|english.Adverb) && w.letter
}

// afterRelative tells whether a relative pronoun stands between from and i, so
// that a verb at i is inside a relative clause.
func (f *finder) afterRelative(from, i int) bool {
	for k := from; k < i; k++ {
		if f.is(k, english.Relative) {
			return true
		}
	}
	return false
}

// onlyApposes tells whether a noun phrase before a comma is itself one of a
// row of appositives: an age, or "a retiree in Carthage" after a name.
func (f *finder) onlyApposes(lo int, head span) bool {
	if head.from-1 <= lo || f.text(head.from-1) != "," {
		return false
	}
	w := &f.words[head.from]
	if before := f.nounPhraseBefore(lo, head.from-1); w.capital && !before.empty() && !f.words[before.to-1].capital && f.is(before.to-1, english.Role) {
		return true
	}
	return w.Class.Has(english.Number) || w.Particle == english.A
}

// mainSubject is the source that a verb without a subject of its own shares:
// that of the attribution before it in the sentence, or the subject of the
// sentence.
func (f *finder) mainSubject(c *clause) (span, bool) {
	for i := len(f.found) - 1; i >= f.first; i-- {
		if s := f.found[i].source; !s.empty() && s.to <= c.start {
			return s, true
		}
	}
	for i := c.from; i < c.start; i++ {
		if f.words[i].quote > 0 || !f.verbal(i) {
			continue
		}
		end := f.skipInserted(c.from, f.groupStart(c.from, i))
		if end <= c.from {
			return span{}, false
		}
		if f.text(end-1) == "," {
			return f.appositive(c.from, end-1)
		}
		s := f.nounPhraseBefore(c.from, end)
		return s, !s.empty()
	}
	return span{}, false
}

// speakerAfter is the source that follows its verb: "said Ana Brandt, a nurse
// who lives in Lohn". It ends before time, channel and verb.
func (f *finder) speakerAfter(from, hi int) span {
	if from >= hi {
		return span{from, from}
	}
	s := f.nounPhraseAfter(from, hi)
	if s.empty() {
		return s
	}
	for s.to < hi && f.words[s.to].quote == 0 {
		next := s.to
		switch {
		case f.text(next) == "," && next+1 < hi && f.goesOn(next+1, hi) && f.apposes(next+1, f.pieceEnd(next+1, hi)):
			s.to = f.pieceEnd(next+1, hi)
		case f.is(next, english.Relative) && !f.part(next, english.Which) && !f.part(next, english.That):
			s.to = f.pieceEnd(next, hi)
		default:
			return s
		}
		if s.to <= next {
			return span{s.from, next}
		}
	}
	return s
}

// goesOn tells whether the words after a comma say more of a speaker.
func (f *finder) goesOn(i, hi int) bool {
	w := &f.words[i]
	if w.quote > 0 || f.timeAt(i, hi) > 0 || f.channelAt(i, hi) > 0 {
		return false
	}
	if w.letter && !w.Class.Has(english.Preposition|english.Conjunction|english.Subordinator|english.Adverb) && w.Form == 0 {
		for k := i; k < f.pieceEnd(i, hi); k++ {
			if f.is(k, english.Role) {
				return true
			}
		}
	}
	return w.Class.Has(english.Determiner|english.Role|english.Rank|english.Relative|english.Number|english.Possessive) ||
		w.capital
}

// pieceEnd is where a piece of an appositive ends: at the next comma outside
// of quotation marks, or hi.
func (f *finder) pieceEnd(i, hi int) int {
	for ; i < hi; i++ {
		switch f.text(i) {
		case ",", ";", ":", "—", "--", ".":
			return i
		}
		if f.words[i].quote > 0 {
			return i
		}
	}
	return hi
}
