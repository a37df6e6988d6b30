package cli

import (
	"fmt"

	"whence"
	"whence/page"
	"whence/reading"
	"whence/sample"
)

// lead is the sample's page that the demo prints whole: the report that most
// of the others go back to.
const lead = "harbourpost-exclusive.html"

type demoCommand struct {
	output `embed:""`
	Print  bool `help:"Print, and stop there."`
}

// Run reads the sample and prints it: the table of all its pages and the lead
// whole; with --full each page whole.
func (c *demoCommand) Run(w *world) error {
	table := &pages{t: w.out, full: c.Full}
	var out sink = table
	if c.Format == "jsonl" {
		out = &lines{w.out}
	}
	people := c.Format == "text"
	if people {
		w.out.write("", "", piece{dim, "A fictional story of invented outlets, as whence reads it: who says what in each page, and the exact words."})
		fmt.Fprintln(w.out)
	}
	var first *whence.Reading
	for _, p := range sample.Articles() {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			return fmt.Errorf("reading the sample's %s: %w", p.Name, err)
		}
		r := reading.Read(a)
		if p.Name == lead {
			first = r
		}
		if err := out.put(r); err != nil {
			return err
		}
	}
	if people && !c.Full {
		table.table.sums(w.out)
		fmt.Fprintln(w.out)
		printReading(w.out, first)
		w.out.write("", "", piece{dim, "whence demo --full prints every page; whence read FILE… reads your own."})
		return w.out.err
	}
	return out.close()
}
