package export

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"unicode/utf16"

	"whence"
	"whence/ledger"
	"whence/story"
)

// typ is what the cells of a column hold.
type typ string

// The types, under the names that Frictionless Table Schema gives them.
const (
	text    typ = "string"
	integer typ = "integer"
	number  typ = "number"
	boolean typ = "boolean"
)

// column is a column of a table. An empty text, and nil of the other types, is an
// absent value.
type column struct {
	name  string
	typ   typ
	about string
	wide  bool // it may hold a whole article, and is not for a spreadsheet
}

// row is the cells of a row, in the order of the columns: string, int, float64,
// bool or nil.
type row []any

// table is one table of an export. One of its sources of rows is set.
type table struct {
	name       string
	about      string
	columns    []column
	unsearched bool // it is not made of a search
	article    func(ledger.Entry, func(...any))
	story      func(ledger.StoryPart, func(...any))
	reuse      func(whence.Reuse, func(...any))
}

// columnsFor are columns by name; "n:" before a name makes it a number, "i:" an
// integer, "b:" a boolean.
func columnsFor(names string) []column {
	var list []column
	for _, name := range strings.Fields(names) {
		c := column{name: name, typ: text}
		if kind, rest, ok := strings.Cut(name, ":"); ok {
			c.name, c.typ = rest, map[string]typ{"n": number, "i": integer, "b": boolean}[kind]
		}
		c.about = meanings[c.name]
		list = append(list, c)
	}
	return list
}

// meanings say what is in columns, where the name does not.
var meanings = map[string]string{
	"article": "the article's id in the ledger", "start": "where the words begin in the article's text, in Unicode code points from 0",
	"end": "where they end, exclusive", "text": "the words", "spans": "where the words stand in the article's text: start-end, several parted by blanks",
	"story": "the story's id", "claim": "the claim's id", "published": "ISO 8601, as sharp as it is known", "captured": "when it was fetched, ISO 8601",
	"attribution": "the attribution's id in its article", "figure": "the figure's id in its article", "event": "the event's id in its article",
	"low": "the least value that the words allow", "high": "the greatest value that the words allow", "score": "0 to 1", "confidence": "0 to 1",
	"lat": "degrees (WGS 84), no sharper than the words", "lon": "degrees (WGS 84), no sharper than the words",
	"anonymous": "whether the source is not named", "copy_of": "the article that it is a copy of", "rests": "how many articles rest on it",
	"root": "report or source", "reports": "origin reports", "sources": "origin sources", "undecided": "what could not be told, in words",
	"characters": "length of the text in code points", "block": "its number in the article; a long block goes on in the next row",
}

