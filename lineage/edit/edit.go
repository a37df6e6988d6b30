// Package edit compares two versions of one page: what was said before, what is
// said now, and whether the page says so itself.
//
// Versions are compared sentence by sentence, and inside of sentences that were
// rewritten word by word. What was moved is seen as moved. White space, the shapes
// of quotation marks and dashes, capitals, links to other stories, credits and
// bylines say nothing, and are no edits. The package promises that every change is
// words of the versions at their place, that a version compared with itself has
// none, and that time is bounded whatever the texts are: stretches in which more
// than [mostPairs] pairs of sentences would have to be compared count as removed
// and added. It judges nothing: a change that no notice speaks of is silent,
// whatever it changes.
package edit

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"whence"
	"whence/english"
	"whence/text"
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
// removed.
type Change struct {
	Kind   Kind     `json:"kind"`
	Before *Passage `json:"before,omitempty"`
	After  *Passage `json:"after,omitempty"`
	Noted  bool     `json:"noted"` // a notice speaks of it
	// The findings of either version that the change touches, by their ids.
	Figures      []Touched `json:"figures,omitempty"`
	Attributions []Touched `json:"attributions,omitempty"`
	Events       []Touched `json:"events,omitempty"`
}

// Passage is some words of a version.
type Passage struct {
	whence.Span
	Text string `json:"text"`
}

// Touched is a finding before and after: one of the two is empty where it came
// or went.
type Touched struct {
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
}

// Edit is everything that one version changes of another.
type Edit struct {
	Before  string    `json:"before"` // ids of articles
	After   string    `json:"after"`
	Notices []Passage `json:"notices,omitempty"` // what the later version says of its changes
	Changes []Change  `json:"changes"`           // in the order of the later version
}

// Silent tells whether something was changed that no notice speaks of.
func (e *Edit) Silent() bool {
	return slices.ContainsFunc(e.Changes, func(c Change) bool { return !c.Noted })
}

// mostPairs bounds how many pairs of sentences of one stretch are compared.
const mostPairs = 10_000

// alike is the share of their words that two sentences have in common from which
// on one is the other rewritten.
const alike = .4

// Compare finds what the later version of a page changes.
func Compare(before, after *whence.Reading) Edit {
	c := comparison{old: newVersion(before), new: newVersion(after)}
	c.match()
	c.rewrite()
	e := Edit{Before: before.ID, After: after.ID, Changes: c.changes()}
	e.Notices = newNotices(c.new)
	for i := range e.Changes {
		change := &e.Changes[i]
		c.touch(change)
		change.Noted = c.noted(change, e.Notices)
	}
	return e
}

// version is a version cut into sentences of words.
type version struct {
	reading   *whence.Reading
	text      []rune
	sentences []sentence
}

type sentence struct {
	whence.Span
	role  whence.Role
	words []word
	key   string // its words
	other int    // the sentence of the other version that it is, or was; -1 for none
	exact bool   // word for word
}

type word struct {
	whence.Span
	plain string
}

// compared are the roles of blocks that are compared.
var compared = map[whence.Role]bool{
	whence.RoleTitle: true, whence.RoleStandfirst: true, whence.RoleHeading: true, whence.RoleParagraph: true,
	whence.RoleQuote: true, whence.RoleListItem: true, whence.RoleCaption: true, whence.RoleNotice: true,
}

func newVersion(r *whence.Reading) *version {
	v := &version{reading: r, text: []rune(r.Text)}
	if len(r.Blocks) == 0 {
		v.cut(nil, "")
		return v
	}
	for _, b := range r.Blocks {
		if compared[b.Role] {
			v.cut([]whence.Span{b.Span}, b.Role)
		}
	}
	return v
}

func (v *version) cut(within []whence.Span, role whence.Role) {
	if len(within) == 1 && role == whence.RoleNotice { // a notice is one thing
		v.add(within[0], role)
		return
	}
	for _, s := range text.Sentences(v.reading.Text, within) {
		v.add(s.Span, role)
	}
}

func (v *version) add(at whence.Span, role whence.Role) {
	s := sentence{Span: at, role: role, other: -1}
	start := -1
	for i := at.Start; i <= at.End; i++ {
		inside := i < at.End && (unicode.IsLetter(v.text[i]) || unicode.IsDigit(v.text[i]) || start >= 0 && unicode.Is(unicode.Mn, v.text[i]))
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			s.words = append(s.words, word{whence.Span{Start: start, End: i}, strings.ToLower(string(v.text[start:i]))})
			start = -1
		}
	}
	if len(s.words) == 0 {
		return
	}
	plain := make([]string, len(s.words))
	for i, w := range s.words {
		plain[i] = w.plain
	}
	s.key = strings.Join(plain, " ")
	v.sentences = append(v.sentences, s)
}

func (v *version) passage(s whence.Span) *Passage {
	return &Passage{s, string(v.text[s.Start:s.End])}
}

// comparison is two versions side by side.
type comparison struct{ old, new *version }

