package english

// Transition is a step of the parser.
type Transition uint8

// The transitions of the arc-hybrid system (Kuhlmann, Gómez-Rodríguez and
// Satta 2011): Shift moves the first word of the buffer onto the stack; Left
// makes the top of the stack depend on the first word of the buffer; Right
// makes the top of the stack depend on the word under it. Left and Right take
// the top off the stack.
const (
	Shift Transition = iota
	Left
	Right
)

// State is a parse under way. The root stands after the last word, so that it
// is the last to take dependents (Ballesteros and Nivre 2013).
type State struct {
	s     *Sentence
	tags  []Tag
	Stack []int32
	Next  int32   // first of the buffer
	Head  []int32 // of each word; -1 for none yet, len(tags) for the root
	// the outermost and the next dependents on each side, and how many
	left, left2, right, right2 []int32
	lefts, rights              []uint8
}

// Reset begins the parse of a tagged sentence, with the memory of the last.
func (p *State) Reset(s *Sentence, tags []Tag) {
	n := len(tags) + 1
	p.s, p.tags, p.Next = s, tags, 0
	p.Stack = p.Stack[:0]
	for _, list := range []*[]int32{&p.Head, &p.left, &p.left2, &p.right, &p.right2} {
		*list = none(*list, n)
	}
	p.lefts = append(p.lefts[:0], make([]uint8, n)...)
	p.rights = append(p.rights[:0], make([]uint8, n)...)
}

// none is the memory of list as n numbers that name no word.
func none(list []int32, n int) []int32 {
	list = append(list[:0], make([]int32, n)...)
	for i := range list {
		list[i] = -1
	}
	return list
}

// Done tells whether every word has a head.
func (p *State) Done() bool { return int(p.Next) == len(p.tags) && len(p.Stack) == 0 }

// Legal tells whether a transition can be taken.
func (p *State) Legal(t Transition) bool {
	switch t {
	case Shift:
		return int(p.Next) < len(p.tags)
	case Left:
		return len(p.Stack) > 0
	default:
		return len(p.Stack) > 1
	}
}

// Take takes a transition, which must be legal.
func (p *State) Take(t Transition) {
	if t == Shift {
		p.Stack = append(p.Stack, p.Next)
		p.Next++
		return
	}
	d := p.Stack[len(p.Stack)-1]
	p.Stack = p.Stack[:len(p.Stack)-1]
	if t == Left {
		h := p.Next
		p.Head[d] = h
		p.left2[h], p.left[h] = p.left[h], d
		p.lefts[h]++
		return
	}
	h := p.Stack[len(p.Stack)-1]
	p.Head[d] = h
	p.right2[h], p.right[h] = p.right[h], d
	p.rights[h]++
}

// place is one place of the state as features see it.
type place struct {
	*Look
	tag uint64
	at  int32
}

const (
	rootTag    = 254
	nowhereTag = 255
)

var nowhere = place{Look: &edge, tag: nowhereTag, at: -1}

func placeAt(s *Sentence, tags []Tag, i int32) place {
	switch {
	case i < 0 || int(i) > len(tags):
		return nowhere
	case int(i) == len(tags):
		return place{&edge, rootTag, i}
	}
	return place{s.looks[i], uint64(tags[i]), i}
}

func (p *State) stack(i int) place {
	if i >= len(p.Stack) {
		return nowhere
	}
	return placeAt(p.s, p.tags, p.Stack[len(p.Stack)-1-i])
}

func (p *State) buffer(i int32) place { return placeAt(p.s, p.tags, p.Next+i) }

func (p *State) of(list []int32, x place) place {
	if x.at < 0 {
		return nowhere
	}
	return placeAt(p.s, p.tags, list[x.at])
}

// count is that of the dependents of x on one side, to a bound.
func count(dependents []uint8, x place) uint64 {
	if x.at < 0 {
		return 0
	}
	return uint64(min(dependents[x.at], 4))
}

