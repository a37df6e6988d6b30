package sqlite

import (
	"context"
	"flag"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"whence/internal/processor"
	"whence/store"
)

var filedRows = flag.Int("rows", 2_000_000, "how many rows prints has where the index of prints is measured")

// BenchmarkRecent is what the index of prints costs an article: its prints are put, and
// it is asked who holds them, in transactions of as many articles as a ledger adds
// together. Prints has -rows rows (134,000,000 are those of a million articles, some
// 5 GB and ten minutes), and there are runs of all sizes, the largest half drained.
func BenchmarkRecent(b *testing.B) {
	const printsEach, together = 134, 128
	ctx := context.Background()
	s, err := Open(ctx, filepath.Join(b.TempDir(), "ledger.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	rng := rand.New(rand.NewPCG(1, 2))
	grown(ctx, b, s, rng)
	prints := make([]store.Print, printsEach*together)
	key := store.Key(1 << 60)
	used := processor.Time()
	for b.Loop() {
		if err := s.Update(ctx, func(sw store.Writer) error {
			w := sw.(*writer)
			for i := range prints {
				if i%printsEach == 0 {
					key++
				}
				prints[i] = store.Print(rng.Uint64N(1 << 48))
				w.fresh.add(indexed(prints[i]), store.Holder{Key: key, Outlet: 1, Around: rng.Int64N(1 << 54)})
			}
			slices.Sort(prints)
			return w.Holders(prints, 0, 1<<62, 229, func(store.Holder) {})
		}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64((processor.Time()-used).Microseconds())/float64(b.N*together), "processor-µs/article")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*together), "µs/article")
}

// grown puts rows into prints and makes runs.
func grown(ctx context.Context, b *testing.B, s *Store, rng *rand.Rand) {
	const step = 100_000
	rows := func(from, n, of int) (list packed) {
		gap := (beyond - lowest) / int64(of)
		for i := range int64(n) {
			list = list.add(lowest+(int64(from)+i)*gap+rng.Int64N(gap), store.Key(rng.Int64N(1<<55)), 1, rng.Int64N(1<<54))
		}
		return list
	}
	update := func(f func(*writer) error) {
		if err := s.Update(ctx, func(w store.Writer) error { return f(w.(*writer)) }); err != nil {
			b.Fatal(err)
		}
	}
	for from := 0; from < *filedRows; from += step {
		update(func(w *writer) error {
			list := rows(from, min(step, *filedRows-from), *filedRows)
			for len(list) > 0 {
				var args []any
				for len(args) < 4*movedTogether && len(list) > 0 {
					args = append(args, list.print(0), int64(list.key(0)), int64(list.outlet(0)), list.around(0))
					list = list.from(1)
				}
				if err := w.do(insertPrints(len(args)/4), args...); err != nil {
					return err
				}
			}
			return nil
		})
	}
	for size := 128 * 134; size < *filedRows/100 || size < 8*s.tiers.largest; size *= s.tiers.fan {
		for range s.tiers.fan / 2 {
			update(func(w *writer) error {
				if _, err := w.recent(); err != nil {
					return err
				}
				return w.mergeRuns(rows(0, size, size), nil, size)
			})
		}
	}
	update(func(w *writer) error {
		return w.do("UPDATE recent_runs SET drained = 0 WHERE size >= ?", s.tiers.largest)
	})
}
