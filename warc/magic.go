package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"

	"whence"
)

// recordMagic begins every record.
const recordMagic = "WARC/"

// headSize is how many bytes of a file's head suffice to recognise it: a gzip
// header with a file name and a comment, and the first inflated bytes.
const headSize = 4 << 10

// gzipMagic begins every gzip member: its two magic bytes, and deflate, the
// one method there is.
var gzipMagic = []byte{0x1f, 0x8b, 0x08}

// FormatError says that a file is of a known format that this package does not
// read, and what can be done.
type FormatError struct {
	Format string // what the file is, for people
	hint   string
}

// Error is one line without the hint.
func (e *FormatError) Error() string {
	return fmt.Sprintf("%s: %v", e.Format, whence.ErrNotRecognised)
}

// Hint says what the user can do.
func (e *FormatError) Hint() string { return e.hint }

// Unwrap gives whence.ErrNotRecognised.
func (e *FormatError) Unwrap() error { return whence.ErrNotRecognised }

// foreign are the formats that stand in for WARC in web archives.
var foreign = []struct{ magic, format, hint string }{
	{"\x04\x22\x4d\x18", "LZ4-compressed file", "unpack it first: lz4 -d FILE"},
	{"\x28\xb5\x2f\xfd", "zstd-compressed file", "unpack it first: zstd -d FILE"},
	{"\x5d\x2a\x4d\x18", "zstd-compressed file with its own dictionary", "unpack it first with the tool that wrote it"},
	{"BZh", "bzip2-compressed file", "unpack it first: bzip2 -d FILE"},
	{"\xfd7zXZ\x00", "xz-compressed file", "unpack it first: xz -d FILE"},
	{"PK\x03\x04", "zip file", "a web archive in a zip is read if it is a WACZ"},
	{"7z\xbc\xaf\x27\x1c", "7-zip file", "unpack it first: 7z x FILE"},
	{"filedesc://", "ARC file, the format before WARC", "convert it first: warcio recompress FILE FILE.warc.gz"},
}

// Recognise tells from the first bytes of a file whether it is a WARC file:
// it begins with a record (after blank lines at most), or is gzip whose
// inflated head does. A few kilobytes of head are enough.
func Recognise(head []byte) bool {
	if bytes.HasPrefix(head, gzipMagic) {
		head = inflateHead(new(gzip.Reader), head)
	}
	return startsVersion(bytes.TrimLeft(head, "\r\n"))
}

// knownForeign gives the error for a file of a format that is known and not
// read, or nil.
func knownForeign(head []byte) error {
	for _, f := range foreign {
		if bytes.HasPrefix(head, []byte(f.magic)) {
			return &FormatError{f.format, f.hint}
		}
	}
	return nil
}

// refuse gives the error for a file with this head in which no record begins.
func refuse(head []byte) error {
	if !bytes.HasPrefix(head, gzipMagic) {
		return &FormatError{"no WARC record at the beginning of the file", `a WARC file begins with "WARC/1.0" or "WARC/1.1"`}
	}
	if err := knownForeign(inflateHead(new(gzip.Reader), head)); err != nil {
		return err
	}
	return &FormatError{"gzip file without a WARC record", "unpack it and give whence what is inside: gzip -d FILE"}
}

// inflateHead gives the first bytes of a gzip member of which head is the
// beginning; nothing if it is no gzip.
func inflateHead(z *gzip.Reader, head []byte) []byte {
	if z.Reset(bytes.NewReader(head)) != nil {
		return nil
	}
	out := make([]byte, 64)
	n, err := io.ReadFull(z, out)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return out[:n]
}

// startsVersion tells whether b begins with "WARC/" and a digit: enough where
// a record is expected.
func startsVersion(b []byte) bool {
	return len(b) > len(recordMagic) && string(b[:len(recordMagic)]) == recordMagic && isDigit(b[len(recordMagic)])
}

// startsRecord tells whether b begins with a whole version line: what is asked
// of a record that stands where none is expected.
func startsRecord(b []byte) bool {
	if !startsVersion(b) {
		return false
	}
	rest := b[len(recordMagic):]
	for len(rest) > 0 && (isDigit(rest[0]) || rest[0] == '.') {
		rest = rest[1:]
	}
	rest = bytes.TrimLeft(rest[:min(len(rest), 8)], " \t\r")
	return len(rest) > 0 && rest[0] == '\n'
}

// versionLine is how many bytes startsRecord looks at, at most.
const versionLine = 32

// indexRecord is where the first whole version line in b stands, or -1.
func indexRecord(b []byte) int {
	for from := 0; ; {
		i := bytes.Index(b[from:], []byte(recordMagic))
		if i < 0 {
			return -1
		}
		if startsRecord(b[from+i:]) {
			return from + i
		}
		from += i + 1
	}
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
