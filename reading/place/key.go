package place

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The key of a name is a hash (FNV-1a) of its words in lower case, without
// accents, full stops and apostrophes, with a blank for a hyphen, and with one
// spelling of words that are written in two ways ("St.", "Saint").
type keyState uint64

const (
	keyStart keyState = 14695981039346656037
	keyPrime keyState = 1099511628211
)

// spellings are words of names that are written in two ways.
var spellings = map[string]string{"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "&": "and"}

// longestWord bounds the bytes of a word that are looked at.
const longestWord = 48

// add goes on with one token of a name.
func (k keyState) add(token string) keyState {
	var buffer [longestWord]byte
	word := buffer[:0]
	for i := 0; i < len(token) && len(word) < longestWord-utf8.UTFMax; {
		c := token[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case 'A' <= c && c <= 'Z':
				word = append(word, c+'a'-'A')
			case c == '-':
				k, word = k.word(word), buffer[:0]
			case c == '.' || c == '\'' || c == '`' || c == ',':
			case c == ' ':
				k, word = k.word(word), buffer[:0]
			default:
				word = append(word, c)
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(token[i:])
		i += n
		if r == '–' || r == '‑' {
			k, word = k.word(word), buffer[:0]
			continue
		}
		word = appendPlain(word, r)
	}
	return k.word(word)
}

// word goes on with one plain word.
func (k keyState) word(w []byte) keyState {
	if len(w) == 0 {
		return k
	}
	if s, ok := spellings[string(w)]; ok {
		w = append(w[:0], s...)
	}
	for _, c := range w {
		k = (k ^ keyState(c)) * keyPrime
	}
	return (k ^ ' ') * keyPrime
}

// key is the part of the state that is kept.
func (k keyState) key() uint64 {
	return uint64(k^k>>31) * 0x9E3779B97F4A7C15 >> (64 - keyBits)
}

// keyOf is the key of a name.
func keyOf(name string) uint64 { return keyStart.add(name).key() }

// letters that do not fall apart into a plain letter and marks.
var letters = map[rune]string{
	'ø': "o", 'Ø': "o", 'đ': "d", 'Đ': "d", 'ł': "l", 'Ł': "l", 'ı': "i", 'ß': "ss", 'æ': "ae", 'Æ': "ae",
	'œ': "oe", 'Œ': "oe", 'þ': "th", 'Þ': "th", 'ð': "d", 'Ð': "d", 'ə': "e",
}

// appendPlain appends a letter without its marks; apostrophes and the like are
// left out.
func appendPlain(to []byte, r rune) []byte {
	if plain, ok := letters[r]; ok {
		return append(to, plain...)
	}
	var buffer [utf8.UTFMax]byte
	n := utf8.EncodeRune(buffer[:], r)
	decomposition := norm.NFD.Properties(buffer[:n]).Decomposition()
	if decomposition != nil {
		r, _ = utf8.DecodeRune(decomposition)
	}
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		if r = unicode.ToLower(r); r > unicode.MaxASCII {
			return utf8.AppendRune(to, r)
		}
		return append(to, byte(r))
	}
	return to
}
