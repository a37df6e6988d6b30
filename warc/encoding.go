package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"

	"whence"
)

// maxEncodings is how many content encodings of one body are undone.
const maxEncodings = 5

// sniff is how much of a body is looked at to see whether it is encoded as
// declared.
const sniff = 4 << 10

// zstdWindow is the largest window a zstd body may ask for: the 8 MiB that
// RFC 9659 sets for content encodings.
const zstdWindow = 8 << 20

// codec undoes one content encoding.
type codec struct {
	names []string
	// is tells from the first bytes of a body whether it is so encoded.
	is   func(head []byte) bool
	open func(io.Reader) (io.Reader, error)
}

// codecs are the content encodings that are undone. Deflate comes with a zlib
// header, as the standard asks, and without one, as some servers send it.
var codecs = []codec{
	{[]string{"gzip", "x-gzip"}, prefixed(string(gzipMagic)), openGzip},
	{[]string{"deflate"}, trial(openZlib), openZlib},
	{[]string{"deflate"}, trial(openDeflate), openDeflate},
	{[]string{"br"}, trial(openBrotli), openBrotli},
	{[]string{"zstd"}, prefixed("\x28\xb5\x2f\xfd"), openZstd},
}

func openZlib(r io.Reader) (io.Reader, error)    { return zlib.NewReader(r) }
func openDeflate(r io.Reader) (io.Reader, error) { return flate.NewReader(r), nil }
func openBrotli(r io.Reader) (io.Reader, error)  { return brotli.NewReader(r), nil }

func openGzip(r io.Reader) (io.Reader, error) {
	in := bufio.NewReaderSize(r, sniff) // r itself where it is as large
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, err
	}
	z.Multistream(false)
	return &gzipBody{in, z}, nil
}

// gzipBody reads gzip members as long as there are any. What comes after them
// is left alone, as browsers do.
type gzipBody struct {
	in *bufio.Reader
	z  *gzip.Reader
}

func (g *gzipBody) Read(p []byte) (int, error) {
	for {
		n, err := g.z.Read(p)
		if !isEOF(err) {
			return n, err
		}
		if n > 0 {
			return n, nil // the end comes again with the next read
		}
		if head, _ := g.in.Peek(len(gzipMagic)); !bytes.Equal(head, gzipMagic) {
			return 0, io.EOF
		}
		if err := g.z.Reset(g.in); err != nil {
			return 0, err
		}
		g.z.Multistream(false)
	}
}

func openZstd(r io.Reader) (io.Reader, error) {
	return zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(zstdWindow))
}

func prefixed(magic string) func([]byte) bool {
	return func(head []byte) bool { return bytes.HasPrefix(head, []byte(magic)) }
}

// trial makes a test for encodings without magic bytes: that the head is no
// text, and decodes.
func trial(open func(io.Reader) (io.Reader, error)) func([]byte) bool {
	return func(head []byte) bool {
		if isText(head) {
			return false
		}
		r, err := open(bytes.NewReader(head))
		if err != nil {
			return false
		}
		n, err := io.ReadFull(r, make([]byte, 256))
		switch {
		case err == nil, errors.Is(err, io.EOF):
			return true
		case errors.Is(err, io.ErrUnexpectedEOF): // of the reader or of ReadFull
			return n > 0 || len(head) == sniff
		}
		return false
	}
}

// isText tells whether b is UTF-8 without control characters: what compressed
// bytes never are for long.
func isText(b []byte) bool {
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			return !utf8.FullRune(b) // a character cut by the end of b
		}
		if r < ' ' && !strings.ContainsRune("\t\n\f\r", r) {
			return false
		}
		b = b[size:]
	}
	return true
}

// declaredEncodings are the encodings that a header field lists, in the order
// in which they were applied, without those that change nothing.
func declaredEncodings(h Header, name string) []string {
	var list []string
	for _, value := range h.Values(name) {
		for e := range strings.SplitSeq(value, ",") {
			e = strings.ToLower(strings.TrimSpace(e))
			if e != "" && e != "identity" && e != "none" && e != "chunked" {
				list = append(list, e)
			}
		}
	}
	return list
}

// chunked tells whether a header declares transfer chunking.
func chunked(h Header) bool {
	for _, value := range h.Values("Transfer-Encoding") {
		for e := range strings.SplitSeq(value, ",") {
			if strings.EqualFold(strings.TrimSpace(e), "chunked") {
				return true
			}
		}
	}
	return false
}

// decode undoes one declared encoding. Where the bytes are not so encoded, or
// the encoding is not known, they are given as they are, with the reason.
func decode(body io.Reader, encoding string) (decoded io.Reader, problem string) {
	known := false
	ahead := bufio.NewReaderSize(body, sniff)
	head, _ := ahead.Peek(sniff) // an error comes again with the next read
	for _, c := range codecs {
		for _, name := range c.names {
			if name != encoding {
				continue
			}
			known = true
			if len(head) == 0 || !c.is(head) {
				continue
			}
			opened, err := c.open(ahead)
			if err != nil {
				opened = failing{err}
			}
			return &decoding{encoding, opened}, ""
		}
	}
	switch {
	case !known:
		return ahead, fmt.Sprintf("the content encoding %q is not known: the body is as it stands", clip(encoding))
	case len(head) == 0:
		return ahead, ""
	}
	return ahead, fmt.Sprintf("the body is declared %s and is not", encoding)
}

// decoding says in its errors what was being decoded.
type decoding struct {
	encoding string
	r        io.Reader
}

func (d *decoding) Read(p []byte) (int, error) {
	n, err := d.r.Read(p)
	if err == nil || isEOF(err) {
		return n, err
	}
	var e *Error
	switch {
	case errors.As(err, &e):
		return n, e // the file's own trouble
	case errors.Is(err, io.ErrUnexpectedEOF):
		return n, fmt.Errorf("the %s body is cut short: %w", d.encoding, err)
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		return n, fmt.Errorf("the window of the zstd body: %w (%d bytes)", whence.ErrTooLarge, zstdWindow)
	}
	return n, fmt.Errorf("the %s body is %w: %w", d.encoding, whence.ErrMalformed, err)
}

// failing gives an error.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// capped ends with whence.ErrTooLarge after most bytes.
type capped struct {
	r    io.Reader
	left int64
	most int64
}

func (c *capped) Read(p []byte) (int, error) {
	if c.left == 0 {
		var more [1]byte
		n, err := io.ReadFull(c.r, more[:])
		if n > 0 {
			return 0, fmt.Errorf("the body is %w: %d bytes", whence.ErrTooLarge, c.most)
		}
		return 0, err
	}
	n, err := c.r.Read(p[:min(int64(len(p)), c.left)])
	c.left -= int64(n)
	return n, err
}
