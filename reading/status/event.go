package status

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"whence"
	"whence/english"
	"whence/reading/quote"
)

// mark fills in what attributions and quotation marks say of words.
func (s *Statuses) mark(r *whence.Reading, quotations []quote.Quotation) {
	for i := range r.Attributions {
		a := &r.Attributions[i]
		if reports(a.Cue.Text) {
			s.markSpans(a.Cue.Spans, inCue)
		}
		if a.Source != nil {
			s.markSpans(a.Source.Spans, inSource)
		}
		m := inContent
		if a.Response == whence.Denied {
			m |= inDenied
		}
		if a.Response != "" && a.Response != whence.Denied && a.Response != whence.Confirmed {
			m |= inAnswer
		}
		if a.Kind == whence.Belief {
			m |= inBelief
		}
		s.markSpans(a.Content.Spans, m)
	}
	for i := range quotations {
		if q := &quotations[i]; q.Class == quote.Scare {
			s.markSpans([]whence.Span{q.Span}, inScare)
		}
	}
}

func (s *Statuses) markSpans(spans []whence.Span, m mark) {
	for _, span := range spans {
		n := sort.Search(len(s.sentences), func(n int) bool { return s.sentences[n].End > span.Start })
		for ; n < len(s.sentences) && s.sentences[n].Start < span.End; n++ {
			at := &s.sentences[n]
			from, to := at.words(span)
			for i := from; i < to; i++ {
				at.marks[i] |= m
			}
		}
	}
}

// events gives the events that matter, in reading order.
func (s *Statuses) events(r *whence.Reading) []whence.Event {
	var events []whence.Event
	var picked []bool
	figures, contents := r.Figures, newContents(r)
	for n := range s.sentences {
		at := &s.sentences[n]
		picked = append(picked[:0], make([]bool, len(at.tree))...)
		inside := contents.in(at.Span)
		at.pickMain(picked)
		at.pickHeads(inside, picked)
		at.pickOpen(picked)
		for ; len(figures) > 0 && figures[0].Start < at.End; figures = figures[1:] {
			at.pickFigure(figures[0].Span, picked)
		}
		for i, yes := range picked {
			if yes && !at.repeated(i, picked) {
				t := &at.Tokens[i]
				events = append(events, whence.Event{
					ID: "e" + strconv.Itoa(len(events)+1), Span: t.Span, Text: t.Text,
					Status: at.ofAct(i), Hedge: at.hedge(i), Attribution: innermost(inside, t.Span),
				})
			}
		}
	}
	return events
}

// content is one span of the content of an attribution.
type content struct {
	whence.Span
	of *whence.Attribution
}

// contents hands out the spans of contents that stand in one sentence after
// another.
type contents struct {
	rest   []content // by their start
	active []content
}

func newContents(r *whence.Reading) *contents {
	var all []content
	for i := range r.Attributions {
		for _, span := range r.Attributions[i].Content.Spans {
			all = append(all, content{span, &r.Attributions[i]})
		}
	}
	slices.SortStableFunc(all, func(a, b content) int { return a.Start - b.Start })
	return &contents{rest: all}
}

// in gives the contents that overlap the span, which comes after that of the
// call before. They are valid until the next call.
func (c *contents) in(span whence.Span) []content {
	for ; len(c.rest) > 0 && c.rest[0].Start < span.End; c.rest = c.rest[1:] {
		c.active = append(c.active, c.rest[0])
	}
	c.active = slices.DeleteFunc(c.active, func(x content) bool { return x.End <= span.Start })
	return c.active
}

// innermost is the id of the attribution with the shortest content around the
// span.
func innermost(contents []content, span whence.Span) string {
	id, shortest := "", 0
	for _, c := range contents {
		if c.Contains(span) && (id == "" || c.Len() < shortest) {
			id, shortest = c.of.ID, c.Len()
		}
	}
	return id
}

// pickMain picks the act that the sentence is about.
func (s *sentence) pickMain(picked []bool) {
	root := s.tree.Root()
	if root < 0 {
		return
	}
	if s.title && s.gerund(root) {
		return
	}
	s.pickAct(root, picked)
	s.pickJoined(root, picked)
	if s.title && !s.predicate(root) {
		s.pickBare(root, picked)
	}
}

