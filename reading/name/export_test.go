package name

import (
	"whence"
	"whence/english"
	"whence/text"
)

// Group is the mentions of the same words and what speaks for their kind.
type Group struct {
	Mentions []whence.Span
	Values   []float64 // by feature
}

// Groups gathers the mentions of an article by their words.
func Groups(a *whence.Article, sentences []text.Sentence, trees []english.Tree) []Group {
	d := newDocument(a, sentences, trees)
	d.detect()
	g := &gathering{d: d, byKey: map[string]*bearer{}, belongs: make([]*bearer, len(d.mentions))}
	at := map[*bearer]int{}
	var groups []Group
	for i, m := range d.mentions {
		g.same(i)
		b := g.belongs[i]
		if _, ok := at[b]; !ok {
			at[b] = len(groups)
			groups = append(groups, Group{})
		}
		group := &groups[at[b]]
		group.Mentions = append(group.Mentions, d.words.span(m.from, m.to))
	}
	for _, b := range g.bearers {
		for i := range featureNames {
			groups[at[b]].Values = append(groups[at[b]].Values, b.seen.value(i))
		}
	}
	return groups
}

// FeatureNames are those of the features, in order.
func FeatureNames() []string { return featureNames }
