package sqlite

import (
	"cmp"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"whence/store"
)

// In a large ledger each row of prints stands on a page of its own, and writing it
// costs that page. So new rows are not written there but in a run, those of a
// transaction in one; runs of like size are merged into larger ones. Once there are
// several of the largest, they are drained: their rows go to prints in the order of
// prints, some with each transaction, so that a page that is written takes many.
// Whatever is asked for is looked for in prints and in all runs.

// tiers are the sizes of runs.
type tiers struct {
	fan     int // so many runs of like size become one, or are drained
	largest int // runs of so many rows or more are merged no further
	inChunk int // rows in a chunk
}

// usualTiers: four chunks fill a page. Where transactions are of 128 articles, some nine
// million rows are drained together, ten for each page of the index of a million
// articles; the filters of all runs are then some 20 MB.
var usualTiers = tiers{fan: 8, largest: 1 << 18, inChunk: 38}

// tier is which runs are of like size.
func (t tiers) tier(size int) (n int) {
	for ; size >= t.fan; size /= t.fan {
		n++
	}
	return n
}

// runs are those that were read, by their numbers.
type runs struct {
	sync.Mutex
	known map[int64]*run
}

// keep forgets all but those that stand in the ledger, and adds these.
func (r *runs) keep(list []*standing) {
	r.Lock()
	defer r.Unlock()
	r.known = make(map[int64]*run, len(list))
	for _, s := range list {
		if s.run != nil {
			r.known[s.number] = s.run
		}
	}
}

func (r *runs) of(number int64) *run {
	r.Lock()
	defer r.Unlock()
	return r.known[number]
}

// standing is a run as it stands in one transaction.
type standing struct {
	*run     // nil until it is needed
	number   int64
	size     int
	draining bool
	drained  int64  // lower prints were moved
	chunk    int    // the one that was read last
	rows     packed // of it; nil where none was
}

// id is how a chunk is filed.
func (s *standing) id(chunk int) int64 { return s.number<<32 + int64(chunk) }

// fresh are rows that a transaction will write in its end.
type fresh map[int64][]store.Holder

func (f fresh) add(print int64, h store.Holder) {
	// Prints of one article that differ beyond what is indexed are one.
	if list := f[print]; len(list) == 0 || list[len(list)-1].Key != h.Key {
		f[print] = append(list, h)
	}
}

// remove takes the row of an article out, if it is there.
func (f fresh) remove(print int64, k store.Key) {
	if list := f[print]; len(list) > 0 {
		f[print] = slices.DeleteFunc(list, func(h store.Holder) bool { return h.Key == k })
	}
}

// pack gives all in order.
func (f fresh) pack() packed {
	var rows packed
	prints := make([]int64, 0, len(f))
	for p := range f {
		prints = append(prints, p)
	}
	slices.Sort(prints)
	for _, p := range prints {
		slices.SortFunc(f[p], byKey)
		for _, h := range f[p] {
			rows = rows.add(p, h.Key, h.Outlet, h.Around)
		}
	}
	return rows
}

func byKey(a, b store.Holder) int { return cmp.Compare(a.Key, b.Key) }

// recent are the runs of the ledger, the oldest first.
func (r *reader) recent() ([]*standing, error) {
	if r.listed {
		return r.standing, nil
	}
	scan := func(row interface{ Scan(...any) error }) (*standing, error) {
		var drained sql.NullInt64
		s := &standing{drained: lowest}
		err := row.Scan(&s.number, &s.size, &drained)
		if s.draining = drained.Valid; s.draining {
			s.drained = drained.Int64
		}
		return s, err
	}
	var list []*standing
	for s, err := range rows(r, scan, "SELECT run, size, drained FROM recent_runs ORDER BY run") {
		if err != nil {
			return nil, fmt.Errorf("looking for recent prints: %w", err)
		}
		list = append(list, s)
	}
	for _, s := range list {
		if s.run = r.runs.of(s.number); s.run != nil {
			continue
		}
		s.run = &run{}
		if err := r.row("SELECT firsts, filter FROM recent_filters WHERE run = ?", s.number).Scan(&s.firsts, (*[]byte)(&s.filter)); err != nil {
			return nil, fmt.Errorf("looking for recent prints: %w", damagedIfAbsent(err))
		}
		if len(s.filter) == 0 || len(s.filter)%block != 0 || len(s.firsts)%8 != 0 {
			return nil, fmt.Errorf("looking for recent prints: %w: a filter of %d bytes", store.ErrDamaged, len(s.filter))
		}
	}
	r.standing, r.listed = list, true
	r.runs.keep(list)
	return list, nil
}

