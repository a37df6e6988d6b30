package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"whence"
	"whence/story"
)

// How many claims, articles and steps are printed of a story that is not printed
// in full.
const (
	mostClaims    = 8
	mostHistory   = 3
	mostOrigins   = 8
	mostPositions = 3
	mostContrary  = 3
	mostPlans     = 2
	mostSteps     = 7
)

// section prints a heading of a story.
func section(t *terminal, title, note string) {
	t.write("", "", piece{strong, title}, piece{dim, note})
}

// more says how many were left out.
func more(t *terminal, n int, noun string) {
	if n > 0 {
		t.write(indent, "", piece{dim, "and " + count(n, noun) + " more (--full)"})
	}
}

// indent is the margin of what stands in a section, and inner that of what belongs
// to a line there.
const indent, inner = "  ", "      "

// shown is how many of n are printed.
func shown(n, most int, full bool) int {
	if full {
		return n
	}
	return min(n, most)
}

// storyPage lays out a story.
type storyPage struct {
	t       *terminal
	s       *story.Story
	full    bool
	members map[string]*story.Member
}

// printStory lays out a story in the order of the interface: claims with their legs,
// figures, where it comes from, who says what, contradictions, plans.
func printStory(t *terminal, s *story.Story, full bool) {
	p := storyPage{t, s, full, make(map[string]*story.Member, len(s.Articles))}
	for i := range s.Articles {
		p.members[s.Articles[i].Article] = &s.Articles[i]
	}
	t.write("", "", piece{strong, orNone(s.Title, "(no title)")})
	t.write("", "", piece{dim, dotted(span(s), legs(len(s.Articles), len(s.Reports), len(s.Sources)), s.ID)})
	fmt.Fprintln(t)
	p.claims()
	p.histories()
	p.origins()
	p.positions()
	p.contradictions()
	p.plans()
}

// span is the days of a story.
func span(s *story.Story) string {
	var first, last whence.Date
	for _, a := range s.Articles {
		if a.Published.IsZero() {
			continue
		}
		if first.IsZero() || a.Published.Time.Before(first.Time) {
			first = a.Published
		}
		if a.Published.Time.After(last.Time) {
			last = a.Published
		}
	}
	return days(first, last)
}

// pips are the legs of a claim: filled for a report known, hollow for what is
// undecided.
func pips(c *story.Claim) string {
	const most = 6
	filled, hollow := min(len(c.Reports), most), min(len(c.Undecided), most)
	s := strings.Repeat("●", filled) + strings.Repeat("○", hollow)
	if len(c.Reports) > most || len(c.Undecided) > most {
		s += "…"
	}
	return s
}

// resting is how many articles a claim has beyond its reports: those that only look
// like more.
func resting(c *story.Claim) int { return len(c.Articles) - len(c.Reports) }

// told are the claims in the order in which they are printed: first those that the
// most articles make on the fewest legs. Of claims about the same words, one.
func (p *storyPage) told() []*story.Claim {
	list := make([]*story.Claim, len(p.s.Claims))
	for i := range p.s.Claims {
		list[i] = &p.s.Claims[i]
	}
	slices.SortStableFunc(list, func(a, b *story.Claim) int {
		return cmp.Or(cmp.Compare(resting(b), resting(a)), cmp.Compare(len(b.Articles), len(a.Articles)))
	})
	if p.full {
		return list
	}
	kept := list[:0:0]
	for _, c := range list {
		if len(kept) == mostClaims {
			break
		}
		if !slices.ContainsFunc(kept, func(k *story.Claim) bool { return sameWords(k, c) }) {
			kept = append(kept, c)
		}
	}
	return kept
}

// sameWords tells whether two claims are told in the same words: those of one hold those
// of the other.
func sameWords(a, b *story.Claim) bool {
	if len(a.Articles) == 0 || len(b.Articles) == 0 || a.Articles[0].Article != b.Articles[0].Article {
		return false
	}
	return strings.Contains(a.Text, b.Text) || strings.Contains(b.Text, a.Text)
}

