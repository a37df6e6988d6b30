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
	codes  []uint8       // of the words, see [Around]
	roles  []whence.Role // of the blocks compared
	edges  []int         // where each ends, in words
	quotes []run         // words in quotation marks or set as a quotation, in order
	prose  []print       // in the order of words
	quoted []print       // of quotations, likewise
	sorted []print       // of both, by their hashes
	// The keys of all shingles of the words, and of all those of each quotation.
	proseKeys, quotedKeys []uint32
}

// run is a range of words.
type run struct{ from, to int }

// NewText makes an article ready. It keeps nothing of the reading.
func NewText(r *whence.Reading) *Text {
	var c cutter
	c.article(&r.Article)
	t := &Text{facts: factsOf(r), words: c.words, roles: c.roles, edges: c.edges, quotes: c.quotations()}
	t.codes = make([]uint8, len(t.words))
	for i, w := range t.words {
		t.codes[i] = codeOf(w.hash)
	}
	most := len(t.words)/6 + 8
	prints := make([]print, 0, most)
	prints, t.proseKeys = c.winnow(prints, make([]uint32, 0, len(t.words)), ofProse, run{0, len(t.words)}, proseSize, proseWindow)
	prose := len(prints)
	for _, q := range t.quotes {
		prints, t.quotedKeys = c.winnow(prints, t.quotedKeys, ofQuotation, q, quotedSize, quotedWindow)
	}
	t.prose, t.quoted = prints[:prose:prose], prints[prose:]
	t.sorted = slices.Clone(prints)
	slices.SortFunc(t.sorted, func(a, b print) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.at, b.at)) })
	return t
}

// Prints are the fingerprints of the text, sorted, each once: about a hundred of
// an article of news. Besides words they are of its addresses, and of its outlet
// together with each of the names that it speaks of most; and of what it links to
// and of outlets that it cites, together with the same names. So an article is
// found that takes no word from the one it cites. Beside each is what stands around
// it.
func (t *Text) Prints() (prints []uint64, around []Around) {
	references := t.facts.references(make([]uint64, 0, 2*mostTopics))
	slices.Sort(references)
	references = slices.Compact(references)
	n := len(t.sorted) + len(references)
	prints, around = make([]uint64, 0, n), make([]Around, 0, n)
	for i := 0; i < len(t.sorted); {
		p := t.sorted[i]
		for len(references) > 0 && references[0] < p.hash {
			prints, around = append(prints, references[0]), append(around, 0)
			references = references[1:]
		}
		at := t.around(p)
		for i++; i < len(t.sorted) && t.sorted[i].hash == p.hash; i++ {
			at |= 1 << severalBit
		}
		prints, around = append(prints, p.hash), append(around, at)
	}
	for _, r := range references {
		prints, around = append(prints, r), append(around, 0)
	}
	return prints, around
}

// Addresses are those of the prints that stand for addresses: the article's own
// and what it links to.
func (t *Text) Addresses() []uint64 { return t.facts.addressed(nil) }