// match joins sentences that both versions hold word for word: first those in
// the same order, as many as possible, then the others.
func (c *comparison) match() {
	places := map[string][]int{} // of the old version
	for i, s := range c.old.sentences {
		places[s.key] = append(places[s.key], i)
	}
	var pairs [][2]int
	for j := range c.new.sentences {
		at := places[c.new.sentences[j].key]
		if len(at) == 0 {
			continue
		}
		places[c.new.sentences[j].key] = at[1:]
		pairs = append(pairs, [2]int{at[0], j})
	}
	for _, p := range pairs {
		c.join(p[0], p[1], true)
	}
}

func (c *comparison) join(i, j int, exact bool) {
	c.old.sentences[i].other, c.old.sentences[i].exact = j, exact
	c.new.sentences[j].other, c.new.sentences[j].exact = i, exact
}

// rewrite joins sentences that were rewritten with what they became: of the
// stretches between sentences that stayed, the pairs that are most alike first.
func (c *comparison) rewrite() {
	stay := inOrder(c.new.sentences)
	i := 0
	for n := 0; n <= len(stay); n++ {
		from, to := 0, len(c.new.sentences)
		last := len(c.old.sentences)
		if n > 0 {
			from = stay[n-1] + 1
		}
		if n < len(stay) {
			to = stay[n]
			last = c.new.sentences[to].other
		}
		c.pairUp(i, last, from, to)
		i = last + 1
	}
}

// inOrder are the sentences that stand in the other version in the same order: a
// longest such row.
func inOrder(sentences []sentence) []int {
	var ends []int // the last sentence of the best row of each length
	before := make([]int, len(sentences))
	for j, s := range sentences {
		if s.other < 0 || !s.exact {
			continue
		}
		n, _ := slices.BinarySearchFunc(ends, s.other, func(e, other int) int { return cmp.Compare(sentences[e].other, other) })
		before[j] = -1
		if n > 0 {
			before[j] = ends[n-1]
		}
		ends = append(ends[:n], append([]int{j}, ends[min(n+1, len(ends)):]...)...)
	}
	var row []int
	if len(ends) > 0 {
		for j := ends[len(ends)-1]; j >= 0; j = before[j] {
			row = append(row, j)
		}
	}
	slices.Reverse(row)
	return row
}

// pairUp joins what is left of two stretches.
func (c *comparison) pairUp(i, last, from, to int) {
	type pair struct {
		i, j  int
		share float64
	}
	if i >= last || from >= to || (last-i)*(to-from) > mostPairs {
		return
	}
	var pairs []pair
	for a := i; a < last; a++ {
		for b := from; b < to; b++ {
			x, y := &c.old.sentences[a], &c.new.sentences[b]
			if x.other >= 0 || y.other >= 0 || x.role != y.role {
				continue
			}
			share := common(x.words, y.words)
			if share >= alike || x.role == whence.RoleTitle {
				pairs = append(pairs, pair{a, b, share})
			}
		}
	}
	slices.SortStableFunc(pairs, func(p, q pair) int { return cmp.Compare(q.share, p.share) })
	for _, p := range pairs {
		if c.old.sentences[p.i].other < 0 && c.new.sentences[p.j].other < 0 {
			c.join(p.i, p.j, false)
		}
	}
}

// common is the share of words that two sentences have in common (Dice 1945).
func common(a, b []word) float64 {
	counts := map[string]int{}
	for _, w := range a {
		counts[w.plain]++
	}
	n := 0
	for _, w := range b {
		if counts[w.plain] > 0 {
			counts[w.plain]--
			n++
		}
	}
	return 2 * float64(n) / float64(len(a)+len(b))
}

// changes lists what differs, in the order of the later version; what was removed
// stands where it stood.
func (c *comparison) changes() []Change {
	stays := map[int]bool{}
	for _, j := range inOrder(c.new.sentences) {
		stays[j] = true
	}
	var list []Change
	i := 0 // the next sentence of the old version
	removed := func(to int) {
		for ; i < to; i++ {
			if s := c.old.sentences[i]; s.other < 0 {
				list = append(list, Change{Kind: Removed, Before: c.old.passage(s.Span)})
			}
		}
	}
	for j, s := range c.new.sentences {
		switch {
		case stays[j]:
			removed(s.other + 1)
		case s.other < 0:
			list = append(list, Change{Kind: Added, After: c.new.passage(s.Span)})
		case s.exact:
			list = append(list, Change{Kind: Moved, Before: c.old.passage(c.old.sentences[s.other].Span), After: c.new.passage(s.Span)})
		default:
			if s.other >= i {
				removed(s.other + 1)
			}
			list = append(list, c.inside(s.other, j))
		}
	}
	removed(len(c.old.sentences))
	return list
}

// inside narrows a rewritten sentence to the words that differ: from the first to
// the last. Where words were only put in or taken out, a word beside them shows
// where.
func (c *comparison) inside(i, j int) Change {
	a, b := c.old.sentences[i].words, c.new.sentences[j].words
	head := 0
	for head < min(len(a), len(b)) && a[head].plain == b[head].plain {
		head++
	}
	tail := 0
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail].plain == b[len(b)-1-tail].plain {
		tail++
	}
	if head+tail == min(len(a), len(b)) { // one of the two has nothing left
		if head > 0 {
			head--
		} else {
			tail--
		}
	}
	return Change{Kind: Changed,
		Before: c.old.passage(whence.Span{Start: a[head].Start, End: a[len(a)-1-tail].End}),
		After:  c.new.passage(whence.Span{Start: b[head].Start, End: b[len(b)-1-tail].End}),
	}
}

