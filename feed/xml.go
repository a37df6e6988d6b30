package feed

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"strings"
	"unicode/utf8"

	"whence"
)

// reader reads one XML feed.
type reader struct {
	scanner
	names    namespaces
	warnings *tally
	effort   int // bytes read to match elements
	feed     Feed
	atom     bool     // the root is Atom's
	base     string   // of the root and the channel, by xml:base
	authors  []string // of the feed
	entry    *draft   // the open one
	drafts   []*draft
	left     int // entries past the limit
}

// draft is an entry being read. An earlier value stays unless one of higher
// rank comes.
type draft struct {
	Entry
	base  string
	ranks [partCount]int
}

// part is a part of an entry or feed.
type part int

const (
	partTitle part = iota
	partLink
	partID
	partSummary
	partContent
	partAuthor
	partPublished
	partUpdated
	partSource
	partLanguage
	partCount
)

// ranked says which part an element gives; of several elements that give one
// part, the highest rank wins, and the first of equals.
type ranked struct {
	part part
	rank int
}

var entryParts = map[string]ranked{
	"title": {partTitle, 3}, "dc:title": {partTitle, 2}, "media:title": {partTitle, 1},
	"link": {partLink, 0}, "feedburner:origlink": {partLink, 2},
	"id": {partID, 2}, "guid": {partID, 2}, "dc:identifier": {partID, 1},
	"description": {partSummary, 3}, "summary": {partSummary, 3}, "abstract": {partSummary, 3}, "tagline": {partSummary, 3},
	"dc:description": {partSummary, 2}, "dcterms:abstract": {partSummary, 2}, "itunes:summary": {partSummary, 1}, "media:description": {partSummary, 1},
	"content:encoded": {partContent, 4}, "content": {partContent, 3}, "xhtml:body": {partContent, 2}, "body": {partContent, 2}, "fullitem": {partContent, 2},
	"author": {partAuthor, 3}, "dc:creator": {partAuthor, 2}, "dc:author": {partAuthor, 2}, "itunes:author": {partAuthor, 1},
	"pubdate": {partPublished, 5}, "published": {partPublished, 5}, "issued": {partPublished, 4}, "dcterms:issued": {partPublished, 4},
	"dc:date": {partPublished, 3}, "dcterms:created": {partPublished, 2}, "created": {partPublished, 2}, "dcterms:date": {partPublished, 3},
	"updated": {partUpdated, 5}, "modified": {partUpdated, 4}, "dcterms:modified": {partUpdated, 4},
	"source": {partSource, 2}, "dc:source": {partSource, 1},
}

var feedParts = map[string]ranked{
	"title": {partTitle, 3}, "dc:title": {partTitle, 2},
	"link":     {partLink, 0},
	"language": {partLanguage, 3}, "dc:language": {partLanguage, 2},
	"author": {partAuthor, 3},
}

// group is an element whose parts are those of what it stands in.
const group = "media:group"

// aside are elements beside the entries whose own titles and links are not
// the feed's.
var aside = map[string]bool{"image": true, "textinput": true, "contributor": true, "subtitle": true, "rights": true, "description": true}

// parseXML reads a feed of any XML format.
func parseXML(text string) (*Feed, error) {
	r := reader{scanner: newScanner(text), names: namespaces{}, warnings: &tally{}}
	root, err := r.root()
	if err != nil {
		return nil, err
	}
	closed := root.empty
	for t, ok := r.next(); ok; t, ok = r.next() {
		switch t.kind {
		case startToken:
			r.open(t)
		case endToken:
			closed = r.close(t, root) || closed
		case brokenToken:
			r.warn("the feed ends inside a tag")
		}
	}
	if r.damaged {
		r.warn("tags, comments or CDATA sections are not closed")
	}
	if r.entry != nil {
		r.finish()
		r.warn("the feed ends inside an entry")
	} else if !closed {
		r.warn("the end of the feed is missing")
	}
	return r.result(), nil
}

// root finds the element that makes the input a feed, and its format.
func (r *reader) root() (token, error) {
	if at, junk := findRoot(r.s); at >= 0 {
		if junk {
			r.warn("something stands before the feed")
		}
		r.pos = at
		t, _ := r.next()
		n := r.names.of(t)
		r.frame(t)
		r.feed.Link = resolve(r.base, t.attribute("href"))
		r.atom = n.local == "feed"
		r.feed.Format, r.feed.Version = r.format(t, n)
		if n.local == "channel" && r.feed.Format != "cdf" {
			r.warn("the feed lacks its outermost element")
		}
		return t, nil
	}
	return token{}, fmt.Errorf("reading a feed: no <rss>, <rdf:RDF>, <feed> or <channel> element: %w", whence.ErrNotRecognised)
}

