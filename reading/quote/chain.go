package quote

import (
	"encoding/binary"
	"fmt"
	"math"

	"whence"
	"whence/english"
)

// chain is a linear-chain model (a conditional random field, Lafferty et al.
// 2001): weights of features for each label, and of one label after another by
// the class of the edge between the words.
type chain struct {
	rows   *english.Narrow
	labels int
	// lean is taken off the score of being outside when the best labels are
	// sought: what maximises the likelihood of all labels misses too many parts
	// to maximise F1 of the parts.
	lean float64
	// steps holds the weights of a label (second) after another (first) for
	// each class of edge; the first label of all comes after label number
	// labels.
	steps []float64
	edges [edgeClasses]edgeWeights
	odds  [knownOdds]float64 // the exponentials of so many units below 0
}

// edgeWeights are the steps of one class of edge, by the label before and the
// label after, and their exponentials, which are 0 where the labels may not
// follow each other. What comes first comes after label number firstOfAll.
type edgeWeights struct {
	steps, odds [1 << labelBits][1 << labelBits]float64
}

const (
	labelBits  = 3
	labelMask  = 1<<labelBits - 1
	firstOfAll = english.NarrowClasses
)

// unit is how many units of a feature's weight make one of the natural
// logarithm, and stepUnit how many of a step's do.
const (
	unit     = 24
	stepUnit = 1024
)

// edgeClasses is how many classes of edges there are, see [view.edge].
const edgeClasses = 9

// follows tells whether label y may come after label p: what goes on must have
// begun. Odd labels begin, even ones go on, 0 is outside.
func follows(p, y int) bool { return !goesOn(y) || p == y || p == y-1 }

// goesOn tells whether a label goes on with a part.
func goesOn(y int) bool { return y > 0 && y%2 == 0 }

// edge is the class of the edge into word i: a new paragraph, sentence or
// neither; within a quotation, at its edge, or neither.
func (v *view) edge(i int) uint8 {
	t, p := v.at(i), v.at(i-1)
	class := uint8(6)
	switch {
	case p.paragraph != t.paragraph:
		class = 0
	case p.sentence != t.sentence:
		class = 3
	}
	switch {
	case t.quote != 0 && t.quote>>32 == p.quote>>32:
		return class + 1
	case t.quote>>32 != p.quote>>32:
		return class + 2
	}
	return class
}

// lattice is the memory of one decoding.
type lattice struct {
	n       int
	sums    []english.Sums // of the weights of all features of each word
	scores  []float64      // of each label of each word
	edges   []uint8
	forward []float64
	share   []float64 // marginal probabilities
	back    []uint8
	best    []uint8 // the labels of the best path
	ranks   []ranks // of each label of each word, see [chain.best]
	endings []ending
	// while features are looked up
	collected collector
	features  []uint64
	ends      []int
	looks     english.Looks
	clues     []uint64 // of an answer
}

// reset makes room for n words of k labels.
func (l *lattice) reset(n, k int) {
	l.n = n
	l.sums = append(l.sums[:0], make([]english.Sums, n)...)
	for _, s := range []*[]float64{&l.scores, &l.forward, &l.share} {
		*s = resized(*s, n*k)
	}
	l.edges, l.back, l.best = resized(l.edges, n), resized(l.back, n*k), resized(l.best, n)
}

func resized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// atOnce is how many words' features are looked up together.
const atOnce = 16

// emit sets the scores of all words from their sums and more features, which
// featuresOf collects for one. The memo, of this chain, may be nil.
func (c *chain) emit(l *lattice, m *memo, featuresOf func(c *collector, i int)) {
	collected := &l.collected
	collected.memo = m
	for from := 0; from < l.n; from += atOnce {
		to := min(from+atOnce, l.n)
		collected.to, l.ends = collected.to[:0], l.ends[:0]
		for i := from; i < to; i++ {
			collected.sums = l.sums[i]
			featuresOf(collected, i)
			l.sums[i] = collected.sums
			l.ends = append(l.ends, len(collected.to))
		}
		c.rows.Score(&l.looks, l.sums[from:to], collected.to, l.ends)
	}
	for i := range l.sums {
		sums := l.sums[i].Classes()
		for y := range c.labels {
			l.scores[i*c.labels+y] = float64(sums[y]) / unit
		}
	}
}

