package english_test

import (
	"strings"
	"testing"

	"whence/english"
)

func TestNameWord(t *testing.T) {
	for _, c := range []struct {
		token string
		class english.NameClass
		want  bool
	}{
		{"Orla", english.GivenShe, true},
		{"Orla", english.GivenHe, false},
		{"Kim", english.GivenHe, true},
		{"Kim", english.GivenShe, true},
		{"Sen.", english.Honorific, true},
		{"Mrs.", english.Feminine, true},
		{"spokesman", english.Masculine, true},
		{"Tuesday", english.NoName, true},
		{"Norwegians", english.Demonym, true},
		{"Norway", english.CountryName, true},
		{"oslo", english.CapitalName, true},
		{"Inc.", english.OrgSuffix, true},
		{"Ministry", english.GovHead, true},
		{"van", english.NameParticle, true},
		{"ferry", ^english.NameClass(0), false},
		{"", ^english.NameClass(0), false},
	} {
		if got := english.NameWord(c.token).Has(c.class); got != c.want {
			t.Errorf("%q: got %t", c.token, got)
		}
	}
}

func TestNamePhrase(t *testing.T) {
	for _, c := range []struct {
		words string
		class english.NameClass
		want  int
	}{
		{"United States of America and", english.CountryName, 4},
		{"United States Navy", english.CountryName, 2},
		{"White House officials", english.GovernmentBody, 2},
		{"White fences", english.GovernmentBody, 0},
		{"Prime Minister Berg", english.PersonNoun, 2},
		{"", english.Place, 0},
	} {
		if got := english.NamePhrase(c.class, strings.Fields(c.words)); got != c.want {
			t.Errorf("%q: got %d, want %d", c.words, got, c.want)
		}
	}
}

func TestSameName(t *testing.T) {
	for name, want := range map[string]string{"u.s.": "united states", "america": "united states", "norway": "norway"} {
		if got := english.SameName(name); got != want {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func FuzzNameWord(f *testing.F) {
	for _, s := range []string{"Orla", "U.S.", "\xff", "İ", strings.Repeat("x", 100), ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		english.SameName(s)
		if n := english.NamePhrase(english.NameWord(s), []string{s, s}); n > 2 {
			t.Errorf("%d words of 2", n)
		}
	})
}
