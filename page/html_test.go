package page

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence"
	"whence/charset"
	"whence/internal/golden"
	"whence/internal/shared"
)

func TestPagesOfNewsrooms(t *testing.T) {
	for _, path := range fixtures(t) {
		name := strings.TrimSuffix(filepath.Base(path), ".html")
		t.Run(name, func(t *testing.T) {
			a, err := HTML(readFile(t, path), Options{URL: "https://outlet.example/news/" + name})
			if err != nil {
				t.Fatal(err)
			}
			checkArticle(t, a)
			golden.Check(t, strings.TrimSuffix(path, ".html")+".golden", show(a))
		})
	}
}

// show writes an article for reading: its metadata, then each block with its
// role, and its links below it.
func show(a *whence.Article) string {
	var sb strings.Builder
	for _, field := range []struct{ name, value string }{
		{"title", a.Title},
		{"byline", strings.Join(a.Byline, "; ")},
		{"credits", strings.Join(a.Credits, "; ")},
		{"outlet", a.Outlet},
		{"canonical", a.Canonical},
		{"published", a.Published.String()},
		{"modified", a.Modified.String()},
		{"language", a.Language},
		{"warnings", strings.Join(a.Warnings, "; ")},
	} {
		if field.value != "" {
			fmt.Fprintf(&sb, "%s: %s\n", field.name, field.value)
		}
	}
	text := []rune(a.Text)
	end := 0
	for _, b := range a.Blocks {
		fmt.Fprintf(&sb, "%-6q %-10s %q\n", string(text[end:b.Start]), b.Role, string(text[b.Start:b.End]))
		for _, l := range b.Links {
			fmt.Fprintf(&sb, "       link       %q -> %s\n", string(text[l.Start:l.End]), l.Href)
		}
		end = b.End
	}
	return sb.String()
}

func fixtures(tb testing.TB) []string {
	tb.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "html", "*.html"))
	if err != nil || len(paths) == 0 {
		tb.Fatalf("no pages in testdata: %v", err)
	}
	return paths
}

func readFile(tb testing.TB, path string) []byte {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// checkArticle fails the test where a breaks what the package promises.
func checkArticle(tb testing.TB, a *whence.Article) {
	tb.Helper()
	if err := (&whence.Reading{Article: *a}).Check(); err != nil {
		tb.Error(err)
	}
	if !utf8.ValidString(a.Text) {
		tb.Error("the text is not valid UTF-8")
	}
	text, end := []rune(a.Text), 0
	titles := 0
	for i, b := range a.Blocks {
		if b.Role == whence.RoleTitle {
			titles++
			if words := string(text[b.Start:b.End]); words != a.Title {
				tb.Errorf("the title is %q, its block %q", a.Title, words)
			}
		}
		if gap := string(text[end:b.Start]); strings.TrimSpace(gap) != "" || (gap == "") != (i == 0) {
			tb.Errorf("before block %d stands %q", i, gap)
		}
		for _, l := range b.Links {
			if scheme, _, _ := strings.Cut(strings.ToLower(l.Href), ":"); scheme == "javascript" || scheme == "data" || l.Href == "" {
				tb.Errorf("link to %q", l.Href)
			}
		}
		end = b.End
	}
	if end != len(text) {
		tb.Errorf("%q stands below the last block", string(text[end:]))
	}
	if titles > 1 || titles == 0 && a.Title != "" {
		tb.Errorf("%d blocks of title for the title %q", titles, a.Title)
	}
	if a.ID == "" {
		tb.Error("no ID")
	}
}

func TestReadingIsTheSameEveryTime(t *testing.T) {
	for _, path := range fixtures(t) {
		data := readFile(t, path)
		first, err := HTML(data, Options{})
		if err != nil {
			t.Fatal(err)
		}
		second, err := HTML(data, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if show(first) != show(second) {
			t.Errorf("%s is read in two ways:\n%s\n%s", path, show(first), show(second))
		}
	}
}

// TestAnyMarkup puts pages together out of fragments, well nested or not.
func TestAnyMarkup(t *testing.T) {
	fragments := []string{
		"<p>", "</p>", "<div>", "</div>", "<div class=related>", "<div class=caption>", "<blockquote>", "</blockquote>",
		"<h1>", "</h1>", "<h2>", "</h2>", "<ul><li>", "</ul>", "<li>", "<a href='/x'>", "<a href='javascript:x()'>", "</a>",
		"<b>", "</b>", "<i class=x>", "</i>", "<br>", "<br><br>", "<pre>", "</pre>", "<img src=x>", "<figure>", "<figcaption>", "</figure>",
		"<table><tr><td>", "</table>", "<td>", "<aside>", "</aside>", "<article>", "</article>", "<p class=byline>", "<time>", "<p class=standfirst>",
		"<p class=correction>", "<svg><title>", "</svg>", "<template>", "<base href='//b.example/'>", "<title>A title of words</title>",
		"A sentence of the harbour, and one more. ", "“Words,” he said.", "By Ann Moe", "(Northwire) — ", "KARVIK (AP) — ", "Read more: ", "Correction: it was not so. ",
		"x", " ", "\n", "\t", "\u00a0", "\u00ad", "\u200b", "\u202e", "\x00", "\xff", "é", "😀", "&amp;", "&nbsp;", "&#0;", "\ufdd0",
	}
	rapid.Check(t, func(t *rapid.T) {
		page := strings.Join(rapid.SliceOfN(rapid.SampledFrom(fragments), 0, 80).Draw(t, "fragments"), "")
		a, err := HTML([]byte(page), Options{URL: "https://outlet.example/a"})
		if errors.Is(err, whence.ErrNoText) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		checkArticleOf(t, a)
	})
}

// checkArticleOf is checkArticle for rapid's tests.
func checkArticleOf(t *rapid.T, a *whence.Article) {
	if err := (&whence.Reading{Article: *a}).Check(); err != nil {
		t.Fatal(err)
	}
	text, end := []rune(a.Text), 0
	for i, b := range a.Blocks {
		if gap := string(text[end:b.Start]); strings.TrimSpace(gap) != "" || (gap == "") != (i == 0) {
			t.Fatalf("before block %d stands %q", i, gap)
		}
		end = b.End
	}
	if end != len(text) {
		t.Fatalf("%q stands below the last block", string(text[end:]))
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name, page string
		limits     Limits
		want       error
		says       string
	}{
		{"empty", "", Limits{}, whence.ErrNoText, "no text"},
		{"no text", "<p><img src=x></p><script>let a = 1</script>", Limits{}, whence.ErrNoText, "no text"},
		{"links alone", "<ul>" + strings.Repeat("<li><a href=x>Another story of the day</a>", 9) + "</ul>", Limits{}, whence.ErrNoText, "100 % of it links"},
		{"too large", "<p>" + strings.Repeat("Words. ", 100), Limits{Bytes: 100}, whence.ErrTooLarge, "100 bytes"},
		{"too slow", "<p>" + strings.Repeat("Words. ", 100), Limits{Time: 1}, whence.ErrTooSlow, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, err := HTML([]byte(c.page), Options{Limits: c.limits})
			if a != nil || !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, %v; want an error that wraps %q and says %q", a, err, c.want, c.says)
			}
		})
	}
}

