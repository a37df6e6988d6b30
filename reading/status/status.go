// Package status reads how real the text says an act is, and what distance the
// writer keeps.
//
// It promises rules, and no more than the words say: statuses follow from the
// verb group (auxiliaries, negation, tense), from what governs it ("plans to",
// "a proposal for", "denied that", "if"), and from words said of it ("alleged",
// "potential"), over the tree of the sentence. What a source says is taken as
// the source puts it: an act inside a content is judged up to the cue, and
// carries the attribution's id. Statuses are of what the text says; whether it
// is so, nobody here knows.
//
// Headlines have rules of their own: verbs without auxiliaries, questions, what is
// called off. Their trees are those of [english.Analyser.Titled].
//
// The statuses are those of doc/formats.md. Method: factuality as in Saurí and
// Pustejovsky (FactBank, 2009), with the classes of implicative and other
// embedding verbs of Karttunen (2012), read as tables of lemmas (see package
// english).
package status

import (
	"sort"

	"whence"
	"whence/english"
	"whence/reading/quote"
	"whence/text"
)

// Statuses are the events of an article, and the status of everything else in
// it. They are valid as long as the trees that they were read from, and for one
// goroutine at a time.
type Statuses struct {
	Events    []whence.Event
	sentences []sentence
}

// Read finds the events that matter in sentences of an article, which are those
// of the blocks to read, in reading order, with one tree each. Attributions and
// figures of the reading are found already, and so are its quotations (see
// [quote.Reader.Quotations]).
//
// Events are heads: single words. Those that matter are the main acts of
// sentences and of contents, acts that figures are of, and acts that are not
// plain facts: planned, denied, possible, under way. An event whose word names
// a plan, request, attempt or decision has the status of the act that is
// planned, requested, attempted or decided: "is considering" is considered.
func Read(r *whence.Reading, quotations []quote.Quotation, sentences []text.Sentence, trees []english.Tree) *Statuses {
	s := &Statuses{sentences: sentencesOf(&r.Article, sentences, trees)}
	s.mark(r, quotations)
	s.Events = s.events(r)
	return s
}

// Of is the status and hedge of the event that governs the words at a span:
// the act that is done to what they name, or the act that they are words for;
// both empty where the span holds no word that was read. Other than in Events,
// a word for a plan, request or attempt has the status of the plan, request or
// attempt itself: "six attempts" happened, whatever was attempted.
func (s *Statuses) Of(span whence.Span) (whence.Status, whence.Hedge) {
	at, i := s.head(span)
	if i < 0 {
		return "", ""
	}
	return at.status(i), at.hedge(i)
}

// head is the word at the span that all others there depend on, and its
// sentence; -1 where there is none.
func (s *Statuses) head(span whence.Span) (*sentence, int) {
	n := sort.Search(len(s.sentences), func(n int) bool { return s.sentences[n].End > span.Start })
	if n == len(s.sentences) || !s.sentences[n].Overlaps(span) {
		return nil, -1
	}
	at := &s.sentences[n]
	from, to := at.words(span)
	for i := from; i < to; i++ {
		if h := at.tree[i].Head; (h < from || h >= to) && at.tree[i].Label != english.Punct {
			return at, i
		}
	}
	if from < to {
		return at, from
	}
	return nil, -1
}
