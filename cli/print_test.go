package cli

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"whence"
	"whence/internal/golden"
)

// made is a reading made by hand that shows everything the layout knows.
func made(t *testing.T) *whence.Reading {
	t.Helper()
	r := &whence.Reading{Article: whence.Article{
		Path: "quay.html", Outlet: "Harbour Post", Title: "Karvik weighs closing the old quay",
		Byline: []string{"Ina Lund", "Per Aas"}, Credits: []string{"Meridian Wire"}, Language: "en",
		Text: "Karvik weighs closing the old quay\n\n" +
			"The port authority is weighing a plan to close the old quay, three officials familiar with the talks told Harbour Post, speaking on condition of anonymity because they were not authorised to speak.\n\n" +
			"“We have seen,” Mayor Tove Brandt said, “no such plan.”\n\n" +
			"The ministry declined to comment.\n\n" +
			"Since January at least 17 ferries have struck the quay at Karvik, reportedly injuring some 2,100 people. A new one could cost $40 million. Several islanders left.",
	}}
	r.Published, _ = whence.ParseDate("2027-03-09T22:15:30+01:00")
	r.Modified, _ = whence.ParseDate("2027-03-10")
	find := func(words string) whence.Span {
		at := strings.Index(r.Text, words)
		if at < 0 {
			t.Fatalf("%q is not in the text", words)
		}
		start := len([]rune(r.Text[:at]))
		return whence.Span{Start: start, End: start + len([]rune(words))}
	}
	phrase := func(parts ...string) whence.Phrase {
		p := whence.Phrase{Text: strings.Join(parts, " ")}
		for _, part := range parts {
			p.Spans = append(p.Spans, find(part))
		}
		return p
	}
	for i, words := range strings.Split(r.Text, "\n\n") {
		role := whence.RoleParagraph
		if i == 0 {
			role = whence.RoleTitle
		}
		r.Blocks = append(r.Blocks, whence.Block{Role: role, Span: find(words)})
	}
	r.Blocks[0].Span = whence.Span{Start: 0, End: 34}
	r.Attributions = []whence.Attribution{
		{
			ID:      "a1",
			Source:  &whence.Source{Phrase: phrase("three officials familiar with the talks"), Kind: whence.SourceGroup, Anonymous: true, Count: 3, Reason: "they were not authorised to speak"},
			Cue:     phrase("told"),
			Content: phrase("The port authority is weighing a plan to close the old quay"), Quotation: whence.Indirect, Kind: whence.Statement,
			Relay: &whence.Relay{Span: find("Harbour Post"), Name: "Harbour Post", Kind: whence.RelayOutlet}, Score: 0.91,
		},
		{
			ID: "a2", Source: &whence.Source{Phrase: phrase("Mayor Tove Brandt")}, Cue: phrase("said"),
			Content: phrase("“We have seen,”", "“no such plan.”"), Quotation: whence.Direct, Kind: whence.Statement, Score: 0.97,
		},
		{
			ID: "a3", Source: &whence.Source{Phrase: phrase("The ministry")}, Cue: phrase("declined to comment"),
			Kind: whence.Statement, Response: whence.Declined, Score: 0.9,
		},
		{ID: "a4", Cue: phrase("weighs"), Content: phrase("closing the old quay"), Kind: whence.Intention, Quotation: whence.Indirect, Parent: "a1", Score: 0.4},
	}
	r.Figures = []whence.Figure{
		{ID: "f1", Span: find("at least 17"), Text: "at least 17", Low: whence.At(17), Qualifier: whence.AtLeast, Counted: &whence.Counted{Span: find("ferries"), Head: "ferry"}, Measure: "struck", Status: whence.Happened},
		{ID: "f2", Span: find("some 2,100"), Text: "some 2,100", Low: whence.At(2100), High: whence.At(2100), Qualifier: whence.About, Unit: "person", Counted: &whence.Counted{Span: find("people"), Head: "person"}, Measure: "injured", Status: whence.Happened, Hedge: whence.Reported},
		{ID: "f3", Span: find("$40 million"), Text: "$40 million", Low: whence.At(4e7), High: whence.At(4e7), Qualifier: whence.Exact, Unit: "USD", Measure: "cost", Status: whence.Possible},
		{ID: "f4", Span: find("Several"), Text: "Several", Qualifier: whence.Vague, Counted: &whence.Counted{Span: find("Several islanders"), Head: "islander"}, Status: whence.Happened},
	}
	r.Times = []whence.Time{{ID: "t1", Span: find("January"), Text: "January", Type: whence.TimeDate, Value: "2027-01"}}
	r.Places = []whence.Place{{ID: "p1", Span: find("Karvik"), Text: "Karvik", Name: "Karvik", Precision: whence.PlaceCity}}
	r.Events = []whence.Event{
		{ID: "e1", Span: find("weighing"), Text: "weighing", Status: whence.Considered, Attribution: "a1"},
		{ID: "e2", Span: find("close"), Text: "close", Status: whence.Considered, Attribution: "a1"},
		{ID: "e3", Span: find("struck"), Text: "struck", Status: whence.Happened},
		{ID: "e4", Span: find("cost"), Text: "cost", Status: whence.Possible},
	}
	r.Identify()
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestPrintReading(t *testing.T) {
	for name, term := range map[string]*terminal{
		"reading-80": {width: 80}, "reading-44": {width: 44}, "reading-colour": {width: 80, color: true},
	} {
		var b bytes.Buffer
		term.Writer = &b
		printReading(term, made(t))
		golden.Check(t, "testdata/"+name+".golden", b.String())
	}
}

func TestPages(t *testing.T) {
	for name, c := range map[string]struct {
		articles int
		full     bool
	}{"pages-few": {3, false}, "pages-many": {4, false}, "pages-full": {4, true}} {
		var b bytes.Buffer
		p := &pages{t: &terminal{Writer: &b, width: 80}, full: c.full}
		for range c.articles {
			if err := p.put(made(t)); err != nil {
				t.Fatal(err)
			}
		}
		if err := p.close(); err != nil {
			t.Fatal(err)
		}
		golden.Check(t, "testdata/"+name+".golden", b.String())
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("disk full") }

// TestBrokenOutput: output that can't be written is an error, not silence.
func TestBrokenOutput(t *testing.T) {
	for _, format := range []string{"text", "jsonl"} {
		s := output{Format: format}.sink(&terminal{Writer: broken{}, width: 80})
		err := s.put(made(t))
		if err == nil {
			err = s.close()
		}
		if err == nil {
			t.Errorf("%s: writing to a full disk is no error", format)
		}
	}
}
