package lineage

import (
	"slices"

	"whence"
)

// Pair is what two texts share, before it is judged where the words come from.
type Pair struct {
	A, B     int64            `json:"-"` // the numbers of the texts, see [Region]
	Passages []whence.Passage `json:"-"` // as seen from A, in the order of A
	Measures
}

// Measures say how much of two texts is shared.
type Measures struct {
	Prose   int     `json:"prose,omitempty"`   // words of narrator's prose in passages
	Quoted  int     `json:"quoted,omitempty"`  // words of quotations in passages
	Longest int     `json:"longest,omitempty"` // words of prose in the longest passage
	OfA     float64 `json:"of_a,omitempty"`    // share of A's words that stand in passages
	OfB     float64 `json:"of_b,omitempty"`
	Cites   bool    `json:"cites,omitempty"` // one cites or links the other
}

// leastQuoted is the fewest words of a quotation, and [muchProse] of prose, that
// make two articles a pair.
const leastQuoted = 5

// Compare finds what two texts share; ok is false where it is nothing or chance. Furniture
// tells the prints that are a publisher's boilerplate or in everybody's mouth.
func Compare(a, b *Text, furniture func(print uint64) bool) (p Pair, ok bool) {
	found := matches(a, b, furniture)
	for _, m := range found {
		for _, piece := range split(m, a.edges, b.edges) {
			p.Passages = append(p.Passages, passage(a, b, piece))
		}
		quoted := max(a.quotedWords(m.a, m.a+m.n), b.quotedWords(m.b, m.b+m.n))
		p.Quoted += quoted
		p.Prose += m.n - quoted
		p.Longest = max(p.Longest, m.n-quoted)
	}
	shared := float64(p.Prose + p.Quoted)
	p.OfA, p.OfB = shared/float64(max(1, len(a.words))), shared/float64(max(1, len(b.words)))
	p.Cites = a.facts.retells(&b.facts) || b.facts.retells(&a.facts)
	return p, p.Cites || p.Longest >= muchProse || slices.ContainsFunc(found, func(m match) bool {
		return m.n >= leastQuoted && max(a.quotedWords(m.a, m.a+m.n), b.quotedWords(m.b, m.b+m.n)) >= leastQuoted
	})
}

// Copies tells whether so much is shared that the two are one story.
func (m Measures) Copies() bool { return max(m.OfA, m.OfB) >= copied }
