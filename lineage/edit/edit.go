// Package edit compares two versions of one page: what was said before, what is
// said now, and whether the page says so itself.
//
// Sentences that both versions hold word for word are joined first, then those
// that were rewritten, and inside of these the words are compared. What was moved
// is seen as moved, also across blocks. White space, the shapes of quotation marks
// and dashes, punctuation, capitals, links to other stories, credits, bylines and
// lines that are the page's and not the article's ("Advertisement", "Image 2 of 5")
// are no changes of the text; who signs a version and whom it credits is compared
// apart.
//
// The package promises that every change is words of the versions at their place;
// that the words outside of all changes are the same in both, in the same order;
// that a version has no edits of itself; that seen from the other side, what was
// added was removed, and all else is the same; and that time grows with the
// length of the texts and little more (see [mostAlike], [mostCells]), whatever
// they are: past those bounds the changes are coarser, not wrong. It judges
// nothing: a change that no notice speaks of is silent, whatever it changes.
package edit

import (
	"slices"

	"whence"
)

// Kind is what was done.
type Kind string

// The kinds of changes.
const (
	Changed Kind = "changed"
	Added   Kind = "added"
	Removed Kind = "removed"
	Moved   Kind = "moved"
)

// Change is one change. Before is absent of what was added, After of what was
// removed. Of sentences that were rewritten where they stood, they are the words
// from the first to the last that differ (with a word beside them where words were
// only put in or taken out); of all else, whole sentences.
type Change struct {
	Kind     Kind         `json:"kind"`
	Before   *Passage     `json:"before,omitempty"`
	After    *Passage     `json:"after,omitempty"`
	Moved    bool         `json:"moved,omitempty"`    // of what changed: it also stands elsewhere now
	Sentence *Sides       `json:"sentence,omitempty"` // of what changed: the sentences around it
	Words    []Sides      `json:"words,omitempty"`    // of what changed: each run of words that differ
	Noted    bool         `json:"noted"`              // a notice speaks of it
	Notice   *whence.Span `json:"notice,omitempty"`   // that notice, in the later version
	// The findings of either version that the change changes.
	Figures      []Touched `json:"figures,omitempty"`
	Attributions []Touched `json:"attributions,omitempty"`
	Events       []Touched `json:"events,omitempty"`
}

// Passage is some words of a version.
type Passage struct {
	whence.Span
	Text string `json:"text"`
}

// Sides are places in the two versions; one may be absent.
type Sides struct {
	Before *whence.Span `json:"before,omitempty"`
	After  *whence.Span `json:"after,omitempty"`
}

// Side is the place in the version before, or in the one after; it may be nil.
func (s Sides) Side(before bool) *whence.Span {
	if before {
		return s.Before
	}
	return s.After
}

// Touched is a finding before and after, by its ids: one of the two is empty
// where it came or went. What says in which respects it differs where it did
// neither, in the terms of the reading: "value", "source", "status".
type Touched struct {
	Before string   `json:"before,omitempty"`
	After  string   `json:"after,omitempty"`
	What   []string `json:"what,omitempty"`
}

// Edit is everything that one version changes of another.
type Edit struct {
	Before  string    `json:"before"` // ids of articles
	After   string    `json:"after"`
	Notices []Passage `json:"notices,omitempty"` // what the later version says of its changes
	Changes []Change  `json:"changes"`           // in the order of the later version
	// Replaced: the two have next to no words in common, and are another text at
	// the same address; no changes are listed.
	Replaced bool   `json:"replaced,omitempty"`
	Byline   *Names `json:"byline,omitempty"`  // where other people sign
	Credits  *Names `json:"credits,omitempty"` // where others are credited
}

// Names are names before and after.
type Names struct {
	Before []string `json:"before,omitempty"`
	After  []string `json:"after,omitempty"`
}

// Silent tells whether something was changed that no notice speaks of.
func (e *Edit) Silent() bool {
	return slices.ContainsFunc(e.Changes, func(c Change) bool { return !c.Noted })
}

// Empty tells whether nothing was changed.
func (e *Edit) Empty() bool {
	return len(e.Changes) == 0 && !e.Replaced && e.Byline == nil && e.Credits == nil
}

// Compare finds what the later version of a page changes.
func Compare(before, after *whence.Reading) Edit {
	c := newComparison(newVersion(before), newVersion(after))
	e := Edit{Before: before.ID, After: after.ID, Replaced: c.replaced(), Changes: []Change{}}
	if e.Replaced {
		return e
	}
	e.Notices, e.Changes = newNotices(c.new), c.changes()
	e.Byline = namesChanged(before.Byline, after.Byline)
	e.Credits = namesChanged(before.Credits, after.Credits)
	note(&e, before.Text, after.Text)
	touch(&e, before, after)
	return e
}

// namesChanged is nil where the names are the same, in whatever order.
func namesChanged(before, after []string) *Names {
	if slices.Equal(slices.Sorted(slices.Values(before)), slices.Sorted(slices.Values(after))) {
		return nil
	}
	return &Names{before, after}
}
