package eval

import (
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"

	"whence/english"
)

// Trees scores the tags, lemmas and trees of package english on the gold words
// of treebanks and prints, a file a line, in percent of all words, punctuation
// too: tags (XPOS), lemmas, heads (UAS), heads with the part of the label
// before the colon (LAS), heads with the whole label. Gold is a CoNLL-U file
// or a folder of them.
//
// The definitions are those of the CoNLL 2018 shared task, whose LAS leaves
// subtypes out, on gold words and sentences; lemmas that gold leaves open
// count as right, and capitals count.
func Trees(w io.Writer, gold string) error {
	files, err := treebankFiles(gold)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	if _, err := fmt.Fprintln(table, "file\twords\tXPOS\tlemmas\tUAS\tLAS\twith subtypes\t"); err != nil {
		return err
	}
	a := english.NewAnalyser()
	for _, file := range files {
		bank, err := ReadTreebank(file)
		if err != nil {
			return err
		}
		s, err := trees(a, bank)
		if err != nil {
			return fmt.Errorf("scoring %s: %w", file, err)
		}
		if _, err := fmt.Fprintf(table, "%s\t%v\t\n", filepath.Base(file), s); err != nil {
			return err
		}
	}
	return table.Flush()
}

// treeScore counts words, and those that are right.
type treeScore struct {
	words, tags, lemmas, heads, relations, labels int
}

// String gives the counts as cells of a table, in percent.
func (s treeScore) String() string {
	cells := []string{strconv.Itoa(s.words)}
	for _, n := range []int{s.tags, s.lemmas, s.heads, s.relations, s.labels} {
		cells = append(cells, fmt.Sprintf("%.2f", 100*float64(n)/float64(max(1, s.words))))
	}
	return strings.Join(cells, "\t")
}

// trees analyses the words of a treebank and counts what is right.
func trees(a *english.Analyser, bank *Treebank) (treeScore, error) {
	var s treeScore
	for _, sentence := range bank.Sentences {
		var words []GoldWord
		var forms []string
		for _, t := range sentence.Tokens {
			for _, w := range t.Words {
				words = append(words, w)
				forms = append(forms, w.Form)
			}
		}
		for i, n := range a.Words(forms) {
			if err := s.add(n, words[i].Columns); err != nil {
				return s, err
			}
		}
	}
	return s, nil
}

// The columns of CoNLL-U that are scored.
const (
	lemmaColumn = 2
	tagColumn   = 4
	headColumn  = 6
	labelColumn = 7
)

func (s *treeScore) add(n english.Node, columns []string) error {
	head, err := strconv.Atoi(columns[headColumn])
	if err != nil {
		return fmt.Errorf("head of word %s: %w", columns[0], err)
	}
	s.words++
	s.tags += one(n.Tag.String() == columns[tagColumn])
	s.lemmas += one(n.Lemma == columns[lemmaColumn] || columns[lemmaColumn] == "_")
	if n.Head != head-1 {
		return nil
	}
	s.heads++
	gold := columns[labelColumn]
	s.relations += one(universal(n.Label.String()) == universal(gold))
	s.labels += one(n.Label.String() == gold)
	return nil
}

// universal is a label without its subtype.
func universal(label string) string {
	label, _, _ = strings.Cut(label, ":")
	return label
}

func one(right bool) int {
	if right {
		return 1
	}
	return 0
}
