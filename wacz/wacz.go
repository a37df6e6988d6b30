// Package wacz reads Web Archive Collection Zipped files.
package wacz

import "io"

// Archive is an open WACZ file.
type Archive struct{}

// Open reads the zip directory of a WACZ of size bytes.
func Open(r io.ReaderAt, size int64) (*Archive, error) { panic("stub") }
