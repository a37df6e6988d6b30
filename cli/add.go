package cli

import (
	"fmt"
	"time"

	"whence/intake"
	"whence/ledger"
)

type addCommand struct {
	Inputs     []string `arg:"" name:"path|url" help:"Files, folders, web addresses, or - for standard input."`
	Published  string   `help:"Publication date where the input gives none: 2025, 2025-11, 2025-11-04 or with a time."`
	ledgerFlag `embed:""`

	Keep         string `help:"Keep what is fetched, byte for byte, in this WARC file (FILE.warc.gz)."`
	AllowPrivate bool   `help:"Fetch from loopback and private addresses too."`
	limits       `embed:"" group:"Limits"`
}

// Run reads the inputs into the ledger.
func (c *addCommand) Run(w *world) error {
	opt, err := intakeOptions(w, c.limits, c.Published, c.Keep, c.AllowPrivate)
	if err != nil {
		return err
	}
	progress := newProgress(w.stderr)
	opt.Progress = progress.show
	return c.with(w.ctx, true, func(l *ledger.Ledger) error {
		start := time.Now()
		done, err := l.Add(w.ctx, c.Inputs, opt, func(p *intake.Problem) {
			progress.clear()
			complainProblem(w.stderr, p)
		})
		progress.done()
		if err != nil && done != (ledger.Added{}) {
			complain(w.stderr, "before it ended: "+added(done)+"; what was added stays, and adding again goes on from there")
		}
		if err != nil {
			return err
		}
		parts := added(done)
		if rate := float64(done.Articles+done.Reread) / time.Since(start).Seconds(); w.out.tty && done.Articles > fewArticles {
			parts += fmt.Sprintf(" · %.0f a second", rate)
		}
		w.out.write("", "", piece{strong, parts})
		if w.out.err != nil {
			return w.out.err
		}
		if done.Problems > 0 {
			return errInputs
		}
		return nil
	})
}

// added says what an Add has done.
func added(d ledger.Added) string {
	parts := []string{count(d.Articles, "article") + " added"}
	for _, p := range []struct {
		n    int
		what string
	}{
		{d.Versions, "a new version of a page known"},
		{d.Reread, "read again"},
		{d.Known, "there already"},
		{d.Problems, "not read"},
	} {
		if p.n > 0 {
			parts = append(parts, thousands(p.n)+" "+p.what)
		}
	}
	return dotted(parts...)
}
