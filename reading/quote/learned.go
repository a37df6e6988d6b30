package quote

import (
	"cmp"
	"slices"

	"whence"
	"whence/english"
	"whence/text"
)

// Reader reads attributions with the learned models. It keeps its memory; one
// goroutine may use it at a time. The models are loaded once, with the first
// Reader.
type Reader struct {
	models *models
	own    ownRoles
	first  lattice
	second lattice
	asked  asked
	memory memory
}

// NewReader is a reader with the models that the binary holds.
func NewReader() *Reader {
	m := embedded()
	return &Reader{models: m, own: newOwnRoles(m.roles, m.parts)}
}

// Read finds the attributions of an article in its sentences, which are those
// of the blocks to read, in reading order, with one tree each. They come in the
// order of their cues.
//
// A first model labels every word as part of a source, a cue, a content or none;
// a second one is asked for each likely cue which source and content are its
// own; a third judges the best answers of the second, and the surest that agree
// with each other are what is found. The first two are linear-chain conditional random fields over words, word classes, trees,
// quotations and what [Rules] finds; the third is a
// logistic regression. The responses and inner attributions of
// the rules, which the models' gold data lacks, are kept where the models have
// nothing at their cue.
func (r *Reader) Read(a *whence.Article, sentences []text.Sentence, trees []english.Tree, clusters *english.Clusters) []whence.Attribution {
	f := &finder{document: newDocument(a, sentences, &r.memory), least: leastScore}
	f.read()
	v := newView(f, sentences, trees, clusters, &r.memory)
	r.roles(v)
	found := make([]answered, 0, len(f.found))
	for _, cue := range r.first.cues() {
		if v.hedges(cue) {
			continue
		}
		if c, ok := r.part(v, cue); ok {
			found = append(found, c)
		}
	}
	f.found = f.joined(chosen(found))
	f.dialogue()
	return f.attributions()
}

// Quotations are the quotations of the article that was read last, for others to
// use: see [Quotations].
func (r *Reader) Quotations() []Quotation { return r.memory.quotations.found }

// hedges tells whether a likely cue is a participle before its noun, "alleged
// smugglers": a mark of the writer's distance, which names no one who alleges.
func (v *view) hedges(cue span) bool {
	p := &v.places[cue.from]
	return cue.to == cue.from+1 && english.Label(p.label-1) == english.Amod && int(p.head) >= cue.to &&
		v.words[cue.from].Form.Has(english.Participle)
}

// roles runs the first model over the whole text.
func (r *Reader) roles(v *view) {
	r.first.reset(len(v.words), roleLabels)
	r.own.spread(v, &r.first)
	r.models.roles.emit(&r.first, &r.own.ofRoles, v.roleFeatures)
	for i := range v.words {
		r.first.edges[i] = v.edge(i)
	}
	r.models.roles.decode(&r.first)
}

// answer is what the second model says of the cue. Words of the cue are neither
// source nor content.
func (a *asked) answer(l *lattice) candidate {
	c := candidate{rule: ruleLearned, cue: a.cue}
	for _, s := range l.spans(partContent) {
		for _, s := range without(span{s.from + a.from, s.to + a.from}, a.cue) {
			if !s.empty() {
				c.content = append(c.content, s)
			}
		}
	}
	for _, s := range l.spans(partSource) {
		for _, s := range without(span{s.from + a.from, s.to + a.from}, a.cue) {
			// A source is one span; the nearest to the cue is it.
			if !s.empty() && (c.source.empty() || distance(s, a.cue) < distance(c.source, a.cue)) {
				c.source = s
			}
		}
	}
	return c
}

// without is what of s stands before and after a cut.
func without(s, cut span) [2]span {
	return [2]span{{s.from, min(s.to, cut.from)}, {max(s.from, cut.to), s.to}}
}

