package story

import (
	"math"
	"slices"
	"strings"
	"time"

	"whence"
	"whence/english"
)

// A source that has counted some people counts them again in other words: "four of the
// dead were labourers", "the four who are on no list", "four names it was given". The
// number and whose it is tell that they are the same, where the words leave it to what
// was said before who is meant.

// soonAgain is how long after each other one source counts the same people, and speaks after
// it did not answer.
const soonAgain = 14 * 24 * time.Hour

// fewestKnown is the least number that may stand for people who are known: "the two" may be
// any two.
const fewestKnown = 3

// countsKnown tells whether a number may stand for people who are known: greater ones are
// told by themselves.
func countsKnown(n float64) bool { return n >= fewestKnown && n < tellingNumber && n == math.Trunc(n) }

// standsForKnown tells whether a number stands for some who are known, and counts nothing
// itself: "the four who are not on it", "these four".
func (s *scene) standsForKnown(p *piece, f *whence.Figure) bool {
	if f.Counted != nil || f.PartOf != "" || f.Unit != "" && f.Unit != "person" || f.Low != f.High || !countsKnown(f.Low.Value) {
		return false
	}
	i := s.indexOf(p, token{start: int32(f.Start)})
	if i == 0 || i >= len(p.words) || p.words[i].opens {
		return false
	}
	return s.class(p, i-1).Has(english.KnownBefore)
}

// noteCount makes a number of people known to those that follow.
func (g *grouping) noteCount(m *mention) {
	if m.voice == nobody || !countsKnown(m.value.number) || !m.ofPeople() {
		return
	}
	k := givenKey{g.cast.family(m.voice), m.value.number}
	g.counted[k] = with(g.counted[k], m.claim)
}

// ofPeople tells whether a number is of people, or of their names.
func (m *mention) ofPeople() bool {
	return m.value.unit == "person" || m.named()
}

// named tells whether a number is of names, which stand for those who bear them.
func (m *mention) named() bool { return english.Matter(m.head()).Has(english.NamesOf) }

// head is the word for what a figure counts.
func (m *mention) head() string {
	if m.fig == none || m.p.r.Figures[m.fig].Counted == nil {
		return ""
	}
	return strings.ToLower(m.p.r.Figures[m.fig].Counted.Head)
}

// countedBefore is the claim by which the source of a number counted the same people.
func (g *grouping) countedBefore(m *mention) (int, bool) {
	if m.voice == nobody || !countsKnown(m.value.number) || !m.known && !m.ofPeople() {
		return none, false
	}
	for _, c := range g.counted[givenKey{g.cast.family(m.voice), m.value.number}] {
		if g.samePeople(m, c) {
			return c, true
		}
	}
	return none, false
}

// samePeople tells whether a number may be of the people of a claim: of one of them it is
// not told what befell them, but only who they are, and as much is the same around both;
// or it leaves it to what was said before who they are, which is trusted of the dead and
// hurt alone.
func (g *grouping) samePeople(m *mention, claim int) bool {
	list := g.claims[claim]
	if last := g.all[list[len(list)-1]].p; !m.p.end.IsZero() && !last.end.IsZero() && m.p.end.Sub(last.end) > soonAgain {
		return false
	}
	told, hurt := false, false // what befell them
	for _, i := range list[:min(len(list), mostSame)] {
		measure := g.all[i].value.measure
		told = told || measure != "" && !g.describes(&g.all[i])
		hurt = hurt || !plannable(measure)
	}
	first := &g.all[list[0]]
	hurt = hurt || !plannable(m.value.measure)
	switch {
	case m.known, m.named():
		return hurt
	case m.value.measure != "" && !g.describes(m) && (told || !g.ofThose(m)), m.value.head != "" && first.value.head != "" && m.value.head != first.value.head:
		return false
	case hurt:
		return g.nearby(m, claim) >= 2
	}
	return g.nearby(m, claim) >= 3
}

// ofThose tells whether a number is of some who are known, and tells who they are: "four
// of the dead were labourers".
func (g *grouping) ofThose(m *mention) bool {
	i := g.indexOf(m.p, token{start: int32(m.spans[0].End)})
	return i+1 < len(m.p.words) && !m.p.words[i].opens && g.text(m.p, i) == "of" && g.class(m.p, i+1).Has(english.KnownBefore)
}

