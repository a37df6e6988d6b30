package lineage

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

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

// news reads the first articles of the corpus of news.
func news(t testing.TB) []*whence.Reading {
	f, err := os.Open(shared.Path(t, "corpora", "news", "articles.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var readings []*whence.Reading
	lines := bufio.NewScanner(unpacked)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() && len(readings) < 4000 {
		var row struct{ Outlet, Title, Text, Published string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		published, err := whence.ParseDate(row.Published)
		if err != nil {
			published = whence.Date{} // there are a few such
		}
		readings = append(readings, &whence.Reading{Article: whence.Article{Published: published, Outlet: row.Outlet, Title: row.Title, Text: row.Text}})
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
		p, _ := x.Prints()
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
// print in common: over articles on one event, where each has many such, and
// over news. A core's speed is by the time that the processor worked.
func BenchmarkLineage(b *testing.B) {
	b.Run("OneEvent", func(b *testing.B) { lineage(b, oneEvent(b)) })
	b.Run("News", func(b *testing.B) { lineage(b, news(b)) })
}

// mostHeld is how many articles hold a print that is looked at, as in a ledger.
const mostHeld = 100

func lineage(b *testing.B, readings []*whence.Reading) {
	none := func(uint64) bool { return false }
	compared, pairs := 0, 0
	b.ReportAllocs()
	b.ResetTimer()
	used := processor(b)
	for b.Loop() {
		texts := make([]*Text, len(readings))
		type holder struct {
			article int32
			around  Around
		}
		index := map[uint64][]holder{}
		before := make([]int, len(readings)) // whom one was compared with last
		for i, r := range readings {
			texts[i] = NewText(r)
			prints, around := texts[i].Prints()
			for n, p := range prints {
				holders := index[p]
				for _, h := range holders {
					k := h.article
					if before[k] == i || !MayShare(h.around, around[n], far(readings[k], r)) {
						continue
					}
					before[k] = i
					compared++
					if _, ok := Compare(texts[k], texts[i], none); ok {
						pairs++
					}
				}
				if len(holders) < mostHeld {
					index[p] = append(holders, holder{int32(i), around[n]})
				}
			}
		}
	}
	used = processor(b) - used
	articles := float64(b.N * len(readings))
	b.ReportMetric(articles/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(articles/used.Seconds(), "articles/s-core")
	b.ReportMetric(float64(compared)/articles, "compared/article")
	b.ReportMetric(float64(pairs)/articles, "pairs/article")
}

// processor is the time that processors have worked for this program.
func processor(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func far(a, b *whence.Reading) bool {
	return a.Published.Time.Sub(b.Published.Time).Abs() > FarApart+time.Minute
}
