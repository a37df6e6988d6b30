package status

import (
	"whence"
	"whence/english"
)

// Headlines leave auxiliaries out, tell of the past in the present, and ask what they
// do not say. What the tree of a headline says by itself (see
// [english.Analyser.Titled]) needs no rule here: infinitives are futures.

// question is what a headline asks.
type question uint8

const (
	nothing question = iota
	whether          // something is so
	who              // or why, or how: that it is so, is taken for granted
)

// question tells what a headline asks.
func (s *sentence) question() question {
	last := len(s.Tokens) - 1
	for last > 0 && s.tag(last) != english.Stop {
		last--
	}
	if last <= 0 || s.Tokens[last].Text != "?" {
		return nothing
	}
	for i := range s.tree {
		switch s.tag(i) {
		case english.WP, english.WPS, english.WRB, english.WDT:
			return who
		}
	}
	return whether
}

// headline is the status that a headline's predicate has by its form alone; "" for
// none.
func (s *sentence) headline(i int, g *group) whence.Status {
	switch {
	case s.asks == whether && s.main(i), s.asks == who && g.modal.Has(english.Will):
		return whence.Possible
	case s.gerund(i):
		return whence.Happened
	case s.goesOn(i):
		return whence.UnderWay
	case g.infinite && s.tree[i].Label == english.Acl:
		if to := s.childTagged(i, english.TO); to > 0 && s.has(to-1, english.Perhaps) {
			return whence.Possible // "firm likely to fold"
		}
	case s.feared(i):
		return whence.Possible
	case g.finite || g.infinite || g.introduced:
	case s.tag(i) == english.VBG && s.heads(i):
		return whence.UnderWay // "hundreds fleeing Ternsay"
	}
	return ""
}

// gerund tells whether a headline is a participle's phrase, which is nobody's act: "Sailing
// the Merrow Sound".
func (s *sentence) gerund(i int) bool {
	return i == 0 && s.tag(i) == english.VBG && s.tree[i].Head < 0
}

// feared tells whether a verb is said of what is feared, not of who fears: "three feared
// dead".
func (s *sentence) feared(i int) bool {
	return s.has(i, english.Expecting) && (s.tag(i) == english.VBN || s.tag(i) == english.VBD) && s.tree.ChildLabelled(i, english.Xcomp) > i &&
		s.tree.ChildLabelled(i, english.Obj, english.Ccomp, english.Aux, english.AuxPass) < 0
}

// goesOn tells whether a headline says of what word i names that it is under way.
func (s *sentence) goesOn(i int) bool {
	for k := s.tree[i].Child; k >= 0; k = s.tree[k].Next {
		if oneOf(s.tree[k].Label, []english.Label{english.Nmod, english.Obl, english.Amod}) && !s.tag(k).Verb() &&
			(s.has(k, english.Beginning) || s.childWith(k, english.Beginning, english.Case) >= 0) {
			return true
		}
	}
	return false
}

// childTagged is the first word with a tag that depends on word i, or -1.
func (s *sentence) childTagged(i int, t english.Tag) int {
	for k := s.tree[i].Child; k >= 0; k = s.tree[k].Next {
		if s.tag(k) == t {
			return k
		}
	}
	return -1
}

// main tells whether predicate i is the headline's, or is joined to it.
func (s *sentence) main(i int) bool {
	for range longest {
		if s.tree[i].Head < 0 {
			return true
		}
		if !oneOf(s.tree[i].Label, []english.Label{english.Conj, english.Parataxis, english.Appos}) {
			return false
		}
		i = s.tree[i].Head
	}
	return false
}

// heads tells whether participle i is the verb of a headline without a finite one: it
// is the root, or hangs on the root, a noun that is its subject.
func (s *sentence) heads(i int) bool {
	h := s.tree[i].Head
	return h < 0 || s.tree[h].Head < 0 && h < i && s.tree[i].Label == english.Acl && s.nominal(h) && s.tag(i-1) != english.Comma
}

// undone tells whether a headline says of noun i that it is called off: "port closure
// cancelled".
func (s *sentence) undone(i int) bool {
	k := s.tree.ChildLabelled(i, english.Acl)
	if h := s.tree[i].Head; k < 0 && h > i && s.tag(h) == english.VBN && !s.groupOf(h).finite && s.tree.ChildLabelled(h, english.Obj) < 0 {
		k = h // its subject, whatever the tree takes it for
	}
	return k > i && s.tag(k) == english.VBN && s.has(k, english.Failing)
}
