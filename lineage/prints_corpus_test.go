package lineage

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"whence"
	"whence/internal/shared"
)

// oneEvent reads the articles of the corpus on one event.
func oneEvent(t testing.TB) []*whence.Reading {
	f, err := os.Open(shared.Path(t, "corpora", "lineage", "one-event.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var readings []*whence.Reading
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row struct{ Publisher, Title, Text, Article, Content string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		body := row.Text + row.Article + row.Content
		readings = append(readings, &whence.Reading{Article: whence.Article{Outlet: row.Publisher, Title: row.Title, Text: strings.ReplaceAll(body, "###", "\n\n")}})
	}
	return readings
}

// TestPrintsFindLongRuns holds the prints to their promise on real articles:
// each pair that shares a run of 25 words has a print in common.
func TestPrintsFindLongRuns(t *testing.T) {
	var texts []*Text
	for _, r := range oneEvent(t) {
		texts = append(texts, NewText(r))
	}
	n, w := 0, 0
	index := map[uint64][]int{}
	for i, x := range texts {
		p := x.Prints()
		n += len(p)
		w += len(x.words)
		for _, h := range p {
			index[h] = append(index[h], i)
		}
	}
	pairs := map[[2]int]bool{}
	for _, l := range index {
		for i := range l {
			for j := range i {
				pairs[[2]int{l[j], l[i]}] = true
			}
		}
	}
	// The same by exhaustive search.
	full := map[uint64][]int{}
	for i, x := range texts {
		seen := map[uint64]bool{}
		for j := 0; j+25 <= len(x.words); j++ {
			h := shingle(9, x.words[j:j+25])
			if !seen[h] {
				seen[h] = true
				full[h] = append(full[h], i)
			}
		}
	}
	gold := map[[2]int]bool{}
	for _, l := range full {
		for i := range l {
			for j := range i {
				gold[[2]int{l[j], l[i]}] = true
			}
		}
	}
	miss := 0
	for g := range gold {
		if !pairs[g] {
			miss++
		}
	}
	if miss > 0 || len(gold) == 0 {
		t.Errorf("%d of %d pairs missed", miss, len(gold))
	}
	t.Logf("%d texts, %d words, %d prints; %d candidate pairs, %d gold, %d missed", len(texts), w, n, len(pairs), len(gold), miss)
}

func BenchmarkText(b *testing.B) {
	readings := oneEvent(b)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		NewText(readings[i%len(readings)]).Prints()
	}
}

// BenchmarkLineage is all that lineage does with an article in memory: making it
// ready, printing it, and comparing it with the articles before it that hold a
// print in common.
func BenchmarkLineage(b *testing.B) {
	readings := oneEvent(b)
	none := func(uint64) bool { return false }
	compared := 0
	for b.Loop() {
		texts := make([]*Text, len(readings))
		index := map[uint64][]int{}
		for i, r := range readings {
			texts[i] = NewText(r)
			before := map[int]bool{}
			for _, p := range texts[i].Prints() {
				for _, k := range index[p] {
					before[k] = true
				}
				index[p] = append(index[p], i)
			}
			for k := range before {
				Compare(texts[k], texts[i], none)
				compared++
			}
		}
	}
	articles := float64(b.N * len(readings))
	b.ReportMetric(articles/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(compared)/articles, "compared/article")
}
