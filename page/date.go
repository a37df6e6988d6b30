package page

import (
	"net/url"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"whence"
)

// dateOrder is what is known of the order of a numeric date's parts.
type dateOrder int

const (
	orderUnknown dateOrder = iota
	dayFirst
)

// dayFirstLanguages are the languages in which 04/11/2025 is the fourth of
// November wherever they are written. English is not one, nor is "en-US" proof
// of the American order: page systems declare it by default.
const dayFirstLanguages = " ar bg bs ca cs da de el es et fi fr gl he hr id is it lv mk ms nb nl nn no pl pt ro ru sk sl sq sr sw tr uk vi en-GB en-IE en-AU en-NZ en-IN "

// orderOf gives the order of numeric dates in a page of the language lang
// (BCP 47).
func orderOf(lang string) dateOrder {
	primary, _, _ := strings.Cut(lang, "-")
	if lang != "" && (strings.Contains(dayFirstLanguages, " "+lang+" ") || primary != "en" && strings.Contains(dayFirstLanguages, " "+primary+" ")) {
		return dayFirst
	}
	return orderUnknown
}

// foundDate is a date and its place in a line, in bytes.
type foundDate struct {
	whence.Date
	start, end int
}

// parseDate reads a value that is declared to be a date: ISO 8601 in its
// forms, Unix seconds and milliseconds, the forms of mail and of JavaScript,
// and dates in words. A time of day without an offset gives the day alone.
func parseDate(value string, order dateOrder) (whence.Date, bool) {
	value = strings.TrimSpace(value)
	if value == "" || len(value) > 100 {
		return whence.Date{}, false
	}
	if d, err := whence.ParseDate(value); err == nil {
		return plausible(d)
	}
	if d, ok := digitsDate(value); ok {
		return plausible(d)
	}
	t := dateTokens(value)
	for i := range t {
		if d, _, ok := t.dateAt(i, order, true); ok {
			return plausible(d)
		}
	}
	return whence.Date{}, false
}

// digitsDate reads 20251104 and the Unix times 1762250400 and 1762250400000.
func digitsDate(s string) (whence.Date, bool) {
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' || len(s) > 13 {
			return whence.Date{}, false
		}
		n = n*10 + int(c-'0')
	}
	switch len(s) {
	case 8:
		return civil(n/10000, n/100%100, n%100)
	case 10:
		return whence.NewDate(time.Unix(int64(n), 0).UTC(), whence.Second), true
	case 13:
		return whence.NewDate(time.UnixMilli(int64(n)).UTC(), whence.Second), true
	}
	return whence.Date{}, false
}

// plausible refuses the dates that programs write where they have none (year
// 1, 1900-01-01, the start of Unix time) and years in which nothing was
// published or will have been.
func plausible(d whence.Date) (whence.Date, bool) {
	const earliest, latest = 1600, 2200
	y, m, day := d.Time.UTC().Date()
	none := y == 1970 && m == 1 && day <= 2 || y == 1969 && m == 12 && day == 31 || y == 1900 && m == 1 && day == 1 && d.Precision != whence.Year
	if d.IsZero() || none || y < earliest || y > latest {
		return whence.Date{}, false
	}
	return d, true
}

// datesIn finds the full dates (year, month and day) of a line, with their
// times of day where these stand beside them. Where the order of a numeric
// date's parts cannot be told, the date is its year.
func datesIn(line string, order dateOrder) []foundDate {
	if !strings.ContainsAny(line, "0123456789") {
		return nil
	}
	var found []foundDate
	t := dateTokens(line)
	for i := 0; i < len(t); i++ {
		d, next, ok := t.dateAt(i, order, false)
		if !ok {
			continue
		}
		if d, ok := plausible(d); ok {
			found = append(found, foundDate{d, t[i].start, t[next-1].end})
		}
		i = next - 1
	}
	return found
}

// dateToken is a run of digits, a run of letters, or one other character.
type dateToken struct {
	text       string
	lower      string // of letters
	number     int    // of digits
	digits     int    // how many digits; 0 for the rest
	start, end int
}

