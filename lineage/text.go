package lineage

import (
	"cmp"
	"slices"

	"whence"
)

// Text is an article made ready to be compared.
type Text struct {
	facts  facts
	words  []word
	roles  []whence.Role // of the blocks compared
	edges  []int         // where each ends, in words
	quotes []run         // words in quotation marks or set as a quotation, in order
	prose  []print       // in the order of words
	quoted []print       // of quotations, likewise
	sorted []print       // of both, by their hashes
}

// run is a range of words.
type run struct{ from, to int }

// NewText makes an article ready. It keeps nothing of the reading.
func NewText(r *whence.Reading) *Text {
	var c cutter
	c.article(&r.Article)
	t := &Text{facts: factsOf(r), words: c.words, roles: c.roles, edges: c.edges, quotes: c.quotations()}
	t.prose = winnow(make([]print, 0, len(t.words)/8+8), ofProse, t.words, run{0, len(t.words)}, proseSize, proseWindow)
	for _, q := range t.quotes {
		t.quoted = winnow(t.quoted, ofQuotation, t.words, q, quotedSize, quotedWindow)
	}
	t.sorted = slices.Concat(t.prose, t.quoted)
	slices.SortFunc(t.sorted, func(a, b print) int { return cmp.Compare(a.hash, b.hash) })
	return t
}

// Prints are the fingerprints of the text, sorted, each once: about a hundred of
// an article of news. Besides words they are of its addresses, and of its outlet
// together with each of the names that it speaks of most; and of what it links to
// and of outlets that it cites, together with the same names. So an article is
// found that takes no word from the one it cites.
func (t *Text) Prints() []uint64 {
	list := t.facts.references(make([]uint64, 0, len(t.prose)+len(t.quoted)+2*mostTopics))
	for _, p := range t.sorted {
		list = append(list, p.hash)
	}
	slices.Sort(list)
	return slices.Compact(list)
}
