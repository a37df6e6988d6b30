package page

import (
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/gzip"

	"whence/internal/shared"
)

func BenchmarkHTML(b *testing.B) {
	var pages [][]byte
	for _, path := range fixtures(b) {
		pages = append(pages, readFile(b, path))
	}
	readAll(b, pages)
}

// BenchmarkHTMLNews reads the pages of the article-extraction benchmark.
func BenchmarkHTMLNews(b *testing.B) {
	readAll(b, newsPages(b))
}

func readAll(b *testing.B, pages [][]byte) {
	size := 0
	for _, p := range pages {
		size += len(p)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range pages {
			if _, err := HTML(p, Options{URL: "https://outlet.example/a"}); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(len(pages)*b.N)/b.Elapsed().Seconds(), "pages/s")
}

func newsPages(tb testing.TB) [][]byte {
	tb.Helper()
	paths, err := filepath.Glob(filepath.Join(shared.Path(tb, "corpora", "pages"), "html", "*.html.gz"))
	if err != nil || len(paths) == 0 {
		tb.Fatalf("no pages: %v", err)
	}
	var pages [][]byte
	for _, path := range paths {
		pages = append(pages, readGzip(tb, path))
	}
	return pages
}

func readGzip(tb testing.TB, path string) []byte {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		tb.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}
