package figure

import (
	"math"
	"unicode/utf8"

	"whence/english"
	"whence/text"
)

// number is one number as the words give it.
type number struct {
	from, to   int // tokens
	start, end int // code points, the end maybe inside of the last token
	value      float64
	known      bool
	form       form
	written    bool    // in digits
	bare       bool    // digits without separators
	scale      float64 // of the scale word at its end, 0 where there is none
	rest       string  // letters written to the digits that no scale explains
	grand      bool    // holds "thousand" or more
	alone      bool    // one plain word
}

// form is what sort of number it is.
type form uint8

const (
	cardinal form = iota
	ordinal
	part  // "two thirds", "half"
	vague // "several", "dozens"
)

// numbers reads the numbers of a sentence.
type numbers struct {
	tokens []text.Token
	tree   english.Tree
	money  bool // a sign of money stands before the number at hand
	skip   int  // how many letters of its first token are that sign: "Rs500"
	aged   int  // where the last number ends that was an age
}

// role is what the word at token i does in a number.
func (s *numbers) role(i int) english.Numeral {
	if i < 0 || i >= len(s.tokens) {
		return english.Numeral{}
	}
	return english.NumeralOf(s.tokens[i].Text)
}

func (s *numbers) is(i int, role english.NumeralRole) bool { return s.role(i).Role == role }

// isText tells whether token i is a mark.
func (s *numbers) isText(i int, marks ...string) bool {
	if i < 0 || i >= len(s.tokens) {
		return false
	}
	for _, m := range marks {
		if s.tokens[i].Text == m {
			return true
		}
	}
	return false
}

// glued tells whether token i is written to the one before.
func (s *numbers) glued(i int) bool { return gap(s.tokens, i) == 0 }

// maybe tells quickly whether a number may start at token i.
func (s *numbers) maybe(i int) bool {
	t := s.tokens[i].Text
	switch b := t[0]; {
	case '0' <= b && b <= '9' || b == '.':
		return startsDigit(t)
	case 'A' <= b && b <= 'Z' && '0' <= t[len(t)-1] && t[len(t)-1] <= '9':
		return s.sign(i) > 0
	case b < utf8.RuneSelf:
		return english.MayBeNumber(t)
	}
	r, _ := utf8.DecodeRuneInString(t)
	return digitOf(r) >= 0 || vulgar(r) != 0
}

// vulgar is the value of a fraction in one character, or 0.
func vulgar(r rune) float64 {
	switch {
	case r == '½':
		return 1.0 / 2
	case r == '¼':
		return 1.0 / 4
	case r == '¾':
		return 3.0 / 4
	case '⅐' <= r && r <= '⅞':
		return fractions[r-'⅐']
	}
	return 0
}

// fractions are those from U+2150 on.
var fractions = [...]float64{1.0 / 7, 1.0 / 9, 1.0 / 10, 1.0 / 3, 2.0 / 3, 1.0 / 5, 2.0 / 5, 3.0 / 5, 4.0 / 5, 1.0 / 6, 5.0 / 6, 1.0 / 8, 3.0 / 8, 5.0 / 8, 7.0 / 8}

// number reads the number at token i, with the article before a scale or part.
// With apart, it ends at "and", which then stands between two numbers.
func (s *numbers) number(i int, apart bool) (number, bool) {
	n, ok := s.plain(i, apart)
	if !ok {
		return n, false
	}
	s.onePart(&n)
	if n.form == cardinal {
		s.point(&n)
		s.divided(&n)
	}
	if n.form == cardinal && !apart {
		s.andPart(&n)
	}
	n.start = s.tokens[n.from].Start + s.skip
	if n.end == 0 {
		n.end = s.tokens[n.to-1].End
	}
	s.minus(&n)
	return n, true
}

// plain reads a number without what may follow: parts, points.
func (s *numbers) plain(i int, apart bool) (number, bool) {
	first := s.role(i)
	switch {
	case first.Form == english.NumPlural, first.Role == english.NumScores, first.Role == english.NumVague,
		first.Role == english.NumFew, first.Role == english.NumCrowd:
		return s.vague(i)
	case first.Role == english.NumHalf, first.Role == english.NumQuarter:
		return s.halves(i)
	}
	if r, _ := utf8.DecodeRuneInString(s.tokens[i].Text); vulgar(r) != 0 {
		n := number{from: i, to: i + 1, value: vulgar(r), known: utf8.RuneLen(r) == len(s.tokens[i].Text), form: part, written: true}
		return n, true
	}
	return s.counted(i, apart)
}

