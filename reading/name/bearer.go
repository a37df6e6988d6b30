package name

import (
	"strings"

	"whence/english"
)

// bearer is a person, body or place with all its mentions.
type bearer struct {
	mentions []int // numbers of mentions, in order
	fullest  extent
	tokens   []string // of the fullest mention, as keys
	class    class
	kind     string  // of the name; "" where it is not one to be listed
	gender   int     // above 0 he, below 0 she
	number   int     // in the list
	last     int     // sentence in which it was spoken of last, -1 before
	group    bool    // a family or people, or a noun: nobody by name
	into     *bearer // the one it turned out to be
	seen     evidence
}

// root is the bearer that b turned out to be.
func (b *bearer) root() *bearer {
	for b.into != nil {
		b = b.into
	}
	return b
}

// gather makes bearers of the mentions: first those with the same words, then
// short forms joined to the one full form that they fit.
func (d *document) gather() []*bearer {
	g := &gathering{d: d, byKey: map[string]*bearer{}, byWord: map[string][]*bearer{}, belongs: make([]*bearer, len(d.mentions))}
	for i := range d.mentions {
		g.same(i)
	}
	for _, b := range g.bearers {
		b.class = b.seen.class()
	}
	g.joinPersons()
	g.joinBodies()
	for i := range d.mentions {
		if b := g.belongs[i].root(); !b.group {
			b.mentions = append(b.mentions, i)
		}
	}
	var kept []*bearer
	for _, b := range g.bearers {
		if len(b.mentions) > 0 {
			d.settle(b)
			kept = append(kept, b)
		}
	}
	return kept
}

// gathering is the work of putting mentions together.
type gathering struct {
	d       *document
	bearers []*bearer
	byKey   map[string]*bearer
	byWord  map[string][]*bearer // persons of several words, by each word that may stand for them
	belongs []*bearer            // by mention
}

// mostAlike bounds the bearers that share a word and are told apart.
const mostAlike = 8

// same puts a mention with those of the same words.
func (g *gathering) same(i int) {
	m := &g.d.mentions[i]
	tokens := g.d.keys(m.extent)
	key := english.SameName(strings.Join(tokens, " "))
	b := g.byKey[key]
	if b == nil {
		b = &bearer{fullest: m.extent, tokens: tokens, last: -1}
		g.byKey[key] = b
		g.bearers = append(g.bearers, b)
	} else if m.to-m.from > b.fullest.to-b.fullest.from {
		b.fullest, b.tokens = m.extent, tokens
	}
	b.seen.add(m.seen)
	b.gender += g.d.genderHint(m)
	g.belongs[i] = b
}

// keys are the words of a name as they are compared: in lower case, without
// stops of initials and without suffixes.
func (d *document) keys(e extent) []string {
	keys := make([]string, 0, e.to-e.from)
	for i := e.from; i < e.to; i++ {
		w := d.words[i].Text
		if !isWord(w) || i > e.from && d.words[i].capital && d.words.has(i, english.Suffix|english.OrgSuffix) {
			continue
		}
		keys = append(keys, strings.ToLower(w))
	}
	if len(keys) == 0 {
		keys = append(keys, strings.ToLower(d.words[e.from].Text))
	}
	return keys
}

// genderHint is what a mention says of he or she: its titles and roles count
// for more than the given name.
func (d *document) genderHint(m *mention) int {
	hint := 4 * m.gender
	if m.to-m.from > 1 || m.titled {
		switch c := d.words[m.from].class & english.Given; c {
		case english.GivenHe:
			hint++
		case english.GivenShe:
			hint--
		}
	} else if c := d.words[m.from].class & english.Given; c == english.GivenHe {
		hint++
	} else if c == english.GivenShe {
		hint--
	}
	return hint
}

// settle says what a bearer is after all its mentions are known.
func (d *document) settle(b *bearer) {
	d.chooseFullest(b)
	switch b.class {
	case isPerson:
		b.kind = Person
	case isBody:
		b.kind = Organisation
		if d.governs(b.fullest) {
			b.kind = Government
		}
	case isPlace:
		d.keepActing(b)
	}
}

// chooseFullest takes the form of several words that is used most, of equals
// the first; where none has several, the longest.
func (d *document) chooseFullest(b *bearer) {
	times := map[string]int{}
	most := 0
	for _, i := range b.mentions {
		e := d.mentions[i].extent
		if e.to-e.from < 2 {
			continue
		}
		form := d.words.join(e.from, e.to)
		times[form]++
		if times[form] > most {
			b.fullest = e
		}
		most = max(most, times[form])
	}
}

// governs tells whether the words name a part of a government.
func (d *document) governs(e extent) bool {
	from := e.from
	for from < e.to-1 && (d.words.has(from, english.Place|english.Demonym)) {
		from++
	}
	if d.words.whole(english.GovernmentBody, from, e.to) || d.words.has(e.to-1, english.GovHead) {
		return true
	}
	for i := e.from; i < e.to-1; i++ {
		if d.words.has(i+1, english.Link) && i+2 < e.to {
			return d.words.has(i, english.GovHead)
		}
	}
	return false
}

// keepActing keeps those mentions of a place that act as a government does,
// and lists it where there are any.
func (d *document) keepActing(b *bearer) {
	if !d.words.whole(english.CountryName|english.CapitalName, b.fullest.from, b.fullest.to) {
		return
	}
	var acting []int
	for _, i := range b.mentions {
		if d.acts(&d.mentions[i]) {
			acting = append(acting, i)
		}
	}
	if len(acting) > 0 {
		b.mentions, b.kind = acting, Government
		b.fullest = d.mentions[acting[0]].extent
	}
}

// acts tells whether a place does something, or without a tree whether it says
// or wants something.
func (d *document) acts(m *mention) bool {
	s := d.sentences[m.sentence]
	if m.from > s.from && (d.words.has(m.from-1, english.Amid|english.NameOf) || d.words.is(m.from-1, ",")) {
		return false
	}
	head := d.head(m.extent)
	if w := d.words[head]; w.label != english.NoLabel {
		return w.label.Subject() && w.head >= 0 && d.verbOfDeed(w.head)
	}
	at := m.to
	for at < s.to && at < m.to+3 && (english.Lookup(d.words[at].Text).Class.Has(english.Auxiliary | english.Adverb)) {
		at++
	}
	return at < s.to && d.verbOfSpeech(at)
}

// verbOfDeed tells whether word i is a verb of doing something, not of being.
func (d *document) verbOfDeed(i int) bool {
	return d.words[i].tag.Verb() && !english.Lookup(d.words[i].Text).Class.Has(english.Be|english.Have)
}

func (d *document) verbOfSpeech(i int) bool {
	v := english.Lookup(d.words[i].Text)
	return v.Verb != nil && v.Verb.Kind != "" && (d.words[i].tag == english.NoTag || d.words[i].tag.Verb())
}
