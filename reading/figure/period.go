package figure

import (
	"strings"

	"whence"
	"whence/english"
	"whence/reading/when"
)

// period is the stretch in which the count was made: of the times that hang on
// the word that gives the measure, or on what is counted, the nearest that is a
// stretch. A day is when something happened, not what was counted over.
func (v *view) period(c *count, times []whence.Time, published whence.Date) whence.Period {
	best, distance := whence.Period{}, 0
	for _, t := range times {
		if !stretch(t) {
			continue
		}
		k := v.at(t.Start)
		if k < 0 || !v.governs(c, k) {
			continue
		}
		d := abs(k - c.From)
		if best.IsZero() || d < distance {
			best, distance = when.PeriodOf(t, published), d
		}
	}
	return best
}

// stretch tells whether a time is longer than a day or has been made an end of
// a stretch.
func stretch(t whence.Time) bool {
	if !t.Period.IsZero() {
		return true
	}
	if t.Type != whence.TimeDate {
		return false
	}
	return len(t.Value) < len("2025-10-28") || strings.HasSuffix(t.Value, "WE")
}

// place is the place that the count covers: one after a word for being there,
// that hangs on the word that gives the measure, or on what is counted.
func (v *view) place(c *count, places []whence.Place) string {
	id, distance := "", 0
	for i := range places {
		if places[i].Government {
			continue
		}
		k := v.at(places[i].Start)
		if k < 0 || !v.governs(c, k) || !v.there(k) {
			continue
		}
		if d := abs(k - c.From); id == "" || d < distance {
			id, distance = places[i].ID, d
		}
	}
	return id
}

// there tells whether a word for being at a place stands before word k.
func (v *view) there(k int) bool {
	for n := k - 1; n >= 0 && n >= k-4; n-- {
		if english.NameWord(v.tokens[n].Text).Has(english.Amid) {
			return english.Lookup(v.tokens[n].Text).Particle != english.To // whither, not where
		}
		if t := v.tree[n].Tag; t != english.DT && t != english.JJ && !t.Noun() {
			return false
		}
	}
	return false
}

// governs tells whether word k hangs on the word that gives the measure, on
// what is counted, or on the verb that the measure is a consequence of ("has
// struck 16 boats, killing 64"), with no clause between.
func (v *view) governs(c *count, k int) bool {
	over := -1
	if g := c.governor; g >= 0 && v.tree[g].Tag == english.VBG && v.tree[g].Label == english.Advcl {
		over = v.tree[g].Head
	}
	for n := k; n >= 0; n = v.tree[n].Head {
		if n == c.governor || n == c.head || n == c.node || n == over {
			return true
		}
		switch v.tree[n].Label {
		case english.AclRelcl, english.Ccomp, english.Advcl, english.Parataxis, english.Acl:
			return false
		}
	}
	return false
}

// at is the word that holds a place of the text, or -1.
func (v *view) at(start int) int {
	lo, hi := 0, len(v.tokens)
	for lo < hi {
		m := (lo + hi) / 2
		if v.tokens[m].End <= start {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo == len(v.tokens) || v.tokens[lo].Start > start {
		return -1
	}
	return lo
}

func abs(n int) int { return max(n, -n) }
