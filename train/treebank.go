package main

import (
	"fmt"
	"strconv"
	"strings"

	"whence/english"
	"whence/eval"
)

// example is a sentence of a treebank with its gold annotation.
type example struct {
	words  []string
	seen   *english.Sentence
	tags   []english.Tag
	lemmas []string
	heads  []int32 // len(words) for the root
	labels []english.Label
}

// examplesOf gives the sentences of treebanks as examples.
func examplesOf(banks []*eval.Treebank) ([]example, error) {
	var all []example
	for _, bank := range banks {
		for _, s := range bank.Sentences {
			var e example
			for _, token := range s.Tokens {
				for _, w := range token.Words {
					if err := e.add(w.Form, w.Columns); err != nil {
						return nil, fmt.Errorf("word %s: %w", strings.Join(w.Columns[:2], " "), err)
					}
				}
			}
			for i, h := range e.heads {
				if h < 0 {
					e.heads[i] = int32(len(e.heads))
				}
			}
			all = append(all, e)
		}
	}
	return all, nil
}

// add takes in a word's columns.
func (e *example) add(form string, columns []string) error {
	tag, ok := english.TagNamed(columns[4])
	if !ok {
		return fmt.Errorf("unknown tag %q", columns[4])
	}
	head, err := strconv.Atoi(columns[6])
	if err != nil {
		return fmt.Errorf("head %q", columns[6])
	}
	label, ok := english.LabelNamed(renamed(columns[7]))
	if !ok {
		return fmt.Errorf("unknown label %q", columns[7])
	}
	e.words = append(e.words, form)
	e.lemmas = append(e.lemmas, columns[2])
	e.tags = append(e.tags, tag)
	e.heads = append(e.heads, int32(head-1))
	e.labels = append(e.labels, label)
	return nil
}

// renamed gives the present name of a label that a few words still have under
// an older one.
func renamed(label string) string {
	switch label {
	case "obl:npmod", "obl:tmod":
		return "obl:unmarked"
	case "nmod:npmod":
		return "nmod:unmarked"
	}
	return label
}
