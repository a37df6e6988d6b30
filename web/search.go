package web

import (
	"encoding/xml"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"whence"
	"whence/ledger"
	"whence/store"
)

var searchView = view("search.html")

// mostHits is how many articles one page of a search shows, and mostCounted over how
// many its facets are counted where more are asked for.
const mostHits, mostCounted = 20, 80

// searchPage is what the template of a search sees.
type searchPage struct {
	Query  string
	Parts  []linked // each with the search without it
	Hits   []hitLine
	Facets []facetList
	Over   int    // how many articles the facets were counted over; 0 for those shown
	Wider  string // the same search with its facets counted over more
	Next   string
	Feed   string
	Later  bool // not the first page
}

type hitLine struct {
	Outlet, When, Title, Href string
	Words                     template.HTML
}

type facetList struct {
	Name   string
	Values []facetLine
}

type facetLine struct {
	Name, Href string
	Count      int
	On         bool
}

// search finds articles; without a search it says how one is written.
func (s *site) search(q *request) error {
	asked := strings.TrimSpace(q.FormValue("q"))
	if asked == "" {
		return q.write(searchView(), Page{Title: "Search", Section: "search", Data: searchPage{}})
	}
	query, err := ledger.ParseQuery(asked)
	if err != nil {
		return err
	}
	before, err := keyOf(q)
	if err != nil {
		return err
	}
	if before > 0 && (query.To == 0 || before < query.To) {
		query.To = before
	}
	found, err := s.ledger.Look(q.Context(), query, mostHits)
	if err != nil {
		return err
	}
	p := searchPage{Query: asked, Feed: "/search.atom?q=" + url.QueryEscape(asked), Later: before > 0}
	parts := ledger.Parts(asked)
	for i, part := range parts {
		rest := append(append([]string{}, parts[:i]...), parts[i+1:]...)
		p.Parts = append(p.Parts, linked{Name: part, Href: searchAt(strings.Join(rest, " "))})
	}
	for _, h := range found.Hits {
		p.Hits = append(p.Hits, hitLine{outletOf(h.Head), moment(h.Published), first(h.Title, "without a title"), passageAt(h.ID, h.Found...), snippet(h)})
	}
	facets := found.Facets
	switch {
	case q.FormValue("facets") == "more":
		if facets, p.Over, err = s.ledger.Facets(q.Context(), query, mostCounted); err != nil {
			return err
		}
	case found.Next != 0 || p.Later:
		p.Wider = searchAt(asked) + "&facets=more"
	}
	p.Facets = facetsOf(facets, parts)
	if found.Next != 0 {
		p.Next = searchAt(asked) + "&before=" + strconv.FormatInt(int64(found.Next), 10)
	}
	return q.write(searchView(), Page{Title: "Search: " + clip(asked, 80), Section: "search", Query: asked, Feed: p.Feed, Take: takes("q", asked), Data: p})
}

// keyOf is the place that a list goes on from.
func keyOf(q *request) (store.Key, error) {
	s := q.FormValue("before")
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return 0, &refusal{http.StatusBadRequest, "This is no place in the list.", "Follow the link to the next ones from the page before."}
	}
	return store.Key(n), nil
}

// snippet sets the part of a text that a search found.
func snippet(h ledger.Hit) template.HTML {
	m := newMarked(h.Words)
	for _, f := range h.Found {
		m.markings = append(m.markings, marking{Span: whence.Span{Start: f.Start - h.Snippet.Start, End: f.End - h.Snippet.Start}, class: "hit"})
	}
	m.sort()
	var out markup
	out.open("bdi")
	if h.Before {
		out.text("… ")
	}
	m.write(&out, whence.Span{Start: 0, End: len(m.text)})
	if h.After {
		out.text(" …")
	}
	return out.close("bdi").html()
}

// facetsOf makes links of what the articles found have in common. A value that is
// part of the search leads to the search without it.
func facetsOf(f ledger.Facets, parts []string) []facetList {
	var list []facetList
	for _, x := range []struct {
		name   string
		facets []ledger.Facet
	}{{"outlet", f.Outlets}, {"source", f.Sources}, {"kind", f.Kinds}, {"status", f.Statuses}, {"measure", f.Measures}, {"date", f.Dates}} {
		l := facetList{Name: x.name}
		for _, v := range x.facets {
			line := facetLine{Name: spaced(v.Name), Count: v.Count}
			var rest []string
			for _, part := range parts {
				if strings.EqualFold(part, v.Query) {
					line.On = true
				} else {
					rest = append(rest, part)
				}
			}
			if !line.On {
				rest = append(rest, v.Query)
			}
			line.Href = searchAt(strings.Join(rest, " "))
			l.Values = append(l.Values, line)
		}
		if len(l.Values) > 0 {
			list = append(list, l)
		}
	}
	return list
}

// The forms of an Atom feed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Title   string      `xml:"title"`
		ID      string      `xml:"id"`
		Updated string      `xml:"updated"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr,omitempty"`
		Type string `xml:"type,attr,omitempty"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		Title   string     `xml:"title"`
		ID      string     `xml:"id"`
		Updated string     `xml:"updated"`
		Author  string     `xml:"author>name"`
		Links   []atomLink `xml:"link"`
		Summary string     `xml:"summary"`
	}
)

// atom is a saved search: its latest articles as an Atom feed.
func (s *site) atom(q *request) error {
	asked := strings.TrimSpace(q.FormValue("q"))
	query, err := ledger.ParseQuery(asked)
	if err != nil {
		return err
	}
	found, err := s.ledger.Look(q.Context(), query, mostHits)
	if err != nil {
		return err
	}
	base := "http://" + q.Host
	if q.TLS != nil {
		base = "https://" + q.Host
	}
	feed := atomFeed{
		Title: "whence: " + asked, ID: base + "/search.atom?q=" + url.QueryEscape(asked), Updated: time.Unix(0, 0).UTC().Format(time.RFC3339),
		Links: []atomLink{{"self", "application/atom+xml", base + "/search.atom?q=" + url.QueryEscape(asked)}, {"alternate", "text/html", base + searchAt(asked)}},
	}
	for i, h := range found.Hits {
		when := time.Unix(0, 0)
		for _, d := range []whence.Date{h.Captured, h.Modified, h.Published} {
			if !d.IsZero() {
				when = d.Time
			}
		}
		e := atomEntry{
			Title: first(h.Title, "without a title"), ID: "urn:sha256:" + strings.TrimPrefix(h.ID, "sha256:"), Updated: when.UTC().Format(time.RFC3339),
			Author: outletOf(h.Head), Links: []atomLink{{"alternate", "text/html", base + passageAt(h.ID, h.Found...)}}, Summary: h.Words,
		}
		if i == 0 {
			feed.Updated = e.Updated
		}
		feed.Entries = append(feed.Entries, e)
	}
	data, err := xml.MarshalIndent(feed, "", " ")
	if err != nil {
		return fmt.Errorf("writing a feed: %w", err)
	}
	Guard(q.w.Header())
	q.w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	if q.Method != http.MethodHead {
		_, err = q.w.Write(append([]byte(xml.Header), seen(data)...))
	}
	return err
}
