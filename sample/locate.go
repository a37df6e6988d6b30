package sample

import (
	"fmt"
	"slices"
	"unicode"

	"whence"
)

// Locator finds passages of an article in a text that was made from its page.
type Locator struct {
	blocks []found
}

// found is a block with the place of each of its code points; nil where the
// block is not in the text.
type found struct {
	runes  []rune
	places []int
}

// Locator prepares to find the article's passages in text, the text that a
// program made of the page. Text may be spaced otherwise than the blocks, and
// hold them in another order; where the words of a block stand several times,
// those after the block before are taken.
func (a *Article) Locator(text string) *Locator {
	l := &Locator{}
	hay, places := folded([]rune(text))
	after := 0
	for _, b := range a.Blocks {
		words, _ := folded([]rune(b.Text))
		at := index(hay, words, after)
		if at < 0 {
			at = index(hay, words, 0)
		}
		f := found{runes: words}
		if at >= 0 {
			f.places = places[at : at+len(words)]
			after = at + len(words)
		}
		l.blocks = append(l.blocks, f)
	}
	return l
}

// Block is the span of the block of that number. The error wraps
// [whence.ErrSpan] where the text does not hold the block.
func (l *Locator) Block(number int) (whence.Span, error) {
	if number < 0 || number >= len(l.blocks) || len(l.blocks[number].places) == 0 {
		return whence.Span{}, fmt.Errorf("block %d is not in the text: %w", number, whence.ErrSpan)
	}
	p := l.blocks[number].places
	return whence.Span{Start: p[0], End: p[len(p)-1] + 1}, nil
}

// Spans gives the place of each passage, in order. The error wraps
// [whence.ErrSpan] where the text does not hold the block of a passage.
func (l *Locator) Spans(passages ...Passage) ([]whence.Span, error) {
	spans := make([]whence.Span, 0, len(passages))
	for _, p := range passages {
		if _, err := l.Block(p.Block); err != nil {
			return nil, err
		}
		b := l.blocks[p.Block]
		words, _ := folded([]rune(p.Text))
		at := nth(b.runes, words, max(p.Nth, 1))
		if at < 0 {
			return nil, fmt.Errorf("%q (%d) is not in block %d: %w", p.Text, max(p.Nth, 1), p.Block, whence.ErrSpan)
		}
		spans = append(spans, whence.Span{Start: b.places[at], End: b.places[at+len(words)-1] + 1})
	}
	return spans, nil
}

// folded makes every run of white space one blank, none at the ends, and gives
// the place of each code point that is left.
func folded(text []rune) (out []rune, places []int) {
	gap := false
	for i, r := range text {
		if unicode.IsSpace(r) {
			gap = len(out) > 0
			continue
		}
		if gap {
			out, places, gap = append(out, ' '), append(places, i-1), false
		}
		out, places = append(out, r), append(places, i)
	}
	return out, places
}

// index is the first place at or after from where words stand in text, or -1.
func index(text, words []rune, from int) int {
	if len(words) == 0 {
		return -1
	}
	for i := from; i+len(words) <= len(text); i++ {
		if text[i] == words[0] && slices.Equal(text[i:i+len(words)], words) {
			return i
		}
	}
	return -1
}

// nth is the place of the nth occurrence of words in text, counted from 1, or
// -1. Occurrences may overlap.
func nth(text, words []rune, n int) int {
	at := -1
	for ; n > 0; n-- {
		if at = index(text, words, at+1); at < 0 {
			return -1
		}
	}
	return at
}
