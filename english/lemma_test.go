package english

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestEditAppend(t *testing.T) {
	for _, c := range []struct {
		edit, word, lemma string
	}{
		{"l0", "The", "the"},
		{"l2y", "Said", "say"},
		{"t0", "ORLA", "Orla"},
		{"k1", "Democrats", "Democrat"},
		{"k0", "WHO’s", "WHO's"},
		{"l9", "at", "at"}, // nothing would be left
		{"l9be", "is", "be"},
		{"l1", "cafés", "café"},
	} {
		e, err := parseEdit(c.edit)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(e.Append([]byte("·"), c.word)); got != "·"+c.lemma {
			t.Errorf("%s of %s: %s, want %s", c.edit, c.word, got, c.lemma)
		}
		if e.String() != c.edit {
			t.Errorf("%s is written as %s", c.edit, e)
		}
	}
	for _, bad := range []string{"", "l", "x0", "l-"} {
		if _, err := parseEdit(bad); err == nil {
			t.Errorf("%q is taken for an edit", bad)
		}
	}
}

func TestLemmaKeys(t *testing.T) {
	key, places := LemmaKeys(nil, nil, "Übersaid", VBD)
	var got []string
	for _, at := range append([]int{0}, places...) {
		got = append(got, string(key[at:len(key)-1]))
	}
	want := "^übersaidT ersaidT rsaidT saidT aidT idT dT T"
	if strings.Join(got, " ") != want {
		t.Errorf("%q, want %s", got, want)
	}
}

// TestLemmaKeysOfAnyWord makes sure that there is an ending for each letter up
// to the longest, and one of none.
func TestLemmaKeysOfAnyWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := wordGenerator.Draw(t, "word")
		key, places := LemmaKeys(nil, nil, word, NN)
		letters := len([]rune(string(key[1 : len(key)-2])))
		if want := min(letters, LongestEnding) + 1; len(places) != want {
			t.Fatalf("%d endings of %q, want %d", len(places), word, want)
		}
		if last := places[len(places)-1]; last != len(key)-2 {
			t.Fatalf("the last ending of %q starts at %d of %d", word, last, len(key))
		}
	})
}

func TestLemmas(t *testing.T) {
	a := NewAnalyser()
	for _, c := range []struct {
		word  string
		tag   Tag
		lemma string
	}{
		{"said", VBD, "say"}, {"says", VBZ, "say"}, {"saying", VBG, "say"}, {"told", VBN, "tell"},
		{"argued", VBD, "argue"}, {"accuses", VBZ, "accuse"}, {"warned", VBD, "warn"}, {"planned", VBN, "plan"},
		{"denied", VBD, "deny"}, {"officials", NNS, "official"}, {"countries", NNS, "country"}, {"men", NNS, "man"},
		{"n’t", RB, "not"}, {"better", JJR, "good"}, {"Orla", NNP, "Orla"}, {"The", DT, "the"}, {"was", VBD, "be"},
		{"ca", MD, "can"}, {"leaves", VBZ, "leave"}, {"quarrelled", VBD, "quarrel"},
	} {
		if got := a.lemma(a.remember(c.word), c.word, c.tag); got != c.lemma {
			t.Errorf("%s/%v: %s, want %s", c.word, c.tag, got, c.lemma)
		}
	}
}

func ExampleAnalyser() {
	a := NewAnalyser()
	tree := a.Words([]string{"The", "mayor", "denied", "it", "."})
	for i, n := range tree {
		fmt.Println(i, n.Tag, n.Lemma, n.Head, n.Label)
	}
	// Output:
	// 0 DT the 1 det
	// 1 NN mayor 2 nsubj
	// 2 VBD deny -1 root
	// 3 PRP it 2 obj
	// 4 . . 2 punct
}
