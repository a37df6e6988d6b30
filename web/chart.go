package web

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"whence"
	"whence/ledger"
	"whence/story"
)

// group is the histories that belong on one chart: of one measure, and of sources
// that contest each other's counts.
type group struct {
	histories []story.History
	articles  int
	numbers   int  // points that have a number
	moves     bool // a value changed, or sources contest each other's counts
}

func (g *group) points() []story.Point {
	var list []story.Point
	for _, h := range g.histories {
		list = append(list, h.Points...)
	}
	return list[:min(len(list), mostMarks)]
}

// The bounds of a chart.
const (
	mostMarks  = 24
	mostTicks  = 30 // repeats that are links, for each source
	mostSeries = 4
	mostSlips  = 4
)

// groupsOf puts histories together that belong on one chart, those that most
// articles give first. Where nothing changed and nobody disagrees there is no chart.
func groupsOf(s *story.Story, in map[string]story.Member) []group {
	at := map[string]int{}
	parent := make([]int, len(s.Histories))
	for i, h := range s.Histories {
		at[h.Series], parent[i] = i, i
	}
	root := func(i int) int {
		for parent[i] != i {
			i = parent[i]
		}
		return i
	}
	same := map[string]int{}
	for i, h := range s.Histories {
		for _, other := range h.ContestedBy {
			if j, ok := at[other]; ok {
				parent[root(j)] = root(i)
			}
		}
		key := h.Measure + "\x00" + h.Head
		if j, ok := same[key]; ok && h.Measure != "" && h.Head != "" {
			parent[root(j)] = root(i)
		} else {
			same[key] = i
		}
	}
	groups := map[int]*group{}
	for i, h := range s.Histories {
		g := groups[root(i)]
		if g == nil {
			g = &group{}
			groups[root(i)] = g
		}
		h.Points = inTime(h.Points, in)
		g.histories = append(g.histories, h)
		g.moves = g.moves || len(h.ContestedBy) > 0
		for _, p := range h.Points {
			g.articles += 1 + len(p.Repeats)
			if p.Low.Known || p.High.Known {
				g.numbers++
				g.moves = g.moves || p.Low != h.Points[0].Low || p.High != h.Points[0].High
			}
		}
	}
	var list []group
	for i := range s.Histories { // in the order of the story, not of a map
		if g := groups[i]; g != nil {
			slices.SortStableFunc(g.histories, func(a, b story.History) int { return cmp.Compare(weight(b), weight(a)) })
			list = append(list, *g)
		}
	}
	slices.SortStableFunc(list, func(a, b group) int {
		return cmp.Or(cmp.Compare(b2i(b.drawn()), b2i(a.drawn())), cmp.Compare(b.articles, a.articles))
	})
	return list
}

// drawn tells whether there is anything that a picture says better than a line:
// numbers that changed or are contested, and that several articles give.
func (g *group) drawn() bool { return g.moves && g.numbers > 1 && g.articles > 3 }

func weight(h story.History) (n int) {
	for _, p := range h.Points {
		n += 1 + len(p.Repeats)
	}
	return n
}

// chart is a figure's history, drawn and in words.
type chart struct {
	Name   string
	Pics   []template.HTML // wide and narrow
	Points []pointLine
}

// pointLine is a point of a history in words.
type pointLine struct {
	When, Value, By, Outlet, Href, Note string
	Words                               template.HTML
	Shape                               template.HTML
	Repeats                             int
}

// figureLine is a history as it stands in a list.
type figureLine struct {
	Name, By string
	Values   []linked
	Articles int
}

// nameOf is what a history counts.
func nameOf(h story.History) string {
	switch {
	case h.Measure == "":
		return h.Head
	case h.Head == "":
		return h.Measure
	}
	return h.Measure + " (" + h.Head + ")"
}

