package sample_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"whence"
	"whence/sample"
)

func TestPagesAndTruthListTheSame(t *testing.T) {
	gold, pages := read(t), sample.Articles()
	if len(pages) != len(gold.Articles) {
		t.Fatalf("%d pages, %d articles in truth.json", len(pages), len(gold.Articles))
	}
	files, err := fs.Glob(sample.FS(), "*.html")
	if err != nil || len(files) != len(pages) {
		t.Errorf("%d files (%v), %d pages", len(files), err, len(pages))
	}
	for i, p := range pages {
		a := gold.Articles[i]
		if p.Name != a.File || p.URL != a.URL || p.Captured.String() != a.Captured {
			t.Errorf("page %d is %s %s %s, truth.json has %s %s %s", i, p.Name, p.URL, p.Captured, a.File, a.URL, a.Captured)
		}
		if !strings.Contains(p.URL, ".example/") {
			t.Errorf("%s could be a real address", p.URL)
		}
	}
}

func TestSampleIsRich(t *testing.T) {
	gold := read(t)
	for _, c := range []struct {
		what         string
		got, atLeast int
	}{
		{"articles", len(gold.Articles), 14},
		{"outlets", len(gold.Outlets), 9},
		{"agencies", len(gold.Agencies), 1},
		{"stories", len(gold.Stories), 2},
		{"attributions", count(gold, func(a sample.Article) int { return len(a.Attributions) }), 300},
		{"claims", len(gold.Claims), 25},
	} {
		if c.got < c.atLeast {
			t.Errorf("%d %s, want at least %d", c.got, c.what, c.atLeast)
		}
	}
	seen := map[string]bool{}
	for _, a := range gold.Articles {
		for _, b := range a.Blocks {
			seen[string(b.Role)] = true
		}
		for _, x := range a.Attributions {
			for _, s := range []string{string(x.Quotation), string(x.Kind), string(x.Response)} {
				seen[s] = true
			}
			if x.Relay != nil {
				seen[string(x.Relay.Kind)] = true
			}
		}
		for _, e := range a.Events {
			seen[e.Status], seen[e.Hedge] = true, true
		}
		for _, f := range a.Figures {
			seen[f.Qualifier], seen[f.Hedge] = true, true
		}
		for _, x := range a.Times {
			seen[x.Type] = true
		}
		for _, p := range a.Places {
			seen[p.Precision] = true
		}
	}
	for _, r := range gold.Relations {
		seen[r.Relation], seen[r.Direction] = true, true
	}
	for _, want := range strings.Fields(`
		title standfirst byline dateline heading paragraph list_item caption related notice credit
		direct indirect mixed statement belief intention evidence
		declined no_reply referred denied confirmed outlet channel translation
		alleged reported scare_quotes attempted
		happened under_way decided planned considered possible required requested denied not_happened
		exact about at_least more_than at_most less_than between vague
		DATE TIME DURATION SET country region city site water
		copy derived common_origin shared_quotation article_from_other both_from_origin`) {
		if !seen[want] {
			t.Errorf("nothing in the sample is %s", want)
		}
	}
}

func count(gold *sample.Gold, of func(sample.Article) int) int {
	n := 0
	for _, a := range gold.Articles {
		n += of(a)
	}
	return n
}

func TestDatesLieInTheTenDays(t *testing.T) {
	gold := read(t)
	first, last := day(t, gold.Days[0]), day(t, gold.Days[1])
	if last.Sub(first) != 9*24*time.Hour {
		t.Errorf("%s to %s is not ten days", gold.Days[0], gold.Days[1])
	}
	var before time.Time
	for _, a := range gold.Articles {
		published := date(t, a.Published)
		if string(published.Precision) != a.PublishedPrecision {
			t.Errorf("%s: %s is to the %s, truth.json says %s", a.File, a.Published, published.Precision, a.PublishedPrecision)
		}
		if d := day(t, a.Published[:10]); d.Before(first) || d.After(last) {
			t.Errorf("%s: published on %s", a.File, a.Published)
		}
		at := published.Time.Truncate(24 * time.Hour)
		if at.Before(before) {
			t.Errorf("%s stands after a later article", a.File)
		}
		before = at
		captured := date(t, a.Captured).Time
		if captured.Before(published.Time) {
			t.Errorf("%s: captured before it was published", a.File)
		}
		if a.Modified != "" && date(t, a.Modified).Time.After(captured) {
			t.Errorf("%s: captured before it was modified", a.File)
		}
	}
}