type dateTokenList []dateToken

func dateTokens(s string) dateTokenList {
	var list dateTokenList
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		j := i + size
		switch {
		case unicode.IsSpace(r):
			i = j
			continue
		case r >= '0' && r <= '9':
			for j < len(s) && s[j] >= '0' && s[j] <= '9' {
				j++
			}
		case unicode.IsLetter(r):
			for j < len(s) {
				r, size := utf8.DecodeRuneInString(s[j:])
				if !unicode.IsLetter(r) && !unicode.IsMark(r) {
					break
				}
				j += size
			}
		}
		tok := dateToken{text: s[i:j], start: i, end: j}
		if r >= '0' && r <= '9' {
			tok.digits = j - i
			for _, c := range []byte(tok.text[:min(tok.digits, 9)]) {
				tok.number = tok.number*10 + int(c-'0')
			}
		} else {
			tok.lower = strings.ToLower(tok.text)
		}
		list = append(list, tok)
		i = j
	}
	return list
}

// is tells whether the token at i is one of the words or marks in set, which
// are separated by blanks.
func (t dateTokenList) is(i int, set string) bool {
	return i >= 0 && i < len(t) && t[i].digits == 0 && strings.Contains(set, " "+t[i].lower+" ")
}

// num gives the number at i if it has from least to most digits.
func (t dateTokenList) num(i, least, most int) (int, bool) {
	if i < 0 || i >= len(t) || t[i].digits < least || t[i].digits > most {
		return 0, false
	}
	return t[i].number, true
}

// monthAt gives the month named at i.
func (t dateTokenList) monthAt(i int) (int, bool) {
	if i < 0 || i >= len(t) || t[i].digits > 0 {
		return 0, false
	}
	m, ok := monthNames()[t[i].lower]
	return m, ok
}

// clockAndDate are the marks and words that may stand between a time of day
// and its date.
const clockAndDate = " , | • · / @ - – — t at um à às a ore kl on alle : . "

// weekdays may stand between them too.
const weekdays = " monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun "

// dateAt reads the date, with the time of day before or after it, that begins
// at i, and gives the index after it. coarse admits a month and a year alone.
func (t dateTokenList) dateAt(i int, order dateOrder, coarse bool) (whence.Date, int, bool) {
	if i > 0 && t[i].digits > 0 && t[i-1].end == t[i].start && t.is(i-1, " / - . : ") {
		return whence.Date{}, 0, false // the middle of another number
	}
	if c, next, ok := t.clockAt(i); ok {
		j := t.afterOtherClock(next)
		for steps := 0; steps < 4 && (t.is(j, clockAndDate) || t.is(j, weekdays)); steps++ {
			j++
		}
		if d, next, ok := t.calendarAt(j, order, false); ok {
			return c.on(d), next, true
		}
	}
	if d, next, ok := t.unixStyle(i); ok {
		return d, next, true
	}
	d, next, ok := t.calendarAt(i, order, coarse)
	if !ok || t.goesOn(next) {
		return whence.Date{}, 0, false
	}
	j := next
	for steps := 0; steps < 3 && t.is(j, clockAndDate); steps++ {
		j++
	}
	if c, after, ok := t.clockAt(j); ok {
		if !c.zone.known && t.isZoneLike(after) {
			after++
		}
		return c.on(d), after, true
	}
	return d, next, true
}

// goesOn tells whether the number before i goes on after a mark: "1.10.2025.3"
// is no date.
func (t dateTokenList) goesOn(i int) bool {
	return i+1 < len(t) && t.is(i, " / . ") && t[i+1].digits > 0 && t[i].start == t[i-1].end && t[i+1].start == t[i].end
}

// afterOtherClock skips the same time of day in another zone: "1909 GMT (0309
// HKT)".
func (t dateTokenList) afterOtherClock(i int) int {
	if t.is(i, " ( ") {
		if _, next, ok := t.clockAt(i + 1); ok && t.is(next, " ) ") {
			return next + 1
		}
	}
	return i
}