func (p *storyPage) figures(groups []group, said map[string]ledger.Passage, in map[string]story.Member, to paths) {
	var rest []story.History
	for i := range groups {
		g := &groups[i]
		if len(p.Charts) == mostCharts || !g.drawn() {
			rest = append(rest, g.histories...)
			continue
		}
		h := slices.DeleteFunc(slices.Clone(g.histories), func(x story.History) bool { return aside(x, g) })
		for _, x := range g.histories {
			if aside(x, g) {
				rest = append(rest, x)
			}
		}
		if len(h) > mostSeries {
			rest = append(rest, h[mostSeries:]...)
			h = h[:mostSeries]
		}
		d := &drawing{histories: h, in: in, to: to, said: said}
		c := chart{Name: first(h[0].Measure, "number"), Pics: []template.HTML{d.draw(760), d.draw(344)}}
		for i, x := range h {
			for _, pt := range x.Points {
				if len(c.Points) < mostMarks {
					c.Points = append(c.Points, newPointLine(pt, i, x.By, said, in, to))
				}
			}
		}
		p.Charts = append(p.Charts, c)
	}
	lines := figureLines(rest, in, to)
	p.MoreFigures = max(0, len(lines)-mostFigures)
	p.Figures = lines[:min(len(lines), mostFigures)]
	if len(p.Charts) > 0 {
		p.Leading = leadingLine(groups[0].histories[0])
	}
}

// aside tells whether a history says too little for the chart of its group: one
// article gives it, and it contests nothing.
func aside(h story.History, g *group) bool {
	return weight(h) < 2 && len(h.ContestedBy) == 0 && h.Series != g.histories[0].Series
}

// leadingLine is how the leading figure went, in numbers.
func leadingLine(h story.History) string {
	var values []string
	for _, p := range h.Points {
		if v := value(p.Low, p.High, p.Qualifier); v != "" && (len(values) == 0 || values[len(values)-1] != v) {
			values = append(values, v)
		}
	}
	if len(values) > 6 {
		values = slices.Concat(values[:2], []string{"…"}, values[len(values)-3:])
	}
	line := first(h.Measure, nameOf(h)) + ": " + strings.Join(values, " → ")
	if h.By != "" {
		line += ", by the count of " + clip(h.By, 60)
	}
	return line
}

func newPointLine(p story.Point, series int, by string, said map[string]ledger.Passage, in map[string]story.Member, to paths) pointLine {
	m := in[p.Article]
	line := pointLine{
		When: day(p.At), Value: first(value(p.Low, p.High, p.Qualifier), "“"+clip(p.Text, 40)+"”"), By: first(by, p.Source), Outlet: clip(first(p.Report, who(m.Outlet, "", m.Path)), 60),
		Href: to.passage(p.Finding), Words: inSentence(p.Finding, said), Repeats: len(p.Repeats),
	}
	if p.CorrectedBy != "" {
		line.Note = "corrected"
	} else if p.SupersededBy != "" {
		line.Note = "superseded"
	}
	if p.Status != "" && p.Status != whence.Happened {
		line.Note = dotted(line.Note, spaced(p.Status))
	}
	var b markup
	b.open("svg", "class", "key s"+strconv.Itoa(series%patterns+1), "viewBox", "0 0 14 14", "width", "14", "height", "14", "aria-hidden", "true")
	shape(&b, series, 7, 7, 4.5, p.CorrectedBy != "")
	line.Shape = b.close("svg").html()
	return line
}

// figureLines are histories for a list, those that most articles give first.
func figureLines(list []story.History, in map[string]story.Member, to paths) []figureLine {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b story.History) int { return cmp.Compare(weight(b), weight(a)) })
	var lines []figureLine
	for _, h := range list {
		l := figureLine{Name: clip(nameOf(h), 60), By: h.By, Articles: weight(h)}
		for i, p := range inTime(h.Points, in) {
			if i == 8 {
				l.Values = append(l.Values, linked{Name: fmt.Sprintf("%d more", len(h.Points)-i)})
				break
			}
			l.Values = append(l.Values, linked{first(value(p.Low, p.High, p.Qualifier), "“"+clip(p.Text, 30)+"”"), to.passage(p.Finding), day(p.At)})
		}
		lines = append(lines, l)
	}
	return lines
}

