package quote

import (
	"slices"

	"whence"
	"whence/english"
)

// sureRules are the rules that are right often enough to be followed where the models
// have nothing.
var sureRules = map[rule]bool{ruleWh: true, ruleTrailing: true}

// add reads again, beside what the models found, with the rules that are sure, and forms
// that no model has seen often enough.
func (f *finder) add() {
	learned := f.found
	var added []candidate
	n := 0
	for _, s := range f.sentences {
		if s.to-s.from > longestSentence {
			continue
		}
		f.found, f.first = f.found[:0:0], 0
		for ; n < len(learned) && learned[n].cue.from < s.from; n++ {
		}
		for i := n; i < len(learned) && learned[i].cue.from < s.to; i++ {
			f.found = append(f.found, learned[i])
		}
		of := len(f.found)
		f.again(s)
		added = append(added, f.found[of:]...)
	}
	f.found = append(learned, slices.DeleteFunc(added, func(c candidate) bool { return meets(learned, &c) })...)
}

// meets tells whether a candidate shares its cue or words of its content with one of
// those that are found.
func meets(found []candidate, c *candidate) bool {
	for i := range found {
		o := &found[i]
		if o.cue.from < c.cue.to && c.cue.from < o.cue.to || o.holds(c.cue) {
			return true
		}
		for _, a := range o.content {
			for _, b := range c.content {
				if a.from < b.to && b.from < a.to {
					return true
				}
			}
		}
	}
	return false
}

// sharesCue tells whether a candidate shares words of its cue with one that is found.
func sharesCue(found []candidate, c *candidate) bool {
	for i := range found {
		if o := found[i].cue; o.from < c.cue.to && c.cue.from < o.to {
			return true
		}
	}
	return false
}

// again reads the words of a sentence that are no part of what is found.
func (f *finder) again(s sentence) {
	for k := s.from; k < s.to; k++ {
		if !f.mayCue(k) || f.covered(k) {
			continue
		}
		for _, r := range []func(sentence, int) (candidate, bool){f.accordingTo, f.silence, f.inVain, f.puts, f.verb} {
			found := f.found // of which a rule may take back some
			c, ok := r(s, k)
			f.found = found
			if !ok || !f.sure(&c) && c.response == "" || c.source.empty() || len(c.content) == 0 && c.response == "" {
				continue
			}
			c.paragraph, c.sentence = s.paragraph, s.span
			f.found = append(f.found, c)
			k = max(k, c.cue.to-1)
			break
		}
	}
}

// sure tells whether a rule is followed where the models have nothing; that for a clause
// without "that", where a relative pronoun speaks: ", which said three boats were out".
func (f *finder) sure(c *candidate) bool {
	return sureRules[c.rule] || c.rule == ruleBare && c.source.to == c.source.from+1 && f.is(c.source.from, english.Relative)
}

// longestCalled is how many words behind a call it may be told how often it was made.
const longestCalled = 8

// inVain reads "The Gazette rang the ministry five times": an outlet counts its calls
// where nobody answered them.
func (f *finder) inVain(s sentence, k int) (candidate, bool) {
	if !f.matter(k).Has(english.Rings) {
		return candidate{}, false
	}
	c := clause{sentence: s, verb: anyObject, head: k, end: k + 1, start: k}
	who, ok := f.subject(&c)
	if !ok || f.ownOutlet(who.from, s.to) != who.to && !(who.to == who.from+1 && f.matter(who.from).Has(english.EmptyWord) && f.is(who.from, english.Many)) {
		return candidate{}, false
	}
	for to := k + 2; to+1 < min(s.to, k+longestCalled); to++ {
		if n, counted := english.NumberValue(f.text(to)); counted && n > 1 && f.matter(to+1).Has(english.Times) {
			return candidate{rule: ruleSilence, source: span{k + 1, to}, cue: span{k, k + 1}, kind: whence.Statement, response: whence.NoReply, verb: anyObject}, true
		}
		if !f.words[to].letter || f.verbal(to) {
			break
		}
	}
	return candidate{}, false
}

// longestPut is how many words may stand between "put" and "at".
const longestPut = 6

