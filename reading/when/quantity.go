package when

import (
	"strconv"

	"whence/english"
)

// quantity is how many of a unit.
type quantity struct {
	n     int
	half  bool // and a half
	vague bool // no number is told
	one   bool // "a", "an"
}

// quantity reads "two", "two and a half", "2 1/2", "a few", "several", "a couple
// of", "one hundred and five", "a dozen". A unit follows it.
func (p *parser) quantity(i int) (q quantity, to int, ok bool) {
	w := p.word(i)
	switch {
	case p.particle(i, english.TimeA) && p.is(i+1, english.VagueCount|english.Couple|english.Scale|english.HalfCount):
		return p.indefinite(i + 1)
	case p.particle(i, english.TimeA):
		return quantity{n: 1, one: true}, i + 1, true
	case w.is(english.VagueCount | english.Couple | english.HalfCount):
		return p.indefinite(i)
	case w.form == decimalForm, w.form == pointForm:
		return quantity{n: w.Number, half: w.half || p.tokens[i].Text[len(p.tokens[i].Text)-2:] == ".5", vague: false}, i + 1, true
	case w.number():
		return p.cardinal(i)
	}
	return q, i, false
}

// indefinite reads what may stand behind "a": "few", "couple of", "dozen",
// "half".
func (p *parser) indefinite(i int) (q quantity, to int, ok bool) {
	w := p.word(i)
	switch {
	case w.is(english.VagueCount):
		return quantity{vague: true}, p.skip(i+1, english.TimeOf), true
	case w.is(english.Couple):
		return quantity{n: 2}, p.skip(i+1, english.TimeOf), true
	case w.is(english.Scale):
		return quantity{n: w.Number}, i + 1, true
	}
	to = i + 1
	if p.particle(to, english.TimeA) || p.hyphen(to) > to {
		to = max(to+1, p.hyphen(to))
		return quantity{half: true}, to, true
	}
	return quantity{half: true}, to, true
}

// cardinal reads a number in words or digits.
func (p *parser) cardinal(i int) (q quantity, to int, ok bool) {
	w := p.word(i)
	q.n, q.half, to = w.Number, w.half, i+1
	if w.is(english.Cardinal) && w.Number >= 20 {
		if next := p.hyphen(to); p.is(next, english.Cardinal) && p.words[next].Number < 10 {
			q.n += p.words[next].Number
			to = next + 1
		}
	}
	for p.is(to, english.Scale) {
		if q.n > mostShift*1000 {
			return q, i, false
		}
		q.n *= p.words[to].Number
		if to++; p.particle(to, english.TimeAnd) && p.word(to+1).number() {
			to++
		}
		if next := p.word(to); next.number() && next.Number < 100 {
			q.n += next.Number
			to++
		}
	}
	if p.word(to).form == countForm && p.isSlash(to+1) && p.word(to+2).form == countForm { // 2 1/2
		q.half = p.words[to].Number == 1 && p.words[to+2].Number == 2
		to += 3
	}
	return p.andAHalf(q, to)
}

func (p *parser) isSlash(i int) bool { return i < len(p.tokens) && p.tokens[i].Text == "/" }

// andAHalf reads "and a half" before a unit, also with hyphens.
func (p *parser) andAHalf(q quantity, to int) (quantity, int, bool) {
	next := p.hyphen(to)
	if !p.particle(next, english.TimeAnd) {
		return q, to, true
	}
	next = p.hyphen(next + 1)
	if p.particle(next, english.TimeA) && p.is(p.hyphen(next+1), english.HalfCount) {
		q.half = true
		return q, p.hyphen(next+1) + 1, true
	}
	return q, to, true
}

// letters are the units as durations have them: the letter, how many of it the
// unit is, and whether it is one of the clock.
var letters = map[english.Unit]struct {
	letter string
	times  int
	clock  bool
}{
	english.UnitSecond: {"S", 1, true}, english.UnitMinute: {"M", 1, true}, english.UnitHour: {"H", 1, true},
	english.UnitDay: {"D", 1, false}, english.UnitWeekend: {"WE", 1, false}, english.UnitWeek: {"W", 1, false},
	english.UnitFortnight: {"W", 2, false}, english.UnitMonth: {"M", 1, false}, english.UnitQuarter: {"Q", 1, false},
	english.UnitYear: {"Y", 1, false}, english.UnitDecade: {"Y", 10, false}, english.UnitCentury: {"Y", 100, false},
	english.UnitMillennium: {"Y", 1000, false},
}

// vagueLetters are the units that have letters of their own where their number
// is not told.
var vagueLetters = map[english.Unit]string{
	english.UnitDecade: "DE", english.UnitCentury: "CE", english.UnitMillennium: "ML",
}

// length is the TIMEX3 value of a duration.
func (q quantity) length(unit english.Unit) string {
	u, ok := letters[unit]
	if !ok {
		return ""
	}
	head := "P"
	if u.clock {
		head = "PT"
	}
	if q.vague {
		if l, own := vagueLetters[unit]; own {
			return "PX" + l
		}
		return head + "X" + u.letter
	}
	if !q.half {
		return head + strconv.Itoa(q.n*u.times) + u.letter
	}
	return q.halved(unit, head, u.letter, u.times)
}

// lesser are the units that a half is told in, and how many of them it is.
var lesser = map[english.Unit]struct {
	letter string
	half   int
}{
	english.UnitYear: {"M", 6}, english.UnitDay: {"H", 12}, english.UnitHour: {"M", 30}, english.UnitMinute: {"S", 30},
}

// halved is the value of a number and a half: in the lesser unit where the whole
// is at most one, or else in both.
func (q quantity) halved(unit english.Unit, head, letter string, times int) string {
	if times > 1 {
		return "P" + strconv.Itoa(q.n*times+times/2) + letter
	}
	l, ok := lesser[unit]
	switch {
	case !ok:
		return head + strconv.Itoa(q.n) + ".5" + letter
	case unit == english.UnitYear && q.n <= 1:
		return "P" + strconv.Itoa(12*q.n+l.half) + l.letter
	case unit == english.UnitDay:
		return "PT" + strconv.Itoa(24*q.n+l.half) + l.letter
	case q.n == 0:
		return head + strconv.Itoa(l.half) + l.letter
	}
	return head + strconv.Itoa(q.n) + letter + strconv.Itoa(l.half) + l.letter
}
