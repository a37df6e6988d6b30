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
	c := cutters.Get().(*cutter) //nolint:forcetypeassert // the pool holds nothing else
	defer cutters.Put(c)
	c.reset()
	c.article(&r.Article)
	t := &Text{facts: factsOf(r), words: slices.Clone(c.words), roles: slices.Clone(c.roles), edges: slices.Clone(c.edges), quotes: c.quotations()}
	t.codes = make([]uint8, len(t.words))
	for i, w := range t.words {
		t.codes[i] = codeOf(w.hash)
	}
	c.products = products(c.products, t.words)
	c.winnow(ofProse, run{0, len(t.words)}, proseSize, proseWindow)
	prose, keys := len(c.prints), len(c.keys)
	for _, q := range t.quotes {
		c.winnow(ofQuotation, q, quotedSize, quotedWindow)
	}
	prints := make([]print, 2*len(c.prints))
	n := copy(prints, c.prints)
	t.prose, t.quoted, t.sorted = prints[:prose:prose], prints[prose:n:n], prints[n:]
	t.proseKeys = slices.Clone(c.keys)
	t.proseKeys, t.quotedKeys = t.proseKeys[:keys:keys], t.proseKeys[keys:]
	c.sort(t.sorted)
	return t
}

// sort puts the prints in the order of their hashes, then of places.
func (c *cutter) sort(to []print) {
	if len(c.prints) > 1<<(64-bits) {
		copy(to, c.prints)
		slices.SortStableFunc(to, func(a, b print) int { return cmp.Compare(a.hash, b.hash) })
		return
	}
	// Numbers are sorted faster than prints.
	c.order = c.order[:0]
	for i, p := range c.prints {
		c.order = append(c.order, p.hash<<(64-bits)|uint64(i))
	}
	slices.Sort(c.order)
	for i, o := range c.order {
		to[i] = c.prints[o&(1<<(64-bits)-1)]
	}
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
