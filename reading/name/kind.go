package name

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"whence"
	"whence/english"
)

// features are what speaks for one kind of name or another, a bit each.
type features uint64

// The features: of the words of a name, then of what stands around it.
const (
	always features = 1 << iota
	givenFirst
	givenAlone
	hasInitial
	hasSuffix
	hasParticle
	headLast
	headInside
	headLinked
	companySuffix
	knownBody
	governmentName
	acronym
	ampersand
	knownPlace
	placeLast
	placeFirst
	otherLast
	otherInside
	people
	oneWord
	twoWords
	manyWords
	hasDigit
	innerCapital
	givenInside
	afterTitle
	beforeRole
	afterThe
	afterIn
	afterOf
	afterBy
	besideSpeech
	beforeWho
	beforeWhich
	owns
	subject
	beforeAge
	inMarks
	beforePlace
	pluralTag
	modifier
	likePersonLast
	likePersonFirst
	likeGivenFirst
	likePlaceLast
	likePlaceFirst
	likeBodyLast
	likeBodyFirst
	likeNothing
	cited
	dated
	besideAnd
)

var featureNames = []string{
	"always", "given-first", "given-alone", "initial", "suffix", "particle", "head-last", "head-inside", "head-linked",
	"company-suffix", "known-body", "government-name", "acronym", "ampersand", "known-place", "place-last",
	"place-first", "other-last", "other-inside", "people", "one-word", "two-words", "many-words", "digit",
	"inner-capital", "given-inside", "after-title", "before-role", "after-the", "after-in", "after-of", "after-by",
	"beside-speech", "before-who", "before-which", "owns", "subject", "before-age", "in-marks", "before-place",
	"plural-tag", "modifier", "like-person-last", "like-person-first", "like-given-first", "like-place-last",
	"like-place-first", "like-body-last", "like-body-first", "like-nothing",
	"cited", "dated", "beside-and",
}

// featuresOf is what speaks for the kind of a mention.
func (d *document) featuresOf(m *mention) features {
	return d.inside(m.extent) | d.around(m)
}

// flag is f where the condition holds.
func flag(holds bool, f features) features {
	if holds {
		return f
	}
	return 0
}

// inside is what the words of a name say.
func (d *document) inside(e extent) features {
	w, n := d.words, e.to-e.from
	last := e.to - 1
	for last > e.from && !w[last].capital { // the "moon" of Ki-moon
		last--
	}
	f := always
	f |= flag(n > 1 && w.has(e.from, english.Given), givenFirst)
	f |= flag(n == 1 && w.has(e.from, english.Given), givenAlone)
	numbered := n > 1 && w.has(last, english.Suffix) && w.has(e.from, english.OtherHead) // "Title IV"
	f |= flag(numbered, otherLast) | flag(n > 1 && w.has(last, english.Suffix) && !numbered, hasSuffix)
	f |= flag(w.has(last, orgHead), headLast)
	f |= flag(w.has(last, english.OrgSuffix) && n > 1, companySuffix)
	f |= flag(w.whole(english.Body, e.from, e.to), knownBody)
	f |= flag(w.whole(english.GovernmentBody, e.from, e.to) || n > 1 && w.has(last, english.GovHead), governmentName)
	f |= flag(n == 1 && isAcronym(w[last].Text), acronym)
	f |= flag(w.whole(english.Place, e.from, e.to), knownPlace)
	f |= flag(n > 1 && w.has(last, english.PlaceHead), placeLast)
	f |= flag(n > 1 && w.has(e.from, english.PlaceHead), placeFirst)
	f |= flag(w.has(last, english.OtherHead), otherLast)
	f |= flag(n == 1, oneWord) | flag(n == 2, twoWords) | flag(n > 3, manyWords)
	f |= flag(n == 1 && hasInnerCapital(w[last].Text), innerCapital)
	f |= flag(w[last].tag == english.NNPS, pluralTag)
	f |= likeness(w[e.from].like, w[last].like)
	for i := e.from; i < e.to; i++ {
		f |= flag(n > 1 && isInitial(w[i].Text), hasInitial)
		f |= flag(i > e.from && !w[i].capital && w.has(i, english.NameParticle), hasParticle)
		f |= flag(w.has(i, orgHead), headInside)
		f |= flag(i > e.from && w.has(i, english.Link), headLinked)
		f |= flag(w.is(i, "&"), ampersand)
		f |= flag(w.has(i, english.OtherHead), otherInside)
		f |= flag(w.has(i, english.Demonym), people)
		f |= flag(i > e.from && w.has(i, english.Given), givenInside)
		f |= flag(strings.ContainsAny(w[i].Text, "0123456789"), hasDigit)
	}
	return f
}

