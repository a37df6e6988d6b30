package web

import (
	"cmp"
	"context"
	"fmt"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"whence"
	"whence/ledger"
	"whence/story"
)

var (
	storyView  = view("story.html", "storyparts.html")
	claimsView = view("claims.html", "storyparts.html")
)

// storyID is the form of a story's id; that of any of its articles names it too.
var storyID = regexp.MustCompile(`^(s|sha256:)?[0-9a-f]{4,64}$`)

// The bounds of a story's page. What there is besides is counted and linked.
const (
	mostClaims         = 10
	mostCharts         = 3
	mostFigures        = 8
	mostPositions      = 6
	mostContradictions = 8
	mostPlans          = 3
	mostSteps          = 9
	mostLooked         = 16 // articles that are read for the passages
	mostGraph          = 24 // articles of the graph of origins
	mostMapped         = 30
	mostDays           = 40 // articles of the time line, copies apart
	mostListed         = 100
)

// storyOf is the story of an address.
func (s *site) storyOf(q *request) (*story.Story, error) {
	id := strings.ToLower(q.PathValue("id"))
	if !storyID.MatchString(id) {
		return nil, &refusal{http.StatusBadRequest, "This is no id of a story.", "Ids are an s and hexadecimal digits; the list of stories shows them."}
	}
	return s.ledger.Story(q.Context(), id)
}

// story shows one story, or with ?all=claims and ?all=figures everything of a kind.
func (s *site) story(q *request) error {
	st, err := s.storyOf(q)
	if err != nil {
		return err
	}
	switch q.FormValue("all") {
	case "":
	case "claims", "figures":
		return s.everyClaim(q, st, q.FormValue("all"))
	default:
		return &refusal{http.StatusBadRequest, "There is no such list of a story.", "Either all=claims or all=figures."}
	}
	st, whole, err := s.reviewedOnly(q, st)
	if err != nil {
		return err
	}
	p, err := newStoryPage(q.Context(), s.ledger, st, online)
	if err != nil {
		return err
	}
	p.ReviewedOnly = !whole
	take := append([]Take{{"One file", "this page, to open offline and to print", storyAt(st.ID) + "/report.html"}}, takes("story", st.ID)...)
	return q.write(storyView(), Page{Title: first(st.Title, "A story"), Section: "stories", Take: take, Data: p})
}

// paths are the addresses that a page leads to; an empty one leads nowhere.
type paths struct {
	passage                func(story.Finding) string
	article, source, claim func(string) string
	offline                bool
}

var online = paths{
	passage: func(f story.Finding) string { return passageAt(f.Article, f.Spans...) },
	article: articleAt, source: sourceAt, claim: claimAt,
}

// storyPage is what the template of a story sees.
type storyPage struct {
	*story.Story
	ReviewedOnly bool // its figures are those alone that a person has accepted
	Title        string
	Days         string
	Legs         string
	Leading      string
	Lines        []claimLine
	Charts       []chart
	Figures      []figureLine
	MoreFigures  int
	Graph        []template.HTML // wide and narrow
	GraphMore    int
	Speakers     []speaker
	Stands       []stand
	Contrasts    []contrast
	Ladders      []ladder
	MorePlans    int
	Map          template.HTML
	Mapped       []placeLine
	Unmapped     []placeLine
	Line         []lineDay
	LineMore     int
	Offline      bool
	Here         string
}

// claimLine is a claim as it stands in a list.
type claimLine struct {
	ID, Text, Href, Pips, Legs string
	Quotation                  bool
	Status                     string
	Sources                    []linked
	When, Outlet               string
	Moved                      string // how its number stands to the one before and after
	Passage                    string
}

// linked is a name with where it leads.
type linked struct{ Name, Href, Note string }

// members are the articles of a story by id.
func members(s *story.Story) map[string]story.Member {
	m := make(map[string]story.Member, len(s.Articles))
	for _, a := range s.Articles {
		m[a.Article] = a
	}
	return m
}

