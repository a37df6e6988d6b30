package when

import (
	"strconv"
	"strings"
	"time"

	"whence/english"
)

// point is a stretch of the calendar: a unit of it and the first day. The zero
// point is unknown. Part is what a value has behind the day: "TMO", "T18:45".
type point struct {
	unit english.Unit
	at   time.Time
	part string
}

func (q point) known() bool { return q.unit != english.NoUnit }

// day is the day of a date, with overflow as time.Date has it.
func day(year, month, d int) time.Time {
	return time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC)
}

// exists tells whether there is such a day.
func exists(year, month, d int) bool {
	if year < firstYear || year > lastYear || month < 1 || month > 12 || d < 1 {
		return false
	}
	return day(year, month, d).Day() == d
}

// seasons are the seasons of TIMEX3 from spring on, and parts the parts of the
// day in the order of english.DayPart.
var (
	seasons  = [...]string{"SP", "SU", "FA", "WI"}
	dayParts = [...]string{"", "TMO", "TMI", "TAF", "TEV", "TNI", "TDT"}
)

// value is the TIMEX3 value of the point, "" if it is unknown or out of the
// years that are written with four digits.
func (q point) value() string {
	year, month := q.at.Year(), int(q.at.Month())
	if !q.known() || year < firstYear || year > 9999 {
		return ""
	}
	y := strconv.Itoa(year)
	switch q.unit {
	case english.UnitMillennium:
		return y[:1]
	case english.UnitCentury:
		return y[:2]
	case english.UnitDecade:
		return y[:3]
	case english.UnitYear:
		return y
	case english.UnitHalf:
		return y + "-H" + strconv.Itoa((month+5)/6)
	case english.UnitSeason:
		return y + "-" + seasons[(month-3)/3]
	case english.UnitQuarter:
		return y + "-Q" + strconv.Itoa((month+2)/3)
	case english.UnitMonth:
		return y + "-" + two(month)
	case english.UnitWeek, english.UnitWeekend, english.UnitFortnight:
		return weekValue(q)
	}
	return y + "-" + two(month) + "-" + two(q.at.Day()) + q.part
}

func weekValue(q point) string {
	year, week := q.at.ISOWeek()
	value := strconv.Itoa(year) + "-W" + two(week)
	if q.unit == english.UnitWeekend {
		value += "-WE"
	}
	return value
}

// two is a number of one or two digits with two.
func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// months is how many months the units have that are made of months.
var months = map[english.Unit]int{
	english.UnitMonth: 1, english.UnitQuarter: 3, english.UnitSeason: 3, english.UnitHalf: 6, english.UnitYear: 12,
	english.UnitDecade: 120, english.UnitCentury: 1200, english.UnitMillennium: 12000,
}

// days is how many days the units have that are made of days.
var days = map[english.Unit]int{
	english.UnitDay: 1, english.UnitWeek: 7, english.UnitWeekend: 7, english.UnitFortnight: 14,
}

// holding is the unit of the calendar that holds a day; unknown for units
// shorter than a day.
func holding(unit english.Unit, t time.Time) point {
	year, month := t.Year(), int(t.Month())
	switch unit {
	case english.UnitDay:
		return point{unit: unit, at: day(year, month, t.Day())}
	case english.UnitWeek, english.UnitWeekend, english.UnitFortnight:
		return point{unit: unit, at: day(year, month, t.Day()-(weekdayOf(t)-1))}
	case english.UnitSeason:
		if month < 3 {
			year, month = year-1, month+12
		}
		return point{unit: unit, at: day(year, month-month%3, 1)}
	}
	n, ok := months[unit]
	if !ok {
		return point{}
	}
	if n <= 12 {
		return point{unit: unit, at: day(year, month-(month-1)%n, 1)}
	}
	return point{unit: unit, at: day(year-year%(n/12), 1, 1)}
}

// shift is the point n of its units later. Where n has no bounds of its own,
// callers bound it; years out of range have no value.
func (q point) shift(n int) point {
	if n > mostShift || n < -mostShift {
		return point{}
	}
	if m, ok := months[q.unit]; ok {
		q.at = q.at.AddDate(0, m*n, 0)
	} else {
		q.at = q.at.AddDate(0, 0, days[q.unit]*n)
	}
	return q
}

// mostShift is how many units away from a known date a time may be told.
const mostShift = 10000

// end is the first day after the point.
func (q point) end() time.Time { return q.shift(1).at }

// weekdayOf is the day of the week from Monday, 1, to Sunday, 7.
func weekdayOf(t time.Time) int { return (int(t.Weekday())+6)%7 + 1 }

// holidayIn is the day of a holiday in a year, by its rule.
func holidayIn(rule string, year int) (time.Time, bool) {
	name, rest, _ := strings.Cut(rule, "/")
	if name == "easter" {
		n, err := strconv.Atoi(rest)
		return easter(year).AddDate(0, 0, n), err == nil
	}
	month, err := strconv.Atoi(name)
	if err != nil {
		return time.Time{}, false
	}
	first, which, floating := strings.Cut(rest, "/")
	d, err := strconv.Atoi(first)
	if err != nil {
		return time.Time{}, false
	}
	if !floating {
		return day(year, month, d), true
	}
	n, err := strconv.Atoi(which)
	return nthWeekday(year, month, d, n), err == nil
}

// nthWeekday is the nth such weekday of a month, or for -1 the last.
func nthWeekday(year, month, weekday, n int) time.Time {
	if n < 0 {
		last := day(year, month+1, 0)
		return last.AddDate(0, 0, -((weekdayOf(last) - weekday + 7) % 7))
	}
	first := day(year, month, 1)
	return first.AddDate(0, 0, (weekday-weekdayOf(first)+7)%7+7*(n-1))
}

// easter is Easter Sunday in the Gregorian calendar (Meeus, Jones and Butcher).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return day(year, n/31, n%31+1)
}
