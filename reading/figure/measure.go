package figure

import "whence/english"

// measured finds what happened to what the count counts, and whether it is a
// total or a change.
func (v *view) measured(all []count, i int) {
	c := &all[i]
	v.part(all, i)
	m, at := v.measureOf(c)
	if m.Name == "" && c.partOf == i+1 {
		whole := all[i+1] // "three of its five boats were sold"
		whole.divided = false
		m, at = v.measureOf(&whole)
	}
	c.measure, c.governor = m.Name, at
	c.person = c.person || m.Person && c.Unit == "" && (c.head < 0 || c.head == at || v.others(c.head))
	if c.partOf >= 0 {
		whole := &all[c.partOf]
		if whole.measure == "" && c.partOf < i && v.includes(c) {
			whole.measure, whole.governor = c.measure, c.governor
		}
		if c.measure == "" || v.includes(c) {
			c.measure, c.governor = whole.measure, whole.governor
		}
		c.person = c.person || whole.person && c.head < 0
	}
	c.change = v.changeOf(c)
}

// measureOf is the measure of a count, and the word that gives it.
func (v *view) measureOf(c *count) (english.Measure, int) {
	steps := around[:]
	if c.divided {
		steps = within[:] // the rest is said of its part
	}
	for _, step := range steps {
		if m, at := step(v, c); m.Name != "" {
			return m, at
		}
	}
	return english.MeasureOf(c.Unit), -1
}

// The ways to a measure, the surest first: within the phrase of the count, and
// around it too.
var (
	within = [...]func(*view, *count) (english.Measure, int){(*view).byHead, (*view).byUnit, (*view).byModifier}
	around = [...]func(*view, *count) (english.Measure, int){
		(*view).byHead, (*view).byUnit, (*view).byNext, (*view).byModifier, (*view).byBefore, (*view).byGovernor,
	}
)

// byHead: "three deaths", "a $5 million bounty".
func (v *view) byHead(c *count) (english.Measure, int) {
	for _, k := range []int{c.head, c.node} {
		if k < 0 || k >= c.NumberFrom && k < c.NumberTo {
			continue
		}
		if m := english.MeasureOf(v.tree[k].Lemma); m.Counts {
			return m, k
		}
	}
	return english.Measure{}, -1
}

// byUnit: "700 metres from the shore".
func (v *view) byUnit(c *count) (english.Measure, int) {
	if c.UnitTo == c.UnitFrom || c.UnitTo >= len(v.tree) || isMoney(c.Unit) {
		return english.Measure{}, -1
	}
	if m := english.MeasureOf(c.Unit + "_" + v.tokens[c.UnitTo].Text); m.Name != "" {
		return m, c.UnitTo
	}
	return english.Measure{}, -1
}

// byNext: "14 dead", "3 killed", "two others wounded", "four people shot": the
// word right after the phrase is a participle or an adjective.
func (v *view) byNext(c *count) (english.Measure, int) {
	k := max(c.To, c.countedTo, c.UnitTo)
	if k < len(v.tree) && english.MeasureWord(v.tree[k].Lemma).Has(english.MoreOf|english.FewerOf) {
		k++
	}
	if k == c.To && k+2 < len(v.tree) && v.ofThem(c) && english.Lookup(v.tokens[k].Text).Particle == english.Of && v.tree[k+2].Tag == english.RB {
		k += 2 // "one of them fatally"
	}
	from := k
	for k < len(v.tree) && k < from+4 && (english.Lookup(v.tokens[k].Text).Class.Has(english.Be|english.Have) || v.tree[k].Tag == english.RB && english.MeasureOf(v.tree[k].Lemma).Name == "") {
		k++
	}
	if k >= len(v.tree) {
		return english.Measure{}, -1
	}
	switch v.tree[k].Tag {
	case english.VBN, english.JJ, english.NN, english.NNS, english.RB:
		if k > from && v.tree[k].Tag != english.VBN && v.tree[k].Tag != english.JJ {
			return english.Measure{}, -1
		}
		return v.own(k)
	case english.VBD:
		if v.tree[c.node].Head == k && v.doer(k, v.tree[c.node].Label) {
			return english.Measure{}, -1
		}
		if c.head < 0 || v.tree[k].Head == c.head || v.tree[c.node].Head == k {
			return v.own(k)
		}
	}
	return english.Measure{}, -1
}

// byBefore: "killing 11 people": the word right before is a verb.
func (v *view) byBefore(c *count) (english.Measure, int) {
	k := c.From - 1
	if k > 0 && (v.tree[k].Tag == english.RB || v.tree[k].Tag == english.RP) {
		k--
	}
	if k < 0 || !v.tree[k].Tag.Verb() || v.tree[k].Tag == english.VBN && !english.Lookup(v.tokens[k].Text).Form.Has(english.Past) {
		return english.Measure{}, -1
	}
	return v.own(k)
}

