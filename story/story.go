// Package story gathers articles about the same events and says on what each
// claim in them rests.
//
// [Build] is a pure function from the articles of one story, and from what they
// share, to the story: its claims with their roots, how each figure went over
// time, what contradicts what, how far plans have come, and who says what. It
// promises that everything it shows is a passage of an article or a count over
// such passages, and that what could not be decided is said to be undecided. It
// writes no sentence, and says of nobody where they are.
package story

import (
	"whence"
)

// Article is an article of a story, as it is given to [Build].
type Article struct {
	ID      string // of the article
	Reading *whence.Reading
}

// Story is what the articles about the same events come to.
type Story struct {
	ID             string          `json:"story"`                     // "s" and the beginning of the id of the article that it is named by
	Title          string          `json:"title"`                     // of its earliest origin report
	Articles       []Member        `json:"articles"`                  // origins first, copies behind their origin, else by time
	Reports        []Report        `json:"reports"`                   // origin reports
	Sources        []Source        `json:"sources"`                   // origin sources
	Claims         []Claim         `json:"claims"`                    // by legs: reports, then sources, then articles
	Left           int             `json:"claims_left_out,omitempty"` // claims of one article each beyond the 2,000 that are kept
	Histories      []History       `json:"figures,omitempty"`
	Contradictions []Contradiction `json:"contradictions,omitempty"`
	Plans          []Plan          `json:"plans,omitempty"`
	Positions      []Positions     `json:"positions,omitempty"`
}

// Member is an article in its place in the story.
type Member struct {
	Article   string      `json:"article"`
	Path      string      `json:"path,omitempty"`
	Outlet    string      `json:"outlet,omitempty"`
	Title     string      `json:"title,omitempty"`
	Published whence.Date `json:"published,omitzero"`
	// Of is the article that this one is a copy of, or empty.
	Of string `json:"of,omitempty"`
}

// Report is an origin report: a newsroom's own reporting. It has no article
// where it is not in the ledger.
type Report struct {
	Name    string `json:"name"`
	Article string `json:"article,omitempty"`
}

// Source is an origin source. An anonymous group is one source, whatever number
// of outlets retell it.
type Source struct {
	Name      string            `json:"name"`
	Kind      whence.SourceKind `json:"kind,omitempty"`
	Anonymous bool              `json:"anonymous,omitempty"`
	Count     int               `json:"count,omitempty"`
}

// Finding is a place where an article makes a claim, with the words.
type Finding struct {
	Article     string        `json:"article"`
	Path        string        `json:"path,omitempty"`
	Attribution string        `json:"attribution,omitempty"` // id in the article's reading
	Figure      string        `json:"figure,omitempty"`
	Event       string        `json:"event,omitempty"`
	Spans       []whence.Span `json:"spans"`
	Text        string        `json:"text"`
}

// ClaimKind is what makes several passages one claim.
type ClaimKind string

// The kinds of claims.
const (
	Quotation ClaimKind = "quotation" // the same words of the same speaker
	Statement ClaimKind = "statement" // the same in other words, of the same source
	Figure    ClaimKind = "figure"    // the same measure and value over the same subject
)

// Claim is what one article or several say alike, with its two counts: the
// lengths of Reports and of Sources.
type Claim struct {
	ID        string        `json:"claim"` // "c" and a hash of its earliest finding's place
	Kind      ClaimKind     `json:"kind"`
	Text      string        `json:"text"` // the words of its earliest finding
	Story     string        `json:"story"`
	Measure   string        `json:"measure,omitempty"`
	Status    whence.Status `json:"status,omitempty"` // as its origin gives it
	Articles  []Finding     `json:"articles"`         // by time, one for each article
	Also      []Finding     `json:"also,omitempty"`   // where these articles make it again
	Reports   []Root        `json:"reports"`
	Sources   []RootSource  `json:"sources"`
	Undecided []string      `json:"undecided,omitempty"` // what could not be told, in words, by article
	Slips     []Slip        `json:"slips,omitempty"`
}

// Root is an origin report of a claim, and the articles that rest on it with
// the evidence.
type Root struct {
	Report
	Rests    []string `json:"rests,omitempty"` // ids of articles
	Evidence []string `json:"evidence,omitempty"`
}

// RootSource is an origin source of a claim with the passages that name it.
type RootSource struct {
	Source
	Findings []Finding `json:"findings,omitempty"`
}

// Slip is a value that a copy got wrong in the copying.
type Slip struct {
	Finding
	Low        whence.Bound `json:"low,omitzero"`
	High       whence.Bound `json:"high,omitzero"`
	CopiedFrom string       `json:"copied_from"`
}

// History is how one figure went over time by one source's count.
type History struct {
	Series      string   `json:"series"` // its id: "h" and a hash
	Measure     string   `json:"measure"`
	Head        string   `json:"head,omitempty"` // lemma of what is counted
	By          string   `json:"by,omitempty"`   // whose count it is
	Points      []Point  `json:"points"`
	ContestedBy []string `json:"contested_by,omitempty"` // other series
	Outliers    []Slip   `json:"outliers,omitempty"`
}

// Point is the first article that gives a value.
type Point struct {
	At        whence.Date      `json:"at,omitzero"`
	Low       whence.Bound     `json:"low,omitzero"`
	High      whence.Bound     `json:"high,omitzero"`
	Qualifier whence.Qualifier `json:"qualifier,omitempty"`
	Status    whence.Status    `json:"status,omitempty"`
	Source    string           `json:"source,omitempty"`
	Report    string           `json:"report,omitempty"`
	Finding
	Repeats      []Finding `json:"repeats,omitempty"`
	SupersededBy string    `json:"superseded_by,omitempty"` // the claim or day of the later point
	CorrectedBy  string    `json:"corrected_by,omitempty"`
}

// Contradiction is two passages that cannot both hold.
type Contradiction struct {
	Kind  string `json:"kind"`  // rival_figures, denial, later_status, slip, overstated
	About string `json:"about"` // measure, or the words for the event
	A     Side   `json:"a"`
	B     Side   `json:"b"`
}

// Side is one side of a contradiction.
type Side struct {
	Finding
	Sentence string      `json:"sentence,omitempty"` // that the finding stands in
	Source   string      `json:"source,omitempty"`
	At       whence.Date `json:"at,omitzero"`
}

// Plan is the status of one event over time.
type Plan struct {
	Plan       string `json:"plan"` // lemma of the event with what it is done to
	Steps      []Step `json:"steps"`
	Overstated []Step `json:"overstated,omitempty"` // rewrites that say more than their origin
}

// Step is one status, with the first passage that gives it.
type Step struct {
	At     whence.Date   `json:"at,omitzero"`
	Status whence.Status `json:"status"`
	Report string        `json:"report,omitempty"`
	Source string        `json:"source,omitempty"`
	Finding
	Sentence string `json:"sentence,omitempty"` // that the finding stands in
}

// Positions is who asserts, denies, confirms, declined, referred or did not
// reply, about one claim.
type Positions struct {
	About     string     `json:"about"` // words of the claim
	Claim     string     `json:"claim,omitempty"`
	Positions []Position `json:"positions"`
}

// Position is one of them.
type Position struct {
	Stance string `json:"stance"` // asserts, denies, confirms, declined, no_reply, referred
	Source string `json:"source"`
	Finding
}
