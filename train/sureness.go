package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"

	"whence/reading/quote"
)

// trial is an attribution found in an article that the models had not seen.
type trial struct {
	signs []float64
	right bool
}

// trainSureness fits the weights that make a score of an attribution's signs,
// by logistic regression, on articles that neither model had seen.
func trainSureness(articles []*studied, lessons []*lesson, owners []int, rows int) error {
	models := make([]*chain, folds)
	twoAtATime(folds, func(fold int) {
		var others []*lesson
		for i, l := range lessons {
			if owners[i]%folds != fold {
				others = append(others, l)
			}
		}
		models[fold] = newChain(quote.PartLabels, rows)
		models[fold].train(others, partRounds, stepSize, leastWeight)
	})
	var trials []trial
	var b beliefs
	next := 0
	for n, s := range articles {
		s.study.SetRoles(s.says.labels, s.says.share)
		found := s.study.Cues()
		for _, cue := range s.cues() {
			l := lessons[next]
			next++
			if !overlap(found, cue) {
				continue // a gold cue that no first model found
			}
			labels := models[n%folds].decode(l, &b, partLean)
			parts, signs := s.study.Answer(cue, labels, b.share)
			if len(parts[2]) > 0 {
				trials = append(trials, trial{signs, s.has(parts)})
			}
		}
	}
	weights := regress(trials)
	words := make([]string, len(weights))
	for i, w := range weights {
		words[i] = fmt.Sprintf("%.4f", w)
	}
	return os.WriteFile(filepath.Join(quoteModels, "sureness.txt"), []byte(strings.Join(words, " ")+"\n"), 0o644)
}

// has tells whether one of the gold relations is like the parts: overlapping
// cues and sources, or no source in both, and contents half of whose words are
// the same, as ../shared/score/attribution.py has it.
func (s *studied) has(parts goldParts) bool {
	for _, gold := range s.all {
		shared := common(gold[2], parts[2])
		all := size(gold[2]) + size(parts[2]) - shared
		sources := common(gold[0], parts[0]) > 0 || len(gold[0]) == 0 && len(parts[0]) == 0
		if sources && common(gold[1], parts[1]) > 0 && 2*shared >= all {
			return true
		}
	}
	return false
}

func common(a, b [][2]int) int {
	n := 0
	for _, x := range a {
		for _, y := range b {
			n += max(0, min(x[1], y[1])-max(x[0], y[0]))
		}
	}
	return n
}

func size(ranges [][2]int) int { return common(ranges, ranges) }

// regress fits a logistic regression, the constant last, by gradient ascent
// with a slight pull to zero.
func regress(trials []trial) []float64 {
	weights := make([]float64, len(trials[0].signs)+1)
	gradient := make([]float64, len(weights))
	const rounds, rate, pull = 3000, 0.3, 1e-4
	for range rounds {
		clear(gradient)
		for _, t := range trials {
			sum := weights[len(t.signs)]
			for i, x := range t.signs {
				sum += weights[i] * x
			}
			miss := one(t.right) - 1/(1+math.Exp(-sum))
			for i, x := range t.signs {
				gradient[i] += miss * x
			}
			gradient[len(t.signs)] += miss
		}
		for i := range weights {
			weights[i] += rate * (gradient[i]/float64(len(trials))/4 - pull*weights[i])
		}
	}
	return weights
}
