package place

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"whence"
	"whence/english"
	"whence/text"
)

// longestName is how many tokens a name may have, and mostNamesakes how many
// places of one name are weighed: the largest. Both bound the time.
const (
	longestName   = 6
	mostNamesakes = 64
)

// mention is a run of tokens that may be the name of a place.
type mention struct {
	sentence int
	from, to int // tokens of the sentence
	key      uint64
	refs     []uint32 // places of the name, as gazetteer.find gives them; none for a name that is not known
	short    bool     // a short form, as "Calif."
	run      [2]int   // tokens of the run of capitals that it stands in
	parent   int      // number of the mention that names what it is a part of; -1 for none
	child    bool     // some other mention's parent
	said     Kind     // what the words beside it say that it is; kindEnd for nothing
	features features
	score    float64 // log odds that it is a place
	choice   int32   // of places; -1 for none
	margin   float64 // probability of the choice
}

// document is the article as the steps see it.
type document struct {
	g         *gazetteer
	reading   *whence.Reading
	sentences []text.Sentence
	trees     []english.Tree
	index     *text.Index
	names     nameSpans
	mentions  []mention
}

// tokens are the tokens of the mention's sentence.
func (d *document) tokens(m *mention) []text.Token { return d.sentences[m.sentence].Tokens }

// span is the place of the mention in the text.
func (d *document) span(m *mention) whence.Span {
	t := d.tokens(m)
	return whence.Span{Start: t[m.from].Start, End: t[m.to-1].End}
}