func damagedIfAbsent(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	return sorted(err)
}

// chunk reads rows of a run; there are none where all went to prints.
func (r *reader) chunk(s *standing, c int) (packed, error) {
	if s.rows != nil && s.chunk == c {
		return s.rows, nil
	}
	rows, ok := r.loaded[s.id(c)]
	if !ok {
		err := r.row("SELECT rows FROM recent_rows WHERE chunk = ?", s.id(c)).Scan((*[]byte)(&rows))
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, sorted(err)
		}
	}
	if len(rows)%rowSize != 0 {
		return nil, fmt.Errorf("%w: %d bytes of recent prints", store.ErrDamaged, len(rows))
	}
	s.chunk, s.rows = c, rows
	return rows, nil
}

// mayHold tells whether a run is to be searched for a print.
func (s *standing) mayHold(print int64) bool { return print >= s.drained && s.filter.mayHold(print) }

// hit is a run that may hold print number i of some.
type hit struct {
	i  int
	in *standing
}

// hits are the runs that may hold prints, in the order of prints. The chunks to look
// at are loaded together.
func (r *reader) hits(prints []store.Print) ([]hit, error) {
	all, err := r.recent()
	if err != nil {
		return nil, err
	}
	var list []hit
	var chunks []int64
	clear(r.loaded)
	for i, p := range prints {
		print := indexed(p)
		for _, s := range all {
			if !s.mayHold(print) {
				continue
			}
			list = append(list, hit{i, s})
			if c := s.start(print); s.rows == nil || s.chunk != c {
				chunks = append(chunks, s.id(c))
			}
		}
	}
	if len(chunks) < 2 {
		return list, nil
	}
	if r.loaded == nil {
		r.loaded = map[int64]packed{}
	}
	type loaded struct {
		id   int64
		rows packed
	}
	scan := func(row interface{ Scan(...any) error }) (l loaded, err error) {
		err = row.Scan(&l.id, (*[]byte)(&l.rows))
		return l, err
	}
	slices.Sort(chunks)
	asked, err := json.Marshal(slices.Compact(chunks))
	if err != nil {
		return nil, err
	}
	for l, err := range rows(r, scan, "SELECT chunk, rows FROM json_each(?) CROSS JOIN recent_rows ON chunk = value", string(asked)) {
		if err != nil {
			return nil, err
		}
		r.loaded[l.id] = l.rows
	}
	return list, nil
}

// eachRow visits the rows of a print in a run, from a key on, until visit returns
// false.
func (r *reader) eachRow(s *standing, print int64, from store.Key, visit func(rows packed, i int) bool) error {
	for c := s.start(print); c < s.chunks(); c++ {
		rows, err := r.chunk(s, c)
		if err != nil {
			return fmt.Errorf("looking for recent prints: %w", err)
		}
		for i := rows.search(print, from); i < rows.len(); i++ {
			if rows.print(i) != print || !visit(rows, i) {
				return nil
			}
		}
	}
	return nil
}

// checkRecent tells of a chunk that is of no run, and of rows that are out of order or
// that would not be found.
func (r *reader) checkRecent() error {
	all, err := r.recent()
	if err != nil {
		return err
	}
	var stray int
	if err := r.row("SELECT count(*) FROM recent_rows WHERE chunk >> 32 NOT IN (SELECT run FROM recent_runs)").Scan(&stray); err != nil {
		return sorted(err)
	}
	if stray > 0 {
		return fmt.Errorf("%w: %d chunks of recent prints are of no run", store.ErrDamaged, stray)
	}
	for _, s := range all {
		if err := r.checkRun(s); err != nil {
			return fmt.Errorf("run %d of recent prints: %w", s.number, err)
		}
	}
	return nil
}

func (r *reader) checkRun(s *standing) error {
	var last packed
	for c := range s.chunks() {
		rows, err := r.chunk(s, c)
		if err != nil {
			return err
		}
		for i := range rows.len() {
			print, row := rows.print(i), rows.from(i)
			switch {
			case len(last) > 0 && !last.before(row):
				return fmt.Errorf("%w: row %d of chunk %d is out of order", store.ErrDamaged, i, c)
			case print < s.drained, print < s.first(c), c+1 < s.chunks() && print > s.first(c+1), !s.filter.mayHold(print):
				return fmt.Errorf("%w: row %d of chunk %d would not be found", store.ErrDamaged, i, c)
			}
			last = row
		}
	}
	return nil
}

