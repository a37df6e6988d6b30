package story

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"whence"
	"whence/english"
)

// root is where a mention's words come from.
type root struct {
	outlet   string // plain name of the outlet whose report it is
	name     string
	piece    int // the article that holds the report, or none
	mention  int // the mention there, or none
	followed bool
	evidence []string
	doubt    string // why it cannot be told, in words
	silent   bool   // it rests on an article of which it cannot be told
}

// longestWay bounds how far words are followed back.
const longestWay = 16

// trace follows a mention to the report that it comes from.
func (s *scene) trace(i int) root {
	r := root{mention: i, piece: none}
	seen := map[int]bool{}
	for range longestWay {
		m := &s.all[r.mention]
		if seen[m.p.n] {
			break
		}
		seen[m.p.n] = true
		next, ok := s.step(m)
		if !ok {
			break
		}
		r.followed = true
		r.evidence = append(r.evidence, next.evidence...)
		r.outlet, r.name, r.piece, r.mention = next.outlet, next.name, next.piece, next.mention
		if r.mention == none {
			return r
		}
	}
	p := s.all[r.mention].p
	if p.whose != "" {
		whose := p.whose
		if other := s.setInto(&s.all[r.mention], whose); other != "" {
			whose = other
		}
		s.virtual(&r, whose)
		r.evidence = append(r.evidence, "credits "+whose)
		r.followed = true
		return r
	}
	r.outlet, r.name, r.piece = p.outlet, p.r.Outlet, p.n
	return r
}

// setInto is the agency of the text that words come from which stand in another's: pages
// set captions and pieces of other texts into an agency's. Most copies of that text do
// not have them, and those of the other do.
func (s *scene) setInto(m *mention, whose string) string {
	for _, t := range m.p.shares {
		q := s.pieces[t.from]
		if q.whose != "" && outletKey(q.whose) != outletKey(whose) && t.holds(m.spans, Quotation) && !s.mostCopiesHold(m.claim, m.p) && s.mostCopiesHold(m.claim, q) {
			return q.whose
		}
	}
	return ""
}

// mostCopiesHold tells whether at least half of the copies of a text make a claim.
func (s *scene) mostCopiesHold(claim int, p *piece) bool {
	of, n, all := s.original(p), 0, 0
	for _, q := range s.pieces {
		if s.original(q) != of {
			continue
		}
		all++
		if _, ok := s.inPiece(claim, q.n); ok {
			n++
		}
	}
	return 2*n >= all
}

// virtual makes an outlet that no article of the story is from the root.
func (s *scene) virtual(r *root, name string) {
	r.outlet, r.name, r.piece = outletKey(name), name, none
}

// step goes from a mention to where its words were taken from.
func (s *scene) step(m *mention) (root, bool) {
	if c := m.cite; c.outlet != "" && c.outlet != m.p.outlet {
		next := root{outlet: c.outlet, name: c.name, piece: none, mention: none, evidence: []string{"reported from " + c.name}}
		if c.piece == none {
			return next, true
		}
		next.piece = c.piece
		if j, ok := s.inOutlet(m.claim, c.outlet, m.p.n); ok {
			next.piece, next.mention = s.all[j].p.n, j
		}
		return next, true
	}
	for _, t := range m.p.took {
		if t.relation != whence.Copy && !t.holds(m.spans, m.kind) {
			continue
		}
		q := s.pieces[t.from]
		if t.origin != "" {
			if t.relation == whence.Copy || s.outletIs(t.origin, m.p.outlet) {
				continue // see settle
			}
			next := root{mention: none, evidence: t.evidence}
			s.virtual(&next, t.origin)
			if other := s.setInto(m, t.origin); other != "" {
				s.virtual(&next, other)
				next.evidence = []string{"prose of a text that credits " + other}
			}
			if j, ok := s.inOutlet(m.claim, next.outlet, m.p.n); ok {
				next.piece, next.mention = s.all[j].p.n, j
			}
			return next, true
		}
		if j, ok := s.inPiece(m.claim, q.n); ok {
			return root{outlet: q.outlet, name: q.r.Outlet, piece: q.n, mention: j, evidence: t.evidence}, true
		}
	}
	return root{}, false
}

func (s *scene) outletIs(name, plain string) bool { return outletKey(name) == plain }

