package when_test

import (
	"strings"
	"testing"

	"whence"
	"whence/english"
	"whence/reading/when"
	"whence/sample"
	"whence/text"
)

// BenchmarkRead measures the reading of times alone, on the sample's articles.
func BenchmarkRead(b *testing.B) {
	gold, err := sample.Truth()
	if err != nil {
		b.Fatal(err)
	}
	var all strings.Builder
	for _, a := range gold.Articles {
		for _, block := range a.Blocks {
			all.WriteString(block.Text + "\n\n")
		}
	}
	benchmark(b, all.String())
}

// BenchmarkReadDense reads a text of times alone, in one sentence without end.
func BenchmarkReadDense(b *testing.B) {
	benchmark(b, strings.Repeat("from early Monday of last week until the night of early at 5 ", 4000))
}

func benchmark(b *testing.B, s string) {
	published, err := whence.ParseDate("2027-03-05T07:30:00+01:00")
	if err != nil {
		b.Fatal(err)
	}
	a := &whence.Article{Text: s, Published: published}
	analyser := english.NewAnalyser()
	sentences := text.Sentences(a.Text, nil)
	tokens := 0
	var trees []english.Tree
	for _, s := range sentences {
		tokens += len(s.Tokens)
		trees = append(trees, append(english.Tree(nil), analyser.Sentence(s.Tokens)...))
	}
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		when.Read(a, sentences, trees)
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
