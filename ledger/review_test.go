package ledger_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"whence"
	"whence/ledger"
	"whence/page"
	"whence/reading"
	"whence/sample"
	"whence/store"
	"whence/store/sqlite"
	stories "whence/story"
)

// readSome is a ledger with some pages of the sample, really read.
func readSome(t *testing.T, version string, path string, names ...string) *ledger.Ledger {
	t.Helper()
	s, err := sqlite.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(s, version, reading.Read)
	t.Cleanup(func() { l.Close() })
	var articles []whence.Article
	for _, p := range sample.Articles() {
		if !slices.Contains(names, p.Name) {
			continue
		}
		a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, *a)
	}
	if _, err := l.AddArticles(context.Background(), func(yield func(*whence.Article) bool) {
		for i := range articles {
			if !yield(&articles[i]) {
				return
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	return l
}

const exclusive = "harbourpost-exclusive.html"

// TestReviews: verdicts are added to a finding and never change it, the latest
// counts, and they stay when the article is read again.
func TestReviews(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "reviewed.db")
	l := readSome(t, "1", path, exclusive)
	queue, err := l.Queue(ctx, "", 5)
	if err != nil || len(queue) != 5 {
		t.Fatal(err, len(queue))
	}
	f := queue[0]
	if f.Kind != store.AttributionFinding || !strings.HasPrefix(f.Why, "score ") || f.Score < .2 || f.Score > .8 {
		t.Errorf("the most doubtful: %+v", f)
	}
	at := time.Date(2027, 3, 4, 5, 6, 7, 8, time.UTC)
	say := func(by string, v store.Verdict, c *store.Correction) *ledger.Finding {
		t.Helper()
		at = at.Add(time.Minute)
		found, err := l.Review(ctx, f.Article, by, at, ledger.Judgement{Kind: f.Kind, Finding: f.ID, Verdict: v, Correct: c})
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	for _, step := range []struct {
		by      string
		verdict store.Verdict
		counts  string
	}{
		{"signe", store.Accepted, "accepted signe"},
		{"imre", store.Rejected, "rejected imre"},
		{"imre", store.Withdrawn, "accepted signe"},
		{"signe", store.Withdrawn, " "},
		{"noor", store.Corrected, "corrected noor"},
	} {
		var c *store.Correction
		if step.verdict == store.Corrected {
			c = &store.Correction{Name: "three officials", Content: []whence.Span{{Start: 10, End: 20}}}
		}
		counts, _ := say(step.by, step.verdict, c).Standing()
		if got := string(counts.Verdict) + " " + counts.By; got != step.counts {
			t.Errorf("after %s by %s %s counts, wanted %s", step.verdict, step.by, got, step.counts)
		}
	}
	again, err := l.Queue(ctx, "", 100)
	if err != nil || slices.ContainsFunc(again, func(g ledger.Finding) bool { return g.ID == f.ID }) {
		t.Errorf("%v; what was judged is queued again", err)
	}
	article, err := l.Article(ctx, f.Article)
	if err != nil || len(article.Reviews) != 5 {
		t.Fatal(err, len(article.Reviews))
	}
	want := reading.Read(&article.Reading.Article)
	if diff := cmp.Diff(want.Attributions, article.Reading.Attributions); diff != "" {
		t.Errorf("the machine's findings changed:\n%s", diff)
	}
	l.Close()

	l = readSome(t, "2", path, exclusive) // read again by a newer reader
	article, err = l.Article(ctx, f.Article)
	if err != nil || article.Reader != "2" || len(article.Reviews) != 5 {
		t.Errorf("%v; after reading again with %s there are %d verdicts", err, article.Reader, len(article.Reviews))
	}
	if v, ok := article.Reviews[4].Correct, true; !ok || v == nil || v.Name != "three officials" || article.Reviews[4].At.String() != "2027-03-04T05:11:07Z" {
		t.Errorf("the last verdict came back as %+v", article.Reviews[4])
	}
}

func TestReviewsRefused(t *testing.T) {
	ctx := context.Background()
	l := readSome(t, "1", filepath.Join(t.TempDir(), "reviewed.db"), exclusive)
	list, _, err := l.Findings(ctx, readID(t, l))
	if err != nil {
		t.Fatal(err)
	}
	of := func(kind store.Reviewable) ledger.Finding {
		i := slices.IndexFunc(list, func(f ledger.Finding) bool { return f.Kind == kind })
		if i < 0 {
			t.Fatalf("no %s", kind)
		}
		return list[i]
	}
	a, f := of(store.AttributionFinding), of(store.FigureFinding)
	judge := func(f ledger.Finding, v store.Verdict, c *store.Correction) ledger.Judgement {
		return ledger.Judgement{Kind: f.Kind, Finding: f.ID, Verdict: v, Correct: c}
	}
	for _, c := range []struct {
		name string
		by   string
		j    ledger.Judgement
		says string
	}{
		{"by nobody", "", judge(a, store.Accepted, nil), "nobody gives"},
		{"no such finding", "x", ledger.Judgement{Kind: store.FigureFinding, Finding: "f999", Verdict: store.Accepted}, "there is no figure f999"},
		{"no such kind", "x", ledger.Judgement{Kind: "<b>", Finding: f.ID, Verdict: store.Accepted}, "there is no <b>"},
		{"no verdict", "x", judge(a, "fine", nil), `"fine" is no verdict`},
		{"nothing corrected", "x", judge(a, store.Corrected, &store.Correction{}), "nothing is corrected"},
		{"accepted with a correction", "x", judge(a, store.Accepted, &store.Correction{Name: "y"}), "a correction with"},
		{"a figure's value for an attribution", "x", judge(a, store.Corrected, &store.Correction{Value: "3"}), "does not belong to a attribution"},
		{"a source for a figure", "x", judge(f, store.Corrected, &store.Correction{Name: "y"}), "does not belong to a figure"},
		{"no status", "x", judge(f, store.Corrected, &store.Correction{Status: "certain"}), "is no status"},
		{"past the end", "x", judge(f, store.Corrected, &store.Correction{Span: &whence.Span{Start: 1, End: 1 << 40}}), "is no span"},
		{"backwards", "x", judge(a, store.Corrected, &store.Correction{Cue: []whence.Span{{Start: 9, End: 3}}}), "is no span"},
		{"very many spans", "x", judge(a, store.Corrected, &store.Correction{Content: make([]whence.Span, 1000)}), "too many spans"},
		{"a long name", "x", judge(a, store.Corrected, &store.Correction{Name: strings.Repeat("y", 1000)}), "too long"},
		{"a long note", "x", ledger.Judgement{Kind: a.Kind, Finding: a.ID, Verdict: store.Accepted, Note: strings.Repeat("y", 3000)}, "too long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := l.Review(ctx, a.Article, c.by, time.Now(), c.j)
			var j *ledger.JudgementError
			if !errors.As(err, &j) || !strings.Contains(err.Error(), c.says) || j.Hint == "" {
				t.Errorf("%v, wanted %s", err, c.says)
			}
		})
	}
	if _, err := l.Review(ctx, strings.Repeat("0", 64), "x", time.Now(), judge(a, store.Accepted, nil)); !errors.Is(err, store.ErrAbsent) {
		t.Errorf("of no article: %v", err)
	}
	list, _, err = l.Findings(ctx, a.Article)
	if err != nil || slices.ContainsFunc(list, func(f ledger.Finding) bool { return f.Reviews != nil }) {
		t.Errorf("%v; something was kept", err)
	}
}

// readID is the id of the one article in a ledger.
func readID(t *testing.T, l *ledger.Ledger) string {
	t.Helper()
	for r, err := range l.Readings(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		return r.ID
	}
	t.Fatal("the ledger is empty")
	return ""
}

// TestReviewedOnly: of a story's figures those alone that a person has accepted.
func TestReviewedOnly(t *testing.T) {
	ctx := context.Background()
	l := readSome(t, "1", filepath.Join(t.TempDir(), "reviewed.db"),
		"advertiser-karvik-ferry.html", "courier-karvik-ferry.html", "ledger-town-hall.v1.html", "advertiser-toll-13.html", "courier-union-toll.html")
	all, err := l.Stories(ctx, 1, 0)
	if err != nil || len(all) == 0 {
		t.Fatal(err, len(all))
	}
	var s *stories.Story
	for _, b := range all {
		if s, err = l.Story(ctx, b.ID); err != nil {
			t.Fatal(err)
		}
		if len(s.Histories) > 0 {
			break
		}
	}
	if len(s.Histories) == 0 {
		t.Fatal("no figure has a history")
	}
	var ids []string
	for _, m := range s.Articles {
		ids = append(ids, m.Article)
	}
	reviewed := func() []stories.History {
		v, err := l.Verdicts(ctx, append(ids, strings.Repeat("0", 64)))
		if err != nil {
			t.Fatal(err)
		}
		return v.Reviewed(s.Histories)
	}
	if got := reviewed(); got != nil {
		t.Errorf("nothing was reviewed, and %d histories are shown", len(got))
	}
	p := s.Histories[0].Points[0]
	for _, c := range []struct {
		verdict store.Verdict
		points  int
	}{{store.Accepted, 1}, {store.Rejected, 0}, {store.Accepted, 1}} {
		if _, err := l.Review(ctx, p.Article, "signe", time.Now(), ledger.Judgement{Kind: store.FigureFinding, Finding: p.Figure, Verdict: c.verdict}); err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, h := range reviewed() {
			n += len(h.Points)
		}
		if n != c.points {
			t.Errorf("after %s %d points are shown", c.verdict, n)
		}
	}
	queue, err := l.Queue(ctx, s.ID, 1000)
	if err != nil || slices.ContainsFunc(queue, func(f ledger.Finding) bool {
		return f.Kind == store.FigureFinding && f.Article == p.Article && f.ID == p.Figure
	}) {
		t.Errorf("%v; what was judged is queued", err)
	}
	for i := 1; i < len(queue); i++ {
		if queue[i].Why == "contradicted" && queue[i-1].Why != "contradicted" {
			t.Errorf("a figure that is contradicted stands behind %s", queue[i-1].Why)
		}
	}
}
