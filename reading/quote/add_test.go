package quote

import (
	"slices"
	"testing"

	"whence"
	"whence/text"
)

// TestAddKeepsWhatIsTakenBack reads again a sentence in which a rule takes back
// what the models found: what they found stays.
func TestAddKeepsWhatIsTakenBack(t *testing.T) {
	a := &whence.Article{Text: "The quay was closed, Brenn said, according to two aides."}
	f := &finder{document: newDocument(a, text.Sentences(a.Text, nil), &memory{}), least: leastScore}
	at := func(word string) int { return slices.Index(f.tokens, word) }
	said := candidate{
		rule: ruleLearned, kind: whence.Statement, source: span{at("Brenn"), at("said")},
		cue: span{at("said"), at("said") + 1}, content: []span{{0, at("closed") + 1}}, sentence: f.sentences[0].span,
	}
	f.found = []candidate{said}
	if f.absorb(at("according")); len(f.found) > 0 {
		t.Fatal("the rule takes nothing back, so that this test shows nothing")
	}
	f.found = []candidate{said}
	f.add()
	if len(f.found) == 0 || f.found[0].cue != said.cue || f.found[0].source != said.source {
		t.Errorf("found %+v, want first what was found before", f.found)
	}
}
