package desk

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"whence"
	"whence/access"
	"whence/ledger"
	"whence/store"
	"whence/web"
)

// mostQueued is how many findings of the queue are listed.
const mostQueued = 100

// showQueue lists what most wants a person's eye.
func (d *desk) showQueue(w http.ResponseWriter, r *http.Request) error {
	story := r.FormValue("story")
	queue, err := d.ledger.Queue(r.Context(), story, mostQueued)
	if err != nil {
		return err
	}
	rows := make([]row, len(queue))
	for i := range queue {
		rows[i] = row{queue[i], address(&queue[i], story)}
	}
	return d.write(w, r, d.queue, web.Page{
		Title: "Review", Section: "review", Scripts: []string{"review.js"},
		Data: map[string]any{"Rows": rows, "Story": story},
	})
}

// row is a finding of the queue.
type row struct {
	ledger.Finding
	Href string
}

// address is the page of a finding, in the queue of a story or of all.
func address(f *ledger.Finding, story string) string {
	path := "/review/" + url.PathEscape(strings.TrimPrefix(f.Article, "sha256:")) + "/" + url.PathEscape(string(f.Kind)) + "/" + url.PathEscape(f.ID)
	if story != "" {
		path += "?story=" + url.QueryEscape(story)
	}
	return path
}

// part is a part of a finding that a person may move the ends of.
type part struct {
	Name  string // source, cue, content, or span
	Span  whence.Span
	Words string
	Moves []move
}

// move is a link that moves one end of a part by a word.
type move struct{ Label, What, Href string }

// piece is a stretch of the paragraph with one marking.
type piece struct {
	At    int
	Words string
	Class string
}

// shownFinding is a finding as its page shows it.
type shownFinding struct {
	ledger.Finding
	Pieces      []piece
	Parts       []part
	Attribution *whence.Attribution
	Details     [][2]string // what the machine found besides
	Statuses    []whence.Status
	Names       []string // of the article, to choose a source from
	Standing    *store.Review
	Mine        bool // the verdict of whoever looks stands
	Next, Back  string
	Self        string
	Story       string
	Left        int
	Many        bool   // the queue is longer than what is counted
	Link        string // the passage in the article
}

// showFinding shows one finding in its paragraph.
func (d *desk) showFinding(w http.ResponseWriter, r *http.Request) error {
	f, reading, err := d.asked(r)
	if err != nil {
		return err
	}
	story := r.FormValue("story")
	queue, err := d.ledger.Queue(r.Context(), story, mostQueued)
	if err != nil {
		return err
	}
	s := shownFinding{Finding: *f, Self: address(f, story), Story: story, Left: len(queue), Many: len(queue) == mostQueued}
	s.Next, s.Back = around(queue, f, story)
	if i := slices.IndexFunc(queue, func(q ledger.Finding) bool { return same(&q, f) }); i >= 0 {
		s.Why = queue[i].Why
	}
	if v, ok := f.Standing(); ok {
		s.Standing = &v
		s.Mine = v.By == access.From(r.Context()).Name
	}
	text := []rune(reading.Text)
	s.Parts = partsOf(f, reading, text, r.URL.Query(), s.Self)
	s.Details = detailsOf(f, reading)
	for _, n := range reading.Names {
		s.Names = append(s.Names, n.Name)
	}
	s.Pieces = paragraph(text, reading, s.Parts)
	if f.Kind == store.FigureFinding || f.Kind == store.EventFinding {
		s.Statuses = whence.Statuses[:]
	}
	s.Link = fmt.Sprintf("/article/%s#c%d-%d", url.PathEscape(strings.TrimPrefix(f.Article, "sha256:")), f.Spans[0].Start, f.Spans[len(f.Spans)-1].End)
	return d.write(w, r, d.finding, web.Page{Title: "Review", Section: "review", Scripts: []string{"review.js"}, Data: s})
}

// asked is the finding that an address names.
func (d *desk) asked(r *http.Request) (*ledger.Finding, *whence.Reading, error) {
	list, reading, err := d.ledger.Findings(r.Context(), r.PathValue("article"))
	if err != nil {
		return nil, nil, err
	}
	kind, id := store.Reviewable(r.PathValue("kind")), r.PathValue("finding")
	i := slices.IndexFunc(list, func(f ledger.Finding) bool { return f.Kind == kind && f.ID == id })
	if i < 0 {
		return nil, nil, &refusal{http.StatusNotFound, "There is no such finding in this article.", "It may have been read again since; open the article anew."}
	}
	return &list[i], reading, nil
}

func same(a, b *ledger.Finding) bool {
	return a.Article == b.Article && a.Kind == b.Kind && a.ID == b.ID
}

// around are the pages of the findings after and before one in a queue. One that is
// not in it has the first after it.
func around(queue []ledger.Finding, f *ledger.Finding, story string) (next, back string) {
	i := slices.IndexFunc(queue, func(q ledger.Finding) bool { return same(&q, f) })
	if i > 0 {
		back = address(&queue[i-1], story)
	}
	if i+1 < len(queue) {
		next = address(&queue[i+1], story)
	}
	return next, back
}

