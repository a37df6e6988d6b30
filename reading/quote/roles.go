package quote

import "whence/english"

// around is how many words to each side of a word its features look at.
const around = 3

// roleFeatures appends the features of word i for the first model, which gives
// each word a role: the words around it, its sentence's tree, quotations, and
// what the rules found.
func (v *view) roleFeatures(dst []uint64, i int) []uint64 {
	dst = v.joinedRoleFeatures(dst, i)
	for k := -around; k <= around; k++ {
		dst = v.near(i, k).ownRoleFeatures(dst, k)
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

// joinedRoleFeatures appends the other features of word i for the first model.
func (v *view) joinedRoleFeatures(dst []uint64, i int) []uint64 {
	j := joiner{to: dst}
	j.one(0)
	for k := range uint64(5) {
		j.template = 13 + 3*k
		j.one(v.near(i, int(k)-2).tag)
	}
	v.placeFeatures(&j, i)
	v.treeFeatures(&j, i)
	v.cueFeatures(&j, i)
	v.edgeFeatures(&j, i)
	return j.to
}

// placeFeatures are about the word's place in sentence, paragraph and
// quotation, and about the rules.
func (v *view) placeFeatures(j *joiner, i int) {
	t, p1, n1 := v.at(i), v.at(i-1), v.at(i+1)
	where, before := uint64(min(i-int(t.from), 4)), v.at(int(t.from)-1)
	opens := bit(before.paragraph != t.paragraph)
	j.template = 41
	j.two(opens, where)
	q := t.quoteCode()
	j.one(q)
	j.three(p1.quoteCode(), q, n1.quoteCode())
	j.template = 46
	j.three(v.at(int(t.from)).quoteCode(), v.at(int(t.to)-1).quoteCode(), q)
	j.three(before.quoteCode(), q, opens)
	role := v.role(i)
	j.one(role)
	j.two(role, uint64(v.scores[i]))
	j.three(v.role(i-1), role, v.role(i+1))
	j.three(role, q, t.tag)
	j.two(role, t.label)
}

// treeFeatures are about the word's head.
func (v *view) treeFeatures(j *joiner, i int) {
	t := v.at(i)
	h := v.at(int(t.head))
	g := v.at(int(h.head))
	side := bit(int(t.head) > i)
	gap := int(t.head) - i
	gap = min(max(gap, -gap), 6)
	j.one(t.label)
	j.template = 57
	j.three(t.label, h.tag, uint64(gap)<<1|side)
	j.template = 59
	j.three(t.lexicon, h.lexicon, t.label)
	j.template = 61
	j.three(t.label, h.label, g.lexicon)
}

// highest is how many heads up a verb that attributes is looked for, and
// farthest how many words away.
const (
	highest  = 6
	farthest = 30
)

// cueFeatures are about the nearest words that may be the cue: up the tree,
// and to either side.
func (v *view) cueFeatures(j *joiner, i int) {
	t := v.at(i)
	path := uint64(7)
	for x, up := t, 0; up < highest && x.head >= 0; up++ {
		path = english.Mix(path, x.label)
		cue := &v.places[x.head]
		if !cue.attributes {
			x = cue
			continue
		}
		side := bit(int(x.head) > i)
		edge := side<<2 | bit(int(x.first) == i) | bit(int(x.end) == i+1)<<1
		j.template = 200
		j.three(x.label, cue.lemma, edge)
		j.template = 203
		j.two(path, side)
		j.three(x.label, t.tag, edge)
		j.three(x.label, v.role(int(x.head)), edge)
		break
	}
	j.template = 210
	for _, step := range [...]int{-1, 1} {
		cue, n := &nowhere, 0
		for k, steps := i+step, 1; k >= int(t.from) && k < int(t.to) && steps < farthest; k, steps = k+step, steps+1 {
			if v.roles[k] == cueBegins || v.places[k].firm {
				cue, n = &v.places[k], steps
				break
			}
		}
		j.two(cue.lemma, uint64(min(n, 4)))
		j.two(cue.lexicon, t.tag)
		j.two(cue.lexicon, t.lower)
	}
}

// edgeFeatures are about the largest subtrees that begin and end at the word.
func (v *view) edgeFeatures(j *joiner, i int) {
	j.template = 220
	begins, ends := i, i
	for h := v.places[begins].head; h >= 0 && int(v.places[h].first) == i; h = v.places[begins].head {
		begins = int(h)
	}
	for h := v.places[ends].head; h >= 0 && int(v.places[h].end) == i+1; h = v.places[ends].head {
		ends = int(h)
	}
	b, e := &v.places[begins], &v.places[ends]
	whole, last := bit(int(b.first) == i), 2+bit(int(e.end) == i+1)
	j.two(b.label, whole)
	j.two(e.label, last)
	j.three(b.label, v.at(int(b.head)).lexicon, whole)
	j.three(e.label, v.at(int(e.head)).lexicon, last)
}
