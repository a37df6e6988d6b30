package ledger_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"whence"
	"whence/ledger"
)

// TestOddArticles adds what no newsroom sends: it comes back as it was, the
// ledger stays sound, and taking all of it out leaves nothing.
func TestOddArticles(t *testing.T) {
	body := strings.Join(fragments[:3], "\n\n")
	day := func(year int) whence.Date {
		return whence.Date{Time: time.Date(year, 2, 3, 0, 0, 0, 0, time.UTC), Precision: whence.Day}
	}
	var articles []whence.Article
	for _, a := range []whence.Article{
		{Path: "none", Text: body},
		{Path: "none again", Outlet: "Post", Text: body},
		{Path: "future", Text: body + " Then.", Published: day(2190)},
		{Path: "far future", Text: body + " Far.", Published: day(9999)},
		{Path: "before 1970", Text: body + " Early.", Published: day(1912)},
		{Path: "long before", Text: body + " First.", Published: day(1850)},
		{Path: "equal dates", URL: "https://a.example/1", Text: body + " Equal.", Published: day(2027)},
		{Path: "equal dates too", URL: "https://a.example/2", Text: body + " Equal too.", Published: day(2027)},
		{Path: "a\x00b\x1b[2J", URL: "https://a.example/'; DROP TABLE articles; --", Outlet: "'); --\x00", Title: strings.Repeat("\x07long ", 20000), Text: body + " Hostile."},
		{Path: strings.Repeat("../", 5000), Text: "\x00\x01\x02 \U0010ffff \u202e txet"},
		{Path: "one word", Text: "x"},
		{Path: "one word over and over", Text: strings.Repeat("again ", 20000)},
		// Two outlets, each of which names the other as the first to report.
		{Path: "each", URL: "https://each.example/1", Outlet: "Gazette", Published: day(2027), Text: fragments[7] + "\n\n" + fragments[2]},
		{Path: "other", URL: "https://other.example/1", Outlet: "Post", Published: day(2027), Text: fragments[6] + "\n\n" + fragments[2]},
	} {
		a.Identify()
		articles = append(articles, a)
	}
	l := open(t, filepath.Join(t.TempDir(), "l.db"))
	empty := dump(t, l)
	for _, a := range articles { // as JSON Lines could not hold all of them
		if _, err := l.AddArticles(context.Background(), func(yield func(*whence.Article) bool) { yield(&a) }); err != nil {
			t.Fatalf("%.40q: %v", a.Path, err)
		}
	}
	verify(t, l)
	want := dump(t, l)
	for _, a := range articles {
		got, err := l.Article(context.Background(), a.ID)
		if err != nil || got.Reading.Text != a.Text || got.Reading.Path != a.Path || !got.Reading.Published.Time.Equal(a.Published.Time) {
			t.Errorf("%.40q does not come back (%v)", a.Path, err)
		}
		if _, err := l.Remove(context.Background(), a.ID); err != nil {
			t.Errorf("%.40q: %v", a.Path, err)
		}
	}
	if got := dump(t, l); got != empty {
		t.Errorf("something is left:\n%.2000s", got)
	}
	other := open(t, filepath.Join(t.TempDir(), "l.db"))
	for _, a := range shuffled(articles, 5) {
		if _, err := other.AddArticles(context.Background(), func(yield func(*whence.Article) bool) { yield(&a) }); err != nil {
			t.Fatal(err)
		}
	}
	if dump(t, other) != want {
		t.Error("another order gives another ledger")
	}
	for _, id := range []string{"' OR 1=1 --", "%", "sha256:", strings.Repeat("f", 1<<16), "\x00"} {
		if _, err := l.Article(context.Background(), id); err == nil {
			t.Errorf("%.20q is an id", id)
		}
	}
}

// TestLargeArticle adds one article of 10 MB beside others.
func TestLargeArticle(t *testing.T) {
	if testing.Short() {
		t.Skip("minutes under the race detector")
	}
	var b strings.Builder
	for i := 0; b.Len() < 10<<20; i++ {
		fmt.Fprintf(&b, "Line %d of the register names berth %d and the vessel that lay there on day %d.\n", i, i*7919%10007, i*31%1009)
	}
	large := whence.Article{Path: "large", Text: b.String()}
	part := whence.Article{Path: "part", Text: large.Text[5<<20 : 5<<20+4000]}
	l := open(t, filepath.Join(t.TempDir(), "l.db"))
	for _, a := range []whence.Article{large, part} {
		a.Identify()
		if _, err := l.AddArticles(context.Background(), func(yield func(*whence.Article) bool) { yield(&a) }); err != nil {
			t.Fatal(err)
		}
	}
	verify(t, l)
	if c, err := l.Counts(context.Background()); err != nil || c.Articles != 2 || c.Pairs != 1 {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestSameTextAgain captures one text at one address many times: it is one
// article, whatever was captured when.
func TestSameTextAgain(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "l.db"))
	var sum ledger.Added
	for i := range 300 {
		a := whence.Article{Path: fmt.Sprint(i), URL: "https://a.example/1", Text: fragments[2],
			Captured: whence.Date{Time: time.Date(2027, 3, 1, 0, 300-i, 0, 0, time.UTC), Precision: whence.Second}}
		a.Identify()
		done, err := l.AddArticles(context.Background(), func(yield func(*whence.Article) bool) { yield(&a) })
		if err != nil {
			t.Fatal(err)
		}
		sum.Articles += done.Articles
	}
	verify(t, l)
	if c, err := l.Counts(context.Background()); err != nil || c.Articles != 1 || sum.Articles != 1 {
		t.Errorf("%+v, %+v, %v", c, sum, err)
	}
}
