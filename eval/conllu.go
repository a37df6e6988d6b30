package eval

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"whence"
)

// Treebank is a CoNLL-U file as raw text with gold segmentation over it.
type Treebank struct {
	// Text is the text of all sentences, unchanged: a blank line before each
	// document and paragraph, elsewhere what SpaceAfter of the last token says.
	Text      string
	Sentences []GoldSentence
}

// GoldSentence is one sentence of a treebank.
type GoldSentence struct {
	whence.Span
	Tokens []GoldToken
}

// GoldToken is what is written as one: a word, or a range of words.
type GoldToken struct {
	whence.Span
	Form  string // as written
	Words []GoldWord
}

// GoldWord is a syntactic word: one line of ten columns.
type GoldWord struct {
	whence.Span // that of its token where its form is not as written
	Form        string
	Columns     []string // all ten
}

// ReadConllu reads CoNLL-U. A breach of the format is an error that names the
// line.
func ReadConllu(r io.Reader) (*Treebank, error) {
	b := &bank{words: -1}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<24)
	n := 0
	for lines.Scan() {
		n++
		if err := b.line(lines.Text()); err != nil {
			return nil, fmt.Errorf("line %d: %w: %w", n, whence.ErrMalformed, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	b.finish()
	return &Treebank{b.text.String(), b.sentences}, nil
}

// bank builds a Treebank line by line.
type bank struct {
	text      strings.Builder
	length    int // of text, in code points
	sentences []GoldSentence
	tokens    []GoldToken // of the sentence at hand
	gap       string      // before the next token
	words     int         // last word of the range at hand, -1 outside
}

func (b *bank) line(line string) error {
	switch {
	case strings.HasPrefix(line, "# newpar"), strings.HasPrefix(line, "# newdoc"):
		if b.length > 0 {
			b.gap = "\n\n"
		}
	case strings.HasPrefix(line, "#"):
	case strings.TrimSpace(line) == "":
		b.finish()
	default:
		return b.row(strings.Split(line, "\t"))
	}
	return nil
}

func (b *bank) row(columns []string) error {
	if len(columns) != 10 {
		return fmt.Errorf("%d columns, want 10", len(columns))
	}
	id, form := columns[0], columns[1]
	if strings.Contains(id, ".") {
		return nil
	}
	if first, last, ok := strings.Cut(id, "-"); ok {
		end, err := strconv.Atoi(last)
		if err != nil {
			return fmt.Errorf("range %q", first+"-"+last)
		}
		b.token(form, columns[9])
		b.words = end
		return nil
	}
	n, err := strconv.Atoi(id)
	if err != nil {
		return fmt.Errorf("word number %q", id)
	}
	if n > b.words {
		b.token(form, columns[9])
	}
	t := &b.tokens[len(b.tokens)-1]
	t.Words = append(t.Words, GoldWord{t.Span, form, columns})
	return nil
}

// token appends a token to the text and the sentence at hand.
func (b *bank) token(form, misc string) {
	b.text.WriteString(b.gap)
	b.length += utf8.RuneCountInString(b.gap)
	start := b.length
	b.text.WriteString(form)
	b.length += utf8.RuneCountInString(form)
	b.tokens = append(b.tokens, GoldToken{Span: whence.Span{Start: start, End: b.length}, Form: form})
	b.gap, b.words = " ", -1
	if slices.Contains(strings.Split(misc, "|"), "SpaceAfter=No") {
		b.gap = ""
	}
}

// finish ends the sentence at hand.
func (b *bank) finish() {
	b.words = -1
	if len(b.tokens) == 0 {
		return
	}
	for i := range b.tokens {
		b.tokens[i].place()
	}
	span := whence.Span{Start: b.tokens[0].Start, End: b.tokens[len(b.tokens)-1].End}
	b.sentences = append(b.sentences, GoldSentence{span, b.tokens})
	b.tokens = nil
}

// Altered tells that the forms of the token's words, one after another, are
// not what is written.
func (t GoldToken) Altered() bool {
	forms := ""
	for _, w := range t.Words {
		forms += w.Form
	}
	return forms != t.Form
}

// place gives the words of t their own spans where their forms are as written.
func (t *GoldToken) place() {
	if t.Altered() {
		return
	}
	at := t.Start
	for i := range t.Words {
		w := &t.Words[i]
		w.Start = at
		at += utf8.RuneCountInString(w.Form)
		w.End = at
	}
}

// ReadTreebank reads the CoNLL-U file at path.
func ReadTreebank(path string) (*Treebank, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	bank, err := ReadConllu(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("reading treebank %s: %w", path, err)
	}
	return bank, nil
}

// treebankFiles are the CoNLL-U files that gold names: itself, or those of the
// folder.
func treebankFiles(gold string) ([]string, error) {
	info, err := os.Stat(gold)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{gold}, nil
	}
	files, err := filepath.Glob(filepath.Join(gold, "*.conllu"))
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("no .conllu file in %s: %w", gold, whence.ErrNotRecognised)
	}
	return files, err
}
