package sample

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"

	"whence"
)

//go:embed truth.json
var truth []byte

// Gold is everything that is true of the sample. Articles are named by their
// file, sources and outlets by their name. Dates are ISO 8601, as
// [whence.ParseDate] takes them.
type Gold struct {
	Format   int       `json:"format"`
	Days     [2]string `json:"days"` // first and last day of publication
	Outlets  []Outlet  `json:"outlets"`
	Agencies []Agency  `json:"agencies"` // none of their own pages is among the articles
	Sources  []Known   `json:"sources"`
	Articles []Article `json:"articles"` // in the order of [Articles]

	Relations      []Relation      `json:"relations"`
	Citations      []Citation      `json:"citations"`
	Edits          []Edit          `json:"edits"`
	Stories        []Story         `json:"stories"`
	Claims         []Claim         `json:"claims"`
	Histories      []History       `json:"figure_histories"`
	Contradictions []Contradiction `json:"contradictions"`
	Plans          []Plan          `json:"plans"`
	Positions      []Positions     `json:"positions"`
	Places         []KnownPlace    `json:"places"`
}

// Outlet is an invented outlet and the files of its articles.
type Outlet struct {
	Name     string   `json:"name"`
	Articles []string `json:"articles"`
}

// Agency is an invented news agency.
type Agency struct {
	Name     string   `json:"name"`
	Articles []string `json:"articles"`
}

// Known is a source across the articles, whatever words each uses for it.
type Known struct {
	Name      string            `json:"name"`
	Kind      whence.SourceKind `json:"kind"`
	Anonymous bool              `json:"anonymous,omitempty"`
	Count     int               `json:"count,omitempty"` // of an anonymous group, where it is counted
	Roles     []string          `json:"roles,omitempty"`
	Nickname  string            `json:"nickname,omitempty"`
}

// KnownPlace is a place of the story. None of them has coordinates.
type KnownPlace struct {
	Name      string `json:"name"`
	Precision string `json:"precision"` // country, region, city, site, water
}

// Passage is some words of one block: the nth occurrence of Text in it,
// counted from 1; 0 means the first.
type Passage struct {
	Block int    `json:"block"`
	Text  string `json:"text"`
	Nth   int    `json:"nth,omitempty"`
}

// Cited is a passage of a named article.
type Cited struct {
	Article string `json:"article"`
	Passage
}

// Article is what is true of one page.
type Article struct {
	File               string   `json:"file"`
	URL                string   `json:"url"`
	Canonical          string   `json:"canonical"`
	Outlet             string   `json:"outlet"`
	Title              string   `json:"title"`
	Byline             []string `json:"byline"`
	Credits            []string `json:"credits"` // for the text; credits for pictures are not among them
	Published          string   `json:"published"`
	PublishedPrecision string   `json:"published_precision"`
	Modified           string   `json:"modified,omitempty"`
	Captured           string   `json:"captured"`
	Language           string   `json:"language"` // as declared, "en" where nothing is declared
	Version            string   `json:"version,omitempty"`
	Story              string   `json:"story"`
	Origins            []Origin `json:"origins"` // whose reporting it holds

	Blocks       []Block       `json:"blocks"` // the article's own, in reading order
	Attributions []Attribution `json:"attributions"`
	Figures      []Figure      `json:"figures"`
	Times        []Time        `json:"times"`
	Places       []Place       `json:"places"`
	Events       []Event       `json:"events"`
}

// Origin is a newsroom's own reporting: in an article of the sample, or
// virtual.
type Origin struct {
	Report  string `json:"report"`
	Article string `json:"article,omitempty"`
	Virtual bool   `json:"virtual,omitempty"`
}

// Block is a part of the article with its role and its visible text, white
// space folded to single blanks.
type Block struct {
	Role  whence.Role `json:"role"`
	Text  string      `json:"text"`
	Links []struct {
		Text string `json:"text"`
		Href string `json:"href"`
	} `json:"links,omitempty"`
}

// Attribution is source, cue and content, each as passages.
type Attribution struct {
	ID        string           `json:"id"`
	Source    *Source          `json:"source,omitempty"`
	Cue       []Passage        `json:"cue"`
	Content   []Passage        `json:"content,omitempty"`
	Quotation whence.Quotation `json:"quotation,omitempty"`
	Kind      whence.Kind      `json:"kind"`
	Response  whence.Response  `json:"response,omitempty"`
	Relay     *Relay           `json:"relay,omitempty"`
	Parent    string           `json:"parent,omitempty"`
}

// Source is who is meant, and the words for it here.
type Source struct {
	Spans     []Passage         `json:"spans"`
	Who       string            `json:"who"` // the Name of a Known
	Kind      whence.SourceKind `json:"kind"`
	Anonymous bool              `json:"anonymous,omitempty"`
	Count     int               `json:"count,omitempty"`
	Reason    string            `json:"reason,omitempty"` // in the article's words
}