// holds tells whether words stand in what was taken. A quotation that is shared was
// taken where one article derives from the other.
func (t *taking) holds(spans []whence.Span, kind ClaimKind) bool {
	for _, p := range t.passages {
		if p.Quotation && t.relation != whence.Derived && kind != Quotation {
			continue
		}
		for _, s := range spans {
			if p.Overlaps(s) {
				return true
			}
		}
	}
	return false
}

// inOutlet is the first mention of a claim in an article of an outlet, before one
// in the order of time.
func (s *scene) inOutlet(claim int, outlet string, before int) (int, bool) {
	for _, j := range s.claims[claim] {
		if p := s.all[j].p; p.n >= before {
			break
		} else if p.outlet == outlet {
			return j, true
		}
	}
	return 0, false
}

// inPiece is the first mention of a claim in an article.
func (s *scene) inPiece(claim, piece int) (int, bool) {
	list := s.claims[claim]
	i, ok := slices.BinarySearchFunc(list, piece, func(j, piece int) int { return cmp.Compare(s.all[j].p.n, piece) })
	if !ok {
		return 0, false
	}
	for i > 0 && s.all[list[i-1]].p.n == piece {
		i--
	}
	return list[i], true
}

// weigh finds the roots of a claim's mentions: whose reports they are, and what
// cannot be told.
func (s *scene) weigh(claim int) *weighed {
	w := &weighed{by: map[string]int{}, doubted: map[int]bool{}, roots: make([]root, len(s.claims[claim]))}
	for k, i := range s.claims[claim] {
		w.roots[k] = s.trace(i)
	}
	s.interviews(claim, w)
	sure := false // there is a report of which there is no doubt
	for k, i := range s.claims[claim] {
		if r := &w.roots[k]; !r.followed {
			r.doubt = s.doubt(&s.all[i])
			sure = sure || r.doubt == ""
		} else if r.mention == none || s.all[r.mention].p.whose != "" {
			sure = sure || s.doubt(&s.all[i]) == ""
		}
	}
	for k, i := range s.claims[claim] {
		m, r := &s.all[i], &w.roots[k]
		if at, ok := w.by[r.outlet]; ok {
			r.doubt = ""
			w.legs[at].rest(m, r)
			continue
		}
		if r.followed && r.piece != none && w.doubted[r.piece] {
			r.silent = true
			continue
		}
		if first := m.p == s.all[s.claims[claim][0]].p && s.namedBeside(m) != nobody && !s.retold(m); r.doubt != "" && !first && (sure || len(w.legs) > 0) {
			w.doubted[m.p.n] = true
			continue
		}
		r.doubt = ""
		w.by[r.outlet] = len(w.legs)
		w.legs = append(w.legs, leg{outlet: r.outlet, name: r.name, piece: r.piece})
		w.legs[len(w.legs)-1].rest(m, r)
	}
	s.clear(claim, w)
	return w
}

// clear takes doubts away: of mentions whose article is found to be a root by another one,
// and of those whose article tells elsewhere where it has the claim from.
func (s *scene) clear(claim int, w *weighed) {
	led := map[*piece]int{} // places of mentions that tell where
	for k, i := range s.claims[claim] {
		if _, ok := led[s.all[i].p]; !ok && w.roots[k].followed && w.roots[k].doubt == "" && !w.roots[k].silent {
			led[s.all[i].p] = k
		}
	}
	for k, i := range s.claims[claim] {
		if w.roots[k].doubt == "" {
			continue
		}
		if from, ok := led[s.all[i].p]; ok {
			w.roots[k] = w.roots[from]
		} else if at, ok := w.by[w.roots[k].outlet]; ok {
			w.roots[k].doubt = ""
			w.legs[at].rest(&s.all[i], &w.roots[k])
		}
	}
}

// fewestTold is of how many mentions of a quotation one at least must be told to an
// outlet, for the others to be taken from there too.
const fewestTold = 6

