package intake

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"whence"
	"whence/page"
)

// anArticle is a page with one article.
func anArticle(title string) string {
	return "<!DOCTYPE html><html><head><title>" + title + "</title></head><body><article><h1>" + title + `</h1>
<p>The port authority will close the old quay in June, Mayor Tove Brandt said on Tuesday, ending a dispute of four years.</p>
<p>“We have looked at every other way,” she told reporters at the town hall. “There is none that the town can bear.”</p>
</article></body></html>`
}

// jsonLines is n articles.
func jsonLines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "{\"text\":\"Ferry %d has left, the harbour master said.\"}\n", i)
	}
	return b.String()
}

func gzipped(t testing.TB, content string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// only fails the test unless there is exactly one problem, and it says so.
func only(t *testing.T, problems []*Problem, why error, words string) {
	t.Helper()
	if len(problems) != 1 {
		t.Fatalf("%d problems, want 1: %v", len(problems), problems)
	}
	p := problems[0]
	if !errors.Is(p, why) || !strings.Contains(p.Error(), words) {
		t.Errorf("%v does not wrap %q or say %q", p, why, words)
	}
	if strings.ContainsAny(p.Error(), "\n\r\x1b") {
		t.Errorf("%q is not one line", p.Error())
	}
}

func TestMapGzip(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"page.html.gz": anArticle("Quay shut"),
		"text.gz":      "The quay is shut.",
		"a.jsonl.gz":   jsonLines(1),
		"feed.xml.gz":  `<rss version="2.0"><channel><item><title>Quay shut</title></item></channel></rss>`,
		"one.json.gz":  "{\n\"text\":\"The quay is shut.\"}",
	} {
		path := write(t, filepath.Join(dir, name), gzipped(t, content))
		if articles, problems := readAll(t, Options{}, path); len(articles) != 1 || len(problems) != 0 {
			t.Errorf("%s: %d articles, problems %v", name, len(articles), problems)
		}
	}
	whole := gzipped(t, strings.Repeat("The quay is shut. ", 1e4))
	for name, c := range map[string]struct {
		content, words string
		why            error
	}{
		"cut.txt.gz":   {whole[:len(whole)-20], "unexpected EOF", io.ErrUnexpectedEOF},
		"head.gz":      {whole[:12], "gzip", whence.ErrMalformed},
		"nothing.gz":   {gzipped(t, ""), "empty", whence.ErrNoText},
		"twice.gz":     {gzipped(t, gzipped(t, "The quay is shut.")), "inside gzip", whence.ErrNotRecognised},
		"pdf.gz":       {gzipped(t, "%PDF-1.7"), "PDF", whence.ErrNotRecognised},
		"zip.gz":       {gzipped(t, zipOf(t, "archive/a.warc")), "inside gzip", whence.ErrNotRecognised},
		"bomb.html.gz": {gzipped(t, "<html>"+strings.Repeat(" ", 1<<20)), "1 MiB", whence.ErrTooLarge},
	} {
		path := write(t, filepath.Join(dir, "bad", name), c.content)
		articles, problems := readAll(t, Options{Page: page.Limits{Bytes: 1 << 20}}, path)
		only(t, problems, c.why, c.words)
		if len(articles) != 0 {
			t.Errorf("%s gives an article", name)
		}
	}
}

func TestMapLimits(t *testing.T) {
	dir := t.TempDir()
	opt := Options{Page: page.Limits{Bytes: 1000}}
	long := strings.Repeat("a", 1001)
	for name, content := range map[string]string{
		"long.txt":  long,
		"long.html": "<html>" + long,
		"long.xml":  `<rss version="2.0">` + long,
	} {
		_, problems := readAll(t, opt, write(t, filepath.Join(dir, name), content))
		only(t, problems, whence.ErrTooLarge, "larger than the limit of 1000 bytes")
		if !strings.Contains(problems[0].Hint, "--page-bytes") {
			t.Errorf("%s: the hint is %q", name, problems[0].Hint)
		}
	}
	long = strings.Repeat("a", 1000+lineSlack)
	path := write(t, filepath.Join(dir, "lines"), `{"text":"one"}`+"\n"+`{"text":"`+long+`"}`+"\n"+`{"text":"three"}`)
	articles, problems := readAll(t, opt, path)
	only(t, problems, whence.ErrTooLarge, "line 2")
	if len(articles) != 2 || articles[1].Path != path+"#3" {
		t.Errorf("the lines around a long one give %d articles", len(articles))
	}
}

func TestMapNamesOnlySoManyLines(t *testing.T) {
	path := write(t, filepath.Join(t.TempDir(), "a.jsonl"), strings.Repeat("{}\n", mostLines+7)+jsonLines(1))
	articles, problems := readAll(t, Options{}, path)
	if len(articles) != 1 || len(problems) != mostLines+1 {
		t.Fatalf("%d articles, %d problems", len(articles), len(problems))
	}
	if last := problems[mostLines].Error(); last != path+": 7 more lines that are not articles" {
		t.Error(last)
	}
}

