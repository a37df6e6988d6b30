package warc

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"

	"whence"
)

// Options of a Writer. The zero value is usable.
type Options struct {
	Version string // "1.1" (default) or "1.0"
	Plain   bool   // not compressed; default is one gzip member a record
}

// Writer writes records, one after the other. It is not safe for use by
// several goroutines.
type Writer struct {
	out     written
	version string
	gz      *gzip.Writer // nil if plain
	info    string       // id of the last warcinfo record
	err     error        // the first failed write, after which the output is broken
}

// written counts what was written.
type written struct {
	w io.Writer
	n int64
}

func (w *written) Write(p []byte) (int, error) {
	n, err := w.w.Write(p)
	w.n += int64(n)
	return n, err
}

// NewWriter writes to w. An unknown version is an error.
func NewWriter(w io.Writer, opt Options) (*Writer, error) {
	if opt.Version == "" {
		opt.Version = "1.1"
	}
	if opt.Version != "1.1" && opt.Version != "1.0" {
		return nil, fmt.Errorf("WARC version %q: only 1.0 and 1.1 are written", opt.Version)
	}
	writer := &Writer{out: written{w: w}, version: opt.Version}
	if !opt.Plain {
		writer.gz = gzip.NewWriter(io.Discard)
	}
	return writer, nil
}

// Draft is a record to be written. Its block is Head and then Payload.
type Draft struct {
	Type        string    // one of the Type constants
	ID          string    // "urn:uuid:…"; a new one if empty
	Date        time.Time // of the capture, written to the second; now if zero
	TargetURI   string
	ContentType string    // media type of the block
	Truncated   string    // why the payload is not whole: "length", "time", "disconnect", "unspecified"
	Fields      Header    // further named fields, in order
	Head        []byte    // the HTTP head up to its blank line, if ContentType is application/http, else empty
	Payload     io.Reader // may be nil
}

// Receipt says what was written.
type Receipt struct {
	ID            string // of the record
	Offset        int64  // of the record in the output
	Size          int64  // of the record in the output, in bytes
	Length        int64  // of its block, in bytes
	BlockDigest   string // "sha256:" and 64 hex digits
	PayloadDigest string // likewise, of Payload
}

// InfoDraft drafts a warcinfo record, which describes the records after it:
// the fields "software", "description", "operator" and the like.
func InfoDraft(fields Header) Draft {
	return Draft{Type: TypeInfo, ContentType: "application/warc-fields", Payload: strings.NewReader(warcFields(fields))}
}

// ResponseDraft drafts a response record of what came from uri, byte for byte:
// the head as made by ResponseHead or as it came over the wire, and the body as
// it came, with its content encoding.
func ResponseDraft(uri string, head []byte, body io.Reader) Draft {
	return Draft{Type: TypeResponse, TargetURI: uri, ContentType: typeHTTP + "; msgtype=response", Head: head, Payload: body}
}

// RequestDraft drafts the record of the request that led to the response
// record with the id.
func RequestDraft(uri string, head []byte, body io.Reader, response string) Draft {
	d := Draft{Type: TypeRequest, TargetURI: uri, ContentType: typeHTTP + "; msgtype=request", Head: head, Payload: body}
	if response != "" {
		d.Fields = Header{{"WARC-Concurrent-To", "<" + response + ">"}}
	}
	return d
}

// The profiles of revisit records: the payload is the same as in the record
// referred to, or the server said that nothing changed (304).
const (
	ProfileSamePayload = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
	ProfileNotModified = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
)

// RevisitDraft drafts the record of a capture of uri whose payload stands in
// the record that ref names. Head is the HTTP head that came this time.
func RevisitDraft(uri string, head []byte, ref Reference) Draft {
	d := Draft{Type: TypeRevisit, TargetURI: uri, ContentType: typeHTTP + "; msgtype=response", Head: head}
	for _, f := range []Field{
		{"WARC-Profile", ref.Profile},
		{"WARC-Refers-To", bracket(ref.ID)},
		{"WARC-Refers-To-Target-URI", addressEscapes.Replace(ref.TargetURI)},
		{"WARC-Refers-To-Date", ref.Date.String()},
		{"WARC-Payload-Digest", ref.PayloadDigest},
	} {
		if f.Value != "" {
			d.Fields = append(d.Fields, f)
		}
	}
	return d
}

// ResourceDraft drafts the record of something that came without HTTP: a file.
func ResourceDraft(uri, mediaType string, content io.Reader) Draft {
	return Draft{Type: TypeResource, TargetURI: uri, ContentType: mediaType, Payload: content}
}

