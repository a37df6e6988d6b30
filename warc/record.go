package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"whence"
)

// Record is one WARC record. Content, and everything that reads from it, is
// valid until the next call of Next.
type Record struct {
	Version string // "WARC/1.0"
	Header  Header
	// Content is the record's block. Where the file is cut short it ends with
	// an *Error that wraps io.ErrUnexpectedEOF, where a gzip member is damaged
	// with one that does not.
	Content io.Reader
	// Offset is where the record stands: of its first byte in the file; of its
	// gzip member in the file where there is one. Inner is where in the
	// inflated member the record begins, 0 where a member holds one record.
	Offset int64
	Inner  int64

	content  *content
	limits   Limits
	buffer   *bufio.Reader // lent by the Reader, for HTTP
	response *Response
	httpErr  error
}

// The types of records that this package knows by name.
const (
	TypeInfo       = "warcinfo"
	TypeResponse   = "response"
	TypeRequest    = "request"
	TypeResource   = "resource"
	TypeMetadata   = "metadata"
	TypeRevisit    = "revisit"
	TypeConversion = "conversion"
)

// Type is the record's WARC-Type in lower case: one of the Type constants, or
// what else the file says.
func (r *Record) Type() string { return strings.ToLower(r.Header.Get("WARC-Type")) }

// ID is the record's identifier without angle brackets: "urn:uuid:…".
func (r *Record) ID() string { return unbracket(r.Header.Get("WARC-Record-ID")) }

// TargetURI is the address that the record is about, without the angle
// brackets that some programs put around it, and with spaces as "%20". It is
// data: it may be anything.
func (r *Record) TargetURI() string { return address(r.Header.Get("WARC-Target-URI")) }

// Date is the record's WARC-Date as precise as the file gives it: when the
// capture was made. The zero Date where there is none that can be read.
func (r *Record) Date() whence.Date { return date(r.Header.Get("WARC-Date")) }

// ContentType is the media type of the block in lower case and without
// parameters: "application/http", "text/html".
func (r *Record) ContentType() string {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	return strings.ToLower(strings.TrimSpace(kind))
}

// Truncated is why the crawler did not keep the whole of the content, in the
// words of the WARC-Truncated field ("length", "time", "disconnect"); "" where
// it did.
func (r *Record) Truncated() string { return strings.ToLower(r.Header.Get("WARC-Truncated")) }

// Reference says which capture a revisit record repeats. What the file does
// not say is zero.
type Reference struct {
	ID            string // of the record that holds the payload
	TargetURI     string
	Date          whence.Date
	PayloadDigest string // as declared, "sha1:…"
	Profile       string // an address that says in what way the two are alike
}

// Refers gives what a revisit record refers to, and false for other records.
// The target address is the record's own where the file names no other.
func (r *Record) Refers() (Reference, bool) {
	if r.Type() != TypeRevisit {
		return Reference{}, false
	}
	ref := Reference{
		ID:            unbracket(r.Header.Get("WARC-Refers-To")),
		TargetURI:     address(r.Header.Get("WARC-Refers-To-Target-URI")),
		Date:          date(r.Header.Get("WARC-Refers-To-Date")),
		PayloadDigest: r.Header.Get("WARC-Payload-Digest"),
		Profile:       unbracket(r.Header.Get("WARC-Profile")),
	}
	if ref.TargetURI == "" {
		ref.TargetURI = r.TargetURI()
	}
	return ref, true
}

// position is where the record stands.
func (r *Record) position() Position { return Position{r.Offset, r.Inner} }

func unbracket(s string) string {
	if len(s) > 1 && s[0] == '<' && s[len(s)-1] == '>' {
		return strings.TrimSpace(s[1 : len(s)-1])
	}
	return s
}

func address(s string) string { return strings.ReplaceAll(unbracket(s), " ", "%20") }

func date(s string) whence.Date {
	d, err := whence.ParseDate(s)
	if err != nil {
		return whence.Date{} // a date that cannot be read is no date
	}
	return d
}

// Error says what in a file could not be read, and where.
type Error struct {
	Position
	Text string // what, in words
	err  error
}

// Error is one line that ends with the position.
func (e *Error) Error() string {
	if e.Text == "" {
		return fmt.Sprintf("%v, at %v", e.err, e.Position)
	}
	return fmt.Sprintf("%s, at %v", e.Text, e.Position)
}

// Unwrap gives the cause: io.ErrUnexpectedEOF, a sentinel of whence, or an
// error of the file.
func (e *Error) Unwrap() error { return e.err }

// errPassed: the content is asked for after the reader went on.
var errPassed = errors.New("the reader has gone on to the next record")