func TestMapKeepsTextExactly(t *testing.T) {
	for text, encoded := range map[string]string{
		" a\r\n\t\u202eb\u200b\x00 ": `" a\r\n\t\u202eb\u200b\u0000 "`,
		"\U0001F6A2 e\u0301 \uFEFF":  `"\ud83d\udea2 e\u0301 \ufeff"`,
		"lone \uFFFD half":           `"lone \ud83d half"`,
	} {
		line := `{"text":` + encoded + "}"
		for _, in := range []string{line, "\uFEFF" + line} {
			articles, problems := readAll(t, Options{Stdin: strings.NewReader(in)}, "-")
			if len(problems) != 0 || len(articles) != 1 || articles[0].Text != text {
				t.Errorf("%q gives %v %v", in, articles, problems)
			}
		}
	}
	articles, _ := readAll(t, Options{Stdin: strings.NewReader("{\"text\":\"quay \xff shut\"}")}, "-")
	if len(articles) != 1 || articles[0].Text != "quay \uFFFD shut" || len(articles[0].Warnings) != 1 {
		t.Errorf("bytes that are not UTF-8: %+v", articles)
	}
}

func TestMapPublished(t *testing.T) {
	given, err := whence.ParseDate("2027-03-09")
	if err != nil {
		t.Fatal(err)
	}
	in := `{"text":"The quay is shut."}` + "\n" + `{"text":"The pier is shut.","published":"2026-01"}`
	articles, _ := readAll(t, Options{Stdin: strings.NewReader(in), Published: given}, "-")
	if len(articles) != 2 || articles[0].Published != given || articles[1].Published.String() != "2026-01" {
		t.Errorf("%+v", articles)
	}
	for _, a := range articles {
		id := a.ID
		if a.Identify(); a.ID != id {
			t.Error("the id is not that of the article")
		}
	}
}

func TestMapFolderLinks(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "news", "a.txt"), "The quay is shut.")
	write(t, filepath.Join(dir, "other", "b.txt"), "The pier is shut.")
	for link, to := range map[string]string{
		"news/loop": "..", "news/self": ".", "news/other": "../other", "news/again": "../other",
		"news/file": "../other/b.txt", "news/broken": "nowhere",
	} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skip(err)
		}
	}
	articles, problems := readAll(t, Options{}, filepath.Join(dir, "news"))
	only(t, problems, os.ErrNotExist, "broken")
	var paths []string
	for _, a := range articles {
		paths = append(paths, strings.TrimPrefix(a.Path, dir))
	}
	// "again" and "loop/other" are the folder that was read as "again".
	if got := strings.Join(paths, " "); got != "/news/a.txt /news/again/b.txt /news/file" {
		t.Error(got)
	}
}

// Two times the same folder is two times what the user asked for.
func TestMapInputTwice(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.txt"), "The quay is shut.")
	if articles, _ := readAll(t, Options{}, dir, dir); len(articles) != 2 {
		t.Errorf("%d articles, want 2", len(articles))
	}
}

func TestMapStdin(t *testing.T) {
	_, problems := readAll(t, Options{}, "-")
	if len(problems) != 1 {
		t.Errorf("no standard input gives %v", problems)
	}
	_, problems = readAll(t, Options{Stdin: strings.NewReader("")}, "-")
	only(t, problems, whence.ErrNoText, "empty")
	_, problems = readAll(t, Options{Stdin: strings.NewReader(zipOf(t, "archive/a.warc"))}, "-")
	only(t, problems, whence.ErrNotRecognised, "stream")
}

// endless is JSON Lines without end.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) {
	e.n++
	return copy(p, fmt.Sprintf("{\"text\":\"Ferry %d has left.\"}\n", e.n)), nil
}

func TestMapBreakLeavesNothingRunning(t *testing.T) {
	for _, workers := range []int{1, 4} {
		check := noLeak(t)
		n := 0
		for a, err := range Map(t.Context(), []string{"-", "absent"}, Options{Stdin: &endless{}, Workers: workers}, article) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; a.Path != fmt.Sprintf("-#%d", n) {
				t.Fatalf("article %d is %s", n, a.Path)
			}
			if n == 1000 {
				break
			}
		}
		check()
	}
}

func TestMapContext(t *testing.T) {
	defer noLeak(t)()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n, last := 0, error(nil)
	for _, err := range Map(ctx, []string{"-"}, Options{Stdin: &endless{}}, article) {
		if n++; n == 100 {
			cancel()
		}
		last = err
	}
	if !errors.Is(last, context.Canceled) || n > 200 {
		t.Errorf("after %d results the last error is %v", n, last)
	}
}

