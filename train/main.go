// Command train rebuilds the models that whence ships from the data they were
// learned from:
//
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
)

// model is one thing that can be trained.
type model struct {
	name string
	data string // what its argument must be
	help string // one line
	// train reads the data, writes the model to the path that it names itself,
	// and reports to w.
	train func(w io.Writer, data string) error
}

// models are all models, in the order of the help.
var models = []model{
	{"sentences", "FOLDER", "where sentences end, from the CoNLL-U files *-train.conllu of FOLDER", sentences},
}

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
	for _, m := range models {
		if m.name == args[0] {
			if err := m.train(w, args[1]); err != nil {
				return fmt.Errorf("training %s on %s: %w", m.name, args[1], err)
			}
			return nil
		}
	}
	return fmt.Errorf("no model %q: %w", args[0], errUsage)
}

func usage(w io.Writer) {
	fmt.Fprintln(w, "usage: go run ./train MODEL DATA")
	for _, m := range models {
		fmt.Fprintf(w, "  %s %s\n        %s\n", m.name, m.data, m.help)
	}
}
