package place_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"whence"
	"whence/english"
	"whence/internal/golden"
	"whence/internal/shared"
	"whence/page"
	"whence/reading/name"
	"whence/reading/place"
	"whence/text"
)

// read finds the places of a text, with names and without attributions.
func read(analyser *english.Analyser, s string) *whence.Reading {
	r := &whence.Reading{Article: whence.Article{Text: s}}
	sentences := text.Sentences(s, nil)
	trees := make([]english.Tree, len(sentences))
	for i, sentence := range sentences {
		trees[i] = slices.Clone(analyser.Sentence(sentence.Tokens))
	}
	r.Names = name.Read(&r.Article, sentences, trees).List
	r.Places = place.Read(r, sentences, trees)
	return r
}

// TestRead freezes what is found in texts of our own.
func TestRead(t *testing.T) {
	b, err := os.ReadFile("testdata/places.txt")
	if err != nil {
		t.Fatal(err)
	}
	analyser := english.NewAnalyser()
	var out strings.Builder
	for i, s := range strings.Split(strings.TrimSpace(string(b)), "\n\n") {
		if i == 0 {
			_, s, _ = strings.Cut(s, "\n")
		}
		fmt.Fprintln(&out, s)
		for _, p := range read(analyser, s).Places {
			fmt.Fprintf(&out, "    %s: %s", p.Text, p.Precision)
			if p.Point != nil {
				fmt.Fprintf(&out, ", %s, %s %.1f %.1f", p.Name, p.Country, p.Lat, p.Lon)
			}
			if p.Government {
				out.WriteString(", government")
			}
			fmt.Fprintln(&out)
		}
	}
	golden.Check(t, "testdata/places.golden", out.String())
}

// TestSeed holds the places of the article that the project started from.
func TestSeed(t *testing.T) {
	b, err := os.ReadFile(shared.Path(t, "seed", "000_23d5ff2847bb7ea3.txt"))
	if err != nil {
		t.Fatal(err)
	}
	a := &whence.Article{Text: string(b)}
	page.Structure(a)
	got := map[string]whence.PlacePrecision{}
	for _, p := range read(english.NewAnalyser(), a.Text).Places {
		if p.Point == nil {
			t.Errorf("%q has no point", p.Text)
		}
		got[p.Name] = p.Precision
	}
	for name, precision := range map[string]whence.PlacePrecision{
		"Yokosuka": whence.PlaceCity, "Tokyo": whence.PlaceCity, "Mexico": whence.PlaceCountry,
		"Venezuela": whence.PlaceCountry, "Caribbean": whence.PlaceWater, "Pacific": whence.PlaceWater,
		"United States": whence.PlaceCountry,
	} {
		if got[name] != precision {
			t.Errorf("%s is %q, want %q", name, got[name], precision)
		}
	}
	for _, name := range []string{"Washington", "Aragua", "Maduro", "Sheinbaum"} {
		if _, ok := got[name]; ok {
			t.Errorf("%s is taken for a place", name)
		}
	}
}

// FuzzRead holds places to be words of the text, in order and apart.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"In Paris, Texas, he met Paris.", "KARVIK, Ternsay (AP) — The port of Karvik", "W. Va.", "D-W. Va.", "U.S.-led Quay 4",
		"de Janeiro, ,Ky.( Mo.", "\xff in \xffParis", "St. St. St. St. St. St. St.", "North South East West of the of",
	} {
		f.Add(s)
	}
	analyser := english.NewAnalyser()
	f.Fuzz(func(t *testing.T, s string) {
		r := read(analyser, s)
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		end := 0
		for _, p := range r.Places {
			if p.Start < end {
				t.Fatalf("%q starts before the place before it ends", p.Text)
			}
			end = p.End
			if p.Point != nil && (p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180) {
				t.Fatalf("%q is at %v", p.Text, *p.Point)
			}
		}
	})
}

// BenchmarkRead reads the places of the project's own texts, names and trees
// already made.
func BenchmarkRead(b *testing.B) {
	data, err := os.ReadFile("testdata/places.txt")
	if err != nil {
		b.Fatal(err)
	}
	analyser := english.NewAnalyser()
	s := string(data)
	r := &whence.Reading{Article: whence.Article{Text: s}}
	sentences := text.Sentences(s, nil)
	trees := make([]english.Tree, len(sentences))
	tokens := 0
	for i, sentence := range sentences {
		trees[i] = slices.Clone(analyser.Sentence(sentence.Tokens))
		tokens += len(sentence.Tokens)
	}
	r.Names = name.Read(&r.Article, sentences, trees).List
	b.ReportAllocs()
	for b.Loop() {
		place.Read(r, sentences, trees)
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
