package web

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"whence"
	"whence/ledger"
)

// notes are what stands in the margin of a text: one for each finding.
type notes struct {
	list  []note
	names map[string]string
}

// newNotes marks findings within a stretch of a text and makes their notes.
func newNotes(a *ledger.Article, m *marked, shown map[string]bool, within whence.Span) *notes {
	n := &notes{names: map[string]string{}}
	r := a.Reading
	for _, x := range r.Names {
		n.names[x.ID] = x.Name
	}
	if shown[markSays] {
		for i := range r.Attributions {
			n.attribution(m, &r.Attributions[i], within)
		}
	}
	if shown[markFigures] {
		for i := range r.Figures {
			if f := &r.Figures[i]; within.Contains(f.Span) {
				m.add(f.Span, f.ID, "fig", "#n-"+f.ID, "")
				m.footnote("#n-" + f.ID)
				m.anchor(f.Span)
				n.put(f.ID, f.Start, f.Span, figureNote(f))
			}
		}
	}
	if shown[markTimes] {
		for _, t := range r.Times {
			if within.Contains(t.Span) {
				m.add(t.Span, t.ID, "tim", "", first(t.Value, spaced(t.Type)))
				m.anchor(t.Span)
				if t.Value != "" {
					m.footnote("#n-" + t.ID)
					n.put(t.ID, t.Start, t.Span, func(b *markup) {
						b.words(t.Text).element("span", " "+timeValue(t.Value), "class", "soft")
					})
				}
			}
		}
	}
	if shown[markPlaces] {
		for _, p := range r.Places {
			if within.Contains(p.Span) {
				m.add(p.Span, p.ID, "pla", "", dotted(p.Name, string(p.Precision), p.Country))
				m.anchor(p.Span)
			}
		}
	}
	slices.SortStableFunc(n.list, func(a, b note) int { return cmp.Compare(a.at, b.at) })
	numbers := map[string]int{}
	for i := range n.list {
		n.list[i].number = i + 1
		numbers["#n-"+n.list[i].id] = i + 1
	}
	for i := range m.markings {
		if k := &m.markings[i]; k.note != "" {
			k.note = strconv.Itoa(numbers[k.note])
		}
	}
	return n
}

// timeValue sets a TIMEX3 value as people write it where it is a day.
func timeValue(v string) string {
	if d, err := whence.ParseDate(v); err == nil {
		return moment(d)
	}
	return v
}

// put adds the note of a finding. On paper, its number stands behind the words.
func (n *notes) put(id string, at int, words whence.Span, build func(*markup)) {
	var b markup
	b.open("span", "class", "note", "id", "n-"+id)
	b.element("a", id, "class", "ref", "href", "#"+anchor(words), "aria-label", id+", to its words")
	b.text(" ")
	build(&b)
	b.close("span")
	n.list = append(n.list, note{id: id, at: at, html: b.html()})
}

// attribution marks who says what.
func (n *notes) attribution(m *marked, a *whence.Attribution, within whence.Span) {
	all := slices.Concat(a.Cue.Spans, a.Content.Spans)
	if a.Source != nil {
		all = append(all, a.Source.Spans...)
	}
	if len(all) == 0 {
		return
	}
	slices.SortFunc(all, func(x, y whence.Span) int { return x.Start - y.Start })
	if !within.Overlaps(all[0]) {
		return
	}
	to := "#n-" + a.ID
	for _, s := range a.Content.Spans {
		m.add(s, a.ID, "con", "", "")
		m.anchor(s)
	}
	lead := ""
	if a.Cue.Zero() {
		lead = to
	}
	if a.Source != nil {
		for _, s := range a.Source.Spans {
			m.add(s, a.ID, "src", lead, "")
			m.anchor(s)
		}
	}
	for _, s := range a.Cue.Spans {
		m.add(s, a.ID, "cue", to, "")
		m.anchor(s)
	}
	m.footnote(to)
	n.put(a.ID, all[0].Start, all[0], func(b *markup) { n.says(b, a) })
}

