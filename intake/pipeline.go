package intake

import (
	"context"
	"slices"
	"sync"
	"time"
)

// task is one piece of work. It gives its result, and the tasks it falls into,
// if any, whose results come right after its own.
type task[R any] func() (R, []task[R])

// window bounds what a pipeline holds between the feeding and the taking of a
// task: memory stays flat however long the input is.
type window struct {
	items int   // tasks, at least 1
	bytes int64 // of input; one task alone may be larger
}

// pipeline runs tasks on several goroutines and hands out their results in the
// order in which they were fed. One goroutine feeds, one takes.
type pipeline[R any] struct {
	cancel context.CancelFunc
	done   <-chan struct{} // closed when the work is to stop
	order  chan *slot[R]   // what was fed and not yet taken
	group  sync.WaitGroup

	mu      sync.Mutex
	change  *sync.Cond // of anything below
	waiting []*slot[R] // not yet begun, next one first
	running int        // tasks
	items   int        // fed and not yet taken
	bytes   int64      // of those
	closed  bool       // nothing more will be fed
	stopped bool
	window  window
}

// slot is a task in the pipeline and what became of it.
type slot[R any] struct {
	task   task[R]
	size   int64
	ready  chan struct{} // closed when result and parts are set
	result R
	parts  []*slot[R]
}

func newSlot[R any](t task[R], size int64) *slot[R] {
	return &slot[R]{task: t, size: size, ready: make(chan struct{})}
}

// newPipeline starts workers, and a goroutine that runs feed. It stops when
// ctx is done or stop is called, and feed then gets false from p.put.
func newPipeline[R any](ctx context.Context, workers int, w window, feed func(ctx context.Context, p *pipeline[R])) *pipeline[R] {
	ctx, cancel := context.WithCancel(ctx)
	p := &pipeline[R]{cancel: cancel, done: ctx.Done(), order: make(chan *slot[R], w.items), window: w}
	p.change = sync.NewCond(&p.mu)
	context.AfterFunc(ctx, p.halt)
	for range workers {
		p.group.Go(p.work)
	}
	p.group.Go(func() {
		defer p.close()
		feed(ctx, p)
	})
	return p
}

// put feeds a task that holds size bytes of input. It waits until there is
// room in the window; false means that the work is to stop.
func (p *pipeline[R]) put(size int64, t task[R]) bool {
	s := newSlot(t, size)
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.stopped && p.items > 0 && (p.items >= p.window.items || p.bytes+size > p.window.bytes) {
		p.change.Wait()
	}
	if p.stopped {
		return false
	}
	p.items++
	p.bytes += size
	p.waiting = append(p.waiting, s)
	p.order <- s // never blocks: it has room for as many as the window
	p.change.Broadcast()
	return true
}

// take hands each result to use, in order, until everything fed is taken, and
// then says true. It ends early, with false, when use says false or the work
// is to stop. In between it calls tick, now and then.
func (p *pipeline[R]) take(tick func(), every time.Duration, use func(R) bool) bool {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-p.done:
			return false
		case <-ticker.C:
			tick()
		case s, more := <-p.order:
			if !more {
				return true
			}
			if !p.deliver(s, ticker.C, tick, use) {
				return false
			}
			p.release(s.size)
		}
	}
}

// deliver waits for s and hands out its result and those of its parts.
func (p *pipeline[R]) deliver(s *slot[R], ticks <-chan time.Time, tick func(), use func(R) bool) bool {
	for waiting := true; waiting; {
		select {
		case <-p.done:
			return false
		case <-ticks:
			tick()
		case <-s.ready:
			waiting = false
		}
	}
	if !use(s.result) {
		return false
	}
	for i, part := range s.parts {
		if !p.deliver(part, ticks, tick, use) {
			return false
		}
		s.parts[i] = nil // it is taken, and may be large
	}
	return true
}

// release makes room for size bytes of input.
func (p *pipeline[R]) release(size int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.items--
	p.bytes -= size
	p.change.Broadcast()
}

// work runs waiting tasks until there are no more.
func (p *pipeline[R]) work() {
	for {
		s := p.next()
		if s == nil {
			return
		}
		p.run(s)
	}
}

// next gives the next waiting task, or nil when the work is over: while one is
// running it may still fall into parts.
func (p *pipeline[R]) next() *slot[R] {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.waiting) == 0 && !p.stopped && (!p.closed || p.running > 0) {
		p.change.Wait()
	}
	if len(p.waiting) == 0 || p.stopped {
		return nil
	}
	p.running++
	s := p.waiting[0]
	p.waiting[0] = nil
	p.waiting = p.waiting[1:]
	return s
}

// run runs s. Its parts go to the head of the queue, for they are taken next.
func (p *pipeline[R]) run(s *slot[R]) {
	result, tasks := s.task()
	s.task = nil // what it holds of the input is no longer needed
	s.result = result
	for _, t := range tasks {
		s.parts = append(s.parts, newSlot(t, 0))
	}
	close(s.ready)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running--
	p.waiting = slices.Insert(p.waiting, 0, s.parts...)
	p.change.Broadcast()
}

// close says that nothing more will be fed.
func (p *pipeline[R]) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	close(p.order)
	p.change.Broadcast()
}

// halt makes everything that waits give up.
func (p *pipeline[R]) halt() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.stopped = true
	p.change.Broadcast()
}

// stop ends the work and waits for its goroutines.
func (p *pipeline[R]) stop() {
	p.cancel()
	p.group.Wait()
}
