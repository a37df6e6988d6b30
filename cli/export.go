package cli

import (
	"context"

	"whence/ledger"
)

type exportCommand struct {
	Kind       string `arg:"" enum:"reuse,jsonl,claims,figures" help:"reuse: one line for each pair of articles that share text; jsonl: every article with its findings; claims; figures: the history of each figure."`
	ledgerFlag `embed:""`
}

// exports print the kinds, as doc/formats.md describes them.
var exports = map[string]func(context.Context, *terminal, *ledger.Ledger) error{
	"reuse":   exportReuse,
	"jsonl":   exportReadings,
	"claims":  exportClaims,
	"figures": exportFigures,
}

// Run prints one kind.
func (c *exportCommand) Run(w *world) error {
	return c.with(w.ctx, false, func(l *ledger.Ledger) error { return exports[c.Kind](w.ctx, w.out, l) })
}

func exportReuse(ctx context.Context, t *terminal, l *ledger.Ledger) error {
	for r, err := range l.Reuse(ctx) {
		if err != nil {
			return err
		}
		if err := t.json(r); err != nil {
			return err
		}
	}
	return nil
}

func exportReadings(ctx context.Context, t *terminal, l *ledger.Ledger) error {
	out := &lines{t}
	for r, err := range l.Readings(ctx) {
		if err != nil {
			return err
		}
		if err := out.put(r); err != nil {
			return err
		}
	}
	return nil
}
