package english

import "math/bits"

// Features are 64-bit hashes: of a template's number and the values that it
// joins. A model looks at fewer bits of each, so that two features in some
// hundred thousand fall together, which costs nothing measurable.

// Mix joins two hashes into one; the order matters. The constants are those of
// wyhash's final mix.
func Mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a^0xa0761d6478bd642f, b^0xe7037ed1a0b428db)
	return hi ^ lo
}

// Hash is the hash of a spelling: FNV-1a over its bytes, mixed with its
// length.
func Hash[S ~string | ~[]byte](s S) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return Mix(h, uint64(len(s)))
}

// joiner collects the features of one place. Each call takes the next
// template's number, so that the order of calls is part of a model.
type joiner struct {
	to       []uint64
	template uint64
}

func (j *joiner) one(a uint64) {
	j.template++
	j.to = append(j.to, Mix(a, j.template))
}

func (j *joiner) two(a, b uint64) { j.one(Mix(a, b)) }

func (j *joiner) three(a, b, c uint64) { j.one(Mix(Mix(a, b), c)) }

func (j *joiner) four(a, b, c, d uint64) { j.one(Mix(Mix(a, b), Mix(c, d))) }
