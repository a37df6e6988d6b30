package main

import (
	"fmt"
	"os"
	"path/filepath"

	"whence/english"
)

// modelFolder is where package english embeds its models from.
const modelFolder = "english/model"

func writeModel(name string, model []byte) error {
	packed, err := english.Compress(model)
	if err != nil {
		return fmt.Errorf("packing %s: %w", name, err)
	}
	return os.WriteFile(filepath.Join(modelFolder, name), packed, 0o644)
}

// clusteredExamples reads the treebanks of a folder and looks at their words
// with the word classes that are there, not with those of this binary.
func clusteredExamples(folder string) ([]example, error) {
	clusters, err := english.ReadClusters(os.DirFS(modelFolder))
	if err != nil {
		return nil, err
	}
	banks, err := trainingBanks(folder)
	if err != nil {
		return nil, err
	}
	examples, err := examplesOf(banks)
	if err != nil {
		return nil, err
	}
	for i := range examples {
		examples[i].seen = clusters.NewSentence(examples[i].words)
	}
	return examples, nil
}
