package when

import "whence/english"

// tense is where the words put what they tell, seen from now.
type tense int

// The tenses.
const (
	unsaid tense = iota
	past
	present
	future
)

// mostSteps is how far up the tree the governing verb is looked for.
const mostSteps = 8

// tense is that of the words around word i: of "since", of a verb right before
// it, or else of the nearest verb above it in the tree that has one. The present
// tense counts only where the time says when ("leaves Friday").
func (p *parser) tense(i int) tense {
	if i < 0 || i >= len(p.tree) {
		return unsaid
	}
	if p.particle(i-1, english.TimeSince) {
		return past
	}
	if t := p.tag(i - 1); t == english.VBD || t == english.VBN && p.tag(i-2) != english.VB && !p.prospective(i-1) {
		return past
	}
	if p.tag(i+1) == english.VBD {
		return past
	}
	at := i
	for step := range mostSteps {
		if p.tree[at].Tag.Verb() || p.tree.ChildLabelled(at, english.Cop, english.Aux) >= 0 {
			switch t := p.tenseOf(at); {
			case t == present && step > 1:
				return p.untold(i)
			case t != unsaid:
				return t
			}
		}
		if at = p.tree[at].Head; at < 0 {
			break
		}
	}
	return p.untold(i)
}

// untold is the tense of words that no verb has any for: "shut until Friday".
func (p *parser) untold(i int) tense {
	if p.particle(i-1, english.TimeUntil) {
		return future
	}
	return unsaid
}

// prospective tells whether verb v tells of what is to come: "expected".
func (p *parser) prospective(v int) bool {
	return english.LookupTime(p.tree[v].Lemma).Particle == english.Prospective
}

// tenseOf is the tense of one verb with its auxiliaries.
func (p *parser) tenseOf(v int) tense {
	infinitive := false
	said := unsaid
	for c := range p.tree.Children(v) {
		switch node := &p.tree[c]; {
		case node.Label != english.Aux && node.Label != english.AuxPass && node.Label != english.Cop && node.Label != english.Mark:
		case node.Tag == english.MD:
			if p.particle(c, english.PastModal) && p.perfect(v) {
				return past
			}
			return future
		case node.Tag == english.TO:
			infinitive = true
		case node.Tag == english.VBD || node.Tag == english.VBZ && english.Lookup(p.tokens[c].Text).Class.Has(english.Have),
			node.Tag == english.VBP && english.Lookup(p.tokens[c].Text).Class.Has(english.Have):
			said = past
		case node.Tag == english.VBP || node.Tag == english.VBZ:
			said = present
		}
	}
	if infinitive {
		return p.infinitive(v)
	}
	if said != unsaid {
		if p.tree[v].Tag == english.VBN && p.prospective(v) {
			return future
		}
		return said
	}
	switch p.tree[v].Tag {
	case english.VBD, english.VBN:
		return past
	case english.VBZ, english.VBP, english.VB:
		return present
	}
	return unsaid
}

// perfect tells whether a verb has "have" among its auxiliaries.
func (p *parser) perfect(v int) bool {
	for c := range p.tree.Children(v) {
		if p.tree[c].Label == english.Aux && english.Lookup(p.tokens[c].Text).Class.Has(english.Have) {
			return true
		}
	}
	return false
}

// infinitive is the tense of an infinitive: what a past verb of doing governs is
// past ("managed to escape"), all else lies ahead.
func (p *parser) infinitive(v int) tense {
	h := p.tree[v].Head
	if h < 0 {
		return future
	}
	if english.LookupTime(p.tree[h].Lemma).Particle == english.Implicative {
		return unsaid // as its governor
	}
	return future
}