// MetadataDraft drafts a record of fields about the record with the id refersTo.
func MetadataDraft(uri, refersTo string, fields Header) Draft {
	d := Draft{Type: TypeMetadata, TargetURI: uri, ContentType: "application/warc-fields", Payload: strings.NewReader(warcFields(fields))}
	if refersTo != "" {
		d.Fields = Header{{"WARC-Refers-To", bracket(refersTo)}}
	}
	return d
}

// addressEscapes write what cannot stand in an address.
var addressEscapes = strings.NewReplacer(" ", "%20", "<", "%3C", ">", "%3E")

// bracket puts an identifier in angle brackets, as the standard has it.
func bracket(id string) string {
	if id == "" {
		return ""
	}
	return "<" + id + ">"
}

// warcFields is a block of the type application/warc-fields.
func warcFields(fields Header) string {
	var b strings.Builder
	for _, f := range fields {
		fmt.Fprintf(&b, "%s: %s\r\n", oneLine(f.Name), oneLine(f.Value))
	}
	return b.String()
}

// Write writes one record. The payload is read to its end first, since its
// length and digests stand before it; memory stays within SpoolMemory. If the
// draft is wrong (whence.ErrMalformed) or its payload cannot be read, nothing
// is written. After an error of the output the Writer gives that error for
// ever, since the output ends inside a record.
func (w *Writer) Write(d Draft) (receipt Receipt, err error) {
	if w.err != nil {
		return Receipt{}, w.err
	}
	if err := d.complete(); err != nil {
		return Receipt{}, fmt.Errorf("drafting a %s record: %w", d.Type, err)
	}
	var payload spool
	defer func() { err = errors.Join(err, payload.close()) }()
	receipt, err = d.weigh(&payload)
	if err != nil {
		return Receipt{}, fmt.Errorf("reading the payload of a %s record: %w", d.Type, err)
	}
	receipt.Offset = w.out.n
	if err := w.put(w.header(d, receipt), d.Head, &payload); err != nil {
		w.err = fmt.Errorf("writing a %s record: %w", d.Type, err)
		return Receipt{}, w.err
	}
	receipt.Size = w.out.n - receipt.Offset
	if d.Type == TypeInfo {
		w.info = d.ID
	}
	return receipt, nil
}

// ownFields are the fields that the Writer makes from the rest of a draft.
var ownFields = []string{
	"WARC-Type", "WARC-Record-ID", "WARC-Date", "WARC-Target-URI", "WARC-Truncated",
	"WARC-Block-Digest", "Content-Type", "Content-Length",
}

// complete checks the draft and fills in what may be left out.
func (d *Draft) complete() error {
	if d.ID == "" {
		d.ID = newID()
	}
	if d.Date.IsZero() {
		d.Date = time.Now()
	}
	d.TargetURI = addressEscapes.Replace(d.TargetURI)
	if year := d.Date.UTC().Year(); year < 1000 || year > 9999 {
		return fmt.Errorf("a date in the year %d is %w", year, whence.ErrMalformed)
	}
	for _, f := range append(Header{
		{"WARC-Type", d.Type}, {"WARC-Record-ID", d.ID}, {"WARC-Target-URI", d.TargetURI},
		{"WARC-Truncated", d.Truncated}, {"Content-Type", d.ContentType},
	}, d.Fields...) {
		if !isToken(f.Name) || f.Value != oneLine(f.Value) {
			return fmt.Errorf("the field %q with value %q is %w", clip(f.Name), clip(f.Value), whence.ErrMalformed)
		}
	}
	if d.Type == "" {
		return fmt.Errorf("a record without type is %w", whence.ErrMalformed)
	}
	if kind, _, _ := strings.Cut(d.ContentType, ";"); (kind == typeHTTP) != (len(d.Head) > 0) {
		return fmt.Errorf("a head of %d bytes in %q is %w", len(d.Head), clip(d.ContentType), whence.ErrMalformed)
	}
	if len(d.Head) > 0 && headEnd(d.Head, 0) != len(d.Head) {
		return fmt.Errorf("a head that does not end with its first blank line is %w", whence.ErrMalformed)
	}
	for _, own := range ownFields {
		if len(d.Fields.Values(own)) > 0 {
			return fmt.Errorf("the field %s is set by the writer: a second one would be %w", own, whence.ErrMalformed)
		}
	}
	return nil
}