var tables = []table{
	{name: "articles", about: "articles with their metadata",
		columns: append(columnsFor("article path url canonical outlet title byline credits published published_precision modified captured language i:characters"),
			column{name: "text", typ: text, about: "the whole text, the space of all offsets", wide: true}),
		article: func(e ledger.Entry, put func(...any)) {
			r := e.Reading
			put(r.ID, r.Path, r.URL, r.Canonical, r.Outlet, r.Title, joined(r.Byline), joined(r.Credits), r.Published.String(), string(r.Published.Precision),
				r.Modified.String(), r.Captured.String(), r.Language, len([]rune(r.Text)), r.Text)
		}},
	{name: "blocks", about: "the text of articles by its blocks", columns: columnsFor("article i:block i:start i:end role text"), article: blockRows},
	{name: "attributions", about: "who says what",
		columns: columnsFor("article attribution source source_kind source_name b:anonymous i:count reason cue content source_spans cue_spans content_spans quotation kind response relay relay_kind parent n:score"),
		article: attributionRows},
	{name: "figures", about: "quantities with what they count",
		columns: columnsFor("article figure i:start i:end text n:low n:high qualifier unit counted head measure change part_of period_begin period_end place hedge status attribution"),
		article: figureRows},
	{name: "times", about: "words for times", columns: columnsFor("article time i:start i:end text type value period_begin period_end"),
		article: func(e ledger.Entry, put func(...any)) {
			for _, t := range e.Reading.Times {
				put(e.ID, t.ID, t.Start, t.End, t.Text, string(t.Type), t.Value, t.Period.Begin.String(), t.Period.End.String())
			}
		}},
	{name: "places", about: "words for places", unsearched: true,
		columns: columnsFor("article place i:start i:end text name n:lat n:lon country i:geonames precision b:government"), article: placeRows},
	{name: "events", about: "acts, and how real they are said to be", columns: columnsFor("article event i:start i:end text status hedge attribution"),
		article: func(e ledger.Entry, put func(...any)) {
			for _, x := range e.Reading.Events {
				put(e.ID, x.ID, x.Start, x.End, x.Text, string(x.Status), string(x.Hedge), x.Attribution)
			}
		}},
	{name: "names", about: "whom and what articles name", columns: columnsFor("article name_id name kind roles mentions"),
		article: func(e ledger.Entry, put func(...any)) {
			for _, n := range e.Reading.Names {
				put(e.ID, n.ID, n.Name, n.Kind, joined(n.Roles), spans(n.Mentions))
			}
		}},
	{name: "stories", about: "articles about the same events", columns: columnsFor("story title i:articles i:reports i:sources i:claims"),
		story: func(s ledger.StoryPart, put func(...any)) {
			put(s.ID, s.Title, len(s.Articles), len(s.Reports), len(s.Sources), len(s.Claims))
		}},
	{name: "story_articles", about: "which articles a story has", columns: columnsFor("story article outlet title published copy_of"),
		story: func(s ledger.StoryPart, put func(...any)) {
			for _, a := range s.Articles {
				if s.Has(a.Article) {
					put(s.ID, a.Article, a.Outlet, a.Title, a.Published.String(), a.Of)
				}
			}
		}},
	{name: "claims", about: "what articles say alike, by legs", columns: columnsFor("claim story kind text measure status i:articles i:reports i:sources undecided"),
		story: eachClaim(func(s ledger.StoryPart, c story.Claim, put func(...any)) {
			put(c.ID, s.ID, string(c.Kind), c.Text, c.Measure, string(c.Status), len(c.Articles), len(c.Reports), len(c.Sources), joined(c.Undecided))
		})},
	{name: "claim_articles", about: "where articles make a claim", columns: columnsFor("claim story article attribution figure event spans text"),
		story: eachClaim(func(s ledger.StoryPart, c story.Claim, put func(...any)) {
			for _, f := range c.Articles {
				put(c.ID, s.ID, f.Article, f.Attribution, f.Figure, f.Event, spans(f.Spans), f.Text)
			}
		})},
	{name: "claim_roots", about: "the reports and sources that claims rest on", columns: columnsFor("claim story root name article kind b:anonymous i:count i:rests evidence"),
		story: eachClaim(func(s ledger.StoryPart, c story.Claim, put func(...any)) {
			for _, r := range c.Reports {
				put(c.ID, s.ID, "report", r.Name, r.Article, "", nil, nil, len(r.Rests), joined(r.Evidence))
			}
			for _, x := range c.Sources {
				put(c.ID, s.ID, "source", x.Name, "", string(x.Kind), x.Anonymous, positive(x.Count), len(x.Findings), "")
			}
		})},
	{name: "figure_histories", about: "how figures went over time, by whose count",
		columns: columnsFor("story series measure head by at n:low n:high qualifier status source report article figure text i:repeats superseded_by corrected_by"), story: historyRows},
	{name: "contradictions", about: "two passages that cannot both hold",
		columns: columnsFor("story kind about a_article a_source a_at a_text b_article b_source b_at b_text"),
		story: func(s ledger.StoryPart, put func(...any)) {
			for _, c := range s.Contradictions {
				if s.HasAny(c.A.Finding, c.B.Finding) {
					put(s.ID, c.Kind, c.About, c.A.Article, c.A.Source, c.A.At.String(), c.A.Text, c.B.Article, c.B.Source, c.B.At.String(), c.B.Text)
				}
			}
		}},
	{name: "plans", about: "how far plans have come, step by step", columns: columnsFor("story plan at status report source article spans text b:overstated"), story: planRows},
	{name: "positions", about: "who asserts, denies, confirms, declined to comment, about a claim", columns: columnsFor("story claim about stance source article spans text"),
		story: func(s ledger.StoryPart, put func(...any)) {
			for _, x := range s.Positions {
				for _, p := range x.Positions {
					if s.Has(p.Article) {
						put(s.ID, x.Claim, x.About, p.Stance, p.Source, p.Article, spans(p.Spans), p.Text)
					}
				}
			}
		}},
	{name: "reuse", about: "pairs of articles that share text", columns: columnsFor("article other relation direction origin n:confidence evidence i:passages"),
		reuse: func(r whence.Reuse, put func(...any)) {
			put(r.Article, r.Other, string(r.Relation), string(r.Direction), r.Origin, r.Confidence, joined(r.Evidence), len(r.Passages))
		}},
	{name: "passages", about: "the words that they share", columns: columnsFor("article other i:start i:end i:other_start i:other_end b:quotation"),
		reuse: func(r whence.Reuse, put func(...any)) {
			for _, p := range r.Passages {
				put(r.Article, r.Other, p.Start, p.End, p.OtherStart, p.OtherEnd, p.Quotation)
			}
		}},
}

