package eval

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
	"strings"

	"whence"
)

// misses are the ways in which a span misses the gold one, in the order of
// printing.
var misses = [...]string{"long at start", "short at start", "long at end", "short at end"}

// edges is how the spans of a role that overlap a gold one miss it.
type edges struct {
	overlapping int
	differing   int
	tokens      [len(misses)][]int // of each miss, by how many of the scorer's tokens
}

// printEdges prints how the spans of sources and contents that overlap a gold
// one differ from it, if they do, each held against the gold span that it
// shares most tokens with: how many are too long or too short at either end,
// and by how many tokens in the median. Last comes the share of contents that
// hold two gold contents. What was found inside of another content is left out,
// as gold has no such.
func printEdges(b *strings.Builder, all []scored) {
	var of [2]edges
	var merged groupShare
	for i := range all {
		of[0].add(&all[i], 0)
		of[1].add(&all[i], 2)
		countMerged(&merged, &all[i])
	}
	fmt.Fprintf(b, "\n%-18s %7s %6s %7s %6s\n", "spans", "source", "median", "content", "median")
	fmt.Fprintf(b, "%-18s %7d %6s %7d\n", "overlap gold", of[0].overlapping, "", of[1].overlapping)
	fmt.Fprintf(b, "%-18s %7d %6s %7d\n", "differ", of[0].differing, "", of[1].differing)
	for i, name := range misses {
		fmt.Fprintf(b, "%-18s", name)
		for _, e := range of {
			fmt.Fprintf(b, " %7d %6s", len(e.tokens[i]), median(e.tokens[i]))
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(b, "%d of %d contents (%.1f %%) hold two gold contents or more\n",
		merged.right, merged.all, inPercent(merged.right, merged.all))
}

// tokensIn is the number of the scorer's tokens that start in [start, end).
func (s *scored) tokensIn(start, end int) int {
	return max(0, sort.SearchInts(s.starts, end)-sort.SearchInts(s.starts, start))
}

func (e *edges) add(s *scored, role int) {
	gold := sortedSpans(s.gold, role)
	for _, found := range sortedSpans(s.outermost(), role) {
		nearest, ok := s.nearest(gold, found)
		if !ok {
			continue
		}
		e.overlapping++
		if nearest == found {
			continue
		}
		e.differing++
		for i, n := range [len(misses)]int{
			s.tokensIn(found.Start, nearest.Start), s.tokensIn(nearest.Start, found.Start),
			s.tokensIn(nearest.End, found.End), s.tokensIn(found.End, nearest.End),
		} {
			if n > 0 {
				e.tokens[i] = append(e.tokens[i], n)
			}
		}
	}
}

// outermost is what was found, but inside of no other content.
func (s *scored) outermost() []member {
	return slices.DeleteFunc(slices.Clone(s.found), func(m member) bool { return m.nested })
}

func sortedSpans(all []member, role int) []whence.Span {
	var spans []whence.Span
	for sp := range spanSet(all, role) {
		spans = append(spans, sp)
	}
	slices.SortFunc(spans, func(a, b whence.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return spans
}

// nearest is the span that shares most tokens with found, an equal one above
// all, else the first of several.
func (s *scored) nearest(gold []whence.Span, found whence.Span) (nearest whence.Span, ok bool) {
	most := 0
	for _, g := range gold {
		if g == found {
			return g, true
		}
		if n := s.tokensIn(max(g.Start, found.Start), min(g.End, found.End)); n > most {
			nearest, most = g, n
		}
	}
	return nearest, most > 0
}

// countMerged counts the found contents, and those that hold every token of two
// different gold contents.
func countMerged(merged *groupShare, s *scored) {
	for _, f := range s.outermost() {
		if len(f.relation[2]) == 0 {
			continue
		}
		held := map[int]bool{} // by where the gold content starts
		for i := range s.gold {
			g := &s.gold[i]
			if n := len(g.tokens[2]); n > 0 && overlap(g.tokens[2], f.tokens[2]) == n {
				held[g.relation[2][0].Start] = true
			}
		}
		merged.add(len(held) > 1)
	}
}

// median is the middle one of numbers, as a cell.
func median(numbers []int) string {
	n := len(numbers)
	if n == 0 {
		return "–"
	}
	sorted := slices.Sorted(slices.Values(numbers))
	return fmt.Sprintf("%.1f", float64(sorted[(n-1)/2]+sorted[n/2])/2)
}
