package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"whence/ledger"
	"whence/store"
)

// TestReviewedOnly: the figures of a story's page can be those alone that a person
// has accepted, and an article's page shows who said what of its findings.
func TestReviewedOnly(t *testing.T) {
	l := newLedger(t, t.TempDir(), sampleArticles(t)...)
	defer l.Close()
	h := New(l, Options{})
	list, err := l.Stories(t.Context(), 2, 1)
	if err != nil || len(list) == 0 {
		t.Fatal(err)
	}
	st, err := l.Story(t.Context(), list[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	address := storyAt(st.ID) + "?reviewed=only"
	if page := get(t, h, http.MethodGet, address).Body.String(); !strings.Contains(page, "none yet") || strings.Contains(page, `class="points"`) {
		t.Error("figures are shown that nobody has reviewed")
	}
	p := st.Histories[0].Points[0]
	note := "seen in the <b>original</b>"
	if _, err := l.Review(t.Context(), p.Article, "signe", time.Now(), ledger.Judgement{Kind: store.FigureFinding, Finding: p.Figure, Verdict: store.Accepted, Note: note}); err != nil {
		t.Fatal(err)
	}
	if page := get(t, h, http.MethodGet, address).Body.String(); strings.Contains(page, "none yet") || !strings.Contains(page, "all figures") {
		t.Error("the figure that was accepted is not shown")
	}
	if page := get(t, h, http.MethodGet, articleAt(p.Article)).Body.String(); !strings.Contains(page, "<strong>accepted</strong> by <bdi>signe</bdi>") || strings.Contains(page, note) {
		t.Error("the article does not show the verdict, or shows its markup")
	}
	if rec := get(t, h, http.MethodGet, storyAt(st.ID)+"?reviewed=maybe"); rec.Code != http.StatusBadRequest {
		t.Errorf("another choice: %d", rec.Code)
	}
}
