package quote

import (
	"slices"

	"whence/english"
)

// The second model is asked once for each cue that the first one found: which
// words near it are its source, and which its content. It labels them as the
// first does, without the labels of cues.
const (
	partSource  = 1
	partContent = 3
	partLabels  = 5
)

// reach bounds the words around a cue that are looked at: its sentence, and
// beside it as far as quotations and what the first model takes for contents go
// on without a gap, but no farther than this.
const reach = 160

// asked is one question to the second model: the words from..to around a cue.
type asked struct {
	*view
	first *lattice // what the first model says of the whole text
	span
	cue    span
	head   int     // the word of the cue that its tree hangs on
	stands []stand // of each word of the span
	rule   bool    // the rules have a finding with this cue
	// the heads above the cue, from the cue's own on, and the paths to them
	up    []int
	paths []uint64
}

// stand is how a word stands to the cue.
type stand struct {
	ruled   uint8 // the rules' role of it in the finding with this cue
	ordinal uint8 // how many parts of the first model stand between, see [asked.count]
	between uint8 // what stands between, near the word, see [asked.look]
}

// ask makes the question for a cue.
func (v *view) ask(first *lattice, cue span) *asked {
	a := &asked{}
	a.ask(v, first, cue)
	return a
}

// ask makes the question for a cue, in the memory of the one before.
func (a *asked) ask(v *view, first *lattice, cue span) {
	*a = asked{view: v, first: first, cue: cue, stands: a.stands, up: a.up[:0], paths: a.paths[:0]}
	a.window()
	a.stands = resized(a.stands, a.to-a.from)
	clear(a.stands)
	a.head = a.headOf(cue)
	a.climb()
	a.rules()
	a.count()
	a.look()
}

// window sets the words to look at.
func (a *asked) window() {
	sentence := a.at(a.cue.from).sentence
	near := func(i int) bool { return a.places[i].sentence == sentence }
	goesOn := func(i int) bool { return a.first.best[i] >= contentBegins || a.places[i].quote != 0 }
	a.from, a.to = a.cue.from, a.cue.to
	for a.from > 0 && a.from > a.cue.from-reach && (near(a.from-1) || goesOn(a.from-1)) {
		a.from--
	}
	for a.to < len(a.places) && a.to < a.cue.to+reach && (near(a.to) || goesOn(a.to)) {
		a.to++
	}
}

// headOf is the first word of the cue whose head is outside of it and that is
// no auxiliary, else the first whose head is outside.
func (a *asked) headOf(cue span) int {
	head := -1
	for i := cue.from; i < cue.to; i++ {
		p := &a.places[i]
		if h := int(p.head); h >= cue.from && h < cue.to {
			continue
		}
		if head < 0 {
			head = i
		}
		if l := english.Label(p.label - 1); l != english.Aux && l != english.AuxPass {
			return i
		}
	}
	return max(head, cue.from)
}

// climb notes the heads above the cue and the paths to them.
func (a *asked) climb() {
	path := uint64(0)
	for x := a.head; x >= 0 && len(a.up) < 12; {
		a.up = append(a.up, x)
		a.paths = append(a.paths, path)
		path = english.Mix(path, a.places[x].label)
		x = int(a.places[x].head)
	}
}

// rules notes what the rules say of this cue.
func (a *asked) rules() {
	for n := range a.found {
		c := &a.found[n]
		if c.cue.from >= a.cue.to || a.cue.from >= c.cue.to {
			continue
		}
		a.rule = true
		for _, s := range c.content {
			a.markRuled(s, partContent)
		}
		a.markRuled(c.source, partSource)
	}
}

func (a *asked) markRuled(s span, begins uint8) {
	for i := max(s.from, a.from); i < min(s.to, a.to); i++ {
		r := &a.stands[i-a.from].ruled
		*r = begins + 1
		if i == s.from {
			*r = begins
		}
	}
}