// isZoneLike tells initials after a time of day: an offset's name that the
// table does not have.
func (t dateTokenList) isZoneLike(i int) bool {
	return i < len(t) && t[i].digits == 0 && len(t[i].text) >= 2 && len(t[i].text) <= 5 && isCapitals(t[i].text)
}

// unixStyle reads "Nov 19 21:57:01 UTC 2019".
func (t dateTokenList) unixStyle(i int) (whence.Date, int, bool) {
	month, ok1 := t.monthAt(i)
	day, ok2 := t.num(i+1, 1, 2)
	if !ok1 || !ok2 {
		return whence.Date{}, 0, false
	}
	c, next, ok := t.clockAt(i + 2)
	if !ok {
		return whence.Date{}, 0, false
	}
	year, ok := t.num(next, 4, 4)
	if !ok {
		return whence.Date{}, 0, false
	}
	d, ok := civil(year, month, day)
	return c.on(d), next + 1, ok
}

// calendarAt reads a date without a time of day.
func (t dateTokenList) calendarAt(i int, order dateOrder, coarse bool) (whence.Date, int, bool) {
	if i >= len(t) {
		return whence.Date{}, 0, false
	}
	if t[i].digits == 0 {
		return t.monthFirstAt(i, coarse)
	}
	if t[i].digits == 4 {
		return t.yearFirstAt(i)
	}
	if d, next, ok := t.dayMonthNameAt(i); ok {
		return d, next, true
	}
	return t.numericAt(i, order)
}

// monthFirstAt reads "Nov. 19th, 2019" and, if coarse, "November 2019".
func (t dateTokenList) monthFirstAt(i int, coarse bool) (whence.Date, int, bool) {
	month, ok := t.monthAt(i)
	if !ok {
		return whence.Date{}, 0, false
	}
	j := i + 1
	if t.is(j, " . , - ") {
		j++
	}
	day, ok := t.num(j, 1, 2)
	if !ok {
		year, ok := t.num(j, 4, 4)
		if !ok || !coarse {
			return whence.Date{}, 0, false
		}
		return whence.NewDate(time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC), whence.Month), j + 1, true
	}
	j++
	if t.is(j, " st nd rd th ") {
		j++
	}
	if t.is(j, " , . - ") {
		j++
	}
	year, ok := t.num(j, 4, 4)
	if !ok {
		return whence.Date{}, 0, false
	}
	d, ok := civil(year, month, day)
	return d, j + 1, ok
}

// dayMonthNameAt reads "19 November 2019", "19. November 2019", "18-Nov-2019",
// "20 Nov, 2019", "4 de mayo de 2025".
func (t dateTokenList) dayMonthNameAt(i int) (whence.Date, int, bool) {
	day, ok := t.num(i, 1, 2)
	if !ok {
		return whence.Date{}, 0, false
	}
	j := i + 1
	for steps := 0; steps < 2 && t.is(j, " st nd rd th . º er de of - / "); steps++ {
		j++
	}
	month, ok := t.monthAt(j)
	if !ok {
		return whence.Date{}, 0, false
	}
	j++
	for steps := 0; steps < 2 && t.is(j, " . , de del - / "); steps++ {
		j++
	}
	year, ok := t.num(j, 4, 4)
	if !ok {
		return whence.Date{}, 0, false
	}
	d, ok := civil(year, month, day)
	return d, j + 1, ok
}

// yearFirstAt reads "2019-11-19", "2019/11/19", "2019.11.19" and
// "2019年11月19日".
func (t dateTokenList) yearFirstAt(i int) (whence.Date, int, bool) {
	const marks = " - / . 年 月 "
	year := t[i].number
	month, ok1 := t.num(i+2, 1, 2)
	day, ok2 := t.num(i+4, 1, 2)
	if !ok1 || !ok2 || !t.is(i+1, marks) || !t.is(i+3, marks) {
		return whence.Date{}, 0, false
	}
	next := i + 5
	if t.is(next, " 日 ") {
		next++
	}
	d, ok := civil(year, month, day)
	return d, next, ok
}

