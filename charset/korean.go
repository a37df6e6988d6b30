package charset

import (
	"bytes"
	"strings"
	"sync"
	"unicode/utf8"
)

// iso2022KR decodes RFC 1557: between SO and SI, two bytes below 0x80 are one
// character of KS X 1001. The text is turned into EUC-KR, without the shifts
// and the designation at the head of the text, which are no characters.
func iso2022KR(data []byte) string {
	const designation = "\x1B$)C"
	out := make([]byte, 0, len(data))
	shifted := false
	for i := 0; i < len(data); i++ {
		c := data[i]
		switch {
		case c == 0x0E:
			shifted = true
		case c == 0x0F:
			shifted = false
		case c == 0x1B && bytes.HasPrefix(data[i:], []byte(designation)):
			i += len(designation) - 1
		case shifted && c > 0x20 && c < 0x7F:
			out = append(out, c|0x80)
		default:
			out = append(out, c)
		}
	}
	return eucKR(out)
}

// Johab (KS X 1001, annex 3) spells a Hangul syllable as five bits each for
// initial, vowel and final after a leading 1. These tables give the number in
// Unicode's order for each five bits; empty is the filler, none is undefined.
const (
	none  = -1
	empty = -2
)

var johabInitial = johabRow(1, [2]int{2, 20})
var johabVowel = johabRow(2, [2]int{3, 7}, [2]int{10, 15}, [2]int{18, 23}, [2]int{26, 29})
var johabFinal = johabRow(1, [2]int{2, 17}, [2]int{19, 29})

// johabRow numbers the codes of ranges (first and last, inclusive) from 0.
func johabRow(filler int, ranges ...[2]int) (row [32]int) {
	for i := range row {
		row[i] = none
	}
	row[filler] = empty
	n := 0
	for _, r := range ranges {
		for code := r[0]; code <= r[1]; code++ {
			row[code] = n
			n++
		}
	}
	return row
}

// Letters that stand alone are compatibility jamo.
var (
	aloneInitial = []rune("ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ")
	aloneFinal   = []rune("ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
)

const aloneVowel = 'ㅏ'

// johab decodes Johab; a byte pair that it does not define becomes U+FFFD.
func johab(data []byte) string {
	var b strings.Builder
	b.Grow(len(data) + len(data)/2)
	for i := 0; i < len(data); i++ {
		c := data[i]
		if c < utf8.RuneSelf {
			b.WriteByte(c)
			continue
		}
		if i+1 == len(data) {
			b.WriteRune(utf8.RuneError)
			break
		}
		r := johabPair(c, data[i+1])
		if r != utf8.RuneError || data[i+1] >= utf8.RuneSelf {
			i++ // an ASCII byte after a broken one stays
		}
		b.WriteRune(r)
	}
	return b.String()
}

func johabPair(lead, trail byte) rune {
	switch {
	case lead >= 0x84 && lead <= 0xD3:
		return johabHangul(lead, trail)
	case lead >= 0xD9 && lead <= 0xDE:
		return johabSymbol(0x21+2*int(lead-0xD9), trail)
	case lead >= 0xE0 && lead <= 0xF9:
		return johabSymbol(0x4A+2*int(lead-0xE0), trail)
	}
	return utf8.RuneError
}

func johabHangul(lead, trail byte) rune {
	initial := johabInitial[lead>>2&31]
	vowel := johabVowel[(lead&3)<<3|trail>>5]
	final := johabFinal[trail&31]
	switch {
	case initial == none || vowel == none || final == none:
		return utf8.RuneError
	case initial >= 0 && vowel >= 0:
		return rune(0xAC00 + (initial*21+vowel)*28 + max(final, -1) + 1)
	case initial >= 0 && vowel == empty && final == empty:
		return aloneInitial[initial]
	case initial == empty && vowel >= 0 && final == empty:
		return aloneVowel + rune(vowel)
	case initial == empty && vowel == empty && final >= 0:
		return aloneFinal[final]
	case initial == empty && vowel == empty && final == empty:
		return 'ㅤ' // Hangul filler
	}
	return utf8.RuneError
}

// johabSymbol finds a character other than Hangul: one lead byte holds two
// rows of KS X 1001, from row on.
func johabSymbol(row int, trail byte) rune {
	var cell int
	switch {
	case trail >= 0x31 && trail <= 0x7E:
		cell = int(trail) - 0x31
	case trail >= 0x91 && trail <= 0xFE:
		cell = int(trail) - 0x43
	default:
		return utf8.RuneError
	}
	return ksX1001()[row+cell/94-0x21][cell%94]
}

// ksX1001 is the character at each row and cell of the standard, both from 0.
var ksX1001 = sync.OnceValue(func() *[94][94]rune {
	var table [94][94]rune
	for row := range table {
		for cell := range table[row] {
			table[row][cell], _ = utf8.DecodeRuneInString(eucKR([]byte{byte(0xA1 + row), byte(0xA1 + cell)}))
		}
	}
	return &table
})