// sum adds up the words of a number.
type sum struct {
	number
	total, group float64
	digits       decimal // the group, where it is in digits alone
	inDigits     bool
	filled       bool    // the group holds something
	hundreds     bool    // the group has had its hundred
	room         float64 // what the next word of the group must be below
	limit        float64 // what the next scale must be below
	joined       bool    // an "and" was passed in this group
}

// counted reads a cardinal or ordinal.
func (s *numbers) counted(i int, apart bool) (number, bool) { //nolint:gocyclo // a grammar: a case for each form
	c := sum{number: number{from: i, to: i, known: true}, room: 1000, limit: math.Inf(1)}
	if s.skip > 0 || startsDigit(s.tokens[i].Text) {
		s.digits(&c, i)
	} else if first := s.role(i); first.Role == english.NumZero && first.Form == english.NumCardinal {
		c.to, c.alone = i+1, true
		return c.number, true
	} else if !first.Spoken() {
		return c.number, false
	}
	before := c
	for c.rest == "" && c.known && c.form == cardinal {
		at := s.inner(&c)
		if !apart && s.is(at, english.NumAnd) && c.to > i && (c.hundreds && c.room == 100 || c.scale > 0 && !c.filled) {
			if s.joinable(&c, at+1) {
				before, at = c, at+1
				c.joined = true
			}
		}
		if !s.add(&c, at) {
			break
		}
		if c.joined && c.filled && s.is(c.to, english.NumHundred) && before.hundreds {
			c = before // "one hundred and two hundred"
			break
		}
	}
	if c.to == i {
		return c.number, false
	}
	c.value = c.total + c.group
	if c.inDigits && c.total == 0 {
		if v, ok := c.digits.times(0); ok && c.group == 0 {
			c.value = v
		}
	}
	c.alone = c.to == i+1
	return c.number, true
}

// joinable tells whether the words at token i may go on with the number after
// an "and", and are not parts: "two million and three fifths".
func (s *numbers) joinable(c *sum, i int) bool {
	next := s.role(i)
	if next.Form != english.NumCardinal || next.Role < english.NumOnes || next.Role > english.NumTens {
		return s.smallDigits(c, i)
	}
	_, _, parts := s.denominator(i+1, next.Value == 1)
	return !parts
}

// inner is the token after what holds the words of a number together.
func (s *numbers) inner(c *sum) int {
	if c.to > c.from && s.isText(c.to, "-", "‐", "‑") && (s.glued(c.to) && s.glued(c.to+1) || c.room == 10 && !c.written) && s.role(c.to+1).Spoken() {
		return c.to + 1
	}
	return c.to
}

// smallDigits tells whether the digits at token i go on with a number whose
// start is in digits too: "4 thousand 3 hundred and 21".
func (s *numbers) smallDigits(c *sum, i int) bool {
	if !c.written || i >= len(s.tokens) || !startsDigit(s.tokens[i].Text) {
		return false
	}
	d := digits(s.tokens, i, false)
	return d.known && d.bare && d.rest == "" && float64(d.value.m) < c.room
}

// digits starts a group with the digits at token i.
func (s *numbers) digits(c *sum, i int) {
	d := s.digitsAfterSign(i)
	if s.skip == 0 {
		d = digits(s.tokens, i, s.spaced(i))
	}
	c.to, c.end, c.known, c.rest, c.written, c.bare = d.to, d.end, d.known, d.rest, true, d.bare
	c.digits, c.inDigits, c.filled, c.room = d.value, true, true, 0
	if !d.known {
		return
	}
	c.group, c.known = d.value.times(0)
	if s.raised(c) {
		return
	}
	if c.rest != "" {
		s.suffix(c)
	}
}

// spaced tells whether blanks may set off the thousands of the number at token
// i: not after a name or month, whose own number it may be.
func (s *numbers) spaced(i int) bool {
	return !s.is(i-1, english.NumNamer) && !s.month(i-1) && s.tag(i-1) != english.NNP
}