// partsOf are the parts of a finding, where the query moves their ends, there.
func partsOf(f *ledger.Finding, r *whence.Reading, text []rune, query url.Values, self string) []part {
	var parts []part
	add := func(name string, spans []whence.Span) {
		if len(spans) == 0 {
			return
		}
		span := whence.Span{Start: spans[0].Start, End: spans[len(spans)-1].End}
		if moved, ok := parseSpan(query.Get(name)); ok && moved.Start >= 0 && moved.Start < moved.End && moved.End <= len(text) {
			span = moved
		}
		parts = append(parts, part{Name: name, Span: span, Words: string(text[span.Start:span.End])})
	}
	if f.Kind == store.AttributionFinding {
		i := slices.IndexFunc(r.Attributions, func(a whence.Attribution) bool { return a.ID == f.ID })
		a := &r.Attributions[i]
		if a.Source != nil {
			add("source", a.Source.Spans)
		}
		add("cue", a.Cue.Spans)
		add("content", a.Content.Spans)
	} else {
		add("span", f.Spans)
	}
	for i := range parts {
		parts[i].Moves = movesOf(parts, i, text, self)
	}
	return parts
}

// movesOf are the links that move the ends of one part by a word, the other parts
// staying where they are.
func movesOf(parts []part, i int, text []rune, self string) []move {
	s := parts[i].Span
	var moves []move
	for _, m := range []struct {
		label, what string
		to          whence.Span
	}{
		{"⇤", "begin a word earlier", whence.Span{Start: wordBefore(text, s.Start), End: s.End}},
		{"⇥", "begin a word later", whence.Span{Start: wordAfter(text, s.Start), End: s.End}},
		{"⇤", "end a word earlier", whence.Span{Start: s.Start, End: endBefore(text, s.End)}},
		{"⇥", "end a word later", whence.Span{Start: s.Start, End: endAfter(text, s.End)}},
	} {
		if m.to == s || m.to.Start >= m.to.End {
			continue
		}
		values := url.Values{}
		for j, p := range parts {
			span := p.Span
			if j == i {
				span = m.to
			}
			values.Set(p.Name, formatSpan(span))
		}
		sep := "?"
		if strings.Contains(self, "?") {
			sep = "&"
		}
		moves = append(moves, move{m.label, parts[i].Name + ": " + m.what, self + sep + values.Encode() + "#correct"})
	}
	return moves
}

// The ends of words around a place.

func wordBefore(text []rune, at int) int {
	at--
	for at > 0 && unicode.IsSpace(text[at]) {
		at--
	}
	for at > 0 && !unicode.IsSpace(text[at-1]) {
		at--
	}
	return max(at, 0)
}

func wordAfter(text []rune, at int) int {
	for at < len(text) && !unicode.IsSpace(text[at]) {
		at++
	}
	for at < len(text) && unicode.IsSpace(text[at]) {
		at++
	}
	return at
}

func endBefore(text []rune, at int) int {
	for at > 0 && !unicode.IsSpace(text[at-1]) {
		at--
	}
	for at > 0 && unicode.IsSpace(text[at-1]) {
		at--
	}
	return at
}

func endAfter(text []rune, at int) int {
	from := at
	for at < len(text) && unicode.IsSpace(text[at]) {
		at++
	}
	for at < len(text) && !unicode.IsSpace(text[at]) {
		at++
	}
	if at == len(text) && strings.TrimSpace(string(text[from:at])) == "" {
		return from
	}
	return at
}

func formatSpan(s whence.Span) string { return strconv.Itoa(s.Start) + "-" + strconv.Itoa(s.End) }

func parseSpan(v string) (whence.Span, bool) {
	a, b, ok := strings.Cut(strings.TrimSpace(v), "-")
	start, err1 := strconv.Atoi(strings.TrimSpace(a))
	end, err2 := strconv.Atoi(strings.TrimSpace(b))
	return whence.Span{Start: start, End: end}, ok && err1 == nil && err2 == nil
}

// around a finding at most this many characters are shown.
const mostParagraph = 4000

