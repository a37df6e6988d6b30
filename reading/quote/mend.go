package quote

import (
	"slices"

	"whence"
	"whence/english"
)

// mend puts right what the models do not see, as they look at one cue at a time: a source
// that holds the cue of another attribution, or that breaks off inside of what is said
// of it; and which attribution stands in the content of another.
func (f *finder) mend() {
	if !slices.ContainsFunc(f.found, func(c candidate) bool { return c.rule == ruleLearned }) {
		return // the rules alone
	}
	for i := range f.found {
		if c := &f.found[i]; !c.source.empty() {
			f.mendRelative(c) // before rules look for what is no part of any
		}
	}
	f.add()
	for i := range f.found {
		if c := &f.found[i]; c.rule == ruleLearned && !c.source.empty() {
			f.mendSource(c)
			f.mendContent(c)
			if c.response == "" && f.standsBy(c) {
				c.response = whence.Confirmed
			}
		}
	}
	for i := range f.found {
		if c := &f.found[i]; f.tellsOfAct(c) {
			c.learned = 0 // which leaves it out
		}
	}
	f.inner()
	for i := range f.found {
		if c := &f.found[i]; c.rule == ruleLearned && c.within == 0 {
			c.within = f.holder(i)
		}
	}
}

// mendSource takes off a source what belongs to another attribution before it, "she said
// that a man from the county": it begins behind that one's cue, where its content does.
func (f *finder) mendSource(c *candidate) {
	for i := range f.found {
		o := &f.found[i]
		if o.cue.from <= c.source.from || o.cue.to >= c.source.to || len(o.content) == 0 {
			continue
		}
		if f.endBefore(c, o) {
			break
		}
		for _, s := range o.content {
			from := s.from
			if f.part(from, english.That) {
				from++
			}
			if from > c.source.from && from < c.source.to {
				c.source.from = from
				break
			}
		}
	}
	if last := c.source.to - 1; last > c.source.from && last+1 == c.cue.from && english.NameWord(f.text(last)).Has(english.HePronoun|english.ShePronoun|english.ItPronoun) && f.words[last-1].letter && !f.is(last-1, english.Conjunction|english.Determiner) {
		c.source.from = last // "the indictment cites an email it says …"
	}
	if v := f.subjectAround(c); v.from < c.source.from && v.to == c.source.to {
		c.source = v
	}
	if at := f.behindClause(c); at > 0 {
		c.source.from = at
	}
}

// longestStory is how many words "stands by" and the report may be apart.
const longestStory = 5

// standsBy tells whether a content confirms what was reported: "the paper stands by its
// story".
func (f *finder) standsBy(c *candidate) bool {
	for _, s := range c.content {
		for i := s.from; i+2 < s.to; i++ {
			if !f.matter(i).Has(english.StandsBy) || f.text(i+1) != "by" || !f.is(i+2, english.Possessive) || f.negated(s.from, i) {
				continue
			}
			for k := i + 3; k < min(s.to, i+longestStory); k++ {
				if f.matter(k).Has(english.ReportedBy) {
					return true
				}
			}
		}
	}
	return false
}

// behindClause is where a source begins to which the models took the clause before it,
// "The number was 14, the minister told the islanders"; 0 where there is none.
func (f *finder) behindClause(c *candidate) int {
	if c.source.from != c.sentence.from || c.source.to != c.cue.from {
		return 0
	}
	for i := c.source.to - 2; i >= c.source.from+leastClause-1; i-- {
		if f.text(i) != "," {
			continue
		}
		if f.is(i+1, english.Determiner|english.Possessive) && !f.hasVerb(i+1, c.source.to) && f.hasVerb(c.source.from, i) && !f.is(c.source.from, english.Subordinator|english.Preposition) {
			return i + 1
		}
		return 0
	}
	return 0
}

// endBefore ends a source that stands behind its cue where another attribution begins in
// it, "according to the mayor, who said that she would stay": there is none inside.
func (f *finder) endBefore(c, o *candidate) bool {
	end := o.cue.from
	if o.source.from > c.source.from && o.source.to <= o.cue.from {
		end = o.source.from
	}
	if c.source.from < c.cue.to || end <= c.source.from || !f.is(end, english.Relative) && !f.is(end-1, english.Relative) {
		return false
	}
	for end > c.source.from && (!f.words[end-1].letter || f.is(end-1, english.Relative)) {
		end--
	}
	if end <= c.source.from {
		return false
	}
	c.source.to = end
	return true
}

