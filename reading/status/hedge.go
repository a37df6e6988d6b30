package status

import (
	"whence"
	"whence/english"
)

// hedges are the hedges that words of a class are.
var hedges = []struct {
	class english.StatusClass
	hedge whence.Hedge
}{
	{english.Alleging, whence.Alleged},
	{english.Reporting, whence.Reported},
	{english.Claiming, whence.Claimed},
	{english.SoCalled, whence.ScareQuotes},
}

// hedging holds the classes of hedges.
const hedging = english.Alleging | english.Reporting | english.Claiming | english.SoCalled

func hedgeOf(c english.StatusClass) whence.Hedge {
	if !c.Has(hedging) {
		return ""
	}
	for _, h := range hedges {
		if c.Has(h.class) {
			return h.hedge
		}
	}
	return ""
}

// hedge is the distance that the writer keeps from what word i names or tells:
// the nearest mark of it on the way to the end of the clause.
func (s *sentence) hedge(i int) whence.Hedge {
	if s.marks[i]&inScare != 0 {
		return whence.ScareQuotes
	}
	if h := s.before(i); h != "" {
		return h
	}
	for range longest {
		if h := s.said(i); h != "" {
			return h
		}
		head := s.tree[i].Head
		if head < 0 || s.bounds(i) {
			return ""
		}
		if h := s.ascribed(i, head); h != "" {
			return h
		}
		i = head
	}
	return ""
}

// bounds tells whether what hedges the head of word i says nothing of i.
func (s *sentence) bounds(i int) bool {
	switch s.tree[i].Label {
	case english.AclRelcl, english.Parataxis, english.AdvclRelcl, english.Root:
		return true
	case english.Conj, english.Advcl:
		g := s.groupOf(i)
		return s.predicate(i) && g.subject >= 0 && g.finite
	}
	return false
}

// said is the hedge that depends on word i.
func (s *sentence) said(i int) whence.Hedge {
	for k := s.tree[i].Child; k >= 0; k = s.tree[k].Next {
		h := hedgeOf(s.classes[k])
		if h == "" || s.tag(k).Verb() && s.tree[k].Label != english.Amod || s.tag(k).Noun() {
			continue
		}
		switch s.tree[k].Label {
		case english.Amod:
			if s.has(i, acts) || !s.nominal(i) {
				return h
			}
		case english.Advmod, english.Discourse, english.Parataxis, english.Dep, english.Obl:
			if !s.ahead(k, i) {
				return h
			}
		}
	}
	return ""
}

// ahead tells whether the adverb at k, which depends on word i before it, is
// rather said of a participle right after it: "struck the boat, reportedly
// killing three".
func (s *sentence) ahead(k, i int) bool {
	return k > i && k+1 < len(s.tree) && s.tag(k+1).Verb()
}

// before is the hedge that stands right before word i or before its phrase.
func (s *sentence) before(i int) whence.Hedge {
	for k := min(i, s.tree[i].First) - 1; k >= 0 && k >= i-4; k-- {
		if s.tag(k) == english.RB {
			return hedgeOf(s.classes[k])
		}
		if s.tag(k) != english.IN {
			return ""
		}
	}
	return ""
}

// ascribed is the hedge that the head of word i puts on it: "accused of", "is
// said to", "claims that".
func (s *sentence) ascribed(i, head int) whence.Hedge {
	c := s.classes[head]
	switch label := s.tree[i].Label; {
	case c.Has(english.Accusing) && s.tag(head).Verb():
		if (label == english.Advcl || label == english.Xcomp || label == english.Obl || label == english.Ccomp) && (s.predicate(i) || s.has(i, acts)) {
			return whence.Alleged
		}
	case c.Has(english.Alleging|english.Claiming|english.Reporting) && s.tag(head).Verb():
		passive := s.tree.ChildLabelled(head, english.AuxPass) >= 0
		if label == english.Xcomp && (passive || !c.Has(english.Reporting)) || label == english.Ccomp && !c.Has(english.Reporting) {
			return hedgeOf(c)
		}
	case c.Has(english.Alleging|english.Claiming|english.Reporting) && s.tag(head).Noun():
		if label == english.Acl && !c.Has(english.Reporting) || label == english.Nmod && s.has(i, acts) {
			return hedgeOf(c)
		}
	}
	return ""
}
