package figure

import (
	"math"
	"strings"

	"whence"
	"whence/english"
	"whence/text"
)

// signed takes in the sign of money before the number: "$50", "US$ 1.2bn".
func (s *numbers) signed(d *draft, sign english.MeasureUnit, from int) {
	d.unit, d.From = sign, from
	if at := from - 1; at >= d.floor && s.isText(at, "-", "−") && s.glued(from) && !s.glued(at) && d.first.known {
		d.From, d.first.value = at, -d.first.value
	}
}

// unitAfter finds the unit after the number: in words, as a sign, or in
// letters written to the digits.
func (s *numbers) unitAfter(d *draft) { //nolint:gocyclo // a grammar: a case for each form
	d.UnitFrom, d.UnitTo = d.To, d.To
	d.Amount = whence.Span{Start: s.tokens[d.From].Start}
	if d.From == d.NumberFrom {
		d.Amount.Start = min(d.Amount.Start, d.first.start)
	}
	if s.rested(d) || d.first.form == ordinal {
		return
	}
	at := d.To
	if s.isText(at, "-", "‑") && s.glued(at) && s.glued(at+1) {
		at++
	}
	if s.is(at, english.NumOf) && d.first.form == vague || s.is(at, english.NumOf) && d.first.form == part && d.first.value != 0.5 || s.is(at, english.NumArticle) && d.first.form == part {
		at++
		if s.is(at, english.NumArticle) {
			at++
		}
	}
	u, to := english.UnitAt(s.tokens, at)
	if to == at || !s.fits(d, u, at, to) {
		s.lettered(d)
		return
	}
	if d.unit.Kind == english.UnitMoney {
		if u.Kind == english.UnitMoney && !u.Sign && to == at+1 && u.Name == d.unit.Name {
			d.UnitFrom, d.UnitTo = at, to // "$10 dollars"
		}
		return
	}
	if n := s.role(to); u.Sign && n.Role == english.NumScale && n.Form == english.NumCardinal && d.first.scale == 0 {
		d.first.value *= tens[int(n.Value)] // "75 USD million"
		to++
	}
	d.unit = u
	d.UnitFrom, d.UnitTo = at, to
	if u.Sign || s.isText(at, "%", "％", "¢", "°") && to == at+1 {
		d.To, d.UnitFrom = to, to
		d.UnitTo = to
	}
	d.Amount.End = s.tokens[to-1].End
	s.compound(d)
	s.name(d)
}

// feet reads a height that is set with marks: `6'2"`.
func (s *numbers) feet(i int) (Quantity, bool) {
	if !startsDigit(s.tokens[i].Text) {
		return Quantity{}, false
	}
	second, end := "", i+2
	switch mark := i + 1; {
	case mark >= len(s.tokens) || !s.glued(mark):
	case s.isText(mark, "'", "’", "′") && s.glued(mark+1):
		second, end = s.tokens[mark+1].Text, mark+2
	default:
		second = strings.TrimPrefix(s.tokens[mark].Text, "'") // one token: "'10"
		if second == s.tokens[mark].Text {
			second = ""
		}
	}
	if second == "" || !startsDigit(second) || !s.glued(end) || !s.isText(end, `"`, "”", "″") {
		return Quantity{}, false
	}
	foot, inch := digits(s.tokens[:i+1], i, false), digits([]text.Token{{Text: second}}, 0, false)
	if whole := func(n numeral) bool { return n.bare && n.rest == "" && n.value.e == 0 }; !whole(foot) || !whole(inch) || inch.value.m >= inches {
		return Quantity{}, false
	}
	span := whence.Span{Start: s.tokens[i].Start, End: s.tokens[end].End}
	value := whence.At(float64(foot.value.m*inches+inch.value.m) / inches)
	return Quantity{From: i, To: end + 1, NumberFrom: i, NumberTo: end + 1, UnitFrom: end + 1, UnitTo: end + 1,
		Span: span, Bare: span, Amount: span, Numbers: [2]Number{{span, value}}, Low: value, High: value, Qualifier: whence.Exact,
		Unit: s.nameOf("ft"), Measures: english.UnitLength}, true
}

// nameOf is the name of the unit of a spelling.
func (s *numbers) nameOf(spelling string) string {
	u, _ := english.UnitSpelled(spelling)
	return u.Name
}

// andHalf reads "a mile and a half", whose part stands at token i.
func (s *numbers) andHalf(i, floor int) (Quantity, bool) {
	first, from := s.role(i), i-4
	if first.Role != english.NumHalf && first.Role != english.NumQuarter || from < floor || !s.is(i-1, english.NumArticle) || !s.is(i-2, english.NumAnd) || !s.is(from, english.NumArticle) {
		return Quantity{}, false
	}
	u, to := english.UnitAt(s.tokens, i-3)
	if to != i-2 || u.Power != 0 || u.Sign {
		return Quantity{}, false
	}
	span := whence.Span{Start: s.tokens[from].Start, End: s.tokens[i].End}
	value := whence.At(1 + 1/first.Value)
	return Quantity{From: from, To: i + 1, NumberFrom: from, NumberTo: i + 1, UnitFrom: i + 1, UnitTo: i + 1,
		Span: span, Bare: span, Amount: span, Numbers: [2]Number{{span, value}}, Low: value, High: value, Qualifier: whence.Exact,
		Unit: u.Name, Measures: u.Kind}, true
}

