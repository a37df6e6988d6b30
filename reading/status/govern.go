package status

import (
	"whence"
	"whence/english"
)

// status is the status of what word i names or tells.
func (s *sentence) status(i int) whence.Status { return s.climb(i, 0) }

// climb is the status of word i, from its own words and from what governs it,
// steps arcs above the word that was asked for. What was found is kept: words
// share what is above them. A word whose status comes to rest on itself
// happened.
func (s *sentence) climb(i, steps int) whence.Status {
	if s.found[i] == "" {
		s.found[i] = whence.Happened
		s.found[i] = s.find(i, steps)
	}
	return s.found[i]
}

func (s *sentence) find(i, steps int) whence.Status {
	own := s.own(i)
	if steps >= longest || s.tree[i].Head < 0 || s.marks[i]&inSource != 0 && s.nominal(i) && !(s.title && s.feared(s.tree[i].Head)) {
		return own // who says so is there, whatever is said
	}
	return s.governed(i, own, steps+1)
}

// governed is the status of word i, which has the status own by itself, under
// its head.
func (s *sentence) governed(i int, own whence.Status, steps int) whence.Status {
	if steps > longest || s.tree[i].Head < 0 {
		return own
	}
	h := s.tree[i].Head
	switch s.tree[i].Label {
	case english.Nummod:
		return s.climb(h, steps)
	case english.Conj:
		return s.conjunct(i, h, own, steps)
	case english.Xcomp, english.Ccomp, english.Csubj, english.CsubjPass, english.Acl:
		if s.apart(i, h) {
			return own
		}
		return s.complement(i, h, own, steps)
	case english.Advcl:
		return s.adverbial(i, h, own, steps)
	case english.AclRelcl, english.AdvclRelcl, english.Parataxis, english.Root, english.Vocative, english.Discourse:
		return own
	}
	if s.predicate(i) {
		if s.inClause(i) {
			return s.complement(i, h, own, steps)
		}
		return own
	}
	if s.nominal(i) || s.tag(i) == english.VBG || s.tag(i) == english.VBN {
		return s.argument(i, h, own, steps)
	}
	return s.climb(h, steps)
}

// apart tells whether a semicolon stands between two words: what is behind it hangs on
// nothing before.
func (s *sentence) apart(i, h int) bool {
	for k := min(i, h) + 1; k < max(i, h); k++ {
		if s.Tokens[k].Text == ";" {
			return true
		}
	}
	return false
}

// inClause tells whether a predicate hangs on its head as a phrase would: a
// gerund after a preposition, a question as subject.
func (s *sentence) inClause(i int) bool {
	return oneOf(s.tree[i].Label, []english.Label{english.Nmod, english.Obl, english.Obj, english.Nsubj, english.NsubjPass})
}

// conjunct is the status of what is joined to h: it shares the verb group where
// it has none of its own, and what governs h.
func (s *sentence) conjunct(i, h int, own whence.Status, steps int) whence.Status {
	if own != whence.Happened {
		return own
	}
	if s.marks[h]&inSource != 0 && s.marks[i]&(inSource|inContent) == inContent && s.nominal(i) {
		if k := s.bereft(i); k >= 0 && forward(s.climb(k, steps)) {
			return s.climb(k, steps)
		}
		return own
	}
	if s.predicate(i) && s.predicate(h) {
		g := s.groupOf(i)
		if effect := s.effect(h, clause); effect != "" && g.infinite && !s.groupOf(h).infinite {
			return under(effect, s.climb(h, steps)) // no conjunct, but what the tree took for one
		}
		if g.finite || g.subject >= 0 && s.tag(i) != english.VBN {
			return s.governed(h, own, steps)
		}
	}
	return s.climb(h, steps)
}

// bereft is the verb after noun i that has no subject, in the content that i
// stands in: "According to officials, strikes would …", whose subject the tree
// took for more of the source; -1 where there is none.
func (s *sentence) bereft(i int) int {
	for k := i + 1; k < len(s.tree) && s.marks[k]&inContent != 0; k++ {
		if s.predicate(k) && s.tree[k].Label == english.Root {
			if s.tree.ChildLabelled(k, english.Nsubj, english.NsubjPass) < 0 {
				return k
			}
			return -1
		}
	}
	return -1
}

// relation is how a complement hangs on what governs it.
type relation uint8

const (
	clause relation = 1 << iota
	object
)

// effects are what governing words of a class do to what they govern.
var effects = []struct {
	class    english.StatusClass
	relation relation
	status   whence.Status
}{
	{english.Denying, clause | object, whence.StatusDenied},
	{english.Failing, clause | object, whence.NotHappened},
	{english.Planning, clause | object, whence.Planned},
	{english.Considering, clause | object, whence.Considered},
	{english.Debating, clause, whence.Considered},
	{english.Attempting, clause | object, whence.Attempted},
	{english.Requesting, clause | object, whence.Requested},
	{english.Ordering, clause, whence.Required},
	{english.Ordering, object, whence.Decided},
	{english.Requiring, clause | object, whence.Required},
	{english.Deciding, clause | object, whence.Decided},
	{english.Permitting, clause, whence.Possible},
	{english.Expecting, clause | object, whence.Possible},
	{english.Perhaps, clause, whence.Possible},
	{english.Untrue, clause, whence.StatusDenied},
}

