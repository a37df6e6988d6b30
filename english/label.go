package english

// Label is a relation of Universal Dependencies with its subtype, as the
// English treebanks use it. The zero Label is that of no word.
type Label uint8

// The labels.
const (
	NoLabel Label = iota
	Root
	Acl
	AclRelcl
	Advcl
	AdvclRelcl
	Advmod
	Amod
	Appos
	Aux
	AuxPass
	Case
	Cc
	CcPreconj
	Ccomp
	Compound
	CompoundPrt
	Conj
	Cop
	Csubj
	CsubjOuter
	CsubjPass
	Dep
	Det
	DetPredet
	Discourse
	Dislocated
	Expl
	Fixed
	Flat
	Goeswith
	Iobj
	List
	Mark
	Nmod
	NmodDesc
	NmodPoss
	NmodUnmarked
	Nsubj
	NsubjOuter
	NsubjPass
	Nummod
	Obj
	Obl
	OblAgent
	OblUnmarked
	Orphan
	Parataxis
	Punct
	Reparandum
	Vocative
	Xcomp
	labelCount
)

var labelNames = [labelCount]string{
	NoLabel: "_", Root: "root", Acl: "acl", AclRelcl: "acl:relcl", Advcl: "advcl", AdvclRelcl: "advcl:relcl",
	Advmod: "advmod", Amod: "amod", Appos: "appos", Aux: "aux", AuxPass: "aux:pass", Case: "case", Cc: "cc",
	CcPreconj: "cc:preconj", Ccomp: "ccomp", Compound: "compound", CompoundPrt: "compound:prt", Conj: "conj",
	Cop: "cop", Csubj: "csubj", CsubjOuter: "csubj:outer", CsubjPass: "csubj:pass", Dep: "dep", Det: "det",
	DetPredet: "det:predet", Discourse: "discourse", Dislocated: "dislocated", Expl: "expl", Fixed: "fixed",
	Flat: "flat", Goeswith: "goeswith", Iobj: "iobj", List: "list", Mark: "mark", Nmod: "nmod",
	NmodDesc: "nmod:desc", NmodPoss: "nmod:poss", NmodUnmarked: "nmod:unmarked", Nsubj: "nsubj",
	NsubjOuter: "nsubj:outer", NsubjPass: "nsubj:pass", Nummod: "nummod", Obj: "obj", Obl: "obl",
	OblAgent: "obl:agent", OblUnmarked: "obl:unmarked", Orphan: "orphan", Parataxis: "parataxis", Punct: "punct",
	Reparandum: "reparandum", Vocative: "vocative", Xcomp: "xcomp",
}

// String is the label as treebanks write it.
func (l Label) String() string {
	if l < labelCount {
		return labelNames[l]
	}
	return labelNames[NoLabel]
}

// LabelNamed is the label that treebanks write so.
func LabelNamed(name string) (Label, bool) {
	for l, n := range labelNames {
		if n == name && l != int(NoLabel) {
			return Label(l), true
		}
	}
	return NoLabel, false
}

// Subject tells whether the label is one of a subject, clauses too.
func (l Label) Subject() bool {
	return Nsubj <= l && l <= NsubjPass || Csubj <= l && l <= CsubjPass
}

// Arcs are the heads of a sentence, as the features of labels see them. Labels
// are given from the root down and from left to right, so that a word's
// features speak of the labels of its head and of the words before it that
// depend on the same head.
type Arcs struct {
	s      *Sentence
	tags   []Tag
	heads  []int32 // len(tags) for the root
	Labels []Label // NoLabel for a word that has none yet
	Order  []int32 // in which words are labelled
	child  []int32 // first dependent of each word and of the root
	next   []int32 // next dependent of the same head
	// the outermost and the next dependents on each side, the innermost, and
	// how many
	left, left2, right, nearLeft, nearRight []int32
	lefts, rights                           []uint8
	given                                   []uint32 // set of the labels of the words that depend on each
}

// Reset takes in the heads, len(tags) for the root, with the memory of the last
// sentence. They must be a tree.
func (a *Arcs) Reset(s *Sentence, tags []Tag, heads []int32) {
	n := len(tags) + 1
	a.s, a.tags, a.heads = s, tags, heads
	for _, list := range []*[]int32{&a.child, &a.next, &a.left, &a.left2, &a.right, &a.nearLeft, &a.nearRight} {
		*list = none(*list, n)
	}
	a.lefts = append(a.lefts[:0], make([]uint8, n)...)
	a.rights = append(a.rights[:0], make([]uint8, n)...)
	a.given = append(a.given[:0], make([]uint32, n)...)
	a.Labels = append(a.Labels[:0], make([]Label, n)...)
	for d := int32(n) - 2; d >= 0; d-- {
		a.link(d, heads[d])
	}
	a.Order = append(a.Order[:0], int32(n-1))
	for i := 0; i < len(a.Order); i++ {
		for d := a.child[a.Order[i]]; d >= 0; d = a.next[d] {
			a.Order = append(a.Order, d)
		}
	}
	a.Order = a.Order[1:]
}

// link enters the arc from h to d; dependents come from the right.
func (a *Arcs) link(d, h int32) {
	a.next[d], a.child[h] = a.child[h], d
	if d > h {
		if a.right[h] < 0 {
			a.right[h] = d
		}
		a.nearRight[h] = d
		a.rights[h]++
		return
	}
	if a.nearLeft[h] < 0 {
		a.nearLeft[h] = d
	}
	a.left2[h], a.left[h] = a.left[h], d
	a.lefts[h]++
}

