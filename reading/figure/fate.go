package figure

import (
	"math"
	"slices"

	"whence/english"
)

// fate is what became of persons.
type fate uint8

const (
	dead fate = iota
	hurt
	shot    // dead or hurt
	treated // in hospital, dead later or not
	fates
)

var fateOf = map[string]fate{"killed": dead, "injured": hurt, "shot": shot, "struck": shot}

// tally is what one sentence says of one fate.
type tally struct {
	persons  float64   // all whose number is said
	numbered bool      // some by a number word
	more     bool      // also persons without a number ("they", "victims")
	parts    []float64 // what the number is the sum of
	heads    []int     // words that stand for them
	told     bool      // some word tells of the fate
	multiple float64   // of "a double shooting"
	rank     float64   // of "a third person"
}

// fates sums up the persons of a sentence by their fate.
func (v *view) fates() (all [fates]tally) { //nolint:gocyclo // a grammar: a case for each form
	counts := v.counts()
	taken := make(map[int]bool)
	for i := range counts {
		c := &counts[i]
		f, ok := fateOf[c.measure]
		if !ok || !v.countsPersons(c) || c.governor >= 0 && !v.real(c.governor) {
			continue
		}
		for k := c.From; k < max(c.To, c.countedTo); k++ {
			taken[k] = true
		}
		taken[c.node] = true
		if v.again(counts, i) {
			continue
		}
		if c.High.Known && c.Low.Known {
			all[f].count(c.Low.Value, c.node)
		} else {
			all[f].crowd(c.node)
		}
	}
	for _, q := range v.quantities {
		if q.Kind == Rank && q.Low.Known {
			probe := []count{newCount(q)}
			v.counted(probe, 0)
			m, _ := v.measureOf(&probe[0])
			if f, ok := fateOf[m.Name]; ok && probe[0].person {
				all[f].rank = max(all[f].rank, q.Low.Value)
			} else if probe[0].person && q.Low.Value > 1 && probe[0].head >= 0 && english.MeasureWord(v.tree[probe[0].head].Lemma).Has(english.Hit) {
				all[shot].rank = max(all[shot].rank, q.Low.Value)
			}
		}
	}
	v.multiples(&all)
	v.meet(&all, taken, counts, true)
	v.meet(&all, taken, counts, false)
	for f := range all {
		all[f].sum()
	}
	return all
}

// meet adds up whom the words of the sentence that tell of death, or of other fates,
// are said of: of who was shot and died, death is counted alone.
func (v *view) meet(all *[fates]tally, taken map[int]bool, counts []count, death bool) {
	for k := range v.tree {
		m, at := v.fateAt(k)
		f, ok := fateOf[m]
		if (ok && f == dead) != death {
			continue
		}
		if !ok && v.treatment(k) {
			v.treat(k, &all[treated], counts)
			continue
		}
		if !ok || at < 0 || !v.real(k) {
			continue
		}
		all[f].told = true
		patients := v.patients(k)
		if len(patients) == 0 {
			patients = v.before(k)
		}
		if len(patients) > 0 && patients[0] < k {
			patients = append(patients, v.besides(patients[0])...)
			patients = append(patients, v.joined(patients[0])...)
		}
		for _, p := range patients {
			if taken[p] || v.spoken(p, &all[f]) {
				continue
			}
			taken[p] = true
			v.enter(p, counts, &all[f])
		}
	}
}

// enter adds whoever word p stands for.
func (v *view) enter(p int, counts []count, t *tally) {
	if english.MeasureWord(v.tree[p].Lemma).Has(english.Toll) {
		if of := v.tree.ChildLabelled(p, english.Nmod); of >= 0 {
			p = of // "a total of five people"
		}
	}
	if n, ok := v.numberOf(p, counts); ok {
		t.count(n, p)
		return
	}
	switch v.persons(p) {
	case one:
		t.persons++
		t.parts = append(t.parts, 1)
		t.heads = append(t.heads, p)
	case several:
		if v.both(p) {
			t.count(2, p)
			return
		}
		t.crowd(p)
	}
}

// both: "both victims", "both of them", "both were".
func (v *view) both(p int) bool {
	s := v.phraseStart(p)
	for k := max(s-2, 0); k <= p; k++ {
		if english.MeasureWord(v.tokens[k].Text).Has(english.Both) {
			return true
		}
	}
	return false
}

// count adds n persons by a number word.
func (t *tally) count(n float64, head int) {
	t.persons += n
	t.numbered = true
	t.parts = append(t.parts, n)
	t.heads = append(t.heads, head)
}

