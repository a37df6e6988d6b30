package english

import "math/bits"

// sieve tells of most words that a table does not hold them by one look at a bit:
// most words of a text stand in no table of classes, and to find that out from a
// map costs several times as much.
type sieve struct {
	bits  []uint64
	shift uint
}

// sieveRoom is how many bits a word of the table has.
const sieveRoom = 16

// newSieve makes the sieve of a table with at least 64 bits.
func newSieve[T any](table map[string]T) sieve {
	size := bits.Len(uint(max(sieveRoom*len(table), 64) - 1))
	s := sieve{bits: make([]uint64, 1<<size/64), shift: uint(64 - size)}
	for word := range table {
		at := s.at([]byte(word))
		s.bits[at/64] |= 1 << (at % 64)
	}
	return s
}

// may tells whether the table may hold the word; if not, it surely does not.
func (s *sieve) may(word []byte) bool {
	at := s.at(word)
	return s.bits[at/64]>>(at%64)&1 != 0
}

// at mixes length, the first two, the middle and the last byte.
func (s *sieve) at(word []byte) uint64 {
	n := len(word)
	if n == 0 {
		return 0
	}
	h := uint64(n)<<32 | uint64(word[0]) | uint64(word[n/2])<<8 | uint64(word[n-1])<<16
	if n > 1 {
		h |= uint64(word[1]) << 24
	}
	return h * 0x9E3779B97F4A7C15 >> s.shift
}
