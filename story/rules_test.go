package story_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"whence"
	"whence/story"
)

// find is the claim whose text holds some words.
func find(t *testing.T, s *story.Story, words string) story.Claim {
	t.Helper()
	for _, c := range s.Claims {
		if strings.Contains(c.Text, words) {
			return c
		}
	}
	t.Fatalf("no claim holds %q", words)
	return story.Claim{}
}

// under puts a line behind an article's own, as its second block: where it stands in
// the text does not matter.
func under(a story.Article, line string) story.Article {
	from := len([]rune(a.Reading.Text))
	a.Reading.Text += line + "\n"
	end := from + len([]rune(line))
	a.Reading.Blocks = []whence.Block{{Role: whence.RoleParagraph, Span: whence.Span{End: from - 1}}, {Role: whence.RoleHeading, Span: whence.Span{Start: from, End: end}}}
	return a
}

// through names the outlet that an article's line was told to, or the channel that it
// came by; "told", "from" or "in a" may stand before it.
func through(a story.Article, line int, outlet string) story.Article {
	x := &a.Reading.Attributions[line]
	kind := whence.RelayOutlet
	for _, before := range []string{"told ", "from ", "in a "} {
		if rest, ok := strings.CutPrefix(outlet, before); ok {
			a.Reading.Text += before
			outlet = rest
			if before == "in a " {
				kind = whence.RelayChannel
			}
		}
	}
	from := len([]rune(a.Reading.Text))
	a.Reading.Text += outlet + "\n"
	x.Relay = &whence.Relay{Span: whence.Span{Start: from, End: from + len([]rune(outlet))}, Name: outlet, Kind: kind}
	return a
}

// said adds a cue and what follows it behind the only line of an article.
func said(a story.Article, words string) story.Article {
	text := strings.TrimSuffix(a.Reading.Text, "\n")
	at := len([]rune(text)) + 1
	cue, _, _ := strings.Cut(strings.TrimSpace(words), " ")
	a.Reading.Text = text + words + "\n"
	a.Reading.Attributions[0].Cue = whence.Phrase{Spans: []whence.Span{{Start: at, End: at + len([]rune(cue))}}, Text: cue}
	return a
}