// count notes for each word how many sources, cues and contents of the first
// model stand between it and the cue, up to three of each.
func (a *asked) count() {
	for _, side := range [...]int{-1, 1} {
		i := a.cue.from - 1
		if side > 0 {
			i = a.cue.to
		}
		var seen [4]uint8
		for last := uint8(0); i >= a.from && i < a.to; i += side {
			role := (a.first.best[i] + 1) / 2
			if role != last {
				seen[role] = min(seen[role]+1, 3)
			}
			last = role
			a.stands[i-a.from].ordinal = seen[1] | seen[2]<<2 | seen[3]<<4 | uint8(bit(side > 0))<<6
		}
	}
}

// looked is how many words towards the cue a word looks.
const looked = 12

// sight is what was passed in the last words, of each of four kinds in a lane of as many
// bits, the latest lowest.
type sight uint64

// pass goes on by a word of kinds.
func (s *sight) pass(kinds uint8) {
	const lowest = 1 | 1<<looked | 1<<(2*looked) | 1<<(3*looked)
	k := uint64(kinds)
	*s = *s<<1&^lowest | sight((k|k<<(looked-1)|k<<(2*looked-2)|k<<(3*looked-3))&lowest)
}

// kinds are those of which a word was passed.
func (s sight) kinds() (kinds uint8) {
	const lane = 1<<looked - 1
	for n := range 4 {
		kinds |= uint8(bit(s>>(n*looked)&lane != 0)) << n
	}
	return kinds
}

// look notes for each word what stands between it and the cue, near the word: marks of
// what kinds, and words with the cue's tag. The first word of the cue looks at what stands
// before it.
func (a *asked) look() {
	var s sight
	for i := a.cue.from - 1; i >= a.from; i-- {
		a.stands[i-a.from].between = s.kinds()
		s.pass(a.kinds(i))
	}
	for i := max(a.from, a.cue.from-looked); i < a.cue.from; i++ {
		a.stands[a.cue.from-a.from].between |= a.kinds(i)
	}
	s = 0
	for i := a.cue.to; i < a.to; i++ {
		a.stands[i-a.from].between = s.kinds()
		s.pass(a.kinds(i))
	}
}

// kinds are what sort of mark a word is, and whether it has the tag of the cue.
func (a *asked) kinds(i int) uint8 {
	p := &a.places[i]
	return p.mark | uint8(bit(p.tag == a.places[a.head].tag))<<3
}

func (a *asked) ruledAt(i int) uint64 {
	if i < a.from || i >= a.to {
		return 9
	}
	return uint64(a.stands[i-a.from].ruled)
}

// label is the first model's label of word i.
func (a *asked) label(i int) uint64 {
	if i < 0 || i >= a.first.n {
		return 9
	}
	return uint64(a.first.best[i])
}

// near tells on which side of the cue word i stands, and how far.
func (a *asked) near(i int) (side, far uint64) {
	switch {
	case i < a.cue.from:
		return 0, uint64(a.cue.from - i)
	case i >= a.cue.to:
		return 1, uint64(i - a.cue.to + 1)
	}
	return 2, 0
}

// The kinds of the groups of features of the second model.
const (
	standing = 1 + iota
	learnedRoles
	ruledRoles
	pathEdges
	pathRoles
	cueLemmas
	quotedness
)

// allPartFeatures appends all features of word i for the second model.
func (a *asked) allPartFeatures(dst []uint64, i int) []uint64 {
	c := collector{joiner: joiner{to: dst}}
	a.partFeatures(&c, i)
	dst = c.to
	side, far := a.near(i)
	for k := -beside; k <= beside; k++ {
		p := a.beside(i + k)
		dst = p.spellingPartFeature(dst, k, side)
		dst = p.tagPartFeature(dst, k, side)
		dst = p.lexiconPartFeature(dst, k)
	}
	dst = a.at(i).spellingStandFeature(dst, side, min(far, nearby))
	return a.at(i).tagStandFeature(dst, side, min(far, nearby))
}

