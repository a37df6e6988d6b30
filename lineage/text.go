package lineage

import (
	"slices"

	"whence"
)

// Text is an article made ready to be compared.
type Text struct {
	Reading *whence.Reading

	words  []word
	roles  []whence.Role // of the blocks compared
	edges  []int         // where each ends, in words
	quotes []run         // words in quotation marks or set as a quotation, in order
}

// run is a range of words.
type run struct{ from, to int }

// NewText makes an article ready. The reading is kept, not changed.
func NewText(r *whence.Reading) *Text {
	var c cutter
	c.article(&r.Article)
	return &Text{r, c.words, c.roles, c.edges, c.quotations()}
}

// Prints are the fingerprints of the text's words, sorted, each once: about a
// hundred of an article of news.
func (t *Text) Prints() []uint64 {
	prints := winnow(make([]uint64, 0, len(t.words)/6+16), ofProse, t.words, prose, proseWindow)
	for _, q := range t.quotes {
		prints = winnow(prints, ofQuotation, t.words[q.from:q.to], quoted, quotedWindow)
	}
	slices.Sort(prints)
	return slices.Compact(prints)
}
