// Package place reads places: words for places, with what a gazetteer knows.
//
// A mention is a name of the gazetteer, or a run of capitals that the words
// around say is a place. Learned weights tell places from the names of persons,
// bodies and peoples, and choose among namesakes by what else the article names.
//
// The package promises that a place is as sharp as the words for it and no
// sharper, and that time is linear in the text. It refuses to give a point to
// a name that the gazetteer does not have, to streets and addresses, or where
// it cannot be told which namesake is meant; names of peoples are no places.
package place

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"whence"
	"whence/english"
	"whence/text"
)

// Read finds the places of an article in its sentences, which are those of the
// blocks to read, in reading order, with one tree each. Names and attributions
// of the reading are found already; they tell persons, organisations and
// governments from places.
func Read(r *whence.Reading, sentences []text.Sentence, trees []english.Tree) []whence.Place {
	d := study(r, sentences, trees, learned())
	return d.places()
}

// study finds the mentions and chooses their places.
func study(r *whence.Reading, sentences []text.Sentence, trees []english.Tree, w *weights) *document {
	d := &document{g: known(), sentences: sentences, trees: trees, names: spansOf(r.Names), index: text.NewIndex(r.Text), reading: r}
	d.detect()
	d.lookAround()
	d.describe()
	for n := range d.mentions {
		d.mentions[n].score = w.score(&d.mentions[n])
	}
	d.resolve(w)
	return d
}

// The log odds from which on a mention is a place.
const (
	atLeast        = -0.8
	atLeastUnknown = -0.4 // where the gazetteer does not have the name
)

// bearsName tells whether the mention is the given name of a person of the
// article: "Georgia Whitlock", and then "Georgia".
func (m *mention) bearsName() bool {
	if m.features&givenName == 0 || m.features&(afterInside|hasParent) != 0 {
		return false
	}
	const heads = beforeOutlet | beforeBody | beforeGovernment | beforeHead | beforeStreet | isBody | inBody | isGovernment | inGovernment
	return m.features&(isPerson|inPerson) != 0 || m.features&beforeCapital != 0 && m.features&heads == 0 && m.run[1] == m.to+1
}

// sureEnough is the probability below which it cannot be told which of its
// namesakes a place is. Of choices below it one in seven is right.
const sureEnough = 0.3

// places are the mentions that are places.
func (d *document) places() []whence.Place {
	sources := sourcesOf(d.reading)
	var all []whence.Place
	for n := range d.mentions {
		m := &d.mentions[n]
		if m.bearsName() || m.score < atLeast || len(m.refs) == 0 && m.score < atLeastUnknown {
			continue
		}
		p := whence.Place{ID: "p" + strconv.Itoa(len(all)+1), Span: d.span(m), Text: d.words(m)}
		d.locate(&p, m)
		p.Government = d.governs(m, sources)
		all = append(all, p)
	}
	return all
}

// sourcesOf are the spans of the sources of attributions.
func sourcesOf(r *whence.Reading) map[whence.Span]bool {
	all := map[whence.Span]bool{}
	for _, a := range r.Attributions {
		if a.Source != nil && len(a.Source.Spans) == 1 {
			all[a.Source.Spans[0]] = true
		}
	}
	return all
}

// governs tells whether the mention stands for the government that sits there:
// a country, a division, a capital or a seat of power that says something.
func (d *document) governs(m *mention, sources map[whence.Span]bool) bool {
	if m.choice < 0 || m.features&(afterCapital|beforeCapital) != 0 {
		return false
	}
	e := &d.g.places[m.choice]
	if e.kind != Country && e.kind != Division && e.kind != Site && e.seat != Capital {
		return false
	}
	s := d.span(m)
	if m.features&speaks != 0 || sources[s] {
		return true
	}
	if t := d.tokens(m); m.from > 0 && english.NameWord(t[m.from-1].Text).Has(english.The) {
		return sources[whence.Span{Start: t[m.from-1].Start, End: s.End}]
	}
	return false
}

// words are the words of the mention, a bad byte as the character for one.
func (d *document) words(m *mention) string {
	s := d.index.Slice(d.span(m))
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
}

// locate fills in what the gazetteer knows of the choice.
func (d *document) locate(p *whence.Place, m *mention) {
	if m.choice < 0 {
		if m.said != kindEnd {
			p.Precision = precisions[m.said]
		}
		return
	}
	if m.margin < sureEnough {
		return
	}
	e := &d.g.places[m.choice]
	point := e.point()
	p.Point, p.Name, p.Geonames = &point, d.g.name(m.choice), int(e.geonames)
	p.Precision = precisions[e.kind]
	if c := d.g.parent(m.choice, Country); c >= 0 {
		p.Country = string(d.g.places[c].code[:])
	}
}

// Knows tells whether the gazetteer has a place of that name.
func Knows(name string) bool { return len(known().find(keyOf(name))) > 0 }

// IsPeople tells whether words end in the name of a people: "South Ossetian".
func IsPeople(words string) bool {
	last := words[strings.LastIndexByte(words, ' ')+1:]
	return english.NameWord(last).Has(english.Demonym) || english.PlaceWord(last).Has(english.PlacePeople)
}
