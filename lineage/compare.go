package lineage

import (
	"math/bits"
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
	DenseA  float64 `json:"dense_a,omitempty"` // the same, of the stretch from the first such word to the last
	DenseB  float64 `json:"dense_b,omitempty"`
	Cites   bool    `json:"cites,omitempty"` // one cites or links the other
}

// leastQuoted is the fewest words of a quotation, and [muchProse] of prose, that
// make two articles a pair.
const leastQuoted = 5

// Compare finds what two texts share; ok is false where it is nothing or chance. Furniture
// tells the prints that are a publisher's boilerplate or in everybody's mouth.
func Compare(a, b *Text, furniture func(print uint64) bool) (p Pair, ok bool) {
	p.Cites = a.facts.retells(&b.facts) || b.facts.retells(&a.facts)
	may, furnished := mayShare(a, b, furniture)
	if !p.Cites && !may {
		return p, false
	}
	s := scratches.Get().(*scratch) //nolint:forcetypeassert // the pool holds nothing else
	defer scratches.Put(s)
	hit := false // furniture stands in what both hold
	noted := func(print uint64) bool {
		is := furniture(print)
		hit = hit || is
		return is
	}
	if !furnished {
		noted = nil
	}
	found := s.matches(a, b, noted)
	if hit && SameOutlet(a.facts.outlet, b.facts.outlet) {
		// What three editions of one story have in common looks like what an outlet
		// has on all its pages; but then it is most of the story.
		some := len(found) > 0
		first := slices.Clone(found)
		if found = s.matches(a, b, nil); !some || !mostOf(found, a, b) {
			found = first
		}
	}
	for _, m := range found {
		quoted := max(a.quotedWords(m.a, m.a+m.n), b.quotedWords(m.b, m.b+m.n))
		p.Quoted += quoted
		p.Prose += m.n - quoted
		p.Longest = max(p.Longest, m.n-quoted)
	}
	prose, quoted := muchProse, leastQuoted
	if apart(&a.facts, &b.facts) {
		prose, quoted = muchLater, muchQuotedLater
	}
	if !p.Cites && p.Longest < prose && !slices.ContainsFunc(found, func(m match) bool {
		n, telling := max(a.quotedWords(m.a, m.a+m.n), b.quotedWords(m.b, m.b+m.n)), a.telling(m)
		if oneSpeaker(a, b, m) {
			telling++
		}
		return n >= muchQuotedLater || n >= quoted && telling >= fewestTelling
	}) {
		return p, false
	}
	s.pieces = s.pieces[:0]
	for _, m := range found {
		s.pieces = split(s.pieces, m, a.edges, b.edges)
	}
	if len(s.pieces) > 0 {
		p.Passages = make([]whence.Passage, len(s.pieces))
	}
	for i, piece := range s.pieces {
		p.Passages[i] = passage(a, b, piece)
	}
	s.runs = s.runs[:0]
	for _, m := range found {
		s.runs = append(s.runs, run{m.b, m.b + m.n})
	}
	p.OfB, p.DenseB = covered(s.runs, len(b.words))
	for i, m := range found {
		s.runs[i] = run{m.a, m.a + m.n}
	}
	slices.SortFunc(s.runs, func(a, b run) int { return a.from - b.from })
	p.OfA, p.DenseA = covered(s.runs, len(a.words))
	return p, true
}

// mostOf tells whether matches hold so much of two texts that they may be one
// story.
func mostOf(found []match, a, b *Text) bool {
	n := 0
	for _, m := range found {
		n += m.n
	}
	return float64(n) >= mostCopied*float64(min(len(a.words), len(b.words)))
}

// covered is the share of some words that lie in runs, which are sorted: of all,
// and of those between the first and the last that do.
func covered(runs []run, words int) (of, dense float64) {
	if len(runs) == 0 {
		return 0, 0
	}
	n, end := 0, 0
	for _, r := range runs {
		n += max(0, r.to-max(r.from, end))
		end = max(end, r.to)
	}
	return float64(n) / float64(words), float64(n) / float64(end-runs[0].from)
}

const (
	// copied is the share of a text's words that stand in another from which on
	// the two surely are one story, so that a credit in one holds for the other.
	copied = .8
	// muchCopied is that share from which on they are one story, cut or in another
	// edition. Of a text with captions or furniture of its own mostCopied is
	// enough where what lies between the first shared word and the last is dense
	// in them. All three divide the pairs of one event that were judged by eye.
	muchCopied, mostCopied, densely = .75, .65, .78
)

// Copies tells whether so much is shared that the two surely are one story.
func (m Measures) Copies() bool { return max(m.OfA, m.OfB) >= copied }

// sameStory tells whether the two are one story in essentially the same words.
func (m Measures) sameStory() bool {
	is := func(of, dense float64) bool { return of >= muchCopied || of >= mostCopied && dense >= densely }
	return is(m.OfA, m.DenseA) || is(m.OfB, m.DenseB)
}

// mayShare tells whether a print that both texts hold, be it furniture, stands in
// words that would make them a pair. Most articles that hold a print in
// common share a few words by chance and nothing else. Furnished tells whether a print
// that both hold is furniture.
func mayShare(a, b *Text, furniture func(print uint64) bool) (may, furnished bool) {
	for i, j := 0, 0; i < len(a.sorted) && j < len(b.sorted); {
		x, y := a.sorted[i], b.sorted[j]
		if x != y {
			// Which of two prints is less cannot be guessed: so there is no branch.
			i, j = i+less(x, y), j+less(y, x)
			continue
		}
		furnished = furnished || furniture(x)
		// The same print may stand in several places of either.
		p := a.print(a.order[i])
		for m := j; !may && m < len(b.sorted) && b.sorted[m] == x; m++ {
			r := along(a.words, b.words, match{int(p.at), int(b.print(b.order[m]).at), int(p.n)})
			may = r.n >= muchProse || max(a.quotedWords(r.a, r.a+r.n), b.quotedWords(r.b, r.b+r.n)) >= leastQuoted
		}
		i++
	}
	return may, furnished
}

// less is 1 where one number is less than another, and else 0.
func less(a, b uint64) int {
	_, borrow := bits.Sub64(a, b, 0)
	return int(borrow)
}

// along is the longest match that holds another.
func along(a, b []uint32, m match) match {
	for m.a > 0 && m.b > 0 && a[m.a-1] == b[m.b-1] {
		m = match{m.a - 1, m.b - 1, m.n + 1}
	}
	m.n += alike(a[m.a+m.n:], b[m.b+m.n:])
	return m
}