// crowd adds persons without a number.
func (t *tally) crowd(head int) {
	t.more = true
	t.heads = append(t.heads, head)
}

// sum takes a number for a total where the others of the sentence make it up:
// "four people were found dead, two men inside and two women outside".
func (t *tally) sum() {
	if len(t.parts) < 3 {
		return
	}
	if top := slices.Max(t.parts); 2*top == t.persons {
		t.persons = top
	}
}

// again tells whether a count is of persons that another number or a name of the
// sentence stands for.
func (v *view) again(counts []count, i int) bool {
	c := &counts[i]
	if c.partOf >= 0 && (counts[c.partOf].measure == c.measure || counts[c.partOf].measure == "") || c.Low.Known && c.Low.Value != math.Trunc(c.Low.Value) {
		return true
	}
	if c.divided && c.governor < 0 {
		return true
	}
	h := v.tree[c.node].Head
	return h >= 0 && v.tree[c.node].Label == english.Appos && v.tree[h].Tag == english.NNP
}

// spoken tells whether the person of word p is one of those counted already:
// "a man recovers from his injuries", "a toddler among five wounded", "three, including
// an infant".
func (v *view) spoken(p int, t *tally) bool {
	if v.tree[p].Tag == english.PRPS {
		return t.persons > 0 && english.NameWord(v.tokens[p].Text).Has(english.HePronoun|english.ShePronoun)
	}
	if p+1 < len(v.tree) && v.amid(p+1) {
		return true
	}
	s := v.phraseStart(p) - 1
	return s >= 0 && t.numbered && english.MeasureWord(v.tokens[s].Text).Has(english.Includes) && !v.amid(s)
}

// amid: "among".
func (v *view) amid(k int) bool {
	return english.MeasureWord(v.tokens[k].Text).Has(english.Includes) && v.tree[k].Tag == english.IN && english.NameWord(v.tokens[k].Text).Has(english.Amid)
}

// multiples: "a triple homicide", "two counts of murder".
func (v *view) multiples(all *[fates]tally) {
	for k := range v.tree {
		w := english.MeasureWord(v.tree[k].Lemma)
		if !w.Has(english.Ordeal) || k == 0 {
			continue
		}
		f := dead
		if m, _ := v.own(k); m.Name == "shot" {
			f = shot
		}
		before := k - 1
		if v.tree[before].Tag == english.HYPH && before > 0 {
			before--
		}
		b := english.MeasureWord(v.tokens[before].Text)
		if v.tree[before].Tag != english.JJ && v.tree[before].Tag != english.NN && !b.Has(multiplesOf) {
			b = 0
		}
		if !b.Has(multiplesOf) && before > 0 {
			b = english.MeasureWord(v.tokens[before-1].Text)
		}
		for n, class := range map[float64]english.MeasureClass{2: english.Double, 3: english.Triple, 4: english.Quadruple, 5: english.Quintuple} {
			if b.Has(class) {
				all[f].multiple = n
			}
		}
		if f == dead {
			for _, q := range v.quantities {
				if q.To < len(v.tree) && q.To < k && k <= q.To+5 && english.MeasureWord(v.tree[q.To].Lemma).Has(english.ChargeCount) && q.Low.Known {
					tried := v.attempted(k)
					for n := q.To; n < k; n++ {
						tried = tried || english.MeasureWord(v.tree[n].Lemma).Has(english.Tries)
					}
					if tried {
						all[hurt].multiple = max(all[hurt].multiple, q.Low.Value)
					} else {
						all[f].multiple = max(all[f].multiple, q.Low.Value)
					}
				}
			}
		}
	}
}

const multiplesOf = english.Double | english.Triple | english.Quadruple | english.Quintuple

// mostPersons is a number that no count of persons without a noun exceeds.
const mostPersons = 300

// countsPersons tells whether a count is one of persons, or of deaths.
func (v *view) countsPersons(c *count) bool {
	switch {
	case c.Unit != "" && c.Unit != "person", c.Kind == Label, c.head < 0 && c.To < len(v.tree) && v.tree[c.To].Tag == english.HYPH:
		return false
	case c.head < 0:
		at := c.From > 0 && english.MeasureWord(v.tokens[c.From-1].Text).Has(english.Aims) // "dies at 96"
		return c.Low.Value < mostPersons && !at
	case v.human(c.head):
		return true
	}
	return c.governor == c.head && c.measure == killedMeasure || english.Lookup(v.tokens[c.head].Text).Form.Has(english.Participle)
}

