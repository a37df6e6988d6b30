package status_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"whence"
	"whence/english"
	"whence/internal/shared"
	"whence/reading/quote"
	"whence/reading/status"
	"whence/text"
)

// analysed is an article with all that statuses are read from.
func analysed(a whence.Article) (*whence.Reading, []quote.Quotation, []text.Sentence, []english.Tree) {
	analyser := english.NewAnalyser()
	var body []whence.Span
	for _, b := range a.Blocks {
		body = append(body, b.Span)
	}
	sentences := text.Sentences(a.Text, body)
	trees := make([]english.Tree, len(sentences))
	for i := range sentences {
		trees[i] = slices.Clone(analyser.Sentence(sentences[i].Tokens))
	}
	r := &whence.Reading{Article: a}
	quotes := quote.NewReader()
	r.Attributions = quotes.Read(&r.Article, sentences, trees, analyser.Clusters())
	return r, quotes.Quotations(), sentences, trees
}

func read(s string) *status.Statuses { return status.Read(analysed(whence.Article{Text: s})) }

// expectation is what is said of some words of a case.
type expectation struct {
	whence.Span
	words, status, hedge string
}

// parse takes the expectations out of a line of the cases.
func parse(t *testing.T, line string) (sentence string, all []expectation) {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(line, "{")
		b.WriteString(before)
		if !ok {
			return b.String(), all
		}
		inside, after, ok := strings.Cut(rest, "}")
		fields := append(strings.Split(inside, "|"), "")
		if !ok || len(fields) < 3 {
			t.Fatalf("a case that breaks its form: %s", line)
		}
		start := utf8.RuneCountInString(b.String())
		b.WriteString(fields[0])
		all = append(all, expectation{whence.Span{Start: start, End: start + utf8.RuneCountInString(fields[0])}, fields[0], fields[1], fields[2]})
		line = after
	}
}

func TestOf(t *testing.T) {
	cases, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(cases)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		sentence, all := parse(t, line)
		found := read(sentence)
		for _, x := range all {
			st, hedge := found.Of(x.Span)
			if string(st) != x.status || string(hedge) != x.hedge {
				t.Errorf("%s\n\t%q is %s %s, want %s %s", sentence, x.words, st, hedge, x.status, x.hedge)
			}
		}
	}
}

// anyText gives texts of the words that rules are about, in any order.
func anyText() *rapid.Generator[string] {
	words := rapid.SampledFrom(strings.Fields(`the a Orla council plan plans planned to of for not no nobody will may would
		could is was has been being considering close closed closing evacuation strike allegedly reportedly "so-called" “quay”
		if unless without denied that failed refused , . ; " two 10,000 people said and or who which`))
	return rapid.Map(rapid.SliceOfN(words, 0, 60), func(w []string) string { return strings.Join(w, " ") })
}

// TestEventsAreInTheText: whatever the words, events are words of the text in
// order, with ids in order and a status; and every span has an answer.
func TestEventsAreInTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, quotations, sentences, trees := analysed(whence.Article{Text: anyText().Draw(t, "text")})
		found := status.Read(r, quotations, sentences, trees)
		r.Events = found.Events
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		for i, e := range found.Events {
			if e.Status == "" || i > 0 && e.Start < found.Events[i-1].End {
				t.Fatalf("event %+v after %+v", e, found.Events[max(0, i-1)])
			}
		}
		n := utf8.RuneCountInString(r.Text)
		from := rapid.IntRange(0, n+1).Draw(t, "from")
		span := whence.Span{Start: from, End: from + rapid.IntRange(0, n).Draw(t, "length")}
		st, _ := found.Of(span)
		holds := slices.ContainsFunc(sentences, func(s text.Sentence) bool {
			return slices.ContainsFunc(s.Tokens, func(k text.Token) bool { return k.Overlaps(span) })
		})
		if span.Len() > 0 && (st != "") != holds {
			t.Fatalf("status %q of %v, which holds words: %t", st, span, holds)
		}
	})
}

// TestVoices: what a source says carries the attribution, what the writer says
// does not.
func TestVoices(t *testing.T) {
	r, quotations, sentences, trees := analysed(whence.Article{Text: "The ferry sank on Monday. The council will close the quay, Mayor Orla Brandt said."})
	got := map[string]string{}
	for _, e := range status.Read(r, quotations, sentences, trees).Events {
		got[e.Text] = e.Attribution
	}
	if a, ok := got["close"]; !ok || len(r.Attributions) != 1 || a != r.Attributions[0].ID {
		t.Errorf("the plan is not the mayor's: %v", got)
	}
	if a, ok := got["sank"]; !ok || a != "" {
		t.Errorf("the sinking is not the writer's: %v", got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("The council plans to close the quay, reportedly by May.")
	f.Add("“No plan,” she said. Not if. If not to, without")
	f.Add(strings.Repeat("denied that he planned to try to ", 200))
	f.Add(strings.Repeat("the bond that they would demand ", 100))
	f.Add("Orla planned allegedly")
	f.Add("\xff ’s n't \u202e to to to")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 1<<14 {
			return
		}
		r, quotations, sentences, trees := analysed(whence.Article{Text: s})
		r.Events = status.Read(r, quotations, sentences, trees).Events
		if err := r.Check(); err != nil && utf8.ValidString(s) {
			t.Fatal(err)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	cases, err := os.ReadFile("testdata/cases.txt")
	if err != nil {
		b.Fatal(err)
	}
	story := strings.NewReplacer("{", "", "}", "", "|", " said ").Replace(string(cases))
	r, quotations, sentences, trees := analysed(whence.Article{Text: strings.Repeat(story+"\n\n", 5)})
	tokens := 0
	for _, s := range sentences {
		tokens += len(s.Tokens)
	}
	b.ReportAllocs()
	for b.Loop() {
		status.Read(r, quotations, sentences, trees)
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

// TestSeed holds what the issue asks of the article that the project started
// from: the first event of that word has one of the statuses.
func TestSeed(t *testing.T) {
	content, err := os.ReadFile(shared.Path(t, "seed", "000_23d5ff2847bb7ea3.txt"))
	if err != nil {
		t.Fatal(err)
	}
	seed, at := whence.Article{Text: string(content)}, 0
	for line := range strings.Lines(seed.Text) {
		n := utf8.RuneCountInString(line)
		seed.Blocks = append(seed.Blocks, whence.Block{Role: whence.RoleParagraph, Span: whence.Span{Start: at, End: at + n}})
		at += n
	}
	found := status.Read(analysed(seed))
	for _, c := range []struct {
		word     string
		statuses []whence.Status
	}{
		{"planning", []whence.Status{whence.Planned, whence.Considered}},
		{"strikes", []whence.Status{whence.Possible}},
		{"training", []whence.Status{whence.UnderWay}},
		{"decision", []whence.Status{whence.NotHappened}},
		{"designated", []whence.Status{whence.Happened}},
		{"approved", []whence.Status{whence.Possible}},
		{"struck", []whence.Status{whence.Happened}},
	} {
		i := slices.IndexFunc(found.Events, func(e whence.Event) bool { return e.Text == c.word })
		if i < 0 {
			t.Errorf("no event %q", c.word)
		} else if got := found.Events[i].Status; !slices.Contains(c.statuses, got) {
			t.Errorf("%q is %s, want %s", c.word, got, c.statuses)
		}
	}
	at = utf8.RuneCountInString(string(content[:strings.Index(string(content), "64 ")]))
	if st, hedge := found.Of(whence.Span{Start: at, End: at + 2}); st != whence.Happened || hedge != whence.Reported {
		t.Errorf("the killed are %s %s", st, hedge)
	}
}
