package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"whence/english"
	"whence/reading/quote"
)

// chain is a conditional random field (Lafferty et al. 2001) in training:
// stochastic gradients, a text or question at a time, with the step sizes of
// AdaGrad (Duchi et al. 2011), and the mean of the weights over all steps,
// which generalises better than the last (Polyak and Juditsky 1992).
type chain struct {
	labels  int
	weights []float32 // of row*labels+label
	squares []float32
	weighed []float32 // changes times the step they came at, for the mean
	steps   []float64 // as quote.Pack has them
	stepSq  []float64
	stepWt  []float64
	time    float64
}

// lesson is one sequence to learn from. Features are numbers of rows.
type lesson struct {
	features [][]int32
	edges    []uint8
	gold     []uint8
}

func newChain(labels, rows int) *chain {
	n := quote.EdgeClasses * (labels + 1) * labels
	return &chain{
		labels: labels, weights: make([]float32, rows*labels), squares: make([]float32, rows*labels),
		weighed: make([]float32, rows*labels), steps: make([]float64, n), stepSq: make([]float64, n), stepWt: make([]float64, n),
	}
}

// follows is the rule of package quote: what goes on must have begun.
func follows(p, y int) bool { return y == 0 || y%2 == 1 || p == y || p == y-1 }

// beliefs are the forward and backward scores of one sequence.
type beliefs struct {
	score, forward, backward, share []float64
	total                           float64
}

// infer gives the probability of each label of each word.
func (c *chain) infer(l *lesson, b *beliefs) {
	n, k := len(l.features), c.labels
	for _, s := range []*[]float64{&b.score, &b.forward, &b.backward, &b.share} {
		*s = slices.Grow((*s)[:0], n*k)[:n*k]
	}
	clear(b.score)
	for i, features := range l.features {
		s := b.score[i*k : i*k+k]
		for _, f := range features {
			for y, w := range c.weights[int(f)*k : int(f)*k+k] {
				s[y] += float64(w)
			}
		}
	}
	sums := make([]float64, k)
	for i := range n {
		steps := c.stepsInto(l, i)
		for y := range k {
			for p := range k {
				sums[p] = math.Inf(-1)
				switch {
				case i > 0 && follows(p, y):
					sums[p] = b.forward[(i-1)*k+p] + steps[p*k+y]
				case i == 0 && p == 0 && follows(0, y):
					sums[p] = steps[k*k+y]
				}
			}
			b.forward[i*k+y] = logSum(sums) + b.score[i*k+y]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for p := range k {
			if i == n-1 {
				b.backward[i*k+p] = 0
				continue
			}
			steps := c.stepsInto(l, i+1)
			for y := range k {
				sums[y] = math.Inf(-1)
				if follows(p, y) {
					sums[y] = steps[p*k+y] + b.score[(i+1)*k+y] + b.backward[(i+1)*k+y]
				}
			}
			b.backward[i*k+p] = logSum(sums)
		}
	}
	b.total = logSum(b.forward[(n-1)*k:])
	for i := range b.share {
		b.share[i] = math.Exp(b.forward[i] + b.backward[i] - b.total)
	}
}

// stepsInto is the weights of steps into word i.
func (c *chain) stepsInto(l *lesson, i int) []float64 {
	n := (c.labels + 1) * c.labels
	return c.steps[int(l.edges[i])*n : int(l.edges[i]+1)*n]
}

func logSum(v []float64) float64 {
	most := slices.Max(v)
	if math.IsInf(most, -1) {
		return most
	}
	sum := 0.0
	for _, x := range v {
		sum += math.Exp(x - most)
	}
	return most + math.Log(sum)
}

// still is how small a gradient is passed over.
const still = 2e-3

// learn takes one step of gradient.
func (c *chain) learn(l *lesson, b *beliefs, rate float64) {
	if len(l.gold) == 0 {
		return
	}
	c.time++
	c.infer(l, b)
	k := c.labels
	for i, want := range l.gold {
		base := int(l.edges[i]) * (k + 1) * k
		for y := range k {
			if i == 0 {
				if follows(0, y) {
					c.step(base+k*k+y, b.share[y]-one(int(want) == y), rate)
				}
				continue
			}
			for p := range k {
				if follows(p, y) {
					both := math.Exp(b.forward[(i-1)*k+p] + c.steps[base+p*k+y] + b.score[i*k+y] + b.backward[i*k+y] - b.total)
					c.step(base+p*k+y, both-one(int(l.gold[i-1]) == p && int(want) == y), rate)
				}
			}
		}
	}
	for i, want := range l.gold {
		for y := range k {
			g := b.share[i*k+y] - one(int(want) == y)
			if math.Abs(g) >= still {
				c.move(l.features[i], y, float32(g), float32(rate))
			}
		}
	}
}

func (c *chain) step(j int, g, rate float64) {
	if math.Abs(g) < still {
		return
	}
	c.stepSq[j] += g * g
	d := rate * g / (math.Sqrt(c.stepSq[j]) + 1e-3)
	c.steps[j] -= d
	c.stepWt[j] -= d * c.time
}

func (c *chain) move(features []int32, label int, g, rate float32) {
	for _, f := range features {
		j := int(f)*c.labels + label
		c.squares[j] += g * g
		d := rate * g / (float32(math.Sqrt(float64(c.squares[j]))) + 1e-3)
		c.weights[j] -= d
		c.weighed[j] -= d * float32(c.time)
	}
}

func one(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// settle replaces the weights by their means.
func (c *chain) settle() {
	for j := range c.weights {
		c.weights[j] -= c.weighed[j] / float32(c.time+1)
	}
	for j := range c.steps {
		c.steps[j] -= c.stepWt[j] / (c.time + 1)
	}
	c.squares, c.weighed = nil, nil
}

// drop drops what is too small to matter.
func (c *chain) drop(least float32) {
	for j, w := range c.weights {
		if float32(math.Abs(float64(w))) < least {
			c.weights[j] = 0
		}
	}
}

// learnChain learns from the lessons in some orders, two at a time, and takes the
// mean of what they give: one order alone is up to a point of F1 better or worse.
func learnChain(labels, rows int, lessons []*lesson, rounds, orders int) *chain {
	all := make([]*chain, orders)
	twoAtATime(orders, func(n int) {
		all[n] = newChain(labels, rows)
		all[n].train(lessons, rounds, stepSize, orderSeed+uint64(n))
	})
	mean := all[0]
	for j := range mean.weights {
		for _, c := range all[1:] {
			mean.weights[j] += c.weights[j]
		}
		mean.weights[j] /= float32(orders)
	}
	for j := range mean.steps {
		for _, c := range all[1:] {
			mean.steps[j] += c.steps[j]
		}
		mean.steps[j] /= float64(orders)
	}
	mean.drop(leastWeight)
	return mean
}

// decode gives the best labels.
func (c *chain) decode(l *lesson, b *beliefs) []uint8 {
	n, k := len(l.features), c.labels
	if n == 0 {
		return nil
	}
	c.infer(l, b)
	at, back := make([]float64, n*k), make([]uint8, n*k)
	for i := range n {
		steps := c.stepsInto(l, i)
		for y := range k {
			top, from := math.Inf(-1), 0
			switch {
			case i > 0:
				for p := range k {
					if s := at[(i-1)*k+p] + steps[p*k+y]; follows(p, y) && s > top {
						top, from = s, p
					}
				}
			case follows(0, y):
				top = steps[k*k+y]
			}
			at[i*k+y] = top + b.score[i*k+y]
			back[i*k+y] = uint8(from)
		}
	}
	labels := make([]uint8, n)
	y := 0
	for other := range k {
		if at[(n-1)*k+other] > at[(n-1)*k+y] {
			y = other
		}
	}
	for i := n - 1; i >= 0; i-- {
		labels[i] = uint8(y)
		y = int(back[i*k+y])
	}
	return labels
}

// train learns from the lessons, which are gone through in an order drawn anew
// for each of some rounds.
func (c *chain) train(lessons []*lesson, rounds int, rate float64, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 5))
	var b beliefs
	for round := range rounds {
		for _, i := range r.Perm(len(lessons)) {
			c.learn(lessons[i], &b, rate/(1+0.15*float64(round)))
		}
	}
	c.settle()
}