// digitsAfterSign reads the digits behind the sign in token i.
func (s *numbers) digitsAfterSign(i int) numeral {
	token := s.tokens[i]
	token.Text = token.Text[s.skip:]
	token.Start += s.skip
	d := digits([]text.Token{token}, 0, false)
	d.to = i + 1
	return d
}

// sign is how many letters at the start of token i are a sign of money that
// digits are written to.
func (s *numbers) sign(i int) int {
	t := s.tokens[i].Text
	for at := 1; at < len(t) && at <= longestSign; at++ {
		if t[at] >= '0' && t[at] <= '9' {
			if u, ok := english.UnitSpelled(t[:at]); ok && u.Sign {
				return at
			}
			return 0
		}
	}
	return 0
}

// longestSign is how many letters a sign of money has at most.
const longestSign = 4

// raised reads "1.1^23", "1.3x10^6" and "1.2e+14".
func (s *numbers) raised(c *sum) bool {
	var exponent, to int
	var known bool
	switch c.rest {
	case "":
		if exponent, to, known = power(s.tokens, c.to); to == c.to {
			return false
		}
		c.group = math.Pow(c.group, float64(exponent))
	case "x10", "×10":
		if exponent, to, known = power(s.tokens, c.to); to == c.to {
			return false
		}
		c.group *= math.Pow(10, float64(exponent))
	case "e", "E":
		if exponent, to, known = exponentAt(s.tokens, c.to); to == c.to {
			return false
		}
		c.group *= math.Pow(10, float64(exponent))
	default:
		if exponent, known = exponentIn(c.rest); !known {
			return false
		}
		c.group *= math.Pow(10, float64(exponent))
		to = c.to
	}
	c.to, c.end, c.rest, c.inDigits, c.bare = to, 0, "", false, false
	c.known = known && !math.IsInf(c.group, 0) && c.group == c.group && (c.group != 0 || c.digits.m == 0)
	return true
}

// suffix reads what is written to digits: an ordinal's ending, a scale, a part.
func (s *numbers) suffix(c *sum) {
	switch c.rest {
	case "st", "nd", "rd", "th", "ST", "ND", "RD", "TH":
		c.form, c.rest, c.end = ordinal, "", 0
		return
	}
	r, size := utf8.DecodeRuneInString(c.rest)
	if v := vulgar(r); v != 0 && size == len(c.rest) && c.bare {
		c.group, c.inDigits, c.rest, c.end = c.group+v, false, "", 0
		return
	}
	if n := english.NumeralOf(c.rest); (n.Role == english.NumScale || n.Role == english.NumLetter && (s.money || !moneyAlone(c.rest))) && n.Form == english.NumCardinal {
		c.scaled(n)
		c.rest, c.end = "", 0
	}
}

// scaled multiplies the group by a scale word and closes it.
func (c *sum) scaled(n english.Numeral) {
	factor := tens[int(n.Value)]
	if c.inDigits {
		v, ok := c.digits.times(int(n.Value))
		c.total, c.known = c.total+v, c.known && ok
	} else {
		c.total += c.group * factor
	}
	c.group, c.filled, c.inDigits, c.hundreds, c.joined = 0, false, false, false, false
	c.room, c.limit, c.scale, c.bare = 1000, factor, factor, false
	c.grand = true
}

