package lineage

import (
	"cmp"
	"math/bits"
	"slices"
)

// Around is what stands around a print in its text, in few bits: enough to tell of
// most articles that hold a print in common that they share a few words by chance
// and nothing else, without their texts. 0 where that is not known, as of a print
// that stands in several places, and of references.
//
// Of each of the seven words before and behind there are three bits, nearest first;
// then for each word of the whole a bit that is set where it is quoted.
type Around uint64

const (
	sides     = 7 // words on either side
	codeBits  = 3
	quotedAt  = 2 * sides * codeBits
	knownBit  = 62
	ofFourBit = 61 // a print of quotedSize words, not of proseSize
)

// around is what stands around a print.
func (t *Text) around(p print) Around {
	first, end := int(p.at), int(p.at+p.n)
	a := Around(1) << knownBit
	for i := range sides {
		a |= t.code(first-1-i)<<(codeBits*i) | t.code(end+i)<<(codeBits*(sides+i))
	}
	if p.n == quotedSize {
		a |= 1 << ofFourBit
	}
	from, to := first-sides, end+sides
	i, _ := slices.BinarySearchFunc(t.quotes, from, func(q run, at int) int { return cmp.Compare(q.to, at+1) })
	for ; i < len(t.quotes) && t.quotes[i].from < to; i++ {
		x, y := max(from, t.quotes[i].from)-from, min(to, t.quotes[i].to)-from
		a |= (1<<max(x, y) - 1<<x) << quotedAt
	}
	return a
}

// code stands for a word; 0 where there is none.
func (t *Text) code(i int) Around {
	if i < 0 || i >= len(t.words) {
		return 0
	}
	return 1 + Around(t.words[i].hash%(1<<codeBits-1))
}

// MayShare tells whether the words around a print that two texts hold may be so
// many in common that the two are a pair: true wherever they are.
func MayShare(a, b Around) bool {
	if a == 0 || b == 0 {
		return true
	}
	before, behind := inCommon(a, b, 0), inCommon(a, b, sides)
	n := proseSize
	if a>>ofFourBit&1 == 1 {
		n = quotedSize
	}
	if before == sides || behind == sides || before+n+behind >= muchProse {
		return true
	}
	run := (1<<(before+n+behind) - 1) << (sides - before)
	quoted := func(x Around) int { return bits.OnesCount64(uint64(x>>quotedAt) & uint64(run)) }
	return max(quoted(a), quoted(b)) >= leastQuoted
}

// inCommon is how many words on one side may be the same in both.
func inCommon(a, b Around, side int) int {
	a, b = a>>(codeBits*side), b>>(codeBits*side)
	for i := range sides {
		if x := a & (1<<codeBits - 1); x == 0 || x != b&(1<<codeBits-1) {
			return i
		}
		a, b = a>>codeBits, b>>codeBits
	}
	return sides
}
