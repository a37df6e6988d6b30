package web

import (
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"whence"
	"whence/ledger"
	"whence/lineage/edit"
)

var besideView = view("beside.html")

// besidePage is what the template of two articles sees.
type besidePage struct {
	Left, Right heading
	Relation    string
	Way         string
	Evidence    []string
	Confidence  string
	Origin      string
	Rows        []pair
	Passages    int
	More        int // blocks that are not shown
	Turned      string
}

type heading struct{ Outlet, Title, When, Href string }

// pair is a row of two columns: blocks that share words stand side by side.
type pair struct{ Left, Right []column }

type column struct {
	ID, Role string
	Alone    bool // nothing of it stands in the other article
	Text     template.HTML
}

// mostBeside bounds the blocks of each side.
const mostBeside = 400

// beside shows two articles side by side with what they share aligned.
func (s *site) beside(q *request) error {
	id, err := articleID(q, "id")
	if err != nil {
		return err
	}
	other, err := articleID(q, "other")
	if err != nil {
		return err
	}
	a, err := s.ledger.Article(q.Context(), id)
	if err != nil {
		return err
	}
	b, err := s.ledger.Article(q.Context(), other)
	if err != nil {
		return err
	}
	if a.ID == b.ID {
		return &refusal{http.StatusBadRequest, "This is the same article twice.", "The page of an article leads to those that it shares words with."}
	}
	p := besidePage{Left: headingOf(a), Right: headingOf(b), Turned: besideAt(b.ID, a.ID)}
	i := slices.IndexFunc(a.Shared, func(x ledger.Partner) bool { return x.ID == b.ID })
	var shared []whence.Passage
	if i >= 0 {
		x := a.Shared[i]
		shared = x.Passages
		p.Relation, p.Way, p.Evidence, p.Origin = spaced(x.Relation), ways[wayOf(x.Direction)].words, x.Evidence, x.Origin
		p.Confidence = fmt.Sprintf("%.2f", x.Confidence)
	}
	p.Passages = len(shared)
	p.Rows, p.More = aligned(a.Reading, b.Reading, shared)
	return q.write(besideView(), Page{Title: p.Left.Outlet + " and " + p.Right.Outlet, Section: "stories", Take: takes("article", short(a.ID)), Data: p})
}

func headingOf(a *ledger.Article) heading {
	return heading{outletOf(a.Head), first(a.Title, "without a title"), moment(a.Published), articleAt(a.ID)}
}

// aligned puts the blocks of two texts into rows. A block of the right stands
// beside the block of the left that it shares most words with, as far as the order
// of both allows.
func aligned(a, b *whence.Reading, shared []whence.Passage) (rows []pair, more int) {
	left, right := blocksOf(a), blocksOf(b)
	more = max(0, len(left)-mostBeside) + max(0, len(right)-mostBeside)
	left, right = left[:min(len(left), mostBeside)], right[:min(len(right), mostBeside)]
	best := make([]int, len(right)) // the left block of each right one, or -1
	for j, r := range right {
		best[j] = -1
		most := 0
		for i, l := range left {
			n := 0
			for _, p := range shared {
				if p.Overlaps(l.Span) && p.Other().Overlaps(r.Span) {
					n += min(p.End, l.End) - max(p.Start, l.Start)
				}
			}
			if n > most {
				most, best[j] = n, i
			}
		}
	}
	keep := increasing(best)
	set := newPair(a, b, shared)
	put := func(row pair) {
		if len(row.Left)+len(row.Right) > 0 {
			rows = append(rows, row)
		}
	}
	var row pair       // of a block of the left with its counterparts
	var alone []column // of the right, since then
	next, here := 0, -1
	for j, r := range right {
		switch {
		case !keep[j]:
			alone = append(alone, set.right(r))
		case best[j] == here:
			row.Right = append(append(row.Right, alone...), set.right(r))
			alone = nil
		default:
			put(row)
			put(pair{set.lefts(left[next:best[j]]), alone})
			here, next, alone = best[j], best[j]+1, nil
			row = pair{set.lefts(left[here:next]), []column{set.right(r)}}
		}
	}
	put(row)
	put(pair{set.lefts(left[next:]), alone})
	return rows, more
}

