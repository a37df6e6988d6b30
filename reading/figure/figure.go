// Package figure reads figures: quantities with what they count and what
// happened to it.
package figure

import (
	"whence"
	"whence/english"
	"whence/text"
)

// Read finds the figures of an article in its sentences, which are those of the
// blocks to read, in reading order, with one tree each. Names, attributions,
// times and places of the reading are found already.
func Read(r *whence.Reading, sentences []text.Sentence, trees []english.Tree) []whence.Figure {
	return nil
}
