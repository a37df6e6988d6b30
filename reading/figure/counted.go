package figure

import (
	"whence"
	"whence/english"
)

// furthest is how many words after its number a counted head is looked for.
const furthest = 8

// counted finds what the count counts: the words after the number up to the
// last noun of its phrase, and what "of" adds where the noun is only a portion.
func (v *view) counted(all []count, i int) {
	c := &all[i]
	c.span = c.Span
	c.node = v.top(c.NumberFrom, c.NumberTo)
	if c.head >= 0 {
		return // counted by an article
	}
	if c.UnitTo > c.UnitFrom {
		c.node = v.top(c.UnitFrom, c.UnitTo)
		if v.substance(c.UnitTo) {
			c.span = c.Bare
			c.head, c.countedFrom = v.top(c.UnitFrom, c.UnitTo), c.UnitFrom
			c.countedTo = v.phraseEnd(c.UnitTo + 1)
		}
		return
	}
	if isMoney(c.Unit) || c.Unit != "" {
		if h := v.tree[c.node].Head; h > c.node && h < len(v.tree) && v.tree[h].Tag.Noun() && h <= c.To+furthest && c.To <= h {
			c.node = h
		}
		return
	}
	from := c.To
	if from < len(v.tree) && english.MeasureWord(v.tree[from].Lemma).Has(english.MoreOf|english.FewerOf) {
		from++
	}
	if from < len(v.tree) && v.tree[from].Tag == english.HYPH {
		return
	}
	if from == c.To && from+1 < len(v.tree) && v.ofThem(c) && english.Lookup(v.tokens[from].Text).Particle == english.Of {
		from += 2 // "two of them children"
	}
	to := v.phraseEnd(from)
	if to == from {
		v.shared(all, i)
		return
	}
	c.head, c.countedFrom, c.countedTo = to-1, from, to
	c.node = c.head
	if to < len(v.tree) && english.Lookup(v.tokens[to].Text).Particle == english.Of {
		if end := v.phraseEnd(to + 1); end > to+1 {
			c.countedTo = end
		}
	}
	c.person = v.human(c.head) && !v.others(c.head)
}

// shared gives a count the head that it shares with the next: "two current and
// two former officials". Who is dead is none of the others: "one dead and three others
// wounded".
func (v *view) shared(all []count, i int) {
	c := &all[i]
	k := c.To
	for k < len(v.tree) && v.adjective(k) {
		k++
	}
	if k == c.To || k >= len(v.tree) || v.tree[k].Tag != english.CC || i+1 >= len(all) || all[i+1].From != k+1 {
		return
	}
	from := all[i+1].To
	to := v.phraseEnd(from)
	for from < to-1 && v.adjective(from) {
		from++
	}
	if to > from && !(v.fated(k-1) && (v.others(to-1) || v.fated(to))) {
		c.head, c.countedFrom, c.countedTo, c.node = to-1, from, to, to-1
		c.person = v.human(c.head)
	}
}

// fated tells whether word k, if there is one, says what became of persons.
func (v *view) fated(k int) bool {
	if k >= len(v.tree) {
		return false
	}
	_, ok := fateOf[english.MeasureOf(v.tree[k].Lemma).Name]
	return ok
}

// substance tells whether "of" and a bare noun follow: "tonnes of nitrate".
func (v *view) substance(at int) bool {
	if at+1 >= len(v.tree) || english.Lookup(v.tokens[at].Text).Particle != english.Of {
		return false
	}
	t := v.tree[at+1].Tag
	return t == english.NN || t == english.NNS || t == english.JJ
}

func (v *view) adjective(k int) bool {
	t := v.tree[k].Tag
	return t == english.JJ || t == english.JJR || t == english.JJS
}

// phraseEnd is the end of the noun phrase that starts at a word: after its last
// noun, or where it starts if there is none. Articles at its start belong to it.
func (v *view) phraseEnd(from int) int {
	end := from
	k := from
	if k < len(v.tree) && (v.tree[k].Tag == english.DT || v.tree[k].Tag == english.PRPS) && k > 0 && v.tree[k-1].Tag == english.IN {
		k++
	}
	for ; k < len(v.tree) && k < from+furthest; k++ {
		switch t := v.tree[k].Tag; t {
		case english.NN, english.NNS, english.NNP, english.NNPS:
			if end > from && v.tree[end-1].Tag == english.NNS && t != english.NNS {
				return end
			}
			end = k + 1
		case english.JJ, english.JJR, english.JJS, english.HYPH, english.POS, english.CD:
		case english.VBN, english.VBG:
			if k+1 >= len(v.tree) || !v.tree[k+1].Tag.Noun() && v.tree[k+1].Tag != english.JJ || end > from {
				return end
			}
		default:
			return end
		}
		if end > from && end <= k && v.tree[k].Tag != english.POS && v.tree[k].Tag != english.HYPH {
			return end // something else after the noun
		}
	}
	return end
}