// format gives the feed's format and version by its root.
func (r *reader) format(t token, n name) (format, version string) {
	version = t.attribute("version")
	switch n.local {
	case "feed":
		if version == "" && strings.Contains(t.attributes, "2005/Atom") {
			version = "1.0"
		}
		return "atom", version
	case "rdf":
		if strings.Contains(t.attributes, "rdf/simple/0.9") {
			return "rdf", "0.90"
		}
		return "rdf", "1.0"
	case "channel":
		if t.name == "CHANNEL" || t.attribute("href") != "" {
			return "cdf", version
		}
	}
	return "rss", version
}

// frame takes base and language from the attributes of the root or channel.
func (r *reader) frame(t token) {
	r.base = rebase(r.base, t)
	if lang := t.attribute("xml:lang"); lang != "" {
		r.feed.Language = lang
	}
}

// open reads what a start tag begins.
func (r *reader) open(t token) {
	n := r.names.of(t)
	switch {
	case structural(n) && (n.local == "item" || n.local == "entry"):
		r.begin(t)
	case structural(n):
		r.frame(t)
	case n.key() == group:
	case r.entry != nil:
		r.entryPart(t, n)
	default:
		r.feedPart(t, n)
	}
}

// close takes an end tag outside all parts, and tells whether it ends the
// feed.
func (r *reader) close(t, root token) bool {
	n := r.names.of(t)
	switch {
	case structural(n) && (n.local == "item" || n.local == "entry") && r.entry != nil:
		r.finish()
	case !structural(n) && n.key() != group:
		r.warn("an end tag ends nothing")
	}
	return strings.EqualFold(t.name, root.name)
}

// begin opens an entry.
func (r *reader) begin(t token) {
	if r.entry != nil {
		r.finish()
		r.warn("an entry begins before the last one ends")
	}
	d := &draft{base: rebase(r.base, t)}
	r.entry = d
	about := t.attribute("rdf:about")
	d.text(partID, 1, about)
	d.text(partLink, 1, about)
	d.text(partLink, 5, t.attribute("href"))
	d.date(partUpdated, 1, parseDate(t.attribute("lastmod")))
	if t.empty {
		r.finish()
	}
}

// finish closes the open entry.
func (r *reader) finish() {
	if len(r.drafts) == MaxEntries {
		r.left++
	} else {
		r.drafts = append(r.drafts, r.entry)
	}
	r.entry = nil
}

// feedPart reads an element beside the entries. What is not known is passed
// over, unless entries stand in it.
func (r *reader) feedPart(t token, n name) {
	p, known := feedParts[n.key()]
	if !known {
		if e := r.skip(t, n); !aside[n.local] && holdsEntries(e.inner) {
			r.pos = t.end
		}
		return
	}
	e := r.capture(t, n)
	switch p.part {
	case partTitle:
		if r.feed.Title == "" {
			r.feed.Title = r.title(e)
		}
	case partLink:
		if link, rank := r.link(e, r.base); rank > 1 && r.feed.Link == "" {
			r.feed.Link = link
		}
	case partLanguage:
		if v := fold(e.text()); v != "" {
			r.feed.Language = v
		}
	case partAuthor:
		r.authors = append(r.authors, authors(e, r.names)...)
	}
}

// holdsEntries tells whether markup holds a start tag of an entry.
func holdsEntries(markup string) bool {
	lower := markup
	for {
		at := strings.IndexByte(lower, '<')
		if at < 0 {
			return false
		}
		lower = lower[at+1:]
		for _, n := range []string{"item", "entry"} {
			if len(lower) > len(n) && strings.EqualFold(lower[:len(n)], n) && strings.IndexByte(blank+"/>", lower[len(n)]) >= 0 {
				return true
			}
		}
	}
}

// skip passes over an element that no part is read from. Where its end cannot
// be told, only its tag is passed over.
func (r *reader) skip(t token, n name) element {
	if t.empty {
		return element{}
	}
	x, ok := r.matched(t)
	if !ok {
		r.warn("elements are not closed, or in the wrong order")
		return element{}
	}
	r.pos = x.next
	return element{name: n, tag: t, inner: r.s[t.end:x.end], nested: x.nested}
}

