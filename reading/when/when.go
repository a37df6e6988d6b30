// Package when reads times: TIMEX3 expressions with their values.
package when

import (
	"whence"
	"whence/english"
	"whence/text"
)

// The values that name no point of the calendar.
const (
	presentRef = "PRESENT_REF"
)

// Read finds the times of an article in its sentences, which are those of the
// blocks to read, in reading order, with one tree each, and in its datelines.
func Read(a *whence.Article, sentences []text.Sentence, trees []english.Tree) []whence.Time {
	return nil
}
