// Package quote reads attributions: who says what, with the exact words of
// source, cue and content.
//
// It works in two steps that can be had apart. [Quotations] is a state machine
// over quotation marks: every style that news is printed in, marks that are
// missing, paragraphs that open a quotation anew, and speech told from scare
// quotes, titles of works and nicknames. [Rules] then reads sentences: direct,
// mixed and indirect speech, beliefs and intentions, what documents show,
// responses that give no answer, unnamed sources and their number, outlets and
// channels that the words came through.
//
// There is no parser under the rules, but a light chunker over the word classes
// of package english, whose language pack is all that knows English words.
// Spans follow the conventions of PolNeAR: a content takes in its quotation
// marks and its "that", not the final stop; a cue its auxiliaries and
// adverbs, not whom it is told to; a source its titles, appositives and the
// comma that closes them. Only the outermost attribution counts, but for inner
// ones that are sure, which name their parent.
//
// The package promises time linear in the text, whatever the text, and that
// every score is a precision measured on PolNeAR's training part (scores.txt).
// It refuses to guess: what finds no source, or scores too low, is left out.
package quote

import (
	"whence"
	"whence/text"
)

// Read finds the attributions of an article in its sentences, which are those
// of its body blocks, in reading order.
func Read(a *whence.Article, sentences []text.Sentence) []whence.Attribution {
	return Rules(a, sentences)
}
