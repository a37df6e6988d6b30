package english

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// The files of the models.
const (
	ClusterFile = "clusters.zst" // word classes
	TagFile     = "tags.zst"
	StepFile    = "steps.zst"  // transitions of the parser
	LabelFile   = "labels.zst" // of the parser's arcs
	LemmaFile   = "lemmas.zst"
	CertainFile = "certain.zst" // what is as good as always the same
)

// Models are what an [Analyser] needs to know. They do not change, and any
// number of analysers may share them.
type Models struct {
	clusters *Clusters
	tags     *Rows
	steps    *Steps
	labels   *Rows
	lemmas   lemmas
	certain  *certain
}

// LoadModels reads the models from their files.
func LoadModels(files fs.FS) (*Models, error) {
	m := &Models{}
	parts := []struct {
		file string
		read func(model []byte) error
	}{
		{ClusterFile, func(b []byte) (err error) { m.clusters, err = ParseClusters(string(b)); return err }},
		{TagFile, func(b []byte) (err error) { m.tags, err = ReadRows(b); return err }},
		{StepFile, func(b []byte) (err error) { m.steps, err = ReadSteps(b); return err }},
		{LabelFile, func(b []byte) (err error) { m.labels, err = ReadRows(b); return err }},
		{CertainFile, func(b []byte) (err error) { m.certain, err = parseCertain(string(b)); return err }},
		{LemmaFile, func(b []byte) (err error) { m.lemmas, err = parseLemmas(string(b)); return err }},
	}
	errs := make([]error, len(parts))
	var all sync.WaitGroup
	turns := make(chan struct{}, 2) // what two of them need while they unpack is enough
	for i, p := range parts {
		all.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			b, err := unpack(files, p.file)
			if err == nil {
				err = p.read(b)
			}
			if err != nil {
				errs[i] = fmt.Errorf("loading the model %s: %w", p.file, err)
			}
		})
	}
	all.Wait()
	return m, errors.Join(errs...)
}

// Compress packs a model as its file holds it. The same bytes give the same
// bytes.
func Compress(model []byte) ([]byte, error) {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return w.EncodeAll(model, nil), w.Close()
}

func unpack(files fs.FS, name string) ([]byte, error) {
	packed, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(1<<28))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.DecodeAll(packed, nil)
}

//go:embed model
var embedded embed.FS

// embeddedModels loads the models of the binary on first use. One that cannot
// be read is a mistake of the build, caught by the tests, and panics.
var embeddedModels = sync.OnceValue(func() *Models {
	files, err := fs.Sub(embedded, "model")
	if err != nil {
		panic(err)
	}
	m, err := LoadModels(files)
	if err != nil {
		panic(err)
	}
	return m
})

// ReadClusters reads the word classes alone.
func ReadClusters(files fs.FS) (*Clusters, error) {
	b, err := unpack(files, ClusterFile)
	if err != nil {
		return nil, err
	}
	return ParseClusters(string(b))
}