func TestDeepPageIsReadRoughly(t *testing.T) {
	words := "<p>The ferry is late, said the master. <b>It is always late</b> in <a href=/winter>winter</a>.</p><p>He declined to say why.</p>"
	for name, page := range map[string]struct {
		html  string
		depth int
	}{
		"past the parser": {strings.Repeat("<div>", 3000) + words + strings.Repeat("</div>", 3000), 0},
		"past the limit":  {strings.Repeat("<div>", 30) + words + strings.Repeat("</div>", 30), 20},
	} {
		t.Run(name, func(t *testing.T) {
			a, err := HTML([]byte(page.html), Options{URL: "https://outlet.example/", Limits: Limits{Depth: page.depth}})
			if err != nil {
				t.Fatal(err)
			}
			checkArticle(t, a)
			if want := "The ferry is late, said the master. It is always late in winter.\n\nHe declined to say why."; a.Text != want {
				t.Errorf("text is %q, want %q", a.Text, want)
			}
			if len(a.Warnings) != 1 || !strings.Contains(a.Warnings[0], "deeper") {
				t.Errorf("warnings are %q", a.Warnings)
			}
			if links := a.Blocks[0].Links; len(links) != 1 || links[0].Href != "https://outlet.example/winter" {
				t.Errorf("links are %v", links)
			}
		})
	}
}

// TestRoughTreeReadsLikeTheParser compares the blocks of text of the two trees
// on pages that both can read.
func TestRoughTreeReadsLikeTheParser(t *testing.T) {
	for _, path := range fixtures(t) {
		source, _ := charset.HTML(readFile(t, path), "")
		source = strings.ReplaceAll(source, "\x00", "\ufdd0")
		deadline := time.Now().Add(time.Minute)
		parsed, warning, err := parse(source, DefaultDepth, deadline)
		if err != nil || warning != "" {
			t.Fatal(warning, err)
		}
		rough, err := roughParse(source, DefaultDepth, deadline)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(chunkTexts(lay(parsed, "")), chunkTexts(lay(rough, ""))); diff != "" {
			t.Errorf("%s (-parser +rough):\n%s", path, diff)
		}
	}
}

func chunkTexts(l *layout) []string {
	var texts []string
	for _, c := range l.chunks {
		texts = append(texts, c.text)
	}
	return texts
}

func TestEncodingsAndFeedsDoNotPanic(t *testing.T) {
	for _, corpus := range []string{"encodings", "feeds"} {
		root := shared.Path(t, "corpora", corpus)
		read, refused := 0, 0
		err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			a, err := HTML(readFile(t, path), Options{Path: path})
			switch {
			case err == nil:
				read++
				checkArticle(t, a)
			case errors.Is(err, whence.ErrNoText) || errors.Is(err, whence.ErrTooLarge):
				refused++
			default:
				t.Errorf("%s: %v", path, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d files read, %d refused", corpus, read, refused)
	}
}

func FuzzHTML(f *testing.F) {
	for _, path := range fixtures(f) {
		f.Add(readFile(f, path))
	}
	for _, build := range hostile {
		f.Add([]byte(build(400)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := HTML(data, Options{URL: "https://outlet.example/a/b"})
		if err == nil {
			checkArticle(t, a)
		} else if !errors.Is(err, whence.ErrNoText) && !errors.Is(err, whence.ErrTooLarge) && !errors.Is(err, whence.ErrTooSlow) {
			t.Error(err)
		}
	})
}