// newStoryPage gathers what the page of a story shows.
func newStoryPage(ctx context.Context, l *ledger.Ledger, s *story.Story, to paths) (*storyPage, error) {
	in := members(s)
	p := &storyPage{Story: s, Title: clip(s.Title, 300), Legs: legs(len(s.Articles), len(s.Reports), len(s.Sources)), Offline: to.offline, Here: storyAt(s.ID)}
	var from, until whence.Date
	for _, a := range s.Articles {
		if d := a.Published; !d.IsZero() {
			if from.IsZero() || d.Time.Before(from.Time) {
				from = d
			}
			if d.Time.After(until.Time) {
				until = d
			}
		}
	}
	p.Days = days(from, until)
	moved := movesOf(s)
	for i := range s.Claims[:min(len(s.Claims), mostClaims)] {
		p.Lines = append(p.Lines, newClaimLine(&s.Claims[i], in, moved, to))
	}
	groups := groupsOf(s, in)
	plans := plansOf(s)
	contradictions := telling(s.Contradictions)
	// Every passage that the page shows in its sentence is asked for at once.
	var asked []story.Finding
	for _, c := range contradictions {
		asked = append(asked, c.A.Finding, c.B.Finding)
	}
	for _, plan := range plans[:min(len(plans), mostPlans)] {
		for _, step := range slices.Concat(turns(plan.Steps), overstated(plan)) {
			asked = append(asked, step.Finding)
		}
	}
	for _, g := range groups[:min(len(groups), mostCharts)] {
		for _, pt := range g.points() {
			asked = append(asked, pt.Finding)
		}
	}
	c, err := l.Closely(ctx, s, asked, mostLooked)
	if err != nil {
		return nil, err
	}
	said := map[string]ledger.Passage{}
	for _, x := range c.Passages {
		said[placeOf(x.Finding)] = x
	}
	p.figures(groups, said, in, to)
	p.contrasts(contradictions, said, in, to)
	p.ladders(plans, said, in, to)
	p.stands(s, to)
	g := newGraph(s, c.Pairs, to)
	p.Graph, p.GraphMore, p.Speakers = []template.HTML{g.draw(760), g.draw(344)}, g.more, g.speakers
	p.places(c.Places, to)
	p.timeline(s, to)
	return p, nil
}

// placeOf names the place of a finding.
func placeOf(f story.Finding) string {
	if len(f.Spans) == 0 {
		return f.Article
	}
	return f.Article + "#" + anchor(f.Spans[0])
}

// movesOf says of findings that are points of a history what was the number
// before, and after.
func movesOf(s *story.Story) map[string]string {
	moved := map[string]string{}
	for _, h := range s.Histories {
		points := inTime(h.Points, nil)
		for i, p := range points {
			var parts []string
			if i > 0 {
				if was := points[i-1]; was.Low.Known && p.Low.Known && was.Low != p.Low {
					arrow := "↑"
					if p.Low.Value < was.Low.Value {
						arrow = "↓"
					}
					parts = append(parts, arrow+" from "+number(was.Low))
				}
			}
			if i+1 < len(points) {
				if next := points[i+1]; p.CorrectedBy != "" && next.Low.Known {
					parts = append(parts, "corrected to "+number(next.Low))
				} else if next.Low.Known {
					parts = append(parts, "later "+number(next.Low))
				}
			}
			if note := dotted(parts...); note != "" {
				moved[p.Article+" "+p.Figure] = note
			}
		}
	}
	return moved
}

// inTime are points in the order of time; those without a date have that of their
// article, or come first.
func inTime(points []story.Point, in map[string]story.Member) []story.Point {
	list := slices.Clone(points)
	for i := range list {
		if list[i].At.IsZero() {
			list[i].At = in[list[i].Article].Published
		}
	}
	slices.SortStableFunc(list, func(a, b story.Point) int { return a.At.Time.Compare(b.At.Time) })
	return list
}

