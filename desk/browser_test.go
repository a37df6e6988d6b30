package desk

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"whence/access"
	"whence/internal/browser"
	"whence/ledger"
	"whence/reading"
	"whence/store/sqlite"
	"whence/web"
)

// inBrowser is the desk with the other pages, in Chromium, as an editor sees it.
func inBrowser(t *testing.T) *browser.Browser {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(s, "1", reading.Read)
	t.Cleanup(func() { l.Close() })
	viewer := func(*http.Request) web.Viewer { return web.Viewer{Name: "signe", Editor: true} }
	tables, err := New(l, Options{Viewer: viewer})
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", web.New(l, web.Options{Viewer: viewer}))
	for _, path := range Paths {
		mux.Handle(path, tables)
	}
	return browser.Open(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mux.ServeHTTP(w, r.WithContext(access.With(r.Context(), signe)))
	}))
}

// held holds the page that is open to what every page must be.
func held(t *testing.T, b *browser.Browser) {
	t.Helper()
	at := b.Where(t)
	for _, width := range []int64{360, 1280} {
		b.Size(t, width, 800, width < 500)
		if w := browser.Eval[int64](t, b, `document.documentElement.scrollWidth`); w > width {
			t.Errorf("%s is %d wide in a window of %d", at, w, width)
		}
		for _, scheme := range []string{"light", "dark"} {
			b.Scheme(t, scheme)
			if got := b.Pale(t); got.Seen < 5 || len(got.Bad) > 0 {
				t.Errorf("%s, %s: of %d texts these are pale: %v", at, scheme, got.Seen, got.Bad)
			}
		}
	}
	if list, named := b.Nameless(t); len(list) > 0 || named < 5 {
		t.Errorf("%s: controls without a name: %v (%d have one)", at, list, named)
	}
}

// TestAddAndReview adds a file and judges what was found in it, by keyboard, and
// holds each page on the way to what every page must be.
func TestAddAndReview(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a while")
	}
	b := inBrowser(t)
	file := filepath.Join(t.TempDir(), "exclusive.html")
	if err := os.WriteFile(file, []byte(samplePage(t, "harbourpost-exclusive.html")), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Visit(t, "/add")
	held(t, b)
	if err := chromedp.Do(b.Context, chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file})); err != nil {
		t.Fatal(err)
	}
	b.Follow(t, ".adding > button")
	for began := time.Now(); browser.Eval[bool](t, b, `!document.querySelector(".legs")`); {
		if time.Since(began) > 2*time.Minute {
			t.Fatal("adding does not end")
		}
		time.Sleep(200 * time.Millisecond)
	}
	held(t, b)
	b.Follow(t, ".entered a")
	if at := b.Where(t); !strings.HasPrefix(at, "/article/") {
		t.Fatalf("what was added leads to %s", at)
	}

	b.Visit(t, "/review")
	held(t, b)
	press := func(key string) {
		t.Helper()
		if _, err := chromedp.RunResponse(b.Context, chromedp.KeyEvent(key)); err != nil {
			t.Fatalf("pressing %s: %v", key, err)
		}
	}
	b.Visit(t, browser.Eval[string](t, b, `document.querySelector("#first").getAttribute("href")`))
	first := b.Where(t)
	held(t, b)
	press("j")
	second := b.Where(t)
	press("k")
	if at := b.Where(t); at != first || second == first {
		t.Errorf("j and k lead from %s to %s and back to %s", first, second, at)
	}
	press("a")
	if at := b.Where(t); at != second {
		t.Errorf("after a verdict comes %s, wanted %s", at, second)
	}
	b.Visit(t, first)
	if said := browser.Eval[string](t, b, `document.querySelector(".human").textContent`); !strings.Contains(said, "accepted by signe") {
		t.Errorf("the verdict is shown as %q", said)
	}
	press("u")
	if browser.Eval[bool](t, b, `!!document.querySelector("#undo")`) {
		t.Error("u takes nothing back")
	}

	// Words selected in the paragraph become the part that is corrected.
	if err := chromedp.Do(b.Context, chromedp.KeyEvent("e")); err != nil {
		t.Fatal(err)
	}
	got := browser.Eval[struct{ Value, Words, Text string }](t, b, `(() => {
		const span = document.querySelector("#para [data-at]"), field = document.querySelector("#part-content");
		field.focus();
		const r = document.createRange(); r.setStart(span.firstChild, 1); r.setEnd(span.firstChild, 5);
		getSelection().removeAllRanges(); getSelection().addRange(r);
		document.dispatchEvent(new MouseEvent("mouseup"));
		return {Value: field.value, Words: field.closest(".part").querySelector("bdi").textContent, Text: (Number(span.dataset.at) + 1) + " " + span.textContent.slice(1, 5)};
	})()`)
	at, words, _ := strings.Cut(got.Text, " ")
	if got.Words != words || !strings.HasPrefix(got.Value, at+"-") {
		t.Errorf("selecting %q at %s gives %+v", words, at, got)
	}
	if invalid := browser.Eval[[]string](t, b, `[...document.querySelectorAll("#correct :invalid")].map(e => e.outerHTML)`); len(invalid) > 0 {
		t.Fatalf("the form is not valid: %v", invalid)
	}
	b.Follow(t, "#correct button")
	b.Visit(t, first)
	if said := browser.Eval[string](t, b, `document.querySelector(".human").textContent`); !strings.Contains(said, "corrected by signe") {
		t.Errorf("the correction is shown as %q", said)
	}
	held(t, b)
	for _, line := range b.Console() {
		t.Errorf("the console says %q", line)
	}
	for _, u := range b.Asked() {
		if !strings.HasPrefix(u, b.Base+"/") {
			t.Errorf("%s was asked for", u)
		}
	}
}
