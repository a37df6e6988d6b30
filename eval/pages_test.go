package eval

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"whence/internal/golden"
	"whence/internal/shared"
)

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name, gold, read            string
		precision, recall, accurate float64
	}{
		{"same", "The harbour is shut again", "The harbour — is shut, again!", 1, 1, 1},
		{"one word more", "The harbour is shut again", "The harbour is shut again today", 2.0 / 3, 1, 0},
		{"one word less", "The harbour is shut again today", "The harbour is shut again", 1, 2.0 / 3, 0},
		{"said twice", "a b c d", "a b c d a b c d", 1.0 / 5, 1, 0},
		{"other case", "The harbour is shut", "the harbour is shut", 0, 0, 0},
		{"short", "Shut", "Shut", 1, 1, 1},
		{"nothing read", "The harbour is shut", "", 0, 0, 0},
		{"nothing to read", "", "The harbour is shut", 0, 0, 0},
		{"both empty", "", "—", 1, 1, 1},
		{"marks join no words", "don't stop it_now", "don t stop it_now", 1, 1, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := compare(c.gold, c.read)
			if !near(m.precision(), c.precision) || !near(m.recall(), c.recall) {
				t.Errorf("precision %g, recall %g; want %g, %g", m.precision(), m.recall(), c.precision, c.recall)
			}
			if f := over([]pageScore{{match: m}}); f.accuracy != c.accurate {
				t.Errorf("accuracy %g, want %g", f.accuracy, c.accurate)
			}
		})
	}
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-9 }

// TestOver: a page on which nothing is read has no precision, and lowers the
// recall alone.
func TestOver(t *testing.T) {
	f := over([]pageScore{{match: compare("a b c d", "a b c d")}, {match: compare("a b c d", "")}})
	if want := (pageFigures{precision: 1, recall: 0.5, f1: 2.0 / 3, accuracy: 0.5}); !near(f.f1, want.f1) || f.precision != want.precision || f.recall != want.recall || f.accuracy != want.accuracy {
		t.Errorf("got %+v, want %+v", f, want)
	}
}

func TestPages(t *testing.T) {
	gold := t.TempDir()
	body := "The ferry is late, said its master, who would not say why it was late."
	write(t, filepath.Join(gold, "ground-truth.json"), []byte(`{"aa":{"articleBody":"`+body+`","url":"https://outlet.example/2025/03/04/ferry"}}`))
	var page bytes.Buffer
	z := gzip.NewWriter(&page)
	if _, err := z.Write([]byte("<html><body><article><h1>A late ferry</h1><p>" + body + "</p></article></body></html>")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(gold, "html", "aa.html.gz"), page.Bytes())
	var out strings.Builder
	if err := Pages(&out, gold); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"pages      1\n", "F1         1.000 ± 0.000\n", "accuracy   1.000 ± 0.000\n", "published  0\n"} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("%q is not in\n%s", line, out.String())
		}
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestPagesWithoutGold(t *testing.T) {
	for name, truth := range map[string]string{"none": "", "empty": "{}", "broken": "{"} {
		gold := t.TempDir()
		if truth != "" {
			write(t, filepath.Join(gold, "ground-truth.json"), []byte(truth))
		}
		if err := Pages(new(strings.Builder), gold); err == nil || !strings.Contains(err.Error(), gold) {
			t.Errorf("%s: error %v does not name the folder", name, err)
		}
	}
}

// TestPagesOnTheBenchmark freezes the figures, so that a change of them shows
// in review.
func TestPagesOnTheBenchmark(t *testing.T) {
	var out strings.Builder
	if err := Pages(&out, shared.Path(t, "corpora", "pages")); err != nil {
		t.Fatal(err)
	}
	figures, worst, _ := strings.Cut(out.String(), "worst:")
	t.Log(worst)
	golden.Check(t, filepath.Join("testdata", "pages.golden"), figures)
}