// add takes the word at token i into the number, if it goes on with it.
func (s *numbers) add(c *sum, i int) bool { //nolint:gocyclo // a grammar: a case for each form
	if i >= len(s.tokens) {
		return false
	}
	if c.to > c.from && s.smallDigits(c, i) && (c.joined && (c.hundreds || !c.filled) || c.scale > 0 && !c.filled && s.is(i+1, english.NumHundred)) {
		d := digits(s.tokens, i, false)
		c.group, c.filled, c.room, c.to, c.end, c.scale = c.group+float64(d.value.m), true, 0, d.to, 0, 0
		return true
	}
	n := s.role(i)
	switch n.Role {
	case english.NumOnes, english.NumTeens, english.NumTens:
		if n.Value >= c.room || n.Form == english.NumParts || c.scale > 0 && c.written && !c.joined && !s.is(i+1, english.NumHundred) {
			return false
		}
		if n.Form == english.NumOrdinal && c.to > c.from && c.room != 10 && !c.hundreds && c.scale == 0 {
			return false
		}
		c.group += n.Value
		c.filled, c.inDigits, c.scale, c.room = true, false, 0, 0
		if n.Role == english.NumTens {
			c.room = 10
		}
	case english.NumHundred:
		if n.Form == english.NumParts || c.hundreds || c.group >= 100 || !c.filled && !s.unitless(c, i) {
			return false
		}
		if n.Form == english.NumOrdinal && c.written {
			return false
		}
		if !c.filled {
			c.group = 1
		}
		if c.inDigits {
			c.group, _ = c.digits.times(2)
		} else {
			c.group *= 100
		}
		c.inDigits, c.filled, c.hundreds, c.room, c.scale, c.bare = false, true, true, 100, 0, false
		c.scale = 0
	case english.NumScale:
		if n.Form == english.NumParts || n.Form == english.NumOrdinal && c.written || !s.rescale(c, n, i) {
			return false
		}
	case english.NumLetter:
		if !c.inDigits || !s.letter(i) {
			return false
		}
		c.scaled(n)
	case english.NumDozen:
		return s.dozen(c, n, i)
	default:
		return false
	}
	if n.Form == english.NumOrdinal {
		c.form = ordinal
	}
	c.to, c.end = i+1, 0
	return true
}

// unitless tells whether a scale word without a number before it stands for
// one of it: "a hundred", "hundred thousand". It takes in the article.
func (s *numbers) unitless(c *sum, i int) bool {
	if c.to > c.from {
		return false
	}
	if s.is(i-1, english.NumArticle) {
		c.from = i - 1
		return true
	}
	next := s.role(i + 1)
	return next.Role == english.NumScale && next.Form == english.NumCardinal || s.role(i).Form == english.NumOrdinal
}

// rescale takes in a scale word.
func (s *numbers) rescale(c *sum, n english.Numeral, i int) bool {
	factor := tens[int(n.Value)]
	switch {
	case c.filled && factor < c.limit:
		c.scaled(n)
		return true
	case !c.filled && c.scale > 0: // "lakh crore"
		c.total *= factor
		c.scale, c.limit = c.scale*factor, c.limit*factor
		return c.total < 1e22
	case !c.filled && s.unitless(c, i):
		c.group, c.filled = 1, true
		c.scaled(n)
		return true
	}
	return false
}

// moneyAlone tells whether a letter scales sums of money alone: "$2T", but "2T" may
// be tonnes or teslas.
func moneyAlone(letter string) bool { return letter == "t" || letter == "T" }

// letter tells whether the letter at token i scales the digits before it.
func (s *numbers) letter(i int) bool {
	next := i + 1
	switch s.tokens[i].Text {
	case "k", "K":
		return !s.is(next, english.NumExtent)
	case "M":
		return true
	case "b", "B":
		return s.glued(i)
	}
	if s.money || moneyAlone(s.tokens[i].Text) {
		return s.money && s.glued(i)
	}
	return s.glued(i) && (s.isText(next, "-") && s.glued(next) || s.tag(next) == english.NNS || s.unitAt(next) == english.UnitMoney)
}

func (s *numbers) tag(i int) english.Tag {
	if i < 0 || i >= len(s.tree) {
		return english.NoTag
	}
	return s.tree[i].Tag
}

func (s *numbers) unitAt(i int) english.UnitKind {
	u, _ := english.UnitAt(s.tokens, i)
	return u.Kind
}

// dozen takes in "dozen": "two dozen", "a dozen", "3 dozens".
func (s *numbers) dozen(c *sum, n english.Numeral, i int) bool {
	plural := len(s.tokens[i].Text) > len("dozen")
	switch {
	case c.filled && !c.hundreds && !c.grand:
		c.group *= n.Value
	case plural || c.filled || c.grand:
		return false
	default:
		if s.is(i-1, english.NumArticle) {
			c.from = i - 1
		}
		c.group = n.Value
	}
	c.filled, c.inDigits, c.room, c.limit, c.to, c.end, c.bare = true, false, 0, 0, i+1, 0, false
	return true
}