// interviews gives quotations that somebody gave an outlet to that outlet where others
// print them without saying so: the same words were said once. Words that came to them
// by a channel, such as a statement, are their own.
func (s *scene) interviews(claim int, w *weighed) {
	list := s.claims[claim]
	if first := &s.all[list[0]]; first.kind == Figure || first.deed != "" || first.voice == nobody || s.cast.voices[first.voice].Anonymous {
		return
	}
	var told []int // places in list
	for k, i := range list {
		if c := s.all[i].cite; c.told && w.roots[k].outlet == c.outlet {
			told = append(told, k)
		}
	}
	if len(told) == 0 || s.articlesOf(list) > fewestTold*len(told) {
		return
	}
	for k, i := range list {
		m := &s.all[i]
		if m.cite.outlet != "" || m.attr == none || s.isStatement(&m.p.r.Attributions[m.attr]) {
			continue
		}
		best, most := told[0], -1
		for _, t := range told {
			if n := common(m.stems, s.all[list[t]].stems); n > most {
				best, most = t, n
			}
		}
		own := slices.ContainsFunc(told, func(t int) bool { return w.roots[t].outlet == w.roots[k].outlet })
		if at := w.roots[best]; !own {
			w.roots[k] = root{outlet: at.outlet, name: at.name, piece: at.piece, mention: at.mention, followed: true, evidence: append(slices.Clip(w.roots[k].evidence), "the same words were told "+at.name)}
		}
	}
}

// articlesOf is how many articles mentions are of, which come by article.
func (s *scene) articlesOf(list []int) int {
	n := 0
	for k, i := range list {
		if k == 0 || s.all[list[k-1]].p != s.all[i].p {
			n++
		}
	}
	return n
}

// isStatement tells whether words came by a channel of the speaker's own, such as a
// statement, and not in an interview with an outlet that is not named.
func (s *scene) isStatement(a *whence.Attribution) bool {
	return a.Relay != nil && a.Relay.Kind == whence.RelayChannel && !slices.ContainsFunc(fields(a.Relay.Name), func(w string) bool { return english.Matter(w).Has(english.Interviewed) })
}

// common is how many different words two lists have in common.
func common(a, b []int32) int {
	seen := make(map[int32]bool, len(a))
	for _, w := range a {
		seen[w] = true
	}
	n := 0
	for _, w := range b {
		if seen[w] {
			seen[w] = false
			n++
		}
	}
	return n
}

// weighed is a claim with its legs.
type weighed struct {
	legs    []leg
	by      map[string]int // legs by outlet
	roots   []root         // of the mentions
	doubted map[int]bool   // pieces of which it cannot be told
}

// leg is a report that a claim stands on.
type leg struct {
	outlet, name string
	piece        int // the article that holds the report, or none
	rests        []string
	evidence     []string
	from         []int // mentions at the root
}

func (l *leg) rest(m *mention, r *root) {
	if n := len(l.rests); n == 0 || l.rests[n-1] != m.p.id { // mentions come by article
		l.rests = append(l.rests, m.p.id)
	}
	for _, e := range r.evidence {
		if len(l.evidence) < 8 && !slices.Contains(l.evidence, e) {
			l.evidence = append(l.evidence, e)
		}
	}
	at := r.mention
	if at == none {
		at = m.n
	}
	if !slices.Contains(l.from, at) && len(l.from) < 64 {
		l.from = append(l.from, at)
	}
}

// doubt says why it cannot be told whether an article that was not the first to
// make a claim has it from reporting of its own.
func (s *scene) doubt(m *mention) string {
	if m.attr != none && background(&m.p.r.Attributions[m.attr]) {
		return "tells what was said before"
	}
	switch m.kind {
	case Quotation:
		return ""
	case Statement:
		if m.voice == nobody {
			return "names nobody who says so"
		}
		return ""
	}
	if s.asserted(m) && m.voice != nobody && s.cast.voices[m.voice].Kind == whence.SourcePerson || s.heard(m) {
		return ""
	}
	if s.addsPart(m) {
		return ""
	}
	if m.voice == nobody {
		return "names nobody who says so"
	}
	if s.cast.voices[m.voice].Kind == whence.SourceDocument {
		return "" // which each may read
	}
	return "repeats what " + s.cast.voices[m.voice].Name + " had made known"
}

// retold tells whether a mention is by its form of what was known before.
func (s *scene) retold(m *mention) bool {
	at := m.p.block(m.spans[0].Start)
	return at < len(m.p.r.Blocks) && m.p.r.Blocks[at].Role == whence.RoleNotice || m.attr != none && background(&m.p.r.Attributions[m.attr])
}

