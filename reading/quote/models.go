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

// embedded loads the models that the binary holds, once.
var embedded = sync.OnceValue(func() *models {
	m := &models{}
	for _, file := range []struct {
		packed []byte
		labels int
		to     **chain
	}{{rolesFile, roleLabels, &m.roles}, {partsFile, partLabels, &m.parts}} {
		c, err := loadChain(file.packed, file.labels)
		if err != nil {
			panic("quote: the embedded models: " + err.Error())
		}
		*file.to = c
	}
	rows, err := loadRows(answersFile)
	if err != nil {
		panic("quote: the embedded models: " + err.Error())
	}
	m.answers = rows
	return m
})

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
