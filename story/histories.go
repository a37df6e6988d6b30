package story

import (
	"slices"

	"whence"
	"whence/english"
)

// line is the figures of one subject by one source's count.
type line struct {
	subject amount
	voice   int   // family, or nobody
	voices  []int // all whose numbers are in it
	points  []point
	rivals  []int // of other lines
	wrong   []slip
	open    bool // of what has not come about
}

// point is the mentions of one claim in one line.
type point struct {
	claim    int
	sense    sense
	mentions []int
}

// histories are how the story's figures went.
func (s *scene) histories() []History {
	s.lines = s.series()
	var out []History
	for i := range s.lines {
		h := s.history(i)
		s.foundDead(&s.lines[i], &h)
		out = append(out, h)
	}
	return out
}

// foundDead ends a line of missing people where the dead rose by as many right after:
// they were found.
func (s *scene) foundDead(l *line, h *History) {
	end := len(l.points) - 1
	if l.subject.measure != "missing" || l.open {
		return
	}
	last := &s.all[l.points[end].mentions[0]]
	for i := range s.lines {
		o := &s.lines[i]
		if o.subject.measure != "killed" || o.open {
			continue
		}
		for k := 1; k < len(o.points); k++ {
			before, after := &s.all[o.points[k-1].mentions[0]], &s.all[o.points[k].mentions[0]]
			if before.p.n <= last.p.n && after.p.n > last.p.n && after.value.number-before.value.number == last.value.number {
				h.Points[end].SupersededBy = day(after.p.at)
				return
			}
		}
	}
}

// trend is what a line is about.
type trend struct {
	subject amount
	open    bool
}

// series gathers figures that are levels of one subject. Those of different sources
// stand apart where the sources are rivals, that is where one article gives both
// with different numbers; else they go on from each other.
func (s *scene) series() []line {
	var order []trend
	groups := map[trend][]int{}
	most := s.mostHurt()
	for i := range s.all {
		m := &s.all[i]
		if m.kind == Figure && m.value.number < smallPart*most[hurtKey{m.p.n, m.value.measure, m.value.period}] {
			continue // of one of them
		}
		if m.kind != Figure || m.claim == none || m.value.part || m.value.change != "" || m.value.measure == "" {
			continue
		}
		t := trend{m.value.subject(), !m.value.real}
		t.subject.number = 0
		if t.subject.period != "" {
			continue // long before the story
		}
		if _, ok := groups[t]; !ok {
			order = append(order, t)
		}
		groups[t] = append(groups[t], i)
	}
	var lines []line
	for _, t := range order {
		lines = append(lines, s.linesOf(t, groups[t], len(lines))...)
	}
	return lines
}

// smallPart is of what share of the most dead that an article gives a number must be, to
// be another count of them and not some of them.
const smallPart = .3

// hurtKey is what an article says of people.
type hurtKey struct {
	piece           int
	measure, period string
}

// mostHurt are the greatest numbers of people to whom something happened, by article.
func (s *scene) mostHurt() map[hurtKey]float64 {
	most := map[hurtKey]float64{}
	for i := range s.all {
		if m := &s.all[i]; m.kind == Figure && !plannable(m.value.measure) && m.value.change == "" && m.value.real {
			k := hurtKey{m.p.n, m.value.measure, m.value.period}
			most[k] = max(most[k], m.value.number)
		}
	}
	return most
}

// mostLines bounds the sources of one figure that are kept apart.
const mostLines = 24

// rivals are pairs of voices that some article sets against each other, the lower
// first.
type rivals map[[2]int]bool

func (r rivals) set(a, b int) { r[[2]int{min(a, b), max(a, b)}] = true }

// on tells whether one of some voices is a rival of another voice.
func (r rivals) on(voices []int, v int) bool {
	return slices.ContainsFunc(voices, func(other int) bool { return r[[2]int{min(v, other), max(v, other)}] })
}

