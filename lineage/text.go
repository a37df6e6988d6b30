package lineage

import (
	"cmp"
	"slices"

	"whence"
)

// Text is an article made ready to be compared.
type Text struct {
	facts   facts
	words   []uint32      // their hashes
	starts  []uint32      // where they stand, in code points
	lengths []uint16      // likewise
	codes   codes         // of the words
	roles   []whence.Role // of the blocks compared
	edges   []int         // where each ends, in words
	quotes  []run         // words in quotation marks or set as a quotation, in order
	prose   []print       // in the order of words
	quoted  []print       // of quotations, likewise
	sorted  []uint64      // the hashes of both, in order, and of which of them
	order   []uint32      // each is, prose first
	// The keys of every few shingles of the words, see stride, and of all those of each
	// quotation.
	proseKeys, quotedKeys []uint32
}

// run is a range of words.
type run struct{ from, to int }

// end is where a word ends, in code points.
func (t *Text) end(word int) int { return int(t.starts[word]) + int(t.lengths[word]) }

// NewText makes an article ready. It keeps nothing of the reading.
func NewText(r *whence.Reading) *Text {
	c := cutters.Get().(*cutter) //nolint:forcetypeassert // the pool holds nothing else
	defer cutters.Put(c)
	c.reset()
	c.article(&r.Article)
	t := &Text{
		facts: factsOf(r), codes: codesOf(c.words),
		roles: slices.Clone(c.roles), edges: slices.Clone(c.edges), quotes: c.quotations(),
	}
	c.winnow(ofProse, run{0, len(c.words)}, proseSize, proseWindow)
	c.note(stride)
	prose, keys := len(c.prints), len(c.keys)
	for _, q := range t.quotes {
		c.winnow(ofQuotation, q, quotedSize, quotedWindow)
		c.note(1)
	}
	prints := slices.Clone(c.prints)
	t.prose, t.quoted = prints[:prose:prose], prints[prose:]
	c.sort()
	t.sorted = slices.Clone(c.sorted)
	numbers := slices.Concat(c.words, c.starts, c.order, c.keys) // one piece of memory
	cut := func(n int) (part []uint32) {
		part, numbers = numbers[:n:n], numbers[n:]
		return part
	}
	words := len(c.words)
	t.words, t.starts, t.order = cut(words), cut(words), cut(len(prints))
	t.lengths = slices.Clone(c.lengths)
	t.proseKeys, t.quotedKeys = cut(keys), numbers
	return t
}

// note notes the keys of every few of the shingles ranked last.
func (c *cutter) note(stride int) {
	for i := 0; i < len(c.ranks); i += stride {
		c.keys = append(c.keys, key(c.ranks[i]))
	}
}

// sort notes the hashes of the prints in order, and the number of each; of those
// that are equal the first first.
func (c *cutter) sort() {
	n := len(c.prints)
	c.sorted, c.order = slices.Grow(c.sorted[:0], n)[:n], slices.Grow(c.order[:0], n)[:n]
	if n > 1<<(64-printBits) {
		for i := range c.order {
			c.order[i] = uint32(i)
		}
		slices.SortFunc(c.order, func(a, b uint32) int {
			return cmp.Or(cmp.Compare(c.prints[a].hash, c.prints[b].hash), cmp.Compare(a, b))
		})
		for i, number := range c.order {
			c.sorted[i] = c.prints[number].hash
		}
		return
	}
	// Single numbers are sorted faster.
	c.list, c.spare = slices.Grow(c.list[:0], n)[:n], slices.Grow(c.spare[:0], n)[:n]
	for i, p := range c.prints {
		c.list[i] = p.hash<<(64-printBits) | uint64(i)
	}
	sortEven(c.list, c.spare)
	for i, x := range c.list {
		c.sorted[i], c.order[i] = x>>(64-printBits), uint32(x&(1<<(64-printBits)-1))
	}
}

// sortEven sorts numbers that differ in their highest bits, as hashes do: by the
// two highest bytes, and then the few that are not in order yet. Spare is memory
// for as many.
func sortEven(list, spare []uint64) {
	for shift := 48; shift <= 56; shift += 8 {
		var begins [257]int32
		for _, x := range list {
			begins[x>>shift&0xff+1]++
		}
		for i := range 255 {
			begins[i+1] += begins[i]
		}
		for _, x := range list {
			at := &begins[x>>shift&0xff]
			spare[*at] = x
			*at++
		}
		list, spare = spare, list
	}
	moves := 0
	for i, x := range list {
		for ; i > 0 && list[i-1] > x; i-- {
			list[i] = list[i-1]
			moves++
		}
		list[i] = x
		if moves > 8*len(list) { // these were made to be alike
			slices.Sort(list)
			return
		}
	}
}

// print is a print by its number.
func (t *Text) print(number uint32) print {
	if n := int(number) - len(t.prose); n >= 0 {
		return t.quoted[n]
	}
	return t.prose[number]
}

// Prints are the fingerprints of the text, sorted, each once: about a hundred of
// an article of news. Besides words they are of its addresses, and of its outlet
// together with each of the names that it speaks of most; and of what it links to
// and of outlets that it cites, together with the same names. So an article is
// found that takes no word from the one it cites. Beside each is what stands around
// it.
func (t *Text) Prints() (prints []uint64, around []Around) {
	s := scratches.Get().(*scratch) //nolint:forcetypeassert // the pool holds nothing else
	defer scratches.Put(s)
	s.references = t.facts.references(s.references[:0])
	references := s.references
	slices.Sort(references)
	references = slices.Compact(references)
	n := len(t.sorted) + len(references)
	prints, around = make([]uint64, 0, n), make([]Around, 0, n)
	s.around = t.around(t.around(s.around[:0], t.prose), t.quoted)
	for i := 0; i < len(t.sorted); {
		p := t.sorted[i]
		for len(references) > 0 && references[0] < p {
			prints, around = append(prints, references[0]), append(around, 0)
			references = references[1:]
		}
		at := s.around[t.order[i]]
		for i++; i < len(t.sorted) && t.sorted[i] == p; i++ {
			at |= 1 << severalBit
		}
		prints, around = append(prints, p), append(around, at)
	}
	for _, r := range references {
		prints, around = append(prints, r), append(around, 0)
	}
	return prints, around
}

// Addresses are those of the prints that stand for addresses: the article's own
// and what it links to.
func (t *Text) Addresses() []uint64 { return t.facts.addressed(nil) }
