package story

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"whence"
	"whence/english"
)

// mention is a place where an article makes a claim.
type mention struct {
	n     int
	p     *piece
	kind  ClaimKind
	attr  int // in the reading, or none
	fig   int
	event int
	spans []whence.Span
	voice int
	cite  citation
	claim int

	stems []int32 // content words of a quotation or statement, in order
	deed  string
	left  bool          // the deed is left to what was said before: "it had decided"
	says  whence.Status // of the deed, or of the figure
	value amount
	known bool   // a number for people who are known: it is of an earlier claim, or no claim
	as    string // stem of whose number it is said to be as well: "the same four as the union"
}

// amount is what a figure says, in a form that can be compared.
type amount struct {
	measure string
	unit    string
	head    string
	number  float64
	part    bool
	whole   int // the claim that it is a part of, from 1
	change  whence.Change
	period  string // a year that is not the story's
	deed    string // of a time: what goes on so long
	real    bool   // it has happened, as against planned or possible
}

// act is an event with the deed that it tells of.
type act struct {
	event int
	deed  string
	left  bool // see [mention]
	says  whence.Status
	attr  int
	voice int
}

const (
	// leastQuoted is the fewest words of a quotation that are a claim of their own.
	leastQuoted = 4
	// contentOfStretch is the fewest words that say something of a stretch of a quotation
	// that is a claim of its own.
	contentOfStretch = 4
	// mostWords bounds the words of a statement that are compared.
	mostWords = 160
	// deedAfter and deedBefore are how many words of the sentence after and before
	// an event are searched for the deed.
	deedAfter, deedBefore = 14, 12
	// doneAfter and doneBefore are the same for what is done: the act is there.
	doneAfter, doneBefore = 4, 8
)

// mentions finds what a piece claims.
func (s *scene) mentions(p *piece) {
	from := len(s.all)
	s.acts(p)
	p.figures = make(map[string]int, len(p.r.Figures))
	for _, parts := range []bool{false, true} { // a part after what it is a part of
		for i := range p.r.Figures {
			if (p.r.Figures[i].PartOf != "") == parts {
				s.figure(p, i)
			}
		}
	}
	s.sameAsOthers(p)
	for i := range p.r.Attributions {
		s.quotation(p, i)
	}
	for i := range p.r.Attributions {
		s.statement(p, i)
	}
	for i := range p.events {
		if e := &p.events[i]; e.attr == none && e.deed != "" {
			ev := &p.r.Events[e.event]
			s.add(mention{p: p, kind: Statement, attr: none, fig: none, event: e.event, spans: []whence.Span{s.withAuxiliaries(p, ev.Span)}, voice: nobody, deed: e.deed, left: e.left, says: e.says})
		}
	}
	for i := from; i < len(s.all); i++ {
		p.claims = append(p.claims, i)
	}
	slices.SortStableFunc(p.claims, func(a, b int) int { return cmp.Compare(s.all[a].spans[0].Start, s.all[b].spans[0].Start) })
}

func (s *scene) add(m mention) int {
	m.n, m.claim = len(s.all), none
	s.all = append(s.all, m)
	return m.n
}

// acts finds the deeds of a piece's events.
func (s *scene) acts(p *piece) {
	for i := range p.r.Events {
		e := &p.r.Events[i]
		if p.inTitle(e.Start) || !p.inBody(e.Start) || s.noAct(p, e) {
			continue
		}
		a := act{event: i, says: e.Status, attr: none, voice: nobody, deed: s.deedAt(p, e)}
		if at, ok := p.attrs[e.Attribution]; ok && e.Attribution != "" {
			if !decreed(&p.r.Attributions[at]) {
				a.attr, a.voice = at, p.voices[at]
			}
			if a.says == whence.Planned && announced(&p.r.Attributions[at]) {
				a.says = whence.Decided
			}
		}
		if a.deed == "" && s.leavesDeed(p, e) {
			for k := len(p.events) - 1; k >= 0 && a.deed == ""; k-- {
				a.deed, a.left = p.events[k].deed, true
			}
		}
		if n := len(p.events); n > 0 && s.askedFor(p, &p.events[n-1], &a) {
			continue
		}
		if a.says == whence.Possible && a.voice != nobody && slices.ContainsFunc(p.events, func(o act) bool { return o.voice == a.voice && o.says == whence.Considered && o.deed != "" }) {
			a.says = whence.Considered // what one of the options would do
		}
		p.events = append(p.events, a)
	}
}

