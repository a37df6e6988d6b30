package when

import (
	"time"

	"whence"
	"whence/english"
)

// deepest is how many dates may stand in one another: "the night of early next
// week" is three.
const deepest = 4

// date reads a point of the calendar.
func (p *parser) date(i int) (found, bool) {
	if p.depth == deepest {
		return found{}, false
	}
	p.depth++
	defer func() { p.depth-- }()
	return p.longest(p.dates, i)
}

// numericDate reads a date in digits.
func (p *parser) numericDate(i int) (found, bool) {
	w := p.word(i)
	if w.form != dateForm {
		return found{}, false
	}
	first := day(w.date[0], w.date[1], w.date[2])
	if w.either && !p.nearer(first, day(w.date[0], w.date[2], w.date[1])) {
		return unknown(whence.TimeDate, i, i+1), true
	}
	return at(point{unit: english.UnitDay, at: first}, i, i+1), true
}

// nearer tells whether of the two days that "02/03/98" may be the first is no
// further from publication than the second; not where that is unknown.
func (p *parser) nearer(first, second time.Time) bool {
	now, ok := p.now(english.UnitDay)
	return ok && first.Sub(now).Abs() <= second.Sub(now).Abs()
}

// monthDate reads "October 28, 2025", "28 October 2025", "October 2025",
// "October of last year", "October", a weekday before them.
func (p *parser) monthDate(i int) (found, bool) {
	_, to := p.lead(i)
	weekday := 0
	if p.is(to, english.WeekdayName) && p.capital(to) {
		weekday = p.words[to].Number
		to = p.skip(to+1, english.TimeComma)
	} else {
		to = i
	}
	if p.particle(to, english.TimeThe) && to > i || p.particle(to, english.TimeThe) && p.word(to+1).form == ordinalForm {
		to++
	}
	var d, month int
	if p.month(to) {
		month = p.words[to].Number
		to++
		if n, next := p.dayOfMonth(to); n > 0 {
			d, to = n, next
		}
	} else if n, next := p.dayOfMonth(to); n > 0 {
		after := next
		next = p.hyphen(p.skip(next, english.TimeOf))
		if !p.is(next, english.MonthName) || !p.capital(next) {
			return p.dayAlone(i, n, after)
		}
		d, month, to = n, p.words[next].Number, next+1
	} else {
		return found{}, false
	}
	if to == i+1 && p.words[i].is(english.Doubtful) && !p.surelyMonth(i) {
		return found{}, false
	}
	year, next, given := p.yearAfter(to, d > 0)
	if given {
		to = next
	} else if p.noYear(to) {
		year = yearUnknown // "5 March 99999"
	}
	inferred := year == 0
	if year == 0 && weekday > 0 && d > 0 {
		year = p.yearWith(weekday, month, d)
	}
	if year == 0 && d > 0 && p.is(to, english.Remembered) {
		year = p.rememberedYear(month, d)
	}
	f := at(p.monthPoint(i, year, month, d), i, to)
	f.inferred = inferred
	return f, true
}

// noYear tells whether digits stand at word i where a year would that can be
// none: "99999", "0000".
func (p *parser) noYear(i int) bool {
	const longest = 4
	if i >= len(p.tokens) {
		return false
	}
	s := p.tokens[i].Text
	return digits(s) && (len(s) > longest || s[0] == '0') && p.noun(i)
}

// dayAlone reads "the 11th" after "on" or "until": the nearest one, behind or
// ahead as the tense tells.
func (p *parser) dayAlone(i, d, to int) (found, bool) {
	if !p.particle(i, english.TimeThe) || p.words[to-1].form != ordinalForm || !dayLeads[p.word(i-1).Particle] || !p.noun(to-1) {
		return found{}, false
	}
	q := p.current(english.UnitMonth, 0)
	now, ok := p.now(english.UnitDay)
	if !ok {
		return unknown(whence.TimeDate, i, to), true
	}
	switch t := p.tense(i); {
	case t == past && d > now.Day():
		q = q.shift(-1)
	case t >= present && d < now.Day():
		q = q.shift(1)
	}
	return at(p.monthPoint(i, q.at.Year(), int(q.at.Month()), d), i, to), true
}

// dayLeads are the particles before the number of a day.
var dayLeads = map[english.TimeParticle]bool{
	english.TimeOn: true, english.TimeUntil: true, english.TimeSince: true,
}

// month tells whether word i is a month, whatever "May" is elsewhere.
func (p *parser) month(i int) bool {
	w := p.word(i)
	return w.is(english.MonthName) && p.capital(i) && p.tag(i) != english.MD
}

// surelyMonth tells whether a word that may be another is a month where it
// stands alone.
func (p *parser) surelyMonth(i int) bool {
	_, _, year := p.yearAfter(i+1, false)
	before := p.word(i - 1)
	led := before.is(english.LastWord|english.This|english.NextWord|english.Stage|english.Latest) || i > 0 && monthLeads[before.Particle]
	return year || led && p.tag(i+1) != english.NNP && p.tag(i+1) != english.NNPS
}

