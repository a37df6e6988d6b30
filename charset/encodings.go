package charset

import (
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// anEncoding is one that can be declared.
type anEncoding struct {
	name   string
	decode func([]byte) string
	// passes: its bytes can all lie below 0x80, and so pass for UTF-8.
	passes bool
	// belied tells that data cannot be in this encoding, whatever is declared.
	belied func([]byte) bool
}

func never([]byte) bool { return false }

// with decodes by a library's encoding. Should that fail, windows-1252 cannot.
func with(e encoding.Encoding) func([]byte) string {
	return func(data []byte) string {
		out, err := e.NewDecoder().Bytes(data)
		if err != nil {
			return windows1252(data)
		}
		return string(out)
	}
}

// windows1252 gives every byte a character: the five that the code page
// leaves open are the controls of that number, as in the WHATWG's table.
func windows1252(data []byte) string {
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for len(data) > 0 {
		plain := 0
		for plain < len(data) && data[plain] < utf8.RuneSelf {
			plain++
		}
		b.Write(data[:plain])
		for data = data[plain:]; len(data) > 0 && data[0] >= utf8.RuneSelf; data = data[1:] {
			r := charmap.Windows1252.DecodeByte(data[0])
			if r == utf8.RuneError {
				r = rune(data[0])
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// repairUTF8 puts U+FFFD for what is not valid, one for each maximal part of
// a character, as the Unicode Standard recommends.
func repairUTF8(data []byte) string { return with(unicode.UTF8)(data) }

// wideEncodings are those whose units are larger than a byte, by name.
var wideEncodings = sync.OnceValue(func() map[string]anEncoding {
	all := map[string]anEncoding{}
	for name, e := range map[string]encoding.Encoding{
		nameUTF16LE: unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		nameUTF16BE: unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
		nameUTF32LE: utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM),
		nameUTF32BE: utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM),
	} {
		all[name] = anEncoding{name: name, decode: with(e), passes: true, belied: asciiCompatible}
	}
	return all
})

// asciiCompatible tells whether nine tenths of the first bytes are
// printable ASCII or white space, which no text in UTF-16 or UTF-32 reaches.
func asciiCompatible(data []byte) bool {
	sample := data[:min(len(data), sampleSize)]
	ascii := 0
	for _, c := range sample {
		if c >= ' ' && c < 0x7F || c == '\n' || c == '\r' || c == '\t' {
			ascii++
		}
	}
	return 10*ascii >= 9*len(sample)
}

// special are the encodings that need more than the library's decoder, or
// that the WHATWG's list lacks or forbids, by name.
var special = sync.OnceValue(func() map[string]anEncoding {
	all := map[string]anEncoding{
		nameUTF8: {decode: repairUTF8, belied: func(data []byte) bool { return count(data).beliesUTF8() }},
		nameWindows1252: {decode: windows1252, belied: func(data []byte) bool {
			return count(data).mostlyUTF8()
		}},
		"iso-2022-jp": {decode: with(japanese.ISO2022JP), passes: true},
		"iso-2022-kr": {decode: iso2022KR, passes: true},
		"hz-gb-2312":  {decode: with(simplifiedchinese.HZGB2312), passes: true},
		"johab":       {decode: johab},
		"euc-tw":      {decode: eucTW},
	}
	for name, page := range map[string]*charmap.Charmap{
		"ibm437": charmap.CodePage437, "ibm850": charmap.CodePage850, "ibm852": charmap.CodePage852,
		"ibm855": charmap.CodePage855, "ibm858": charmap.CodePage858, "ibm860": charmap.CodePage860,
		"ibm862": charmap.CodePage862, "ibm863": charmap.CodePage863, "ibm865": charmap.CodePage865,
	} {
		all[name] = anEncoding{decode: with(page)}
	}
	for name, e := range all {
		e.name = name
		if e.belied == nil {
			e.belied = never
		}
		all[name] = e
	}
	return all
})

// spellings are labels outside the WHATWG's list, reduced to lower-case
// letters and digits, and what they mean.
var spellings = map[string]string{
	"utf8": nameUTF8, "utf8mb4": nameUTF8, "utf8sig": nameUTF8, "u8": nameUTF8, "cp65001": nameUTF8,
	"u16": nameUTF16LE, "utf16": nameUTF16LE, "utf16le": nameUTF16LE, "utf16be": nameUTF16BE,
	"ucs2": nameUTF16LE, "unicode": nameUTF16LE,
	"u32": nameUTF32LE, "utf32": nameUTF32LE, "utf32le": nameUTF32LE, "utf32be": nameUTF32BE, "ucs4": nameUTF32LE,
	"latin1": nameWindows1252, "ascii": nameWindows1252, "usascii": nameWindows1252, "646": nameWindows1252,
	"latin2": "iso-8859-2", "latin9": "iso-8859-15",
	"cp932": "shift_jis", "shiftjis": "shift_jis", "windows932": "shift_jis",
	"eucjp": "euc-jp", "ujis": "euc-jp", "iso2022jp": "iso-2022-jp",
	"cp949": "euc-kr", "uhc": "euc-kr", "euckr": "euc-kr", "ksx1001": "euc-kr", "ksc56011987": "euc-kr",
	"euctw": "euc-tw", "xeuctw": "euc-tw", "cns11643": "euc-tw",
	"johab": "johab", "cp1361": "johab", "ms1361": "johab",
	"iso2022kr": "iso-2022-kr", "csiso2022kr": "iso-2022-kr",
	"cp936": "gbk", "windows936": "gbk", "euccn": "gbk", "gb231280": "gbk", "gb2312": "gbk",
	"hz": "hz-gb-2312", "hzgb": "hz-gb-2312", "hzgb2312": "hz-gb-2312",
	"cp950": "big5", "windows950": "big5", "big5eten": "big5", "big5hkscs": "big5",
	"tis620": "windows-874", "iso885911": "windows-874",
	"macroman": "macintosh", "xmacroman": "macintosh", "macintosh": "macintosh",
	"maccyrillic": "x-mac-cyrillic", "xmaccyrillic": "x-mac-cyrillic",
	"koi8r": "koi8-r", "koi8u": "koi8-u",
}

// lookup finds the encoding of a label, in any spelling.
func lookup(label string) (anEncoding, bool) {
	key := reduce(label)
	if key == "" {
		return anEncoding{}, false
	}
	name, ok := spellings[key]
	if !ok {
		name = renumber(key)
	}
	if e, ok := special()[name]; ok {
		return e, true
	}
	if e, ok := wideEncodings()[name]; ok {
		return e, true
	}
	return standard(name, label)
}

// standard finds an encoding in the WHATWG's list, by either of two labels.
func standard(labels ...string) (anEncoding, bool) {
	for _, l := range labels {
		e, err := htmlindex.Get(l)
		if err != nil || e == encoding.Replacement {
			continue
		}
		name, err := htmlindex.Name(e)
		if err != nil {
			continue
		}
		if s, ok := special()[name]; ok {
			return s, true
		}
		if w, ok := wideEncodings()[name]; ok {
			return w, true
		}
		return anEncoding{name: name, decode: with(e), belied: never}, true
	}
	return anEncoding{}, false
}

// longestLabel bounds what is taken for a label, in bytes.
const longestLabel = 64

// reduce keeps a label's letters and digits, in lower case.
func reduce(label string) string {
	if len(label) > longestLabel {
		return ""
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return -1
	}, label)
}

// families are names that end in a number, as their spellings begin and as
// the list begins them. Windows' pages are tried before IBM's.
var families = []struct{ spelled, name string }{
	{"iso8859", "iso-8859-"},
	{"windows", "windows-"}, {"win", "windows-"}, {"cp125", "windows-125"}, {"xcp125", "windows-125"}, {"ms125", "windows-125"},
	{"ibm", "ibm"}, {"cp", "ibm"}, {"dos", "ibm"}, {"csibm", "ibm"},
}

// renumber writes a reduced label of a numbered family as the list does.
func renumber(key string) string {
	for _, f := range families {
		number, ok := strings.CutPrefix(key, f.spelled)
		if ok && number != "" && strings.Trim(number, "0123456789") == "" {
			return f.name + number
		}
	}
	return key
}

// eucKR decodes Korean in two bytes a character.
func eucKR(data []byte) string { return with(korean.EUCKR)(data) }