// noAct tells whether an event is no act of those that the story tells of.
func (s *scene) noAct(p *piece, e *whence.Event) bool {
	switch {
	case e.Status == whence.StatusDenied && p.deniedReport(e), e.Status == whence.Happened && p.isCue(e.Span):
		return true
	case e.Status == whence.Planned && s.byMeans(p, e.Span):
		return true
	}
	return s.ofAnybody(p, e.Span)
}

// leavesDeed tells whether an event says how real an act is and leaves it to what was said
// before which: "on Sunday it had decided".
func (s *scene) leavesDeed(p *piece, e *whence.Event) bool {
	own := within(p.words, e.Span)
	if len(own) == 0 || !s.vocabulary.words[own[len(own)-1].id].class.Has(english.StatusWords) {
		return false
	}
	if behind := p.cut([]whence.Span{{Start: e.End, End: e.End + 1}}); behind == "" || !strings.Contains(".;,", behind) {
		return false
	}
	i := s.indexOf(p, own[len(own)-1])
	for n := 0; i > 0 && !p.words[i].opens && n < mostAuxiliaries; n++ {
		i--
		w := english.Lookup(s.text(p, i))
		if w.Class.Has(english.SubjectPronoun) || english.NameWord(s.text(p, i)).Has(english.ItPronoun) {
			return n > 0
		}
		if !w.Class.Has(english.Be | english.Have) {
			return false
		}
	}
	return false
}

// isCue tells whether words are those by which a statement is attributed: who "admitted"
// something has let nobody in.
func (p *piece) isCue(at whence.Span) bool {
	return slices.ContainsFunc(p.r.Attributions, func(a whence.Attribution) bool {
		return a.Kind == whence.Statement && slices.ContainsFunc(a.Cue.Spans, at.Overlaps)
	})
}

// ofAnybody tells whether an act is of nobody in particular: "anyone who has to lift
// heavy things".
func (s *scene) ofAnybody(p *piece, at whence.Span) bool {
	i := min(s.indexOf(p, token{start: int32(at.Start)}), len(p.words)-1)
	for n := 0; i > 0 && n < farAnybody && !p.words[i].opens; n++ {
		i--
		if s.class(p, i).Has(english.WhoeverWord) {
			return true
		}
	}
	return false
}

// byMeans tells whether an act is what a means consists in, "the preferred method is to
// bring a crane and lift the cargo out": nobody has planned it by that.
func (s *scene) byMeans(p *piece, at whence.Span) bool {
	i := min(s.indexOf(p, token{start: int32(at.Start)}), len(p.words)-1)
	for n := 0; i > 2 && n < farMeans && !p.words[i].opens; n++ {
		i--
		if s.text(p, i) == "to" && english.Lookup(s.text(p, i-1)).Class.Has(english.Be) {
			return s.class(p, i-2).Has(english.Means)
		}
	}
	return false
}

// farMeans is how many words before an act "the method is to" may stand.
const farMeans = 10

// text is the i-th word of a piece, in lower case.
func (s *scene) text(p *piece, i int) string { return s.vocabulary.words[p.words[i].id].text }

// class are the classes of the i-th word of a piece.
func (s *scene) class(p *piece, i int) english.MatterClass {
	return s.vocabulary.words[p.words[i].id].class
}

