package cli

import (
	"errors"

	"whence/ledger"
	"whence/store"
)

type verifyCommand struct {
	ledgerFlag `embed:""`
}

// Run checks the ledger and names what is wrong with it.
func (c *verifyCommand) Run(w *world) error {
	return c.with(w.ctx, false, func(l *ledger.Ledger) error {
		var checked store.Counts
		wrong := 0
		for err := range l.Verify(w.ctx, &checked) {
			if !errors.Is(err, store.ErrDamaged) {
				return err
			}
			wrong++
			complain(w.stderr, err.Error())
		}
		sums := dotted(count(int(checked.Articles), "article"), count(int(checked.Pairs), "pair")+" that share text")
		if wrong > 0 {
			w.out.write("", "", piece{strong, dotted(sums, count(wrong, "fault"))})
			return &ledgerError{errors.New("the ledger is not what it should be"), "the faults are listed above"}
		}
		w.out.write("", "", piece{strong, dotted(sums, "all as they should be")})
		return w.out.err
	})
}
