package place

import (
	"slices"

	"whence"
	"whence/english"
)

// features is a set of features of a mention.
type features uint64

// The features of mentions, which tell the names of places from those of
// persons, bodies and all else.
const (
	always features = 1 << iota
	country
	division
	county
	wide // continents and regions
	water
	site
	hamlet   // fewer than 2,000 people
	village  // fewer than 10,000
	town     // fewer than 50,000
	city     // fewer than 250,000
	bigCity  // fewer than a million
	hugeCity // more
	otherName
	manyNamesakes
	shortForm
	severalWords
	hyphenated
	afterInside
	afterToward
	afterOf
	afterThe
	afterComma
	afterCompass
	kindBefore
	atStart
	afterGiven
	afterHonorific
	afterCapital
	beforeOutlet
	beforeBody
	beforeGovernment
	beforeHead
	beforeStreet
	beforeTeam
	beforeCapital
	beforeGenitive
	beforeNoun
	beforeVerb
	beforeComma
	beforeDash
	isPerson
	inPerson
	isBody
	inBody
	isGovernment
	inGovernment
	givenName
	commonWord
	personLike
	placeLike
	bodyLike
	isNoun // by its tag no name
	hasParent
	isParentOf
	capitals
	kindSaid
	speaks
	oblique
	placeElsewhere
	personElsewhere
	headInName
	plainInside
	plainInsideElsewhere
)

// featureNames are the names of the features in the table of weights.
var featureNames = []string{
	"always", "country", "division", "county", "wide", "water", "site", "hamlet", "village", "town", "city",
	"big-city", "huge-city", "other-name", "many-namesakes", "short-form", "several-words", "hyphenated",
	"after-inside", "after-toward", "after-of", "after-the", "after-comma", "after-compass", "kind-before", "at-start",
	"after-given", "after-honorific", "after-capital", "before-outlet", "before-body", "before-government",
	"before-head", "before-street", "before-team", "before-capital", "before-genitive", "before-noun", "before-verb",
	"before-comma", "before-dash", "is-person", "in-person", "is-body", "in-body", "is-government", "in-government",
	"given-name", "common-word", "person-like", "place-like", "body-like", "is-noun", "has-parent", "is-parent-of",
	"capitals", "kind-said", "speaks", "oblique", "place-elsewhere", "person-elsewhere", "head-in-name", "plain-inside",
	"plain-inside-elsewhere",
}

// inName holds the features of words that are, or are part of, some name of
// another kind.
const inName = beforeCapital | afterCapital | isPerson | inPerson | isBody | inBody | commonWord

func when(holds bool, f features) features {
	if holds {
		return f
	}
	return 0
}

// describe sets the features of every mention.
func (d *document) describe() {
	at := 0
	for n := range d.mentions {
		m := &d.mentions[n]
		s := d.span(m)
		for at < len(d.names) && d.names[at].End <= s.Start {
			at++
		}
		m.features = always | d.known(m) | d.before(m) | d.after(m) | d.inside(m) | d.named(s, at)
		m.features |= when(m.features&afterInside != 0 && m.features&inName == 0, plainInside)
	}
	d.elsewhere()
}

// sizes are the features of towns by the size that the gazetteer keeps.
var sizes = []struct {
	below uint8
	f     features
}{{88, hamlet}, {106, village}, {125, town}, {143, city}, {159, bigCity}, {255, hugeCity}}

// known is what the gazetteer says of the name.
func (d *document) known(m *mention) features {
	if len(m.refs) == 0 {
		return 0
	}
	var f features
	largest, first := -1, false
	for _, r := range m.refs {
		p := &d.g.places[r>>1]
		first = first || r&1 != 0
		switch p.kind {
		case Country:
			f |= country
		case Division:
			f |= division
		case County:
			f |= county
		case Continent, Region:
			f |= wide
		case Water:
			f |= water
		case Site:
			f |= site
		case City:
			largest = max(largest, int(p.size))
		}
	}
	for _, s := range sizes {
		if largest >= 0 && largest < int(s.below) {
			f |= s.f
			break
		}
	}
	return f | when(!first, otherName) | when(len(m.refs) > 5, manyNamesakes)
}

// before is what stands to the left of the mention.
func (d *document) before(m *mention) features {
	f := when(m.child, isParentOf)
	i := m.from - 1
	if i < 0 {
		return f | atStart
	}
	t := d.tokens(m)
	word := t[i].Text
	name := english.NameWord(word)
	if m.run[0] < m.from {
		return f | afterCapital | when(name.Has(english.Given), afterGiven) | when(name.Has(english.Honorific), afterHonorific)
	}
	if name.Has(english.The) {
		f |= afterThe
		if i--; i < 0 {
			return f | atStart
		}
		word, name = t[i].Text, english.NameWord(t[i].Text)
	}
	c := english.PlaceWord(word)
	if c.Has(english.Compass) {
		f |= afterCompass
		if i--; i < 0 {
			return f | atStart
		}
		word, name, c = t[i].Text, english.NameWord(t[i].Text), english.PlaceWord(t[i].Text)
	}
	return f | when(c.Has(english.PlaceInside), afterInside) | when(c.Has(english.PlaceToward), afterToward) |
		when(name.Has(english.NameOf), afterOf) | when(word == "," || word == ";", afterComma) |
		when(name.Has(english.NameOf) && m.said != kindEnd && i > 0 && english.PlaceWord(t[i-1].Text).Has(english.PlaceApposition), kindBefore) |
		when(name.Has(english.Honorific), afterHonorific)
}

