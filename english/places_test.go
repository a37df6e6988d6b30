package english

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestPlacesAreApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOfDistinct(rapid.OneOf(rapid.Uint32(), rapid.Uint32Range(0, 500)), rapid.ID).Draw(t, "keys")
		p := placesFor(keys)
		var taken []uint32
		for _, key := range keys {
			place := p.of(key)
			if place >= p.size || slices.Contains(taken, place) {
				t.Fatalf("key %x has place %d of %d, taken are %v", key, place, p.size, taken)
			}
			taken = append(taken, place)
		}
		if p.of(rapid.Uint32().Draw(t, "other")) >= p.size {
			t.Fatal("another key has a place outside of the table")
		}
	})
}

func TestPlacesAreFewMoreThanKeys(t *testing.T) {
	keys := make([]uint32, 50_000)
	for i := range keys {
		keys[i] = uint32(Mix(uint64(i), 1))
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	if p := placesFor(keys); float64(p.size) > 1.1*float64(len(keys))/fullness {
		t.Errorf("%d places for %d keys", p.size, len(keys))
	}
}
