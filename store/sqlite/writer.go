package sqlite

import (
	"cmp"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strings"

	"whence"
	"whence/store"
)

// writer answers from one transaction and writes in it.
type writer struct {
	reader
	// pending are rows of the full-text index that are written together in the end,
	// in the order of keys: a key before the last, and any statement with a savepoint
	// of its own, makes the index write all it has.
	pending []wordsRow
	tiers   tiers
}

// wordsRow is the row of an article.
type wordsRow struct {
	key      store.Key
	columns  []any
	shingles string
}

// flush writes what is pending.
func (w *writer) flush() error {
	slices.SortFunc(w.pending, func(a, b wordsRow) int { return cmp.Compare(a.key, b.key) })
	for _, row := range w.pending {
		if err := w.do("INSERT INTO words (rowid, title, text, source, outlet, marks) VALUES (?, ?, ?, ?, ?, ?)", append([]any{row.key}, row.columns...)...); err != nil {
			return fmt.Errorf("indexing words: %w", err)
		}
	}
	if len(w.pending) > 0 {
		if err := w.flushPhrases(); err != nil {
			return err
		}
	}
	w.pending = w.pending[:0]
	return nil
}

// flushPhrases writes the runs of what is pending.
func (w *writer) flushPhrases() error {
	var last int
	if err := w.row("SELECT ifnull(max(number), 0) FROM numbered").Scan(&last); err != nil {
		return fmt.Errorf("numbering articles: %w", err)
	}
	for i, row := range w.pending {
		if err := w.putPhrases(last+1+i, row.key, row.shingles); err != nil {
			return err
		}
	}
	return nil
}

// Search yields keys of articles that match.
func (w *writer) Search(q store.Query) iter.Seq2[store.Key, error] {
	if err := w.flush(); err != nil {
		return func(yield func(store.Key, error) bool) { yield(0, err) }
	}
	return w.reader.Search(q)
}

// do runs a statement.
func (w *writer) do(query string, args ...any) error {
	s, err := w.prepare(query)
	if err != nil {
		return err
	}
	_, err = s.ExecContext(w.ctx, args...)
	return err
}

// count runs a statement and gives how many rows it changed.
func (w *writer) count(query string, args ...any) (int64, error) {
	s, err := w.prepare(query)
	if err != nil {
		return 0, err
	}
	done, err := s.ExecContext(w.ctx, args...)
	if err != nil {
		return 0, err
	}
	return done.RowsAffected()
}

// ready is what a reading is written as.
type ready struct {
	packed   []byte
	words    []any // columns of the full-text index
	shingles string
}

func makeReady(r *whence.Reading) *ready { return &ready{packReading(r), words(r), shinglesOf(r)} }

// Prepare packs a reading.
func (s *Store) Prepare(e *store.Entry) { e.Ready = makeReady(e.Reading) }

// Put adds an article or replaces its reading.
func (w *writer) Put(e store.Entry) (store.Key, bool, error) {
	a := &e.Reading.Article
	id, err := hex.DecodeString(strings.TrimPrefix(a.ID, "sha256:"))
	if err != nil || len(id) != 32 {
		return 0, false, fmt.Errorf("putting %s: its id %q is none", a.Path, a.ID)
	}
	ready, ok := e.Ready.(*ready)
	if !ok {
		ready = makeReady(e.Reading)
	}
	key, err := w.Find(a.ID)
	added := errors.Is(err, store.ErrAbsent)
	switch {
	case added:
		key, err = w.freeKey(store.KeyOf(a))
	case err == nil:
		err = w.clear(key)
	}
	if err != nil {
		return 0, false, fmt.Errorf("putting %s: %w", a.ID, err)
	}
	outlet, err := w.outlet(a)
	if err != nil {
		return 0, false, fmt.Errorf("putting %s: %w", a.ID, err)
	}
	for _, row := range []struct {
		query string
		args  []any
	}{
		{"INSERT INTO articles (key, id, page, path, outlet, named, title, published, modified, captured, reader) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			[]any{key, id, orNull(store.Page(a)), orNull(a.Path), outlet, orNull(a.Outlet), orNull(a.Title),
				orNull(a.Published.String()), orNull(a.Modified.String()), orNull(a.Captured.String()), e.Reader}},
		{"INSERT INTO readings (article, reading, prints, topics) VALUES (?, ?, ?, ?)", []any{key, ready.packed, packPrints(e.Prints), packPrints(e.Topics)}},
	} {
		if err := w.do(row.query, row.args...); err != nil {
			return 0, false, fmt.Errorf("putting %s: %w", a.ID, err)
		}
	}
	w.pending = append(w.pending, wordsRow{key, ready.words, ready.shingles})
	if err := errors.Join(w.index(key, outlet, e), w.plant(key, e)); err != nil {
		return 0, false, fmt.Errorf("putting %s: %w", a.ID, err)
	}
	return key, added, nil
}

