// Package warc reads and writes WARC 1.0 and 1.1 files.
package warc

import "io"

// Record is one WARC record. Content is valid until the next call of Next.
type Record struct {
	Version string // "WARC/1.0"
	Header  Header
	Content io.Reader
	Offset  int64 // of the record in the file (in the compressed file where a member holds one record)
}

// Header holds the named fields of a record in order.
type Header []Field

// Field is one named field.
type Field struct{ Name, Value string }

// Get is the first value of the field, case-insensitively, or "".
func (h Header) Get(name string) string { panic("stub") }

// Reader reads records in order.
type Reader struct{}

// NewReader reads from r, plain or gzip (member a record, or the whole file).
func NewReader(r io.Reader) (*Reader, error) { panic("stub") }

// Next gives the next record, io.EOF after the last.
func (r *Reader) Next() (*Record, error) { panic("stub") }
