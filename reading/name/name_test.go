package name_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"whence"
	"whence/english"
	"whence/internal/golden"
	"whence/reading/name"
	"whence/text"
)

// read reads the names of a text. The analyser is shared: one goroutine at a
// time may use it.
func read(s string) *name.Names {
	analysing.Lock()
	defer analysing.Unlock()
	sentences, trees := analyse(common(), s)
	return name.Read(&whence.Article{Text: s}, sentences, trees)
}

var (
	analysing sync.Mutex
	common    = sync.OnceValue(english.NewAnalyser)
)

// show prints a name a line: kind, name, roles and mentions.
func show(s string, names *name.Names) string {
	x := text.NewIndex(s)
	var b strings.Builder
	for _, n := range names.List {
		mentions := make([]string, len(n.Mentions))
		for i, m := range n.Mentions {
			mentions[i] = x.Slice(m)
		}
		fmt.Fprintf(&b, "%s %s: %s %q\n", n.Kind, n.Name, strings.Join(mentions, ", "), n.Roles)
	}
	for _, a := range names.Anaphors {
		fmt.Fprintf(&b, "  %s at %d: %s\n", x.Slice(a.Span), a.Start, a.ID)
	}
	return b.String()
}

func TestArticles(t *testing.T) {
	for _, a := range articles {
		t.Run(a.name, func(t *testing.T) {
			golden.Check(t, "testdata/"+a.name+".golden", show(a.text, read(a.text)))
		})
	}
}

func TestWithoutTrees(t *testing.T) {
	const s = "The harbour was shut on Monday, Mayor Orla Brandt told Reuters. Brandt said the Ministry of Fisheries agreed."
	got := show(s, name.Read(&whence.Article{Text: s}, text.Sentences(s, nil), nil))
	for _, want := range []string{"person Orla Brandt: Orla Brandt", "organisation Reuters", "government Ministry of Fisheries"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in\n%s", want, got)
		}
	}
}

// sources are phrases as attributions have them, and whom they name: the words
// in brackets are the source.
var sources = []struct{ text, want string }{
	{"[Orla Brandt, the mayor of Karvik,] said the quay was safe.", "Orla Brandt"},
	{"[Mayor Orla Brandt] said the quay was safe.", "Orla Brandt"},
	{"[Mr. Anders Holm of the harbour board] said so.", "Anders Holm"},
	{"[A lawyer for Orla Brandt] said the quay was safe.", ""},
	{"[Orla Brandt's lawyer] said the quay was safe.", ""},
	{"[The mayor, Orla Brandt,] said the quay was safe.", "Orla Brandt"},
	{"[Orla Brandt and Anders Holm] said the quay was safe.", ""},
	{"Orla Brandt came to the quay. [She] said it was safe.", "Orla Brandt"},
	{"Orla Brandt came to the quay. [They] said it was safe.", ""},
	{"Anders Holm and Peter Lund came on Friday. [He] said the quay was safe.", ""},
	{"Orla Brandt met Anders Holm. [She] said the quay was safe.", "Orla Brandt"},
	{"Senator Orla Brandt came to the quay. [The senator] said it was safe.", "Orla Brandt"},
	{"Senator Orla Brandt met Senator Anders Holm. [The senator] said it was safe.", ""},
	{"The Karvik Ferry Company has two ships. [The company] said both were late.", "Karvik Ferry Company"},
	{"[Officials] said the quay was safe.", ""},
	{"[I] said the quay was safe, Orla Brandt recalled.", ""},
	{"[Norway] said on Friday that it would not pay.", "Norway"},
	{"Orla Brandt and her brother Erik Brandt came. [Mr. Brandt] said the quay was safe.", "Erik Brandt"},
}

func TestOf(t *testing.T) {
	for _, c := range sources {
		before, rest, _ := strings.Cut(c.text, "[")
		source, after, _ := strings.Cut(rest, "]")
		names := read(before + source + after)
		start := utf8.RuneCountInString(before)
		id, score, ok := names.Of(whence.Span{Start: start, End: start + utf8.RuneCountInString(source)})
		got := ""
		for _, n := range names.List {
			if n.ID == id {
				got = n.Name
			}
		}
		if got != c.want || ok != (c.want != "") || ok && (score <= 0.5 || score > 1) {
			t.Errorf("%s: got %q at %.2f", c.text, got, score)
		}
	}
}

