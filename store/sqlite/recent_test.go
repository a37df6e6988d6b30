package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"whence"
	"whence/store"
)

// noted is a row that ought to be in the index.
type noted struct {
	store.Holder
	id string
}

// few are entries that hold prints of few, some of them beyond the 47th bit.
func few(rng *rand.Rand, n int) store.Entry {
	r := &whence.Reading{Article: whence.Article{URL: fmt.Sprintf("https://gazette.ternsay.example/%d", n), Outlet: fmt.Sprint("Outlet ", n%3), Text: fmt.Sprint("Nothing happened, for the ", n, "th time.")}}
	r.Published, _ = whence.ParseDate(fmt.Sprintf("2027-%02d-%02d", rng.IntN(12)+1, rng.IntN(28)+1))
	r.Identify()
	e := store.Entry{Reading: r, Reader: "r1"}
	for range rng.IntN(12) {
		e.Prints = append(e.Prints, store.Print(rng.Uint64N(30)*(1<<48/30)))
	}
	slices.Sort(e.Prints)
	e.Prints = slices.Compact(e.Prints)
	for range e.Prints {
		e.Around = append(e.Around, rng.Int64())
	}
	return e
}

// TestRecent puts and removes articles in a ledger with two programs at it, some of
// whose transactions fail, and compares who holds prints with what was put.
func TestRecent(t *testing.T) {
	for _, small := range []tiers{{fan: 2, largest: 16, inChunk: 3}, {fan: 3, largest: 40, inChunk: 5}, {fan: 2, largest: 200, inChunk: 1}} {
		t.Run(fmt.Sprint(small), func(t *testing.T) { testRecent(t, small) })
	}
}

