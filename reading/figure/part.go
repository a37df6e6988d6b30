package figure

import (
	"whence"
	"whence/english"
)

// part finds the count that this one is a part of: "64, including 13
// children", "14 people, two of them children", "three of its five boats".
func (v *view) part(all []count, i int) {
	c := &all[i]
	if v.ofWhole(all, i) {
		return
	}
	if i == 0 || c.partOf >= 0 {
		return
	}
	if v.listed(all, i) {
		return
	}
	if v.includes(c) || v.ofThem(c) || v.gravely(c) {
		if j := v.whole(all, i); j >= 0 {
			c.partOf = j
		}
	}
}

// listed: "four people, two men and two women": those that follow, close
// together, make up the count before.
func (v *view) listed(all []count, i int) bool {
	whole := &all[i-1]
	if whole.partOf >= 0 || !whole.High.Known || whole.Low != whole.High || whole.Unit != all[i].Unit {
		return false
	}
	sum, at := 0.0, max(whole.To, whole.countedTo)
	for j := i; j < len(all) && all[j].From <= at+3 && all[j].Low.Known; j++ {
		sum += all[j].Low.Value
		at = max(all[j].To, all[j].countedTo)
		if sum >= whole.Low.Value {
			if sum > whole.Low.Value || j == i {
				return false
			}
			for ; j >= i; j-- {
				all[j].partOf = i - 1
			}
			return true
		}
	}
	return false
}

// whole is the nearest count before that can have parts: not itself a part.
func (v *view) whole(all []count, i int) int {
	for j := i - 1; j >= 0; j-- {
		if all[j].partOf < 0 && (all[j].Unit == "" || all[j].Unit == all[i].Unit) && fits(&all[i], &all[j]) {
			return j
		}
	}
	return -1
}

// fits tells whether one count may be a part of the other by their numbers.
func fits(part, whole *count) bool {
	return !part.Low.Known || !whole.High.Known || part.Low.Value <= whole.High.Value
}

// includes tells whether a word of inclusion stands before the count.
func (v *view) includes(c *count) bool {
	for k := c.From - 1; k >= 0 && k >= c.From-4; k-- {
		if english.MeasureWord(v.tokens[k].Text).Has(english.Includes) {
			// "a girl among four wounded" is the other way round
			return k < c.From-1 || !english.NameWord(v.tokens[k].Text).Has(english.Amid) && v.tree[k].Tag != english.IN
		}
		if t := v.tree[k].Tag; t != english.PRP && t != english.Comma && t != english.RB && t != english.IN && t != english.CC && t != english.JJ && t != english.NNS && t != english.CD {
			return false
		}
	}
	return false
}

// ofThem: "two of them children", "four of whom died".
func (v *view) ofThem(c *count) bool {
	k := c.To
	if k+1 >= len(v.tree) || english.Lookup(v.tokens[k].Text).Particle != english.Of {
		return v.whomBefore(c)
	}
	w := english.Lookup(v.tokens[k+1].Text).Class
	return w.Has(english.ObjectPronoun) || w.Has(english.Relative)
}

// gravely: "five were hurt, two critically", "two in critical condition".
func (v *view) gravely(c *count) bool {
	if c.head >= 0 && v.tree[c.head].Lemma != "condition" || c.To >= len(v.tree) {
		return false
	}
	if v.tree[c.To].Tag == english.RB {
		return english.MeasureWord(v.tokens[c.To].Text).Has(english.Gravely)
	}
	for k := c.To + 1; k < min(c.To+4, len(v.tree)); k++ {
		if v.tree[c.To].Tag == english.IN && english.MeasureWord(v.tree[k].Lemma).Has(english.Condition) {
			return true
		}
	}
	return false
}

// whomBefore: "of whom three died".
func (v *view) whomBefore(c *count) bool {
	k := c.From - 1
	return k > 0 && english.Lookup(v.tokens[k].Text).Class.Has(english.Relative|english.ObjectPronoun) &&
		english.Lookup(v.tokens[k-1].Text).Particle == english.Of
}

