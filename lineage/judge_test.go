package lineage

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"whence"
)

// article makes a reading of an article whose blocks stand between blank lines.
// A block that begins with a role in brackets has that role.
func article(outlet, text string) *whence.Reading {
	r := &whence.Reading{Article: whence.Article{Outlet: outlet}}
	for _, b := range strings.Split(text, "\n\n") {
		role := whence.RoleParagraph
		if after, ok := strings.CutPrefix(b, "["); ok {
			name, rest, _ := strings.Cut(after, "] ")
			role, b = whence.Role(name), rest
		}
		if r.Text != "" {
			r.Text += "\n\n"
		}
		start := utf8.RuneCountInString(r.Text)
		r.Text += b
		r.Blocks = append(r.Blocks, whence.Block{Role: role, Span: whence.Span{Start: start, End: utf8.RuneCountInString(r.Text)}})
	}
	return r
}

// on gives an article a date of publication.
func on(r *whence.Reading, day string) *whence.Reading {
	if day != "" {
		d, err := whence.ParseDate(day)
		if err != nil {
			panic(err)
		}
		r.Published = d
	}
	return r
}

// judged compares and judges articles, each with each, and gives the verdict on
// a pair by the places of its two.
func judged(articles ...*whence.Reading) map[[2]int]whence.Reuse {
	region := Region{Texts: map[int64]*Text{}}
	for i, a := range articles {
		region.Texts[int64(i)] = NewText(a)
	}
	for i := range articles {
		for k := range i {
			p, ok := Compare(region.Texts[int64(i)], region.Texts[int64(k)], func(uint64) bool { return false })
			if ok {
				p.A, p.B = int64(i), int64(k)
				region.Pairs = append(region.Pairs, p)
			}
		}
	}
	found := map[[2]int]whence.Reuse{}
	for i, r := range Judge(region) {
		found[[2]int{int(region.Pairs[i].A), int(region.Pairs[i].B)}] = r
	}
	return found
}

// story is a text of words that stand nowhere else but in stories of the same
// seed: count sentences of nine words.
func sentences(seed string, count int) string {
	var b strings.Builder
	for i := range count {
		for k := range 9 {
			fmt.Fprintf(&b, "%s%dx%d ", seed, i, k)
		}
		b.WriteString("now. ")
	}
	return strings.TrimSpace(b.String())
}

func TestJudge(t *testing.T) {
	wire := "KARVIK (AP) — " + sentences("lock", 12)
	plain := "KARVIK — " + sentences("lock", 12)
	quoted := `The lock is shut. “` + sentences("said", 2) + `” That is what was heard.`
	unlike := sentences("other", 12)
	post := sentences("posted", 2)
	snippet := sentences("lock", 2)
	page := "[title] News\n\n" + snippet + " ..."
	for i := range 9 {
		page += "\n\n" + sentences(fmt.Sprint("page", i), 2) + " ..."
	}
	tests := []struct {
		name      string
		a, b      *whence.Reading
		relation  whence.Relation
		direction whence.Direction
		origin    string
	}{
		{"an agency is credited in one copy", article("Tide", wire), article("Ebb", plain), whence.Copy, whence.BothFromOrigin, "Associated Press"},
		{"an agency that contributed has not written it", on(article("Tide", plain+"\n\n[credit] Tide's Jane Doe and The Associated Press contributed to this report."), "2025-05-04"), on(article("Ebb", plain), "2025-05-01"), whence.Copy, whence.ArticleFromOther, "Ebb"},
		{"one credits the other", article("Tide", "[byline] By Jane Doe, The Boston Globe\n\n"+plain), article("bostonglobe.com", plain), whence.Copy, whence.ArticleFromOther, "bostonglobe.com"},
		{"one credits the other, which credits an agency", article("Tide", "[byline] By Jane Doe, The Boston Globe\n\n"+plain), article("bostonglobe.com", wire), whence.Copy, whence.BothFromOrigin, "Associated Press"},
		{"a text with captions of its own", article("Tide", sentences("caption", 4)+"\n\n"+wire), article("Ebb", wire+"\n\n"+sentences("more", 30)), whence.Copy, whence.BothFromOrigin, "Associated Press"},
		{"half of an agency's text", article("Tide", sentences("lock", 6)+"\n\n"+unlike), article("Ebb", wire+sentences("more", 12)), whence.CommonOrigin, whence.BothFromOrigin, "Associated Press"},
		{"prose and nobody credited", on(article("Tide", sentences("lock", 3)+"\n\n"+unlike), "2025-05-01"), on(article("Ebb", sentences("lock", 3)+"\n\n"+sentences("third", 12)), "2025-05-09"), whence.CommonOrigin, whence.DirectionUnknown, ""},
		{"a quotation", article("Tide", sentences("third", 12)+"\n\n"+quoted), article("Ebb", unlike+"\n\n"+quoted), whence.SharedQuotation, whence.BothFromOrigin, ""},
		{"a post shown in one without marks", article("Tide", unlike+"\n\n"+post+"\n\n— Jane Doe (@janedoe) 3 May 2025"), article("Ebb", sentences("third", 12)+"\n\n"+post), whence.SharedQuotation, whence.BothFromOrigin, ""},
		{"a page of snippets", article("Pages", page), article("Ebb", plain), whence.Derived, whence.ArticleFromOther, "Ebb"},
		{"a page of snippets and an agency", article("Pages", page), article("Ebb", wire), whence.CommonOrigin, whence.BothFromOrigin, "Associated Press"},
	}
	for _, test := range tests {
		r, ok := judged(test.b, test.a)[[2]int{1, 0}]
		if !ok {
			t.Errorf("%s: no pair", test.name)
			continue
		}
		if r.Relation != test.relation || r.Direction != test.direction || r.Origin != test.origin {
			t.Errorf("%s: %s %s from %q (%v), not %s %s from %q", test.name, r.Relation, r.Direction, r.Origin, r.Evidence, test.relation, test.direction, test.origin)
		}
	}
}

