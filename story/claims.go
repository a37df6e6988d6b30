package story

import (
	"slices"
	"strings"

	"whence"
	"whence/english"
)

// group gathers mentions of one claim, which come in the order of time.
func (s *scene) group() {
	g := grouping{scene: s, runs: map[uint64][]int{}, figures: map[amount][]int{}, deeds: map[deedKey]int{}, first: map[deedKey]int{}, words: map[wordKey][]int{}, byOutlet: map[outletDeed]int{}, numbers: map[numberKey][]int{}, given: map[givenKey][]int{}, counted: map[givenKey][]int{}, meant: map[int]int{}, told: map[toldKey]int{}}
	for i := range s.all {
		m := &s.all[i]
		switch m.kind {
		case Quotation:
			g.quotation(m)
		case Figure:
			g.figure(m)
		case Statement:
			g.statement(m)
		}
		if m.claim == none && (m.known || m.as != "") {
			continue
		}
		if m.claim == none {
			m.claim = len(s.claims)
			s.claims = append(s.claims, nil)
		}
		s.claims[m.claim] = append(s.claims[m.claim], i)
		g.note(m)
	}
}

type grouping struct {
	*scene
	runs    map[uint64][]int // claims by runs of a quotation's words
	figures map[amount][]int
	deeds   map[deedKey]int
	first   map[deedKey]int // by nobody: whoever says so
	words   map[wordKey][]int

	byOutlet map[outletDeed]int
	numbers  map[numberKey][]int
	given    map[givenKey][]int
	counted  map[givenKey][]int // of people
	told     map[toldKey]int
	meant    map[int]int // the first claim of a voice about a deed that is open
}

// outletDeed is what an outlet reports of a deed.
type outletDeed struct {
	outlet, deed string
	sense        sense
}

// deedKey is what one source says of one deed.
type deedKey struct {
	voice int
	deed  string
	sense sense
}

// wordKey finds statements of one source by a word.
type wordKey struct {
	voice int
	stem  int32
}

// sense tells apart what may be said of a deed.
type sense uint8

const (
	open    sense = iota // it is considered, planned, possible
	rejects              // it is denied, or will not be
	settled              // it is decided
	done                 // it goes on, is done
)

func senseOf(s whence.Status) sense {
	switch s {
	case whence.StatusDenied, whence.NotHappened:
		return rejects
	case whence.Decided:
		return settled
	case whence.UnderWay, whence.Happened:
		return done
	}
	return open
}

const (
	// runLength is how many words in a row make two quotations of one speaker the
	// same, if at least runContent of them say something.
	runLength, runContent = 5, 2
	// runsOfOthers is how many runs quotations must share where one of them is of
	// nobody who is named.
	runsOfOthers = 4
	// runsOfLong is how many those must share that have at least longRuns each.
	runsOfLong, longRuns = 2, 8
	// mostSame bounds how many claims are looked at for one run, word or number.
	mostSame = 32
)

// runsOf calls visit with a hash of each run of words; of the whole, if it is
// shorter.
func (g *grouping) runsOf(words []int32, visit func(uint64)) {
	n := min(runLength, len(words))
	for i := 0; i+n <= len(words); i++ {
		h, content := uint64(14695981039346656037), 0
		for _, w := range words[i : i+n] {
			h = (h ^ uint64(w)) * 1099511628211
			if !g.vocabulary.words[w].class.Has(english.EmptyWord) {
				content++
			}
		}
		if content >= runContent || len(words) <= runLength && content > 0 {
			visit(h)
		}
	}
}

func (g *grouping) quotation(m *mention) {
	shared := map[int]int{} // runs, by claim
	runs := 0
	g.runsOf(m.stems, func(h uint64) {
		runs++
		for _, c := range g.runs[h] {
			shared[c]++
		}
	})
	most := 0
	for c, n := range shared {
		if n < most || n == most && c > m.claim {
			continue
		}
		if n < runsOfLong && runs >= longRuns && len(g.all[g.claims[c][0]].stems) >= longRuns+runLength {
			continue // a phrase
		}
		if sure, may := g.sameSpeaker(m, c); sure || may && n >= min(runs, runsOfOthers) {
			m.claim, most = c, n
		}
	}
}