// withAuxiliaries are the words for an act with the small verbs before it, by which its
// status is told: "is to be taken".
func (s *scene) withAuxiliaries(p *piece, at whence.Span) whence.Span {
	i := min(s.indexOf(p, token{start: int32(at.Start)}), len(p.words)-1)
	from := i
	for i > 0 && !p.words[i].opens && from-i < mostAuxiliaries {
		i--
		w := english.Lookup(s.text(p, i))
		if w.Class.Has(english.Be | english.Have | english.Modal) {
			at.Start = int(p.words[i].start)
		} else if s.text(p, i) != "to" && s.text(p, i) != "not" {
			break
		}
	}
	return at
}

// mostAuxiliaries is how many small words a verb has before it at most: "is not to have
// been taken".
const mostAuxiliaries = 5

// farAnybody is how many words before an act "anyone who" may stand.
const farAnybody = 5

// askedFor tells whether an event is what the request before it is for: "asked the owner
// to deposit a bond" tells of no deposit.
func (s *scene) askedFor(p *piece, before, a *act) bool {
	if before.says != whence.Requested || before.attr != a.attr || a.says != whence.Planned && a.says != whence.Happened {
		return false
	}
	request := s.indexOf(p, token{start: int32(p.r.Events[before.event].Start)})
	at := s.indexOf(p, token{start: int32(p.r.Events[a.event].Start)})
	for i := request + 1; i <= at && i < len(p.words); i++ {
		if p.words[i].opens {
			return false
		}
	}
	return at-request <= deedAfter
}

// deniedReport tells whether an event stands in a report that somebody denies: there it is
// not denied.
func (p *piece) deniedReport(e *whence.Event) bool {
	at, ok := p.attrs[e.Attribution]
	if !ok {
		return false
	}
	up, ok := p.attrs[p.r.Attributions[at].Parent]
	return ok && p.r.Attributions[up].Response == whence.Denied && p.r.Attributions[at].Response != whence.Denied
}

// decreed tells whether somebody does by a word what others would only tell of: who
// "ordered the evacuation" tells nobody anything.
func decreed(a *whence.Attribution) bool {
	words := fields(a.Cue.Text)
	return a.Quotation == whence.Indirect && len(words) > 0 && english.Matter(words[len(words)-1]).Has(english.Decrees)
}

// announced tells whether somebody announces what is planned: then it is decided.
func announced(a *whence.Attribution) bool {
	return slices.ContainsFunc(fields(a.Cue.Text), func(w string) bool { return english.Matter(w).Has(english.Announces) })
}

// deedAt is the deed that words tell of: by themselves, by what follows in the
// sentence, or by what went before.
func (s *scene) deedAt(p *piece, e *whence.Event) string {
	own := within(p.words, e.Span)
	if len(own) == 0 {
		return ""
	}
	from := s.indexOf(p, own[0])
	to := from + len(own)
	i, j := from, to
	before, after := deedBefore, deedAfter
	if e.Status == whence.Happened || e.Status == whence.Attempted {
		before, after = doneBefore, doneAfter
	}
	for i > 0 && from-i < before && !p.words[i].opens {
		i--
	}
	for j < len(p.words) && j-to < after && !p.words[j].opens {
		j++
	}
	// Words that only say how real an act is, or who it is of, leave it to others to
	// name it; an act's own word must be among those that tell of it.
	var needs []string
	bare := true
	for _, t := range own {
		c := s.vocabulary.words[t.id].class
		bare = bare && c.Has(english.EmptyWord|english.StatusWords)
	}
	if !bare {
		needs = slices.Clone(s.stemTexts(own))
	}
	for _, r := range [][2]int{{from, to}, {from, j}, {i, j}} {
		if d := english.Deed(s.stemTexts(p.words[r[0]:r[1]]), needs); d != "" {
			return d
		}
	}
	return ""
}

func (s *scene) indexOf(p *piece, t token) int {
	i, _ := slices.BinarySearchFunc(p.words, t.start, func(a token, start int32) int { return int(a.start - start) })
	return i
}

func (s *scene) stemTexts(tokens []token) []string {
	list := s.buffer[:0]
	for _, t := range tokens {
		list = append(list, s.vocabulary.words[s.vocabulary.words[t.id].stem].text)
	}
	s.buffer = list
	return list
}

