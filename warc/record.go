package warc

import (
	"bufio"
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
