package quote

import (
	"slices"

	"whence"
	"whence/english"
	"whence/text"
)

// Rules finds attributions by rules alone, without a learned model. The
// sentences are those of the blocks to read, in reading order. Attributions
// come in the order of their cues, each with the measured precision of its
// rule as its score.
//
// It is the baseline that a learned reader is measured against.
func Rules(a *whence.Article, sentences []text.Sentence) []whence.Attribution {
	f := &finder{document: newDocument(a, sentences, &memory{}), least: leastScore}
	f.read()
	f.dialogue()
	return f.attributions()
}

// leastScore is the score below which an attribution is more likely noise, and
// is left out unless it is a response.
const leastScore = 0.3

// read applies the rules to every sentence, and weighs what they find.
func (f *finder) read() {
	for _, s := range f.sentences {
		for _, part := range cut(s) {
			f.sentence(part)
		}
	}
	f.continueQuotations()
	f.nest()
	for i := range f.found {
		c := &f.found[i]
		c.evidence = f.evidenceOf(c)
	}
}

// longestSentence is how many words rules look at together. Longer sentences,
// which are lists or no prose at all, are read in pieces.
const longestSentence = 400

func cut(s sentence) []sentence {
	var parts []sentence
	for s.to-s.from > longestSentence {
		parts = append(parts, sentence{span{s.from, s.from + longestSentence}, s.paragraph})
		s.from += longestSentence
	}
	return append(parts, s)
}

// candidate is an attribution in ranges of words.
type candidate struct {
	rule      rule
	source    span
	cue       span
	content   []span
	kind      whence.Kind
	response  whence.Response
	verb      *english.Verb
	relay     relay
	evidence  evidence
	sentence  span
	paragraph int
	learned   float64 // the score that the models give; 0 where rules found it
	within    int     // 1 + index of the candidate in whose content this one stands; 0 if in none
}

// relay is where the words came through.
type relay struct {
	span
	kind whence.RelayKind
}

// end is where the last of its content or its cue ends. Content is added in
// order.
func (c *candidate) end() int {
	if n := len(c.content); n > 0 {
		return max(c.cue.to, c.content[n-1].to)
	}
	return c.cue.to
}

// hasContent tells whether there are words of a content.
func (c *candidate) hasContent() bool {
	return slices.ContainsFunc(c.content, func(s span) bool { return !s.empty() })
}

// finder applies the rules, sentence by sentence.
type finder struct {
	*document
	least     float64
	found     []candidate
	inContent []bool // of each word, once all sentences are read
	first     int    // the first of found that is of the sentence being read
}

// patterns are the rules for one word, in the order in which they are tried.
var patterns = [...]func(*finder, sentence, int) (candidate, bool){
	(*finder).accordingTo, (*finder).silence, (*finder).attitude, (*finder).verb, (*finder).noun,
}

// sentence reads one sentence from left to right. A word that stands inside a
// content already found is passed over: only the outermost attribution counts.
func (f *finder) sentence(s sentence) {
	f.first = len(f.found)
	if f.transcript(s) {
		return
	}
	f.whole(s)
	for k := s.from; k < s.to; k++ {
		if !f.mayCue(k) || f.covered(k) {
			continue
		}
		for _, r := range patterns {
			c, ok := r(f, s, k)
			if !ok {
				continue
			}
			c.paragraph, c.sentence = s.paragraph, s.span
			f.found = append(f.found, c)
			k = max(k, c.cue.to-1)
			break
		}
	}
}

// mayCue tells of most words that no rule takes them for a cue, or the first word of one.
func (f *finder) mayCue(k int) bool {
	w := &f.words[k]
	return w.mayCue && w.letter && w.quote == 0
}

// whole reads first what has all of the sentence before it as its content:
// "The plan to close the quay will be dropped, she said." What else looks like
// a cue in there stands inside that content.
func (f *finder) whole(s sentence) {
	for k := s.to - 1; k > s.from; k-- {
		if !f.mayCue(k) {
			continue
		}
		c, ok := f.verb(s, k)
		if ok && c.rule == ruleTrailing && len(c.content) > 0 && c.content[0].from == s.from {
			c.paragraph, c.sentence = s.paragraph, s.span
			f.found = append(f.found, c)
			return
		}
	}
}

// covered tells whether word k stands inside something found in its sentence.
func (f *finder) covered(k int) bool {
	for i := range f.found[f.first:] {
		c := &f.found[f.first+i]
		for _, s := range c.content {
			if s.from <= k && k < s.to {
				return true
			}
		}
		if c.cue.from <= k && k < c.cue.to || c.source.from <= k && k < c.source.to {
			return true
		}
	}
	return false
}

// verb reads an attribution whose cue is a verb at k.
func (f *finder) verb(s sentence, k int) (candidate, bool) {
	v, end := f.verbAt(k, s.to)
	if v == nil || v.Kind == "" || f.words[k].Form == 0 {
		return candidate{}, false
	}
	c := clause{sentence: s, verb: v, head: k, end: end, start: f.groupStart(s.from, k)}
	if !f.isVerb(&c) {
		return candidate{}, false
	}
	for _, r := range []func(*clause) (candidate, bool){f.referred, f.seeming, f.asked, f.inverted, f.passive, f.relative, f.quoted, f.thatClause, f.trailing, f.infinitive, f.bareClause, f.object} {
		if found, ok := r(&c); ok {
			found.cue, found.verb = f.cue(&c), v
			if found.kind == "" {
				found.kind = v.Kind
			}
			if found.response == "" {
				found.response = v.Response
			}
			return found, true
		}
	}
	return candidate{}, false
}

