package english

import (
	"cmp"
	"slices"
)

// places gives each of a set of keys a place of its own in a table, found with
// one look at a byte: keys are dealt into groups, and each group is moved until
// all of its keys stand where no other does (hash and displace: Belazzougui,
// Botelho and Dietzfelbinger 2009). A key that is not of the set is given the
// place of some other, so that what stands there must tell its key.
type places struct {
	moves []byte // of each group
	size  uint32 // of the table
}

const (
	groupKeys  = 3                  // keys in a group, in the mean
	fullness   = 0.85               // share of the table that is taken
	moveFactor = 0x9E3779B1         // both from the golden ratio, as in Knuth's
	spread     = 0x9E3779B97F4A7C15 // multiplicative hashing
)

// group is the number of the group that a key is dealt into.
func (p *places) group(key uint32) uint32 {
	return uint32(uint64(key) * uint64(len(p.moves)) >> 32)
}

// moved is the place of a key in a group moved so.
func (p *places) moved(key uint32, move byte) uint32 {
	return uint32(uint64(key^uint32(move)*moveFactor) * spread >> 32 * uint64(p.size) >> 32)
}

// of is the place of a key.
func (p *places) of(key uint32) uint32 { return p.moved(key, p.moves[p.group(key)]) }

// placesFor finds places for keys, which must be different.
func placesFor(keys []uint32) places {
	p := places{moves: make([]byte, 1+len(keys)/groupKeys), size: 1 + uint32(float64(len(keys))/fullness)}
	for !p.move(p.groups(keys)) {
		p.size += 1 + p.size/64
	}
	return p
}

// groups deals the keys.
func (p *places) groups(keys []uint32) [][]uint32 {
	groups := make([][]uint32, len(p.moves))
	for _, key := range keys {
		g := p.group(key)
		groups[g] = append(groups[g], key)
	}
	return groups
}

// move sets the moves, of the largest groups first; it tells whether all groups
// could be moved to where nothing stood.
func (p *places) move(groups [][]uint32) bool {
	order := make([]int, len(groups))
	for g := range order {
		order[g] = g
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(groups[b]), len(groups[a])) })
	taken := make([]bool, p.size)
	for _, g := range order {
		move, ok := p.free(groups[g], taken)
		if !ok {
			return false
		}
		p.moves[g] = move
	}
	return true
}

// free is the first move that brings the keys of a group to free places, which
// are then taken.
func (p *places) free(keys []uint32, taken []bool) (move byte, ok bool) {
	for m := range 256 {
		n := 0
		for n < len(keys) && !taken[p.moved(keys[n], byte(m))] {
			taken[p.moved(keys[n], byte(m))] = true
			n++
		}
		if n == len(keys) {
			return byte(m), true
		}
		for _, key := range keys[:n] {
			taken[p.moved(key, byte(m))] = false
		}
	}
	return 0, false
}