// lettered gives up a number that letters are written to, as they may scale it.
func (s *numbers) lettered(d *draft) {
	if at := d.To; at < len(s.tokens) && s.glued(at) && d.last().written && (letter(s.tokens[at].Text[0]) || s.isText(at, "^")) {
		d.first.known = false
	}
}

func letter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }

// rested reads the letters written to the digits as a unit: "250g".
func (s *numbers) rested(d *draft) bool {
	n := d.last()
	if n.rest == "" {
		s.name(d)
		return false
	}
	if u, ok := english.UnitSpelled(n.rest); ok && (u.Kind != english.UnitTemperature || len(n.rest) > 1) && d.unit.Kind == english.UnitNone && !s.isText(d.To, "-") && !s.is(d.To, english.NumOver) {
		d.unit = u
		d.Amount.End = s.tokens[d.To-1].End
		s.name(d)
		return true
	}
	n.known, d.first.known = false, false
	return true
}

// name sets what the unit is called.
func (s *numbers) name(d *draft) {
	d.Unit, d.Measures = d.unit.Name, d.unit.Kind
}

// fits tells whether the unit is one here: letters that are words or numbers
// as well are units after digits alone.
func (s *numbers) fits(d *draft, u english.MeasureUnit, at, to int) bool { //nolint:gocyclo // a grammar: a case for each form
	word := s.tokens[at].Text
	if s.tag(at).Verb() && u.Kind == english.UnitMoney || s.isText(to, "-") && s.glued(to) && len(word) == 1 && word != "m" {
		return false
	}
	n := d.last()
	if to == at+1 && len(word) == 1 && word[0] < 0x80 && word != "%" && word != "$" {
		glued := at == d.To && s.glued(at)
		switch {
		case !n.written || n.grand && n.scale == 0:
			return false
		case word == "m":
			return !glued || s.is(to, english.NumExtent) || s.tag(to) == english.NN && !s.glued(to) || s.isText(to, "-") && s.glued(to)
		}
		if word == "C" || word == "F" {
			return !glued && !s.tag(to).Noun() && s.tag(to) != english.JJ && s.tag(to) != english.CD
		}
		return glued || word == "L" || word == "l" || word == "W" || word == "V"
	}
	if u.Kind == english.UnitMoney && u.Sign && s.glued(to) && to < len(s.tokens) && startsDigit(s.tokens[to].Text) {
		return false // the sign of the next number
	}
	if n.form == cardinal && u.Kind == english.UnitDuration && word == "second" && n.value != 1 {
		return at > d.To // "20-second"
	}
	return true
}

// compound adds a smaller unit: "5 ft 2 in", "thirteen dollars and forty-five
// cents".
func (s *numbers) compound(d *draft) {
	if d.ranged || !d.first.known || d.first.form == vague {
		return
	}
	at := d.UnitTo
	hyphen := d.unit.Name == "foot" && s.hyphen(at)
	if s.is(at, english.NumAnd) || hyphen {
		at++
	}
	if at >= len(s.tokens) || !s.maybe(at) {
		return
	}
	n, ok := s.number(at, true)
	if !ok || !n.known || n.from != at || n.form != cardinal || n.rest != "" {
		return
	}
	u, to := english.UnitAt(s.tokens, n.to)
	of := 0.0 // how many of the smaller unit are one of the larger
	switch {
	case hyphen && (to == n.to || u.Name == "inch"), // "5-foot-10"
		d.unit.Name == "foot" && to > n.to && u.Name == "inch":
		of = inches
	case d.unit.Name == "foot" && s.isText(n.to, "in"):
		of, to = inches, n.to+1
	case s.cents(d, &n, u):
		of = 100
	}
	if of == 0 || n.value >= of {
		return
	}
	d.first.value = (d.first.value*of + n.value) / of
	d.UnitTo = max(to, n.to)
	d.Amount.End = s.tokens[d.UnitTo-1].End
}

// hyphen tells whether token i is a hyphen between two words.
func (s *numbers) hyphen(i int) bool { return s.isText(i, "-") && s.glued(i) && s.glued(i+1) }

// inches are those of a foot.
const inches = 12

// cents tells whether the number n, of the unit u, adds hundredths to a sum of
// money.
func (s *numbers) cents(d *draft, n *number, u english.MeasureUnit) bool {
	return d.unit.Kind == english.UnitMoney && d.unit.Power == 0 && n.value == math.Trunc(n.value) && (u.Power < 0 || n.value >= 10 && s.closes(n.to))
}
