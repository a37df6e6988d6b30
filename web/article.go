package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"whence"
	"whence/ledger"
	"whence/store"
)

var articleView = view("article.html")

// hexID is the form of an article's id, whole or its beginning.
var hexID = regexp.MustCompile(`^(sha256:)?[0-9a-f]{4,64}$`)

// articleID is the id in an address.
func articleID(q *request, name string) (string, error) {
	id := strings.ToLower(q.PathValue(name))
	if !hexID.MatchString(id) {
		return "", &refusal{http.StatusBadRequest, "This is no id of an article.", "Ids are hexadecimal digits, at least four of them; a search shows them."}
	}
	return id, nil
}

// The bounds of an article's page.
const (
	mostText     = 40_000 // code points of text on one page; what is longer is cut into parts at a block
	mostPartners = 24     // other articles that are listed
	mostBars     = 4      // in the gutter beside a block
)

// articlePage is what the template of an article sees.
type articlePage struct {
	*ledger.Article
	Rows      []row
	Switches  []toggle
	Plain     string // address of the page without marks, or with them again
	IsPlain   bool
	About     []fact
	Partners  []partner
	More      int // partners that are not listed
	Footnotes []note
	Parts     []part
	Story     string
	Versions  int
	Verdicts  []verdict
}

// row is a block of the text with what stands beside it.
type row struct {
	ID    string
	Start int
	Role  string
	Tag   string
	Bars  []bar
	Text  template.HTML
	Notes []template.HTML
}

// bar tells of an earlier holder of words of a block.
type bar struct{ Class, Href, Label string }

// toggle switches a kind of marks.
type toggle struct {
	Name, Href string
	On         bool
}

// fact is something known about an article, with where it is known from.
type fact struct {
	Name  string
	Value template.HTML
}

// partner is another article that shares words with the one of the page.
type partner struct {
	Way, Relation, Outlet, Title, When, Beside, Href string
	Origin, Confidence                               string
	Evidence                                         []string
	Passages                                         int
}

// part is a stretch of a long text.
type part struct {
	Number int
	Href   string
	Here   bool
}

// ways say which way shared words went, as seen from the article; what it rests on
// comes first.
var ways = []struct {
	whence.Direction
	words string
}{
	{whence.ArticleFromOther, "taken from"}, {whence.BothFromOrigin, "both from a third"}, {whence.DirectionUnknown, "shared with"}, {whence.OtherFromArticle, "taken over by"},
}

func wayOf(d whence.Direction) int {
	for i, w := range ways {
		if w.Direction == d {
			return i
		}
	}
	return len(ways) - 1
}

// article shows one article.
func (s *site) article(q *request) error {
	id, err := articleID(q, "id")
	if err != nil {
		return err
	}
	at, err := passages(q.FormValue("at"))
	if err != nil {
		return err
	}
	a, err := s.ledger.Article(q.Context(), id)
	if err != nil {
		return err
	}
	for _, p := range at {
		if p.End > len([]rune(a.Reading.Text)) {
			return &refusal{http.StatusNotFound, "The text ends before this passage.", "The passage may be of another version of the page."}
		}
	}
	shown, err := shownKinds(q.URL.Query())
	if err != nil {
		return err
	}
	p := articlePage{Article: a, Story: "/story/" + short(a.ID), Versions: len(a.Versions)}
	p.Switches, p.Plain, p.IsPlain = switches(a.ID, shown)
	blocks, parts := partOf(a, q.FormValue("part"), at)
	p.Parts = parts
	p.Rows, p.Footnotes = rowsOf(a, blocks, shown, at)
	p.About = factsOf(a)
	p.Verdicts = verdictsOf(a.Reading, a.ID, a.Reviews)
	p.Partners, p.More = partnersOf(a)
	return q.write(articleView(), Page{
		Title: first(a.Title, outletOf(a.Head)), Section: "stories", Take: takes("article", short(a.ID)), Scripts: []string{"passage.js"}, Data: p,
	})
}

// shownKinds are the kinds of marks that an address asks for: all but those of
// hide, or those of show alone; show=plain shows none.
func shownKinds(v url.Values) (map[string]bool, error) {
	shown := map[string]bool{}
	list := func(key string, on bool) error {
		for k := range strings.SplitSeq(v.Get(key), ",") {
			if k == "" || k == "plain" {
				continue
			}
			if !slices.Contains(markKinds, k) {
				return &refusal{http.StatusBadRequest, fmt.Sprintf("%q is nothing that can be shown or hidden.", clip(k, 40)), "One of " + strings.Join(markKinds, ", ") + ", with commas between."}
			}
			shown[k] = on
		}
		return nil
	}
	if v.Get("show") != "" {
		return shown, list("show", true)
	}
	for _, k := range markKinds {
		shown[k] = true
	}
	return shown, list("hide", false)
}