// likeness is what the word classes of the first and last word say.
func likeness(first, last english.NameClass) features {
	f := flag(last.Has(english.PersonLike), likePersonLast) | flag(first.Has(english.PersonLike), likePersonFirst)
	f |= flag(last.Has(english.PlaceLike), likePlaceLast) | flag(first.Has(english.PlaceLike), likePlaceFirst)
	f |= flag(last.Has(english.BodyLike), likeBodyLast) | flag(first.Has(english.BodyLike), likeBodyFirst)
	return f | flag(first.Has(english.GivenLike), likeGivenFirst) | flag(first|last == 0, likeNothing)
}

// around is what the words before and after a mention say.
func (d *document) around(m *mention) features {
	w, s := d.words, d.sentences[m.sentence]
	before, after := m.from-1, m.to
	if before >= s.from && w.has(before, english.Demonym) {
		before--
	}
	if before < s.from {
		before = -1
	}
	if after >= s.to {
		after = -1
	}
	head := d.head(m.extent)
	f := flag(m.titled, afterTitle) | flag(m.described, beforeRole)
	f |= flag(w.has(before, english.The), afterThe)
	f |= flag(w.has(before, english.Amid), afterIn)
	f |= flag(w.has(before, english.NameOf), afterOf)
	f |= flag(w.has(before, english.NameBy), afterBy)
	f |= flag(d.speaks(before) || d.speaks(after), besideSpeech)
	f |= flag(w.has(after, english.Who) || w.is(after, ",") && w.has(after+1, english.Who), beforeWho)
	f |= flag(w.has(after, english.NameWhich) || w.is(after, ",") && w.has(after+1, english.NameWhich), beforeWhich)
	f |= flag(w.has(after, english.Genitive), owns)
	f |= flag(w[head].label.Subject(), subject)
	f |= flag(w.is(after, ",") && w.isAge(after+1) && w.is(after+2, ","), beforeAge)
	f |= flag(w.is(after, ",") && w.isYear(after+1), cited) | flag(w.is(after, "(") && w.isYear(after+1), dated)
	f |= flag(w.has(before, english.NameAnd) || w.has(after, english.NameAnd), besideAnd)
	f |= flag(d.isMark(before) && d.isMark(after), inMarks)
	f |= flag(w.is(after, ",") && after+1 < s.to && w.phrase(english.Place, after+1, s.to) > 0, beforePlace)
	f |= flag(w[head].label == english.Compound || w[head].label == english.Amod, modifier)
	return f
}

// isAge tells whether word i is a number of two digits, as most ages are.
func (w words) isAge(i int) bool {
	if i < 0 || i >= len(w) || len(w[i].Text) != 2 {
		return false
	}
	_, err := strconv.Atoi(w[i].Text)
	return err == nil
}

// isYear tells whether word i is a number of four digits.
func (w words) isYear(i int) bool {
	if i < 0 || i >= len(w) || len(w[i].Text) != 4 {
		return false
	}
	_, err := strconv.Atoi(w[i].Text)
	return err == nil
}

