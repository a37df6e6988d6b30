package ledger

import (
	"fmt"
	"reflect"
	"testing"
	"time"

	"whence"
	"whence/story"
)

// madeStory is a story of so many articles, each of which makes twenty claims that up to
// a tenth of the others make too.
func madeStory(articles int) *story.Story {
	s := &story.Story{ID: "s0123456789", Title: "A fire at the mill", Reports: []story.Report{{Name: "Lohn Gull"}}, Sources: []story.Source{}}
	for i := range articles {
		at := whence.Date{Time: time.Date(2027, 3, 1, 0, i, 0, 0, time.UTC), Precision: whence.Second}
		s.Articles = append(s.Articles, story.Member{Article: fmt.Sprintf("sha256:%064x", i), Path: fmt.Sprintf("part-%d.jsonl", i%16), Outlet: fmt.Sprintf("Outlet %d", i%80), Title: fmt.Sprintf("Fire at the mill, part %d", i), Published: at})
	}
	finding := func(i, n int) story.Finding {
		a := s.Articles[i%articles]
		return story.Finding{Article: a.Article, Path: a.Path, Attribution: fmt.Sprintf("a%d", n%90), Spans: []whence.Span{{Start: 40 * n, End: 40*n + 120}},
			Text: fmt.Sprintf("that the mill had been empty for %d years when the fire began on the third floor and that %d people lived next to it", i%97, n)}
	}
	for c := range 2000 {
		claim := story.Claim{ID: fmt.Sprintf("c%010x", c), Kind: story.Statement, Text: finding(c, c).Text, Story: s.ID, Reports: []story.Root{}, Sources: []story.RootSource{}}
		for i := range max(1, articles/(2*(c+1))) + 8 {
			claim.Articles = append(claim.Articles, finding(7*c+i, c))
		}
		claim.Reports = append(claim.Reports, story.Root{Report: s.Reports[0], Rests: []string{s.Articles[c%articles].Article}, Evidence: []string{"byline"}})
		claim.Sources = append(claim.Sources, story.RootSource{Source: story.Source{Name: "Ana Brandt", Kind: whence.SourcePerson, Count: 1}, Findings: claim.Articles[:1]})
		s.Claims = append(s.Claims, claim)
	}
	s.Histories = []story.History{{Series: "h1", Measure: "killed", Points: []story.Point{{At: s.Articles[0].Published, Low: whence.At(3.5), Finding: finding(1, 1)}}}}
	return s
}

// TestStoryForm holds a story to what is read of the form that it is kept in.
func TestStoryForm(t *testing.T) {
	want := madeStory(50)
	packed := packStory(want)
	var got story.Story
	if _, err := unpackStory(packed, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(want, &got) {
		t.Error("a story is not what was kept")
	}
	for cut := range 60 {
		var x story.Story
		if _, err := unpackStory(packed[:len(packed)*cut/60], &x); err == nil {
			t.Fatalf("a story cut off at %d of 60 is read", cut)
		}
	}
}

// BenchmarkOpenStory is what it costs to read a kept story of 5,000 articles.
func BenchmarkOpenStory(b *testing.B) {
	packed := packStory(madeStory(5000))
	b.ReportMetric(float64(len(packed)), "bytes")
	for b.Loop() {
		var s story.Story
		if _, err := unpackStory(packed, &s); err != nil {
			b.Fatal(err)
		}
	}
}
