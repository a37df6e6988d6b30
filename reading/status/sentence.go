package status

import (
	"sort"
	"strings"

	"whence"
	"whence/english"
	"whence/text"
)

// sentence is the words of a sentence, their tree and their classes.
type sentence struct {
	text.Sentence
	tree    english.Tree
	classes []english.StatusClass
	marks   []mark
	found   []whence.Status // of the words that were asked for
	title   bool            // a headline
	asks    question        // of a headline
}

// mark is what attributions and quotation marks say of a word.
type mark uint8

const (
	inCue     mark = 1 << iota
	inDenied       // in a content that its source denies
	inAnswer       // in what a source declined to do: "to comment"
	inBelief       // in a content that its source believes or foretells
	inContent      // in any content
	inSource       // in the words for a source
	inScare        // in quotation marks that quote no one
)

// longest is how many arcs are followed from a word towards the root. Trees of
// news are seldom deeper than twelve; it bounds the depth of recursion in hostile
// ones.
const longest = 100

// sentencesOf looks up the classes of all words.
func sentencesOf(a *whence.Article, sentences []text.Sentence, trees []english.Tree) []sentence {
	title, _ := a.TitleSpan()
	total := 0
	for i := range sentences {
		total += len(sentences[i].Tokens)
	}
	classes := make([]english.StatusClass, total)
	marks := make([]mark, total)
	found := make([]whence.Status, total)
	all := make([]sentence, len(sentences))
	for i := range sentences {
		n := len(sentences[i].Tokens)
		all[i] = sentence{Sentence: sentences[i], tree: trees[i], classes: classes[:n:n], marks: marks[:n:n], found: found[:n:n]}
		classes, marks, found = classes[n:], marks[n:], found[n:]
		all[i].title = title.Contains(sentences[i].Span)
		all[i].classify()
		if all[i].title {
			all[i].asks = all[i].question()
		}
	}
	return all
}

func (s *sentence) classify() {
	for i := range s.tree {
		n := &s.tree[i]
		sort, ok := sortOf(n.Tag)
		if !ok {
			continue
		}
		next := ""
		if i+1 < len(s.Tokens) {
			next = s.Tokens[i+1].Text
		}
		if i >= 2 && s.tag(i-1) == english.HYPH {
			if s.classes[i] = s.hyphened(i); s.classes[i] != 0 {
				continue
			}
		}
		s.classes[i] = english.StatusWord(n.Lemma, sort, next)
		if s.classes[i] == 0 && sort == english.StatusVerb && (n.Tag == english.VBN || s.title && n.Tag == english.VBD && next == "to") {
			// "is scheduled": as often an adjective
			s.classes[i] = english.StatusWord(strings.ToLower(s.Tokens[i].Text), english.StatusOther, next)
		}
	}
}

// hyphened is the class of the word of two parts that ends with word i, after a
// hyphen: "so-called".
func (s *sentence) hyphened(i int) english.StatusClass {
	word := strings.ToLower(s.Tokens[i-2].Text + "-" + s.Tokens[i].Text)
	return english.StatusWord(word, english.StatusOther, "")
}

// sortOf is the sort of the words of a tag; false for those of which no status
// word is.
func sortOf(t english.Tag) (english.StatusSort, bool) {
	switch {
	case t.Verb():
		return english.StatusVerb, true
	case t == english.NN || t == english.NNS:
		return english.StatusNoun, true
	case t == english.CD || t == english.NNP || t == english.NNPS || t >= english.Currency || t == english.TO || t == english.POS:
		return 0, false
	}
	return english.StatusOther, true
}

// words is the range of words at the span.
func (s *sentence) words(span whence.Span) (from, to int) {
	from = sort.Search(len(s.Tokens), func(i int) bool { return s.Tokens[i].End > span.Start })
	to = from
	for to < len(s.Tokens) && s.Tokens[to].Start < span.End {
		to++
	}
	return from, to
}

func (s *sentence) has(i int, c english.StatusClass) bool { return s.classes[i].Has(c) }

func (s *sentence) tag(i int) english.Tag { return s.tree[i].Tag }

// childWith is the first word with one of the labels and classes that depends
// on word i, or -1.
func (s *sentence) childWith(i int, c english.StatusClass, labels ...english.Label) int {
	for k := s.tree[i].Child; k >= 0; k = s.tree[k].Next {
		if s.has(k, c) && oneOf(s.tree[k].Label, labels) {
			return k
		}
	}
	return -1
}

func oneOf(l english.Label, labels []english.Label) bool {
	for _, x := range labels {
		if l == x {
			return true
		}
	}
	return false
}
