package when

import (
	"strconv"
	"strings"
	"time"

	"whence"
)

// PeriodOf is the stretch of the calendar that a time stands for: its own
// Period where the words around it make it an end of one ("since September"),
// or else what its value covers, both ends inclusive. "2025-09" begins and ends
// in that month, "2025-W43" on its Monday and Sunday, "2025-Q1" in January and
// March, "2025-SU" in June and August (the meteorological seasons of the north,
// winter left out, for nobody can tell which year's it is), "199" in 1990 and
// 1999, "2025-10-28TNI" on that day. PRESENT_REF is the day of publication.
//
// The zero Period comes back for what has no place in the calendar: durations
// without a beginning, sets, other references, values with unknown parts.
func PeriodOf(t whence.Time, published whence.Date) whence.Period {
	if !t.Period.IsZero() {
		return t.Period
	}
	if t.Type != whence.TimeDate && t.Type != whence.TimeOfDay {
		return whence.Period{}
	}
	if t.Value == presentRef {
		day := published
		if day.Precision == whence.Second {
			day = whence.NewDate(day.Time, whence.Day)
		}
		return whence.Period{Begin: day, End: day}
	}
	return periodOf(t.Value)
}

// periodOf is what a calendar value covers.
func periodOf(value string) whence.Period {
	value, _, _ = strings.Cut(value, "T")
	head, rest, parted := strings.Cut(value, "-")
	switch {
	case !parted && len(head) == 3:
		return years(head+"0", head+"9")
	case !parted && len(head) == 2:
		return years(head+"00", head+"99")
	case len(head) != 4:
		return whence.Period{}
	case strings.HasPrefix(rest, "W"):
		if digits(rest[1:]) || strings.HasSuffix(rest, "-WE") {
			return weekPeriod(head, rest)
		}
	}
	if m, ok := parts[rest]; ok {
		return years(head+m[0], head+m[1])
	}
	return years(value, value)
}

// parts are the months that the parts of a year begin and end in.
var parts = map[string][2]string{
	"Q1": {"-01", "-03"}, "Q2": {"-04", "-06"}, "Q3": {"-07", "-09"}, "Q4": {"-10", "-12"},
	"H1": {"-01", "-06"}, "H2": {"-07", "-12"},
	"SP": {"-03", "-05"}, "SU": {"-06", "-08"}, "FA": {"-09", "-11"},
}

// years is the period between two ISO dates; zero where one is none.
func years(begin, end string) whence.Period {
	b, err := whence.ParseDate(begin)
	if err != nil {
		return whence.Period{}
	}
	e, err := whence.ParseDate(end)
	if err != nil {
		return whence.Period{}
	}
	return whence.Period{Begin: b, End: e}
}

// weekPeriod is the week or weekend "W43" or "W43-WE" of a year.
func weekPeriod(year, week string) whence.Period {
	number, weekend := strings.CutSuffix(week[1:], "-WE")
	y, err := strconv.Atoi(year)
	if err != nil || y < 1000 {
		return whence.Period{}
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 1 || n > 53 {
		return whence.Period{}
	}
	first := mondayOf(y, n)
	begin := first
	if weekend {
		begin = first.AddDate(0, 0, 5)
	}
	return whence.Period{Begin: whence.NewDate(begin, whence.Day), End: whence.NewDate(first.AddDate(0, 0, 6), whence.Day)}
}

// mondayOf is the Monday of an ISO 8601 week: the first holds 4 January.
func mondayOf(year, week int) time.Time {
	fourth := time.Date(year, 1, 4, 0, 0, 0, 0, time.UTC)
	back := (int(fourth.Weekday()) + 6) % 7
	return fourth.AddDate(0, 0, 7*(week-1)-back)
}

// digits tells whether s is digits alone, and some.
func digits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
