package warc

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// typeHTTP is the media type of blocks that are HTTP messages.
const typeHTTP = "application/http"

// ErrNoHTTP is for records that hold no HTTP response.
var ErrNoHTTP = errors.New("the record holds no HTTP response")

// Response is the HTTP response that a record holds.
type Response struct {
	Proto  string // "HTTP/1.1"; "" if there is no status line
	Status int    // 200; 0 if there is no status line
	Reason string // "OK"
	Header Header
	// Body is the body without transfer chunking and content encoding. It ends
	// with an error that wraps whence.ErrTooLarge past Limits.Body,
	// whence.ErrMalformed where its compression breaks, io.ErrUnexpectedEOF
	// where it is cut short inside its compression, and otherwise with the
	// error that Content ends with. What came before the error is good. Bytes
	// after the end of a compressed body are left out, as browsers do.
	Body io.Reader

	record   *Record
	problems []string
	chunks   *dechunkReader
	counted  *counting
	encoded  bool
}

// Problems says in words what is odd about the response: what its header
// declares and its body does not keep, and where it is cut short. It is asked
// after Body was read.
func (r *Response) Problems() []string {
	problems := slices.Clone(r.problems)
	if r.chunks != nil && r.chunks.problem != "" {
		problems = append(problems, r.chunks.problem)
	}
	if p := r.short(); p != "" {
		problems = append(problems, p)
	}
	if why := r.record.Truncated(); why != "" {
		problems = append(problems, fmt.Sprintf("the archive did not keep the whole capture: %q", clip(why)))
	}
	return problems
}

// short tells of a body that has fewer bytes than the response's own header
// declares. Programs that store bodies decoded leave the header as it was, so
// encoded and chunked bodies are not compared.
func (r *Response) short() string {
	declared, err := strconv.ParseInt(r.Header.Get("Content-Length"), 10, 64)
	if err != nil || r.record.Type() == TypeRevisit || r.encoded || r.chunks != nil || !r.counted.ended || r.counted.n >= declared {
		return ""
	}
	return fmt.Sprintf("%d of the %d bytes of the body are there", r.counted.n, declared)
}

// HTTP gives the response that a response or revisit record holds. It is
// called before Content is read, and reads from it. Called again it gives the
// same response.
//
// Errors: ErrNoHTTP for other records and for other protocols (dns:); those of
// Content; whence.ErrTooLarge for a head past its limit.
func (r *Record) HTTP() (*Response, error) {
	if r.response == nil && r.httpErr == nil {
		r.response, r.httpErr = r.http()
	}
	return r.response, r.httpErr
}

func (r *Record) http() (*Response, error) {
	if t := r.Type(); t != TypeResponse && t != TypeRevisit {
		return nil, fmt.Errorf("%w: its type is %q", ErrNoHTTP, clip(t))
	}
	if kind := r.ContentType(); kind != typeHTTP && kind != "" {
		return nil, fmt.Errorf("%w: its content is %q", ErrNoHTTP, clip(kind))
	}
	if r.content.given > 0 {
		return nil, errors.New("the record's content was read already")
	}
	r.buffer.Reset(r.Content)
	resp := &Response{record: r}
	body, err := resp.head(r.buffer, r.limits)
	if err != nil {
		return nil, fmt.Errorf("reading an HTTP head: %w", err)
	}
	resp.body(body, r.limits)
	return resp, nil
}

// maxInterim is how many interim responses are passed.
const maxInterim = 10

// head reads the status line and the header, and gives the reader of what
// comes after. Interim responses (100 Continue) are passed.
func (r *Response) head(b *bufio.Reader, l Limits) (io.Reader, error) {
	for range maxInterim {
		if start, _ := b.Peek(5); string(start) != "HTTP/" {
			if r.Status == 0 {
				r.problems = append(r.problems, "the response has no status line")
			}
			return b, nil
		}
		body, err := r.message(b, l)
		if err != nil || body != nil || r.Status/100 != 1 || r.Status == 101 {
			return after(body, b), err
		}
	}
	return b, nil
}