// newNotices are the notices that the later version has and the earlier has not.
func newNotices(after *version) []Passage {
	var list []Passage
	for _, s := range after.sentences {
		if s.role == whence.RoleNotice && !(s.other >= 0 && s.exact) {
			list = append(list, *after.passage(s.Span))
		}
	}
	return list
}

// noted tells whether a notice speaks of a change: it is the notice, or it holds
// a number that the change takes away or brings, or most of its words that are
// longer than most.
func (c *comparison) noted(change *Change, notices []Passage) bool {
	for _, n := range notices {
		if change.After != nil && n.Contains(change.After.Span) {
			return true
		}
		if shares(values(n.Text), difference(change)) || spoken(n.Text, change) {
			return true
		}
	}
	return false
}

// values are the numbers that stand in a text, in digits or words.
func values(s string) map[int]bool {
	list := map[int]bool{}
	for _, w := range strings.FieldsFunc(s, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != ',' }) {
		w = strings.Trim(w, ",")
		if n, ok := english.NumberValue(strings.ToLower(w)); ok && n > 1 {
			list[n] = true
		} else if n, ok := digits(w); ok {
			list[n] = true
		}
	}
	return list
}

// digits is the value of a number like 2,140.
func digits(s string) (n int, ok bool) {
	for _, c := range s {
		switch {
		case c >= '0' && c <= '9' && n < 1e12:
			n, ok = 10*n+int(c-'0'), true
		case c == ',':
		default:
			return 0, false
		}
	}
	return n, ok
}

// difference are the numbers that only one side of a change has.
func difference(change *Change) map[int]bool {
	before, after := map[int]bool{}, map[int]bool{}
	if change.Before != nil {
		before = values(change.Before.Text)
	}
	if change.After != nil {
		after = values(change.After.Text)
	}
	only := map[int]bool{}
	for n := range before {
		if !after[n] {
			only[n] = true
		}
	}
	for n := range after {
		if !before[n] {
			only[n] = true
		}
	}
	return only
}

func shares(a, b map[int]bool) bool {
	for n := range a {
		if b[n] {
			return true
		}
	}
	return false
}

// longWord is how many letters a word has that may tell what a notice speaks of.
const longWord = 6

// spoken tells whether a notice holds most of the long words of what was said
// before.
func spoken(notice string, change *Change) bool {
	if change.Before == nil {
		return false
	}
	notice = strings.ToLower(notice)
	all, found := 0, 0
	for _, w := range strings.FieldsFunc(strings.ToLower(change.Before.Text), func(c rune) bool { return !unicode.IsLetter(c) }) {
		if len([]rune(w)) >= longWord {
			all++
			if strings.Contains(notice, w) {
				found++
			}
		}
	}
	return all >= 2 && 2*found > all
}

// touch names the findings of either version that overlap a change. Of figures
// and events those in the same order are taken for one another.
func (c *comparison) touch(change *Change) {
	var before, after whence.Span
	if change.Before != nil {
		before = change.Before.Span
	}
	if change.After != nil {
		after = change.After.Span
	}
	old, now := c.old.reading, c.new.reading
	if change.Kind == Moved {
		return // it says the same
	}
	change.Figures = touched(ids(old.Figures, before, func(f whence.Figure) (string, []whence.Span) { return f.ID, []whence.Span{f.Span} }),
		ids(now.Figures, after, func(f whence.Figure) (string, []whence.Span) { return f.ID, []whence.Span{f.Span} }))
	change.Attributions = touched(ids(old.Attributions, before, parts), ids(now.Attributions, after, parts))
	change.Events = touched(ids(old.Events, before, func(e whence.Event) (string, []whence.Span) { return e.ID, []whence.Span{e.Span} }),
		ids(now.Events, after, func(e whence.Event) (string, []whence.Span) { return e.ID, []whence.Span{e.Span} }))
}

func parts(a whence.Attribution) (string, []whence.Span) {
	spans := slices.Concat(a.Cue.Spans, a.Content.Spans)
	if a.Source != nil {
		spans = append(spans, a.Source.Spans...)
	}
	return a.ID, spans
}

// ids are those of findings that overlap a span.
func ids[F any](findings []F, s whence.Span, of func(F) (string, []whence.Span)) []string {
	var list []string
	for _, f := range findings {
		id, spans := of(f)
		if slices.ContainsFunc(spans, s.Overlaps) {
			list = append(list, id)
		}
	}
	return list
}

func touched(before, after []string) []Touched {
	var list []Touched
	for i := range max(len(before), len(after)) {
		var t Touched
		if i < len(before) {
			t.Before = before[i]
		}
		if i < len(after) {
			t.After = after[i]
		}
		list = append(list, t)
	}
	return list
}
