package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"whence"
	"whence/story"
)

// TestMarked holds that marking a text in any way leaves its words as they are, that
// each piece has exactly the markings that hold it, and that the markup is sound.
func TestMarked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("ab <>&\"'é漢\U0001f6a2\u0301")), 1, 60, -1).Draw(t, "text")
		m := newMarked(text)
		length := len(m.text)
		span := func(label string) whence.Span {
			start := rapid.IntRange(0, length-1).Draw(t, label)
			return whence.Span{Start: start, End: rapid.IntRange(start+1, length).Draw(t, label+" end")}
		}
		classes := []string{"con", "src", "cue", "fig", "lit"}
		type put struct {
			whence.Span
			class string
		}
		var all []put
		for range rapid.IntRange(0, 8).Draw(t, "markings") {
			p := put{span("at"), rapid.SampledFrom(classes).Draw(t, "class")}
			href := rapid.SampledFrom([]string{"", "#n-a1"}).Draw(t, "href")
			m.add(p.Span, "a1", p.class, href, `"title`)
			m.anchor(p.Span)
			all = append(all, p)
		}
		m.sort()
		var out markup
		cut := rapid.IntRange(0, length).Draw(t, "cut")
		m.write(&out, whence.Span{Start: 0, End: cut}) // two blocks: a marking may run over their edge
		m.write(&out, whence.Span{Start: cut, End: length})
		doc, err := html.Parse(strings.NewReader("<p>" + string(out.html())))
		if err != nil {
			t.Fatal(err)
		}
		at := 0
		for n := range doc.Descendants() {
			if n.Type != html.TextNode {
				continue
			}
			class := strings.Fields(attribute(n.Parent, "class"))
			for range []rune(n.Data) {
				var want []string
				for _, p := range all {
					if p.Start <= at && at < p.End && !slices.Contains(want, p.class) {
						want = append(want, p.class)
					}
				}
				class := slices.DeleteFunc(slices.Clone(class), func(c string) bool { return c == "con2" })
				slices.Sort(class)
				slices.Sort(want)
				if !slices.Equal(class, want) {
					t.Fatalf("character %d of %q has %v, want %v", at, text, class, want)
				}
				at++
			}
		}
		if got := textOf(doc); got != text {
			t.Fatalf("the words are %q, want %q", got, text)
		}
	})
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for x := range n.Descendants() {
		if x.Type == html.TextNode {
			b.WriteString(x.Data)
		}
	}
	return b.String()
}

// hugeStory is a story of very many articles, claims, histories and plans, each of
// whose texts is long.
func hugeStory(n int) *story.Story {
	s := &story.Story{ID: "s0123456789", Title: strings.Repeat("Title ", 40)}
	long := strings.Repeat("words of a long passage ", 200)
	finding := func(i int) story.Finding {
		return story.Finding{Article: fmt.Sprintf("sha256:%064x", i), Path: "p.html", Attribution: "a1", Figure: "f1", Spans: []whence.Span{{Start: 0, End: 5}}, Text: long}
	}
	day := func(i int) whence.Date {
		return whence.NewDate(time.Date(2027, 3, 1, 0, i, 0, 0, time.UTC), whence.Second)
	}
	for i := range n {
		m := story.Member{Article: fmt.Sprintf("sha256:%064x", i), Outlet: fmt.Sprint("Outlet ", i), Title: long, Published: day(i)}
		if i%3 == 1 {
			m.Of = fmt.Sprintf("sha256:%064x", 0)
		}
		s.Articles = append(s.Articles, m)
		s.Reports = append(s.Reports, story.Report{Name: m.Outlet, Article: m.Article})
	}
	var many []story.Finding
	for i := range n {
		many = append(many, finding(i))
	}
	for i := range n {
		c := story.Claim{ID: fmt.Sprintf("c%010x", i), Kind: story.Figure, Text: long, Articles: many}
		for j := range 50 {
			c.Reports = append(c.Reports, story.Root{Report: s.Reports[j]})
			c.Sources = append(c.Sources, story.RootSource{Source: story.Source{Name: long}})
		}
		s.Claims = append(s.Claims, c)
		h := story.History{Series: fmt.Sprint("h", i), Measure: fmt.Sprint("measure", i%20), Head: "person", By: long}
		for j := range 60 {
			h.Points = append(h.Points, story.Point{At: day(j * 500), Low: whence.At(float64(j * i)), Qualifier: whence.AtLeast, Finding: finding(j), Repeats: many, CorrectedBy: "x"})
		}
		s.Histories = append(s.Histories, h)
		p := story.Plan{Plan: long}
		statuses := []whence.Status{whence.Considered, whence.Planned, whence.Decided, whence.Happened, whence.StatusDenied}
		for j := range 100 {
			p.Steps = append(p.Steps, story.Step{At: day(j), Status: statuses[j%5], Source: long, Finding: finding(j)})
		}
		s.Plans = append(s.Plans, p)
		s.Contradictions = append(s.Contradictions, story.Contradiction{Kind: fmt.Sprint("kind", i), About: long, A: story.Side{Finding: finding(1), Source: long}, B: story.Side{Finding: finding(2)}})
		pos := story.Positions{About: long}
		for j := range 100 {
			pos.Positions = append(pos.Positions, story.Position{Stance: "asserts", Source: fmt.Sprint(long, j), Finding: finding(j)})
		}
		s.Positions = append(s.Positions, pos)
	}
	return s
}