// distance makes few classes of how far b stands after a.
func distance(a, b place) uint64 {
	if a.at < 0 || b.at < 0 {
		return 0
	}
	switch n := b.at - a.at; {
	case n < 5:
		return uint64(n)
	case n < 10:
		return 5
	default:
		return 6
	}
}

// Features appends the features of the state: those of Zhang and Nivre (2011)
// without labels, and word classes in place of words (Koo et al. 2008). Each
// has the number of its template, by which a model knows it.
func (p *State) Features(dst []uint64) []uint64 {
	dst = p.stackFeatures(dst)
	dst = p.bufferFeatures(dst)
	dst = p.tellingFeatures(dst)
	return p.otherFeatures(dst)
}

// stackFeatures appends the features of the words of the stack alone, which
// are the same as long as no word is put onto the topmost.
func (p *State) stackFeatures(dst []uint64) []uint64 {
	s0, s1, s2 := p.stack(0), p.stack(1), p.stack(2)
	dst = topFeatures(dst, s0)
	dst = underFeatures(dst, s1)
	dst = stackTagFeatures(dst, s0.tag, s1.tag, s2.tag)
	return p.stackPairFeatures(dst)
}

// topFeatures appends those of the top of the stack alone.
func topFeatures(dst []uint64, s0 place) []uint64 {
	f := joiner{to: dst}
	f.template = 100
	f.two(s0.Lower, s0.tag)
	f.one(s0.Lower)
	f.template = 103
	f.two(s0.Class, s0.tag)
	return f.to
}

// underFeatures appends those of the word under the top alone.
func underFeatures(dst []uint64, s1 place) []uint64 {
	f := joiner{to: dst}
	f.template = 104
	f.two(s1.Lower, s1.tag)
	f.template = 106
	f.two(s1.Class, s1.tag)
	return f.to
}

// stackTagFeatures appends those of tags alone.
func stackTagFeatures(dst []uint64, s0, s1, s2 uint64) []uint64 {
	f := joiner{to: dst}
	f.template = 102
	f.one(s0)
	f.template = 105
	f.one(s1)
	f.template = 116
	f.one(s2)
	f.template = 133
	f.two(s1, s0)
	f.template = 151
	f.three(s2, s1, s0)
	return f.to
}

// stackPairFeatures appends the others of the stack.
func (p *State) stackPairFeatures(dst []uint64) []uint64 {
	s0, s1 := p.stack(0), p.stack(1)
	f := joiner{to: dst}
	f.template = 130
	f.three(s1.Lower, s1.tag, s0.tag)
	f.three(s1.tag, s0.Lower, s0.tag)
	f.template = 135
	f.three(s1.Class8, s0.tag, s0.Class8)
	f.two(s1.Class4, s0.Class4)
	f.template = 176
	f.three(s1.tag, s0.tag, distance(s1, s0))
	return f.to
}

// bufferFeatures appends the features of the words of the buffer alone, which
// are the same until one is shifted.
func (p *State) bufferFeatures(dst []uint64) []uint64 {
	b0, b1, b2 := p.buffer(0), p.buffer(1), p.buffer(2)
	dst = firstFeatures(dst, b0)
	dst = secondFeatures(dst, b1)
	dst = thirdFeatures(dst, b2)
	dst = bufferTagFeatures(dst, b0.tag, b1.tag, b2.tag)
	return p.bufferPairFeatures(dst)
}

// firstFeatures appends those of the first word of the buffer alone.
func firstFeatures(dst []uint64, b0 place) []uint64 {
	f := joiner{to: dst}
	f.template = 107
	f.two(b0.Lower, b0.tag)
	f.one(b0.Lower)
	f.template = 110
	f.two(b0.Class, b0.tag)
	return f.to
}