// pickBare picks what a headline says of the noun i without a verb above the others:
// "four injured".
func (s *sentence) pickBare(i int, picked []bool) {
	for k := s.tree[i].Child; k >= 0; k = s.tree[k].Next {
		if t := s.tag(k); k > i && t.Verb() && t != english.VB && s.predicate(k) {
			s.pickAct(k, picked)
		}
	}
}

// pickJoined picks the acts that are joined to the predicate i.
func (s *sentence) pickJoined(i int, picked []bool) {
	for k := s.tree[i].Child; k >= 0; k = s.tree[k].Next {
		switch {
		case s.tree[k].Label == english.Conj && s.predicate(k):
			s.pickAct(k, picked)
		case s.tree[k].Label == english.Ccomp && s.predicate(k) && s.apart(i, k):
			s.pickAct(k, picked)
			s.pickJoined(k, picked) // which the tree took for what is said
		}
	}
}

// pickHeads picks the acts that contents are about: the words in them that
// depend on none there.
func (s *sentence) pickHeads(inside []content, picked []bool) {
	for _, c := range inside {
		from, to := s.words(c.Span)
		for i := from; i < to; i++ {
			if h := s.tree[i].Head; h < from || h >= to {
				s.pickAct(i, picked)
				s.pickBehind(i, picked)
				s.pickJoined(i, picked)
			}
		}
		if !slices.Contains(picked[from:to], true) {
			s.pickFinite(from, to, picked)
		}
	}
}

// pickBehind picks the predicate behind a participle that the tree took for one:
// "inspectors sent by the owner were let aboard".
func (s *sentence) pickBehind(i int, picked []bool) {
	if s.tag(i) != english.VBN || s.groupOf(i).finite {
		return
	}
	for k := s.tree[i].Child; k >= 0; k = s.tree[k].Next {
		if k < i || s.tree[k].Label != english.Advcl || s.tag(k) != english.VBN {
			continue
		}
		if g := s.groupOf(k); g.finite && g.subject < 0 && !g.introduced {
			picked[k] = true
			return
		}
	}
}

// pickFinite picks the first finite verb of some words that is in no clause on a
// noun, where the tree shows no act above the others.
func (s *sentence) pickFinite(from, to int, picked []bool) {
	for i := from; i < to; i++ {
		switch s.tag(i) {
		case english.VBD, english.VBZ, english.VBP:
			if s.tree[i].Label != english.AclRelcl && s.predicate(i) {
				s.pickAct(i, picked)
				return
			}
		}
	}
}

// pickAct picks word i if it tells an act, and no act of speaking alone.
func (s *sentence) pickAct(i int, picked []bool) {
	switch {
	case s.marks[i]&(inCue|inAnswer) != 0:
	case s.predicate(i):
		s.pickPredicate(i, picked)
	case s.tag(i).Noun() && s.has(i, acts):
		picked[i] = true
	}
}

// pickPredicate picks predicate i if it tells an act, or what it is about if
// that is said not to be: "has no evidence".
func (s *sentence) pickPredicate(i int, picked []bool) {
	switch {
	case s.has(i, english.Denying) && s.own(i) == whence.NotHappened: // "has not ruled out"
	case s.ongoing(i):
		if k := s.tree.ChildLabelled(i, english.Nsubj); k >= 0 && s.has(k, acts) {
			i = k
		}
		picked[i] = true
	case s.has(i, english.LightVerb):
		if k := s.tree.ChildLabelled(i, english.Obj, english.NsubjPass); k >= 0 && s.has(k, acts) {
			i = k
		}
		picked[i] = true
	case s.tag(i).Verb() && !s.has(i, english.Static) || s.has(i, english.Beginning|english.Planning):
		picked[i] = true
	case s.status(i) == whence.Happened:
	default:
		if k := s.denied(i); k >= 0 {
			picked[k] = true
		} else if !s.has(i, english.Being) {
			picked[i] = true
		}
	}
}

// denied is the noun that predicate i says there is none of, or -1.
func (s *sentence) denied(i int) int {
	for k := s.tree[i].Child; k >= 0; k = s.tree[k].Next {
		if oneOf(s.tree[k].Label, []english.Label{english.Obj, english.Nsubj}) && s.tag(k).Noun() && s.none(k) {
			return k
		}
	}
	return -1
}

