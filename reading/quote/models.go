package quote

import (
	_ "embed"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"

	"whence/english"
)

// models are the learned models, see model/SOURCES.
type models struct {
	roles, parts *chain
	answers      *english.Narrow
}

//go:embed model/roles.zst
var rolesFile []byte

//go:embed model/parts.zst
var partsFile []byte

//go:embed model/answers.zst
var answersFile []byte

// embedded loads the models that the binary holds, once, all at a time.
var embedded = sync.OnceValue(func() *models {
	m := &models{}
	var all sync.WaitGroup
	all.Go(func() { m.roles = must(loadChain(rolesFile, roleLabels)) })
	all.Go(func() { m.parts = must(loadChain(partsFile, partLabels)) })
	all.Go(func() { m.answers = must(loadRows(answersFile)) })
	all.Wait()
	return m
})

// must is an embedded model. One that cannot be read is a mistake of the build,
// caught by the tests, and panics.
func must[M any](model M, err error) M {
	if err != nil {
		panic("quote: the embedded models: " + err.Error())
	}
	return model
}

func loadChain(packed []byte, labels int) (*chain, error) {
	data, err := decompress(packed)
	if err != nil {
		return nil, err
	}
	c, err := readChain(data)
	if err == nil && c.labels != labels {
		err = fmt.Errorf("it has %d labels, want %d", c.labels, labels)
	}
	return c, err
}

func loadRows(packed []byte) (*english.Narrow, error) {
	data, err := decompress(packed)
	if err != nil {
		return nil, err
	}
	return english.ReadNarrow(data)
}

func decompress(packed []byte) ([]byte, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<28))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.DecodeAll(packed, nil)
}
