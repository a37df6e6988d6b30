package when

import (
	"whence"
	"whence/english"
)

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
