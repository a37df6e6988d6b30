package reading

import (
	"sort"
	"strconv"
	"strings"

	"whence"
	"whence/text"
)

// window is how many tokens are read at once: no news is as long. A text of
// more is read a window after the other, each as if it stood alone, so that
// memory stays bounded: a window ends with a paragraph, where one ends in its
// second half, else with a sentence, and a sentence longer than a window is cut.
const window = 1 << 15

// windows cuts the sentences of s into windows of at most so many tokens.
func windows(s string, sentences []text.Sentence, most int) [][]text.Sentence {
	total := 0
	for i := range sentences {
		total += len(sentences[i].Tokens)
	}
	if total <= most {
		return [][]text.Sentence{sentences}
	}
	sentences = shortened(sentences, most)
	x := text.NewIndex(s)
	var all [][]text.Sentence
	from, border, tokens, kept := 0, 0, 0, 0 // border: where a paragraph begins; kept: tokens before it
	for i := range sentences {
		n := len(sentences[i].Tokens)
		if i > from && strings.Contains(x.Slice(whence.Span{Start: sentences[i-1].End, End: sentences[i].Start}), "\n") && 2*tokens > most {
			border, kept = i, tokens
		}
		for tokens+n > most {
			if border <= from {
				border, kept = i, tokens
			}
			all = append(all, sentences[from:border])
			from, tokens = border, tokens-kept
		}
		tokens += n
	}
	return append(all, sentences[from:])
}

// shortened cuts sentences of more than so many tokens.
func shortened(sentences []text.Sentence, most int) []text.Sentence {
	short := make([]text.Sentence, 0, len(sentences)+1)
	for _, s := range sentences {
		for len(s.Tokens) > most {
			short = append(short, sentenceOf(s.Tokens[:most:most]))
			s = sentenceOf(s.Tokens[most:])
		}
		short = append(short, s)
	}
	return short
}

// before is how many of the sentences start before code point i.
func before(sentences []text.Sentence, i int) int {
	return sort.Search(len(sentences), func(n int) bool { return sentences[n].Start >= i })
}

func sentenceOf(tokens []text.Token) text.Sentence {
	return text.Sentence{Span: whence.Span{Start: tokens[0].Start, End: tokens[len(tokens)-1].End}, Tokens: tokens}
}

// numbering is the highest number of each kind of id so far: of "a12", kind "a".
type numbering map[string]int

// join adds to r what was found in the next window, whose ids are numbered on; more
// tells whether it is not the last.
func (n numbering) join(r, next *whence.Reading, more bool) {
	if len(n) > 0 {
		eachID(next, n.on)
	}
	r.Attributions = append(r.Attributions, next.Attributions...)
	r.Names = append(r.Names, next.Names...)
	r.Times = append(r.Times, next.Times...)
	r.Places = append(r.Places, next.Places...)
	r.Figures = append(r.Figures, next.Figures...)
	r.Events = append(r.Events, next.Events...)
	if more {
		eachID(next, n.count)
	}
}

func (n numbering) on(id *string) {
	if kind, number := kindOf(*id); n[kind] > 0 && number > 0 {
		*id = kind + strconv.Itoa(number+n[kind])
	}
}

func (n numbering) count(id *string) {
	kind, number := kindOf(*id)
	n[kind] = max(n[kind], number)
}

// eachID visits the ids of findings, and the places that point to them.
func eachID(r *whence.Reading, visit func(id *string)) {
	for i := range r.Attributions {
		a := &r.Attributions[i]
		visit(&a.ID)
		visit(&a.Parent)
		if a.Source != nil {
			visit(&a.Source.Name)
		}
	}
	for i := range r.Names {
		visit(&r.Names[i].ID)
	}
	for i := range r.Times {
		visit(&r.Times[i].ID)
	}
	for i := range r.Places {
		visit(&r.Places[i].ID)
	}
	for i := range r.Figures {
		f := &r.Figures[i]
		visit(&f.ID)
		visit(&f.PartOf)
		visit(&f.Place)
		visit(&f.Attribution)
	}
	for i := range r.Events {
		visit(&r.Events[i].ID)
		visit(&r.Events[i].Attribution)
	}
}

// kindOf takes an id apart; an id without a number has the number 0.
func kindOf(id string) (kind string, number int) {
	kind = strings.TrimRight(id, "0123456789")
	number, err := strconv.Atoi(id[len(kind):])
	if err != nil {
		return id, 0
	}
	return kind, number
}
