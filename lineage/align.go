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
// overlaps another in b; in the order of b. What lies in prints that are
// furniture is left out.
func matches(a, b *Text, furniture func(print uint64) bool) []match {
	found := runsOf(nil, a.words, b.words, whole(a), whole(b), ofProse, proseSize, leastProse)
	found = runsOf(found, a.words, b.words, a.quotes, b.quotes, ofQuotation, quotedSize, quotedSize)
	found = clear(a, b, found, furniture)
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
		if m.n < quotedSize || slices.Contains(taken[m.b:m.b+m.n], true) {
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
func runsOf(to []match, a, b []word, as, bs []run, of uint64, n, least int) []match {
	where := placesOf(a, as, of, n)
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
			for at, seen := where.first[p>>kindShift&where.mask], 0; at != 0 && seen < mostPlaces; at = where.next[at-1] {
				i := where.at[at-1]
				if where.hash[at-1] != p {
					continue
				}
				seen++
				if m := alike(a[i:ends[i]], b[j:r.to]); m > best.n {
					best.a, best.n = int(i), m
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

// places are where the shingles of a text stand: chains of places with the same
// lowest bits, the earliest first, by their numbers from 1; 0 ends one.
type places struct {
	mask  uint64
	first []int32
	next  []int32
	at    []int32
	hash  []uint64
}

func placesOf(words []word, ranges []run, of uint64, n int) places {
	count := 0
	for _, r := range ranges {
		count += max(0, r.to-r.from-n+1)
	}
	size := 1
	for size < 2*count {
		size *= 2
	}
	p := places{uint64(size - 1), make([]int32, size), make([]int32, count), make([]int32, count), make([]uint64, count)}
	// From the end on, so that each chain has the earliest first.
	k := count
	for _, r := range slices.Backward(ranges) {
		for i := r.to - n; i >= r.from; i-- {
			k--
			h := shingle(of, words[i:i+n])
			p.at[k], p.hash[k] = int32(i), h
			slot := h >> kindShift & p.mask
			p.next[k], p.first[slot] = p.first[slot], int32(k+1)
		}
	}
	return p
}

// kindShift leaves out the bits that tell the kinds of prints.
const kindShift = 1

// alike is how many words a and b begin with in common.
func alike(a, b []word) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i].hash != b[i].hash {
			return i
		}
	}
	return n
}

// clear takes furniture out of matches. Only some shingles have prints, so words
// between two prints that are furniture are too, and so are those between such
// a print and the end of the match. Prints that only one of the texts has there,
// for what stands around the match, are passed over, so that the two may change
// places.
func clear(a, b *Text, found []match, furniture func(print uint64) bool) []match {
	var kept []match
	for _, m := range found {
		masked := make([]bool, m.n)
		mask := func(from, to int) {
			for i := max(0, from-m.a); i < min(m.n, to-m.a); i++ {
				masked[i] = true
			}
		}
		for _, of := range [][2][]print{{a.prose, b.prose}, {a.quoted, b.quoted}} {
			prints := common(within(of[0], m.a, m.a+m.n), within(of[1], m.b, m.b+m.n), m.b-m.a)
			end := m.a // of the furniture before, or of the match's beginning
			for i, p := range prints {
				from, to := int(p.at), int(p.at+p.n)
				if !furniture(p.hash) {
					end = to + m.n // no furniture before the next
					continue
				}
				mask(min(end, from), to)
				end = to
				if i == len(prints)-1 {
					mask(to, m.a+m.n)
				}
			}
		}
		kept = appendUnmasked(kept, m, masked)
	}
	return kept
}

// common are the prints of a that b has too, by places further on.
func common(a, b []print, by int) []print {
	var list []print
	for _, p := range a {
		for len(b) > 0 && int(b[0].at) < int(p.at)+by {
			b = b[1:]
		}
		if len(b) > 0 && int(b[0].at) == int(p.at)+by {
			list = append(list, p)
		}
	}
	return list
}

// within are the prints of words of a range.
func within(prints []print, from, to int) []print {
	i, _ := slices.BinarySearchFunc(prints, from, func(p print, at int) int { return int(p.at) - at })
	j := i
	for j < len(prints) && int(prints[j].at+prints[j].n) <= to {
		j++
	}
	return prints[i:j]
}

// appendUnmasked appends what is left of a match, where it is long enough.
func appendUnmasked(to []match, m match, masked []bool) []match {
	from := 0
	for i := 0; i <= m.n; i++ {
		if i < m.n && !masked[i] {
			continue
		}
		if n := i - from; n == m.n || n >= leastProse {
			to = append(to, match{m.a + from, m.b + from, n})
		}
		from = i + 1
	}
	return to
}

// leastPiece is the fewest words of a match that are shown where the edge of a
// block cuts it.
const leastPiece = 3

// split cuts a match at the edges of the blocks of both texts, between which
// words that are not compared may stand.
func split(m match, as, bs []int) []match {
	var pieces []match
	i, _ := slices.BinarySearch(as, m.a+1)
	j, _ := slices.BinarySearch(bs, m.b+1)
	for m.n > 0 {
		n := min(m.n, as[i]-m.a, bs[j]-m.b)
		if n >= leastPiece {
			pieces = append(pieces, match{m.a, m.b, n})
		}
		m = match{m.a + n, m.b + n, m.n - n}
		if m.a == as[i] {
			i++
		}
		if m.b == bs[j] {
			j++
		}
	}
	return pieces
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

// SameWords tells whether two texts are the same words, as passages are found.
func SameWords(a, b string) bool {
	var x, y cutter
	x.cut(a, 0)
	y.cut(b, 0)
	return slices.EqualFunc(x.words, y.words, func(v, w word) bool { return v.hash == w.hash })
}
