// Package whence is the vocabulary: the types that every other package speaks
// in, and the invariants that hold between them.
//
// An [Article] is one captured version of one news text. Its Text is the
// coordinate space: every [Span] is a half-open range of Unicode code points
// in it. A [Reading] is an article together with what was found in it, and
// every finding carries the exact words it rests on. [Reading.Check] holds a
// reading to that.
//
// The package promises that what it encodes as JSON keeps its shape (see
// doc/formats.md), and refuses to hold anything that is not in the text: there
// are no summaries and no default values, and a zero value is left out.
//
// It imports the standard library alone.
package whence

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// FormatVersion is the version of the JSON form of a [Reading].
const FormatVersion = 1

// Sentinel errors that callers tell apart with [errors.Is].
var (
	// ErrTooLarge: an input is past a documented limit on size.
	ErrTooLarge = errors.New("larger than the limit")
	// ErrTooDeep: an input nests deeper than a documented limit.
	ErrTooDeep = errors.New("nested deeper than the limit")
	// ErrTooSlow: an input took longer than a documented limit on time.
	ErrTooSlow = errors.New("took longer than the limit")
	// ErrNotRecognised: the bytes are of no format that whence reads.
	ErrNotRecognised = errors.New("format not recognised")
	// ErrNoText: the input is well formed but holds no article text.
	ErrNoText = errors.New("no article text found")
	// ErrMalformed: the input claims a format and breaks it.
	ErrMalformed = errors.New("malformed")
	// ErrSpan: a span lies outside its text, or a finding differs from the
	// words at its span.
	ErrSpan = errors.New("span does not match the text")
)

// Span is a half-open range [Start, End) of Unicode code points in an
// article's Text, counted from 0.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the number of code points in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains tells whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlaps tells whether s and t share at least one code point.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Role is what a block is for in the article.
type Role string

// The roles of blocks. Body tells which of them carry the article's own text.
const (
	RoleTitle      Role = "title"
	RoleStandfirst Role = "standfirst" // the summary under the title
	RoleByline     Role = "byline"     // who wrote it
	RoleDateline   Role = "dateline"   // "KARVIK, 3 May (AP) —", or a line with the date of publication
	RoleHeading    Role = "heading"
	RoleParagraph  Role = "paragraph"
	RoleQuote      Role = "quote" // a quotation set apart as a block
	RoleListItem   Role = "list_item"
	RoleCaption    Role = "caption"
	RoleRelated    Role = "related" // links to other stories
	RoleNotice     Role = "notice"  // corrections, updates, editor's notes
	RoleCredit     Role = "credit"  // agencies, photographers, copyright
)

// Body tells whether blocks of this role are the article's own running text,
// in which findings of every kind are read.
func (r Role) Body() bool {
	switch r {
	case RoleHeading, RoleParagraph, RoleQuote, RoleListItem:
		return true
	}
	return false
}

// Attributed tells whether attributions, figures and events are read in blocks of this
// role: in the body, and in titles.
func (r Role) Attributed() bool { return r == RoleTitle || r.Body() }

// Block is a part of the text with a role. Blocks of an article are in reading
// order and do not overlap; text between them is white space.
type Block struct {
	Role Role `json:"role"`
	Span
	Links []Link `json:"links,omitempty"`
}

// Link is a hyperlink and the words it stands on. Href is absolute where the
// page's address was known, and is data: it is never followed.
type Link struct {
	Span
	Href string `json:"href"`
}

// Article is one captured version of one news text, with its metadata.
// An absent value means that it was not found.
type Article struct {
	Path      string   `json:"path,omitempty"` // where it came from, as the user named it; inside archives "archive.warc.gz#URL"
	ID        string   `json:"id"`             // see [Article.Identify]
	URL       string   `json:"url,omitempty"`  // the address it was captured at
	Canonical string   `json:"canonical,omitempty"`
	Outlet    string   `json:"outlet,omitempty"`
	Title     string   `json:"title,omitempty"`
	Byline    []string `json:"byline,omitempty"`  // one name each
	Credits   []string `json:"credits,omitempty"` // outlets and agencies named as author or first reporter
	Published Date     `json:"-"`                 // the JSON form is [Date.String] and its precision, see json.go
	Modified  Date     `json:"-"`
	Captured  Date     `json:"-"`                  // when it was fetched, which is not when it was published
	Language  string   `json:"language,omitempty"` // BCP 47, as declared or recognised
	Text      string   `json:"text"`
	Blocks    []Block  `json:"blocks,omitempty"`
	// Warnings say, in words for people, what could not be read as it should.
	Warnings []string `json:"warnings,omitempty"`
}