// top is the word of a stretch from which the others hang.
func (v *view) top(from, to int) int {
	for k := from; k < to; k++ {
		if h := v.tree[k].Head; h < from || h >= to {
			return k
		}
	}
	return from
}

// human tells whether a noun is one for persons.
func (v *view) human(k int) bool {
	n := &v.tree[k]
	if english.MeasureWord(n.Lemma).Has(english.Human | english.Others) {
		return true
	}
	if n.Tag == english.NNP || n.Tag == english.NNPS {
		return false
	}
	return english.NameWord(n.Lemma).Has(english.PersonNoun) ||
		english.Lookup(n.Lemma).Class.Has(english.Role|english.Anonymous)
}

// others tells whether a noun stands for more of whatever is spoken of.
func (v *view) others(k int) bool { return english.MeasureWord(v.tree[k].Lemma).Has(english.Others) }

func isMoney(unit string) bool {
	return len(unit) == 3 && unit[0] >= 'A' && unit[0] <= 'Z' && unit[2] >= 'A' && unit[2] <= 'Z'
}

// single adds the persons that are counted by an article and have a casualty's
// fate: "a man was killed", "killing a woman"; and "nobody".
func (v *view) single(all []count) []count {
	next := 0
	for k := 0; k < len(v.tree); k++ {
		for next < len(v.quantities) && v.quantities[next].To <= k {
			next++
		}
		if t := v.tree[k].Tag; t != english.DT && t != english.NN || next < len(v.quantities) && v.quantities[next].From <= k {
			continue
		}
		c, ok := v.article(k)
		if !ok {
			continue
		}
		at := len(all)
		for at > 0 && all[at-1].From > k {
			at--
		}
		all = append(all[:at], append([]count{c}, all[at:]...)...)
	}
	return all
}

// article reads a person counted by the article at a word.
func (v *view) article(k int) (count, bool) {
	low, to := 1.0, k+1
	word := v.tokens[k].Text
	switch v.tree[k].Tag {
	case english.DT:
		if english.Lookup(word).Particle == english.A || english.MeasureWord(word).Has(english.MoreOf) {
			break
		}
		if k+1 == len(v.tokens) || !english.Lookup(word).Class.Has(english.Nothing) || !english.MeasureWord(word+"_"+v.tokens[k+1].Text).Has(english.Nobody) {
			return count{}, false
		}
		low, to = 0, k+2
	case english.NN:
		if !english.MeasureWord(word).Has(english.Nobody) {
			return count{}, false
		}
		low = 0
	default:
		return count{}, false
	}
	for i := range v.quantities {
		if v.quantities[i].From == to {
			return count{}, false // "another three"
		}
	}
	c := newCount(Quantity{})
	c.From, c.To, c.NumberFrom, c.NumberTo, c.UnitFrom, c.UnitTo = k, to, k, to, to, to
	c.Span = v.span(k, to)
	c.Bare = c.Span
	c.Low, c.High, c.Qualifier = whence.At(low), whence.At(low), whence.Exact
	if low == 1 {
		end := v.phraseEnd(to)
		switch {
		case end == to && english.MeasureWord(word).Has(english.MoreOf):
			c.node = k // "another was injured"
		case end == to || !v.human(end-1) || v.tree[end-1].Tag == english.NNS:
			return count{}, false
		default:
			c.head, c.countedFrom, c.countedTo, c.node = end-1, to, end, end-1
		}
	} else {
		c.node = to - 1
	}
	c.person = true
	probe := []count{c}
	v.measured(probe, 0)
	if !casualties[probe[0].measure] {
		return count{}, false
	}
	return c, true
}

// casualties are the measures under which an article counts.
var casualties = map[string]bool{"killed": true, "injured": true, "missing": true}
