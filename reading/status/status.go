// Package status reads how real the text says an event is.
package status

import (
	"whence"
	"whence/english"
	"whence/text"
)

// Statuses are the events of an article, and the status of everything else in it.
type Statuses struct {
	Events []whence.Event
}

// Read finds the events that matter in sentences of an article, which are those
// of the blocks to read, in reading order, with one tree each. Attributions and
// figures of the reading are found already.
func Read(r *whence.Reading, sentences []text.Sentence, trees []english.Tree) *Statuses {
	return &Statuses{}
}

// Of is the status and hedge of the event that governs the words at a span;
// both empty where none does.
func (s *Statuses) Of(span whence.Span) (whence.Status, whence.Hedge) {
	return "", ""
}