// sameSpeaker tells whether a mention is of a claim by who speaks, or may be, as it
// is of nobody who is named.
func (g *grouping) sameSpeaker(m *mention, claim int) (sure, may bool) {
	for _, i := range g.claims[claim][:min(len(g.claims[claim]), mostSame)] {
		o := &g.all[i]
		if o.voice == m.voice || g.cast.family(o.voice) == g.cast.family(m.voice) {
			return true, true
		}
		may = may || g.cast.vague(o.voice) || g.cast.vague(m.voice)
	}
	return false, may
}

// vague tells whether a voice may be another's: nobody, the unnamed, an outlet, whoever
// is only described.
func (c *cast) vague(v int) bool {
	return v == nobody || strings.HasPrefix(c.voices[v].key, "t:") || c.voices[v].Anonymous || c.voices[v].Kind == whence.SourceGroup || c.voices[v].Kind == "" || c.voices[v].Kind == whence.SourceUnknown
}

// subject is what a figure is of, without what tells its mentions apart: who is
// meant by people, victims and others is told by the measure.
func (a amount) subject() amount {
	if a.deed != "" {
		a.measure = a.deed
	}
	if a.measure != "" {
		a.head = ""
	}
	a.real = a.real || !plannable(a.measure)
	return a
}

// plannable tells whether a measure is of acts that may be planned before they are
// done.
func plannable(measure string) bool {
	return measure != "killed" && measure != "injured" && measure != "missing"
}

func (g *grouping) figure(m *mention) {
	key := m.value.subject()
	if m.value.part {
		key = g.partKey(m, key)
	}
	for _, c := range g.figures[key] {
		first := &g.all[g.claims[c][0]]
		if !m.value.part && m.value.unit != "person" && m.value.unit == "" && m.value.head != "" && first.value.head != "" && m.value.head != first.value.head {
			continue
		}
		if key.whole > 0 || g.firm(m) || g.sameMatter(m, c) || m.cite.outlet != "" && g.outletHas(c, m.cite.outlet) {
			m.claim = c
			return
		}
	}
	if c, ok := g.citedFigure(m); ok {
		m.claim = c
		return
	}
	if c, ok := g.countedBefore(m); ok {
		g.recount(m, c)
		return
	}
	switch {
	case m.value.part:
	case m.value.measure == "" && m.value.head == "":
		g.bare(m)
	case m.value.number >= tellingNumber:
		g.sameNumber(m)
	}
}

// toldKey finds figures by what an outlet gave.
type toldKey struct {
	outlet, measure, unit string
	number                float64
}

// citedFigure finds the claim of a figure that the article has from another outlet,
// whether it is told there as a part, or as what may be.
func (g *grouping) citedFigure(m *mention) (int, bool) {
	if m.cite.outlet == "" || m.value.measure == "" {
		return 0, false
	}
	c, ok := g.told[toldKey{m.cite.outlet, m.value.subject().measure, m.value.unit, m.value.number}]
	return c, ok
}

// sameNumber finds the claim of a number that is telling by itself, with the same words
// around it, whatever verb stands beside: 2,600 tonnes that are carried, or lifted out.
func (g *grouping) sameNumber(m *mention) {
	for _, c := range g.numbers[numberKey{m.value.unit, m.value.number}] {
		first := &g.all[g.claims[c][0]]
		if first.value.part || first.value.change != m.value.change || first.value.period != m.value.period {
			continue
		}
		least := 2
		if round(m.value.number) {
			least = 3
		}
		if m.value.head != "" && m.value.head == first.value.head {
			least = 1 // of the same things
		}
		if g.nearby(m, c) >= least {
			m.claim = c
			if first.value.unit != "person" {
				m.value.measure = first.value.measure
			}
			return
		}
	}
}

// largeNumber is the least number that is recognised by all its sentence.
const largeNumber = 1e6

// numberKey finds figures by their number.
type numberKey struct {
	unit   string
	number float64
}

// tellingNumber is the least number that may be recognised without its measure.
const tellingNumber = 100

// round tells whether a number has one digit that is not 0.
func round(n float64) bool {
	d := strings.TrimRight(digits(n), "0")
	return len(d) <= 1
}

