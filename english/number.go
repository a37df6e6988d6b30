package english

import (
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// NumeralRole is what a word does in a number, or beside one.
type NumeralRole uint8

// The roles. Value says how much: of Hundred, Scale and Letter it is the power
// of ten.
const (
	NoNumeral NumeralRole = iota
	NumZero
	NumOnes  // one to nine
	NumTeens // ten to nineteen
	NumTens  // twenty to ninety
	NumHundred
	NumScale  // "thousand", "million", "lakh"
	NumLetter // letters that scale a number they are written to: the k of 10k
	NumDozen
	NumHalf
	NumQuarter
	NumScores
	NumVague // words for some number, alone: "several"
	NumFew   // the same after an article: "a few"
	NumCrowd // the same before "of": "a handful"
	// What joins numbers.
	NumArticle
	NumAnd
	NumPoint
	NumMinus
	NumOver
	NumOut
	NumOf
	NumIn
	NumBetween
	NumFrom
	NumTo
	NumOr
	NumNo
	NumThan
	// What stands beside numbers that do not count.
	NumNamer  // "Flight", "section": before
	NumRanked // "century": after an ordinal
	NumStreet // after a number and names
	NumScore  // after "N-M"
	NumExtent // after "12 m", where it is metres
)

var numeralRoles = map[string]NumeralRole{
	"zero": NumZero, "ones": NumOnes, "teens": NumTeens, "tens": NumTens, "hundred": NumHundred, "scale": NumScale,
	"letter": NumLetter, "dozen": NumDozen, "half": NumHalf, "quarter": NumQuarter, "scores": NumScores,
	"vague": NumVague, "few": NumFew, "crowd": NumCrowd,
	"article": NumArticle, "and": NumAnd, "point": NumPoint, "minus": NumMinus, "over": NumOver,
	"out": NumOut, "of": NumOf, "in": NumIn, "between": NumBetween, "from": NumFrom, "to": NumTo, "or": NumOr, "no": NumNo, "than": NumThan,
	"namer": NumNamer, "ranked": NumRanked, "street": NumStreet, "score": NumScore, "extent": NumExtent,
}

// NumeralForm tells a number from its ordinal.
type NumeralForm uint8

// The forms.
const (
	NumCardinal NumeralForm = iota
	NumOrdinal              // "third"
	NumParts                // "thirds"
	NumPlural               // "hundreds"
)

var numeralForms = map[string]NumeralForm{"": NumCardinal, "th": NumOrdinal, "ths": NumParts, "s": NumPlural}

// Numeral is what is known of a word of a number. The zero Numeral is that of
// a word of none.
type Numeral struct {
	Role  NumeralRole
	Form  NumeralForm
	Value float64
}

// Spoken tells whether the word is a number in words, or part of one.
func (n Numeral) Spoken() bool {
	return n.Role != NoNumeral && n.Role <= NumCrowd && n.Role != NumLetter
}

// NumeralOf is what is known of a token, in any case but for single letters.
func NumeralOf(token string) Numeral {
	var buffer [24]byte
	if len(token) > len(buffer) {
		return Numeral{}
	}
	t := loadNumerals()
	if len(token) == 1 {
		return t.words[token]
	}
	return t.words[string(lower(buffer[:0], token))]
}

// MayBeNumber tells whether a token may be a number in words or the first word
// of one; it is quick, and wrong now and then, but misses none.
func MayBeNumber(token string) bool {
	return len(token) >= 2 && len(token) <= 13 && loadNumerals().may.has(token)
}

// numerals is the table of words, and the filter of those that are numbers.
type numerals struct {
	words map[string]Numeral
	may   spellings
}

// spellings is a set of words by their length, first and last letters, in any
// case.
type spellings [16 * 32]uint32

func (s *spellings) add(word string) {
	s[len(word)&15<<5|int(word[0]&31)] |= 1 << (word[len(word)-1] & 31)
}

func (s *spellings) has(word string) bool {
	return s[len(word)&15<<5|int(word[0]&31)]>>(word[len(word)-1]&31)&1 != 0
}

var loadNumerals = sync.OnceValue(readNumerals)

func readNumerals() *numerals {
	t := &numerals{words: map[string]Numeral{}}
	for _, fields := range table("numbers-forms.txt") {
		role, form, _ := strings.Cut(fields[0], "-")
		value, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			panic(err)
		}
		n := Numeral{must(numeralRoles, role), must(numeralForms, form), value}
		for _, word := range fields[2:] {
			if _, known := t.words[word]; known {
				continue // the first row wins
			}
			t.words[word] = n
			if n.Role == NumNo || n.Spoken() && utf8.RuneCountInString(word) > 2 {
				t.may.add(word)
			}
		}
	}
	return t
}