// tableNamed finds a table by its name.
func tableNamed(name string) (*table, bool) {
	i := slices.IndexFunc(tables, func(t table) bool { return t.name == name })
	if i < 0 {
		return nil, false
	}
	return &tables[i], true
}

// TableNames are the names of all tables.
func TableNames() []string {
	list := make([]string, len(tables))
	for i, t := range tables {
		list[i] = t.name
	}
	return list
}

// tablesFor are the tables that are made of a selection.
func tablesFor(sel ledger.Selection) []*table {
	var list []*table
	for i := range tables {
		if sel.Query == "" || !tables[i].unsearched {
			list = append(list, &tables[i])
		}
	}
	return list
}

// joined is a list in one cell.
func joined(list []string) string { return strings.Join(list, "; ") }

// spans are places in a text in one cell.
func spans(list []whence.Span) string {
	parts := make([]string, len(list))
	for i, s := range list {
		parts[i] = fmt.Sprintf("%d-%d", s.Start, s.End)
	}
	return strings.Join(parts, " ")
}

// bound and positive are absent where there is no value.
func bound(b whence.Bound) any {
	if !b.Known {
		return nil
	}
	return b.Value
}

func positive(n int) any {
	if n == 0 {
		return nil
	}
	return n
}

// mostUnits is how long the words of a block are in one row, in the units of
// UTF-16 in which spreadsheets count: a cell holds 32,767.
const mostUnits = 32_000

func blockRows(e ledger.Entry, put func(...any)) {
	text := []rune(e.Reading.Text)
	for i, b := range e.Reading.Blocks {
		for from := b.Start; from < b.End; {
			to, units := from, 0
			for to < b.End && units < mostUnits {
				units += max(1, utf16.RuneLen(text[to]))
				to++
			}
			put(e.ID, i, from, to, string(b.Role), string(text[from:to]))
			from = to
		}
	}
}

func attributionRows(e ledger.Entry, put func(...any)) {
	names := map[string]string{}
	for _, n := range e.Reading.Names {
		names[n.ID] = n.Name
	}
	for _, a := range e.Reading.Attributions {
		source, anonymous := whence.Source{}, any(nil)
		if a.Source != nil {
			source, anonymous = *a.Source, a.Source.Anonymous
		}
		relay := whence.Relay{}
		if a.Relay != nil {
			relay = *a.Relay
		}
		put(e.ID, a.ID, source.Text, string(source.Kind), names[source.Name], anonymous, positive(source.Count), source.Reason, a.Cue.Text, a.Content.Text,
			spans(source.Spans), spans(a.Cue.Spans), spans(a.Content.Spans), string(a.Quotation), string(a.Kind), string(a.Response), relay.Name, string(relay.Kind), a.Parent, a.Score)
	}
}