func date(t *testing.T, s string) whence.Date {
	t.Helper()
	d, err := whence.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func day(t *testing.T, s string) time.Time {
	t.Helper()
	return date(t, s).Time
}

// TestPagesHoldTheirBlocks also catches a page edited without its truth.
func TestPagesHoldTheirBlocks(t *testing.T) {
	gold := read(t)
	for _, p := range sample.Articles() {
		all, a := visible(t, p.HTML), gold.Article(p.Name)
		for i, b := range a.Blocks {
			if !contains(all, b.Text) {
				t.Errorf("%s: block %d is not on the page: %q", p.Name, i, b.Text)
			}
		}
		if a.Blocks[0].Role != whence.RoleTitle || a.Blocks[0].Text != a.Title {
			t.Errorf("%s: its first block is not its title", p.Name)
		}
		for _, name := range a.Byline {
			if !contains(all, name) {
				t.Errorf("%s: %s is not on the page", p.Name, name)
			}
		}
	}
}

func TestLocatorFindsEveryPassage(t *testing.T) {
	gold := read(t)
	for _, p := range sample.Articles() {
		a := gold.Article(p.Name)
		text := visible(t, p.HTML)
		locator, runes := a.Locator(text), []rune(text)
		for what, passages := range cited(a) {
			spans, err := locator.Spans(passages...)
			if err != nil {
				t.Errorf("%s %s: %v", p.Name, what, err)
				continue
			}
			for i, s := range spans {
				if got := string(runes[s.Start:s.End]); squeezed(got) != squeezed(passages[i].Text) {
					t.Errorf("%s %s: located %q, want %q", p.Name, what, got, passages[i].Text)
				}
			}
		}
	}
}

// cited are the passages of all findings of an article, by the finding's id.
func cited(a *sample.Article) map[string][]sample.Passage {
	all := map[string][]sample.Passage{}
	for _, x := range a.Attributions {
		if x.Source != nil {
			all[x.ID+" source"] = x.Source.Spans
		}
		all[x.ID+" cue"], all[x.ID+" content"] = x.Cue, x.Content
		if x.Relay != nil {
			all[x.ID+" relay"] = []sample.Passage{x.Relay.Passage}
		}
	}
	for _, f := range a.Figures {
		all[f.ID] = []sample.Passage{f.Passage}
		if f.Counted != nil {
			all[f.ID+" counted"] = []sample.Passage{*f.Counted}
		}
	}
	for _, x := range a.Times {
		all[x.ID] = []sample.Passage{x.Passage}
	}
	for _, x := range a.Places {
		all[x.ID] = []sample.Passage{x.Passage}
	}
	for _, x := range a.Events {
		all[x.ID] = []sample.Passage{x.Passage}
	}
	return all
}

func TestLocatorSaysWhatIsMissing(t *testing.T) {
	a := &sample.Article{Blocks: []sample.Block{{Text: "Nobody said so."}, {Text: "So they said, and so they did."}}}
	l := a.Locator("  So they\u00a0said,\n and so they did. ")
	got, err := l.Spans(sample.Passage{Block: 1, Text: "so", Nth: 1}, sample.Passage{Block: 1, Text: "they", Nth: 2})
	if err != nil || fmt.Sprint(got) != "[{21 23} {24 28}]" {
		t.Errorf("got %v, %v", got, err)
	}
	for _, p := range []sample.Passage{{Block: 0, Text: "Nobody"}, {Block: 1, Text: "never"}, {Block: 1, Text: "they", Nth: 3}, {Block: 2, Text: "x"}, {Block: -1}} {
		if _, err := l.Spans(p); err == nil {
			t.Errorf("%+v was found", p)
		}
	}
}

func TestFindingsAreWellFormed(t *testing.T) {
	gold := read(t)
	known := map[string]bool{}
	for _, s := range gold.Sources {
		known[s.Name] = true
	}
	for _, a := range gold.Articles {
		ids := map[string]bool{"": true}
		for what := range cited(&a) {
			ids[strings.Fields(what)[0]] = true
		}
		for _, x := range a.Attributions {
			what := a.File + " " + x.ID
			if len(x.Cue) == 0 || len(x.Content) == 0 && x.Response == "" {
				t.Errorf("%s lacks cue or content", what)
			}
			if (len(x.Content) == 0) != (x.Quotation == "") {
				t.Errorf("%s: quotation %q with %d contents", what, x.Quotation, len(x.Content))
			}
			if !ids[x.Parent] {
				t.Errorf("%s: no parent %s", what, x.Parent)
			}
			if x.Source != nil && !known[x.Source.Who] {
				t.Errorf("%s: nobody knows %s", what, x.Source.Who)
			}
			if x.Source != nil && x.Source.Reason != "" && !slices.ContainsFunc(a.Blocks, func(b sample.Block) bool { return strings.Contains(b.Text, x.Source.Reason) }) {
				t.Errorf("%s: the reason is not in the text", what)
			}
		}
		for _, f := range a.Figures {
			if !ids[f.PartOf] || !ids[f.Attribution] {
				t.Errorf("%s %s points to nothing", a.File, f.ID)
			}
			if f.Status == "" || !statuses[f.Status] || !hedges[f.Hedge] || f.Measure == "" {
				t.Errorf("%s %s: measure %q, status %q, hedge %q", a.File, f.ID, f.Measure, f.Status, f.Hedge)
			}
			if bounds[f.Qualifier] != [2]bool{f.Low != nil, f.High != nil} {
				t.Errorf("%s %s: %s with low %v, high %v", a.File, f.ID, f.Qualifier, f.Low != nil, f.High != nil)
			}
		}
		for _, e := range a.Events {
			if !ids[e.Attribution] {
				t.Errorf("%s %s points to nothing", a.File, e.ID)
			}
			if e.Status == "" || !statuses[e.Status] || !hedges[e.Hedge] {
				t.Errorf("%s %s: status %q, hedge %q", a.File, e.ID, e.Status, e.Hedge)
			}
		}
	}
}

var (
	statuses = set("happened under_way attempted decided planned considered possible required requested denied not_happened unknown")
	hedges   = set("alleged reported claimed scare_quotes")
)

// set holds the words, and the empty one.
func set(words string) map[string]bool {
	all := map[string]bool{"": true}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// bounds tells which of low and high a qualifier leaves.
var bounds = map[string][2]bool{
	"exact": {true, true}, "about": {true, true}, "between": {true, true},
	"at_least": {true, false}, "more_than": {true, false},
	"at_most": {false, true}, "less_than": {false, true},
	"vague": {false, false},
}

func TestClaimsAddUp(t *testing.T) {
	gold := read(t)
	for _, c := range gold.Claims {
		if c.ReportCount != len(c.Reports) || c.SourceCount != len(c.Sources) {
			t.Errorf("%s: %d reports and %d sources, but %d and %d roots", c.Claim, c.ReportCount, c.SourceCount, len(c.Reports), len(c.Sources))
		}
		if len(c.Articles) == 0 || c.ReportCount == 0 || c.SourceCount == 0 {
			t.Errorf("%s stands on nothing", c.Claim)
		}
		in := map[string]bool{}
		for _, f := range c.Articles {
			hasFinding(t, gold, c.Claim, f)
			in[f.Article] = true
		}
		for _, r := range c.Reports {
			if r.Virtual == (r.Article != "") || !r.Virtual && (!in[r.Article] || gold.Article(r.Article).Outlet != r.Name) {
				t.Errorf("%s: report of %s in %q", c.Claim, r.Name, r.Article)
			}
		}
		for _, u := range c.Undecided {
			if !in[u.Article] {
				t.Errorf("%s: %s is undecided, but not of the claim", c.Claim, u.Article)
			}
		}
	}
}

func hasFinding(t *testing.T, gold *sample.Gold, what string, f sample.Finding) {
	t.Helper()
	a := gold.Article(f.Article)
	if a == nil {
		t.Errorf("%s: no article %s", what, f.Article)
		return
	}
	all := cited(a)
	for _, id := range []string{f.Figure, f.Event} {
		if _, ok := all[id]; id != "" && !ok {
			t.Errorf("%s: %s has no %s", what, f.Article, id)
		}
	}
	if _, ok := all[f.Attribution+" cue"]; f.Attribution != "" && !ok {
		t.Errorf("%s: %s has no %s", what, f.Article, f.Attribution)
	}
}

func TestHistoriesFollowTheFigures(t *testing.T) {
	gold := read(t)
	series := map[string]bool{}
	for _, h := range gold.Histories {
		series[h.Series] = true
	}
	for _, h := range gold.Histories {
		ats := map[string]bool{"": true}
		for _, p := range h.Points {
			ats[p.At] = true
		}
		for _, other := range gold.Histories {
			if other.Measure == h.Measure {
				for _, p := range other.Points {
					ats[p.At] = true
				}
			}
		}
		for i, p := range h.Points {
			f := figure(gold.Article(p.Article), p.Figure)
			if f == nil || f.Measure != h.Measure && h.Measure != "missing" || f.Qualifier != p.Qualifier || !same(f.Low, p.Low) || !same(f.High, p.High) {
				t.Errorf("%s: point %d is not figure %s of %s", h.Series, i, p.Figure, p.Article)
			}
			if i > 0 && h.Points[i-1].At > p.At {
				t.Errorf("%s runs backwards", h.Series)
			}
			if h.Series != "missing" && (!ats[p.SupersededBy] || !ats[p.CorrectedBy]) {
				t.Errorf("%s: nothing comes after point %d", h.Series, i)
			}
		}
		for _, c := range h.ContestedBy {
			if !series[c] {
				t.Errorf("%s: no series %s", h.Series, c)
			}
		}
		for _, o := range h.Outliers {
			hasFinding(t, gold, h.Series, o.Finding)
		}
		for _, d := range h.Distorted {
			hasFinding(t, gold, h.Series, d.Finding)
		}
	}
}

func figure(a *sample.Article, id string) *sample.Figure {
	if a == nil {
		return nil
	}
	for i := range a.Figures {
		if a.Figures[i].ID == id {
			return &a.Figures[i]
		}
	}
	return nil
}

func same(a, b *float64) bool { return (a == nil) == (b == nil) && (a == nil || *a == *b) }

func TestTheRestPointsToFindings(t *testing.T) {
	gold := read(t)
	known := map[string]bool{"": true}
	for _, s := range gold.Sources {
		known[s.Name] = true
	}
	for _, c := range gold.Contradictions {
		for _, s := range []sample.Side{c.A, c.B} {
			hasFinding(t, gold, c.About, s.Finding)
			isOn(t, gold, s.Article, s.Passages...)
			if !known[s.Source] || len(s.Passages) == 0 {
				t.Errorf("contradiction about %s: source %q, %d passages", c.About, s.Source, len(s.Passages))
			}
		}
	}
	for _, p := range gold.Plans {
		for _, s := range append(slices.Clone(p.Steps), p.Overstated...) {
			hasFinding(t, gold, p.Plan, sample.Finding{Article: s.Article, Event: s.Event})
			i := slices.IndexFunc(gold.Article(s.Article).Events, func(e sample.Event) bool { return e.ID == s.Event })
			if e := gold.Article(s.Article).Events[i]; e.Event != p.Plan || e.Status != s.Status || !known[s.Source] {
				t.Errorf("%s: step %+v is event %+v", p.Plan, s, e)
			}
		}
	}
	for _, about := range gold.Positions {
		for _, p := range about.Positions {
			hasFinding(t, gold, about.About, sample.Finding{Article: p.Article, Attribution: p.Attribution})
			if !known[p.Source] {
				t.Errorf("positions on %s: nobody knows %s", about.About, p.Source)
			}
		}
		if !slices.ContainsFunc(gold.Claims, func(c sample.Claim) bool { return c.Claim == about.Claim }) {
			t.Errorf("positions on %s: no claim %s", about.About, about.Claim)
		}
	}
	for _, c := range gold.Citations {
		isOn(t, gold, c.Article, c.Passage)
		if c.Cites != "" && gold.Article(c.Cites).Outlet != c.Outlet {
			t.Errorf("%s cites %s, which is not of %s", c.Article, c.Cites, c.Outlet)
		}
	}
	in := map[string]string{}
	for _, s := range gold.Stories {
		for _, f := range s.Articles {
			if in[f] != "" || gold.Article(f) == nil || gold.Article(f).Story != s.Story {
				t.Errorf("%s in story %s", f, s.Story)
			}
			in[f] = s.Story
		}
	}
	if len(in) != len(gold.Articles) {
		t.Errorf("%d of %d articles are in a story", len(in), len(gold.Articles))
	}
}

// isOn checks that the passages stand in the article's blocks.
func isOn(t *testing.T, gold *sample.Gold, file string, passages ...sample.Passage) {
	t.Helper()
	a := gold.Article(file)
	if a == nil {
		t.Errorf("no article %s", file)
		return
	}
	for _, p := range passages {
		if p.Block < 0 || p.Block >= len(a.Blocks) || strings.Count(a.Blocks[p.Block].Text, p.Text) < max(p.Nth, 1) {
			t.Errorf("%s has no passage %+v", file, p)
		}
	}
}

func TestEditsAreBetweenVersions(t *testing.T) {
	gold := read(t)
	for _, e := range gold.Edits {
		before, after := gold.Article(e.Before), gold.Article(e.After)
		if before == nil || after == nil || before.URL != after.URL || before.Captured >= after.Captured {
			t.Errorf("%s and %s are not two versions of one page", e.Before, e.After)
			continue
		}
		if e.Noted != (e.Notice != nil) {
			t.Errorf("%s: noted %v, notice %v", e.After, e.Noted, e.Notice)
		}
		if !e.Noted && before.Modified != after.Modified {
			t.Errorf("%s: a silent edit that changes the date of modification", e.After)
		}
		for _, c := range e.Changes {
			shape := [2]bool{c.Before != nil, c.After != nil}
			if want, ok := shapes[c.Kind]; !ok || shape != want {
				t.Errorf("%s: %s with before and after %v", e.After, c.Kind, shape)
			}
			if c.Before != nil {
				isOn(t, gold, e.Before, *c.Before)
				if c.Kind != "moved" && onPage(after, c.Before.Text) {
					t.Errorf("%s still says %q", e.After, c.Before.Text)
				}
			}
			if c.After != nil {
				isOn(t, gold, e.After, *c.After)
				if c.Kind != "moved" && onPage(before, c.After.Text) {
					t.Errorf("%s already says %q", e.Before, c.After.Text)
				}
			}
			hasFinding(t, gold, e.Before, sample.Finding{Article: e.Before, Attribution: c.AttributionBefore, Figure: c.FigureBefore, Event: c.EventBefore})
			hasFinding(t, gold, e.After, sample.Finding{Article: e.After, Attribution: c.AttributionAfter, Figure: c.FigureAfter, Event: c.EventAfter})
		}
	}
}

// shapes tells which sides a kind of change has.
var shapes = map[string][2]bool{"changed": {true, true}, "moved": {true, true}, "removed": {true, false}, "added": {false, true}}

func onPage(a *sample.Article, text string) bool {
	return slices.ContainsFunc(a.Blocks, func(b sample.Block) bool { return strings.Contains(b.Text, text) })
}