// numericAt reads "19/11/2019", "11/19/19", "19.11.2019". Where both of the
// first parts may be the month and the order is not known, the date is its
// year; a year of two digits is taken only if nothing else fits.
func (t dateTokenList) numericAt(i int, order dateOrder) (whence.Date, int, bool) {
	a, ok1 := t.num(i, 1, 2)
	b, ok2 := t.num(i+2, 1, 2)
	if !ok1 || !ok2 || !t.is(i+1, " / . - ") || !t.is(i+3, " / . - ") || t[i+1].text != t[i+3].text {
		return whence.Date{}, 0, false
	}
	year, full := t.num(i+4, 4, 4)
	if !full {
		short, ok := t.num(i+4, 2, 2)
		if !ok || t[i+1].text == "-" || a > 12 && order != dayFirst {
			return whence.Date{}, 0, false // 18/11/19 may be 2018-11-19
		}
		year = 2000 + short
		if short >= 70 {
			year = 1900 + short
		}
	}
	day, month := a, b
	switch {
	case order == dayFirst && b <= 12 || a > 12 || a == b:
	case b > 12:
		day, month = b, a
	case full:
		return whence.NewDate(time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), whence.Year), i + 5, true
	default:
		return whence.Date{}, 0, false
	}
	d, ok := civil(year, month, day)
	return d, i + 5, ok
}

// civil is the day, if there is such a day.
func civil(year, month, day int) (whence.Date, bool) {
	at := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if year < 1000 || at.Year() != year || int(at.Month()) != month || at.Day() != day {
		return whence.Date{}, false
	}
	return whence.NewDate(at, whence.Day), true
}

// clock is a time of day.
type clock struct {
	hour, minute, second int
	zone                 zone
}

// zone is an offset from UTC; known is false where the page gives none.
// A daylight zone is one of the zones of the United States written without
// saying which half of the year it is ("ET").
type zone struct {
	seconds         int
	known, daylight bool
}

// on joins the time of day to the day d: to the second if its offset is known,
// else the day alone.
func (c clock) on(d whence.Date) whence.Date {
	if !c.zone.known || d.Precision != whence.Day {
		return d
	}
	year, month, day := d.Time.Date()
	seconds := c.zone.seconds
	if c.zone.daylight && inUSDaylightTime(year, month, day) {
		seconds += 3600
	}
	at := time.FixedZone("", seconds)
	if seconds == 0 {
		at = time.UTC
	}
	return whence.NewDate(time.Date(year, month, day, c.hour, c.minute, c.second, 0, at), whence.Second)
}

// inUSDaylightTime tells whether the day lies between the second Sunday of
// March and the first of November (Energy Policy Act of 2005, from 2007); no
// earlier day is taken for daylight time.
func inUSDaylightTime(year int, month time.Month, day int) bool {
	sunday := func(m time.Month, nth int) time.Time {
		first := time.Date(year, m, 1, 0, 0, 0, 0, time.UTC)
		return first.AddDate(0, 0, (7-int(first.Weekday()))%7+7*(nth-1))
	}
	at := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return year >= 2007 && !at.Before(sunday(time.March, 2)) && at.Before(sunday(time.November, 1))
}

