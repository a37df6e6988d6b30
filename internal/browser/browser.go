// Package browser opens pages in Chromium for tests, and measures what every page
// must be: silent, named, readable.
package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"slices"
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

// Browser is Chromium with a tab, and what the tab has said and asked for.
type Browser struct {
	Context context.Context // of its tab
	Base    string          // address of the handler

	mu      sync.Mutex
	console []string
	asked   []string
}

// Open starts Chromium on a handler; where there is none the test is skipped, or fails where it is required.
func Open(t *testing.T, h http.Handler) *Browser {
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
	b := &Browser{Context: ctx, Base: server.URL}
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
	Order(t, b, runtime.Enable, cdp.Empty{})
	Order(t, b, log.Enable, cdp.Empty{})
	Order(t, b, network.Enable, network.EnableParams{})
	return b
}

// Order gives the browser a command whose answer says nothing.
func Order[P, R any](t *testing.T, b *Browser, command cdp.Command[P, R], params P) {
	t.Helper()
	if _, err := chromedp.Call(b.Context, command, params); err != nil {
		t.Fatal(err)
	}
}

// Size sets the size of the window, in CSS pixels, and light or dark.
func (b *Browser) Size(t *testing.T, width, height int64, dark bool) {
	t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	Order(t, b, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 500})
	Order(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

// Scheme changes light and dark, and nothing else.
func (b *Browser) Scheme(t *testing.T, scheme string) {
	t.Helper()
	Order(t, b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
}

// Visit opens an address of the handler.
func (b *Browser) Visit(t *testing.T, address string) {
	t.Helper()
	if err := chromedp.Do(b.Context, chromedp.Navigate(b.Base+address)); err != nil {
		t.Fatalf("opening %s: %v", address, err)
	}
}

// Eval runs a script in the page and decodes what it gives.
func Eval[T any](t *testing.T, b *Browser, script string) T {
	t.Helper()
	v, err := chromedp.Run(b.Context, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%v in %.80s", err, script)
	}
	return v
}

// Contrast is how much text of a page was measured, and what of it is too pale.
type Contrast struct {
	Seen int      `json:"seen"`
	Bad  []string `json:"bad"`
}

// Pale finds text whose colour is too near to what is behind it.
func (b *Browser) Pale(t *testing.T) Contrast {
	t.Helper()
	return Eval[Contrast](t, b, pale)
}

// Console is what the pages have said on the console.
func (b *Browser) Console() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.console)
}

// Asked are the addresses that the pages have asked for.
func (b *Browser) Asked() []string { b.mu.Lock(); defer b.mu.Unlock(); return slices.Clone(b.asked) }

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

// Nameless finds controls that a screen reader would have no name for.
func (b *Browser) Nameless(t *testing.T) (list []string, named int) {
	t.Helper()
	tree, err := chromedp.Call(b.Context, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
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

// Where is the address of the page, without the machine.
func (b *Browser) Where(t *testing.T) string {
	t.Helper()
	at, err := chromedp.Run(b.Context, chromedp.Location())
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(at, b.Base)
}

// Follow clicks what a selector finds, and waits for the page that it leads to.
func (b *Browser) Follow(t *testing.T, selector string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.Context, 20*time.Second)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		t.Fatalf("following %s: %v", selector, err)
	}
}

// TabTo presses Tab until what a selector finds has the focus; everything on the way
// must show its focus.
func (b *Browser) TabTo(t *testing.T, selector string) {
	t.Helper()
	for range 400 {
		if err := chromedp.Do(b.Context, chromedp.KeyEvent(kb.Tab)); err != nil {
			t.Fatal(err)
		}
		got := Eval[struct {
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

// Enter presses Enter, and waits for the page that it leads to.
func (b *Browser) Enter(t *testing.T) {
	t.Helper()
	if _, err := chromedp.RunResponse(b.Context, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatal(err)
	}
}
