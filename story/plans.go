package story

import (
	"slices"
	"strings"
	"time"

	"whence"
	"whence/english"
)

// planning is what is known of the story's plans.
type planning struct {
	list  []Plan
	deeds []deedLine // beside list
}

// deedLine is what is said of one deed, in the order of time.
type deedLine struct {
	deed   string
	about  map[int32]bool // the words that say something in the sentences that tell of it
	says   []int          // mentions of statements with the deed, each by the place of its event
	firmer []firmer
}

// firmer is a rewrite that says more than what it rewrites.
type firmer struct{ mention, than int }

// rank orders statuses by how much they say.
var rank = map[whence.Status]int{
	whence.Possible: 1, whence.Requested: 1, whence.Considered: 2, whence.Required: 2, whence.Planned: 3, whence.Attempted: 3,
	whence.Decided: 4, whence.UnderWay: 5, whence.Happened: 6,
}

// mostSteps bounds the steps of a plan that are shown.
const mostSteps = 64

// plans follow each deed that has not been done from the beginning.
func (s *scene) plans() planning {
	var out planning
	at := map[string][]int{} // by deed: one for each that it is done to
	for _, p := range s.pieces {
		if p.from != nil && p.from.outlet != p.outlet {
			continue
		}
		for i := range p.events {
			e := &p.events[i]
			if e.deed == "" || e.says == whence.Unknown || e.says == "" {
				continue
			}
			about := s.about(p, e)
			n := s.objectOf(out.deeds, at[e.deed], about)
			if of := at[e.deed]; e.left && len(of) > 0 {
				n = of[len(of)-1]
			}
			if n == none {
				n = len(out.deeds)
				at[e.deed] = append(at[e.deed], n)
				out.deeds = append(out.deeds, deedLine{deed: e.deed, about: map[int32]bool{}})
			}
			for _, w := range about {
				out.deeds[n].about[w] = true
			}
			out.deeds[n].says = append(out.deeds[n].says, s.told(p, e))
		}
	}
	kept := out.deeds[:0]
	for _, d := range out.deeds {
		plan, ok := s.plan(&d)
		if !ok {
			continue
		}
		out.list = append(out.list, plan)
		kept = append(kept, d)
	}
	out.deeds = kept
	return out
}

// mostObjects bounds how many things the same deed may be done to.
const mostObjects = 16

// objectOf is the line of a deed whose sentences share words with those about an
// event; the last one, where the event's sentence says next to nothing.
func (s *scene) objectOf(lines []deedLine, of []int, about []int32) int {
	best, most := none, 0
	for _, n := range of {
		shared := 0
		for _, w := range about {
			if lines[n].about[w] {
				shared++
			}
		}
		if shared > most {
			best, most = n, shared
		}
	}
	if best == none && len(of) > 0 && (len(about) < 3 || len(of) >= mostObjects) {
		return of[len(of)-1]
	}
	return best
}

// about are the words that say something around an event, in its sentence.
func (s *scene) about(p *piece, e *act) []int32 {
	at := p.r.Events[e.event].Span
	m := mention{p: p, spans: []whence.Span{at}}
	span := s.sentence(&m)
	const near = 90
	span.Start, span.End = max(span.Start, at.Start-near), min(span.End, at.End+near)
	var list []int32
	for _, w := range s.stemsOf(p, []whence.Span{span}, false) {
		if s.vocabulary.words[w].class.Has(english.Partitive) {
			continue // "two"
		}
		if english.Deed([]string{s.vocabulary.words[w].text}, nil) != e.deed { // which all of them have
			list = append(list, w)
		}
	}
	return list
}

// told makes a mention of an event, with the claim of the attribution that holds
// it, where it is one.
func (s *scene) told(p *piece, e *act) int {
	ev := &p.r.Events[e.event]
	m := mention{p: p, kind: Statement, attr: e.attr, fig: none, event: e.event, spans: []whence.Span{s.withAuxiliaries(p, ev.Span)}, voice: e.voice, deed: e.deed, says: e.says}
	if e.attr != none {
		m.cite = p.cites[e.attr]
	}
	i := s.add(m)
	for _, j := range p.claims {
		if o := &s.all[j]; o.attr == e.attr && (e.attr != none || o.event == e.event) && o.claim != none && (o.kind == Quotation || o.deed == e.deed) {
			s.all[i].claim = o.claim
			break
		}
	}
	return i
}

