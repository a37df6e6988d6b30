package english

import (
	"strings"
	"sync"
)

// Measure is what a word says that happens to what is counted.
type Measure struct {
	Name   string // one for all words of the same meaning: "killed"
	Person bool   // persons are meant where nothing else is said
	// Counts tells that the word is a noun whose number is that of the measure:
	// "three deaths", "a $5 bounty".
	Counts bool
}

// MeasureClass is a set of classes of words that stand around figures.
type MeasureClass uint16

// The classes of words around figures.
const (
	Raises   MeasureClass = 1 << iota // verbs of going up
	Lowers                            // verbs of going down
	MoreOf                            // "12 more", "another three"
	FewerOf                           // "one fewer"
	Includes                          // before a part: "including", "among"
	Toll                              // nouns for a number itself: "toll", "count"
	Light                             // verbs that are no measure
	Nobody                            // nobody, none
	Human                             // nouns for persons
	Casualty                          // dead or injured, who can tell
	Attacker                          // whoever did it
	Motion
)

var measureClasses = map[string]MeasureClass{
	"raise": Raises, "lower": Lowers, "more": MoreOf, "fewer": FewerOf, "include": Includes, "toll": Toll,
	"light": Light, "nobody": Nobody, "person": Human, "casualty": Casualty, "shooter": Attacker, "motion": Motion,
}

// Has tells whether c holds at least one class of d.
func (c MeasureClass) Has(d MeasureClass) bool { return c&d != 0 }

// measureLexicon is the tables of measures, by lemma in small letters.
type measureLexicon struct {
	measures map[string]Measure
	classes  map[string]MeasureClass
	// participles are those that the spelling rules miss, by lemma.
	participles map[string]string
}

var loadMeasures = sync.OnceValue(func() *measureLexicon {
	l := &measureLexicon{
		measures:    make(map[string]Measure, 512),
		classes:     make(map[string]MeasureClass, 512),
		participles: make(map[string]string, 256),
	}
	var m Measure
	for _, fields := range table("measures.txt") {
		if fields[0] == "=" {
			m = Measure{Name: strings.ReplaceAll(fields[1], "_", " "), Person: len(fields) > 2}
			continue
		}
		for _, entry := range fields {
			lemma, counts := strings.CutSuffix(entry, "+")
			if old, ok := l.measures[lemma]; ok && old.Name != m.Name {
				continue
			}
			of := m
			of.Counts = counts || l.measures[lemma].Counts
			l.measures[lemma] = of
		}
	}
	var class MeasureClass
	for _, fields := range table("measure-words.txt") {
		if fields[0] == "=" {
			class = must(measureClasses, fields[1])
			continue
		}
		for _, lemma := range fields {
			l.classes[lemma] |= class
		}
	}
	for _, fields := range table("irregular.txt") {
		if len(fields) > 2 {
			if _, ok := l.participles[fields[0]]; !ok {
				l.participles[fields[0]] = fields[2]
			}
		}
	}
	return l
})

// MeasureOf is what a lemma, or two joined by "_", says that happens to what is
// counted; its Name is empty where it says nothing.
func MeasureOf(lemma string) Measure {
	var buffer [32]byte
	return loadMeasures().measures[string(lower(buffer[:0], lemma))]
}

// MeasureWord is the classes of a lemma as a word around figures.
func MeasureWord(lemma string) MeasureClass {
	var buffer [32]byte
	return loadMeasures().classes[string(lower(buffer[:0], lemma))]
}

// ParticipleOf spells the past participle of a verb.
func ParticipleOf(lemma string) string {
	if p, ok := loadMeasures().participles[lemma]; ok {
		return p
	}
	if strings.HasSuffix(lemma, "ed") || lemma == "" {
		return lemma
	}
	return regularPast(lemma)
}
