package story_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"whence"
	"whence/story"
)

// told is an article in which people are said to have said things, one a line:
// `NAME: "words"`, or `NAME: 14 people killed` for a figure, or `NAME: those 14 who` for a
// number that leaves it to what was said before who they are.
func told(id, outlet, day string, lines ...string) story.Article {
	r := &whence.Reading{Article: whence.Article{ID: "sha256:" + strings.Repeat(id, 16), Outlet: outlet, Title: "Title of " + outlet, Path: outlet + ".html"}}
	r.Published, _ = whence.ParseDate(day)
	for i, line := range lines {
		who, words, _ := strings.Cut(line, ": ")
		at := len([]rune(r.Text))
		r.Text += line + "\n"
		from := at + len([]rune(who)) + 2
		content := whence.Phrase{Spans: []whence.Span{{Start: from, End: from + len([]rune(words))}}, Text: words}
		a := whence.Attribution{ID: fmt.Sprint("a", i), Kind: whence.Statement, Quotation: whence.Indirect, Content: content, Score: .9}
		a.Source = &whence.Source{Kind: whence.SourcePerson, Phrase: whence.Phrase{Spans: []whence.Span{{Start: at, End: from - 2}}, Text: who}}
		if strings.HasSuffix(who, "Ministry") || strings.HasSuffix(who, "Union") {
			a.Source.Kind = whence.SourceGovernment
		}
		if strings.HasPrefix(who, "officials") {
			a.Source.Anonymous, a.Source.Kind = true, whence.SourceGroup
		}
		if strings.HasPrefix(words, `"`) {
			a.Quotation = whence.Direct
		}
		var n float64
		if _, err := fmt.Sscanf(words, "%g people killed", &n); err == nil {
			digits, _, _ := strings.Cut(words, " ")
			r.Figures = append(r.Figures, whence.Figure{ID: fmt.Sprint("f", i), Span: whence.Span{Start: from, End: from + len(digits)}, Text: digits,
				Low: whence.At(n), High: whence.At(n), Qualifier: whence.Exact, Unit: "person", Measure: "killed", Status: whence.Happened, Attribution: a.ID})
		}
		if _, err := fmt.Sscanf(words, "those %g who", &n); err == nil {
			_, digits, _ := strings.Cut(words, " ")
			digits, _, _ = strings.Cut(digits, " ")
			at := from + len("those ")
			r.Figures = append(r.Figures, whence.Figure{ID: fmt.Sprint("f", i), Span: whence.Span{Start: at, End: at + len(digits)}, Text: digits,
				Low: whence.At(n), High: whence.At(n), Qualifier: whence.Exact, Status: whence.Happened, Attribution: a.ID})
		}
		r.Attributions = append(r.Attributions, a)
	}
	return story.Article{ID: r.ID, Reading: r}
}

// whole is a pair of articles that share all their text.
func whole(a, b story.Article, relation whence.Relation, direction whence.Direction, origin string) whence.Reuse {
	return whence.Reuse{Article: a.ID, Other: b.ID, Relation: relation, Direction: direction, Origin: origin, Confidence: .9,
		Passages: []whence.Passage{{Span: whence.Span{End: len([]rune(a.Reading.Text))}, OtherEnd: len([]rune(b.Reading.Text))}}}
}

// legs are the counts of the claim whose text holds some words.
func legs(t *testing.T, s *story.Story, words string) (articles, reports, sources int) {
	t.Helper()
	for _, c := range s.Claims {
		if strings.Contains(c.Text, words) {
			return len(c.Articles), len(c.Reports), len(c.Sources)
		}
	}
	t.Fatalf("no claim holds %q", words)
	return 0, 0, 0
}

const quote = `Ilse Varn: "We reject any form of interference in this matter"`

func TestLegs(t *testing.T) {
	post, echo, gull := told("a", "Harbour Post", "2027-03-01", quote), told("b", "Northern Echo", "2027-03-02", quote), told("c", "Daily Gull", "2027-03-03", quote)
	for name, c := range map[string]struct {
		articles []story.Article
		pairs    []whence.Reuse
		want     [3]int
	}{
		"three newsrooms at one press conference": {[]story.Article{post, echo, gull}, nil, [3]int{3, 3, 1}},
		"a copy": {[]story.Article{post, echo, gull}, []whence.Reuse{whole(echo, post, whence.Copy, whence.ArticleFromOther, "Harbour Post")}, [3]int{3, 2, 1}},
		"a chain": {[]story.Article{post, echo, gull}, []whence.Reuse{
			whole(echo, post, whence.Derived, whence.ArticleFromOther, "Harbour Post"), whole(gull, echo, whence.Derived, whence.ArticleFromOther, "Northern Echo")}, [3]int{3, 1, 1}},
		"an agency that is not there":  {[]story.Article{post, echo}, []whence.Reuse{whole(echo, post, whence.Copy, whence.BothFromOrigin, "Meridian Wire")}, [3]int{2, 1, 1}},
		"only the quotation is shared": {[]story.Article{post, echo}, []whence.Reuse{whole(echo, post, whence.SharedQuotation, whence.BothFromOrigin, "Ilse Varn")}, [3]int{2, 2, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			a, r, s := legs(t, story.Build(c.articles, c.pairs), "We reject")
			if got := [3]int{a, r, s}; got != c.want {
				t.Errorf("%v articles, reports, sources; want %v", got, c.want)
			}
		})
	}
}

