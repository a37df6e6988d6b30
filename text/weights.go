package text

import (
	"cmp"
	_ "embed"
	"fmt"
	"slices"
	"sync"
)

// The table of weights is made by hash and displace (Belazzougui, Botelho and
// Dietzfelbinger 2009), so that nearly all of its places are taken and a look-up
// is one step: the high bits of a feature's hash name a seed, two bytes, and
// hash and seed a place, a tag and a weight of one byte each. The tag keeps most
// features that are not in the table from taking the weight of another.
const (
	seedBits = 14
	places   = 80 << 10
	seeded   = 2 << seedBits // bytes of the seeds, before the places
)

// Room is the number of features that surely find a place.
const Room = places * 97 / 100

//go:embed model/sentences.bin
var trained string

// weights checks the trained table, once.
var weights = sync.OnceValue(func() table {
	if want := seeded + 2*places; len(trained) != want {
		panic(fmt.Sprintf("text: the embedded table of weights has %d bytes, want %d", len(trained), want))
	}
	return table(trained)
})

// table holds the weights of features.
type table string

// ends tells whether a sentence ends at g. It adds up without a branch, as whether
// a feature is in the table is anybody's guess.
func (t table) ends(g Gap) bool {
	score := 0
	for _, f := range g.Features {
		seed := f >> (32 - seedBits) * 2
		at := place(f, uint32(t[seed])|uint32(t[seed+1])<<8)
		is := (int(t[at]^byte(f)) - 1) >> 63 // all bits where the tags are one
		score += int(int8(t[at+1])) & is
	}
	return score > 0
}

// place is where the table has the tag and weight of a feature.
func place(feature, seed uint32) int {
	h := (feature ^ seed*0x9E3779B9) * 0x85EBCA6B
	h = (h ^ h>>15) * 0xC2B2AE35
	return seeded + 2*int(uint64(h)*places>>32)
}

// Weight is the weight of a feature.
type Weight struct {
	Feature uint32
	Value   int8
}

// Pack makes the table that [Sentences] reads. Of more than [Room] weights it
// leaves out the last.
func Pack(weights []Weight) ([]byte, error) {
	weights = weights[:min(len(weights), Room)]
	groups := make([][]Weight, 1<<seedBits)
	for _, w := range weights {
		seed := w.Feature >> (32 - seedBits)
		groups[seed] = append(groups[seed], w)
	}
	order := make([]int, len(groups))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(groups[b]), len(groups[a])) })
	packed := make([]byte, seeded+2*places)
	taken := make([]bool, seeded+2*places)
	for _, i := range order {
		seed, found := seat(groups[i], taken)
		if !found {
			return nil, fmt.Errorf("no place for %d weights together", len(groups[i]))
		}
		packed[2*i], packed[2*i+1] = byte(seed), byte(seed>>8)
		for _, w := range groups[i] {
			at := place(w.Feature, seed)
			taken[at], packed[at], packed[at+1] = true, byte(w.Feature), byte(w.Value)
		}
	}
	return packed, nil
}

// seat finds the seed with which all weights of a group get places that are
// free.
func seat(group []Weight, taken []bool) (seed uint32, found bool) {
	for seed := range uint32(1 << 16) {
		fits := true
		for i, w := range group {
			at := place(w.Feature, seed)
			clash := slices.ContainsFunc(group[:i], func(other Weight) bool { return place(other.Feature, seed) == at })
			if taken[at] || clash {
				fits = false
				break
			}
		}
		if fits {
			return seed, true
		}
	}
	return 0, false
}