// background tells whether a cue tells of words said before what the article is
// about: "had assured".
func background(a *whence.Attribution) bool {
	first, _, _ := strings.Cut(a.Cue.Text, " ")
	return english.Matter(strings.ToLower(first)).Has(english.Background)
}

// asserted tells whether a figure is new where it stands: "31 people", as against
// "the 31 people".
func (s *scene) asserted(m *mention) bool {
	i := s.indexOf(m.p, token{start: int32(m.spans[0].Start)})
	return i == 0 || i > len(m.p.words) || !s.vocabulary.words[m.p.words[i-1].id].class.Has(english.KnownBefore)
}

// nextTo is how many blocks further a source's own words are looked for.
const nextTo = 2

// heard tells whether an article has the source's own words next to a figure: in a
// quotation, or in a statement that came to it.
func (s *scene) heard(m *mention) bool {
	whose := s.namedBeside(m)
	if whose == nobody {
		return false
	}
	at := m.p.block(m.spans[0].Start)
	if at < len(m.p.r.Blocks) && m.p.r.Blocks[at].Role == whence.RoleNotice {
		return false // tells what was said before
	}
	for i := range m.p.r.Attributions {
		a := &m.p.r.Attributions[i]
		if v := m.p.voices[i]; v == nobody || s.cast.family(v) != whose || m.p.cites[i].outlet != "" || a.Content.Zero() {
			continue
		}
		b := m.p.block(a.Content.Spans[0].Start)
		channel := a.Relay != nil && a.Relay.Kind == whence.RelayChannel && b == at
		if b >= at && b <= at+nextTo && a.Quotation == whence.Direct || channel {
			return true
		}
	}
	return false
}

// namedBeside is the family of whoever a figure is attributed to, or else of whoever
// says something in its sentence.
func (s *scene) namedBeside(m *mention) int {
	if m.voice != nobody {
		return s.cast.family(m.voice)
	}
	sentence := s.sentence(m)
	for i := range m.p.r.Attributions {
		a := &m.p.r.Attributions[i]
		if a.Source != nil && len(a.Source.Spans) > 0 && sentence.Contains(a.Source.Spans[0]) && s.cast.isNamed(m.p.voices[i]) {
			return s.cast.family(m.p.voices[i])
		}
	}
	return nobody
}

// isNamed tells whether a voice is more than some words of one article, "the woman who".
func (c *cast) isNamed(v int) bool { return v != nobody && !strings.HasPrefix(c.voices[v].key, "t:") }

// addsPart tells whether an article gives a part of a figure.
func (s *scene) addsPart(m *mention) bool {
	id := m.p.r.Figures[m.fig].ID
	for i := range m.p.r.Figures {
		if f := &m.p.r.Figures[i]; f.PartOf == id && (f.Change == "" || f.Change == whence.Total) && s.measureOf(m.p, f) == m.value.measure && f.Status != "" && f.Attribution == m.p.r.Figures[m.fig].Attribution && f.Low != m.p.r.Figures[m.fig].Low {
			return !s.partKnown(m, i)
		}
	}
	return false
}

// measureOf is what happened to what a figure counts.
func (s *scene) measureOf(p *piece, f *whence.Figure) string {
	if i, ok := p.figures[f.ID]; ok {
		return s.all[i].value.measure
	}
	return f.Measure
}

// partKnown tells whether an earlier article has a figure's part of the same number.
func (s *scene) partKnown(m *mention, fig int) bool {
	j, ok := m.p.figures[m.p.r.Figures[fig].ID]
	if !ok {
		return true
	}
	part := &s.all[j]
	for _, i := range s.claims[m.claim] {
		p := s.all[i].p
		if p.n >= m.p.n {
			break
		}
		for k := range p.r.Figures {
			n, _ := numberOf(&p.r.Figures[k])
			if n == part.value.number && p.r.Figures[k].Measure == part.value.measure {
				return true
			}
		}
	}
	return false
}

// say puts a doubt into words, with the article's name.
func (m *mention) say(doubt string) string {
	return fmt.Sprintf("%s: %s", cmp.Or(m.p.r.Outlet, m.p.r.Path, m.p.id), doubt)
}