// index makes an article found by its prints and topics.
func (w *writer) index(key store.Key, outlet store.OutletID, e store.Entry) error {
	if w.bulk != nil {
		w.bulk.add(key, outlet, e)
		return nil
	}
	for i, p := range e.Prints {
		w.fresh.add(indexed(p), store.Holder{Key: key, Outlet: outlet, Around: e.AroundOf(i)})
	}
	return w.do("INSERT OR IGNORE INTO topics (topic, article) SELECT value, ? FROM json_each(?)", key, printsJSON(e.Topics))
}

// freeKey is the first key from first on that no article has.
func (w *writer) freeKey(first store.Key) (store.Key, error) {
	for key := first; ; key++ {
		var taken bool
		if err := w.row("SELECT EXISTS (SELECT 1 FROM articles WHERE key = ?)", key).Scan(&taken); err != nil || !taken {
			return key, err
		}
	}
}

// outlet is the number of an article's outlet.
func (w *writer) outlet(a *whence.Article) (store.OutletID, error) {
	name := strings.ToLower(strings.TrimSpace(a.Outlet))
	if name == "" {
		if u, err := url.Parse(a.URL); err == nil {
			name = strings.TrimPrefix(u.Hostname(), "www.")
		}
	}
	if name == "" {
		return 0, nil
	}
	if err := w.do("INSERT INTO outlets (name) VALUES (?) ON CONFLICT DO NOTHING", name); err != nil {
		return 0, err
	}
	var id store.OutletID
	err := w.row("SELECT id FROM outlets WHERE name = ?", name).Scan(&id)
	return id, err
}

// clear removes what came with an article, but for reuse, marks and reviews.
func (w *writer) clear(k store.Key) error {
	if err := w.fell(k); err != nil {
		return err
	}
	for _, index := range []struct{ column, query string }{
		{"prints", "DELETE FROM prints WHERE article = ? AND print IN (SELECT value FROM json_each(?))"},
		{"topics", "DELETE FROM topics WHERE article = ? AND topic IN (SELECT value FROM json_each(?))"},
	} {
		held, err := w.held(k, index.column)
		if err != nil {
			return err
		}
		if err := w.do(index.query, k, printsJSON(held)); err != nil {
			return err
		}
		if index.column == "prints" {
			if err := w.forget(k, held); err != nil {
				return err
			}
		}
	}
	queries := []string{"DELETE FROM words WHERE rowid = ?", "DELETE FROM phrases WHERE rowid = (SELECT number FROM numbered WHERE article = ?)",
		"DELETE FROM numbered WHERE article = ?", "DELETE FROM readings WHERE article = ?", "DELETE FROM articles WHERE key = ?"}
	if n := len(w.pending); n > 0 {
		w.pending = slices.DeleteFunc(w.pending, func(row wordsRow) bool { return row.key == k })
		if len(w.pending) < n {
			queries = queries[3:] // it was not written yet
		}
	}
	for _, query := range queries {
		if err := w.do(query, k); err != nil {
			return err
		}
	}
	return nil
}

// Remove removes an article with all that came with it. Reviews of it go too.
func (w *writer) Remove(k store.Key) error {
	if _, err := w.Head(k); err != nil {
		return err
	}
	for _, query := range []string{
		"DELETE FROM reviews WHERE article = (SELECT id FROM articles WHERE key = ?)",
		"DELETE FROM reuse WHERE article = ?",
		"DELETE FROM reuse WHERE other = ?",
	} {
		if err := w.do(query, k); err != nil {
			return fmt.Errorf("removing: %w", err)
		}
	}
	return w.clear(k)
}

// PutReuse records what two articles share.
func (w *writer) PutReuse(s store.Shared) error {
	if s.Article > s.Other {
		s = turn(s)
	}
	if err := w.do("INSERT INTO reuse (article, other, reuse, work) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET reuse = excluded.reuse, work = excluded.work", s.Article, s.Other, packReuse(s.Reuse), s.Work); err != nil {
		return fmt.Errorf("recording reuse: %w", err)
	}
	return nil
}

// DropReuse forgets what two articles share.
func (w *writer) DropReuse(a, b store.Key) error {
	if err := w.do("DELETE FROM reuse WHERE article = ? AND other = ?", min(a, b), max(a, b)); err != nil {
		return fmt.Errorf("forgetting reuse: %w", err)
	}
	return nil
}

// AddReview appends a verdict.
func (w *writer) AddReview(k store.Key, r store.Review) error {
	line, err := packReview(r)
	if err != nil {
		return err
	}
	if err := w.do("INSERT INTO reviews (article, review) SELECT id, ? FROM articles WHERE key = ?", line, k); err != nil {
		return fmt.Errorf("keeping a review: %w", err)
	}
	return nil
}

// orNull is s, or NULL where it is empty.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