func (d *document) isMark(i int) bool {
	return d.words.is(i, "“", "”", `"`, "``", "''", "‘", "’")
}

// speaks tells whether word i is a verb of saying or thinking.
func (d *document) speaks(i int) bool {
	if i < 0 || i >= len(d.words) || d.words[i].capital {
		return false
	}
	v := english.Lookup(d.words[i].Text)
	return v.Verb != nil && v.Verb.Kind != "" && v.Form.Has(english.Past|english.Third)
}

// states tells whether word i is a verb of saying alone.
func (d *document) states(i int) bool {
	return d.speaks(i) && english.Lookup(d.words[i].Text).Verb.Kind == whence.Statement
}

// head is the word of an extent that all others in it depend on; the last
// where there are no trees.
func (d *document) head(e extent) int {
	for i := e.from; i < e.to; i++ {
		if h := d.words[i].head; d.words[i].label != english.NoLabel && (h < e.from || h >= e.to) {
			return i
		}
	}
	return e.to - 1
}

func hasInnerCapital(s string) bool {
	lower := false
	for _, r := range s {
		if unicode.IsLower(r) {
			lower = true
		} else if lower && unicode.IsUpper(r) {
			return true
		}
	}
	return false
}

// class is a kind as the weights tell them apart.
type class int

const (
	isPerson class = iota
	isBody
	isPlace
	isOther
	classEnd
)

// A weight is what one feature says for each class.
type weightTable [][classEnd]float64

//go:embed model/kinds.txt
var kindTable string

// kindWeights reads the table on first use. A line is a feature and its weight
// for person, body, place and other; a table that breaks this is a mistake of
// the build, caught by the tests, and panics.
var kindWeights = sync.OnceValue(func() weightTable {
	t := make(weightTable, len(featureNames))
	line := 0
	for row := range strings.Lines(kindTable) {
		fields := strings.Fields(row)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		if line >= len(t) || len(fields) != 1+int(classEnd) || fields[0] != featureNames[line] {
			panic(fmt.Sprintf("name: line %q of the table of kinds", row))
		}
		for c := range t[line] {
			v, err := strconv.ParseFloat(fields[1+c], 64)
			if err != nil {
				panic(err)
			}
			t[line][c] = v
		}
		line++
	}
	return t
})

// evidence counts the features of the mentions of one name.
type evidence struct {
	count    [64]int
	mentions int
}

func (e *evidence) add(f features) {
	e.mentions++
	for i := range featureNames {
		if f&(1<<i) != 0 {
			e.count[i]++
		}
	}
}

// addAll adds what was counted elsewhere.
func (e *evidence) addAll(more *evidence) {
	e.mentions += more.mentions
	for i := range e.count {
		e.count[i] += more.count[i]
	}
}

// has tells whether one of the features was seen.
func (e *evidence) has(f features) bool {
	for i := range featureNames {
		if f&(1<<i) != 0 && e.count[i] > 0 {
			return true
		}
	}
	return false
}

// strong features tell as much from one mention as from all.
const strong = afterTitle | beforeRole | beforeAge | beforeWho

// value is how much of a feature there is, 0 to 1.
func (e *evidence) value(i int) float64 {
	if e.count[i] > 0 && strong&(1<<i) != 0 {
		return 1
	}
	return float64(e.count[i]) / float64(max(1, e.mentions))
}

// scores are the sums of weights for each class.
func (e *evidence) scores(weights weightTable) (sum [classEnd]float64) {
	for i := range featureNames {
		if v := e.value(i); v > 0 {
			for c := range sum {
				sum[c] += v * weights[i][c]
			}
		}
	}
	return sum
}

// class is the class with the highest score.
func (e *evidence) class() class {
	sum := e.scores(kindWeights())
	best := isPerson
	for c := isPerson; c < classEnd; c++ {
		if sum[c] > sum[best] {
			best = c
		}
	}
	return best
}
