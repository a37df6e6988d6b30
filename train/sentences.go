package main

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"whence/eval"
	"whence/text"
)

// sentencesModel is where package text embeds its weights from.
const sentencesModel = "text/model/sentences.bin"

// sentences trains the weights of package text on the training parts of
// treebanks: logistic regression by stochastic gradient descent with the step
// sizes of AdaGrad (Duchi et al. 2011), the mean of the weights over the
// epochs, rounded to bytes. Features that are seen once are left out, and in a
// second round those that matter least, for which the table has no room.
func sentences(w io.Writer, data string) error {
	banks, err := trainingBanks(data)
	if err != nil {
		return err
	}
	f := features{rows: map[uint32]int{}}
	var gaps []gap
	for _, b := range banks {
		gaps = append(gaps, f.collect(b)...)
	}
	f.forget(gaps, func(row int) bool { return f.counts[row] < 2 })
	kept := f.important(learn(gaps, len(f.hashes)))
	f.forget(gaps, func(row int) bool { return !kept[row] })
	weights := f.round(learn(gaps, len(f.hashes)))
	packed, err := text.Pack(weights)
	if err != nil {
		return err
	}
	if err := os.WriteFile(sentencesModel, packed, 0o644); err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%d gaps, %d features with a weight\n", len(gaps), len(weights))
	return err
}

// trainingBanks reads the training parts of a folder of treebanks.
func trainingBanks(folder string) ([]*eval.Treebank, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*-train.conllu"))
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no *-train.conllu in %s: %w", folder, os.ErrNotExist)
	}
	var banks []*eval.Treebank
	for _, path := range files {
		bank, err := eval.ReadTreebank(path)
		if err != nil {
			return nil, err
		}
		banks = append(banks, bank)
	}
	return banks, nil
}

// gap is a place where a sentence may end, and whether one does.
type gap struct {
	rows []int
	ends bool
}

// features numbers the features in the order in which they are first seen.
type features struct {
	rows   map[uint32]int
	hashes []uint32
	counts []int
}

// collect gives the gaps of a treebank's text, cut as in gold.
func (f *features) collect(bank *eval.Treebank) []gap {
	ends := map[int]bool{}
	for _, s := range bank.Sentences {
		ends[s.End] = true
	}
	var gaps []gap
	text.Gaps(bank.Text, nil, func(g text.Gap) bool {
		rows := make([]int, len(g.Features))
		for i, h := range g.Features {
			rows[i] = f.row(h)
		}
		gaps = append(gaps, gap{rows, ends[g.End]})
		return ends[g.End]
	})
	return gaps
}

// row is the number of the feature with hash h.
func (f *features) row(h uint32) int {
	row, seen := f.rows[h]
	if !seen {
		row = len(f.hashes)
		f.rows[h] = row
		f.hashes, f.counts = append(f.hashes, h), append(f.counts, 0)
	}
	f.counts[row]++
	return row
}

// forget takes features from the gaps.
func (f *features) forget(gaps []gap, gone func(row int) bool) {
	for i := range gaps {
		gaps[i].rows = slices.DeleteFunc(gaps[i].rows, gone)
	}
}

// importance is the features' order: those first that have large weights and
// are seen often.
func (f *features) importance(weights []float32) []int {
	rank := func(row int) float64 {
		return math.Abs(float64(weights[row])) * math.Log1p(float64(f.counts[row]))
	}
	rows := make([]int, len(weights))
	for row := range rows {
		rows[row] = row
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(rank(b), rank(a)) })
	return rows
}

// important tells of each feature whether the table has room for it.
func (f *features) important(weights []float32) []bool {
	kept := make([]bool, len(weights))
	for _, row := range f.importance(weights)[:min(text.Room, len(weights))] {
		kept[row] = true
	}
	return kept
}

// round rounds the weights to the sixteenth of a unit of log-odds, the most
// important first.
func (f *features) round(weights []float32) []text.Weight {
	const unit = 1.0 / 16
	var rounded []text.Weight
	for _, row := range f.importance(weights) {
		if value := math.Round(max(-127, min(127, float64(weights[row])/unit))); value != 0 {
			rounded = append(rounded, text.Weight{Feature: f.hashes[row], Value: int8(value)})
		}
	}
	return rounded
}

// Settings of the training, found on the development parts and by folds of the
// training parts.
const (
	learners = 5 // whose mean is taken
	epochs   = 8
	rate     = 0.1
	drop     = 0.3 // share of the features that one step does without
)

// learn fits a weight to each row: the mean over learners that go through the
// gaps in different orders, and over their epochs.
func learn(gaps []gap, rows int) []float32 {
	mean := make([]float32, rows)
	order := make([]int, len(gaps))
	for i := range order {
		order[i] = i
	}
	for n := range uint64(learners) {
		l := learner{make([]float32, rows), make([]float32, rows), rand.New(rand.NewPCG(1, n))}
		for range epochs {
			l.random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
			for _, i := range order {
				l.step(gaps[i])
			}
			for row, w := range l.weights {
				mean[row] += w / (learners * epochs)
			}
		}
	}
	return mean
}

type learner struct {
	weights []float32
	squares []float32 // of the slopes so far
	random  *rand.Rand
}

// step moves the weights towards one gap. It sees only some of the gap's
// features, so that no weight leans on others being there.
func (l *learner) step(g gap) {
	seen := make([]int, 0, 64)
	score := float32(0)
	for _, row := range g.rows {
		if l.random.Float32() >= drop {
			seen = append(seen, row)
			score += l.weights[row]
		}
	}
	slope := float32(1 / (1 + math.Exp(-float64(score))))
	if g.ends {
		slope--
	}
	for _, row := range seen {
		l.squares[row] += slope * slope
		l.weights[row] -= rate * slope / float32(math.Sqrt(float64(l.squares[row])+1e-6))
	}
}
