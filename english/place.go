package english

import (
	"strings"
	"sync"
)

// PlaceClass is a set of classes of words in and around the names of places.
type PlaceClass uint32

// The classes of place words.
const (
	PlaceInside     PlaceClass = 1 << iota // prepositions before where something is
	PlaceToward                            // prepositions before where it comes from or goes
	PlaceApposition                        // nouns that say what a place is: "the city of"
	Settlement                             // of those: nouns for towns
	Land                                   // nouns for areas
	BodyOfWater                            // nouns for waters
	Spot                                   // nouns for sites
	Nation                                 // nouns for countries
	Compass                                // "northern", "downtown"
	Street                                 // nouns that end the names of streets
	WaterHead                              // nouns that end the names of waters
	LandHead                               // nouns that end the names of areas
	SettlementHead
	SiteHead
	TeamWord   // words of sport beside the names of teams
	OutletHead // nouns that end the names of newspapers
	Dash
	Ship        // what stands before the name of a ship
	NoPlace     // capitalised words that no preposition makes a place
	PlacePeople // peoples: no places
	CommonPlace // words of the language that are also names of towns
)

var placeClasses = map[string]PlaceClass{
	"inside": PlaceInside, "toward": PlaceToward, "apposition": PlaceApposition, "settlement": Settlement,
	"land": Land, "body-of-water": BodyOfWater, "spot": Spot, "nation": Nation, "compass": Compass,
	"street": Street, "water-head": WaterHead, "land-head": LandHead, "settlement-head": SettlementHead,
	"site-head": SiteHead, "team": TeamWord, "outlet-head": OutletHead, "dash": Dash, "ship": Ship, "never": NoPlace,
	"common": CommonPlace, "people": PlacePeople,
}

// Has tells whether c holds at least one class of d.
func (c PlaceClass) Has(d PlaceClass) bool { return c&d != 0 }

// PlaceWord is what is known of a token beside the name of a place, in any case.
func PlaceWord(token string) PlaceClass {
	var buffer [32]byte
	low, places := lower(buffer[:0], token), loadPlaces()
	if !places.sieve.may(low) {
		return 0
	}
	return places.words[string(low)]
}

// PlaceShort is the name that a token, spelled in its own case, is short for;
// afterName tells that it is so only after the name of a place and a comma.
func PlaceShort(token string) (name string, afterName, ok bool) {
	if len(token) > longestShort {
		return "", false, false
	}
	s, ok := loadPlaces().shorts[token]
	return s.name, s.afterName, ok
}

// longestShort is the longest short form, in bytes.
const longestShort = 6

type placeShort struct {
	name      string
	afterName bool
}

// placeLexicon is the table of words around places.
type placeLexicon struct {
	words  map[string]PlaceClass
	shorts map[string]placeShort
	sieve  sieve // of words
}

// loadPlaces reads the table on first use.
var loadPlaces = sync.OnceValue(func() *placeLexicon {
	l := &placeLexicon{words: map[string]PlaceClass{}, shorts: map[string]placeShort{}}
	section := ""
	for _, fields := range table("place.txt") {
		switch {
		case fields[0] == "=":
			section = fields[1]
		case section == "short" || section == "code":
			l.shorts[fields[0]] = placeShort{strings.ReplaceAll(fields[1], "_", " "), section == "code"}
		default:
			for _, word := range fields {
				l.words[word] |= must(placeClasses, section)
			}
		}
	}
	l.sieve = newSieve(l.words)
	return l
})