// holds fails where an invariant is broken.
func holds(tb testing.TB, s string, names *name.Names) {
	tb.Helper()
	r := whence.Reading{Article: whence.Article{Text: strings.ToValidUTF8(s, "\uFFFD")}, Names: names.List}
	n := utf8.RuneCountInString(s)
	if utf8.ValidString(s) {
		if err := r.Check(); err != nil {
			tb.Fatal(err)
		}
	}
	ids := map[string]bool{}
	taken := make([]bool, n)
	first := -1
	for _, l := range names.List {
		if ids[l.ID] || l.Name == "" || len(l.Mentions) == 0 || l.Mentions[0].Start < first {
			tb.Fatalf("name %+v: its id is taken, it is empty, or out of order", l)
		}
		ids[l.ID], first = true, l.Mentions[0].Start
		end := 0
		for _, m := range l.Mentions {
			if m.Start < end || m.End > n || m.Len() <= 0 {
				tb.Fatalf("name %+v: mention %v", l, m)
			}
			end = m.End
			for i := m.Start; i < m.End; i++ {
				if taken[i] {
					tb.Fatalf("name %+v: mention %v overlaps another", l, m)
				}
				taken[i] = true
			}
		}
	}
	end := 0
	for _, a := range names.Anaphors {
		if !ids[a.ID] || a.Start < end || a.Score <= 0 || a.Score > 1 {
			tb.Fatalf("anaphor %+v", a)
		}
		end = a.End
		if id, _, ok := names.Of(a.Span); !ok || id != a.ID {
			tb.Fatalf("anaphor %+v is not found by its span, but %q", a, id)
		}
	}
}

func TestInvariants(t *testing.T) {
	pieces := []string{
		"Orla", "Brandt", "Mr.", "President", "the", "The", "Ministry", "of", "and", "Fisheries", "(", ")", ",", ".", "said",
		"he", "She", "it", "they", "Karvik", "Norway", "-", "'s", "“", "”", "\"", "Inc.", "CIA", "\n\n", "mayor", "senator", "van", "Holm",
		"I", "May", "who", "\u200b", "É", "J.", "Jr.", "company", "University",
	}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), " ")
		names := read(s)
		r := whence.Reading{Article: whence.Article{Text: s}, Names: names.List}
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		sentences := text.Sentences(s, nil)
		name.Read(&whence.Article{Text: s}, sentences, nil)
		for _, sentence := range sentences {
			names.Of(sentence.Span)
		}
	})
}

func FuzzNames(f *testing.F) {
	for _, c := range sources {
		f.Add(c.text)
	}
	for _, s := range []string{"", "\xff\xfe", "A B C D", "ORLA BRANDT SAID SO TODAY AGAIN", "(CIA)", "“", "Mr.", "of Of OF", "Al-Qaida's de la Cruz's"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		names := read(s)
		holds(t, s, names)
		n := utf8.RuneCountInString(s)
		for i := 0; i <= n && i < 50; i++ {
			names.Of(whence.Span{Start: i, End: n})
			names.Of(whence.Span{Start: 0, End: i})
		}
		names.Of(whence.Span{Start: -1, End: n + 7})
		holds(t, s, name.Read(&whence.Article{Text: s}, text.Sentences(s, nil), nil))
	})
}

// Long texts that would show time or memory out of proportion.
var long = map[string]string{
	"names":      strings.Repeat("Orla Brandt met Anders Holm of Karvik. ", 2000),
	"surnames":   numbered("Orla Brandt%d said so. ", 4000),
	"namesakes":  numbered("Given%d Brandt said so. Brandt went. ", 4000),
	"one run":    strings.Repeat("Karvik ", 20000),
	"linked":     strings.Repeat("Ministry of ", 20000),
	"titles":     strings.Repeat("President ", 20000),
	"pronouns":   "Orla Brandt came. " + strings.Repeat("She said she was late. ", 4000),
	"roles":      strings.Repeat("Orla Brandt, the mayor, the senator, the mayor of ", 4000),
	"nouns":      strings.Repeat("the senior ferry company mayor ", 10000),
	"acronyms":   numbered("Karvik Ferry Board%d (KFB%d) said. ", 3000),
	"quotations": strings.Repeat("“he ", 20000),
}

func numbered(format string, n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(format, "%d", fmt.Sprint(i)))
	}
	return b.String()
}

func TestLong(t *testing.T) {
	for what, s := range long {
		t.Run(what, func(t *testing.T) { holds(t, s, read(s)) })
	}
}

func BenchmarkRead(b *testing.B) {
	var s strings.Builder
	for range 20 {
		for _, a := range articles {
			s.WriteString(a.text + "\n\n")
		}
	}
	benchmark(b, s.String())
}

func BenchmarkLong(b *testing.B) {
	for what, s := range long {
		b.Run(what, func(b *testing.B) { benchmark(b, s) })
	}
}

func benchmark(b *testing.B, s string) {
	sentences, trees := analyse(common(), s)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		name.Read(&whence.Article{Text: s}, sentences, trees)
	}
}