// stemsOf are the stems of the words in spans that say something.
func (s *scene) stemsOf(p *piece, spans []whence.Span, all bool) []int32 {
	var list []int32
	for _, span := range spans {
		for _, t := range within(p.words, span) {
			e := s.vocabulary.words[t.id]
			if (all || !e.class.Has(english.EmptyWord)) && len(list) < mostWords {
				list = append(list, e.stem)
			}
		}
	}
	return list
}

// quotation: what somebody says in quotation marks.
func (s *scene) quotation(p *piece, i int) {
	a := &p.r.Attributions[i]
	if a.Content.Zero() || a.Quotation != whence.Direct && a.Quotation != whence.Mixed && !signed(a) {
		return
	}
	spans := a.Content.Spans
	if a.Quotation == whence.Mixed {
		spans = quotedIn(p, spans)
	}
	for _, part := range s.stretches(p, spans) {
		words := s.stemsOf(p, part, true)
		if len(words) < leastQuoted || !p.inBody(part[0].Start) {
			continue
		}
		s.add(mention{p: p, kind: Quotation, attr: i, fig: none, event: none, spans: part, voice: p.voices[i], cite: p.cites[i], stems: words})
	}
}

// signed tells whether words are signed with a name behind a dash, as posts are that
// stand in an article as they were written.
func signed(a *whence.Attribution) bool { return strings.Trim(a.Cue.Text, "-–— ") == "" }

// stretches parts a quotation that is interrupted, or of several sentences: what one
// outlet quotes another may leave out. Short stretches stay with what is before them.
func (s *scene) stretches(p *piece, spans []whence.Span) [][]whence.Span {
	var parts [][]whence.Span
	long := false // the last part has stretches enough
	for _, span := range s.sentencesIn(p, spans) {
		own := len(s.stemsOf(p, []whence.Span{span}, false)) >= contentOfStretch
		if len(parts) == 0 || long && own {
			parts = append(parts, nil)
			long = false
		}
		n := len(parts) - 1
		parts[n] = append(parts[n], span)
		long = long || own
	}
	return parts
}

// shortestEnd is the fewest letters of a word with a capital that ends a sentence:
// shorter ones may be cut off, as "Sen." is.
const shortestEnd = 5

// sentencesIn cuts spans where a sentence ends in them.
func (s *scene) sentencesIn(p *piece, spans []whence.Span) []whence.Span {
	p.cut(nil)
	var list []whence.Span
	for _, span := range spans {
		words := within(p.words, span)
		for i := 1; i < len(words); i++ {
			before, next := words[i-1], words[i]
			if !next.opens || !unicode.IsUpper(p.runes[next.start]) || unicode.IsUpper(p.runes[before.start]) && before.end-before.start < shortestEnd {
				continue
			}
			end := int(next.start)
			for end > int(before.end) && !strings.ContainsRune(".!?”’\")", p.runes[end-1]) {
				end--
			}
			list = append(list, whence.Span{Start: span.Start, End: end})
			span.Start = int(next.start)
		}
		list = append(list, span)
	}
	return list
}

// quotedIn are the parts of spans that stand in quotation marks.
func quotedIn(p *piece, spans []whence.Span) []whence.Span {
	var list []whence.Span
	for _, q := range p.marks() {
		for _, s := range spans {
			if q.Overlaps(s) {
				list = append(list, whence.Span{Start: max(q.Start, s.Start), End: min(q.End, s.End)})
			}
		}
	}
	return list
}

// marks are the stretches of the text in double or curly marks.
func (p *piece) marks() []whence.Span {
	if p.quoted == nil {
		list := findMarks(p.r.Text)
		p.quoted = &list
	}
	return *p.quoted
}

func findMarks(text string) []whence.Span {
	var list []whence.Span
	open, at := none, 0
	for _, r := range text {
		switch r {
		case '“', '‘':
			if open == none {
				open = at
			}
		case '”':
			if open != none {
				list = append(list, whence.Span{Start: open, End: at + 1})
				open = none
			}
		case '"':
			if open == none {
				open = at
			} else {
				list = append(list, whence.Span{Start: open, End: at + 1})
				open = none
			}
		case '\n':
			open = none
		}
		at++
	}
	return list
}

