package warc

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// chunkLine is how long a line with a chunk's size may be, extensions
// included; a longer one is none.
const chunkLine = 1 << 10

// dechunker undoes HTTP transfer chunking (RFC 9112, section 7.1), fed piece
// by piece. What is not chunked comes out as it went in: the whole body if it
// does not begin with a chunk, else the rest from where a chunk's size does
// not hold.
type dechunker struct {
	state   chunkState
	left    uint64 // of the current chunk
	line    []byte // the line with a size, as far as read
	any     bool   // a chunk was read
	taken   int64  // bytes of the body so far
	after   int64  // bytes after the last chunk
	problem string
}

type chunkState int

const (
	inSize     chunkState = iota // the line with a chunk's size
	inChunk                      // its data
	afterChunk                   // the line end after the data
	inTrailer                    // after the last chunk
	asItStands                   // not chunked, from here on
)

// step takes some of p, at least one byte, and gives what of the body is in
// it. The data is valid until the next step.
func (d *dechunker) step(p []byte) (data []byte, used int) {
	data, used = steps[d.state](d, p)
	d.taken += int64(used)
	return data, used
}

var steps = map[chunkState]func(*dechunker, []byte) ([]byte, int){
	inSize:     (*dechunker).size,
	inChunk:    (*dechunker).chunk,
	afterChunk: (*dechunker).lineEnd,
	inTrailer:  (*dechunker).trailer,
	asItStands: func(_ *dechunker, p []byte) ([]byte, int) { return p, len(p) },
}

func (d *dechunker) size(p []byte) ([]byte, int) {
	end := bytes.IndexByte(p, '\n')
	used := end + 1
	if end < 0 {
		used = min(len(p), chunkLine)
	}
	d.line = append(d.line, p[:used]...)
	if end < 0 && len(d.line) < chunkLine {
		return nil, used
	}
	n, ok := chunkSize(d.line)
	if !ok {
		return d.giveUp(), used
	}
	d.line = d.line[:0]
	d.left, d.any, d.state = n, true, inChunk
	if n == 0 {
		d.state = inTrailer
	}
	return nil, used
}

// chunkSize reads the line with a chunk's size.
func chunkSize(line []byte) (uint64, bool) {
	digits, _, _ := strings.Cut(string(line), ";")
	n, err := strconv.ParseUint(strings.TrimSpace(digits), 16, 63)
	return n, err == nil
}

// giveUp takes the body as it stands from the current line on.
func (d *dechunker) giveUp() []byte {
	d.state = asItStands
	d.problem = "the body is declared chunked and is not"
	if d.any {
		d.problem = fmt.Sprintf("the sizes of the body's chunks do not hold after %d bytes: the rest is as it stands", d.taken)
	}
	return d.line
}

func (d *dechunker) chunk(p []byte) ([]byte, int) {
	n := min(uint64(len(p)), d.left)
	d.left -= n
	if d.left == 0 {
		d.state = afterChunk
	}
	return p[:n], int(n)
}

func (d *dechunker) lineEnd(p []byte) ([]byte, int) {
	d.line = append(d.line, p[0])
	switch string(d.line) {
	case "\r":
	case "\n", "\r\n":
		d.line, d.state = d.line[:0], inSize
	default:
		return d.giveUp(), 1
	}
	return nil, 1
}

func (d *dechunker) trailer(p []byte) ([]byte, int) {
	d.after += int64(len(p))
	return nil, len(p)
}

// finish tells what is left when the body ends, and makes up the problem.
func (d *dechunker) finish() []byte {
	switch {
	case d.state == inSize && !d.any:
		if len(d.line) > 0 {
			return d.giveUp()
		}
	case d.state == inChunk, d.state == inSize && len(d.line) > 0:
		d.problem = "the chunked body is cut short"
	case d.state == inTrailer && d.after > chunkLine:
		d.problem = fmt.Sprintf("%d bytes after the last chunk of the body were left out", d.after)
	}
	return nil
}

// dechunkReader reads a body through a dechunker.
type dechunkReader struct {
	dechunker
	from io.Reader
	buf  []byte
	in   []byte // of buf, still to be taken
	data []byte // still to be given
	err  error  // that from ended with
	last bool   // what the dechunker held was given
}

func newDechunkReader(from io.Reader) *dechunkReader {
	return &dechunkReader{from: from, buf: make([]byte, 8<<10)}
}

func (r *dechunkReader) Read(p []byte) (int, error) {
	for len(r.data) == 0 && len(p) > 0 {
		switch {
		case len(r.in) > 0:
			var used int
			r.data, used = r.step(r.in)
			r.in = r.in[used:]
		case r.err == nil:
			var n int
			n, r.err = r.from.Read(r.buf)
			r.in = r.buf[:n]
		case !r.last:
			r.last, r.data = true, r.finish()
		default:
			return 0, r.err
		}
	}
	n := copy(p, r.data)
	r.data = r.data[n:]
	return n, nil
}
