package reading_test

import (
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"unicode/utf8"

	"whence"
	"whence/english"
	"whence/internal/processor"
	"whence/internal/shared"
	"whence/reading/name"
	"whence/reading/quote"
	"whence/text"
)

// BenchmarkAttributionsPolNeAR goes from the texts of the training part to
// attributions and names, without the other readers, an article a round.
func BenchmarkAttributionsPolNeAR(b *testing.B) {
	files, err := filepath.Glob(filepath.Join(shared.Path(b, "corpora", "polnear", "train", "text"), "*.txt"))
	if err != nil {
		b.Fatal(err)
	}
	var all []*whence.Article
	size := 0
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		if utf8.Valid(data) {
			size += len(data)
			all = append(all, plain(string(data)))
		}
	}
	b.SetBytes(int64(size / len(all)))
	var next, tokens atomic.Int64
	english.NewAnalyser()
	b.ResetTimer()
	before := processor.Time()
	b.RunParallel(func(pb *testing.PB) {
		analyser, quotes := english.NewAnalyser(), quote.NewReader()
		for pb.Next() {
			i := int(next.Add(1)) % len(all)
			tokens.Add(int64(attribute(all[i], analyser, quotes)))
		}
	})
	b.ReportMetric(float64(tokens.Load())/b.Elapsed().Seconds(), "tokens/s")
	if used := processor.Time() - before; used > 0 {
		b.ReportMetric(float64(tokens.Load())/used.Seconds(), "tokens/cpu-s")
	}
}

// attribute finds attributions and names, and counts tokens.
func attribute(a *whence.Article, analyser *english.Analyser, quotes *quote.Reader) int {
	var body []whence.Span
	for _, block := range a.Blocks {
		if block.Role.Body() {
			body = append(body, block.Span)
		}
	}
	sentences := text.Sentences(a.Text, body)
	tokens := 0
	for _, s := range sentences {
		tokens += len(s.Tokens)
	}
	title, _ := a.TitleSpan()
	trees := analyser.Titled(title, sentences)
	quotes.Read(a, sentences, trees, analyser.Clusters())
	name.Read(a, sentences, trees)
	return tokens
}
