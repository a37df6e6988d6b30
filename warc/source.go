package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"

	"whence"
)

// window is how far ahead the reader looks, in bytes, both in the file and in
// an inflated member.
const window = 128 << 10

// bufferSize lets the reader look ahead again and again without moving the
// bytes each time.
const bufferSize = 2 * window

// errBroken: a gzip member cannot be inflated any further; the file goes on.
var errBroken = errors.New("the gzip member is damaged")

// Position is where something stands in a file.
type Position struct {
	Offset int64 // in the file; of the gzip member where there is one
	Inner  int64 // in the inflated member; 0 for what is not compressed
}

// String is for people: "byte 12", "byte 12, 345 into its gzip member".
func (p Position) String() string {
	if p.Inner == 0 {
		return fmt.Sprintf("byte %d", p.Offset)
	}
	return fmt.Sprintf("byte %d, %d into its gzip member", p.Offset, p.Inner)
}

// source gives the bytes of a file, with gzip members inflated, and knows
// where it stands.
type source struct {
	file   tally
	raw    *bufio.Reader // the file
	inside bool          // in a member: what is read next comes from flat
	member member
	flat   *bufio.Reader // the inflated member, made for the first one
	probe  gzip.Reader   // tries what may be the beginning of a member
	failed int           // tries of memberOr that were no record
}

// maxFailed is how many tries a file gets before memberOr looks for members no
// more. The three magic bytes stand once in 16 MB of random bytes; a file made
// of them would else take a second a megabyte.
const maxFailed = 10_000

// tally counts what is read from the file and keeps its error.
type tally struct {
	r   io.Reader
	n   int64
	err error // other than io.EOF
}

func (t *tally) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.n += int64(n)
	if err != nil && !isEOF(err) {
		t.err = err
	}
	return n, err
}

func newSource(r io.Reader) *source {
	s := &source{file: tally{r: r}}
	s.raw = bufio.NewReaderSize(&s.file, bufferSize)
	s.member.source = s
	return s
}

// offset is where in the file the next raw byte stands.
func (s *source) offset() int64 { return s.file.n - int64(s.raw.Buffered()) }

// at is where the next byte stands.
func (s *source) at() Position {
	if !s.inside {
		return Position{Offset: s.offset()}
	}
	return Position{s.member.start, max(s.member.size-int64(s.flat.Buffered()), 0)}
}

// cur is the reader of the bytes that come next.
func (s *source) cur() *bufio.Reader {
	if s.inside {
		return s.flat
	}
	return s.raw
}

// atMember tells whether a gzip member comes next in the file.
func (s *source) atMember() bool {
	head, _ := s.raw.Peek(len(gzipMagic)) // an error comes again with the next read
	return bytes.Equal(head, gzipMagic)
}

// readable tells whether the header of the gzip member that comes next can be
// read. It is asked before the member is entered, so that a damaged header
// costs no bytes but its own.
func (s *source) readable() error { return s.probe.Reset(bytes.NewReader(s.headAhead())) }

// enter opens the gzip member that comes next in the file.
func (s *source) enter(l Limits) error {
	start := s.offset()
	if err := s.member.open(s.raw, start); err != nil {
		return err
	}
	if s.flat == nil {
		s.flat = bufio.NewReaderSize(&s.member, bufferSize)
	} else {
		s.flat.Reset(&s.member)
	}
	s.inside = true
	s.mark(l)
	return nil
}

// leave goes back to the file, wherever in the member it stands.
func (s *source) leave() { s.inside = false }

// mark begins anew to measure how much is inflated from how little.
func (s *source) mark(l Limits) {
	s.member.markFile, s.member.markSize = s.offset(), s.member.size
	s.member.most, s.member.ratio = l.Inflate, l.Ratio
}

// straddle tells whether the record that is being read goes on in the next
// gzip member, and enters it then. It is asked at the end of a member. Empty
// members are passed.
func (s *source) straddle(l Limits) bool {
	for s.atMember() && s.readable() == nil {
		if s.enter(l) != nil {
			s.leave()
			return false
		}
		head, _ := s.flat.Peek(versionLine)
		if len(head) > 0 {
			return !startsVersion(bytes.TrimLeft(head, "\r\n"))
		}
		s.leave()
	}
	return false
}