// bare tells whether a count has neither a noun nor a measure of its own, and
// nothing but saying over it.
func (v *view) bare(c *count) bool {
	if c.Kind != Count || c.measure != "" || c.Unit != "" || c.countedTo > c.countedFrom && !v.ofThem(c) {
		return false
	}
	h := v.tree[c.node].Head
	return h < 0 || !v.tree[h].Tag.Verb() || english.MeasureWord(v.lemma(h)).Has(english.Light)
}

// ofWhole: "three of its five boats", "nine of the 22 bollards".
func (v *view) ofWhole(all []count, i int) bool {
	c := &all[i]
	if i+1 >= len(all) || c.To >= len(v.tree) || english.Lookup(v.tokens[c.To].Text).Particle != english.Of {
		return false
	}
	next := &all[i+1]
	if next.From > c.To+5 || !fits(c, next) {
		return false
	}
	for k := c.To + 1; k < next.From; k++ {
		switch v.tree[k].Tag {
		case english.DT, english.PRPS, english.NNP, english.POS, english.NN, english.PRP:
		default:
			return false
		}
	}
	c.partOf, next.divided = i+1, true
	return true
}

// changeOf tells a total from a change, where the words say it.
func (v *view) changeOf(c *count) whence.Change {
	if k := c.From - 1; k >= 0 && english.MeasureWord(v.tokens[k].Text).Has(english.MoreOf) && v.tree[k].Tag == english.DT {
		return whence.Increase
	}
	for _, k := range []int{c.From, c.To, c.UnitTo, c.countedTo, c.countedFrom - 1} {
		if k < 0 || k >= len(v.tree) || k > c.From && k < c.To {
			continue
		}
		w := english.MeasureWord(v.tokens[k].Text)
		switch {
		case k == c.From && v.tree[k].Tag != english.DT && v.tree[k].Tag != english.JJ:
		case w.Has(english.MoreOf):
			return whence.Increase
		case w.Has(english.FewerOf) && k > c.From:
			return whence.Decrease
		}
	}
	return v.risen(c)
}

// change takes "rose by 12 to 76" apart, which is no range.
func (v *view) change(q Quantity) (by, to Quantity, ok bool) {
	if q.Qualifier != whence.Between || q.From == 0 || q.From != q.NumberFrom || english.Lookup(v.tokens[q.From-1].Text).Particle != english.By {
		return q, q, false
	}
	h := v.tree[v.top(q.From, q.To)].Head
	if h < 0 || !english.MeasureWord(v.lemma(h)).Has(english.Raises|english.Lowers) {
		return q, q, false
	}
	parts := [2]Quantity{q, q}
	for i, n := range q.Numbers {
		from, end := v.at(n.Start), v.at(n.End-1)
		if from < 0 || end < 0 || !n.Value.Known {
			return q, q, false
		}
		p := &parts[i]
		p.From, p.NumberFrom, p.To, p.NumberTo, p.UnitFrom, p.UnitTo = from, from, end+1, end+1, end+1, end+1
		p.Span, p.Bare, p.Amount = n.Span, n.Span, n.Span
		p.Low, p.High, p.Qualifier = n.Value, n.Value, whence.Exact
	}
	return parts[0], parts[1], q.UnitFrom == q.UnitTo
}

// risen: "rose by 12", "rose to 64", "fell 3 percent".
func (v *view) risen(c *count) whence.Change {
	k := v.tree[c.node].Head
	if k < 0 || !v.tree[k].Tag.Verb() {
		return ""
	}
	w := english.MeasureWord(v.tree[k].Lemma)
	if !w.Has(english.Raises | english.Lowers) {
		return ""
	}
	before := english.NoParticle
	if c.From > 0 {
		before = english.Lookup(v.tokens[c.From-1].Text).Particle
	}
	switch label := v.tree[c.node].Label; {
	case before == english.To:
		return whence.Total
	case before != english.By && label != english.OblUnmarked && label != english.Obj && label != english.Advmod,
		label == english.Obj && c.head >= 0:
		return ""
	case w.Has(english.Raises):
		return whence.Increase
	}
	return whence.Decrease
}