// drawing draws histories over time.
type drawing struct {
	histories []story.History
	in        map[string]story.Member
	to        paths
	said      map[string]ledger.Passage

	width, height            float64
	left, right, top, bottom float64 // of the plot
	from, until              time.Time
	low, high                float64
}

// draw makes the picture at a width; the narrow one is for telephones.
func (d *drawing) draw(width float64) template.HTML {
	narrow := width < 500
	d.width, d.height = width, 300
	d.left, d.right, d.top = 46, width-190, 26
	if narrow {
		d.left, d.right = 34, width-92
	}
	d.bottom = d.height - 34 - 9*float64(len(d.histories))
	d.bounds()
	var m markup
	class := "pic wideonly"
	if narrow {
		class = "pic narrowonly"
	}
	m.open("svg", "class", class, "viewBox", fmt.Sprintf("0 0 %g %g", d.width, d.height), "role", "group", "aria-label", first(d.histories[0].Measure, "number")+", over time, by whose count")
	m.open("defs").open("pattern", "id", d.hatch(), "width", "6", "height", "6", "patternUnits", "userSpaceOnUse", "patternTransform", "rotate(45)").
		open("path", "class", "hatch", "d", "M0 0V6").close("path", "pattern", "defs")
	d.axes(&m, narrow)
	labels := make([]label, 0, len(d.histories))
	for i, h := range d.histories {
		labels = append(labels, d.series(&m, i, h, narrow))
	}
	d.names(&m, labels)
	return m.close("svg").html()
}

// bounds finds what is to be shown.
func (d *drawing) bounds() {
	d.low, d.high = math.Inf(1), math.Inf(-1)
	d.from, d.until = time.Time{}, time.Time{}
	when := func(t time.Time) {
		if t.IsZero() {
			return
		}
		if d.from.IsZero() || t.Before(d.from) {
			d.from = t
		}
		if t.After(d.until) {
			d.until = t
		}
	}
	for _, h := range d.histories {
		for _, p := range h.Points {
			when(p.At.Time)
			for _, b := range []whence.Bound{p.Low, p.High} {
				if b.Known {
					d.low, d.high = min(d.low, b.Value), max(d.high, b.Value)
				}
			}
			for _, r := range p.Repeats {
				when(d.in[r.Article].Published.Time)
			}
		}
	}
	if d.low > d.high {
		d.low, d.high = 0, 1
	}
	room := (d.high - d.low) * .16
	if room == 0 {
		room = max(1, math.Abs(d.high)*.2)
	}
	d.low, d.high = d.low-room, d.high+room
	if d.until.Sub(d.from) < time.Hour {
		d.from, d.until = d.from.Add(-12*time.Hour), d.until.Add(12*time.Hour)
	}
}

func (d *drawing) x(t time.Time) float64 {
	return d.left + (d.right-d.left)*float64(t.Sub(d.from))/float64(d.until.Sub(d.from))
}

func (d *drawing) y(v float64) float64 {
	return d.bottom - (d.bottom-d.top)*(v-d.low)/(d.high-d.low)
}

// n sets a coordinate.
func n(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }

func line(m *markup, class string, x1, y1, x2, y2 float64) {
	m.open("path", "class", class, "d", "M"+n(x1)+" "+n(y1)+"L"+n(x2)+" "+n(y2)).close("path")
}