// vague reads words for some number: "several hundred", "dozens", "tens of
// thousands", "a handful".
func (s *numbers) vague(i int) (number, bool) {
	n := number{from: i, to: i + 1, form: vague}
	first := s.role(i)
	switch first.Role {
	case english.NumFew:
		if !s.is(i-1, english.NumArticle) {
			return n, false
		}
		n.from--
	case english.NumCrowd:
		if !s.is(i-1, english.NumArticle) || !s.is(i+1, english.NumOf) {
			return n, false
		}
		n.from--
		if s.role(i+2).Role == english.NumDozen {
			n.to = i + 2
		}
	case english.NumScores:
		if !s.is(i+1, english.NumOf) {
			return n, false
		}
	case english.NumScale:
		if first.Value == 1 && !s.is(i+1, english.NumOf) {
			return n, false
		}
	}
	for {
		at := n.to
		if s.is(at, english.NumOf) {
			at++
		}
		next := s.role(at)
		plural := next.Form == english.NumPlural && (next.Role == english.NumScale || next.Role == english.NumHundred)
		if !plural && (next.Form != english.NumCardinal || next.Role != english.NumHundred && next.Role != english.NumScale && next.Role != english.NumDozen) {
			return n, true
		}
		n.to = at + 1
	}
}

// halves reads "half", "a half", "half a million", "quarter million".
func (s *numbers) halves(i int) (number, bool) {
	n := number{from: i, to: i + 1, form: part, known: true}
	first := s.role(i)
	n.value = 1 / first.Value
	article := s.is(i-1, english.NumArticle)
	at := n.to
	if s.is(at, english.NumArticle) || s.isText(at, "-") && s.glued(at) || s.is(at, english.NumOf) && s.is(at+1, english.NumArticle) {
		at++
		if s.is(at, english.NumArticle) {
			at++
		}
	}
	if next := s.role(at); next.Form == english.NumCardinal && (next.Role == english.NumScale || next.Role == english.NumDozen || next.Role == english.NumHundred) {
		factor := next.Value
		if next.Role != english.NumDozen {
			factor = tens[int(next.Value)]
		}
		n.value *= factor
		n.to, n.form, n.grand = at+1, cardinal, true
		if article {
			n.from--
		}
		return n, true
	}
	switch {
	case article:
		n.from--
		return n, first.Role == english.NumHalf && s.closes(i+1) || s.is(i+1, english.NumOf)
	case first.Role == english.NumHalf:
		return n, s.is(i+1, english.NumOf) || s.tag(i+1) == english.DT || s.unitAt(i+2) == english.UnitDuration && s.is(i+1, english.NumArticle)
	}
	return n, false
}

// closes tells whether no noun follows at token i that a part could be said of.
func (s *numbers) closes(i int) bool {
	return i >= len(s.tokens) || s.tag(i) >= english.Comma || s.is(i, english.NumOf)
}

// onePart reads "a hundredth" of an ordinal that no noun follows.
func (s *numbers) onePart(n *number) {
	if n.form == ordinal && !n.written && n.value > 2 && (s.is(n.from-1, english.NumArticle) || s.is(n.from, english.NumArticle)) && s.closes(n.to) {
		if s.is(n.from-1, english.NumArticle) {
			n.from--
		}
		n.form, n.value = part, 1/n.value
	}
}

// point reads "point five" after a number.
func (s *numbers) point(n *number) {
	if !s.is(n.to, english.NumPoint) || n.written && !n.bare || n.scale > 0 {
		return
	}
	at, places, value := n.to+1, 1.0, 0.0
	for ; ; at++ {
		if s.isText(at, "-") && s.glued(at) && s.role(at+1).Role == english.NumOnes {
			continue
		}
		r := s.role(at)
		if r.Form != english.NumCardinal || r.Role < english.NumZero || r.Role > english.NumTens {
			break
		}
		switch {
		case r.Role == english.NumOnes && at > n.to+1 && s.role(at-1).Role == english.NumTens, r.Role == english.NumOnes && s.isText(at-1, "-"):
			value += r.Value
			continue
		case r.Role >= english.NumTeens:
			places *= 100
			value = value*100 + r.Value
		default:
			places *= 10
			value = value*10 + r.Value
		}
		if places > 1e9 {
			return
		}
	}
	if places == 1 {
		return
	}
	n.value = (n.value*places + value) / places
	n.to, n.end, n.bare, n.alone = at, 0, false, false
	if r := s.role(at); r.Role == english.NumScale && r.Form == english.NumCardinal {
		n.scale = tens[int(r.Value)] // "sixteen point five million"
		n.value = math.Round(n.value*places) * n.scale / places
		n.to, n.grand = at+1, true
	}
}

