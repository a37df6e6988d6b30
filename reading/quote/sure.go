package quote

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"
)

// signs are what the score of a learned attribution rests on, as logarithms of
// odds where they are probabilities.
type signs [6]float64

// signsOf gathers the signs: how sure the first model is of the cue, the second
// of the content and of its edges, and of the source; whether there is a source;
// and whether the rules have a finding with this cue.
func signsOf(a *asked, second *lattice, c *candidate) signs {
	var s signs
	s[0] = odds(mean(a.first, roleLabels, c.cue, 0, cueBegins))
	words, edges := 0.0, 1.0
	n := 0
	for _, part := range c.content {
		words += mean(second, partLabels, part, a.from, partContent) * float64(part.to-part.from)
		n += part.to - part.from
		edges = min(edges, edgesOf(second, part, a.from, partContent))
	}
	s[1], s[2] = odds(words/float64(max(n, 1))), odds(edges)
	if !c.source.empty() {
		s[3], s[4] = odds(mean(second, partLabels, c.source, a.from, partSource)), 1
	}
	s[5] = float64(bit(a.rule))
	return s
}

// mean is the mean probability that the words of s, counted from the word
// from, are of the part that begins with a label.
func mean(l *lattice, labels int, s span, from int, begins uint8) float64 {
	sum := 0.0
	for i := s.from; i < s.to; i++ {
		at := (i - from) * labels
		sum += l.share[at+int(begins)] + l.share[at+int(begins)+1]
	}
	return sum / float64(max(s.to-s.from, 1))
}

// edgesOf is the lesser of the probabilities that a part begins and ends where
// it does.
func edgesOf(l *lattice, s span, from int, begins uint8) float64 {
	begin := l.share[(s.from-from)*partLabels+int(begins)]
	end := 1.0
	if s.to-from < l.n {
		end = 1 - l.share[(s.to-from)*partLabels+int(begins)+1]
	}
	return min(begin, end)
}

// odds is the logarithm of the odds of a probability, within bounds.
func odds(p float64) float64 {
	p = min(max(p, 1e-3), 1-1e-3)
	return math.Log(p / (1 - p))
}

// score is the share of attributions with such signs that are right.
func (s signs) score(weights []float64) float64 {
	sum := weights[len(s)]
	for i, x := range s {
		sum += weights[i] * x
	}
	return math.Round(1e4/(1+math.Exp(-sum))) / 1e4
}

// sureness holds the weights of the signs and, last, the constant of a logistic
// regression, fitted by `go run ./train attributions` on articles that the
// models had not seen.
//
//go:embed model/sureness.txt
var sureness string

var surenessWeights = sync.OnceValue(func() []float64 {
	var weights []float64
	for _, field := range strings.Fields(sureness) {
		w, err := strconv.ParseFloat(field, 64)
		if err != nil {
			panic("quote: sureness.txt: " + err.Error())
		}
		weights = append(weights, w)
	}
	if len(weights) != len(signs{})+1 {
		panic("quote: sureness.txt has not one weight for each sign and a constant")
	}
	return weights
})
