package lineage

import (
	"fmt"
	"hash/fnv"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestPrintsStay: ledgers hold prints, and compare those of new articles with them.
// Who changes what this test knows must raise [Version].
func TestPrintsStay(t *testing.T) {
	r := on(article("The Tide", "[title] U.S. envoy walks the quay at Karvik\n\n"+sentences("lock", 9)+
		"\n\nThe harbour master, Ana Brandt, 61, said: “We’ve counted 3.5 metres of silt — and nobody in Åland asked us why.” "+
		"“It wasn't us,” she said.\n\n[quote] "+sentences("said", 1)+"\n\n"+sentences("posted", 1)+"\n\n— Jane Doe (@janedoe) 3 May"), "2027-05-03")
	r.URL = "https://tide.example/quay?utm_source=x"
	h := fnv.New64a()
	prints, around := NewText(r).Prints()
	fmt.Fprint(h, prints, around)
	const version, known = 7, 0x5b5ae56bc586732d
	if got := h.Sum64(); Version != version || got != known {
		t.Errorf("version %d gives %#x of %d prints, version %d gave %#x", Version, got, len(prints), version, uint64(known))
	}
}

// TestSortEven: numbers come in order, be they alike in their highest bits or not.
func TestSortEven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mask := rapid.SampledFrom([]uint64{1<<64 - 1, 1<<40 - 1, 255<<56 | 255, 0}).Draw(t, "mask")
		list := rapid.SliceOfN(rapid.Uint64(), 0, 300).Draw(t, "list")
		for i := range list {
			list[i] &= mask
		}
		want := slices.Sorted(slices.Values(list))
		sortEven(list, make([]uint64, len(list)))
		if !slices.Equal(list, want) {
			t.Fatalf("%v", list)
		}
	})
}

// TestSieve: a sieve lets through whatever was put into it, and little else.
func TestSieve(t *testing.T) {
	var s sieve
	var in, out []uint32
	for i := range uint64(2000) {
		in, out = append(in, key(mix(i))), append(out, key(mix(i+1e6)))
	}
	s.clear(len(in))
	for _, key := range in {
		s.put(key)
	}
	if n := len(s.sift(nil, in)); n != len(in) {
		t.Errorf("%d of %d are lost", len(in)-n, len(in))
	}
	if n := len(s.sift(nil, out)); n > len(out)/10 {
		t.Errorf("%d of %d others are let through", n, len(out))
	}
}

// TestCovered counts words that lie in two runs once.
func TestCovered(t *testing.T) {
	of, dense := covered([]run{{2, 8}, {4, 6}, {5, 10}, {15, 18}}, 44)
	if of != 11./44 || dense != 11./16 {
		t.Errorf("%v of all, %v of what lies between", of, dense)
	}
	if of, dense := covered(nil, 10); of != 0 || dense != 0 {
		t.Errorf("%v and %v of nothing", of, dense)
	}
}

// TestEverybodysWords: each word of the table is found, and hardly another.
func TestEverybodysWords(t *testing.T) {
	for _, w := range []string{"the", "of", "people", "said"} {
		var c cutter
		c.cut(w, 0)
		if len(c.words) != 1 || !commons().has(c.words[0]) {
			t.Errorf("%q is not everybody's", w)
		}
	}
	found := 0
	for i := range uint64(100000) {
		if commons().has(uint32(mix(i))) {
			found++
		}
	}
	if found > 10 {
		t.Errorf("%d others are", found)
	}
}
