package main

import (
	"math"
	"math/rand/v2"
	"slices"

	"whence/english"
	"whence/reading/quote"
)

// The third model: stochastic gradients as for the first two. Of rates from .02
// to .1 and three to five rounds, these gave the best relations on articles of
// the training part that none of the three had seen.
const (
	answerRounds = 3
	answerRate   = 0.03
	answerPull   = 1e-4
)

// trial is an answer in an article that the models had not seen, and what is
// true of it.
type trial struct {
	clues []uint64
	truth [quote.Judgements]bool
}

// trainAnswers fits the third model, which judges the answers of the second, on
// articles that neither had seen.
func trainAnswers(articles []*studied, lessons []*lesson, owners []int, rows int) error {
	models := make([]*chain, folds)
	twoAtATime(folds, func(fold int) {
		var others []*lesson
		for i, l := range lessons {
			if owners[i]%folds != fold {
				others = append(others, l)
			}
		}
		models[fold] = newChain(quote.PartLabels, rows)
		models[fold].train(others, partRounds, stepSize, orderSeed)
		models[fold].drop(leastWeight)
	})
	var trials []trial
	var b beliefs
	next := 0
	for n, s := range articles {
		s.study.SetRoles(s.says.labels, s.says.share)
		likely := s.study.Cues()
		for i, cue := range s.cues() {
			l := lessons[next]
			next++
			if i >= len(likely) {
				continue // a gold cue that no first model finds likely
			}
			m := models[n%folds]
			m.infer(l, &b)
			for _, a := range s.study.Answers(cue, partLean, m.steps, b.score) {
				trials = append(trials, trial{a.Clues, s.judge(a.Parts)})
			}
		}
	}
	return writeQuoteModel("answers.zst", english.PackRows(fit(trials)))
}

// judge tells what is true of an answer.
func (s *studied) judge(parts goldParts) (truth [quote.Judgements]bool) {
	truth[quote.IsRight] = s.has(parts)
	for _, gold := range s.all {
		if overlap(gold[1], parts[1][0]) {
			truth[quote.ContentExact] = truth[quote.ContentExact] || slices.Equal(gold[2], parts[2])
			truth[quote.SourceExact] = truth[quote.SourceExact] || slices.Equal(gold[0], parts[0])
		}
	}
	return truth
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

// fit fits a logistic regression for each judgement.
func fit(trials []trial) []english.Row {
	d := &dictionary{counts: map[uint32]int32{}}
	for _, t := range trials {
		d.count(t.clues)
	}
	d.close(leastSeen)
	clues := make([][]int32, len(trials))
	for i, t := range trials {
		clues[i] = d.number(t.clues)
	}
	rows := make([]english.Row, len(d.keys))
	for i, key := range d.keys {
		rows[i].Feature = uint64(key) << 32
	}
	for judged := uint8(1); judged < quote.Judgements; judged++ {
		for i, w := range regress(len(d.keys), clues, func(n int) bool { return trials[n].truth[judged] }) {
			if v := int16(math.Round(w * quote.Unit)); v != 0 {
				rows[i].Cells = append(rows[i].Cells, english.Cell{Class: judged, Weight: v})
			}
		}
	}
	return slices.DeleteFunc(rows, func(r english.Row) bool { return len(r.Cells) == 0 })
}

// regress gives each of n clues its weight in a logistic regression: the mean
// over all steps of AdaGrad, with a slight pull to zero.
func regress(n int, clues [][]int32, truth func(trial int) bool) []float64 {
	weights, squares, weighed := make([]float64, n), make([]float64, n), make([]float64, n)
	r := rand.New(rand.NewPCG(3, 3))
	time := 0.0
	for range answerRounds {
		for _, k := range r.Perm(len(clues)) {
			sum := 0.0
			for _, c := range clues[k] {
				sum += weights[c]
			}
			miss := 1/(1+math.Exp(-sum)) - one(truth(k))
			time++
			for _, c := range clues[k] {
				g := miss + answerPull*weights[c]
				squares[c] += g * g
				step := answerRate * g / (math.Sqrt(squares[c]) + 1)
				weights[c] -= step
				weighed[c] -= step * time
			}
		}
	}
	for i := range weights {
		weights[i] -= weighed[i] / (time + 1)
	}
	return weights
}