// decode finds the best labels (Viterbi) and the probability of each label of
// each word (forward–backward), of scores and edges.
func (c *chain) decode(l *lattice) {
	if l.n == 0 {
		return
	}
	c.viterbi(l)
	c.marginals(l)
}

// reach is the best score with which a word's label y is reached, and the label before:
// from the best scores of the labels of the word before, or as the first of all.
func (c *chain) reach(steps *[1 << labelBits][1 << labelBits]float64, before *[1 << labelBits]float64, first bool, y int) (top float64, from int) {
	top = math.Inf(-1)
	switch {
	case first:
		if follows(0, y) {
			top = steps[firstOfAll][y&labelMask]
		}
	case goesOn(y):
		top, from = before[(y-1)&labelMask]+steps[(y-1)&labelMask][y&labelMask], y-1
		if s := before[y&labelMask] + steps[y&labelMask][y&labelMask]; s > top {
			top, from = s, y
		}
	default:
		for p := range c.labels {
			if s := before[p&labelMask] + steps[p&labelMask][y&labelMask]; s > top {
				top, from = s, p
			}
		}
	}
	return top, from
}

func (c *chain) viterbi(l *lattice) {
	k := c.labels
	var before, now [1 << labelBits]float64 // the best scores of paths that end with each label
	for i := range l.n {
		steps := &c.edges[l.edges[i]].steps
		scores, back := l.scores[i*k:i*k+k], l.back[i*k:i*k+k]
		for y := range scores {
			top, from := c.reach(steps, &before, i == 0, y)
			now[y&labelMask] = top + scores[y]
			back[y] = uint8(from)
		}
		now[0] -= c.lean
		before = now
	}
	y := 0
	for other := range k {
		if before[other&labelMask] > before[y&labelMask] {
			y = other
		}
	}
	for i := l.n - 1; i >= 0; i-- {
		l.best[i] = uint8(y)
		y = int(l.back[i*k+y])
	}
}

// marginals works with odds scaled at each word to sum to 1, not with
// logarithms, so that a word costs one exponential a label.
func (c *chain) marginals(l *lattice) {
	k := c.labels
	odds := l.share // holds the odds of the scores until the end
	for i := range l.n {
		c.toOdds(odds[i*k:i*k+k], l.scores[i*k:i*k+k])
	}
	var before [1 << labelBits]float64
	for i := range l.n {
		c.forward(&c.edges[l.edges[i]].odds, &before, i == 0, odds[i*k:i*k+k], l.forward[i*k:i*k+k])
	}
	after, weights := [1 << labelBits]float64{}, (*[1 << labelBits][1 << labelBits]float64)(nil)
	for i := l.n - 1; i >= 0; i-- {
		now, forward := odds[i*k:i*k+k], l.forward[i*k:i*k+k]
		behind := c.backward(weights, &after)
		sum := 0.0
		for y := range now {
			after[y&labelMask] = now[y] * behind[y&labelMask]
			now[y] = forward[y] * behind[y&labelMask]
			sum += now[y]
		}
		scale(now, sum)
		weights = &c.edges[l.edges[i]].odds
	}
}

// toOdds sets odds to the exponentials of scores, the highest of which is 1.
func (c *chain) toOdds(odds, scores []float64) {
	most := scores[0]
	for _, s := range scores {
		most = max(most, s)
	}
	odds = odds[:len(scores)]
	for y, s := range scores {
		odds[y] = c.exp(most - s)
	}
}

// knownOdds is of how many units below 0 the exponentials are known.
const knownOdds = 1 << 11

// exp is the exponential of -x, which is not below 0: nearly always a whole number of
// units, as scores are.
func (c *chain) exp(x float64) float64 {
	units := x * unit
	if units < knownOdds-1 {
		n := int(units + 0.5)
		if math.Abs(units-float64(n)) < 1e-9 {
			return c.odds[n&(knownOdds-1)]
		}
	}
	return math.Exp(-x)
}

