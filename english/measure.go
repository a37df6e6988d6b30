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
type MeasureClass uint64

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
	Others                            // "others", "someone"
	Tries                             // verbs of what need not come about
	Dying                             // verbs whose subject dies
	Homicide                          // words of crimes that kill
	Mourning                          // words of texts about deaths
	Healing                           // words of those who live on
	Survive                           // verbs of living on
	Grave                             // words of those who may not
	Hospital
	Suicide
	Turns // "turned the gun on himself"
	Wound // nouns for what the injured have
	Gunshot
	Oneself // "self", in headlines
	Aged    // the end of "four-year-old"
	Double  // "a double shooting"
	Triple
	Quadruple
	Quintuple
	ChargeCount // "three counts of murder"
	Ordeal      // what may be double
	Condition
	Gravely // adverbs of how badly: "two critically"
	Aims    // before what somebody shoots at, whom it need not meet
	Both
	Aside // words before a colon that lead to other reports
	Deadly
	Apart  // words of several events: "separate shootings"
	Hit    // those whom it met: "a third victim"
	Yearly // stretches of time that hold more than one event: "this year"
)

var measureClasses = map[string]MeasureClass{
	"raise": Raises, "lower": Lowers, "more": MoreOf, "fewer": FewerOf, "include": Includes, "toll": Toll,
	"light": Light, "nobody": Nobody, "person": Human, "other": Others, "tries": Tries, "dying": Dying,
	"homicide": Homicide, "mourning": Mourning, "healing": Healing, "survive": Survive, "grave": Grave,
	"hospital": Hospital, "suicide": Suicide, "turns": Turns, "wound": Wound, "gunshot": Gunshot,
	"self": Oneself, "aged": Aged, "double": Double, "triple": Triple, "quadruple": Quadruple,
	"quintuple": Quintuple, "counts": ChargeCount, "ordeal": Ordeal, "condition": Condition, "gravely": Gravely, "yearly": Yearly, "both": Both, "aims": Aims, "aside": Aside, "deadly": Deadly, "apart": Apart, "hit": Hit,
}

// Has tells whether c holds at least one class of d.
func (c MeasureClass) Has(d MeasureClass) bool { return c&d != 0 }

// measureLexicon is the tables of measures, by lemma in small letters.
type measureLexicon struct {
	measures map[string]Measure
	classes  map[string]MeasureClass
	// participles are those that the spelling rules miss, by lemma.
	participles map[string]string
	// openers are the first words of phrases.
	openers map[string]bool
	told    sieve // of measures
	sorted  sieve // of classes
}

var loadMeasures = sync.OnceValue(func() *measureLexicon {
	l := &measureLexicon{
		measures:    make(map[string]Measure, 512),
		classes:     make(map[string]MeasureClass, 512),
		participles: make(map[string]string, 256),
		openers:     make(map[string]bool, 64),
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
			if first, _, ok := strings.Cut(lemma, "_"); ok {
				l.openers[first] = true
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
			if first, _, ok := strings.Cut(lemma, "_"); ok {
				l.openers[first] = true
			}
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
	l.told, l.sorted = newSieve(l.measures), newSieve(l.classes)
	return l
})

// MeasureOf is what a lemma, or two joined by "_", says that happens to what is
// counted; its Name is empty where it says nothing.
func MeasureOf(lemma string) Measure {
	var buffer [32]byte
	low, l := lower(buffer[:0], lemma), loadMeasures()
	if !l.told.may(low) {
		return Measure{}
	}
	return l.measures[string(low)]
}

// MeasurePhrase tells whether a lemma is the first of a phrase that [MeasureOf] or
// [MeasureWord] knows.
func MeasurePhrase(lemma string) bool { return loadMeasures().openers[lemma] }

// MeasureWord is the classes of a lemma as a word around figures.
func MeasureWord(lemma string) MeasureClass {
	var buffer [32]byte
	low, l := lower(buffer[:0], lemma), loadMeasures()
	if !l.sorted.may(low) {
		return 0
	}
	return l.classes[string(low)]
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