// axes: values that occur are the ticks of the one, days those of the other.
func (d *drawing) axes(m *markup, narrow bool) {
	var values []float64
	for _, h := range d.histories {
		for _, p := range h.Points {
			for _, b := range []whence.Bound{p.Low, p.High} {
				if b.Known {
					values = append(values, b.Value)
				}
			}
		}
	}
	slices.Sort(values)
	last := math.Inf(1)
	for _, v := range slices.Compact(values) {
		y := d.y(v)
		if last-y < 13 {
			continue
		}
		last = y
		line(m, "grid", d.left, y, d.right, y)
		m.element("text", compact(v), "class", "tick end", "x", n(d.left-7), "y", n(y+4))
	}
	line(m, "axis", d.left, d.bottom, d.right, d.bottom)
	spanned := int(d.until.Sub(d.from).Hours()/24) + 1
	most := 6
	if narrow {
		most = 3
	}
	step := (spanned + most - 1) / most
	form := "2 Jan"
	if spanned > 500 {
		form = "Jan 2006"
	}
	y := d.height - 8
	lastX := math.Inf(-1)
	t := time.Date(d.from.Year(), d.from.Month(), d.from.Day(), 0, 0, 0, 0, d.from.Location())
	for ; !t.After(d.until); t = t.AddDate(0, 0, max(step, 1)) {
		x := d.x(t)
		if x < d.left-1 {
			if t.AddDate(0, 0, 1).Before(d.from) {
				continue
			}
			x = d.left
		}
		if x-lastX < 48 {
			continue
		}
		lastX = x
		line(m, "axis", x, d.bottom, x, d.bottom+4)
		m.element("text", t.Format(form), "class", "tick", "x", n(x), "y", n(y))
	}
}

// compact is a number where there is little room.
func compact(v float64) string {
	for _, s := range []struct {
		from float64
		unit string
	}{{1e9, " bn"}, {1e6, " m"}} {
		if math.Abs(v) >= s.from {
			return strconv.FormatFloat(math.Round(v/s.from*10)/10, 'f', -1, 64) + s.unit
		}
	}
	return number(whence.At(v))
}

// label is the name of a series at the end of its line.
type label struct {
	series int
	text   string
	x, y   float64
}

// series draws one source's count: a step line, a mark for each value, ticks for
// those who repeat it.
func (d *drawing) series(m *markup, i int, h story.History, narrow bool) label {
	class := " s" + strconv.Itoa(i%patterns+1)
	var path strings.Builder
	var lastX, lastY float64
	for _, p := range h.Points {
		v, ok := middle(p)
		if !ok || p.At.IsZero() {
			continue
		}
		x, y := d.x(p.At.Time), d.y(v)
		if path.Len() == 0 {
			path.WriteString("M" + n(x) + " " + n(y))
		} else {
			path.WriteString("H" + n(x) + "V" + n(y))
		}
		lastX, lastY = x, y
	}
	if path.Len() > 0 {
		m.open("path", "class", "step"+class, "d", path.String()).close("path")
		line(m, "lasts"+class, lastX, lastY, d.right, lastY)
	}
	var before [2]float64
	shown := 0
	for k, p := range h.Points {
		if p.At.IsZero() || shown == mostMarks {
			continue
		}
		shown++
		if p.CorrectedBy != "" {
			d.correction(m, p, h.Points[k+1:])
		}
		d.mark(m, i, p, first(h.By, p.Source), &before)
	}
	row := d.bottom + 7 + 9*float64(i)
	ticks := 0
	for _, p := range h.Points {
		for _, r := range p.Repeats {
			if ticks == mostTicks {
				break
			}
			at := d.in[r.Article].Published
			if at.IsZero() {
				continue
			}
			ticks++
			if narrow { // too small for a finger: the list below the chart counts them
				m.open("path", "class", "tk"+class, "d", "M"+n(d.x(at.Time))+" "+n(row)+"v6").close("path")
				continue
			}
			words := "repeated: " + clip(r.Text, 80) + " — " + who(d.in[r.Article].Outlet, "", r.Path) + ", " + day(at)
			m.open("a", "href", d.to.passage(r), "aria-label", words, "class", "tk"+class)
			x := d.x(at.Time)
			m.open("path", "d", "M"+n(x)+" "+n(row)+"v6").element("title", words).close("path", "a")
		}
	}
	for _, o := range h.Outliers[:min(len(h.Outliers), mostSlips)] {
		at := d.in[o.Article].Published
		if at.IsZero() {
			continue
		}
		words := "a slip in copying: " + clip(o.Text, 60) + " — " + who(d.in[o.Article].Outlet, "", o.Path)
		x := d.x(at.Time)
		m.open("a", "href", d.to.passage(o.Finding), "aria-label", words, "class", "slip").
			open("path", "d", "M"+n(x-4)+" "+n(d.top-14)+"l8 8m0 -8l-8 8").element("title", words).close("path").
			element("text", clip(o.Text, 16)+", a slip", "x", n(x+8), "y", n(d.top-6), "class", "tick start").close("a")
	}
	by := first(h.By, h.Measure)
	most := 25
	if narrow {
		most = 13
	}
	if path.Len() == 0 {
		lastY = d.top + 10
	}
	return label{i, clip(by, most), d.right, lastY}
}

