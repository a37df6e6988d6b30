// Package feed reads RSS 0.9 to 2.0, RDF, Atom and JSON Feed.
package feed

import "whence"

// Feed is a parsed feed.
type Feed struct {
	Format   string // "rss", "atom", "rdf", "json"
	Version  string // "2.0", "1.0", …
	Title    string
	Link     string // the site's address
	Language string
	Entries  []Entry
	Warnings []string // what was recovered, in words
}

// Entry is one item of a feed. Absent parts are empty.
type Entry struct {
	ID        string
	Link      string
	Title     string // plain text
	Authors   []string
	Summary   string // HTML, as given
	Content   string // HTML, as given
	Published whence.Date
	Updated   whence.Date
	Source    string // title of the feed that it was first published in (<source>)
	SourceURL string
}

// Recognise tells whether data looks like the beginning of a feed.
func Recognise(data []byte) bool { panic("stub") }

// Parse reads a whole feed. label is the encoding from outside, or "".
func Parse(data []byte, label string) (*Feed, error) { panic("stub") }