// paragraph cuts the blocks that hold some parts into pieces, each with the parts
// that hold it.
func paragraph(text []rune, r *whence.Reading, parts []part) []piece {
	from, to := len(text), 0
	for _, p := range parts {
		from, to = min(from, p.Span.Start), max(to, p.Span.End)
	}
	inner := whence.Span{Start: from, End: to}
	for _, b := range r.Blocks {
		if b.Overlaps(inner) {
			from, to = min(from, b.Start), max(to, b.End)
		}
	}
	from, to = max(from, inner.Start-mostParagraph), min(to, inner.End+mostParagraph, inner.Start+2*mostParagraph)
	cuts := []int{from, to}
	for _, p := range parts {
		for _, at := range []int{p.Span.Start, p.Span.End} {
			if at > from && at < to {
				cuts = append(cuts, at)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var pieces []piece
	for i := 1; i < len(cuts); i++ {
		var classes []string
		for _, p := range parts {
			if p.Span.Start <= cuts[i-1] && cuts[i] <= p.Span.End {
				classes = append(classes, "is-"+p.Name)
			}
		}
		pieces = append(pieces, piece{cuts[i-1], string(text[cuts[i-1]:cuts[i]]), strings.Join(classes, " ")})
	}
	return pieces
}

// detailsOf are what the machine found besides the words, as names and values.
func detailsOf(f *ledger.Finding, r *whence.Reading) [][2]string {
	var list [][2]string
	add := func(name, value string) {
		if value != "" {
			list = append(list, [2]string{name, value})
		}
	}
	switch f.Kind {
	case store.AttributionFinding:
		i := slices.IndexFunc(r.Attributions, func(a whence.Attribution) bool { return a.ID == f.ID })
		a := &r.Attributions[i]
		if a.Source != nil {
			for _, n := range r.Names {
				if n.ID == a.Source.Name {
					add("source", n.Name)
				}
			}
			if a.Source.Anonymous {
				add("source", "unnamed")
			}
		}
		if a.Relay != nil {
			add("through", a.Relay.Name)
		}
		add("quotation", string(a.Quotation))
		add("kind", string(a.Kind))
		add("response", strings.ReplaceAll(string(a.Response), "_", " "))
		add("score", strconv.FormatFloat(a.Score, 'f', 2, 64))
	case store.FigureFinding:
		i := slices.IndexFunc(r.Figures, func(x whence.Figure) bool { return x.ID == f.ID })
		x := &r.Figures[i]
		add("qualifier", strings.ReplaceAll(string(x.Qualifier), "_", " "))
		if x.Counted != nil {
			add("counted", x.Counted.Head)
		}
		add("measure", x.Measure)
		add("unit", x.Unit)
		add("status", strings.ReplaceAll(string(x.Status), "_", " "))
		add("hedge", strings.ReplaceAll(string(x.Hedge), "_", " "))
	case store.TimeFinding:
		i := slices.IndexFunc(r.Times, func(x whence.Time) bool { return x.ID == f.ID })
		add("type", string(r.Times[i].Type))
		add("value", r.Times[i].Value)
	case store.PlaceFinding:
		i := slices.IndexFunc(r.Places, func(x whence.Place) bool { return x.ID == f.ID })
		add("name", r.Places[i].Name)
		add("country", r.Places[i].Country)
		add("precision", string(r.Places[i].Precision))
	case store.EventFinding:
		i := slices.IndexFunc(r.Events, func(x whence.Event) bool { return x.ID == f.ID })
		add("status", strings.ReplaceAll(string(r.Events[i].Status), "_", " "))
		add("hedge", strings.ReplaceAll(string(r.Events[i].Hedge), "_", " "))
	}
	return list
}

// takeVerdict keeps a verdict and goes on to the next finding; a withdrawal stays.
func (d *desk) takeVerdict(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil {
		return sent(err)
	}
	f, reading, err := d.asked(r)
	if err != nil {
		return err
	}
	story := r.PostForm.Get("story")
	j := ledger.Judgement{
		Kind: f.Kind, Finding: f.ID, Verdict: store.Verdict(r.PostForm.Get("verdict")), Note: strings.TrimSpace(r.PostForm.Get("note")),
	}
	if j.Verdict == store.Corrected {
		if j.Correct, err = correction(f, reading, r.PostForm); err != nil {
			return err
		}
	}
	queue, err := d.ledger.Queue(r.Context(), story, mostQueued)
	if err != nil {
		return err
	}
	if _, err := d.ledger.Review(r.Context(), f.Article, access.From(r.Context()).Name, d.now(), j); err != nil {
		return err
	}
	to, _ := around(queue, f, story)
	switch {
	case j.Verdict == store.Withdrawn:
		to = address(f, story)
	case to == "":
		to = "/review?story=" + url.QueryEscape(story)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// correction is what a form puts in the place of a finding: only what differs from
// what the machine found.
func correction(f *ledger.Finding, r *whence.Reading, form url.Values) (*store.Correction, error) {
	var c store.Correction
	text := []rune(r.Text)
	for _, p := range partsOf(f, r, text, nil, "") {
		v := form.Get(p.Name)
		if v == "" {
			continue
		}
		s, ok := parseSpan(v)
		if !ok {
			return nil, &ledger.JudgementError{What: fmt.Sprintf("%.40q are no ends of a span", v), Hint: "two numbers of characters with a dash between"}
		}
		if s == p.Span {
			continue
		}
		switch p.Name {
		case "source":
			c.Source = []whence.Span{s}
		case "cue":
			c.Cue = []whence.Span{s}
		case "content":
			c.Content = []whence.Span{s}
		default:
			c.Span = &s
		}
	}
	c.Status = whence.Status(form.Get("status"))
	if f.Kind == store.AttributionFinding {
		c.Name = strings.TrimSpace(form.Get("name"))
	} else {
		c.Value = strings.TrimSpace(form.Get("value"))
	}
	return &c, nil
}