// Relay is the outlet or channel that the words came through.
type Relay struct {
	Passage
	Kind whence.RelayKind `json:"kind"`
}

// Figure is a quantity. Low and High are absent where the words give none.
type Figure struct {
	ID string `json:"id"`
	Passage
	Measure     string   `json:"measure"`
	Qualifier   string   `json:"qualifier"`
	Unit        string   `json:"unit,omitempty"`
	Status      string   `json:"status"`
	Hedge       string   `json:"hedge,omitempty"`
	Low         *float64 `json:"low,omitempty"`
	High        *float64 `json:"high,omitempty"`
	Change      string   `json:"change,omitempty"`
	PartOf      string   `json:"part_of,omitempty"`
	Period      string   `json:"period,omitempty"`
	Counted     *Passage `json:"counted,omitempty"`
	Attribution string   `json:"attribution,omitempty"`
}

// Time is a TIMEX3 expression.
type Time struct {
	ID string `json:"id"`
	Passage
	Type  string `json:"type"` // DATE, TIME, DURATION, SET
	Value string `json:"value"`
}

// Place is a mention of a place.
type Place struct {
	ID string `json:"id"`
	Passage
	Place     string `json:"place"` // the Name of a KnownPlace
	Precision string `json:"precision"`
}

// Event is a mention of one of the acts and plans of the story.
type Event struct {
	ID string `json:"id"`
	Passage
	Event       string `json:"event"` // the same through all articles
	Status      string `json:"status"`
	Hedge       string `json:"hedge,omitempty"`
	Attribution string `json:"attribution,omitempty"`
}

// Relation is how two articles are related, in the terms of the ledger's
// export of reuse.
type Relation struct {
	Article   string   `json:"article"`
	Other     string   `json:"other"`
	Relation  string   `json:"relation"`  // copy, derived, common_origin, shared_quotation
	Direction string   `json:"direction"` // article_from_other, both_from_origin
	Origins   []string `json:"origins"`   // outlet, agency or speakers that the shared words come from
	Evidence  []string `json:"evidence"`
	Passages  []Shared `json:"passages"`
	// Via names the article between the two; such a relation follows from
	// others and need not be listed by a program.
	Via      string  `json:"via,omitempty"`
	Citation []Cited `json:"citation,omitempty"`
}

// Shared is a passage that both articles hold. OtherText is set where the
// other writes it with other marks (or, if Translated, in other words).
type Shared struct {
	Passage
	OtherBlock int    `json:"other_block"`
	OtherText  string `json:"other_text,omitempty"`
	OtherNth   int    `json:"other_nth,omitempty"`
	Quotation  bool   `json:"quotation"`
	Origin     string `json:"origin,omitempty"` // the speaker, of a quotation
	Translated bool   `json:"translated,omitempty"`
}

// Other is the passage as it stands in the other article.
func (s Shared) Other() Passage {
	text := s.OtherText
	if text == "" {
		text = s.Text
	}
	return Passage{s.OtherBlock, text, s.OtherNth}
}

// Citation is a place where an article names an outlet as the one that
// reported first. Cites is absent where that report is not in the sample.
type Citation struct {
	Cited
	Outlet string `json:"outlet"`
	Cites  string `json:"cites,omitempty"`
}

// Edit is what changed between two versions of one page. Noted tells whether
// the page says so itself.
type Edit struct {
	Before  string   `json:"before"`
	After   string   `json:"after"`
	Noted   bool     `json:"noted"`
	Notice  *Passage `json:"notice,omitempty"`
	Changes []Change `json:"changes"`
}

// Change is one change: changed, added, removed or moved. The ids name the
// findings of either version that it touches.
type Change struct {
	Kind              string   `json:"kind"`
	Before            *Passage `json:"before,omitempty"`
	After             *Passage `json:"after,omitempty"`
	Noted             bool     `json:"noted"`
	FigureBefore      string   `json:"figure_before,omitempty"`
	FigureAfter       string   `json:"figure_after,omitempty"`
	AttributionBefore string   `json:"attribution_before,omitempty"`
	AttributionAfter  string   `json:"attribution_after,omitempty"`
	EventBefore       string   `json:"event_before,omitempty"`
	EventAfter        string   `json:"event_after,omitempty"`
}

// Story is the articles about the same events.
type Story struct {
	Story    string   `json:"story"`
	About    string   `json:"about"`
	Articles []string `json:"articles"`
}

// Finding names a finding of an article by the id of its kind.
type Finding struct {
	Article     string `json:"article"`
	Attribution string `json:"attribution,omitempty"`
	Figure      string `json:"figure,omitempty"`
	Event       string `json:"event,omitempty"`
}