// partFeatures collects the features of word i for the second model, but for those
// that speak of one word alone.
func (a *asked) partFeatures(c *collector, i int) {
	t, cue := a.at(i), a.at(a.head)
	side, far := a.near(i)
	sentences := uint64(max(-3, min(3, t.sentence-cue.sentence))+3)<<4 | uint64(max(-2, min(2, t.paragraph-cue.paragraph))+2)
	a.standingFeatures(c, i, side, farther(far)<<2|side, sentences)
	a.firstFeatures(c, i, sentences)
	a.ruleFeatures(c, i)
	a.pathFeatures(c, i, side)
	a.quoteFeatures(c, i, side, sentences)
	length := uint64(min(a.cue.to-a.cue.from, 4))
	c.group(kind(cueLemmas)^english.Mix(cue.lemma, pack(8, length, sentences)), 1049, func(j *joiner) {
		j.three(cue.lemma, length, sentences)
	})
	c.template = 1050
	c.three(cue.lexicon, english.Mix(side, min(far, 4)), t.lexicon)
}

// standingFeatures are about where the word stands from the cue, and what stands
// between.
func (a *asked) standingFeatures(c *collector, i int, side, far, sentences uint64) {
	t, label, between := a.at(i), a.label(i), uint64(a.stands[i-a.from].between)
	edges := uint64(min(i-int(t.from), 3))<<2 | uint64(min(int(t.to)-1-i, 3))
	c.group(kind(standing)|pack(8, far, sentences, label, between, edges), 1000, func(j *joiner) {
		j.one(far)
		j.two(sentences, side)
		j.three(label, side, sentences)
		j.template = 1054
		j.three(between, side, label)
		j.three(edges, sentences, label)
	})
}

// firstFeatures are about what the first model says.
func (a *asked) firstFeatures(c *collector, i int, sentences uint64) {
	label, before, after, ordinal := a.label(i), a.label(i-1), a.label(i+1), uint64(a.stands[i-a.from].ordinal)
	share := a.first.share[i*roleLabels : (i+1)*roleLabels]
	var fifths [6]uint64 // how likely each role is, and its beginning
	for r := range 3 {
		fifths[2*r], fifths[2*r+1] = uint64((share[2*r+1]+share[2*r+2])*5), uint64(share[2*r+1]*5)
	}
	c.group(kind(learnedRoles)|pack(7, pack(4, before, label, after), ordinal, sentences)<<18|pack(3, fifths[:]...), 1006, func(j *joiner) {
		j.three(before, label, after)
		j.two(english.Mix(before, label), english.Mix(after, ordinal))
		for r := range uint64(3) {
			j.two(r, fifths[2*r]<<8|ordinal<<16|sentences<<32)
			j.two(r, fifths[2*r+1])
		}
	})
}

// ruleFeatures are about what the rules say of this cue and of others.
func (a *asked) ruleFeatures(c *collector, i int) {
	ruled, label, before, after := a.ruledAt(i), a.label(i), a.ruledAt(i-1), a.ruledAt(i+1)
	rule, score, role := bit(a.rule), uint64(a.scores[i]), a.role(i)
	c.group(kind(ruledRoles)|pack(4, before, ruled, after, label, rule, score, role), 1014, func(j *joiner) {
		j.two(ruled, rule)
		j.three(ruled, label, rule)
		j.three(before, ruled, after)
		j.three(ruled, score, label)
		j.three(ruled, role, label)
	})
}

// pathFeatures are about the path in the tree from the word to the cue.
func (a *asked) pathFeatures(c *collector, i int, side uint64) {
	t, cue, label := a.at(i), a.at(a.head), a.label(i)
	joins, depth, edge := uint64(5), 20, uint64(0)
	if t.sentence == cue.sentence {
		joins, depth, edge = a.path(i)
	}
	steps, q, cueQuote := uint64(min(depth, 6)), t.quoteCode(), cue.quoteCode()
	c.group(kind(pathEdges)^english.Mix(joins, pack(8, edge, side, t.tag)), 1021, func(j *joiner) {
		j.three(joins, edge, side)
		j.template = 1026
		j.three(joins, t.tag, edge)
	})
	c.group(kind(pathRoles)^english.Mix(joins, pack(16, steps, label, q, cueQuote)), 1025, func(j *joiner) {
		j.three(joins, steps, label)
		j.template = 1027
		j.three(joins, q, cueQuote)
	})
	c.template = 1022
	c.three(joins, cue.lemma, edge)
}

