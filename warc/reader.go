package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"whence"
)

// Reader reads records in order.
type Reader struct {
	// Limits may be set before the first call of Next, and between calls.
	Limits Limits

	limits   Limits // in force for the current record
	suspect  string // what may be wrong if no record follows the last one
	src      *source
	current  *content
	buffer   *bufio.Reader // for Record.HTTP, made for the first
	warnings []Warning
	dropped  int // warnings past MaxWarnings
	done     bool
}

// Warning says what was passed over or put right, in words for people, and
// where.
type Warning struct {
	Position
	Text string
}

// String is one line that ends with the position.
func (w Warning) String() string { return fmt.Sprintf("%s, at %v", w.Text, w.Position) }

// MaxWarnings is how many warnings are kept between two calls of Warnings.
const MaxWarnings = 100

// NewReader reads from r, plain or gzip (member a record, or the whole file).
// A file in whose first 128 KiB no record begins is refused with a
// *FormatError, which wraps whence.ErrNotRecognised and has a hint. An empty
// file holds no records and is no error.
func NewReader(r io.Reader) (*Reader, error) {
	reader := &Reader{src: newSource(r)}
	head, err := reader.src.raw.Peek(headSize)
	if err != nil && !isEOF(err) {
		return nil, fmt.Errorf("reading the head of a WARC file: %w", err)
	}
	if len(head) == 0 || Recognise(head) {
		return reader, nil
	}
	if err := knownForeign(head); err != nil {
		return nil, err
	}
	if ahead, _ := reader.src.raw.Peek(window); reader.src.find(ahead) < 0 {
		return nil, refuse(head)
	}
	return reader, nil
}

// Warnings gives the warnings since it was last asked. It is asked after Next,
// also after the last; of more than MaxWarnings the rest is counted.
func (r *Reader) Warnings() []Warning {
	w := r.warnings
	if r.dropped > 0 {
		w = append(w, Warning{r.src.at(), fmt.Sprintf("%d further warnings", r.dropped)})
	}
	r.warnings, r.dropped = nil, 0
	return w
}

func (r *Reader) warn(at Position, format string, args ...any) {
	if len(r.warnings) >= MaxWarnings {
		r.dropped++
		return
	}
	r.warnings = append(r.warnings, Warning{at, fmt.Sprintf(format, args...)})
}

// Next gives the next record, io.EOF after the last. Any other error is the
// last thing that can be said of the file (it is cut short, or cannot be
// read): an *Error with the position. After it Next gives io.EOF.
func (r *Reader) Next() (*Record, error) {
	if r.done {
		return nil, io.EOF
	}
	rec, err := r.next()
	if err != nil {
		r.done = true
	}
	return rec, err
}

func (r *Reader) next() (*Record, error) {
	r.limits = r.Limits.orDefault()
	if err := r.finish(); err != nil {
		return nil, err
	}
	for {
		if err := r.seek(); err != nil {
			return nil, err
		}
		at := r.src.at()
		rec, err := r.head(at)
		switch {
		case err == nil:
			return rec, nil
		case isEOF(err), errors.Is(err, io.ErrUnexpectedEOF):
			return nil, &Error{at, "the file is cut short inside a record's header", io.ErrUnexpectedEOF}
		case r.src.file.err != nil:
			return nil, &Error{at, "", r.src.file.err}
		}
		r.warn(at, "a record was passed over: %v", err)
		r.abandon(err)
	}
}

// finish passes what is left of the current content.
func (r *Reader) finish() error {
	c := r.current
	if c == nil {
		return nil
	}
	r.current, r.suspect = nil, ""
	err := c.skip()
	c.close()
	var e *Error
	if errors.Is(err, errBroken) && errors.As(err, &e) {
		r.warn(e.Position, "%s", e.Text)
		r.abandon(err)
		return nil
	}
	if ahead, end := r.src.cur().Peek(2 * versionLine); err == nil && !r.boundary(ahead, end) {
		r.suspect = "; the Content-Length of the record before is wrong"
	}
	return err
}

// abandon leaves a gzip member that cannot be inflated any further.
func (r *Reader) abandon(err error) {
	if errors.Is(err, errBroken) {
		r.src.leave()
	}
}