// effect is what h does to what hangs on it so; "" for nothing.
func (s *sentence) effect(h int, r relation) whence.Status {
	c := s.classes[h]
	if c == 0 {
		return ""
	}
	for _, e := range effects {
		if c.Has(e.class) && e.relation&r != 0 {
			return e.status
		}
	}
	return ""
}

// under is the status of an act that a governing word gives the status effect,
// where the governing word's own is outer.
func under(effect, outer whence.Status) whence.Status {
	switch outer {
	case whence.Happened, whence.UnderWay, whence.Decided, whence.Attempted:
		return effect
	case whence.NotHappened:
		switch effect {
		case whence.NotHappened:
			return whence.Happened
		case whence.StatusDenied:
			return whence.Possible
		}
		return whence.NotHappened
	case whence.Planned:
		if effect == whence.Considered {
			return effect
		}
	}
	return outer
}

// complement is the status of a clause that completes h.
func (s *sentence) complement(i, h int, own whence.Status, steps int) whence.Status { //nolint:gocyclo // a grammar: a case for each form
	g := s.groupOf(i)
	if s.tree[i].Label == english.Csubj || s.tree[i].Label == english.CsubjPass {
		if s.has(h, english.Perhaps|english.Untrue) {
			return under(s.effect(h, clause), s.climb(h, steps))
		}
		return s.weaker(own, s.climb(h, steps))
	}
	effect := s.effect(h, clause)
	if effect == "" && s.tree[i].Label == english.Acl && s.has(h, english.Alleging|english.Claiming|english.Reporting) && g.introduced {
		if s.climb(h, steps) == whence.StatusDenied {
			return whence.StatusDenied // "rejected claims that"
		}
	}
	finite := g.finite && !g.infinite
	switch {
	case s.tree[i].Label == english.Acl && !finite && !g.introduced:
		return own // "the plan announced on Monday"
	case effect == whence.StatusDenied:
		return under(effect, s.climb(h, steps))
	case own != whence.Happened && own != whence.UnderWay:
		return own
	case s.has(h, english.Having) && g.infinite:
		return s.obligation(h, steps)
	case s.has(h, english.Going) && s.tag(h) == english.VBG && g.infinite:
		return under(whence.Planned, s.climb(h, steps))
	case finite:
		return s.finite(i, h, own, effect, steps)
	case effect != "":
		return under(effect, s.climb(h, steps))
	case s.tree[i].Label == english.Acl:
		return s.participle(h, own, &g, steps)
	case s.has(h, english.Beginning):
		return s.begun(h, steps)
	case s.has(h, english.Being) && g.infinite && s.tree[i].Label == english.Xcomp:
		return under(whence.Planned, s.climb(h, steps)) // "is to meet"
	}
	return s.weaker(own, s.climb(h, steps))
}

// finite is the status of a finite clause under h.
func (s *sentence) finite(i, h int, own, effect whence.Status, steps int) whence.Status {
	switch {
	case s.childWith(i, english.Whether|english.If, english.Mark) >= 0:
		return whence.Possible
	case effect == whence.Planned || effect == whence.Considered || effect == whence.Requested || effect == whence.Required || effect == whence.NotHappened && !s.has(h, english.Deciding):
		return under(effect, s.climb(h, steps))
	case effect == whence.Possible && s.has(h, english.Expecting|english.Perhaps):
		return whence.Possible
	}
	return own
}

// obligation is the status of what has to be done: in the past, it was.
func (s *sentence) obligation(h, steps int) whence.Status {
	if s.tag(h) == english.VBD {
		return whence.Happened
	}
	return under(whence.Required, s.climb(h, steps))
}

// participle is the status of what hangs on a noun without a finite verb.
func (s *sentence) participle(h int, own whence.Status, g *group, steps int) whence.Status {
	if g.infinite {
		outer := s.climb(h, steps)
		if outer == whence.Happened {
			return whence.Planned
		}
		return outer
	}
	return own
}

// begun is the status of what h says has begun.
func (s *sentence) begun(h, steps int) whence.Status {
	g := s.groupOf(h)
	outer := s.climb(h, steps)
	if outer == whence.Happened && g.present {
		return whence.UnderWay
	}
	return outer
}

// weaker is the outer status where the inner is a plain fact.
func (s *sentence) weaker(inner, outer whence.Status) whence.Status {
	if inner == whence.Happened || inner == whence.UnderWay && outer != whence.Happened {
		return outer
	}
	return inner
}

