package eval

import "math/bits"

// The sizes and constants of MT19937.
const (
	twisterWords  = 624
	twisterMiddle = 397
	twisterMatrix = 0x9908b0df
	twisterUpper  = 1 << 31
)

// twister is the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), seeded
// and drawn from as Python's random.Random is, so that draws can be the same as
// a Python script's.
type twister struct {
	state [twisterWords]uint32
	next  int
}

// newTwister is Random(seed) for a seed of 32 bits: the authors'
// init_by_array with one key.
func newTwister(seed uint32) *twister {
	t := &twister{next: twisterWords}
	t.fill(19650218)
	s, i := &t.state, 1
	step := func(factor, plus uint32) {
		s[i] = (s[i] ^ (s[i-1]^s[i-1]>>30)*factor) + plus
		if i++; i == twisterWords {
			s[0], i = s[twisterWords-1], 1
		}
	}
	for range twisterWords {
		step(1664525, seed)
	}
	for range twisterWords - 1 {
		step(1566083941, -uint32(i))
	}
	s[0] = twisterUpper
	return t
}

func (t *twister) fill(seed uint32) {
	t.state[0] = seed
	for i := uint32(1); i < twisterWords; i++ {
		before := t.state[i-1]
		t.state[i] = 1812433253*(before^before>>30) + i
	}
}

// uint32 is getrandbits(32).
func (t *twister) uint32() uint32 {
	if t.next == twisterWords {
		t.twist()
	}
	y := t.state[t.next]
	t.next++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

func (t *twister) twist() {
	s := &t.state
	for i := range s {
		y := s[i]&twisterUpper | s[(i+1)%twisterWords]&(twisterUpper-1)
		s[i] = s[(i+twisterMiddle)%twisterWords] ^ y>>1 ^ y&1*twisterMatrix
	}
	t.next = 0
}

// below is randrange(n), for n from 1 to 2^32-1.
func (t *twister) below(n uint32) uint32 {
	for shift := 32 - bits.Len32(n); ; {
		if r := t.uint32() >> shift; r < n {
			return r
		}
	}
}
