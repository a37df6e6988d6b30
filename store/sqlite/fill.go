package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"

	"modernc.org/sqlite/vtab"

	"whence/store"
)

// Filling is a new ledger that is filled at once. It takes what a [Store] takes
// but removals, keeps the indexes of prints and topics in memory (some 30 bytes
// a print), and writes them in order in the end, so that an article costs the
// same however many there are. It ends as any ledger of the same articles. A
// filling that breaks off leaves a file that is none.
type Filling struct{ *Store }

// Fill begins a ledger at path, where there must be none.
func Fill(ctx context.Context, path string) (*Filling, error) {
	s, err := open(ctx, path, "_pragma=journal_mode(OFF)", "_pragma=synchronous(OFF)", "_pragma=cache_size(-262144)")
	if err != nil {
		return nil, err
	}
	f := &Filling{s}
	var articles int
	err = s.writes.QueryRowContext(ctx, "SELECT articles FROM totals").Scan(&articles)
	if err == nil && articles > 0 {
		err = fmt.Errorf("%w: it holds articles", store.ErrUnusable)
	}
	if err != nil {
		return nil, errors.Join(fault("filling", path, err), s.Close())
	}
	// Segments of the full-text index are large, and put together in the end.
	for _, option := range []string{"'hashsize', 134217728", "'automerge', 0", "'crisismerge', 1000"} {
		if _, err := s.writes.ExecContext(ctx, "INSERT INTO words (words, rank) VALUES ("+option+")"); err != nil {
			return nil, errors.Join(fault("filling", path, err), s.Close())
		}
	}
	s.bulk = &bulk{}
	return f, nil
}

// Finish writes the indexes. The ledger is whole then, and can be closed.
func (f *Filling) Finish(ctx context.Context) error {
	for _, index := range []struct {
		of    *hashed
		query string
	}{
		{&f.bulk.prints, "INSERT OR IGNORE INTO prints (print, article, outlet, around) SELECT hash, article, outlet, around FROM %s"},
		{&f.bulk.topics, "INSERT OR IGNORE INTO topics (topic, article) SELECT hash, article FROM %s"},
	} {
		if err := f.pour(ctx, index.of, index.query); err != nil {
			return fault("filling", f.path, err)
		}
		*index.of = hashed{}
	}
	f.bulk = nil
	for _, query := range []string{
		"INSERT INTO words (words) VALUES ('optimize')",
		// As they are by default.
		"INSERT INTO words (words, rank) VALUES ('hashsize', 1048576)",
		"INSERT INTO words (words, rank) VALUES ('automerge', 4)",
		"INSERT INTO words (words, rank) VALUES ('crisismerge', 16)",
		"PRAGMA journal_mode = WAL",
	} {
		if _, err := f.writes.ExecContext(ctx, query); err != nil {
			return fault("filling", f.path, err)
		}
	}
	return nil
}

// poured numbers the tables that indexes are poured from.
var poured atomic.Int64

// pour writes an index by way of a virtual table that gives its rows in order.
func (f *Filling) pour(ctx context.Context, h *hashed, query string) error {
	name := fmt.Sprintf("pouring_%d", poured.Add(1))
	if err := vtab.RegisterModule(f.writes, name, module{h}); err != nil {
		return err
	}
	// A connection knows the modules that were there when it was made.
	db, err := f.writing()
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "CREATE VIRTUAL TABLE temp."+name+" USING "+name)
	if err == nil {
		_, err = db.ExecContext(ctx, fmt.Sprintf(query, "temp."+name))
	}
	return errors.Join(err, db.Close())
}

// bulk is what a filling keeps in memory.
type bulk struct {
	articles       []filled
	prints, topics hashed
}

// filled is an article of a filling.
type filled struct {
	key    store.Key
	outlet store.OutletID
}

func (b *bulk) add(k store.Key, outlet store.OutletID, e store.Entry) {
	b.articles = append(b.articles, filled{k, outlet})
	b.prints.of, b.topics.of = b, b
	article := uint32(len(b.articles) - 1)
	for i, p := range e.Prints {
		b.prints.add(line{hash: indexed(p), article: article})
		b.prints.beside(e.AroundOf(i))
	}
	for _, t := range e.Topics {
		b.topics.add(line{hash: indexed(t), article: article})
	}
}

// line is a row of an index.
type line struct {
	hash    int64
	article uint32 // its number in the filling
	next    uint32 // the number of the line before with the same slot, from 1
}

// hashed is an index in memory.
type hashed struct {
	of     *bulk
	slots  []uint32
	chunks [][]line
	around [][]int64 // of the lines, in the index of prints
	n      uint32
}

const chunk = 1 << 16

func (h *hashed) at(i uint32) *line { return &h.chunks[(i-1)/chunk][(i-1)%chunk] }

func (h *hashed) slot(hash int64) *uint32 {
	x := uint64(hash) * 0x9e3779b97f4a7c15
	return &h.slots[x>>32&uint64(len(h.slots)-1)]
}

