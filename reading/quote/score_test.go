package quote_test

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"whence"
	"whence/eval"
	"whence/internal/golden"
	"whence/internal/shared"
	"whence/page"
	"whence/reading/quote"
	"whence/text"
)

// TestScores measures the table of scores on PolNeAR's training part.
func TestScores(t *testing.T) {
	gold, err := eval.ReadAttributionGold(shared.Path(t, "corpora", "polnear", "train"))
	if err != nil {
		t.Fatal(err)
	}
	type tally struct{ right, all int }
	seen := map[[4]string]*tally{}
	for _, g := range gold {
		a := &whence.Article{Text: g.Text}
		page.Structure(a)
		found, words := quote.Evidence(a, text.Sentences(a.Text, body(a)))
		right := g.Right(found)
		for i := range found {
			if found[i].Parent != "" {
				continue // PolNeAR does not mark them
			}
			for n, e := range words[i] {
				if n > 0 && e == words[i][n-1] {
					continue
				}
				if seen[e] == nil {
					seen[e] = &tally{}
				}
				seen[e].all++
				if right[i] {
					seen[e].right++
				}
			}
		}
	}
	var b strings.Builder
	b.WriteString("# rule quotation footing strength precision\n")
	keys := slices.SortedFunc(maps.Keys(seen), func(x, y [4]string) int { return slices.CompareFunc(x[:], y[:], cmp.Compare[string]) })
	for _, e := range keys {
		if n := seen[e]; n.all >= 25 || e[1] == "*" && e[2] == "*" {
			fmt.Fprintf(&b, "%-16s %-9s %-9s %-6s %.2f\n", e[0], e[1], e[2], e[3], float64(n.right)/float64(n.all))
		}
	}
	if golden.Rewrite() {
		golden.Check(t, "scores.txt", b.String())
		return
	}
	frozen, err := os.ReadFile("scores.txt")
	if err != nil {
		t.Fatal(err)
	}
	was := parseScores(t, string(frozen))
	for e, now := range parseScores(t, b.String()) {
		if old, ok := was[e]; ok && math.Abs(old-now) > drift && seen[e].all >= 100 {
			t.Errorf("%s: the table says %.2f, measured %.2f (go test -rewrite)", e, old, now)
		}
	}
}

// drift is how far a score may move, because of other packages, before the
// table must be measured anew.
const drift = 0.05

func parseScores(t *testing.T, table string) map[[4]string]float64 {
	all := map[[4]string]float64{}
	for line := range strings.Lines(table) {
		var e [4]string
		var p float64
		if _, err := fmt.Sscan(line, &e[0], &e[1], &e[2], &e[3], &p); err == nil {
			all[e] = p
		} else if !strings.HasPrefix(line, "#") {
			t.Fatalf("%q: %v", line, err)
		}
	}
	return all
}

func body(a *whence.Article) []whence.Span {
	var spans []whence.Span
	for _, b := range a.Blocks {
		if b.Role.Body() {
			spans = append(spans, b.Span)
		}
	}
	return spans
}