// statement: what somebody says in the article's words.
func (s *scene) statement(p *piece, i int) {
	a := &p.r.Attributions[i]
	if a.Content.Zero() || !p.inBody(a.Content.Spans[0].Start) || decreed(a) {
		return
	}
	inMarks := a.Quotation == whence.Direct
	if v := p.voices[i]; inMarks && (v == nobody || !s.cast.voices[v].speaks) {
		return
	}
	m := mention{p: p, kind: Statement, attr: i, fig: none, event: none, spans: a.Content.Spans, voice: p.voices[i], cite: p.cites[i]}
	m.stems = s.stemsOf(p, a.Content.Spans, false)
	for _, e := range p.events {
		if e.attr == i && e.deed != "" {
			m.deed, m.says, m.event = e.deed, e.says, e.event
			break
		}
	}
	if m.deed == "" { // an attribution may hold the one that holds the event
		for _, e := range p.events {
			if e.deed != "" && a.Content.Spans[0].Contains(p.r.Events[e.event].Span) {
				m.deed, m.says, m.event = e.deed, e.says, e.event
				break
			}
		}
	}
	if m.deed == "" {
		for _, e := range p.events {
			if e.attr == i {
				m.says = e.says
			}
		}
	}
	if meant := m.says == whence.Considered || m.says == whence.Planned; m.deed == "" && (inMarks || len(m.stems) < 3 && !meant) {
		return
	}
	s.add(m)
}

// figure: a quantity of something.
func (s *scene) figure(p *piece, i int) {
	f := &p.r.Figures[i]
	number, ok := numberOf(f)
	known := s.standsForKnown(p, f)
	if s.ofName(p, f) || pronounLike(f, number) && !known {
		return
	}
	if !ok || p.inTitle(f.Start) || !p.inBody(f.Start) || f.Measure == "" && f.Counted == nil && !known && !s.isContent(p, f) {
		return
	}
	m := mention{p: p, kind: Figure, fig: i, event: none, spans: []whence.Span{f.Span}, says: f.Status, known: known}
	m.attr, m.voice, m.cite = s.saidBy(p, f)
	m.value = amount{measure: f.Measure, unit: f.Unit, number: number, part: f.PartOf != "", change: f.Change}
	if a, measure := s.actOf(p, f); a != nil {
		m.value.measure, m.says = measure, a.says
	} else if s.inHospital(p, f) {
		m.value.measure = "injured"
	}
	if m.value.part && m.value.unit == "person" && plannable(m.value.measure) && m.value.measure != "" && p.ofPopulation(f) {
		m.value.part = false
	}
	m.value.real = real(m.says)
	if m.value.change == whence.Total {
		m.value.change = ""
	}
	m.value.number, m.value.unit = inUnit(number, f.Unit)
	if timed(m.value.unit) {
		m.value.deed = s.deedTimed(p, f)
	}
	if f.Counted != nil {
		m.value.head = english.Stem(strings.ToLower(f.Counted.Head))
	}
	m.value.period = longBefore(p, f)
	if m.value.period == "" && !plannable(f.Measure) {
		m.value.period = s.yearBy(p, f.Span)
	}
	p.figures[f.ID] = s.add(m)
}

// pronounLike tells whether a number counts nothing: "one of the problems", "no one has
// approved one".
func pronounLike(f *whence.Figure, number float64) bool {
	if f.PartOf != "" {
		return false
	}
	return number < leastBare && f.Measure == "" && (f.Unit == "" || f.Unit == "person") || number == 1 && f.Unit == "" && f.Counted == nil
}

