package sqlite_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence"
	"whence/store"
	"whence/store/sqlite"
	"whence/store/storetest"
)

func open(t testing.TB, path string) *sqlite.Store {
	t.Helper()
	s, err := sqlite.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store {
		return open(t, filepath.Join(t.TempDir(), "a ledger?#%41.db"))
	})
}

// TestConformanceSmall is the same while recent prints are merged and drained all the
// time.
func TestConformanceSmall(t *testing.T) {
	storetest.Run(t, func(t *testing.T) store.Store {
		return open(t, filepath.Join(t.TempDir(), "ledger.db")).Small()
	})
}

// TestRefused holds Open to leaving files that are not its own untouched.
func TestRefused(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole.db")
	s := open(t, whole)
	if err := s.Update(context.Background(), func(w store.Writer) error {
		for i := range 50 {
			if _, _, err := w.Put(entry(i)); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	ledger, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	patched := func(at int, with string) []byte {
		b := bytes.Clone(ledger)
		copy(b[at:], with)
		return b
	}
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"text":               {[]byte("Dear editor,\nthis is no ledger, though it is long enough to be one, is it not? It goes on and on."), store.ErrForeign},
		"few bytes":          {[]byte("SQLi"), store.ErrForeign},
		"cut in the header":  {ledger[:60], store.ErrDamaged},
		"cut in the middle":  {ledger[:len(ledger)/2+100], store.ErrDamaged},
		"a later version":    {patched(60, "\x00\x00\x00\x63"), store.ErrNewer},
		"another's database": {patched(68, "abcd"), store.ErrForeign},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "x.db")
			if err := os.WriteFile(path, c.data, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := sqlite.Open(context.Background(), path)
			if err == nil {
				err = errors.Join(s.View(context.Background(), func(r store.Reader) error {
					for _, err := range r.Heads(-1<<62, 1<<62, false) {
						if err != nil {
							return err
						}
					}
					return nil
				}), s.Close())
			}
			if !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, c.data) {
				t.Errorf("the file was touched (%v)", err)
			}
		})
	}
}

// TestUnusable holds Open to saying what cannot be used.
func TestUnusable(t *testing.T) {
	dir := t.TempDir()
	for name, path := range map[string]string{
		"a folder":       dir,
		"no such folder": filepath.Join(dir, "no", "such", "x.db"),
	} {
		if s, err := sqlite.Open(context.Background(), path); !errors.Is(err, store.ErrUnusable) || !strings.Contains(fmt.Sprint(err), path) {
			t.Errorf("%s: %v, %v", name, s, err)
		}
	}
}

// entry is an article of n, of about the length of news.
func entry(n int) store.Entry {
	rng := rand.New(rand.NewPCG(uint64(n), 7))
	var b strings.Builder
	for range 600 {
		fmt.Fprintf(&b, "word%d ", rng.IntN(20000))
	}
	r := &whence.Reading{Article: whence.Article{URL: fmt.Sprintf("https://gazette.ternsay.example/%d", n), Outlet: fmt.Sprint("Outlet ", n%50), Title: fmt.Sprint("Title ", n), Text: b.String()}}
	r.Published, _ = whence.ParseDate(fmt.Sprintf("2027-%02d-%02d", n%12+1, n%28+1))
	r.Identify()
	prints := make([]store.Print, 80)
	at := uint64(0)
	for i := range prints {
		at += rng.Uint64N(1 << 57)
		prints[i] = store.Print(at)
	}
	return store.Entry{Reading: r, Reader: "r1", Prints: prints}
}

// BenchmarkPut is the time of one article, in batches as a ledger adds them.
func BenchmarkPut(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "x.db"))
	defer s.Close()
	entries := make([]store.Entry, b.N)
	for i := range entries {
		entries[i] = entry(i)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for len(entries) > 0 {
		n := min(256, len(entries))
		if err := s.Update(context.Background(), func(w store.Writer) error {
			for _, e := range entries[:n] {
				if _, _, err := w.Put(e); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
		entries = entries[n:]
	}
}

// BenchmarkHolders asks who holds the prints of one article.
func BenchmarkHolders(b *testing.B) {
	s := open(b, filepath.Join(b.TempDir(), "x.db"))
	defer s.Close()
	if err := s.Update(context.Background(), func(w store.Writer) error {
		for i := range 2000 {
			if _, _, err := w.Put(entry(i)); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		b.Fatal(err)
	}
	prints := entry(7).Prints
	b.ResetTimer()
	for b.Loop() {
		if err := s.View(context.Background(), func(r store.Reader) error {
			return r.Holders(prints, 0, 1<<62, 100, func(store.Holder) {})
		}); err != nil {
			b.Fatal(err)
		}
	}
}

// TestCheckWhileOthersAdd checks a ledger that was asked before another program added to
// it: what a connection remembers of the index of words is not held against the file.
func TestCheckWhileOthersAdd(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "ledger.db")
	here, there := open(t, path), open(t, path)
	defer here.Close()
	defer there.Close()
	for i := range 60 {
		if err := there.Update(ctx, func(w store.Writer) error {
			_, _, err := w.Put(entry(i))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if err := here.View(ctx, func(r store.Reader) error {
			for _, err := range r.Search(store.Query{Terms: []string{"the"}, Limit: 1}) {
				if err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		for err := range here.Check(ctx) {
			t.Fatalf("after %d articles: %v", i, err)
		}
	}
}
