package edit

import (
	"cmp"
	"slices"
	"strings"

	"whence"
)

// The bounds on how much is compared.
const (
	// mostAlike is how many sentences hold a word that is looked at to find what a
	// sentence became; a commoner one tells too little.
	mostAlike = 32
	// mostTried is how many sentences are compared with one, those that share the
	// most words.
	mostTried = 8
)

// The shares of their words that two sentences have in common (Dice 1945) from
// which on one is the other rewritten.
const (
	alike          = .4 // where it stood
	alikeElsewhere = .7 // in another place
)

// fewWords is the length of a sentence that is not looked for elsewhere.
const fewWords = 6

// comparison is two versions side by side.
type comparison struct {
	old, new *version
	swapped  bool     // it was made from the later version to the earlier
	stays    []bool   // by sentence of new: it stands where it stood
	cells    int      // spent on comparing words, see [mostCells]
	counts   wordList // at hand for [comparison.common]
}

type wordList map[string]int

// newComparison joins the sentences of two versions. It is made in a direction
// that follows from their words, so that it is the same from both sides.
func newComparison(before, after *version) *comparison {
	c := &comparison{old: before, new: after, counts: wordList{}}
	c.swapped = slices.CompareFunc(before.sentences, after.sentences, func(a, b sentence) int { return strings.Compare(a.key, b.key) }) > 0
	if c.swapped {
		c.old, c.new = after, before
	}
	c.match()
	c.rewrite()
	c.merge()
	stays := make([]bool, len(c.new.sentences))
	for _, j := range inOrder(c.new.sentences, len(c.old.sentences), false) {
		stays[j] = true
	}
	if c.swapped {
		c.old, c.new = before, after
		other := make([]bool, len(c.new.sentences))
		for i, s := range c.old.sentences {
			if stays[i] {
				other[s.other] = true
			}
		}
		stays = other
	}
	c.stays = stays
	return c
}

func (c *comparison) join(i, j int, exact bool) {
	c.old.sentences[i].other, c.old.sentences[i].exact = j, exact
	c.new.sentences[j].other, c.new.sentences[j].exact = i, exact
}

// same tells whether two sentences are there, free, and alike word for word.
func (c *comparison) same(i, j int) bool {
	if i < 0 || j < 0 || i >= len(c.old.sentences) || j >= len(c.new.sentences) {
		return false
	}
	a, b := &c.old.sentences[i], &c.new.sentences[j]
	return a.other < 0 && b.other < 0 && a.key == b.key
}

// match joins sentences that both versions hold word for word: those that each
// holds once (patience diff, Cohen), then those beside sentences that are joined,
// then what is left in order.
func (c *comparison) match() {
	for n := 0; c.same(n, n); n++ {
		c.join(n, n, true)
	}
	last := func(v *version) int { return len(v.sentences) - 1 }
	for n := 0; c.same(last(c.old)-n, last(c.new)-n); n++ {
		c.join(last(c.old)-n, last(c.new)-n, true)
	}
	olds, news := places(c.old), places(c.new)
	for j, s := range c.new.sentences {
		if s.other < 0 && len(news[s.key]) == 1 && len(olds[s.key]) == 1 {
			c.join(olds[s.key][0], j, true)
		}
	}
	for j := range c.new.sentences {
		if i := c.new.sentences[j].other; i >= 0 && c.same(i+1, j+1) {
			c.join(i+1, j+1, true)
		}
	}
	for j := last(c.new); j > 0; j-- {
		if i := c.new.sentences[j].other; i >= 0 && c.same(i-1, j-1) {
			c.join(i-1, j-1, true)
		}
	}
	olds = places(c.old)
	for j, s := range c.new.sentences {
		if at := olds[s.key]; s.other < 0 && len(at) > 0 {
			olds[s.key] = at[1:]
			c.join(at[0], j, true)
		}
	}
}

// places are the free sentences of a version by their words.
func places(v *version) map[string][]int {
	list := map[string][]int{}
	for i, s := range v.sentences {
		if s.other < 0 {
			list[s.key] = append(list[s.key], i)
		}
	}
	return list
}

// rewrite joins sentences that were rewritten with what they became: first
// between sentences that stayed, then anywhere.
func (c *comparison) rewrite() {
	stay := inOrder(c.new.sentences, len(c.old.sentences), true)
	i, j := 0, 0
	for _, to := range append(stay, len(c.new.sentences)) {
		last := len(c.old.sentences)
		if to < len(c.new.sentences) {
			last = c.new.sentences[to].other
		}
		c.pairUp(free(c.old, i, last, 1), free(c.new, j, to, 1), alike)
		i, j = last+1, to+1
	}
	c.pairUp(free(c.old, 0, len(c.old.sentences), fewWords), free(c.new, 0, len(c.new.sentences), fewWords), alikeElsewhere)
}

// free are the sentences of a stretch that are joined with none and have some
// words.
func free(v *version, from, to, words int) []int {
	var list []int
	for i := from; i < to; i++ {
		if v.sentences[i].other < 0 && len(v.sentences[i].words) >= words {
			list = append(list, i)
		}
	}
	return list
}

// pair is two sentences that may be one rewritten; at tells how far down their
// stretches they stand.
type pair struct {
	i, j  int
	at    [2]int
	share float64
}

