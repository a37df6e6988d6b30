package page

import (
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"whence"
)

// rank orders the evidence for a date, best first.
//
//	rank           published                                  modified
//	fromArticle    JSON-LD datePublished of an article        dateModified
//	fromMeta       <meta> named as publication                named as change
//	fromMicrodata  itemprop=datePublished in the article      dateModified
//	fromPubdate    <time pubdate>, hAtom's class "published"
//	fromLabel      "Published …" shown with the article       "Updated …"
//	fromPage       JSON-LD datePublished of a page            dateModified
//	fromTime       <time> beside the heading                  with class or label
//	fromLine       a date alone, or with the author's name,
//	               on a line beside the heading
//	fromDated      <meta> named date or created               lastmod, og:updated_time
//	fromURL        the date in the address
//
// What lies inside a comment, a menu, a list of other stories, a caption or a
// quotation is no evidence. Nor are HTTP headers, the date in the page's head
// band, copyright years and file names.
type rank int

const (
	fromArticle rank = iota
	fromMeta
	fromMicrodata
	fromPubdate
	fromLabel
	fromPage
	fromTime
	fromLine
	fromDated
	fromURL
)

// evidence is the dates that a page gives for one event, by rank and in the
// order of the page.
type evidence []ranked

type ranked struct {
	rank rank
	whence.Date
}

func (e *evidence) add(r rank, d whence.Date) {
	if !d.IsZero() {
		*e = append(*e, ranked{r, d})
	}
}

// best is the date of the highest rank, sharpened by what agrees with it:
//
//   - of lower evidence that falls on the same day (month, year), the sharpest
//     gives the time of day, or the day;
//   - two times that say the same minutes and differ by whole quarters of an
//     hour show that one of the page's programs has its offset wrong: the one
//     that the page shows to its readers, with its offset, is believed, and
//     where it shows none the date is kept to the day;
//   - what is shown beside the heading but lies later than the address says was
//     changed since: the address is believed.
func (e evidence) best() whence.Date {
	var d ranked
	for _, c := range e {
		if d.IsZero() || c.rank < d.rank {
			d = c
		}
	}
	if d.IsZero() {
		return whence.Date{}
	}
	for _, c := range e {
		if c.rank == fromURL && d.rank >= fromTime && d.rank <= fromDated && isLater(d.Date, c.Date) {
			return c.Date
		}
	}
	for _, c := range e {
		if c.rank != fromDated && isSharper(c.Precision, d.Precision) && (within(c.Date, d.Date) || within(inUTC(c.Date), d.Date)) {
			d.Date = c.Date
		}
	}
	for _, c := range e {
		if c.rank <= fromTime && offsetsDisagree(c.Date, d.Date) {
			return e.asShown(d.Date, c.Date)
		}
	}
	return d.Date
}

// asShown decides between two times that disagree on the offset.
func (e evidence) asShown(a, b whence.Date) whence.Date {
	for _, c := range e {
		if (c.rank == fromLabel || c.rank == fromLine) && (sameMinute(c.Date, a) || sameMinute(c.Date, b)) {
			return c.Date
		}
	}
	return whence.NewDate(a.Time, whence.Day)
}

func sameMinute(a, b whence.Date) bool {
	return a.Precision == whence.Second && b.Precision == whence.Second && a.Time.Sub(b.Time).Abs() < time.Minute
}

// inUTC is the date as it is printed in UTC.
func inUTC(d whence.Date) whence.Date {
	return whence.Date{Time: d.Time.UTC(), Precision: d.Precision}
}

// isLater tells whether a lies more than two days after b's end.
func isLater(a, b whence.Date) bool {
	const slack = 48 * time.Hour
	_, end := period(b)
	start, _ := period(a)
	return start.After(end.Add(slack))
}

// isSharper tells whether p is a finer precision than q.
func isSharper(p, q whence.Precision) bool {
	const order = "year month day second"
	return strings.Index(order, string(p)) > strings.Index(order, string(q))
}

// offsetsDisagree tells whether two times of day differ by whole quarters of an
// hour, more than none and at most 14 hours.
func offsetsDisagree(a, b whence.Date) bool {
	if a.Precision != whence.Second || b.Precision != whence.Second {
		return false
	}
	apart := a.Time.Sub(b.Time).Abs()
	return apart > 0 && apart <= 14*time.Hour && apart%(15*time.Minute) == 0
}

