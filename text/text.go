// Package text gives an article's text its coordinates: code-point offsets,
// tokens and sentences over the unchanged text.
//
// # Offsets
//
// All offsets are Unicode code points, as in [whence.Span]. Any bytes may come
// in: a byte that is not part of valid UTF-8 counts as one code point, as in a
// range loop over the string. [Index] converts between code points and bytes.
//
// # Tokens
//
// Tokens are the words of Universal Dependencies as its English treebanks EWT
// and GUM cut them, so that taggers and parsers trained on those fit: "do|n't",
// "Orla|'s", "can|not", "$|50", "22|-|year|-|old", "and|/|or", but "non-profit",
// "U.S.", "Oct.", "10:30", "10,000", "AT&T", addresses and emoticons whole.
// Where the two treebanks differ, EWT is followed: "(|a|)", "1|/|2", "1|." at
// the head of a list, and a full stop that ends both an abbreviation and a
// sentence is the sentence's, a token of its own.
//
// Tokens are in order and apart, their Text is what stands at their span, and
// nothing is left out between them but white space and code points that cannot
// be seen (zero-width, direction); inside of a word those are part of it.
//
// # Sentences
//
// A sentence may end after a full stop, question or exclamation mark, dots, or
// at any mark or capital letter where headings, lists, greetings and
// signatures run into the text. Rules keep titles with names, months and "No."
// with numbers, and quotations with the verb after them; all else is decided by
// a model trained on EWT and GUM (see model/SOURCES; its licence differs from
// that of the code). Line breaks that are not blank lines say nothing.
//
// Sentences read no meaning: they do not know headings from paragraphs, so
// callers that know blocks pass them as within. Semicolons end no sentence as
// a rule. Other languages than English are cut by English rules.
//
// Everything here takes time and memory in proportion to the length of the
// text, whatever it is, and is safe for use by several goroutines.
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
