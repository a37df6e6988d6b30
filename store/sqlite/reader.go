package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"os"
	"slices"
	"strconv"
	"strings"

	"whence"
	"whence/store"
)

// reader answers from one transaction. Its statements are prepared when they are
// first needed.
type reader struct {
	ctx      context.Context
	tx       *sql.Tx
	path     string
	prepared map[string]*statement
	bulk     *bulk // indexes that are not in the file yet, see [Fill]
	runs     *runs
	standing []*standing // runs, the oldest first, once listed
	listed   bool
	loaded   map[int64]packed // chunks of runs that were loaded together
	fresh    fresh
}

// statement is a prepared statement.
type statement struct {
	*sql.Stmt
	busy bool // its rows are being read
}

// prepare gives a statement that is not in use. It ends with the transaction.
func (r *reader) prepare(query string) (*statement, error) {
	if s := r.prepared[query]; s != nil && !s.busy {
		return s, nil
	}
	prepared, err := r.tx.PrepareContext(r.ctx, query)
	if err != nil {
		return nil, err
	}
	s := &statement{Stmt: prepared}
	if r.prepared[query] == nil {
		if r.prepared == nil {
			r.prepared = map[string]*statement{}
		}
		r.prepared[query] = s
	}
	return s, nil
}

// row reads one row.
func (r *reader) row(query string, args ...any) interface{ Scan(...any) error } {
	s, err := r.prepare(query)
	if err != nil {
		return failed{err}
	}
	return s.QueryRowContext(r.ctx, args...)
}

// failed is a row that could not be asked for.
type failed struct{ error }

func (f failed) Scan(...any) error { return f.error }

// shortest is how many hex digits of an id are enough to look for it.
const shortest = 4

// Find gives the key of the article with an id or the beginning of one.
func (r *reader) Find(id string) (store.Key, error) {
	digits := strings.ToLower(strings.TrimPrefix(id, "sha256:"))
	low, err := hex.DecodeString(digits + strings.Repeat("0", max(0, 64-len(digits))))
	if err != nil || len(digits) < shortest || len(digits) > 64 {
		return 0, fmt.Errorf("article %q: %w", id, store.ErrAbsent)
	}
	high, err := hex.DecodeString(digits + strings.Repeat("f", 64-len(digits)))
	if err != nil {
		return 0, fmt.Errorf("article %q: %w", id, store.ErrAbsent)
	}
	keys, err := all[store.Key](r, "SELECT key FROM articles WHERE id BETWEEN ? AND ? LIMIT 2", low, high)
	switch {
	case err != nil:
		return 0, fmt.Errorf("looking for article %q: %w", id, err)
	case len(keys) == 0:
		return 0, fmt.Errorf("article %q: %w", id, store.ErrAbsent)
	case len(keys) > 1:
		return 0, fmt.Errorf("article %q: %w", id, store.ErrAmbiguous)
	}
	return keys[0], nil
}

// headColumns are what scanHead takes, in order.
const headColumns = "key, id, page, path, named, title, published, modified, captured, reader"

// scanHead reads a row of headColumns.
func scanHead(row interface{ Scan(...any) error }) (store.Head, error) {
	var h store.Head
	var id []byte
	var page, path, named, title, published, modified, captured sql.NullString
	if err := row.Scan(&h.Key, &id, &page, &path, &named, &title, &published, &modified, &captured, &h.Reader); err != nil {
		return h, err
	}
	h.ID = "sha256:" + hex.EncodeToString(id)
	h.Page, h.Path, h.Outlet, h.Title = page.String, path.String, named.String, title.String
	for _, d := range []struct {
		to   *whence.Date
		from string
	}{{&h.Published, published.String}, {&h.Modified, modified.String}, {&h.Captured, captured.String}} {
		if err := d.to.UnmarshalText([]byte(d.from)); err != nil {
			return h, fmt.Errorf("article %s: %w: %w", h.ID, store.ErrDamaged, err)
		}
	}
	return h, nil
}

// Head gives an article without its text and findings.
func (r *reader) Head(k store.Key) (store.Head, error) {
	h, err := scanHead(r.row("SELECT "+headColumns+" FROM articles WHERE key = ?", k))
	return h, r.of(k, err)
}

// of says which article an error is of.
func (r *reader) of(k store.Key, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return fmt.Errorf("article of key %d: %w", k, store.ErrAbsent)
	}
	return fmt.Errorf("reading article of key %d: %w", k, sorted(err))
}

// Reading gives an article with its findings.
func (r *reader) Reading(k store.Key) (*whence.Reading, error) {
	var packed []byte
	if err := r.row("SELECT reading FROM readings WHERE article = ?", k).Scan(&packed); err != nil {
		return nil, r.of(k, err)
	}
	reading, err := unpackReading(packed)
	return reading, r.of(k, err)
}

