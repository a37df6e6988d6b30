package lineage

import (
	"cmp"
	"slices"
	"sync"

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
func (s *scratch) matches(a, b *Text, furniture func(print uint64) bool) []match {
	if s.sown != b {
		// A new article is compared with many.
		s.sown = b
		s.prose.sow(b.proseKeys)
		s.quoted.sow(b.quotedKeys)
	}
	found := s.runsOf(s.found[:0], a, b, []run{{0, len(a.words)}}, []run{{0, len(b.words)}}, a.proseKeys, b.proseKeys, &s.prose, proseSize, leastProse)
	found = s.runsOf(found, a, b, a.quotes, b.quotes, a.quotedKeys, b.quotedKeys, &s.quoted, quotedSize, quotedSize)
	s.found = found
	found = s.clear(a, b, found, furniture)
	slices.SortFunc(found, func(x, y match) int {
		return cmp.Or(cmp.Compare(y.n, x.n), cmp.Compare(x.b, y.b), cmp.Compare(x.a, y.a))
	})
	kept := found[:0]
	s.marked = cleared(s.marked, len(b.words))
	taken := s.marked
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

// runsOf appends the runs of at least `least` words, begun by a shingle of n,
// that stand within a range of as in a and of bs in b. The keys are those of the
// shingles of the ranges, and the sieve is of b's.
func (s *scratch) runsOf(to []match, a, b *Text, as, bs []run, aKeys, bKeys []uint32, sieve *sieve, n, least int) []match {
	if !s.index(as, aKeys, bKeys, sieve, n) {
		return to
	}
	r, begin, count := -1, 0, 0 // the range, and the keys of which it is
	next := int32(0)            // what is before lies in a run that was found
	for _, k := range s.theirs {
		if k < next {
			continue
		}
		for int(k) >= begin+count {
			r, begin = r+1, begin+count
			count = max(0, bs[r].to-bs[r].from-n+1)
		}
		best := match{b: bs[r].from + int(k) - begin}
		key, seen := bKeys[k], 0
		for at := s.first[key&s.mask]; at != 0 && seen < mostPlaces; at = s.next[at-1] {
			if aKeys[at-1] != key {
				continue
			}
			seen++
			i, end := s.place(as, int(at-1))
			if m := alike(a.words[i:end], b.words[best.b:bs[r].to]); m > best.n {
				best.a, best.n = i, m
			}
		}
		if best.n >= least {
			to = append(to, best)
		}
		next = k + int32(max(1, best.n-n+1))
	}
	return to
}

// scratch is memory for one comparison.
type scratch struct {
	// The numbers of the shingles of either text that may be of both.
	ours, theirs []int32
	shared       sieve // of ours
	sown         *Text // the one compared last, and the sieves of its shingles
	prose        sieve
	quoted       sieve
	// Chains of our shingles with the same lowest bits of their keys, the earliest
	// first, by their numbers from 1; 0 ends one.
	mask        uint32
	first, next []int32
	begins      []int // the number of the first shingle of each range
	found, kept []match
	pieces      []match
	common      []print
	around      []Around // prints of one text
	references  []uint64
	marked      []bool
	runs        []run
}

var scratches = sync.Pool{New: func() any { return &scratch{} }}

// index finds those shingles of ranges and of others, by their keys, that may be of
// both, and chains the ranges'; it tells whether there are any. The sieve is of the
// others.
func (s *scratch) index(ranges []run, keys, others []uint32, sieve *sieve, n int) bool {
	s.ours = sieve.sift(s.ours, keys)
	if len(s.ours) == 0 {
		return false
	}
	s.shared.clear(len(s.ours))
	for _, k := range s.ours {
		s.shared.put(keys[k])
	}
	s.theirs = s.shared.sift(s.theirs, others)
	size := 64
	for size < 2*len(s.ours) {
		size *= 2
	}
	s.mask = uint32(size - 1)
	s.first = cleared(s.first, size)
	s.next = slices.Grow(s.next[:0], len(keys))[:len(keys)]
	s.begins = s.begins[:0]
	k := 0
	for _, r := range ranges {
		s.begins = append(s.begins, k)
		k += max(0, r.to-r.from-n+1)
	}
	// From the end on, so that each chain has the earliest first.
	for _, k := range slices.Backward(s.ours) {
		slot := keys[k] & s.mask
		s.next[k], s.first[slot] = s.first[slot], k+1
	}
	return true
}

// sieve has a bit for each of some keys, and sixteen times as many bits as keys: it
// tells most others from them (Bloom 1970).
type sieve struct {
	bits []uint64
	mask uint32
}

// clear makes an empty one for n keys.
func (s *sieve) clear(n int) {
	size := 1
	for size*64 < 16*n {
		size *= 2
	}
	s.bits, s.mask = cleared(s.bits, size), uint32(size-1)
}

func (s *sieve) put(key uint32) { s.bits[key>>6&s.mask] |= 1 << (key & 63) }

func (s *sieve) sow(keys []uint32) {
	s.clear(len(keys))
	for _, key := range keys {
		s.put(key)
	}
}

// sift gives the numbers of those keys that may be among the sieve's. There is no
// branch: which ones cannot be guessed.
func (s *sieve) sift(to []int32, keys []uint32) []int32 {
	to = slices.Grow(to[:0], len(keys))[:len(keys)]
	n, bits, mask := 0, s.bits, s.mask
	for k, key := range keys {
		to[n] = int32(k)
		n += int(bits[key>>6&mask] >> (key & 63) & 1)
	}
	return to[:n]
}

// place is at which word shingle number k of ranges stands, and where its range
// ends.
func (s *scratch) place(ranges []run, k int) (at, end int) {
	i, found := slices.BinarySearch(s.begins, k)
	if !found {
		i--
	}
	for i+1 < len(s.begins) && s.begins[i+1] == k {
		i++ // ranges without a shingle are passed over
	}
	return ranges[i].from + k - s.begins[i], ranges[i].to
}

// cleared is a slice of n zeros, in the memory of s where it is enough.
func cleared[T any](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// alike is how many words a and b begin with in common.
func alike(a, b []uint32) int {
	n := min(len(a), len(b))
	a, b = a[:n], b[:n]
	for i := range a {
		if a[i] != b[i] {
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
func (s *scratch) clear(a, b *Text, found []match, furniture func(print uint64) bool) []match {
	kept := s.kept[:0]
	for _, m := range found {
		s.marked = cleared(s.marked, m.n)
		masked := s.marked
		mask := func(from, to int) {
			for i := max(0, from-m.a); i < min(m.n, to-m.a); i++ {
				masked[i] = true
			}
		}
		for _, of := range [...][2][]print{{a.prose, b.prose}, {a.quoted, b.quoted}} {
			s.common = common(s.common[:0], within(of[0], m.a, m.a+m.n), within(of[1], m.b, m.b+m.n), m.b-m.a)
			prints := s.common
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
	s.kept = kept
	return kept
}

// common appends the prints of a that b has too, by places further on.
func common(list, a, b []print, by int) []print {
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
	// The first one is found in as many steps wherever it stands, without a branch.
	i := 0
	for n := len(prints); n > 0; {
		half := (n + 1) / 2
		next := i
		if int(prints[i+half-1].at) < from {
			next = i + half
		}
		i, n = next, n-half
	}
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

// split appends the pieces of a match at the edges of the blocks of both texts, between which
// words that are not compared may stand.
func split(pieces []match, m match, as, bs []int) []match {
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
	return whence.Passage{
		Span:       whence.Span{Start: int(a.starts[m.a]), End: int(a.ends[m.a+m.n-1])},
		OtherStart: int(b.starts[m.b]), OtherEnd: int(b.ends[m.b+m.n-1]),
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
	return slices.Equal(x.words, y.words)
}
