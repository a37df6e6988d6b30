package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"whence/internal/shared"
)

// browser is Chromium with a tab, and what the tab has said and asked for.
type browser struct {
	ctx  context.Context
	base string

	mu      sync.Mutex
	console []string
	asked   []string
}

// open starts Chromium on the sample.
func open(t *testing.T, h http.Handler) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		shared.Missing(t, "chromium")
	}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	ctx, stop1 := chromedp.NewExecAllocator(t.Context(), flags...)
	t.Cleanup(stop1)
	ctx, stop2 := chromedp.NewContext(ctx)
	t.Cleanup(stop2)
	b := &browser{ctx: ctx, base: server.URL}
	err = chromedp.Listen(ctx, func(ev any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch ev := ev.(type) {
		case *runtime.EventConsoleAPICalled:
			b.console = append(b.console, fmt.Sprint(ev.Type, " ", len(ev.Args)))
		case *runtime.EventExceptionThrown:
			b.console = append(b.console, ev.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			b.console = append(b.console, ev.Entry.Text)
		case *network.EventRequestWillBeSent:
			b.asked = append(b.asked, ev.Request.URL)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	order(t, b, runtime.Enable, cdp.Empty{})
	order(t, b, log.Enable, cdp.Empty{})
	order(t, b, network.Enable, network.EnableParams{})
	return b
}

// order gives the browser a command whose answer says nothing.
func order[P, R any](t *testing.T, b *browser, command cdp.Command[P, R], params P) {
	t.Helper()
	if _, err := chromedp.Call(b.ctx, command, params); err != nil {
		t.Fatal(err)
	}
}

func (b *browser) size(t *testing.T, width, height int64, dark bool) {
	t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	order(t, b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 500})
	order(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

// scheme changes light and dark, and nothing else.
func (b *browser) scheme(t *testing.T, scheme string) {
	t.Helper()
	order(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

func (b *browser) visit(t *testing.T, address string) {
	t.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(b.base+address)); err != nil {
		t.Fatalf("opening %s: %v", address, err)
	}
}

// eval runs a script in the page and decodes what it gives.
func eval[T any](t *testing.T, b *browser, script string) T {
	t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%v in %.80s", err, script)
	}
	return v
}

// pale finds text whose colour is too near to what is behind it (WCAG 2.2, 1.4.3:
// at least 4.5 to 1, here for large text too).
const pale = `(() => {
 const parse = c => { const m = (c.match(/[\d.]+/g) || [0,0,0,0]).map(Number); return m.length > 3 ? m : [m[0], m[1], m[2], 1]; };
 const over = (f, b) => [0,1,2].map(i => f[i]*f[3] + b[i]*(1-f[3])).concat(1);
 const lum = c => { const [r,g,b] = c.slice(0,3).map(v => { v /= 255; return v <= .04045 ? v/12.92 : ((v+.055)/1.055)**2.4; }); return .2126*r+.7152*g+.0722*b; };
 const back = e => { const layers = []; for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] > 0) layers.push(c); if (c[3] === 1) break; }
   let bg = [255,255,255,1]; for (const l of layers.reverse()) bg = over(l, bg); return bg; };
 const bad = [];
 const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
 let seen = 0;
 for (let n = walk.nextNode(); n; n = walk.nextNode()) {
  if (!n.data.trim()) continue;
  const e = n.parentElement, s = getComputedStyle(e);
  if (!e.checkVisibility({visibilityProperty: true, opacityProperty: true}) || e.closest("title, .hide")) continue;
  seen++;
  const f = parse(e.closest("svg") && e.namespaceURI.endsWith("svg") ? s.fill : s.color), b = back(e);
  const [x, y] = [lum(over(f, b)), lum(b)].sort((a, c) => c - a);
  const ratio = (x + .05) / (y + .05);
  if (ratio < 4.5) bad.push(ratio.toFixed(2) + " " + n.data.trim().slice(0, 40));
 }
 return {seen, bad: bad.slice(0, 5)};
})()`

// controls are the roles of what can be operated.
var controls = map[string]bool{"link": true, "button": true, "textbox": true, "searchbox": true, "checkbox": true, "combobox": true, "tab": true, "switch": true, "DisclosureTriangle": true}

// nameless finds controls that a screen reader would have no name for.
func nameless(t *testing.T, b *browser) (list []string, named int) {
	t.Helper()
	tree, err := chromedp.Call(b.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		t.Fatal(err)
	}
	text := func(v *accessibility.Value) (s string) {
		if v != nil {
			_ = json.Unmarshal(v.Value, &s) // names that are no strings are none
		}
		return s
	}
	for _, n := range tree.Nodes {
		if n.Ignored || !controls[text(n.Role)] {
			continue
		}
		if strings.TrimSpace(text(n.Name)) == "" {
			list = append(list, fmt.Sprint(text(n.Role), " ", n.NodeID))
		} else {
			named++
		}
	}
	return list, named
}

// TestInChromium opens every page of the sample on a telephone and holds it to what
// every page must be: silent, self-contained, of one width, named, and readable in
// light and dark.
func TestInChromium(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	l := sampleLedger(t)
	b := open(t, New(l, Options{Viewer: func(*http.Request) Viewer { return Viewer{Name: "ana", Editor: true, Token: "t"} }}))
	b.size(t, 360, 740, false)
	pages := append(samplePages(t, l), "/nothing", "/article/xyz")
	most := time.Duration(0)
	for _, address := range pages {
		start := time.Now()
		b.visit(t, address)
		if took := time.Since(start); took > most {
			most = took
		}
		if w := eval[int](t, b, `document.documentElement.scrollWidth`); w > 360 {
			t.Errorf("%s is %d pixels wide on a telephone of 360: %s", address, w, eval[string](t, b, `[...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > 361 && !e.closest(".wide, svg")).slice(0,3).map(e => e.tagName + "." + e.className).join(" ")`))
		}
		for _, scheme := range []string{"light", "dark"} {
			b.scheme(t, scheme)
			got := eval[struct {
				Seen int      `json:"seen"`
				Bad  []string `json:"bad"`
			}](t, b, pale)
			if got.Seen < 5 {
				t.Errorf("%s: only %d texts were measured", address, got.Seen)
			}
			for _, x := range got.Bad {
				t.Errorf("%s, %s: contrast %s", address, scheme, x)
			}
		}
		if list, named := nameless(t, b); len(list) > 0 || named < 4 {
			t.Errorf("%s has controls without a name: %v (%d have one)", address, list, named)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, line := range b.console {
		if !strings.Contains(line, "status of 404") && !strings.Contains(line, "status of 400") { // the two pages that there are not
			t.Errorf("the console says %q", line)
		}
	}
	for _, u := range b.asked {
		if !strings.HasPrefix(u, b.base+"/") {
			t.Errorf("%s was asked for", u)
		}
	}
	if len(b.asked) < len(pages) {
		t.Errorf("only %d requests were seen for %d pages", len(b.asked), len(pages))
	}
	t.Logf("%d pages, %d requests; the slowest opened in %v", len(pages), len(b.asked), most)
}

// TestMeasuresCanFail holds that the measures see what they are to find.
func TestMeasuresCanFail(t *testing.T) {
	b := open(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte(`<body style="background:#fff"><p style="color:#999">pale</p><svg><text y=20 fill="#aaa">pale too</text></svg><a href="/x"></a><button></button><div style="width:900px">wide</div>`))
	}))
	b.size(t, 360, 740, false)
	b.visit(t, "/")
	got := eval[struct {
		Bad []string `json:"bad"`
	}](t, b, pale)
	if len(got.Bad) != 2 {
		t.Errorf("pale text found: %v", got.Bad)
	}
	if list, _ := nameless(t, b); len(list) != 2 {
		t.Errorf("controls without a name found: %v", list)
	}
	if w := eval[int](t, b, `document.documentElement.scrollWidth`); w < 900 {
		t.Errorf("the page is %d wide", w)
	}
}

// where is the address of the page, without the machine.
func (b *browser) where(t *testing.T) string {
	t.Helper()
	at, err := chromedp.Run(b.ctx, chromedp.Location())
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(at, b.base)
}

// follow clicks what a selector finds, and waits for the page that it leads to.
func (b *browser) follow(t *testing.T, selector string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 20*time.Second)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		t.Fatalf("following %s: %v", selector, err)
	}
}

// TestWithoutScripts goes from the first page to the words of a figure, and saves a
// search, with scripts switched off.
func TestWithoutScripts(t *testing.T) {
	b := open(t, New(sampleLedger(t), Options{}))
	b.size(t, 1280, 900, false)
	order(t, b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	b.visit(t, "/")
	b.follow(t, ".stories a")
	if at := b.where(t); !strings.HasPrefix(at, "/story/s") {
		t.Fatalf("the first story leads to %s", at)
	}
	mark := eval[string](t, b, `document.querySelector(".chart .wideonly a.dot").getAttribute("aria-label")`)
	b.follow(t, ".chart .wideonly a.dot .shape")
	at := b.where(t)
	if !strings.HasPrefix(at, "/article/") || !strings.Contains(at, "?at=") {
		t.Fatalf("a figure's mark leads to %s", at)
	}
	lit := eval[string](t, b, `[...document.querySelectorAll(".lit")].map(e => e.textContent).join("")`)
	if lit == "" || !strings.Contains(mark, lit) {
		t.Errorf("the words %q are lit, the mark says %q", lit, mark)
	}
	if y := eval[float64](t, b, `document.querySelector(".lit").getBoundingClientRect().top`); y < 0 || y > 900 {
		t.Errorf("the words are at %v, out of sight", y)
	}
	b.visit(t, "/search?q=tug")
	href := eval[string](t, b, `[...document.links].find(a => a.textContent.includes("Atom")).getAttribute("href")`)
	answer, err := http.Get(b.base + href)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if kind := answer.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/atom+xml") {
		t.Errorf("the saved search is %s", kind)
	}
	// Each switch of an article works as a link.
	b.visit(t, strings.SplitN(at, "?", 2)[0])
	before := eval[int](t, b, `document.querySelectorAll(".fig").length`)
	b.follow(t, ".switch.figures")
	if after := eval[int](t, b, `document.querySelectorAll(".fig").length`); before == 0 || after != 0 {
		t.Errorf("%d figures were marked, and %d when they were switched off", before, after)
	}
}

// TestByKeyboard goes from the first page to the words of a claim by keyboard alone.
// Whatever has the focus shows it.
func TestByKeyboard(t *testing.T) {
	b := open(t, New(sampleLedger(t), Options{}))
	b.size(t, 1280, 900, false)
	b.visit(t, "/")
	b.tabTo(t, ".stories a")
	b.enter(t)
	b.tabTo(t, ".claims a")
	b.enter(t)
	if at := b.where(t); !strings.HasPrefix(at, "/claim/") {
		t.Fatalf("a claim leads to %s", at)
	}
	b.tabTo(t, ".sayings a")
	b.enter(t)
	if at := b.where(t); !strings.HasPrefix(at, "/article/") {
		t.Fatalf("its words lead to %s", at)
	}
	// On a story, Tab comes to every link that can be seen, in the order of the page.
	b.visit(t, "/search?q=ferry")
	links := eval[int](t, b, `[...document.querySelectorAll("a[href], button, input")].filter(e => e.checkVisibility() && e.tabIndex >= 0 && e.type !== "hidden").length`)
	seen := map[string]bool{}
	for range links {
		if err := chromedp.Do(b.ctx, chromedp.KeyEvent(kb.Tab)); err != nil {
			t.Fatal(err)
		}
		seen[eval[string](t, b, `String([...document.querySelectorAll("*")].indexOf(document.activeElement))`)] = true
	}
	if len(seen) < links-1 {
		t.Errorf("Tab comes to %d of %d", len(seen), links)
	}
}

// tabTo presses Tab until what a selector finds has the focus; everything on the way
// must show its focus.
func (b *browser) tabTo(t *testing.T, selector string) {
	t.Helper()
	for range 400 {
		if err := chromedp.Do(b.ctx, chromedp.KeyEvent(kb.Tab)); err != nil {
			t.Fatal(err)
		}
		got := eval[struct {
			Here  bool   `json:"here"`
			Shown bool   `json:"shown"`
			What  string `json:"what"`
		}](t, b, fmt.Sprintf(`(() => { const e = document.activeElement, s = getComputedStyle(e);
			return {here: e.matches(%q), shown: e === document.body || s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2, what: e.outerHTML.slice(0, 90)}; })()`, selector))
		if !got.Shown {
			t.Errorf("no focus is seen on %s", got.What)
		}
		if got.Here {
			return
		}
	}
	t.Fatalf("Tab does not come to %s", selector)
}

func (b *browser) enter(t *testing.T) {
	t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
}

// TestPassageLinks holds that a link to any passage opens exactly this passage.
func TestPassageLinks(t *testing.T) {
	l := sampleLedger(t)
	b := open(t, New(l, Options{}))
	b.size(t, 1280, 900, false)
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
			b.visit(t, "/") // so that the fragment alone does not count as the same page
			b.visit(t, fmt.Sprintf("%s#c%d-%d", articleAt(m.Article), at[0], at[0]+len([]rune(want))))
			got := eval[string](t, b, `[...(CSS.highlights.get("passage") || [])].map(r => r.toString()).join("|")`)
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
	b := open(t, h)
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
	b.size(t, 360, 740, true)
	if err := chromedp.Do(b.ctx, chromedp.Navigate((&url.URL{Scheme: "file", Path: file}).String())); err != nil {
		t.Fatal(err)
	}
	if w := eval[int](t, b, `document.documentElement.scrollWidth`); w > 360 {
		t.Errorf("the report is %d pixels wide", w)
	}
	if lost := eval[[]string](t, b, `[...document.links].map(a => a.getAttribute("href") ?? "").filter(h => !h.startsWith("http") && !(h[0] === "#" && document.getElementById(h.slice(1))))`); len(lost) > 0 {
		t.Errorf("the report leads to what it has not: %v", lost)
	}
	if n := eval[int](t, b, `document.querySelectorAll(".passages li").length`); n < 20 {
		t.Errorf("the report quotes %d passages", n)
	}
	got := eval[struct {
		Seen int      `json:"seen"`
		Bad  []string `json:"bad"`
	}](t, b, pale)
	if got.Seen < 100 || len(got.Bad) > 0 {
		t.Errorf("contrast in the report: %+v", got)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.console) > 0 || len(b.asked) != 1 {
		t.Errorf("the report says %q and asks for %q", b.console, b.asked)
	}
}
