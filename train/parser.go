package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"

	"whence/english"
)

// Settings of the parser, found on the development parts.
const (
	stepRounds  = 12
	stepMargin  = 80
	stepLeast   = 3 * unit // weight of a feature that is kept, in one of the parsers
	stepScale   = 96       // of the sum of their weights, in units, to those of package english
	stepRows    = 1 << 21  // of the table of weights, a power of two
	explored    = .1       // share of wrong guesses that are followed, from the second round on
	parsers     = 4        // trained in different orders; their weights are added up
	labelRounds = 6
	labelMargin = 60
	labelLeast  = 2.5
	labellers   = 3
	labelSeed   = 21
	stepSeed    = 31
)

// parser trains the parser of package english on the training parts of
// treebanks, with the word classes that are there: an arc-hybrid parser with a
// dynamic oracle (Goldberg and Nivre 2013), then the labels of arcs.
func parser(w io.Writer, data string) error {
	examples, err := clusteredExamples(data)
	if err != nil {
		return err
	}
	tags := jackknifed(examples)
	rows := learnParsers(examples, tags, stepRows)
	if err := writeModel(english.StepFile, packSteps(rows)); err != nil {
		return err
	}
	labels := together(labellers, func(n int) *perceptron { return learnLabels(examples, tags, labelSeed+uint64(n)) })
	if _, err := fmt.Fprintf(w, "%d words, %d rows for transitions, %d for labels\n", countWords(examples), used(rows), len(labels.rows)); err != nil {
		return err
	}
	return writeModel(english.LabelFile, labels.pack(labellers, labelLeast))
}

// stepModel is an averaged perceptron with a margin, of three classes, over
// hashed rows.
type stepModel struct {
	weights [][3]int32
	totals  [][3]int64
	stamps  [][3]int32
	step    int32
}

func newStepModel(n int) *stepModel {
	return &stepModel{weights: make([][3]int32, n), totals: make([][3]int64, n), stamps: make([][3]int32, n)}
}

func (m *stepModel) score(features []uint64) (scores [3]int32) {
	last := uint64(len(m.weights) - 1)
	for _, f := range features {
		r := &m.weights[f&last]
		scores[0] += r[0]
		scores[1] += r[1]
		scores[2] += r[2]
	}
	return scores
}

func (m *stepModel) move(features []uint64, class english.Transition, by int32) {
	last := uint64(len(m.weights) - 1)
	for _, f := range features {
		i := f & last
		m.totals[i][class] += int64(m.weights[i][class]) * int64(m.step-m.stamps[i][class])
		m.stamps[i][class] = m.step
		m.weights[i][class] += by
	}
}

// average gives the means of the weights over all steps, in units.
func (m *stepModel) average() [][3]int32 {
	for i := range m.weights {
		for c := range m.weights[i] {
			total := m.totals[i][c] + int64(m.weights[i][c])*int64(m.step-m.stamps[i][c])
			m.weights[i][c] = int32(math.Round(unit * float64(total) / float64(m.step)))
		}
	}
	return m.weights
}

// learnSteps trains one parser, which follows its own guesses as a rule, right
// or wrong.
func learnSteps(examples []example, tags [][]english.Tag, rows int, seed uint64) [][3]int32 {
	m := newStepModel(rows)
	random := rand.New(rand.NewPCG(seed, 2))
	var features []uint64
	var state english.State
	shuffled(len(examples), stepRounds, seed, func(round, n int) {
		e := &examples[n]
		state.Reset(e.seen, tags[n])
		for !state.Done() {
			features = state.Features(features[:0])
			c := choose(&state, e.heads, m.score(features))
			m.step++
			if c.wrong != nowhere && c.scores[c.wrong]+stepMargin >= c.scores[c.right] {
				m.move(features, c.right, 1)
				m.move(features, c.wrong, -1)
			}
			next := c.right
			if c.wrong != nowhere && c.scores[c.wrong] > c.scores[c.right] && round > 0 && random.Float64() > explored {
				next = c.wrong
			}
			state.Take(next)
		}
	})
	return m.average()
}