func reports(c story.Claim) []string {
	var list []string
	for _, r := range c.Reports {
		name := r.Name
		if r.Article == "" {
			name += " (not in the ledger)"
		}
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

func TestRoots(t *testing.T) {
	secret := `officials: "The bridge will be closed before the winter comes"`
	toll := "Interior Ministry: 14 people killed"
	for name, c := range map[string]struct {
		articles  []story.Article
		pairs     func([]story.Article) []whence.Reuse
		words     string
		reports   []string
		sources   int
		undecided int
	}{
		"told an outlet that is not in the ledger": {
			articles: []story.Article{through(told("a", "Northern Echo", "2027-03-02", secret), 0, "Harbour Post"), through(told("b", "Daily Gull", "2027-03-03", secret), 0, "Harbour Post")},
			words:    "bridge", reports: []string{"Harbour Post (not in the ledger)"}, sources: 1,
		},
		"told an outlet that is": {
			articles: []story.Article{told("c", "Harbour Post", "2027-03-01", secret), through(told("b", "Daily Gull", "2027-03-03", secret), 0, "the Post")},
			words:    "bridge", reports: []string{"Harbour Post"}, sources: 1,
		},
		"a count that is repeated": {
			articles: []story.Article{told("a", "Harbour Post", "2027-03-01", toll), told("b", "Daily Gull", "2027-03-02", toll)},
			words:    "killed", reports: []string{"Harbour Post"}, sources: 1, undecided: 1,
		},
		"a count with the words of whoever gave it": {
			articles: []story.Article{told("a", "Harbour Post", "2027-03-01", toll), told("b", "Daily Gull", "2027-03-02", toll, `Interior Ministry: "We ask everybody to stay away from the harbour"`)},
			words:    "killed", reports: []string{"Daily Gull", "Harbour Post"}, sources: 1,
		},
		"an agency that is credited": {
			articles: []story.Article{told("a", "Harbour Post", "2027-03-01", quote), told("b", "Daily Gull", "2027-03-02", quote)},
			pairs: func(a []story.Article) []whence.Reuse {
				return []whence.Reuse{whole(a[0], a[1], whence.Copy, whence.BothFromOrigin, "Meridian Wire")}
			},
			words: "We reject", reports: []string{"Meridian Wire (not in the ledger)"}, sources: 1,
		},
		"an interview that another prints without saying so": {
			articles: []story.Article{through(told("a", "Northern Echo", "2027-03-02", quote), 0, "told CBS News"), told("b", "Daily Gull", "2027-03-03", quote)},
			words:    "We reject", reports: []string{"CBS News (not in the ledger)"}, sources: 1,
		},
		"an interview that the sentence names": {
			articles: []story.Article{said(told("a", "Northern Echo", "2027-03-02", quote), " said on NBC’s “Today”")},
			words:    "We reject", reports: []string{"NBC (not in the ledger)"}, sources: 1,
		},
		"a statement that came to both, and one who heard of it": {
			articles: []story.Article{told("a", "Northern Echo", "2027-03-02", quote), through(told("b", "Daily Gull", "2027-03-03", quote), 0, "from CBS News"), told("c", "Harbour Post", "2027-03-03", quote)},
			words:    "We reject", reports: []string{"CBS News (not in the ledger)", "Harbour Post", "Northern Echo"}, sources: 1,
		},
		"an outlet by another of its names": {
			articles: []story.Article{told("c", "cnn.com", "2027-03-01", secret), through(told("b", "Daily Gull", "2027-03-03", secret), 0, "CNN’s Ada Roe")},
			words:    "bridge", reports: []string{"cnn.com"}, sources: 1,
		},
		"an interview that an agency does not name": {
			articles: []story.Article{through(told("a", "Northern Echo", "2027-03-02", quote), 0, "told CBS News"), through(told("b", "Daily Gull", "2027-03-03", quote), 0, "in a separate interview")},
			words:    "We reject", reports: []string{"CBS News (not in the ledger)"}, sources: 1,
		},
		"a statement that came to another": {
			articles: []story.Article{through(told("a", "Northern Echo", "2027-03-02", quote), 0, "told CBS News"), through(told("b", "Daily Gull", "2027-03-03", quote), 0, "in a statement")},
			words:    "We reject", reports: []string{"CBS News (not in the ledger)", "Daily Gull"}, sources: 1,
		},
		"a credit under the title": {
			articles: []story.Article{under(told("a", "Northern Echo", "2027-03-02", quote), "CBS News — Jane Doe")},
			words:    "We reject", reports: []string{"CBS News (not in the ledger)"}, sources: 1,
		},
		"a line under the title that is no credit": {
			articles: []story.Article{under(told("a", "Northern Echo", "2027-03-02", quote), "Harbour news — Jane Doe")},
			words:    "We reject", reports: []string{"Northern Echo"}, sources: 1,
		},
		"somebody who is only described in another": {
			articles: []story.Article{told("a", "Northern Echo", "2027-03-02", quote), told("b", "Daily Gull", "2027-03-03", strings.Replace(quote, "Ilse Varn", "the minister of works", 1))},
			words:    "We reject", reports: []string{"Daily Gull", "Northern Echo"}, sources: 1,
		},
		"sentences that others quote alone": {
			articles: []story.Article{told("a", "Northern Echo", "2027-03-02", `Ilse Varn: "The harbour office keeps a list of every vessel. We reject any form of interference in this matter."`), told("b", "Daily Gull", "2027-03-03", quote), told("c", "Harbour Post", "2027-03-03", `Ilse Varn: "The harbour office keeps a list of every vessel."`)},
			words:    "We reject", reports: []string{"Daily Gull", "Northern Echo"}, sources: 1,
		},
		"a post as it was written": {
			articles: []story.Article{told("a", "Northern Echo", "2027-03-02", quote), said(told("b", "Daily Gull", "2027-03-03", strings.ReplaceAll(quote, `"`, "")), "\n\n— Ilse Varn (@ilsevarn)")},
			words:    "We reject", reports: []string{"Daily Gull", "Northern Echo"}, sources: 1,
		},
		"what is quoted of an interview further down": {
			articles: []story.Article{through(told("a", "Northern Echo", "2027-03-02", `Ilse Varn: "The harbour office keeps a list of every vessel"`, `a fisherman: "The wall has stood for longer than anybody here"`, quote), 0, "told CBS News")},
			words:    "We reject", reports: []string{"CBS News (not in the ledger)"}, sources: 1,
		},
		"she who spoke last": {
			articles: []story.Article{told("a", "Northern Echo", "2027-03-02", `Ms Ilse Varn: "The harbour office keeps a list of every vessel"`, strings.Replace(quote, "Ilse Varn", "she", 1))},
			words:    "We reject", reports: []string{"Northern Echo"}, sources: 1,
		},
		"she who is not he who spoke last": {
			articles: []story.Article{told("a", "Northern Echo", "2027-03-02", `Mr Ilmar Varn: "The harbour office keeps a list of every vessel"`, strings.Replace(quote, "Ilse Varn", "she", 1))},
			words:    "We reject", reports: []string{"Northern Echo"},
		},
		"a piece of another agency's text": {
			articles: []story.Article{told("a", "Northern Echo", "2027-03-02", quote), told("b", "Daily Gull", "2027-03-03", quote), told("c", "Harbour Post", "2027-03-03", secret), told("d", "Morning Tide", "2027-03-03", secret)},
			pairs: func(a []story.Article) []whence.Reuse {
				a[0].Reading.Credits = []string{"Meridian Wire"}
				return []whence.Reuse{
					whole(a[1], a[2], whence.Copy, whence.BothFromOrigin, "Associated Press"),
					whole(a[2], a[3], whence.Copy, whence.BothFromOrigin, "Associated Press"),
					whole(a[1], a[0], whence.CommonOrigin, whence.DirectionUnknown, ""),
				}
			},
			words: "We reject", reports: []string{"Meridian Wire (not in the ledger)"}, sources: 1,
		},
		"two that speak of different things behind each other": {
			articles: []story.Article{told("a", "Northern Echo", "2027-03-02", quote, `Ilse Varn: "The harbour office keeps a list of every vessel that was moored there"`), told("b", "Daily Gull", "2027-03-03", quote)},
			words:    "harbour office", reports: []string{"Northern Echo"}, sources: 1,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var pairs []whence.Reuse
			if c.pairs != nil {
				pairs = c.pairs(c.articles)
			}
			got := find(t, story.Build(c.articles, pairs), c.words)
			if !slices.Equal(reports(got), c.reports) || len(got.Sources) != c.sources || len(got.Undecided) != c.undecided {
				t.Errorf("%v by %v, undecided %v", reports(got), got.Sources, got.Undecided)
			}
		})
	}
}

// TestSlip: a number that one copy prints with a digit more is shown with the text that
// it was copied from, and is no report.
func TestSlip(t *testing.T) {
	lines := func(n int) []string {
		return []string{"Ida Zoll: in the end it was known that", fmt.Sprintf("Interior Ministry: %d people killed", n), "Ida Zoll: and that was all there was to say"}
	}
	a, b, c := told("a", "Harbour Post", "2027-03-01", lines(66)...), told("b", "Daily Gull", "2027-03-02", lines(166)...), told("c", "Northern Echo", "2027-03-03", lines(66)...)
	s := story.Build([]story.Article{a, b, c}, []whence.Reuse{
		whole(b, a, whence.Copy, whence.ArticleFromOther, ""), whole(c, a, whence.Copy, whence.ArticleFromOther, "")})
	if got := find(t, s, "66 people"); len(got.Reports) != 1 || len(got.Slips) != 1 || got.Slips[0].Text != "166" || got.Slips[0].CopiedFrom != "66" {
		t.Errorf("reports %v, slips %v", got.Reports, got.Slips)
	}
	if len(s.Histories) != 1 || len(s.Histories[0].Points) != 1 || len(s.Histories[0].Outliers) != 1 {
		t.Errorf("histories %v", s.Histories)
	}
	if len(s.Contradictions) != 1 || s.Contradictions[0].Kind != "slip" {
		t.Errorf("contradictions %v", s.Contradictions)
	}
}

// TestAnyStory holds that every finding is the words at its spans, that ids are
// unique, and that order does not matter, for articles that say anything.
func TestAnyStory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var articles []story.Article
		var pairs []whence.Reuse
		line := rapid.SampledFrom([]string{quote, "Interior Ministry: 14 people killed", "Interior Ministry: 4 people killed", "Union: 17 people killed", "Union: those 17 who are on no list of theirs", "Union: those 71 who are on no list of theirs", "Interior Ministry: the same 17 as the union", `officials: "It was never going to hold in a storm"`, "Ida Zoll: ",
			"the mayor: the island is to be evacuated", "Ilse Varn: there is no plan to evacuate the island"})
		for i := range rapid.IntRange(0, 9).Draw(t, "articles") {
			day := rapid.SampledFrom([]string{"", "2027-03-01", "2027-03-02", "2027-03", "2027-03-02T10:00:00Z"}).Draw(t, "day")
			a := told(fmt.Sprintf("%04x", i+256), rapid.SampledFrom([]string{"Harbour Post", "Daily Gull", "", "Echo"}).Draw(t, "outlet"), day, rapid.SliceOfN(line, 1, 6).Draw(t, "lines")...)
			a.Reading.Attributions = slices.DeleteFunc(a.Reading.Attributions, func(x whence.Attribution) bool { return x.Content.Text == "" })
			if all := a.Reading.Attributions; len(all) > 1 && rapid.Bool().Draw(t, "twice") {
				again := all[0] // the same words are given to someone else too
				again.ID, again.Source = "again", all[len(all)-1].Source
				a.Reading.Attributions = append(all, again)
			}
			for _, x := range a.Reading.Attributions {
				if status := rapid.SampledFrom([]whence.Status{"", whence.Planned, whence.StatusDenied, whence.Decided, whence.Considered}).Draw(t, "status"); status != "" {
					a.Reading.Events = append(a.Reading.Events, whence.Event{ID: "e" + x.ID, Span: x.Content.Spans[0], Text: x.Content.Text, Status: status, Attribution: x.ID})
				}
			}
			for _, b := range articles {
				if rapid.IntRange(0, 2).Draw(t, "pair") == 0 {
					pairs = append(pairs, whole(a, b, rapid.SampledFrom([]whence.Relation{whence.Copy, whence.Derived, whence.CommonOrigin, whence.SharedQuotation}).Draw(t, "relation"),
						rapid.SampledFrom([]whence.Direction{whence.ArticleFromOther, whence.OtherFromArticle, whence.BothFromOrigin, whence.DirectionUnknown}).Draw(t, "direction"),
						rapid.SampledFrom([]string{"", "Meridian Wire", "Echo"}).Draw(t, "origin")))
				}
			}
			articles = append(articles, a)
		}
		s := story.Build(articles, pairs)
		texts := map[string][]rune{}
		for _, a := range articles {
			texts[a.ID] = []rune(a.Reading.Text)
		}
		hold := func(f story.Finding) {
			var words []string
			for _, x := range f.Spans {
				words = append(words, string(texts[f.Article][x.Start:x.End]))
			}
			if strings.Join(words, " ") != f.Text {
				t.Fatalf("%q is not %q", f.Text, words)
			}
		}
		ids := map[string]bool{}
		for _, c := range s.Claims {
			if ids[c.ID] {
				t.Fatalf("two claims are %s", c.ID)
			}
			ids[c.ID] = true
			if len(c.Articles) == 0 || len(c.Reports) == 0 {
				t.Fatalf("claim %q has %d findings, %d reports", c.Text, len(c.Articles), len(c.Reports))
			}
			for _, f := range c.Articles {
				hold(f)
			}
		}
		for _, c := range s.Contradictions {
			hold(c.A.Finding)
			hold(c.B.Finding)
		}
		for _, p := range s.Plans {
			for _, x := range p.Steps {
				hold(x.Finding)
			}
		}
		for i := range articles {
			j := rapid.IntRange(0, i).Draw(t, "swap")
			articles[i], articles[j] = articles[j], articles[i]
		}
		slices.Reverse(pairs)
		if again := story.Build(articles, pairs); fmt.Sprintf("%+v", again) != fmt.Sprintf("%+v", s) {
			t.Fatal("another order gives another story")
		}
	})
}

