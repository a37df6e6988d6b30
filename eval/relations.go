package eval

import (
	"whence"
	"whence/text"
)

// Relations gives the gold relations that count, those with cue and content:
// the spans of source, cue and content of each, without white space at their
// edges.
func (g *AttributionGold) Relations() [][3][]whence.Span {
	var out [][3][]whence.Span
	for _, r := range trimRelations(text.NewIndex(g.Text), g.relations, full) {
		out = append(out, r)
	}
	return out
}
