package figure

import (
	"unicode/utf8"

	"whence/text"
)

// decimal is the number m times ten to the power e.
type decimal struct {
	m int64
	e int
}

// tens are the powers of ten that a float64 holds exactly.
var tens = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// times is the number times ten to a power, rounded once. It is false where no
// float64 is near enough.
func (d decimal) times(power int) (float64, bool) {
	e := d.e + power
	switch {
	case e >= 0 && e < len(tens):
		return float64(d.m) * tens[e], true
	case e < 0 && -e < len(tens):
		return float64(d.m) / tens[-e], true
	}
	return 0, false
}

// mostDigits is how many digits a value may have to be known exactly: whole
// numbers of so many are exact in a float64.
const mostDigits = 15

// numeral is a number in digits, as written.
type numeral struct {
	to    int // the token after it
	end   int // code point after its digits, which may be inside of the last token
	value decimal
	known bool
	rest  string // what is written to the digits in the same token: "ml"
	bare  bool   // digits alone: no separator, no fraction
	comma bool   // with groups set off
}

// zeros are the zeros of the scripts whose digits are read.
var zeros = [...]rune{'0', '٠', '۰', '०', '０'}

// digitOf is the value of a digit, or -1.
func digitOf(r rune) int {
	if r < utf8.RuneSelf {
		if '0' <= r && r <= '9' {
			return int(r - '0')
		}
		return -1
	}
	for _, z := range zeros {
		if z <= r && r < z+10 {
			return int(r - z)
		}
	}
	return -1
}

// startsDigit tells whether a token starts as a number in digits.
func startsDigit(s string) bool {
	switch b := s[0]; {
	case '0' <= b && b <= '9':
		return true
	case b < utf8.RuneSelf:
		return b == '.' && len(s) > 1 && '0' <= s[1] && s[1] <= '9'
	}
	r, _ := utf8.DecodeRuneInString(s)
	return digitOf(r) >= 0
}

// digits reads the number in digits at token i, across the tokens that are
// written together: "12,34,567" is cut in three. With spaced, blanks may set
// off its thousands too.
func digits(tokens []text.Token, i int, spaced bool) numeral {
	var f figureForm
	n := numeral{to: i + 1, end: tokens[i].Start}
	n.end += f.take(tokens[i].Text)
	n.rest = f.rest
	for n.rest == "" && n.to+1 < len(tokens) && joins(tokens, n.to) && !listed(tokens, i) {
		f.take(tokens[n.to].Text)
		taken := f.take(tokens[n.to+1].Text)
		n.end = tokens[n.to+1].Start + taken
		n.rest = f.rest
		n.to += 2
	}
	if f.list() {
		return digits(tokens[:i+1], i, false)
	}
	for spaced && n.rest == "" && f.spaced() && n.to < len(tokens) && gap(tokens, n.to) == 1 && isGroup(tokens[n.to].Text) {
		f.next()
		n.end += 1 + f.take(tokens[n.to].Text)
		n.to++
	}
	if n.rest == "" && f.parts > 1 && f.marks[f.parts-2] == ' ' && n.to+1 < len(tokens) && tokens[n.to].Text == "," && joins(tokens, n.to) {
		f.take(",") // "1 234 567,89"
		n.end = tokens[n.to+1].Start + f.take(tokens[n.to+1].Text)
		n.rest = f.rest
		n.to += 2
	}
	n.value, n.known = f.read()
	n.bare, n.comma = f.parts == 1 && !f.fraction(), f.parts > 1
	return n
}

// joins tells whether the separator at token i, and digits, are written to the
// number before.
func joins(tokens []text.Token, i int) bool {
	switch tokens[i].Text {
	case ",", ".", "'", "’", "٬", "٫":
		return gap(tokens, i) == 0 && gap(tokens, i+1) == 0 && tokens[i+1].Text[0] != '.' && startsDigit(tokens[i+1].Text)
	}
	return false
}

// listed tells whether token i is the second or a later number of a list set
// without blanks: "22,24,26".
func listed(tokens []text.Token, i int) bool {
	return i > 1 && tokens[i-1].Text == "," && gap(tokens, i) == 0 && gap(tokens, i-1) == 0 && startsDigit(tokens[i-2].Text)
}

// gap is how many code points of white space stand before token i.
func gap(tokens []text.Token, i int) int {
	if i <= 0 || i >= len(tokens) {
		return 2
	}
	return tokens[i].Start - tokens[i-1].End
}

// isGroup tells whether a token is three digits.
func isGroup(s string) bool {
	return len(s) == 3 && digitOf(rune(s[0])) >= 0 && digitOf(rune(s[1])) >= 0 && digitOf(rune(s[2])) >= 0
}

// figureForm is a number in digits as it is set, group by group.
type figureForm struct {
	value  int64
	digits int     // significant
	parts  int     // groups
	marks  [8]byte // separators between groups
	groups [9]uint8
	rest   string
	over   bool
}

// take reads the digits and separators of s, and gives how many code points
// it took; what stands after them is the rest.
func (f *figureForm) take(s string) int {
	if f.parts == 0 {
		f.parts = 1
	}
	n := 0
	for at, r := range s {
		d := digitOf(r)
		switch {
		case d >= 0:
			f.digit(d)
		case (r == ',' || r == '.' || r == '\'' || r == '’' || r == '٬' || r == '٫') && (at+1 < len(s) && digitOf(rune(s[at+1])) >= 0 || len(s) == utf8.RuneLen(r)):
			f.mark(r)
		default:
			f.rest = s[at:]
			return n
		}
		n++
	}
	return n
}

