package when

import (
	"strconv"

	"whence"
	"whence/english"
)

// set reads how often: "every day", "each Thursday", "daily", "Mondays", "a week"
// behind what is counted.
func (p *parser) set(i int) (found, bool) {
	w := p.word(i)
	set := func(value string, to int) (found, bool) {
		return found{kind: whence.TimeSet, value: value, from: i, to: to}, true
	}
	switch {
	case w.is(english.Every):
		return p.every(i)
	case w.is(english.Frequency):
		if w.is(english.TimeUnit) || p.joined(i) || p.joined(i+1) && p.particle(i+1, english.TimeHyphen) {
			return found{}, false
		}
		if p.tag(i) == english.NNP || w.Unit >= english.UnitMonth && p.tag(i+1).Noun() {
			return found{}, false // "The Daily Gull", "a quarterly dividend"
		}
		return set(quantity{n: 1}.length(w.Unit), i+1)
	case w.is(english.WeekdayNames) && p.capital(i):
		return set(anyWeek+strconv.Itoa(w.Number), i+1)
	case w.is(english.WeekdayName) && p.is(i+1, english.DayParts):
		return set(anyWeek+strconv.Itoa(w.Number)+dayParts[p.words[i+1].Number], i+2)
	case p.particle(i, english.TimeA):
		if m, ok := p.measure(i); ok && p.rate(m, i) && !p.aged(m.to) {
			return set(m.length(m.unit), m.to)
		}
	}
	return found{}, false
}

// What TIMEX3 writes where any year, week, month or day is meant: an X a digit.
const (
	anyTwo  = "XX"
	anyYear = anyTwo + anyTwo
	anyWeek = anyYear + "-W" + anyTwo + "-"
)

// every reads what "every" or "each" leads.
func (p *parser) every(i int) (found, bool) {
	to := i + 1
	f := found{kind: whence.TimeSet, from: i}
	w := p.word(to)
	switch {
	case w.is(english.WeekdayName):
		f.value, f.to = anyWeek+strconv.Itoa(w.Number), to+1
	case w.is(english.MonthName) && p.capital(to):
		f.value, f.to = anyYear+"-"+two(w.Number), to+1
	case w.is(english.SeasonName):
		f.value, f.to = anyYear+"-"+seasons[w.Number-1], to+1
	case w.is(english.DayPart):
		f.value, f.to = anyYear+"-"+anyTwo+"-"+anyTwo+dayParts[w.Number], to+1
	case w.is(english.TimeUnit):
		f.value, f.to = quantity{n: 1}.length(w.Unit), to+1
	default:
		q, next, ok := p.quantity(to)
		if !ok || !p.is(next, english.TimeUnit|english.TimeUnits) {
			return found{}, false
		}
		f.value, f.to = q.length(p.words[next].Unit), next+1
	}
	return f, true
}