// Heads yields articles by key.
func (r *reader) Heads(from, to store.Key, latestFirst bool) iter.Seq2[store.Head, error] {
	order := ""
	if latestFirst {
		order = " DESC"
	}
	return rows(r, scanHead, "SELECT "+headColumns+" FROM articles WHERE key >= ? AND key < ? ORDER BY key"+order, from, to)
}

// Versions are the articles of one page.
func (r *reader) Versions(page string) ([]store.Head, error) {
	var heads []store.Head
	if page == "" {
		return nil, nil
	}
	for h, err := range rows(r, scanHead, "SELECT "+headColumns+" FROM articles WHERE page = ?", page) {
		if err != nil {
			return nil, err
		}
		heads = append(heads, h)
	}
	slices.SortFunc(heads, func(a, b store.Head) int { return store.CompareVersions(a, b) })
	return heads, nil
}

// Prints are those of one article.
func (r *reader) Prints(k store.Key) ([]store.Print, error) { return r.held(k, "prints") }

// held are the prints by which an article is found, from a column of readings.
func (r *reader) held(k store.Key, column string) ([]store.Print, error) {
	var packed []byte
	if err := r.row("SELECT "+column+" FROM readings WHERE article = ?", k).Scan(&packed); err != nil {
		return nil, r.of(k, err)
	}
	prints, err := unpackPrints(packed)
	return prints, r.of(k, err)
}

// Holders finds who holds prints.
func (r *reader) Holders(prints []store.Print, from, to store.Key, limit int, visit func(store.Holder)) error {
	if r.bulk != nil {
		r.bulk.prints.holders(prints, from, to, limit, visit)
		return nil
	}
	for part := range slices.Chunk(prints, mostAsked) {
		if err := r.holders(part, from, to, limit, visit); err != nil {
			return fmt.Errorf("looking for prints: %w", err)
		}
	}
	return nil
}

const (
	// mostAsked is how many prints are looked for at once.
	mostAsked = 32
	// mostGiven is how many holders of them are taken as they come, before each
	// print's are counted.
	mostGiven = 1024
)

// Nearly all prints have few holders. They are read as they come, up to a number
// of rows; where there are more, they are read again by a query that looks for the
// last of each print that is wanted first, so that a print that all the world
// holds costs no more than limit.
const (
	holdersQuery = `SELECT key, article, outlet, around FROM json_each(?1) CROSS JOIN prints ON print = value AND article >= ?2 AND article < ?3 LIMIT ?4`
	limitedQuery = `SELECT key, article, outlet, around FROM json_each(?1) CROSS JOIN prints ON print = value AND article >= ?2 AND article <= ifnull(
		(SELECT article FROM prints AS p WHERE p.print = value AND p.article >= ?2 AND p.article < ?3 ORDER BY p.article LIMIT 1 OFFSET ?4 - 1), ?3 - 1)`
)

func (r *reader) holders(prints []store.Print, from, to store.Key, limit int, visit func(store.Holder)) error {
	filed, err := r.filed(prints, from, to, limit)
	if err != nil {
		return err
	}
	hits, err := r.hits(prints)
	if err != nil {
		return err
	}
	var both []store.Holder
	for i, p := range prints {
		n, in := 0, 0
		for n < len(filed) && filed[n].Print == p {
			n++
		}
		for in < len(hits) && hits[in].i == i {
			in++
		}
		of := filed[:n]
		if both, err = r.recentHolders(both[:0], p, hits[:in], from, to, limit); err != nil {
			return err
		}
		if len(both) > 0 {
			of = append(both, of...)
			slices.SortFunc(of, byKey)
		}
		for _, h := range of[:min(limit, len(of))] {
			visit(h)
		}
		filed, hits = filed[n:], hits[in:]
	}
	return nil
}

// filed are those that prints names, in order; of a print that many hold the first
// limit.
func (r *reader) filed(prints []store.Print, from, to store.Key, limit int) ([]store.Holder, error) {
	scan := func(row interface{ Scan(...any) error }) (h store.Holder, err error) {
		var i int
		if err = row.Scan(&i, &h.Key, &h.Outlet, &h.Around); err == nil {
			h.Print = prints[i]
		}
		return h, err
	}
	list := printsJSON(prints)
	found := make([]store.Holder, 0, len(prints))
	take := func(query string, most int) error {
		for h, err := range rows(r, scan, query, list, from, to, most) {
			if err != nil {
				return err
			}
			found = append(found, h)
		}
		return nil
	}
	err := take(holdersQuery, mostGiven)
	if len(found) == mostGiven && err == nil {
		found = found[:0]
		err = take(limitedQuery, limit)
	}
	return found, err
}

