package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"whence"
	"whence/access"
	"whence/desk"
	"whence/ledger"
	"whence/page"
	"whence/reading"
	"whence/sample"
	"whence/store/sqlite"
)

type demoCommand struct {
	Full   bool   `help:"Print every claim and every figure."`
	Format string `enum:"text,jsonl" default:"text" help:"text for people, jsonl for programs."`
	Print  bool   `help:"Print, and stop there."`
	Addr   string `default:"127.0.0.1:0" help:"Where to serve it after that, on this machine; port 0 is any that is free."`
}

// Run adds the sample to a ledger that lasts as long as the command, prints its main
// story, and serves the ledger until it is interrupted.
func (c *demoCommand) Run(w *world) error {
	if !c.Print && !onThisMachine(c.Addr) {
		return &usageError{fmt.Errorf("the demo is for this machine alone: --addr 127.0.0.1:PORT, not %s", c.Addr)}
	}
	return withSample(w.ctx, func(l *ledger.Ledger) error {
		list, err := l.Stories(w.ctx, 1, 0)
		if err != nil {
			return err
		}
		main := slices.MaxFunc(list, func(a, b ledger.Brief) int { return a.Articles - b.Articles })
		s, err := l.Story(w.ctx, main.ID)
		if err != nil {
			return err
		}
		if c.Format == "jsonl" {
			return w.out.json(s)
		}
		w.out.write("", "", piece{dim, "A fiction: one accident and what came of it, in the pages of " + count(outlets(s), "invented outlet") + ". Who is it all from?"})
		fmt.Fprintln(w.out)
		printStory(w.out, s, c.Full)
		w.out.write("", "", piece{dim, "whence add FILE… puts your own pages into a ledger; whence claim ID opens a claim there to the words that it rests on."})
		if w.out.err != nil || c.Print {
			return w.out.err
		}
		handler, err := wire(w, l, access.Options{}, desk.Options{})
		if err != nil {
			return err
		}
		fmt.Fprintln(w.out)
		return serve(w, handler, c.Addr, "this fiction, to click through", "", "")
	})
}

// withSample runs f on a ledger of the sample, which is gone afterwards.
func withSample(ctx context.Context, f func(*ledger.Ledger) error) (err error) {
	var articles []*whence.Article
	for _, p := range sample.Articles() {
		a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			return fmt.Errorf("reading the sample's %s: %w", p.Name, err)
		}
		articles = append(articles, a)
	}
	dir, err := os.MkdirTemp("", "whence-demo")
	if err != nil {
		return fmt.Errorf("making room for the sample's ledger: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s, err := sqlite.Open(ctx, filepath.Join(dir, defaultLedger))
	if err != nil {
		return asLedgerError(err)
	}
	l := ledger.New(s, readerVersion(), reading.Read)
	defer func() { err = errors.Join(err, l.Close()) }()
	if _, err := l.AddArticles(ctx, slices.Values(articles)); err != nil {
		return err
	}
	return f(l)
}