func figureRows(e ledger.Entry, put func(...any)) {
	text := []rune(e.Reading.Text)
	for _, f := range e.Reading.Figures {
		counted, head := "", ""
		if f.Counted != nil {
			counted, head = string(text[f.Counted.Start:f.Counted.End]), f.Counted.Head
		}
		put(e.ID, f.ID, f.Start, f.End, f.Text, bound(f.Low), bound(f.High), string(f.Qualifier), f.Unit, counted, head, f.Measure, string(f.Change), f.PartOf,
			f.Period.Begin.String(), f.Period.End.String(), f.Place, string(f.Hedge), string(f.Status), f.Attribution)
	}
}

func placeRows(e ledger.Entry, put func(...any)) {
	for _, p := range e.Reading.Places {
		var lat, lon any
		if at := position(p); at != nil {
			lat, lon = at.Lat, at.Lon
		}
		put(e.ID, p.ID, p.Start, p.End, p.Text, p.Name, lat, lon, p.Country, positive(p.Geonames), string(p.Precision), p.Government)
	}
}

// eachClaim gives the claims of a story that articles of the part make.
func eachClaim(rows func(ledger.StoryPart, story.Claim, func(...any))) func(ledger.StoryPart, func(...any)) {
	return func(s ledger.StoryPart, put func(...any)) {
		for _, c := range s.Claims {
			if s.HasAny(c.Articles...) {
				rows(s, c, put)
			}
		}
	}
}

func historyRows(s ledger.StoryPart, put func(...any)) {
	for _, h := range s.Histories {
		for _, x := range h.Points {
			if s.Has(x.Article) || s.HasAny(x.Repeats...) {
				put(s.ID, h.Series, h.Measure, h.Head, h.By, x.At.String(), bound(x.Low), bound(x.High), string(x.Qualifier), string(x.Status),
					x.Source, x.Report, x.Article, x.Figure, x.Text, len(x.Repeats), x.SupersededBy, x.CorrectedBy)
			}
		}
	}
}

func planRows(s ledger.StoryPart, put func(...any)) {
	for _, p := range s.Plans {
		for _, part := range []struct {
			steps      []story.Step
			overstated bool
		}{{p.Steps, false}, {p.Overstated, true}} {
			for _, x := range part.steps {
				if s.Has(x.Article) {
					put(s.ID, p.Plan, x.At.String(), string(x.Status), x.Report, x.Source, x.Article, spans(x.Spans), x.Text, part.overstated)
				}
			}
		}
	}
}

// fill goes through a part once for each sort of thing that rows are made of, and
// hands the rows to put.
func fill(p *ledger.Part, list []*table, put func(*table, row) error) error {
	if err := fillWith(p.Articles(), list, func(t *table) func(ledger.Entry, func(...any)) { return t.article }, put); err != nil {
		return err
	}
	if err := fillWith(p.Stories(), list, func(t *table) func(ledger.StoryPart, func(...any)) { return t.story }, put); err != nil {
		return err
	}
	return fillWith(p.Reuse(), list, func(t *table) func(whence.Reuse, func(...any)) { return t.reuse }, put)
}

// fillWith makes the rows of those tables that are made of such things. Where
// there is none of these, it does not look at the things.
func fillWith[T any](things iter.Seq2[T, error], list []*table, of func(*table) func(T, func(...any)), put func(*table, row) error) error {
	list = slices.DeleteFunc(slices.Clone(list), func(t *table) bool { return of(t) == nil })
	if len(list) == 0 {
		return nil
	}
	for thing, err := range things {
		if err != nil {
			return err
		}
		for _, t := range list {
			of(t)(thing, func(cells ...any) {
				if err == nil {
					err = put(t, cells)
				}
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
