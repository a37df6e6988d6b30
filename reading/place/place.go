// Package place reads places: words for places, with what a gazetteer knows.
package place

import (
	"strconv"

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
	d := &document{g: known(), sentences: sentences, trees: trees, names: spansOf(r.Names), index: text.NewIndex(r.Text)}
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

// places are the mentions that are places.
func (d *document) places() []whence.Place {
	var all []whence.Place
	for n := range d.mentions {
		m := &d.mentions[n]
		if m.score < atLeast || len(m.refs) == 0 && m.score < atLeastUnknown {
			continue
		}
		p := whence.Place{ID: "p" + strconv.Itoa(len(all)+1), Span: d.span(m), Text: d.index.Slice(d.span(m))}
		d.locate(&p, m)
		all = append(all, p)
	}
	return all
}

// locate fills in what the gazetteer knows of the choice.
func (d *document) locate(p *whence.Place, m *mention) {
	if m.choice < 0 {
		if m.said != kindEnd {
			p.Precision = precisions[m.said]
		}
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
