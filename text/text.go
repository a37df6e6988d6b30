// Package text gives an article's text its coordinates: code-point offsets,
// tokens and sentences over the unchanged text.
package text

import "whence"

// Token is a word or mark, and its place. Text is a slice of the text.
type Token struct {
	whence.Span
	Text string
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
func Sentences(s string, within []whence.Span) []Sentence { panic("stub") }

// Index converts between code points and bytes of one text.
type Index struct{}

// NewIndex indexes s.
func NewIndex(s string) *Index { panic("stub") }

// Len is the number of code points.
func (x *Index) Len() int { panic("stub") }

// Byte is the byte offset of code point cp.
func (x *Index) Byte(cp int) int { panic("stub") }

// CodePoint is the code point at byte offset b.
func (x *Index) CodePoint(b int) int { panic("stub") }

// Slice is the text at sp, without copying.
func (x *Index) Slice(sp whence.Span) string { panic("stub") }