func (f *figureForm) digit(d int) {
	g := &f.groups[f.parts-1]
	if *g < 200 {
		*g++
	}
	if f.digits > 0 || d > 0 {
		f.digits++
	}
	if f.digits <= mostDigits+3 {
		f.value = f.value*10 + int64(d)
	} else {
		f.over = true
	}
}

func (f *figureForm) mark(r rune) {
	if f.parts == len(f.groups) {
		f.over = true
		return
	}
	switch r {
	case '’':
		r = '\''
	case '٬': // thousands in Arabic script
		r = ','
	case '٫': // its decimals
		r = '.'
	}
	f.marks[f.parts-1] = byte(r)
	f.parts++
}

// next opens a group after a blank.
func (f *figureForm) next() { f.mark(' ') }

// spaced tells whether blanks may set off groups of the number so far.
func (f *figureForm) spaced() bool {
	if f.parts == 1 {
		return f.groups[0] <= 3
	}
	return f.marks[f.parts-2] == ' '
}

// list tells that commas stand between numbers rather than in one: more than
// one of them, and nowhere three digits after.
func (f *figureForm) list() bool {
	if f.parts < 3 {
		return false
	}
	for i := 1; i < f.parts; i++ {
		if f.marks[i-1] != ',' || f.groups[i] >= 3 {
			return false
		}
	}
	return true
}

// fraction tells whether the last group comes after a decimal point or comma.
func (f *figureForm) fraction() bool {
	if f.parts < 2 {
		return false
	}
	last := f.marks[f.parts-2]
	switch last {
	case '.':
		return f.even(',', f.parts-1) || f.even('\'', f.parts-1) || f.even(' ', f.parts-1)
	case ',':
		return f.parts > 2 && f.groups[f.parts-1] != 3 && (f.even('.', f.parts-1) || f.even(' ', f.parts-1))
	}
	return false
}

// even tells whether the first parts are groups of digits set off by mark:
// threes, or twos before a last three, as in India.
func (f *figureForm) even(mark byte, parts int) bool {
	if parts > 1 && (f.groups[0] == 0 || f.groups[0] > 3) {
		return false
	}
	indian := mark == ',' && parts > 2 && f.groups[1] == 2 && f.groups[0] <= 2
	for i := 1; i < parts; i++ {
		want := uint8(3)
		if indian && i < parts-1 {
			want = 2
		}
		if f.marks[i-1] != mark || f.groups[i] != want {
			return false
		}
	}
	return true
}

// read is the value, where the form is one that a number can have.
func (f *figureForm) read() (decimal, bool) {
	if f.over {
		return decimal{}, false
	}
	d := decimal{m: f.value}
	whole := f.parts
	if f.fraction() {
		whole--
		d.e = -int(f.groups[whole])
	} else if whole > 1 && !f.even(f.marks[0], whole) || whole > 1 && f.marks[0] == '.' {
		return decimal{}, false
	}
	if f.groups[0] > 1 && f.leadingZero() || whole > 1 && f.leadingZero() {
		return decimal{}, false
	}
	for f.digits > mostDigits && d.m%10 == 0 {
		d.m, d.e = d.m/10, d.e+1
		f.digits--
	}
	return d, f.digits <= mostDigits
}

// leadingZero tells whether the whole part has fewer significant digits than
// digits: "007", "0,123".
func (f *figureForm) leadingZero() bool {
	whole := 0
	for i := 0; i < f.parts; i++ {
		whole += int(f.groups[i])
	}
	return f.digits < whole
}

// power reads the power that a number in digits is raised to, written to it at
// token at ("^", perhaps a sign, digits), and the token after it, which is at
// itself where there is none. It is not known where the exponent cannot be.
func power(tokens []text.Token, at int) (exponent int, to int, known bool) {
	if at >= len(tokens) || tokens[at].Text != "^" || gap(tokens, at) != 0 {
		return 0, at, true
	}
	return exponentAt(tokens, at+1)
}

// exponentIn reads the exponent in letters written to digits: "e10".
func exponentIn(s string) (exponent int, known bool) {
	const longest = 4
	if len(s) < 2 || len(s) > longest || s[0]|0x20 != 'e' {
		return 0, false
	}
	for i := 1; i < len(s); i++ {
		d := digitOf(rune(s[i]))
		if d < 0 {
			return 0, false
		}
		exponent = exponent*10 + d
	}
	return exponent, true
}

// exponentAt reads the exponent written at token at.
func exponentAt(tokens []text.Token, at int) (exponent int, to int, known bool) {
	const longest = 3
	sign := 1
	for to = at; to < len(tokens) && gap(tokens, to) == 0; to++ {
		s := tokens[to].Text
		if s[0] == '-' || s[0] == '+' {
			if s[0] == '-' {
				sign = -sign
			}
			if s = s[1:]; s == "" {
				continue
			}
		}
		for i := range len(s) {
			if d := digitOf(rune(s[i])); d >= 0 && len(s) <= longest {
				exponent = exponent*10 + d
				continue
			}
			return 0, to + 1, false
		}
		return sign * exponent, to + 1, true
	}
	return 0, max(to, at), false
}
