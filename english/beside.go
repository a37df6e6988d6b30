package english

import (
	"strings"
	"sync"

	"whence/text"
)

// OldAt is the token after the words at token at that make a stretch of time
// an age, and at itself where there are none: "old", "- old", "of age".
func OldAt(tokens []text.Token, at int) int { return loadBeside().longest("after", tokens, at) }

// YearsOld is the token after the words at token at that make the number
// before them an age in years, and at itself where there are none: "yo".
func YearsOld(tokens []text.Token, at int) int { return loadBeside().longest("yo", tokens, at) }

// Another tells whether the word at token at makes the "one" before it a
// pronoun: "one another".
func Another(tokens []text.Token, at int) bool {
	return loadBeside().longest("another", tokens, at) > at
}

// HourMark tells whether the words at token at make the number before them a
// time of day: "p.m.", "o'clock".
func HourMark(tokens []text.Token, at int) bool { return loadBeside().longest("hour", tokens, at) > at }

// AgedBefore is where the words start that end before token end and make the
// number after them an age, and end itself where there are none: "aged".
func AgedBefore(tokens []text.Token, end int) int { return loadBeside().back("before", tokens, end) }

// Dated tells whether the word before token end makes four digits after it a
// year: "in", "since".
func Dated(tokens []text.Token, end int) bool {
	return end > 0 && loadBeside().back("dated", tokens, end) < end
}

// besideNumbers are phrases beside numbers, by what they make of them.
type besideNumbers map[string][][]string

var loadBeside = sync.OnceValue(func() besideNumbers {
	b := besideNumbers{}
	for _, fields := range table("numbers-beside.txt") {
		for _, phrase := range fields[1:] {
			b[fields[0]] = append(b[fields[0]], strings.Split(phrase, "_"))
		}
	}
	return b
})

func (b besideNumbers) longest(role string, tokens []text.Token, at int) int {
	end := at
	if at >= len(tokens) {
		return end
	}
	for _, words := range b[role] {
		if n := len(words); at+n > end && matches(words, tokens[at:]) {
			end = at + n
		}
	}
	return end
}

func (b besideNumbers) back(role string, tokens []text.Token, end int) int {
	from := end
	for _, words := range b[role] {
		if n := len(words); n <= end && end-n < from && matches(words, tokens[end-n:]) {
			from = end - n
		}
	}
	return from
}
