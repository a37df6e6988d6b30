package when

import (
	"time"

	"whence"
	"whence/english"
)

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
	f := at(q, i, to)
	f.inferred = l.class == 0
	return p.dayPart(f)
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
	var stage string
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