// divided reads what makes a fraction of a number: "two thirds", "3/4", "one
// in five".
func (s *numbers) divided(n *number) {
	if s.stroke(n) || s.mixed(n) || s.outOf(n) {
		return
	}
	value, to, ok := s.denominator(n.to, n.value == 1)
	if !ok || n.written && !n.bare {
		return
	}
	if last := s.role(n.to - 1); last.Role == english.NumTens && n.to-1 > n.from && value < 10 && to == n.to+1 && !s.is(n.to-2, english.NumAnd) {
		n.value, value = n.value-last.Value, value+last.Value // "one hundred twenty-fifths", written apart
	}
	n.value /= value
	n.to, n.end, n.form, n.alone = to, 0, part, false
	s.scaleParts(n)
}

// scaleParts multiplies parts by the scale word after them: "three quarters
// billion".
func (s *numbers) scaleParts(n *number) {
	if r := s.role(n.to); r.Role == english.NumScale && r.Form == english.NumCardinal {
		n.value *= tens[int(r.Value)]
		n.to, n.form, n.scale = n.to+1, cardinal, tens[int(r.Value)]
	}
}

// denominator reads the words of a denominator at token i: "thirds",
// "twenty-firsts", in the singular where one is.
func (s *numbers) denominator(i int, one bool) (value float64, to int, ok bool) {
	if s.isText(i, "-") {
		i++
	}
	r := s.role(i)
	if r.Role == english.NumQuarter || r.Role == english.NumHalf {
		singular := s.tokens[i].Text[len(s.tokens[i].Text)-1] != 's'
		return r.Value, i + 1, singular == one
	}
	if r.Role == english.NumTens && r.Form == english.NumCardinal {
		at := i + 1
		if s.isText(at, "-") {
			at++
		}
		if next := s.role(at); next.Role == english.NumOnes && s.divides(next, one) {
			return r.Value + next.Value, at + 1, true
		}
	}
	if !s.divides(r, one) {
		return 0, i, false
	}
	value = r.Value
	if r.Role == english.NumHundred || r.Role == english.NumScale {
		value = tens[int(r.Value)]
	}
	return value, i + 1, value > 2
}

func (s *numbers) divides(r english.Numeral, one bool) bool {
	return r.Form == english.NumParts || one && r.Form == english.NumOrdinal
}

// stroke reads "3/4", set without blanks.
func (s *numbers) stroke(n *number) bool {
	if !s.fractionAt(n.to-1) || !n.bare {
		return false
	}
	d := digits(s.tokens, n.to+1, false)
	if v, ok := d.value.times(0); ok && n.value < v {
		n.value /= v
	} else {
		n.known = false
	}
	n.to, n.end, n.bare, n.form = d.to, 0, false, part
	return true
}

// fractionAt tells whether digits / digits start at token i.
func (s *numbers) fractionAt(i int) bool {
	if !s.isText(i+1, "/", "⁄") || !s.glued(i+1) || !s.glued(i+2) || !startsDigit(s.tokens[i+2].Text) {
		return false
	}
	d := digits(s.tokens, i+2, false)
	return d.known && d.bare && d.rest == "" && d.value.m > 1
}

// mixed reads "10 1/2" and "2 ½".
func (s *numbers) mixed(n *number) bool {
	if !n.bare || n.to >= len(s.tokens) {
		return false
	}
	at := n.to
	if s.isText(at, "-") && s.glued(at) && s.glued(at+1) {
		at++
	}
	if at >= len(s.tokens) {
		return false
	}
	if r, size := utf8.DecodeRuneInString(s.tokens[at].Text); vulgar(r) != 0 && size == len(s.tokens[at].Text) {
		n.value, n.to, n.end, n.bare = n.value+vulgar(r), at+1, 0, false
		return true
	}
	f, ok := s.set(at)
	if !ok {
		return false
	}
	n.value, n.to, n.end, n.bare = n.value+f.value, f.to, 0, false
	return true
}