func newClaimLine(c *story.Claim, in map[string]story.Member, moved map[string]string, to paths) claimLine {
	line := claimLine{
		ID: c.ID, Text: clip(c.Text, 240), Href: to.claim(c.ID), Quotation: c.Kind == story.Quotation, Status: spaced(c.Status),
		Pips: pips(len(c.Reports), len(c.Undecided)), Legs: legs(len(c.Articles), len(c.Reports), len(c.Sources)),
	}
	for i, x := range c.Sources {
		if i == 3 {
			line.Sources = append(line.Sources, linked{Name: fmt.Sprintf("%d more", len(c.Sources)-i)})
			break
		}
		note := ""
		if x.Anonymous {
			note = "anonymous"
		}
		line.Sources = append(line.Sources, linked{clip(x.Name, 60), to.source(x.Name), note})
	}
	if len(c.Articles) > 0 {
		f := c.Articles[0]
		line.Outlet, line.When = in[f.Article].Outlet, day(in[f.Article].Published)
		line.Passage = to.passage(f)
		if c.Kind == story.Figure {
			line.Moved = moved[f.Article+" "+f.Figure]
		}
	}
	return line
}

// contrast is a contradiction, both sides with their sentences.
type contrast struct {
	Kind, About string
	Sides       []side
}

type side struct {
	Words                      template.HTML
	Source, Outlet, When, Href string
}

// contradictionKinds say what kind of contradiction it is.
var contradictionKinds = map[string]string{
	"rival_figures": "rival figures", "denial": "asserted and denied", "later_status": "said, then otherwise", "slip": "a slip in copying", "overstated": "overstated in retelling",
}

func (p *storyPage) contrasts(list []story.Contradiction, said map[string]ledger.Passage, in map[string]story.Member, to paths) {
	for _, c := range list {
		x := contrast{Kind: first(contradictionKinds[c.Kind], spaced(c.Kind)), About: clip(c.About, 120)}
		for _, s := range []story.Side{c.A, c.B} {
			m := in[s.Article]
			when := s.At
			if when.IsZero() {
				when = m.Published
			}
			x.Sides = append(x.Sides, side{inSentence(s.Finding, said), s.Source, who(m.Outlet, "", m.Path), day(when), to.passage(s.Finding)})
		}
		p.Contrasts = append(p.Contrasts, x)
	}
}

// around is how many code points of a sentence are shown on either side of the
// words that it is about.
const around = 150

// inSentence sets the words of a finding in their sentence.
func inSentence(f story.Finding, said map[string]ledger.Passage) template.HTML {
	var m markup
	x, ok := said[placeOf(f)]
	if !ok || x.Words == "" || len(x.Spans) == 0 {
		return m.open("mark").words(clip(f.Text, 2*around)).close("mark").html()
	}
	words := []rune(x.Words)
	at := x.Spans[0].Start - x.Sentence.Start
	end := min(x.Spans[0].End-x.Sentence.Start, len(words))
	if at < 0 || at >= end {
		return m.open("mark").words(clip(f.Text, 2*around)).close("mark").html()
	}
	from, until := 0, len(words)
	if at > around {
		if from = at - around; from > 0 {
			for from < at && words[from-1] != ' ' {
				from++
			}
		}
	}
	if until-end > around {
		until = end + around
		for until > end && words[until] != ' ' {
			until--
		}
	}
	m.open("bdi")
	if from > 0 {
		m.text("… ")
	}
	m.text(string(words[from:at])).element("mark", string(words[at:end])).text(string(words[end:until]))
	if until < len(words) {
		m.text(" …")
	}
	return m.close("bdi").html()
}

// ladder is how far a plan has come, step by step.
type ladder struct {
	Name  string
	Steps []rung
	More  int
}

type rung struct {
	Height                     int // 0 is beside the ladder
	Status                     string
	When, Source, Report, Href string
	Words                      template.HTML
	Overstated                 bool
	Marks                      template.HTML
}

// heights are the rungs of the ladder; what is denied or asked for stands beside it.
var heights = map[whence.Status]int{
	whence.Possible: 1, whence.Considered: 1, whence.Requested: 1, whence.Required: 2, whence.Planned: 2, whence.Decided: 3, whence.UnderWay: 4, whence.Attempted: 4, whence.Happened: 5,
}