// seek goes to where the next record begins, and warns of what it passes that
// is more than blank lines. It gives io.EOF at the end of the file.
func (r *Reader) seek() error {
	junk := passed{reader: r, after: r.suspect}
	defer junk.warn()
	begins := startsVersion
	for {
		r.blanks()
		head, err := r.src.cur().Peek(versionLine)
		if begins(head) {
			return nil
		}
		if len(head) == 0 {
			if err := r.end(err); err != nil {
				return err
			}
			continue
		}
		if isEOF(err) && r.src.carry(head, r.limits) {
			continue
		}
		member, err := r.memberNext(junk.bytes > 0)
		switch {
		case err != nil:
			return err
		case member:
			r.enter()
		default:
			junk.pass(r.junk())
			begins = startsRecord
		}
	}
}

// blanks passes the blank lines between records.
func (r *Reader) blanks() {
	for {
		ahead, _ := r.src.cur().Peek(1)
		if len(ahead) == 0 {
			return
		}
		ahead, _ = r.src.cur().Peek(r.src.cur().Buffered())
		blank := len(ahead) - len(bytes.TrimLeft(ahead, "\r\n"))
		if _, err := r.src.cur().Discard(blank); err != nil || blank < len(ahead) {
			return
		}
	}
}

// end takes what the bytes ended with: the end of a gzip member, after which
// the file goes on, or that of the file.
func (r *Reader) end(err error) error {
	at := r.src.at()
	switch {
	case r.src.file.err != nil:
		return &Error{at, "", r.src.file.err}
	case !r.src.inside && isEOF(err):
		return io.EOF
	case !r.src.inside:
		return &Error{at, "", err}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{at, "the file is cut short after a record", err}
	case !isEOF(err):
		r.warn(at, "after a record: %v", err)
	}
	r.src.leave()
	return nil
}

// memberNext tells whether a gzip member comes next: one whose header can be
// read, so that damage there costs no more than that member; where bytes of no
// record were passed before it, one that begins with a record.
func (r *Reader) memberNext(lost bool) (bool, error) {
	if r.src.inside || !r.src.atMember() {
		return false, nil
	}
	head := r.src.headAhead()
	if lost {
		return r.src.memberAt(head), nil
	}
	err := r.src.readable()
	if err == nil {
		return true, nil
	}
	ends := len(head) < headSize && r.src.find(head) < 0
	if ends && (isEOF(err) || errors.Is(err, io.ErrUnexpectedEOF)) {
		return false, &Error{r.src.at(), "the file is cut short inside the header of a gzip member", io.ErrUnexpectedEOF}
	}
	return false, nil
}

// enter opens the gzip member that comes next.
func (r *Reader) enter() {
	at := r.src.at()
	if err := r.src.enter(r.limits); err != nil {
		r.warn(at, "%v", err)
		r.src.leave()
	}
}

// junk is how many bytes ahead belong to no record, at least one.
func (r *Reader) junk() int {
	ahead, err := r.src.cur().Peek(window)
	if at := r.src.find(ahead); at >= 0 {
		return max(at, 1)
	}
	if err == nil {
		return len(ahead) - headSize // what begins there is looked at with more in view
	}
	return max(len(ahead), 1)
}

// passed counts bytes that belong to no record, for one warning.
type passed struct {
	reader *Reader
	from   Position
	bytes  int64
	after  string // what may be the reason
}

func (p *passed) pass(n int) {
	if p.bytes == 0 {
		p.from = p.reader.src.at()
	}
	n, _ = p.reader.src.cur().Discard(n) // an error comes again with the next read
	p.bytes += int64(n)
}

func (p *passed) warn() {
	if p.bytes > 0 {
		p.reader.warn(p.from, "%d bytes that belong to no record were passed over%s", p.bytes, p.after)
	}
}

// head reads the header of the record that begins at the next byte.
func (r *Reader) head(at Position) (*Record, error) {
	limits := r.limits
	r.src.mark(limits)
	version, err := r.line(limits.Header)
	if err != nil {
		return nil, err
	}
	rec := &Record{Version: strings.TrimSpace(string(version)), Offset: at.Offset, Inner: at.Inner, limits: limits}
	parser := headerParser{maxSize: limits.Header, maxFields: limits.Fields}
	for {
		line, err := r.line(limits.Header)
		if err != nil {
			return nil, err
		}
		if len(line) == 0 {
			break
		}
		if err := parser.add(line); err != nil {
			return nil, err
		}
	}
	rec.Header = parser.finish()
	if len(rec.Header) == 0 {
		return nil, fmt.Errorf("a header without fields: %w", whence.ErrMalformed)
	}
	if parser.odd > 0 {
		r.warn(at, "lines of the record's header that are no fields were left out: %d", parser.odd)
	}
	r.open(rec)
	return rec, nil
}