// bare finds the claim of a number that somebody gives without saying of what: "The
// union says 17".
func (g *grouping) bare(m *mention) {
	list := g.given[givenKey{g.cast.family(m.voice), m.value.number}]
	if len(list) == 0 {
		return
	}
	m.claim = list[0]
	v := g.all[g.claims[m.claim][0]].value
	m.value.measure, m.value.unit = v.measure, v.unit
}

// givenKey finds figures by who gives them.
type givenKey struct {
	voice  int
	number float64
}

// partKey is the key of a part: the claim of the whole counts, not the words.
func (g *grouping) partKey(m *mention, key amount) amount {
	if j, ok := g.wholeOf(m); ok {
		key.whole = g.all[j].claim + 1
	}
	return key
}

func (g *grouping) outletHas(claim int, outlet string) bool {
	return slices.ContainsFunc(g.claims[claim], func(i int) bool { return g.all[i].p.outlet == outlet })
}

// firm tells whether a figure is told by its measure and subject alone.
func (g *grouping) firm(m *mention) bool {
	v := m.value
	return v.measure != "" && (v.unit == "person" && !v.part || v.number >= 1000 || v.unit != "" && v.number != 1 && v.unit != "person")
}

// sameMatter tells whether the words around a figure are those around a claim's.
func (g *grouping) sameMatter(m *mention, claim int) bool {
	n := g.nearby(m, claim)
	return n >= 3 || n >= 2 && m.value.measure != ""
}

// nearby is the most words near a figure that stand near one of a claim's first
// mentions too.
func (g *grouping) nearby(m *mention, claim int) int {
	here := g.around(m)
	most := 0
	for _, i := range g.claims[claim][:min(len(g.claims[claim]), 4)] {
		n := 0
		for _, w := range g.around(&g.all[i]) {
			if slices.Contains(here, w) {
				n++
			}
		}
		most = max(most, n)
	}
	return most
}

// around are the stems of the words near a figure that say something.
func (g *grouping) around(m *mention) []int32 {
	s := m.spans[0]
	const near = 60
	if m.value.number >= largeNumber && m.value.unit != "person" {
		return g.stemsOf(m.p, []whence.Span{g.sentence(m)}, false)
	}
	return g.stemsOf(m.p, []whence.Span{{Start: max(0, s.Start-near), End: s.Start}, {Start: s.End, End: s.End + near}}, false)
}

func (g *grouping) statement(m *mention) {
	if m.as != "" {
		g.sameAs(m)
		return
	}
	if m.deed != "" {
		sense := senseOf(m.says)
		if c, ok := g.deeds[deedKey{g.cast.speaker(m.voice), m.deed, sense}]; ok && m.voice != nobody && g.sameDeed(m, c, 1) {
			m.claim = c
			return
		}
		if c, ok := g.reported(m, sense); ok {
			m.claim = c
			return
		}
		if m.voice == nobody && m.cite.outlet == "" {
			if c, ok := g.byOutlet[outletDeed{m.p.outlet, m.deed, sense}]; ok { // the outlet says itself what it has from somebody
				m.claim = c
				return
			}
			if c, ok := g.deeds[deedKey{nobody, m.deed, sense}]; ok && (m.left || g.sameDeed(m, c, 2)) {
				m.claim = c
			} else if c, ok := g.first[deedKey{nobody, m.deed, sense}]; ok && m.left {
				m.claim = c
			}
		}
		return
	}
	if m.voice == nobody {
		return
	}
	if m.says == whence.Considered || m.says == whence.Planned {
		// "what it is now doing": what these unnamed sources had told of.
		if c, ok := g.meant[m.voice]; ok && g.cast.voices[m.voice].Anonymous && g.all[g.claims[c][0]].p != m.p && g.saysLittle(m) {
			m.claim = c
			return
		}
	}
	g.alike(m)
}

// fewOwn is the most words of their own that words have that only say that something
// is meant.
const fewOwn = 2

// saysLittle tells whether words leave it to others to say what is meant: "that the
// government was considering what it is now doing".
func (g *grouping) saysLittle(m *mention) bool {
	n := 0
	for _, w := range m.stems {
		if !g.vocabulary.words[w].class.Has(english.StatusWords) {
			n++
		}
	}
	return n <= fewOwn
}

