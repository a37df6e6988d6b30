// Package place reads places: words for places, with what a gazetteer knows.
package place

import (
	"whence"
	"whence/english"
	"whence/text"
)

// Read finds the places of an article in its sentences, which are those of the
// blocks to read, in reading order, with one tree each. Names and attributions
// of the reading are found already; they tell persons, organisations and
// governments from places.
func Read(r *whence.Reading, sentences []text.Sentence, trees []english.Tree) []whence.Place {
	return nil
}