// line reads one line of a record header, also over the end of a gzip member.
func (r *Reader) line(limit int) ([]byte, error) {
	line, err := readLine(r.src.cur(), limit)
	if !isEOF(err) || !r.src.inside {
		return line, err
	}
	begun := bytes.Clone(line)
	for isEOF(err) && len(begun) <= limit {
		if !r.src.straddle(r.limits) {
			return nil, fmt.Errorf("its gzip member ends inside the header: %w", whence.ErrMalformed)
		}
		line, err = readLine(r.src.cur(), limit)
		begun = append(begun, line...)
	}
	return bytes.TrimRight(begun, "\r"), err // the member may end inside CRLF
}

// open sets up the record's content.
func (r *Reader) open(rec *Record) {
	if r.buffer == nil {
		r.buffer = bufio.NewReaderSize(nil, 16<<10)
	}
	length := r.settle(rec)
	c := &content{reader: r, record: rec.position(), left: length, length: length, lineStart: true, digests: newDigester(rec)}
	rec.Content, rec.content, rec.buffer = c, c, r.buffer
	r.current = c
}

// settle gives the length of the record's content: what the header says, if
// that leads to the end of a record as far as the reader can look ahead.
func (r *Reader) settle(rec *Record) int64 {
	at := rec.position()
	declared, err := contentLength(rec.Header)
	if err != nil {
		r.warn(at, "%v: the content is taken to go on to the next record", err)
		return unknown
	}
	if declared > window-2*versionLine {
		return declared
	}
	ahead, err := r.src.cur().Peek(int(declared) + 2*versionLine)
	switch {
	case int64(len(ahead)) >= declared:
		if r.boundary(ahead[declared:], err) {
			return declared
		}
	case !r.src.inside || !isEOF(err) || r.src.mayStraddle():
		return declared
	}
	if found := r.ending(declared); found >= 0 {
		r.warn(at, "the record's Content-Length is %d, but its content ends after %d bytes", declared, found)
		return found
	}
	return declared
}

// boundary tells whether a record may end before rest; err is why rest is not
// longer. A blank line is enough, so that no content is split because of what
// comes after it.
func (r *Reader) boundary(rest []byte, err error) bool {
	if len(trimSeparator(rest[:min(len(rest), 4)])) == 0 {
		return true
	}
	next := bytes.TrimLeft(rest, "\r\n")
	if len(next) == 0 {
		return true
	}
	if !r.src.inside && bytes.HasPrefix(next, gzipMagic) {
		return true
	}
	if err == nil && len(next) < len(recordMagic)+1 {
		return true // more blank lines than are looked at
	}
	return startsVersion(next)
}

// ending looks for the end of a record whose declared length leads nowhere: a
// record that begins sooner, or later after a blank line, or the end of the
// gzip member. It gives the length of the content, or -1.
func (r *Reader) ending(declared int64) int64 {
	ahead, err := r.src.cur().Peek(window)
	at := r.src.find(ahead)
	if at < 0 && r.src.inside && isEOF(err) {
		at = len(ahead)
	}
	if at < 0 {
		return -1
	}
	content := trimSeparator(ahead[:at])
	if int64(at) > declared && len(content) == at {
		return -1
	}
	return int64(len(content))
}

// trimSeparator takes the blank line that ends a record from b.
func trimSeparator(b []byte) []byte {
	for _, end := range []string{"\r\n\r\n", "\n\n"} {
		if trimmed, found := bytes.CutSuffix(b, []byte(end)); found {
			return trimmed
		}
	}
	return b
}

// contentLength reads the Content-Length of a record header.
func contentLength(h Header) (int64, error) {
	value := h.Get("Content-Length")
	if value == "" {
		return 0, errors.New("the record has no Content-Length")
	}
	n, err := strconv.ParseInt(value, 10, 64)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("the record's Content-Length %q is no number", clip(value))
	}
	return n, nil
}

// clip shortens what a file says for a message.
func clip(s string) string {
	const most = 100
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}