// plansOf are the plans that moved, those of most steps first.
func plansOf(s *story.Story) []story.Plan {
	statuses := func(p story.Plan) int {
		seen := map[whence.Status]bool{}
		for _, x := range p.Steps {
			seen[x.Status] = true
		}
		return len(seen)
	}
	list := slices.DeleteFunc(slices.Clone(s.Plans), func(p story.Plan) bool { return statuses(p) < 2 })
	slices.SortStableFunc(list, func(a, b story.Plan) int {
		return cmp.Or(len(b.Steps)+len(b.Overstated)-len(a.Steps)-len(a.Overstated), statuses(b)-statuses(a))
	})
	return list
}

// turns are the steps that a plan is told by where there is little room: the first
// of each status, and the last of all.
func turns(steps []story.Step) []story.Step {
	var list []story.Step
	seen := map[whence.Status]bool{}
	for i, x := range steps {
		if (!seen[x.Status] || i == len(steps)-1) && len(list) < mostSteps {
			list = append(list, x)
		}
		seen[x.Status] = true
	}
	return list
}

// overstated are the retellings that are shown.
func overstated(p story.Plan) []story.Step { return p.Overstated[:min(len(p.Overstated), 2)] }

// telling are the contradictions that are shown: of those that are about the same
// in the same way, the first two.
func telling(all []story.Contradiction) []story.Contradiction {
	var list []story.Contradiction
	seen := map[string]int{}
	for _, c := range all {
		key := c.Kind + " " + c.About
		if seen[key]++; seen[key] <= 2 && len(list) < mostContradictions {
			list = append(list, c)
		}
	}
	return list
}

func (p *storyPage) ladders(plans []story.Plan, said map[string]ledger.Passage, in map[string]story.Member, to paths) {
	p.MorePlans = max(0, len(plans)-mostPlans)
	for _, plan := range plans[:min(len(plans), mostPlans)] {
		steps := turns(plan.Steps)
		l := ladder{Name: clip(plan.Plan, 120), More: len(plan.Steps) - len(steps)}
		add := func(x story.Step, over bool) {
			when := x.At
			if when.IsZero() {
				when = in[x.Article].Published
			}
			l.Steps = append(l.Steps, rung{
				Height: heights[x.Status], Status: spaced(x.Status), When: day(when), Source: x.Source, Report: first(x.Report, in[x.Article].Outlet),
				Href: to.passage(x.Finding), Words: inSentence(x.Finding, said), Overstated: over, Marks: rungs(heights[x.Status]),
			})
		}
		over := overstated(plan)
		for _, x := range steps { // retellings stand where they came
			for len(over) > 0 && !over[0].At.IsZero() && over[0].At.Time.Before(x.At.Time) {
				add(over[0], true)
				over = over[1:]
			}
			add(x, false)
		}
		for _, x := range over {
			add(x, true)
		}
		p.Ladders = append(p.Ladders, l)
	}
}

// rungs draws how high a status stands.
func rungs(height int) template.HTML {
	var m markup
	m.open("svg", "class", "rungs", "viewBox", "0 0 44 20", "width", "44", "height", "20", "aria-hidden", "true")
	for i := 1; i <= 5 && height > 0; i++ {
		h := 3 + 3*i
		class := "rung"
		if i <= height {
			class = "rung on"
		}
		m.open("rect", "class", class, "x", strconv.Itoa(9*(i-1)+1), "y", strconv.Itoa(19-h), "width", "6", "height", strconv.Itoa(h)).close("rect")
	}
	if height == 0 {
		m.open("path", "class", "cross", "d", "M4 6l11 11m0-11l-11 11").close("path")
	}
	return m.close("svg").html()
}

// stand is who says what about one claim.
type stand struct {
	About, Href string
	Columns     [][]linked // asserts, denies, declined, no reply or referred
}

// columns put stances into the columns of the table.
var columns = map[string]int{"asserts": 0, "confirms": 0, "denies": 1, "declined": 2, "no_reply": 3, "referred": 3}

