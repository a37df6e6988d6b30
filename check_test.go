package whence

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

// valid is a reading that keeps every invariant; its text holds a character
// of several bytes and a combining mark, so that bytes and code points differ.
func valid() *Reading {
	r := &Reading{
		Article: Article{
			URL: "https://harbourpost.example/a", Title: "Quay closed", Language: "en",
			Published: mustDate("2027-03-09T22:15:30+01:00"), Modified: mustDate("2027-03-10"),
			Text: "Quay closed\n\n“It is shut,” Zoë Marr, the mayor, said.",
			Blocks: []Block{
				{Role: RoleTitle, Span: Span{0, 11}},
				{Role: RoleParagraph, Span: Span{13, 53}, Links: []Link{{Span{27, 35}, "https://harbourpost.example/marr"}}},
			},
		},
		Names: []Name{{ID: "n1", Name: "Zoë Marr", Kind: "person", Mentions: []Span{{27, 35}}}},
		Attributions: []Attribution{{
			ID:      "a1",
			Source:  &Source{Phrase: Phrase{[]Span{{27, 35}, {37, 46}}, "Zoë Marr the mayor"}, Kind: SourcePerson, Name: "n1"},
			Cue:     Phrase{[]Span{{48, 52}}, "said"},
			Content: Phrase{[]Span{{13, 26}}, "“It is shut,”"}, Quotation: Direct, Kind: Statement, Score: 0.9,
		}},
	}
	r.Identify()
	return r
}

func mustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestCheck(t *testing.T) {
	if err := valid().Check(); err != nil {
		t.Fatalf("a valid reading is refused: %v", err)
	}
	for name, breach := range map[string]func(*Reading){
		"a block past the end":         func(r *Reading) { r.Blocks[1].End++ },
		"an empty block":               func(r *Reading) { r.Blocks[0].End = 0 },
		"blocks that overlap":          func(r *Reading) { r.Blocks[0].End = 20 },
		"a link outside its block":     func(r *Reading) { r.Blocks[1].Links[0].Start = 3 },
		"a mention outside the text":   func(r *Reading) { r.Names[0].Mentions[0].End = 99 },
		"words that differ":            func(r *Reading) { r.Attributions[0].Cue.Text = "says" },
		"offsets in bytes":             func(r *Reading) { r.Attributions[0].Cue.Spans[0] = Span{55, 59} },
		"spans out of order":           func(r *Reading) { s := r.Attributions[0].Source.Spans; s[0], s[1] = s[1], s[0] },
		"an id used twice":             func(r *Reading) { r.Names[0].ID = "a1"; r.Attributions[0].Source.Name = "" },
		"no id":                        func(r *Reading) { r.Attributions[0].ID = "" },
		"no cue":                       func(r *Reading) { r.Attributions[0].Cue = Phrase{} },
		"neither content nor response": func(r *Reading) { r.Attributions[0].Content = Phrase{} },
		"a name that is not there":     func(r *Reading) { r.Attributions[0].Source.Name = "n2" },
		"a parent that is not there":   func(r *Reading) { r.Attributions[0].Parent = "a9" },
		"a score over 1":               func(r *Reading) { r.Attributions[0].Score = 1.1 },
		"a relay with other words":     func(r *Reading) { r.Attributions[0].Relay = &Relay{Span: Span{0, 4}, Name: "Key"} },
	} {
		r := valid()
		breach(r)
		if r.Check() == nil {
			t.Errorf("%s passes", name)
		}
	}
	r := valid()
	r.Attributions[0].Cue.Text = "says"
	if err := r.Check(); !errors.Is(err, ErrSpan) {
		t.Errorf("words that differ give %v, want ErrSpan", err)
	}
}