// subjectAround is the subject of a cue where it stands behind a relative clause between
// commas: "a broker, who asked not to be named because the talks go on, said". It is
// empty where there is none.
func (f *finder) subjectAround(c *candidate) span {
	end := c.source.to
	if end != c.cue.from || f.text(end-1) != "," {
		return span{}
	}
	s, ok := f.appositive(c.sentence.from, end-1)
	if !ok || s.from >= c.source.from {
		return span{}
	}
	for i := s.from; i < c.source.from; i++ {
		if f.text(i) == "," && f.is(i+1, english.Relative) {
			return s
		}
	}
	return span{}
}

// mendContent gives "CLAUSE, she announced after a meeting that lasted hours" the clause
// before, where the models took what tells of the saying for what was said.
func (f *finder) mendContent(c *candidate) {
	if len(c.content) != 1 || c.content[0].from < c.cue.to || c.source.to > c.cue.from || c.source.from < c.sentence.from+leastClause || f.text(c.source.from-1) != "," || !f.tellsOfSaying(c) {
		return
	}
	left := span{c.sentence.from, c.source.from - 1}
	if f.is(left.from, english.Subordinator|english.Preposition|english.Conjunction) || f.words[left.to-1].quote > 0 || !f.hasVerb(left.from, left.to) || !f.plainBefore(left.from, left.to) {
		return
	}
	for i := range f.found {
		if o := &f.found[i]; o.cue.from < left.to && left.from < o.cue.to || slices.ContainsFunc(o.content, func(s span) bool { return s.from < left.to && left.from < s.to }) {
			return
		}
	}
	c.content = []span{left}
}

// mendRelative ends the content of a relative clause at its comma: "the agency that the
// union says hired the men, declined".
func (f *finder) mendRelative(c *candidate) {
	if len(c.content) != 1 || c.content[0].from != c.cue.to || c.source.to > c.cue.from || !f.is(c.source.from-1, english.Relative) {
		return
	}
	s := &c.content[0]
	for i := s.from + 1; i+1 < s.to; i++ {
		if f.text(i) == "," && f.words[i].quote == 0 && (f.verbal(i+1) || f.is(i+1, english.Decline)) {
			s.to = i
			return
		}
	}
}

// leastOfAct is the score from which on a verb attributes that the lexicon does not know.
const leastOfAct = .45

// tellsOfAct tells whether the models took an act for words about it: "police roped off a
// group". The lexicon knows no such verb, and no clause or quotation follows.
func (f *finder) tellsOfAct(c *candidate) bool {
	if c.rule != ruleLearned || c.verb != nil || c.learned >= leastOfAct || c.response != "" || c.kind != whence.Statement {
		return false
	}
	for i := c.cue.from; i < c.cue.to; i++ {
		if f.is(i, english.ReportNoun|english.According|english.Attitude) || f.words[i].Verb != nil {
			return false
		}
	}
	for _, s := range c.content {
		for i := s.from; i < s.to; i++ {
			if f.words[i].quote > 0 || f.part(i, english.That) || f.verbal(i) {
				return false
			}
		}
	}
	return true
}

// leastClause is the fewest words of a clause before whoever says it, with its comma.
const leastClause = 4

// tellsOfSaying tells whether the words that the models took for a content tell of how
// something was said: a promise of anonymity, what follows a phrase of time and place, or
// what is added behind a colon.
func (f *finder) tellsOfSaying(c *candidate) bool {
	s := c.content[0]
	for i := c.cue.from; i < s.to; i++ {
		if n := f.phrase(english.Anonymity, i, s.to); n > 1 && i+n > s.from {
			return true
		}
	}
	if f.text(s.from-1) == ":" {
		return f.words[s.from].quote == 0
	}
	return s.from > c.cue.to+1 && f.is(c.cue.to, english.Preposition|english.Subordinator) && f.part(s.from, english.That) && f.words[s.from-1].letter
}

// holder is 1 + the index of the innermost attribution in whose content the one at i
// stands, 0 if there is none.
func (f *finder) holder(i int) int {
	c := &f.found[i]
	best, least := 0, len(f.words)+1
	for n := range f.found {
		o := &f.found[n]
		if n == i || o.within == i+1 || !o.holds(c.cue) || len(c.content) > 0 && c.holds(o.cue) {
			continue
		}
		size := 0
		for _, s := range o.content {
			size += s.to - s.from
		}
		if size < least {
			best, least = n+1, size
		}
	}
	return best
}
