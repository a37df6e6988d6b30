package english

import (
	"strings"
	"sync"
)

// MatterClass is a set of classes of words by which claims of different articles
// are compared.
type MatterClass uint64

// The classes.
const (
	EmptyWord    MatterClass = 1 << iota // says nothing of the matter
	RoleHead                             // "minister": the head of an office that speaks for a body
	Speaks                               // "spokesman": speaks for a body and never for himself
	Partitive                            // "one of them": stands for some of a group named before
	OwnOutlet                            // "us", "this newspaper"
	AfterNoun                            // opens what is said of the noun before it
	LooseHead                            // "insider": may be anybody unnamed
	KnownBefore                          // "the": what follows is known already
	Corrects                             // "lowered": of corrections
	StatusWords                          // "plan", "considering": say how real an act is that others name
	Background                           // "had": the cue of what was said before
	Onto                                 // "on", "told": may stand before the outlet that somebody spoke to
	Interviewed                          // "appeared": speaks to an outlet
	Reports                              // "reports": stands before or behind the outlet that reported first
	Somebody                             // "somebody": one person whom nobody names
	CloseTo                              // "friends": whose friends they are is told, and not who they are
	Posts                                // "wrote": by which one speaks on a network
	Network                              // "social", "platform": what networks are called
	TranslatedBy                         // "translated": whoever did it follows
	Puts                                 // "put": gives a number, "put it at 17"
	Announces                            // "announced": what is planned is decided
	Paper                                // "newspaper": an outlet that is named before
	ReportedBy                           // "report": whose it is and what it tells follows
	Decrees                              // "ordered": does by the word what others would only tell of
	Treats                               // "treating": what hospitals do to the injured
	Clinic                               // "clinic": where the injured are
	WhoeverWord                          // "anyone": nobody in particular
	StandsBy                             // "stands": keeps to what was reported, with "by" behind it
	Means                                // "method": is to be followed, and is not planned by that
	Proof                                // "evidence": who has none denies
	Times                                // "times": how often
	Rings                                // "rang": tries to reach somebody
	AsksFor                              // "asked": has not got what it asks for
	Gives                                // "handed": has let others have something
	NamesOf                              // "names": stand for those who bear them
	Comments                             // "comment": what whoever does not answer declined to do
	StateOrgan                           // "embassy": speaks for a state
)

var matterNames = map[string]MatterClass{
	"empty": EmptyWord, "role": RoleHead, "speaks": Speaks, "partitive": Partitive, "own": OwnOutlet, "after": AfterNoun,
	"loose": LooseHead, "definite": KnownBefore, "corrects": Corrects, "status": StatusWords, "background": Background,
	"onto": Onto, "interviewed": Interviewed, "reports": Reports, "somebody": Somebody, "close": CloseTo, "posts": Posts, "network": Network, "translated": TranslatedBy, "puts": Puts, "report-of": ReportedBy, "paper": Paper, "announces": Announces,
	"decrees": Decrees, "treats": Treats, "clinic": Clinic, "whoever": WhoeverWord, "stands": StandsBy, "means": Means, "proof": Proof, "rings": Rings, "times": Times, "asks-for": AsksFor, "gives": Gives, "names": NamesOf, "comments": Comments, "organ": StateOrgan,
}

// matters is the table. A deed is told of by one word, or by several together.
type matters struct {
	classes map[string]MatterClass
	deeds   map[string][]deedWords
}

type deedWords struct {
	rest []string // stems of the words that must stand near as well
	deed string
}

var loadMatters = sync.OnceValue(func() *matters {
	m := &matters{classes: map[string]MatterClass{}, deeds: map[string][]deedWords{}}
	class, deed := MatterClass(0), ""
	for _, fields := range table("matter.txt") {
		if fields[0] == "=" {
			if class, deed = 0, ""; fields[1] == "deed" {
				deed = fields[2]
			} else {
				class = must(matterNames, fields[1])
			}
			continue
		}
		for _, word := range fields {
			if deed == "" {
				m.classes[word] |= class
				continue
			}
			parts := strings.Split(word, "_")
			for i := range parts {
				parts[i] = Stem(parts[i])
			}
			m.deeds[parts[0]] = append(m.deeds[parts[0]], deedWords{parts[1:], deed})
		}
	}
	return m
})

// Matter is the classes of a word in lower case.
func Matter(word string) MatterClass { return loadMatters().classes[word] }

// Has tells whether c holds at least one class of d.
func (c MatterClass) Has(d MatterClass) bool { return c&d != 0 }

// Deed is the kind of deed that words, as stems, tell of, or "": that of the first
// word that does. Words that tell of it only together may stand in any order, and
// win over one alone. If needs is not empty, one of these must be among the words
// that tell of it.
func Deed(stems, needs []string) string {
	m := loadMatters()
	alone := ""
	for _, s := range stems {
		for _, d := range m.deeds[s] {
			if !needed(s, d.rest, needs) {
				continue
			}
			if len(d.rest) == 0 {
				if alone == "" {
					alone = d.deed
				}
			} else if all(stems, d.rest) {
				return d.deed
			}
		}
	}
	return alone
}

func needed(first string, rest, needs []string) bool {
	if len(needs) == 0 {
		return true
	}
	for _, n := range needs {
		if n == first || all(rest, []string{n}) {
			return true
		}
	}
	return false
}

// all tells whether each of some words is among others.
func all(among, words []string) bool {
	for _, w := range words {
		found := false
		for _, a := range among {
			if a == w {
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// Stem is a word in lower case without the endings of its forms: crude, made for
// telling whether two words may be forms of one.
func Stem(word string) string {
	if len(word) < 4 {
		return word
	}
	for _, e := range stemEndings {
		if base, ok := strings.CutSuffix(word, e.from); ok && len(base) >= e.least {
			word = base + e.to
			break
		}
	}
	if n := len(word); n > 4 && word[n-1] == word[n-2] && strings.IndexByte("bdgmnprt", word[n-1]) >= 0 {
		word = word[:n-1]
	}
	if n := len(word); n > 4 && word[n-1] == 'e' {
		word = word[:n-1]
	}
	return word
}

// stemEndings are tried in this order: the first that fits is taken off.
var stemEndings = []struct {
	from, to string
	least    int
}{
	{"ations", "at", 3}, {"ation", "at", 3}, {"istries", "ist", 3}, {"istry", "ist", 3}, {"isters", "ist", 3}, {"ister", "ist", 3},
	{"ying", "y", 2}, {"ings", "", 3}, {"ing", "", 3}, {"ied", "y", 2}, {"ies", "y", 2}, {"sses", "ss", 2}, {"ches", "ch", 2}, {"shes", "sh", 2},
	{"xes", "x", 2}, {"ss", "ss", 2}, {"us", "us", 2}, {"ed", "", 3}, {"s", "", 3},
}