// pipColumn is how many columns pips take.
const pipColumn = 8

func (p *storyPage) claims() {
	if len(p.s.Claims) == 0 {
		return
	}
	section(p.t, "CLAIMS, by legs", "● a report of its own  ○ undecided")
	list := p.told()
	digits, wide := 0, 0
	for _, c := range list {
		digits = max(digits, len(thousands(len(c.Articles))))
	}
	line := func(c *story.Claim) string {
		return strings.Repeat(" ", digits-len(thousands(len(c.Articles)))) + legs(len(c.Articles), len(c.Reports), len(c.Sources))
	}
	for _, c := range list {
		wide = max(wide, uniseg.StringWidth(line(c)))
	}
	for _, c := range list {
		first := indent + p.t.set(accent, fit(line(c), wide)) + "  " + fit(pips(c), pipColumn) + " "
		p.t.writeStyled(first, len(indent)+wide+2+pipColumn+1, inner, piece{dim, dotted(notEmpty(words(string(c.Status)), p.since(c))...)})
		p.t.writeTwo(inner, piece{plain, p.quoted(c)})
		p.t.write(inner, inner, piece{dim, dotted(notEmpty(sourceNames(c), p.firstReport(c), c.ID)...)})
	}
	more(p.t, len(p.s.Claims)-len(list), "claim")
	fmt.Fprintln(p.t)
}

// quoted is the text of a claim; in quotation marks where it is one.
func (p *storyPage) quoted(c *story.Claim) string {
	if c.Kind == story.Quotation && !strings.ContainsAny(c.Text, "“”\"") {
		return "“" + c.Text + "”"
	}
	return c.Text
}

// since is the day on which a claim came up.
func (p *storyPage) since(c *story.Claim) string {
	if len(c.Articles) == 0 {
		return ""
	}
	m := p.members[c.Articles[0].Article]
	if m == nil {
		return ""
	}
	return p.day(m.Published)
}

// firstReport is the report that had a claim first.
func (p *storyPage) firstReport(c *story.Claim) string {
	if len(c.Reports) == 0 {
		return ""
	}
	return "first in " + c.Reports[0].Name
}

// day is a day in a story: without its year where the whole story is of one.
func (p *storyPage) day(d whence.Date) string {
	if d.IsZero() {
		return ""
	}
	for i := range p.s.Articles {
		if at := p.s.Articles[i].Published; !at.IsZero() && at.Time.Year() != d.Time.Year() {
			return dayOf(d)
		}
	}
	return strings.TrimSuffix(dayOf(d), fmt.Sprintf(" %d", d.Time.Year()))
}

// words are those of a status or stance.
func words(s string) string { return strings.ReplaceAll(s, "_", " ") }

// mostNames bounds the sources that are named in a line.
const mostNames = 4

func sourceNames(c *story.Claim) string {
	var names []string
	for _, x := range c.Sources {
		names = append(names, x.Name)
	}
	return listed(names, mostNames)
}

