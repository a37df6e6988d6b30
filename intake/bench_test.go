package intake

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"whence"
	"whence/warc"
)

var warcSize = flag.Int64("warc-size", 32<<20, "bytes of the archive, uncompressed, that BenchmarkReadWARC reads; 2147483648 for the documented figure")

// BenchmarkReadWARC reads one archive of the size that -warc-size gives, made
// by repeating the same 200 records, and reports the peak memory of the whole
// process:
//
//	go test ./intake -run '^$' -bench ReadWARC -benchtime 1x -warc-size 2147483648
func BenchmarkReadWARC(b *testing.B) {
	plain := archiveOf(b, warc.Options{Plain: true}, newsroom(200)...)
	times := *warcSize / int64(len(plain))
	for name, archive := range map[string]string{
		"plain": plain,
		"gzip":  archiveOf(b, warc.Options{}, newsroom(200)...),
	} {
		b.Run(name, func(b *testing.B) {
			resetPeak()
			b.SetBytes(times * int64(len(plain)))
			articles := 0
			for b.Loop() {
				in := io.LimitReader(&repeating{data: []byte(archive)}, times*int64(len(archive)))
				articles += countArticles(b, Options{Stdin: in}, "-")
			}
			b.ReportMetric(float64(articles)/b.Elapsed().Seconds(), "articles/s")
			b.ReportMetric(peakMB(), "peak-MB")
		})
	}
}

func BenchmarkReadLines(b *testing.B) {
	lines := []byte(jsonLines(10000))
	b.SetBytes(int64(len(lines)))
	articles := 0
	for b.Loop() {
		articles += countArticles(b, Options{Stdin: bytes.NewReader(lines)}, "-")
	}
	b.ReportMetric(float64(articles)/b.Elapsed().Seconds(), "articles/s")
}

func BenchmarkRecognise(b *testing.B) {
	head := []byte(newsPage(rand.New(rand.NewPCG(1, 2)), 1))[:HeadSize]
	b.SetBytes(HeadSize)
	for b.Loop() {
		if Recognise(head, "") != HTML {
			b.Fatal("not HTML")
		}
	}
}

func countArticles(b *testing.B, opt Options, inputs ...string) int {
	n := 0
	for _, err := range Map(b.Context(), inputs, opt, func(a *whence.Article) int { return len(a.Text) }) {
		var p *Problem
		if errors.As(err, &p) {
			b.Fatal(p)
		}
		n++
	}
	return n
}

// repeating gives the same bytes over and over.
type repeating struct {
	data []byte
	at   int
}

func (r *repeating) Read(p []byte) (int, error) {
	n := copy(p, r.data[r.at:])
	r.at = (r.at + n) % len(r.data)
	return n, nil
}

// newsroom is what a crawl of a news site holds: of four records one page, its
// request, a picture and a script.
func newsroom(n int) []warc.Draft {
	random := rand.New(rand.NewPCG(7, 11))
	var drafts []warc.Draft
	for i := 0; i < n; i += 4 {
		url := fmt.Sprintf("%s/%d", site, i)
		picture := make([]byte, 40<<10)
		for j := range picture {
			picture[j] = byte(random.Uint32())
		}
		drafts = append(drafts,
			response(url, "200 OK", newsPage(random, i), asHTML),
			warc.RequestDraft(url, []byte("GET / HTTP/1.1\r\n\r\n"), nil, ""),
			response(url+".jpg", "200 OK", string(picture), "Content-Type: image/jpeg"),
			response(url+".js", "200 OK", strings.Repeat("window.quay = window.quay || [];\n", 900), "Content-Type: text/javascript"),
		)
	}
	return drafts
}

// newsPage is a page of about 90 kB, as newsroom systems make them: much
// script and many links around some hundred sentences.
func newsPage(random *rand.Rand, number int) string {
	words := strings.Fields("the old quay of Karvik is shut while ferries leave from a northern pier which was rebuilt last year " +
		"and fishermen say that harbour fees have doubled since spring although town council members promised relief")
	sentence := func() string {
		var s []string
		for range 8 + random.IntN(18) {
			s = append(s, words[random.IntN(len(words))])
		}
		return strings.ToUpper(s[0][:1]) + strings.Join(s, " ")[1:] + "."
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Quay report %d</title>\n<style>%s</style><script>%s</script></head><body><nav>",
		number, strings.Repeat(".teaser{margin:0}\n", 500), strings.Repeat("window.ads=window.ads||[];\n", 1200))
	for i := range 120 {
		fmt.Fprintf(&b, "<li><a class=teaser href=/%d>Section %d</a></li>\n", i, i)
	}
	fmt.Fprintf(&b, "</nav><article><h1>Quay report %d</h1>\n", number)
	for range 35 {
		b.WriteString("<p>")
		for range 4 {
			b.WriteString(sentence() + " ")
		}
		b.WriteString("“" + sentence() + "” Mayor Tove Brandt said.</p>\n")
	}
	b.WriteString("</article><footer>")
	for i := range 200 {
		fmt.Fprintf(&b, "<div class=teaser><a href=/more/%d>%s</a></div>\n", i, sentence())
	}
	return b.String() + "</footer></body></html>"
}

// resetPeak begins to measure the peak of memory anew, where the system can.
func resetPeak() {
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // elsewhere the peak is that of the process so far
}

// peakMB is the most memory that the process has held, 0 where the system
// does not tell.
func peakMB() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(status), "VmHWM:")
	field := strings.Fields(after + " 0")[0]
	kB, err := strconv.Atoi(field)
	if err != nil {
		return 0
	}
	return float64(kB) / 1000
}