// says is the note of an attribution.
func (n *notes) says(b *markup, a *whence.Attribution) {
	if a.Source == nil {
		b.element("span", "source not named", "class", "soft")
	} else {
		name := first(n.names[a.Source.Name], a.Source.Text)
		b.link(sourceAt(name), clip(name, 70), "class", "name")
	}
	var about []string
	if a.Source != nil && a.Source.Anonymous {
		anonymous := "anonymous"
		if a.Source.Count > 0 {
			anonymous += ", " + strconv.Itoa(a.Source.Count)
		}
		about = append(about, anonymous)
	}
	if a.Response != "" {
		about = append(about, spaced(a.Response))
	}
	b.open("br")
	b.open("span", "class", "soft")
	if a.Relay != nil {
		b.text("via ").words(clip(a.Relay.Name, 50)).text(" · ")
	}
	if a.Kind != whence.Statement {
		about = append(about, string(a.Kind))
	}
	about = append(about, string(a.Quotation))
	if a.Parent != "" {
		about = append(about, "within "+a.Parent)
	}
	b.text(dotted(append(about, fmt.Sprintf("%.2f", a.Score))...))
	b.close("span")
	if a.Source != nil && a.Source.Reason != "" {
		b.open("br").open("span", "class", "soft").text("unnamed: ").words(clip(a.Source.Reason, 90)).close("span")
	}
}

// figureNote says what a figure counts.
func figureNote(f *whence.Figure) func(*markup) {
	return func(b *markup) {
		v := value(f.Low, f.High, f.Qualifier)
		if v == "" {
			b.words(f.Text).element("span", " no number", "class", "soft")
		} else {
			b.element("strong", v)
		}
		var about []string
		if f.Unit != "" && f.Unit != "person" {
			about = append(about, f.Unit)
		}
		if f.Counted != nil && f.Counted.Head != "" {
			about = append(about, f.Counted.Head)
		}
		if f.Change == whence.Increase || f.Change == whence.Decrease {
			about = append(about, string(f.Change))
		}
		about = append(about, f.Measure, spaced(f.Status), spaced(f.Hedge))
		b.text(" ").open("span", "class", "soft").words(dotted(about...)).close("span")
	}
}

// beside are the notes of a block, in the order of their words.
func (n *notes) beside(block whence.Span) []template.HTML {
	i, _ := slices.BinarySearchFunc(n.list, block.Start, func(x note, at int) int { return cmp.Compare(x.at, at) })
	var list []template.HTML
	for ; i < len(n.list) && n.list[i].at < block.End; i++ {
		list = append(list, n.list[i].html)
	}
	return list
}

// footnotes are the notes as paper has them, under the text.
func (n *notes) footnotes() []note {
	list := make([]note, len(n.list))
	for i, x := range n.list {
		x.html = template.HTML(strings.ReplaceAll(string(x.html), ` id="n-`, ` data-of="`))
		list[i] = x
	}
	return list
}

// holder is an earlier article that holds words of one.
type holder struct {
	partner *ledger.Partner
	class   string
}

// holders are the earlier articles that hold words of one, each with its pattern.
type holders []holder

// patterns are how bars in the gutter are told apart: by colour and by pattern.
const patterns = 4

// heldBy are the articles that held words of one before: those that it took them
// from first.
func heldBy(a *ledger.Article) holders {
	var list holders
	for i := range a.Shared {
		p := &a.Shared[i]
		if p.Direction == whence.ArticleFromOther || p.Key < a.Key && p.Direction != whence.OtherFromArticle {
			list = append(list, holder{partner: p})
		}
	}
	slices.SortStableFunc(list, func(x, y holder) int {
		return cmp.Or(wayOf(x.partner.Direction)-wayOf(y.partner.Direction), cmp.Compare(y.partner.Confidence, x.partner.Confidence), cmp.Compare(x.partner.Key, y.partner.Key))
	})
	for i := range list {
		list[i].class = "h" + strconv.Itoa(i%patterns+1)
	}
	return list
}

// beside are the bars and notes of the holders of a block's words.
func (h holders) beside(a *ledger.Article, block whence.Span) (bars []bar, list []template.HTML) {
	var b markup
	more := 0
	for _, x := range h {
		passages := x.partner.Passages
		i := slices.IndexFunc(passages, func(p whence.Passage) bool { return p.Overlaps(block) })
		if i < 0 {
			continue
		}
		if len(bars) == mostBars {
			more++
			continue
		}
		outlet := outletOf(x.partner.Head)
		href := besideAt(a.ID, x.partner.ID) + "#p" + strconv.Itoa(i+1)
		bars = append(bars, bar{x.class, href, "These words stand in " + outlet + ": side by side"})
		if len(bars) == 1 {
			b.open("span", "class", "note held").text("stands in ")
		} else {
			b.text(" · ")
		}
		b.open("span", "class", "key "+x.class).close("span").link(href, outlet).element("span", ", "+earlier(a, x.partner.Head), "class", "soft")
	}
	if len(bars) == 0 {
		return nil, nil
	}
	if more > 0 {
		b.element("span", fmt.Sprintf(" and %d more", more), "class", "soft")
	}
	b.close("span")
	return bars, []template.HTML{b.html()}
}