// set reads the fraction that is set at token at: "3/4".
func (s *numbers) set(at int) (f number, ok bool) {
	if at >= len(s.tokens) || !startsDigit(s.tokens[at].Text) || !s.fractionAt(at) {
		return f, false
	}
	f = number{from: at, to: at + 1, bare: true}
	v := digits(s.tokens, at, false)
	f.value, f.known = v.value.times(0)
	return f, v.known && s.stroke(&f) && f.known
}

// outOf reads "one out of three", "one in five", "1 over 20".
func (s *numbers) outOf(n *number) bool {
	at := n.to
	over, in := false, false
	switch {
	case s.is(at, english.NumOut) && s.is(at+1, english.NumOf):
		at += 2
	case s.is(at, english.NumOver):
		over, at = true, at+1
	case s.is(at, english.NumIn):
		in, at = true, at+1
	default:
		return false
	}
	if at >= len(s.tokens) || !s.maybe(at) || n.grand && !over {
		return false
	}
	d, ok := s.counted(at, false)
	switch {
	case !ok || !d.known || d.form != cardinal || d.rest != "" || d.value <= 0:
		return false
	case over && d.to < len(s.tokens) && s.tag(d.to) < english.Comma:
		return false // "paid 20 over 3 years"
	case !over && d.value <= n.value:
		return false
	case in && !s.share(n, d):
		return false
	}
	n.value /= d.value
	n.to, n.end, n.form, n.bare, n.alone = d.to, 0, part, false, false
	return true
}

// share tells whether "N in M" is a share rather than a number in a place or
// time: "one in five children", but "two in 10 days".
func (s *numbers) share(n *number, d number) bool {
	if u := s.unitAt(d.to); u != english.UnitNone || d.written && d.bare && isYear(d.value) {
		return false
	}
	if n.value == 1 {
		return true
	}
	round := d.value == 3 || d.value == 4 || d.value == 5 || d.value == 10 || d.value == 100 || d.value == 1000
	before := s.tag(n.from - 1)
	return round && n.value < 10 && !before.Verb() && before != english.IN
}

// andPart reads "and a half" after a number; of "three million and a half" it
// is half a million.
func (s *numbers) andPart(n *number) {
	at := n.to
	if s.isText(at, "-") && s.glued(at) {
		at++
	}
	if !s.is(at, english.NumAnd) || n.written && !n.bare && n.scale == 0 {
		return
	}
	at++
	if s.isText(at, "-") && s.glued(at) {
		at++
	}
	value, to, ok := 0.0, 0, false
	if f, set := s.set(at); set && n.scale == 0 {
		value, to, ok = f.value, f.to, true // "3 and 1/2"
	} else if s.is(at, english.NumArticle) {
		value, to, ok = s.denominator(at+1, true)
		value = 1 / value
	} else if r := s.role(at); s.isText(at-1, "-") && (r.Role == english.NumHalf || r.Role == english.NumQuarter) {
		value, to, ok = 1/r.Value, at+1, true // "seven-and-a-half-hour"
	} else if r.Form == english.NumCardinal && english.NumOnes <= r.Role && r.Role <= english.NumTeens {
		value, to, ok = s.denominator(at+1, r.Value == 1)
		value = r.Value / value
	}
	if !ok {
		return
	}
	if r := s.role(to); r.Role == english.NumScale && r.Form == english.NumCardinal {
		value *= tens[int(r.Value)]
		to++
	} else if n.scale > 0 {
		value *= n.scale
	}
	n.value, n.to, n.end, n.bare, n.alone = n.value+value, to, 0, false, false
}

// minus takes in a sign or "minus" before a number.
func (s *numbers) minus(n *number) {
	at := n.from - 1
	switch {
	case s.is(at, english.NumMinus):
	case s.isText(at, "-", "−", "–") && s.glued(n.from) && !s.glued(at) && n.written:
	case s.isText(at, "-", "−") && at == 0 && n.to == len(s.tokens):
	default:
		return
	}
	if s.is(at-1, english.NumMinus) {
		n.known = false
	}
	n.from, n.start, n.value = at, s.tokens[at].Start, -n.value
}

// isYear tells whether a value may be a year of our time.
func isYear(v float64) bool { return v >= 1500 && v < 2100 && v == math.Trunc(v) }
