package lineage

import (
	"cmp"
	"slices"

	"whence"
)

// Holding is what an article shares with another, as seen from the article.
type Holding struct {
	whence.Reuse
	Earlier bool // the other is filed before the article
}

// Held is a span of an article with the best earlier holder of its words, by its
// place in what was given to [Holders].
type Held struct {
	whence.Span
	Holder int
}

// Holders gives the spans of an article that stand in earlier ones, each with one
// holder, in order and apart. An article from which the words were taken comes
// before one that only had them earlier, the surer before the less sure, and of
// equals the one given first. Articles that took the words from this one hold
// nothing.
func Holders(shared []Holding) []Held {
	type candidate struct {
		whence.Span
		holder int
	}
	var candidates []candidate
	var cuts []int
	for i, h := range shared {
		if !h.holds() {
			continue
		}
		for _, p := range h.Passages {
			candidates = append(candidates, candidate{p.Span, i})
			cuts = append(cuts, p.Start, p.End)
		}
	}
	slices.SortStableFunc(candidates, func(a, b candidate) int {
		x, y := shared[a.holder], shared[b.holder]
		return cmp.Or(y.rank()-x.rank(), cmp.Compare(y.Confidence, x.Confidence), a.holder-b.holder)
	})
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	// The best candidate takes what is left of its stretch between cuts.
	taken := make([]int, len(cuts))
	for _, c := range candidates {
		i, _ := slices.BinarySearch(cuts, c.Start)
		for ; cuts[i] < c.End; i++ {
			if taken[i] == 0 {
				taken[i] = c.holder + 1
			}
		}
	}
	var held []Held
	for i, h := range taken {
		if h == 0 {
			continue
		}
		if n := len(held); n > 0 && held[n-1].End == cuts[i] && held[n-1].Holder == h-1 {
			held[n-1].End = cuts[i+1]
			continue
		}
		held = append(held, Held{whence.Span{Start: cuts[i], End: cuts[i+1]}, h - 1})
	}
	return held
}

// holds tells whether the other held the words before the article.
func (h Holding) holds() bool {
	return h.Direction == whence.ArticleFromOther || h.Earlier && h.Direction != whence.OtherFromArticle
}

// rank puts those that the words were taken from first.
func (h Holding) rank() int {
	if h.Direction == whence.ArticleFromOther {
		return 1
	}
	return 0
}