// content streams the block of one record.
type content struct {
	reader  *Reader
	record  Position
	left    int64 // bytes still to come; unknown if the record gives no length
	length  int64 // bytes in all, as the record says; unknown likewise
	given   int64
	digests *digester
	err     error

	// For a content of unknown length:
	safe      int64 // bytes ahead that are known to be content
	lineStart bool  // the byte after those begins a line
}

// unknown is the length of a content whose record gives none.
const unknown = -1

// Read gives the block's bytes to the digests, too.
func (c *content) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	var n int
	err := c.step(func(most int64) (int, error) {
		var err error
		n, err = c.reader.src.cur().Read(p[:min(int64(len(p)), most)])
		return n, err
	})
	if n > 0 {
		c.digests.Write(p[:n])
		return n, nil
	}
	return 0, err
}

// skipStep is how much of a content is passed at a time.
const skipStep = window

// skip passes what is left of the content.
func (c *content) skip() error {
	for {
		err := c.step(func(most int64) (int, error) {
			return c.reader.src.cur().Discard(int(min(most, skipStep)))
		})
		if isEOF(err) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// whole tells whether everything was read, so that digests can be compared.
func (c *content) whole() bool { return c.left == 0 && (c.err == nil || isEOF(c.err)) }

// step takes some bytes of the content, at most as many as take is told, and
// passes over the end of a gzip member. It gives io.EOF at the end.
func (c *content) step(take func(most int64) (int, error)) error {
	for c.err == nil {
		most, err := c.most()
		if most == 0 && err == nil {
			c.err = io.EOF
			break
		}
		var n int
		if err == nil {
			n, err = take(most)
		}
		c.took(int64(n))
		if n > 0 {
			return nil // an error comes again with the next read
		}
		if err != nil {
			c.err = c.ended(err)
		}
	}
	return c.err
}

func (c *content) took(n int64) {
	c.given += n
	if c.left != unknown {
		c.left -= n
		return
	}
	c.safe -= n
}

// most is how many bytes may be taken now.
func (c *content) most() (int64, error) {
	if c.left != unknown {
		return c.left, nil
	}
	if c.safe > 0 {
		return c.safe, nil
	}
	return c.look()
}

// look finds out how much of what lies ahead belongs to a content of unknown
// length: everything up to a version line that begins a line, without the
// blank line before it.
func (c *content) look() (int64, error) {
	ahead, err := c.reader.src.cur().Peek(window)
	if len(ahead) == 0 {
		return 0, err
	}
	if at := c.lineWithRecord(ahead); at >= 0 {
		c.left = int64(len(trimSeparator(ahead[:at])))
		return c.left, nil
	}
	if err != nil && isEOF(err) && !c.reader.src.mayStraddle() {
		c.left = int64(len(trimSeparator(ahead)))
		return c.left, nil
	}
	// What may be the beginning of a separator and a version line waits, unless
	// nothing comes after it.
	c.safe = int64(len(ahead))
	if err == nil {
		c.safe -= 2 * versionLine
	}
	c.lineStart = ahead[c.safe-1] == '\n'
	return c.safe, nil
}

// lineWithRecord is where in b a version line begins a line, or -1.
func (c *content) lineWithRecord(b []byte) int {
	for from := 0; ; {
		at := indexRecord(b[from:])
		if at < 0 {
			return -1
		}
		at += from
		if at == 0 && c.lineStart || at > 0 && b[at-1] == '\n' {
			return at
		}
		from = at + 1
	}
}

// ended explains the end of the bytes before the end of the content, and gives
// the error that Read ends with.
func (c *content) ended(err error) error {
	r := c.reader
	switch {
	case isEOF(err) && r.src.inside:
		if r.src.straddle(r.limits) {
			return nil
		}
		if c.left > 0 {
			r.warn(c.record, "the record's Content-Length is %d, but its gzip member holds %d bytes of content", c.length, c.given)
		}
		c.left = 0
		return io.EOF
	case isEOF(err) && c.left == unknown:
		c.left = 0
		return io.EOF
	case isEOF(err), errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{c.record, c.clipped(), io.ErrUnexpectedEOF}
	}
	return &Error{c.record, fmt.Sprintf("the record cannot be read past %d bytes of its content: %v", c.given, err), err}
}

func (c *content) clipped() string {
	if c.left == unknown {
		return fmt.Sprintf("the file is cut short inside a record: %d bytes of its content are there", c.given)
	}
	return fmt.Sprintf("the file is cut short inside a record: %d of the %d bytes of its content are there", c.given, c.length)
}

// close ends the content: whoever still reads from it gets an error.
func (c *content) close() { c.err = errPassed }