// adverbial is the status of an adverbial clause.
func (s *sentence) adverbial(i, h int, own whence.Status, steps int) whence.Status {
	g := s.groupOf(i)
	switch {
	case s.childWith(i, english.Without, english.Mark, english.Case, english.Advmod, english.Cc) >= 0:
		return whence.NotHappened
	case own != whence.Happened && own != whence.UnderWay:
		return own
	case s.childWith(i, english.If, english.Mark) >= 0:
		return whence.Possible
	case s.childWith(i, english.Whether, english.Mark) >= 0:
		return whence.Possible
	}
	outer := s.climb(h, steps)
	switch effect := s.effect(h, clause); {
	case effect == whence.NotHappened || effect == whence.StatusDenied:
		if s.tag(i) == english.VBG && s.tree.ChildLabelled(i, english.Mark) >= 0 {
			return under(effect, outer) // "prevented them from leaving"
		}
	case effect != "" && g.infinite:
		return under(effect, outer) // "is expected by all to leave"
	}
	switch {
	case g.infinite && outer == whence.Happened && s.tag(i) == english.VB:
		return whence.Planned // purpose
	case g.finite && !(g.present && forward(outer)):
		return own
	case g.finite:
		return whence.Possible // "will end when they leave"
	case forward(outer) || g.infinite:
		return outer
	}
	return own
}

// forward tells whether a status looks ahead.
func forward(st whence.Status) bool {
	return st == whence.Planned || st == whence.Possible || st == whence.Considered || st == whence.Requested || st == whence.Required || st == whence.Decided
}

// argument is the status of what a noun names, or of what is done to it.
func (s *sentence) argument(i, h int, own whence.Status, steps int) whence.Status {
	if own != whence.Happened || s.title && s.childWith(i, english.Beside, english.Case) >= 0 {
		return own
	}
	label := s.tree[i].Label
	act := s.has(i, acts) && !s.counted(i)
	passive := label == english.NsubjPass
	if passive || oneOf(label, []english.Label{english.Obj, english.Obl, english.Nmod, english.Compound}) {
		if effect := s.effect(h, object); effect != "" && s.reaches(i, h, effect, act) {
			return under(effect, s.climb(h, steps))
		}
	}
	if (passive || label == english.Nsubj || label == english.Obj) && act && s.has(h, english.Beginning) {
		return s.begun(h, steps)
	}
	if label == english.Nsubj && s.has(h, english.Untrue) {
		return under(whence.StatusDenied, s.climb(h, steps))
	}
	outer := s.climb(h, steps)
	switch {
	case s.number(i):
		return s.ofNumber(i, outer)
	case !act:
		return outer
	case label == english.Compound:
		return s.ownPhrase(h) // "the failed rescue mission"
	case outer == whence.NotHappened && s.definite(i):
		return own // "the theft was not reported"
	case oneOf(label, []english.Label{english.Obj, english.NsubjPass, english.Appos}), label == english.Nsubj && forward(outer):
		return outer
	}
	return own
}

// acts are the classes of nouns for acts, of which there may be plans and
// which may be under way.
const acts = english.Act | english.Planning | english.Considering | english.Debating | english.Attempting | english.Requesting |
	english.Requiring | english.Deciding | english.Ordering | english.Denying | english.Failing | english.Expecting | english.Alleging | english.Claiming

// number tells whether word i is a number or has one.
func (s *sentence) number(i int) bool { return s.tag(i) == english.CD || s.counted(i) }

// ofNumber is the status of a count of things that an act of the status outer is
// done to. What is counted is there, whether or not the act is denied ("nine
// bollards do not hold", "did not answer two letters"), goes on, or is still to
// come to things known already ("to lift the 2,600 tonnes"). But of what would
// be done to things of that number alone, a denial denies the number.
func (s *sentence) ofNumber(i int, outer whence.Status) whence.Status {
	h := s.tree[i].Head
	switch {
	case outer == whence.NotHappened && s.tree[i].Label == english.Obj && !s.has(h, english.Replying) && !s.definite(i):
		return outer
	case outer == whence.NotHappened || outer == whence.UnderWay:
		return whence.Happened
	case !s.tree[i].Label.Subject() && s.definite(i):
		return whence.Happened
	}
	return outer
}

// definite tells whether the words before noun i say that it is known: "the",
// "its", "the island's".
func (s *sentence) definite(i int) bool {
	if s.tree.ChildLabelled(i, english.NmodPoss) >= 0 {
		return true
	}
	d := s.tree.ChildLabelled(i, english.Det)
	return d >= 0 && s.has(d, english.Known)
}

// counted tells whether a number says how many of noun i there are.
func (s *sentence) counted(i int) bool { return s.tree.ChildLabelled(i, english.Nummod) >= 0 }

// reaches tells whether the effect of h on its objects reaches noun i.
func (s *sentence) reaches(i, h int, effect whence.Status, act bool) bool {
	label := s.tree[i].Label
	verb := s.tag(h).Verb()
	switch {
	case s.has(h, english.Requesting) && s.childWith(i, english.Toward, english.Case) >= 0:
		return true // "a request for"
	case verb && label == english.Obl:
		return s.has(h, english.Requesting|english.Planning|english.Considering|english.Expecting) && act
	case verb && s.tree.ChildLabelled(h, english.Xcomp) >= 0:
		return false // "asked five people to leave"
	case !verb && label == english.Nmod && s.has(h, english.Expecting):
		return true // "fears of"
	case effect == whence.NotHappened || effect == whence.StatusDenied || effect == whence.Possible:
		return act
	case !verb:
		return act || label == english.Nmod && s.counted(i)
	}
	return true
}
