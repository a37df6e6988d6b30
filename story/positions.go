package story

import (
	"cmp"
	"slices"
	"strings"

	"whence"
	"whence/english"
)

// stances are the responses as positions.
var stances = map[whence.Response]string{
	whence.Declined: "declined", whence.NoReply: "no_reply", whence.Referred: "referred", whence.Denied: "denies", whence.Confirmed: "confirms",
}

// positions are who asserts, denies, confirms, declined, referred or did not reply:
// for each claim that somebody answers, or with which a silence ends.
func (s *scene) positions() []Positions {
	answers := map[int][]int{} // mentions of answers, by claim
	for _, p := range s.pieces {
		if s.original(p) != p.n {
			continue
		}
		for i := range p.r.Attributions {
			a := &p.r.Attributions[i]
			if stances[a.Response] == "" && !s.denies(p, i) || p.voices[i] == nobody || !p.inBody(a.Cue.Spans[0].Start) {
				continue
			}
			if c := s.answered(p, i); c != none {
				answers[c] = append(answers[c], s.add(mention{p: p, kind: Statement, attr: i, fig: none, event: none, spans: cmpSpans(a), voice: p.voices[i]}))
			}
		}
	}
	for c, list := range s.brokenSilences() {
		answers[c] = append(answers[c], list...)
	}
	var out []Positions
	for c := range s.claims {
		if len(answers[c]) == 0 {
			continue
		}
		out = append(out, s.answersTo(c, answers[c]))
	}
	slices.SortStableFunc(out, func(a, b Positions) int { return cmp.Compare(len(b.Positions), len(a.Positions)) })
	return out
}

// denies tells whether somebody denies without a word for it: by having no evidence of
// what others say, or, after declining to answer, by saying that something is not so.
func (s *scene) denies(p *piece, i int) bool {
	a := &p.r.Attributions[i]
	if a.Response != "" || a.Content.Zero() {
		return false
	}
	for k := range p.r.Events {
		e := &p.r.Events[k]
		if e.Attribution != a.ID || e.Status != whence.NotHappened && e.Status != whence.StatusDenied {
			continue
		}
		if a.Quotation != whence.Direct && english.Matter(strings.ToLower(e.Text)).Has(english.Proof) && s.ofSomething(p, e.Span) {
			return true
		}
		if e.Start-a.Content.Spans[0].Start < opensWith && a.Quotation == whence.Direct && p.declinedBefore(i) {
			return true
		}
		break
	}
	return false
}

// ofSomething tells whether a preposition stands behind a noun: "evidence of fraud", and not
// "evidence that could change his mind".
func (s *scene) ofSomething(p *piece, at whence.Span) bool {
	i := s.indexOf(p, token{start: int32(at.Start)}) + 1
	if i >= len(p.words) || p.words[i].opens {
		return false
	}
	w := english.Lookup(s.text(p, i)).Class
	return w.Has(english.Preposition) && !w.Has(english.Relative|english.Subordinator)
}

// opensWith is how many letters into what somebody says the words are that it opens with.
const opensWith = 24

// declinedBefore tells whether the speaker of an attribution declined to answer right
// before, in the same block.
func (p *piece) declinedBefore(i int) bool {
	at := startOf(p.r.Attributions[i].Cue)
	for j := range p.r.Attributions {
		b := &p.r.Attributions[j]
		if b.Response == whence.Declined && p.voices[j] == p.voices[i] && startOf(b.Cue) < at && p.block(startOf(b.Cue)) == p.block(at) {
			return true
		}
	}
	return false
}

// cmpSpans are the words of an answer: its content, or else its cue.
func cmpSpans(a *whence.Attribution) []whence.Span {
	if a.Content.Zero() {
		return a.Cue.Spans
	}
	return a.Content.Spans
}

// nearBy is how many blocks before an answer what it answers is looked for.
const nearBy = 1

// answered is the claim that an answer is to: that of a deed that it speaks of
// itself; the last that several articles make, right before it; or else what its
// article reports first of its own.
func (s *scene) answered(p *piece, attr int) int {
	a := &p.r.Attributions[attr]
	at := cmpSpans(a)[0].Start
	if a.Source != nil && len(a.Source.Spans) > 0 {
		at = min(at, a.Source.Spans[0].Start)
	}
	for _, e := range p.events {
		if e.attr == attr && e.deed != "" {
			if c := s.asserting(e.deed); c != none {
				return c
			}
		}
	}
	here, before := s.justBefore(p, attr, at)
	if here != none {
		return s.open(s.whole(&s.all[here]))
	}
	if before != none && s.speaksOf(a, &s.all[before]) {
		return s.open(s.whole(&s.all[before]))
	}
	if c := s.mainOf(p); c != none {
		return c
	}
	if before != none {
		return s.open(s.whole(&s.all[before]))
	}
	return none
}

// open is the claim that a deed is planned, where one is that it is not; or the claim.
func (s *scene) open(claim int) int {
	first := &s.all[s.claims[claim][0]]
	if first.kind == Statement && first.deed != "" && senseOf(first.says) == rejects {
		if c := s.asserting(first.deed); c != none {
			return c
		}
	}
	return claim
}

// justBefore are the last claims that several articles make before a place: in its
// block, and in the blocks right before.
func (s *scene) justBefore(p *piece, attr, at int) (here, before int) {
	here, before = none, none
	b := p.block(at)
	for _, i := range p.claims {
		m := &s.all[i]
		if m.claim == none || m.attr == attr || m.kind == Quotation || m.kind == Statement && m.deed == "" || !s.shared(m.claim) {
			continue
		}
		switch start := m.spans[0].Start; {
		case start >= at:
			return here, before
		case p.block(start) == b:
			if here == none || len(s.claims[m.claim]) >= len(s.claims[s.all[here].claim]) {
				here = i // what most articles tell of there
			}
		case p.block(start) >= b-nearBy:
			if before == none || !m.value.part || m.value.measure != s.all[before].value.measure { // a part goes with its whole
				before = i
			}
		}
	}
	return here, before
}

