package when

import (
	"whence"
	"whence/english"
)

// lead is what leads up to a unit or name of the calendar: "the", "last",
// "this past".
type lead struct {
	class english.TimeClass // 0 where there is none but perhaps "the"
	the   bool
	past  bool // "past", not "last": the length is meant
}

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

const leads = english.This | english.Current | english.ThatTime | english.Same | english.LastWord | english.Previous |
	english.NextWord | english.Following | english.Latest

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