// speaks tells whether no other of all came through c's source, a translation:
// "she said, according to a translation".
func speaks(all []candidate, c *candidate) bool {
	return c.source.empty() || !slices.ContainsFunc(all, func(o candidate) bool {
		return o.cue != c.cue && o.relay.kind == whence.RelayTranslation && o.relay.from < c.source.to && c.source.from < o.relay.to
	})
}

// crosses tells whether some range of a and some of b share words, but neither
// holds the other.
func crosses(a, b []span) bool {
	for _, s := range a {
		for _, o := range b {
			if s.from < o.to && o.from < s.to && (s.from < o.from) == (s.to < o.to) && s.from != o.from && s.to != o.to {
				return true
			}
		}
	}
	return false
}

func distance(s, cue span) int { return max(s.from-cue.to, cue.from-s.to) }

// joined describes what was learned with what the rules know of the same cues,
// and adds those of their findings that the models can't have.
func (f *finder) joined(learned []candidate) []candidate {
	all := make([]candidate, 0, len(learned)+4)
	for i := range learned {
		f.describe(&learned[i])
		learned[i].relay = f.findRelay(&learned[i])
	}
	for i := range learned {
		if c := &learned[i]; speaks(learned, c) {
			all = append(all, *c)
		}
	}
	learned = all[:len(all):len(all)]
	for _, c := range f.found {
		if c.response == "" && c.within == 0 || sharesCue(learned, &c) {
			continue
		}
		if c.within > 0 {
			c.within = f.around(all[:len(learned)], &c)
			if c.within == 0 {
				continue
			}
		}
		all = append(all, c)
	}
	return all
}

// around is 1 + the index of the one of all in whose content the cue of c
// stands, 0 if there is none.
func (f *finder) around(all []candidate, c *candidate) int {
	for i := range all {
		for _, s := range all[i].content {
			if s.from <= c.cue.from && c.cue.to <= s.to {
				return i + 1
			}
		}
	}
	return 0
}

// describe fills in what the models do not say: sentence, verb, kind, response,
// relay.
func (f *finder) describe(c *candidate) {
	n := min(f.sentenceAt(c.cue.from), len(f.sentences)-1)
	c.sentence, c.paragraph = f.sentences[n].span, f.sentences[n].paragraph
	c.kind = whence.Statement
	negated := false
	for i := c.cue.from; i < c.cue.to; i++ {
		if k := english.NounKind(f.text(i)); c.verb == nil && k != whence.Statement { // "has fears about"
			c.kind = k
		}
		negated = negated || f.is(i, english.Negation)
		if v, _ := f.verbAt(i, c.cue.to); v != nil && v.Kind != "" {
			c.verb, c.kind, c.response = v, v.Kind, v.Response
		}
	}
	if negated { // "has not confirmed"
		c.response = ""
	}
	for _, r := range f.found {
		if r.cue.from < c.cue.to && c.cue.from < r.cue.to {
			c.verb, c.kind, c.relay = r.verb, r.kind, r.relay
			c.response = cmp.Or(r.response, c.response)
			c.sentence, c.paragraph = r.sentence, r.paragraph
			f.wholeSource(c, r.source)
		}
	}
	f.brokenSource(c)
}

// wholeSource mends a source that the models break off inside a relative
// clause, "two officials, who": the rules' source of the same cue is it.
func (f *finder) wholeSource(c *candidate, rules span) {
	if !c.source.empty() && f.is(c.source.to-1, english.Relative) && rules.from == c.source.from && rules.to > c.source.to {
		c.source = rules
	}
}

// brokenSource mends a source that still breaks off at a relative pronoun and begins
// long before what the pronoun stands for, which is it.
func (f *finder) brokenSource(c *candidate) {
	who := c.source.to - 1
	if who <= c.source.from || !f.is(who, english.Relative) {
		return
	}
	const long = 4 // words
	if np := f.nounPhraseBefore(c.source.from, who); !np.empty() && np.from >= c.source.from+long {
		c.source = np
	}
}
