// Command train rebuilds the models that whence ships from the data they were
// learned from:
//
//	go run ./train all ../shared/corpora
//	go run ./train sentences ../shared/corpora/ud
//
// It is run from the module's root and writes each model into the folder of
// the package that embeds it. The same data gives the same bytes.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// model is one thing that can be trained.
type model struct {
	name string
	data string // what its argument must be
	part string // of the corpora that all takes: the folder that is its argument
	help string // one line
	// apart tells that its data are no corpora: all leaves it out.
	apart bool
	// train reads the data, writes the model to the path that it names itself,
	// and reports to w.
	train func(w io.Writer, data string) error
}

// models are all models, each after those that it is trained with.
var models = []model{
	{"sentences", "FOLDER", "ud", "where sentences end, from the CoNLL-U files *-train.conllu of FOLDER", false, sentences},
	{"clusters", "FOLDER", "", "word classes, from news/articles.jsonl.gz and gva/incidents.jsonl below FOLDER", false, clusters},
	{"tagger", "FOLDER", "ud", "tags, from the CoNLL-U files *-train.conllu of FOLDER", false, tagger},
	{"parser", "FOLDER", "ud", "trees, from the same", false, parser},
	{"lemmas", "FOLDER", "ud", "lemmas, from the same", false, lemmas},
	{"certain", "FOLDER", "ud", "words with one tag and arcs with one label, from the same", false, certainties},
	{"attributions", "FOLDER", "polnear/train", "who says what, from FOLDER/text and FOLDER/attributions", false, attributions},
	{"rarity", "FOLDER", "", "how rare words are in news, from news/articles.jsonl.gz below FOLDER", false, rarity},
	{"places", "FOLDER", "", "the gazetteer, from the packages in FOLDER (see reading/place/data/SOURCES)", true, places},
}

// everything names all models, one after another.
const everything = "all"

// errUsage asks for the usage to be printed.
var errUsage = errors.New("want the name of a model and its data")

func main() {
	err := run(os.Stdout, os.Args[1:])
	if err == nil {
		return
	}
	fmt.Fprintln(os.Stderr, "train:", err)
	if errors.Is(err, errUsage) {
		usage(os.Stderr)
		os.Exit(2)
	}
	os.Exit(1)
}

func run(w io.Writer, args []string) error {
	if len(args) != 2 {
		return errUsage
	}
	name, data := args[0], args[1]
	known := false
	for _, m := range models {
		from := data
		switch {
		case name == m.name:
		case name == everything && !m.apart:
			from = filepath.Join(data, m.part)
			if _, err := fmt.Fprintln(w, m.name); err != nil {
				return err
			}
		default:
			continue
		}
		known = true
		if err := m.train(w, from); err != nil {
			return fmt.Errorf("training %s on %s: %w", m.name, from, err)
		}
	}
	if !known {
		return fmt.Errorf("no model %q: %w", name, errUsage)
	}
	return nil
}

func usage(w *os.File) {
	fmt.Fprintln(w, "usage: go run ./train MODEL DATA")
	fmt.Fprintf(w, "  %s FOLDER\n        every model of these, from the folder of all corpora\n", everything)
	for _, m := range models {
		fmt.Fprintf(w, "  %s %s\n        %s\n", m.name, m.data, m.help)
	}
}