// forward sets now to the share of each label of a word, as far as it and the
// words before it tell, whose shares before holds; then it holds now.
func (c *chain) forward(weights *[1 << labelBits][1 << labelBits]float64, before *[1 << labelBits]float64, first bool, odds, now []float64) {
	sum := 0.0
	for y := range now {
		in := 0.0
		switch {
		case first:
			in = weights[firstOfAll][y&labelMask]
		case goesOn(y):
			in = before[(y-1)&labelMask]*weights[(y-1)&labelMask][y&labelMask] + before[y&labelMask]*weights[y&labelMask][y&labelMask]
		default:
			for p := range now {
				in += before[p&labelMask] * weights[p&labelMask][y&labelMask]
			}
		}
		now[y] = in * odds[y]
		sum += now[y]
	}
	scale(now, sum)
	copy(before[:], now)
}

// backward tells how much the words after a word speak for each of its labels,
// where after tells what they speak for each label of the next word; nothing
// where weights, of the edge to it, is nil.
func (c *chain) backward(weights *[1 << labelBits][1 << labelBits]float64, after *[1 << labelBits]float64) (behind [1 << labelBits]float64) {
	k, sum := c.labels, 0.0
	for p := range k {
		out := 1.0
		if weights != nil {
			w := &weights[p&labelMask]
			out = w[0] * after[0]
			for y := 1; y < k; y += 2 {
				out += w[y&labelMask] * after[y&labelMask]
			}
			if on := (p + 1) &^ 1; p > 0 && on < k { // what goes on with p
				out += w[on&labelMask] * after[on&labelMask]
			}
		}
		behind[p&labelMask] = out
		sum += out
	}
	scale(behind[:k], sum)
	return behind
}

// scale divides by the sum; where nothing is possible, all is equally so.
func scale(s []float64, sum float64) {
	if !(sum > 0) {
		for i := range s {
			s[i] = 1 / float64(len(s))
		}
		return
	}
	for i := range s {
		s[i] /= sum
	}
}

// spans gives the runs of words that begin with label and go on with the next.
func (l *lattice) spans(begins uint8) []span {
	var out []span
	for i := 0; i < l.n; i++ {
		if l.best[i] != begins {
			continue
		}
		s := span{i, i + 1}
		for s.to < l.n && l.best[s.to] == begins+1 {
			s.to++
		}
		out = append(out, s)
		i = s.to - 1
	}
	return out
}

// packChain writes a chain for [readChain]: the number of labels, its lean in
// sixteenths, the steps in their units as 32-bit integers, then the rows as
// english.PackRows has them.
func packChain(labels int, lean float64, steps []float64, rows []byte) []byte {
	out := []byte{byte(labels), byte(math.Round(lean * 16))}
	for _, s := range steps {
		out = binary.LittleEndian.AppendUint32(out, uint32(int32(math.Round(s*stepUnit))))
	}
	return append(out, rows...)
}

func readChain(packed []byte) (*chain, error) {
	if len(packed) < 2 {
		return nil, fmt.Errorf("reading a chain from %d bytes: %w", len(packed), whence.ErrMalformed)
	}
	labels, lean := int(packed[0]), float64(packed[1])/16
	packed = packed[2:]
	n := edgeClasses * (labels + 1) * labels
	if labels < 1 || labels > english.NarrowClasses || len(packed) < 4*n {
		return nil, fmt.Errorf("reading a chain of %d labels from %d bytes: %w", labels, len(packed), whence.ErrMalformed)
	}
	steps := make([]float64, n)
	for i := range steps {
		steps[i] = float64(int32(binary.LittleEndian.Uint32(packed[4*i:]))) / stepUnit
	}
	rows, err := english.ReadNarrow(packed[4*n:])
	if err != nil {
		return nil, fmt.Errorf("reading a chain: %w", err)
	}
	c := newChain(labels, lean, steps)
	c.rows = rows
	return c, nil
}

// newChain is a chain without features.
func newChain(labels int, lean float64, steps []float64) *chain {
	c := &chain{labels: labels, lean: lean, steps: steps}
	for n := range c.odds {
		c.odds[n] = math.Exp(-float64(n) / unit)
	}
	k := labels
	for i, w := range steps {
		class, p, y := i/k/(k+1), i/k%(k+1), i%k
		before := p
		if p == k {
			p, before = 0, firstOfAll // the first label comes after none, as after outside
		}
		c.edges[class].steps[before][y] = w
		if follows(p, y) {
			c.edges[class].odds[before][y] = math.Exp(w)
		}
	}
	return c
}