// dictionary numbers the features that occur often enough to learn from, by
// the half of their hash that a model keeps.
type dictionary struct {
	counts map[uint32]int32
	ids    map[uint32]int32
	keys   []uint32
}

func (d *dictionary) count(features []uint64) {
	for _, f := range features {
		d.counts[uint32(f>>32)]++
	}
}

// close numbers the features seen at least least times, in the order of their
// hashes.
func (d *dictionary) close(least int32) {
	for key, n := range d.counts {
		if n >= least {
			d.keys = append(d.keys, key)
		}
	}
	slices.Sort(d.keys)
	d.ids = make(map[uint32]int32, len(d.keys))
	for i, key := range d.keys {
		d.ids[key] = int32(i)
	}
	d.counts = nil
}

func (d *dictionary) number(features []uint64) []int32 {
	ids := make([]int32, 0, len(features))
	for _, f := range features {
		if id, ok := d.ids[uint32(f>>32)]; ok {
			ids = append(ids, id)
		}
	}
	return slices.Clip(ids)
}

// pack writes the chain as package quote embeds it.
func (c *chain) pack(d *dictionary, lean float64) ([]byte, int) {
	var rows []english.Row
	for i, key := range d.keys {
		r := english.Row{Feature: uint64(key) << 32}
		for y, w := range c.weights[i*c.labels : (i+1)*c.labels] {
			if v := math.Round(float64(w) * quote.Unit); v != 0 {
				r.Cells = append(r.Cells, english.Cell{Class: uint8(y), Weight: int16(max(-32768, min(32767, v)))})
			}
		}
		if len(r.Cells) > 0 {
			rows = append(rows, r)
		}
	}
	return quote.Pack(c.labels, lean, c.steps, rows), len(rows)
}