func (p *storyPage) stands(s *story.Story, to paths) {
	for _, x := range s.Positions[:min(len(s.Positions), mostPositions)] {
		t := stand{About: clip(x.About, 150), Columns: make([][]linked, 4)}
		if x.Claim != "" {
			t.Href = to.claim(x.Claim)
		}
		seen := map[string]bool{}
		for _, who := range x.Positions {
			c, ok := columns[who.Stance]
			key := who.Stance + who.Source
			if !ok || seen[key] || len(t.Columns[c]) == 6 {
				continue
			}
			seen[key] = true
			note := ""
			if who.Stance == "confirms" || who.Stance == "referred" {
				note = who.Stance
			}
			t.Columns[c] = append(t.Columns[c], linked{clip(who.Source, 60), to.passage(who.Finding), note})
		}
		p.Stands = append(p.Stands, t)
	}
}

// lineDay is a day of the time line.
type lineDay struct {
	Day      string
	Articles []lineArticle
}

type lineArticle struct {
	ID, Time, Outlet, Title, Href string
	Report                        bool
	Copies                        []linked
	MoreCopies                    int
}

// mostCopies bounds the copies that are named under an article.
const mostCopies = 12

// ownOf are the first articles of a story that are no copies, by time.
func ownOf(s *story.Story) []story.Member {
	own := slices.DeleteFunc(slices.Clone(s.Articles), func(a story.Member) bool { return a.Of != "" })
	slices.SortStableFunc(own, func(a, b story.Member) int { return a.Published.Time.Compare(b.Published.Time) })
	return own[:min(len(own), mostDays)]
}

// timeline sets the articles by day, origins first within a day's time, copies
// folded under what they are copies of.
func (p *storyPage) timeline(s *story.Story, to paths) {
	copies := map[string][]story.Member{}
	reports := map[string]bool{}
	for _, r := range s.Reports {
		reports[r.Article] = true
	}
	all := 0
	for _, a := range s.Articles {
		if a.Of != "" {
			copies[a.Of] = append(copies[a.Of], a)
		} else {
			all++
		}
	}
	own := ownOf(s)
	p.LineMore = all - len(own)
	for _, a := range own {
		d := first(day(a.Published), "undated")
		if n := len(p.Line); n == 0 || p.Line[n-1].Day != d {
			p.Line = append(p.Line, lineDay{Day: d})
		}
		x := lineArticle{ID: short(a.Article), Outlet: who(a.Outlet, "", a.Path), Title: clip(first(a.Title, "without a title"), 160), Href: to.article(a.Article), Report: reports[a.Article]}
		if a.Published.Precision == whence.Second {
			x.Time = a.Published.Time.Format("15:04")
		}
		for i, c := range copies[a.Article] {
			if i == mostCopies {
				x.MoreCopies = len(copies[a.Article]) - i
				break
			}
			name := who(c.Outlet, "", c.Path)
			if name == x.Outlet {
				name += ", another version"
			}
			x.Copies = append(x.Copies, linked{name, to.article(c.Article), day(c.Published)})
		}
		last := &p.Line[len(p.Line)-1]
		last.Articles = append(last.Articles, x)
	}
}

// everyClaim lists all claims of a story, or all its figures, a hundred at a time.
func (s *site) everyClaim(q *request, st *story.Story, what string) error {
	in := members(st)
	from, err := strconv.Atoi(first(q.FormValue("from"), "0"))
	if err != nil || from < 0 {
		return &refusal{http.StatusBadRequest, "This is no place in the list.", "from is a number."}
	}
	var data struct {
		*story.Story
		Lines   []claimLine
		Figures []figureLine
		Back    string
		Next    string
		All     int
		What    string
	}
	data.Story, data.Back, data.What = st, storyAt(st.ID), what
	if what == "claims" {
		moved := movesOf(st)
		data.All = len(st.Claims)
		for i := from; i < min(len(st.Claims), from+mostListed); i++ {
			data.Lines = append(data.Lines, newClaimLine(&st.Claims[i], in, moved, online))
		}
	} else {
		data.Figures = figureLines(st.Histories, in, online)
		data.All = len(data.Figures)
		data.Figures = data.Figures[min(from, data.All):min(from+mostListed, data.All)]
	}
	if from+mostListed < data.All {
		data.Next = fmt.Sprintf("%s?all=%s&from=%d", storyAt(st.ID), what, from+mostListed)
	}
	return q.write(claimsView(), Page{Title: "All " + what + ": " + first(st.Title, "a story"), Section: "stories", Take: takes("story", st.ID), Data: data})
}
