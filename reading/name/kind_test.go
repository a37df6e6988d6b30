package name_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"whence"
	"whence/english"
	"whence/eval"
	"whence/internal/golden"
	"whence/internal/shared"
	"whence/reading/name"
	"whence/text"
)

// analyse cuts a text and gives its sentences their trees.
func analyse(analyser *english.Analyser, s string) ([]text.Sentence, []english.Tree) {
	sentences := text.Sentences(s, nil)
	trees := make([]english.Tree, len(sentences))
	for i := range sentences {
		trees[i] = slices.Clone(analyser.Sentence(sentences[i].Tokens))
	}
	return sentences, trees
}

// example is a group of mentions with its right class.
type example struct {
	values []float64
	class  int // person, body, place, other
	weight float64
}

// examples are the groups of mentions in documents, with the class that most of
// them have in gold.
func examples(t *testing.T, file string) []example {
	documents, err := eval.ReadNamedDocuments(file)
	if err != nil {
		t.Fatal(err)
	}
	analyser := english.NewAnalyser()
	var all []example
	for _, d := range documents {
		sentences, trees := analyse(analyser, d.Text)
		types := map[whence.Span]string{}
		groups := name.Groups(&whence.Article{Text: d.Text}, sentences, trees)
		var spans []whence.Span
		for _, g := range groups {
			spans = append(spans, g.Mentions...)
		}
		for _, e := range eval.Innermost(d.Entities) {
			if !d.Named(e) {
				continue
			}
			from, to := d.Name(e)
			whole, run := d.Span(e.From, e.To), d.Span(from, to)
			for _, s := range spans {
				if _, met := types[s]; !met && whole.Contains(s) && s.Overlaps(run) {
					types[s] = e.Type
					break
				}
			}
		}
		for _, g := range groups {
			var count [4]int
			for _, m := range g.Mentions {
				switch types[m] {
				case "person":
					count[0]++
				case "organization":
					count[1]++
				case "place":
					count[2]++
				default:
					count[3]++
				}
			}
			best := 0
			for c := range count {
				if count[c] > count[best] {
					best = c
				}
			}
			all = append(all, example{g.Values, best, math.Sqrt(float64(len(g.Mentions)))})
		}
	}
	return all
}

// readPrior reads what was guessed before any data was looked at: a feature and
// its weights a line. The data have little of what news is full of (companies,
// ages, titles), and what they do not tell stays as guessed.
func readPrior(t *testing.T) (prior [][4]float64) {
	table, err := os.ReadFile(filepath.Join("testdata", "prior.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(table)), "\n") {
		var w [4]float64
		var feature string
		if _, err := fmt.Sscan(line, &feature, &w[0], &w[1], &w[2], &w[3]); err != nil || feature != name.FeatureNames()[i] {
			t.Fatalf("line %q of the prior: %v", line, err)
		}
		prior = append(prior, w)
	}
	return prior
}

// fit is multinomial logistic regression with a quadratic penalty on what
// departs from the prior, by gradient descent.
func fit(all []example, prior [][4]float64) [][4]float64 {
	features := len(prior)
	weights := slices.Clone(prior)
	total := 0.0
	for _, e := range all {
		total += e.weight
	}
	const steps, rate, penalty = 1500, 1.0, 0.001
	for range steps {
		gradient := make([][4]float64, features)
		for _, e := range all {
			var p [4]float64
			sum := 0.0
			for c := range p {
				for i, v := range e.values {
					p[c] += v * weights[i][c]
				}
				p[c] = math.Exp(p[c])
				sum += p[c]
			}
			for c := range p {
				p[c] /= sum
				if c == e.class {
					p[c]--
				}
				for i, v := range e.values {
					gradient[i][c] += v * p[c] * e.weight
				}
			}
		}
		for i := range weights {
			for c := range weights[i] {
				weights[i][c] -= rate * (gradient[i][c]/total + penalty*(weights[i][c]-prior[i][c]))
			}
		}
	}
	return weights
}

// TestKinds fits the weights of kinds on the training part.
func TestKinds(t *testing.T) {
	if !golden.Rewrite() {
		t.Skip("fits the table of kinds anew with -rewrite")
	}
	all := examples(t, shared.Path(t, "corpora", "ud", "gum-free-train.conllu"))
	names := name.FeatureNames()
	var b strings.Builder
	for i, w := range fit(all, readPrior(t)) {
		fmt.Fprintf(&b, "%-18s %6.2f %6.2f %6.2f %6.2f\n", names[i], w[0], w[1], w[2], w[3])
	}
	golden.Check(t, filepath.Join("model", "kinds.txt"), b.String())
	t.Logf("%d examples", len(all))
}
