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
	odds  []float64 // exp of steps
}

// unit is how many units of weight make one of the natural logarithm.
const unit = 128

// edgeClasses is how many classes of edges there are, see [view.edge].
const edgeClasses = 9

// follows tells whether label y may come after label p: what goes on must have
// begun. Odd labels begin, even ones go on, 0 is outside.
func follows(p, y int) bool { return y == 0 || y%2 == 1 || p == y || p == y-1 }

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
	n        int
	sums     []sums
	scores   []float64 // of each label of each word
	edges    []uint8
	forward  []float64
	backward []float64
	share    []float64 // marginal probabilities
	back     []uint8
	best     []uint8 // the labels of the best path
	ranks    []ranks // of each label of each word, see [chain.best]
}

// reset makes room for n words of k labels.
func (l *lattice) reset(n, k int) {
	l.n = n
	l.sums = append(l.sums[:0], make([]sums, n)...)
	for _, s := range []*[]float64{&l.scores, &l.forward, &l.backward, &l.share} {
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

// sums are the weights of all features of a word, for each label.
type sums [english.NarrowClasses]int32

// emit sets the scores of word i from its sums and more features.
func (c *chain) emit(l *lattice, i int, features []uint64) {
	s := &l.sums[i]
	c.rows.Score((*[english.NarrowClasses]int32)(s), features)
	for y := range c.labels {
		l.scores[i*c.labels+y] = float64(s[y]) / unit
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

func (c *chain) viterbi(l *lattice) {
	k := c.labels
	at := l.forward // holds the best scores here, before marginals takes it
	for i := range l.n {
		steps := c.steps[int(l.edges[i])*(k+1)*k:]
		for y := range k {
			top, from := math.Inf(-1), k
			if i == 0 {
				if follows(0, y) {
					top = steps[k*k+y]
				}
			} else {
				for p := range k {
					if s := at[(i-1)*k+p] + steps[p*k+y]; follows(p, y) && s > top {
						top, from = s, p
					}
				}
			}
			at[i*k+y] = top + l.scores[i*k+y]
			l.back[i*k+y] = uint8(from)
		}
		at[i*k] -= c.lean
	}
	y := 0
	last := at[(l.n-1)*k:]
	for other := range k {
		if last[other] > last[y] {
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
		scores := l.scores[i*k : i*k+k]
		most := scores[0]
		for _, s := range scores {
			most = max(most, s)
		}
		for y, s := range scores {
			odds[i*k+y] = math.Exp(s - most)
		}
	}
	for i := range l.n {
		steps, sum := c.odds[int(l.edges[i])*(k+1)*k:], 0.0
		for y := range k {
			in := 0.0
			if i == 0 {
				in = steps[k*k+y]
			} else {
				for p := range k {
					in += l.forward[(i-1)*k+p] * steps[p*k+y]
				}
			}
			l.forward[i*k+y] = in * odds[i*k+y]
			sum += l.forward[i*k+y]
		}
		scale(l.forward[i*k:i*k+k], sum)
	}
	for i := l.n - 1; i >= 0; i-- {
		sum := 0.0
		for p := range k {
			out := 1.0
			if i+1 < l.n {
				out = 0
				steps := c.odds[int(l.edges[i+1])*(k+1)*k:]
				for y := range k {
					out += steps[p*k+y] * odds[(i+1)*k+y] * l.backward[(i+1)*k+y]
				}
			}
			l.backward[i*k+p] = out
			sum += out
		}
		scale(l.backward[i*k:i*k+k], sum)
	}
	for i := range l.n {
		sum := 0.0
		for y := range k {
			l.share[i*k+y] = l.forward[i*k+y] * l.backward[i*k+y]
			sum += l.share[i*k+y]
		}
		scale(l.share[i*k:i*k+k], sum)
	}
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
// sixteenths, the steps in units as 32-bit integers, then the rows as
// english.PackRows has them.
func packChain(labels int, lean float64, steps []float64, rows []byte) []byte {
	out := []byte{byte(labels), byte(math.Round(lean * 16))}
	for _, s := range steps {
		out = binary.LittleEndian.AppendUint32(out, uint32(int32(math.Round(s*unit))))
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
		steps[i] = float64(int32(binary.LittleEndian.Uint32(packed[4*i:]))) / unit
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
	c := &chain{labels: labels, lean: lean, steps: steps, odds: make([]float64, len(steps))}
	k := labels
	for i, w := range steps {
		p, y := i/k%(k+1), i%k
		if p == k {
			p = 0 // the first label comes after none, as after outside
		}
		if follows(p, y) {
			c.odds[i] = math.Exp(w)
		}
	}
	return c
}
