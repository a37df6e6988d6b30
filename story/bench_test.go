package story_test

import (
	"fmt"
	"testing"
	"time"

	"whence"
	"whence/story"
)

// many are articles of a story, four in five of them copies of one before, with the
// pairs of each article and the one that it copies.
func many(n int) ([]story.Article, []whence.Reuse) {
	var articles []story.Article
	var pairs []whence.Reuse
	for i := range n {
		var lines []string
		for j := range 8 {
			lines = append(lines, fmt.Sprintf("Speaker %c%c: \"We have counted %d boats on the water off pier %d, and none came back\"", 'A'+i/5%26, 'A'+j, i/5, j),
				fmt.Sprintf("Ministry %c: %d people killed", 'A'+j, 10+i%90))
		}
		a := told(fmt.Sprintf("%06x", i), fmt.Sprint("Outlet ", i%97), time.Date(2027, 3, 1, 0, i, 0, 0, time.UTC).Format(time.RFC3339), lines...)
		if i%5 > 0 {
			pairs = append(pairs, whole(a, articles[i-i%5], whence.Copy, whence.ArticleFromOther, ""))
		}
		articles = append(articles, a)
	}
	return articles, pairs
}

func BenchmarkBuild(b *testing.B) {
	for _, n := range []int{10, 100, 1000, 5000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			articles, pairs := many(n)
			b.ReportAllocs()
			for b.Loop() {
				story.Build(articles, pairs)
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/article")
		})
	}
}
