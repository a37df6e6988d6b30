package lineage

import "slices"

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

// size is the bits that prints have: as many as keep those of millions of
// articles apart.
const size = 1<<48 - 1

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
func shingle(of uint64, words []word) uint64 {
	h := of * step
	for _, w := range words {
		h = mix(h ^ uint64(w.hash)*step)
	}
	return h & size &^ reference
}

// print is the fingerprint of n words from one on.
type print struct {
	hash uint64
	at   int32 // number of the first word; -1 for what is not words
	n    int32
	// common: nearly all its words are short, so that chance gives it to many
	// articles. It stands for a window only where all that the window has are so.
	common bool
}

func (p print) before(q print) bool {
	if p.common != q.common {
		return q.common
	}
	return p.hash < q.hash
}

// longShort is how many letters a short word has at most: most of the commonest
// words of a language do.
const longShort = 4

func shortness(w word) int {
	if w.letters <= longShort {
		return 1
	}
	return 0
}

// winnow appends the least print of each window of windows of n words from a
// range; of a range shorter than that, the least of all.
func winnow(to []print, of uint64, words []word, r run, n, window int) []print {
	count := r.to - r.from - n + 1
	// The prints of the window that may still be the least, in rising order.
	queue := make([]print, 0, window)
	short := 0 // words of the shingle
	for i := r.from; i < min(r.to, r.from+n-1); i++ {
		short += shortness(words[i])
	}
	last := int32(-1)
	for i := range max(0, count) {
		at := r.from + i
		short += shortness(words[at+n-1])
		p := print{shingle(of, words[at:at+n]), int32(at), int32(n), short >= n-1}
		short -= shortness(words[at])
		for len(queue) > 0 && !queue[len(queue)-1].before(p) {
			queue = queue[:len(queue)-1]
		}
		queue = append(queue, p)
		if int(queue[0].at) <= at-window {
			queue = slices.Delete(queue, 0, 1)
		}
		if (i >= window-1 || i == count-1) && queue[0].at != last {
			to, last = append(to, queue[0]), queue[0].at
		}
	}
	return to
}
