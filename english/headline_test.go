package english

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"whence"
	"whence/text"
)

// titled analyses a title before another sentence.
func titled(title, rest string) (tokens []text.Token, tree Tree) {
	span := whence.Span{End: utf8.RuneCountInString(title)}
	sentences := text.Sentences(title+"\n\n"+rest, nil)
	return sentences[0].Tokens, NewAnalyser().Titled(span, sentences)[0]
}

// TestTitled looks at the tag of one word of a headline.
func TestTitled(t *testing.T) {
	for _, c := range []struct {
		title, rest, word string
		tag               Tag
		lemma             string
	}{
		{"Cabinet orders evacuation of Ternsay", "It rained.", "orders", VBD, "order"},
		{"Ministry rules out evacuation", "It rained.", "rules", VBD, "rule"},
		{"Corvany to deploy 500 troops", "It rained.", "to", MD, "will"},
		{"Plan to close port draws protest", "It rained.", "to", TO, "to"},
		{"Divers try to raise ferry", "It rained.", "to", TO, "to"},
		{"Navy Strikes Boat Off Merrow Reef", "The navy strikes often.", "Strikes", VBD, "strike"},
		{"NAVY STRIKES BOAT OFF MERROW", "The navy of Merrow has no boat.", "MERROW", NNP, "Merrow"},
	} {
		tokens, tree := titled(c.title, c.rest)
		for i := range tokens {
			if tokens[i].Text == c.word && (tree[i].Tag != c.tag || tree[i].Lemma != c.lemma) {
				t.Errorf("%s: %q is %v of %s, want %v of %s", c.title, c.word, tree[i].Tag, tree[i].Lemma, c.tag, c.lemma)
			}
		}
	}
}

// TestTitledKeepsWords: whatever the headline, its tree is one of its own words, each
// with the cluster of the word as it stands there; and the other trees are those that
// they are without it.
func TestTitledKeepsWords(t *testing.T) {
	words := rapid.SampledFrom([]string{
		"Navy", "Strikes", "strikes", "TO", "to", "close", "Close", "orders", "as", "boat", "sinks", "May", "?", ",", "40", "set",
		"US", "Plan", "fares", "\u202e", "‘", "…",
	})
	a, b := NewAnalyser(), NewAnalyser()
	rapid.Check(t, func(t *rapid.T) {
		title := ""
		for _, w := range rapid.SliceOfN(words, 1, 80).Draw(t, "words") {
			title += w + " "
		}
		sentences := text.Sentences(title+"\n\nThe navy orders boats to close.", nil)
		span := whence.Span{End: utf8.RuneCountInString(title)}
		plain := b.Sentences(sentences)
		for n, tree := range a.Titled(span, sentences) {
			if len(tree) != len(sentences[n].Tokens) {
				t.Fatalf("%d nodes for %d tokens", len(tree), len(sentences[n].Tokens))
			}
			roots := 0
			for i := range tree {
				if tree[i].Head < 0 {
					roots++
				}
				if tree[i].Cluster != plain[n][i].Cluster {
					t.Fatalf("%q has another cluster in %q", sentences[n].Tokens[i].Text, title)
				}
				if !span.Contains(sentences[n].Span) && tree[i] != plain[n][i] {
					t.Fatalf("a sentence outside of the title is another after %q", title)
				}
			}
			if len(tree) > 0 && roots != 1 {
				t.Fatalf("%d roots in %q", roots, title)
			}
		}
	})
}
