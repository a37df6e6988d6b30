package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"whence/ledger"
)

// camera is a browser that photographs pages.
type camera struct{ ctx context.Context }

// newCamera starts Chromium; stop ends it.
func newCamera(ctx context.Context) (*camera, func(), error) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return nil, nil, fmt.Errorf("the pictures need Chromium: %w (on Debian: apt-get install chromium)", err)
	}
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-component-update", true), chromedp.Flag("hide-scrollbars", true))
	ctx, stop1 := chromedp.NewExecAllocator(ctx, flags...)
	ctx, stop2 := chromedp.NewContext(ctx)
	stop := func() { stop2(); stop1() }
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, nil, fmt.Errorf("starting Chromium: %w", err)
	}
	return &camera{ctx}, stop, nil
}

// look is how a page is looked at.
type look struct {
	name          string
	width, height int64
	dark, paper   bool
	scale         float64
}

// photograph takes a picture of a page, whole or of its first screen, or of one
// element.
func (c *camera) photograph(address string, l look, element, file string) error {
	scheme := "light"
	if l.dark {
		scheme = "dark"
	}
	media := ""
	if l.paper {
		media = "print"
	}
	shot := chromedp.FullScreenshot(100)
	if element == "screen" {
		shot = chromedp.CaptureScreenshot()
	} else if element != "" {
		shot = chromedp.Screenshot(chromedp.CSS(element))
	}
	err := errors.Join(
		call(c.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: l.width, Height: l.height, DeviceScaleFactor: max(l.scale, 1), Mobile: l.width < 500}),
		call(c.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media, Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}),
		chromedp.Do(c.ctx, chromedp.Navigate(address)))
	if err != nil {
		return fmt.Errorf("opening %s: %w", address, err)
	}
	picture, err := chromedp.Run(c.ctx, shot)
	if err != nil {
		return fmt.Errorf("photographing %s: %w", address, err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, picture, 0o644)
}

// call is a command of the browser's protocol whose answer says nothing.
func call[P, R any](ctx context.Context, command cdp.Command[P, R], params P) error {
	_, err := chromedp.Call(ctx, command, params)
	return err
}

// paper prints a page.
func (c *camera) paper(address, file string) error {
	if err := chromedp.Do(c.ctx, chromedp.Navigate(address)); err != nil {
		return fmt.Errorf("opening %s: %w", address, err)
	}
	sheet, err := chromedp.Run(c.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	if err != nil {
		return fmt.Errorf("printing %s: %w", address, err)
	}
	return os.WriteFile(file, sheet, 0o644)
}

var looks = []look{
	{name: "light", width: 1280, height: 900},
	{name: "dark", width: 1280, height: 900, dark: true},
	{name: "phone", width: 360, height: 740},
	{name: "print", width: 794, height: 1123, paper: true},
}

// everything photographs every page in every look.
func (c *camera) everything(base string, pages []named, dir, only string) error {
	for _, p := range pages {
		for _, l := range looks {
			file := p.name + "-" + l.name
			if !strings.Contains(file, only) {
				continue
			}
			if err := c.photograph(base+p.address, l, "", filepath.Join(dir, file+".png")); err != nil {
				return err
			}
		}
		if strings.Contains(p.name+"-paper", only) {
			if err := c.paper(base+p.address, filepath.Join(dir, p.name+"-paper.pdf")); err != nil {
				return err
			}
		}
	}
	return nil
}

// named is the address of a page, with a name for its picture.
type named struct{ name, address string }

// addresses are the pages of the sample.
func addresses(ctx context.Context, l *ledger.Ledger) ([]named, error) {
	stories, err := l.Stories(ctx, 2, 1)
	if err != nil || len(stories) == 0 {
		return nil, fmt.Errorf("the sample has no story: %w", err)
	}
	s, err := l.Story(ctx, stories[0].ID)
	if err != nil {
		return nil, err
	}
	pages := []named{{"home", "/"}, {"story", "/story/" + s.ID}, {"claim", "/claim/" + s.Claims[3].ID}, {"none", "/nothing"},
		{"search", "/search?q=ferry+status:planned"}, {"source", "/source?name=Ilse+Varn"}, {"outlet", "/source?name=Daily+Gull"}}
	for _, a := range s.Articles {
		id := strings.TrimPrefix(a.Article, "sha256:")[:16]
		name := strings.TrimSuffix(a.Path, ".html")
		pages = append(pages, named{"article-" + name, "/article/" + id})
		if a.Of != "" {
			pages = append(pages, named{"with-" + name, "/article/" + id + "/with/" + strings.TrimPrefix(a.Of, "sha256:")[:16]}, named{"versions-" + name, "/article/" + id + "/versions"})
		}
	}
	return pages, nil
}

// shot is a picture of the tour.
type shot struct {
	file, page, element string
	look                look
}

var (
	desk  = look{width: 1120, height: 900}
	night = look{width: 1120, height: 900, dark: true}
	hand  = look{width: 360, height: 700}
)

// shots are the pictures of doc/tour.md.
var shots = []shot{
	{"home", "home", "screen", look{width: 1120, height: 300}},
	{"story", "story", "screen", desk},
	{"figures", "story", "#figures ~ .chart", desk},
	{"origins", "story", "#from ~ .chart", desk},
	{"plans", "story", ".ladder", desk},
	{"contradiction", "story", ".contrast", desk},
	{"claim", "claim", "screen", desk},
	{"article", "article-gull-ghost-island", "screen", desk},
	{"beside", "with-ledger-evacuation.v2", "screen", desk},
	{"versions", "versions-ledger-evacuation.v2", "screen", desk},
	{"search", "search", "screen", night},
	{"phone", "story", "screen", hand},
}

// tour takes the pictures of the tour.
func (c *camera) tour(base string, pages []named, dir string) error {
	at := map[string]string{}
	for _, p := range pages {
		at[p.name] = p.address
	}
	for _, s := range shots {
		address, ok := at[s.page]
		if !ok {
			return fmt.Errorf("the sample has no page %s", s.page)
		}
		file := filepath.Join(dir, s.file+".png")
		if err := c.photograph(base+address, s.look, s.element, file); err != nil {
			return err
		}
		picture, err := os.ReadFile(file)
		if err == nil {
			picture, err = small(picture)
		}
		if err == nil {
			err = os.WriteFile(file, picture, 0o644)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}