// hatch names the pattern of words without a number: a page may hold several charts,
// each in two widths.
func (d *drawing) hatch() string { return fmt.Sprintf("hatch-%s-%g", d.histories[0].Series, d.width) }

// middle is the value that a mark stands at.
func middle(p story.Point) (float64, bool) {
	switch {
	case p.Low.Known && p.High.Known:
		return (p.Low.Value + p.High.Value) / 2, true
	case p.Low.Known:
		return p.Low.Value, true
	}
	return p.High.Value, p.High.Known
}

// mark draws a value: its shape says by whose count, a bar a range, an open arrow
// that it may be more or less, a hatched band that there is no number.
func (d *drawing) mark(m *markup, series int, p story.Point, by string, before *[2]float64) {
	x := d.x(p.At.Time)
	v, ok := middle(p)
	member := d.in[p.Article]
	title := first(value(p.Low, p.High, p.Qualifier), clip(p.Text, 60)) + " — “" + clip(d.sentence(p.Finding), 120) + "” — " + dotted(clip(by, 80), clip(first(p.Report, member.Outlet), 60), day(p.At))
	m.open("a", "href", d.to.passage(p.Finding), "class", "dot s"+strconv.Itoa(series%patterns+1), "aria-label", title)
	m.element("title", title)
	if !ok {
		m.open("rect", "x", n(x-5), "y", n(d.top), "width", "10", "height", n(d.bottom-d.top), "fill", "url(#"+d.hatch()+")", "class", "vague").close("rect", "a")
		return
	}
	y := d.y(v)
	if p.Low.Known && p.High.Known && p.Low != p.High {
		m.open("rect", "class", "bar", "x", n(x-3), "y", n(d.y(p.High.Value)), "width", "6", "height", n(d.y(p.Low.Value)-d.y(p.High.Value))).close("rect")
	}
	switch p.Qualifier {
	case whence.AtLeast, whence.MoreThan:
		m.open("path", "class", "open", "d", "M"+n(x)+" "+n(y-5)+"v-15m-5 5l5 -6l5 6").close("path")
	case whence.AtMost, whence.LessThan:
		m.open("path", "class", "open", "d", "M"+n(x)+" "+n(y+5)+"v15m-5 -5l5 6l5 -6").close("path")
	}
	shape(m, series, x, y, 5.5, p.CorrectedBy != "")
	text := compact(v)
	switch p.Qualifier {
	case whence.AtLeast:
		text = "≥ " + text
	case whence.MoreThan:
		text = "> " + text
	case whence.AtMost:
		text = "≤ " + text
	case whence.LessThan:
		text = "< " + text
	case whence.About:
		text = "~ " + text
	}
	if math.Abs(before[0]-x) > 26 || math.Abs(before[1]-y) > 13 {
		dx, anchor := 9.0, "start"
		m.element("text", text, "class", "val "+anchor, "x", n(x+dx), "y", n(y-7))
		*before = [2]float64{x, y}
	}
	m.close("a")
}

// sentence is the words around a finding, where they are at hand.
func (d *drawing) sentence(f story.Finding) string {
	return first(d.said[placeOf(f)].Words, f.Text)
}

