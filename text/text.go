// Package text gives an article's text its coordinates: code-point offsets,
// tokens and sentences over the unchanged text.
package text

import "whence"

// Token is a word or mark, and its place. Text is a slice of the text.
type Token struct {
	whence.Span
	Text string
	// Clitic tells that the token is written together with the one before it
	// and makes one word of writing with it: the n't of don't, the 's of
	// Orla's, the not of cannot.
	Clitic bool
}

// Sentence is a run of tokens. Its span reaches from the first to the end of
// the last.
type Sentence struct {
	whence.Span
	Tokens []Token
}

// Sentences cuts s into sentences of tokens. No sentence crosses the edge of a
// span of within, and text outside of them is passed over; within nil takes
// paragraphs from blank lines.
//
// The spans of within are in order and apart, as an article's blocks are;
// where they are not, or reach outside of s, they are clipped.
func Sentences(s string, within []whence.Span) []Sentence {
	c := &scanner{s: s, tokens: make([]Token, 0, len(s)/5+8), gaps: make([]gap, 0, len(s)/5+8)}
	var ends []int // of sentences, as token numbers
	c.parts(within, func(from, to int) {
		first := len(c.tokens)
		c.scan(from, to)
		ends = c.boundaries(ends, first)
	})
	sentences := make([]Sentence, len(ends))
	first := 0
	for i, end := range ends {
		tokens := c.tokens[first:end:end]
		sentences[i] = Sentence{whence.Span{Start: tokens[0].Start, End: tokens[len(tokens)-1].End}, tokens}
		first = end
	}
	return sentences
}

// parts calls visit with the byte range of each part of the text that bounds
// sentences. c.lag is kept in step.
func (c *scanner) parts(within []whence.Span, visit func(from, to int)) {
	if within == nil {
		paragraphs(c.s, visit)
		return
	}
	at, cp := 0, 0
	for _, w := range within {
		n := skip(c.s[at:], w.Start-cp)
		if w.Start > cp {
			at, cp = at+n, w.Start
		}
		n = skip(c.s[at:], w.End-cp)
		if n == 0 {
			continue
		}
		c.lag = at - cp
		visit(at, at+n)
		at, cp = at+n, w.End
	}
}

// paragraphs calls visit with the byte range of each run of lines between
// blank lines. The ranges join: white space is part of them.
func paragraphs(s string, visit func(from, to int)) {
	from, empty := 0, false
	for at := 0; at < len(s); at++ {
		switch s[at] {
		case '\n':
			if empty {
				visit(from, at)
				from = at
			}
			empty = true
		case ' ', '\t', '\r', '\v', '\f':
		default:
			empty = false
		}
	}
	visit(from, len(s))
}