// rivalsAmong are the voices that give clashing numbers side by side.
func (s *scene) rivalsAmong(list []int, whose map[int]int) rivals {
	found := rivals{}
	for from := 0; from < len(list); {
		to := from
		for to < len(list) && s.all[list[to]].p == s.all[list[from]].p {
			to++
		}
		here := list[from:min(to, from+mostLines)]
		for x, i := range here {
			for _, j := range here[x+1:] {
				a, b := whose[i], whose[j]
				if a != b && a != nobody && b != nobody && s.clash(i, j) {
					found.set(a, b)
				}
			}
		}
		from = to
	}
	return found
}

// linesOf makes the lines of one subject.
func (s *scene) linesOf(t trend, list []int, base int) []line {
	whose := s.countsBy(list)
	rivals := s.rivalsAmong(list, whose)
	var lines []line
	at := map[int]int{} // the line of each voice
	for _, i := range list {
		if c := s.all[i].cite; c.piece != none && c.outlet != "" {
			if _, ok := s.inOutlet(s.all[i].claim, c.outlet, s.all[i].p.n); !ok {
				continue // a rewrite's own way to put a number
			}
		}
		v := whose[i]
		n, ok := at[v]
		if ok && !s.goesOn(&lines[n], i) {
			continue
		}
		if !ok {
			n = slices.IndexFunc(lines, func(l line) bool { return s.goesOn(&l, i) && !rivals.on(l.voices, v) })
			if n == none {
				if len(lines) >= mostLines {
					continue
				}
				n = len(lines)
				lines = append(lines, line{subject: t.subject, voice: v, open: t.open})
			}
			at[v] = n
			lines[n].voices = append(lines[n].voices, v)
			if lines[n].voice == nobody {
				lines[n].voice = v
			}
		}
		l := &lines[n]
		if k := slices.IndexFunc(l.points, func(p point) bool { return p.claim == s.all[i].claim && p.sense == senseOf(s.all[i].says) }); k >= 0 {
			l.points[k].mentions = append(l.points[k].mentions, i)
		} else {
			l.points = append(l.points, point{claim: s.all[i].claim, sense: senseOf(s.all[i].says), mentions: []int{i}})
		}
	}
	for c := range rivals {
		x, okX := at[c[0]]
		y, okY := at[c[1]]
		if okX && okY && x != y {
			lines[x].rivals = with(lines[x].rivals, base+y)
			lines[y].rivals = with(lines[y].rivals, base+x)
		}
	}
	for i := range lines {
		slices.Sort(lines[i].rivals)
		for _, p := range lines[i].points {
			lines[i].wrong = append(lines[i].wrong, s.errors[p.claim]...)
		}
	}
	return lines
}

// clash tells whether an article sets two numbers against each other: it names somebody
// for one of them at least.
func (s *scene) clash(i, j int) bool {
	a, b := &s.all[i], &s.all[j]
	if a.voice == nobody && b.voice == nobody {
		return false
	}
	return a.claim != b.claim && comparable(a.value.number, b.value.number)
}

// comparable tells whether two numbers may be of one thing: they differ, but not by
// far.
func comparable(a, b float64) bool {
	return a != b && min(a, b) >= .3*max(a, b)
}

// goesOn tells whether a number may go on from a line's last: it is of the same size,
// and its article does not give the line another number beside it that nobody is named
// for.
func (s *scene) goesOn(l *line, i int) bool {
	m := &s.all[i]
	for _, p := range l.points {
		if p.claim == m.claim {
			return true
		}
	}
	last := l.points[len(l.points)-1]
	o := &s.all[last.mentions[len(last.mentions)-1]]
	if o.p == m.p && (m.voice == nobody || o.voice == nobody || s.cast.family(o.voice) == s.cast.family(m.voice)) {
		return false
	}
	return comparable(m.value.number, s.all[last.mentions[0]].value.number)
}