// increasing marks the longest run of numbers, not all next to each other, that
// never fall; -1 is no number.
func increasing(list []int) []bool {
	length := make([]int, len(list))
	from := make([]int, len(list))
	end := -1
	for j, v := range list {
		from[j] = -1
		if v < 0 {
			continue
		}
		length[j] = 1
		for k := range j {
			if list[k] >= 0 && list[k] <= v && length[k]+1 > length[j] {
				length[j], from[j] = length[k]+1, k
			}
		}
		if end < 0 || length[j] > length[end] {
			end = j
		}
	}
	keep := make([]bool, len(list))
	for ; end >= 0; end = from[end] {
		keep[end] = true
	}
	return keep
}

// texts are two texts with what they share marked and numbered.
type texts struct{ a, b *marked }

func newPair(a, b *whence.Reading, shared []whence.Passage) *texts {
	t := &texts{newMarked(a.Text), newMarked(b.Text)}
	for i, p := range shared {
		number := strconv.Itoa(i + 1)
		class := "same"
		if p.Quotation {
			class = "same quoted"
		}
		for _, side := range []struct {
			m            *marked
			s            whence.Span
			id, to, what string
		}{{t.a, p.Span, "p" + number, "#q" + number, "right"}, {t.b, p.Other(), "q" + number, "#p" + number, "left"}} {
			side.m.markings = append(side.m.markings, marking{Span: side.s, class: class})
			side.m.anchors[side.s.Start] = append(side.m.anchors[side.s.Start], side.id)
		}
	}
	t.a.sort()
	t.b.sort()
	return t
}

func (t *texts) lefts(blocks []whence.Block) []column {
	var list []column
	for _, b := range blocks {
		list = append(list, t.column(t.a, b, "l"))
	}
	return list
}

func (t *texts) right(b whence.Block) column { return t.column(t.b, b, "r") }

func (t *texts) column(m *marked, b whence.Block, side string) column {
	var out markup
	shared := m.within(b.Span)
	alone := len(shared) == 0
	if !alone {
		m.differences(b.Span, shared)
	}
	m.write(&out, b.Span)
	return column{ID: side + anchor(b.Span), Role: string(b.Role), Alone: alone, Text: out.html()}
}

// differences marks the words of a block that no marking holds.
func (m *marked) differences(block whence.Span, shared []marking) {
	at := block.Start
	mark := func(s whence.Span) {
		for s.Start < s.End && unicode.IsSpace(m.text[s.Start]) {
			s.Start++
		}
		for s.End > s.Start && unicode.IsSpace(m.text[s.End-1]) {
			s.End--
		}
		if s.Start < s.End && slices.ContainsFunc(m.text[s.Start:s.End], func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
			m.markings = append(m.markings, marking{Span: s, class: "own"})
		}
	}
	for _, k := range shared {
		mark(whence.Span{Start: at, End: min(k.Start, block.End)})
		at = max(at, k.End)
	}
	mark(whence.Span{Start: at, End: block.End})
	m.sort()
}

var versionsView = view("versions.html")

// versionsPage is what the template of versions sees.
type versionsPage struct {
	Title, Href, Page string
	Versions          []versionLine
}

type versionLine struct {
	Href, Title, Note string
	Here              bool
	Dates             []string
	Extent            string
	Unordered         bool
	Says              []string // notices
	Signed, Credited  string
	Changes           []changeLine
	More              int
}

type changeLine struct {
	Kind, Noted   string
	Findings      string
	Before, After template.HTML
	BeforeHref    string
	AfterHref     string
}

// mostChanges bounds the changes shown of a version.
const mostChanges = 60

// versions shows how a page changed.
func (s *site) versions(q *request) error {
	id, err := articleID(q, "id")
	if err != nil {
		return err
	}
	a, err := s.ledger.Article(q.Context(), id)
	if err != nil {
		return err
	}
	p := versionsPage{Title: first(a.Title, "without a title"), Href: articleAt(a.ID), Page: a.Page}
	list := a.Versions
	if len(list) == 0 {
		list = append(list, a.Head)
	}
	for _, v := range list {
		line := versionLine{Href: articleAt(v.ID), Title: first(v.Title, "without a title"), Here: v.Key == a.Key}
		for _, d := range []struct {
			what string
			date whence.Date
		}{{"published", v.Published}, {"modified", v.Modified}, {"captured", v.Captured}} {
			if !d.date.IsZero() {
				line.Dates = append(line.Dates, d.what+" "+moment(d.date))
			}
		}
		for i := range a.Edits {
			if a.Edits[i].After == v.ID {
				line.edit(&a.Edits[i])
			}
		}
		p.Versions = append(p.Versions, line)
	}
	return q.write(versionsView(), Page{Title: "Versions: " + p.Title, Section: "stories", Take: takes("article", short(a.ID)), Data: p})
}