// clockAt reads the time of day at i: "10:15", "10:15:30.5 pm EST", "18.54
// GMT", "1909 GMT", "4 p.m. ET".
func (t dateTokenList) clockAt(i int) (clock, int, bool) {
	if i >= len(t) || t[i].digits == 0 {
		return clock{}, 0, false
	}
	var c clock
	next, sure := i+1, false
	switch hour, ok := t.num(i, 1, 2); {
	case !ok:
		if t[i].digits != 4 {
			return clock{}, 0, false
		}
		c.hour, c.minute = t[i].number/100, t[i].number%100
	default:
		c.hour = hour
		if minute, ok := t.num(i+2, 2, 2); ok && t.is(i+1, " : . ") && t[i+1].start == t[i].end {
			c.minute, next, sure = minute, i+3, t[i+1].text == ":"
			if second, ok := t.num(next+1, 2, 2); ok && sure && t.is(next, " : ") {
				c.second, next = second, next+2
				if _, ok := t.num(next+1, 1, 9); ok && t.is(next, " . ") {
					next += 2
				}
			}
		}
	}
	if half, after, ok := t.halfDayAt(next); ok && c.hour <= 12 {
		c.hour, next, sure = c.hour%12+half, after, true
	}
	if z, after, ok := t.zoneAt(next); ok && (next > i+1 || sure || t[i].digits == 4) {
		c.zone, next, sure = z, after, true
	}
	if !sure || c.hour > 23 || c.minute > 59 || c.second > 60 {
		return clock{}, 0, false
	}
	return c, next, true
}

// halfDayAt reads "am", "a.m.", "PM" and gives 0 or 12 hours.
func (t dateTokenList) halfDayAt(i int) (int, int, bool) {
	switch {
	case t.is(i, " am "):
		return 0, i + 1, true
	case t.is(i, " pm "):
		return 12, i + 1, true
	case t.is(i, " a p ") && t.is(i+1, " . ") && t.is(i+2, " m "):
		half := 0
		if t.is(i, " p ") {
			half = 12
		}
		if t.is(i+3, " . ") {
			return half, i + 4, true
		}
		return half, i + 3, true
	}
	return 0, 0, false
}

// zoneAt reads an offset: "Z", "GMT", "EST", "+05:30", "GMT+0000".
func (t dateTokenList) zoneAt(i int) (zone, int, bool) {
	opened := t.is(i, " ( ")
	if opened {
		i++
	}
	if i >= len(t) {
		return zone{}, 0, false
	}
	if z, ok := zoneNames()[t[i].text]; ok {
		next := i + 1
		if t[i].text == "GMT" || t[i].text == "UTC" {
			if signed, after, ok := t.offsetAt(next); ok {
				return signed, after, true
			}
		}
		if opened && t.is(next, " ) ") {
			next++
		}
		return z, next, true
	}
	return t.offsetAt(i)
}

// offsetAt reads "+0530", "-05:00" and, after GMT, "+3".
func (t dateTokenList) offsetAt(i int) (zone, int, bool) {
	if !t.is(i, " + - − ") || i+1 >= len(t) || t[i+1].start != t[i].end {
		return zone{}, 0, false
	}
	sign := 1
	if t[i].text != "+" {
		sign = -1
	}
	if n, ok := t.num(i+1, 4, 4); ok && n/100 <= 14 && n%100 < 60 {
		return zone{seconds: sign * (n/100*3600 + n%100*60), known: true}, i + 2, true
	}
	hours, ok := t.num(i+1, 1, 2)
	if !ok || hours > 14 {
		return zone{}, 0, false
	}
	if minutes, ok := t.num(i+3, 2, 2); ok && t.is(i+2, " : ") && minutes < 60 {
		return zone{seconds: sign * (hours*3600 + minutes*60), known: true}, i + 4, true
	}
	if i > 0 && t.is(i-1, " gmt utc ") {
		return zone{seconds: sign * hours * 3600, known: true}, i + 2, true
	}
	return zone{}, 0, false
}

