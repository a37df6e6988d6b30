// Package charset turns bytes into text.
//
// The encoding is settled by the first of these that the bytes do not belie:
//
//  1. a byte-order mark: UTF-8, UTF-16 and UTF-32, either byte order;
//  2. the NUL bytes of unmarked UTF-16 and UTF-32 (conservatively);
//  3. valid UTF-8;
//  4. the label given from outside, such as an HTTP header's charset;
//  5. the label that the data itself declares, in a <meta> element or an XML
//     declaration;
//  6. UTF-8 that a few bytes break;
//  7. windows-1252, which gives every byte a character.
//
// Labels are those of the WHATWG Encoding Standard, and beside them UTF-32,
// Johab, EUC-TW, ISO-2022-KR, HZ, the DOS code pages and the spellings that other
// programs write ("cp932", "MacRoman", "iso8859_2", "u16"). A label that is
// not known counts as none. UTF-7 and EBCDIC are refused in this way.
//
// The package promises valid UTF-8 for any bytes, and that nothing is lost or
// tidied on the way: line ends, NUL bytes, controls, bidirectional and
// zero-width characters stay as they are. Only a byte-order mark at the
// beginning is no part of the text. A byte that the encoding does not define
// becomes U+FFFD.
package charset

import (
	"bytes"
	"unicode/utf8"
)

// The names of encodings that the rules mention.
const (
	nameUTF8        = "utf-8"
	nameUTF16LE     = "utf-16le"
	nameUTF16BE     = "utf-16be"
	nameUTF32LE     = "utf-32le"
	nameUTF32BE     = "utf-32be"
	nameWindows1252 = "windows-1252"
)

// Decode gives the bytes as UTF-8 and the name of the encoding used: the
// WHATWG name where there is one, else the name in the package's table.
// label is an encoding declared outside the bytes (an HTTP header), or "".
func Decode(data []byte, label string) (s, name string) {
	return decode(data, label, func([]byte) string { return "" })
}

// HTML is Decode with the label declared in data itself after label: the XML
// declaration of XHTML, or the <meta> found in the first 4096 bytes by the
// rules of the HTML Standard.
func HTML(data []byte, label string) (s, name string) {
	return decode(data, label, declaredInHTML)
}

// XML is Decode with the label of data's own XML declaration after label.
func XML(data []byte, label string) (s, name string) {
	return decode(data, label, declaredInXML)
}

// decode applies the rules of the package comment. own finds the label that
// ASCII-compatible data declares in itself.
func decode(data []byte, label string, own func([]byte) string) (s, name string) {
	marked, size := mark(data)
	data = data[size:]
	name = marked
	if name == "" {
		name = unmarked(data)
	}
	if wide, ok := wideEncodings()[name]; ok {
		return wide.decode(data), name
	}
	valid := utf8.Valid(data)
	if valid && !passesForUTF8(data) {
		return string(data), nameUTF8
	}
	for _, claimed := range []string{marked, label, honest(own(data))} {
		e, ok := lookup(claimed)
		if !ok || valid && !e.passes || e.belied(data) {
			continue
		}
		return e.decode(data), e.name
	}
	if valid || count(data).mostlyUTF8() {
		return repairUTF8(data), nameUTF8
	}
	return windows1252(data), nameWindows1252
}

// passesForUTF8 tells whether valid UTF-8 may be something else that has no
// byte above 0x7F: it holds an escape or shift of ISO-2022, the "~{" of HZ or
// the NUL bytes of UTF-16. Then a declaration is heard first.
func passesForUTF8(data []byte) bool {
	return bytes.IndexByte(data, 0x1B) >= 0 || bytes.IndexByte(data, 0x0E) >= 0 ||
		bytes.IndexByte(data, 0) >= 0 || bytes.Contains(data, []byte("~{"))
}

// honest corrects a label that ASCII-compatible bytes declare of themselves:
// UTF-16 and UTF-32 cannot be true and mean UTF-8, x-user-defined means
// windows-1252 (both by the HTML Standard).
func honest(label string) string {
	e, ok := lookup(label)
	switch {
	case !ok:
		return label
	case e.name == "x-user-defined":
		return nameWindows1252
	}
	if _, wide := wideEncodings()[e.name]; wide {
		return nameUTF8
	}
	return label
}

// tally counts, in bytes that may be UTF-8, the characters of several bytes
// and the bytes that belong to none. A character cut off by the end of the
// data is neither.
type tally struct{ characters, invalid int }

func count(data []byte) tally {
	var t tally
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r != utf8.RuneError || size > 1:
			t.characters++
		case utf8.FullRune(data[i:]):
			t.invalid++
		default:
			return t
		}
		i += size
	}
	return t
}

// beliesUTF8: bytes said to be UTF-8 in which more is invalid than valid.
func (t tally) beliesUTF8() bool { return t.invalid > t.characters }

// mostlyUTF8: bytes not said to be UTF-8 that can be little else. Text in
// other encodings hardly ever forms 16 valid characters for one invalid byte.
func (t tally) mostlyUTF8() bool { return t.characters > 0 && t.characters >= 16*t.invalid }