// secondFeatures appends those of the second.
func secondFeatures(dst []uint64, b1 place) []uint64 {
	f := joiner{to: dst}
	f.template = 111
	f.two(b1.Lower, b1.tag)
	f.template = 113
	f.two(b1.Class8, b1.tag)
	return f.to
}

// thirdFeatures appends that of the third.
func thirdFeatures(dst []uint64, b2 place) []uint64 {
	f := joiner{to: dst}
	f.template = 114
	f.two(b2.Lower, b2.tag)
	return f.to
}

// bufferTagFeatures appends those of tags alone.
func bufferTagFeatures(dst []uint64, b0, b1, b2 uint64) []uint64 {
	f := joiner{to: dst}
	f.template = 109
	f.one(b0)
	f.template = 112
	f.one(b1)
	f.template = 115
	f.one(b2)
	f.template = 127
	f.two(b0, b1)
	f.template = 140
	f.three(b0, b1, b2)
	return f.to
}

// bufferPairFeatures appends the other of the buffer.
func (p *State) bufferPairFeatures(dst []uint64) []uint64 {
	b0, b1 := p.buffer(0), p.buffer(1)
	f := joiner{to: dst}
	f.template = 128
	f.three(b0.Lower, b0.tag, b1.tag)
	return f.to
}

// tellingFeatures appends those other features that tell most.
func (p *State) tellingFeatures(dst []uint64) []uint64 {
	s0, b0 := p.stack(0), p.buffer(0)
	dst = gapFeatures(dst, s0.tag, b0.tag, distance(s0, b0))
	dst = countFeatures(dst, s0.tag, b0.tag, count(p.rights, s0), count(p.lefts, s0))
	return p.tellingPairFeatures(dst)
}

// gapFeatures appends those of two tags and how far apart they are.
func gapFeatures(dst []uint64, s0, b0, gap uint64) []uint64 {
	f := joiner{to: dst}
	f.template = 171
	f.three(s0, gap, 0)
	f.template = 173
	f.three(b0, gap, 1)
	f.template = 175
	f.three(s0, b0, gap)
	return f.to
}

// countFeatures appends those of two tags and how many dependents the first has
// on its right and on its left.
func countFeatures(dst []uint64, s0, b0, rights, lefts uint64) []uint64 {
	f := joiner{to: dst}
	f.template = 179
	f.three(s0, rights, 3)
	f.template = 181
	f.three(s0, lefts, 5)
	f.template = 186
	f.four(s0, rights, lefts, b0)
	return f.to
}

// tellingPairFeatures appends the others of those.
func (p *State) tellingPairFeatures(dst []uint64) []uint64 {
	s0, s1, b0, b1 := p.stack(0), p.stack(1), p.buffer(0), p.buffer(1)
	s0l, s0r, s0l2, s0r2 := p.of(p.left, s0), p.of(p.right, s0), p.of(p.left2, s0), p.of(p.right2, s0)
	s1r, s1r2 := p.of(p.right, s1), p.of(p.right2, s1)
	b0l, b0l2 := p.of(p.left, b0), p.of(p.left2, b0)
	b0v := count(p.lefts, b0)
	f := joiner{to: dst}
	f.template = 122
	f.three(s0.Class8, s0.tag, b0.tag)
	f.template = 126
	f.two(s0.Class4, b0.Class4)
	f.template = 137
	f.two(s1.tag, b0.tag)
	f.template = 141
	f.three(s0.tag, b0.tag, b1.tag)
	f.template = 153
	f.three(s0.tag, s0l.tag, b0.tag)
	f.template = 155
	f.three(s0.tag, b0.tag, b0l.tag)
	f.three(s0.tag, s0l.tag, s0l2.tag)
	f.three(s0.tag, s0r.tag, s0r2.tag)
	f.three(b0.tag, b0l.tag, b0l2.tag)
	f.template = 161
	f.four(s1.tag, s0.tag, s0l.tag, 8)
	f.template = 163
	f.four(s1.tag, s1r.tag, s1r2.tag, 10)
	f.template = 167
	f.three(b0l.Lower, b0.tag, s0.tag)
	f.template = 172
	f.two(b0.Lower, distance(s0, b0))
	f.template = 178
	f.three(s0.Lower, count(p.rights, s0), 2)
	f.template = 182
	f.three(b0.Lower, b0v, 6)
	f.three(b0.tag, b0v, 7)
	return f.to
}

