package lineage

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence"
)

func holding(d whence.Direction, earlier bool, confidence float64, spans ...whence.Span) Holding {
	h := Holding{Reuse: whence.Reuse{Direction: d, Confidence: confidence}, Earlier: earlier}
	for _, s := range spans {
		h.Passages = append(h.Passages, whence.Passage{Span: s})
	}
	return h
}

func TestHolders(t *testing.T) {
	got := Holders([]Holding{
		holding(whence.OtherFromArticle, true, 1, whence.Span{Start: 0, End: 90}),
		holding(whence.BothFromOrigin, true, .9, whence.Span{Start: 0, End: 50}),
		holding(whence.ArticleFromOther, false, .8, whence.Span{Start: 20, End: 30}, whence.Span{Start: 30, End: 40}),
		holding(whence.DirectionUnknown, false, .9, whence.Span{Start: 60, End: 70}),
	})
	want := []Held{
		{whence.Span{Start: 0, End: 20}, 1}, {whence.Span{Start: 20, End: 40}, 2}, {whence.Span{Start: 40, End: 50}, 1},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestHoldersProperties holds every span to one holder, which has its words.
func TestHoldersProperties(t *testing.T) {
	directions := []whence.Direction{whence.ArticleFromOther, whence.OtherFromArticle, whence.BothFromOrigin, whence.DirectionUnknown}
	rapid.Check(t, func(t *rapid.T) {
		var shared []Holding
		for range rapid.IntRange(0, 6).Draw(t, "others") {
			h := holding(rapid.SampledFrom(directions).Draw(t, "direction"), rapid.Bool().Draw(t, "earlier"), rapid.Float64Range(0, 1).Draw(t, "confidence"))
			for range rapid.IntRange(1, 4).Draw(t, "passages") {
				start := rapid.IntRange(0, 80).Draw(t, "start")
				h.Passages = append(h.Passages, whence.Passage{Span: whence.Span{Start: start, End: start + rapid.IntRange(1, 30).Draw(t, "length")}})
			}
			shared = append(shared, h)
		}
		owner := map[int]int{}
		last := 0
		for _, h := range Holders(shared) {
			if h.Start < last || h.Len() <= 0 || !shared[h.Holder].holds() {
				t.Fatalf("%+v after %d", h, last)
			}
			last = h.End
			for i := h.Start; i < h.End; i++ {
				owner[i] = h.Holder
			}
		}
		for _, h := range shared {
			for _, p := range h.Passages {
				for i := p.Start; i < p.End; i++ {
					at, ok := owner[i]
					if h.holds() && (!ok || shared[at].rank() < h.rank()) {
						t.Fatalf("character %d has not its best holder", i)
					}
				}
			}
		}
	})
}

func TestOutletKey(t *testing.T) {
	for _, same := range [][]string{
		{"The New York Times", "nytimes.com", "New York Times", "www.nytimes.com", "NYT"},
		{"Associated Press", "The Associated Press", "AP", "apnews.com"},
		{"Harbour Post", "The Harbour Post", "harbourpost.example"},
	} {
		for _, name := range same {
			if !SameOutlet(same[0], name) {
				t.Errorf("%q is not %q", name, same[0])
			}
		}
	}
	if got := knownOutlet("Imre Castell Noor Valdane The Washington Post"); !SameOutlet(got, "washingtonpost.com") {
		t.Errorf("credit to %q", got)
	}
	if got := knownOutlet("Meridian Wire"); got != "Meridian Wire" {
		t.Errorf("credit to %q", got)
	}
}
