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
	// stride is of how many shingles of prose in a row one is in any passage.
	stride = leastProse - proseSize + 1
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
		s.prose.sow(b, []run{{0, len(b.words)}}, ofProse, proseSize)
		s.quoted.sow(b, b.quotes, ofQuotation, quotedSize)
	}
	s.found = s.runsOf(s.found[:0], a, b, []run{{0, len(a.words)}}, a.proseKeys, stride, &s.prose, leastProse)
	s.found = s.runsOf(s.found, a, b, a.quotes, a.quotedKeys, 1, &s.quoted, quotedSize)
	found := s.found
	if furniture != nil {
		found = s.clear(a, b, found, furniture)
	}
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
// that stand within a range of as in a and of those that places are of in b. The keys are
// those of every few of the shingles of the ranges; they find one shingle of a run,
// which is followed both ways.
func (s *scratch) runsOf(to []match, a, b *Text, as []run, keys []uint32, stride int, places *places, least int) []match {
	s.seed(a, b, as, keys, stride, places)
	n, next := places.n, 0 // what is before lies in a run that was found
	for seeds := s.seeds; len(seeds) > 0; {
		if int(seeds[0].b) < next {
			seeds = seeds[1:]
			continue
		}
		// Those that may begin with the same word are held against one another.
		var best match
		rivals := 0
		for rivals < len(seeds) && seeds[rivals].b < seeds[0].b+int32(stride) {
			x := seeds[rivals]
			if rivals++; rivals > stride*mostPlaces {
				continue
			}
			ours, theirs := rangeOf(as, int(x.a)), rangeOf(places.ranges, int(x.b))
			theirs.from = max(theirs.from, next)
			if m := along(a.words[ours.from:ours.to], b.words[theirs.from:theirs.to], match{int(x.a) - ours.from, int(x.b) - theirs.from, n}); m.n > best.n {
				best = match{m.a + ours.from, m.b + theirs.from, m.n}
			}
		}
		if best.n >= least {
			to, next = append(to, best), best.b+best.n-n+1
		} else {
			seeds = seeds[rivals:]
		}
	}
	return to
}

// seed is where a shingle stands in two texts.
type seed struct{ a, b int32 }

// seed finds the shingles of a, of those with keys, that stand in b as well, in the order
// of b.
func (s *scratch) seed(a, b *Text, as []run, keys []uint32, stride int, places *places) {
	s.seeds = s.seeds[:0]
	s.ours = places.sift(s.ours, keys)
	r, begin, count := -1, 0, 0 // the range, and the keys of which it is
	for _, k := range s.ours {
		for int(k) >= begin+count {
			r, begin = r+1, begin+count
			count = (max(0, as[r].to-as[r].from-places.n+1) + stride - 1) / stride
		}
		from := as[r].from + (int(k)-begin)*stride
		seen := 0
		for at := places.first[keys[k]&places.mask]; at != 0 && seen < mostPlaces; at = places.next[at-1] {
			if slices.Equal(a.words[from:from+places.n], b.words[at-1:][:places.n]) {
				s.seeds = append(s.seeds, seed{int32(from), at - 1})
				seen++
			}
		}
	}
	slices.SortFunc(s.seeds, func(x, y seed) int { return cmp.Or(cmp.Compare(x.b, y.b), cmp.Compare(x.a, y.a)) })
}

// rangeOf is the range that holds a word, of some that are apart and in order.
func rangeOf(ranges []run, word int) run {
	i, _ := slices.BinarySearchFunc(ranges, word, func(r run, at int) int { return cmp.Compare(r.to, at+1) })
	return ranges[i]
}

// scratch is memory for one comparison.
type scratch struct {
	sown        *Text // the one compared last, and where its shingles stand
	prose       places
	quoted      places
	ours        []int32 // the numbers of the keys of another that may be of both
	seeds       []seed
	found, kept []match
	pieces      []match
	common      []print
	around      []Around // prints of one text
	references  []uint64
	marked      []bool
	runs        []run
}

var scratches = sync.Pool{New: func() any { return &scratch{} }}

// places are where the shingles of n words of ranges of a text stand: chains of those
// with the same lowest bits of their keys, the earliest first, by their first words,
// from 1; 0 ends one.
type places struct {
	sieve
	n           int
	ranges      []run
	mask        uint32
	first, next []int32
	ranks       []uint64
}

func (p *places) sow(t *Text, ranges []run, of uint64, n int) {
	count := 0
	for _, r := range ranges {
		count += max(0, r.to-r.from-n+1)
	}
	size := 64
	for size < 2*count {
		size *= 2
	}
	p.n, p.ranges, p.mask = n, ranges, uint32(size-1)
	p.clear(count)
	p.first = cleared(p.first, size)
	p.next = slices.Grow(p.next[:0], len(t.words))[:len(t.words)]
	// From the end on, so that each chain has the earliest first.
	for n := range ranges {
		r := ranges[len(ranges)-1-n]
		p.ranks = ranksOf(p.ranks, of, t.words[r.from:r.to], p.n)
		next := p.next[r.from:]
		for i := len(p.ranks) - 1; i >= 0; i-- {
			key := key(p.ranks[i])
			p.put(key)
			slot := &p.first[key&p.mask]
			next[i], *slot = *slot, int32(r.from+i+1)
		}
	}
}

// sieve has a bit for each of some keys, and sixteen times as many bits as keys: it
// tells most others from them (Bloom 1970).
type sieve struct {
	bits  []uint64
	words uint32 // of bits, less one
}

// clear makes an empty one for n keys.
func (s *sieve) clear(n int) {
	size := 1
	for size*64 < 16*n {
		size *= 2
	}
	s.bits, s.words = cleared(s.bits, size), uint32(size-1)
}

func (s *sieve) put(key uint32) { s.bits[key>>6&s.words] |= 1 << (key & 63) }

// sift gives the numbers of those keys that may be among the sieve's. There is no
// branch: which ones cannot be guessed.
func (s *sieve) sift(to []int32, keys []uint32) []int32 {
	to = slices.Grow(to[:0], len(keys))[:len(keys)]
	n, bits, mask := 0, s.bits, s.words
	for k, key := range keys {
		to[n] = int32(k)
		n += int(bits[key>>6&mask] >> (key & 63) & 1)
	}
	return to[:n]
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
		Span:       whence.Span{Start: int(a.starts[m.a]), End: a.end(m.a + m.n - 1)},
		OtherStart: int(b.starts[m.b]), OtherEnd: b.end(m.b + m.n - 1),
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