// entryPart reads an element of the open entry.
func (r *reader) entryPart(t token, n name) {
	p, known := entryParts[n.key()]
	if !known {
		r.skip(t, n)
		return
	}
	e := r.capture(t, n)
	r.inspect(e)
	d := r.entry
	switch p.part {
	case partTitle:
		d.text(partTitle, p.rank, r.title(e))
	case partSummary, partContent:
		d.text(p.part, p.rank, r.html(e))
	case partLink:
		link, rank := r.link(e, d.base)
		d.text(partLink, max(rank, p.rank), link)
	case partID:
		r.id(e, p.rank)
	case partAuthor:
		d.people(p.rank, authors(e, r.names))
	case partPublished, partUpdated:
		date := parseDate(e.text())
		if date.IsZero() && strings.Trim(e.text(), blank) != "" {
			r.warn("a date cannot be read")
		}
		d.date(p.part, p.rank, date)
	case partSource:
		r.source(e, p.rank)
	}
}

// inspect warns of characters that XML forbids.
func (r *reader) inspect(e element) {
	if !e.nested && !strings.Contains(e.inner, openSection) && stray(e.inner) {
		r.warn("ampersands are not escaped, or entities not known")
	}
	if strings.ContainsFunc(e.inner, func(c rune) bool { return c < ' ' && c != '\n' && c != '\r' && c != '\t' }) {
		r.warn("control characters stand in the feed")
	}
}

func (d *draft) text(p part, rank int, value string) {
	into := map[part]*string{
		partTitle: &d.Title, partLink: &d.Link, partID: &d.ID, partSummary: &d.Summary, partContent: &d.Content, partSource: &d.Source,
	}[p]
	if value != "" && rank > d.ranks[p] {
		*into, d.ranks[p] = value, rank
	}
}

func (d *draft) date(p part, rank int, value whence.Date) {
	into := &d.Published
	if p == partUpdated {
		into = &d.Updated
	}
	if !value.IsZero() && rank > d.ranks[p] {
		*into, d.ranks[p] = value, rank
	}
}

// people adds the authors that one kind of element gives; those of a kind of
// higher rank replace them.
func (d *draft) people(rank int, names []string) {
	switch {
	case len(names) == 0 || rank < d.ranks[partAuthor]:
	case rank > d.ranks[partAuthor]:
		d.Authors, d.ranks[partAuthor] = names, rank
	default:
		d.Authors = append(d.Authors, names...)
	}
}

// form is how an element holds its words.
type form int

const (
	formUnsaid form = iota // RSS: text or HTML
	formText
	formHTML
	formMarkup // elements stand in it
	formBinary
)

// form tells how e holds its words, by its type and mode or its vocabulary.
func (r *reader) form(e element) form {
	kind := strings.ToLower(e.tag.attribute("type"))
	kind, _, _ = strings.Cut(kind, ";")
	atom := r.atom && e.space == "" || e.space == "atom"
	encoded := strings.EqualFold(e.tag.attribute("mode"), "escaped") || inBase64(e)
	switch {
	case e.space == "content":
		return formHTML
	case kind == "html" || kind == "text/html":
		return formHTML
	case e.space == "xhtml" || strings.Contains(kind, "xhtml") || strings.HasSuffix(kind, "xml"):
		return formMarkup
	case kind == "" && atom && encoded:
		return formUnsaid // Atom 0.3; without a type it is HTML as often as text
	case kind == "text" || strings.HasPrefix(kind, "text/") || kind == "" && atom:
		return formText
	case kind == "" || !strings.Contains(kind, "/"):
		return formUnsaid
	}
	return formBinary
}

func inBase64(e element) bool { return strings.EqualFold(e.tag.attribute("mode"), "base64") }

// unwrapped takes off a CDATA section that was escaped with its content.
func unwrapped(s string) string {
	inner := strings.Trim(s, blank)
	if !strings.HasPrefix(inner, openSection) || !strings.HasSuffix(inner, closeSection) || len(inner) < len(openSection+closeSection) {
		return s
	}
	return inner[len(openSection) : len(inner)-len(closeSection)]
}

// words are the character data of e, undone where it is in base64, as binary
// types of Atom 1.0 are. What is not text then has no words.
func words(e element, f form) string {
	s := e.text()
	if !inBase64(e) && f != formBinary {
		return unwrapped(s)
	}
	decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
	switch {
	case err == nil && utf8.Valid(decoded) && !bytes.Contains(decoded, []byte{0}):
		return string(decoded)
	case f == formBinary:
		return ""
	}
	return s
}