// byModifier: "31 wounded soldiers", "people killed in the storm".
func (v *view) byModifier(c *count) (english.Measure, int) {
	if c.head < 0 {
		return english.Measure{}, -1
	}
	for k := range v.tree.Children(c.head) {
		switch v.tree[k].Label {
		case english.Amod, english.Acl, english.AclRelcl:
			if v.tree[k].Label == english.AclRelcl && (v.tree[k].Tag == english.VBG || v.does(k)) {
				continue
			}
			if m, at := v.own(k); m.Name != "" {
				return m, at
			}
		}
	}
	return english.Measure{}, -1
}

// does tells whether a clause on a noun says what the noun did to others: "men who
// shot four people".
func (v *view) does(k int) bool {
	if v.tree.ChildLabelled(k, english.Obj) < 0 {
		return false
	}
	s := v.tree.ChildLabelled(k, english.Nsubj)
	return s >= 0 && english.Lookup(v.tokens[s].Text).Class.Has(english.Relative)
}

// doer tells whether a phrase is who did it to others: "was shot by two men", "two
// men shot a third".
func (v *view) doer(k int, label english.Label) bool {
	switch label {
	case english.OblAgent:
		return true
	case english.Nsubj:
		m, _ := v.own(k)
		_, ok := fateOf[m.Name]
		if at := v.kills(k + 1); at >= 0 && v.met(v.tree.ChildLabelled(at, english.Obj)) {
			return true // "two men shot and killed a third"
		}
		return ok && v.met(v.tree.ChildLabelled(k, english.Obj))
	}
	return false
}

// met tells whether an object is persons, or "fire", so that what is said befalls
// it and not the subject: not the lives that somebody lost.
func (v *view) met(obj int) bool {
	return obj >= 0 && (v.persons(obj) != nobody || v.tree.ChildLabelled(obj, english.Nummod) >= 0 ||
		english.MeasureWord(v.tree[obj].Lemma).Has(english.Gunshot))
}

// steps is how many words up the tree a measure is looked for.
const steps = 6

// byGovernor climbs to the verb or noun that governs the phrase.
func (v *view) byGovernor(c *count) (english.Measure, int) {
	from := c.node
	var last english.Measure
	at := -1
	for n := 0; n < steps; n++ {
		label, k := v.tree[from].Label, v.tree[from].Head
		if k < 0 {
			if n > 0 {
				return last, at
			}
			return v.own(from)
		}
		if k >= c.From && k < max(c.To, c.countedTo) {
			from = k
			continue
		}
		node := &v.tree[k]
		switch {
		case node.Tag.Verb() && v.doer(k, label):
			return english.Measure{}, -1
		case node.Tag.Verb():
			return v.verb(c, from, k, label)
		case node.Tag.Noun() || node.Tag == english.JJ || node.Tag == english.CD:
			if m, at := v.own(k); m.Name != "" && v.belongs(from, label) {
				return m, at
			}
			if node.Tag.Noun() && label == english.Nsubj || label == english.NsubjPass {
				if m, at := v.modifierMeasure(k); m.Name != "" {
					return m, at
				}
			}
		}
		from = k
	}
	return last, at
}

// belongs tells whether a phrase is what the noun or adjective over it is said
// of: "the shooting of five teenagers", not "the shooting near 5 Mill Street".
func (v *view) belongs(from int, label english.Label) bool {
	switch label {
	case english.Nmod, english.Obl:
		c := v.tree.ChildLabelled(from, english.Case)
		if c < 0 {
			return true
		}
		p := english.Lookup(v.tokens[c].Text).Particle
		return p == english.Of
	case english.Conj, english.Appos, english.Parataxis, english.List:
		return false
	}
	return true
}

func (v *view) modifierMeasure(k int) (english.Measure, int) {
	for d := range v.tree.Children(k) {
		if m, at := v.own(d); m.Name != "" {
			return m, at
		}
	}
	return english.Measure{}, -1
}

// verb is the measure that a governing verb gives.
func (v *view) verb(c *count, from, k int, label english.Label) (english.Measure, int) {
	if m, at := v.toll(c, k, label); m.Name != "" {
		return m, at
	}
	if m, at := v.own(k); m.Name != "" {
		return m, at
	}
	if !english.MeasureWord(v.tree[k].Lemma).Has(english.Light) {
		switch label {
		case english.Nsubj, english.NsubjPass, english.Obj, english.OblUnmarked, english.Obl:
			return english.Measure{Name: english.ParticipleOf(v.lemma(k))}, k
		}
		return english.Measure{}, -1
	}
	// "left 14 people dead", "was found dead", "was confirmed killed"
	for d := range v.tree.Children(k) {
		if d == from {
			continue
		}
		switch v.tree[d].Label {
		case english.Xcomp, english.Advcl, english.Obj, english.Conj:
			if v.tree[d].Label == english.Conj && d < from {
				continue
			}
			if m, at := v.own(d); m.Name != "" && v.nearby(d, c) {
				return m, at
			}
		}
	}
	if v.tree[k].Label == english.Xcomp || v.tree[k].Label == english.Conj {
		if h := v.tree[k].Head; h >= 0 {
			return v.own(h)
		}
	}
	return english.Measure{}, -1
}

