package intake

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// noLeak fails the test if more goroutines are left than there were.
func noLeak(t testing.TB) func() {
	before := runtime.NumGoroutine()
	return func() {
		t.Helper()
		for wait := time.Millisecond; wait < 2*time.Second; wait *= 2 {
			if runtime.NumGoroutine() <= before {
				return
			}
			time.Sleep(wait)
		}
		stacks := make([]byte, 1<<16)
		t.Errorf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
	}
}

func numbered(n int) task[int] { return func() (int, []task[int]) { return n, nil } }

func collect(p *pipeline[int]) []int {
	var got []int
	p.take(func() {}, time.Hour, func(n int) bool { got = append(got, n); return true })
	p.stop()
	return got
}

func TestPipelineKeepsOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		workers := rapid.IntRange(1, 8).Draw(t, "workers")
		w := window{rapid.IntRange(1, 9).Draw(t, "items"), rapid.Int64Range(0, 40).Draw(t, "bytes")}
		parts := rapid.SliceOfN(rapid.IntRange(0, 4), 0, 60).Draw(t, "parts")
		var want []int
		next := 0
		number := func() task[int] { next++; want = append(want, next); return numbered(next) }
		var tasks []task[int]
		for _, n := range parts {
			head := number()
			var rest []task[int]
			for range n {
				rest = append(rest, number())
			}
			tasks = append(tasks, func() (int, []task[int]) {
				if n%2 == 0 {
					runtime.Gosched()
				}
				r, _ := head()
				return r, rest
			})
		}
		p := newPipeline(context.Background(), workers, w, func(_ context.Context, p *pipeline[int]) {
			for i, task := range tasks {
				if !p.put(int64(i%11), task) {
					return
				}
			}
		})
		if got := collect(p); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func TestPipelineStaysInWindow(t *testing.T) {
	const items, bytes, size = 5, 100, 30
	var fed, taken, most atomic.Int64
	p := newPipeline(context.Background(), 4, window{items, bytes}, func(_ context.Context, p *pipeline[int]) {
		for i := range 500 {
			if !p.put(size, numbered(i)) {
				return
			}
			if held := fed.Add(1) - taken.Load(); held > most.Load() {
				most.Store(held)
			}
		}
	})
	defer p.stop()
	p.take(func() {}, time.Hour, func(int) bool { taken.Add(1); return true })
	// Room is made a moment after the taking is counted, never before.
	if most.Load() > bytes/size {
		t.Errorf("%d tasks of %d bytes were held, in a window of %d bytes", most.Load(), size, bytes)
	}
	if fed.Load() != 500 || taken.Load() != 500 {
		t.Errorf("fed %d, taken %d, want 500", fed.Load(), taken.Load())
	}
}

func TestPipelineTakesOneLargerThanTheWindow(t *testing.T) {
	p := newPipeline(context.Background(), 2, window{3, 10}, func(_ context.Context, p *pipeline[int]) {
		for i := range 3 {
			p.put(1000, numbered(i))
		}
	})
	if got := collect(p); !slices.Equal(got, []int{0, 1, 2}) {
		t.Errorf("got %v", got)
	}
}

// The parts of a single task are worked on side by side: each waits for the
// other.
func TestPipelinePartsSideBySide(t *testing.T) {
	var both sync.WaitGroup
	both.Add(2)
	part := func() (int, []task[int]) { both.Done(); both.Wait(); return 1, nil }
	p := newPipeline(context.Background(), 2, window{1, 1}, func(_ context.Context, p *pipeline[int]) {
		p.put(1, func() (int, []task[int]) { return 0, []task[int]{part, part} })
	})
	if got := collect(p); !slices.Equal(got, []int{0, 1, 1}) {
		t.Errorf("got %v", got)
	}
}

func TestPipelineStops(t *testing.T) {
	for name, stop := range map[string]func(cancel func(), n int) (goOn bool){
		"by the taker": func(_ func(), n int) bool { return n < 10 },
		"by the context": func(cancel func(), n int) bool {
			if n == 10 {
				cancel()
			}
			return true
		},
	} {
		t.Run(name, func(t *testing.T) {
			defer noLeak(t)()
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			refused := make(chan struct{})
			p := newPipeline(ctx, 3, window{4, 1 << 20}, func(_ context.Context, p *pipeline[int]) {
				for i := 0; p.put(1, numbered(i)); i++ {
				}
				close(refused)
			})
			taken := 0
			if p.take(func() {}, time.Hour, func(n int) bool { taken++; return stop(cancel, n) }) {
				t.Error("an endless input was taken to its end")
			}
			p.stop()
			<-refused
			if taken < 10 || taken > 20 {
				t.Errorf("%d were taken", taken)
			}
		})
	}
}

func TestPipelineTicksWhileItWaits(t *testing.T) {
	go1 := make(chan struct{})
	p := newPipeline(context.Background(), 1, window{1, 1}, func(_ context.Context, p *pipeline[int]) {
		p.put(1, func() (int, []task[int]) { <-go1; return 1, nil })
	})
	defer p.stop()
	ticks := 0
	p.take(func() {
		if ticks++; ticks == 2 {
			close(go1)
		}
	}, time.Millisecond, func(int) bool { return true })
	if ticks < 2 {
		t.Errorf("%d ticks", ticks)
	}
}

func BenchmarkPipeline(b *testing.B) {
	p := newPipeline(b.Context(), runtime.GOMAXPROCS(0), window{windowItems, windowBytes}, func(_ context.Context, p *pipeline[int]) {
		for i := range b.N {
			p.put(100, numbered(i))
		}
	})
	defer p.stop()
	p.take(func() {}, time.Hour, func(int) bool { return true })
}
