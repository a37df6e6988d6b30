package feed

import (
	"strconv"
	"strings"
	"time"

	"whence"
)

// parseDate reads the forms of date that feeds hold: ISO 8601 (also basic,
// ordinal, cut short), RFC 822 and its successors with their usual breaches,
// and the order of C's asctime. The zero Date is what it cannot read. A time
// of day counts only with a zone that means one offset; else the date is kept
// to the day.
func parseDate(s string) whence.Date {
	s = strings.Trim(s, blank)
	if len(s) > 80 {
		return whence.Date{}
	}
	if d, ok := isoDate(s); ok {
		return d
	}
	return wordsDate(s)
}

// moment is a date as its parts are read.
type moment struct {
	year, month, day int // month and day are 0 if not given
	clock            clock
}

// clock is a time of day.
type clock struct {
	known                bool
	hour, minute, second int
	zone                 *time.Location // nil if none is given or understood
}

// date is m to the precision that is certain; false for days that do not
// exist.
func (m moment) date() (whence.Date, bool) {
	if m.year < 1000 || m.year > 9999 {
		return whence.Date{}, false
	}
	switch {
	case m.month == 0:
		return whence.NewDate(time.Date(m.year, 1, 1, 0, 0, 0, 0, time.UTC), whence.Year), true
	case m.month < 1 || m.month > 12:
		return whence.Date{}, false
	case m.day == 0:
		return whence.NewDate(time.Date(m.year, time.Month(m.month), 1, 0, 0, 0, 0, time.UTC), whence.Month), true
	}
	day := time.Date(m.year, time.Month(m.month), m.day, 0, 0, 0, 0, time.UTC)
	if day.Day() != m.day {
		return whence.Date{}, false
	}
	c := m.clock
	if !c.known || c.zone == nil || c.hour > 24 || c.minute > 59 || c.second > 60 || c.hour == 24 && c.minute+c.second > 0 {
		return whence.NewDate(day, whence.Day), true
	}
	at := time.Date(m.year, time.Month(m.month), m.day, c.hour, c.minute, c.second, 0, c.zone)
	return whence.NewDate(at, whence.Second), true
}

// isoDate reads ISO 8601.
func isoDate(s string) (whence.Date, bool) {
	day, rest := s, ""
	if at := strings.IndexAny(s, "Tt "); at >= 0 {
		day, rest = s[:at], strings.Trim(s[at+1:], blank)
	}
	m, ok := isoDay(day)
	if !ok {
		return whence.Date{}, false
	}
	if rest != "" && m.day != 0 {
		m.clock = readClock(rest)
	}
	return m.date()
}

// isoDay reads YYYY, YYYY-MM, YYYY-MM-DD, YYYY-DDD, YYYYMMDD and YYYYDDD; a
// slash or point may stand for the hyphen.
func isoDay(s string) (m moment, ok bool) {
	parts := strings.Split(strings.NewReplacer("/", "-", ".", "-").Replace(s), "-")
	for _, p := range parts {
		if p == "" || strings.Trim(p, "0123456789") != "" {
			return m, false
		}
	}
	lengths := ""
	for _, p := range parts {
		lengths += strconv.Itoa(len(p))
	}
	n := func(part, from, to int) int {
		v, err := strconv.Atoi(parts[part][from:to])
		if err != nil {
			return 0
		}
		return v
	}
	switch lengths {
	case "4":
		return moment{year: n(0, 0, 4)}, true
	case "42":
		return moment{year: n(0, 0, 4), month: n(1, 0, 2)}, n(1, 0, 2) > 0
	case "422", "421", "412", "411":
		m = moment{year: n(0, 0, 4), month: n(1, 0, len(parts[1])), day: n(2, 0, len(parts[2]))}
		return m, m.month > 0 && m.day > 0
	case "8":
		m = moment{year: n(0, 0, 4), month: n(0, 4, 6), day: n(0, 6, 8)}
		return m, m.month > 0 && m.day > 0
	case "43":
		return ordinal(n(0, 0, 4), n(1, 0, 3))
	case "7":
		return ordinal(n(0, 0, 4), n(0, 4, 7))
	}
	return m, false
}

// ordinal is the nth day of a year.
func ordinal(year, n int) (moment, bool) {
	day := time.Date(year, 1, n, 0, 0, 0, 0, time.UTC)
	return moment{year: year, month: int(day.Month()), day: day.Day()}, n > 0 && day.Year() == year
}

// wordsDate reads dates with a month's name, in any of the orders
// "4 Nov 2025", "Nov 4, 2025" and "Nov 4 10:00:00 GMT 2025", with or without
// a weekday.
func wordsDate(s string) (d whence.Date) {
	var m moment
	var numbers []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(blank+",", r) }) {
		switch {
		case m.clock.known && m.clock.zone == nil && zone(w) != nil:
			m.clock.zone = zone(w)
		case strings.Contains(w, ":") && !m.clock.known && w[0] >= '0' && w[0] <= '9':
			m.clock = readClock(w)
		case m.clock.known && (strings.EqualFold(w, "am") || strings.EqualFold(w, "pm")):
			m.clock = m.clock.half(w)
		case month(w) > 0 && m.month == 0:
			m.month = month(w)
		case strings.Count(w, "-") == 2 && len(numbers) == 0:
			numbers = m.dashed(w)
		case number(w) >= 0:
			numbers = append(numbers, w)
		}
	}
	if m.month == 0 || len(numbers) != 2 {
		return whence.Date{}
	}
	day, year := number(ordinalSuffix(numbers[0])), number(numbers[1])
	if len(numbers[0]) == 4 {
		day, year = year, day
	}
	m.day, m.year = day, fullYear(year, numbers)
	if m.day < 1 {
		return whence.Date{}
	}
	d, _ = m.date()
	return d
}