// A standard input that gives nothing does not keep a cancelled intake.
func TestMapContextOnSilentInput(t *testing.T) {
	silent, feed := io.Pipe()
	defer feed.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	var last error
	for _, err := range Map(ctx, []string{"-"}, Options{Stdin: silent}, article) {
		last = err
	}
	if !errors.Is(last, context.DeadlineExceeded) {
		t.Error(last)
	}
}

// failing is an input that breaks off.
type failing struct{ io.Reader }

func (f failing) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if errors.Is(err, io.EOF) {
		err = errors.New("the disk\nis gone\x1b[2J")
	}
	return n, err
}

func TestMapReadError(t *testing.T) {
	articles, problems := readAll(t, Options{Stdin: failing{strings.NewReader(jsonLines(9000))}}, "-")
	if len(articles) < 100 || len(problems) != 1 || !strings.Contains(problems[0].Error(), `the disk\nis gone\x1b[2J`) {
		t.Errorf("%d articles, %v", len(articles), problems)
	}
}

func TestMapPanicIsAProblem(t *testing.T) {
	var after []string
	var problems []*Problem
	work := func(a *whence.Article) string {
		if strings.Contains(a.Text, "Ferry 2 ") {
			panic("stranded\n")
		}
		return a.Path
	}
	for path, err := range Map(t.Context(), []string{"-"}, Options{Stdin: strings.NewReader(jsonLines(4))}, work) {
		var p *Problem
		if errors.As(err, &p) {
			problems = append(problems, p)
			continue
		}
		after = append(after, path)
	}
	if strings.Join(after, " ") != "-#1 -#2 -#4" || len(problems) != 1 {
		t.Fatalf("%v %v", after, problems)
	}
	if got := problems[0].Error(); !strings.Contains(got, `-, line 3: its reading broke down: stranded\n, at intake.TestMapPanicIsAProblem`) {
		t.Error(got)
	}
}

func TestMapPanicInTheReader(t *testing.T) {
	_, problems := readAll(t, Options{Stdin: readerFunc(func([]byte) (int, error) { return 0, nil })}, "-")
	if len(problems) != 1 {
		t.Errorf("a reader that gives nothing: %v", problems)
	}
	s := &scan{ctx: t.Context(), put: func(it item) bool { problems = append(problems, it.find().problem); return true }}
	if !s.attempt("quay", func() error { panic("stranded") }) || len(problems) != 2 || !strings.Contains(problems[1].Error(), "stranded") {
		t.Errorf("%v", problems)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestMapProgress(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.jsonl"), jsonLines(3))
	path := write(t, filepath.Join(dir, "b", "b.jsonl"), jsonLines(2000))
	want := int64(len(jsonLines(3)) + len(jsonLines(2000)))
	var last Progress
	calls := 0
	opt := Options{Progress: func(p Progress) {
		if calls++; p.Bytes < last.Bytes || p.Articles < last.Articles {
			t.Errorf("%+v comes after %+v", p, last)
		}
		last = p
	}}
	start := time.Now()
	readAll(t, opt, dir)
	if most := 2 + int(time.Since(start)/progressEvery); calls < 1 || calls > most {
		t.Errorf("%d calls, want 1 to %d", calls, most)
	}
	if last != (Progress{Input: path, Bytes: want, Total: want, Articles: 2003}) {
		t.Errorf("%+v", last)
	}
	opt.Stdin = strings.NewReader(jsonLines(1))
	if last = (Progress{}); true {
		readAll(t, opt, "-")
	}
	if last.Total != 0 || last.Bytes == 0 || last.Articles != 1 {
		t.Errorf("standard input: %+v", last)
	}
}

func TestMapWorksSideBySide(t *testing.T) {
	var now, most atomic.Int32
	work := func(*whence.Article) int {
		if n := now.Add(1); n > most.Load() {
			most.Store(n)
		}
		time.Sleep(time.Millisecond)
		now.Add(-1)
		return 0
	}
	for _, err := range Map(t.Context(), []string{"-"}, Options{Stdin: strings.NewReader(jsonLines(60)), Workers: 3}, work) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if most.Load() != 3 {
		t.Errorf("%d at a time, want 3", most.Load())
	}
}

func TestProblem(t *testing.T) {
	p := &Problem{Input: "a\nb\x1b[2J\u202e\xff", Err: fmt.Errorf("%w:\r\n%s", whence.ErrMalformed, strings.Repeat("x", 2*longest))}
	want := `a\nb\x1b[2J\u202e\xff: malformed:\r\n` + strings.Repeat("x", longest-len("malformed:..")) + "…"
	if got := p.Error(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if !errors.Is(p, whence.ErrMalformed) {
		t.Error("the reason is not wrapped")
	}
}