// clause is what is known of a verb that may be a cue.
type clause struct {
	sentence
	verb  *english.Verb
	head  int // the verb
	start int // the first of its auxiliaries and adverbs
	end   int // after its particles
}

// verbAt is the verb, of several words if it can be, at word k, and where it
// ends.
func (f *finder) verbAt(k, hi int) (*english.Verb, int) {
	w := &f.words[k]
	for _, v := range w.Phrasal {
		if n := len(v.Rest); k+n < hi && f.matches(k+1, v.Rest) {
			return v, k + 1 + n
		}
	}
	return w.Verb, k + 1
}

func (f *finder) matches(i int, words []string) bool {
	for n, w := range words {
		if f.tokens[i+n] != w {
			return false
		}
	}
	return true
}

// groupStart is where the auxiliaries and adverbs before the verb at k begin.
func (f *finder) groupStart(lo, k int) int {
	start := k
	for i := k - 1; i >= lo && f.words[i].quote == 0; i-- {
		w := &f.words[i]
		switch {
		case w.Class.Has(english.Auxiliary|english.Negation) && !f.possessiveMark(i) && !f.is(i, english.Month):
			start = i
		case w.Class.Has(english.Adverb) && !w.Class.Has(english.Pronoun|english.Determiner|english.Time|english.Subordinator) && !f.is(i, english.SentenceAdverb):
			start = i
		case f.part(i, english.To) && i > lo && f.leadsTo(i-1):
			start = i - 1
			if f.part(i-1, english.On) {
				start = i - 2
			}
			i = start
		default:
			return f.partedStart(lo, start, k)
		}
	}
	return start
}

// partedStart finds the auxiliary of a participle at k that a prepositional
// phrase parts from it: "have in past cases protested".
func (f *finder) partedStart(lo, start, k int) int {
	if start < k || !f.words[k].Form.Has(english.Participle) {
		return start
	}
	for p := k - 2; p > lo && p > k-6 && f.words[p].letter && !f.verbal(p); p-- {
		if f.is(p, english.Preposition) && f.is(p-1, english.Have|english.Be) && !f.possessiveMark(p-1) {
			return p - 1
		}
	}
	return start
}

// leadsTo tells whether word i is a verb that goes on with another: "continued
// to say", "went on to say".
func (f *finder) leadsTo(i int) bool {
	if f.part(i, english.On) {
		i--
	}
	return f.is(i, english.GoesOn)
}

// isVerb tells whether the word is used as a verb here.
func (f *finder) isVerb(c *clause) bool {
	w := &f.words[c.head]
	switch {
	case f.hyphened(c.head):
		return false
	case c.start < c.head && f.hasAuxiliary(c):
		return true
	case w.Form.Has(english.Participle) && c.start == c.head && f.words[max(c.head-1, c.from)].Form == english.Gerund:
		return false // "targeting alleged smugglers"
	case w.Form == english.Gerund && f.part(c.start-1, english.By):
		return f.replied(c)
	case w.Form.Has(english.Gerund) && w.Form&english.Finite == 0:
		return !f.is(c.start-1, english.Determiner|english.Possessive) && !f.possessiveMark(c.start-1) &&
			(c.start == c.from || !f.words[c.start-1].letter || f.is(c.start-1, english.Conjunction) || !f.is(c.start-1, english.Preposition) && f.gerundLeads(c))
	case f.part(c.start-1, english.To):
		return false
	}
	if w.Form.Has(english.Base) && c.verb.Frames.Has(english.Clause) && c.verb.Frames.Has(english.Firm|english.Quote) && !f.nounToo(c.head) && !w.capital {
		return true
	}
	return f.verbal(c.head)
}

// gerundLeads tells whether a form in -ing right after a noun attributes: a
// document shows, or a content follows that can be nothing else.
func (f *finder) gerundLeads(c *clause) bool {
	if c.end >= c.to {
		return false
	}
	return c.verb.Kind == whence.Evidence || f.words[c.end].quote > 0 || f.part(c.end, english.That) || f.is(c.end, english.Wh) || c.verb.Frames.Has(english.Predicate)
}

// replied tells whether a verb of answering stands before "by" and the verb:
// "responded to the vote by rejecting".
func (f *finder) replied(c *clause) bool {
	for i := c.from; i < c.start; i++ {
		if f.is(i, english.ReplyVerb) && f.verbal(i) {
			return true
		}
	}
	return false
}

func (f *finder) hasAuxiliary(c *clause) bool {
	for i := c.start; i < c.head; i++ {
		if f.is(i, english.Auxiliary) {
			return true
		}
	}
	return false
}

// cue is the verb with its auxiliaries, particles and a colon after it.
func (f *finder) cue(c *clause) span {
	if f.text(c.end) == ":" && c.end < c.to {
		return span{c.start, c.end + 1}
	}
	return span{c.start, c.end}
}