// origin follows an event to the event that it retells.
func (s *scene) origin(i int) (root root, from int) {
	m := &s.all[i]
	if m.claim == none {
		p := m.p
		root.outlet, root.name, root.piece, root.mention = p.outlet, p.r.Outlet, p.n, i
		if p.whose != "" {
			s.virtual(&root, p.whose)
		}
		return root, none
	}
	next, ok := s.step(m)
	if !ok {
		return s.trace(i), none
	}
	return s.trace(i), next.mention
}

// plan is one deed's steps: each time that what is said of it changes.
func (s *scene) plan(d *deedLine) (Plan, bool) {
	out := Plan{Plan: d.deed, Steps: []Step{}}
	seen := map[stepKey]bool{}
	step := none // the last one
	undone := false
	heard := map[whence.Status]bool{} // by anybody
	for _, i := range d.says {
		m := &s.all[i]
		if m.says == whence.StatusDenied && len(heard) == 0 {
			m.says = whence.NotHappened // nothing that could be denied was reported
		}
		root, from := s.origin(i)
		if than, ok := s.saysMore(m, root, from); ok {
			out.overstate(s.stepOf(i, m.p.r.Outlet))
			if than != none {
				d.firmer = append(d.firmer, firmer{i, than})
			}
			continue
		}
		if root.followed && root.piece != none {
			continue // retold
		}
		if rank[m.says] < rank[whence.Happened] {
			undone = true
		}
		if m.attr != none && background(&m.p.r.Attributions[m.attr]) {
			continue
		}
		k := stepKey{m.says, s.cast.family(m.voice)}
		if m.voice == nobody && (heard[m.says] || m.says == whence.Requested) {
			continue // it is told again, and by nobody who is named
		}
		if m.says == whence.NotHappened && seen[stepKey{whence.StatusDenied, k.voice}] {
			continue
		}
		if step != none && (seen[k] && !asksAgain(&s.all[step], m) || s.saysLess(&s.all[step], m) || s.saysSame(&s.all[step], m)) {
			continue
		}
		seen[k], heard[m.says] = true, true
		step = i
		if len(out.Steps) < mostSteps {
			out.Steps = append(out.Steps, s.stepOf(i, root.name))
		}
	}
	return out, undone && len(out.Steps) > 0
}

// saysMore tells whether a rewrite says more of a deed than what it rewrites, that it is
// planned at least, and than which mention, if that is one of the same deed.
func (s *scene) saysMore(m *mention, r root, from int) (than int, ok bool) {
	if rank[m.says] < rank[whence.Planned] {
		return none, false
	}
	more := func(i int) bool { said := rank[s.saidAt(i)]; return said > 0 && rank[m.says] > said }
	if from != none && more(from) {
		return from, true
	}
	return none, r.mention != none && r.followed && more(r.mention)
}

// asksAgain tells whether something is asked for once more, after what came of it last.
func asksAgain(last, m *mention) bool {
	return m.says == whence.Requested && last.says != whence.Requested && m.p.end.Sub(last.p.end) > askedAgain
}

// saysSame tells whether what is said of a deed is the last step: the same of the same
// source, of nobody who is named, or in the same article.
func (s *scene) saysSame(last, m *mention) bool {
	return m.says == last.says && (m.voice == nobody || m.voice == last.voice || m.p == last.p)
}

// overstate notes that a rewrite says more than its origin, once for each status.
func (p *Plan) overstate(x Step) {
	if !slices.ContainsFunc(p.Overstated, func(o Step) bool { return o.Article == x.Article && o.Status == x.Status }) {
		p.Overstated = append(p.Overstated, x)
	}
}

// saysLess tells whether what is said of a deed is no step after the last: that it may
// be, where more than that was said already; in the same article, that less of it is so,
// or that some of what goes on is done.
func (s *scene) saysLess(last, m *mention) bool {
	switch {
	case m.says == whence.Possible:
		return true
	case last.p != m.p:
		return false
	case last.says == whence.UnderWay && m.says == whence.Happened:
		return true
	case senseOf(last.says) == rejects && m.says == whence.Happened && s.cast.family(last.voice) == s.cast.family(m.voice):
		return true // nobody rejects and grants the same
	case senseOf(last.says) == rejects && senseOf(m.says) == rejects:
		return s.cast.family(last.voice) == s.cast.family(m.voice) || m.voice == nobody || s.cast.speaker(m.voice) == s.cast.speaker(last.voice)
	}
	return rank[m.says] > 0 && rank[m.says] < rank[last.says]
}