// edit says what a version changes of the one before.
func (v *versionLine) edit(e *ledger.Edit) {
	v.Unordered = e.Unordered
	silent, changes := 0, 0
	for i := range e.Changes {
		c := &e.Changes[i]
		notice := false
		for _, n := range e.Notices {
			notice = notice || c.After != nil && n.Overlaps(c.After.Span)
		}
		if notice {
			continue
		}
		changes++
		if !c.Noted {
			silent++
		}
		if len(v.Changes) == mostChanges {
			v.More++
			continue
		}
		v.Changes = append(v.Changes, newChangeLine(e, c))
	}
	switch {
	case e.Replaced:
		v.Extent = "another text at the same address"
	case changes == 0:
		v.Extent = "no change of the text"
	case silent == 0:
		v.Extent = count(changes, "change") + ", noted by the page"
	case silent == changes:
		v.Extent = count(changes, "change") + ", silent: the page does not say so"
	default:
		v.Extent = count(changes, "change") + fmt.Sprintf(", %d of them silent", silent)
	}
	for _, n := range e.Notices {
		v.Says = append(v.Says, n.Text)
	}
	names := func(list []string) string { return first(strings.Join(list, "; "), "nobody") }
	if e.Byline != nil {
		v.Signed = names(e.Byline.Before) + " → " + names(e.Byline.After)
	}
	if e.Credits != nil {
		v.Credited = names(e.Credits.Before) + " → " + names(e.Credits.After)
	}
}

func newChangeLine(e *ledger.Edit, c *edit.Change) changeLine {
	line := changeLine{Kind: string(c.Kind), Noted: "silent"}
	if c.Noted {
		line.Noted = "noted by the page"
	}
	var what []string
	if len(c.Figures) > 0 {
		what = append(what, count(len(c.Figures), "figure"))
	}
	if len(c.Attributions) > 0 {
		what = append(what, count(len(c.Attributions), "attribution"))
	}
	if len(c.Events) > 0 {
		what = append(what, count(len(c.Events), "act"))
	}
	if len(what) > 0 {
		line.Findings = "changes " + strings.Join(what, ", ")
	}
	var words [2][]whence.Span
	for _, w := range c.Words {
		if w.Before != nil {
			words[0] = append(words[0], *w.Before)
		}
		if w.After != nil {
			words[1] = append(words[1], *w.After)
		}
	}
	if c.Before != nil {
		whole := c.Before.Span
		if c.Sentence != nil && c.Sentence.Before != nil {
			whole = *c.Sentence.Before
		}
		line.Before, line.BeforeHref = changed(e.Old, whole, words[0], "del"), passageAt(e.Before, c.Before.Span)
	}
	if c.After != nil {
		whole := c.After.Span
		if c.Sentence != nil && c.Sentence.After != nil {
			whole = *c.Sentence.After
		}
		line.After, line.AfterHref = changed(e.New, whole, words[1], "ins"), passageAt(e.After, c.After.Span)
	}
	return line
}

// changed sets a passage of a version with the words that differ.
func changed(r *whence.Reading, whole whence.Span, words []whence.Span, element string) template.HTML {
	text := []rune(r.Text)
	var m markup
	at := whole.Start
	m.open("bdi")
	for _, w := range words {
		if w.Start < at || w.End > whole.End {
			continue
		}
		m.text(string(text[at:w.Start])).element(element, string(text[w.Start:w.End]))
		at = w.End
	}
	if at == whole.Start && len(words) == 0 {
		m.element(element, string(text[whole.Start:whole.End]))
		at = whole.End
	}
	return m.text(string(text[at:whole.End])).close("bdi").html()
}
