package lineage

import "slices"

// The sizes of fingerprints. Prose: any run of prose+proseWindow-1 = 20 words
// that two articles share gives them a print in common (Schleimer, Wilkerson and
// Aiken 2003). Quotations are printed more closely, as they are cut shorter:
// any run of quoted+quotedWindow-1 = 6 words within quotation marks, and each
// quotation of 4 or 5 words as a whole.
const (
	prose, proseWindow   = 5, 16
	quoted, quotedWindow = 4, 3
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

// shingle is the print of some words that follow each other.
func shingle(of uint64, words []word) uint64 {
	h := of * step
	for _, w := range words {
		h = mix(h ^ uint64(w.hash)*step)
	}
	return h
}

// winnow appends the least print of each window of windows of n words: of words
// shorter than that, the least of all.
func winnow(to []uint64, of uint64, words []word, n, window int) []uint64 {
	if len(words) < n {
		return to
	}
	// The prints of the window that may still be the least, in rising order.
	type candidate struct {
		print uint64
		at    int
	}
	queue := make([]candidate, 0, window)
	count := len(words) - n + 1
	last := -1
	for i := range count {
		p := shingle(of, words[i:i+n])
		for len(queue) > 0 && queue[len(queue)-1].print >= p {
			queue = queue[:len(queue)-1]
		}
		queue = append(queue, candidate{p, i})
		if queue[0].at <= i-window {
			queue = slices.Delete(queue, 0, 1)
		}
		if (i >= window-1 || i == count-1) && queue[0].at != last {
			to, last = append(to, queue[0].print), queue[0].at
		}
	}
	return to
}