// pageDates is the evidence for both dates of a page.
type pageDates struct {
	published, modified evidence
}

// settle gives both dates. A change that lies before the publication is none.
func (p *pageDates) settle() (published, modified whence.Date) {
	published, modified = p.published.best(), p.modified.best()
	if !published.IsZero() && (before(modified, published) || modified.Precision == whence.Second && published.Precision == whence.Second && modified.Time.Before(published.Time)) {
		modified = whence.Date{}
	}
	return published, modified
}

// dates collects the evidence on the page; people are the authors' names.
func (f *facts) dates(ld linked, heading *html.Node, order dateOrder, people []string) *pageDates {
	p := &pageDates{}
	r := fromPage
	if ld.strong {
		r = fromArticle
	}
	p.published.add(r, ld.published)
	p.modified.add(r, ld.modified)
	for _, of := range []struct {
		e     *evidence
		rank  rank
		names []string
	}{
		{&p.published, fromMeta, metaNames.published},
		{&p.published, fromDated, metaNames.dated},
		{&p.modified, fromMeta, metaNames.modified},
		{&p.modified, fromDated, metaNames.touched},
	} {
		for _, name := range of.names {
			for _, content := range f.metas[name] {
				if d, ok := parseDate(content, order); ok {
					of.e.add(of.rank, d)
					break
				}
			}
		}
	}
	f.markedDates(p, heading, order)
	f.shownDates(p, heading, order, people)
	return p
}

// markedDates reads <time> and itemprops.
func (f *facts) markedDates(p *pageDates, heading *html.Node, order dateOrder) {
	at := -1
	if heading != nil {
		at = f.starts[heading]
	}
	for _, k := range f.marks {
		if k.kind != markTime || f.isApart(k.node, heading) {
			continue
		}
		d, ok := markedDate(k.node, order)
		if !ok {
			continue
		}
		r, modified, ok := k.meaning(f.isBeside(k.node, k.line, at, heading))
		switch {
		case !ok:
		case modified:
			p.modified.add(r, d)
		default:
			p.published.add(r, d)
		}
	}
}

// markedDate is the date that an element gives: in its datetime or content, or
// in its words.
func markedDate(n *html.Node, order dateOrder) (whence.Date, bool) {
	for _, key := range [...]string{"datetime", "content", "data-datetime"} {
		if d, ok := parseDate(attribute(n, key), order); ok {
			return d, true
		}
	}
	if dates := datesIn(wordsIn(n), order); len(dates) > 0 {
		return dates[0].Date, true
	}
	return whence.Date{}, false
}

// meaning tells what the date of a marked element is the date of; ok is false
// where neither the element nor its place says.
func (k mark) meaning(beside bool) (r rank, modified, ok bool) {
	prop := " " + strings.ToLower(attribute(k.node, "itemprop")) + " "
	class := " " + strings.ToLower(attribute(k.node, "class")) + " "
	pubdate := false
	for _, a := range k.node.Attr {
		pubdate = pubdate || a.Key == "pubdate"
	}
	label := lastLabel(k.label)
	if label == "" {
		label = lastLabel(beforeDigits(wordsIn(k.node)))
	}
	switch {
	case strings.Contains(prop, " datemodified ") || strings.Contains(prop, " dateupdated "):
		return fromMicrodata, true, ofArticle(k.node)
	case strings.Contains(modifiedLabels, " "+label+" ") && label != "":
		return fromLabel, true, true
	case strings.Contains(prop, " datepublished "):
		return fromMicrodata, false, ofArticle(k.node)
	case pubdate || strings.Contains(class, " published ") || strings.Contains(class, " dt-published "):
		return fromPubdate, false, true
	case label != "":
		return fromLabel, false, true
	case strings.Contains(class, "updated") || strings.Contains(class, "modified"):
		return fromTime, true, beside
	}
	return fromTime, false, beside
}

// lastLabel is the last word of s that says what a date is, if no sentence or
// other date stands between.
func lastLabel(s string) string {
	t := dateTokens(s)
	for i := len(t) - 1; i >= 0 && i >= len(t)-4; i-- {
		if t[i].digits > 0 {
			return ""
		}
		if strings.Contains(publishedLabels+modifiedLabels, " "+t[i].lower+" ") {
			return t[i].lower
		}
	}
	return ""
}