// sameDeed tells whether a deed is done to the same, as far as the words around it tell:
// at least so many are around the deed of one of a claim's first mentions too.
func (g *grouping) sameDeed(m *mention, claim, least int) bool {
	here := g.aroundDeed(m)
	for _, i := range g.claims[claim][:min(len(g.claims[claim]), 4)] {
		n := 0
		for _, w := range g.aroundDeed(&g.all[i]) {
			if slices.Contains(here, w) {
				n++
			}
		}
		if n >= least {
			return true
		}
	}
	return false
}

// aroundDeed are the different words that say something around a mention's deed, without
// those that tell of such deeds.
func (g *grouping) aroundDeed(m *mention) []int32 {
	at := m.spans[0]
	if m.event != none {
		at = m.p.r.Events[m.event].Span
	}
	const near = 120
	var list []int32
	for _, w := range g.stemsOf(m.p, []whence.Span{{Start: max(0, at.Start-near), End: at.End + near}}, false) {
		if english.Deed([]string{g.vocabulary.words[w].text}, nil) != m.deed && !slices.Contains(list, w) {
			list = append(list, w)
		}
	}
	return list
}

// reported finds the claim of the article that a mention is reported from.
func (g *grouping) reported(m *mention, s sense) (int, bool) {
	if m.cite.piece == none || m.cite.outlet == "" {
		return 0, false
	}
	c, ok := g.byOutlet[outletDeed{m.cite.outlet, m.deed, s}]
	return c, ok
}

// alike finds a statement of the same source in nearly the same words.
func (g *grouping) alike(m *mention) {
	votes := map[int]int{}
	seen := map[int32]bool{}
	for _, w := range m.stems {
		if seen[w] {
			continue
		}
		seen[w] = true
		for _, c := range g.words[wordKey{m.voice, w}] {
			votes[c]++
		}
	}
	best, most := none, 0
	for c, n := range votes {
		first := &g.all[g.claims[c][0]]
		least := min(len(seen), distinct(first.stems))
		if n >= 4 && 10*n >= 6*least && (n > most || n == most && c < best) {
			best, most = c, n
		}
	}
	m.claim = best
}

func distinct(stems []int32) int {
	seen := make(map[int32]bool, len(stems))
	for _, w := range stems {
		seen[w] = true
	}
	return len(seen)
}

// note makes a mention known to those that follow.
func (g *grouping) note(m *mention) {
	c := m.claim
	switch m.kind {
	case Quotation:
		g.runsOf(m.stems, func(h uint64) { g.runs[h] = with(g.runs[h], c) })
	case Figure:
		g.noteCount(m)
		key := m.value.subject()
		if m.value.part {
			key = g.partKey(m, key)
		}
		g.figures[key] = with(g.figures[key], c)
		if k := (toldKey{m.p.outlet, m.value.subject().measure, m.value.unit, m.value.number}); m.value.measure != "" && m.cite.outlet == "" {
			if _, ok := g.told[k]; !ok {
				g.told[k] = c
			}
		}
		if n := (numberKey{m.value.unit, m.value.number}); m.value.number >= tellingNumber {
			g.numbers[n] = with(g.numbers[n], c)
		}
		if k := (givenKey{g.cast.family(m.voice), m.value.number}); m.voice != nobody && !m.value.part && m.value.measure != "" {
			g.given[k] = with(g.given[k], c)
		}
	case Statement:
		if m.as != "" {
			return
		}
		if m.deed != "" {
			s := senseOf(m.says)
			k := deedKey{g.cast.speaker(m.voice), m.deed, s}
			if _, ok := g.deeds[k]; !ok {
				g.deeds[k] = c
			}
			k.voice = nobody
			if _, ok := g.first[k]; !ok {
				g.first[k] = c
			}
			if _, ok := g.meant[m.voice]; !ok && s == open {
				g.meant[m.voice] = c
			}
			if _, ok := g.byOutlet[outletDeed{m.p.outlet, m.deed, s}]; !ok && (m.attr != none) {
				g.byOutlet[outletDeed{m.p.outlet, m.deed, s}] = c
			}
			return
		}
		if len(g.claims[c]) == 1 && m.voice != nobody {
			for _, w := range m.stems {
				k := wordKey{m.voice, w}
				g.words[k] = with(g.words[k], c)
			}
		}
	}
}

// with adds a claim to a short list.
func with(list []int, c int) []int {
	if len(list) >= mostSame || slices.Contains(list, c) {
		return list
	}
	return append(list, c)
}
