package figure

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence"
	"whence/english"
	"whence/internal/golden"
	"whence/internal/shared"
)

// lesson is an article with its incident's numbers.
type lesson struct {
	candidates []candidate
	right      int // which of them, -1 for none
}

// The settings of learning, chosen by cross-validation on the half that is
// learned from.
const (
	rounds  = 60
	penalty = 0.02
	rate    = 0.01
	step    = 7919 // articles are taken in steps of this prime
)

// TestLearnToll learns the weights anew: `go test ./reading/figure -run
// TestLearnToll -rewrite`. It learns from the incidents whose id has an even
// hash (FNV-1a, 32 bits); the others are for measuring (whence eval incidents).
func TestLearnToll(t *testing.T) {
	if !golden.Rewrite() {
		t.Skip("learns with -rewrite alone")
	}
	lessons := readLessons(t, shared.Path(t, "corpora", "gva", "incidents.jsonl"))
	w := learn(lessons)
	var b strings.Builder
	fmt.Fprintln(&b, features)
	for i, x := range w {
		if n := int(math.Round(float64(x) * tableUnit)); n != 0 {
			fmt.Fprintln(&b, i, n)
		}
	}
	golden.Check(t, filepath.Join("model", "toll.txt"), b.String())
}

func readLessons(t *testing.T, path string) (lessons []lesson) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<26)
	analyser := english.NewAnalyser()
	for lines.Scan() {
		var in struct {
			Incident        string
			Killed, Injured float64
			Articles        []struct{ Title, Content, Dct string }
		}
		if err := json.Unmarshal(lines.Bytes(), &in); err != nil {
			t.Fatal(err)
		}
		h := fnv.New32a()
		_, _ = h.Write([]byte(in.Incident))
		if h.Sum32()%2 == 1 {
			continue
		}
		for _, a := range in.Articles {
			r := &whence.Reading{Article: whence.Article{Title: a.Title, Text: a.Content}}
			if r.Published, err = whence.ParseDate(a.Dct); err != nil {
				t.Fatal(err)
			}
			g := gather(analyser, r)
			l := lesson{candidates(&g.evidence), -1}
			for i, c := range l.candidates {
				if c.killed == in.Killed && c.injured == in.Injured {
					l.right = i
				}
			}
			if l.right >= 0 {
				lessons = append(lessons, l)
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return lessons
}

// learn fits the weights by stochastic gradient ascent on the likelihood of the
// right pairs, with AdaGrad and a penalty on large weights.
func learn(lessons []lesson) weights {
	w := make(weights, features)
	squares, gradient := make([]float64, features), make([]float64, features)
	for round := range rounds {
		for n := range lessons {
			l := &lessons[(n*step+round)%len(lessons)]
			var touched []int32
			for i, p := range w.all(l.candidates) {
				d := -p
				if i == l.right {
					d++
				}
				if math.Abs(d) < 1e-5 {
					continue
				}
				for _, f := range l.candidates[i].features {
					if gradient[f] == 0 {
						touched = append(touched, f)
					}
					gradient[f] += d
				}
			}
			for _, f := range touched {
				d := gradient[f] - penalty*float64(w[f])
				gradient[f] = 0
				squares[f] += d * d
				if d != 0 {
					w[f] += float32(rate * d / math.Sqrt(squares[f]+1e-6))
				}
			}
		}
	}
	return w
}
