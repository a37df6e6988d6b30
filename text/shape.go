package text

import (
	"strings"
	"unicode/utf8"
)

// shape is what a token looks like.
type shape uint8

const (
	edge shape = iota // of the part: no token
	lowerWord
	capitalised
	capitals
	letterAlone // one upper-case letter
	number
	alphanumeric
	stop // .
	dots // .. ... …
	bang // ! and ?, also several
	colon
	semicolon
	comma
	hyphenMark
	dash
	quoteMark // straight, either side
	openQuote
	closeQuote
	openBracket
	closeBracket
	bullet
	emoticon
	currency
	webAddress
	otherMark

	lastShape = otherMark
)

// asciiMark is the shape of an ASCII mark that stands alone.
func asciiMark(b byte) shape {
	switch b {
	case '.':
		return stop
	case ',':
		return comma
	case '!', '?':
		return bang
	case ':':
		return colon
	case ';':
		return semicolon
	case '-':
		return hyphenMark
	case '"', '\'':
		return quoteMark
	case '`':
		return openQuote
	case '(', '[', '{', '<':
		return openBracket
	case ')', ']', '}', '>':
		return closeBracket
	case '*', '+':
		return bullet
	case '$', '#':
		return currency
	}
	return otherMark
}

// markShapes are the shapes of other marks.
var markShapes = map[string]shape{
	"…": dots, "–": dash, "—": dash, "―": dash,
	"''": closeQuote, "”": closeQuote, "’": closeQuote, "’’": closeQuote, "»": closeQuote,
	"``": openQuote, "“": openQuote, "‘": openQuote, "„": openQuote, "«": openQuote, "‘’": quoteMark,
	"<<": openBracket, ">>": closeBracket, "**": bullet, "***": bullet, "•": bullet, "·": bullet, "■": bullet, "►": bullet,
	"£": currency, "€": currency, "¥": currency,
}

// shapeOf is the shape of the token t.
func shapeOf(t string) shape {
	k, size := classAt(t, 0)
	if k&mark != 0 {
		return markShape(t, size)
	}
	kinds, points := k, 0
	for at := size; at < len(t); at += size {
		var next class
		next, size = classAt(t, at)
		kinds |= next
		if t[at] == '.' && at > 2 {
			points++
		}
	}
	switch {
	case kinds&address != 0 || points > 0 && kinds&(lower|upper) != 0:
		return webAddress
	case kinds&digit != 0 && kinds&(lower|upper) == 0:
		return number
	case kinds&digit != 0:
		return alphanumeric
	case k&upper == 0:
		return lowerWord
	case size == len(t):
		return letterAlone
	case kinds&lower == 0:
		return capitals
	}
	return capitalised
}

// markShape is the shape of a token that starts with a mark of size bytes.
func markShape(t string, size int) shape {
	b := t[0]
	if len(t) == 1 && b < utf8.RuneSelf {
		return asciiMark(b)
	}
	if s := markShapes[t]; s != edge {
		return s
	}
	switch {
	case b == '.':
		return dots
	case b == '!' || b == '?':
		return bang
	case b == '-' && size < len(t) && t[1] == '-':
		return dash
	case len(t) > 1 && strings.IndexByte(eyes, b) >= 0:
		return emoticon
	}
	return otherMark
}

// word tells whether the shape is one of letters or digits.
func (s shape) word() bool { return s >= lowerWord && s <= alphanumeric || s == webAddress }

// ends tells whether a sentence ends with such a mark as a rule.
func (s shape) ends() bool { return s == stop || s == dots || s == bang }

// closes tells whether the mark, written to what is before it, stays with it.
func (s shape) closes() bool { return s == quoteMark || s == closeQuote || s == closeBracket }