// treatment tells whether word k is a hospital or somebody's condition.
func (v *view) treatment(k int) bool {
	w := english.MeasureWord(v.tree[k].Lemma)
	if w.Has(english.Condition) {
		for d := range v.tree.Children(k) {
			if english.MeasureWord(v.tree[d].Lemma).Has(english.Grave | english.Healing) {
				return true
			}
		}
		return false
	}
	return w.Has(english.Hospital) && (v.tree[k].Tag == english.NN || v.tree[k].Tag == english.NNS || v.tree[k].Tag == english.VB) || w.Has(english.Survive) || w.Has(english.Grave) && k > 0 && v.tree[k-1].Tag == english.CD
}

// treat counts those in treatment.
func (v *view) treat(k int, t *tally, counts []count) {
	t.told = true
	p := -1
	for n, up := k, 0; n >= 0 && up < 4; n, up = v.tree[n].Head, up+1 {
		if s := v.tree.ChildLabelled(n, english.NsubjPass, english.Nsubj); s >= 0 {
			p = s
			break
		}
		if o := v.tree.ChildLabelled(n, english.Obj); o >= 0 && n != k {
			p = o
			break
		}
		if l := v.tree[n].Label; l == english.Acl || l == english.Nmod {
			p = v.tree[n].Head
			if v.persons(p) != nobody {
				break
			}
		}
	}
	if k > 0 && v.tree[k-1].Tag == english.CD {
		p = k - 1
	}
	if p < 0 {
		return
	}
	for _, h := range append([]int{p}, v.conjuncts(p)...) {
		if slices.Contains(t.heads, h) {
			continue
		}
		v.enter(h, counts, t)
	}
}

func (v *view) conjuncts(p int) (to []int) {
	for d := range v.tree.Children(p) {
		if v.tree[d].Label == english.Conj {
			to = append(to, d)
		}
	}
	return to
}

// numberOf is the number of a count of persons that word h stands for.
func (v *view) numberOf(h int, counts []count) (float64, bool) {
	for i := range counts {
		c := &counts[i]
		if (c.node == h || c.From <= h && h < c.To) && (c.person || c.head < 0) && c.Unit == "" && c.High.Known && c.Low.Known && c.Low.Value < mostPersons {
			return c.Low.Value, true
		}
	}
	return 0, false
}

// fateAt is the measure that word k gives, those of verbs that share patients
// with it aside: "shot and killed" is killed.
func (v *view) fateAt(k int) (string, int) {
	m, at := v.own(k)
	if m.Name == "injured" && k > 0 && english.MeasureWord(v.tree[k].Lemma).Has(english.Wound) && english.MeasureWord(v.tokens[k-1].Text).Has(english.Gunshot) {
		return "shot", at
	}
	if m.Name != "shot" {
		return m.Name, at
	}
	if v.kills(k+1) >= 0 {
		return killedMeasure, at
	}
	for d := range v.tree.Children(k) {
		if l := v.tree[d].Label; l == english.Conj || l == english.Advcl || l == english.Parataxis {
			if o, _ := v.own(d); o.Name == "killed" || o.Name == "injured" {
				if v.tree.ChildLabelled(d, english.Nsubj, english.NsubjPass, english.Obj) < 0 {
					return o.Name, k
				}
			}
		}
	}
	return m.Name, at
}

// real tells whether the words around a fate leave it standing: neither denied,
// nor possible, nor attempted.
func (v *view) real(k int) bool {
	if v.attempted(k) {
		return false
	}
	for n, up := k, 0; n >= 0 && up < 3; n, up = v.tree[n].Head, up+1 {
		for d := range v.tree.Children(n) {
			w := english.Lookup(v.tokens[d].Text).Class
			switch v.tree[d].Label {
			case english.Aux:
				if w.Has(english.Modal) {
					return false
				}
			case english.Advmod:
				if w.Has(english.Negation) {
					return false
				}
			}
		}
		if l := v.tree[n].Label; l != english.Xcomp && l != english.Acl {
			return true
		}
		if h := v.tree[n].Head; h >= 0 && english.MeasureWord(v.tree[h].Lemma).Has(english.Tries) {
			return false
		}
	}
	return true
}

