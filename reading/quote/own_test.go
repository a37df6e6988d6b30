package quote

import (
	"slices"
	"testing"

	"whence"
	"whence/english"
	"whence/text"
)

// TestOwnSums holds what is remembered of words, with the features of several
// words, to the sum of all features.
func TestOwnSums(t *testing.T) {
	a := &whence.Article{Text: "The mayor of Karvik said on Monday that the quay, which “nobody wants,” would close. " +
		"“We will not pay,” Ana Brenn told reporters, according to two aides; she denied that she had asked for it.\n\n" +
		"Brenn said said she said. The ministry believes that the port of Karvik is safe, but Brenn said it is not."}
	sentences := text.Sentences(a.Text, nil)
	analyser, r := english.NewAnalyser(), NewReader()
	trees := make([]english.Tree, len(sentences))
	for i, s := range sentences {
		trees[i] = slices.Clone(analyser.Sentence(s.Tokens))
	}
	f := &finder{document: newDocument(a, sentences, &memory{}), least: leastScore}
	f.read()
	v := newView(f, sentences, trees, analyser.Clusters(), &memory{})
	scored := func(c *chain, features []uint64) english.Sums {
		var s [1]english.Sums
		c.rows.Score(&english.Looks{}, s[:], features, []int{len(features)})
		return s[0]
	}
	for range 2 { // first and later sight of the words
		r.roles(v)
		for i := range v.words {
			if want := scored(r.models.roles, v.allRoleFeatures(nil, i)); r.first.sums[i] != want {
				t.Fatalf("the role of word %d (%s): %v, want %v", i, v.words[i].Text, r.first.sums[i], want)
			}
		}
		cues := r.first.cues()
		if len(cues) < 4 {
			t.Fatalf("%d cues, want more", len(cues))
		}
		for _, cue := range cues {
			r.part(v, cue)
			q := v.ask(&r.first, cue)
			for i := q.from; i < q.to; i++ {
				if want := scored(r.models.parts, q.allPartFeatures(nil, i)); r.second.sums[i-q.from] != want {
					t.Fatalf("the part of word %d (%s) for cue %v: %v, want %v", i, v.words[i].Text, cue, r.second.sums[i-q.from], want)
				}
			}
		}
	}
}
