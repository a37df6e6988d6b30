package text

import (
	"unicode"
	"unicode/utf8"
)

// class says what a code point is for the scanner; a chunk's classes are
// collected by or.
type class uint8

const (
	blank     class = 1 << iota // white space
	invisible                   // zero-width and direction controls: inside a word part of it, elsewhere passed over as white space
	lower                       // letters without case, combining marks and broken bytes too
	upper
	digit   // 0 to 9
	mark    // punctuation, symbols, control characters: everything else
	address // with mark: @ and /, which web and mail addresses hold
	high    // with any: outside ASCII

	wordly = lower | upper | digit
)

// asciiClass is the class of every ASCII code point. The low line counts as a
// letter: it stands inside of names and alone as a rule.
var asciiClass = [utf8.RuneSelf]class{
	mark, mark, mark, mark, mark, mark, mark, mark, mark, blank, blank, blank, blank, blank, mark, mark,
	mark, mark, mark, mark, mark, mark, mark, mark, mark, mark, mark, mark, mark, mark, mark, mark,
	blank, mark, mark, mark, mark, mark, mark, mark, mark, mark, mark, mark, mark, mark, mark, mark | address,
	digit, digit, digit, digit, digit, digit, digit, digit, digit, digit, mark, mark, mark, mark, mark, mark,
	mark | address, upper, upper, upper, upper, upper, upper, upper, upper, upper, upper, upper, upper, upper, upper, upper,
	upper, upper, upper, upper, upper, upper, upper, upper, upper, upper, upper, mark, mark, mark, mark, lower,
	mark, lower, lower, lower, lower, lower, lower, lower, lower, lower, lower, lower, lower, lower, lower, lower,
	lower, lower, lower, lower, lower, lower, lower, lower, lower, lower, lower, mark, mark, mark, mark, mark,
}

// classAt is the class of the code point at byte at of s, and its size.
func classAt(s string, at int) (class, int) {
	if b := s[at]; b < utf8.RuneSelf {
		return asciiClass[b], 1
	}
	r, size := utf8.DecodeRuneInString(s[at:])
	return classOf(r) | high, size
}

// classOf is the class of a code point outside ASCII. Broken bytes hold words
// of a wrongly decoded text together, so the replacement character that they
// decode to is a letter.
func classOf(r rune) class {
	switch {
	case r >= 0x2000 && r <= 0x206F:
		return punctuationClass(r)
	case r == '\u00AD' || r == '\uFEFF':
		return invisible
	case r == utf8.RuneError:
		return lower
	case unicode.IsSpace(r):
		return blank
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return upper
	case unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r):
		return lower
	case unicode.Is(unicode.Cf, r):
		return invisible
	}
	return mark
}

// punctuationClass is the class of a code point of the block General
// Punctuation.
func punctuationClass(r rune) class {
	switch {
	case r <= 0x200A || r == 0x2028 || r == 0x2029 || r == 0x202F || r == 0x205F:
		return blank
	case r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060:
		return invisible
	}
	return mark
}
