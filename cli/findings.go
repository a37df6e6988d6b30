package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"

	"whence"
)

// printFindings lays out, under the attributions, what is said exactly: the
// figures, a line each, then acts that are no plain facts by their status,
// then times and places, a paragraph each.
func printFindings(t *terminal, r *whence.Reading) {
	v := &findings{t, r, blockFinder{blocks: r.Blocks}}
	v.figures()
	if v.acts()+v.times()+v.places() > 0 {
		fmt.Fprintln(t)
	}
}

// findings is one reading on its way to a terminal.
type findings struct {
	*terminal
	*whence.Reading
	at blockFinder
}

// Columns of the table of figures, beside the gutter. The words take what is
// left; where that is less than leastWords, what follows them goes to a line of
// its own.
const (
	widestValue   = 16
	widestMeasure = 14
	widestStatus  = 24
	leastWords    = 20
)

// Widths of the words before the paragraphs of acts, times and places, and of
// the status of acts.
const (
	label        = 8
	statusColumn = 14
)

func (v *findings) figures() {
	rows := v.figureRows()
	if len(rows) == 0 {
		return
	}
	var c figureColumns
	for _, r := range rows {
		c.widen(r)
	}
	room := v.width - gutter - c.value - c.measure - c.status - 3*columnGap
	folded := room < min(leastWords, c.words)
	c.words = min(c.words, room)
	v.write("", "", piece{dim, "figures"})
	gap := strings.Repeat(" ", columnGap)
	for _, r := range rows {
		value := cutTo(r.value, c.value)
		head := v.set(dim, fit(r.block, gutter)) + strings.Repeat(" ", c.value-uniseg.StringWidth(value)) + v.set(strong, value) + gap
		tail := v.set(italic, fit(r.measure, c.measure)) + gap + v.set(dim, cutTo(r.status, c.status))
		if !folded {
			fmt.Fprintln(v.terminal, strings.TrimRight(head+fit(r.words, c.words)+gap+tail, " "))
			continue
		}
		indent := gutter + c.value + columnGap
		fmt.Fprintln(v.terminal, head+cutTo(r.words, v.width-indent))
		if r.measure != "" || r.status != "" {
			fmt.Fprintln(v.terminal, strings.TrimRight(strings.Repeat(" ", indent)+tail, " "))
		}
	}
	fmt.Fprintln(v.terminal)
}

// figureRow is one line of the table of figures.
type figureRow struct{ block, value, words, measure, status string }

// figureRows are the rows of the figures that say what they count or measure.
func (v *findings) figureRows() []figureRow {
	text := []rune(v.Text)
	var rows []figureRow
	for _, f := range v.Figures {
		if f.Measure == "" && f.Counted == nil && (f.Unit == "" || f.Unit == "person") {
			continue
		}
		rows = append(rows, figureRow{
			block: v.at.mark(f.Span), value: valueOf(f), words: figureWords(text, f),
			measure: f.Measure, status: statusOf(f.Status, f.Hedge),
		})
	}
	return rows
}

// figureColumns are the widths of the columns.
type figureColumns struct{ value, words, measure, status int }

func (c *figureColumns) widen(r figureRow) {
	c.value = max(c.value, min(uniseg.StringWidth(r.value), widestValue))
	c.words = max(c.words, uniseg.StringWidth(visible(r.words)))
	c.measure = max(c.measure, min(uniseg.StringWidth(r.measure), widestMeasure))
	c.status = max(c.status, min(uniseg.StringWidth(r.status), widestStatus))
}

// figureWords is the figure's words, on to the end of what it counts where that
// follows at once.
func figureWords(text []rune, f whence.Figure) string {
	end := f.End
	if c := f.Counted; c != nil && c.Start >= f.Start && c.Start <= f.End+1 && c.End > end && c.End <= len(text) {
		end = c.End
	}
	return string(text[f.Start:end])
}

// valueOf is the range of a figure's values with its unit; a dash where words
// without a number stand.
func valueOf(f whence.Figure) string {
	low, high := number(f.Low), number(f.High)
	value := low
	switch {
	case f.Low.IsZero() && f.High.IsZero():
		return "–"
	case f.High.IsZero() && f.Qualifier == whence.MoreThan:
		value = "> " + low
	case f.High.IsZero():
		value = "≥ " + low
	case f.Low.IsZero() && f.Qualifier == whence.LessThan:
		value = "< " + high
	case f.Low.IsZero():
		value = "≤ " + high
	case low != high:
		value = low + "–" + high
	}
	if f.Qualifier == whence.About {
		value = "≈ " + value
	}
	if f.Unit == "" || f.Unit == "person" {
		return value
	}
	return value + " " + f.Unit
}

