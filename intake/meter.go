package intake

import (
	"context"
	"io"
	"sync/atomic"
)

// meter counts what is read, for whoever watches.
type meter struct {
	input atomic.Pointer[string]
	bytes atomic.Int64
	total atomic.Int64
}

func (m *meter) begin(input string) { m.input.Store(&input) }

func (m *meter) progress() Progress {
	at := Progress{Bytes: m.bytes.Load(), Total: m.total.Load()}
	if input := m.input.Load(); input != nil {
		at.Input = *input
	}
	if at.Total > 0 {
		at.Bytes = min(at.Bytes, at.Total) // parts of a zip are read twice
	}
	return at
}

// metered is a reader whose bytes are counted, and that fails once ctx is
// done.
type metered struct {
	ctx   context.Context
	r     io.Reader
	meter *meter
}

func (m metered) Read(p []byte) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.Read(p)
	m.meter.bytes.Add(int64(n))
	return n, err
}

// meteredAt is the same for reading at any place.
type meteredAt struct {
	ctx   context.Context
	r     io.ReaderAt
	meter *meter
}

func (m meteredAt) ReadAt(p []byte, off int64) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.r.ReadAt(p, off)
	m.meter.bytes.Add(int64(n))
	return n, err
}

// patient reads from a pipe or terminal, whose Read may block for ever and
// can't be interrupted: it runs on a goroutine of its own, and is left behind
// when ctx ends first.
type patient struct {
	ctx  context.Context
	r    io.Reader
	buf  []byte
	rest []byte // of buf, not yet given
	err  error
}

func (p *patient) Read(to []byte) (int, error) {
	if len(p.rest) == 0 && p.err == nil {
		p.fill()
	}
	if len(p.rest) == 0 {
		return 0, p.err
	}
	n := copy(to, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

func (p *patient) fill() {
	if p.buf == nil {
		p.buf = make([]byte, 64<<10)
	}
	type chunk struct {
		n   int
		err error
	}
	got := make(chan chunk, 1)
	go func() {
		n, err := p.r.Read(p.buf)
		got <- chunk{n, err}
	}()
	select {
	case <-p.ctx.Done():
		p.err = p.ctx.Err()
	case c := <-got:
		p.rest, p.err = p.buf[:c.n], c.err
	}
}
