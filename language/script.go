package language

import "sort"

// script is a system of writing.
type script uint8

const (
	noScript script = iota
	latin
	greek
	cyrillic
	armenian
	hebrew
	arabic
	thaana
	devanagari
	bengali
	gurmukhi
	gujarati
	oriya
	tamil
	telugu
	kannada
	malayalam
	sinhala
	thai
	lao
	tibetan
	myanmar
	georgian
	hangul
	ethiopic
	cherokee
	khmer
	mongolian
	kana
	han
	scriptEnd
)

// blocks are the ranges of code points that hold the letters of scripts, in
// order (Unicode 15, Blocks.txt).
var blocks = []struct {
	first, last rune
	script      script
}{
	{'A', 'Z', latin}, {'a', 'z', latin}, {0xaa, 0xaa, latin}, {0xba, 0xba, latin}, {0xc0, 0xd6, latin}, {0xd8, 0xf6, latin}, {0xf8, 0x2af, latin},
	{0x370, 0x3ff, greek}, {0x400, 0x52f, cyrillic}, {0x531, 0x587, armenian}, {0x591, 0x5f4, hebrew},
	{0x610, 0x6ff, arabic}, {0x750, 0x77f, arabic}, {0x780, 0x7b1, thaana}, {0x8a0, 0x8ff, arabic},
	{0x900, 0x97f, devanagari}, {0x980, 0x9ff, bengali}, {0xa00, 0xa7f, gurmukhi}, {0xa80, 0xaff, gujarati},
	{0xb00, 0xb7f, oriya}, {0xb80, 0xbff, tamil}, {0xc00, 0xc7f, telugu}, {0xc80, 0xcff, kannada},
	{0xd00, 0xd7f, malayalam}, {0xd80, 0xdff, sinhala}, {0xe00, 0xe7f, thai}, {0xe80, 0xeff, lao},
	{0xf00, 0xfff, tibetan}, {0x1000, 0x109f, myanmar}, {0x10a0, 0x10ff, georgian}, {0x1100, 0x11ff, hangul},
	{0x1200, 0x139f, ethiopic}, {0x13a0, 0x13ff, cherokee}, {0x1780, 0x17ff, khmer}, {0x1800, 0x18af, mongolian},
	{0x1c80, 0x1c8f, cyrillic}, {0x1c90, 0x1cbf, georgian}, {0x1e00, 0x1eff, latin}, {0x1f00, 0x1fff, greek},
	{0x2d00, 0x2d2f, georgian}, {0x2d80, 0x2ddf, ethiopic}, {0x2de0, 0x2dff, cyrillic},
	{0x3041, 0x30ff, kana}, {0x3131, 0x318e, hangul}, {0x31f0, 0x31ff, kana}, {0x3400, 0x4dbf, han},
	{0x4e00, 0x9fff, han}, {0xa640, 0xa69f, cyrillic}, {0xac00, 0xd7a3, hangul}, {0xf900, 0xfaff, han},
	{0xfb1d, 0xfb4f, hebrew}, {0xfb50, 0xfdff, arabic}, {0xfe70, 0xfefc, arabic}, {0xff66, 0xff9f, kana},
	{0x20000, 0x3ffff, han},
}

// scriptOf is the script of a letter or mark, noScript for all else.
func scriptOf(r rune) script {
	at := sort.Search(len(blocks), func(i int) bool { return blocks[i].last >= r })
	if at < len(blocks) && blocks[at].first <= r {
		return blocks[at].script
	}
	return noScript
}

// plain are the scripts of ASCII.
var plain = func() (of [0x80]script) {
	for r := range of {
		of[r] = scriptOf(rune(r))
	}
	return of
}()

// sole are the scripts that one language alone is commonly written in.
var sole = [scriptEnd]string{
	greek: "el", armenian: "hy", thaana: "dv", gurmukhi: "pa", gujarati: "gu", oriya: "or", tamil: "ta", telugu: "te",
	kannada: "kn", malayalam: "ml", sinhala: "si", thai: "th", lao: "lo", tibetan: "bo", myanmar: "my", georgian: "ka",
	hangul: "ko", cherokee: "chr", khmer: "km", mongolian: "mn", kana: "ja", han: "zh",
}

// worth is how many letters of an alphabet a letter of a script stands for,
// where it is more than one.
var worth = [scriptEnd]int{hangul: 2, kana: 2, han: 3}