// TestOneBriefing: forty rewrites of one anonymous briefing are one report of one
// source.
func TestOneBriefing(t *testing.T) {
	words := `officials familiar with the talks: "The island will be empty by the end of the week"`
	articles := []story.Article{told("a", "Harbour Post", "2027-03-01", words)}
	var pairs []whence.Reuse
	for i := range 40 {
		a := told(fmt.Sprintf("%04x", i+1000), fmt.Sprint("Outlet ", i), "2027-03-02", words)
		articles = append(articles, a)
		pairs = append(pairs, whole(a, articles[0], whence.Derived, whence.ArticleFromOther, "Harbour Post"))
	}
	if a, r, s := legs(t, story.Build(articles, pairs), "The island"); a != 41 || r != 1 || s != 1 {
		t.Errorf("%d articles, %d reports, %d sources", a, r, s)
	}
}

func TestHistory(t *testing.T) {
	s := story.Build([]story.Article{
		told("a", "Harbour Post", "2027-03-01", "Interior Ministry: 11 people killed"),
		told("b", "Northern Echo", "2027-03-02", "the Interior Ministry: 14 people killed"),
		told("c", "Daily Gull", "2027-03-03", "Interior Ministry: 14 people killed", "Dockers’ Union: 17 people killed"),
		told("d", "Harbour Post", "2027-03-04", "Interior Ministry: 13 people killed"),
	}, nil)
	if len(s.Histories) != 2 {
		t.Fatalf("%d histories", len(s.Histories))
	}
	h := s.Histories[0]
	var got []string
	for _, p := range h.Points {
		got = append(got, fmt.Sprint(p.Low.Value, " ", p.At, " x", len(p.Repeats), " ", p.SupersededBy, "/", p.CorrectedBy))
	}
	want := []string{"11 2027-03-01 x0 2027-03-02/", "14 2027-03-02 x1 /2027-03-04", "13 2027-03-04 x0 /"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(h.ContestedBy) != 1 || len(s.Contradictions) != 1 {
		t.Errorf("contested by %v, contradictions %v", h.ContestedBy, s.Contradictions)
	}
}

// TestOrder: the order of articles and pairs, and from which side a pair is seen,
// do not matter.
func TestOrder(t *testing.T) {
	var articles []story.Article
	var pairs []whence.Reuse
	for i := range 12 {
		a := told(fmt.Sprintf("%04x", i+4096), fmt.Sprint("Outlet ", i%5), []string{"2027-03-01", "2027-03-02", ""}[i%3], quote, fmt.Sprintf("Interior Ministry: %d people killed", 10+i%4))
		for j, b := range articles {
			if (i+j)%3 == 0 {
				pairs = append(pairs, whole(a, b, whence.Copy, whence.DirectionUnknown, ""))
			}
		}
		articles = append(articles, a)
	}
	want := story.Build(articles, pairs)
	rng := rand.New(rand.NewPCG(1, 2))
	for range 20 {
		rng.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
		rng.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
		turned := slices.Clone(pairs)
		for i := range turned {
			if rng.IntN(2) == 0 {
				turned[i] = turned[i].Turned()
			}
		}
		if diff := cmp.Diff(want, story.Build(articles, turned)); diff != "" {
			t.Fatalf("another order gives another story (-first +this):\n%.2000s", diff)
		}
	}
}

func TestEmpty(_ *testing.T) {
	story.Build(nil, nil)
	story.Build([]story.Article{{ID: "x", Reading: &whence.Reading{}}}, nil)
}

func TestDigest(t *testing.T) {
	a := &whence.Article{Title: "Ferry sinks off Karvik", Text: "A ferry sank off Karvik on Monday, the harbour master of Ternsay said."}
	b := &whence.Article{Title: "Karvik ferry: what we know", Text: "The harbour master of Ternsay spoke of the ferry that sank off Karvik."}
	c := &whence.Article{Title: "Orchestra returns", Text: "Violins were tuned in Estrel last night, and the conductor bowed twice."}
	x, y, z := story.NewDigest(a), story.NewDigest(b), story.NewDigest(c)
	if l := story.Likeness(x, y); l < story.Alike {
		t.Errorf("two articles on one event: %.2f", l)
	}
	if l := story.Likeness(x, z); l >= story.Alike {
		t.Errorf("two on different events: %.2f", l)
	}
	packed, err := x.AppendBinary(nil)
	if err != nil {
		t.Fatal(err)
	}
	var back story.Digest
	if err := back.UnmarshalBinary(packed); err != nil || !slices.Equal(back.Prints(), x.Prints()) {
		t.Errorf("the stored form differs: %v", err)
	}
	if got := story.Forest([]*story.Digest{x, z, y}); !slices.Equal(got, []int{story.None, story.None, 0}) {
		t.Errorf("forest %v", got)
	}
}

func FuzzDigest(f *testing.F) {
	f.Add([]byte("abcdefghi"), "Ferry sinks")
	f.Fuzz(func(_ *testing.T, b []byte, text string) {
		var d story.Digest
		if d.UnmarshalBinary(b) == nil {
			d.Prints()
		}
		story.Likeness(&d, story.NewDigest(&whence.Article{Text: text}))
	})
}