// otherFeatures appends the features that are left.
func (p *State) otherFeatures(dst []uint64) []uint64 {
	s0, s1, s2 := p.stack(0), p.stack(1), p.stack(2)
	b0, b1 := p.buffer(0), p.buffer(1)
	s0l, s0r := p.of(p.left, s0), p.of(p.right, s0)
	s1l, s1r := p.of(p.left, s1), p.of(p.right, s1)
	gap := distance(s0, b0)
	s0vl, s1v := count(p.lefts, s0), count(p.rights, s1)
	f := joiner{to: dst}
	f.template = 118
	f.three(s0.Lower, s0.tag, b0.tag)
	f.three(s0.tag, b0.Lower, b0.tag)
	f.template = 121
	f.two(s0.tag, b0.tag)
	f.template = 123
	f.three(s0.tag, b0.Class8, b0.tag)
	f.four(s0.Class8, s0.tag, b0.Class8, b0.tag)
	f.template = 138
	f.three(s1.Lower, b0.tag, s1.tag)
	f.three(s1.tag, b0.Lower, b0.tag)
	f.template = 142
	f.three(s1.tag, s0.tag, b0.tag)
	f.four(s1.tag, s0.tag, b0.tag, b1.tag)
	f.four(s1.Lower, s0.tag, b0.tag, 1)
	f.four(s1.tag, s0.Lower, b0.tag, 2)
	f.four(s1.tag, s0.tag, b0.Lower, 3)
	f.four(s0.Lower, b0.tag, b1.tag, 4)
	f.four(s0.tag, b0.tag, b1.Lower, 5)
	f.template = 152
	f.four(s2.tag, s1.tag, s0.tag, b0.tag)
	f.template = 154
	f.three(s0.tag, s0r.tag, b0.tag)
	f.template = 159
	f.three(s1.tag, s1r.tag, s0.tag)
	f.three(s1.tag, s1l.tag, s0.tag)
	f.template = 162
	f.four(s1.tag, s0.tag, s0r.tag, 9)
	f.template = 164
	f.three(s0.tag, s0r.Lower, b0.tag)
	f.three(s0.tag, s0l.Lower, b0.tag)
	f.three(s1.tag, s0.tag, s0l.Lower)
	f.template = 169
	f.three(s1r.Lower, s1.tag, s0.tag)
	f.two(s0.Lower, gap)
	f.template = 180
	f.three(s0.Lower, s0vl, 4)
	f.template = 184
	f.three(s1.Lower, s1v, 8)
	f.four(s1.tag, s1v, s0.tag, b0.tag)
	return f.to
}

// tree gives the heads of a finished parse, len(tags) for the root, after
// seeing to it that one word alone depends on the root.
func (p *State) tree() []int32 {
	root := int32(len(p.tags))
	heads := p.Head[:root]
	first := int32(-1)
	for d, h := range heads {
		switch {
		case h != root:
		case first < 0:
			first = int32(d)
		default:
			heads[d] = first
		}
	}
	p.accord(heads, first)
	return heads
}

var according = Hash("according")

// accord hangs whom a sentence accords with from its first words on, "According
// to two aides, strikes would ...", on the root, and not on the noun that follows.
func (p *State) accord(heads []int32, root int32) {
	if len(heads) == 0 || p.s.at(0).Lower != according || heads[0] >= int32(len(heads)) {
		return
	}
	if whom := heads[0]; whom != root && heads[whom] > whom && heads[whom] < root && p.tags[heads[whom]].Noun() {
		heads[whom] = root
	}
}