// speaksOf tells whether an answer has a word of the sentence that it may be to.
func (s *scene) speaksOf(a *whence.Attribution, m *mention) bool {
	there := s.stemsOf(m.p, []whence.Span{s.sentence(m)}, false)
	least := 1
	if a.Response == whence.NoReply {
		least = 2 // "two letters" tell how they were asked
	}
	shared := 0
	for _, w := range s.stemsOf(m.p, a.Content.Spans, false) {
		if slices.Contains(there, w) {
			shared++
		}
	}
	return shared >= least
}

// ofThe is how many letters may stand between a part and its whole where the part is
// what is spoken of: "nine of the 22".
const ofThe = 10

// whole is the claim of a mention; of a part of a figure, that of the figure, which may be
// told in another article that counts the same part.
func (s *scene) whole(m *mention) int {
	if m.fig == none {
		return m.claim
	}
	if j, ok := s.wholeOf(m); ok {
		if behind := s.all[j].spans[0].Start - m.spans[0].End; behind < 0 || behind > ofThe {
			return s.all[j].claim
		}
		return m.claim
	}
	if m.value.part {
		for _, i := range s.claims[m.claim] {
			if j, ok := s.wholeOf(&s.all[i]); ok {
				return s.all[j].claim
			}
		}
	}
	return m.claim
}

// wholeOf is the mention of the figure that a figure is a part of.
func (s *scene) wholeOf(m *mention) (int, bool) {
	if m.fig == none {
		return none, false
	}
	j, ok := m.p.figures[m.p.r.Figures[m.fig].PartOf]
	return j, ok && s.all[j].claim != none
}

// shared tells whether more than one article makes a claim.
func (s *scene) shared(c int) bool {
	list := s.claims[c]
	return len(list) > 1 && s.all[list[0]].p != s.all[list[len(list)-1]].p
}

// asserting is the claim by which a deed was reported first, if several articles
// make it.
func (s *scene) asserting(deed string) int {
	if s.asserts == nil {
		s.asserts = map[string]int{}
		for c, list := range s.claims {
			if len(list) == 0 {
				continue
			}
			m := &s.all[list[0]]
			if _, ok := s.asserts[m.deed]; !ok && m.kind == Statement && m.deed != "" && senseOf(m.says) == open && m.attr != none && s.shared(c) {
				s.asserts[m.deed] = c
			}
		}
	}
	if c, ok := s.asserts[deed]; ok {
		return c
	}
	return none
}

// mainOf is the claim that an article reports first of its own, and others as well.
func (s *scene) mainOf(p *piece) int {
	for _, i := range p.claims {
		m := &s.all[i]
		if m.claim == none || !s.shared(m.claim) || m.kind == Quotation || m.kind == Statement && m.deed == "" {
			continue
		}
		for _, l := range s.weighed[m.claim].legs {
			if l.piece == p.n || l.piece == none && l.outlet == outletKey(p.whose) {
				return s.whole(m)
			}
		}
	}
	return none
}

func (s *scene) answersTo(c int, answers []int) Positions {
	first := &s.all[s.claims[c][0]]
	out := Positions{About: first.p.cut(first.spans), Claim: s.ids[c]}
	if first.kind == Figure {
		out.About = first.p.cut([]whence.Span{s.sentence(first)})
	}
	said := map[int]bool{}
	for _, l := range s.weighed[c].legs {
		for _, i := range l.from {
			m := &s.all[i]
			if m.voice == nobody || said[m.voice] || s.isOutlet(m.voice) {
				continue
			}
			said[m.voice] = true
			stance := "asserts"
			if m.attr != none && m.p.r.Attributions[m.attr].Response == whence.Denied {
				stance = "denies" // a claim that something is not so
			}
			out.Positions = append(out.Positions, Position{Stance: stance, Source: s.cast.voices[m.voice].Name, Finding: m.finding()})
		}
	}
	if first.deed != "" && senseOf(first.says) == open {
		answers = append(answers, s.rejecting(first.deed, answers)...)
	}
	slices.SortStableFunc(answers, func(a, b int) int { return cmp.Compare(s.all[a].p.n, s.all[b].p.n) })
	for _, i := range answers {
		m := &s.all[i]
		stance := stances[m.p.r.Attributions[m.attr].Response]
		if stance == "" {
			stance = "denies"
		}
		out.Positions = append(out.Positions, Position{Stance: stance, Source: s.cast.voices[m.voice].Name, Finding: m.finding()})
	}
	return out
}

// rejecting are the first mentions by which somebody says that a deed will not be,
// once it was reported.
func (s *scene) rejecting(deed string, known []int) []int {
	said := map[int]bool{}
	for _, i := range known {
		said[s.all[i].voice] = true
	}
	from := none
	var list []int
	for _, p := range s.pieces {
		for k := range p.events {
			e := &p.events[k]
			if e.deed != deed || e.attr == none || e.voice == nobody {
				continue
			}
			switch {
			case from == none && senseOf(e.says) == open:
				from = p.n
			case from != none && senseOf(e.says) == rejects && !said[e.voice] && s.original(p) == p.n && p.cites[e.attr].outlet == "":
				said[e.voice] = true
				a := &p.r.Attributions[e.attr]
				list = append(list, s.add(mention{p: p, kind: Statement, attr: e.attr, fig: none, event: none, spans: cmpSpans(a), voice: e.voice}))
			}
		}
	}
	return list
}
