package lineage

import "math"

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
	// bits is how many bits prints have: as many as keep those of millions of
	// articles apart.
	bits = 48
	size = 1<<bits - 1
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

// shingle is the print of some words that follow each other, by the products of
// their hashes with step.
func shingle(of uint64, words []uint64) uint64 {
	h := of * step
	if len(words) == proseSize { // nearly all are
		h = mix(mix(mix(mix(mix(h^words[0])^words[1])^words[2])^words[3]) ^ words[4])
		return h & size &^ reference
	}
	for _, w := range words {
		h = mix(h ^ w)
	}
	return h & size &^ reference
}

// products are what shingles are made of.
func products(to []uint64, words []word) []uint64 {
	for _, w := range words {
		to = append(to, uint64(w.hash)*step)
	}
	return to
}

// print is the fingerprint of n words from one on.
type print struct {
	hash uint64
	at   int32 // number of the first word
	n    int32
}

// longShort is how many letters a short word has at most: most of the commonest
// words of a language do.
const longShort = 4

// ofShort is set in the rank of a shingle nearly all of whose words are short, so
// that chance gives it to many articles. It stands for a window only where all
// that the window has are so.
const ofShort = 1 << 63

// key is as much of a shingle's print as is kept of all shingles of a text.
func key(print uint64) uint32 { return uint32(print >> kindShift) }

// kindShift leaves out the bits that tell the kinds of prints.
const kindShift = 1

// winnow notes the least print of each window of windows of n words from a range; of
// a range shorter than that, the least of all. It notes the keys of all shingles of
// the range as well.
func (c *cutter) winnow(of uint64, r run, n, window int) {
	var ranks [proseWindow]uint64 // of the last shingles, by their numbers
	short := 0                    // words of the shingle
	for i := r.from; i < min(r.to, r.from+n-1); i++ {
		short += shortness(c.short[i])
	}
	count := r.to - r.from - n + 1
	least, at, last := uint64(math.MaxUint64), -1, -1 // the rank that stands for the window, whose it is, and whose was taken last
	for i := range max(0, count) {
		first := r.from + i
		rank := shingle(of, c.products[first:first+n])
		c.keys = append(c.keys, key(rank))
		short += shortness(c.short[first+n-1])
		if short >= n-1 {
			rank |= ofShort
		}
		short -= shortness(c.short[first])
		ranks[i%proseWindow] = rank
		switch {
		case rank <= least:
			least, at = rank, i
		case at <= i-window:
			least = math.MaxUint64
			for j := i - window + 1; j <= i; j++ {
				if ranks[j%proseWindow] <= least {
					least, at = ranks[j%proseWindow], j
				}
			}
		}
		if (i >= window-1 || i == count-1) && at != last {
			c.prints = append(c.prints, print{least &^ ofShort, int32(r.from + at), int32(n)})
			last = at
		}
	}
}

func shortness(short bool) int {
	if short {
		return 1
	}
	return 0
}
