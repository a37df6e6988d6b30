package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"

	"whence/ledger"
	"whence/lineage"
	"whence/reading"
	"whence/store"
	"whence/store/sqlite"
)

// defaultLedger is the ledger where none is named.
const defaultLedger = "whence.db"

// ledgerFlag names the ledger that a command works on.
type ledgerFlag struct {
	Ledger string `env:"WHENCE_LEDGER" default:"${ledger}" help:"The ledger's file."`
}

// ledgerError is a ledger that cannot be used; its exit code is exitLedger.
type ledgerError struct {
	error
	hint string
}

func (e *ledgerError) Unwrap() error { return e.error }

// hints say what to do about a ledger that cannot be used.
var hints = []struct {
	kind error
	hint string
}{
	{store.ErrForeign, "--ledger FILE names another file; this one was left as it is"},
	{store.ErrNewer, "a newer whence can read it; it was left as it is"},
	{store.ErrDamaged, "whence verify tells more; restore it from a copy, or add its articles to a new ledger"},
	{store.ErrUnusable, "see that the folder is there, that you may write in it, and that there is room; what was stored is intact"},
}

// asLedgerError marks errors that are the ledger's.
func asLedgerError(err error) error {
	for _, h := range hints {
		if errors.Is(err, h.kind) {
			return &ledgerError{err, h.hint}
		}
	}
	return err
}

// with runs f on the ledger. One that is not there is made only for create.
func (f ledgerFlag) with(ctx context.Context, create bool, work func(*ledger.Ledger) error) (err error) {
	f.Ledger = cmp.Or(f.Ledger, defaultLedger) // $WHENCE_LEDGER may be set to nothing
	open := sqlite.OpenExisting
	if create {
		open = sqlite.Open
	} else if _, err := os.Stat(f.Ledger); errors.Is(err, os.ErrNotExist) {
		return &ledgerError{fmt.Errorf("there is no ledger at %s", f.Ledger), "whence add makes one; --ledger FILE or $WHENCE_LEDGER names another"}
	}
	s, err := open(ctx, f.Ledger)
	if err != nil {
		return asLedgerError(err)
	}
	l := ledger.New(s, readerVersion(), reading.Read)
	defer func() { err = asLedgerError(errors.Join(err, l.Close())) }()
	return work(l)
}

// readerVersion names what readings and prints were made by.
func readerVersion() string { return fmt.Sprintf("%d.%d", reading.Version, lineage.Version) }
