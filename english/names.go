package english

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// NameClass is a set of classes of words that stand in, before and around
// names. It is apart from [Class], which sorts the words of attributions.
type NameClass uint64

// The classes of name words.
const (
	GivenHe        NameClass = 1 << iota // given names by the pronoun of most who bear them
	GivenShe                             // a name may be both
	NameParticle                         // "de", "van", "al": inside of family names
	Suffix                               // "Jr.", "III"
	Honorific                            // words that stand before a person's name
	Masculine                            // titles and nouns for a man
	Feminine                             // titles and nouns for a woman
	Ranking                              // words before a title: "Vice", "Prime", "Acting"
	Portfolio                            // what a secretary is secretary of
	PersonNoun                           // nouns for one person
	OrgHead                              // nouns that head the name of an organisation
	GovHead                              // nouns that head the name of a part of a government
	GovernmentBody                       // "White House", "Kremlin": part of a government by itself
	OrgSuffix                            // "Inc.", "Ltd."
	Body                                 // organisations known by name
	PlaceHead                            // nouns that head the name of a place
	OtherHead                            // nouns that head names of what is neither person nor body nor place
	NoName                               // capitalised words that name nobody: days, months
	Demonym                              // peoples, faiths and parties: "Mexican", "Republicans"
	CountryName
	CapitalName // seats of government, which may stand for it
	RegionName  // other places
	// The small words around names.
	HePronoun
	ShePronoun
	ItPronoun
	Reflexive
	Article
	Definite // "the", "this"
	The
	Owner    // "his", "their"
	Genitive // "'s"
	Link     // "of", "for": inside of names of bodies
	NameOf
	NameAnd
	Amid // "in", "at": before places
	NameBy
	Who
	NameWhich
	Hyphen
	Company // nouns for a body of any sort
	Officer // "Secretary", before "of" and a portfolio
	// What [NameLikeness] tells of word classes.
	GivenLike
	PersonLike
	PlaceLike
	BodyLike
)

// Given holds the classes of given names.
const Given = GivenHe | GivenShe

// Place holds the classes of places.
const Place = CountryName | CapitalName | RegionName

var nameClasses = map[string]NameClass{
	"he": GivenHe, "she": GivenShe, "either": Given, "particle": NameParticle, "suffix": Suffix,
	"honorific": Honorific, "honorific-he": Honorific | Masculine, "honorific-she": Honorific | Feminine,
	"he-noun": PersonNoun | Masculine, "she-noun": PersonNoun | Feminine, "rank": Ranking,
	"portfolio": Portfolio, "person-noun": PersonNoun, "org-head": OrgHead, "gov-head": GovHead,
	"government-body": GovernmentBody, "org-suffix": OrgSuffix, "body": Body, "place-head": PlaceHead,
	"other-head": OtherHead, "never": NoName, "demonym": Demonym, "country": CountryName,
	"capital": CapitalName, "region": RegionName,
	"he-pronoun": HePronoun, "she-pronoun": ShePronoun, "it-pronoun": ItPronoun,
	"reflexive": Reflexive, "article": Article, "definite": Definite, "the": The, "owner": Owner,
	"genitive": Genitive, "link": Link, "of": NameOf, "and": NameAnd, "amid": Amid, "by": NameBy, "who": Who,
	"which": NameWhich, "hyphen": Hyphen, "company": Company, "officer": Officer,
}

// Has tells whether c holds at least one class of d.
func (c NameClass) Has(d NameClass) bool { return c&d != 0 }

// NameWord is what is known of a token as part of a name, in any case.
func NameWord(token string) NameClass {
	var buffer [32]byte
	low := lower(buffer[:0], token)
	var class NameClass
	if names := loadNames(); names.sieve.may(low) {
		class = names.words[string(low)]
	}
	if class == 0 && strings.HasSuffix(string(low), "woman") {
		return PersonNoun | Feminine // "fisherwoman"
	}
	return class
}

