package quote_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"whence"
	"whence/reading/quote"
	"whence/text"
)

// seeds are texts of the kinds that go wrong: marks that never close, marks in
// rows, sentences without words, bytes that are no text.
var seeds = []string{
	"", " ", "“", "”", "''", "'''", "‘’“”''\"\"", "said", "said.", ", said", "“,” said", "said “",
	"“a” said b “c” said d", "'tis the season,' he said of the '90s", "according to", "According to,",
	"X: “y", "A, B, C, D, said that", "he said (she said (they said (", "told told told told",
	"on condition of anonymity because", "in a statement", "told the", "“\x00\xff” said \xfe",
	"KARVIK (AP) —", "KARVIK —", "two and two officials", "who said", "and and and said", "\u202e“x”\u202c said y",
	"“one.\n“two.\n“three,” she said.", "by by by said by", "“He said ‘she said “no”’,” I said.",
}

func FuzzRules(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { check(t, s) })
}

// check reads s, once as lines and once without blocks, and holds the result
// to the invariants of a reading.
func check(t interface{ Fatalf(string, ...any) }, s string) {
	a, sentences := article(strings.Split(s, "\n"))
	bare := &whence.Article{Text: s}
	for _, r := range []whence.Reading{
		{Article: *a, Attributions: quote.Rules(a, sentences)},
		{Article: *bare, Attributions: quote.Rules(bare, text.Sentences(s, nil))},
	} {
		if err := r.Check(); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
	}
	runes := []rune(a.Text)
	var paragraphs []whence.Span
	for _, b := range a.Blocks {
		paragraphs = append(paragraphs, b.Span)
	}
	start := 0
	for i, q := range quote.Quotations(runes, paragraphs, sentences) {
		switch {
		case q.Start < start || q.End <= q.Start || q.End > len(runes):
			t.Fatalf("%q: quotation %d at %d:%d", s, i, q.Start, q.End)
		case q.Parent >= i || q.Continues >= i:
			t.Fatalf("%q: quotation %d has parent %d and continues %d", s, i, q.Parent, q.Continues)
		}
		start = q.Start
	}
}

// TestAnyProse strings together the words that rules look for, at random.
func TestAnyProse(t *testing.T) {
	words := strings.Fields(`“ ” ' '' " ‘ ’ , , . . ; : — ( ) and but that who which the a of in on by to said says told
		asked saying called accused declined comment according statement not did could be reached Finch Orla Karvik he they
		officials two three former report shows Tuesday last week because anonymity condition was has criticised 's Mr. News`)
	rapid.Check(t, func(rt *rapid.T) {
		picked := rapid.SliceOfN(rapid.SampledFrom(words), 0, 60).Draw(rt, "words")
		gap := rapid.SampledFrom([]string{" ", "", "\n"}).Draw(rt, "gap")
		var b strings.Builder
		for i, w := range picked {
			if i > 0 && i%7 != 0 {
				b.WriteString(" ")
			} else {
				b.WriteString(gap)
			}
			b.WriteString(w)
		}
		check(rt, b.String())
	})
}

// hostile are texts that would take a careless reader quadratic time.
var hostile = map[string]func(n int) string{
	"one sentence":      func(n int) string { return strings.Repeat("the mayor said that ", n/4) },
	"no verb":           func(n int) string { return strings.Repeat("harbour, ", n) },
	"opening marks":     func(n int) string { return strings.Repeat("“", n) },
	"nested quotations": func(n int) string { return strings.Repeat("“he said ‘", n/2) + strings.Repeat("’”", n/2) },
	"straight marks":    func(n int) string { return strings.Repeat(`"a `, n) },
	"apostrophes":       func(n int) string { return strings.Repeat("'a ", n) },
	"split quotations":  func(n int) string { return strings.Repeat("“a,” he said, ", n/4) },
	"open paragraphs":   func(n int) string { return strings.Repeat("“a b.\n", n/3) + "“c,” he said." },
	"no spaces":         func(n int) string { return strings.Repeat("said“x”", n) },
	"according":         func(n int) string { return strings.Repeat("x, according to y, ", n/4) },
	"brackets":          func(n int) string { return strings.Repeat("A (", n) + " said so." },
	"commas":            func(n int) string { return "Finch" + strings.Repeat(", a b", n) + ", said so." },
}

// BenchmarkHostile doubles the length: the time a word must not grow.
func BenchmarkHostile(b *testing.B) {
	for name, make := range hostile {
		for _, n := range []int{40_000, 80_000, 160_000} {
			s := make(n)
			a, sentences := article(strings.Split(s, "\n"))
			b.Run(name+"/"+size(n), func(b *testing.B) {
				b.SetBytes(int64(len(s)))
				for b.Loop() {
					quote.Rules(a, sentences)
				}
			})
		}
	}
}

func size(n int) string { return strings.Repeat("x", n/40_000) }

// TestHostile reads hostile texts to the end and holds them to the invariants.
func TestHostile(t *testing.T) {
	for name, make := range hostile {
		t.Run(name, func(t *testing.T) { check(t, make(10_000)) })
	}
}
