package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence/internal/golden"
	"whence/internal/shared"
	"whence/reading"
)

// TestOneEvent freezes how right lineage is on the corpus on one event: pairs
// that were judged by reading before the program's answer was seen, those of them
// that were judged before its rules were last changed, and what exhaustive search
// finds.
func TestOneEvent(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 612 articles")
	}
	articles, err := sameEvent(shared.Path(t, "corpora", "lineage", "one-event.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	articles = distinct(articles)
	found, err := relate(articles, reading.Read)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, name := range []string{"one-event-pairs.jsonl", "one-event-fresh.jsonl", "one-event-cited.jsonl"} {
		path := filepath.Join("testdata", name)
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		g, _, err := readPairs(path, data)
		if err != nil {
			t.Fatal(err)
		}
		g.Articles = articles
		out.WriteString("--- " + name + "\n")
		scoreRelated(&out, g, found)
	}
	out.WriteString("--- exhaustive search\n")
	scoreOverlap(&out, articles, found)
	scoreAgencies(&out, articles, found)
	golden.Check(t, filepath.Join("testdata", "one-event.golden"), out.String())
}
