// Package feed reads feeds: RSS 0.90 to 2.0, RDF (RSS 0.90 and 1.0), Atom 0.3
// and 1.0, CDF, and JSON Feed 1.0 and 1.1, in any encoding that [charset]
// knows.
//
// It promises one [Entry] for every <item> or <entry> that begins, whatever
// state the feed is in: unescaped ampersands, entities that XML does not know,
// elements never closed or closed in the wrong order, HTML inside titles,
// broken CDATA sections, junk before and after, an end cut off. What had to be
// recovered is said in [Feed].Warnings. A part that cannot be read is absent:
// no date is guessed, and none is sharper than what the feed gives.
//
// It refuses what is no feed ([whence.ErrNotRecognised]) and what is over
// [MaxBytes] ([whence.ErrTooLarge]). Entities that a document type declares
// are never expanded, nothing is fetched, and time and memory grow in
// proportion to the input.
package feed

import (
	"fmt"
	"strings"

	"whence"
	"whence/charset"
)

// Limits on one feed.
const (
	// MaxBytes is the most that Parse takes.
	MaxBytes = 32 << 20
	// MaxEntries is how many entries Parse gives; a warning counts the rest.
	MaxEntries = 20_000
	// MaxDepth is how deep elements may nest inside one part of an entry to
	// be matched with their ends. Past it, the part ends with the first end
	// tag of its own name. JSON may nest as deep as encoding/json reads,
	// 10,000 levels.
	MaxDepth = 256
)

// Feed is a parsed feed. Absent parts are empty.
type Feed struct {
	Format   string // "rss", "atom", "rdf", "cdf" or "json"
	Version  string // "2.0", "1.0", …
	Title    string // plain text
	Link     string // the site's address
	Language string
	Entries  []Entry
	Warnings []string // what was recovered, in words
}

// Entry is one item of a feed. Absent parts are empty. Addresses are absolute
// where the feed gives a base for them.
type Entry struct {
	ID        string
	Link      string
	Title     string // plain text, white space folded
	Authors   []string
	Summary   string // HTML, as given
	Content   string // HTML, as given
	Published whence.Date
	Updated   whence.Date
	Source    string // title of the feed that it was first published in (<source>)
	SourceURL string
}

// Parse reads a whole feed. label is the encoding from outside, or "".
//
// Titles are plain text: markup and entities are undone where the element's
// type says that they are there, or in RSS, which has no types, where they
// look like it. Summaries and contents are HTML: plain text is escaped into
// it. An entry's link is its alternate, else its permanent identifier where
// that is an address, resolved against xml:base, else the feed's link. An Atom
// or JSON entry without authors has the feed's. Dublin Core's date is taken
// for that of publication where there is no other. A date without a zone that
// means one offset is kept to the day.
//
// Errors wrap [whence.ErrNotRecognised], [whence.ErrTooLarge] or
// [whence.ErrMalformed].
func Parse(data []byte, label string) (*Feed, error) {
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("reading a feed of %d bytes: %w of %d", len(data), whence.ErrTooLarge, MaxBytes)
	}
	text, _ := charset.XML(data, label)
	if strings.HasPrefix(strings.TrimLeft(text, blank+"\uFEFF"), "{") {
		return parseJSON(text)
	}
	return parseXML(text)
}

// blank is white space as XML and JSON know it.
const blank = " \t\r\n"