// scanShared reads a row of article, other, reuse, work.
func scanShared(row interface{ Scan(...any) error }) (store.Shared, error) {
	var s store.Shared
	var packed []byte
	if err := row.Scan(&s.Article, &s.Other, &packed, &s.Work); err != nil {
		return s, err
	}
	return s, unpackReuse(packed, &s.Reuse)
}

// Reuse is what an article shares with others.
func (r *reader) Reuse(k store.Key) ([]store.Shared, error) {
	before, err := r.ReuseBefore(k)
	if err != nil {
		return nil, err
	}
	after, err := r.shared("SELECT article, other, reuse, work FROM reuse WHERE article = ? ORDER BY other", k)
	return append(before, after...), err
}

// ReuseBefore is what it shares with articles before it.
func (r *reader) ReuseBefore(k store.Key) ([]store.Shared, error) {
	list, err := r.shared("SELECT article, other, reuse, work FROM reuse WHERE other = ? ORDER BY article", k)
	for i, s := range list {
		list[i] = turn(s)
	}
	return list, err
}

func (r *reader) shared(query string, k store.Key) ([]store.Shared, error) {
	var list []store.Shared
	for s, err := range rows(r, scanShared, query, k) {
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// turn is the same as seen from the other article.
func turn(s store.Shared) store.Shared {
	s.Article, s.Other, s.Reuse = s.Other, s.Article, s.Turned()
	return s
}

// Pair is what two articles share.
func (r *reader) Pair(a, b store.Key) (store.Shared, error) {
	s, err := scanShared(r.row("SELECT article, other, reuse, work FROM reuse WHERE article = ? AND other = ?", min(a, b), max(a, b)))
	if err == nil && a > b {
		s = turn(s)
	}
	return s, r.of(a, err)
}

// Partners are the articles that an article shares something with.
func (r *reader) Partners(k store.Key) ([]store.Key, error) {
	return all[store.Key](r, "SELECT article FROM reuse WHERE other = ?1 UNION ALL SELECT other FROM reuse WHERE article = ?1 ORDER BY 1", k)
}

// AllReuse yields each pair once.
func (r *reader) AllReuse() iter.Seq2[store.Shared, error] {
	return rows(r, scanShared, "SELECT article, other, reuse, work FROM reuse ORDER BY article, other")
}

// Reviews are the verdicts on an article.
func (r *reader) Reviews(k store.Key) ([]store.Review, error) {
	lines, err := all[[]byte](r, "SELECT review FROM reviews WHERE article = (SELECT id FROM articles WHERE key = ?) ORDER BY number", k)
	if err != nil {
		return nil, err
	}
	return unpackReviews(lines)
}

// Counts is the size of the ledger.
func (r *reader) Counts() (store.Counts, error) {
	var c store.Counts
	row := r.row("SELECT articles, pairs FROM totals")
	if err := row.Scan(&c.Articles, &c.Pairs); err != nil {
		return c, err
	}
	for _, end := range []string{"", "-wal"} {
		if info, err := os.Stat(r.path + end); err == nil {
			c.Bytes += info.Size()
		}
	}
	return c, nil
}

// rows yields what scan makes of each row. Breaking off closes the query.
func rows[T any](r *reader, scan func(interface{ Scan(...any) error }) (T, error), query string, args ...any) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		s, err := r.prepare(query)
		if err != nil {
			yield(none, sorted(err))
			return
		}
		found, err := s.QueryContext(r.ctx, args...)
		if err != nil {
			yield(none, sorted(err))
			return
		}
		s.busy = true
		defer func() {
			s.busy = false
			_ = found.Close() // its error is that of Err
		}()
		for found.Next() {
			v, err := scan(found)
			if !yield(v, sorted(err)) || err != nil {
				return
			}
		}
		if err := found.Err(); err != nil {
			yield(none, sorted(err))
		}
	}
}

// all reads rows of one column.
func all[T any](r *reader, query string, args ...any) ([]T, error) {
	var list []T
	scan := func(row interface{ Scan(...any) error }) (v T, err error) {
		err = row.Scan(&v)
		return v, err
	}
	for v, err := range rows(r, scan, query, args...) {
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}

// indexed is a print as it is indexed: its lower 48 bits, which SQLite keeps in
// six bytes. Of prints that differ in the others alone both are found.
func indexed(p store.Print) int64 { return int64(p<<16) >> 16 }

// printsJSON is the form in which SQL takes many prints at once.
func printsJSON(prints []store.Print) string {
	b := make([]byte, 0, 21*len(prints)+2)
	b = append(b, '[')
	for i, p := range prints {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, indexed(p), 10)
	}
	return string(append(b, ']'))
}