// switches are links that turn each kind of marks on or off.
func switches(id string, shown map[string]bool) (list []toggle, plain string, isPlain bool) {
	address := func(hidden []string) string {
		switch len(hidden) {
		case 0:
			return articleAt(id)
		case len(markKinds):
			return articleAt(id) + "?show=plain"
		}
		return articleAt(id) + "?hide=" + strings.Join(hidden, ",")
	}
	isPlain = true
	for _, k := range markKinds {
		var hidden []string
		for _, other := range markKinds {
			if shown[other] == (other == k) {
				hidden = append(hidden, other)
			}
		}
		list = append(list, toggle{k, address(hidden), shown[k]})
		isPlain = isPlain && !shown[k]
	}
	if isPlain {
		return list, address(nil), true
	}
	return list, address(markKinds), false
}

// blocksOf are the blocks of a text; of one without blocks, its lines.
func blocksOf(r *whence.Reading) []whence.Block {
	if len(r.Blocks) > 0 {
		return r.Blocks
	}
	var list []whence.Block
	start := 0
	for line := range strings.SplitSeq(r.Text, "\n") {
		n := len([]rune(line))
		if strings.TrimSpace(line) != "" {
			list = append(list, whence.Block{Role: whence.RoleParagraph, Span: whence.Span{Start: start, End: start + n}})
		}
		start += n + 1
	}
	return list
}

// partOf are the blocks of the part that an address asks for, or that holds the
// passage it asks for; and the parts, where there is more than one.
func partOf(a *ledger.Article, asked string, at []whence.Span) ([]whence.Block, []part) {
	blocks := blocksOf(a.Reading)
	var starts []int
	size := mostText
	for i, b := range blocks {
		if size += b.Len(); size > mostText {
			starts, size = append(starts, i), b.Len()
		}
	}
	if len(starts) < 2 {
		return blocks, nil
	}
	here, err := strconv.Atoi(asked)
	if err != nil || here < 1 || here > len(starts) {
		here = 1
		for n, i := range starts {
			if len(at) > 0 && blocks[i].Start <= at[0].Start {
				here = n + 1
			}
		}
	}
	var parts []part
	for n := range starts {
		parts = append(parts, part{n + 1, fmt.Sprintf("%s?part=%d", articleAt(a.ID), n+1), n+1 == here})
	}
	end := len(blocks)
	if here < len(starts) {
		end = starts[here]
	}
	return blocks[starts[here-1]:end], parts
}

// tags are the elements of blocks; the others are paragraphs.
var tags = map[whence.Role]string{whence.RoleTitle: "h1", whence.RoleHeading: "h2", whence.RoleQuote: "blockquote"}

// rowsOf sets blocks with what was found in them.
func rowsOf(a *ledger.Article, blocks []whence.Block, shown map[string]bool, at []whence.Span) ([]row, []note) {
	if len(blocks) == 0 {
		return nil, nil
	}
	whole := whence.Span{Start: blocks[0].Start, End: blocks[len(blocks)-1].End}
	m := newMarked(a.Reading.Text)
	n := newNotes(a, m, shown, whole)
	for _, p := range at {
		m.add(p, "", "lit", "", "")
		m.anchor(p)
	}
	for _, b := range blocks {
		for _, l := range b.Links {
			if href := outward(l.Href); href != "" {
				m.markings = append(m.markings, marking{Span: l.Span, class: "out", href: href, out: true})
			}
		}
	}
	m.sort()
	held := heldBy(a)
	var rows []row
	titled := false
	for _, b := range blocks {
		r := row{ID: anchor(b.Span), Start: b.Start, Role: string(b.Role), Tag: tags[b.Role]}
		if r.Tag == "h1" && titled {
			r.Tag = "p"
		}
		titled = titled || r.Tag == "h1"
		m.used[r.ID] = true
		m.anchors[b.Start] = slices.DeleteFunc(m.anchors[b.Start], func(id string) bool { return id == r.ID })
		var out markup
		m.write(&out, b.Span)
		r.Text = out.html()
		r.Notes = n.beside(b.Span)
		if shown[markHeld] {
			bars, notes := held.beside(a, b.Span)
			r.Bars, r.Notes = bars, append(r.Notes, notes...)
		}
		rows = append(rows, r)
	}
	return rows, n.footnotes()
}

