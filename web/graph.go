package web

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"

	"whence"
	"whence/story"
)

// graph is who took what from whom within a story: every article hangs on the one
// that most of it comes from, or on an origin that is not in the ledger.
type graph struct {
	nodes    []*node
	roots    []*node
	more     int
	speakers []speaker
	to       paths
}

// node is an article, or a report that is not in the ledger.
type node struct {
	name, href, title, when string
	at                      time.Time
	report                  bool // an origin report
	absent                  bool // not in the ledger
	copies                  int
	children                []*node
	parent                  *node
	quotation               bool // only quotations came from the parent
	evidence                string
	row                     int
	x                       float64
}

// speaker is somebody whose words several articles give.
type speaker struct {
	Name, Href string
	In         []linked
	More       int
}

// The bounds of the list of speakers.
const (
	mostSpeakers = 8
	mostHeard    = 8
)

func newGraph(s *story.Story, pairs []whence.Reuse, to paths) *graph {
	g := &graph{to: to}
	nodes := map[string]*node{}
	report := map[string]string{} // name of an origin report: its article
	origin := map[string]bool{}
	for _, r := range s.Reports {
		origin[r.Article] = r.Article != ""
		report[strings.ToLower(r.Name)] = r.Article
	}
	copies := map[string]int{}
	var own []story.Member
	for _, a := range s.Articles {
		if a.Of != "" {
			copies[a.Of]++
		} else {
			own = append(own, a)
		}
	}
	slices.SortStableFunc(own, func(a, b story.Member) int { return a.Published.Time.Compare(b.Published.Time) })
	g.more = max(0, len(own)-mostGraph)
	for _, a := range own[:min(len(own), mostGraph)] {
		n := &node{name: who(a.Outlet, "", a.Path), href: to.article(a.Article), title: clip(a.Title, 160), at: a.Published.Time, when: day(a.Published), report: origin[a.Article], copies: copies[a.Article]}
		nodes[a.Article] = n
		g.nodes = append(g.nodes, n)
	}
	absent := map[string]*node{}
	virtual := func(name string) *node {
		key := strings.ToLower(name)
		if n := absent[key]; n != nil {
			return n
		}
		n := &node{name: name, absent: true, report: true, title: "not in the ledger"}
		absent[key] = n
		return n
	}
	heard := map[string][]string{}
	var names []string
	tree := hanging{best: map[*node]float64{}}
	for _, p := range pairs {
		late, early := nodes[p.Article], nodes[p.Other]
		if late == nil && early == nil {
			continue
		}
		if p.Relation == whence.SharedQuotation && p.Origin != "" {
			for name := range strings.SplitSeq(p.Origin, ", ") {
				key := strings.ToLower(name)
				if heard[key] == nil {
					names = append(names, name)
				}
				for _, id := range []string{p.Other, p.Article} {
					if !slices.Contains(heard[key], id) {
						heard[key] = append(heard[key], id)
					}
				}
			}
			continue
		}
		origin := func() *node {
			if n := nodes[report[strings.ToLower(p.Origin)]]; n != nil || p.Origin == "" {
				return n
			}
			return virtual(p.Origin)
		}
		tree.pair(late, early, p, origin)
	}
	g.arrange(absent)
	g.listen(names, heard, s)
	return g
}

// hanging hangs each node on the one that most of it comes from.
type hanging struct{ best map[*node]float64 }

// pair hangs one of two articles on the other, or both on their origin. Late is nil
// where it is a copy, which stands with what it copies.
func (t hanging) pair(late, early *node, p whence.Reuse, origin func() *node) {
	score := p.Confidence
	if !quotedAlone(p) {
		score += 2
	}
	switch {
	case p.Direction == whence.BothFromOrigin:
		parent := origin()
		t.hang(late, parent, p, score)
		t.hang(early, parent, p, score)
	case late == nil:
	case p.Direction == whence.ArticleFromOther:
		t.hang(late, early, p, score+1)
	case p.Direction == whence.OtherFromArticle:
		t.hang(early, late, p, score+1)
	}
}

// hang hangs a node on another where that is better than what it hung on, and makes
// no circle.
func (t hanging) hang(child, parent *node, p whence.Reuse, score float64) {
	if child == nil || parent == nil || child == parent || child.absent || score <= t.best[child] || !parent.absent && parent.at.After(child.at) {
		return
	}
	for up := parent; up != nil; up = up.parent {
		if up == child {
			return
		}
	}
	t.best[child] = score
	child.parent, child.quotation = parent, quotedAlone(p)
	child.evidence = dotted(spaced(p.Relation), fmt.Sprintf("%.2f", p.Confidence), clip(strings.Join(p.Evidence, ", "), 160))
}

// quotedAlone tells whether nothing but quotations is shared.
func quotedAlone(p whence.Reuse) bool {
	return p.Relation == whence.SharedQuotation || len(p.Passages) > 0 && !slices.ContainsFunc(p.Passages, func(x whence.Passage) bool { return !x.Quotation })
}