// puts reads a number that somebody gives: "put the number of dead at 17".
func (f *finder) puts(s sentence, k int) (candidate, bool) {
	if !f.matter(k).Has(english.Puts) || k+2 >= s.to {
		return candidate{}, false
	}
	at := k + 2
	for at < s.to && at < k+longestPut && f.words[at].letter && f.text(at) != "at" {
		at++
	}
	if at+1 >= s.to || f.text(at) != "at" || !f.is(k+1, english.Determiner|english.Possessive) {
		return candidate{}, false
	}
	to := at + 1
	for to < s.to && (f.words[to].letter && !f.words[to].capital && !f.is(to, english.Conjunction) || f.text(to) == "$" || f.words[to].quote > 0 || f.is(to, english.Number)) {
		to++
	}
	numbered := false
	for i := at + 1; i < to; i++ {
		numbered = numbered || f.is(i, english.Number)
	}
	c := clause{sentence: s, verb: &english.Verb{Frames: english.Object}, head: k, end: k + 1, start: f.groupStart(s.from, k)}
	source, ok := f.subject(&c)
	if !numbered || !ok {
		return candidate{}, false
	}
	return candidate{rule: ruleTrailing, source: source, cue: span{c.start, c.end}, content: []span{{k + 1, to}}, kind: whence.Statement}, true
}

// inner reads inside the contents of what is found: a verb of saying with a subject
// and a content of its own, and what a report is said to tell.
func (f *finder) inner() {
	outermost := f.found
	found := f.found
	f.found, f.first = nil, 0 // subjects are not to be taken from outside
	for i := range outermost {
		for _, s := range outermost[i].content {
			if s.to-s.from <= longestSentence {
				found = f.innerIn(found, i, s)
			}
		}
	}
	f.found = found
	for i := range found {
		c := &f.found[i]
		for k := c.cue.to; c.response != "" && k < c.sentence.to && k < c.cue.to+longestPut; k++ {
			if r, ok := f.reportOf(c.sentence, k); ok && !meets(f.found[len(found):], &r) {
				r.within, r.paragraph, r.sentence = i+1, c.paragraph, c.sentence
				if len(c.content) == 1 && c.content[0].from == r.content[0].from {
					c.content[0].from = k // what is denied is the report
				}
				f.found = append(f.found, r)
			}
		}
	}
}

func (f *finder) innerIn(found []candidate, outer int, s span) []candidate {
	for k := s.from + 1; k < s.to; k++ {
		if !f.mayCue(k) {
			continue
		}
		c, ok := f.verb(sentence{span: s, paragraph: found[outer].paragraph}, k)
		if !ok || !sureInside(&c) || c.source.empty() || c.source.from < s.from || f.is(c.source.from, english.SubjectPronoun) || sharesCue(found, &c) {
			continue
		}
		c.within, c.paragraph, c.sentence = outer+1, found[outer].paragraph, s
		found = append(found, c)
		k = c.end()
	}
	return found
}

// sureInside tells whether a rule is followed inside of contents: for what somebody told
// somebody without "that", and for what is described.
func sureInside(c *candidate) bool {
	if c.verb == nil || !c.verb.Frames.Has(english.Firm) || c.kind != whence.Statement {
		return false
	}
	return c.rule == rulePredicate || c.rule == ruleBare && c.verb.Frames.Has(english.Recipient)
}

// reportOf reads "a report by the Courier that …" at word k, its content.
func (f *finder) reportOf(s span, k int) (candidate, bool) {
	if !f.matter(k).Has(english.ReportedBy) || k+3 >= s.to || !f.is(k+1, english.Preposition) {
		return candidate{}, false
	}
	end := f.outletAt(k+2, s.to)
	if end == 0 || end+1 >= s.to || !f.part(end, english.That) {
		return candidate{}, false
	}
	c := clause{sentence: sentence{span: s}, verb: &english.Verb{Frames: english.Clause}, head: k, end: end, start: k}
	return candidate{rule: ruleThat, source: span{k + 2, end}, cue: span{k, k + 1}, content: []span{{end, f.contentTo(&c, end)}}, kind: whence.Statement}, true
}