// attempted: "attempted murder".
func (v *view) attempted(k int) bool {
	for d := range v.tree.Children(k) {
		if l := v.tree[d].Label; (l == english.Amod || l == english.Compound) && english.MeasureWord(v.tree[d].Lemma).Has(english.Tries) {
			return true
		}
	}
	return false
}

// before is who stands before a participle that the tree has wrong, as in
// headlines: "Man fatally shot, woman wounded"; none where it goes on with an object.
func (v *view) before(k int) []int {
	if !english.Lookup(v.tokens[k].Text).Form.Has(english.Participle) {
		return nil
	}
	if v.goesOn(k) {
		return nil
	}
	p := k - 1
	for p > 0 && (v.tree[p].Tag == english.RB || v.light(p) || english.Lookup(v.tokens[p].Text).Class.Has(english.Be|english.Have) || v.tree[p].Tag == english.Comma && p < k-1) {
		p--
	}
	if p < 0 || v.tree[p].Tag == english.PRPS || v.persons(p) == nobody && v.tree[p].Tag != english.CD {
		return nil
	}
	return []int{p}
}

// goesOn tells whether persons follow verb k, those that it joins aside: "shot and
// wounded four people".
func (v *view) goesOn(k int) bool {
	after := k + 1
	for after < len(v.tree) && (v.tree[after].Tag == english.CC || v.tree[after].Tag == english.Comma) {
		after++
	}
	if after > k+1 && after < len(v.tree) {
		if m, _ := v.own(after); m.Name == "" {
			return false
		}
		after++
	}
	if after >= len(v.tree) {
		return false
	}
	end := v.phraseEnd(v.afterOwner(after))
	return end > after && v.persons(end-1) != nobody
}

// light tells whether word k is the participle of a verb that says nothing of its own:
// "found shot to death".
func (v *view) light(k int) bool {
	w := english.Lookup(v.tokens[k].Text)
	return w.Form.Has(english.Participle) && w.Verb != nil && english.MeasureWord(w.Verb.Lemma).Has(english.Light)
}

// kills is the word that goes on with a killing at word k: "shot and killed",
// "shot, killed"; -1 where none does.
func (v *view) kills(k int) int {
	from := k
	for k < len(v.tree) && k < from+2 && (v.tree[k].Tag == english.CC || v.tree[k].Tag == english.Comma) {
		k++
	}
	if k == from || k >= len(v.tree) || !english.Lookup(v.tokens[k].Text).Form.Has(english.Participle) {
		return -1
	}
	if w := english.Lookup(v.tokens[k].Text); w.Verb == nil || english.MeasureOf(w.Verb.Lemma).Name != killedMeasure {
		return -1
	}
	return k
}

// patients are the words for those who meet the fate that word k tells of.
func (v *view) patients(k int) (to []int) { //nolint:gocyclo // a grammar: a case for each form
	n := &v.tree[k]
	list := func(p int) {
		p = v.antecedent(p)
		to = append(to, p)
		to = append(to, v.list(p)...)
	}
	add := func(p int) {
		if p < 0 {
			return
		}
		p = v.antecedent(p)
		to = append(to, p)
		for d := range v.tree.Children(p) {
			if v.tree[d].Label == english.Conj {
				to = append(to, d)
			}
		}
	}
	if n.Label == english.Amod && n.Head >= 0 && english.MeasureWord(n.Lemma).Has(english.Deadly) {
		if m, _ := v.own(n.Head); m.Name == "shot" || english.MeasureWord(v.tree[n.Head].Lemma).Has(english.Wound) {
			return v.patients(n.Head) // "the fatal shooting of a man"
		}
	}
	switch {
	case n.Tag == english.NN && v.lemma(k) != n.Lemma:
		// a verb that was taken for a noun
		if end := v.phraseEnd(v.afterOwner(k + 1)); end > k+1 {
			list(end - 1)
		}
	case n.Tag.Noun() && english.MeasureWord(n.Lemma).Has(english.Wound):
		if n.Head >= 0 {
			if m, _ := v.own(n.Head); m.Name == killedMeasure {
				break // "died of her wounds"
			}
		}
		switch n.Label {
		case english.Nmod:
			add(n.Head)
		case english.Obj, english.Obl:
			if h := n.Head; v.tree[h].Label == english.Acl {
				add(v.tree[h].Head)
			} else {
				add(v.subject(h))
			}
		}
		add(v.tree.ChildLabelled(k, english.NmodPoss))
	case n.Tag.Noun():
		add(v.tree.ChildLabelled(k, english.NmodPoss))
		if n.Label == english.Obj && english.MeasureWord(n.Lemma).Has(english.Suicide) {
			add(v.subject(n.Head))
		}
		for d := range v.tree.Children(k) {
			if v.tree[d].Label == english.Nmod {
				if c := v.tree.ChildLabelled(d, english.Case); c >= 0 && english.Lookup(v.tokens[c].Text).Particle == english.Of {
					list(d)
				}
			}
		}
	case n.Tag.Verb() && !english.MeasureWord(n.Lemma).Has(english.Dying):
		if p := v.tree.ChildLabelled(k, english.NsubjPass); p >= 0 {
			add(p)
			break
		}
		if o := v.tree.ChildLabelled(k, english.Obj); o >= 0 {
			list(o)
			break
		}
		if n.Tag == english.VBN || n.Tag == english.VBD {
			switch n.Label {
			case english.Acl, english.Amod:
				add(n.Head)
			case english.Xcomp:
				add(v.tree.ChildLabelled(n.Head, english.NsubjPass))
			default:
				if k+1 < len(v.tree) && english.MeasureWord(v.tokens[k+1].Text).Has(english.Aims) {
					break // "shot at a car"
				}
				if s := v.tree.ChildLabelled(k, english.Nsubj); s >= 0 && (v.antecedent(s) == s || !v.goesOn(k)) {
					add(s)
				}
			}
		}
	default:
		if s := v.tree.ChildLabelled(k, english.Nsubj, english.NsubjPass); s >= 0 {
			add(s)
			break
		}
		if n.Head < 0 {
			break
		}
		switch n.Label {
		case english.Acl, english.AclRelcl, english.Amod:
			add(n.Head)
		case english.Xcomp:
			if o := v.tree.ChildLabelled(n.Head, english.Obj); o >= 0 {
				add(o)
			} else {
				add(v.subject(n.Head))
			}
		case english.Conj, english.Advcl:
			add(v.subject(n.Head))
		}
	}
	return to
}