func startsUpper(s string) bool {
	if c := s[0]; c < utf8.RuneSelf {
		return 'A' <= c && c <= 'Z'
	}
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// detect finds the mentions, from left to right, the longest known name first.
func (d *document) detect() {
	for n, s := range d.sentences {
		t := s.Tokens
		for i := 0; i < len(t); {
			if !startsUpper(t[i].Text) || d.endsName(n, i) {
				i++
				continue
			}
			if english.PlaceWord(t[i].Text).Has(english.Ship) && isCapital(t[i].Text) {
				for i++; i < len(t) && d.inRun(n, i); i++ {
				}
				continue
			}
			m, ok := d.nameAt(n, i)
			if !ok {
				if m, ok = d.unknownAt(n, i); !ok {
					i++
					continue
				}
			}
			d.mentions = append(d.mentions, m)
			i = m.to
		}
	}
}

// endsName tells whether token i goes on with a name after a small word: the
// last of "Banda de Norte" is no place.
func (d *document) endsName(sentence, i int) bool {
	t := d.sentences[sentence].Tokens
	return i > 1 && english.NameWord(t[i-1].Text).Has(english.NameParticle) && !startsUpper(t[i-1].Text) &&
		t[i-1].Text != "the" && d.inRun(sentence, i-2)
}

// nameAt is the longest name of the gazetteer that starts at token i.
func (d *document) nameAt(sentence, i int) (mention, bool) {
	t := d.sentences[sentence].Tokens
	m := mention{sentence: sentence, from: i, parent: -1, said: kindEnd, choice: -1}
	if full, length := shortAt(t, i); length > 0 {
		m.to, m.key, m.short = i+length, keyOf(full), true
		m.refs = d.g.find(m.key)
		return m, len(m.refs) > 0
	}
	key := keyStart
	for j := i; j < len(t) && j < i+longestName; j++ {
		word := t[j].Text
		if j > i && t[j].Clitic && !isHyphen(word) && !startsUpper(word) {
			break
		}
		key = key.add(word)
		if !startsUpper(word) {
			if !joinsName(word) && !d.beforeCode(t, j) {
				break
			}
			continue
		}
		k := key.key()
		if m.to > 0 && english.PlaceWord(word).Has(english.SettlementHead) && j+1 < len(t) && d.inRun(sentence, j+1) {
			continue // "Dover City Council" is the council of Dover
		}
		if refs := d.g.find(k); len(refs) > 0 {
			m.to, m.key, m.refs = j+1, k, refs
		}
	}
	if m.to == 0 || m.to == i+1 && (d.isOther(t[i].Text) || english.PlaceWord(t[i].Text).Has(english.Compass|english.PlaceApposition|headWords)) {
		return m, false
	}
	if m.to == i+1 && d.isLongerName(sentence, m.to) {
		return m, false
	}
	m.refs = m.refs[:min(len(m.refs), mostNamesakes)]
	return m, true
}

// isOther tells whether a word begins no name of a place: a people's name.
func (d *document) isOther(word string) bool {
	return english.NameWord(word).Has(english.Demonym) || english.PlaceWord(word).Has(english.PlacePeople)
}

// shortAt is what the token at i, or it and the next, are short for ("Calif.",
// "W. Va."), and how many tokens that takes; 0 where they are not.
func shortAt(t []text.Token, i int) (full string, length int) {
	for length := 2; length > 0; length-- {
		if i+length > len(t) {
			continue
		}
		word := t[i].Text
		if length == 2 {
			if len(word) > 2 || word[len(word)-1] != '.' {
				continue
			}
			word += t[i+1].Text
		}
		if full, after, ok := english.PlaceShort(word); ok && (!after || followsName(t, i)) {
			return full, length
		}
	}
	return "", 0
}

// followsName tells whether token i stands after a name and a comma or bracket
// ("Dover, Del."), or after a party and a hyphen ("D-Del.").
func followsName(t []text.Token, i int) bool {
	if i < 2 {
		return false
	}
	switch t[i-1].Text {
	case ",", "(":
		return startsUpper(t[i-2].Text) || t[i-2].Text == "."
	}
	return isHyphen(t[i-1].Text) && len(t[i-2].Text) == 1
}

// beforeCode tells whether token i is the comma of "Washington, D.C.", whose
// last part is no place of its own.
func (d *document) beforeCode(t []text.Token, i int) bool {
	if t[i].Text != "," || i+1 >= len(t) {
		return false
	}
	full, length := shortAt(t, i+1)
	if length == 0 {
		return false
	}
	refs := d.g.find(keyOf(full))
	return len(refs) > 0 && d.g.places[refs[0]>>1].kind == City
}

// isLongerName tells whether the capitals from token i on go on with a name of
// another kind of place, which the gazetteer does not have: "Anthony Creek" is
// not Anthony.
func (d *document) isLongerName(sentence, i int) bool {
	t := d.sentences[sentence].Tokens
	last := i
	for last < len(t) && last < i+longestName && d.inRun(sentence, last) {
		last++
	}
	return last > i && english.PlaceWord(t[last-1].Text).Has(english.WaterHead|english.Street)
}

func isHyphen(s string) bool { return s == "-" || s == "–" || s == "‑" }

// joinsName tells whether a word in lower case may stand inside of a name.
func joinsName(s string) bool {
	return isHyphen(s) || s == "&" || s == "and" || english.NameWord(s).Has(english.NameParticle|english.NameOf|english.The) ||
		english.PlaceWord(s).Has(english.PlaceInside) || s == "upon" || s == "on" || s == "sur"
}

// unknownAt is the run of capitals from token i on, where the words around say
// that it is a place: "in Karvik", "the port of Karvik", "Ternsay island".
func (d *document) unknownAt(sentence, i int) (mention, bool) {
	t := d.sentences[sentence].Tokens
	m := mention{sentence: sentence, from: i, parent: -1, said: kindEnd, choice: -1}
	end := i + 1
	for end < len(t) && end < i+longestName && startsUpper(t[end].Text) && d.isName(sentence, end) {
		if _, known := d.nameAt(sentence, end); known && !english.PlaceWord(t[end].Text).Has(headWords) {
			break
		}
		end++
	}
	c := english.PlaceWord(t[i].Text)
	if !d.isName(sentence, i) || c.Has(english.NoPlace) || d.isOther(t[i].Text) || end == i+1 && c.Has(english.Compass|english.CommonPlace|english.PlaceApposition|headWords) && !d.isNumbered(t, i) {
		return m, false
	}
	m.to = end
	if d.isNumbered(t, i) {
		m.to, m.said = i+2, Site
		end = m.to
	}
	key := keyStart
	for _, w := range t[i:end] {
		key = key.add(w.Text)
	}
	m.key = key.key()
	return m, true
}

// isNumbered tells whether tokens i and i+1 name a site by its number: "Quay 4".
func (d *document) isNumbered(t []text.Token, i int) bool {
	return english.PlaceWord(t[i].Text).Has(english.SiteHead) && i+1 < len(t) && t[i+1].Text[0] >= '0' && t[i+1].Text[0] <= '9'
}

// headWords end the names of places and say what they are.
const headWords = english.WaterHead | english.LandHead | english.SettlementHead | english.SiteHead | english.Street

// isName tells whether the tag of token i is that of a name.
func (d *document) isName(sentence, i int) bool {
	tree := d.trees[sentence]
	if i >= len(tree) {
		return true
	}
	return tree[i].Tag == english.NNP || tree[i].Tag == english.NNPS
}

// lookAround sets the run of capitals that each mention stands in, the mention
// that is its parent ("Paris, Texas", "Paris (Texas)", "Toronto, Canada"), and
// what the words beside it say that it is.
func (d *document) lookAround() {
	for n := range d.mentions {
		m := &d.mentions[n]
		t := d.tokens(m)
		m.run = [2]int{m.from, m.to}
		for m.run[0] > 0 && d.inRun(m.sentence, m.run[0]-1) {
			m.run[0]--
		}
		if i := m.run[0] - 1; i > 0 && english.NameWord(t[i].Text).Has(english.NameParticle) && d.inRun(m.sentence, i-1) {
			m.run[0] = i - 1
		}
		for m.run[1] < len(t) && d.inRun(m.sentence, m.run[1]) {
			m.run[1]++
		}
		if m.said == kindEnd {
			m.said = d.saidKind(m)
		}
		for next := n + 1; next < len(d.mentions) && next <= n+2; next++ {
			if p := &d.mentions[next]; d.isParent(m, p) {
				m.parent, p.child = next, true
				break
			}
		}
	}
}

// isCapital tells whether a word has no small letter.
func isCapital(s string) bool { return strings.IndexFunc(s, unicode.IsLower) < 0 }

func (d *document) inRun(sentence, i int) bool {
	w := d.sentences[sentence].Tokens[i].Text
	return startsUpper(w) && d.isName(sentence, i)
}

// isParent tells whether p, which follows, names what m is a part of.
func (d *document) isParent(m, p *mention) bool {
	if p.sentence != m.sentence || len(m.refs) == 0 && len(p.refs) == 0 {
		return false
	}
	t := d.tokens(m)
	gap := t[m.to:p.from]
	if len(gap) == 0 || len(gap) > 3 {
		return false
	}
	if c := gap[0].Text; c != "," && c != "(" && !(english.NameWord(c).Has(english.Amid) && len(gap) == 1) {
		return false
	}
	if len(gap) > 1 && !(english.PlaceWord(gap[1].Text).Has(english.Compass) || english.NameWord(gap[1].Text).Has(english.The) || english.NameWord(gap[1].Text).Has(english.Amid)) {
		return false
	}
	for _, r := range p.refs {
		whole := int32(r >> 1)
		if d.g.places[whole].kind > County {
			continue
		}
		for _, own := range m.refs {
			if i := int32(own >> 1); i != whole && d.g.isWithin(i, whole) {
				return true
			}
		}
		if len(m.refs) == 0 && r&1 != 0 {
			return true
		}
	}
	return false
}

// saidKind is what the words beside a mention say that it is.
func (d *document) saidKind(m *mention) Kind {
	t := d.tokens(m)
	if k := nounKind(english.PlaceWord(t[m.to-1].Text), true); k != kindEnd && m.to > m.from+1 {
		return k
	}
	if m.to < len(t) {
		// "the Texas town": what a town beside a name says is of another place
		if c := english.PlaceWord(t[m.to].Text); c.Has(english.Land|english.BodyOfWater) && !d.inRun(m.sentence, m.to) {
			return nounKind(c, false)
		}
	}
	if k := apposed(t, m.to); k != kindEnd {
		return k
	}
	i := m.from - 1
	if i > 0 && english.NameWord(t[i].Text).Has(english.The) {
		i--
	}
	if i > 0 && english.NameWord(t[i].Text).Has(english.NameOf) {
		if c := english.PlaceWord(t[i-1].Text); c.Has(english.PlaceApposition) {
			return nounKind(c, false)
		}
	}
	return kindEnd
}

// apposed is the kind that an apposition from token i on says: ", the capital",
// ", a small town in".
func apposed(t []text.Token, i int) Kind {
	if i+1 >= len(t) || t[i].Text != "," || !english.NameWord(t[i+1].Text).Has(english.Article|english.The) {
		return kindEnd
	}
	const longest = 3 // words between the article and the noun
	for j := i + 2; j < len(t) && j <= i+2+longest; j++ {
		if c := english.PlaceWord(t[j].Text); c.Has(english.PlaceApposition) {
			return nounKind(c, false)
		}
		if t[j].Text == "," {
			break
		}
	}
	return kindEnd
}

// nounKind is the kind that a noun says, as the end of a name or beside one.
func nounKind(c english.PlaceClass, head bool) Kind {
	type row struct {
		classes english.PlaceClass
		kind    Kind
	}
	rows := []row{
		{english.Settlement, City}, {english.Nation, Country}, {english.Land, Region},
		{english.BodyOfWater, Water}, {english.Spot, Site},
	}
	if head {
		rows = []row{
			{english.SettlementHead, City}, {english.LandHead, Region}, {english.WaterHead, Water},
			{english.SiteHead | english.Street, Site},
		}
	}
	for _, r := range rows {
		if c.Has(r.classes) {
			return r.kind
		}
	}
	return kindEnd
}

// nameSpans are the mentions of names, in reading order, with their kinds.
type nameSpans []nameSpan

type nameSpan struct {
	whence.Span
	kind string
}
