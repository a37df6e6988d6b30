package eval

import "testing"

// What CPython's random.Random(seed) gave.
func TestTwister(t *testing.T) {
	for seed, want := range map[uint32][]uint32{
		0:          {3626764237, 1654615998, 3255389356},
		7:          {1390851128, 4071050724, 647892279, 1695753998, 2795742288},
		4294967295: {2728839433, 2661025012, 872737089},
	} {
		r := newTwister(seed)
		for i, w := range want {
			if got := r.uint32(); got != w {
				t.Errorf("seed %d: number %d is %d, want %d", seed, i, got, w)
			}
		}
	}
	r := newTwister(7)
	for range 9999 {
		r.uint32()
	}
	if got := r.uint32(); got != 1630820426 {
		t.Errorf("the 10,000th number is %d", got)
	}
}

func TestTwisterBelow(t *testing.T) {
	for n, want := range map[uint32][]uint32{
		1:       {0, 0, 0},
		2:       {1, 0, 1, 0, 0, 0, 1, 0},
		84:      {41, 19, 50, 83, 6, 9, 68, 12, 46, 74, 7, 64},
		1000000: {339563, 993908, 158176, 414002, 682554},
	} {
		r := newTwister(7)
		for i, w := range want {
			if got := r.below(n); got != w {
				t.Errorf("below %d: number %d is %d, want %d", n, i, got, w)
			}
		}
	}
}