// TestJudgeBadDates holds judging to "unknown" where dates say nothing: none,
// the same, and days that have not come.
func TestJudgeBadDates(t *testing.T) {
	text := sentences("lock", 12)
	future := time.Now().AddDate(3, 0, 0).Format(time.DateOnly)
	for _, dates := range [][2]string{{"", ""}, {"2025-05-01", ""}, {"", "2025-05-01"}, {"2025-05-01", "2025-05-01"}, {future, future}, {"2025", "2025-05-01"}, {"2025-05", "2025-05-31"}} {
		r := judged(on(article("Ebb", text), dates[0]), on(article("Tide", text), dates[1]))[[2]int{1, 0}]
		if r.Relation != whence.Copy || r.Direction != whence.DirectionUnknown || r.Origin != "" {
			t.Errorf("dates %q: %s %s from %q", dates, r.Relation, r.Direction, r.Origin)
		}
	}
}

// TestJudgeEachOther has two outlets that credit each other with one text, and
// two that copy from each other: who was first is told for each text, and by no
// credit where both have one.
func TestJudgeEachOther(t *testing.T) {
	morning, evening := sentences("lock", 12), sentences("ferry", 12)
	found := judged(
		on(article("Ebb", morning), "2025-05-01"), on(article("Tide", morning), "2025-05-03"),
		on(article("Tide", evening), "2025-05-05"), on(article("Ebb", evening), "2025-05-07"),
	)
	if r := found[[2]int{1, 0}]; r.Direction != whence.ArticleFromOther || r.Origin != "Ebb" {
		t.Errorf("the morning's: %s from %q", r.Direction, r.Origin)
	}
	if r := found[[2]int{3, 2}]; r.Direction != whence.ArticleFromOther || r.Origin != "Tide" {
		t.Errorf("the evening's: %s from %q", r.Direction, r.Origin)
	}
	a, b := article("Boston Globe", "[byline] By Jane Doe, The Denver Post\n\n"+morning), article("Denver Post", "[byline] By John Roe, The Boston Globe\n\n"+morning)
	first, second := judged(a, b)[[2]int{1, 0}], judged(b, a)[[2]int{1, 0}]
	if first.Direction != whence.DirectionUnknown || second.Direction != whence.DirectionUnknown {
		t.Errorf("two that credit each other: %s %v, turned %s %v", first.Direction, first.Evidence, second.Direction, second.Evidence)
	}
}

// TestNoCircles judges articles that share, credit, cite and date at random: no
// article has its words from itself, by however many others.
func TestNoCircles(t *testing.T) {
	outlets := []string{"Boston Globe", "Denver Post", "Miami Herald", "Detroit News", "Seattle Times"}
	rapid.Check(t, func(t *rapid.T) {
		var list []*whence.Reading
		for range rapid.IntRange(2, 7).Draw(t, "articles") {
			var parts []string
			if by := rapid.IntRange(0, len(outlets)).Draw(t, "by"); by < len(outlets) {
				parts = append(parts, "[byline] By Jane Doe, The "+outlets[by])
			}
			for range rapid.IntRange(1, 3).Draw(t, "parts") {
				parts = append(parts, sentences(rapid.SampledFrom([]string{"lock", "ferry", "weir", "quay"}).Draw(t, "part"), 4))
			}
			r := article(rapid.SampledFrom(outlets).Draw(t, "outlet"), strings.Join(parts, "\n\n"))
			for _, o := range outlets {
				if at := rapid.IntRange(0, 4).Draw(t, "link"); at == 0 {
					r.Blocks[0].Links = append(r.Blocks[0].Links, whence.Link{Href: "https://" + plainName(o) + ".example/1"})
				}
			}
			r.URL = "https://" + plainName(r.Outlet) + ".example/1"
			list = append(list, on(r, rapid.SampledFrom([]string{"", "2025-05-01", "2025-05-02", "2025-05-03"}).Draw(t, "day")))
		}
		from := map[int][]int{}
		for pair, r := range judged(list...) {
			switch r.Direction {
			case whence.ArticleFromOther:
				from[pair[0]] = append(from[pair[0]], pair[1])
			case whence.OtherFromArticle:
				from[pair[1]] = append(from[pair[1]], pair[0])
			}
		}
		for start := range list {
			seen, todo := map[int]bool{}, from[start]
			for len(todo) > 0 {
				k := todo[0]
				todo = todo[1:]
				if k == start {
					t.Fatalf("article %d has its words from itself: %v", start, from)
				}
				if !seen[k] {
					seen[k] = true
					todo = append(todo, from[k]...)
				}
			}
		}
	})
}