// monthLeads are the particles before months.
var monthLeads = map[english.TimeParticle]bool{
	english.TimeIn: true, english.TimeSince: true, english.TimeFrom: true, english.TimeUntil: true, english.TimeBy: true,
	english.TimeBetween: true, english.TimeDuring: true, english.TimeBefore: true, english.TimeAfter: true,
	english.TimeTo: true, english.TimeFor: true, english.TimeOf: true,
}

// dayOfMonth reads the number of a day.
func (p *parser) dayOfMonth(i int) (n, to int) {
	w := p.word(i)
	if !(w.form == countForm || w.form == ordinalForm || w.is(english.Ordinal) && p.particle(i-1, english.TimeThe) ||
		w.is(english.Ordinal) && p.is(i-1, english.MonthName)) || w.half {
		return 0, i
	}
	if w.Number < 1 || w.Number > 31 && w.Number > 99 || p.hyphen(i+1) > i+1 && p.word(i+2).form == countForm && !p.is(i-1, english.MonthName) {
		return 0, i
	}
	return w.Number, i + 1
}

// yearAfter reads the year behind a month or day: ", 2025", "of last year". A
// comma may stand before it.
func (p *parser) yearAfter(i int, comma bool) (year, to int, given bool) {
	next := i
	if comma || p.word(i+1).form == yearForm {
		next = p.skip(next, english.TimeComma)
	}
	next = p.skip(next, english.TimeOf)
	if w := p.word(next); w.form == yearForm && !p.joined(next) {
		return w.Number, next + 1, true
	}
	if n, to, ok := p.spelledYear(next, false); ok {
		return n, to, true
	}
	if l, to := p.lead(next); !l.the && p.is(to, english.TimeUnit) && p.words[to].Unit == english.UnitYear {
		switch {
		case l.class.Has(english.LastWord):
			return p.yearOf(p.current(english.UnitYear, -1)), to + 1, true
		case l.class.Has(english.This | english.Current):
			return p.yearOf(p.current(english.UnitYear, 0)), to + 1, true
		case l.class.Has(english.NextWord):
			return p.yearOf(p.current(english.UnitYear, 1)), to + 1, true
		}
	}
	return 0, i, false
}

// yearUnknown stands for a year that is told but not known.
const yearUnknown = -1

func (p *parser) yearOf(q point) int {
	if !q.known() {
		return yearUnknown
	}
	return q.at.Year()
}

// monthPoint is a month, or day of one where d is not 0. A year of 0 is the
// one that the tense of the verb above word i asks for.
func (p *parser) monthPoint(i, year, month, d int) point {
	unit := english.UnitDay
	if d == 0 {
		unit, d = english.UnitMonth, 1
	}
	if year == 0 {
		year = p.yearFor(i, unit, month, d)
	}
	if year == yearUnknown || !exists(year, month, d) {
		return point{}
	}
	return point{unit: unit, at: day(year, month, d)}
}

// yearFor is the year of a month or day that is told without one.
func (p *parser) yearFor(i int, unit english.Unit, month, d int) int {
	now, ok := p.now(unit)
	if !ok {
		return yearUnknown
	}
	this := holding(unit, now).at
	year := now.Year()
	behind, ahead := day(year, month, d), day(year, month, d)
	switch {
	case behind.Equal(this):
		return year
	case behind.After(this):
		behind = behind.AddDate(-1, 0, 0)
	default:
		ahead = ahead.AddDate(1, 0, 0)
	}
	since, until := this.Sub(behind), ahead.Sub(this)
	switch tense := p.tense(i); {
	case since <= near || until <= near:
		if since <= until {
			return behind.Year()
		}
		return ahead.Year()
	case tense == future, tense != past && until <= reach:
		return ahead.Year()
	}
	return behind.Year()
}

// A day within near of today is meant whatever the tense: "the offer was
// extended to Nov. 16". Where no tense tells, what is further ahead than reach
// lies behind.
const (
	near  = 75 * 24 * time.Hour
	reach = 100 * 24 * time.Hour
)

// yearWith is the year near the present in which a day falls on the weekday; 0
// if there is none.
func (p *parser) yearWith(weekday, month, d int) int {
	now, ok := p.now(english.UnitDay)
	if !ok {
		return yearUnknown
	}
	for _, year := range [...]int{now.Year(), now.Year() - 1, now.Year() + 1} {
		if exists(year, month, d) && weekdayOf(day(year, month, d)) == weekday {
			return year
		}
	}
	return 0
}

// skip is the place after a particle at i, or i.
func (p *parser) skip(i int, t english.TimeParticle) int {
	if p.particle(i, t) {
		return i + 1
	}
	return i
}