// dashed reads "04-Nov-2025" and gives the numbers.
func (m *moment) dashed(w string) []string {
	parts := strings.Split(w, "-")
	m.month = month(parts[1])
	return []string{parts[0], parts[2]}
}

// fullYear gives a year of two digits its century by RFC 2822.
func fullYear(year int, numbers []string) int {
	switch {
	case len(numbers[0]) == 4 || len(numbers[1]) == 4:
		return year
	case len(numbers[1]) == 3:
		return 1900 + year
	case year < 50:
		return 2000 + year
	}
	return 1900 + year
}

// number is the value of a whole number, also "4th"; -1 if w is none.
func number(w string) int {
	w = ordinalSuffix(w)
	if w == "" || len(w) > 4 || strings.Trim(w, "0123456789") != "" {
		return -1
	}
	n, err := strconv.Atoi(w)
	if err != nil {
		return -1
	}
	return n
}

func ordinalSuffix(w string) string {
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		if n, ok := strings.CutSuffix(w, suffix); ok {
			return n
		}
	}
	return w
}

// monthNames are English, as RFC 822 prescribes.
var monthNames = []string{
	"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
}

// month is the number of an English month's name or its beginning of at least
// three letters; 0 for other words.
func month(w string) int {
	w = strings.ToLower(strings.TrimSuffix(w, "."))
	if len(w) < 3 {
		return 0
	}
	for i, full := range monthNames {
		if strings.HasPrefix(full, w) {
			return i + 1
		}
	}
	return 0
}

// readClock reads "10:00", "10:00:05.5", "1000", each with or without a zone
// behind it, after a blank or not.
func readClock(s string) clock {
	end := strings.IndexFunc(s, func(r rune) bool { return !(r >= '0' && r <= '9' || r == ':' || r == '.' || r == ',') })
	digits, behind := s, ""
	if end >= 0 {
		digits, behind = s[:end], strings.Trim(s[end:], blank)
	}
	digits, _, _ = strings.Cut(strings.ReplaceAll(digits, ",", "."), ".")
	parts := strings.Split(digits, ":")
	if len(parts) == 1 && (len(digits) == 4 || len(digits) == 6) {
		parts = []string{digits[:2], digits[2:4], digits[4:]}
	}
	c := clock{known: len(parts) > 1, zone: zone(behind)}
	for i, into := range []*int{&c.hour, &c.minute, &c.second} {
		if i >= len(parts) || parts[i] == "" {
			continue
		}
		n, err := strconv.Atoi(parts[i])
		if err != nil || len(parts[i]) > 2 {
			return clock{}
		}
		*into = n
	}
	return c
}

// half puts a time in the half of the day that "am" or "pm" names.
func (c clock) half(w string) clock {
	if c.hour < 1 || c.hour > 12 {
		c.zone = nil
		return c
	}
	c.hour %= 12
	if strings.EqualFold(w, "pm") {
		c.hour += 12
	}
	return c
}

// zones are the abbreviations that mean one offset, in minutes. RFC 822's
// military letters are left out, as RFC 2822 says, and so is what means
// several zones (BST, IST, AST, CST in China).
var zones = map[string]int{
	"z": 0, "ut": 0, "utc": 0, "gmt": 0,
	"est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420,
	"wet": 0, "west": 60, "cet": 60, "cest": 120, "eet": 120, "eest": 180,
	"jst": 540, "kst": 540, "hkt": 480, "aest": 600, "aedt": 660, "acst": 570, "acdt": 630, "awst": 480,
	"nzst": 720, "nzdt": 780, "akst": -540, "akdt": -480, "hst": -600,
}

// zone is the offset that w names, nil if it names none or several.
func zone(w string) *time.Location {
	w = strings.ToLower(strings.Trim(w, "()"+blank))
	if minutes, ok := zones[w]; ok {
		return offset(minutes)
	}
	for _, prefix := range []string{"gmt", "utc"} {
		w = strings.TrimPrefix(w, prefix)
	}
	if len(w) < 2 || w[0] != '+' && w[0] != '-' {
		return nil
	}
	digits := strings.ReplaceAll(w[1:], ":", "")
	switch len(digits) {
	case 1:
		digits = "0" + digits + "00"
	case 2:
		digits += "00"
	}
	n, err := strconv.Atoi(digits)
	if err != nil || len(digits) != 4 || n%100 > 59 || n/100 > 15 {
		return nil
	}
	minutes := n/100*60 + n%100
	if w[0] == '-' {
		minutes = -minutes
	}
	return offset(minutes)
}

func offset(minutes int) *time.Location {
	if minutes == 0 {
		return time.UTC
	}
	return time.FixedZone("", minutes*60)
}
