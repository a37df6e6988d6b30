package feed

import (
	"html"
	"strings"
)

// vocabularies are the namespaces that feeds draw their elements from, without
// the slash or hash at the end and without the scheme, and the prefix that
// stands for each here. The feeds' own are "".
var vocabularies = map[string]string{
	"purl.org/rss/1.0":                             "",
	"my.netscape.com/rdf/simple/0.9":               "",
	"channel.netscape.com/rdf/simple/0.9":          "",
	"backend.userland.com/rss":                     "",
	"backend.userland.com/rss2":                    "",
	"blogs.law.harvard.edu/tech/rss":               "",
	"my.netscape.com/publish/formats/rss-0.91.dtd": "",
	"www.w3.org/1999/02/22-rdf-syntax-ns":          "rdf",
	"www.w3.org/2005/atom":                         "atom",
	"purl.org/atom/ns":                             "atom",
	"purl.org/dc/elements/1.1":                     "dc",
	"purl.org/dc/elements/1.0":                     "dc",
	"purl.org/dc/terms":                            "dcterms",
	"purl.org/rss/1.0/modules/content":             "content",
	"purl.org/rss/1.0/modules/dc":                  "dc",
	"search.yahoo.com/mrss":                        "media",
	"www.itunes.com/dtds/podcast-1.0.dtd":          "itunes",
	"example.com/dtds/podcast-1.0.dtd":             "itunes",
	"rssnamespace.org/feedburner/ext/1.0":          "feedburner",
	"www.w3.org/1999/xhtml":                        "xhtml",
}

// conventional are prefixes that are understood although undeclared.
var conventional = map[string]string{
	"rss": "", "rdf": "rdf", "atom": "atom", "atom10": "atom", "a10": "atom", "dc": "dc", "dcterms": "dcterms",
	"content": "content", "media": "media", "itunes": "itunes", "feedburner": "feedburner", "xhtml": "xhtml",
}

// unknown is the prefix of namespaces that no part of a feed is read from.
const unknown = "?"

// vocabulary is the prefix that stands for a namespace.
func vocabulary(uri string) string {
	uri = strings.ToLower(strings.Trim(unescape(uri), blank))
	uri = strings.TrimPrefix(strings.TrimPrefix(uri, "http://"), "https://")
	if prefix, ok := vocabularies[strings.TrimRight(uri, "/#")]; ok {
		return prefix
	}
	return unknown
}

// name is what an element is called: the prefix of its vocabulary, and its
// own name in lower case.
type name struct{ space, local string }

func (n name) key() string {
	if n.space == "" || n.space == "atom" {
		return n.local
	}
	return n.space + ":" + n.local
}

// namespaces is what prefixes mean. Declarations count from where they stand
// to the end of the feed: no feed means two things by one prefix.
type namespaces map[string]string

// declare takes up the declarations of a tag, and gives the meaning of its
// own default namespace, "" if it declares none.
func (n namespaces) declare(t token) (space string) {
	if !strings.Contains(t.attributes, "xmlns") {
		return ""
	}
	attributes(t.attributes, func(key, raw string) bool {
		if key == "xmlns" && strings.Trim(raw, blank) != "" {
			space = vocabulary(raw)
		}
		if prefix, ok := strings.CutPrefix(key, "xmlns:"); ok {
			n[prefix] = vocabulary(raw)
		}
		return true
	})
	return space
}

// of names the element of a tag. The frame of a feed is known by its names
// alone, as some feeds declare a namespace of their own for it.
func (n namespaces) of(t token) name {
	space := n.declare(t)
	prefix, local, prefixed := strings.Cut(t.name, ":")
	if prefixed {
		return name{n.meaning(prefix), strings.ToLower(local)}
	}
	local = strings.ToLower(t.name)
	if space == unknown && structural(name{"", local}) {
		space = ""
	}
	return name{space, local}
}

func (n namespaces) meaning(prefix string) string {
	if space, ok := n[prefix]; ok && space != unknown {
		return space
	}
	if space, ok := conventional[strings.ToLower(prefix)]; ok {
		return space
	}
	return unknown
}

// element is one part of a feed: a start tag and what stands behind it.
type element struct {
	name
	tag    token
	inner  string // as written
	nested bool   // inner holds tags
}

// extent is what capture finds out about an element.
type extent struct {
	end    int // of what is inside
	next   int // behind the end tag
	nested bool
}

// capture reads the element that t opens and moves the scanner past it.
func (r *reader) capture(t token, n name) element {
	e := element{name: n, tag: t}
	if t.empty {
		return e
	}
	x, ok := r.matched(t)
	if !ok {
		x = r.patched(t, n)
		r.warn("elements are not closed, or in the wrong order")
	}
	r.pos = x.next
	e.inner, e.nested = r.s[t.end:x.end], x.nested
	return e
}