// antecedent is whom a relative pronoun stands for, "a boy who died": the noun or name
// in front of it; of other words, the word itself.
func (v *view) antecedent(p int) int {
	if v.tree[p].Tag != english.WP && v.tree[p].Tag != english.WDT || !english.Lookup(v.tokens[p].Text).Class.Has(english.Relative) {
		return p
	}
	for k, up := p, 0; k >= 0 && up < 4; k, up = v.tree[k].Head, up+1 {
		if h := v.tree[k].Head; v.tree[k].Label == english.AclRelcl && h >= 0 && h < p && v.persons(h) != nobody {
			return h
		}
	}
	k := p - 1
	if k > 0 && v.tree[k].Tag == english.Comma {
		k--
	}
	if k >= 0 && v.persons(k) != nobody {
		return k
	}
	return p
}

func (v *view) afterOwner(k int) int {
	if k < len(v.tree) && (v.tree[k].Tag == english.PRPS || v.tree[k].Tag == english.DT) {
		k++
	}
	return k
}

// subject is that of a verb, or of the verb that it is joined to.
func (v *view) subject(k int) int {
	for up := 0; k >= 0 && up < 4; k, up = v.tree[k].Head, up+1 {
		if s := v.tree.ChildLabelled(k, english.Nsubj, english.NsubjPass); s >= 0 {
			return s
		}
		if l := v.tree[k].Label; l != english.Conj && l != english.Advcl && l != english.Xcomp {
			return -1
		}
	}
	return -1
}

// list gives those who are named together with word p: "a woman, her son and
// himself". A name beside a noun is another word for the same person.
func (v *view) list(p int) (to []int) { //nolint:gocyclo // a grammar: a case for each form
	for d := range v.tree.Children(p) {
		if v.tree[d].Label == english.Conj {
			to = append(to, d)
		}
	}
	last, k := p, p+1
	for k < len(v.tree) && v.tree[k].Tag == english.NNP && v.tree[last].Tag == english.NNP {
		k++
	}
	for k < len(v.tree) {
		from, and := k, false
		for k < len(v.tree) && k < from+6 {
			if t := v.tree[k].Tag; t == english.CC {
				and = true
			} else if t != english.Comma && t != english.RB && (t != english.CD || v.tree[k-1].Tag != english.Comma) {
				break
			}
			k++
		}
		if k == from || k >= len(v.tree) {
			return to
		}
		start := k
		if t := v.tree[k].Tag; t == english.DT || t == english.PRPS {
			k++
		}
		end := v.phraseEnd(k)
		if end == k && v.tree[k].Tag == english.PRP {
			end = k + 1
		}
		if end == k || end < len(v.tree) && (v.tree[end].Tag == english.VBD || v.tree[end].Tag == english.VBZ || v.tree[end].Tag == english.VBP || v.tree[end].Tag == english.MD) {
			return to
		}
		h := end - 1
		if v.persons(h) == nobody {
			return to
		}
		if name, before := v.tree[h].Tag == english.NNP, v.tree[last].Tag == english.NNP; !and && (name != before || v.tree[start].Tag == english.DT) {
			return to
		}
		for h > start && v.tree[h].Tag == english.NNP && v.tree[h-1].Tag == english.NNP {
			h--
		}
		if !slices.Contains(to, h) && !v.sameName(to, h) {
			to = append(to, h)
		}
		last, k = h, end
	}
	return to
}

