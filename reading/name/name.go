// Package name finds who an article names: persons, organisations, and the
// parts and places of governments, each with its roles and every mention; and
// it tells whom a pronoun or a phrase like "the senator" stands for.
//
// It works over sentences that package english has analysed: runs of proper
// nouns become mentions, titles and roles around them are kept apart in the
// words of the text, mentions of one bearer are gathered (full name, surname,
// title and surname, acronym), and pronouns are resolved among the bearers
// that were spoken of last.
//
// The package promises that every mention is words of the text, that mentions
// are in order and apart, and that time is linear in the text, whatever the
// text. It refuses to guess: where two bearers compete for a surname or a
// pronoun, none gets it, and "I" and "we" are left to whoever knows the speaker
// of a quotation. It knows of nobody beyond what the article says: its tables
// hold given names, titles and heads of names, and no persons.
package name

import (
	"sort"

	"whence"
	"whence/english"
	"whence/text"
)

// The kinds of names.
const (
	Person       = string(whence.SourcePerson)
	Organisation = string(whence.SourceOrganisation)
	Government   = string(whence.SourceGovernment) // a part of one, or a place that stands for one
)

// Names are the names of one article and what refers to them.
type Names struct {
	// List holds the names in the order of their first mentions, with the ids
	// "n1", "n2" and so on.
	List []whence.Name
	// Anaphors are the pronouns and definite descriptions that were resolved,
	// in reading order.
	Anaphors []Anaphor

	text  *document
	owner map[int]int // first word of a mention → number of its name
}

// Anaphor is a word or phrase that refers to a name without being one.
type Anaphor struct {
	whence.Span
	ID      string  // of the name
	Score   float64 // 0 to 1, see [Names.Of]
	Pronoun bool
}

// Read finds the names in sentences of an article, which are those of its body.
// Of trees there is one for each sentence, a node for each token, as
// [english.Analyser.Sentence] gives it, copied, for its trees do not last. A
// sentence whose tree is missing is read by its capitals alone.
func Read(a *whence.Article, sentences []text.Sentence, trees []english.Tree) *Names {
	d := newDocument(a, sentences, trees)
	d.detect()
	bearers := d.gather()
	n := &Names{text: d, owner: map[int]int{}}
	n.list(bearers)
	n.resolve(bearers)
	return n
}

// list makes the list of names from those bearers that are named as something.
func (n *Names) list(bearers []*bearer) {
	kept := make([]*bearer, 0, len(bearers))
	for _, b := range bearers {
		if b.kind != "" {
			kept = append(kept, b)
		}
	}
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].mentions[0] < kept[j].mentions[0] })
	for i, b := range kept {
		b.number = i
		n.List = append(n.List, n.name(b))
		for _, m := range b.mentions {
			n.owner[n.text.mentions[m].from] = i
		}
	}
}

// name is what a reading shows of a bearer.
func (n *Names) name(b *bearer) whence.Name {
	d := n.text
	of := whence.Name{ID: identify(b.number), Name: d.words.join(b.fullest.from, b.fullest.to), Kind: b.kind}
	seen := map[string]bool{}
	for _, number := range b.mentions {
		m := &d.mentions[number]
		of.Mentions = append(of.Mentions, d.words.span(m.from, m.to))
		for _, r := range m.roles {
			if role := d.words.join(r.from, r.to); !seen[role] && len(of.Roles) < mostRoles {
				seen[role] = true
				of.Roles = append(of.Roles, role)
			}
		}
	}
	return of
}

// mostRoles bounds the roles that are kept of one name.
const mostRoles = 12
