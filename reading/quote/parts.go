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
	cue  span
	head int // the word of the cue that its tree hangs on
	// of each word of the span: the rules' role in the finding with this cue,
	// and what stands between it and the cue
	ruled   []uint8
	ordinal []uint8
	rule    bool // the rules have a finding with this cue
	// the heads above the cue, from the cue's own on, and the paths to them
	up    []int
	paths []uint64
}

// ask makes the question for a cue.
func (v *view) ask(first *lattice, cue span) *asked {
	a := &asked{view: v, first: first, cue: cue}
	a.window()
	a.head = a.headOf(cue)
	a.climb()
	a.rules()
	a.count()
	return a
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
	a.up, a.paths = make([]int, 0, 12), make([]uint64, 0, 12)
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
	a.ruled = make([]uint8, a.to-a.from)
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
		a.ruled[i-a.from] = begins + 1
		if i == s.from {
			a.ruled[i-a.from] = begins
		}
	}
}

// count notes for each word how many sources, cues and contents of the first
// model stand between it and the cue, up to three of each.
func (a *asked) count() {
	a.ordinal = make([]uint8, a.to-a.from)
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
			a.ordinal[i-a.from] = seen[1] | seen[2]<<2 | seen[3]<<4 | uint8(bit(side > 0))<<6
		}
	}
}

func (a *asked) ruledAt(i int) uint64 {
	if i < a.from || i >= a.to {
		return 9
	}
	return uint64(a.ruled[i-a.from])
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

// partFeatures appends the features of word i for the second model.
func (a *asked) partFeatures(dst []uint64, i int) []uint64 { return a.someFeatures(dst, i, true) }

// joinedPartFeatures appends those that do not speak of one word alone.
func (a *asked) joinedPartFeatures(dst []uint64, i int) []uint64 {
	return a.someFeatures(dst, i, false)
}

func (a *asked) someFeatures(dst []uint64, i int, own bool) []uint64 {
	j := joiner{to: dst, template: 1000}
	t, cue := a.at(i), a.at(a.head)
	side, far := a.near(i)
	sentences := uint64(max(-3, min(3, t.sentence-cue.sentence))+3)<<4 | uint64(max(-2, min(2, t.paragraph-cue.paragraph))+2)
	ordinal := uint64(a.ordinal[i-a.from])
	a.firstFeatures(&j, i, side, farther(far)<<2|side, sentences, ordinal)
	a.ruleFeatures(&j, i)
	a.pathFeatures(&j, i, side)
	if own {
		for k := -beside; k <= beside; k++ {
			p := a.beside(i + k)
			j.to = p.spellingPartFeature(j.to, k, side)
			j.to = p.tagPartFeature(j.to, k, side)
			j.to = p.lexiconPartFeature(j.to, k)
		}
	}
	a.wordFeatures(&j, i, side, far, sentences)
	label, q := a.label(i), t.quoteCode()
	j.three(a.at(i-1).quoteCode(), q, a.at(i+1).quoteCode())
	j.three(q, side, sentences)
	j.three(q, bit(t.quote != 0 && t.quote>>32 == cue.quote>>32), label)
	j.three(a.between(i), side, label)
	j.three(uint64(min(i-int(t.from), 3))<<2|uint64(min(int(t.to)-1-i, 3)), sentences, label)
	return j.to
}

// firstFeatures are about what the first model says.
func (a *asked) firstFeatures(j *joiner, i int, side, far, sentences, ordinal uint64) {
	label, before, after := a.label(i), a.label(i-1), a.label(i+1)
	j.one(far)
	j.two(sentences, side)
	j.three(label, side, sentences)
	j.template = 1006
	j.three(before, label, after)
	j.two(english.Mix(before, label), english.Mix(after, ordinal))
	share := a.first.share[i*roleLabels : (i+1)*roleLabels]
	for r := range uint64(3) {
		both := share[2*r+1] + share[2*r+2]
		j.two(r, uint64(both*5)<<8|ordinal<<16|sentences<<32)
		j.two(r, uint64(share[2*r+1]*5))
	}
}

// ruleFeatures are about what the rules say of this cue and of others.
func (a *asked) ruleFeatures(j *joiner, i int) {
	ruled, label := a.ruledAt(i), a.label(i)
	j.two(ruled, bit(a.rule))
	j.three(ruled, label, bit(a.rule))
	j.three(a.ruledAt(i-1), ruled, a.ruledAt(i+1))
	j.three(ruled, uint64(a.scores[i]), label)
	j.three(ruled, a.role(i), label)
}

// pathFeatures are about the path in the tree from the word to the cue.
func (a *asked) pathFeatures(j *joiner, i int, side uint64) {
	t, cue := a.at(i), a.at(a.head)
	joins, depth, edge := uint64(5), 20, uint64(0)
	if t.sentence == cue.sentence {
		joins, depth, edge = a.path(i)
	}
	j.template = 1021
	j.three(joins, edge, side)
	j.three(joins, cue.lemma, edge)
	j.template = 1025
	j.three(joins, uint64(min(depth, 6)), a.label(i))
	j.three(joins, t.tag, edge)
	j.three(joins, t.quoteCode(), cue.quoteCode())
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

// wordFeatures are about the words around.
func (a *asked) wordFeatures(j *joiner, i int, side, far, sentences uint64) {
	t, cue := a.at(i), a.at(a.head)
	j.template = besideTemplates + 3*(2*beside+1) + 3
	j.three(t.lower, side, min(far, 3))
	j.three(t.tag, side, min(far, 3))
	j.template++
	j.three(cue.lemma, uint64(min(a.cue.to-a.cue.from, 4)), sentences)
	j.three(cue.lexicon, english.Mix(side, min(far, 4)), t.lexicon)
}

// between tells what stands between word i and the cue, near the word.
func (a *asked) between(i int) uint64 {
	var seen uint64
	step := 1
	if i >= a.cue.from {
		step = -1
	}
	for k, n := i+step, 0; n < 12 && k >= a.from && k < a.to && (k < a.cue.from || k >= a.cue.to); k, n = k+step, n+1 {
		switch w := &a.words[k]; {
		case w.Text == ",":
			seen |= 1
		case isMark(w.Text) || w.Text == "”":
			seen |= 2
		case !w.letter:
			seen |= 4
		}
		if a.places[k].tag == a.places[a.head].tag {
			seen |= 8
		}
	}
	return seen
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
