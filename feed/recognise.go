package feed

import (
	"encoding/json"
	"strings"

	"whence/charset"
)

// Recognise tells whether data looks like the beginning of a feed. A few
// thousand bytes suffice, and in any encoding: XML is known by its root
// element, behind comments, declarations and a little junk, JSON by its
// version or by items with the keys that JSON Feed gives them.
func Recognise(data []byte) bool {
	text, _ := charset.XML(data[:min(len(data), headSize)], "")
	text = strings.TrimLeft(text, blank+"\uFEFF")
	if strings.HasPrefix(text, "{") {
		return recogniseJSON(text)
	}
	at, _ := findRoot(text)
	return at >= 0
}

// headSize is how many bytes of what it is given Recognise looks at.
const headSize = 64 << 10

// longestJunk is how many characters of text may stand before a feed.
const longestJunk = 1024

// junk are the elements of the warnings and notices that servers print before
// a feed.
var junk = map[string]bool{"br": true, "b": true, "i": true, "p": true, "font": true, "strong": true, "pre": true, "hr": true}

// findRoot is the index of the root element of an XML feed, -1 if there is
// none, and whether something other than XML's prolog stands before it.
func findRoot(text string) (at int, behindJunk bool) {
	c := newScanner(text)
	length := 0
	for t, ok := c.next(); ok && length <= longestJunk; t, ok = c.next() {
		switch t.kind {
		case textToken, cdataToken:
			length += len(strings.Trim(t.text, blank+"\uFEFF"))
		case startToken:
			if isRoot(t, text[t.end:]) {
				return t.start, length > 0
			}
			_, local, _ := strings.Cut(":"+t.name, ":")
			if !junk[strings.ToLower(local)] {
				return -1, false
			}
			length++
		}
	}
	return -1, false
}

// isRoot tells whether t, with what follows, begins a feed.
func isRoot(t token, rest string) bool {
	n := namespaces{}.of(t)
	switch n.local {
	case "rss":
		return true
	case "feed":
		return !strings.Contains(t.name, ":") || n.space == "atom"
	case "rdf":
		return strings.Contains(t.attributes, "purl.org/rss/") || strings.Contains(t.attributes, "rdf/simple/") || holdsAny(rest, "<channel", "<item")
	case "channel":
		return t.attribute("href") != "" || t.attribute("lastmod") != "" || holdsAny(rest, "<item", "<title", "<link", "<abstract")
	}
	return false
}

// holdsAny looks in the beginning of s, whatever the case of its letters.
func holdsAny(s string, tags ...string) bool {
	s = strings.ToLower(s[:min(len(s), 4096)])
	for _, tag := range tags {
		if strings.Contains(s, tag) {
			return true
		}
	}
	return false
}

// recogniseJSON reads the outermost keys, as far as text goes.
func recogniseJSON(text string) bool {
	d := json.NewDecoder(strings.NewReader(text))
	if _, err := d.Token(); err != nil {
		return false
	}
	var typical, items bool
	for d.More() {
		key, err := d.Token()
		if err != nil {
			break
		}
		switch key {
		case "version":
			var v any
			if d.Decode(&v) != nil {
				return false
			}
			if s, ok := v.(string); ok && strings.Contains(s, "jsonfeed.org/version") {
				return true
			}
			continue
		case "rss":
			return strings.HasPrefix(strings.TrimLeft(text[d.InputOffset():], blank+":"), "{")
		case "items":
			items = true
			typical = typical || typicalItem(text[d.InputOffset():])
		case "home_page_url", "feed_url":
			typical = true
		}
		if items && typical {
			return true
		}
		var passed json.RawMessage
		if d.Decode(&passed) != nil {
			break
		}
	}
	return items && typical
}

// typicalItem tells whether the array that s begins with holds, in its first
// object, a key of JSON Feed.
func typicalItem(s string) bool {
	s = strings.TrimLeft(s, blank+":")
	d := json.NewDecoder(strings.NewReader(s))
	for _, want := range []json.Delim{'[', '{'} {
		if t, err := d.Token(); err != nil || t != want {
			return false
		}
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return false
		}
		switch key {
		case "content_html", "content_text", "date_published", "external_url", "date_modified":
			return true
		}
		var passed json.RawMessage
		if d.Decode(&passed) != nil {
			return false
		}
	}
	return false
}