// zoneNames are the abbreviations that newsrooms print and that name one
// offset. IST (India, Ireland, Israel) and AST name several and are left out:
// a time in them gives the day.
var zoneNames = sync.OnceValue(func() map[string]zone {
	names := map[string]zone{}
	for _, row := range []struct {
		hours    float64
		daylight bool
		names    string
	}{
		{0, false, "Z UTC GMT WET"},
		{1, false, "BST CET WAT WEST"},
		{2, false, "CEST EET SAST CAT"},
		{3, false, "EEST MSK EAT TRT"},
		{4, false, "GST"},
		{5, false, "PKT"},
		{7, false, "WIB ICT"},
		{8, false, "HKT SGT PHT AWST BJT"},
		{9, false, "JST KST"},
		{10, false, "AEST"},
		{11, false, "AEDT"},
		{12, false, "NZST"},
		{13, false, "NZDT"},
		{-3, false, "BRT ART ADT"},
		{-3.5, false, "NST"},
		{-2.5, false, "NDT"},
		{-4, false, "EDT"},
		{-5, false, "EST CDT"},
		{-6, false, "CST MDT"},
		{-7, false, "MST PDT"},
		{-8, false, "PST AKDT"},
		{-9, false, "AKST"},
		{-10, false, "HST"},
		{-5, true, "ET"},
		{-6, true, "CT"},
		{-7, true, "MT"},
		{-8, true, "PT"},
	} {
		for name := range strings.FieldsSeq(row.names) {
			names[name] = zone{int(row.hours * 3600), true, row.daylight}
		}
	}
	return names
})

// monthNames gives the months by their names, in lower case, in the languages
// whose pages were met. A name that is two months in two of them is left out.
var monthNames = sync.OnceValue(func() map[string]int {
	names := map[string]int{}
	for i, row := range [12]string{
		"january jan januar janvier januari enero gennaio janeiro января stycznia leden januarie ocak",
		"february feb februar février fevrier februari febrero febbraio fevereiro fev февраля lutego şubat",
		"march mar märz mars maart marzo março marco марта marca maret mart",
		"april apr avril abril aprile апреля kwietnia nisan avr abr",
		"may mai mayo maggio maio mei мая maja mayıs maj",
		"june jun juni juin junio giugno junho июня czerwca haziran",
		"july jul juli juillet julio luglio julho июля lipca temmuz",
		"august aug août aout agosto augustus августа sierpnia agustus ağustos augusti ago",
		"september sep sept septembre septiembre settembre setembro сентября września eylül",
		"october oct oktober octobre octubre ottobre outubro октября października ekim okt",
		"november nov novembre noviembre novembro ноября listopada kasım",
		"december dec dezember décembre decembre diciembre dicembre dezembro декабря grudnia desember aralık dez",
	} {
		for name := range strings.FieldsSeq(row) {
			names[name] = i + 1
		}
	}
	return names
})

// urlDate reads the date in an address: /2025/11/04/, /2025/nov/04/,
// /2025-11-04/ and 20251104 at an edge of a path segment to the day,
// /2025/11/ to the month.
func urlDate(address string) (whence.Date, bool) {
	u, err := url.Parse(address)
	if err != nil {
		return whence.Date{}, false
	}
	segments := strings.Split(strings.Trim(u.Path, "/"), "/")
	for i := range segments {
		if d, ok := segmentsDate(segments[i:]); ok {
			return d, true
		}
	}
	for _, s := range segments {
		if d, ok := slugDate(s); ok {
			return d, true
		}
	}
	return whence.Date{}, false
}

// firstWebYear bounds the years that are taken from addresses.
const firstWebYear, lastWebYear = 1994, 2099

func segmentsDate(s []string) (whence.Date, bool) {
	if len(s) < 2 {
		return whence.Date{}, false
	}
	year, ok := shortNumber(s[0], 4)
	if !ok || year < firstWebYear || year > lastWebYear {
		return whence.Date{}, false
	}
	month, ok := shortNumber(s[1], 2)
	if !ok {
		if month, ok = monthNames()[strings.ToLower(s[1])]; !ok {
			return whence.Date{}, false
		}
	}
	if len(s) > 2 {
		if day, ok := shortNumber(s[2], 2); ok {
			return civil(year, month, day)
		}
	}
	if month < 1 || month > 12 {
		return whence.Date{}, false
	}
	return whence.NewDate(time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC), whence.Month), true
}

// shortNumber reads s as a number of at most so many digits; of four digits,
// exactly four.
func shortNumber(s string, most int) (int, bool) {
	if s == "" || len(s) > most || most == 4 && len(s) < 4 {
		return 0, false
	}
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, true
}

