package lineage

import (
	"cmp"
	"slices"
	"time"
)

// Around is what stands around a print in its text, in few bits: enough to tell of
// most articles that hold a print in common that they share a few words by chance
// and nothing else, without their texts; of a print that stands in several places, around the
// first. 0 where that is not known, as of references.
//
// It holds four bits for each of the six words before and behind, nearest
// first; which of the whole is quoted, from the first quoted word to the last; how
// many of the print's own words are telling; of how many words it is; and whether
// it is known on which day the text was published, and whether the print stands in
// several places.
type Around uint64

const (
	sides      = 6 // words on either side
	codeBits   = 4
	quotedFrom = 2 * sides * codeBits
	quotedTo   = quotedFrom + placeBits
	placeBits  = 5
	tellingAt  = quotedTo + placeBits
	datedBit   = tellingAt + 3
	fourBit    = datedBit + 1 // a print of quotedSize words, not of proseSize
	severalBit = fourBit + 1
)

// Codes stand for words, so that most words have another than the next: those
// from firstTelling on for telling words.
const (
	firstTelling = 8
	mostCodes    = 1 << codeBits
)

// codeOf is the code of a word.
func codeOf(hash uint32) uint8 {
	x := hash >> 8 // the lowest bits are those of the last letter above all
	if isCommon(hash) {
		return uint8(1 + x%(firstTelling-1))
	}
	return uint8(firstTelling + x%(mostCodes-firstTelling))
}

// around is what stands around a print.
func (t *Text) around(p print) Around {
	first, end := int(p.at), int(p.at+p.n)
	var a Around
	for i := range sides {
		a |= t.code(first-1-i)<<(codeBits*i) | t.code(end+i)<<(codeBits*(sides+i))
	}
	telling := Around(0)
	for _, c := range t.codes[first:end] {
		if c >= firstTelling {
			telling++
		}
	}
	a |= telling << tellingAt
	if p.n == quotedSize {
		a |= 1 << fourBit
	}
	if t.facts.dated {
		a |= 1 << datedBit
	}
	from, to := first-sides, end+sides
	low, high := 0, 0
	i, _ := slices.BinarySearchFunc(t.quotes, from, func(q run, at int) int { return cmp.Compare(q.to, at+1) })
	for ; i < len(t.quotes) && t.quotes[i].from < to; i++ {
		if high == 0 {
			low = max(from, t.quotes[i].from) - from
		}
		high = min(to, t.quotes[i].to) - from
	}
	return a | Around(low)<<quotedFrom | Around(high)<<quotedTo
}

// code stands for a word; 0 where there is none.
func (t *Text) code(i int) Around {
	if i < 0 || i >= len(t.codes) {
		return 0
	}
	return Around(t.codes[i])
}

// FarApart is how long after each other texts came out of which more must be in
// common, whatever the time of day.
const FarApart = longAgo + 24*time.Hour

// MayShare tells whether the words around a print that two texts hold may be so
// many in common that the two are a pair. Far tells whether they are filed
// farther apart than [FarApart].
func MayShare(a, b Around, far bool) bool {
	if a == 0 || b == 0 {
		return true
	}
	before, x := inCommon(a, b)
	behind, y := inCommon(a>>(codeBits*sides), b>>(codeBits*sides))
	n := proseSize
	if a>>fourBit&1 == 1 {
		n = quotedSize
	}
	run := before + n + behind
	quoted := max(a.quoted(sides-before, run), b.quoted(sides-before, run))
	switch {
	case before == sides, behind == sides, quoted >= muchQuotedLater:
		return true // what is beyond may be in common too
	case far && a&b>>datedBit&1 == 1:
		return false
	case (a|b)>>severalBit&1 == 1:
		return true
	}
	telling := x + y + int(a>>tellingAt&7)
	return run >= muchProse || quoted >= leastQuoted && telling >= fewestTelling-1
}

// quoted is how many of n words from one on may be quoted.
func (a Around) quoted(from, n int) int {
	const place = 1<<placeBits - 1
	return max(0, min(from+n, int(a>>quotedTo&place))-max(from, int(a>>quotedFrom&place)))
}

// inCommon is how many words on one side may be the same in both, and how many of
// them are telling.
func inCommon(a, b Around) (n, telling int) {
	for ; n < sides; n++ {
		x := a & (mostCodes - 1)
		if x == 0 || x != b&(mostCodes-1) {
			break
		}
		if x >= firstTelling {
			telling++
		}
		a, b = a>>codeBits, b>>codeBits
	}
	return n, telling
}
