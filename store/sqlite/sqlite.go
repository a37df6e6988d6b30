// Package sqlite keeps a ledger in one SQLite file, without a server.
//
// The file is in WAL mode: while it is open, FILE-wal and FILE-shm stand beside
// it and belong to it. Transactions survive the end of the program at any
// moment; a power cut may take back the last ones, and damages nothing.
//
// Written with modernc.org/sqlite; needs no C.
package sqlite

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"whence/store"
)

const (
	// applicationID marks the file as a ledger ("whnc").
	applicationID = 0x77686e63
	// version is that of the schema, in the file's user_version.
	version = 5
	// patience is how long a transaction waits for another process's.
	patience = time.Minute
	// cachePages is the memory for pages of the one writing connection, in KiB.
	cacheKiB = "-65536"
	// queryOnly is the option of connections that only read.
	queryOnly = "_pragma=query_only(1)"
)

//go:embed schema.sql
var schema string

//go:embed stories.sql
var stories string

//go:embed around.sql
var around string

//go:embed phrases.sql
var phrases string

//go:embed recent.sql
var recent string

// migrations lead from each version to the next; the first from an empty file.
var migrations = []string{schema, stories, around, phrases, recent}

// afterMigration is what follows some of them.
var afterMigration = map[int]func(context.Context, *sql.Tx) error{3: addPhrases}

// Store is a ledger in a file.
type Store struct {
	path    string
	options []string // of the connection that writes
	reads   *sql.DB
	writes  *sql.DB // one connection: SQLite has one writer
	bulk    *bulk   // see [Fill]
	runs    *runs   // of recent prints
	tiers   tiers
}

// Open opens the ledger at path, which is made if there is none, and brings an
// older one up to date. Errors: [store.ErrForeign], [store.ErrNewer],
// [store.ErrDamaged], [store.ErrUnusable].
func Open(ctx context.Context, path string) (*Store, error) {
	return open(ctx, path, "_pragma=journal_mode(WAL)", "_pragma=synchronous(NORMAL)", "_pragma=journal_size_limit(67108864)", "_pragma=cache_size("+cacheKiB+")")
}

