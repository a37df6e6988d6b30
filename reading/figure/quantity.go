package figure

import (
	"whence"
	"whence/english"
	"whence/text"
)

// Quantity is a number in its sentence, with its qualifier and unit. Places
// are numbers of tokens.
type Quantity struct {
	// From, To are the tokens of the number with its qualifier and with what is
	// written to it as a sign ("$", "%"): "about 700", "more than two dozen",
	// "at least $50 million", "between 10 and 15". What is counted starts after.
	From, To int
	// NumberFrom, NumberTo are those of the number alone.
	NumberFrom, NumberTo int
	// UnitFrom, UnitTo are those of the words of the unit ("kilometres per
	// hour", "percent", "dollars"); the same where there are none.
	UnitFrom, UnitTo int
	// Span is from the qualifier to the end of the unit's words: "up to 108
	// kilometres per hour". Bare is the same without the unit's words: "up to
	// 108".
	Span, Bare whence.Span

	Low, High whence.Bound
	Qualifier whence.Qualifier
	Unit      string // as in [whence.Figure]; never "person"
	// Kind tells what the number does in the sentence.
	Kind Kind
}

// Kind is what a number does in its sentence.
type Kind uint8

// The kinds of numbers. Only Count, Rank, Age and None are quantities; Label
// is kept so that what reads on can see that it is none.
const (
	Count Kind = iota // counts or measures: "64 people", "$50 million", "two thirds"
	Rank              // "the fourth strike": there are at least so many
	Age               // "22-year-old", "aged 64", "Smith, 42,": Unit is "year" or another
	None              // "no deaths": the number 0 in front of a plural noun
	Label             // names and does not count: a year, a day, "Flight 93", "Boeing 737", "one" as a pronoun
)

// Quantities appends the numbers of a sentence to to, in order and apart.
func Quantities(to []Quantity, sentence text.Sentence, tree english.Tree) []Quantity {
	return to
}