// shape draws the mark of a series; hollow is corrected.
func shape(m *markup, series int, x, y, r float64, hollow bool) {
	class := "shape"
	if hollow {
		class = "shape hollow"
	}
	switch series % patterns {
	case 1:
		m.open("rect", "class", class, "x", n(x-r*.85), "y", n(y-r*.85), "width", n(r*1.7), "height", n(r*1.7)).close("rect")
	case 2:
		m.open("path", "class", class, "d", "M"+n(x)+" "+n(y-r*1.2)+"l"+n(r*1.2)+" "+n(r*1.2)+"l"+n(-r*1.2)+" "+n(r*1.2)+"l"+n(-r*1.2)+" "+n(-r*1.2)+"z").close("path")
	case 3:
		m.open("path", "class", class, "d", "M"+n(x)+" "+n(y-r*1.1)+"l"+n(r*1.15)+" "+n(r*2)+"h"+n(-r*2.3)+"z").close("path")
	default:
		m.open("circle", "class", class, "cx", n(x), "cy", n(y), "r", n(r)).close("circle")
	}
}

// correction draws an arrow from a value that was corrected to what replaced it.
func (d *drawing) correction(m *markup, p story.Point, later []story.Point) {
	v, ok := middle(p)
	if !ok {
		return
	}
	for _, q := range later {
		w, ok := middle(q)
		if !ok || q.At.IsZero() {
			continue
		}
		x1, y1, x2, y2 := d.x(p.At.Time), d.y(v), d.x(q.At.Time), d.y(w)
		length := math.Hypot(x2-x1, y2-y1)
		if length < 20 {
			return
		}
		ux, uy := (x2-x1)/length, (y2-y1)/length
		x1, y1, x2, y2 = x1+8*ux, y1+8*uy, x2-8*ux, y2-8*uy
		line(m, "corrects", x1, y1, x2, y2)
		m.open("path", "class", "head", "d", "M"+n(x2)+" "+n(y2)+"L"+n(x2-8*ux-4*uy)+" "+n(y2-8*uy+4*ux)+"M"+n(x2)+" "+n(y2)+"L"+n(x2-8*ux+4*uy)+" "+n(y2-8*uy-4*ux)).close("path")
		m.element("text", "corrected", "class", "tick note", "x", n((x1+x2)/2), "y", n((y1+y2)/2+15))
		return
	}
}

// names puts the names of series at the ends of their lines, apart from each other.
func (d *drawing) names(m *markup, labels []label) {
	slices.SortStableFunc(labels, func(a, b label) int { return cmp.Compare(a.y, b.y) })
	last := math.Inf(-1)
	for _, l := range labels {
		y := max(l.y, last+16)
		last = y
		shape1 := markup{}
		shape(&shape1, l.series, d.right+9, y, 3.5, false)
		m.open("g", "class", "dot s"+strconv.Itoa(l.series%patterns+1))
		m.b.WriteString(shape1.b.String())
		m.open("text", "class", "name", "x", n(d.right+18), "y", n(y+4)).text(l.text).close("text", "g")
	}
}

// spark is a figure's history in a list: a step line with its last value.
func spark(l *ledger.Leading) template.HTML {
	if l == nil || len(l.Points) == 0 {
		return ""
	}
	h := story.History{}
	for _, p := range l.Points {
		h.Points = append(h.Points, story.Point{At: p.At, Low: p.Low, High: p.High})
	}
	h.Points = inTime(h.Points, nil)
	d := &drawing{histories: []story.History{h}, left: 4, right: 108, top: 5, bottom: 27}
	d.bounds()
	var path strings.Builder
	var x, y float64
	for _, p := range h.Points {
		v, ok := middle(p)
		if !ok || p.At.IsZero() {
			continue
		}
		x, y = d.x(p.At.Time), d.y(v)
		if path.Len() == 0 {
			path.WriteString("M" + n(x) + " " + n(y))
		} else {
			path.WriteString("H" + n(x) + "V" + n(y))
		}
	}
	var m markup
	m.open("svg", "class", "spark", "viewBox", "0 0 112 32", "width", "112", "height", "32", "aria-hidden", "true")
	if path.Len() > 0 {
		m.open("path", "class", "step s1", "d", path.String()+"H"+n(d.right)).close("path")
		m.open("circle", "class", "dot s1 shape", "cx", n(x), "cy", n(y), "r", "3").close("circle")
	}
	return m.close("svg").html()
}