// pairUp joins sentences of two stretches, the most alike first.
func (c *comparison) pairUp(olds, news []int, least float64) {
	if len(olds) == 0 || len(news) == 0 {
		return
	}
	holders := map[string][]int{} // of words: which of news, in order
	for n, j := range news {
		for _, w := range c.new.sentences[j].words {
			at := holders[w.plain]
			if len(at) <= mostAlike && (len(at) == 0 || at[len(at)-1] != n) {
				holders[w.plain] = append(at, n)
			}
		}
	}
	var pairs []pair
	for m, i := range olds {
		a := &c.old.sentences[i]
		for _, n := range likeliest(a, holders) {
			b := &c.new.sentences[news[n]]
			if share := c.common(a, b, least); share >= least && sameSort(a.role, b.role) {
				pairs = append(pairs, pair{i, news[n], [2]int{m, n}, share})
			}
		}
	}
	slices.SortFunc(pairs, func(p, q pair) int {
		return cmp.Or(cmp.Compare(q.share, p.share), cmp.Compare(p.at[0]+p.at[1], q.at[0]+q.at[1]), cmp.Compare(p.at[0], q.at[0]))
	})
	for _, p := range pairs {
		if c.old.sentences[p.i].other < 0 && c.new.sentences[p.j].other < 0 {
			c.join(p.i, p.j, false)
		}
	}
	c.retitle(olds, news)
}

// retitle joins a title, and a standfirst, with the one that took its place,
// however little they share.
func (c *comparison) retitle(olds, news []int) {
	for _, role := range []whence.Role{whence.RoleTitle, whence.RoleStandfirst} {
		of := func(v *version) func(int) bool {
			return func(i int) bool { return v.sentences[i].role == role && v.sentences[i].other < 0 }
		}
		m, n := slices.IndexFunc(olds, of(c.old)), slices.IndexFunc(news, of(c.new))
		if m >= 0 && n >= 0 {
			c.join(olds[m], news[n], false)
		}
	}
}

// likeliest are the sentences that share the most words with one, by the holders
// of words, among them those with the same number in the order of the holders.
func likeliest(a *sentence, holders map[string][]int) []int {
	shared := map[int]int{}
	for _, w := range a.words {
		if at := holders[w.plain]; len(at) <= mostAlike {
			for _, n := range at {
				shared[n]++
			}
		}
	}
	list := make([]int, 0, len(shared))
	for n := range shared {
		list = append(list, n)
	}
	slices.SortFunc(list, func(x, y int) int { return cmp.Or(cmp.Compare(shared[y], shared[x]), cmp.Compare(x, y)) })
	return list[:min(mostTried, len(list))]
}

// sameSort tells whether one block may become the other: running text becomes
// running text, a notice a notice.
func sameSort(a, b whence.Role) bool { return a == b || a.Body() && b.Body() }

// common is the share of words that two sentences have in common (Dice 1945), or
// 0 where their lengths alone keep it below least.
func (c *comparison) common(a, b *sentence, least float64) float64 {
	x, y := a.words, b.words
	if len(x) > len(y) {
		x, y = y, x
	}
	if 2*float64(len(x)) < least*float64(len(x)+len(y)) {
		return 0
	}
	clear(c.counts)
	for _, w := range x {
		c.counts[w.plain]++
	}
	n := 0
	for _, w := range y {
		if c.counts[w.plain] > 0 {
			c.counts[w.plain]--
			n++
		}
	}
	return 2 * float64(n) / float64(len(x)+len(y))
}

// merge takes a free sentence into a rewritten one before it, where one sentence
// was cut in two or two were made one.
func (c *comparison) merge() {
	for j := range c.new.sentences {
		if b := &c.new.sentences[j]; b.other >= 0 && !b.exact {
			a := &c.old.sentences[b.other]
			c.take(c.new, j, a)
			c.take(c.old, b.other, b)
		}
	}
}

// take takes what follows a sentence into it, where that makes it more like what
// it is compared with.
func (c *comparison) take(v *version, at int, with *sentence) {
	s := &v.sentences[at]
	if at+1 >= len(v.sentences) || v.sentences[at+1].other >= 0 || v.sentences[at+1].block != s.block {
		return
	}
	next := &v.sentences[at+1]
	both := *s
	both.words = slices.Concat(s.words, next.words)
	both.End = next.End
	if c.common(&both, with, 0) > c.common(s, with, 0) {
		both.key += " " + next.key
		*s, next.gone = both, true
	}
}

// A text that shares less than leastKept of its words with the version before,
// both of some length, is another text.
const (
	leastKept = .1
	someWords = 60
)

func (c *comparison) replaced() bool {
	kept, all := 0.0, [2]int{}
	for i, v := range []*version{c.old, c.new} {
		for _, s := range v.sentences {
			all[i] += len(s.words)
			if i == 1 && s.other >= 0 {
				kept += c.common(&c.old.sentences[s.other], &s, 0) * float64(len(s.words))
			}
		}
	}
	shorter := min(all[0], all[1])
	return shorter >= someWords && kept < leastKept*float64(shorter)
}

// inOrder are the sentences that stand in the other version in the same order: a
// row of as many words as possible. Exact takes those alone that are word for
// word the same.
func inOrder(sentences []sentence, others int, exact bool) []int {
	type end struct{ weight, at int } // of the heaviest row that ends before a place
	tree := make([]end, others+1)     // Fenwick 1994, of maxima
	before := make([]int, len(sentences))
	best := end{at: -1}
	for j, s := range sentences {
		if s.other < 0 || exact && !s.exact {
			continue
		}
		row := end{at: -1}
		for k := s.other; k > 0; k &= k - 1 {
			if tree[k].weight > row.weight {
				row = tree[k]
			}
		}
		before[j] = row.at
		row = end{row.weight + len(s.words), j}
		for k := s.other + 1; k <= others; k += k & -k {
			if row.weight > tree[k].weight {
				tree[k] = row
			}
		}
		if row.weight > best.weight {
			best = row
		}
	}
	var list []int
	for j := best.at; j >= 0; j = before[j] {
		list = append(list, j)
	}
	slices.Reverse(list)
	return list
}