// TestHugeStory holds that the page of a story is of a bounded size, however large
// the story is.
func TestHugeStory(t *testing.T) {
	l := newLedger(t, t.TempDir())
	defer func() { _ = l.Close() }()
	size := func(n int) int {
		p, err := newStoryPage(t.Context(), l, hugeStory(n), online)
		if err != nil {
			t.Fatal(err)
		}
		rec := httptest.NewRecorder()
		if err := storyView().Write(rec, httptest.NewRequest(http.MethodGet, "/", nil), Viewer{}, Page{Title: "x", Data: p}); err != nil {
			t.Fatal(err)
		}
		return rec.Body.Len()
	}
	some, many := size(100), size(400)
	if many > 1<<20 || float64(many) > 1.2*float64(some) {
		t.Errorf("the page of a story has %d bytes at 100 articles and %d at 400", some, many)
	}
	var b bytes.Buffer
	if err := report(t.Context(), &b, l, hugeStory(200)); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 2<<20 {
		t.Errorf("the report has %d bytes", b.Len())
	}
}

// TestHugeArticle holds that a long text is cut into parts, and that a passage of it
// is found in the part that holds it.
func TestHugeArticle(t *testing.T) {
	const blocks = 3000
	a := &whence.Article{Path: "long.txt", Title: "Long", Language: "en"}
	at := 0
	for i := range blocks {
		line := fmt.Sprintf("Paragraph %d: the harbour master said on Tuesday that %d people were killed in the gale.", i, i)
		a.Blocks = append(a.Blocks, whence.Block{Role: whence.RoleParagraph, Span: whence.Span{Start: at, End: at + len(line)}})
		a.Text += line + "\n"
		at += len(line) + 1
	}
	a.Identify()
	l := newLedger(t, t.TempDir(), a)
	defer func() { _ = l.Close() }()
	h := New(l, Options{})
	rec := get(t, h, http.MethodGet, articleAt(a.ID))
	if rec.Code != http.StatusOK || rec.Body.Len() > 4<<20 || !strings.Contains(rec.Body.String(), "?part=2") {
		t.Errorf("%d, %d bytes", rec.Code, rec.Body.Len())
	}
	last := a.Blocks[blocks-5]
	rec = get(t, h, http.MethodGet, strings.SplitN(passageAt(a.ID, last.Span), "#", 2)[0])
	if body := rec.Body.String(); !strings.Contains(body, fmt.Sprintf(`id="c%d-%d"`, last.Start, last.End)) || !strings.Contains(body, "lit") {
		t.Errorf("the passage is not on its page: %d", rec.Code)
	}
	if rec := get(t, h, http.MethodGet, articleAt(a.ID)+"/with/"+short(a.ID)); rec.Code != http.StatusBadRequest {
		t.Errorf("an article beside itself: %d", rec.Code)
	}
}

// TestLand holds that the map's data can be read, and stays on the earth.
func TestLand(t *testing.T) {
	points := 0
	for _, r := range land() {
		points += len(r.points)
		// A piece across the meridian of 180 degrees is there on both sides of the map.
		if r.east-r.west > 360.1 || r.east < -180 || r.west > 180 || r.south < -90.1 || r.north > 90.1 {
			t.Errorf("a piece of land reaches from %v to %v, %v to %v", r.west, r.east, r.south, r.north)
		}
	}
	if points < 4000 {
		t.Errorf("the map has %d points", points)
	}
}

// TestMap holds that places are drawn where they are, as large as they are vague.
func TestMap(t *testing.T) {
	small, large := radii[whence.PlaceSite], radii[whence.PlaceCountry]
	if small >= radii[whence.PlaceCity] || radii[whence.PlaceCity] >= radii[whence.PlaceRegion] || radii[whence.PlaceRegion] >= large {
		t.Error("a vaguer place is not drawn larger")
	}
}