// saidBy is the attribution that a figure belongs to, whose it is, and the outlet that it
// is owed to; none where it is the writer's.
func (s *scene) saidBy(p *piece, f *whence.Figure) (attr, voice int, cite citation) {
	if s.ofAnother(p, f) {
		return none, nobody, citation{}
	}
	if at, ok := p.attrs[f.Attribution]; ok && f.Attribution != "" {
		attr, voice, cite = at, p.voices[at], p.cites[at]
	} else if attr, voice = p.sourceAround(f.Span); attr != none {
		cite = p.cites[attr]
	}
	if cite.outlet == "" {
		cite = s.firstReportedBy(p, f.Start)
	}
	if cite.outlet == "" {
		cite = s.reportedBy(p, f.End)
	}
	return attr, voice, cite
}

// actOf is the act by which a figure comes about, and what it is called as a measure:
// that of people who are moved out is "evacuated", whatever the verb. The act is named by
// the figure's own verb, by its measure before it, or is the first that its sentence tells
// of behind a figure without one, "the 200 islanders are to leave their homes".
func (s *scene) actOf(p *piece, f *whence.Figure) (*act, string) {
	if f.Unit != "person" && !isMoney(f.Unit) || f.Measure != "" && !plannable(f.Measure) {
		return nil, ""
	}
	m := mention{p: p, spans: []whence.Span{f.Span}}
	sentence := s.sentence(&m)
	var best *act
	name := ""
	for i := range p.events {
		a := &p.events[i]
		at := p.r.Events[a.event].Span
		if a.deed == "" || !sentence.Contains(at) {
			continue
		}
		measure := english.MeasureOf(a.deed)
		if measure.Name == "" || measure.Person != (f.Unit == "person") {
			continue
		}
		own := f.Measure != "" && participle(p.r.Events[a.event].Text) == f.Measure
		same := measure.Name == f.Measure && at.End <= f.Start
		next := f.Measure == "" && at.Start >= f.End && at.Start-f.End <= nextAct && !p.otherAct(f.End, at.Start) && !p.hasPart(f)
		if own || same || next {
			if best = a; own {
				return a, measure.Name
			}
			name = measure.Name
		}
	}
	return best, name
}

// nextAct is how many letters behind a figure the act may stand that it is of.
const nextAct = 40

// otherAct tells whether a piece tells of an act between two places.
func (p *piece) otherAct(from, to int) bool {
	return slices.ContainsFunc(p.r.Events, func(e whence.Event) bool { return e.Start >= from && e.End <= to })
}

// hasPart tells whether a figure is there as what another is a part of: what befell that
// part did not befall the rest.
func (p *piece) hasPart(f *whence.Figure) bool {
	return slices.ContainsFunc(p.r.Figures, func(o whence.Figure) bool { return o.PartOf == f.ID && o.Measure != "" })
}

// participle is the participle of a form of a verb, as measures are called.
func participle(form string) string {
	if v := english.Lookup(form).Verb; v != nil {
		return english.ParticipleOf(v.Lemma)
	}
	return english.ParticipleOf(form)
}

// isMoney tells whether a unit is a currency.
func isMoney(unit string) bool { return len(unit) == 3 && strings.ToUpper(unit) == unit }

// inHospital tells whether a figure is of people whom a hospital treats, in a story that
// tells of people who were hurt.
func (s *scene) inHospital(p *piece, f *whence.Figure) bool {
	if !s.hurt || f.Unit != "person" || f.Measure != "" && !english.Matter(f.Measure).Has(english.Treats) {
		return false
	}
	m := mention{p: p, spans: []whence.Span{f.Span}}
	hospital, treats := false, f.Measure != ""
	for _, t := range within(p.words, s.sentence(&m)) {
		class := s.vocabulary.words[t.id].class
		hospital = hospital || class.Has(english.Clinic)
		treats = treats || class.Has(english.Treats) && int(t.start)-f.End > 0 && int(t.start)-f.End <= nextTreated
	}
	return hospital && treats
}

// nextTreated is how many letters behind a number of people it may stand that they were
// brought in.
const nextTreated = 12

// ofPopulation tells whether a figure is a part of all who live somewhere, and not of
// others who met with the same.
func (p *piece) ofPopulation(f *whence.Figure) bool {
	return slices.ContainsFunc(p.r.Figures, func(o whence.Figure) bool {
		return o.ID == f.PartOf && (o.Measure == "" || o.Measure == "population")
	})
}