// arrange hangs the nodes on each other and gives each a row: what came of a
// report stands under it.
func (g *graph) arrange(absent map[string]*node) {
	for _, n := range g.nodes {
		if n.parent != nil {
			n.parent.children = append(n.parent.children, n)
		}
	}
	for _, n := range absent {
		if len(n.children) > 0 {
			n.at = n.children[0].at
			g.roots = append(g.roots, n)
		}
	}
	for _, n := range g.nodes {
		if n.parent == nil {
			g.roots = append(g.roots, n)
		}
	}
	slices.SortStableFunc(g.roots, func(a, b *node) int {
		return cmp.Or(a.at.Compare(b.at), cmp.Compare(b2i(b.absent), b2i(a.absent)), strings.Compare(a.name, b.name))
	})
	var ordered []*node
	var down func(*node)
	down = func(n *node) {
		n.row = len(ordered)
		ordered = append(ordered, n)
		for _, c := range n.children {
			down(c)
		}
	}
	for _, n := range g.roots {
		down(n)
	}
	g.nodes = ordered
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// listen lists whose words several articles give.
func (g *graph) listen(names []string, heard map[string][]string, s *story.Story) {
	in := members(s)
	slices.SortStableFunc(names, func(a, b string) int { return len(heard[strings.ToLower(b)]) - len(heard[strings.ToLower(a)]) })
	for _, name := range names[:min(len(names), mostSpeakers)] {
		x := speaker{Name: clip(name, 80), Href: g.to.source(name)}
		for i, id := range heard[strings.ToLower(name)] {
			if i == mostHeard {
				x.More = len(heard[strings.ToLower(name)]) - i
				break
			}
			x.In = append(x.In, linked{who(in[id].Outlet, "", in[id].Path), g.to.article(id), day(in[id].Published)})
		}
		g.speakers = append(g.speakers, x)
	}
}

const rowHeight = 27

// draw makes the picture at a width: time runs to the right, what rests on an
// article hangs under it.
func (g *graph) draw(width float64) template.HTML {
	narrow := width < 500
	left, right := 16.0, width*.32
	letters := 46
	if narrow {
		right, letters = width*.34, 24
	}
	var from, until time.Time
	for _, x := range g.nodes {
		if x.at.IsZero() {
			continue
		}
		if from.IsZero() || x.at.Before(from) {
			from = x.at
		}
		if x.at.After(until) {
			until = x.at
		}
	}
	var m markup
	class := "pic wideonly"
	if narrow {
		class = "pic narrowonly"
	}
	top := 30.0
	height := top + rowHeight*float64(len(g.nodes)) + 4
	m.open("svg", "class", class, "viewBox", fmt.Sprintf("0 0 %g %s", width, n(height)), "role", "group", "aria-label", "Who took what from whom: origins left, time runs right")
	spanned := max(until.Sub(from), time.Hour)
	for i, t := range []time.Time{from, until} {
		if !t.IsZero() && (i == 0 || day2(from) != day2(until)) {
			x := left + (right-left)*float64(t.Sub(from))/float64(spanned)
			m.element("text", t.Format("2 Jan"), "class", "tick", "x", n(max(x, 18)), "y", "12")
			line(&m, "grid", x, 18, x, height)
		}
	}
	for _, x := range g.nodes {
		x.x = left
		if !x.at.IsZero() {
			x.x = left + (right-left)*float64(x.at.Sub(from))/float64(spanned)
		}
		if x.absent {
			x.x = max(left, x.x-14)
		}
		if x.parent != nil {
			x.x = max(x.x, x.parent.x+16)
		}
	}
	for _, x := range g.nodes {
		if x.parent != nil {
			y1, y2 := top+rowHeight*float64(x.parent.row), top+rowHeight*float64(x.row)
			kind := "edge"
			if x.quotation {
				kind = "edge quoted"
			}
			m.open("path", "class", kind, "d", "M"+n(x.parent.x)+" "+n(y1+6)+"V"+n(y2)+"H"+n(x.x-9)).element("title", x.evidence).close("path")
			m.open("path", "class", "head", "d", "M"+n(x.x-13)+" "+n(y2-3.5)+"l5 3.5l-5 3.5").close("path")
		}
	}
	for _, x := range g.nodes {
		g.node(&m, x, top+rowHeight*float64(x.row), letters, width)
	}
	return m.close("svg").html()
}

func day2(t time.Time) string { return t.Format(time.DateOnly) }

// node draws an article with its name.
func (g *graph) node(m *markup, x *node, y float64, letters int, width float64) {
	title := dotted(x.name, x.title, x.when, x.evidence)
	m.open("a", "href", x.href, "class", "node", "aria-label", title).element("title", title)
	switch {
	case x.absent:
		m.open("circle", "class", "ring", "cx", n(x.x), "cy", n(y), "r", "6").close("circle").open("circle", "class", "ring", "cx", n(x.x), "cy", n(y), "r", "2.5").close("circle")
	case x.report:
		m.open("circle", "class", "ring", "cx", n(x.x), "cy", n(y), "r", "6").close("circle").open("circle", "class", "core", "cx", n(x.x), "cy", n(y), "r", "3.2").close("circle")
	default:
		m.open("circle", "class", "core", "cx", n(x.x), "cy", n(y), "r", "4").close("circle")
	}
	m.open("text", "x", n(x.x+13), "y", n(y+4)).open("tspan", "class", "name").text(clip(x.name, letters)).close("tspan")
	note := x.when
	if x.absent {
		note = "not in the ledger"
	}
	if i := strings.LastIndexByte(note, ' '); i > 0 && !x.absent {
		note = note[:i] // the year stands above
	}
	if x.copies > 0 {
		note = dotted(note, copies(x.copies))
	}
	m.element("tspan", note, "class", "note", "dx", "6")
	// Room for the title is reckoned: letters have no width until a browser sets them.
	used := 7.6*float64(len([]rune(clip(x.name, letters)))) + 6.4*float64(len([]rune(note))) + 24
	if room := int((width - x.x - 13 - used) / 5.9); room > 18 && !x.absent && x.title != "" {
		m.open("tspan", "class", "title", "dx", "8").text(clip(x.title, room)).close("tspan")
	}
	m.close("text", "a")
}

func copies(n int) string {
	if n == 1 {
		return "1 copy"
	}
	return thousands(n) + " copies"
}
