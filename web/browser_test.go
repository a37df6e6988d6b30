package web

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"whence/internal/browser"
)

// TestInChromium opens every page of the sample on a telephone and holds it to what
// every page must be: silent, self-contained, of one width, named, and readable in
// light and dark.
func TestInChromium(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	l := sampleLedger(t)
	b := browser.Open(t, New(l, Options{Viewer: func(*http.Request) Viewer { return Viewer{Name: "ana", Editor: true} }}))
	b.Size(t, 360, 740, false)
	pages := append(samplePages(t, l), "/nothing", "/article/xyz")
	most := time.Duration(0)
	for _, address := range pages {
		start := time.Now()
		b.Visit(t, address)
		if took := time.Since(start); took > most {
			most = took
		}
		if w := browser.Eval[int](t, b, `document.documentElement.scrollWidth`); w > 360 {
			t.Errorf("%s is %d pixels wide on a telephone of 360: %s", address, w, browser.Eval[string](t, b, `[...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > 361 && !e.closest(".wide, svg")).slice(0,3).map(e => e.tagName + "." + e.className).join(" ")`))
		}
		for _, scheme := range []string{"light", "dark"} {
			b.Scheme(t, scheme)
			got := b.Pale(t)
			if got.Seen < 5 {
				t.Errorf("%s: only %d texts were measured", address, got.Seen)
			}
			for _, x := range got.Bad {
				t.Errorf("%s, %s: contrast %s", address, scheme, x)
			}
		}
		if list, named := b.Nameless(t); len(list) > 0 || named < 4 {
			t.Errorf("%s has controls without a name: %v (%d have one)", address, list, named)
		}
	}
	for _, line := range b.Console() {
		if !strings.Contains(line, "status of 404") && !strings.Contains(line, "status of 400") { // the two pages that there are not
			t.Errorf("the console says %q", line)
		}
	}
	for _, u := range b.Asked() {
		if !strings.HasPrefix(u, b.Base+"/") {
			t.Errorf("%s was asked for", u)
		}
	}
	if len(b.Asked()) < len(pages) {
		t.Errorf("only %d requests were seen for %d pages", len(b.Asked()), len(pages))
	}
	t.Logf("%d pages, %d requests; the slowest opened in %v", len(pages), len(b.Asked()), most)
}

// TestWithoutScripts goes from the first page to the words of a figure, and saves a
// search, with scripts switched off.
func TestWithoutScripts(t *testing.T) {
	b := browser.Open(t, New(sampleLedger(t), Options{}))
	b.Size(t, 1280, 900, false)
	browser.Order(t, b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.Visit(t, "/")
	b.Follow(t, ".stories a")
	if at := b.Where(t); !strings.HasPrefix(at, "/story/s") {
		t.Fatalf("the first story leads to %s", at)
	}
	mark := browser.Eval[string](t, b, `document.querySelector(".chart .wideonly a.dot").getAttribute("aria-label")`)
	b.Follow(t, ".chart .wideonly a.dot .shape")
	at := b.Where(t)
	if !strings.HasPrefix(at, "/article/") || !strings.Contains(at, "?at=") {
		t.Fatalf("a figure's mark leads to %s", at)
	}
	lit := browser.Eval[string](t, b, `[...document.querySelectorAll(".lit")].map(e => e.textContent).join("")`)
	if lit == "" || !strings.Contains(mark, lit) {
		t.Errorf("the words %q are lit, the mark says %q", lit, mark)
	}
	if y := browser.Eval[float64](t, b, `document.querySelector(".lit").getBoundingClientRect().top`); y < 0 || y > 900 {
		t.Errorf("the words are at %v, out of sight", y)
	}
	b.Visit(t, "/search?q=tug")
	href := browser.Eval[string](t, b, `[...document.links].find(a => a.textContent.includes("Atom")).getAttribute("href")`)
	answer, err := http.Get(b.Base + href)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if kind := answer.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/atom+xml") {
		t.Errorf("the saved search is %s", kind)
	}
	// Each switch of an article works as a link.
	b.Visit(t, strings.SplitN(at, "?", 2)[0])
	before := browser.Eval[int](t, b, `document.querySelectorAll(".fig").length`)
	b.Follow(t, ".switch.figures")
	if after := browser.Eval[int](t, b, `document.querySelectorAll(".fig").length`); before == 0 || after != 0 {
		t.Errorf("%d figures were marked, and %d when they were switched off", before, after)
	}
}