// TestBounds: thousands of articles about one number, all undated; a figure in three
// units; two events alike on one day.
func TestBounds(t *testing.T) {
	var many []story.Article
	for i := range 2000 {
		many = append(many, told(fmt.Sprintf("%04x", i+4096), fmt.Sprint("Outlet ", i), "", "Interior Ministry: 14 people killed", quote))
	}
	s := story.Build(many, nil)
	if a, r, n := legs(t, s, "We reject"); a != 2000 || r != 2000 || n != 1 {
		t.Errorf("%d articles, %d reports, %d sources", a, r, n)
	}
	units := []story.Article{told("a", "Harbour Post", "2027-03-01", "Ida Zoll: the wall is 1 long", "Ida Zoll: the wall is 1 long"), told("b", "Daily Gull", "2027-03-02", "Ida Zoll: the wall is 1 long")}
	for i, unit := range []string{"kilometre", "metre", "metre"} {
		a := &units[min(i/2, 1)]
		f := whence.Figure{ID: fmt.Sprint("f", i), Measure: "length", Unit: unit, Low: whence.At([]float64{1, 2, 1000}[i]), High: whence.At([]float64{1, 2, 1000}[i]), Status: whence.Happened}
		x := a.Reading.Attributions[i%2].Content.Spans[0]
		f.Start, f.End, f.Attribution = x.Start+12, x.Start+13, a.Reading.Attributions[i%2].ID
		f.Text = "1"
		a.Reading.Figures = append(a.Reading.Figures, f)
	}
	figures := 0
	for _, c := range story.Build(units, nil).Claims {
		if c.Kind == story.Figure {
			figures++
		}
	}
	if figures != 2 {
		t.Errorf("%d figures; a kilometre is a thousand metres, and two metres are not", figures)
	}
}

