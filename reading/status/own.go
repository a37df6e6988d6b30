package status

import (
	"whence"
	"whence/english"
)

// predicate tells whether word i heads a clause: a verb that is no auxiliary,
// or what a copula makes one.
func (s *sentence) predicate(i int) bool {
	n := &s.tree[i]
	if n.Tag.Verb() {
		return !oneOf(n.Label, []english.Label{english.Aux, english.AuxPass, english.Cop, english.Amod, english.Compound, english.Case, english.Mark})
	}
	return s.tree.ChildLabelled(i, english.Cop) >= 0
}

// nominal tells whether word i is a noun or stands for one.
func (s *sentence) nominal(i int) bool {
	t := s.tag(i)
	return t.Noun() || t == english.PRP || t == english.CD || t == english.DT || t == english.Currency
}

// group is the small words of a verb group.
type group struct {
	modal      english.StatusClass // Will, May, Could, Would, Should
	negated    bool
	infinite   bool // "to" stands before it
	introduced bool // a word introduces it: "to", "that", "of"
	perhaps    bool
	perfect    bool // "has done"
	be         bool
	present    bool // its finite word is in the present tense
	finite     bool // it has a finite word
	subject    int
	condition  bool // an "if" clause hangs on it
}

// groupOf reads what depends on predicate i.
func (s *sentence) groupOf(i int) group {
	g := group{subject: -1}
	g.see(s.tag(i))
	for k := s.tree[i].Child; k >= 0; k = s.tree[k].Next {
		n := &s.tree[k]
		switch n.Label {
		case english.Aux, english.AuxPass, english.Cop:
			g.auxiliary(s, k)
		case english.Case:
			g.introduced = true
		case english.Mark:
			g.introduced = true
			g.infinite = g.infinite || n.Tag == english.TO
		case english.Advmod, english.Cc:
			g.negated = g.negated || s.none(k) && !s.notOnly(k) || s.has(k, english.Nearly) && k+1 == i
			g.perhaps = g.perhaps || s.has(k, english.Perhaps)
		case english.Det:
			g.negated = g.negated || s.has(k, english.Not)
		case english.Nsubj, english.NsubjPass, english.Obj, english.NsubjOuter:
			if n.Label != english.Obj {
				g.subject = k
			}
			g.negated = g.negated || s.none(k)
		case english.Advcl:
			g.condition = g.condition || s.childWith(k, english.If, english.Mark) >= 0
		}
	}
	return g
}

// see takes in the tag of the predicate or of an auxiliary.
func (g *group) see(t english.Tag) {
	switch t {
	case english.VBZ, english.VBP:
		g.present, g.finite = true, true
	case english.VBD, english.MD:
		g.finite = true
	}
}

func (g *group) auxiliary(s *sentence, k int) {
	c := s.classes[k]
	g.see(s.tag(k))
	g.modal |= c & (english.Will | english.May | english.Could | english.Would | english.Should)
	g.negated = g.negated || c.Has(english.Not)
	if c.Has(english.Having) {
		g.perfect = true
	} else if c.Has(english.Being) {
		g.be = true
	}
}

// none tells whether word k is "nobody", or has "no" before it.
func (s *sentence) none(k int) bool {
	if s.has(k, english.Not) {
		return true
	}
	no := s.childWith(k, english.Not, english.Det, english.Advmod)
	return no >= 0 && !s.comparing(no)
}

// comparing tells whether the "no" at k is that of "no fewer than".
func (s *sentence) comparing(k int) bool {
	return k+2 < len(s.tree) && s.tag(k+1) == english.JJR && s.tag(k+2) == english.IN
}

// notOnly tells whether the negation at k is that of "not only".
func (s *sentence) notOnly(k int) bool {
	if k+1 >= len(s.tree) {
		return false
	}
	next := &s.tree[k+1]
	return next.Label == english.Advmod && next.Tag == english.RB && s.classes[k+1] == 0 && next.Head == s.tree[k].Head && k+2 < len(s.tree) && s.tree[k+1].Head > k+1
}

// own is the status that word i has by the words of its own phrase.
func (s *sentence) own(i int) whence.Status {
	if s.predicate(i) {
		return s.ownClause(i)
	}
	return s.ownPhrase(i)
}

// adjectives are the statuses that words before a noun give it.
var adjectives = []struct {
	class  english.StatusClass
	status whence.Status
}{
	{english.Not, whence.NotHappened},
	{english.Failing, whence.NotHappened},
	{english.Untrue, whence.StatusDenied},
	{english.Future, whence.Planned},
	{english.Planning, whence.Planned},
	{english.Considering, whence.Considered},
	{english.Attempting, whence.Attempted},
	{english.Requiring, whence.Required},
	{english.Perhaps, whence.Possible},
	{english.Beginning, whence.UnderWay},
}

func (s *sentence) ownPhrase(i int) whence.Status {
	switch {
	case !s.title || !s.has(i, acts):
	case s.undone(i):
		return whence.NotHappened
	case s.goesOn(i):
		return whence.UnderWay // "talks under way"
	}
	for k := s.tree[i].Child; k >= 0; k = s.tree[k].Next {
		if !oneOf(s.tree[k].Label, []english.Label{english.Amod, english.Det, english.Compound}) || s.tag(k).Noun() {
			continue
		}
		for _, a := range adjectives {
			if s.has(k, a.class) && !s.comparing(k) {
				return a.status
			}
		}
	}
	return s.sought(i)
}