// ofAnother tells whether a figure is told as another's: "short of the $40 million that
// the state has demanded".
func (s *scene) ofAnother(p *piece, f *whence.Figure) bool {
	i := s.indexOf(p, token{start: int32(f.Start)})
	j := s.indexOf(p, token{start: int32(f.End)})
	if i == 0 || j+1 >= len(p.words) || p.words[j].opens || !isMoney(f.Unit) {
		return false
	}
	return s.class(p, i-1).Has(english.KnownBefore) && s.text(p, j) == "that"
}

// reportedBy is the outlet of the story that words right before a place were reported by:
// "up to 18 months, reported by the Harbour Post".
func (s *scene) reportedBy(p *piece, at int) citation {
	i := s.indexOf(p, token{start: int32(at)})
	if i+2 >= len(p.words) || int(p.words[i].start)-at > rightBehind || !s.class(p, i).Has(english.Reports) || s.text(p, i+1) != "by" {
		return citation{}
	}
	for n := min(longestOutlet, len(p.words)-i-2); n > 0; n-- {
		words := p.cut([]whence.Span{{Start: int(p.words[i+2].start), End: int(p.words[i+1+n].end)}})
		if c := s.citation(p, words, false); c.outlet != "" {
			return c
		}
	}
	return citation{}
}

const (
	// rightBehind is how many letters lie between words and what is said of them at most.
	rightBehind = 3
	// longestOutlet is how many words the name of an outlet has, with an article.
	longestOutlet = 5
)

// ofName tells whether a number belongs to a name before it: "Quay 4", "Bollards 14 to
// 19".
func (s *scene) ofName(p *piece, f *whence.Figure) bool {
	if f.Counted != nil || f.PartOf != "" || strings.Trim(f.Text, "0123456789 to–-") != "" {
		return false
	}
	p.cut(nil)
	i := s.indexOf(p, token{start: int32(f.Start)})
	if i == 0 || i > len(p.words) || p.words[i-1].opens || f.Start-int(p.words[i-1].end) != 1 {
		return false
	}
	before := p.words[i-1]
	return unicode.IsUpper(p.runes[before.start]) && !s.vocabulary.words[before.id].class.Has(english.EmptyWord)
}

// timed tells whether a unit is of time.
func timed(unit string) bool { return unit == "month" || unit == "hour" }

// deedTimed is the deed that goes on for a time: the last act before it in its sentence
// that tells of one, as long as no other verb is next to it.
func (s *scene) deedTimed(p *piece, f *whence.Figure) string {
	if d := english.Deed([]string{english.Stem(f.Measure)}, nil); d != "" {
		return d
	}
	m := mention{p: p, spans: []whence.Span{f.Span}}
	sentence, deed := s.sentence(&m), ""
	for i := range p.r.Events {
		e := &p.r.Events[i]
		if sentence.Contains(e.Span) && e.End <= f.Start {
			deed = ""
			for _, a := range p.events {
				if a.event == i {
					deed = a.deed
				}
			}
		}
	}
	return deed
}

// yearNear is how many words away a year dates a figure, in the same sentence.
const yearNear = 16

// yearBy is a year next to a figure that was over long before the article: "in 1994,
// when nine people were killed".
func (s *scene) yearBy(p *piece, at whence.Span) string {
	if p.at.IsZero() {
		return ""
	}
	i := s.indexOf(p, token{start: int32(at.Start)})
	for k := i; k > 0 && i-k < yearNear && !p.words[min(k, len(p.words)-1)].opens; k-- {
		w := s.text(p, k-1)
		if len(w) != 4 || w < "1800" || w > "2999" || strings.Trim(w, "0123456789") != "" {
			continue
		}
		if w < strconv.Itoa(p.at.Time.Year()-1) {
			return w
		}
	}
	return ""
}