// countsBy says whose count each mention is: of the body that whoever gives it
// belongs to; where nobody is named, of whoever else gives the same number.
func (s *scene) countsBy(list []int) map[int]int {
	whose := make(map[int]int, len(list))
	byClaim := map[int]int{}
	for _, i := range list {
		m := &s.all[i]
		v := m.voice
		if v != nobody && s.isOutlet(v) {
			v = nobody
		}
		if w := s.weighed[m.claim]; v == nobody && w != nil {
			for _, l := range w.legs {
				for _, f := range l.from {
					if o := s.all[f].voice; v == nobody && o != nobody && !s.isOutlet(o) {
						v = o
					}
				}
			}
		}
		v = s.cast.family(v)
		whose[i] = v
		if _, ok := byClaim[m.claim]; !ok && v != nobody {
			byClaim[m.claim] = v
		}
	}
	for _, i := range list {
		if v, ok := byClaim[s.all[i].claim]; ok && whose[i] == nobody {
			whose[i] = v
		}
	}
	return whose
}

// history is one line as it is shown.
func (s *scene) history(n int) History {
	l := &s.lines[n]
	out := History{Series: s.seriesID(n), Measure: l.subject.measure, Points: []Point{}}
	first := &s.all[l.points[0].mentions[0]]
	if c := first.p.r.Figures[first.fig].Counted; c != nil {
		out.Head = c.Head
	}
	if out.Head == "" {
		out.Head = first.p.r.Figures[first.fig].Unit
	}
	if l.voice != nobody {
		out.By = s.cast.voices[l.voice].Name
	}
	for i := range l.points {
		out.Points = append(out.Points, s.point(l, i))
	}
	for _, r := range l.rivals {
		out.ContestedBy = append(out.ContestedBy, s.seriesID(r))
	}
	for _, x := range l.wrong {
		out.Outliers = append(out.Outliers, s.slip(x))
	}
	return out
}

func (s *scene) seriesID(n int) string {
	m := &s.all[s.lines[n].points[0].mentions[0]]
	return idOf("h", m.p.id, m.p.r.Figures[m.fig].ID)
}

func (s *scene) point(l *line, i int) Point {
	p := l.points[i]
	shown := s.firstSure(p)
	m := &s.all[shown]
	f := &m.p.r.Figures[m.fig]
	out := Point{At: m.p.at, Low: f.Low, High: f.High, Qualifier: f.Qualifier, Status: m.says, Finding: m.finding()}
	if v := l.voice; m.voice != nobody {
		out.Source = s.cast.voices[s.cast.family(m.voice)].Name
	} else if v != nobody {
		out.Source = s.cast.voices[v].Name
	}
	if k, ok := slices.BinarySearch(s.claims[p.claim], shown); ok {
		out.Report = s.weighed[p.claim].roots[k].name
	}
	for _, j := range p.mentions {
		if j != shown {
			out.Repeats = append(out.Repeats, s.all[j].finding())
		}
	}
	if i+1 < len(l.points) && l.points[i+1].claim != p.claim {
		next := &s.all[l.points[i+1].mentions[0]]
		if s.corrects(next, m) {
			out.CorrectedBy = day(next.p.at)
		} else {
			out.SupersededBy = day(next.p.at)
		}
	}
	return out
}

// firstSure is the first mention of a point of which there is no doubt that it rests
// on a report, or the first of all.
func (s *scene) firstSure(p point) int {
	for _, i := range p.mentions {
		if k, ok := slices.BinarySearch(s.claims[p.claim], i); ok {
			if r := &s.weighed[p.claim].roots[k]; r.doubt == "" && !r.silent {
				return i
			}
		}
	}
	return p.mentions[0]
}

// corrects tells whether a figure puts an earlier one right: words of correction
// stand around it and it is lower.
func (s *scene) corrects(m, before *mention) bool {
	if m.value.number >= before.value.number {
		return false
	}
	if m.value.measure == "killed" {
		return true // the dead do not come back
	}
	at := m.p.block(m.spans[0].Start)
	if at < len(m.p.r.Blocks) && m.p.r.Blocks[at].Role == whence.RoleNotice {
		return true
	}
	span := s.sentence(m)
	for _, t := range within(m.p.words, span) {
		if s.vocabulary.words[t.id].class.Has(english.Corrects) {
			return true
		}
	}
	return false
}
