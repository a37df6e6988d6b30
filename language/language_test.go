package language_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"whence/language"
)

// texts are the texts of testdata/texts.txt by language.
func texts(tb testing.TB) map[string]string {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "texts.txt"))
	if err != nil {
		tb.Fatal(err)
	}
	all := map[string]string{}
	for line := range strings.Lines(string(data)) {
		if code, s, ok := strings.Cut(strings.TrimSpace(line), " "); ok && code != "#" {
			all[code] = s
		}
	}
	return all
}

func TestOf(t *testing.T) {
	for code, s := range texts(t) {
		if got := language.Of(s); got != code {
			t.Errorf("%s: got %q", code, got)
		}
		if got := language.Of(strings.ToUpper(s)); got != code && strings.ToUpper(s) != s {
			t.Errorf("%s in capitals: got %q", code, got)
		}
	}
}

// TestOfMixed mixes English with other languages in equal parts: none is told.
// An English text that quotes another language stays English.
func TestOfMixed(t *testing.T) {
	all := texts(t)
	for code, s := range all {
		if code == "en" {
			continue
		}
		n := utf8.RuneCountInString(s)/utf8.RuneCountInString(all["en"]) + 1
		if got := language.Of(strings.Repeat(all["en"]+"\n\n", n) + s); got != "" && got != "en" {
			t.Errorf("as much English as %s: got %q", code, got)
		}
		quoting := strings.Repeat(all["en"]+"\n\n", 9) + s
		if got := language.Of(quoting); got != "en" {
			t.Errorf("English that quotes %s: got %q", code, got)
		}
	}
}

// untold are texts whose language cannot be told.
var untold = map[string]string{
	"nothing":      "",
	"marks":        "… — “” !!! 1,234",
	"name":         "Orla Finch",
	"names":        "Orla Finch, Anders Holm, Ilse Varn, Dov Marrick, Liv Perrin, Ansgar Vole, Erik Brandt, Karvik, Ternsay, Corvany",
	"heading":      "Karvik: ferry talks fail",
	"one letter":   strings.Repeat("e ", 500),
	"one word":     strings.Repeat("que ", 500),
	"no spaces":    strings.Repeat("thequickferry", 500),
	"noise":        "\x00\xff\xfe\x80 \xc3\x28",
	"emoji":        strings.Repeat("⛴🌊", 100),
	"few letters":  "Ναι",
	"half scripts": "паром стоит в порту the ferry is in port",
	"invented":     "Kluno vestrapi mokkerdan sulefi trannoko wepi darrulist fomba keltruni wasp orrento billikam zonterra fippan wulleck",
}

func TestOfUntold(t *testing.T) {
	for what, s := range untold {
		if got := language.Of(s); got != "" {
			t.Errorf("%s: got %q", what, got)
		}
	}
}

// TestOfExcerpts: a piece of a text is of the text's language, or of none, or
// of what stands for it and its like.
func TestOfExcerpts(t *testing.T) {
	all := texts(t)
	stands := map[string]string{"nb": "no", "nn": "no", "da": "no", "hr": "sh", "sr": "sh", "id": "ms"}
	for code, s := range all {
		words := strings.Fields(s)
		rapid.Check(t, func(t *rapid.T) {
			from := rapid.IntRange(0, len(words)-1).Draw(t, "from")
			to := rapid.IntRange(from, len(words)).Draw(t, "to")
			piece := strings.Join(words[from:to], " ")
			if got := language.Of(piece); got != "" && got != code && got != stands[code] {
				t.Fatalf("%s: got %q for %q", code, got, piece)
			}
		})
	}
}

func FuzzOf(f *testing.F) {
	for _, s := range untold {
		f.Add(s)
	}
	f.Add("Ça va\u0301 bien, l'été – 'n \u200dनमस्ते")
	f.Fuzz(func(t *testing.T, s string) {
		code := language.Of(s)
		if code != language.Of(s) {
			t.Fatal("two answers")
		}
		if len(code) > 3 || code != strings.ToLower(code) {
			t.Fatalf("code %q", code)
		}
	})
}

func BenchmarkOf(b *testing.B) {
	s := strings.Repeat(texts(b)["en"]+"\n\n", 30)
	for b.Loop() {
		language.Of(s)
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N), "µs/text")
}
