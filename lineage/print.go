package lineage

import (
	"math"
	"slices"
)

// The sizes of fingerprints. Prose: any run of proseSize+proseWindow-1 = 20 words
// that two articles share gives them a print in common (Schleimer, Wilkerson and
// Aiken 2003). Quotations are printed more closely, as they are cut shorter:
// any run of quotedSize+quotedWindow-1 = 6 words within quotation marks, and each
// quotation of 4 or 5 words as a whole.
const (
	proseSize, proseWindow   = 5, 16
	quotedSize, quotedWindow = 4, 3
)

// mixing constants of splitmix64 (Steele, Lea and Flood 2014).
const (
	mix1 = 0xbf58476d1ce4e5b9
	mix2 = 0x94d049bb133111eb
	step = 0x9e3779b97f4a7c15
)

func mix(h uint64) uint64 {
	h = (h ^ h>>30) * mix1
	h = (h ^ h>>27) * mix2
	return h ^ h>>31
}

// kinds of prints, which keep those of different matters apart.
const (
	ofProse uint64 = iota + 1
	ofQuotation
	ofAddress
	ofCitation
)

const (
	// printBits is how many bits prints have: as many as keep those of millions of
	// articles apart.
	printBits = 48
	size      = 1<<printBits - 1
)

const (
	// reference is the bit of a print that is set where it stands for an address
	// or a citation, not for words.
	reference = 1
	// referring is the bit of a reference that is set in the article that refers,
	// and not in the one that it may refer to.
	referring = 2
)

// IsReference tells prints of addresses and citations from those of words.
func IsReference(print uint64) bool { return print&reference != 0 }

// Counterpart is the print of a reference's other end: of what may be referred
// to for one that refers, and the other way round.
func Counterpart(print uint64) uint64 { return print ^ referring }

// named is the print of some names, in an order that matters, as of what may be
// referred to.
func named(of uint64, names ...string) uint64 {
	h := of * step
	for _, n := range names {
		for i := range len(n) {
			h = (h ^ uint64(n[i])) * fnvPrime64
		}
		h = mix(h)
	}
	return h&size&^referring | reference
}

const fnvPrime64 = 1099511628211

// shingle is the print of some words that follow each other.
func shingle(of uint64, words []uint32) uint64 {
	h := of * step
	for _, w := range words {
		h = mix(h ^ product(w))
	}
	return h & size &^ reference
}

// product is what shingles are made of.
func product(word uint32) uint64 { return uint64(word) * step }

// print is the fingerprint of n words from one on.
type print struct {
	hash uint64
	at   int32 // number of the first word
	n    int32
}

// ofShort is set in the rank of a shingle nearly all of whose words are short, so
// that chance gives it to many articles. It stands for a window only where all
// that the window has are so.
const ofShort = 1 << 63

// key is as much of a shingle's print as is kept of all shingles of a text.
func key(print uint64) uint32 { return uint32(print >> kindShift) }

// kindShift leaves out the bits that tell the kinds of prints.
const kindShift = 1

// winnow notes the least print of each window of windows of n words from a range; of
// a range shorter than that, the least of all; of some that are equal, the last. It
// notes the keys of all shingles of the range as well.
func (c *cutter) winnow(of uint64, r run, n, window int) {
	c.rank(of, r, n)
	ranks := c.ranks
	take := func(at int) {
		c.prints = append(c.prints, print{ranks[at] &^ ofShort, int32(r.from + at), int32(n)})
	}
	if len(ranks) == 0 {
		return
	}
	at := leastOf(ranks[:min(window, len(ranks))])
	take(at)
	for i := window; i < len(ranks); i++ {
		// The one taken stands for all windows that it is in, up to one that is less.
		for end := min(at+window, len(ranks)); i < end && ranks[i] > ranks[at]; {
			i++
		}
		switch {
		case i == len(ranks):
			return
		case i < at+window:
			at = i
		default:
			at = i - window + 1 + leastOf(ranks[i-window+1:i+1])
		}
		take(at)
	}
}

// leastOf is where the least of some numbers stands last.
func leastOf(ranks []uint64) int {
	least := uint64(math.MaxUint64)
	for _, r := range ranks {
		least = min(least, r)
	}
	i := len(ranks) - 1
	for ranks[i] != least {
		i--
	}
	return i
}

// rank gives all shingles of n words of a range their ranks, and notes their keys;
// n is proseSize or quotedSize.
func (c *cutter) rank(of uint64, r run, n int) {
	count := max(0, r.to-r.from-n+1)
	c.ranks = slices.Grow(c.ranks[:0], count)[:count]
	c.keys = slices.Grow(c.keys, count)
	keys := c.keys[len(c.keys):][:count]
	c.keys = c.keys[:len(c.keys)+count]
	if count == 0 {
		return
	}
	// The products of the last words, and how many of them are short.
	var last [proseSize]uint64
	short := uint8(0)
	words, few := c.words[r.from:r.to], c.short[r.from:r.to]
	for i := range n - 1 {
		last[i+1+proseSize-n] = product(words[i])
		short += few[i]
	}
	var p0 uint64 // leaves first
	p1, p2, p3, p4 := last[1], last[2], last[3], last[4]
	words, entering, leaving := words[n-1:][:count], few[n-1:][:count], few[:count]
	ranks := c.ranks[:count]
	keys = keys[:count]
	for i, w := range words {
		p0, p1, p2, p3, p4 = p1, p2, p3, p4, product(w)
		h := of * step
		if n == proseSize {
			h = mix(h ^ p0)
		}
		h = mix(mix(mix(mix(h^p1)^p2)^p3)^p4) & size &^ reference
		short += entering[i]
		keys[i], ranks[i] = key(h), h
		if int(short) >= n-1 {
			ranks[i] |= ofShort
		}
		short -= leaving[i]
	}
}
