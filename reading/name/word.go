package name

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence"
	"whence/english"
	"whence/text"
)

func identify(number int) string { return "n" + strconv.Itoa(number+1) }

// word is a token and what is known of it.
type word struct {
	text.Token
	class   english.NameClass
	like    english.NameClass // of its word class
	tag     english.Tag
	label   english.Label
	head    int // word of the document, -1 for a root
	capital bool
	first   bool // of its sentence, marks left out
}

// words are the words of a document, one after another.
type words []word

// span is that of the words from, up to but not including to.
func (w words) span(from, to int) whence.Span {
	return whence.Span{Start: w[from].Start, End: w[to-1].End}
}

// join spells the words, with a space where there is a gap of any kind.
func (w words) join(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		if i > from && w[i].Start > w[i-1].End {
			b.WriteByte(' ')
		}
		b.WriteString(w[i].Text)
	}
	return b.String()
}

// is tells whether word i is one of these, in any case.
func (w words) is(i int, spellings ...string) bool {
	if i < 0 || i >= len(w) {
		return false
	}
	for _, s := range spellings {
		if strings.EqualFold(w[i].Text, s) {
			return true
		}
	}
	return false
}

// has tells whether word i is of a class.
func (w words) has(i int, class english.NameClass) bool {
	return i >= 0 && i < len(w) && w[i].class.Has(class)
}

// phrase is the length of the longest phrase of the class that begins at word
// from and does not reach beyond to.
func (w words) phrase(class english.NameClass, from, to int) int {
	var tokens [5]string
	n := 0
	for i := from; i < to && n < len(tokens); i++ {
		tokens[n] = w[i].Text
		n++
	}
	return english.NamePhrase(class, tokens[:n])
}

// whole tells whether the words are one phrase of the class.
func (w words) whole(class english.NameClass, from, to int) bool {
	return w.phrase(class, from, to) == to-from
}

// extent is a run of words, from up to but not including to.
type extent struct{ from, to int }

func (e extent) empty() bool { return e.from >= e.to }

// sentence is where a sentence stands.
type sentence struct {
	extent
	paragraph int
	headline  bool // most words have capitals: capitals say nothing
}

// document is an article's words and the mentions among them.
type document struct {
	words     words
	sentences []sentence
	quoted    []bool // by word: inside quotation marks
	mentions  []mention
}

func newDocument(a *whence.Article, sentences []text.Sentence, trees []english.Tree) *document {
	n := 0
	for _, s := range sentences {
		n += len(s.Tokens)
	}
	d := &document{words: make(words, 0, n), sentences: make([]sentence, 0, len(sentences))}
	for i, s := range sentences {
		var tree english.Tree
		if i < len(trees) && len(trees[i]) == len(s.Tokens) {
			tree = trees[i]
		}
		d.add(s, tree)
	}
	d.markParagraphs(a.Blocks)
	d.markQuoted()
	return d
}

func (d *document) add(s text.Sentence, tree english.Tree) {
	from := len(d.words)
	started := false
	for i, t := range s.Tokens {
		w := word{Token: t, class: english.NameWord(t.Text), head: -1, capital: isCapital(t.Text)}
		if isWord(t.Text) && !started {
			w.first, started = true, true
		}
		if tree != nil {
			w.tag, w.label = tree[i].Tag, tree[i].Label
			w.like = english.NameLikeness(tree[i].Cluster)
			if h := tree[i].Head; h >= 0 {
				w.head = from + h
			}
		}
		d.words = append(d.words, w)
	}
	at := extent{from, len(d.words)}
	if at.empty() {
		return
	}
	d.sentences = append(d.sentences, sentence{extent: at, headline: d.isHeadline(at)})
}

// isHeadline tells whether capitals say nothing: nearly all long words have
// one.
func (d *document) isHeadline(at extent) bool {
	long, capitals, shouted := 0, 0, 0
	for _, w := range d.words[at.from:at.to] {
		if utf8.RuneCountInString(w.Text) < 4 || !isWord(w.Text) {
			continue
		}
		long++
		if w.capital {
			capitals++
		}
		if isShouted(w.Text) {
			shouted++
		}
	}
	last := d.words[at.to-1].Text
	return long >= 4 && (shouted*10 >= long*8 || capitals*10 >= long*9 && last != ".")
}

// isShouted tells a word without small letters.
func isShouted(s string) bool {
	for i := range len(s) {
		if b := s[i]; b >= utf8.RuneSelf {
			return s == strings.ToUpper(s)
		} else if 'a' <= b && b <= 'z' {
			return false
		}
	}
	return true
}

// markParagraphs numbers paragraphs: each block is one, and so is what a gap of
// two code points or more sets apart.
func (d *document) markParagraphs(blocks []whence.Block) {
	paragraph, block := 0, 0
	for i := range d.sentences {
		s := &d.sentences[i]
		start := d.words[s.from].Start
		moved := false
		for block < len(blocks) && blocks[block].End <= start {
			block, moved = block+1, true
		}
		if i > 0 && (moved || start-d.words[s.from-1].End > 1) {
			paragraph++
		}
		s.paragraph = paragraph
	}
}

// markQuoted marks the words between quotation marks. A paragraph ends every
// quotation.
func (d *document) markQuoted() {
	d.quoted = make([]bool, len(d.words))
	paragraph, open := -1, false
	for _, s := range d.sentences {
		if s.paragraph != paragraph {
			paragraph, open = s.paragraph, false
		}
		for i := s.from; i < s.to; i++ {
			switch d.words[i].Text {
			case "“", "``", "„", "«":
				open = true
			case "”", "''", "»":
				open = false
			case `"`:
				open = !open
			}
			d.quoted[i] = open
		}
	}
}

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

func isWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// isAcronym tells an acronym or other word all in capitals, dots aside.
func isAcronym(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			letters++
		case r != '.' && r != '&' && !unicode.IsDigit(r):
			return false
		}
	}
	return letters >= 2 && len(s) <= 10
}

// isInitial tells a capital with or without a stop.
func isInitial(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) && (s[n:] == "" || s[n:] == ".")
}
