package eval

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence"
	"whence/internal/golden"
	"whence/internal/shared"
	"whence/reading"
	"whence/sample"
)

// TestStatusFigures freezes the figures, so that a change of them shows in
// review.
func TestStatusFigures(t *testing.T) {
	var table strings.Builder
	if err := Status(&table, shared.Path(t, "corpora", "meantime")); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/status.golden", table.String())
}

// aCatDocument is fiction.
const aCatDocument = `<?xml version="1.0" ?><Document doc_id="8" doc_name="fiction">
<token number="0" sentence="0" t_id="1">Mayor</token><token number="1" sentence="0" t_id="2">resigns</token>
<token number="2" sentence="1" t_id="3">Orla</token><token number="3" sentence="1" t_id="4">did</token>
<token number="4" sentence="1" t_id="5">n't</token><token number="5" sentence="1" t_id="6">go</token>
<token number="6" sentence="1" t_id="7">and</token><token number="7" sentence="1" t_id="8">may</token>
<token number="8" sentence="1" t_id="9">stay</token><token number="9" sentence="1" t_id="10">.</token>
<Markables>
<EVENT_MENTION certainty="CERTAIN" polarity="POS" time="NON_FUTURE" m_id="1"><token_anchor t_id="2"/></EVENT_MENTION>
<EVENT_MENTION certainty="CERTAIN" polarity="NEG" time="NON_FUTURE" m_id="2"><token_anchor t_id="6"/></EVENT_MENTION>
<EVENT_MENTION certainty="POSSIBLE" polarity="POS" time="FUTURE" m_id="3"><token_anchor t_id="9"/></EVENT_MENTION>
<EVENT_MENTION m_id="4"><token_anchor t_id="3"/></EVENT_MENTION>
</Markables></Document>`

func writeCat(t *testing.T, content string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "fiction.xml"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestReadStatusDocuments(t *testing.T) {
	documents, err := ReadStatusDocuments(writeCat(t, aCatDocument))
	if err != nil || len(documents) != 1 {
		t.Fatalf("%d documents, %v", len(documents), err)
	}
	d := documents[0]
	if want := "Mayor resigns\n\nOrla didn't go and may stay."; d.Article.Text != want {
		t.Errorf("text %q, want %q", d.Article.Text, want)
	}
	var got []string
	for _, e := range d.Events {
		got = append(got, fmt.Sprintf("%s %v", d.Article.Text[e.Start:e.End], e.Reality))
	}
	if want := "resigns happened, go not, stay open"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
}

func TestReadStatusDocumentsRefuses(t *testing.T) {
	for what, content := range map[string]string{
		"no XML":             "Orla",
		"a token that isn't": strings.Replace(aCatDocument, `<token_anchor t_id="9"/>`, `<token_anchor t_id="90"/>`, 1),
	} {
		if _, err := ReadStatusDocuments(writeCat(t, content)); err == nil {
			t.Errorf("%s is read", what)
		}
	}
	if err := Status(&strings.Builder{}, filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no folder is no error")
	}
}

func TestStatus(t *testing.T) {
	var b strings.Builder
	if err := Status(&b, writeCat(t, aCatDocument)); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/status-fiction.golden", b.String())
}

// TestStatusOfSample counts what is right of the events and figures of the
// sample story, and names what is not. An event is found where one of the
// reading's shares words with it; its attribution is right where the cues share
// words.
func TestStatusOfSample(t *testing.T) {
	gold, err := sample.Truth()
	if err != nil {
		t.Fatal(err)
	}
	var misses strings.Builder
	var events, found, statuses, hedges, attributed, figures, figureStatuses, figureHedges int
	statusReader := newStatusReader()
	for i := range gold.Articles {
		a := &gold.Articles[i]
		article := sampleArticle(a)
		r := reading.Read(article)
		of := statusReader.read(article)
		locator := a.Locator(article.Text)
		spans := func(p ...sample.Passage) []whence.Span {
			s, err := locator.Spans(p...)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		for _, e := range a.Events {
			span := spans(e.Passage)[0]
			events++
			got, ok := eventAt(r.Events, span)
			if !ok {
				fmt.Fprintf(&misses, "%s: %q is %s: not found\n", a.File, e.Text, e.Status)
				continue
			}
			found++
			if string(got.Status) == e.Status {
				statuses++
			} else {
				fmt.Fprintf(&misses, "%s: %q is %s: found %s\n", a.File, e.Text, e.Status, got.Status)
			}
			if string(got.Hedge) == e.Hedge {
				hedges++
			} else {
				fmt.Fprintf(&misses, "%s: %q has hedge %q: found %q\n", a.File, e.Text, e.Hedge, got.Hedge)
			}
			if sameAttribution(r, got.Attribution, a, e.Attribution, spans) {
				attributed++
			}
		}
		for _, f := range a.Figures {
			figures++
			st, hedge := of.Of(spans(f.Passage)[0])
			if string(st) == f.Status {
				figureStatuses++
			} else {
				fmt.Fprintf(&misses, "%s: figure %q is %s: found %s\n", a.File, f.Text, f.Status, st)
			}
			if string(hedge) == f.Hedge {
				figureHedges++
			} else {
				fmt.Fprintf(&misses, "%s: figure %q has hedge %q: found %q\n", a.File, f.Text, f.Hedge, hedge)
			}
		}
	}
	golden.Check(t, "testdata/status-sample.golden", fmt.Sprintf(
		"events: %d, found %d; of these status right %d, hedge %d, attribution %d\nfigures: %d, status right %d, hedge %d\n\n%s",
		events, found, statuses, hedges, attributed, figures, figureStatuses, figureHedges, misses.String()))
}

// sampleArticle is the article of the sample whose blocks are true.
func sampleArticle(a *sample.Article) *whence.Article {
	article := &whence.Article{Title: a.Title}
	at := 0
	var text []string
	for _, b := range a.Blocks {
		n := len([]rune(b.Text))
		article.Blocks = append(article.Blocks, whence.Block{Role: b.Role, Span: whence.Span{Start: at, End: at + n}})
		text = append(text, b.Text)
		at += n + 2
	}
	article.Text = strings.Join(text, "\n\n")
	return article
}

// eventAt is the last of the events that share words with the span.
func eventAt(events []whence.Event, span whence.Span) (last whence.Event, ok bool) {
	for _, e := range events {
		if e.Overlaps(span) {
			last, ok = e, true
		}
	}
	return last, ok
}

// sameAttribution tells whether the attribution found is the true one, by its cue.
func sameAttribution(r *whence.Reading, found string, a *sample.Article, id string, spans func(...sample.Passage) []whence.Span) bool {
	var got, want []whence.Span
	for _, x := range r.Attributions {
		if x.ID == found {
			got = x.Cue.Spans
		}
	}
	for _, x := range a.Attributions {
		if x.ID == id {
			want = spans(x.Cue...)
		}
	}
	for _, g := range got {
		for _, w := range want {
			if g.Overlaps(w) {
				return true
			}
		}
	}
	return len(got) == 0 && len(want) == 0
}
