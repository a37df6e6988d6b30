package charset

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// marks are the byte-order marks; UTF-32LE stands before UTF-16LE, which
// begins it.
var marks = []struct {
	bytes string
	name  string
}{
	{"\xEF\xBB\xBF", nameUTF8},
	{"\x00\x00\xFE\xFF", nameUTF32BE},
	{"\xFF\xFE\x00\x00", nameUTF32LE},
	{"\xFE\xFF", nameUTF16BE},
	{"\xFF\xFE", nameUTF16LE},
}

// mark is the encoding that a byte-order mark at the beginning of data names,
// and the mark's size in bytes; "" and 0 without one.
func mark(data []byte) (name string, size int) {
	for _, m := range marks {
		if !bytes.HasPrefix(data, []byte(m.bytes)) {
			continue
		}
		// UTF-16LE whose first character is NUL also begins with FF FE 00 00.
		rest := data[len(m.bytes):]
		if m.name == nameUTF32LE && len(rest) > 0 && !beginsUTF32LE(rest) {
			continue
		}
		return m.name, len(m.bytes)
	}
	return "", 0
}

func beginsUTF32LE(data []byte) bool {
	return len(data) >= 4 && utf8.ValidRune(rune(binary.LittleEndian.Uint32(data)))
}

// sampleSize is how many bytes at the beginning unmarked looks at.
const sampleSize = 4096

// unmarked names the encoding of data that is UTF-16 or UTF-32 without a
// byte-order mark, or is "". It is conservative, as NUL bytes also stand in
// damaged text: of the first 4096 bytes, at least eight for UTF-32 and four
// for UTF-16,
//
//   - as UTF-32 every unit must be a code point other than NUL;
//   - as UTF-16 surrogates must be paired, no unit may be NUL, a noncharacter
//     or look like a Latin letter of the other byte order, and the high byte
//     must be NUL in enough units: in all, in the first two where they begin a
//     tag, or in eight and three of ten.
func unmarked(data []byte) string {
	sample := data[:min(len(data), sampleSize)&^3]
	if len(sample) < 4 || bytes.IndexByte(sample, 0) < 0 {
		return ""
	}
	for _, test := range []struct {
		name string
		is   bool
	}{
		{nameUTF32BE, len(sample) >= 8 && codePoints(sample, binary.BigEndian)},
		{nameUTF32LE, len(sample) >= 8 && codePoints(sample, binary.LittleEndian)},
		{nameUTF16BE, codeUnits(sample, binary.BigEndian)},
		{nameUTF16LE, codeUnits(sample, binary.LittleEndian)},
	} {
		if test.is {
			return test.name
		}
	}
	return ""
}

// codePoints tells whether data is a row of UTF-32 code points without NUL. A
// unit that the end of data cuts is not looked at.
func codePoints(data []byte, order binary.ByteOrder) bool {
	for ; len(data) >= 4; data = data[4:] {
		if u := order.Uint32(data); u == 0 || u > utf8.MaxRune || !utf8.ValidRune(rune(u)) {
			return false
		}
	}
	return true
}

// codeUnits tells whether data is UTF-16 of a kind that unmarked is sure of.
func codeUnits(data []byte, order binary.ByteOrder) bool {
	units := make([]uint16, len(data)/2)
	latin := 0
	for i := range units {
		u := order.Uint16(data[2*i:])
		switch {
		case u&0xFF == 0 && u < 0x3000, u >= 0xFFFE:
			// NUL, or the other byte order rather than U+0100 … U+2F00.
			return false
		case u < 0x100:
			latin++
		}
		units[i] = u
	}
	enough := latin == len(units) || latin >= 8 && 10*latin >= 3*len(units) || beginsTag(units)
	return enough && paired(units)
}

func beginsTag(units []uint16) bool {
	return units[0] == '<' && units[1] < 0x80
}

// paired tells whether all surrogates stand in pairs; the last unit may be
// the first half of one.
func paired(units []uint16) bool {
	for i := 0; i < len(units); i++ {
		if !utf16.IsSurrogate(rune(units[i])) {
			continue
		}
		if i+1 == len(units) {
			return units[i] < 0xDC00
		}
		if utf16.DecodeRune(rune(units[i]), rune(units[i+1])) == utf8.RuneError {
			return false
		}
		i++
	}
	return true
}
