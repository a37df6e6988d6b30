package quote

import "whence/english"

// nest finds attributions inside the contents of others: "Finch said the
// harbour master had told her that …". Only the surest form is taken, a verb
// of saying with "that" and a subject of its own, because PolNeAR, on which
// all else is measured, marks the outermost attribution alone.
func (f *finder) nest() {
	for i := range len(f.found) {
		for _, s := range f.found[i].content {
			if s.to-s.from <= longestSentence {
				f.nestIn(i, s)
			}
		}
	}
}

func (f *finder) nestIn(outer int, s span) {
	for k := s.from + 1; k < s.to; k++ {
		if !f.mayCue(k) {
			continue
		}
		if c, ok := f.nested(s, k); ok {
			c.within = outer + 1
			c.paragraph, c.sentence = f.found[outer].paragraph, s
			f.found = append(f.found, c)
			k = c.end()
		}
	}
}

func (f *finder) nested(s span, k int) (candidate, bool) {
	v, end := f.verbAt(k, s.to)
	if v == nil || !v.Frames.Has(english.Firm) || !v.Frames.Has(english.Clause) || f.words[k].Form&english.Finite == 0 && !f.words[k].Form.Has(english.Participle) {
		return candidate{}, false
	}
	f.first = len(f.found) // a subject is not to be taken from outside
	c := clause{sentence: sentence{span: s}, verb: v, head: k, end: end, start: f.groupStart(s.from, k)}
	if !f.isVerb(&c) {
		return candidate{}, false
	}
	i := f.skipBefore(&c)
	if !f.part(i, english.That) || i >= s.to {
		return candidate{}, false
	}
	found, ok := f.thatClause(&c)
	if !ok || found.source.from < s.from || found.source.to > c.start || f.gerund(&c) {
		return candidate{}, false
	}
	found.cue, found.verb, found.kind, found.response = f.cue(&c), v, v.Kind, v.Response
	return found, true
}