// title is e as plain text.
func (r *reader) title(e element) string {
	switch f := r.form(e); {
	case e.nested:
		return plain(e.markup(r.names, f != formUnsaid))
	case f == formHTML:
		return plain(words(e, f))
	case f == formUnsaid || f == formBinary:
		return ambiguous(words(e, f))
	}
	return fold(words(e, r.form(e)))
}

// html is e as HTML.
func (r *reader) html(e element) string {
	switch f := r.form(e); {
	case e.nested:
		return e.markup(r.names, f == formMarkup || f == formText)
	case f == formText || f == formMarkup:
		return html.EscapeString(strings.Trim(words(e, f), blank))
	default:
		return strings.Trim(words(e, f), blank)
	}
}

// link is the address that a <link> gives and how good it is: 5 for RSS's and
// for Atom's alternate in HTML, 4 for another alternate, 0 for other relations.
func (r *reader) link(e element, base string) (address string, rank int) {
	base = rebase(base, e.tag)
	href := e.tag.attribute("href")
	relation := strings.ToLower(e.tag.attribute("rel"))
	kind := strings.ToLower(e.tag.attribute("type"))
	switch {
	case relation != "" && relation != "alternate" && !strings.HasSuffix(relation, "#alternate"):
		return "", 0
	case href == "":
		return resolve(base, strings.Trim(e.text(), blank)), 5
	case kind == "" || strings.Contains(kind, "html"):
		return resolve(base, href), 5
	}
	return resolve(base, href), 4
}

// id takes an identifier, and as a link too where it says that it is one.
func (r *reader) id(e element, rank int) {
	value := strings.Trim(e.text(), blank)
	r.entry.text(partID, rank, value)
	permanent := e.local == "guid" && !strings.EqualFold(e.tag.attribute("isPermaLink"), "false")
	if permanent && isAddress(value) {
		r.entry.text(partLink, 3, value)
	}
}

// source reads RSS's <source url="…">title</source> and Atom's with elements.
func (r *reader) source(e element, rank int) {
	d := r.entry
	base := rebase(d.base, e.tag)
	if !e.nested {
		title := r.title(element{name: name{"", "title"}, tag: token{}, inner: e.inner})
		if e.space == "dc" {
			title = fold(e.text())
		}
		d.text(partSource, rank, title)
		if url := e.tag.attribute("url"); url != "" && d.SourceURL == "" {
			d.SourceURL = resolve(base, url)
		}
		return
	}
	var byline []string
	e.children(r.names, func(c element) {
		switch c.key() {
		case "title":
			d.text(partSource, rank, r.title(c))
		case "link":
			if link, good := r.link(c, base); good > 0 && d.SourceURL == "" {
				d.SourceURL = link
			}
		case "author":
			byline = append(byline, authors(c, r.names)...)
		}
	})
	d.people(1, byline)
}

// result completes the feed from the drafts.
func (r *reader) result() *Feed {
	if r.left > 0 {
		r.feed.Warnings = append(r.feed.Warnings, fmt.Sprintf("%d entries past the limit of %d are left out", r.left, MaxEntries))
	}
	r.feed.Warnings = append(r.feed.Warnings, r.warnings.words()...)
	r.feed.Entries = make([]Entry, len(r.drafts))
	for i, d := range r.drafts {
		e := d.Entry
		e.Link = resolve(r.feed.Link, e.Link)
		e.SourceURL = resolve(r.feed.Link, e.SourceURL)
		if r.atom && len(e.Authors) == 0 {
			e.Authors = r.authors
		}
		r.feed.Entries[i] = e
	}
	return &r.feed
}

func (r *reader) warn(what string) { r.warnings.add(what) }

// tally counts warnings in the order of their first appearance.
type tally struct {
	order []string
	times map[string]int
}

func (t *tally) add(what string) {
	if t.times == nil {
		t.times = map[string]int{}
	}
	if t.times[what] == 0 {
		t.order = append(t.order, what)
	}
	t.times[what]++
}

func (t *tally) words() []string {
	var all []string
	for _, what := range t.order {
		if n := t.times[what]; n > 1 {
			what = fmt.Sprintf("%s (%d times)", what, n)
		}
		all = append(all, what)
	}
	return all
}
