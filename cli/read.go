package cli

import (
	"context"
	"errors"
	"time"

	"whence"
	"whence/intake"
	"whence/page"
	"whence/reading"
)

// fewArticles is how many articles are printed whole; of more, a table.
const fewArticles = 3

type readCommand struct {
	Inputs    []string `arg:"" name:"path|url" help:"Files, folders, web addresses, or - for standard input."`
	Published string   `help:"Publication date where the input gives none: 2025, 2025-11, 2025-11-04 or with a time."`
	output    `embed:""`

	Keep         string `help:"Keep what is fetched, byte for byte, in this WARC file (FILE.warc.gz)."`
	AllowPrivate bool   `help:"Fetch from loopback and private addresses too."`
	limits       `embed:"" group:"Limits"`
}

// limits are the bounds on what one input may cost.
type limits struct {
	PageBytes  int64         `default:"16777216" help:"Largest page or text, in bytes (default 16 MiB)."`
	PageDepth  int           `default:"512" help:"Deepest nesting of a page's elements; deeper ones are read as plain text."`
	PageTime   time.Duration `default:"10s" help:"Longest time for one page (default 10s)."`
	FetchBytes int64         `default:"33554432" help:"Largest response to a fetch, in bytes (default 32 MiB)."`
	FetchTime  time.Duration `default:"30s" help:"Longest time for one fetch (default 30s)."`
	Jobs       int           `short:"j" help:"Articles worked on side by side (default: one a core)."`
}

// output is how readings are printed.
type output struct {
	Format string `enum:"text,jsonl" default:"text" help:"text for people, jsonl for programs: one object an article."`
	Full   bool   `help:"Print every article whole, however many there are."`
}

// intakeOptions are those that the flags of a command come to.
func intakeOptions(w *world, l limits, published, keep string, allowPrivate bool) (intake.Options, error) {
	opt := intake.Options{
		Version:      version(),
		Stdin:        w.stdin,
		Page:         page.Limits{Bytes: int(l.PageBytes), Depth: l.PageDepth, Time: l.PageTime},
		Workers:      l.Jobs,
		AllowPrivate: allowPrivate,
		Keep:         keep,
		FetchBytes:   l.FetchBytes,
		FetchTime:    l.FetchTime,
	}
	if published != "" {
		date, err := whence.ParseDate(published)
		if err != nil {
			return opt, &usageError{err}
		}
		opt.Published = date
	}
	return opt, nil
}

// complainProblem writes what could not be read, why, and what to do.
func complainProblem(t *terminal, p *intake.Problem) {
	line := p.Error()
	if p.Hint != "" {
		line += " (" + p.Hint + ")"
	}
	complain(t, line)
}

// Run reads the inputs and prints what was found.
func (c *readCommand) Run(w *world) error {
	opt, err := intakeOptions(w, c.limits, c.Published, c.Keep, c.AllowPrivate)
	if err != nil {
		return err
	}
	progress := newProgress(w.stderr)
	defer progress.done()
	opt.Progress = progress.show

	sink := c.sink(w.out)
	failed := false
	for r, err := range intake.Map(w.ctx, c.Inputs, opt, reading.Read) {
		progress.clear()
		var problem *intake.Problem
		switch {
		case errors.As(err, &problem):
			failed = true
			complainProblem(w.stderr, problem)
		case err != nil:
			return err
		default:
			if err := sink.put(r); err != nil {
				return err
			}
		}
	}
	if err := sink.close(); err != nil {
		return err
	}
	if err := context.Cause(w.ctx); err != nil {
		return err
	}
	if failed {
		return errInputs
	}
	return nil
}

// sink takes readings in order and prints them.
type sink interface {
	put(r *whence.Reading) error
	close() error
}

func (o output) sink(t *terminal) sink {
	if o.Format == "jsonl" {
		return &lines{t}
	}
	return &pages{t: t, full: o.Full}
}

// pages prints readings for people: few of them whole, of many a table.
type pages struct {
	t     *terminal
	full  bool
	few   []*whence.Reading // held back until it is known that there are many
	table summary
}

func (p *pages) put(r *whence.Reading) error {
	switch {
	case p.full:
		printReading(p.t, r)
	case p.table.articles > 0:
		p.table.add(p.t, r)
	case len(p.few) < fewArticles:
		p.few = append(p.few, r)
	default:
		for _, held := range append(p.few, r) {
			p.table.add(p.t, held)
		}
		p.few = nil
	}
	return p.t.err
}

func (p *pages) close() error {
	for _, r := range p.few {
		printReading(p.t, r)
	}
	if p.table.articles > 0 {
		p.table.sums(p.t)
		p.t.write("", "", piece{dim, "--full prints every attribution, --format jsonl everything for programs."})
	}
	return p.t.err
}