// factsOf is what is known about an article, and from where.
func factsOf(a *ledger.Article) []fact {
	r := a.Reading
	var list []fact
	add := func(name string, build func(*markup)) {
		var m markup
		build(&m)
		list = append(list, fact{name, m.html()})
	}
	named := func(m *markup, names []string, link bool) {
		for i, n := range names {
			if i > 0 {
				m.text("; ")
			}
			if link {
				m.link(sourceAt(n), n)
			} else {
				m.words(n)
			}
			if s, role, ok := standsIn(r, n); ok {
				m.text(" ").element("a", "in the "+spaced(role), "href", "#"+anchor(s), "class", "soft")
			} else {
				m.element("span", " from the page’s metadata", "class", "soft")
			}
		}
	}
	if a.Outlet != "" {
		add("Outlet", func(m *markup) { m.link(sourceAt(a.Outlet), a.Outlet) })
	}
	if len(r.Byline) > 0 {
		add("Byline", func(m *markup) { named(m, r.Byline, false) })
	}
	if len(r.Credits) > 0 {
		add("Credits", func(m *markup) { named(m, r.Credits, true) })
	}
	for _, d := range []struct {
		name string
		date whence.Date
	}{{"Published", a.Published}, {"Modified", a.Modified}, {"Captured", a.Captured}} {
		if !d.date.IsZero() {
			add(d.name, func(m *markup) { m.element("time", moment(d.date), "datetime", d.date.String()) })
		}
	}
	for _, u := range []struct{ name, address string }{{"Address", r.URL}, {"Canonical", r.Canonical}} {
		if u.address != "" && (u.name == "Address" || u.address != r.URL) {
			add(u.name, func(m *markup) {
				if href := outward(u.address); href != "" {
					m.link(href, u.address, "rel", "noopener noreferrer nofollow")
				} else {
					m.words(u.address)
				}
			})
		}
	}
	if r.Language != "" {
		add("Language", func(m *markup) { m.words(r.Language) })
	}
	if a.Path != "" {
		add("Came as", func(m *markup) { m.words(fileName(a.Path)) })
	}
	add("Id", func(m *markup) { m.element("code", a.ID) })
	for _, w := range r.Warnings {
		add("Not read", func(m *markup) { m.words(w) })
	}
	return list
}

// standsIn is the block that names somebody outside the running text.
func standsIn(r *whence.Reading, name string) (whence.Span, whence.Role, bool) {
	text := []rune(r.Text)
	for _, b := range r.Blocks {
		switch b.Role {
		case whence.RoleByline, whence.RoleDateline, whence.RoleCredit, whence.RoleCaption, whence.RoleNotice:
			if b.End <= len(text) && strings.Contains(strings.ToLower(string(text[b.Start:b.End])), strings.ToLower(name)) {
				return b.Span, b.Role, true
			}
		}
	}
	return whence.Span{}, "", false
}

// partnersOf are the articles that share words with one, what it rests on first.
func partnersOf(a *ledger.Article) ([]partner, int) {
	shared := slices.Clone(a.Shared)
	slices.SortStableFunc(shared, func(x, y ledger.Partner) int {
		return cmp.Or(wayOf(x.Direction)-wayOf(y.Direction), cmp.Compare(y.Confidence, x.Confidence))
	})
	var list []partner
	for _, p := range shared[:min(len(shared), mostPartners)] {
		list = append(list, partner{
			Way: ways[wayOf(p.Direction)].words, Relation: spaced(p.Relation), Outlet: outletOf(p.Head), Title: p.Title, When: moment(p.Published),
			Beside: besideAt(a.ID, p.ID), Href: articleAt(p.ID), Origin: p.Origin, Confidence: fmt.Sprintf("%.2f", p.Confidence), Evidence: p.Evidence, Passages: len(p.Passages),
		})
	}
	return list, len(shared) - len(list)
}

// earlier tells how long before an article another one was published.
func earlier(a *ledger.Article, other store.Head) string {
	p, o := a.Published, other.Published
	if p.IsZero() || o.IsZero() || !o.Time.Before(p.Time) {
		return "earlier"
	}
	if p.Precision != whence.Second || o.Precision != whence.Second {
		if day(p) == day(o) {
			return "the same day"
		}
		return day(o)
	}
	if d := apart(p.Time.Sub(o.Time)); d != "" {
		return d + " earlier"
	}
	return "earlier"
}
