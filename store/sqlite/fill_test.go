package sqlite

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"whence/store"
)

// TestOrdered compares a set of keys with a sorted list of them, over more keys
// than a block holds.
func TestOrdered(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var o ordered
		var all []store.Key
		span := rapid.SampledFrom([]int64{20, 400, 1 << 40}).Draw(t, "span")
		key := rapid.Custom(func(t *rapid.T) store.Key { return store.Key(rapid.Int64Range(-span, span).Draw(t, "key")) })
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		for range rapid.IntRange(0, 4*mostInBlock).Draw(t, "keys") {
			k := store.Key(random.Int64N(2*span+1) - span)
			o.add(k)
			all = append(all, k)
		}
		slices.Sort(all)
		all = slices.Compact(all)
		if got := slices.Concat(o.blocks...); !slices.Equal(got, all) {
			t.Fatalf("holds %v, want %v", got, all)
		}
		for _, b := range o.blocks {
			if len(b) == 0 || len(b) > mostInBlock {
				t.Fatalf("a block of %d keys", len(b))
			}
		}
		bound := rapid.OneOf(key, rapid.SampledFrom([]store.Key{math.MinInt64, math.MaxInt64}))
		from, to, limit := bound.Draw(t, "from"), bound.Draw(t, "to"), rapid.IntRange(0, 1000).Draw(t, "limit")
		var within []store.Key
		for _, k := range all {
			if from <= k && k < to {
				within = append(within, k)
			}
		}
		if got, want := o.between(from, to, limit, false), within[:min(limit, len(within))]; !slices.Equal(got, want) {
			t.Fatalf("the first %d from %d to %d are %v, want %v", limit, from, to, got, want)
		}
		if got, want := o.between(from, to, limit, true), within[max(0, len(within)-limit):]; !slices.Equal(got, want) {
			t.Fatalf("the last %d from %d to %d are %v, want %v", limit, from, to, got, want)
		}
	})
}