// after is what stands to the right of the mention.
func (d *document) after(m *mention) features {
	f := when(m.parent >= 0, hasParent)
	t := d.tokens(m)
	if m.to >= len(t) {
		return f
	}
	word := t[m.to].Text
	name, c := english.NameWord(word), english.PlaceWord(word)
	f |= when(c.Has(english.TeamWord), beforeTeam)
	if m.run[1] > m.to {
		last := english.NameWord(t[m.run[1]-1].Text)
		return f | beforeCapital | when(english.PlaceWord(t[m.run[1]-1].Text).Has(english.OutletHead), beforeOutlet) |
			when(last.Has(english.OrgHead|english.OrgSuffix|english.Body|english.Company), beforeBody) |
			when(last.Has(english.GovHead|english.GovernmentBody), beforeGovernment) |
			when(c.Has(headWords&^english.Street), beforeHead) | when(c.Has(english.Street), beforeStreet)
	}
	f |= when(word == ",", beforeComma) | when(name.Has(english.Genitive), beforeGenitive) |
		when(word == "(" || c.Has(english.Dash) && !t[m.to].Clitic, beforeDash)
	if m.to < len(d.trees[m.sentence]) {
		switch tag := d.trees[m.sentence][m.to].Tag; tag {
		case english.NN, english.NNS:
			f |= beforeNoun
		case english.VBD, english.VBZ, english.VBP, english.MD:
			f |= beforeVerb
		}
	}
	return f
}

// inside is what the words of the mention themselves say.
func (d *document) inside(m *mention) features {
	t, tree := d.tokens(m), d.trees[m.sentence]
	f := when(m.short, shortForm) | when(m.said != kindEnd, kindSaid) | when(m.to > m.from+1, severalWords)
	first := english.NameWord(t[m.from].Text)
	if m.to == m.from+1 {
		f |= when(first.Has(english.Given), givenName) | when(english.PlaceWord(t[m.from].Text).Has(english.CommonPlace|english.NoPlace), commonWord)
	} else {
		f |= when(english.PlaceWord(t[m.to-1].Text).Has(headWords), headInName)
	}
	f |= when(d.isNumbered(t, m.from) && len(m.refs) == 0, kindBefore)
	f |= when(!m.short && isCapitals(t[m.from].Text), capitals)
	f |= when(m.from > 0 && isHyphen(t[m.from-1].Text) || m.to < len(t) && t[m.to].Clitic && isHyphen(t[m.to].Text), hyphenated)
	if m.to > len(tree) {
		return f
	}
	last := &tree[m.to-1]
	like := english.NameLikeness(last.Cluster)
	f |= when(like.Has(english.PersonLike|english.GivenLike), personLike) | when(like.Has(english.PlaceLike), placeLike) |
		when(like.Has(english.BodyLike), bodyLike) | when(!d.isName(m.sentence, m.from), isNoun)
	switch last.Label {
	case english.Nsubj:
		f |= when(d.saysAt(m.sentence, last.Head), speaks)
	case english.Obl, english.Nmod:
		f |= oblique
	}
	return f
}

// saysAt tells whether word i is a verb of saying.
func (d *document) saysAt(sentence, i int) bool {
	if i < 0 || i >= len(d.sentences[sentence].Tokens) {
		return false
	}
	v := english.Lookup(d.sentences[sentence].Tokens[i].Text).Verb
	return v != nil && v.Kind != "" && v.Frames.Has(english.Firm)
}

func isCapitals(s string) bool {
	return len(s) > 3 && isCapital(s)
}

// named is what the names of the reading say of the words at s; the first of
// them that may overlap is number at.
func (d *document) named(s whence.Span, at int) features {
	var f features
	for ; at < len(d.names) && d.names[at].Start < s.End; at++ {
		n := d.names[at]
		if !n.Overlaps(s) {
			continue
		}
		exact := s.Contains(n.Span)
		switch n.kind {
		case string(whence.SourcePerson):
			f |= when(exact, isPerson) | when(!exact, inPerson)
		case string(whence.SourceOrganisation):
			f |= when(exact, isBody) | when(!exact, inBody)
		case string(whence.SourceGovernment):
			f |= when(exact, isGovernment) | when(!exact, inGovernment)
		}
	}
	return f
}

// elsewhere lets mentions of one name know of each other.
func (d *document) elsewhere() {
	const sure = hasParent | kindBefore
	const person = isPerson | inPerson | afterGiven | afterHonorific
	seen := map[uint64]features{}
	said := map[uint64]Kind{}
	for n := range d.mentions {
		m := &d.mentions[n]
		if m.features&(kindBefore|headInName) != 0 {
			said[m.key] = m.said
		}
		seen[m.key] |= m.features & (sure | person | plainInside)
	}
	for n := range d.mentions {
		m := &d.mentions[n]
		if k, ok := said[m.key]; ok && len(m.refs) == 0 && m.said == kindEnd {
			m.said = k
		}
		m.features |= when(seen[m.key]&sure != 0, placeElsewhere) | when(seen[m.key]&person != 0, personElsewhere) |
			when(seen[m.key]&plainInside != 0, plainInsideElsewhere)
	}
}

// spansOf are the mentions of all names, in reading order.
func spansOf(names []whence.Name) nameSpans {
	var all nameSpans
	for _, n := range names {
		for _, m := range n.Mentions {
			all = append(all, nameSpan{m, n.Kind})
		}
	}
	slices.SortFunc(all, func(a, b nameSpan) int { return a.Start - b.Start })
	return all
}