// carry takes the last bytes of a member, which may be the beginning of a
// version line, over into the next member, and tells whether there is one.
func (s *source) carry(begun []byte, l Limits) bool {
	if !s.inside || !bytes.HasPrefix([]byte(recordMagic), begun) {
		return false
	}
	begun = bytes.Clone(begun)
	if !s.atMember() || s.readable() != nil || s.enter(l) != nil {
		return false
	}
	s.member.carried = begun
	return true
}

// mayStraddle tells whether the member that comes next in the file begins with
// something other than a record.
func (s *source) mayStraddle() bool {
	return s.atMember() && !s.memberAt(s.headAhead())
}

// headAhead is the beginning of what comes next in the file.
func (s *source) headAhead() []byte {
	head, _ := s.raw.Peek(headSize) // an error comes again with the next read
	return head
}

// memberAt tells whether head begins a gzip member that begins with a record.
func (s *source) memberAt(head []byte) bool {
	return bytes.HasPrefix(head, gzipMagic) && startsVersion(inflateHead(&s.probe, head[:min(len(head), headSize)]))
}

// find is where in ahead, the bytes that come next, a record begins: a whole
// version line, or in the file itself also a gzip member with a record. -1 if
// there is none.
func (s *source) find(ahead []byte) int {
	return s.memberOr(ahead, indexRecord(ahead))
}

// memberOr is where in ahead, the bytes that come next in the file, a gzip
// member begins that begins with a record, if that is before line; else it is
// line. A line of -1 is after everything.
func (s *source) memberOr(ahead []byte, line int) int {
	if s.inside {
		return line
	}
	before := ahead
	if line >= 0 {
		before = ahead[:line]
	}
	for from := 0; s.failed < maxFailed; from++ {
		i := bytes.Index(before[from:], gzipMagic)
		if i < 0 {
			break
		}
		from += i
		if s.memberAt(ahead[from:]) {
			return from
		}
		s.failed++
	}
	return line
}

// member inflates one gzip member.
type member struct {
	source *source
	gz     gzip.Reader
	start  int64 // of the member in the file
	size   int64 // inflated so far
	err    error

	carried []byte // of the member before, given first

	markFile, markSize int64 // where measuring began, in the file and in the member
	most, ratio        int64
}

func (m *member) open(raw *bufio.Reader, start int64) error {
	m.start, m.size, m.err, m.carried = start, 0, nil, nil
	if err := m.gz.Reset(raw); err != nil {
		return fmt.Errorf("%w: %w", errBroken, err)
	}
	m.gz.Multistream(false)
	return nil
}

// Read gives io.EOF at the end of the member and io.ErrUnexpectedEOF where the
// file ends inside it. Every other error that is not the file's own wraps
// errBroken.
func (m *member) Read(p []byte) (int, error) {
	if len(m.carried) > 0 {
		n := copy(p, m.carried)
		m.carried = m.carried[n:]
		return n, nil
	}
	if m.err != nil {
		return 0, m.err
	}
	n, err := m.gz.Read(p)
	m.size += int64(n)
	m.err = m.explain(err)
	if m.err == nil && m.bomb() {
		m.err = fmt.Errorf("%w: it inflates to more than %d times its size: %w", errBroken, m.ratio, whence.ErrTooLarge)
	}
	return n, m.err
}

func (m *member) explain(err error) error {
	switch {
	case err == nil, isEOF(err), errors.Is(err, io.ErrUnexpectedEOF):
		return err
	case m.source.file.err != nil:
		return m.source.file.err
	}
	return fmt.Errorf("%w: %w", errBroken, err)
}

// bomb tells whether more was inflated since the mark than the limits allow.
func (m *member) bomb() bool {
	inflated := m.size - m.markSize
	return inflated > m.most && inflated/m.ratio > m.source.offset()-m.markFile
}
