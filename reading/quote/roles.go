package quote

import "whence/english"

// around is how many words to each side of a word its features look at.
const around = 3

// allRoleFeatures appends the features of word i for the first model, which gives
// each word a role: the words around it, its sentence's tree, quotations, and
// what the rules found.
func (v *view) allRoleFeatures(dst []uint64, i int) []uint64 {
	c := collector{joiner: joiner{to: dst}}
	v.roleFeatures(&c, i)
	dst = c.to
	for k := -around; k <= around; k++ {
		p := v.near(i, k)
		dst = p.tagRoleFeatures(p.ownRoleFeatures(dst, k), k)
	}
	return dst
}

// near is the place of the word k after word i, if it is in the same paragraph.
func (v *view) near(i, k int) *place {
	if p := v.at(i + k); p.paragraph == v.places[i].paragraph {
		return p
	}
	return &nowhere
}

// The templates before those of the features that a word alone has, by where it
// stands from the word whose role they speak of.
var (
	spellingTemplates = [2*around + 1]uint64{3, 4, 5, 1, 6, 7, 8}
	kindTemplates     = [2*around + 1]uint64{1: 14, 17, 20, 23, 26}
)

// ownRoleFeatures appends those features of the role of the word k before that
// speak of this word alone, wherever it stands: of its spelling, word class and
// what the lexicon knows.
func (p *place) ownRoleFeatures(dst []uint64, k int) []uint64 {
	j := joiner{to: dst, template: spellingTemplates[k+around]}
	j.one(p.lower)
	if j.template = kindTemplates[k+around]; j.template > 0 {
		j.one(p.c8)
		j.one(p.lexicon)
	}
	if k == 0 {
		j.template = 2
		j.one(p.form)
		j.template = 28
		j.one(p.cluster)
		j.one(p.c4)
		j.template = 37
		j.one(p.suffix)
		j.one(p.shape)
	}
	return j.to
}

// tagRoleFeatures appends the one of its tag, where it stands near; and one that all words
// have.
func (p *place) tagRoleFeatures(dst []uint64, k int) []uint64 {
	j := joiner{to: dst}
	if k == 0 {
		j.one(0)
	}
	if -nearTag <= k && k <= nearTag {
		j.template = 13 + 3*uint64(k+nearTag)
		j.one(p.tag)
	}
	return j.to
}

// nearTag is how many words to each side the tag tells of the role.
const nearTag = 2

// The kinds of the groups of features of the first model.
const (
	quotedPlace = 1 + iota
	ruledPlace
	headTags
	cueEdges
	cueBeside
	edgeLabels
)

// roleFeatures collects the features of word i for the first model, but for those
// that speak of one word alone.
func (v *view) roleFeatures(c *collector, i int) {
	v.placeFeatures(c, i)
	v.ruledFeatures(c, i)
	v.treeFeatures(c, i)
	v.cueFeatures(c, i)
	v.edgeFeatures(c, i)
}

// placeFeatures are about the word's place in sentence, paragraph and quotation.
func (v *view) placeFeatures(c *collector, i int) {
	t, before := v.at(i), v.at(int(v.at(i).from)-1)
	where, opens := uint64(min(i-int(t.from), 4)), bit(before.paragraph != t.paragraph)
	last, q, next := v.at(i-1).quoteCode(), t.quoteCode(), v.at(i+1).quoteCode()
	first, end, outer := v.at(int(t.from)).quoteCode(), v.at(int(t.to)-1).quoteCode(), before.quoteCode()
	c.group(kind(quotedPlace)^english.Mix(pack(16, last, q, next, where), pack(16, first, end, outer, opens)), 41, func(j *joiner) {
		j.two(opens, where)
		j.one(q)
		j.three(last, q, next)
		j.template = 46
		j.three(first, end, q)
		j.three(outer, q, opens)
	})
}

// ruledFeatures are about what the rules say.
func (v *view) ruledFeatures(c *collector, i int) {
	t, before, role, after, score := v.at(i), v.role(i-1), v.role(i), v.role(i+1), uint64(v.scores[i])
	q, tag, label := t.quoteCode(), t.tag, t.label
	c.group(kind(ruledPlace)|q<<40|pack(8, before<<4|role, after<<4|score, tag, label), 48, func(j *joiner) {
		j.one(role)
		j.two(role, score)
		j.three(before, role, after)
		j.three(role, q, tag)
		j.two(role, label)
	})
}

// treeFeatures are about the word's head.
func (v *view) treeFeatures(c *collector, i int) {
	t := v.at(i)
	h := v.at(int(t.head))
	g := v.at(int(h.head))
	gap := int(t.head) - i
	way := uint64(min(max(gap, -gap), 6))<<1 | bit(int(t.head) > i)
	label, tag := t.label, h.tag
	c.group(kind(headTags)|pack(8, label, tag, way), 53, func(j *joiner) {
		j.one(label)
		j.template = 57
		j.three(label, tag, way)
	})
	c.template = 59
	c.three(t.lexicon, h.lexicon, t.label)
	c.template = 61
	c.three(t.label, h.label, g.lexicon)
}

// highest is how many heads up a verb that attributes is looked for, and
// farthest how many words away.
const (
	highest  = 6
	farthest = 30
)

// cueFeatures are about the nearest words that may be the cue: up the tree,
// and to either side.
func (v *view) cueFeatures(c *collector, i int) {
	t := v.at(i)
	path := uint64(7)
	for x, up := t, 0; up < highest && x.head >= 0; up++ {
		path = english.Mix(path, x.label)
		cue := &v.places[x.head]
		if !cue.attributes {
			x = cue
			continue
		}
		side, label, tag, role := bit(int(x.head) > i), x.label, t.tag, v.role(int(x.head))
		edge := side<<2 | bit(int(x.first) == i) | bit(int(x.end) == i+1)<<1
		c.template = 200
		c.three(label, cue.lemma, edge)
		c.template = 203
		c.two(path, side)
		c.group(kind(cueEdges)|pack(8, label, tag, role, edge), 204, func(j *joiner) {
			j.three(label, tag, edge)
			j.three(label, role, edge)
		})
		break
	}
	for side, at := range t.cues {
		cue, n := v.at(int(at)), uint64(0)
		if at >= 0 {
			n = uint64(min(max(i-int(at), int(at)-i), 4))
		}
		tag, template := t.tag, 210+3*uint64(side)
		c.group(kind(cueBeside)^english.Mix(english.Mix(cue.lemma, cue.lexicon), pack(8, uint64(side), n, tag)), template, func(j *joiner) {
			j.two(cue.lemma, n)
			j.two(cue.lexicon, tag)
		})
		c.template = template + 2
		c.two(cue.lexicon, t.lower)
	}
}

// edgeFeatures are about the largest subtrees that begin and end at the word.
func (v *view) edgeFeatures(c *collector, i int) {
	begins, ends := i, i
	for h := v.places[begins].head; h >= 0 && int(v.places[h].first) == i; h = v.places[begins].head {
		begins = int(h)
	}
	for h := v.places[ends].head; h >= 0 && int(v.places[h].end) == i+1; h = v.places[ends].head {
		ends = int(h)
	}
	b, e := &v.places[begins], &v.places[ends]
	whole, last := bit(int(b.first) == i), 2+bit(int(e.end) == i+1)
	c.group(kind(edgeLabels)|pack(8, b.label, whole, e.label, last), 220, func(j *joiner) {
		j.two(b.label, whole)
		j.two(e.label, last)
	})
	c.template = 222
	c.three(b.label, v.at(int(b.head)).lexicon, whole)
	c.three(e.label, v.at(int(e.head)).lexicon, last)
}