// slugDate reads the date that a path segment begins or ends with.
func slugDate(s string) (whence.Date, bool) {
	if dot := strings.LastIndexByte(s, '.'); dot > 0 {
		s = s[:dot]
	}
	if len(s) >= 10 && (len(s) == 10 || isSlugMark(s[10])) {
		if at, err := time.Parse(time.DateOnly, s[:10]); err == nil {
			return webDate(whence.NewDate(at, whence.Day), true)
		}
	}
	if len(s) < 8 {
		return whence.Date{}, false
	}
	if len(s) == 8 || isSlugMark(s[8]) {
		if d, ok := webDate(digitsDate(s[:8])); ok {
			return d, true
		}
	}
	if cut := len(s) - 8; cut > 0 && isSlugMark(s[cut-1]) {
		return webDate(digitsDate(s[cut:]))
	}
	return whence.Date{}, false
}

func isSlugMark(c byte) bool { return c == '-' || c == '_' }

// webDate keeps d if it lies in the years of the Web.
func webDate(d whence.Date, ok bool) (whence.Date, bool) {
	y := d.Time.Year()
	return d, ok && y >= firstWebYear && y <= lastWebYear
}

// labelledDate is a date of a line and what the words before it call it.
type labelledDate struct {
	foundDate
	modified bool // "Updated"
	labelled bool // "Published", "Posted", "Updated"
}

// The words that say what a date is, in small letters.
const (
	publishedLabels = " published publish posted issued released originally original first veröffentlicht publié publicado pubblicato 기사입력 입력 "
	modifiedLabels  = " updated update modified edited changed revised aktualisiert actualizado aggiornato atualizado "
)

// labelledDates finds the dates of a line and what they are called: by the last
// label between the date before and this one, or by "posted by" after it.
func labelledDates(line string, order dateOrder) []labelledDate {
	var list []labelledDate
	at := 0
	for _, d := range datesIn(line, order) {
		l := labelledDate{foundDate: d}
		for _, tok := range dateTokens(line[at:d.start]) {
			switch {
			case tok.digits > 0:
			case strings.Contains(publishedLabels, " "+tok.lower+" "):
				l.labelled, l.modified = true, false
			case strings.Contains(modifiedLabels, " "+tok.lower+" "):
				l.labelled, l.modified = true, true
			}
		}
		if after := dateTokens(line[d.end:]); !l.labelled && isPostedBy(after) {
			l.labelled = true
		}
		list = append(list, l)
		at = d.end
	}
	return list
}

// isPostedBy tells "posted by" after a date and a mark.
func isPostedBy(t dateTokenList) bool {
	i := 0
	if t.is(i, clockAndDate) {
		i++
	}
	return t.is(i, publishedLabels) && t.is(i+1, " by por von par da ")
}

// period gives the first instant of d and the first after it, taking days,
// months and years in whatever zone they may be meant: 14 hours before UTC to
// 12 after.
func period(d whence.Date) (from, to time.Time) {
	const ahead, behind = 14 * time.Hour, 12 * time.Hour
	t := d.Time
	switch d.Precision {
	case whence.Day:
		return t.Add(-ahead), t.AddDate(0, 0, 1).Add(behind)
	case whence.Month:
		return t.Add(-ahead), t.AddDate(0, 1, 0).Add(behind)
	case whence.Year:
		return t.Add(-ahead), t.AddDate(1, 0, 0).Add(behind)
	}
	return t, t.Add(time.Second)
}

// before tells whether all of a lies before b.
func before(a, b whence.Date) bool {
	if a.IsZero() || b.IsZero() {
		return false
	}
	_, end := period(a)
	start, _ := period(b)
	return !end.After(start)
}

// within tells whether the day, month or year of outer holds that of inner, as
// both are printed.
func within(inner, outer whence.Date) bool {
	if inner.IsZero() || outer.IsZero() {
		return false
	}
	return whence.NewDate(inner.Time, outer.Precision).String() == outer.String()
}