// TestNames: a surname stands for the one who has it, or who has it in nearly all
// articles; initials, words before a name and slips of the pen make nobody else.
func TestNames(t *testing.T) {
	spoken := func(id, outlet, full, said string) story.Article {
		a := told(id, outlet, "2027-03-02", said+`: "We reject any form of interference in this matter"`)
		at := len([]rune(a.Reading.Text))
		a.Reading.Text += full + "\n"
		a.Reading.Names = []whence.Name{
			{ID: "n1", Name: full, Kind: string(whence.SourcePerson), Mentions: []whence.Span{{Start: at, End: at + len([]rune(full))}}},
			{ID: "n2", Name: said, Kind: string(whence.SourcePerson), Mentions: []whence.Span{{Start: 0, End: len([]rune(said))}}},
		}
		a.Reading.Attributions[0].Source.Name = "n2"
		return a
	}
	for name, c := range map[string]struct {
		full, said string
		sources    int
	}{
		"a surname":              {"Jon Huntley", "Huntley", 1},
		"an initial":             {"Jon Huntley", "Jon M. Huntley", 1},
		"a word before the name": {"Jon Huntley", "Envoy Jon Huntley", 1},
		"a letter left out":      {"Jon Huntley", "Huntly", 1},
		"somebody else":          {"Jon Huntley", "Ada Roe", 2},
		"a shorter name":         {"Jon Lee", "Le", 2},
	} {
		t.Run(name, func(t *testing.T) {
			articles := []story.Article{spoken("a", "Northern Echo", c.full, c.full), spoken("b", "Daily Gull", c.full, c.full), spoken("c", "Harbour Post", c.full, c.said)}
			got := map[string]bool{}
			for _, claim := range story.Build(articles, nil).Claims {
				for _, x := range claim.Sources {
					got[x.Name] = true
				}
			}
			if len(got) != c.sources {
				t.Errorf("%v", got)
			}
		})
	}
}

