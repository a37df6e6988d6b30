package story

import (
	"slices"
	"unicode"

	"whence"
	"whence/english"
)

// Who did not answer when an article asked, and speaks in a later one, has broken a
// silence: it stands beside what is claimed then. Those of one state are one party, as its
// embassy is silent until its minister speaks.

// party is who may be silent and speak: a family of voices, or a state.
type party struct {
	voice int    // or nobody
	state string // the stem of its adjective or name
}

// silence is where somebody did not answer.
type silence struct {
	p    *piece
	attr int
}

// brokenSilences are the mentions of silences that end with a claim, by claim: the first
// that several articles make of those in which the party speaks first.
func (s *scene) brokenSilences() map[int][]int {
	if !slices.ContainsFunc(s.pieces, func(p *piece) bool {
		return slices.ContainsFunc(p.r.Attributions, func(a whence.Attribution) bool { return isSilence(&a) })
	}) {
		return nil // as in most stories; whose party everybody is of takes time to tell
	}
	silent := map[party][]silence{}
	spoke := map[party]bool{}
	broken := map[int][]int{}
	for _, p := range s.pieces {
		if s.original(p) != p.n {
			continue
		}
		here := map[party][]silence{}
		says := map[party]bool{}
		for i := range p.r.Attributions {
			a := &p.r.Attributions[i]
			if !p.inBody(startOf(a.Cue)) {
				continue
			}
			for _, who := range s.partiesOf(p, i) {
				if isSilence(a) {
					here[who] = append(here[who], silence{p, i})
				} else if !a.Content.Zero() && a.Response != whence.Declined && a.Response != whence.Referred {
					says[who] = true
				}
			}
		}
		for who, list := range here {
			delete(says, who) // says why it does not answer
			silent[who] = append(silent[who], list...)
		}
		first := map[party]bool{}
		for who := range says {
			first[who] = !spoke[who] && len(silent[who]) > 0
			spoke[who] = true
		}
		s.breakIn(p, first, silent, broken)
	}
	return broken
}

// breakIn notes the silences that end in a piece in which parties speak first.
func (s *scene) breakIn(p *piece, first map[party]bool, silent map[party][]silence, broken map[int][]int) {
	if p.end.IsZero() {
		return
	}
	for _, i := range p.claims {
		m := s.all[i]
		if m.claim == none || m.attr == none || m.kind == Figure || !s.shared(m.claim) {
			continue
		}
		for _, who := range s.partiesOf(p, m.attr) {
			if !first[who] {
				continue
			}
			first[who] = false
			for _, x := range silent[who] {
				a := &x.p.r.Attributions[x.attr]
				known := slices.ContainsFunc(broken[m.claim], func(j int) bool { return s.all[j].p == x.p && s.all[j].attr == x.attr })
				if known || p.end.Sub(x.p.end) > soonAgain {
					continue
				}
				broken[m.claim] = append(broken[m.claim], s.add(mention{p: x.p, kind: Statement, attr: x.attr, fig: none, event: none, spans: cmpSpans(a), voice: x.p.voices[x.attr]}))
			}
		}
	}
}

// isSilence tells whether somebody did not answer at all: who "declined to say when" did.
func isSilence(a *whence.Attribution) bool {
	switch a.Response {
	case whence.NoReply:
		return true
	case whence.Declined:
		return !slices.ContainsFunc(fields(a.Content.Text), func(w string) bool {
			return !english.Matter(w).Has(english.EmptyWord | english.Comments)
		})
	}
	return false
}

// partiesOf are the parties that the source of an attribution is of: itself, if it is
// named, and its state.
func (s *scene) partiesOf(p *piece, attr int) (list []party) {
	a := &p.r.Attributions[attr]
	if v := p.voices[attr]; v != nobody && s.cast.isNamed(v) && !s.cast.voices[v].Anonymous && !s.isOutlet(v) {
		list = append(list, party{voice: s.cast.family(v)})
	}
	if a.Source == nil || len(a.Source.Spans) == 0 {
		return list
	}
	if state := s.stateIn(p, a.Source.Spans[0]); state != "" {
		return append(list, party{voice: nobody, state: state})
	}
	if state := s.ownerBefore(p, a); isSilence(a) && state != "" {
		list = append(list, party{voice: nobody, state: state})
	}
	return list
}

// ownerBefore is the state that the sentence before a source names, in the same block:
// "The ship belongs to Tern Line, which is owned by the Lothmari state. Calls to the
// company went unanswered."
func (s *scene) ownerBefore(p *piece, a *whence.Attribution) string {
	at := a.Source.Spans[0].Start
	i := min(s.indexOf(p, token{start: int32(at)}), len(p.words)-1)
	for i > 0 && !p.words[i].opens {
		i--
	}
	if i <= 0 {
		return ""
	}
	last := p.words[i-1]
	m := mention{p: p, spans: []whence.Span{{Start: int(last.start), End: int(last.end)}}}
	before := s.sentence(&m)
	if p.block(before.Start) != p.block(at) {
		return ""
	}
	return s.stateIn(p, before)
}

// stateIn is the state of which words name a body or an office: "the Lothmari embassy",
// "the Lothmari transport minister".
func (s *scene) stateIn(p *piece, at whence.Span) string {
	p.cut(nil)
	from := s.indexOf(p, token{start: int32(at.Start)})
	for i := from; i+1 < len(p.words) && int(p.words[i].end) <= at.End; i++ {
		if !unicode.IsUpper(p.runes[p.words[i].start]) || s.class(p, i).Has(english.EmptyWord|english.StateOrgan) || english.NameWord(s.text(p, i)).Has(english.Portfolio|english.Ranking) {
			continue
		}
		next := i + 1
		if !s.class(p, next).Has(english.StateOrgan) && english.NameWord(s.text(p, next)).Has(english.Portfolio) {
			next++
		}
		if next < len(p.words) && !p.words[next].opens && s.class(p, next).Has(english.StateOrgan) && p.words[i+1].start-p.words[i].end == 1 {
			return s.vocabulary.words[s.vocabulary.words[p.words[i].id].stem].text
		}
	}
	return ""
}
