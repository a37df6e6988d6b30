package eval

import (
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"

	"whence"
	"whence/text"
)

// Segmentation scores package text on the raw text of treebanks and prints, a
// file a line, precision, recall and F1 of tokens, words and sentences. Gold
// is a CoNLL-U file or a folder of them.
//
// The definitions are those of the CoNLL 2018 shared task: a sentence or token
// is right if its first and last character are; so is a word, but that words
// of a range whose forms are not as written are aligned by form. Paragraphs
// are known (blank lines), lines are not. Tokens are what is written as one:
// gold ranges against our tokens with their clitics joined.
func Segmentation(w io.Writer, gold string) error {
	files, err := treebankFiles(gold)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	if _, err := fmt.Fprintln(table, "file\ttokens P\tR\tF1\twords P\tR\tF1\tsentences P\tR\tF1\t"); err != nil {
		return err
	}
	for _, file := range files {
		bank, err := ReadTreebank(file)
		if err != nil {
			return err
		}
		s := segment(bank)
		if _, err := fmt.Fprintf(table, "%s\t%v\t%v\t%v\t\n", filepath.Base(file), s.tokens, s.words, s.sentences); err != nil {
			return err
		}
	}
	return table.Flush()
}

// segmentation is how well a text was cut.
type segmentation struct {
	tokens, words, sentences tally
}

// tally counts what was found, what is gold and what is both.
type tally struct {
	found, gold, right int
}

// String gives precision, recall and F1 in percent, as cells of a table.
func (m tally) String() string {
	percent := func(part, whole int) float64 {
		if whole == 0 {
			return 0
		}
		return 100 * float64(part) / float64(whole)
	}
	return fmt.Sprintf("%.2f\t%.2f\t%.2f", percent(m.right, m.found), percent(m.right, m.gold), percent(2*m.right, m.found+m.gold))
}

// tallySpans counts spans; both lists are in order and apart.
func tallySpans(found, gold []whence.Span) tally {
	m := tally{found: len(found), gold: len(gold)}
	for i, j := 0, 0; i < len(found) && j < len(gold); {
		switch {
		case found[i] == gold[j]:
			m.right++
			i, j = i+1, j+1
		case found[i].Start < gold[j].Start || found[i].Start == gold[j].Start && found[i].End < gold[j].End:
			i++
		default:
			j++
		}
	}
	return m
}

// segment cuts the text of a treebank and scores it.
func segment(bank *Treebank) segmentation {
	var found, gold spans
	found.add(text.Sentences(bank.Text, nil))
	gold.addGold(bank)
	words := tallySpans(found.words, gold.words)
	for _, t := range gold.altered {
		words.right += aligned(within(found.forms, t.Span), t.Words)
		words.gold += len(t.Words)
	}
	return segmentation{
		tokens:    tallySpans(found.tokens, gold.tokens),
		words:     words,
		sentences: tallySpans(found.sentences, gold.sentences),
	}
}

// spans are the pieces that a text was cut into.
type spans struct {
	sentences, tokens, words []whence.Span
	forms                    []text.Token // of the words
	altered                  []GoldToken  // whose words are not as written
}

func (s *spans) add(sentences []text.Sentence) {
	for _, sentence := range sentences {
		s.sentences = append(s.sentences, sentence.Span)
		for _, t := range sentence.Tokens {
			s.words = append(s.words, t.Span)
			s.forms = append(s.forms, t)
			if t.Clitic && len(s.tokens) > 0 {
				s.tokens[len(s.tokens)-1].End = t.End
			} else {
				s.tokens = append(s.tokens, t.Span)
			}
		}
	}
}

func (s *spans) addGold(bank *Treebank) {
	for _, sentence := range bank.Sentences {
		s.sentences = append(s.sentences, sentence.Span)
		for _, t := range sentence.Tokens {
			s.tokens = append(s.tokens, t.Span)
			if t.Altered() {
				s.altered = append(s.altered, t)
				continue
			}
			for _, w := range t.Words {
				s.words = append(s.words, w.Span)
			}
		}
	}
}

// within are the tokens inside of a span, found by bisection.
func within(tokens []text.Token, in whence.Span) []text.Token {
	low, high := 0, len(tokens)
	for low < high {
		if mid := (low + high) / 2; tokens[mid].Start < in.Start {
			low = mid + 1
		} else {
			high = mid
		}
	}
	for high < len(tokens) && tokens[high].End <= in.End {
		high++
	}
	return tokens[low:high]
}

// aligned is the length of the longest common subsequence of forms.
func aligned(found []text.Token, gold []GoldWord) int {
	best := make([]int, len(gold)+1)
	for _, f := range found {
		diagonal := 0
		for j, g := range gold {
			above := best[j+1]
			if f.Text == g.Form {
				best[j+1] = diagonal + 1
			} else {
				best[j+1] = max(above, best[j])
			}
			diagonal = above
		}
	}
	return best[len(gold)]
}