// Give labels word d.
func (a *Arcs) Give(d int32, l Label) {
	a.Labels[d] = l
	a.given[a.heads[d]] |= tellers[l%labelCount]
}

// tellers are the labels whose presence tells most of those that follow.
var tellers = [labelCount]uint32{
	Nsubj: 1 << 0, NsubjPass: 1 << 1, NsubjOuter: 1 << 2, Csubj: 1 << 0, CsubjPass: 1 << 1, CsubjOuter: 1 << 2, Obj: 1 << 3, Cop: 1 << 4,
	Expl: 1 << 5, AuxPass: 1 << 6, Mark: 1 << 7, Case: 1 << 8, Ccomp: 1 << 9, Xcomp: 1 << 9,
}

func (a *Arcs) at(i int32) place { return placeAt(a.s, a.tags, i) }

func (a *Arcs) of(list []int32, x place) place {
	if x.at < 0 {
		return nowhere
	}
	return placeAt(a.s, a.tags, list[x.at])
}

// Features appends the features of the arc to word d, each with the number of
// its template, by which a model knows it.
func (a *Arcs) Features(dst []uint64, d int32) []uint64 {
	return a.otherFeatures(a.tellingFeatures(dst, d), d)
}

// side is that of the head of word d: 0 before it, 1 after it.
func (a *Arcs) side(d int32) uint64 {
	if a.heads[d] > d {
		return 1
	}
	return 0
}

// tellingFeatures appends the features that tell most.
func (a *Arcs) tellingFeatures(dst []uint64, d int32) []uint64 {
	return a.givenFeatures(a.steadyFeatures(dst, d), d)
}

// givenFeatures appends those of the telling features that speak of labels which
// were given.
func (a *Arcs) givenFeatures(dst []uint64, d int32) []uint64 {
	head, dir := a.heads[d], a.side(d)
	x, h := a.at(d), a.at(head)
	xl := a.of(a.left, x)
	f := joiner{to: dst}
	f.template = 333
	f.four(x.tag, h.tag, uint64(a.given[head]), dir)
	f.template = 338
	f.four(x.tag, xl.Lower, uint64(a.Labels[head]), dir)
	return f.to
}

// steadyFeatures appends the others of the telling features.
func (a *Arcs) steadyFeatures(dst []uint64, d int32) []uint64 {
	head, dir := a.heads[d], a.side(d)
	x, h := a.at(d), a.at(head)
	dist := distance(h, x)
	if dir == 1 {
		dist = distance(x, h)
	}
	xl, xr, xl2, hnl := a.of(a.left, x), a.of(a.right, x), a.of(a.left2, x), a.of(a.nearLeft, h)
	before, after := a.at(d-1), a.at(d+1)
	var outer uint64 // d is the outermost on its side
	switch d {
	case a.left[head]:
		outer = 1
	case a.right[head]:
		outer = 2
	}
	f := joiner{to: dst}
	f.template = 300
	f.three(x.tag, h.tag, dir)
	f.template = 304
	f.two(x.Lower, x.tag)
	f.two(h.Lower, dir)
	f.template = 307
	f.three(x.tag, h.Class, dir)
	f.template = 309
	f.three(x.Class6, h.Class6, dir)
	f.two(x.Suffix[2], h.tag)
	f.two(h.Suffix[2], x.tag)
	f.four(x.tag, h.tag, dir, dist)
	f.four(x.tag, h.tag, dir, xl.tag)
	f.four(x.tag, h.tag, dir, xl.Lower)
	f.four(x.tag, h.tag, dir, xl2.Lower)
	f.four(x.tag, h.tag, dir, xr.tag)
	f.template = 320
	f.four(x.tag, h.tag, outer, dir)
	f.four(x.tag, h.tag, before.tag, dir)
	f.four(x.tag, h.tag, after.tag, dir)
	f.template = 327
	f.two(xl.Lower, x.Class8)
	f.three(x.Shape, h.tag, dir)
	f.one(before.Lower)
	f.one(after.Lower)
	f.template = 336
	f.four(x.tag, h.tag, hnl.Lower, dir)
	return f.to
}

// otherFeatures appends the features that are left.
func (a *Arcs) otherFeatures(dst []uint64, d int32) []uint64 {
	head, dir := a.heads[d], a.side(d)
	x, h, hh := a.at(d), a.at(head), nowhere
	if int(head) < len(a.tags) {
		hh = a.at(a.heads[head])
	}
	hl, hr, hnr := a.of(a.left, h), a.of(a.right, h), a.of(a.nearRight, h)
	kids := count(a.lefts, h)<<4 | count(a.rights, h)
	above, beside := uint64(a.Labels[head]), uint64(a.given[head])
	f := joiner{to: dst}
	f.template = 301
	f.three(x.Lower, h.tag, dir)
	f.three(x.tag, h.Lower, dir)
	f.template = 306
	f.three(x.Class, h.tag, dir)
	f.template = 317
	f.four(x.tag, h.tag, hh.tag, dir)
	f.four(x.tag, h.tag, hl.tag, dir)
	f.four(x.tag, h.tag, hr.tag, dir)
	f.template = 331
	f.four(x.tag, h.tag, kids, dir)
	f.four(x.tag, h.tag, above, dir)
	f.template = 334
	f.three(x.Lower, above, dir)
	f.template = 337
	f.four(x.tag, h.tag, hnr.Lower, dir)
	f.template = 339
	f.four(x.Class8, h.Class8, beside, dir)
	return f.to
}