// matched finds the end of t's element if all elements inside are properly
// nested, and leaves the scanner behind t. Trying that is given up once it has
// cost a multiple of the input.
func (r *reader) matched(t token) (x extent, ok bool) {
	r.pos = t.end
	defer func() {
		r.effort += r.pos - t.end
		r.pos = t.end
	}()
	open := []string{t.name}
	for r.effort+r.pos-t.end <= r.mostEffort() {
		u, more := r.next()
		if !more {
			break
		}
		switch u.kind {
		case startToken:
			x.nested = true
			if !u.empty {
				open = append(open, u.name)
			}
		case endToken:
			if open[len(open)-1] != u.name {
				return extent{}, false
			}
			open = open[:len(open)-1]
		}
		if len(open) == 0 {
			x.end, x.next = u.start, u.end
			return x, true
		}
		if len(open) > MaxDepth {
			break
		}
	}
	return extent{}, false
}

// mostEffort is how many bytes may be read to match elements, over all. A
// well-formed feed takes little more than its length.
func (r *reader) mostEffort() int { return 3*len(r.s) + 4096 }

// patched finds where an element that is not properly nested most likely
// ends: at the next end tag of its name, at an end or beginning of an entry
// or the feed, or where another part of an entry begins.
func (r *reader) patched(t token, n name) (x extent) {
	r.pos = t.end
	for u, more := r.next(); more; u, more = r.next() {
		if u.kind != startToken && u.kind != endToken {
			continue
		}
		v := r.names.of(u)
		switch {
		case u.kind == endToken && strings.EqualFold(u.name, t.name):
			return extent{u.start, u.end, x.nested}
		case structural(v), u.kind == startToken && beginsPart(v) && !(prose[n.key()] && alsoHTML[v.key()]):
			return extent{u.start, u.start, x.nested}
		}
		x.nested = x.nested || u.kind == startToken
	}
	return extent{len(r.s), len(r.s), x.nested}
}

// structural elements make up the frame of a feed.
func structural(n name) bool {
	if n.space != "" && n.space != "atom" && n.space != "rdf" {
		return false
	}
	switch n.local {
	case "item", "entry", "channel", "rss", "feed", "rdf":
		return true
	}
	return false
}

// prose are the parts that HTML stands in.
var prose = map[string]bool{
	"description": true, "summary": true, "content": true, "content:encoded": true, "xhtml:body": true, "body": true,
}

// alsoHTML are the names of parts that HTML has too, and SVG in it.
var alsoHTML = map[string]bool{
	"title": true, "link": true, "source": true, "summary": true, "body": true, "xhtml:body": true, "content": true,
}

func beginsPart(n name) bool {
	_, entry := entryParts[n.key()]
	_, feed := feedParts[n.key()]
	return entry || feed
}

// text is the character data of the element: entities undone, CDATA as it is,
// tags left out.
func (e element) text() string {
	if !strings.Contains(e.inner, "<") {
		return unescape(e.inner)
	}
	var b strings.Builder
	c := newScanner(e.inner)
	for t, ok := c.next(); ok; t, ok = c.next() {
		switch t.kind {
		case textToken:
			b.WriteString(unescape(t.text))
		case cdataToken:
			b.WriteString(t.text)
		}
	}
	return b.String()
}

// markup is what the element holds, as HTML: XHTML's prefixes are dropped, and
// an element that XML closes at once is closed as HTML wants. escaped tells
// what CDATA sections hold: text to be escaped, or else HTML.
func (e element) markup(names namespaces, escaped bool) string {
	var b strings.Builder
	c := newScanner(e.inner)
	for t, ok := c.next(); ok; t, ok = c.next() {
		switch {
		case t.kind == cdataToken && escaped:
			b.WriteString(html.EscapeString(t.text))
		case t.kind == cdataToken:
			b.WriteString(t.text)
		case t.kind == asideToken && strings.HasPrefix(e.inner[t.start:], "<!["):
			// the opening of a section that is never closed
		case t.kind == startToken:
			names.declare(t)
			local := htmlName(names, t.name)
			b.WriteString("<" + local + t.attributes + ">")
			if t.empty && !void[strings.ToLower(local)] {
				b.WriteString("</" + local + ">")
			}
		case t.kind == endToken:
			b.WriteString("</" + htmlName(names, t.name) + ">")
		default:
			b.WriteString(e.inner[t.start:t.end])
		}
	}
	return strings.Trim(b.String(), blank)
}

func htmlName(names namespaces, written string) string {
	prefix, local, ok := strings.Cut(written, ":")
	if ok && names.meaning(prefix) == "xhtml" {
		return local
	}
	return written
}

// void are the elements of HTML that have no end tag.
var void = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "param": true, "source": true, "track": true, "wbr": true,
}

// children calls visit for each element directly inside e.
func (e element) children(names namespaces, visit func(element)) {
	if !e.nested {
		return
	}
	r := reader{scanner: newScanner(e.inner), names: names, warnings: &tally{}}
	for t, ok := r.next(); ok; t, ok = r.next() {
		if t.kind == startToken {
			visit(r.capture(t, names.of(t)))
		}
	}
}
