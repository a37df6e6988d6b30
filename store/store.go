// Package store is what a ledger rests on: articles and their versions, every
// finding of their readings, fingerprints, reuse, and people's reviews.
//
// A [Store] promises that a transaction happens wholly or not at all, whatever
// kills the program; that a reader sees one moment throughout; that removing an
// article removes everything that came with it; and that what it gives back is
// what was put in. It refuses files that are not its own or that a later version
// wrote ([ErrForeign], [ErrNewer]), and leaves them untouched.
//
// It judges nothing: what to compare and what follows from it is for packages
// lineage and ledger. Package storetest holds every store to this.
package store

import (
	"context"
	"errors"
	"iter"

	"whence"
)

// Sentinel errors that callers tell apart with [errors.Is].
var (
	// ErrAbsent: no such article.
	ErrAbsent = errors.New("not in the ledger")
	// ErrAmbiguous: a shortened id that begins more than one.
	ErrAmbiguous = errors.New("begins the id of more than one article")
	// ErrForeign: the file is not a ledger.
	ErrForeign = errors.New("not a ledger of whence")
	// ErrNewer: the ledger was written by a later version.
	ErrNewer = errors.New("written by a newer version of whence")
	// ErrDamaged: the ledger's file is truncated or its pages contradict each
	// other.
	ErrDamaged = errors.New("damaged")
	// ErrUnusable: the ledger cannot be read or written where it is: no rights,
	// no space, no such folder.
	ErrUnusable = errors.New("cannot be used")
)

// Store keeps a ledger. Any number of goroutines may use it, and any number of
// processes its file.
type Store interface {
	// View runs f on one moment of the ledger.
	View(ctx context.Context, f func(Reader) error) error
	// Update runs f in a transaction that no other update overlaps. An error of
	// f, or a panic, undoes it and is passed on.
	Update(ctx context.Context, f func(Writer) error) error
	// Prepare does what can be done of putting an entry before it is put, outside
	// any transaction, and leaves it in Ready.
	Prepare(*Entry)
	// Check looks for damage in the file itself and yields what it finds.
	Check(ctx context.Context) iter.Seq[error]
	Close() error
}

// Key is the number of an article in one ledger. Keys run in the order of
// [Moment], those of undated articles below 0, so that a stretch of time is a
// stretch of keys. See [KeyOf].
type Key int64

// Head is an article without its text and findings.
type Head struct {
	Key
	ID        string // see [whence.Article.Identify]
	Page      string // canonical address, else address, else empty: versions of a page share it
	Path      string
	Outlet    string
	Title     string
	Published whence.Date
	Modified  whence.Date
	Captured  whence.Date
	Reader    string // version of the reader that made the reading
}

// Print is a fingerprint: the hash of some words that follow each other.
type Print uint64

// Entry is an article as it is put into the ledger.
type Entry struct {
	Reading *whence.Reading
	Reader  string  // version of the reader
	Prints  []Print // sorted, each once
	Around  []int64 // what stands around each of them, see package lineage; nil where that is not known
	Digest  []byte  // what it is about, see package story
	Topics  []Print // by which articles on the same are found, sorted, each once
	// Ready is what the store has made of the reading beforehand, see [Store.Prepare];
	// nil where it has not.
	Ready any
}

// AroundOf is what stands around print number i, as far as it is known.
func (e Entry) AroundOf(i int) int64 {
	if e.Around == nil {
		return 0
	}
	return e.Around[i]
}

// Holder is an article that holds a print.
type Holder struct {
	Print
	Key
	Outlet OutletID
	Around int64 // as it was put in; 0 where that is not known
}

// OutletID is the number of an outlet in one ledger; articles without an outlet
// have one by the host of their address, and 0 without either.
type OutletID int32

