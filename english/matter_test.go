package english_test

import (
	"strings"
	"testing"

	"whence/english"
)

func TestDeed(t *testing.T) {
	for _, c := range []struct{ words, needs, want string }{
		{"evacuation of the island", "", "evacuate"},
		{"evacuating the town", "", "evacuate"},
		{"asked to pack a bag", "", "evacuate"},
		{"a bag of flour", "", ""},
		{"no decision has been taken", "", "decide"},
		{"crushed a ferry before the evacuation", "crushed", ""},
		{"the inspectors were let aboard", "aboard", "admit"},
	} {
		stems := strings.Fields(c.words)
		for i := range stems {
			stems[i] = english.Stem(stems[i])
		}
		needs := strings.Fields(c.needs)
		for i := range needs {
			needs[i] = english.Stem(needs[i])
		}
		if got := english.Deed(stems, needs); got != c.want {
			t.Errorf("%s: %q, want %q", c.words, got, c.want)
		}
	}
}

func TestStem(t *testing.T) {
	for _, forms := range []string{"evacuate evacuated evacuating evacuation evacuates", "ministry minister ministers ministries", "plan plans planned planning", "strike strikes", "decision decisions"} {
		list := strings.Fields(forms)
		for _, f := range list[1:] {
			if english.Stem(f) != english.Stem(list[0]) {
				t.Errorf("%s: %s, %s: %s", f, english.Stem(f), list[0], english.Stem(list[0]))
			}
		}
	}
}

func FuzzStem(f *testing.F) {
	f.Add("evacuations")
	f.Add("ß")
	f.Fuzz(func(t *testing.T, word string) {
		if s := english.Stem(word); len(s) > len(word) || word != "" && s == "" {
			t.Errorf("%q of %q", s, word)
		}
	})
}