// askedAgain is after how long a request that came to nothing is one made again, and not
// the same that is told once more.
const askedAgain = 24 * time.Hour

// stepKey is a status by whom.
type stepKey struct {
	says  whence.Status
	voice int
}

// saidAt is the status that a mention gives its deed.
func (s *scene) saidAt(i int) whence.Status { return s.all[i].says }

func (s *scene) stepOf(i int, report string) Step {
	m := &s.all[i]
	out := Step{At: m.p.at, Status: m.says, Report: report, Finding: m.finding(), Sentence: s.sentenceOf(m)}
	if m.voice != nobody {
		out.Source = s.cast.voices[m.voice].Name
	}
	return out
}

// rejections set what a body says against who rejects it by name: "the ministry rejects
// the union's figure" against what the union says first with a figure, or, where it is a
// claim that is rejected, last.
func (s *scene) rejections() []Contradiction {
	var out []Contradiction
	for _, p := range s.pieces {
		if s.original(p) != p.n {
			continue
		}
		for i := range p.r.Attributions {
			if a := &p.r.Attributions[i]; a.Response == whence.Denied && p.voices[i] != nobody && len(out) < mostContradictions {
				if j := s.rejected(p, i); j != none {
					out = append(out, Contradiction{Kind: "denial", About: a.Content.Text, A: s.side(s.asSaid(p, j)), B: s.side(s.asSaid(p, p.inOwnWords(s, i)))})
				}
			}
		}
	}
	return out
}

// rejected is the attribution whose content the i-th one rejects by naming whose it is; or
// none.
func (s *scene) rejected(p *piece, i int) int {
	a := &p.r.Attributions[i]
	numbers, words := false, map[string]bool{}
	owner := false
	for _, w := range strings.Fields(a.Content.Text) {
		plain := strings.ToLower(strings.TrimRight(strings.ReplaceAll(w, "’", "'"), ",."))
		body, ok := strings.CutSuffix(plain, "'s")
		owner = owner || ok
		words[english.Stem(body)] = true
		numbers = numbers || english.MeasureWord(plain).Has(english.Toll)
	}
	if !owner || len(words) > longestRejected {
		return none
	}
	found := none
	for _, j := range inOrder(p.r.Attributions) {
		b := &p.r.Attributions[j]
		v := p.voices[j]
		if startOf(b.Cue) >= startOf(a.Cue) {
			break
		}
		if v == nobody || b.Content.Zero() || !p.inBody(startOf(b.Cue)) || s.cast.family(v) == s.cast.family(p.voices[i]) || s.isOutlet(v) {
			continue
		}
		name := fields(s.cast.name(s.cast.family(v)))
		if len(name) == 0 {
			continue
		}
		head := english.Stem(name[len(name)-1])
		if !words[head] || !slices.ContainsFunc(fields(b.Source.Text), func(w string) bool { return english.Stem(w) == head }) {
			continue
		}
		if !numbers {
			found = j
		} else if found == none && slices.ContainsFunc(p.r.Figures, func(f whence.Figure) bool { return f.Attribution == b.ID }) {
			found = j
		}
	}
	return found
}

// handedOver sets "we have asked the union for the names" against the union's word right
// behind that it has handed them over.
func (s *scene) handedOver() []Contradiction {
	var out []Contradiction
	for _, p := range s.pieces {
		if s.original(p) != p.n {
			continue
		}
		last := none
		for _, i := range inOrder(p.r.Attributions) {
			if p.voices[i] == nobody || p.r.Attributions[i].Content.Zero() || !p.inBody(startOf(p.r.Attributions[i].Cue)) {
				continue
			}
			if last != none && len(out) < mostContradictions && s.asksAndGets(p, last, i) {
				out = append(out, Contradiction{Kind: "denial", About: s.askedIn(p, last), A: s.side(s.asSaid(p, last)), B: s.side(s.asSaid(p, i))})
			}
			last = i
		}
	}
	return out
}

// asksAndGets tells whether one attribution says that somebody was asked for something, and
// another, in the same block, that they gave it.
func (s *scene) asksAndGets(p *piece, ask, get int) bool {
	a, b := &p.r.Attributions[ask], &p.r.Attributions[get]
	asked := s.cast.family(p.voices[get])
	if p.block(startOf(a.Cue)) != p.block(startOf(b.Cue)) || asked == s.cast.family(p.voices[ask]) {
		return false
	}
	name := fields(s.cast.name(asked))
	return len(name) > 0 && s.follows(p, a.Content, english.AsksFor, english.Stem(name[len(name)-1])) && s.follows(p, b.Content, english.Gives, "")
}