// repeated tells whether a picked noun says no more than the picked verb that
// it goes with: "authorise action". What a noun does is more than it: "strikes
// would focus on".
func (s *sentence) repeated(i int, picked []bool) bool {
	h := s.tree[i].Head
	return h >= 0 && picked[h] && s.tag(i).Noun() && s.predicate(h) && !s.has(h, schemes) &&
		s.tree[i].Label != english.Conj && s.tree[i].Label != english.Nsubj && s.ofAct(i) == s.ofAct(h)
}

// pickFigure picks the act that a figure is of.
func (s *sentence) pickFigure(span whence.Span, picked []bool) {
	from, to := s.words(span)
	for i := from; i < to; i++ {
		if h := s.tree[i].Head; h < from || h >= to {
			if a := s.actOf(i); a >= 0 {
				s.pickAct(a, picked)
			}
			return
		}
	}
}

// actOf is the act that governs word i, itself among them; -1 if none does.
func (s *sentence) actOf(i int) int {
	for range longest {
		if s.predicate(i) && s.tag(i).Verb() || s.tag(i).Noun() && s.has(i, english.Act) {
			return i
		}
		if i = s.tree[i].Head; i < 0 {
			return -1
		}
	}
	return -1
}

// schemes are the classes of words whose complement is an act that is no plain
// fact.
const schemes = english.Planning | english.Considering | english.Attempting | english.Requesting | english.Requiring |
	english.Ordering | english.Deciding

// pickOpen picks the acts that are no plain facts, and the words that govern
// them.
func (s *sentence) pickOpen(picked []bool) {
	for i := range s.tree {
		if s.marks[i]&inAnswer != 0 {
			continue
		}
		c := s.classes[i]
		switch tag := s.tag(i); {
		case tag.Verb():
			if !s.predicate(i) {
				continue
			}
			if c.Has(schemes) && s.completed(i) {
				picked[i] = true
			} else if !c.Has(english.Static) && s.status(i) != whence.Happened {
				s.pickPredicate(i, picked)
			}
		case c.Has(english.Planning) && !tag.Noun() && s.predicate(i):
			picked[i] = true
		case !tag.Noun() || c == 0:
		case c.Has(schemes) && (s.completed(i) || s.own(i) == whence.NotHappened):
			picked[i] = true
		case c.Has(english.Act) && s.status(i) != whence.Happened:
			picked[i] = true
		}
	}
}

// completed tells whether word i has a complement: it is a plan for something.
func (s *sentence) completed(i int) bool {
	if s.tag(i).Noun() {
		return s.tree.ChildLabelled(i, english.Acl, english.Nmod) >= 0 || s.childWith(i, english.Act, english.Compound) >= 0
	}
	return s.tree.ChildLabelled(i, english.Xcomp, english.Ccomp, english.Obj, english.Obl, english.NsubjPass, english.AuxPass) >= 0
}

// named are the statuses of the acts that words of a class name: a plan is of
// something planned.
var named = []struct {
	class  english.StatusClass
	status whence.Status
}{
	{english.Planning, whence.Planned},
	{english.Considering, whence.Considered},
	{english.Attempting, whence.Attempted},
	{english.Requesting, whence.Requested},
	{english.Requiring, whence.Required},
	{english.Ordering, whence.Decided},
	{english.Deciding, whence.Decided},
}

// ofAct is the status of the act that word i tells or, where it is a word for a
// plan, request or the like, of the act that is planned or requested.
func (s *sentence) ofAct(i int) whence.Status {
	st := s.status(i)
	switch {
	case st == whence.NotHappened && s.marks[i]&inDenied != 0,
		st == whence.NotHappened && s.marks[i]&inContent != 0 && s.tag(i).Noun() && s.has(i, english.Planning|english.Ordering):
		return whence.StatusDenied // "there is no plan", she said
	case st != whence.Happened && st != whence.UnderWay:
		return st
	case s.marks[i]&inDenied != 0:
		return whence.StatusDenied
	}
	if s.tag(i).Noun() && !s.completed(i) {
		return st
	}
	for _, n := range named {
		if s.has(i, n.class) {
			return n.status
		}
	}
	return st
}

// reports tells whether a cue is words of telling. A single verb that is none,
// such as "designated", is an act as well, and one of the acts that matter.
func reports(cue string) bool {
	if strings.ContainsRune(cue, ' ') {
		return true
	}
	w := english.Lookup(cue)
	return w.Verb != nil || w.Class != 0
}