// recentHolders appends to list who holds a print by rows that are not in prints, the
// earliest of each run.
func (r *reader) recentHolders(list []store.Holder, p store.Print, hits []hit, from, to store.Key, limit int) ([]store.Holder, error) {
	print := indexed(p)
	for _, h := range hits {
		n := 0
		if err := r.eachRow(h.in, print, from, func(rows packed, i int) bool {
			k := rows.key(i)
			if k >= to || n == limit {
				return false
			}
			n++
			list = append(list, store.Holder{Print: p, Key: k, Outlet: rows.outlet(i), Around: rows.around(i)})
			return true
		}); err != nil {
			return nil, err
		}
	}
	for _, h := range r.fresh[print] {
		if h.Key >= from && h.Key < to {
			h.Print = p
			list = append(list, h)
		}
	}
	return list, nil
}

// forget takes the rows of an article out of what is recent.
func (w *writer) forget(k store.Key, prints []store.Print) error {
	for part := range slices.Chunk(prints, mostAsked) {
		hits, err := w.hits(part)
		if err != nil {
			return fmt.Errorf("forgetting prints: %w", err)
		}
		for _, p := range part {
			w.fresh.remove(indexed(p), k)
		}
		for _, h := range hits {
			if err := w.forgetIn(h.in, indexed(part[h.i]), k); err != nil {
				return fmt.Errorf("forgetting prints: %w", err)
			}
		}
	}
	return nil
}

// forgetIn takes a row out of a run, if it is there.
func (w *writer) forgetIn(s *standing, print int64, k store.Key) error {
	found := -1
	if err := w.eachRow(s, print, k, func(rows packed, i int) bool {
		if rows.key(i) == k {
			found = i
		}
		return false
	}); err != nil || found < 0 {
		return err
	}
	// The chunk that was read last is the one where it was found.
	return w.rewrite(s, s.chunk, slices.Concat(s.rows[:found*rowSize], s.rows.from(found+1)))
}

// rewrite puts other rows in a chunk's place.
func (w *writer) rewrite(s *standing, c int, rows packed) error {
	s.chunk, s.rows = c, append(packed{}, rows...)
	delete(w.loaded, s.id(c))
	return w.do("UPDATE recent_rows SET rows = ? WHERE chunk = ?", []byte(s.rows), s.id(c))
}

// writeRecent writes what is fresh in a run, merged with those of like size, and drains
// those that are to be.
func (w *writer) writeRecent() error {
	rows := w.fresh.pack()
	if len(rows) == 0 {
		return nil
	}
	all, err := w.recent()
	if err != nil {
		return err
	}
	clear(w.fresh)
	var like []*standing
	size := rows.len()
	for size < w.tiers.largest {
		same := slices.DeleteFunc(slices.Clone(all), func(s *standing) bool {
			return s.draining || w.tiers.tier(s.size) != w.tiers.tier(size) || slices.Contains(like, s)
		})
		if len(same) < w.tiers.fan-1 {
			break
		}
		for _, s := range same {
			size += s.size
		}
		like = append(like, same...)
	}
	if err := w.mergeRuns(rows, like, size); err != nil {
		return fmt.Errorf("writing recent prints: %w", err)
	}
	if err := w.drain(rows.len()); err != nil {
		return fmt.Errorf("filing recent prints: %w", err)
	}
	return nil
}

// source gives the rows of a run in order.
type source struct {
	rows  packed // those that are left of the chunk
	chunk int
	of    *standing // nil where there are no more chunks
	taken bool      // some of the chunk were taken
}

// fill reads the next chunk that has rows, where none is left.
func (w *writer) fill(s *source) error {
	for len(s.rows) == 0 && s.of != nil && s.chunk+1 < s.of.chunks() {
		s.chunk++
		rows, err := w.chunk(s.of, s.chunk)
		if err != nil {
			return err
		}
		s.rows, s.taken = rows, false
	}
	return nil
}

// inOrder takes rows from sources in order, as long as their prints are less than a
// bound.
func (w *writer) inOrder(sources []*source, bound int64, visit func(row packed) error) error {
	for _, s := range sources {
		if err := w.fill(s); err != nil {
			return err
		}
	}
	for {
		var first *source
		for _, s := range sources {
			if len(s.rows) > 0 && (first == nil || s.rows.before(first.rows)) {
				first = s
			}
		}
		if first == nil || first.rows.print(0) >= bound {
			return nil
		}
		if err := visit(first.rows[:rowSize]); err != nil {
			return err
		}
		first.rows, first.taken = first.rows.from(1), true
		if err := w.fill(first); err != nil {
			return err
		}
	}
}