// nowhere is no transition.
const nowhere english.Transition = 3

// choice is the transitions with the highest scores of those that cost least
// and of those that cost more.
type choice struct {
	scores       [3]int32
	right, wrong english.Transition
}

func choose(s *english.State, heads []int32, scores [3]int32) choice {
	c := choice{scores, nowhere, nowhere}
	costs := costsOf(s, heads)
	least := math.MaxInt
	for t := range nowhere {
		if s.Legal(t) {
			least = min(least, costs[t])
		}
	}
	for t := range nowhere {
		of := &c.wrong
		if costs[t] == least {
			of = &c.right
		}
		if s.Legal(t) && (*of == nowhere || scores[t] > scores[*of]) {
			*of = t
		}
	}
	return c
}

// costsOf is how many gold arcs each transition puts out of reach (Goldberg and
// Nivre 2013).
func costsOf(s *english.State, heads []int32) (costs [3]int) {
	next, n := s.Next, int32(len(heads))
	top, under := int32(-1), int32(-1)
	if k := len(s.Stack); k > 0 {
		top = s.Stack[k-1]
		if k > 1 {
			under = s.Stack[k-2]
		}
	}
	if next < n {
		for _, w := range s.Stack {
			if heads[w] == next {
				costs[english.Shift]++
			}
			if w != top && heads[next] == w {
				costs[english.Shift]++
			}
		}
	}
	if top < 0 {
		return costs
	}
	for d := next; d < n; d++ {
		if heads[d] == top {
			costs[english.Left]++
			costs[english.Right]++
		}
	}
	if h := heads[top]; h > next || h == under {
		costs[english.Left]++
	}
	if heads[top] >= next {
		costs[english.Right]++
	}
	return costs
}

// learnParsers trains several parsers, two at a time, and adds up their
// weights: together they are right more often than each alone.
func learnParsers(examples []example, tags [][]english.Tag, rows int) [][3]int32 {
	results := make(chan [][3]int32)
	turns := make(chan struct{}, 2)
	for i := range parsers {
		go func() {
			turns <- struct{}{}
			results <- learnSteps(examples, tags, rows, stepSeed+uint64(i))
			<-turns
		}()
	}
	sum := <-results
	for range parsers - 1 {
		for i, r := range <-results {
			for c := range r {
				sum[i][c] += r[c]
			}
		}
	}
	for i, r := range sum {
		if spread(r) < parsers*stepLeast {
			sum[i] = [3]int32{}
		}
	}
	return sum
}

// packSteps writes the weights of all parsers as package english reads them.
func packSteps(rows [][3]int32) []byte {
	scaled := make([][3]int32, len(rows))
	for i, r := range rows {
		for c, w := range r {
			scaled[i][c] = int32(math.Round(float64(w-r[english.Shift]) / stepScale))
		}
	}
	return english.PackSteps(scaled)
}

// spread is how far apart a feature puts transitions.
func spread(weights [3]int32) int32 {
	return max(weights[0], weights[1], weights[2]) - min(weights[0], weights[1], weights[2])
}

func used(rows [][3]int32) int {
	n := 0
	for _, r := range rows {
		if r != [3]int32{} {
			n++
		}
	}
	return n
}

// learnLabels trains the labels of arcs on gold trees; the labels that features
// speak of are those guessed before.
func learnLabels(examples []example, tags [][]english.Tag, seed uint64) *perceptron {
	p := newPerceptron(labelMargin)
	var features []uint64
	var arcs english.Arcs
	shuffled(len(examples), labelRounds, seed, func(_, n int) {
		e := &examples[n]
		arcs.Reset(e.seen, tags[n], e.heads)
		for _, d := range arcs.Order {
			if e.labels[d] == english.Root {
				arcs.Give(d, english.Root)
				continue
			}
			features = arcs.Features(features[:0], d)
			arcs.Give(d, english.Label(p.learn(features, int(e.labels[d]))))
		}
	})
	p.average()
	return p
}
