package english_test

import (
	"testing"

	"whence/english"
)

func TestMeasureOf(t *testing.T) {
	for lemma, want := range map[string]english.Measure{
		"die":        {Name: "killed", Person: true},
		"Death":      {Name: "killed", Person: true, Counts: true},
		"shoot_dead": {Name: "killed", Person: true},
		"hurt":       {Name: "injured", Person: true},
		"bounty":     {Name: "bounty", Counts: true},
		"walk":       {},
		"":           {},
	} {
		if got := english.MeasureOf(lemma); got != want {
			t.Errorf("%q: %+v, want %+v", lemma, got, want)
		}
	}
	if !english.MeasurePhrase("shoot") || english.MeasurePhrase("walk") {
		t.Error("phrases start with their first words alone")
	}
}

func TestParticipleOf(t *testing.T) {
	for lemma, want := range map[string]string{"sell": "sold", "rescue": "rescued", "carry": "carried", "injured": "injured", "": ""} {
		if got := english.ParticipleOf(lemma); got != want {
			t.Errorf("%q: %q, want %q", lemma, got, want)
		}
	}
}

func TestMeasureWord(t *testing.T) {
	if !english.MeasureWord("Gunman").Has(english.Human) || english.MeasureWord("gunman").Has(english.Light) {
		t.Error("a gunman is a person")
	}
}