// longBefore is the year of a figure's period, where that was over long before the
// article.
func longBefore(p *piece, f *whence.Figure) string {
	if p.at.IsZero() || f.Period.End.IsZero() {
		return ""
	}
	last := p.at.Time.Year() - 1
	if y := f.Period.End.Time.Year(); y < last {
		return f.Period.End.Time.Format("2006")
	}
	if b := f.Period.Begin; !b.IsZero() && b.Time.Year() < last {
		return b.Time.Format("2006")
	}
	return ""
}

// leastBare is the least number of things to which nothing happens that is a claim.
const leastBare = 10

// isContent tells whether a figure is all that somebody is said to say.
func (s *scene) isContent(p *piece, f *whence.Figure) bool {
	at, ok := p.attrs[f.Attribution]
	if !ok || f.Attribution == "" {
		return false
	}
	c := p.r.Attributions[at].Content.Spans
	if len(c) == 0 {
		return false
	}
	said := p.inside(c[0])
	return f.Contains(said) || f.End == said.End && len(within(p.words, said)) <= longestStand
}

// longestStand is how many words a content has that is a number and no more: "the number
// was 14".
const longestStand = 4

// inside is a span without the marks and points around its words: "“Three hundred,”".
func (p *piece) inside(at whence.Span) whence.Span {
	p.cut(nil)
	word := func(i int) bool { return unicode.IsLetter(p.runes[i]) || unicode.IsDigit(p.runes[i]) }
	at.End = min(at.End, len(p.runes))
	for at.Start < at.End && !word(at.Start) {
		at.Start++
	}
	for at.End > at.Start && !word(at.End-1) {
		at.End--
	}
	return at
}

// sourceAround is whoever is named around words that nobody is quoted with: "the
// union, which put it at 17, said …".
func (p *piece) sourceAround(at whence.Span) (attr, voice int) {
	for i := range p.r.Attributions {
		a := &p.r.Attributions[i]
		if a.Source == nil {
			continue
		}
		for _, s := range a.Source.Spans {
			if s.Contains(at) {
				return i, p.voices[i]
			}
		}
	}
	return none, nobody
}

// real tells whether what has the status has come about.
func real(s whence.Status) bool {
	switch s {
	case whence.Happened, whence.UnderWay, whence.Unknown, "":
		return true
	}
	return false
}

// numberOf is the number that stands for a figure: its low end, else its high.
func numberOf(f *whence.Figure) (float64, bool) {
	switch {
	case f.Low.Known && !math.IsNaN(f.Low.Value):
		return f.Low.Value, true
	case f.High.Known && !math.IsNaN(f.High.Value):
		return f.High.Value, true
	}
	return 0, false
}

// units gives units of one kind in the same unit.
var units = map[string]struct {
	unit  string
	times float64
}{
	"year": {"month", 12}, "day": {"hour", 24}, "week": {"hour", 168}, "kilometre": {"metre", 1000}, "mile": {"metre", 1609.344}, "foot": {"metre", .3048},
	"kilogram": {"tonne", .001}, "ton": {"tonne", .90718474},
}

func inUnit(number float64, unit string) (float64, string) {
	if u, ok := units[unit]; ok {
		return number * u.times, u.unit
	}
	return number, unit
}

// finding is a mention as it is shown.
func (m *mention) finding() Finding {
	f := Finding{Article: m.p.id, Path: m.p.r.Path, Spans: m.spans}
	if m.attr != none {
		f.Attribution = m.p.r.Attributions[m.attr].ID
	}
	if m.fig != none {
		f.Figure = m.p.r.Figures[m.fig].ID
	}
	if m.event != none {
		f.Event = m.p.r.Events[m.event].ID
	}
	f.Text = m.p.cut(m.spans)
	return f
}

// cut are the words at spans, joined by one blank.
func (p *piece) cut(spans []whence.Span) string {
	if p.runes == nil {
		p.runes = []rune(p.r.Text)
	}
	words := make([]string, len(spans))
	for i, s := range spans {
		words[i] = string(p.runes[max(0, min(s.Start, len(p.runes))):max(0, min(s.End, len(p.runes)))])
	}
	return strings.Join(words, " ")
}