// newID makes a random identifier (RFC 9562, version 4).
func newID() string {
	var b [16]byte
	rand.Read(b[:]) //nolint:errcheck // never fails
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// isToken tells whether s can be the name of a field (RFC 9110, section 5.6.2).
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`()<>@,;:\"/[]?={}`, c) >= 0 {
			return false
		}
	}
	return s != ""
}

// oneLine is s as it can stand in a field: without control characters and
// without blanks around it. All other bytes stay.
func oneLine(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c < ' ' && c != '\t' || c == 0x7f {
			b[i] = ' '
		}
	}
	return strings.Trim(string(b), blanks)
}

// weigh reads the payload and gives what the header needs to know.
func (d *Draft) weigh(payload *spool) (Receipt, error) {
	block, own := sha256.New(), sha256.New()
	block.Write(d.Head)
	if d.Payload != nil {
		if err := payload.fill(d.Payload, io.MultiWriter(block, own)); err != nil {
			return Receipt{}, err
		}
	}
	return Receipt{
		ID:            d.ID,
		Length:        int64(len(d.Head)) + payload.size,
		BlockDigest:   "sha256:" + hex.EncodeToString(block.Sum(nil)),
		PayloadDigest: "sha256:" + hex.EncodeToString(own.Sum(nil)),
	}, nil
}

// header makes the record's header.
func (w *Writer) header(d Draft, r Receipt) []byte {
	fields := Header{
		{"WARC-Type", d.Type},
		{"WARC-Record-ID", bracket(d.ID)},
		{"WARC-Date", d.Date.UTC().Format("2006-01-02T15:04:05Z")},
		{"WARC-Target-URI", d.TargetURI},
		{"WARC-Truncated", d.Truncated},
	}
	fields = append(fields, d.Fields...)
	if d.Type != TypeInfo && d.Fields.Get("WARC-Warcinfo-ID") == "" {
		fields = append(fields, Field{"WARC-Warcinfo-ID", bracket(w.info)})
	}
	fields = append(fields, Field{"WARC-Block-Digest", r.BlockDigest})
	if hasPayloadDigest[d.Type] && d.Fields.Get("WARC-Payload-Digest") == "" {
		fields = append(fields, Field{"WARC-Payload-Digest", r.PayloadDigest})
	}
	fields = append(fields, Field{"Content-Type", d.ContentType}, Field{"Content-Length", fmt.Sprint(r.Length)})
	var b bytes.Buffer
	fmt.Fprintf(&b, "WARC/%s\r\n", w.version)
	for _, f := range fields {
		if f.Value != "" {
			fmt.Fprintf(&b, "%s: %s\r\n", f.Name, f.Value)
		}
	}
	b.WriteString("\r\n")
	return b.Bytes()
}

// hasPayloadDigest are the types of records whose payload is a capture.
var hasPayloadDigest = map[string]bool{TypeResponse: true, TypeResource: true, TypeConversion: true}

// put writes the parts of a record.
func (w *Writer) put(header, head []byte, payload *spool) error {
	var to io.Writer = &w.out
	if w.gz != nil {
		w.gz.Reset(&w.out)
		to = w.gz
	}
	for _, part := range []io.WriterTo{bytes.NewReader(header), bytes.NewReader(head), payload, strings.NewReader("\r\n\r\n")} {
		if _, err := part.WriteTo(to); err != nil {
			return err
		}
	}
	if w.gz != nil {
		return w.gz.Close()
	}
	return nil
}

// ResponseHead makes the head of a response for a record: status line, header
// and blank line. Proto and status are those of net/http ("HTTP/1.1", "200
// OK"), as is the header, which is written in order of names. HTTP/2 and later
// have no status line: theirs is written as HTTP/1.1, the way other programs
// read it (RFC 9113 messages carry the same status and fields).
func ResponseHead(proto, status string, header map[string][]string) []byte {
	if proto != "HTTP/1.0" {
		proto = "HTTP/1.1"
	}
	return httpHead(proto+" "+status, header)
}

// RequestHead makes the head of a request for a record. Target is the path and
// query; the header holds Host.
func RequestHead(method, target string, header map[string][]string) []byte {
	return httpHead(method+" "+target+" HTTP/1.1", header)
}

func httpHead(first string, header map[string][]string) []byte {
	var b bytes.Buffer
	b.WriteString(oneLine(first) + "\r\n")
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			b.WriteString(oneLine(name) + ": " + oneLine(value) + "\r\n")
		}
	}
	b.WriteString("\r\n")
	return b.Bytes()
}
