package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
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
	if err := f.pour(ctx, f.bulk.prints.rows(), "INSERT OR IGNORE INTO prints (print, article, outlet, around) SELECT hash, article, outlet, around FROM %s"); err != nil {
		return fault("filling", f.path, err)
	}
	f.bulk.prints = hashed{}
	if err := f.pour(ctx, f.bulk.topics.rows(), "INSERT OR IGNORE INTO topics (topic, article) SELECT hash, article FROM %s"); err != nil {
		return fault("filling", f.path, err)
	}
	f.bulk = nil
	for _, query := range []string{
		"INSERT INTO words (words) VALUES ('optimize')",
		"INSERT INTO phrases (phrases) VALUES ('optimize')",
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
func (f *Filling) pour(ctx context.Context, rows iter.Seq[row], query string) error {
	name := fmt.Sprintf("pouring_%d", poured.Add(1))
	if err := vtab.RegisterModule(f.writes, name, module{rows}); err != nil {
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
	articles []filled
	prints   hashed
	topics   byTopic
}

// filled is an article of a filling.
type filled struct {
	key    store.Key
	outlet store.OutletID
}

func (b *bulk) add(k store.Key, outlet store.OutletID, e store.Entry) {
	b.articles = append(b.articles, filled{k, outlet})
	b.prints.of = b
	article := uint32(len(b.articles) - 1)
	for i, p := range e.Prints {
		b.prints.add(line{hash: indexed(p), article: article})
		b.prints.beside(e.AroundOf(i))
	}
	if b.topics == nil {
		b.topics = byTopic{}
	}
	for _, t := range e.Topics {
		b.topics.add(indexed(t), k)
	}
}

// line is a row of the index of prints.
type line struct {
	hash    int64
	article uint32 // its number in the filling
	next    uint32 // the number of the line before with the same slot, from 1
}

// hashed is the index of prints in memory.
type hashed struct {
	of     *bulk
	slots  []uint32
	chunks [][]line
	around [][]int64 // of the lines
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
	return row{hash: l.hash, around: h.around[(i-1)/chunk][(i-1)%chunk], filled: h.of.articles[l.article]}
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

// parts is into how many parts the index of prints is cut to be sorted.
const parts = 256

// rows are all lines in the order of the index.
func (h *hashed) rows() iter.Seq[row] {
	return func(yield func(row) bool) {
		var of [parts][]uint32 // numbers of lines, by the upper bits of their hashes
		for i := range h.n {
			p := (h.at(i+1).hash >> 40) + parts/2
			of[p] = append(of[p], i+1)
		}
		var part []row
		for p := range of {
			part = part[:0]
			for _, i := range of[p] {
				part = append(part, h.row(i))
			}
			of[p] = nil
			slices.SortFunc(part, func(a, b row) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.key, b.key)) })
			for _, r := range part {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// byTopic is the index of topics in memory. Some stand in a large share of all
// articles, so their keys are kept in order.
type byTopic map[int64]*ordered

func (t byTopic) add(topic int64, k store.Key) {
	o := t[topic]
	if o == nil {
		o = &ordered{}
		t[topic] = o
	}
	o.add(k)
}

func (t byTopic) nearest(topics []store.Print, from, to store.Key, limit int, latestFirst bool, visit func(store.Key)) {
	seen := map[store.Key]bool{}
	for _, topic := range topics {
		o := t[indexed(topic)]
		if o == nil {
			continue
		}
		for _, k := range o.between(from, to, limit, latestFirst) {
			if !seen[k] {
				seen[k] = true
				visit(k)
			}
		}
	}
}

// rows are all topics with their articles in the order of the index.
func (t byTopic) rows() iter.Seq[row] {
	return func(yield func(row) bool) {
		for _, topic := range slices.Sorted(maps.Keys(t)) {
			for _, block := range t[topic].blocks {
				for _, k := range block {
					if !yield(row{hash: topic, filled: filled{key: k}}) {
						return
					}
				}
			}
		}
	}
}

// ordered is a set of keys in rising order, in blocks of at most mostInBlock,
// none of which is empty.
type ordered struct{ blocks [][]store.Key }

const mostInBlock = 512

// at is where the first key that is not under k stands: in which block, and
// where in it. It is past the last block where there is none.
func (o *ordered) at(k store.Key) (block, i int) {
	block, _ = slices.BinarySearchFunc(o.blocks, k, func(b []store.Key, k store.Key) int { return cmp.Compare(b[len(b)-1], k) })
	if block < len(o.blocks) {
		i, _ = slices.BinarySearch(o.blocks[block], k)
	}
	return block, i
}

func (o *ordered) add(k store.Key) {
	n, i := o.at(k)
	switch {
	case len(o.blocks) == 0:
		o.blocks = [][]store.Key{{k}}
		return
	case n == len(o.blocks):
		n--
		i = len(o.blocks[n])
	case o.blocks[n][i] == k:
		return
	}
	b := slices.Insert(o.blocks[n], i, k)
	o.blocks[n] = b
	if len(b) > mostInBlock {
		o.blocks[n] = b[: len(b)/2 : len(b)/2]
		o.blocks = slices.Insert(o.blocks, n+1, slices.Clone(b[len(b)/2:]))
	}
}

// between are the first keys from from up to to, or the last, in rising order
// and at most so many.
func (o *ordered) between(from, to store.Key, limit int, last bool) (list []store.Key) {
	if !last {
		for n, i := o.at(from); n < len(o.blocks); n, i = n+1, 0 {
			for _, k := range o.blocks[n][i:] {
				if k >= to || len(list) == limit {
					return list
				}
				list = append(list, k)
			}
		}
		return list
	}
	n, end := o.at(to)
	for n >= 0 {
		if n < len(o.blocks) {
			for _, k := range slices.Backward(o.blocks[n][:end]) {
				if k < from || len(list) == limit {
					slices.Reverse(list)
					return list
				}
				list = append(list, k)
			}
		}
		if n--; n >= 0 {
			end = len(o.blocks[n])
		}
	}
	slices.Reverse(list)
	return list
}

// module, table and cursor give the rows of an index in order.
type module struct{ rows iter.Seq[row] }

func (m module) Create(ctx vtab.Context, _ []string) (vtab.Table, error) {
	return table(m), ctx.Declare("CREATE TABLE x (hash INTEGER, article INTEGER, outlet INTEGER, around INTEGER)")
}

func (m module) Connect(ctx vtab.Context, args []string) (vtab.Table, error) {
	return m.Create(ctx, args)
}

type table struct{ rows iter.Seq[row] }

func (t table) BestIndex(*vtab.IndexInfo) error { return nil }
func (t table) Open() (vtab.Cursor, error)      { return &cursor{rows: t.rows}, nil }
func (t table) Disconnect() error               { return nil }
func (t table) Destroy() error                  { return nil }

type cursor struct {
	rows iter.Seq[row]
	next func() (row, bool)
	stop func()
	row  row
	more bool
	at   int64
}

func (c *cursor) Filter(int, string, []vtab.Value) error {
	if err := c.Close(); err != nil {
		return err
	}
	c.next, c.stop = iter.Pull(c.rows)
	return c.Next()
}

func (c *cursor) Next() error {
	c.row, c.more = c.next()
	c.at++
	return nil
}

func (c *cursor) Eof() bool { return !c.more }

func (c *cursor) Column(col int) (vtab.Value, error) {
	switch col {
	case 0:
		return c.row.hash, nil
	case 1:
		return int64(c.row.key), nil
	case 3:
		return c.row.around, nil
	}
	return int64(c.row.outlet), nil
}

func (c *cursor) Rowid() (int64, error) { return c.at, nil }

func (c *cursor) Close() error {
	if c.stop != nil {
		c.stop()
	}
	return nil
}