// Reader sees one moment of a ledger.
type Reader interface {
	StoryReader
	// Find gives the key of the article with an id, or with an id that begins
	// so and is the only one (of at least 4 hex digits, "sha256:" left out or
	// not). Errors: ErrAbsent, ErrAmbiguous.
	Find(id string) (Key, error)
	// Head and Reading give one article. Errors: ErrAbsent.
	Head(Key) (Head, error)
	Reading(Key) (*whence.Reading, error)
	// Heads yields articles with from <= key < to in the order of keys, or the
	// latest first.
	Heads(from, to Key, latestFirst bool) iter.Seq2[Head, error]
	// Versions are the articles of one page in the order of Moment.
	Versions(page string) ([]Head, error)
	// Prints are those that were put in with an article, sorted.
	Prints(Key) ([]Print, error)
	// Holders calls visit with the articles within the span of keys [from, to)
	// that hold each of the prints, which are sorted; in the order of prints,
	// then of keys; of each print at most limit, the earliest.
	Holders(prints []Print, from, to Key, limit int, visit func(Holder)) error
	// Reuse is what an article shares with others, each as seen from it, in the
	// order of the others' keys.
	Reuse(Key) ([]Shared, error)
	// ReuseBefore is the part of Reuse that is shared with articles of smaller
	// keys.
	ReuseBefore(Key) ([]Shared, error)
	// Pair is what two articles share, as seen from the first. Errors: ErrAbsent.
	Pair(a, b Key) (Shared, error)
	// Partners are the articles of Reuse alone, in the same order.
	Partners(Key) ([]Key, error)
	// AllReuse yields each pair once.
	AllReuse() iter.Seq2[Shared, error]
	// Search yields keys of articles that match, the latest first.
	Search(Query) iter.Seq2[Key, error]
	// Reviews are the verdicts on findings of an article, oldest first.
	Reviews(Key) ([]Review, error)
	Counts() (Counts, error)
}

// Writer is a Reader that also writes.
type Writer interface {
	Reader
	StoryWriter
	// Put adds an article, or, if its id is there, replaces its reading, reader
	// and prints, keeping its reviews. New tells which.
	Put(Entry) (key Key, added bool, err error)
	// Remove removes an article with all that came with it, reuse and marks too.
	Remove(Key) error
	// PutReuse records what two articles share, in place of what was recorded;
	// DropReuse forgets it. The order of the two does not matter.
	PutReuse(Shared) error
	DropReuse(a, b Key) error
	// AddReview appends a verdict.
	AddReview(Key, Review) error
}

// Shared is what two articles share. The ids and paths of Reuse are left empty
// in the store; the keys name the articles.
type Shared struct {
	Article, Other Key
	whence.Reuse
	// Work is what package lineage wants to remember of the pair; the store
	// keeps it as it is.
	Work []byte
}

// Query selects articles. Its parts must all hold; the zero Query selects all.
type Query struct {
	// Terms must all stand in the title or text, each as a phrase of one or
	// more words, in any case and with any accents.
	Terms []string
	// Any of these must stand in the words or the name of a source.
	Sources []string
	Outlet  string // words of the outlet's name
	Marks   []Mark // each must be had
	From    Key    // inclusive; 0 is no bound
	To      Key    // exclusive; 0 is no bound
	Limit   int    // 0 is no limit
}

// Mark is a property of an article that can be searched for: "anonymous:yes",
// "status:planned", "measure:killed". It holds small letters, digits, "_" and
// ":" alone; see [Marks].
type Mark string

// Review is a person's verdict on a machine finding. The finding is named by
// what it is and where it stands, so that a verdict outlives a new reading, and
// does not pass on to a finding that stands elsewhere. Verdicts are only ever
// added: the latest counts.
type Review struct {
	Kind    Reviewable    `json:"kind"`
	Spans   []whence.Span `json:"spans"`
	Verdict Verdict       `json:"verdict"`
	Correct *Correction   `json:"correct,omitempty"` // where the verdict is Corrected
	Note    string        `json:"note,omitempty"`
	By      string        `json:"by"`
	At      whence.Date   `json:"at"`
}

// Reviewable is a kind of finding that people judge.
type Reviewable string

// The kinds of findings.
const (
	AttributionFinding Reviewable = "attribution"
	FigureFinding      Reviewable = "figure"
	TimeFinding        Reviewable = "time"
	PlaceFinding       Reviewable = "place"
	EventFinding       Reviewable = "event"
)

// Verdict is what a person says of a finding.
type Verdict string

// The verdicts. A person who withdraws has said nothing.
const (
	Accepted  Verdict = "accepted"
	Rejected  Verdict = "rejected"
	Corrected Verdict = "corrected"
	Withdrawn Verdict = "withdrawn"
)

// Correction is what a person puts in the place of a finding. What is absent
// stays as the machine found it.
type Correction struct {
	Source  []whence.Span `json:"source,omitempty"` // of an attribution, as the next two
	Cue     []whence.Span `json:"cue,omitempty"`
	Content []whence.Span `json:"content,omitempty"`
	Name    string        `json:"name,omitempty"`  // whose words they are
	Span    *whence.Span  `json:"span,omitempty"`  // of a figure, time, place or event
	Value   string        `json:"value,omitempty"` // a figure's number, a time's value, a place's name
	Status  whence.Status `json:"status,omitempty"`
}

// Counts is the size of a ledger.
type Counts struct {
	Articles, Pairs int64
	Bytes           int64 // of its files
}
