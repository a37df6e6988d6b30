package ledger_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"whence"
)

// BenchmarkCopies adds one text over and over, each time at another outlet within
// five days, as an agency's text is printed, and says what each tenth of them costs:
//
//	go test ./ledger -run none -bench Copies -benchtime 100000x
func BenchmarkCopies(b *testing.B) {
	base := story(b, 1)[0]
	l := open(b, filepath.Join(b.TempDir(), "l.db"))
	n := 0
	next := func(until int) {
		if _, err := l.AddArticles(context.Background(), func(yield func(*whence.Article) bool) {
			for ; n < until; n++ {
				a := base
				a.ID, a.URL, a.Outlet = "", fmt.Sprint("https://copies.example/", n), fmt.Sprint("Outlet ", n)
				a.Published.Time = a.Published.Time.Add(time.Duration(n*7919%7200) * time.Minute)
				a.Identify()
				if !yield(&a) {
					return
				}
			}
		}); err != nil {
			b.Fatal(err)
		}
	}
	var tenths [10]time.Duration
	for i := range tenths {
		start := time.Now()
		next(b.N * (i + 1) / len(tenths))
		tenths[i] = time.Since(start)
	}
	c, err := l.Counts(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	each := float64(max(1, b.N/len(tenths)))
	b.ReportMetric(tenths[0].Seconds()*1e3/each, "first-ms/article")
	b.ReportMetric(tenths[9].Seconds()*1e3/each, "last-ms/article")
	b.ReportMetric(float64(c.Bytes)/float64(c.Articles), "B/article")
	b.ReportMetric(float64(c.Pairs)/float64(c.Articles), "pairs/article")
	b.ReportMetric(float64(m.Sys>>20), "MB")
}