// besides gives those who stand before word p in a headline's list: "Baby, man
// killed", "2 boys, 2 girls shot".
func (v *view) besides(p int) (to []int) {
	for v.common(p) {
		s := v.phraseStart(p)
		if s < 2 || v.tree[s-1].Tag != english.Comma && v.tree[s-1].Tag != english.CC || !v.common(s-2) || v.determined(s) {
			return to
		}
		p = s - 2
		if s = v.phraseStart(p); v.determined(s) {
			return to
		}
		to = append(to, p)
	}
	return to
}

// joined gives those whom "and" joins word p to: "found a man and a woman with
// wounds".
func (v *view) joined(p int) (to []int) {
	h := v.tree[p].Head
	if v.tree[p].Label != english.Conj || h < 0 || h > p || !v.common(p) || v.tree[h].Tag != english.NN && v.tree[h].Tag != english.NNS || !v.human(h) {
		return nil
	}
	to = append(to, h)
	for _, c := range v.conjuncts(h) {
		if c != p {
			to = append(to, c)
		}
	}
	return to
}

// common tells whether word p is a noun for persons and no name.
func (v *view) common(p int) bool {
	t := v.tree[p].Tag
	return (t == english.NN || t == english.NNS) && v.human(p)
}

// determined tells whether the phrase that starts at word s has an article or
// an owner.
func (v *view) determined(s int) bool {
	t := v.tree[s].Tag
	return t == english.DT || t == english.PRPS
}

// phraseStart is where the noun phrase that ends with word p starts.
func (v *view) phraseStart(p int) int {
	for p > 0 {
		switch t := v.tree[p-1].Tag; t {
		case english.JJ, english.NN, english.CD, english.HYPH, english.DT, english.PRPS, english.NNP:
			p--
		default:
			return p
		}
	}
	return p
}

// sameName tells whether a word of a name is in the run of names of one there.
func (v *view) sameName(to []int, h int) bool {
	for _, t := range to {
		lo, hi := min(t, h), max(t, h)
		same := v.tree[h].Tag == english.NNP
		for k := lo; k <= hi; k++ {
			same = same && v.tree[k].Tag == english.NNP
		}
		if same {
			return true
		}
	}
	return false
}

type grammatical uint8

const (
	nobody grammatical = iota
	one
	several
)

// persons tells whether a word stands for one person or several.
func (v *view) persons(p int) grammatical {
	n := &v.tree[p]
	w := english.NameWord(v.tokens[p].Text)
	if w.Has(english.Reflexive) || english.MeasureWord(n.Lemma).Has(english.Oneself) {
		return one
	}
	if p > 1 && v.tree[p-1].Tag == english.HYPH && english.MeasureWord(v.tokens[p].Text).Has(english.Aged) {
		return one
	}
	switch n.Tag {
	case english.NNP:
		if w.Has(english.Place | english.NoName | english.Demonym | english.OrgHead | english.GovHead | english.PlaceHead) {
			return nobody
		}
		return one
	case english.PRP, english.PRPS:
		if w.Has(english.HePronoun | english.ShePronoun) {
			return one
		}
		if english.Lookup(v.tokens[p].Text).Class.Has(english.Many) {
			return several
		}
		return nobody
	case english.NN:
		if v.human(p) {
			return one
		}
	case english.NNS, english.NNPS:
		if v.human(p) {
			return several
		}
	case english.DT:
		if english.MeasureWord(v.tokens[p].Text).Has(english.Both) {
			return several
		}
	case english.JJ:
		if english.MeasureWord(n.Lemma).Has(english.Human) {
			return one
		}
	}
	return nobody
}
