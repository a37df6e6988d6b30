package main

import (
	"math"
	"math/rand/v2"
	"sync"

	"whence/english"
)

// perceptron is an averaged multiclass perceptron (Collins 2002) with a margin
// over hashed features. A row holds only the classes that it ever had a weight
// for. Class 0 stands for none.
type perceptron struct {
	margin int32
	slots  []bucketed // open addressing, a power of two of them
	rows   []weighted
	step   int64
}

// bucketed is where the row of a feature is: its number plus one, 0 if free.
type bucketed struct {
	feature uint64
	row     int32
}

// weighted is the weights of a feature.
type weighted struct {
	feature uint64
	cells   []moving
}

// moving is a weight with the sum of its values over the steps up to stamp.
type moving struct {
	class  uint8
	weight int32
	stamp  int64
	total  int64
}

func newPerceptron(margin int32) *perceptron {
	return &perceptron{margin: margin, slots: make([]bucketed, 1<<16)}
}

// find is the slot of a feature, or the free one where it would be.
func (p *perceptron) find(feature uint64) *bucketed {
	mask := uint64(len(p.slots) - 1)
	for i := feature & mask; ; i = (i + 1) & mask {
		if s := &p.slots[i]; s.row == 0 || s.feature == feature {
			return s
		}
	}
}

// row is the weights of a feature, made if there are none yet.
func (p *perceptron) row(feature uint64) *weighted {
	s := p.find(feature)
	if s.row == 0 {
		if 2*len(p.rows) >= len(p.slots) {
			p.grow()
			s = p.find(feature)
		}
		p.rows = append(p.rows, weighted{feature: feature})
		*s = bucketed{feature, int32(len(p.rows))}
	}
	return &p.rows[s.row-1]
}

func (p *perceptron) grow() {
	old := p.slots
	p.slots = make([]bucketed, 2*len(old))
	for _, s := range old {
		if s.row != 0 {
			*p.find(s.feature) = s
		}
	}
}

// guess is the class with the highest score.
func (p *perceptron) guess(features []uint64) int {
	scores := p.score(features)
	return english.Best(&scores)
}

func (p *perceptron) score(features []uint64) (scores [english.Classes]int32) {
	for _, f := range features {
		if s := p.find(f); s.row != 0 {
			for _, c := range p.rows[s.row-1].cells {
				scores[c.class] += c.weight
			}
		}
	}
	return scores
}

// learn takes one step on an example and gives the class guessed before it.
func (p *perceptron) learn(features []uint64, right int) (guess int) {
	scores := p.score(features)
	guess = english.Best(&scores)
	p.step++
	least := scores[right]
	scores[right] = math.MinInt32
	rival := english.Best(&scores)
	if scores[rival]+p.margin >= least {
		for _, f := range features {
			row := p.row(f)
			row.move(right, 1, p.step)
			row.move(rival, -1, p.step)
		}
	}
	return guess
}

func (r *weighted) move(class int, by int32, step int64) {
	for i := range r.cells {
		if c := &r.cells[i]; int(c.class) == class {
			c.total += int64(c.weight) * (step - c.stamp)
			c.stamp = step
			c.weight += by
			return
		}
	}
	r.cells = append(r.cells, moving{class: uint8(class), weight: by, stamp: step})
}

// unit is the size of a weight that stands for one step towards a class.
const unit = 16

// average replaces the weights by their means over all steps, in units.
func (p *perceptron) average() {
	for _, r := range p.rows {
		for j := range r.cells {
			c := &r.cells[j]
			total := c.total + int64(c.weight)*(p.step-c.stamp)
			c.weight = int32(math.Round(unit * float64(total) / float64(p.step)))
		}
	}
}

// add adds the averaged weights of another perceptron: together they are right
// more often than each alone.
func (p *perceptron) add(q *perceptron) {
	for _, r := range q.rows {
		row := p.row(r.feature)
		for _, c := range r.cells {
			row.move(int(c.class), c.weight, p.step)
		}
	}
}

// together trains n perceptrons, two at a time, and adds them up.
func together(n int, train func(n int) *perceptron) *perceptron {
	trained := make([]*perceptron, n)
	turns := make(chan struct{}, 2)
	var all sync.WaitGroup
	for i := range n {
		all.Go(func() {
			turns <- struct{}{}
			trained[i] = train(i)
			<-turns
		})
	}
	all.Wait()
	for _, p := range trained[1:] {
		trained[0].add(p)
	}
	return trained[0]
}

// packUnit is the same for the weights that package english reads, which are
// the mean of those of n perceptrons added up.
const packUnit = .8

// pack writes the averaged weights of n perceptrons as package english reads
// them, without the weights of less than so many steps.
func (p *perceptron) pack(n int, least float64) []byte {
	var rows []english.Row
	for _, r := range p.rows {
		row := english.Row{Feature: r.feature}
		for _, c := range r.cells {
			steps := float64(c.weight) / float64(n*unit)
			weight := int16(math.Round(packUnit * max(-math.MaxInt16, min(math.MaxInt16, steps))))
			if math.Abs(steps) >= least && weight != 0 {
				row.Cells = append(row.Cells, english.Cell{Class: c.class, Weight: weight})
			}
		}
		if len(row.Cells) > 0 {
			rows = append(rows, row)
		}
	}
	return english.PackRows(rows)
}

// shuffled visits the numbers below n in another order each time round, the
// same for the same seed.
func shuffled(n, rounds int, seed uint64, visit func(round, i int)) {
	random := rand.New(rand.NewPCG(seed, 1))
	for round := range rounds {
		for _, i := range random.Perm(n) {
			visit(round, i)
		}
	}
}
