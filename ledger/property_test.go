package ledger_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence"
)

// fragments are paragraphs that articles share: what an outlet prints under all
// it prints, a wire's copy, what somebody said, one outlet that names another.
var fragments = []string{
	"The Gazette is published daily by the harbour trust and can be had at every kiosk between the old quay and the new lighthouse road.",
	"Sign up for the morning letter of the Post and never again miss what moves the islands, from the fish market to the council hall.",
	"Twelve boats were lost when the breakwater at Karvik gave way during the night, the harbour office said, and divers were still searching for the crews at noon.",
	"The breakwater had been due for repair since the winter before last, but the money was moved to the new ferry terminal in the spring, documents show.",
	"“We were told that the wall would hold for another twenty years, and we believed it,” said Zoe Marr, the mayor of Karvik.",
	"“Nobody who signed that paper will sign another one for this city,” the minister of works told reporters on the quay.",
	"The Gazette reported that the inspectors had warned of cracks in the northern wall three times before the night of the storm.",
	"As first reported by the Post, the insurers had asked for a new survey of the northern wall before the winter and were refused it.",
	"Ferries between Karvik and Ternsay run again from Tuesday morning, with one boat fewer, the company said in a statement on its site.",
	"Schools on both sides of the sound stay closed until the water mains are mended and the pressure has been steady for one whole day.",
}

var outlets = []string{"Gazette", "Post", "Northern Echo", "Meridian Wire", ""}

// anArticle draws an article made of fragments and words of its own.
func anArticle(t *rapid.T, i int) whence.Article {
	var parts []string
	for _, k := range rapid.SliceOfN(rapid.IntRange(0, len(fragments)-1), 0, 4).Draw(t, "fragments") {
		parts = append(parts, fragments[k])
	}
	if rapid.IntRange(0, 3).Draw(t, "own") > 0 {
		parts = append(parts, fmt.Sprintf("Only number %d says that %d lamps of the %dth pier were counted by the keeper %d of that shore.", i, i*7, i, i*3))
	}
	a := whence.Article{
		Path:   fmt.Sprint(i, ".html"),
		URL:    fmt.Sprintf("https://paper.example/%d", rapid.IntRange(0, 20).Draw(t, "page")),
		Outlet: rapid.SampledFrom(outlets).Draw(t, "outlet"),
		Title:  rapid.SampledFrom([]string{"The wall", "Boats lost at Karvik", fmt.Sprint("Number ", i)}).Draw(t, "title"),
		Text:   strings.Join(parts, "\n\n"),
	}
	if a.Text == "" {
		a.Text = "Nothing."
	}
	if day := rapid.IntRange(-2, 12).Draw(t, "day"); day >= 0 {
		a.Published = whence.Date{Time: time.Date(2027, 3, 1+day*rapid.SampledFrom([]int{0, 1, 9}).Draw(t, "pace"), 0, 0, 0, 0, time.UTC), Precision: whence.Day}
	} else if day == -1 {
		a.Captured = whence.Date{Time: time.Date(2027, 3, 3, 4, 5, 0, 0, time.UTC), Precision: whence.Second}
	}
	a.Identify()
	return a
}

// TestAnyWay adds articles in two ways, in any order, cut into any portions, with
// any removed and added again between, by an older and the newer reader, and
// compares all that the two ledgers hold.
func TestAnyWay(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		var articles []whence.Article
		for i := range rapid.IntRange(2, 30).Draw(t, "articles") {
			a := anArticle(t, i)
			if rapid.IntRange(0, 7).Draw(t, "again") == 0 && i > 0 {
				b := articles[i/2]
				a.URL, a.Outlet, a.Text = b.URL, b.Outlet, b.Text // captured again, with other dates and titles
				a.Identify()
			}
			articles = append(articles, a)
		}
		holders, onTopic, together := rapid.IntRange(2, 6).Draw(t, "holders"), rapid.IntRange(1, 5).Draw(t, "on topic"), rapid.IntRange(1, 8).Draw(t, "together")
		var dumps [2][]string
		for way := range dumps {
			n++
			path := filepath.Join(dir, fmt.Sprint(n, ".db"))
			l, end := openPlain(t, path)
			l.Narrow(holders, onTopic, together)
			rest := rapid.Permutation(articles).Draw(t, "order")
			l.Reread("old")
			for len(rest) > 0 {
				k := rapid.IntRange(1, len(rest)).Draw(t, "portion")
				add(t, l, rest[:k])
				if rapid.Bool().Draw(t, "takes out") {
					gone := rapid.SampledFrom(rest[:k]).Draw(t, "gone")
					if _, err := l.Remove(context.Background(), gone.ID); err != nil {
						t.Fatal(err)
					}
					for _, a := range articles {
						if a.ID == gone.ID && !slices.ContainsFunc(rest[k:], func(b whence.Article) bool { return cmp.Equal(a, b) }) {
							add(t, l, []whence.Article{a})
						}
					}
				}
				rest = rest[k:]
			}
			l.Reread("plain")
			add(t, l, rapid.Permutation(articles).Draw(t, "second order"))
			dumps[way] = strings.Split(dump(t, l), "\n")
			verify(t, l)
			end()
			for _, tail := range []string{"", "-wal", "-shm"} {
				_ = os.Remove(path + tail) // room for the next
			}
		}
		if diff := cmp.Diff(dumps[0], dumps[1]); diff != "" {
			t.Fatalf("two ways give two ledgers (-one +other):\n%.3000s", diff)
		}
	})
}