// open opens a ledger with options for the connection that writes.
func open(ctx context.Context, path string, options ...string) (*Store, error) {
	if err := look(path); err != nil {
		return nil, err
	}
	s := &Store{path: path, options: append(options, "_txlock=immediate"), runs: &runs{}, tiers: usualTiers}
	var err error
	if s.writes, err = s.writing(); err != nil {
		return nil, err
	}
	if s.reads, err = sql.Open("sqlite", address(path, queryOnly)); err != nil {
		return nil, fault("opening", path, errors.Join(err, s.writes.Close()))
	}
	if err := s.settle(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// writing gives a connection that writes.
func (s *Store) writing() (*sql.DB, error) {
	db, err := sql.Open("sqlite", address(s.path, s.options...))
	if err != nil {
		return nil, fault("opening", s.path, err)
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

// settle is migrate, again while another process is at it: what changes a file's
// journal does not wait for locks by itself, whatever the busy timeout.
func (s *Store) settle(ctx context.Context) error {
	for began := time.Now(); ; {
		err := s.migrate(ctx)
		if !busy(err) || time.Since(began) > patience {
			return err
		}
		select {
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// busy tells whether another process holds what was asked for.
func busy(err error) bool {
	var e *sqlite.Error
	return errors.As(err, &e) && (e.Code()&0xff == lib.SQLITE_BUSY || e.Code()&0xff == lib.SQLITE_LOCKED)
}

// OpenExisting is Open for a ledger that must be there.
func OpenExisting(ctx context.Context, path string) (*Store, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, fmt.Errorf("opening the ledger %s: %w: %w", path, store.ErrUnusable, err)
	}
	return Open(ctx, path)
}

// address is the connection string of a file, whatever its name is.
func address(path string, options ...string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	options = append([]string{
		"_pragma=busy_timeout(" + strconv.FormatInt(patience.Milliseconds(), 10) + ")",
		"_pragma=temp_store(MEMORY)",
	}, options...)
	return (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath(), RawQuery: strings.Join(options, "&")}).String()
}

// magic begins every SQLite file.
const magic = "SQLite format 3\x00"

// look refuses what is no SQLite file before SQLite touches it.
func look(path string) error {
	f, err := os.Open(path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("opening the ledger %s: %w: %w", path, store.ErrUnusable, err)
	}
	defer f.Close() //nolint:errcheck // it is only read
	info, err := f.Stat()
	if err != nil || info.IsDir() {
		return fmt.Errorf("opening the ledger %s: %w: it is a folder", path, store.ErrUnusable)
	}
	head := make([]byte, 72)
	n, err := f.ReadAt(head, 0)
	switch {
	case n == 0:
		return nil // an empty file becomes a ledger
	case n < len(magic) || string(head[:len(magic)]) != magic:
		return fmt.Errorf("opening %s: %w", path, store.ErrForeign)
	case n < len(head):
		return fmt.Errorf("opening %s: %w: the file is cut short (%w)", path, store.ErrDamaged, err)
	}
	return nil
}

// migrate checks whose file it is and brings it up to date.
func (s *Store) migrate(ctx context.Context) error {
	var owner, at, tables int
	row := s.reads.QueryRowContext(ctx, "SELECT (SELECT * FROM pragma_application_id), (SELECT * FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)")
	if err := row.Scan(&owner, &at, &tables); err != nil {
		return fault("opening", s.path, err)
	}
	switch {
	case owner != applicationID && (tables > 0 || owner != 0):
		return fmt.Errorf("opening %s: %w", s.path, store.ErrForeign)
	case at > version:
		return fmt.Errorf("opening %s: %w (its version is %d, this program knows %d)", s.path, store.ErrNewer, at, version)
	case at == version:
		return nil
	}
	tx, err := s.writes.BeginTx(ctx, nil)
	if err != nil {
		return fault("opening", s.path, err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit there is nothing to undo
	// Another process may have been here since.
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&at); err != nil {
		return fault("opening", s.path, err)
	}
	for ; at < version; at++ {
		if _, err := tx.ExecContext(ctx, migrations[at]); err != nil {
			return fault("bringing up to date", s.path, err)
		}
		if after := afterMigration[at]; after != nil {
			if err := after(ctx, tx); err != nil {
				return fault("bringing up to date", s.path, err)
			}
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, version)); err != nil {
		return fault("bringing up to date", s.path, err)
	}
	if err := tx.Commit(); err != nil {
		return fault("bringing up to date", s.path, err)
	}
	return nil
}

// Close closes the file.
func (s *Store) Close() error {
	return errors.Join(s.reads.Close(), s.writes.Close())
}

// View runs f on one moment of the ledger.
func (s *Store) View(ctx context.Context, f func(store.Reader) error) error {
	tx, err := s.reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return fault("reading", s.path, err)
	}
	defer tx.Rollback() //nolint:errcheck // it has written nothing
	return s.name("reading", f(&reader{ctx: ctx, tx: tx, path: s.path, bulk: s.bulk, runs: s.runs}))
}

// Update runs f in a transaction.
func (s *Store) Update(ctx context.Context, f func(store.Writer) error) error {
	tx, err := s.writes.BeginTx(ctx, nil)
	if err != nil {
		return fault("writing", s.path, err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit there is nothing to undo
	w := &writer{reader: reader{ctx: ctx, tx: tx, path: s.path, bulk: s.bulk, runs: s.runs, fresh: fresh{}}, tiers: s.tiers}
	if err := f(w); err != nil {
		return s.name("writing", err)
	}
	if err := w.flush(); err != nil {
		return s.name("writing", err)
	}
	if err := w.writeRecent(); err != nil {
		return s.name("writing", err)
	}
	if err := tx.Commit(); err != nil {
		return fault("writing", s.path, err)
	}
	if w.listed {
		s.runs.keep(w.standing)
	}
	return nil
}

// Check yields what SQLite finds wrong with the file, and the first that is wrong with
// recent prints.
func (s *Store) Check(ctx context.Context) iter.Seq[error] {
	return func(yield func(error) bool) {
		for err := range s.wrong(ctx) {
			if !yield(err) {
				return
			}
		}
		if err := s.View(ctx, func(r store.Reader) error { return r.(*reader).checkRecent() }); err != nil {
			yield(err)
		}
	}
}

// wrong yields what SQLite's check finds. FTS5 checks by what its connection
// remembers of the file, which others may have changed since (TestCheckWhileOthersAdd), so
// it is made on a new one.
func (s *Store) wrong(ctx context.Context) iter.Seq[error] {
	return func(yield func(error) bool) {
		db, err := sql.Open("sqlite", address(s.path, queryOnly))
		if err != nil {
			yield(fault("checking", s.path, err))
			return
		}
		defer db.Close() //nolint:errcheck // it has written nothing
		rows, err := db.QueryContext(ctx, "PRAGMA integrity_check(100)")
		if err != nil {
			yield(fault("checking", s.path, err))
			return
		}
		defer rows.Close() //nolint:errcheck // its error is that of Err
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err == nil && line != "ok" && !yield(fmt.Errorf("%s: %w: %s", s.path, store.ErrDamaged, line)) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(fault("checking", s.path, err))
		}
	}
}

// name gives an error of SQLite that f passed through its place.
func (s *Store) name(doing string, err error) error {
	var e *sqlite.Error
	if err == nil || !errors.As(err, &e) || errors.Is(err, store.ErrUnusable) || errors.Is(err, store.ErrDamaged) {
		return err
	}
	return fault(doing, s.path, err)
}

// kinds sorts SQLite's error codes into those that callers tell apart.
var kinds = map[int]error{
	lib.SQLITE_NOTADB:   store.ErrForeign,
	lib.SQLITE_CORRUPT:  store.ErrDamaged,
	lib.SQLITE_FULL:     store.ErrUnusable,
	lib.SQLITE_READONLY: store.ErrUnusable,
	lib.SQLITE_CANTOPEN: store.ErrUnusable,
	lib.SQLITE_IOERR:    store.ErrUnusable,
	lib.SQLITE_PERM:     store.ErrUnusable,
	lib.SQLITE_AUTH:     store.ErrUnusable,
	lib.SQLITE_BUSY:     store.ErrUnusable,
	lib.SQLITE_LOCKED:   store.ErrUnusable,
	lib.SQLITE_NOLFS:    store.ErrUnusable,
}

// sorted adds to an error of SQLite what sort it is.
func sorted(err error) error {
	var e *sqlite.Error
	if errors.As(err, &e) {
		if kind, ok := kinds[e.Code()&0xff]; ok && !errors.Is(err, kind) { // the lower byte is the primary code
			return fmt.Errorf("%w: %w", kind, err)
		}
	}
	return err
}

// fault says what was being done to which ledger, and what sort of error it is.
func fault(doing, path string, err error) error {
	return fmt.Errorf("%s the ledger %s: %w", doing, path, sorted(err))
}