// Claim is what several articles say alike, with its two counts and the roots
// behind them.
type Claim struct {
	Claim       string       `json:"claim"`
	Kind        string       `json:"kind"` // quotation, statement, figure
	Text        string       `json:"text"` // for people; not cited from a page
	Story       string       `json:"story"`
	Measure     string       `json:"measure,omitempty"`
	Articles    []Finding    `json:"articles"`
	ReportCount int          `json:"report_count"`
	SourceCount int          `json:"source_count"`
	Reports     []RootReport `json:"reports"`
	Sources     []RootSource `json:"sources"`
	Undecided   []Finding    `json:"undecided"` // articles that may or may not rest on reporting of their own
	Slips       []Slip       `json:"slips,omitempty"`
}

// RootReport is an origin report of a claim.
type RootReport struct {
	Name    string `json:"name"`
	Article string `json:"article,omitempty"`
	Virtual bool   `json:"virtual,omitempty"`
}

// RootSource is an origin source of a claim.
type RootSource struct {
	Name      string            `json:"name"`
	Kind      whence.SourceKind `json:"kind"`
	Anonymous bool              `json:"anonymous,omitempty"`
}

// Slip is a figure that a copy got wrong in the copying.
type Slip struct {
	Finding
	Low        *float64 `json:"low,omitempty"`
	High       *float64 `json:"high,omitempty"`
	CopiedFrom string   `json:"copied_from"`
}

// History is how one figure went over time, by one source's count.
type History struct {
	Series      string      `json:"series"`
	Story       string      `json:"story"`
	Measure     string      `json:"measure"`
	Head        string      `json:"head"`
	Points      []Point     `json:"points"`
	ContestedBy []string    `json:"contested_by,omitempty"` // other series
	Outliers    []Slip      `json:"outliers,omitempty"`
	Distorted   []Distorted `json:"distorted,omitempty"`
}

// Point is the first article that gives a value, the source it gives for it,
// and the newsroom that reported it.
type Point struct {
	At           string   `json:"at"`
	Article      string   `json:"article"`
	Figure       string   `json:"figure"`
	Qualifier    string   `json:"qualifier"`
	Source       string   `json:"source"`
	Report       string   `json:"report"`
	Low          *float64 `json:"low,omitempty"`
	High         *float64 `json:"high,omitempty"`
	Status       string   `json:"status"`
	SupersededBy string   `json:"superseded_by,omitempty"` // the At of a later point
	CorrectedBy  string   `json:"corrected_by,omitempty"`  // likewise, where the earlier value was wrong
	Reason       string   `json:"reason,omitempty"`
}

// Distorted is a figure that a rewrite gives a firmer status than its origin.
type Distorted struct {
	Finding
	Status string `json:"status"`
}

// Contradiction is two passages that cannot both hold.
type Contradiction struct {
	Kind  string `json:"kind"` // rival_figures, denial, later_status, slip, overstated
	About string `json:"about"`
	A     Side   `json:"a"`
	B     Side   `json:"b"`
}

// Side is one side of a contradiction.
type Side struct {
	Finding
	Source   string    `json:"source"`
	Passages []Passage `json:"passages"`
}

// Plan is the status of one event over time.
type Plan struct {
	Plan       string `json:"plan"` // the Event of the mentions
	About      string `json:"about"`
	Steps      []Step `json:"steps"`
	Overstated []Step `json:"overstated,omitempty"` // rewrites that say more than their origin
}

// Step is one status, the first article to give it, and who says so; no source
// where the article says so itself.
type Step struct {
	At      string `json:"at"`
	Status  string `json:"status"`
	Article string `json:"article"`
	Event   string `json:"event"`
	Report  string `json:"report"`
	Source  string `json:"source,omitempty"`
}

// Positions is who asserts, denies, confirms, declined, referred or did not
// reply.
type Positions struct {
	About     string     `json:"about"`
	Claim     string     `json:"claim"`
	Positions []Position `json:"positions"`
}

// Position is one of them.
type Position struct {
	Stance      string `json:"stance"` // asserts, denies, confirms, declined, no_reply, referred
	Source      string `json:"source"`
	Article     string `json:"article"`
	Attribution string `json:"attribution"`
}

// Truth reads the sample's truth.json.
func Truth() (*Gold, error) { return ParseTruth(truth) }

// ParseTruth reads a file in the form of truth.json. A field that Gold does not
// know is an error.
func ParseTruth(data []byte) (*Gold, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	var g Gold
	if err := dec.Decode(&g); err != nil {
		return nil, fmt.Errorf("reading truth.json: %w", err)
	}
	return &g, nil
}

// Article gives the article of that file, or nil.
func (g *Gold) Article(file string) *Article {
	for i := range g.Articles {
		if g.Articles[i].File == file {
			return &g.Articles[i]
		}
	}
	return nil
}
