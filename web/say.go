package web

import (
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"whence"
	"whence/store"
)

// What pages say in their own words: counts, dates and names of things.

// count gives "1 article", "1,200 articles".
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return thousands(n) + " " + noun
}

func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// dotted joins what there is of some parts.
func dotted(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

// legs is the line that says on what something stands, always in this order and
// these words.
func legs(articles, reports, sources int) string {
	return dotted(count(articles, "article"), count(reports, "report"), count(sources, "source"))
}

// mostPips is how many legs are drawn one by one.
const mostPips = 6

// pips are legs where there is little room: a filled one for each report, a hollow
// one for each that is undecided.
func pips(reports, undecided int) string {
	known := min(reports, mostPips)
	open := min(undecided, mostPips-known)
	s := strings.Repeat("●", known) + strings.Repeat("○", open)
	if known < reports || open < undecided {
		s += "…"
	}
	return s
}

// forms are how dates are set, to their precision.
var forms = map[whence.Precision]string{whence.Second: "2 Jan 2006, 15:04", whence.Day: "2 Jan 2006", whence.Month: "Jan 2006", whence.Year: "2006"}

// moment is a date to its precision; empty if absent.
func moment(d whence.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time.Format(forms[d.Precision])
}

// day is a date to the day.
func day(d whence.Date) string {
	if d.Precision == whence.Second {
		d = whence.NewDate(d.Time, whence.Day)
	}
	return moment(d)
}

// days is the stretch of time between two dates, as a newspaper sets it.
func days(first, last whence.Date) string {
	from, to := day(first), day(last)
	same := !first.IsZero() && !last.IsZero() && first.Time.Year() == last.Time.Year()
	switch {
	case from == to || to == "":
		return from
	case from == "":
		return to
	case same && first.Time.Month() == last.Time.Month() && first.Precision != whence.Month && first.Precision != whence.Year:
		return fmt.Sprintf("%d–%s", first.Time.Day(), to)
	case same:
		return strings.TrimSuffix(from, " "+strconv.Itoa(first.Time.Year())) + "–" + to
	}
	return from + "–" + to
}

// span of two times in words, the larger unit alone: "2 hours".
func apart(d time.Duration) string {
	d = d.Abs()
	switch {
	case d < time.Minute:
		return ""
	case d < time.Hour:
		return count(int(d.Minutes()), "minute")
	case d < 48*time.Hour:
		return count(int(d.Hours()), "hour")
	}
	return count(int(d.Hours()/24), "day")
}

// number is a bound as people write it.
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

// signs say how a figure stands to its number.
var signs = map[whence.Qualifier]string{
	whence.AtLeast: "at least ", whence.MoreThan: "more than ", whence.AtMost: "at most ", whence.LessThan: "less than ", whence.About: "about ",
}

// value is what bounds and qualifier come to; empty for words without a number.
func value(low, high whence.Bound, q whence.Qualifier) string {
	switch {
	case low.Known && high.Known && low != high:
		return number(low) + "–" + number(high)
	case low.Known:
		return signs[q] + number(low)
	}
	return signs[q] + number(high)
}

// spaced sets a term of the formats as words: "under_way" is "under way".
func spaced[T ~string](term T) string { return strings.ReplaceAll(string(term), "_", " ") }

// clip is the beginning of words, at a word's end.
func clip(s string, most int) string {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	short := string([]rune(s)[:most])
	if i := strings.LastIndexByte(short, ' '); i > most/2 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,;:–—") + "…"
}

// first is the first of some words that there are.
func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// outletOf is who published an article, as well as is known: of an address or a
// path, the end that tells most.
func outletOf(h store.Head) string { return who(h.Outlet, h.Page, h.Path) }

func who(outlet, page, path string) string {
	if outlet != "" {
		return outlet
	}
	if u, err := url.Parse(page); err == nil && u.Host != "" {
		return u.Host
	}
	return first(fileName(path), "(unknown)")
}

// fileName is a path without its folders: where a file lies on this machine is
// nobody's business.
func fileName(path string) string {
	if strings.Contains(path, "://") {
		return path
	}
	return path[strings.LastIndexAny(path, `/\`)+1:]
}

// Addresses of pages.

const digits = 16 // of an article's id, in addresses

func short(id string) string {
	id = strings.TrimPrefix(id, "sha256:")
	return id[:min(digits, len(id))]
}

func articleAt(id string) string { return "/article/" + short(id) }

// passageAt is the address of a passage: the page marks exactly these words, and
// the browser goes to them.
func passageAt(id string, spans ...whence.Span) string {
	if len(spans) == 0 {
		return articleAt(id)
	}
	at := make([]string, len(spans))
	for i, s := range spans {
		at[i] = fmt.Sprintf("%d-%d", s.Start, s.End)
	}
	return articleAt(id) + "?at=" + strings.Join(at, ",") + "#" + anchor(spans[0])
}

func anchor(s whence.Span) string { return fmt.Sprintf("c%d-%d", s.Start, s.End) }

func besideAt(id, other string) string { return articleAt(id) + "/with/" + short(other) }
func storyAt(id string) string         { return "/story/" + url.PathEscape(id) }
func claimAt(id string) string         { return "/claim/" + url.PathEscape(id) }
func searchAt(q string) string         { return "/search?q=" + url.QueryEscape(q) }

// sourceAt is the page of a source. A name longer than that takes is cut where a word
// ends: its words find the same source.
func sourceAt(name string) string {
	return "/source?name=" + url.QueryEscape(strings.TrimSuffix(clip(name, mostName-1), "…"))
}

// takes are the forms in which what a page shows can be taken along; of is the
// parameter that says what.
func takes(of, value string) []Take {
	list := make([]Take, 0, len(takeable))
	for _, f := range takeable {
		list = append(list, Take{f.Name, f.What, f.Href + "?" + of + "=" + url.QueryEscape(value)})
	}
	return list
}

var takeable = []Take{
	{"CSV", "a table for a spreadsheet", "/api/v1/export/csv"},
	{"JSON Lines", "every finding", "/api/v1/export/jsonl"},
	{"Parquet", "columns", "/api/v1/export/parquet"},
	{"GeoJSON", "places", "/api/v1/export/geojson"},
	{"PROV", "where it comes from", "/api/v1/export/prov"},
	{"Annotations", "W3C Web Annotation", "/api/v1/export/annotations"},
}

// markup builds a piece of a page. What is given as text or as the value of an
// attribute is escaped; names of elements and attributes are the package's own.
type markup struct{ b strings.Builder }

// open begins an element, with pairs of names and values; an attribute whose
// value is empty is left out.
func (m *markup) open(element string, attributes ...string) *markup {
	m.b.WriteByte('<')
	m.b.WriteString(element)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] == "" {
			continue
		}
		m.b.WriteByte(' ')
		m.b.WriteString(attributes[i])
		m.b.WriteString(`="`)
		template.HTMLEscape(&m.b, []byte(attributes[i+1]))
		m.b.WriteByte('"')
	}
	m.b.WriteByte('>')
	return m
}

func (m *markup) close(elements ...string) *markup {
	for _, e := range elements {
		m.b.WriteString("</" + e + ">")
	}
	return m
}

// text is words of the package's own.
func (m *markup) text(s string) *markup {
	template.HTMLEscape(&m.b, []byte(s))
	return m
}

// words are words from outside, isolated.
func (m *markup) words(s string) *markup {
	m.b.WriteString("<bdi>")
	m.text(s)
	m.b.WriteString("</bdi>")
	return m
}

// element is an element with words of the package's own.
func (m *markup) element(element, text string, attributes ...string) *markup {
	return m.open(element, attributes...).text(text).close(element)
}

// link leads to words from outside.
func (m *markup) link(href, words string, attributes ...string) *markup {
	return m.open("a", append([]string{"href", href}, attributes...)...).words(words).close("a")
}

func (m *markup) html() template.HTML { return template.HTML(m.b.String()) }
