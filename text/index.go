package text

import (
	"sort"
	"unicode/utf8"

	"whence"
)

// stride is how many code points lie between two samples of an Index: its
// table takes 8 bytes for each, and a look-up walks over fewer than that many.
const stride = 128

// Index converts between code points and bytes of one text. It keeps the text
// and, unless that is ASCII throughout, the byte offset of every 128th code
// point (1/16 byte each). It does not change and may be shared.
//
// A byte that is not part of valid UTF-8 counts as one code point, as in a
// range loop over the string; [whence.Span] counts the same way. Offsets
// outside the text panic, as in a slice expression.
type Index struct {
	s       string
	n       int   // code points
	samples []int // byte offset of code point i*stride; nil for ASCII
}

// NewIndex indexes s in one pass.
func NewIndex(s string) *Index {
	ascii := asciiPrefix(s)
	if ascii == len(s) {
		return &Index{s: s, n: len(s)}
	}
	x := &Index{s: s, samples: make([]int, 0, len(s)/stride+1)}
	for at := range s {
		if x.n%stride == 0 {
			x.samples = append(x.samples, at)
		}
		x.n++
	}
	return x
}

// asciiPrefix is the length of the longest prefix of s that is ASCII.
func asciiPrefix(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		if (s[i]|s[i+1]|s[i+2]|s[i+3]|s[i+4]|s[i+5]|s[i+6]|s[i+7])&utf8.RuneSelf != 0 {
			break
		}
	}
	for i < len(s) && s[i] < utf8.RuneSelf {
		i++
	}
	return i
}

// Len is the number of code points.
func (x *Index) Len() int { return x.n }

// Byte is the byte offset of code point cp; Byte(Len()) is the length of the
// text in bytes.
func (x *Index) Byte(cp int) int {
	if cp < 0 || cp > x.n {
		panic("text: code point outside of the text")
	}
	switch {
	case x.samples == nil:
		return cp
	case cp == x.n:
		return len(x.s)
	}
	at := x.samples[cp/stride]
	return at + skip(x.s[at:], cp%stride)
}

// skip is the number of bytes of the first n code points of s, or of all of s
// if it holds fewer.
func skip(s string, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		if s[at] < utf8.RuneSelf {
			at++
			continue
		}
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

// CodePoint is the code point that holds byte offset b; at the text's length
// in bytes it is Len().
func (x *Index) CodePoint(b int) int {
	if b < 0 || b > len(x.s) {
		panic("text: byte outside of the text")
	}
	switch {
	case x.samples == nil:
		return b
	case b == len(x.s):
		return x.n
	}
	i := sort.SearchInts(x.samples, b+1) - 1
	at, cp := x.samples[i], i*stride
	for {
		size := 1
		if x.s[at] >= utf8.RuneSelf {
			_, size = utf8.DecodeRuneInString(x.s[at:])
		}
		if b < at+size {
			return cp
		}
		at, cp = at+size, cp+1
	}
}

// Slice is the text at sp, without copying.
func (x *Index) Slice(sp whence.Span) string { return x.s[x.Byte(sp.Start):x.Byte(sp.End)] }