// quoteFeatures are about quotations.
func (a *asked) quoteFeatures(c *collector, i int, side, sentences uint64) {
	t, cue, label := a.at(i), a.at(a.head), a.label(i)
	before, q, after, same := a.at(i-1).quoteCode(), t.quoteCode(), a.at(i+1).quoteCode(), bit(t.quote != 0 && t.quote>>32 == cue.quote>>32)
	c.group(kind(quotedness)^english.Mix(pack(16, before, q, after), pack(8, side, sentences, same, label)), 1051, func(j *joiner) {
		j.three(before, q, after)
		j.three(q, side, sentences)
		j.three(q, same, label)
	})
}

// path goes up from word i until it meets the cue or what the cue hangs on:
// the last label on the way, with where it joins, how many steps it took, and
// whether the word is the first or last of the subtree that joins.
func (a *asked) path(i int) (joins uint64, depth int, edge uint64) {
	for x, steps := i, 0; steps < 25; steps++ {
		if n := slices.Index(a.up, x); n >= 0 {
			if n == 0 {
				return english.Mix(joins, 77), steps, edge
			}
			return english.Mix(joins, a.paths[n]), 10 + n, edge
		}
		p := &a.places[x]
		joins = p.label
		edge = bit(int(p.first) == i) | bit(int(p.end) == i+1)<<1
		if p.head < 0 {
			return english.Mix(joins, 999), 0, edge
		}
		x = int(p.head)
	}
	return joins, 0, edge
}

// beside is how many words to each side of a word the second model looks at.
const beside = 2

// beside is the place of a word, if it is one of those asked about.
func (a *asked) beside(i int) *place {
	if i < a.from || i >= a.to {
		return &nowhere
	}
	return &a.places[i]
}

// besideTemplates is the template before those of the features that a word
// alone has, of which there are three for each place.
const besideTemplates = 1028

// spellingPartFeature appends the feature of the part of the word k before that
// speaks of this word's spelling alone, wherever it stands.
func (p *place) spellingPartFeature(dst []uint64, k int, side uint64) []uint64 {
	j := joiner{to: dst, template: besideTemplates + 3*uint64(k+beside)}
	j.two(p.lower, side)
	return j.to
}

// tagPartFeature is the same for its tag.
func (p *place) tagPartFeature(dst []uint64, k int, side uint64) []uint64 {
	j := joiner{to: dst, template: besideTemplates + 3*uint64(k+beside) + 1}
	j.two(p.tag, side)
	return j.to
}

// lexiconPartFeature is the same for what the lexicon knows of it.
func (p *place) lexiconPartFeature(dst []uint64, k int) []uint64 {
	j := joiner{to: dst, template: besideTemplates + 3*uint64(k+beside) + 2}
	j.one(p.lexicon)
	return j.to
}

// The templates before those of the features of a word that stands near the cue or
// farther away.
const (
	spellingStandTemplate = besideTemplates + 3*(2*beside+1) + 3
	tagStandTemplate      = spellingStandTemplate + 1
)

// nearby is up to how many words from the cue it is told how many.
const nearby = 3

// spellingStandFeature appends the feature of the part of a word that speaks of its
// spelling, on a side of the cue and so far away, up to nearby.
func (p *place) spellingStandFeature(dst []uint64, side, far uint64) []uint64 {
	j := joiner{to: dst, template: spellingStandTemplate}
	j.three(p.lower, side, far)
	return j.to
}

// tagStandFeature is the same for its tag.
func (p *place) tagStandFeature(dst []uint64, side, far uint64) []uint64 {
	j := joiner{to: dst, template: tagStandTemplate}
	j.three(p.tag, side, far)
	return j.to
}

// farther is a distance in words, in steps that grow.
func farther(n uint64) uint64 {
	for step, most := range [...]uint64{8, 12, 20, 40, 80} {
		if n < most {
			if step == 0 {
				return n
			}
			return 7 + uint64(step)
		}
	}
	return 12
}