// TestByKeyboard goes from the first page to the words of a claim by keyboard alone.
// Whatever has the focus shows it.
func TestByKeyboard(t *testing.T) {
	b := browser.Open(t, New(sampleLedger(t), Options{}))
	b.Size(t, 1280, 900, false)
	b.Visit(t, "/")
	b.TabTo(t, ".stories a")
	b.Enter(t)
	b.TabTo(t, ".claims a")
	b.Enter(t)
	if at := b.Where(t); !strings.HasPrefix(at, "/claim/") {
		t.Fatalf("a claim leads to %s", at)
	}
	b.TabTo(t, ".sayings a")
	b.Enter(t)
	if at := b.Where(t); !strings.HasPrefix(at, "/article/") {
		t.Fatalf("its words lead to %s", at)
	}
	// On a story, Tab comes to every link that can be seen, in the order of the page.
	b.Visit(t, "/search?q=ferry")
	links := browser.Eval[int](t, b, `[...document.querySelectorAll("a[href], button, input")].filter(e => e.checkVisibility() && e.tabIndex >= 0 && e.type !== "hidden").length`)
	seen := map[string]bool{}
	for range links {
		if err := chromedp.Do(b.Context, chromedp.KeyEvent(kb.Tab)); err != nil {
			t.Fatal(err)
		}
		seen[browser.Eval[string](t, b, `String([...document.querySelectorAll("*")].indexOf(document.activeElement))`)] = true
	}
	if len(seen) < links-1 {
		t.Errorf("Tab comes to %d of %d", len(seen), links)
	}
}

// TestPassageLinks holds that a link to any passage opens exactly this passage.
func TestPassageLinks(t *testing.T) {
	l := sampleLedger(t)
	b := browser.Open(t, New(l, Options{}))
	b.Size(t, 1280, 900, false)
	s, err := l.Stories(t.Context(), 2, 1)
	if err != nil || len(s) == 0 {
		t.Fatal(err)
	}
	st, err := l.Story(t.Context(), s[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range st.Articles[:3] {
		a, err := l.Article(t.Context(), m.Article)
		if err != nil {
			t.Fatal(err)
		}
		text := []rune(a.Reading.Text)
		for _, at := range [][2]int{{len(text) / 2, len(text)/2 + 30}, {len(text) - 60, len(text) - 20}} {
			for text[at[0]] == ' ' || text[at[0]] == '\n' {
				at[0]++
			}
			want := strings.TrimSpace(strings.SplitN(string(text[at[0]:at[1]]), "\n", 2)[0])
			b.Visit(t, "/") // so that the fragment alone does not count as the same page
			b.Visit(t, fmt.Sprintf("%s#c%d-%d", articleAt(m.Article), at[0], at[0]+len([]rune(want))))
			got := browser.Eval[string](t, b, `[...(CSS.highlights.get("passage") || [])].map(r => r.toString()).join("|")`)
			if got != want {
				t.Errorf("%s#c%d: %q is lit, want %q", m.Path, at[0], got, want)
			}
		}
	}
}

// TestReportOffline opens a story's one file from a disk, where nothing else is.
func TestReportOffline(t *testing.T) {
	l := sampleLedger(t)
	h := New(l, Options{})
	b := browser.Open(t, h)
	s, err := l.Stories(t.Context(), 2, 1)
	if err != nil || len(s) == 0 {
		t.Fatal(err)
	}
	rec := get(t, h, http.MethodGet, storyAt(s[0].ID)+"/report.html")
	if rec.Code != http.StatusOK || !strings.Contains(rec.Header().Get("Content-Disposition"), s[0].ID) {
		t.Fatalf("%d %v", rec.Code, rec.Header())
	}
	file := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(file, rec.Body.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Size(t, 360, 740, true)
	if err := chromedp.Do(b.Context, chromedp.Navigate((&url.URL{Scheme: "file", Path: file}).String())); err != nil {
		t.Fatal(err)
	}
	if w := browser.Eval[int](t, b, `document.documentElement.scrollWidth`); w > 360 {
		t.Errorf("the report is %d pixels wide", w)
	}
	if lost := browser.Eval[[]string](t, b, `[...document.links].map(a => a.getAttribute("href") ?? "").filter(h => !h.startsWith("http") && !(h[0] === "#" && document.getElementById(h.slice(1))))`); len(lost) > 0 {
		t.Errorf("the report leads to what it has not: %v", lost)
	}
	if n := browser.Eval[int](t, b, `document.querySelectorAll(".passages li").length`); n < 20 {
		t.Errorf("the report quotes %d passages", n)
	}
	got := b.Pale(t)
	if got.Seen < 100 || len(got.Bad) > 0 {
		t.Errorf("contrast in the report: %+v", got)
	}
	if len(b.Console()) > 0 || len(b.Asked()) != 1 {
		t.Errorf("the report says %q and asks for %q", b.Console(), b.Asked())
	}
}
