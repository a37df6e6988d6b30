package name

import (
	"slices"
	"strings"
	"unicode/utf8"

	"whence/english"
)

// joinPersons joins the short forms of persons to the full ones.
func (g *gathering) joinPersons() {
	for _, b := range g.bearers {
		if len(b.tokens) > 1 && g.isPerson(b) {
			b.class = isPerson
			g.enter(b)
		}
	}
	for i := range g.d.mentions {
		g.shorten(i)
	}
}

// isPerson tells whether a bearer of several words is a person, also by what
// is said of the family name alone.
func (g *gathering) isPerson(b *bearer) bool {
	if b.class == isPerson {
		return true
	}
	if b.class == isBody || len(b.tokens) > 3 || !g.d.mayBePerson(b.fullest) || b.seen.has(knownPlace|placeLast|placeFirst|otherLast|afterThe) {
		return false
	}
	family := g.byKey[b.tokens[len(b.tokens)-1]]
	return family != nil && family.class == isPerson && !family.seen.has(knownPlace)
}

// enter makes a full name known by its first and last word; one that differs
// from another in its middle only is the same person.
func (g *gathering) enter(b *bearer) {
	first, last := b.tokens[0], b.tokens[len(b.tokens)-1]
	for _, other := range g.byWord[last] {
		if alike(other.tokens, b.tokens) && other.gender*b.gender >= 0 {
			g.merge(other, b)
			return
		}
	}
	for _, word := range []string{last, first} {
		if utf8.RuneCountInString(word) > 1 && len(g.byWord[word]) < mostAlike {
			g.byWord[word] = append(g.byWord[word], b)
		}
	}
}

// alike tells whether two full names may be one person's: the last words are
// the same, and the first are, or one is the other's initial or beginning, or
// all words of one are in the other.
func alike(a, b []string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if a[len(a)-1] != b[len(b)-1] || len(a) < 2 {
		return false
	}
	x, y := strings.TrimSuffix(a[0], "."), strings.TrimSuffix(b[0], ".")
	if len(x) > len(y) {
		x, y = y, x
	}
	if strings.HasPrefix(y, x) && (len(x) == len(y) || utf8.RuneCountInString(x) == 1 || len(x) > 2) {
		return true
	}
	for _, word := range a {
		if !slices.Contains(b, word) {
			return false
		}
	}
	return true
}

// merge gives all of b to a.
func (g *gathering) merge(a, b *bearer) {
	a, b = a.root(), b.root()
	if a == b {
		return
	}
	if len(b.tokens) > len(a.tokens) {
		a.fullest, a.tokens = b.fullest, b.tokens
	}
	a.gender += b.gender
	a.seen.addAll(&b.seen)
	b.into = a
}

// shorten joins one mention of a single word to the person it stands for.
func (g *gathering) shorten(i int) {
	m := &g.d.mentions[i]
	b := g.belongs[i].root()
	if len(b.tokens) > 1 {
		if b.class == isPerson {
			b.last = m.sentence
		}
		return
	}
	word := b.tokens[0]
	if m.seen&pluralTag != 0 && len(g.byWord[strings.TrimSuffix(word, "s")]) > 0 && strings.HasSuffix(word, "s") && len(g.byWord[word]) == 0 {
		b.group = true // "the Brandts"
		return
	}
	if m.seen&(knownPlace|knownBody|governmentName) != 0 && !m.titled && m.seen&besideSpeech == 0 {
		return
	}
	if full := g.bearing(word, m); full != nil {
		full.last = m.sentence
		full.gender += 4 * m.gender
		full.seen.add(m.seen)
		g.belongs[i] = full
	}
}

// near is how many sentences back a full name settles whose surname it is.
const near = 3

// bearing is the person whom a single word stands for, or nil where there is
// none or more than one.
func (g *gathering) bearing(word string, m *mention) *bearer {
	var all, families []*bearer
	for _, b := range g.byWord[word] {
		b = b.root()
		if m.gender*b.gender < 0 || slices.Contains(all, b) {
			continue
		}
		all = append(all, b)
		if b.tokens[len(b.tokens)-1] == word {
			families = append(families, b)
		}
	}
	switch {
	case len(families) == 1:
		return families[0]
	case len(families) == 0 && len(all) == 1 && !m.titled:
		return all[0]
	}
	return lastOf(families, m.sentence)
}

// lastOf is the only one of several that was spoken of just before, or nil.
func lastOf(bearers []*bearer, sentence int) *bearer {
	var found *bearer
	for _, b := range bearers {
		if b.last < 0 || sentence-b.last > near {
			continue
		}
		if found != nil {
			return nil
		}
		found = b
	}
	return found
}

// joinBodies joins acronyms and short forms of bodies to the full ones.
func (g *gathering) joinBodies() {
	short := map[string][]*bearer{} // bodies of several words by what may stand for them
	for _, b := range g.bearers {
		if b.into != nil || len(b.tokens) < 2 || b.class == isPerson || b.class == isPlace {
			continue
		}
		for _, form := range g.shortForms(b) {
			if len(short[form]) < mostAlike {
				short[form] = append(short[form], b)
			}
		}
	}
	for i := range g.d.mentions {
		g.acronymAfter(i)
	}
	for _, b := range g.bearers {
		if b.into != nil || len(b.tokens) > 1 {
			continue
		}
		full := short[strings.ReplaceAll(b.tokens[0], ".", "")]
		switch {
		case len(full) == 1 && (b.class != isPlace || b.seen.has(acronym)) && !b.seen.has(afterTitle):
			if full[0].class == isOther {
				full[0].class = b.class
			}
			g.merge(full[0], b)
		case g.d.words.has(b.fullest.from, orgHead) && !b.seen.has(knownBody|governmentName):
			b.group = true // "the Council" of two, or of none
		}
	}
}

// shortForms are an acronym of the words of a body, its first word, and its
// head.
func (g *gathering) shortForms(b *bearer) []string {
	words := g.d.words
	var initials strings.Builder
	for i := b.fullest.from; i < b.fullest.to; i++ {
		if words[i].capital {
			r, _ := utf8.DecodeRuneInString(words[i].Text)
			initials.WriteRune(r)
		}
	}
	forms := []string{strings.ToLower(initials.String())}
	first := b.fullest.from
	if b.class == isBody && !words.has(first, english.Place|english.Demonym|orgHead|english.Given|english.Ranking) {
		forms = append(forms, b.tokens[0])
	}
	for _, i := range []int{first, b.fullest.to - 1} {
		if b.class == isBody && words.has(i, orgHead) {
			forms = append(forms, strings.ToLower(words[i].Text))
		}
	}
	return forms
}

// acronymAfter joins the acronym in brackets after mention i to it.
func (g *gathering) acronymAfter(i int) {
	if i+1 >= len(g.d.mentions) {
		return
	}
	m, next := &g.d.mentions[i], &g.d.mentions[i+1]
	words := g.d.words
	if next.from != m.to+1 || !words.is(m.to, "(") || !words.is(next.to, ")") || next.seen&acronym == 0 || m.to-m.from < 2 {
		return
	}
	full, short := g.belongs[i].root(), g.belongs[i+1].root()
	if full.class == isPerson || words[m.from].Text[0] != words[next.from].Text[0] {
		return
	}
	if full.class == isOther {
		full.class = short.class
	}
	g.merge(full, short)
}