// tells marks a word of an article's line as an event.
func tells(a story.Article, line int, word string, status whence.Status) story.Article {
	before, _, _ := strings.Cut(a.Reading.Text, word)
	from := len([]rune(before))
	e := whence.Event{ID: fmt.Sprint("e", len(a.Reading.Events)), Span: whence.Span{Start: from, End: from + len([]rune(word))}, Status: status}
	if line >= 0 {
		e.Attribution = a.Reading.Attributions[line].ID
	}
	a.Reading.Events = append(a.Reading.Events, e)
	return a
}

func TestPlans(t *testing.T) {
	for name, c := range map[string]struct {
		articles []story.Article
		steps    []string
	}{
		"a denial of what nobody has reported, and of what was": {
			articles: []story.Article{
				tells(told("a", "Northern Echo", "2027-03-01", "Ilse Varn: there is no plan for an evacuation of Ternsay"), 0, "evacuation", whence.StatusDenied),
				tells(told("b", "Daily Gull", "2027-03-02", "officials: the cabinet weighs an evacuation of Ternsay"), 0, "evacuation", whence.Considered),
				tells(told("c", "Harbour Post", "2027-03-03", "Petra Somer: nobody intends an evacuation of Ternsay"), 0, "evacuation", whence.StatusDenied),
			},
			steps: []string{"not_happened", "considered", "denied"},
		},
		"what is asked for is not done": {
			articles: []story.Article{tells(tells(told("a", "Northern Echo", "2027-03-01", "Interior Ministry: it had asked the owner to deposit a bond for Karvik"), 0, "asked", whence.Requested), 0, "deposit", whence.Happened)},
			steps:    []string{"requested"},
		},
		"a request of nobody who is named": {
			articles: []story.Article{
				tells(told("a", "Northern Echo", "2027-03-01", "officials: the cabinet weighs an evacuation of Ternsay"), 0, "evacuation", whence.Considered),
				tells(told("b", "Daily Gull", "2027-03-02", "officials: whether an evacuation of Ternsay was asked for"), -1, "evacuation", whence.Requested),
			},
			steps: []string{"considered"},
		},
		"an option among those that are weighed": {
			articles: []story.Article{tells(tells(told("a", "Northern Echo", "2027-03-01", "officials: the cabinet weighs an evacuation of Ternsay and one option would close the quay"), 0, "evacuation", whence.Considered), 0, "close", whence.Possible)},
			steps:    []string{"considered", "considered"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, p := range story.Build(c.articles, nil).Plans {
				for _, s := range p.Steps {
					got = append(got, string(s.Status))
				}
			}
			if !slices.Equal(got, c.steps) {
				t.Errorf("%v", got)
			}
		})
	}
}

// TestBodyAndSurname: a body that is called as somebody is by surname is not that person.
func TestBodyAndSurname(t *testing.T) {
	a := told("a", "Northern Echo", "2027-03-02", `Fiona Hill: "The harbour office keeps a list of every vessel"`, strings.Replace(quote, "Ilse Varn", "Hill", 1))
	a.Reading.Names = []whence.Name{
		{ID: "n1", Name: "Fiona Hill", Kind: string(whence.SourcePerson), Mentions: []whence.Span{{End: 10}}},
		{ID: "n2", Name: "Hill", Kind: string(whence.SourceOrganisation), Mentions: []whence.Span{{Start: 6, End: 10}}},
	}
	a.Reading.Attributions[0].Source.Name, a.Reading.Attributions[1].Source.Name = "n1", "n2"
	a.Reading.Attributions[1].Source.Kind = whence.SourceOrganisation
	if c := find(t, story.Build([]story.Article{a}, nil), "We reject"); len(c.Sources) != 1 || c.Sources[0].Name != "Hill" {
		t.Errorf("%v", c.Sources)
	}
}
