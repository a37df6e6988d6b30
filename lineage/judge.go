package lineage

import "whence"

// Region is a part of the ledger that is judged together: texts by number, and
// pairs of them.
type Region struct {
	Texts map[int64]*Text
	Pairs []Pair
}

// copied is the share of the shorter text that stands in the other from which
// on the two are one story.
const copied = .8

// Judge says of each pair how the two are related. The ids of articles are left
// to the caller.
func Judge(r Region) []whence.Reuse {
	list := make([]whence.Reuse, len(r.Pairs))
	for i, p := range r.Pairs {
		list[i] = whence.Reuse{Relation: whence.CommonOrigin, Direction: whence.DirectionUnknown, Passages: p.Passages}
		switch {
		case p.Copies():
			list[i].Relation = whence.Copy
		case p.Prose < leastProse:
			list[i].Relation = whence.SharedQuotation
		}
	}
	return list
}