// askedIn are the words by which an attribution says that something was asked for: "asked
// the union for the names".
func (s *scene) askedIn(p *piece, i int) string {
	for _, span := range p.r.Attributions[i].Content.Spans {
		words := within(p.words, span)
		for k, t := range words {
			if s.vocabulary.words[t.id].class.Has(english.AsksFor) {
				return p.cut([]whence.Span{{Start: int(t.start), End: int(words[min(len(words), k+2+soonAfter)-1].end)}})
			}
		}
	}
	return p.r.Attributions[i].Content.Text
}

// soonAfter is how many words behind a verb what it is about is looked for, and how many
// words into what somebody says the verb is.
const soonAfter = 4

// follows tells whether a phrase has a word of a class that nothing denies, with some word
// soon behind it; or, if there is none to be, soon after its beginning.
func (s *scene) follows(p *piece, in whence.Phrase, class english.MatterClass, stem string) bool {
	for _, span := range in.Spans {
		words := within(p.words, span)
		for i, t := range words {
			if !s.vocabulary.words[t.id].class.Has(class) || i > 0 && english.Lookup(s.vocabulary.words[words[i-1].id].text).Class.Has(english.Negation) {
				continue
			}
			if stem == "" {
				return i < soonAfter
			}
			for _, next := range words[i+1 : min(len(words), i+1+soonAfter)] {
				if s.vocabulary.words[s.vocabulary.words[next.id].stem].text == stem {
					return true
				}
			}
		}
	}
	return false
}

// longestRejected is of how many different words what is rejected is named at most.
const longestRejected = 6

// inOwnWords is the attribution right behind the i-th, in its block and of the same body,
// that gives it in the speaker's own words; or i.
func (p *piece) inOwnWords(s *scene, i int) int {
	at := startOf(p.r.Attributions[i].Cue)
	for _, j := range inOrder(p.r.Attributions) {
		b := &p.r.Attributions[j]
		if startOf(b.Cue) <= at || b.Content.Zero() || p.block(startOf(b.Cue)) != p.block(at) {
			continue
		}
		if b.Quotation == whence.Direct && p.voices[j] != nobody && s.cast.family(p.voices[j]) == s.cast.family(p.voices[i]) {
			return j
		}
		break
	}
	return i
}

// asSaid is a mention of what an attribution says.
func (s *scene) asSaid(p *piece, i int) int {
	return s.add(mention{p: p, kind: Statement, attr: i, fig: none, event: none, spans: cmpSpans(&p.r.Attributions[i]), voice: p.voices[i], cite: p.cites[i]})
}

// mostContradictions bounds those of one kind about one matter.
const mostContradictions = 64

// contradictions are passages that cannot both hold.
func (s *scene) contradictions(plans planning) []Contradiction {
	out := append(s.rivals(), s.rejections()...)
	out = append(out, s.handedOver()...)
	for c := range s.claims {
		for _, x := range s.errors[c] {
			out = append(out, Contradiction{Kind: "slip", About: s.all[x.right].value.measure, A: s.side(x.right), B: s.side(x.wrong)})
		}
	}
	for _, d := range plans.deeds {
		out = append(out, s.denials(&d)...)
		out = append(out, s.undone(&d)...)
		for _, f := range d.firmer {
			out = append(out, Contradiction{Kind: "overstated", About: d.deed, A: s.side(f.than), B: s.side(f.mention)})
		}
	}
	return out
}

func (s *scene) side(i int) Side {
	m := &s.all[i]
	out := Side{Finding: m.finding(), Sentence: s.sentenceOf(m), At: m.p.at}
	if m.voice != nobody {
		out.Source = s.cast.voices[s.cast.speaker(m.voice)].Name
	}
	return out
}

// rivals are numbers of rival sources for one subject, wherever one article has
// both; of copies, the first.
func (s *scene) rivals() []Contradiction {
	var out []Contradiction
	for n := range s.lines {
		for _, r := range s.lines[n].rivals {
			if r < n {
				continue
			}
			mine, theirs := s.firstIn(&s.lines[n]), s.firstIn(&s.lines[r])
			pieces := make([]int, 0, len(mine))
			for p := range mine {
				if _, ok := theirs[p]; ok && s.original(s.pieces[p]) == p {
					pieces = append(pieces, p)
				}
			}
			slices.Sort(pieces)
			for _, p := range pieces[:min(len(pieces), mostContradictions)] {
				a, b := mine[p], theirs[p]
				if !s.clash(a, b) {
					continue
				}
				out = append(out, Contradiction{Kind: "rival_figures", About: s.all[a].value.measure, A: s.side(a), B: s.side(b)})
			}
		}
	}
	return out
}