func testRecent(t *testing.T, small tiers) {
	ctx := context.Background()
	rng := rand.New(rand.NewPCG(3, uint64(small.largest)))
	path := filepath.Join(t.TempDir(), "ledger.db")
	var programs []*Store
	for range 2 {
		s, err := Open(ctx, path)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		s.tiers = small
		programs = append(programs, s)
	}
	var all []noted
	drained := false
	errFails := errors.New("it fails")
	for n := range 150 {
		s := programs[rng.IntN(len(programs))]
		fails := rng.IntN(8) == 0
		now := slices.Clone(all)
		err := s.Update(ctx, func(w store.Writer) error {
			for i := range rng.IntN(6) {
				e := few(rng, 10*n+i)
				k, _, err := w.Put(e)
				if err != nil {
					return err
				}
				for i, p := range e.Prints {
					now = append(now, noted{store.Holder{Print: p, Key: k, Outlet: 0, Around: e.Around[i]}, e.Reading.ID})
				}
				if rng.IntN(3) == 0 {
					compareHolders(t, w, rng, now)
				}
			}
			for range rng.IntN(4) {
				if len(now) == 0 {
					continue
				}
				k := now[rng.IntN(len(now))].Key
				if err := w.Remove(k); err != nil {
					return err
				}
				now = slices.DeleteFunc(now, func(x noted) bool { return x.Key == k })
			}
			compareHolders(t, w, rng, now)
			if fails {
				return errors.Join(errFails, w.(*writer).writeRecent())
			}
			return nil
		})
		switch {
		case fails && errors.Is(err, errFails):
		case err != nil:
			t.Fatal(err)
		default:
			all = now
		}
		for _, s := range programs {
			if err := s.View(ctx, func(r store.Reader) error {
				compareHolders(t, r, rng, all)
				standing, err := r.(*reader).recent()
				for _, x := range standing {
					drained = drained || x.draining && x.drained > lowest
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		if n%40 == 0 {
			verifyAnew(t, path)
		}
		if t.Failed() {
			t.FailNow()
		}
	}
	var filed, runs int
	if err := programs[0].reads.QueryRow("SELECT (SELECT count(*) FROM prints), (SELECT max(run) FROM recent_runs)").Scan(&filed, &runs); err != nil {
		t.Fatal(err)
	}
	if filed == 0 || !drained {
		t.Errorf("%d rows of %d were filed by %d runs, on the way: %t", filed, len(all), runs, drained)
	}
}

// verifyAnew checks a ledger as a program does that opens it now: the full-text index
// of one that is open already takes what another program wrote for damage.
func verifyAnew(t *testing.T, path string) {
	t.Helper()
	s, err := Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	for err := range s.Check(context.Background()) {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// compareHolders asks for some prints between some keys.
func compareHolders(t *testing.T, r store.Reader, rng *rand.Rand, all []noted) {
	t.Helper()
	var prints []store.Print
	for i := range uint64(30) {
		if rng.IntN(4) > 0 {
			prints = append(prints, store.Print(i*(1<<48/30)))
		}
	}
	from, to, limit := store.Key(-1<<62), store.Key(1<<62), 1+rng.IntN(20)
	if len(all) > 0 && rng.IntN(2) == 0 {
		from, to = all[rng.IntN(len(all))].Key, all[rng.IntN(len(all))].Key
	}
	var want []store.Holder
	for _, p := range prints {
		var of []store.Holder
		for _, x := range all {
			if x.Print == p && x.Key >= from && x.Key < to {
				of = append(of, x.Holder)
			}
		}
		slices.SortFunc(of, func(a, b store.Holder) int { return cmp.Compare(a.Key, b.Key) })
		want = append(want, of[:min(limit, len(of))]...)
	}
	var got []store.Holder
	if err := r.Holders(prints, from, to, limit, func(h store.Holder) {
		h.Outlet = 0
		got = append(got, h)
	}); err != nil {
		t.Error(err)
	}
	if !slices.Equal(got, want) {
		t.Errorf("holders of %d between %d and %d, at most %d:\n%v, want\n%v", prints, from, to, limit, got, want)
	}
}

// TestFilter holds the filter to letting all through that are in it, and few others.
func TestFilter(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const n = 20_000
	f := newFilter(n)
	in := make([]int64, n)
	for i := range in {
		in[i] = lowest + rng.Int64N(beyond-lowest)
		f.add(in[i])
	}
	for _, p := range in {
		if !f.mayHold(p) {
			t.Fatalf("%d is kept out", p)
		}
	}
	through := 0
	for range n {
		if f.mayHold(lowest + rng.Int64N(beyond-lowest)) {
			through++
		}
	}
	if through > n/100 {
		t.Errorf("%d of %d others go through", through, n)
	}
	t.Logf("%d of %d others go through", through, n)
}

// TestCheckRecent damages recent prints in ways that Check is to tell of.
func TestCheckRecent(t *testing.T) {
	for name, damage := range map[string]string{
		"a row changed":       "UPDATE recent_rows SET rows = x'000000000000' || substr(rows, 7) WHERE chunk = (SELECT max(chunk) FROM recent_rows)",
		"a row cut":           "UPDATE recent_rows SET rows = substr(rows, 2) WHERE chunk = (SELECT max(chunk) FROM recent_rows)",
		"an empty filter":     "UPDATE recent_filters SET filter = zeroblob(length(filter))",
		"no filter":           "DELETE FROM recent_filters",
		"a run is gone":       "DELETE FROM recent_runs WHERE run = (SELECT max(run) FROM recent_runs)",
		"drained on the list": "UPDATE recent_runs SET drained = 1 << 46",
	} {
		t.Run(name, func(t *testing.T) {
			ctx := context.Background()
			path := filepath.Join(t.TempDir(), "ledger.db")
			s, err := Open(ctx, path)
			if err != nil {
				t.Fatal(err)
			}
			s.tiers.inChunk = 3
			rng := rand.New(rand.NewPCG(5, 6))
			if err := s.Update(ctx, func(w store.Writer) error {
				for n := range 20 {
					if _, _, err := w.Put(few(rng, n)); err != nil {
						return err
					}
				}
				return nil
			}); err != nil {
				t.Fatal(err)
			}
			for err := range s.Check(ctx) {
				t.Error(err)
			}
			if _, err := s.writes.Exec(damage); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if s, err = Open(ctx, path); err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			found := 0
			for err := range s.Check(ctx) {
				if found++; !errors.Is(err, store.ErrDamaged) {
					t.Error(err)
				}
			}
			if found != 1 {
				t.Errorf("%d errors", found)
			}
		})
	}
}