func (h *hashed) add(l line) {
	if int(h.n) >= len(h.slots) {
		h.grow()
	}
	if h.n%chunk == 0 {
		h.chunks = append(h.chunks, make([]line, chunk))
	}
	h.n++
	s := h.slot(l.hash)
	l.next = *s
	*h.at(h.n) = l
	*s = h.n
}

// beside keeps what stands around the print that was added last.
func (h *hashed) beside(around int64) {
	if (h.n-1)%chunk == 0 {
		h.around = append(h.around, make([]int64, chunk))
	}
	h.around[(h.n-1)/chunk][(h.n-1)%chunk] = around
}

func (h *hashed) grow() {
	h.slots = make([]uint32, max(chunk, 2*len(h.slots)))
	for i := range h.n {
		l := h.at(i + 1)
		s := h.slot(l.hash)
		l.next, *s = *s, i+1
	}
}

// row is a line as it is written.
type row struct {
	hash, around int64
	filled
}

func (h *hashed) row(i uint32) row {
	l := h.at(i)
	r := row{hash: l.hash, filled: h.of.articles[l.article]}
	if h.around != nil {
		r.around = h.around[(i-1)/chunk][(i-1)%chunk]
	}
	return r
}

// lines are those of a hash with from <= key < to, in the order of keys.
func (h *hashed) lines(hash int64, from, to store.Key) []row {
	if h.n == 0 {
		return nil
	}
	var list []row
	for i := *h.slot(hash); i != 0; {
		l := h.at(i)
		if l.hash == hash {
			if r := h.row(i); r.key >= from && r.key < to {
				list = append(list, r)
			}
		}
		i = l.next
	}
	slices.SortFunc(list, func(a, b row) int { return cmp.Compare(a.key, b.key) })
	return list
}

func (h *hashed) holders(prints []store.Print, from, to store.Key, limit int, visit func(store.Holder)) {
	for _, p := range prints {
		list := h.lines(indexed(p), from, to)
		for _, l := range list[:min(limit, len(list))] {
			visit(store.Holder{Print: p, Key: l.key, Outlet: l.outlet, Around: l.around})
		}
	}
}

func (h *hashed) nearest(topics []store.Print, from, to store.Key, limit int, latestFirst bool, visit func(store.Key)) {
	seen := map[store.Key]bool{}
	for _, t := range topics {
		list := h.lines(indexed(t), from, to)
		if latestFirst {
			list = list[max(0, len(list)-limit):]
		} else {
			list = list[:min(limit, len(list))]
		}
		for _, l := range list {
			if !seen[l.key] {
				seen[l.key] = true
				visit(l.key)
			}
		}
	}
}

// parts is into how many parts an index is cut to be sorted.
const parts = 256

// module, table and cursor give the rows of an index in order.
type module struct{ of *hashed }

func (m module) Create(ctx vtab.Context, _ []string) (vtab.Table, error) {
	return table(m), ctx.Declare("CREATE TABLE x (hash INTEGER, article INTEGER, outlet INTEGER, around INTEGER)")
}

func (m module) Connect(ctx vtab.Context, args []string) (vtab.Table, error) {
	return m.Create(ctx, args)
}

type table struct{ of *hashed }

func (t table) BestIndex(*vtab.IndexInfo) error { return nil }
func (t table) Open() (vtab.Cursor, error)      { return &cursor{of: t.of}, nil }
func (t table) Disconnect() error               { return nil }
func (t table) Destroy() error                  { return nil }

type cursor struct {
	of    *hashed
	parts [][]uint32 // numbers of lines, by the upper bits of their hashes
	part  int
	lines []row // of the part, sorted
	at    int
}

func (c *cursor) Filter(int, string, []vtab.Value) error {
	c.parts = make([][]uint32, parts)
	for i := range c.of.n {
		p := (c.of.at(i+1).hash >> 40) + parts/2
		c.parts[p] = append(c.parts[p], i+1)
	}
	c.part, c.lines, c.at = -1, nil, 0
	return c.Next()
}

func (c *cursor) Next() error {
	for c.at++; c.at >= len(c.lines); c.at = 0 {
		c.part++
		if c.part >= parts {
			return nil
		}
		c.lines = c.lines[:0]
		for _, i := range c.parts[c.part] {
			c.lines = append(c.lines, c.of.row(i))
		}
		c.parts[c.part] = nil
		slices.SortFunc(c.lines, func(a, b row) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.key, b.key)) })
		if len(c.lines) > 0 {
			c.at = 0
			return nil
		}
	}
	return nil
}

func (c *cursor) Eof() bool { return c.part >= parts }

func (c *cursor) Column(col int) (vtab.Value, error) {
	l := &c.lines[c.at]
	switch col {
	case 0:
		return l.hash, nil
	case 1:
		return int64(l.key), nil
	case 3:
		return l.around, nil
	}
	return int64(l.outlet), nil
}

func (c *cursor) Rowid() (int64, error) { return int64(c.part)<<32 | int64(c.at), nil }
func (c *cursor) Close() error          { return nil }