// reach is how many words apart a measure without an arc to its count may be.
const reach = 12

func (v *view) nearby(d int, c *count) bool { return d > c.From-reach && d < c.To+reach }

// toll: "the death toll rose to 64", "the number of injured stands at 12".
func (v *view) toll(c *count, k int, label english.Label) (english.Measure, int) {
	if label == english.Nsubj || label == english.NsubjPass {
		return english.Measure{}, -1
	}
	s := v.tree.ChildLabelled(k, english.Nsubj, english.NsubjPass)
	if o := v.tree.ChildLabelled(k, english.Obj); label == english.Obl && o >= 0 && o < c.From {
		s = o // "put the price at $5"
	}
	if s < 0 || label == english.Obj && !english.MeasureWord(v.tree[k].Lemma).Has(english.Light) {
		s = -1
	}
	if s < 0 {
		return english.Measure{}, -1
	}
	if m := english.MeasureOf(v.tree[s].Lemma); m.Counts {
		return m, s
	}
	if !english.MeasureWord(v.tree[s].Lemma).Has(english.Toll) {
		return english.Measure{}, -1
	}
	for d := v.tree[s].First; d < v.tree[s].End; d++ {
		if m, at := v.own(d); m.Name != "" && d != c.node {
			return m, at
		}
	}
	return english.Measure{}, -1
}

// own is the measure that a word gives itself, alone or with what depends on it.
func (v *view) own(k int) (english.Measure, int) {
	lemma := v.lemma(k)
	if v.tree[k].Tag == english.VBG {
		if m := english.MeasureOf(v.tokens[k].Text); m.Name != "" {
			return m, k // "missing" is no form of "miss"
		}
	}
	if v.tree[k].Tag.Verb() || v.tree[k].Tag == english.JJ || v.tree[k].Tag == english.NN {
		if m := v.phrase(lemma, k); m.Name != "" {
			return m, k
		}
	}
	m := english.MeasureOf(lemma)
	if m.Name == "" || m.Counts && m.Name == lemma && v.tree[k].Tag.Verb() {
		return english.Measure{}, -1
	}
	return m, k
}

// phrase is the measure of word k with the next words, with a word that hangs
// on it, or with the adverb before.
func (v *view) phrase(lemma string, k int) english.Measure {
	if !english.MeasurePhrase(lemma) {
		return english.Measure{}
	}
	if k+1 < len(v.tree) {
		next := lemma + "_" + v.tree[k+1].Lemma
		if m := english.MeasureOf(next); m.Name != "" {
			return m
		}
		if k+2 < len(v.tree) {
			if m := english.MeasureOf(next + "_" + v.tree[k+2].Lemma); m.Name != "" {
				return m
			}
		}
	}
	if k > 0 && v.tree[k-1].Tag == english.RB {
		if m := english.MeasureOf(lemma + "_" + v.tree[k-1].Lemma); m.Name != "" {
			return m
		}
	}
	for d := range v.tree.Children(k) {
		switch v.tree[d].Label {
		case english.Obj, english.Xcomp, english.CompoundPrt, english.Compound, english.Obl, english.OblAgent, english.Amod:
			if m := english.MeasureOf(lemma + "_" + v.tree[d].Lemma); m.Name != "" {
				return m
			}
			if c := v.tree.ChildLabelled(d, english.Case); c >= 0 {
				if m := english.MeasureOf(lemma + "_" + v.tree[c].Lemma + "_" + v.tree[d].Lemma); m.Name != "" {
					return m
				}
			}
		}
	}
	return english.Measure{}
}

// lemma is the lemma of a word; of a form of a verb that the lexicon knows, the
// lexicon's.
func (v *view) lemma(k int) string {
	tag, lemma := v.tree[k].Tag, v.tree[k].Lemma
	switch {
	case tag.Verb(), tag == english.JJ, tag == english.NN:
	default:
		return lemma
	}
	w := english.Lookup(v.tokens[k].Text)
	if w.Verb == nil || !tag.Verb() && (!w.Form.Has(english.Past|english.Participle) || english.MeasureOf(lemma).Name != "") {
		return lemma
	}
	return w.Verb.Lemma
}
