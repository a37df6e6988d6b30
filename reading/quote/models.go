package quote

import (
	_ "embed"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// models are the learned models, see model/SOURCES.
type models struct{ roles, parts *chain }

//go:embed model/roles.zst
var rolesFile []byte

//go:embed model/parts.zst
var partsFile []byte

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
	return m
})

func loadChain(packed []byte, labels int) (*chain, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<28))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := r.DecodeAll(packed, nil)
	if err != nil {
		return nil, err
	}
	c, err := readChain(data)
	if err == nil && c.labels != labels {
		err = fmt.Errorf("it has %d labels, want %d", c.labels, labels)
	}
	return c, err
}
