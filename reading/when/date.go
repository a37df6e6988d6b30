package when

import (
	"strconv"
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
	return at(point{unit: english.UnitDay, at: day(w.date[0], w.date[1], w.date[2])}, i, i+1), true
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
	d, month := 0, 0
	if p.month(to) {
		month = p.words[to].Number
		to++
		if n, next := p.dayOfMonth(to); n > 0 {
			d, to = n, next
		}
	} else if n, next := p.dayOfMonth(to); n > 0 {
		next = p.hyphen(p.skip(next, english.TimeOf))
		if !p.is(next, english.MonthName) || !p.capital(next) {
			return found{}, false
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

// rememberedYear is the year of a day that something is remembered for: 0 where
// it may be that of the news, which is for the tense to tell.
func (p *parser) rememberedYear(month, d int) int {
	now, ok := p.now(english.UnitDay)
	if !ok {
		return yearUnknown
	}
	for _, year := range [...]int{now.Year(), now.Year() - 1} {
		if since := now.Sub(day(year, month, d)); since >= 0 && since <= near {
			return 0
		}
	}
	if t := wellKnown(month, d); !t.IsZero() && now.After(t) {
		return t.Year()
	}
	return yearUnknown
}

// wellKnown is the day that goes by its month and day alone, in all years since.
func wellKnown(month, d int) time.Time {
	w := english.LookupTime(strconv.Itoa(month) + "/" + strconv.Itoa(d))
	t, err := time.Parse(time.DateOnly, w.Rule)
	if !w.Class.Has(english.EventDay) || err != nil {
		return time.Time{}
	}
	return t
}

// eventDay reads "9/11".
func (p *parser) eventDay(i int) (found, bool) {
	if !p.is(i, english.EventDay) {
		return found{}, false
	}
	t, err := time.Parse(time.DateOnly, p.words[i].Rule)
	if now, ok := p.now(english.UnitYear); err != nil || ok && now.Before(t) {
		return found{}, false
	}
	return at(point{unit: english.UnitDay, at: t}, i, i+1), true
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

// nearer tells whether a day of the year is nearer behind or ahead. What lies
// behind is reported more often: half a year ahead is too far.
func nearer(now, told time.Time) tense {
	const months = 3
	ahead := told
	if told.Before(now) {
		ahead = told.AddDate(1, 0, 0)
	}
	if ahead.Before(now.AddDate(0, months, 0)) && (told.After(now) || now.Sub(told) > ahead.Sub(now)) {
		return future
	}
	return past
}

// skip is the place after a particle at i, or i.
func (p *parser) skip(i int, t english.TimeParticle) int {
	if p.particle(i, t) {
		return i + 1
	}
	return i
}

// lead is what leads up to a unit or name of the calendar: "the", "last",
// "this past".
type lead struct {
	class english.TimeClass // 0 where there is none but perhaps "the"
	the   bool
	past  bool // "past", not "last": the length is meant
}

const leads = english.This | english.Current | english.ThatTime | english.Same | english.LastWord | english.Previous |
	english.NextWord | english.Following | english.Latest

// lead reads what leads up to a unit or name at i.
func (p *parser) lead(i int) (l lead, to int) {
	if p.particle(i, english.TimeThe) {
		l.the = true
		i++
	}
	for p.is(i, leads) {
		w := p.word(i)
		l.class = w.Class & leads
		l.past = w.Particle == english.TimePast && l.the
		i++
		if !l.class.Has(english.This) {
			break
		}
	}
	return l, i
}

// weekday reads "Tuesday", "last Tuesday", "Tuesday night", "Tuesday week".
func (p *parser) weekday(i int) (found, bool) {
	l, to := p.lead(i)
	if !p.is(to, english.WeekdayName) || !p.capital(to) {
		return found{}, false
	}
	w := p.words[to]
	if p.is(to-1, english.NamedDay) {
		return found{}, false
	}
	if w.is(english.Doubtful) && p.tokens[to].Text[len(p.tokens[to].Text)-1] != '.' {
		return found{}, false
	}
	if l.the && l.class == 0 || p.is(i, english.Every) {
		return found{}, false
	}
	var q point
	if !p.particle(i-1, english.TimeA) { // "it was a Tuesday"
		q = p.weekdayPoint(l, w.Number, to)
	}
	to++
	if p.is(to, english.TimeUnit) && p.words[to].Unit == english.UnitWeek && !p.particle(to+1, english.TimeOf) {
		q = p.weekdayPoint(lead{class: english.This}, w.Number, i)
		if t, ok := p.now(english.UnitDay); ok {
			q = point{unit: english.UnitDay, at: q.at.AddDate(0, 0, 7*weeksAhead(t, q.at))}
		}
		to++
	}
	return p.dayPart(at(q, i, to))
}

// weeksAhead is how many weeks later than q "a week on" that day is: the day
// that comes, and a week.
func weeksAhead(now, q time.Time) int {
	if q.Before(now) {
		return 2
	}
	return 1
}

// weekdayPoint is the day that a weekday names.
func (p *parser) weekdayPoint(l lead, number, i int) point {
	from, ok := p.now(english.UnitDay)
	if !ok {
		return point{}
	}
	if l.class.Has(english.Previous | english.Following | english.ThatTime | english.Same) {
		said := p.spokenDay()
		if !said.known() {
			return point{}
		}
		from = said.at
	}
	back := (weekdayOf(from) - number + 7) % 7
	behind, ahead := from.AddDate(0, 0, -back), from.AddDate(0, 0, (7-back)%7)
	q := point{unit: english.UnitDay, at: behind}
	switch {
	case l.class.Has(english.LastWord | english.Previous):
		if back == 0 {
			q.at = behind.AddDate(0, 0, -7)
		}
	case l.class.Has(english.NextWord | english.Following):
		if q.at = ahead; back == 0 {
			q.at = ahead.AddDate(0, 0, 7)
		}
	case l.class.Has(english.This):
		q.at = holding(english.UnitWeek, from).at.AddDate(0, 0, number-1)
	case p.tense(i) >= present:
		q.at = ahead
	}
	return q
}

// dayPart reads the part of the day behind a day: "night", "'s night" is none.
func (p *parser) dayPart(f found) (found, bool) {
	to := f.to
	stage := ""
	if p.is(to, english.Stage) && p.is(to+1, english.DayPart) {
		to++
	}
	switch w := p.word(to); {
	case w.is(english.DayPart) && !p.is(to, english.DayParts):
		stage = dayParts[w.Number]
	case w.is(english.NightTime):
		stage = "TNI"
	case w.is(english.ClockPoint):
		stage = "T" + two(w.Number) + ":00"
	default:
		return f, true
	}
	f.to = to + 1
	return f.during(stage), true
}

// during is a day's part.
func (f found) during(part string) found {
	f.kind = whence.TimeOfDay
	f.point.part = part
	f.value = f.point.value()
	return f
}

// dayWord reads "today", "yesterday morning", "tonight".
func (p *parser) dayWord(i int) (found, bool) {
	switch w := p.word(i); {
	case w.is(english.DayWord):
		return p.dayPart(at(p.current(english.UnitDay, w.Number), i, i+1))
	case w.is(english.NightTime):
		return at(p.nightPoint(i), i, i+1).during("TNI"), true
	}
	return found{}, false
}

// nightPoint is the day whose night "tonight" is: a paper of the small hours
// still speaks of the night before.
func (p *parser) nightPoint(i int) point {
	if p.published.Precision == whence.Second && p.published.Time.Hour() < forenoon && p.tense(i) != future {
		return p.current(english.UnitDay, -1)
	}
	return p.current(english.UnitDay, 0)
}

// Until smallHours it is night, and until forenoon a text that speaks of tonight
// was written in the night.
const (
	smallHours = 6
	forenoon   = 10
)

// deictic reads a unit, season or part of the day that is told from today or
// from what was spoken of: "this week", "last summer", "the next day", "that
// night", "the weekend".
func (p *parser) deictic(i int) (found, bool) {
	l, to := p.lead(i)
	w := p.word(to)
	if to == i && !w.is(english.SeasonName) {
		return found{}, false
	}
	fiscal := w.is(english.Fiscal)
	if fiscal {
		to++
		w = p.word(to)
	}
	switch {
	case w.is(english.SeasonName) && p.tag(to) != english.VB && p.tag(to) != english.VBP && p.tag(to) != english.VBD:
		return p.season(l, i, to)
	case w.is(english.MonthName) && l.class != 0 && p.capital(to):
		return p.ledMonth(l, i, to)
	case w.is(english.DayPart) && !p.is(to, english.DayParts):
		return p.ledDayPart(l, i, to)
	case w.is(english.TimeUnit) && w.Unit >= english.UnitDay && w.Unit != english.UnitHalf && !p.agedOrJoined(to+1) && !p.capital(to):
		return p.ledUnit(l, i, to)
	}
	return found{}, false
}

// agedOrJoined tells whether the unit before i goes on to an age or a compound:
// "the year-old", "the week-long".
func (p *parser) agedOrJoined(i int) bool {
	return p.particle(i, english.TimeOld) || p.hyphen(i) > i && !p.is(p.hyphen(i), english.Edge)
}

// ledUnit reads a unit of the calendar at to, from i on.
func (p *parser) ledUnit(l lead, i, to int) (found, bool) {
	unit := p.words[to].Unit
	end := to + 1
	switch {
	case l.class.Has(english.Previous|english.Following|english.ThatTime|english.Same) || l.the && unit == english.UnitDay && l.class.Has(english.NextWord):
		return p.spokenUnit(l, unit, i, end)
	case l.past && unit != english.UnitWeekend, l.the && l.class.Has(english.NextWord) && unit != english.UnitWeekend:
		return found{}, false // a length of time
	case l.class.Has(english.LastWord):
		return at(p.current(unit, -1), i, end), true
	case l.class.Has(english.Latest):
		return at(p.reported(unit), i, end), true
	case l.class.Has(english.NextWord):
		return at(p.current(unit, 1), i, end), true
	case l.class.Has(english.This | english.Current):
		return at(p.current(unit, 0), i, end), true
	}
	return p.definite(unit, i, end)
}

// spokenUnit is a unit told from the time spoken of.
func (p *parser) spokenUnit(l lead, unit english.Unit, i, end int) (found, bool) {
	if l.class.Has(english.Same) {
		return found{}, false
	}
	from := p.spokenDay()
	switch {
	case unit == english.UnitQuarter && p.quarter.known():
		from = p.quarter
	case unit == english.UnitYear && p.told.known():
		from = p.told
	}
	if !from.known() {
		return unknown(whence.TimeDate, i, end), true
	}
	n := 0
	switch {
	case l.class.Has(english.Previous):
		n = -1
	case l.class.Has(english.NextWord | english.Following):
		n = 1
	}
	return at(holding(unit, from.at).shift(n), i, end), true
}

// definite reads "the quarter", "the weekend", "the year".
func (p *parser) definite(unit english.Unit, i, end int) (found, bool) {
	if p.particle(end, english.TimeOf) || p.tag(end) == english.CD {
		return found{}, false // "the week of", "the year 99999"
	}
	switch unit {
	case english.UnitWeekend:
		q := p.current(unit, 0)
		if now, ok := p.now(english.UnitDay); ok && weekdayOf(now) < 6 && p.tense(i) == past {
			q = q.shift(-1)
		}
		return at(q, i, end), true
	case english.UnitQuarter:
		if p.quarter.unit == english.UnitQuarter {
			return at(p.quarter, i, end), true
		}
		return at(p.reported(unit), i, end), true
	case english.UnitYear:
		if t := p.tag(end); t == english.VBN || t == english.VBD || t == english.VBG { // "the year ended March 31"
			return found{kind: whence.TimeDuration, value: quantity{n: 1}.length(unit), from: i, to: end}, true
		}
		return at(p.current(unit, 0), i, end), true
	case english.UnitDay:
		if p.thisDay(i, end) {
			return at(p.spokenOrToday(), i, end), true
		}
	case english.UnitMonth, english.UnitWeek, english.UnitDecade, english.UnitCentury:
		return at(p.current(unit, 0), i, end), true
	}
	return found{}, false
}

// thisDay tells whether "the day" before word end is a certain one: "later in
// the day", "ended the day at", not "the day he left".
func (p *parser) thisDay(i, end int) bool {
	switch before := p.word(i - 1).Particle; {
	case before != english.TimeIn && before != english.TimeFor && !p.tag(i-1).Verb():
		return false
	case before == english.TimeIn && !p.is(i-2, english.Comparative|english.Stage):
		return false
	}
	return end >= len(p.words) || punctuation(p.tag(end)) || p.particle(end, english.TimeAt) || p.tag(end) == english.RB
}

// reported is the last unit that is over, which reports are about.
func (p *parser) reported(unit english.Unit) point { return p.current(unit, -1) }

// season reads a season at to, from i on.
func (p *parser) season(l lead, i, to int) (found, bool) {
	doubtful := p.words[to].is(english.Doubtful)
	number := p.words[to].Number
	end := to + 1
	year, next, given := p.yearAfter(end, false)
	if given {
		end = next
	}
	if doubtful && !given && l.class == 0 && !(l.the && seasonLeads[p.word(i-1).Particle]) {
		return found{}, false
	}
	if p.is(end, english.TimeUnit|english.TimeUnits) || !given && l.class == 0 && !l.the && !seasonLeads[p.word(i-1).Particle] {
		return found{}, false
	}
	return at(p.seasonPoint(l, year, number, to), i, end), true
}

// seasonLeads are the particles before a season that stands for a certain one.
var seasonLeads = map[english.TimeParticle]bool{
	english.TimeIn: true, english.TimeSince: true, english.TimeFrom: true, english.TimeUntil: true, english.TimeBy: true,
	english.TimeDuring: true, english.TimeThe: true,
}

// seasonPoint is a season. Its year is that in which it begins, but winter's is
// that of which the text speaks.
func (p *parser) seasonPoint(l lead, year, number, to int) point {
	if year > 0 {
		return point{unit: english.UnitSeason, at: day(year, 3*number, 1)}
	}
	now := p.current(english.UnitSeason, 0)
	if year == yearUnknown || !now.known() {
		return point{}
	}
	q := point{unit: english.UnitSeason, at: day(now.at.Year(), 3*number, 1)}
	tense := past
	switch {
	case l.class.Has(english.LastWord):
		if !q.at.Before(now.at) {
			q = point{unit: q.unit, at: q.at.AddDate(-1, 0, 0)}
		}
		return q
	case l.class.Has(english.NextWord):
		tense = future
	case l.class.Has(english.This):
		return q
	default:
		if tense = p.tense(to); tense == present && !l.the {
			return point{} // every winter
		}
	}
	switch {
	case tense == future && q.at.Before(now.at):
		q.at = q.at.AddDate(1, 0, 0)
	case tense == past && q.at.After(now.at):
		q.at = q.at.AddDate(-1, 0, 0)
	}
	return q
}

// ledMonth reads "last April", "this September" and the year behind.
func (p *parser) ledMonth(l lead, i, to int) (found, bool) {
	month := p.words[to].Number
	now := p.current(english.UnitMonth, 0)
	if !now.known() {
		return unknown(whence.TimeDate, i, to+1), true
	}
	q := point{unit: english.UnitMonth, at: day(now.at.Year(), month, 1)}
	switch {
	case l.class.Has(english.LastWord|english.Previous) && !q.at.Before(now.at):
		q.at = q.at.AddDate(-1, 0, 0)
	case l.class.Has(english.NextWord|english.Following) && !q.at.After(now.at):
		q.at = q.at.AddDate(1, 0, 0)
	}
	end := to + 1
	if d, next := p.dayOfMonth(end); d > 0 {
		q, end = p.monthPoint(i, q.at.Year(), month, d), next
	}
	return at(q, i, end), true
}

// ledDayPart reads "this morning", "last night", "that night", "the next
// morning", "the evening".
func (p *parser) ledDayPart(l lead, i, to int) (found, bool) {
	part := dayParts[p.words[to].Number]
	var q point
	switch {
	case l.class.Has(english.This):
		q = p.current(english.UnitDay, 0)
	case l.class.Has(english.LastWord):
		q = p.current(english.UnitDay, -1)
	case l.class.Has(english.NextWord | english.Following):
		q = p.spokenDay().shift(1)
	case l.class.Has(english.Previous):
		q = p.spokenDay().shift(-1)
	case l.class.Has(english.ThatTime | english.Same):
		q = p.spokenDay()
	case l.the && !p.noun(to):
		return found{}, false // "the evening crossing"
	case l.the:
		q = p.spokenDay()
	}
	f := at(q, i, to+1)
	f = f.during(part)
	next := to + 1
	if p.particle(next, english.TimeOf) {
		if d, ok := p.date(next + 1); ok && d.point.unit == english.UnitDay {
			d.from = i
			return d.during(part), true
		}
	}
	return f, true
}

// partOfYear reads "the third quarter of 1989", "third-quarter", "the first half
// of last year", "Q3 2025", "this year's third quarter", "fiscal 1989".
func (p *parser) partOfYear(i int) (found, bool) {
	to, year, given := i, 0, false
	if l, next := p.lead(i); next > i && !l.class.Has(english.LastWord|english.NextWord) || p.word(i).form == yearForm {
		if p.is(next, english.TimeUnit) && p.words[next].Unit == english.UnitYear && p.particle(next+1, english.TimePossessive) {
			year, to, given = p.yearOf(p.current(english.UnitYear, 0)), next+2, true
		} else {
			to = next
		}
	} else if l.class.Has(english.LastWord | english.NextWord) {
		if y, after, ok := p.yearAfter(i, false); ok && p.particle(after, english.TimePossessive) {
			year, to, given = y, after+1, true
		} else {
			to = next - 1
		}
	}
	compared := 0
	if p.is(to, english.Compared) {
		compared = -1
		to++
	}
	to = p.fiscal(to)
	if p.word(to).form == yearForm {
		year, given = p.words[to].Number, true
		to = p.skip(to+1, english.TimePossessive)
	}
	to = p.fiscal(to)
	unit, n, to, ok := p.ordinalPart(to)
	if !ok {
		return found{}, false
	}
	if y, after, behind := p.fiscalYearAfter(to); behind && !given {
		year, to, given = y, after, true
	}
	var q point
	switch {
	case given && year != yearUnknown:
		q = point{unit: unit, at: day(year, months[unit]*(n-1)+1, 1)}
	case !given:
		q = p.partPoint(unit, n, i)
	}
	if compared != 0 && q.known() {
		q.at = q.at.AddDate(compared, 0, 0)
	}
	f := at(q, i, to)
	if p.particle(to-2, english.TimeHyphen) && to-3 == i+1 && p.particle(i, english.TimeThe) {
		f.from = i + 1 // "the third-quarter loss"
	}
	return f, true
}

// fiscal is the place after "fiscal", or i.
func (p *parser) fiscal(i int) int {
	if p.is(i, english.Fiscal) {
		return i + 1
	}
	return i
}

// fiscalYearAfter reads the year behind a part of one: "of fiscal 1989".
func (p *parser) fiscalYearAfter(i int) (year, to int, ok bool) {
	next := p.skip(i, english.TimeOf)
	next = p.skip(next, english.TimeThe)
	next = p.fiscal(next)
	if p.word(next).form == yearForm {
		return p.words[next].Number, next + 1, true
	}
	return p.yearAfter(i, false)
}

// ordinalPart reads "third quarter", "third-quarter", "Q3", "first half".
func (p *parser) ordinalPart(i int) (unit english.Unit, n, to int, ok bool) {
	w := p.word(i)
	if w.form == quarterForm {
		return english.UnitQuarter, w.Number, i + 1, true
	}
	n = w.Number
	last := w.is(english.LastWord) && w.Particle != english.TimePast
	if !w.is(english.Ordinal) && w.form != ordinalForm && !last {
		return 0, 0, i, false
	}
	to = p.fiscal(p.hyphen(i + 1))
	unit = p.word(to).Unit
	most := 0
	if unit == english.UnitQuarter || unit == english.UnitHalf {
		most = 12 / months[unit]
	}
	if last {
		if n = most; unit == english.UnitQuarter && !p.particle(to+1, english.TimeOf) {
			return 0, 0, i, false
		}
	}
	if !p.is(to, english.TimeUnit) || n < 1 || n > most {
		return 0, 0, i, false
	}
	if unit == english.UnitHalf {
		if _, _, year := p.fiscalYearAfter(to + 1); !year && !p.is(i-1, english.Fiscal) {
			return 0, 0, i, false // of a match, of a plan
		}
	}
	return unit, n, to + 1, true
}

// partPoint is the nth quarter or half of the year that the tense asks for.
func (p *parser) partPoint(unit english.Unit, n, i int) point {
	now := p.current(unit, 0)
	if !now.known() {
		return point{}
	}
	q := point{unit: unit, at: day(now.at.Year(), months[unit]*(n-1)+1, 1)}
	tense := p.tense(i)
	switch {
	case q.at.Before(now.at) && q.shift(1).at.Equal(now.at): // now it is reported
		return q
	case tense == future && q.at.Before(now.at):
		q.at = q.at.AddDate(1, 0, 0)
	case tense <= past && q.at.After(now.at):
		q.at = q.at.AddDate(-1, 0, 0)
	}
	return q
}

// decade reads "the 1980s", "the '80s", "the eighties", early and late ones.
func (p *parser) decade(i int) (found, bool) {
	to := p.skip(i, english.TimeThe)
	if p.is(to, english.Stage) {
		to = p.hyphen(to + 1)
	}
	w := p.word(to)
	year := w.Number
	switch {
	case w.form == decadeForm && year >= firstYear && year <= lastYear:
	case w.form == decadeForm && year < 100, w.is(english.DecadeWord) && to > i:
		year += 1900
		if w.form != decadeForm && p.tag(to-1) == english.PRPS {
			return found{}, false
		}
	default:
		return found{}, false
	}
	return at(point{unit: english.UnitDecade, at: day(year, 1, 1)}, i, to+1), true
}

// century reads "the 20th century".
func (p *parser) century(i int) (found, bool) {
	to := p.skip(i, english.TimeThe)
	if p.is(to, english.Stage) {
		to = p.hyphen(to + 1)
	}
	w := p.word(to)
	next := p.hyphen(to + 1)
	if w.form != ordinalForm && !w.is(english.Ordinal) || p.word(next).Unit != english.UnitCentury {
		return found{}, false
	}
	f := at(point{unit: english.UnitCentury, at: day(100*(w.Number-1), 1, 1)}, i, next+1)
	if p.is(next+1, english.Era) {
		f.to++
		f.value = ""
	}
	return f, true
}

// year reads "1989", "fiscal 1989", "the year 2000", "mid-1996".
func (p *parser) year(i int) (found, bool) {
	to := i
	if p.particle(to, english.TimeThe) {
		to++
	}
	named := false
	to = p.fiscal(to)
	if p.word(to).Unit == english.UnitYear && p.is(to, english.TimeUnit) {
		named = true
		to++
	}
	fiscal := p.is(to-1, english.Fiscal) && to > i
	w := p.word(to)
	switch {
	case w.form == fiscalForm:
		return at(point{unit: english.UnitYear, at: day(w.Number, 1, 1)}, i, to+1), true
	case w.mid && to > i:
		return found{}, false // "the mid-1996 vote"
	case w.form == yearForm && (named || fiscal || w.mid || to == i && p.plainYear(to)):
		return p.yearEra(at(point{unit: english.UnitYear, at: day(w.Number, 1, 1)}, i, to+1))
	}
	if n, end, ok := p.spelledYear(to, named); ok && (to == i || named) {
		return at(point{unit: english.UnitYear, at: day(n, 1, 1)}, i, end), true
	}
	return found{}, false
}

// yearEra leaves years before our era without a value.
func (p *parser) yearEra(f found) (found, bool) {
	if p.is(f.to, english.Era) {
		f.value, f.point = "", point{}
		f.to++
	}
	return f, true
}

// plainYear tells whether four digits alone are a year.
func (p *parser) plainYear(i int) bool {
	const earliest, latest = 1500, 2100 // of years that news names without more
	n := p.words[i].Number
	if n < earliest || n > latest || p.tag(i-1) == english.Currency {
		return false
	}
	if i > 0 && p.joined(i) && !p.particle(i-1, english.TimeHyphen) && p.tag(i-1) != english.OpenQuote && p.tag(i-1) != english.OpenBracket {
		return false
	}
	if t := p.tag(i - 1); t == english.NNP && p.word(i-1).Class == 0 || p.tag(i+1) == english.NNP && (t == english.POS || t == english.PRPS || p.particle(i-1, english.TimeA)) {
		return false // "Orion 1980", "his 1987 Chevrolet"
	}
	next := p.word(i + 1)
	if p.joined(i+1) && !p.particle(i+1, english.TimeHyphen) && !p.particle(i+1, english.TimePossessive) && next.Class == 0 && !punctuation(p.tag(i+1)) {
		return false
	}
	if next.is(english.TimeUnits|english.Scale) || p.is(i-1, english.Approximate) && n%100 == 0 {
		return false
	}
	counts := (p.tag(i+1) == english.NNS || p.tag(i+2) == english.NNS && p.tag(i+1) == english.JJ) && !yearLeads[p.word(i-1).Particle]
	return !counts || n%50 != 0
}

// yearLeads are the particles before years.
var yearLeads = map[english.TimeParticle]bool{
	english.TimeIn: true, english.TimeSince: true, english.TimeFrom: true, english.TimeUntil: true, english.TimeBy: true,
	english.TimeDuring: true, english.TimeThe: true,
}

func punctuation(t english.Tag) bool {
	return t == english.Comma || t == english.Stop || t == english.Colon || t == english.CloseQuote || t == english.CloseBracket || t == english.POS
}

// spelledYear reads "nineteen ninety-four", "two thousand".
func (p *parser) spelledYear(i int, named bool) (year, to int, ok bool) {
	w := p.word(i)
	if !w.is(english.Cardinal) {
		return 0, i, false
	}
	if named && w.Number == 2 && p.is(p.hyphen(i+1), english.Scale) {
		q, to, _ := p.cardinal(i)
		return q.n, to, q.n >= firstYear && q.n <= lastYear
	}
	if w.Number >= 15 && w.Number <= 20 {
		tens := p.word(i + 1)
		if !tens.is(english.Cardinal) || tens.Number < 10 {
			return 0, i, false
		}
		n := 100*w.Number + tens.Number
		next := p.hyphen(i + 2)
		if ones := p.word(next); tens.Number >= 20 && ones.is(english.Cardinal) && ones.Number < 10 {
			return n + ones.Number, next + 1, true
		}
		return n, i + 2, true
	}
	return 0, i, false
}

// holiday reads a day that has a name.
func (p *parser) holiday(i int) (found, bool) {
	l, to := p.lead(i)
	if p.is(i, english.Holiday) && p.span(i) > 1 && p.particle(i, english.TimeThe) {
		l, to = lead{}, i // "the new year"
	} else if !p.is(to, english.Holiday) || !p.capital(to) || l.the && l.class == 0 {
		return found{}, false
	}
	rule := p.words[to].Rule
	end := to + p.span(to)
	year, next, given := p.yearAfter(end, true)
	if given {
		end = next
	} else {
		year = p.holidayYear(l, rule, to)
	}
	if year == yearUnknown {
		return unknown(whence.TimeDate, i, end), true
	}
	t, ok := holidayIn(rule, year)
	if !ok || t.Year() < firstYear {
		return unknown(whence.TimeDate, i, end), true
	}
	return p.dayPart(at(point{unit: english.UnitDay, at: t}, i, end))
}

// holidayYear is the year of a holiday that is told without one.
func (p *parser) holidayYear(l lead, rule string, i int) int {
	now, ok := p.now(english.UnitDay)
	if !ok {
		return yearUnknown
	}
	t, ok := holidayIn(rule, now.Year())
	if !ok {
		return yearUnknown
	}
	switch {
	case l.class.Has(english.This):
		return now.Year()
	case l.class.Has(english.LastWord) && !t.Before(now):
		return now.Year() - 1
	case l.class.Has(english.LastWord):
		return now.Year()
	case l.class.Has(english.NextWord) && t.Before(now):
		return now.Year() + 1
	}
	return p.yearFor(i, english.UnitDay, int(t.Month()), t.Day())
}

// staged reads a date with what says which part of it: "early next year",
// "late yesterday", "mid-November", "earlier this month", "sometime next year".
func (p *parser) staged(i int) (found, bool) {
	w := p.word(i)
	if !w.is(english.Stage | english.Comparative | english.Sometime) {
		return found{}, false
	}
	next := p.hyphen(i + 1)
	if w.is(english.Comparative) && p.is(next, english.WeekdayName) {
		return found{}, false
	}
	if p.particle(next, english.TimeIn) && w.is(english.Stage|english.Comparative) && p.particle(next+1, english.TimeThe) {
		next++
	}
	f, ok := p.date(next)
	if !ok && w.is(english.Stage) && p.is(next, english.DayPart) {
		return unknown(whence.TimeOfDay, i, next+1).on(p.spokenOrToday(), dayParts[p.words[next].Number]), true
	}
	if !ok {
		return f, false
	}
	f.from = i
	if f.kind == whence.TimeDate && f.point.unit == english.UnitDay && w.is(english.Stage) && w.Number == earlyStage && p.is(next, english.WeekdayName|english.DayWord) {
		f = f.during("TMO")
	}
	return f, true
}

// earlyStage is the number of "early" among the stages.
const earlyStage = 1

// on is the time of a part of a day.
func (f found) on(q point, part string) found {
	f.point = q
	return f.during(part)
}

// spokenOrToday is the day last spoken of in the article, or else today.
func (p *parser) spokenOrToday() point {
	if q := p.spokenDay(); q.known() {
		return q
	}
	return p.current(english.UnitDay, 0)
}

// yearEnd reads "year-end", "the year-end", "month's end".
func (p *parser) yearEnd(i int) (found, bool) {
	w := p.word(i)
	if !w.is(english.TimeUnit) || w.Unit != english.UnitYear {
		return found{}, false
	}
	to := p.skip(p.hyphen(i+1), english.TimePossessive)
	if !p.is(to, english.Edge) || p.words[to].Number != edgeEnd {
		return found{}, false
	}
	end := to + 1
	year := p.current(english.UnitYear, 0)
	if y, next, given := p.yearAfter(end, false); given && y > 0 {
		year, end = point{unit: english.UnitYear, at: day(y, 1, 1)}, next
	} else if given {
		year, end = point{}, next
	}
	if !year.known() {
		return unknown(whence.TimeDate, i, end), true
	}
	return at(point{unit: english.UnitDay, at: year.end().AddDate(0, 0, -1)}, i, end), true
}

// compared reads "the year-earlier period", "year-ago quarter": the same part of
// the year before.
func (p *parser) compared(i int) (found, bool) {
	to := p.skip(i, english.TimeThe)
	if !(p.is(to, english.TimeUnit) && p.words[to].Unit == english.UnitYear && p.hyphen(to+1) > to+1) {
		return found{}, false
	}
	to = p.hyphen(to + 1)
	if !p.is(to, english.Comparative|english.Ago) {
		return found{}, false
	}
	to++
	q := p.yearBefore()
	if p.is(to, english.Stretch) || p.is(to, english.TimeUnit) {
		to++
	} else if unit, n, next, ok := p.ordinalPart(to); ok {
		q, to = p.partPoint(unit, n, i), next
		if q.known() {
			q.at = q.at.AddDate(-1, 0, 0)
		}
	}
	f := at(q, i, to)
	f.compared = true
	return f, true
}

// yearBefore is the same part of the year before the one spoken of.
func (p *parser) yearBefore() point {
	q := p.quarter
	if !q.known() {
		return p.current(english.UnitYear, -1)
	}
	return point{unit: q.unit, at: q.at.AddDate(-1, 0, 0)}
}

// edge reads a part of a date: "the end of the year", "the middle of next week".
func (p *parser) edge(i int) (found, bool) {
	to := p.skip(i, english.TimeThe)
	if p.is(to, english.Stage) {
		to++
	}
	if !p.is(to, english.Edge) || !p.particle(to+1, english.TimeOf) {
		return found{}, false
	}
	f, ok := p.date(to + 2)
	if !ok {
		return f, false
	}
	f.from = i
	if p.words[to].Number == edgeEnd && f.point.unit == english.UnitMonth && p.is(f.to-1, english.TimeUnit) {
		f.point = point{unit: english.UnitDay, at: f.point.end().AddDate(0, 0, -1)}
		f.value = f.point.value()
	}
	return f, true
}

// within reads a unit of a longer date: "the last week of March", "the first half
// of the 1980s". Its value is that of the date.
func (p *parser) within(i int) (found, bool) {
	to := p.skip(i, english.TimeThe)
	if w := p.word(to); to == i || !w.is(english.Ordinal) && w.form != ordinalForm && !w.is(english.LastWord) {
		return found{}, false
	}
	to++
	if !p.is(to, english.TimeUnit|english.TimeUnits) || p.words[to].Unit < english.UnitDay || !p.particle(to+1, english.TimeOf) {
		return found{}, false
	}
	f, ok := p.date(to + 2)
	if !ok || f.kind != whence.TimeDate || f.point.unit <= p.words[to].Unit {
		return found{}, false
	}
	f.from = i
	if d := p.words[to-1].Number; p.words[to].Unit == english.UnitDay && f.point.unit == english.UnitMonth && d > 0 {
		f.point = p.monthPoint(i, f.point.at.Year(), int(f.point.at.Month()), d)
		f.value = f.point.value()
	}
	return f, true
}

// edgeEnd is the number of the words for the end of a stretch.
const edgeEnd = 3