// TitleSpan is where the title stands in the text: the first block of that role;
// where there are no blocks, the first line, if it is the title. ok is false for an
// article whose title is not in its text, where nothing can be found in it.
func (a *Article) TitleSpan() (title Span, ok bool) {
	for _, b := range a.Blocks {
		if b.Role == RoleTitle {
			return b.Span, true
		}
	}
	if rest, begins := strings.CutPrefix(a.Text, a.Title); len(a.Blocks) == 0 && a.Title != "" && begins && strings.HasPrefix(rest, "\n") {
		return Span{End: utf8.RuneCountInString(a.Title)}, true
	}
	return Span{}, false
}

// Reading is an article with what was found in it.
type Reading struct {
	Article
	Names        []Name        `json:"names,omitempty"`
	Attributions []Attribution `json:"attributions,omitempty"`
	Figures      []Figure      `json:"figures,omitempty"`
	Times        []Time        `json:"times,omitempty"`
	Places       []Place       `json:"places,omitempty"`
	Events       []Event       `json:"events,omitempty"`
}

// Name is a person, organisation or place-as-government that the article
// names, with all its mentions.
type Name struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Kind     string   `json:"kind,omitempty"`
	Roles    []string `json:"roles,omitempty"`
	Mentions []Span   `json:"mentions"`
}

// Phrase is some words of the text: one span, or several where the words are
// interrupted. Text is the words at the spans, joined by one space.
type Phrase struct {
	Spans []Span `json:"spans"`
	Text  string `json:"text"`
}

// Zero tells whether the phrase is absent.
func (p Phrase) Zero() bool { return len(p.Spans) == 0 }

// Attribution says who says what: source, cue and content, the attribution
// relation of Pareti (2012), PARC 3.0 and PolNeAR.
type Attribution struct {
	ID        string    `json:"id"`
	Source    *Source   `json:"source,omitempty"` // absent where the text names none
	Cue       Phrase    `json:"cue"`
	Content   Phrase    `json:"content,omitzero"` // absent in some responses ("declined to comment")
	Quotation Quotation `json:"quotation,omitempty"`
	Kind      Kind      `json:"kind"`
	Response  Response  `json:"response,omitempty"`
	Relay     *Relay    `json:"relay,omitempty"`
	Parent    string    `json:"parent,omitempty"` // the attribution in whose content this one stands
	Score     float64   `json:"score"`            // 0 to 1
}

// Source is whoever a content is attributed to.
type Source struct {
	Phrase
	Kind      SourceKind `json:"kind,omitempty"`
	Anonymous bool       `json:"anonymous,omitempty"`
	Count     int        `json:"count,omitempty"`  // of an anonymous group, where the text counts it
	Reason    string     `json:"reason,omitempty"` // why unnamed, in the text's words
	Name      string     `json:"name,omitempty"`   // id of a Name
}

// Relay is the outlet or channel that the words came through: "told NBC News",
// "in a statement", "according to a translation by the embassy".
type Relay struct {
	Span
	Name string    `json:"name"` // the words at the span
	Kind RelayKind `json:"kind"`
}

// SourceKind is what sort of source speaks.
type SourceKind string

// The kinds of sources.
const (
	SourcePerson       SourceKind = "person"
	SourceOrganisation SourceKind = "organisation"
	SourceGovernment   SourceKind = "government"
	SourceGroup        SourceKind = "group" // officials, critics, residents
	SourceDocument     SourceKind = "document"
	SourceUnknown      SourceKind = "unknown"
)

// Quotation is how the words are given.
type Quotation string

// Direct is wholly inside quotation marks, indirect wholly outside, mixed both.
const (
	Direct   Quotation = "direct"
	Indirect Quotation = "indirect"
	Mixed    Quotation = "mixed"
)

// Kind is the sort of attribution.
type Kind string

// Evidence is what documents, polls and studies show.
const (
	Statement Kind = "statement"
	Belief    Kind = "belief"
	Intention Kind = "intention"
	Evidence  Kind = "evidence"
)

// Response marks an attribution that answers a question or charge.
type Response string

// The responses.
const (
	Declined  Response = "declined"
	NoReply   Response = "no_reply"
	Referred  Response = "referred"
	Denied    Response = "denied"
	Confirmed Response = "confirmed"
)

// RelayKind is what sort of relay it is.
type RelayKind string

// The kinds of relays.
const (
	RelayOutlet      RelayKind = "outlet"
	RelayChannel     RelayKind = "channel"
	RelayTranslation RelayKind = "translation"
)