// after is body, or b where there is none.
func after(body io.Reader, b *bufio.Reader) io.Reader {
	if body == nil {
		return b
	}
	return body
}

// message reads one head. Where the header runs into the body without a blank
// line, it gives the reader of the body.
func (r *Response) message(b *bufio.Reader, l Limits) (io.Reader, error) {
	parser := headerParser{maxSize: l.HTTPHead, maxFields: l.Fields}
	line, err := readLine(b, l.HTTPHead)
	r.statusLine(string(line))
	for err == nil {
		line, err = readLine(b, l.HTTPHead)
		if len(line) == 0 {
			break
		}
		broken := parser.add(line)
		if errors.Is(broken, errBodyBegins) {
			r.problems = append(r.problems, broken.Error())
			r.Header = parser.finish()
			return io.MultiReader(strings.NewReader(string(line)+"\n"), b), nil
		}
		if broken != nil {
			return nil, broken
		}
	}
	r.Header = parser.finish()
	if parser.odd > 0 {
		r.problems = append(r.problems, fmt.Sprintf("lines of the response's header that are no fields were left out: %d", parser.odd))
	}
	if isEOF(err) {
		err = nil // a head without a body
	}
	return nil, err
}

func (r *Response) statusLine(line string) {
	proto, rest, _ := strings.Cut(line, " ")
	code, reason, _ := strings.Cut(strings.TrimSpace(rest), " ")
	r.Proto, r.Reason = proto, strings.TrimSpace(reason)
	r.Status, _ = strconv.Atoi(code) // 0 where it is no number
	if r.Status < 100 || r.Status > 999 {
		r.Status = 0
		r.problems = append(r.problems, "the status line gives no status")
	}
}

// body sets Body.
func (r *Response) body(b io.Reader, l Limits) {
	r.counted = &counting{r: b}
	var body io.Reader = r.counted
	if chunked(r.Header) {
		r.chunks = newDechunkReader(body)
		body = r.chunks
	}
	encodings := append(declaredEncodings(r.Header, "Content-Encoding"), declaredEncodings(r.Header, "Transfer-Encoding")...)
	if len(encodings) > maxEncodings {
		r.problems = append(r.problems, fmt.Sprintf("the response declares %d content encodings: the body is as it stands", len(encodings)))
		encodings = nil
	}
	for i := len(encodings) - 1; i >= 0; i-- {
		decoded, problem := decode(body, encodings[i])
		if problem != "" {
			r.problems = append(r.problems, problem)
		} else {
			r.encoded = true
		}
		body = decoded
	}
	r.Body = &draining{&capped{body, l.Body, l.Body}, r.counted}
}

// counting counts what is read of the body as stored.
type counting struct {
	r     io.Reader
	n     int64
	ended bool
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.ended = c.ended || err != nil
	return n, err
}

// draining reads what a decoder left at the end of the body, so that digests
// can be compared.
type draining struct {
	io.Reader
	rest io.Reader
}

func (d *draining) Read(p []byte) (int, error) {
	n, err := d.Reader.Read(p)
	if isEOF(err) {
		if _, drained := io.Copy(io.Discard, d.rest); drained != nil {
			return n, drained
		}
	}
	return n, err
}

// Payload gives what the record captured, and its media type with parameters
// as declared, whatever way it is stored: the body of an HTTP response, or the
// content of a resource or conversion record. Errors are those of HTTP, and
// ErrNoHTTP for a revisit record, whose payload is in another (see Refers).
func (r *Record) Payload() (body io.Reader, mediaType string, err error) {
	switch r.Type() {
	case TypeResource, TypeConversion:
		return &capped{r.Content, r.limits.Body, r.limits.Body}, r.Header.Get("Content-Type"), nil
	case TypeRevisit:
		return nil, "", fmt.Errorf("%w: its payload is in another record", ErrNoHTTP)
	}
	resp, err := r.HTTP()
	if err != nil {
		return nil, "", err
	}
	return resp.Body, resp.Header.Get("Content-Type"), nil
}