func TestReadingJSON(t *testing.T) {
	r := valid()
	data, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"whence":1`, `"published":"2027-03-09T22:15:30+01:00"`, `"published_precision":"second"`,
		`"modified":"2027-03-10"`, `"modified_precision":"day"`,
		`{"role":"title","start":0,"end":11}`,
		`"source":{"spans":[{"start":27,"end":35},{"start":37,"end":46}],"text":"Zoë Marr the mayor","kind":"person","name":"n1"}`,
		`"score":0.9`,
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("%s is not in %s", want, data)
		}
	}
	for _, absent := range []string{"captured", "canonical", "relay", "parent", "response", "warnings"} {
		if strings.Contains(string(data), `"`+absent+`"`) {
			t.Errorf("absent %q is printed: %s", absent, data)
		}
	}
	var back Reading
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(&back)
	if err != nil || string(again) != string(data) {
		t.Errorf("reads back as\n%s, want\n%s (%v)", again, data, err)
	}
	if err := json.Unmarshal([]byte(`{"whence":2,"text":""}`), &back); err == nil {
		t.Error("a later format is taken")
	}
}

func TestIdentify(t *testing.T) {
	id := func(change func(*Article)) string {
		a := valid().Article
		change(&a)
		a.Identify()
		return a.ID
	}
	same := id(func(*Article) {})
	if got := id(func(a *Article) { a.Path, a.Captured = "other.html", mustDate("2027-03-11") }); got != same {
		t.Error("another file or time of capture gives another ID")
	}
	if got := id(func(a *Article) { a.Canonical = a.URL; a.URL += "?utm" }); got != same {
		t.Error("a canonical address does not stand for the address")
	}
	for name, change := range map[string]func(*Article){
		"text":    func(a *Article) { a.Text += " " },
		"address": func(a *Article) { a.URL += "2" },
		"outlet":  func(a *Article) { a.Outlet = "Meridian Wire" },
		"edges":   func(a *Article) { a.Outlet, a.Text = a.Text[:3], a.Text[3:] },
	} {
		if id(change) == same {
			t.Errorf("another %s gives the same ID", name)
		}
	}
	if len(same) != len("sha256:")+64 {
		t.Errorf("ID %q is not of the promised form", same)
	}
}

func TestCheckFindings(t *testing.T) {
	sound := func() *Reading {
		return &Reading{
			Article:      Article{Text: "Four of ten boats sank off Karvik on Monday, he said."},
			Attributions: []Attribution{{ID: "a1", Cue: Phrase{[]Span{{48, 52}}, "said"}, Content: Phrase{[]Span{{0, 43}}, "Four of ten boats sank off Karvik on Monday"}}},
			Times:        []Time{{ID: "t1", Span: Span{Start: 37, End: 43}, Text: "Monday", Type: TimeDate}},
			Places:       []Place{{ID: "p1", Span: Span{Start: 27, End: 33}, Text: "Karvik"}},
			Figures: []Figure{
				{ID: "f1", Span: Span{Start: 0, End: 4}, Text: "Four", Low: At(4), High: At(4), PartOf: "f2", Place: "p1", Attribution: "a1"},
				{ID: "f2", Span: Span{Start: 8, End: 11}, Text: "ten", Counted: &Counted{Span: Span{Start: 12, End: 17}, Head: "boat"}},
			},
			Events: []Event{{ID: "e1", Span: Span{Start: 18, End: 22}, Text: "sank", Status: Happened, Attribution: "a1"}},
		}
	}
	if err := sound().Check(); err != nil {
		t.Fatal(err)
	}
	for what, spoil := range map[string]func(r *Reading){
		"time differs from its words":   func(r *Reading) { r.Times[0].Text = "Tuesday" },
		"place outside the text":        func(r *Reading) { r.Places[0].End = 500 },
		"figure's id used twice":        func(r *Reading) { r.Figures[0].ID = "f2" },
		"low above high":                func(r *Reading) { r.Figures[0].Low.Value = 5 },
		"figure is part of itself":      func(r *Reading) { r.Figures[0].PartOf = "f1" },
		"figure's place is not there":   func(r *Reading) { r.Figures[0].Place = "p9" },
		"counted is empty":              func(r *Reading) { r.Figures[1].Counted.End = 12 },
		"event's attribution is absent": func(r *Reading) { r.Events[0].Attribution = "a9" },
	} {
		r := sound()
		spoil(r)
		if r.Check() == nil {
			t.Errorf("%s: no breach is reported", what)
		}
	}
}

func TestFigureJSON(t *testing.T) {
	for want, f := range map[string]Figure{
		`{"id":"f1","start":0,"end":2,"text":"no","low":0,"high":0,"qualifier":"exact"}`:                       {ID: "f1", Span: Span{End: 2}, Text: "no", Low: At(0), High: At(0), Qualifier: Exact},
		`{"id":"f2","start":0,"end":7,"text":"several","qualifier":"vague"}`:                                   {ID: "f2", Span: Span{End: 7}, Text: "several", Qualifier: Vague},
		`{"id":"f3","start":0,"end":1,"text":"9","low":9,"qualifier":"at_least","period":{"begin":"2025-09"}}`: {ID: "f3", Span: Span{End: 1}, Text: "9", Low: At(9), Qualifier: AtLeast, Period: Period{Begin: NewDate(time.Date(2025, 9, 1, 0, 0, 0, 0, time.UTC), Month)}},
	} {
		got, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != want {
			t.Errorf("encoded %s\n   want %s", got, want)
		}
		var back Figure
		if err := json.Unmarshal(got, &back); err != nil || !reflect.DeepEqual(back, f) {
			t.Errorf("decoded %+v, %v\n   want %+v", back, err, f)
		}
	}
}
