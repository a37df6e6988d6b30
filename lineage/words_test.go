package lineage

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestWords(t *testing.T) {
	tests := []struct {
		name, a, b string
		same       bool
	}{
		{"capitals and marks", "The Lock, is shut!", "the lock is SHUT", true},
		{"apostrophes of any kind", "the lock’s gate", "the lock's gate", true},
		{"accents", "Saarinen in Åland, cliché", "Saarinen in Aland, cliche", true},
		{"initials", "a U.S. envoy at 6 p.m. in the U.K.", "a US envoy at 6 pm in the UK", true},
		{"initials of a name", "J.K. Doe", "JK Doe", true},
		{"figures keep their points", "3.5 metres", "35 metres", false},
		{"a sentence without a blank", "the lock is shut.Then it rained", "the lock is shut. Then it rained", true},
		{"an initial and a name", "J. Doe", "J Doe", true},
		{"a word is not its letters", "is a lock", "isa lock", false},
	}
	for _, test := range tests {
		if SameWords(test.a, test.b) != test.same {
			t.Errorf("%s: %q, %q: %v", test.name, test.a, test.b, !test.same)
		}
	}
}

// TestWordSpans holds words to their places.
func TestWordSpans(t *testing.T) {
	var c cutter
	c.cut("Ünder the U.S. flag: it’s", 10)
	var got []uint32
	for i := range c.words {
		got = append(got, c.starts[i], c.starts[i]+uint32(c.lengths[i]))
	}
	if want := []uint32{10, 15, 16, 19, 20, 23, 25, 29, 31, 35}; !slices.Equal(got, want) {
		t.Errorf("%v, not %v", got, want)
	}
}

// TestFoldAnyRune: there is no character that words cannot be made of.
func TestFoldAnyRune(t *testing.T) {
	for c := rune(0); c <= 0x10ffff; c++ {
		fold(c)
	}
	for _, same := range []string{"iİ", "eÉ", "lŁ", "aA"} {
		r := []rune(same)
		if fold(r[0]) != fold(r[1]) {
			t.Errorf("%s: two words", same)
		}
	}
}

// TestWordsHoweverCut: words of plain letters are cut many letters at once. A soft
// hyphen, which says nothing, has the same words cut letter by letter.
func TestWordsHoweverCut(t *testing.T) {
	letters := rapid.StringMatching(`[A-Za-z0-9]{1,20}`)
	between := rapid.SampledFrom([]string{" ", " ", " ", ", ", ". ", ".", "-", "\n", "@", "[", "`", "{", "/", ":", "\x00", "“", "” ", "'", "’s ", `"`, " — "})
	rapid.Check(t, func(t *rapid.T) {
		var plain, slow strings.Builder
		for range rapid.IntRange(0, 60).Draw(t, "words") {
			w, b := letters.Draw(t, "word"), between.Draw(t, "between")
			plain.WriteString(w + b)
			if len(w) > 1 {
				w = w[:1] + "\u00ad" + w[1:]
			}
			slow.WriteString(w + b)
		}
		x, y := &cutter{}, &cutter{}
		x.cut(plain.String(), 3)
		y.cut(slow.String(), 3)
		if !slices.Equal(x.words, y.words) {
			t.Fatalf("other words:\n%q\n%q", plain.String(), slow.String())
		}
		for i, m := range x.marks {
			if m != y.marks[i] {
				t.Fatalf("other marks: %v, not %v", m, y.marks[i])
			}
		}
		text, end := []rune("123"+plain.String()), uint32(3)
		for i, start := range x.starts {
			before := end
			end = start + uint32(x.lengths[i])
			if start < before || end <= start || int(end) > len(text) || !unicode.IsLetter(text[start]) && !unicode.IsDigit(text[start]) {
				t.Fatalf("word %d stands at %d to %d of %q", i, start, end, plain.String())
			}
		}
	})
}
