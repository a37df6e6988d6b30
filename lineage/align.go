package lineage

import (
	"cmp"
	"slices"

	"whence"
)

const (
	// leastProse is the fewest words of narrator's prose that make a passage.
	leastProse = 8
	// mostPlaces bounds how many places of one shingle are looked at, so that a
	// text of one word over and over costs no more than any other.
	mostPlaces = 8
)

// match is words that stand in two texts: n words from a in one, b in the other.
type match struct{ a, b, n int }

// matches are the longest runs of words that both texts hold, none of which
// overlaps another in b; in the order of b. Shingles for which furniture is true
// begin no run and end those that reach them.
func matches(a, b *Text, furniture func(shingle uint64) bool) []match {
	var found []match
	found = runsOf(found, a.words, b.words, whole(a), whole(b), ofProse, prose, leastProse, furniture)
	found = runsOf(found, a.words, b.words, a.quotes, b.quotes, ofQuotation, quoted, quoted, furniture)
	slices.SortFunc(found, func(x, y match) int {
		return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(x.b, y.b), cmp.Compare(x.a, y.a))
	})
	kept := found[:0]
	taken := make([]bool, len(b.words))
	for _, m := range found {
		// What a longer one has taken is cut off.
		for m.n > 0 && taken[m.b] {
			m.a, m.b, m.n = m.a+1, m.b+1, m.n-1
		}
		for m.n > 0 && taken[m.b+m.n-1] {
			m.n--
		}
		if m.n < quoted || slices.Contains(taken[m.b:m.b+m.n], true) {
			continue
		}
		for i := m.b; i < m.b+m.n; i++ {
			taken[i] = true
		}
		kept = append(kept, m)
	}
	slices.SortFunc(kept, func(x, y match) int { return cmp.Compare(x.b, y.b) })
	return kept
}

func whole(t *Text) []run { return []run{{0, len(t.words)}} }

// runsOf appends the runs of at least `least` words, begun by a shingle of n,
// that stand within a range of as in a and of bs in b.
func runsOf(to []match, a, b []word, as, bs []run, of uint64, n, least int, furniture func(uint64) bool) []match {
	places := map[uint64][]int32{}
	for _, r := range as {
		for i := r.from; i+n <= r.to; i++ {
			p := shingle(of, a[i:i+n])
			if at := places[p]; len(at) < mostPlaces {
				places[p] = append(at, int32(i))
			}
		}
	}
	ends := make([]int, len(a)) // where the range of as around a word ends
	for _, r := range as {
		for i := r.from; i < r.to; i++ {
			ends[i] = r.to
		}
	}
	for _, r := range bs {
		for j := r.from; j+n <= r.to; {
			p := shingle(of, b[j:j+n])
			best := match{b: j}
			if at := places[p]; at != nil && !furniture(p) {
				for _, i := range at {
					if m := extent(a[i:ends[i]], b[j:r.to], of, n, furniture); m > best.n {
						best.a, best.n = int(i), m
					}
				}
			}
			if best.n >= least {
				to = append(to, best)
			}
			j += max(1, best.n-n+1)
		}
	}
	return to
}

// extent is how many words a and b begin with alike, up to where furniture
// begins.
func extent(a, b []word, of uint64, n int, furniture func(uint64) bool) int {
	i := n
	for i < min(len(a), len(b)) && a[i].hash == b[i].hash && !furniture(shingle(of, b[i-n+1:i+1])) {
		i++
	}
	return i
}

// passage is a match as a place in the texts.
func passage(a, b *Text, m match) whence.Passage {
	first, last := a.words[m.a], a.words[m.a+m.n-1]
	otherFirst, otherLast := b.words[m.b], b.words[m.b+m.n-1]
	return whence.Passage{
		Span:       whence.Span{Start: int(first.start), End: int(last.end)},
		OtherStart: int(otherFirst.start), OtherEnd: int(otherLast.end),
		Quotation: a.quotedWords(m.a, m.a+m.n) == m.n || b.quotedWords(m.b, m.b+m.n) == m.n,
	}
}

// quotedWords counts the words of a range that stand in quotations.
func (t *Text) quotedWords(from, to int) int {
	n := 0
	i, _ := slices.BinarySearchFunc(t.quotes, from, func(q run, at int) int { return cmp.Compare(q.to, at+1) })
	for ; i < len(t.quotes) && t.quotes[i].from < to; i++ {
		n += max(0, min(to, t.quotes[i].to)-max(from, t.quotes[i].from))
	}
	return n
}
