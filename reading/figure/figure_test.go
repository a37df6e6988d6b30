package figure_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence"
	"whence/english"
	"whence/internal/golden"
	"whence/reading"
	"whence/reading/figure"
	"whence/text"
)

// read reads the figures of a text.
func read(s string) *whence.Reading {
	a := &whence.Article{Text: s, Language: "en"}
	a.Published, _ = whence.ParseDate("2027-03-05")
	return reading.Read(a)
}

// line is a figure as the golden files have it.
func line(r *whence.Reading, f whence.Figure) string {
	text := []rune(r.Text)
	counted := "-"
	if f.Counted != nil {
		counted = fmt.Sprintf("%s (%s)", string(text[f.Counted.Start:f.Counted.End]), f.Counted.Head)
	}
	low, high := "", ""
	if f.Low.Known {
		low = fmt.Sprint(f.Low.Value)
	}
	if f.High.Known {
		high = fmt.Sprint(f.High.Value)
	}
	of := ""
	if f.PartOf != "" {
		of = " of " + f.PartOf
	}
	return strings.TrimRight(fmt.Sprintf("%s %q %s..%s %s | %s | %s %s%s", f.ID, f.Text, low, high, f.Unit, counted, f.Measure, f.Change, of), " ")
}

// TestRead freezes the figures of sentences in testdata/sentences.txt.
func TestRead(t *testing.T) {
	sentences, err := os.ReadFile(filepath.Join("testdata", "sentences.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for s := range strings.Lines(string(sentences)) {
		r := read(strings.TrimSpace(s))
		if err := r.Check(); err != nil {
			t.Errorf("%s: %v", s, err)
		}
		b.WriteString(s)
		for _, f := range r.Figures {
			fmt.Fprintln(&b, "   ", line(r, f))
		}
	}
	golden.Check(t, filepath.Join("testdata", "sentences.golden"), b.String())
}

// tolls are short articles with the killed and injured of their event.
var tolls = []struct {
	title, text     string
	killed, injured float64
}{
	{"Two dead, one hurt in Karvik shooting", "A man and a woman were killed and a boy was wounded in a shooting in Karvik on Monday, police said. The boy is in stable condition.", 2, 1},
	{"Man shot dead in Karvik", "A 24-year-old man was shot and killed late Monday, police said. Orla Dell was pronounced dead at the scene.", 1, 0},
	{"Three wounded at harbour party", "Three people were shot and wounded at a party by the harbour, police said. All three are expected to survive.", 0, 3},
	{"Teen hurt in shooting", "A teenager was taken to hospital with a gunshot wound to the leg. He is in good condition, police said.", 0, 1},
	{"Shooting in Karvik", "A man was fatally shot and a woman was wounded in Karvik.", 1, 1},
	{"Shooting in Karvik", "KARVIK, Corvany (WQRL) - One man was killed and three others were injured in a shooting on Monday, police said.", 1, 3},
	{"Shooting in Karvik", "Five people were found dead, two men in the house and three women outside, officers said.", 5, 0},
	{"Three guards shot in Karvik", "Three guards were shot and wounded at the depot, police said. All three are in stable condition. RELATED: Nine people killed in Lothmar. There have been 96 homicides in Karvik this year.", 0, 3},
	{"Shooting in Karvik", "Both victims, aged 20 and 31, were shot in the leg and are expected to survive their injuries.", 0, 2},
}

func TestToll(t *testing.T) {
	for _, x := range tolls {
		a := &whence.Article{Title: x.title, Text: x.text, Language: "en"}
		r := reading.Read(a)
		for measure, want := range map[string]float64{"killed": x.killed, "injured": x.injured} {
			got, ok := figure.Toll(r, measure)
			if !ok || got.Low != whence.At(want) || got.High != got.Low {
				t.Errorf("%s: %s %v, want %v", x.title, measure, got, want)
			}
			if want == 0 && len(got.From) > 0 {
				t.Errorf("%s: nobody %s rests on %v", x.title, measure, got.From)
			}
		}
	}
}

// TestTollRestsOnFindings: what a toll names is in the reading.
func TestTollRestsOnFindings(t *testing.T) {
	r := read(tolls[0].text)
	got, ok := figure.Toll(r, "killed")
	if !ok || len(got.From) == 0 {
		t.Fatalf("%v rests on nothing", got)
	}
	ids := map[string]bool{}
	for _, f := range r.Figures {
		ids[f.ID] = f.Measure == "killed"
	}
	for _, id := range got.From {
		if !ids[id] {
			t.Errorf("%s is no figure of killed", id)
		}
	}
}

func TestTollIsSilent(t *testing.T) {
	for what, r := range map[string]*whence.Reading{
		"no casualties":  read("The council voted by 11 to five to keep the ferry. The fare rises to $18.50."),
		"another tongue": {Article: whence.Article{Language: "nl", Text: tolls[0].text}},
		"nothing":        {},
	} {
		if got, ok := figure.Toll(r, "killed"); ok {
			t.Errorf("%s: %v", what, got)
		}
	}
	if got, ok := figure.Toll(read(tolls[0].text), "rescued"); ok {
		t.Errorf("another measure: %v", got)
	}
}

// TestTolls: the later of two articles that differ wins, and two earlier ones
// that agree win over it.
func TestTolls(t *testing.T) {
	at := func(day, title, s string) *whence.Reading {
		a := &whence.Article{Title: title, Text: s, Language: "en"}
		a.Published, _ = whence.ParseDate("2027-03-" + day)
		return reading.Read(a)
	}
	one := at("01", "Man killed at harbour", "One man was killed in the shooting at the harbour on Sunday, police said.")
	two := at("03", "Two dead in harbour shooting", "Two men were killed in a shooting at the harbour on Sunday, police said. Orla Dell, 31, and Ivo Brandt, 40, died of gunshot wounds. Detectives have made no arrest in the double homicide.")
	for _, order := range [][]*whence.Reading{{one, two}, {two, one}} {
		if got, _ := figure.Tolls(order, "killed"); got.Low != whence.At(2) {
			t.Errorf("got %v, want the later", got)
		}
	}
	again := at("02", "One dead in harbour shooting", "One man was killed in the shooting at the harbour on Sunday, officials said.")
	if got, _ := figure.Tolls([]*whence.Reading{one, two, again}, "killed"); got.Low != whence.At(1) {
		t.Errorf("got %v, want what most say", got)
	}
}

func FuzzFigures(f *testing.F) {
	for _, x := range tolls {
		f.Add(x.title, x.text)
	}
	f.Add("", "two of them, two of whom, two of the two of its 2 of 2")
	f.Add("", "000 of them 0")
	f.Add("3 dead, 1", "a a a another no one nobody killed himself himself, and and , , ,")
	f.Add("\xff", "One killed\x00 and 99999999999999999999 injured \u0663 dead")
	f.Fuzz(func(t *testing.T, title, s string) {
		r := reading.Read(&whence.Article{Title: title, Text: s, Language: "en"})
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		killed, injured, ok := figure.Casualties([]*whence.Reading{r})
		for _, total := range []figure.Total{killed, injured} {
			if ok && (total.Score < 0 || total.Score > 1.000001 || total.Low.Value < 0) {
				t.Errorf("%+v", total)
			}
		}
	})
}

// BenchmarkRead measures reading figures alone, in tokens a second.
func BenchmarkRead(b *testing.B) {
	s, sentences, trees, tokens := parsed(b)
	r := &whence.Reading{Article: whence.Article{Text: s}}
	b.ReportAllocs()
	for b.Loop() {
		figure.Read(r, sentences, trees)
	}
	b.ReportMetric(float64(tokens*b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func parsed(tb testing.TB) (string, []text.Sentence, []english.Tree, int) {
	tb.Helper()
	lines, err := os.ReadFile(filepath.Join("testdata", "sentences.txt"))
	if err != nil {
		tb.Fatal(err)
	}
	plain := "The island council met on Tuesday and the mayor spoke of the harbour, of the ferry and of the long winter that everybody wished to see the end of. "
	s := strings.Repeat(plain, 60) + string(lines)
	sentences := text.Sentences(s, nil)
	analyser := english.NewAnalyser()
	trees, tokens := make([]english.Tree, len(sentences)), 0
	for i := range sentences {
		trees[i] = append(english.Tree(nil), analyser.Sentence(sentences[i].Tokens)...)
		tokens += len(sentences[i].Tokens)
	}
	return s, sentences, trees, tokens
}