func number(b whence.Bound) string {
	if !b.Known {
		return ""
	}
	s := strconv.FormatFloat(b.Value, 'f', -1, 64)
	whole, fraction, ok := strings.Cut(s, ".")
	if n, err := strconv.Atoi(whole); err == nil && n >= 0 {
		whole = thousands(n)
	}
	if ok {
		return whole + "." + fraction
	}
	return whole
}

// statusOf is a status and hedge in words.
func statusOf(st whence.Status, hedge whence.Hedge) string {
	var words []string
	for _, s := range []string{string(st), string(hedge)} {
		if s != "" {
			words = append(words, strings.ReplaceAll(s, "_", " "))
		}
	}
	return strings.Join(words, ", ")
}

// shownStatuses are the statuses of acts that are shown, in the order of plans
// and acts; what happened is the article itself.
var shownStatuses = []whence.Status{
	whence.Considered, whence.Requested, whence.Required, whence.Planned, whence.Decided, whence.Attempted,
	whence.UnderWay, whence.Possible, whence.StatusDenied, whence.NotHappened,
}

func (v *findings) acts() int {
	lines, heading := 0, "acts"
	for _, st := range shownStatuses {
		items := v.actsOf(st)
		if n := v.paragraph(fit(heading, label)+fit(statusOf(st, ""), statusColumn), items); n > 0 {
			lines, heading = lines+n, ""
		}
	}
	return lines
}

// actsOf lists the acts of a status, each word once, with the blocks it stands
// in.
func (v *findings) actsOf(st whence.Status) []item {
	var items []item
	seen := map[string]int{}
	for _, e := range v.Events {
		if e.Status != st {
			continue
		}
		words := strings.TrimSuffix(e.Text+", "+statusOf("", e.Hedge), ", ")
		block := v.at.mark(e.Span)
		i, ok := seen[words]
		switch {
		case !ok:
			seen[words] = len(items)
			items = append(items, item{words, block})
		case !strings.HasSuffix(items[i].note, block):
			items[i].note += " " + block
		}
	}
	return items
}

// times lists dates and times of day; durations are among the figures.
func (v *findings) times() int {
	var items []item
	for _, t := range v.Times {
		x := item{t.Text, t.Value}
		if t.Type == whence.TimeDuration || strings.HasSuffix(t.Value, anyTime) || slices.Contains(items, x) {
			continue
		}
		items = append(items, x)
	}
	return v.paragraph(fit("times", label), items)
}

// anyTime ends the values of "now", "recently" and the like, which say nothing
// that their words do not.
const anyTime = "_REF"

func (v *findings) places() int {
	var items []item
	seen := map[string]bool{}
	for _, p := range v.Places {
		key := p.Name
		if key == "" {
			key = p.Text
		}
		if p.Government {
			key += "\n"
		}
		if !seen[key] {
			seen[key] = true
			items = append(items, item{p.Text, placeNote(p)})
		}
	}
	return v.paragraph(fit("places", label), items)
}

// placeNote says of a place what its words may not: that a government is
// meant, which country a town is in, that it is water.
func placeNote(p whence.Place) string {
	switch {
	case p.Government:
		return "government"
	case p.Precision == whence.PlaceCountry || p.Precision == "":
		return ""
	case p.Country == "":
		return string(p.Precision)
	}
	return string(p.Precision) + ", " + p.Country
}

// item is words of the article with a note on them.
type item struct{ words, note string }

// paragraph prints the items after their heading, and gives the number of
// paragraphs printed.
func (v *findings) paragraph(heading string, items []item) int {
	if len(items) == 0 {
		return 0
	}
	var pieces []piece
	for i, x := range items {
		if i > 0 {
			pieces = append(pieces, piece{dim, "·"})
		}
		pieces = append(pieces, piece{plain, x.words}, piece{dim, x.note})
	}
	v.write(heading, strings.Repeat(" ", uniseg.StringWidth(heading)), pieces...)
	return 1
}

// blockFinder tells which block spans stand in.
type blockFinder struct {
	blocks []whence.Block
}

// mark is the number of the block that the span stands in, counted from 1.
func (f *blockFinder) mark(span whence.Span) string {
	i, found := slices.BinarySearchFunc(f.blocks, span, func(b whence.Block, s whence.Span) int {
		switch {
		case b.End <= s.Start:
			return -1
		case b.Start >= s.End:
			return 1
		}
		return 0
	})
	if !found {
		return ""
	}
	return fmt.Sprintf("¶%d", i+1)
}
