package quote

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"whence/english"
)

// drawChain draws a small chain without features and a lattice of scores.
func drawChain(t *rapid.T) (*chain, *lattice) {
	const k = partLabels
	weight := rapid.Float64Range(-6, 6)
	steps := rapid.SliceOfN(weight, edgeClasses*(k+1)*k, edgeClasses*(k+1)*k).Draw(t, "steps")
	c, err := readChain(packChain(k, 0, steps, english.PackRows(nil)))
	if err != nil {
		t.Fatal(err)
	}
	l := &lattice{}
	n := rapid.IntRange(1, 5).Draw(t, "words")
	l.reset(n, k)
	for i := range l.scores {
		l.scores[i] = weight.Draw(t, "score")
	}
	for i := range l.edges {
		l.edges[i] = uint8(rapid.IntRange(0, edgeClasses-1).Draw(t, "edge"))
	}
	return c, l
}

// paths visits every sequence of labels that is allowed, with its score.
func paths(c *chain, l *lattice, visit func(labels []uint8, score float64)) {
	k := c.labels
	labels := make([]uint8, l.n)
	var walk func(i int, score float64)
	walk = func(i int, score float64) {
		if i == l.n {
			visit(labels, score)
			return
		}
		steps := c.steps[int(l.edges[i])*(k+1)*k:]
		before, row := 0, k
		if i > 0 {
			before = int(labels[i-1])
			row = before
		}
		for y := range k {
			if follows(before, y) {
				labels[i] = uint8(y)
				walk(i+1, score+steps[row*k+y]+l.scores[i*k+y])
			}
		}
	}
	walk(0, 0)
}

// TestDecode holds the best path and the probabilities to those of all paths.
func TestDecode(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, l := drawChain(t)
		k := c.labels
		best, total := math.Inf(-1), 0.0
		share := make([]float64, l.n*k)
		paths(c, l, func(labels []uint8, score float64) {
			best = max(best, score)
			total += math.Exp(score)
			for i, y := range labels {
				share[i*k+int(y)] += math.Exp(score)
			}
		})
		c.decode(l)
		found := math.Inf(-1)
		paths(c, l, func(labels []uint8, score float64) {
			if string(labels) == string(l.best) {
				found = score
			}
		})
		if math.Abs(found-best) > 1e-6 {
			t.Fatalf("the path found has score %g, the best %g", found, best)
		}
		for i := range share {
			if want := share[i] / total; math.Abs(l.share[i]-want) > 1e-6 {
				t.Fatalf("word %d label %d has probability %g, want %g", i/k, i%k, l.share[i], want)
			}
		}
	})
}

// TestBest holds the best labellings to the best of all.
func TestBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, l := drawChain(t)
		c.lean = rapid.Float64Range(0, 2).Draw(t, "lean")
		byLabels := map[string]float64{}
		var all []float64
		paths(c, l, func(labels []uint8, score float64) {
			for _, y := range labels {
				if y == 0 {
					score -= c.lean
				}
			}
			byLabels[string(labels)] = score
			all = append(all, score)
		})
		slices.SortFunc(all, func(a, b float64) int { return cmp.Compare(b, a) })
		found := c.best(l)
		if len(found) != min(kept, len(all)) {
			t.Fatalf("%d labellings of %d", len(found), len(all))
		}
		for i, e := range found {
			l.take(e, c.labels)
			got, ok := byLabels[string(l.best)]
			if !ok || math.Abs(got-all[i]) > 1e-6 || math.Abs(e.score-all[i]) > 1e-6 {
				t.Fatalf("labelling %d has score %g, said to be %g, the best of its rank %g", i, got, e.score, all[i])
			}
			delete(byLabels, string(l.best))
		}
	})
}

func TestSpans(t *testing.T) {
	l := &lattice{n: 7, best: []uint8{1, 2, 1, 0, 3, 4, 4}}
	if got := l.spans(1); len(got) != 2 || got[0] != (span{0, 2}) || got[1] != (span{2, 3}) {
		t.Errorf("sources at %v", got)
	}
	if got := l.spans(3); len(got) != 1 || got[0] != (span{4, 7}) {
		t.Errorf("contents at %v", got)
	}
}

func FuzzReadChain(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{200, 1, 2})
	f.Add(packChain(partLabels, 0.5, make([]float64, edgeClasses*(partLabels+1)*partLabels), english.PackRows([]english.Row{{Feature: 1 << 40, Cells: []english.Cell{{Class: 2, Weight: -7}}}})))
	f.Fuzz(func(_ *testing.T, packed []byte) {
		c, err := readChain(packed)
		if err != nil {
			return
		}
		l := &lattice{}
		l.reset(2, c.labels)
		clear(l.scores)
		clear(l.edges)
		c.emit(l, nil, func(c *collector, i int) { c.to = append(c.to, uint64(i)<<40) })
		c.decode(l)
	})
}
