package warc

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
)

// Verdict is what comparing a declared digest with the bytes gave.
type Verdict string

// The verdicts.
const (
	DigestMatch       Verdict = "match"
	DigestMismatch    Verdict = "mismatch"
	DigestNone        Verdict = "none"        // none is declared, or the record is a revisit: its digests are of bytes in another record
	DigestUnsupported Verdict = "unsupported" // of an unknown algorithm, or in a form that cannot be read
	DigestUnread      Verdict = "unread"      // the content was not read to its end
)

// Digest is one declared digest of a record and how it compares.
type Digest struct {
	Field    string // "WARC-Block-Digest" or "WARC-Payload-Digest"
	Declared string // as in the file, "sha1:…"
	Computed string // in lower-case hex after the algorithm; "" if not computed
	Verdict  Verdict
}

// Problem says in words what is wrong with the digest, "" if nothing is.
func (d Digest) Problem() string {
	switch d.Verdict {
	case DigestMismatch:
		return fmt.Sprintf("%s is %q, but the bytes give %q", d.Field, clip(d.Declared), d.Computed)
	case DigestUnsupported:
		return fmt.Sprintf("%s %q cannot be checked: unknown algorithm or form", d.Field, clip(d.Declared))
	}
	return ""
}

// Digests gives the block digest and the payload digest, compared with the
// bytes read from Content (or through HTTP). It is asked after these were read
// to their end and before Next; it reads nothing itself.
//
// The payload of an HTTP message is its body. Programs differ in whether they
// digest it with or without its transfer chunking, so either is a match.
func (r *Record) Digests() [2]Digest {
	d := r.content.digests
	return [2]Digest{
		d.block.verdict("WARC-Block-Digest", r.content.whole()),
		d.payload.verdict("WARC-Payload-Digest", r.content.whole()),
	}
}

// algorithms are the digests that are computed, by the names in use.
var algorithms = map[string]func() hash.Hash{
	"md5":     md5.New,
	"sha1":    sha1.New,
	"sha-1":   sha1.New,
	"sha256":  sha256.New,
	"sha-256": sha256.New,
	"sha384":  sha512.New384,
	"sha-384": sha512.New384,
	"sha512":  sha512.New,
	"sha-512": sha512.New,
}

// encodings are the ways a digest is written. The length of the value tells
// most of them apart; a value is compared in every form it can have.
var encodings = []func(string) ([]byte, error){
	hex.DecodeString,
	func(s string) ([]byte, error) {
		return base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(s))
	},
	base64.RawStdEncoding.DecodeString,
	base64.RawURLEncoding.DecodeString,
}

// expected is a declared digest and what is computed for it.
type expected struct {
	declared  string
	algorithm string
	values    [][]byte // what the declared value may stand for; none if it cannot be read
	sums      []hash.Hash
}

// expect reads a declared digest and makes n ways to compute it.
func expect(declared string, n int) expected {
	e := expected{declared: declared}
	name, value, _ := strings.Cut(declared, ":")
	e.algorithm = strings.ToLower(strings.TrimSpace(name))
	create := algorithms[e.algorithm]
	if create == nil {
		return e
	}
	value = strings.TrimRight(strings.TrimSpace(value), "=")
	size := create().Size()
	for _, decode := range encodings {
		if v, err := decode(value); err == nil && len(v) == size {
			e.values = append(e.values, v)
		}
	}
	for range n {
		e.sums = append(e.sums, create())
	}
	return e
}

func (e *expected) verdict(field string, whole bool) Digest {
	d := Digest{Field: field, Declared: e.declared}
	switch {
	case e.declared == "":
		d.Verdict = DigestNone
		return d
	case len(e.values) == 0:
		d.Verdict = DigestUnsupported
		return d
	case !whole:
		d.Verdict = DigestUnread
		return d
	}
	d.Verdict = DigestMismatch
	for i := len(e.sums) - 1; i >= 0; i-- {
		sum := e.sums[i].Sum(nil)
		d.Computed = e.algorithm + ":" + hex.EncodeToString(sum)
		for _, v := range e.values {
			if bytes.Equal(v, sum) {
				d.Verdict = DigestMatch
				return d
			}
		}
	}
	return d
}

// write adds to the i-th way of computing.
func (e *expected) write(i int, p []byte) {
	if len(e.values) > 0 {
		e.sums[i].Write(p)
	}
}

// The ways of computing a payload digest.
const (
	asStored  = 0
	unchunked = 1
)

// digester computes the declared digests of one record while its content is
// read.
type digester struct {
	block   expected
	payload expected

	message bool   // the block is an HTTP message: the payload comes after its head
	head    []byte // of the message, as far as read
	chunks  *dechunker
}

// newDigester prepares what the record declares. The digests of a revisit
// record are of bytes in another record: the payload's by the standard, the
// block's as many programs write it.
func newDigester(rec *Record) *digester {
	d := &digester{message: rec.ContentType() == typeHTTP}
	if rec.Type() == TypeRevisit {
		return d
	}
	if declared := rec.Header.Get("WARC-Block-Digest"); declared != "" {
		d.block = expect(declared, 1)
	}
	if declared := rec.Header.Get("WARC-Payload-Digest"); declared != "" {
		d.payload = expect(declared, 2)
	}
	return d
}

// Write takes the next bytes of the content.
func (d *digester) Write(p []byte) {
	d.block.write(0, p)
	if len(d.payload.values) == 0 {
		return
	}
	if d.message {
		p = d.afterHead(p)
	}
	if len(p) == 0 {
		return
	}
	d.payload.write(asStored, p)
	d.unchunk(p)
}

// afterHead is what of p comes after the head of the HTTP message.
func (d *digester) afterHead(p []byte) []byte {
	seen := len(d.head)
	head := p // which mostly holds it all
	if seen > 0 {
		d.head = append(d.head, p...)
		head = d.head
	}
	end := headEnd(head, seen)
	switch {
	case end >= 0:
		if declaresChunked(head[:end]) {
			d.chunks = new(dechunker)
		}
		d.message, d.head = false, nil
		return p[end-seen:]
	case len(head) > MaxHTTPHead:
		d.payload.values, d.head = nil, nil // no HTTP message
	case seen == 0:
		d.head = append(d.head, p...)
	}
	return nil
}

// headEnd is where in head the blank line ends that ends an HTTP head, if it
// ends after seen; -1 if it does not.
func headEnd(head []byte, seen int) int {
	for from := max(seen-3, 0); ; {
		i := bytes.IndexByte(head[from:], '\n')
		if i < 0 {
			return -1
		}
		from += i + 1
		if rest := bytes.TrimPrefix(head[from:], []byte{'\r'}); len(rest) > 0 && rest[0] == '\n' {
			return len(head) - len(rest) + 1
		}
	}
}

// declaresChunked tells whether an HTTP head declares transfer chunking.
func declaresChunked(head []byte) bool {
	parser := headerParser{maxSize: len(head), maxFields: MaxFields}
	for line := range bytes.Lines(head) {
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			continue
		}
		if parser.add(line) != nil {
			break
		}
	}
	return chunked(parser.finish())
}

// unchunk gives the payload without its chunking to the second way of
// computing.
func (d *digester) unchunk(p []byte) {
	if d.chunks == nil {
		return
	}
	for len(p) > 0 {
		data, used := d.chunks.step(p)
		d.payload.write(unchunked, data)
		p = p[used:]
	}
}