// firstIn is the first mention of a line in each piece.
func (s *scene) firstIn(l *line) map[int]int {
	at := map[int]int{}
	for _, p := range l.points {
		for _, i := range p.mentions {
			if old, ok := at[s.all[i].p.n]; !ok || i < old {
				at[s.all[i].p.n] = i
			}
		}
	}
	return at
}

// deniedWithin is how long after a report a denial answers it: later, things have
// changed.
const deniedWithin = 60 * time.Hour

// denials set whoever says first that a deed is planned or done against each who
// rejects it.
func (s *scene) denials(d *deedLine) []Contradiction {
	asserts := none
	var out []Contradiction
	said := map[int]bool{}
	for _, i := range d.says {
		m := &s.all[i]
		switch {
		case m.says == whence.Requested, m.attr == none:
		case asserts == none && rank[m.says] > 0:
			asserts = i
		case asserts != none && (m.says == whence.StatusDenied || m.says == whence.NotHappened):
			v := s.cast.family(m.voice)
			late := m.says == whence.NotHappened && !m.p.end.IsZero() && m.p.end.Sub(s.all[asserts].p.end) > deniedWithin
			if late || v == nobody || said[v] || v == s.cast.family(s.all[asserts].voice) || s.all[asserts].says == whence.Decided {
				continue
			}
			said[v] = true
			if len(out) < mostContradictions {
				out = append(out, Contradiction{Kind: "denial", About: d.deed, A: s.side(s.best(d, asserts)), B: s.side(s.best(d, i))})
			}
		case rank[m.says] >= rank[whence.Decided]:
			return out // nobody denies what is decided but by an event of its own
		}
	}
	return out
}

// best is the mention in the same article, of the same family and status, that is
// given in the speaker's own words; or the mention itself.
func (s *scene) best(d *deedLine, i int) int {
	m := &s.all[i]
	for _, j := range d.says {
		o := &s.all[j]
		if o.p == m.p && o.says == m.says && o.attr != none && s.cast.family(o.voice) == s.cast.family(m.voice) && o.p.r.Attributions[o.attr].Quotation == whence.Direct {
			return j
		}
	}
	return i
}

// undone are statuses that a later one undoes: what was denied is decided, what was
// planned will not be.
func (s *scene) undone(d *deedLine) []Contradiction {
	denied, meant := none, none
	for _, i := range d.says {
		m := &s.all[i]
		switch {
		case m.says == whence.StatusDenied && m.attr != none:
			if denied == none {
				denied = i
			}
		case denied != none && rank[m.says] >= rank[whence.Decided] && s.all[denied].p != m.p:
			return []Contradiction{{Kind: "later_status", About: d.deed, A: s.side(s.best(d, denied)), B: s.side(s.attributed(d, i))}}
		case rank[m.says] >= rank[whence.Considered] && rank[m.says] <= rank[whence.Decided] && meant == none && m.attr != none:
			meant = i
		case m.says == whence.NotHappened && meant != none && denied == none && s.all[meant].p != m.p && s.all[meant].voice != m.voice && m.attr != none && !s.alsoOpen(d, m):
			return []Contradiction{{Kind: "later_status", About: d.deed, A: s.side(meant), B: s.side(i)}}
		}
	}
	return nil
}

// alsoOpen tells whether the piece of a mention that rejects a deed, or a later one, has
// it as planned still, or done: not what the same speaker says of it in the same piece.
func (s *scene) alsoOpen(d *deedLine, m *mention) bool {
	return slices.ContainsFunc(d.says, func(i int) bool {
		o := &s.all[i]
		return o.p.n >= m.p.n && rank[o.says] > 0 && (o.p != m.p || o.voice == nobody || s.cast.family(o.voice) != s.cast.family(m.voice))
	})
}

// attributed is the first mention of the same status in the same article that
// somebody is named for; or the mention itself.
func (s *scene) attributed(d *deedLine, i int) int {
	for _, j := range d.says {
		if o := &s.all[j]; o.p == s.all[i].p && o.says == s.all[i].says && o.attr != none {
			return j
		}
	}
	return i
}