// NamePhrase is the number of tokens, from the first of tokens on, that make
// the longest name word or phrase of the class; 0 if there is none.
func NamePhrase(class NameClass, tokens []string) int {
	if len(tokens) == 0 {
		return 0
	}
	var buffer [32]byte
	low := lower(buffer[:0], tokens[0])
	names, longest := loadNames(), 0
	if !names.sieve.may(low) && !names.opens.may(low) {
		return 0
	}
	if names.words[string(low)].Has(class) {
		longest = 1
	}
	for _, p := range names.phrases[string(low)] {
		if n := 1 + len(p.rest); p.class.Has(class) && n > longest && follows(p.rest, tokens[1:]) {
			longest = n
		}
	}
	return longest
}

// SameName gives the fullest form, in lower case, of a name that goes by
// several ("us", "u.s." and "america" are "united states"), and any other name
// unchanged. The name is in lower case, its words apart by single spaces.
func SameName(name string) string {
	if full, ok := loadNames().aliases[name]; ok {
		return full
	}
	return name
}

// nameLexicon is the tables of names, by lower-case spelling.
type nameLexicon struct {
	words   map[string]NameClass
	phrases map[string][]namePhrase // by first word
	aliases map[string]string
	sieve   sieve // of words
	opens   sieve // of phrases
}

// namePhrase is what follows the first word of a phrase of a class.
type namePhrase struct {
	rest  []string
	class NameClass
}

// loadNames reads the tables on first use.
var loadNames = sync.OnceValue(func() *nameLexicon {
	l := &nameLexicon{
		words: make(map[string]NameClass, 4096), phrases: map[string][]namePhrase{}, aliases: map[string]string{},
	}
	for _, file := range []string{"names.txt", "names-given.txt", "names-places.txt"} {
		l.read(table(file))
	}
	l.sieve, l.opens = newSieve(l.words), newSieve(l.phrases)
	return l
})

func (l *nameLexicon) read(rows [][]string) {
	section := ""
	for _, fields := range rows {
		switch {
		case fields[0] == "=":
			section = fields[1]
		case section == "alias":
			for _, name := range fields[1:] {
				l.aliases[spaced(name)] = spaced(fields[0])
			}
		default:
			class := must(nameClasses, section)
			for _, entry := range fields {
				l.add(entry, class)
			}
		}
	}
}

func (l *nameLexicon) add(entry string, class NameClass) {
	parts := strings.Split(entry, "_")
	if len(parts) == 1 {
		l.words[entry] |= class
		return
	}
	l.phrases[parts[0]] = append(l.phrases[parts[0]], namePhrase{parts[1:], class})
}

func spaced(entry string) string { return strings.ReplaceAll(entry, "_", " ") }

// likenesses are the classes that word classes are compared with, in the
// subtree of so many steps from the root (64: the class itself), and the share
// of its words in the table from which on it is alike.
var likenesses = []struct {
	class NameClass
	steps int
	share float64
	like  NameClass
}{
	{Given, 64, .1, GivenLike},
	{Given, 5, .06, PersonLike},
	{Place, 8, .05, PlaceLike},
	{Body, 8, .03, BodyLike},
}

// NameLikeness tells what sort of names a word class holds, by the names of the
// tables that are in it or near it in the tree of likeness: family names, which
// no table lists, stand beside given names.
func NameLikeness(c Cluster) NameClass {
	if all := loadLikeness(); int(c) < len(all) {
		return all[c]
	}
	return 0
}

// loadLikeness counts the names in the word classes of the binary on first use.
var loadLikeness = sync.OnceValue(func() []NameClass {
	clusters := embeddedModels().clusters
	all := make([]NameClass, len(clusters.paths))
	for _, l := range likenesses {
		size, hits := map[uint64]float64{}, map[uint64]float64{}
		for word, c := range clusters.of {
			subtree := clusters.Prefix(c, l.steps)
			size[subtree]++
			if isUpperStart(word) && NameWord(word).Has(l.class) {
				hits[subtree]++
			}
		}
		for c := range all {
			subtree := clusters.Prefix(Cluster(c), l.steps)
			if subtree != 0 && hits[subtree] >= l.share*size[subtree] {
				all[c] |= l.like
			}
		}
	}
	return all
})

func isUpperStart(word string) bool {
	r, _ := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(r)
}
