package place

import (
	_ "embed"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

//go:embed data/gazetteer.zst
var packed []byte

// known is the gazetteer of the binary, unpacked on first use. One that cannot
// be read is a mistake of the build, caught by the tests, and panics.
var known = sync.OnceValue(func() *gazetteer {
	g, err := unpack(packed)
	if err != nil {
		panic(fmt.Errorf("place: reading the gazetteer: %w", err))
	}
	return g
})

func unpack(file []byte) (*gazetteer, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<26))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := r.DecodeAll(file, nil)
	if err != nil {
		return nil, err
	}
	return decode(b)
}
