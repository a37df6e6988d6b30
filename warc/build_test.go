package warc_test

import (
	"bytes"

	"github.com/klauspost/compress/gzip"
)

// gzipped is b as one gzip member.
func gzipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(b)
	z.Close()
	return out.Bytes()
}