// sought is the status of a noun that its own clause says is planned,
// requested or the like: "the bond that they demanded", "drones considered for
// it"; else happened.
func (s *sentence) sought(i int) whence.Status {
	for k := s.tree[i].Child; k >= 0; k = s.tree[k].Next {
		switch s.tree[k].Label {
		case english.AclRelcl:
			if s.tree.ChildLabelled(k, english.Obj) > k || s.tree.ChildLabelled(k, english.NsubjPass) < 0 && !s.actsOn(i, k) {
				continue
			}
		case english.Acl:
			if s.tag(k) != english.VBN {
				continue
			}
		default:
			continue
		}
		if s.has(k, schemes) {
			if effect := s.effect(k, object); effect != "" {
				if s.groupOf(k).negated {
					return whence.NotHappened
				}
				return effect
			}
		}
	}
	return whence.Happened
}

// actsOn tells whether the relative clause of verb k has a subject of its own,
// so that noun i is what is acted on.
func (s *sentence) actsOn(i, k int) bool {
	subject := s.tree.ChildLabelled(k, english.Nsubj)
	return subject > i && s.tag(subject) != english.WDT && s.tag(subject) != english.WP
}

func (s *sentence) ownClause(i int) whence.Status {
	g := s.groupOf(i)
	if s.title {
		if st := s.headline(i, &g); st != "" {
			return st
		}
	}
	if st := s.modal(i, &g); st != "" {
		return st
	}
	switch {
	case g.be && g.infinite && g.finite:
		return whence.Planned // "is to meet"
	case g.infinite && s.tree[i].Label == english.Root:
		return whence.Planned // "Mayor to close quay"
	case g.perhaps:
		return whence.Possible
	case s.has(i, english.Going) && s.tag(i) == english.VBG && s.tree.ChildLabelled(i, english.Xcomp) >= 0:
		return whence.Planned
	case s.childWith(i, english.If|english.Whether, english.Mark) >= 0:
		return whence.Possible // "if approved", "whether it fell"
	case s.ongoing(i):
		return whence.UnderWay
	case s.tag(i) == english.VBG && g.be && g.present && !g.perfect, s.tag(i) == english.VBG && s.tree[i].Label == english.Root && !g.finite:
		return whence.UnderWay
	}
	return whence.Happened
}

// modal is the status of predicate i where its modal verb or a negation tells.
func (s *sentence) modal(i int, g *group) whence.Status {
	switch {
	case g.modal.Has(english.May):
		return whence.Possible
	case g.negated && !g.modal.Has(english.Should):
		return whence.NotHappened
	case g.modal.Has(english.Could):
		return whence.Possible
	case g.modal.Has(english.Will):
		return s.future(i, g)
	case g.modal.Has(english.Would):
		return s.would(i, g)
	case g.modal.Has(english.Should):
		return whence.Required
	}
	return ""
}

// ongoing tells whether predicate i says that its subject goes on: "is
// ongoing", "remains under way".
func (s *sentence) ongoing(i int) bool {
	return !s.tag(i).Verb() && (s.has(i, english.Beginning) || s.childWith(i, english.Beginning, english.Case) >= 0) ||
		s.has(i, english.Static) && s.childWith(i, english.Beginning, english.Xcomp, english.Advmod) >= 0
}

// future is the status of what will be: announced, or foretold.
func (s *sentence) future(i int, g *group) whence.Status {
	if g.perhaps || s.marks[i]&inBelief != 0 {
		return whence.Possible
	}
	return whence.Planned
}

// would is the status of what would be: under a plan or proposal, its status;
// as the future of a past announcement, planned; else possible.
func (s *sentence) would(i int, g *group) whence.Status {
	if g.subject >= 0 {
		if st := s.schemeStatus(g.subject); st != "" {
			return st
		}
	}
	if k := s.tree.ChildLabelled(i, english.Obl); k >= 0 {
		if st := s.schemeStatus(k); st != "" {
			return st
		}
	}
	if s.tree[i].Label == english.AclRelcl {
		if st := s.status(s.tree[i].Head); open(st) {
			return st
		}
	}
	if g.subject >= 0 && !g.perhaps && !g.condition && !g.perfect && s.announced(i) {
		if t := s.tag(g.subject); t == english.PRP || t == english.NNP || t == english.NNPS {
			return whence.Planned
		}
	}
	return whence.Possible
}

// schemeStatus is the status of the acts of a plan or proposal that noun k
// names; "" for other nouns.
func (s *sentence) schemeStatus(k int) whence.Status {
	switch {
	case !s.tag(k).Noun():
	case s.has(k, english.Considering):
		return whence.Considered
	case s.has(k, english.Planning):
		return whence.Planned
	}
	return ""
}

// announced tells whether a verb of the past tense introduces clause i.
func (s *sentence) announced(i int) bool {
	n := &s.tree[i]
	if n.Label == english.Ccomp && s.tag(n.Head) == english.VBD {
		return true
	}
	k := s.tree.ChildLabelled(i, english.Parataxis)
	return k >= 0 && s.tag(k) == english.VBD
}

// open tells whether a status leaves open whether the act will be.
func open(st whence.Status) bool {
	switch st {
	case whence.Planned, whence.Considered, whence.Possible, whence.Attempted, whence.Required, whence.Requested, whence.Decided:
		return true
	}
	return false
}