// listed joins names, at most so many.
func listed(names []string, most int) string {
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

// value is what a figure's bounds and qualifier come to, in few characters.
func value(low, high whence.Bound, q whence.Qualifier) string {
	number := func(b whence.Bound) string {
		if b.Value == float64(int64(b.Value)) {
			return thousands(int(b.Value))
		}
		return fmt.Sprintf("%g", b.Value)
	}
	signs := map[whence.Qualifier]string{whence.AtLeast: "≥ ", whence.MoreThan: "> ", whence.AtMost: "≤ ", whence.LessThan: "< ", whence.About: "~ "}
	switch {
	case low.Known && high.Known && low != high:
		return number(low) + "–" + number(high)
	case low.Known:
		return signs[q] + number(low)
	case high.Known:
		return signs[q] + number(high)
	}
	return "…"
}

// leastTold is the fewest articles of a figure that is printed without --full, unless
// it is contested.
const leastTold = 4

// articlesOf counts the articles that give a point.
func articlesOf(points ...story.Point) int {
	seen := map[string]bool{}
	for _, x := range points {
		seen[x.Article] = true
		for _, r := range x.Repeats {
			seen[r.Article] = true
		}
	}
	return len(seen)
}

func (p *storyPage) histories() {
	list := slices.Clone(p.s.Histories)
	slices.SortStableFunc(list, func(a, b story.History) int {
		return cmp.Compare(articlesOf(b.Points...), articlesOf(a.Points...))
	})
	if !p.full {
		changed := func(h story.History) bool { return len(h.Points) > 1 || len(h.ContestedBy) > 0 }
		list = slices.DeleteFunc(list, func(h story.History) bool { return articlesOf(h.Points...) < leastTold || !inTime(h) })
		slices.SortStableFunc(list, func(a, b story.History) int { return compareBool(changed(b), changed(a)) })
		list = list[:min(len(list), mostHistory)]
	}
	if len(list) == 0 {
		return
	}
	section(p.t, "FIGURES", "· an article that gives it")
	for _, h := range list {
		p.history(h)
	}
	more(p.t, len(p.s.Histories)-len(list), "figure")
	fmt.Fprintln(p.t)
}

// inTime tells whether the days of a history's points follow each other.
func inTime(h story.History) bool {
	return slices.IsSortedFunc(h.Points, func(a, b story.Point) int { return a.At.Time.Compare(b.At.Time) })
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// mostTicks bounds the ticks of a point.
const mostTicks = 30

// thing is what a history counts; of persons nothing need be said.
func thing(h story.History) string {
	if h.Head == "person" || h.Head == "people" {
		return ""
	}
	return h.Head
}

func (p *storyPage) history(h story.History) {
	head := []piece{{accent, dotted(notEmpty(h.Measure, thing(h))...)}}
	if h.By != "" {
		head = append(head, piece{dim, "as counted by " + h.By})
	}
	if len(h.ContestedBy) > 0 {
		head = append(head, piece{dim, "· contested"})
	}
	p.t.write(indent, inner, head...)
	wide := 0
	for _, x := range h.Points {
		wide = max(wide, uniseg.StringWidth(value(x.Low, x.High, x.Qualifier)))
	}
	before := ""
	for _, x := range h.Points {
		v := value(x.Low, x.High, x.Qualifier)
		n := articlesOf(x)
		note := notEmpty(p.day(x.At), x.Report)
		if before != "" {
			note = append(note, "corrects "+before)
		}
		before = ""
		if x.CorrectedBy != "" {
			before = v
		}
		pad := strings.Repeat(" ", wide-uniseg.StringWidth(v))
		p.t.write(inner+pad, inner+strings.Repeat(" ", wide+1), piece{strong, v}, piece{accent, strings.Repeat("·", min(n, mostTicks))}, piece{dim, dotted(append([]string{count(n, "article")}, note...)...)})
	}
	for _, o := range h.Outliers {
		p.t.write(inner, inner, piece{strong, o.Text}, piece{dim, dotted(notEmpty("a slip of the pen for "+o.CopiedFrom, p.outlet(o.Article, o.Path))...)})
	}
}

// outlet is an article's outlet.
func (p *storyPage) outlet(article, path string) string {
	if m := p.members[article]; m != nil && m.Outlet != "" {
		return m.Outlet
	}
	return path
}

// origin is a report with the articles that rest on it.
type origin struct {
	name, article string
	at            whence.Date
	rests         []string // outlets
}

// reports are the story's origin reports, those first on which the most outlets rest.
func (p *storyPage) reports() []origin {
	at := map[string]int{}
	var list []origin
	seen := map[string]bool{}
	for _, c := range p.s.Claims {
		for _, r := range c.Reports {
			k, ok := at[r.Name]
			if !ok {
				k = len(list)
				at[r.Name] = k
				list = append(list, origin{name: r.Name, article: r.Article})
			}
			o := &list[k]
			if m := p.members[r.Article]; m != nil && (o.at.IsZero() || m.Published.Time.Before(o.at.Time)) {
				o.at, o.article = m.Published, r.Article
			}
			for _, id := range r.Rests {
				name := p.outlet(id, shortID(id))
				if key := r.Name + "\x00" + name; name != r.Name && !seen[key] {
					seen[key] = true
					o.rests = append(o.rests, name)
				}
			}
		}
	}
	slices.SortStableFunc(list, func(a, b origin) int {
		return cmp.Or(cmp.Compare(len(b.rests), len(a.rests)), cmp.Compare(a.name, b.name))
	})
	return list
}

func (p *storyPage) origins() {
	list := p.reports()
	if len(list) == 0 {
		return
	}
	section(p.t, "WHERE FROM", "◉ a report  ◎ one that is not in the ledger  ━▶ outlets that have claims from it")
	on := list
	if i := slices.IndexFunc(list, func(o origin) bool { return len(o.rests) == 0 }); i >= 0 {
		on = list[:i]
	}
	n := shown(len(on), mostOrigins, p.full)
	wide := 0
	for _, o := range list[:n] {
		wide = max(wide, uniseg.StringWidth(visible(o.name)))
	}
	wide = min(wide, outletColumn+4)
	for _, o := range list[:n] {
		mark := "◉ "
		if o.article == "" {
			mark = "◎ "
		}
		day := fit(p.day(o.at), 7)
		first := indent + mark + p.t.set(accent, fit(o.name, wide)) + "  " + p.t.set(dim, day)
		margin := strings.Repeat(" ", len(indent)+2+wide+2+7+4)
		p.t.writeStyled(first+" ━▶ ", len(margin), margin, piece{plain, listed(o.rests, 6)})
	}
	more(p.t, len(on)-n, "report")
	if alone := list[len(on):]; len(alone) > 0 {
		names := make([]string, len(alone))
		for i, o := range alone {
			names[i] = o.name
		}
		most := 8
		if p.full {
			most = len(names)
		}
		p.t.write(indent+"◉ ", indent+"  ", piece{accent, listed(names, most)}, piece{dim, "· nobody has a claim from them"})
	}
	fmt.Fprintln(p.t)
}

// stancesInOrder are the stances in the order in which they are printed.
var stancesInOrder = []string{"asserts", "confirms", "denies", "declined", "no_reply", "referred"}

// answered is how many different stances are taken to a claim.
func answered(x story.Positions) int {
	n := 0
	for _, stance := range stancesInOrder {
		if slices.ContainsFunc(x.Positions, func(y story.Position) bool { return y.Stance == stance }) {
			n++
		}
	}
	return n
}

func (p *storyPage) positions() {
	if len(p.s.Positions) == 0 {
		return
	}
	section(p.t, "WHO SAYS WHAT", "")
	list := slices.Clone(p.s.Positions)
	if !p.full { // who rejects a denial is said where what is denied is
		list = slices.DeleteFunc(list, func(x story.Positions) bool {
			return slices.ContainsFunc(p.s.Claims, func(c story.Claim) bool {
				return c.ID == x.Claim && (c.Status == whence.StatusDenied || c.Status == whence.NotHappened)
			})
		})
	}
	slices.SortStableFunc(list, func(a, b story.Positions) int { return cmp.Compare(answered(b), answered(a)) })
	n := shown(len(list), mostPositions, p.full)
	for _, x := range list[:n] {
		p.t.writeTwo(indent, piece{plain, x.About})
		for _, stance := range stancesInOrder {
			var names []string
			for _, y := range x.Positions {
				if y.Stance == stance && !slices.Contains(names, y.Source) {
					names = append(names, y.Source)
				}
			}
			if len(names) > 0 {
				p.t.write(inner+fit(words(stance), 10), inner+strings.Repeat(" ", 10), piece{accent, listed(names, 6)})
			}
		}
	}
	more(p.t, len(p.s.Positions)-n, "claim")
	fmt.Fprintln(p.t)
}

func (p *storyPage) contradictions() {
	if len(p.s.Contradictions) == 0 {
		return
	}
	section(p.t, "CONTRADICTIONS", "")
	list := p.s.Contradictions
	if !p.full {
		list = p.eachOnce()
	}
	for _, c := range list {
		p.t.write(indent, inner, piece{accent, c.About}, piece{dim, words(c.Kind)})
		if c.A.Sentence != "" && c.A.Sentence == c.B.Sentence {
			p.t.writeTwo(inner, piece{plain, c.A.Sentence})
			p.t.write(inner, inner, piece{dim, dotted(notEmpty(c.A.Text+" against "+c.B.Text, p.day(c.A.At), p.outlet(c.A.Article, c.A.Path))...)})
			continue
		}
		for _, side := range []story.Side{c.A, c.B} {
			text := orNone(side.Sentence, side.Text)
			p.t.writeTwo(inner, piece{plain, text})
			p.t.write(inner, inner, piece{dim, dotted(notEmpty(side.Source, p.day(side.At), p.outlet(side.Article, side.Path))...)})
		}
	}
	more(p.t, len(p.s.Contradictions)-len(list), "contradiction")
	fmt.Fprintln(p.t)
}

// eachOnce are contradictions of different kinds or matters, those with a source on
// either side first.
func (p *storyPage) eachOnce() []story.Contradiction {
	list := slices.Clone(p.s.Contradictions)
	named := func(c story.Contradiction) int {
		n := 0
		for _, s := range []string{c.A.Source, c.B.Source} {
			if s != "" {
				n++
			}
		}
		return n
	}
	slices.SortStableFunc(list, func(a, b story.Contradiction) int { return cmp.Compare(named(b), named(a)) })
	seen := map[string]bool{}
	list = slices.DeleteFunc(list, func(c story.Contradiction) bool {
		key := c.Kind + " " + c.About
		if seen[key] {
			return true
		}
		seen[key] = true
		return false
	})
	return list[:min(len(list), mostContrary)]
}

func (p *storyPage) plans() {
	if len(p.s.Plans) == 0 {
		return
	}
	section(p.t, "PLANS AND ACTS", "")
	list := slices.Clone(p.s.Plans)
	slices.SortStableFunc(list, func(a, b story.Plan) int { return cmp.Compare(len(b.Steps), len(a.Steps)) })
	n := shown(len(list), mostPlans, p.full)
	for _, x := range list[:n] {
		p.t.write(indent, inner, piece{accent, x.Plan})
		steps := p.turns(x.Steps)
		for _, step := range steps {
			day := fit(p.day(step.At), 7)
			p.t.writeTwo(inner+day+" "+fit(words(string(step.Status)), 12)+" ", piece{plain, orNone(step.Sentence, step.Text)}, piece{dim, "— " + orNone(step.Source, step.Report)})
		}
		if left := len(x.Steps) - len(steps); left > 0 {
			p.t.write(inner, inner, piece{dim, "and " + count(left, "step") + " more (--full)"})
		}
	}
	more(p.t, len(list)-n, "plan")
	fmt.Fprintln(p.t)
}

// firmest are the statuses in the order in which they are left out last.
var firmest = []whence.Status{whence.Decided, whence.Considered, whence.Planned, whence.StatusDenied, whence.Happened, whence.UnderWay, whence.NotHappened}

// turns are the steps at which a status is first given.
func (p *storyPage) turns(steps []story.Step) []story.Step {
	if p.full {
		return steps
	}
	var kept []story.Step
	seen := map[whence.Status]bool{}
	for _, s := range steps {
		if !seen[s.Status] {
			seen[s.Status] = true
			kept = append(kept, s)
		}
	}
	if len(kept) > mostSteps {
		kept = slices.DeleteFunc(kept, func(s story.Step) bool { return !slices.Contains(firmest, s.Status) })
	}
	return kept
}

func notEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// outlets counts the outlets of a story.
func outlets(s *story.Story) int {
	seen := map[string]bool{}
	for _, a := range s.Articles {
		seen[a.Outlet] = true
	}
	return len(seen)
}
