package text

import "whence"

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
	return cut(s, within, weights().ends)
}

// cut cuts s with the decisions of decide.
func cut(s string, within []whence.Span, decide func(Gap) bool) []Sentence {
	c := &scanner{s: s, tokens: make([]Token, 0, len(s)/5+8)}
	p := &part{}
	var ends []int // of sentences, as numbers of tokens
	c.parts(within, func(from, to int) {
		first := len(c.tokens)
		c.scan(from, to)
		if len(c.tokens) == first {
			return
		}
		p.look(c.tokens[first:], c.notes)
		decided := len(ends)
		ends = p.boundaries(ends, decide)
		c.join(first, ends[decided:])
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

// join joins abbreviations of the part whose tokens start with number first to
// their full stops, but for those that end a sentence: there the stop is the
// sentence's, and a token of its own, as in the treebanks. The ends, numbers
// of the part's tokens, become numbers of all tokens.
func (c *scanner) join(first int, ends []int) {
	part := c.tokens[first:]
	to, from := first, 0
	for n, end := range ends {
		final := end - 1
		for final > from && closing(part[final].Text) {
			final--
		}
		if final == from+1 { // nothing but the abbreviation
			final = -1
		}
		for ; from < end; from++ {
			if c.notes[from].glued && from != final {
				word := &c.tokens[to-1]
				word.Text = c.s[c.notes[from].at-len(word.Text) : c.notes[from].at+1]
				word.End = part[from].End
				continue
			}
			c.tokens[to] = part[from]
			to++
		}
		ends[n] = to
	}
	c.tokens = c.tokens[:to]
}

// closing tells whether t closes a quotation or bracket.
func closing(t string) bool { return shapeOf(t).closes() }
