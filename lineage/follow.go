package lineage

import (
	"cmp"
	"slices"

	"whence"
)

// taking is one text that took words from another, or tells what it reported.
type taking struct {
	pair int
	from int64 // whose words they are
	to   int64
}

// follow goes along chains. Who takes words from a text that took them from
// another has them from that other in the end; two texts that both have them from
// a third have a common origin. A chain is followed only where the same words go
// all the way.
func (j *judgement) follow(verdicts []verdict) {
	j.uncircle(verdicts)
	defer j.uncircle(verdicts)
	sources := j.takings(verdicts)
	after := slices.Clone(verdicts)
	for i, p := range j.Pairs {
		v := &after[i]
		a, b := j.rooted(sources, p.A, i, p), j.rooted(sources, p.B, i, p)
		switch {
		case v.relation == whence.Copy || v.credited || len(p.Passages) == 0 || j.sameOutlet(p) && v.direction != whence.DirectionUnknown:
		case v.direction == whence.ArticleFromOther && b != p.B && b != p.A:
			v.origin = j.Texts[b].facts.outlet
		case v.direction == whence.OtherFromArticle && a != p.A && a != p.B:
			v.origin = j.Texts[a].facts.outlet
		case v.direction == whence.ArticleFromOther, v.direction == whence.OtherFromArticle:
		case a == p.B && a != p.A:
			v.derive(true, j.Texts[p.B].facts.outlet)
		case b == p.A && b != p.B:
			v.derive(false, j.Texts[p.A].facts.outlet)
		case a == b && a != p.A && b != p.B && (v.relation != whence.SharedQuotation || j.copyOf(p.A, a) || j.copyOf(p.B, a)):
			// Who quotes the same words of somebody need not have them from a third
			// that quotes them too, unless one of the two is that third's text.
			v.relation, v.direction, v.origin = whence.CommonOrigin, whence.BothFromOrigin, j.Texts[a].facts.outlet
			v.because("both have them from %s", v.origin)
		}
	}
	copy(verdicts, after)
}

// takings are, of each text, what it took from others, the surest first.
func (j *judgement) takings(verdicts []verdict) map[int64][]taking {
	sources := map[int64][]taking{}
	for i, p := range j.Pairs {
		switch verdicts[i].direction {
		case whence.ArticleFromOther:
			sources[p.A] = append(sources[p.A], taking{i, p.B, p.A})
		case whence.OtherFromArticle:
			sources[p.B] = append(sources[p.B], taking{i, p.A, p.B})
		}
	}
	for _, list := range sources {
		slices.SortStableFunc(list, func(x, y taking) int {
			return cmp.Or(cmp.Compare(verdicts[y.pair].confidence, verdicts[x.pair].confidence), cmp.Compare(x.from, y.from))
		})
	}
	return sources
}

// derive makes a pair one that took from the other by way of a third.
func (v *verdict) derive(aFromB bool, outlet string) {
	v.relation, v.origin = whence.Derived, outlet
	v.from(aFromB)
	v.because("by way of a third")
}

// longestChain bounds how far a chain is followed.
const longestChain = 16

// rooted is the text at the end of the chain along which words of a pair came to
// a text: itself, where it took them from nobody known.
func (j *judgement) rooted(sources map[int64][]taking, of int64, pair int, p Pair) int64 {
	spans := wordsIn(p, of)
	seen := map[int64]bool{of: true}
	for range longestChain {
		moved := false
		for _, s := range sources[of] {
			if s.pair == pair || seen[s.from] {
				continue
			}
			if next := carried(j.Pairs[s.pair], of, spans); next != nil {
				of, spans, moved = s.from, next, true
				seen[of] = true
				break
			}
		}
		if !moved {
			break
		}
	}
	return of
}

// wordsIn are the places of a pair's passages in one of its texts.
func wordsIn(p Pair, of int64) []whence.Span {
	spans := make([]whence.Span, len(p.Passages))
	for i, x := range p.Passages {
		spans[i] = x.Span
		if of == p.B {
			spans[i] = x.Other()
		}
	}
	return spans
}

// carried are the places, in the other text of a pair, of the passages that
// overlap words of one of its texts.
func carried(p Pair, of int64, spans []whence.Span) []whence.Span {
	var there []whence.Span
	for _, x := range p.Passages {
		here, other := x.Span, x.Other()
		if of == p.B {
			here, other = other, here
		}
		if slices.ContainsFunc(spans, here.Overlaps) {
			there = append(there, other)
		}
	}
	return there
}

// sameOutlet tells whether one outlet has both texts of a pair, which it then has
// from itself.
func (j *judgement) sameOutlet(p Pair) bool {
	return outletKey(j.Texts[p.A].facts.outlet) == outletKey(j.Texts[p.B].facts.outlet)
}

// copyOf tells whether two texts are one story in essentially the same words.
func (j *judgement) copyOf(a, b int64) bool { return j.cluster[a] == j.cluster[b] }