// describes tells whether the verb of a figure only says who those are whom it counts, as
// it follows them at once: "four labourers hired by the day had been left off".
func (g *grouping) describes(m *mention) bool {
	if m.fig == none || m.value.measure == "" || !plannable(m.value.measure) {
		return false
	}
	counted := m.p.r.Figures[m.fig].Counted
	if counted == nil {
		return false
	}
	i := g.indexOf(m.p, token{start: int32(counted.End)})
	return i < len(m.p.words) && !m.p.words[i].opens && participle(g.text(m.p, i)) == m.value.measure
}

// recount puts a number to the claim whose people it counts again. It is no count of its
// own, so that no history goes on from it.
func (g *grouping) recount(m *mention, claim int) {
	m.claim = claim
	for _, i := range g.claims[claim] {
		if o := &g.all[i]; g.describes(o) && !g.describes(m) && m.value.measure != "" {
			o.value.measure, o.value.unit, o.value.part = m.value.measure, m.value.unit, true
		}
	}
	first := g.all[g.claims[claim][0]].value
	if !plannable(first.measure) || m.known || m.named() {
		m.value.measure, m.value.unit = first.measure, first.unit
	}
	m.value.part = true
}

const (
	// behindSame is how many words "as" stands at most behind a number that is the same.
	behindSame = 3
	// longestOther is how many words there are at most for whose number it is as well.
	longestOther = 4
)

// sameAsOthers finds numbers that somebody gives as others do: "he gave the same four
// names as the union".
func (s *scene) sameAsOthers(p *piece) {
	same, ok := s.vocabulary.ids["same"]
	for i := 0; ok && i+3 < len(p.words); i++ {
		if p.words[i].id != same || p.words[i+1].opens || !p.inBody(int(p.words[i].start)) || p.inTitle(int(p.words[i].start)) {
			continue
		}
		number := english.NumeralOf(s.text(p, i+1))
		if !number.Spoken() || !countsKnown(number.Value) {
			continue
		}
		other := s.behindAs(p, i+2)
		if other == "" {
			continue
		}
		at := whence.Span{Start: int(p.words[i+1].start), End: int(p.words[i+1].end)}
		m := mention{p: p, kind: Statement, attr: none, fig: none, event: none, spans: []whence.Span{at}, voice: nobody, as: other}
		m.value = amount{number: number.Value, part: true, real: true}
		m.attr = slices.IndexFunc(p.r.Attributions, func(a whence.Attribution) bool {
			return slices.ContainsFunc(a.Content.Spans, func(x whence.Span) bool { return x.Contains(at) })
		})
		if m.attr != none {
			m.voice, m.cite = p.voices[m.attr], p.cites[m.attr]
		} else {
			m.voice = s.heBefore(p, i)
		}
		if m.voice != nobody {
			s.add(m)
		}
	}
}

// behindAs is the stem of whoever is named behind "as", a few words from the i-th on.
func (s *scene) behindAs(p *piece, i int) string {
	for n := 0; n < behindSame && i+1 < len(p.words) && !p.words[i].opens; n, i = n+1, i+1 {
		if s.text(p, i) != "as" {
			continue
		}
		last := i
		for last+1 < len(p.words) && last-i < longestOther && !p.words[last+1].opens && p.words[last+1].start-p.words[last].end == 1 {
			last++
		}
		if s.class(p, last).Has(english.EmptyWord) {
			return ""
		}
		return english.Stem(s.text(p, last))
	}
	return ""
}

// heBefore is the voice of "he" or "she" that opens the sentence of the i-th word: of
// whoever spoke last in its block.
func (s *scene) heBefore(p *piece, i int) int {
	for i > 0 && !p.words[i].opens {
		i--
	}
	if !english.NameWord(s.text(p, i)).Has(english.HePronoun | english.ShePronoun) {
		return nobody
	}
	at, voice := int(p.words[i].start), nobody
	for _, k := range inOrder(p.r.Attributions) {
		a := &p.r.Attributions[k]
		if startOf(a.Cue) >= at {
			break
		}
		if p.block(startOf(a.Cue)) == p.block(at) && p.voices[k] != nobody && s.cast.voices[p.voices[k]].Kind == whence.SourcePerson {
			voice = p.voices[k]
		}
	}
	return voice
}

// sameAs finds the claim of the one whose number somebody gives as well.
func (g *grouping) sameAs(m *mention) {
	for k, list := range g.counted {
		named := slices.ContainsFunc(fields(g.cast.voices[k.voice].Name), func(w string) bool { return english.Stem(w) == m.as })
		if k.number != m.value.number || !named {
			continue
		}
		for _, c := range list {
			if m.claim == none || c < m.claim {
				m.claim = c
			}
		}
	}
}