// mergeRuns makes one run of rows and others.
func (w *writer) mergeRuns(rows packed, others []*standing, size int) error {
	sources := []*source{{rows: rows}}
	for _, s := range others {
		sources = append(sources, &source{of: s, chunk: -1})
	}
	made := &standing{run: &run{filter: newFilter(size)}, size: size, drained: lowest}
	if err := w.row("INSERT INTO recent_runs (size) VALUES (?) RETURNING run", size).Scan(&made.number); err != nil {
		return err
	}
	var chunk packed
	write := func() error {
		made.begins(chunk.print(0))
		err := w.do("INSERT INTO recent_rows (chunk, rows) VALUES (?, ?)", made.id(made.chunks()-1), []byte(chunk))
		chunk = chunk[:0]
		return err
	}
	err := w.inOrder(sources, beyond, func(row packed) error {
		made.filter.add(row.print(0))
		if chunk = append(chunk, row...); chunk.len() < w.tiers.inChunk {
			return nil
		}
		return write()
	})
	if err == nil && len(chunk) > 0 {
		err = write()
	}
	if err != nil {
		return err
	}
	if err := w.do("INSERT INTO recent_filters (run, firsts, filter) VALUES (?, ?, ?)", made.number, made.firsts, []byte(made.filter)); err != nil {
		return err
	}
	w.standing = append(w.standing, made)
	return w.dropRuns(others)
}

// dropRuns forgets runs.
func (w *writer) dropRuns(list []*standing) error {
	for _, s := range list {
		for _, query := range []string{
			"DELETE FROM recent_rows WHERE chunk >= ?1 << 32 AND chunk < (?1 + 1) << 32",
			"DELETE FROM recent_filters WHERE run = ?",
			"DELETE FROM recent_runs WHERE run = ?",
		} {
			if err := w.do(query, s.number); err != nil {
				return err
			}
		}
	}
	w.standing = slices.DeleteFunc(w.standing, func(s *standing) bool { return slices.Contains(list, s) })
	return nil
}

// drain moves rows of the largest runs to prints: somewhat more than came, so that
// it is done before there are as many runs again.
func (w *writer) drain(came int) error {
	var draining, full []*standing
	size := 0
	for _, s := range w.standing {
		switch {
		case s.draining:
			draining = append(draining, s)
			size += s.size
		case s.size >= w.tiers.largest:
			full = append(full, s)
		}
	}
	if len(draining) == 0 {
		if len(full) < w.tiers.fan {
			return nil
		}
		for _, s := range full {
			s.draining = true
			size += s.size
		}
		draining = full
	}
	drained := draining[0].drained
	bound := drained + max(1, int64(float64(beyond-lowest)*1.5*float64(came)/float64(size)))
	if bound >= beyond {
		bound = beyond
	}
	if err := w.move(draining, drained, bound); err != nil {
		return err
	}
	if bound == beyond {
		return w.dropRuns(draining)
	}
	for _, s := range draining {
		s.drained = bound
		if err := w.do("UPDATE recent_runs SET drained = ? WHERE run = ?", bound, s.number); err != nil {
			return err
		}
	}
	return nil
}

// movedTogether is how many rows a statement moves.
const movedTogether = 32

// insertPrints is a statement that puts so many rows.
func insertPrints(n int) string {
	return "INSERT OR IGNORE INTO prints (print, article, outlet, around) VALUES (?, ?, ?, ?)" + strings.Repeat(", (?, ?, ?, ?)", n-1)
}

// move moves the rows with prints from drained up to bound.
func (w *writer) move(draining []*standing, drained, bound int64) error {
	sources := make([]*source, len(draining))
	for i, s := range draining {
		sources[i] = &source{of: s, chunk: s.start(drained) - 1}
	}
	var args []any
	write := func() error {
		err := w.do(insertPrints(len(args)/4), args...)
		args = args[:0]
		return err
	}
	err := w.inOrder(sources, bound, func(row packed) error {
		if args = append(args, row.print(0), int64(row.key(0)), int64(row.outlet(0)), row.around(0)); len(args) < 4*movedTogether {
			return nil
		}
		return write()
	})
	if err == nil && len(args) > 0 {
		err = write()
	}
	if err != nil {
		return err
	}
	for _, s := range sources {
		if s.chunk < 0 {
			continue
		}
		end := s.chunk
		if len(s.rows) == 0 {
			end++
		} else if s.taken {
			if err := w.rewrite(s.of, s.chunk, s.rows); err != nil {
				return err
			}
		}
		if err := w.do("DELETE FROM recent_rows WHERE chunk >= ? AND chunk < ?", s.of.id(s.of.start(drained)), s.of.id(end)); err != nil {
			return err
		}
	}
	return nil
}
