package when

import (
	"strconv"
	"time"

	"whence"
	"whence/english"
)

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
