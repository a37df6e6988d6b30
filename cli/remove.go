package cli

import (
	"errors"

	"whence/ledger"
)

type removeCommand struct {
	IDs        []string `arg:"" name:"id" help:"Ids of articles, or the first digits of them."`
	ledgerFlag `embed:""`
}

// Run removes articles.
func (c *removeCommand) Run(w *world) error {
	return c.with(w.ctx, false, func(l *ledger.Ledger) error {
		failed := false
		for _, id := range c.IDs {
			head, err := l.Remove(w.ctx, id)
			if l := (*ledgerError)(nil); errors.As(asLedgerError(err), &l) {
				return l
			}
			if err != nil {
				complain(w.stderr, idError(err).Error())
				failed = true
				continue
			}
			w.out.write("", "", piece{plain, "removed"}, piece{strong, head.Title}, piece{dim, dotted(outletOf(head), dayOf(head.Published), head.ID)})
		}
		if failed {
			return errInputs
		}
		return w.out.err
	})
}