// beforeDigits is what stands before the first digit.
func beforeDigits(s string) string {
	if i := strings.IndexAny(s, "0123456789"); i >= 0 {
		return s[:i]
	}
	return s
}

// The most lines above and below the heading at which a date belongs to it.
const linesAbove, linesBelow = 6, 14

// isBeside tells whether an element stands beside the heading: a few lines
// below it with no running text between, or above it within the same article
// or header.
func (f *facts) isBeside(n *html.Node, line, at int, heading *html.Node) bool {
	switch {
	case heading == nil || line < at-linesAbove || line > at+linesBelow:
		return false
	case line < at:
		return sharesArticle(n, heading)
	}
	const shortestText, longestStandfirst, linesOfHead = 200, 390, 2
	for i := at + 1; i < line && i < len(f.lines); i++ {
		if n := len(f.lines[i].text); n > longestStandfirst || n >= shortestText && i > at+linesOfHead {
			return false
		}
	}
	return true
}

// sharesArticle tells whether an element above the heading stands in the same
// <article>, <header> or <main>. The page's own head band holds a date too:
// today's.
func sharesArticle(n, heading *html.Node) bool {
	for ; n != nil && n.DataAtom != atom.Body; n = n.Parent {
		if holds(n, heading) {
			return n.DataAtom == atom.Article || n.DataAtom == atom.Header || n.DataAtom == atom.Main
		}
	}
	return false
}

// shownDates reads the lines of the page: those with a label wherever they
// stand with the article, those without beside the heading, where they hold a
// date alone or beside an author's name.
func (f *facts) shownDates(p *pageDates, heading *html.Node, order dateOrder, people []string) {
	if heading == nil {
		return
	}
	at := f.starts[heading]
	const longest, mostDated = 200, 500
	dated := 0
	for i := max(0, at-linesAbove); i < len(f.lines) && dated < mostDated; i++ {
		l := f.lines[i]
		if len(l.text) > longest {
			continue
		}
		dates := labelledDates(l.text, order)
		if len(dates) == 0 {
			continue
		}
		dated++
		if holds(heading, l.node) || f.isApart(l.node, heading) {
			continue
		}
		place := linePlace{
			beside:   f.isBeside(l.node, i, at, heading),
			alone:    isDateFurniture(withoutNames(withoutDates(l.text, found(dates)), people)),
			labelled: startsWithLabel(l.text),
			several:  len(dates) > 1 && !dates[1].labelled,
		}
		for j, d := range dates {
			switch {
			case !place.tells(d, j):
			case d.modified:
				p.modified.add(fromLabel, d.Date)
			case d.labelled:
				p.published.add(fromLabel, d.Date)
			default:
				p.published.add(fromLine, d.Date)
			}
		}
	}
}

// linePlace is what is known of a line that holds dates.
type linePlace struct {
	beside   bool // it stands beside the heading
	alone    bool // it holds nothing but dates, labels and authors' names
	labelled bool // its first words are a label
	several  bool // it holds two dates without a label, as events do
}

// tells whether the line's date d, the jth, is one of the article's.
func (p linePlace) tells(d labelledDate, j int) bool {
	if d.labelled {
		return p.alone || p.beside || p.labelled
	}
	return p.beside && p.alone && j == 0 && !p.several
}

func found(dates []labelledDate) []foundDate {
	list := make([]foundDate, len(dates))
	for i, d := range dates {
		list[i] = d.foundDate
	}
	return list
}

// startsWithLabel tells a line whose first words say what its date is:
// "Published", "First published on".
func startsWithLabel(s string) bool {
	t := dateTokens(s)
	for i := 0; i < len(t) && i < 3; i++ {
		if t[i].digits == 0 && strings.Contains(publishedLabels+modifiedLabels, " "+t[i].lower+" ") {
			return true
		}
	}
	return false
}

// withoutNames drops the authors' names and what a byline is made of.
func withoutNames(s string, people []string) string {
	for _, name := range people {
		if i := strings.Index(strings.ToLower(s), strings.ToLower(name)); i >= 0 && i+len(name) <= len(s) {
			s = s[:i] + " " + s[i+len(name):]
		}
	}
	return s
}
