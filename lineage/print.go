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

// factor is what shingles are polynomials of, modulo 2 to the 64 (Karp and Rabin 1987),
// so that it takes two products to go on by a word. Any odd number will do; this was taken
// before it was seen what is found by it. Only the highest bits, which depend on all of
// every word, are used.
const factor = step

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

// key is as much of a shingle's rank, or of a print, as is compared first.
func key(rank uint64) uint32 { return uint32(rank >> (printBits - 32)) }

// winnow notes the least print of each window of windows of n words from a range; of
// a range shorter than that, the least of all; of some that are equal, the last.
func (c *cutter) winnow(of uint64, r run, n, window int) {
	c.ranks = ranksOf(c.ranks, of, c.words[r.from:r.to], n)
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

// ranksOf gives all shingles of n words their ranks, in the memory of some others; n is
// proseSize or quotedSize.
func ranksOf(ranks []uint64, of uint64, words []uint32, n int) []uint64 {
	count := max(0, len(words)-n+1)
	ranks = slices.Grow(ranks[:0], count)[:count]
	if count == 0 {
		return ranks
	}
	// The sum that is carried on is of the last words, and so are the bits of those of
	// them that are long.
	sum, long, power := uint64(0), uint32(0), uint64(factor)
	for _, w := range words[:n-1] {
		sum, long, power = (sum+uint64(w))*factor, long<<1|w>>isLong, power*factor
	}
	kind, last := of*step, uint32(1)<<n-1
	enters, leaves := words[n-1:][:count], words[:count]
	for i, w := range enters {
		sum, long = (sum+uint64(w))*factor, (long<<1|w>>isLong)&last
		ranks[i] = (sum+kind)>>(64-printBits)&^reference | fewLong>>(long&63)<<63
		sum -= uint64(leaves[i]) * power
	}
	return ranks
}

// fewLong has a bit for each number of which no more than one bit is set.
const fewLong uint64 = 1<<0 | 1<<1 | 1<<2 | 1<<4 | 1<<8 | 1<<16
