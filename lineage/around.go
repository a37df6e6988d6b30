package lineage

import (
	"encoding/binary"
	"math/bits"
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

// codes are the codes of words, each four bits, with none before the first and
// behind the last.
type codes struct{ packed []byte }

// margin is how many words are taken to lie before and behind those of a text, more
// than are ever looked at from within.
const margin = 16

func codesOf(words []uint32) codes {
	c := codes{make([]byte, (len(words)+2*margin+1)/2)}
	packed, table := c.packed[margin/2:], commons()
	for len(words) > 1 {
		packed[0] = codeOf(words[0], table) | codeOf(words[1], table)<<codeBits
		packed, words = packed[1:], words[2:]
	}
	if len(words) > 0 {
		packed[0] = codeOf(words[0], table)
	}
	return c
}

// codeOf is the code of a word.
func codeOf(hash uint32, table *commonWords) uint8 {
	x := hash >> 8 // the lowest bits are those of the last letter above all
	code, ofCommon := firstTelling+x%(mostCodes-firstTelling), 1+x%(firstTelling-1)
	if table.has(hash) {
		code = ofCommon
	}
	return uint8(code)
}

// from are the codes of at least 15 words from one on, the first lowest, which
// stands no more than margin words before the text's first.
func (c *codes) from(word int) uint64 {
	word += margin
	return binary.LittleEndian.Uint64(c.packed[word/2:]) >> (word % 2 * codeBits)
}

// telling counts the telling words of a range.
func (c *codes) telling(from, to int) int {
	const (
		each  = 0x1111111111111111
		words = 15
	)
	n := 0
	for ; from < to; from += words {
		some := c.from(from) & (1<<(codeBits*min(words, to-from)) - 1)
		n += bits.OnesCount64(some & (firstTelling * each))
	}
	return n
}

// around appends what stands around prints, which are in the order of places.
func (t *Text) around(to []Around, prints []print) []Around {
	var dated Around
	if t.facts.dated {
		dated = 1 << datedBit
	}
	const side = 1<<(sides*codeBits) - 1
	quotes := t.quotes
	for _, p := range prints {
		a := dated
		if p.n == quotedSize {
			a |= 1 << fourBit
		}
		first, end := int(p.at), int(p.at+p.n)
		a |= Around(reversed(t.codes.from(first-sides)&side) | t.codes.from(end)&side<<(sides*codeBits))
		a |= Around(t.codes.telling(first, end)) << tellingAt
		first, end = first-sides, end+sides
		for len(quotes) > 0 && quotes[0].to <= first {
			quotes = quotes[1:]
		}
		low, high := 0, 0
		for i, q := range quotes {
			if q.from >= end {
				break
			}
			if i == 0 {
				low = max(first, q.from) - first
			}
			high = min(end, q.to) - first
		}
		to = append(to, a|Around(low)<<quotedFrom|Around(high)<<quotedTo)
	}
	return to
}

// reversed are the codes of as many words as stand on a side in the other order.
func reversed(side uint64) uint64 {
	x := bits.ReverseBytes64(side) >> (64 - sides*codeBits)
	const low = 0x0f0f0f
	return x>>codeBits&low | x&low<<codeBits
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
