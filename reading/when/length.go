package when

import (
	"strconv"

	"whence"
	"whence/english"
)

// quantity is how many of a unit.
type quantity struct {
	n     int
	half  bool // and a half
	vague bool // no number is told
	one   bool // "a", "an"
}

// quantity reads "two", "two and a half", "2 1/2", "a few", "several", "a couple
// of", "one hundred and five", "a dozen". A unit follows it.
func (p *parser) quantity(i int) (q quantity, to int, ok bool) {
	w := p.word(i)
	switch {
	case p.particle(i, english.TimeA) && p.is(i+1, english.VagueCount|english.Couple|english.Scale|english.HalfCount):
		return p.indefinite(i + 1)
	case p.particle(i, english.TimeA):
		return quantity{n: 1, one: true}, i + 1, true
	case w.is(english.VagueCount | english.Couple | english.HalfCount):
		return p.indefinite(i)
	case w.form == decimalForm, w.form == pointForm:
		return quantity{n: w.Number, half: w.half || p.tokens[i].Text[len(p.tokens[i].Text)-2:] == ".5", vague: false}, i + 1, true
	case w.number():
		return p.cardinal(i)
	}
	return q, i, false
}

// indefinite reads what may stand behind "a": "few", "couple of", "dozen",
// "half".
func (p *parser) indefinite(i int) (q quantity, to int, ok bool) {
	w := p.word(i)
	switch {
	case w.is(english.VagueCount):
		return quantity{vague: true}, p.skip(i+1, english.TimeOf), true
	case w.is(english.Couple):
		return quantity{n: 2}, p.skip(i+1, english.TimeOf), true
	case w.is(english.Scale):
		return quantity{n: w.Number}, i + 1, true
	}
	to = i + 1
	if p.particle(to, english.TimeA) || p.hyphen(to) > to {
		to = max(to+1, p.hyphen(to))
		return quantity{half: true}, to, true
	}
	return quantity{half: true}, to, true
}

// cardinal reads a number in words or digits.
func (p *parser) cardinal(i int) (q quantity, to int, ok bool) {
	w := p.word(i)
	q.n, q.half, to = w.Number, w.half, i+1
	if w.is(english.Cardinal) && w.Number >= 20 {
		if next := p.hyphen(to); p.is(next, english.Cardinal) && p.words[next].Number < 10 {
			q.n += p.words[next].Number
			to = next + 1
		}
	}
	for p.is(to, english.Scale) {
		if q.n > mostShift*1000 {
			return q, i, false
		}
		q.n *= p.words[to].Number
		if to++; p.particle(to, english.TimeAnd) && p.word(to+1).number() {
			to++
		}
		if next := p.word(to); next.number() && next.Number < 100 {
			q.n += next.Number
			to++
		}
	}
	if p.word(to).form == countForm && p.isSlash(to+1) && p.word(to+2).form == countForm { // 2 1/2
		q.half = p.words[to].Number == 1 && p.words[to+2].Number == 2
		to += 3
	}
	return p.andAHalf(q, to)
}

func (p *parser) isSlash(i int) bool { return i < len(p.tokens) && p.tokens[i].Text == "/" }

// andAHalf reads "and a half" before a unit, also with hyphens.
func (p *parser) andAHalf(q quantity, to int) (quantity, int, bool) {
	next := p.hyphen(to)
	if !p.particle(next, english.TimeAnd) {
		return q, to, true
	}
	next = p.hyphen(next + 1)
	if p.particle(next, english.TimeA) && p.is(p.hyphen(next+1), english.HalfCount) {
		q.half = true
		return q, p.hyphen(next+1) + 1, true
	}
	return q, to, true
}

// letters are the units as durations have them: the letter, how many of it the
// unit is, and whether it is one of the clock.
var letters = map[english.Unit]struct {
	letter string
	times  int
	clock  bool
}{
	english.UnitSecond: {"S", 1, true}, english.UnitMinute: {"M", 1, true}, english.UnitHour: {"H", 1, true},
	english.UnitDay: {"D", 1, false}, english.UnitWeekend: {"WE", 1, false}, english.UnitWeek: {"W", 1, false},
	english.UnitFortnight: {"W", 2, false}, english.UnitMonth: {"M", 1, false}, english.UnitQuarter: {"Q", 1, false},
	english.UnitYear: {"Y", 1, false}, english.UnitDecade: {"Y", 10, false}, english.UnitCentury: {"Y", 100, false},
	english.UnitMillennium: {"Y", 1000, false},
}

// vagueLetters are the units that have letters of their own where their number
// is not told.
var vagueLetters = map[english.Unit]string{
	english.UnitDecade: "DE", english.UnitCentury: "CE", english.UnitMillennium: "ML",
}

// length is the TIMEX3 value of a duration.
func (q quantity) length(unit english.Unit) string {
	u, ok := letters[unit]
	if !ok {
		return ""
	}
	head := "P"
	if u.clock {
		head = "PT"
	}
	if q.vague {
		if l, own := vagueLetters[unit]; own {
			return "PX" + l
		}
		return head + "X" + u.letter
	}
	if !q.half {
		return head + strconv.Itoa(q.n*u.times) + u.letter
	}
	return q.halved(unit, head, u.letter, u.times)
}

// lesser are the units that a half is told in, and how many of them it is.
var lesser = map[english.Unit]struct {
	letter string
	half   int
}{
	english.UnitYear: {"M", 6}, english.UnitDay: {"H", 12}, english.UnitHour: {"M", 30}, english.UnitMinute: {"S", 30},
}

// halved is the value of a number and a half: in the lesser unit where the whole
// is at most one, or else in both.
func (q quantity) halved(unit english.Unit, head, letter string, times int) string {
	if times > 1 {
		return "P" + strconv.Itoa(q.n*times+times/2) + letter
	}
	l, ok := lesser[unit]
	switch {
	case !ok:
		return head + strconv.Itoa(q.n) + ".5" + letter
	case unit == english.UnitYear && q.n <= 1:
		return "P" + strconv.Itoa(12*q.n+l.half) + l.letter
	case unit == english.UnitDay:
		return "PT" + strconv.Itoa(24*q.n+l.half) + l.letter
	case q.n == 0:
		return head + strconv.Itoa(l.half) + l.letter
	}
	return head + strconv.Itoa(q.n) + letter + strconv.Itoa(l.half) + l.letter
}

// measured is a quantity of a unit, as it stands from one word to another.
type measured struct {
	quantity
	unit       english.Unit
	to         int
	approx     bool // "at least" and the like stand before it
	the        bool
	direction  english.TimeClass // "last" or "next", or 0
	compound   bool              // "two-week"
	ordinal    bool              // "first", "last" of something
	indefinite bool              // nothing but "a" stands before the unit
}

// measure reads an approximator, a lead, a quantity and a unit.
func (p *parser) measure(i int) (m measured, ok bool) {
	to := i
	if p.is(to, english.Approximate) {
		m.approx = true
		if to += p.span(to); p.particle(i, english.TimeDuring) && !p.word(to).number() {
			return m, false // "over the next two years"
		}
	}
	l, next := p.lead(to)
	m.the = l.the
	if l.class.Has(english.LastWord | english.Previous | english.NextWord | english.Following) {
		m.direction = l.class
		to = next
	} else if l.class == 0 || l.class.Has(english.This|english.ThatTime) {
		to = next
	}
	if p.is(to, english.Ordinal) && m.the && p.words[to].Number == 1 && p.word(to+1).Class != 0 {
		m.ordinal = true
		to++
	}
	q, next, counted := p.quantity(to)
	if !counted {
		if m.direction == 0 || !p.is(to, english.TimeUnit) && !p.is(to, english.TimeUnits) {
			return m, false
		}
		q, next = quantity{n: 1, vague: p.is(to, english.TimeUnits)}, to
		if !l.the && !m.approx {
			return m, false
		}
	}
	m.quantity = q
	m.indefinite = q.one && !m.approx
	more := p.is(next, english.MoreWord)
	if more {
		next++
		m.indefinite = false
	}
	if h := p.hyphen(next); h > next {
		m.compound = true
		next = h
	}
	if p.particle(next, english.TimeA) && q.half { // half an hour
		next++
	}
	w := p.word(next)
	if !w.is(english.TimeUnit|english.TimeUnits) || !m.fits(w, more) {
		return m, false
	}
	if p.capital(next) && next > i {
		return m, false // "60 Minutes"
	}
	m.unit, m.to = w.Unit, next+1
	if q.one && p.particle(m.to, english.TimeAnd) {
		if more, end, _ := p.andAHalf(q, m.to); more.half {
			m.quantity, m.to, m.indefinite = more, end, false
		}
	}
	return m, true
}

// fits tells lengths of time from other things: quarters are fractions unless
// they are past, to come or in a row, and "second" is a number.
func (m *measured) fits(w *word, more bool) bool {
	if w.Unit == english.UnitHalf {
		return false
	}
	if w.Unit == english.UnitQuarter {
		return (m.direction != 0 || more) && !m.compound && w.is(english.TimeUnits)
	}
	return !w.is(english.Doubtful) // "second"
}

// duration reads a length of time: "two weeks", "the past two months", "at least
// 30 days", "a two-week", "a year and a half", "day-long".
func (p *parser) duration(i int) (found, bool) {
	if f, ok := p.long(i); ok {
		return f, true
	}
	if f, ok := p.bare(i); ok {
		return f, true
	}
	m, ok := p.measure(i)
	if !ok || p.aged(m.to) || p.rate(m, i) {
		return found{}, false
	}
	if m.indefinite && !p.lengthens(i, m) {
		return found{}, false
	}
	to := m.to
	if p.is(to, english.ApproximateAfter) {
		to += p.span(to)
	}
	from := i
	if m.compound && (p.particle(i, english.TimeA) || p.particle(i, english.TimeThe)) && m.direction == 0 {
		from = i + 1
	}
	value := m.length(m.unit)
	if m.n > mostShift*1000 {
		value = ""
	}
	return found{kind: whence.TimeDuration, value: value, from: from, to: to}, true
}

// aged tells whether an age stands there: "year-old", "years old".
func (p *parser) aged(i int) bool {
	return p.particle(i, english.TimeOld) || p.hyphen(i) > i && p.particle(p.hyphen(i), english.TimeOld)
}

// lengthens tells whether "a day" or "a week" is a length of time here, rather
// than what something is counted by.
func (p *parser) lengthens(i int, m measured) bool {
	if p.particle(m.to, english.TimePossessive) {
		return true
	}
	switch p.word(i - 1).Particle {
	case english.TimeFor, english.TimeIn, english.TimeWithin, english.TimeAfter, english.TimeUntil, english.TimeDuring,
		english.TimeBefore:
		return true
	}
	return p.is(i-1, english.Approximate) || p.tag(i-1).Verb()
}

// rate tells whether "a day" says how often: "$300 a week", "meals a day".
func (p *parser) rate(m measured, i int) bool {
	if !m.indefinite || m.compound || p.is(m.to, english.Ago|english.OffsetBack|english.OffsetAhead) {
		return false
	}
	return p.counted(i - 1)
}

// counted tells whether word i ends a phrase with a number, within a few words.
func (p *parser) counted(i int) bool {
	const reach = 4
	switch p.tag(i) {
	case english.NN, english.NNS, english.CD:
	default:
		return p.is(i, english.TimesWord)
	}
	for k := i; k > i-reach && k >= 0; k-- {
		if p.tag(k) == english.CD || p.tag(k) == english.Currency || p.is(k, english.TimesWord) || p.word(k).form != noForm {
			return true
		}
	}
	return false
}

// long reads "day-long", "year-long".
func (p *parser) long(i int) (found, bool) {
	w := p.word(i)
	if !w.is(english.TimeUnit) || p.joined(i) {
		return found{}, false
	}
	next := p.hyphen(i + 1)
	if next == i+1 || !p.is(next, english.MoreWord) || p.words[next].Number != 0 || p.tag(next) == english.NN {
		return found{}, false
	}
	return found{kind: whence.TimeDuration, value: quantity{n: 1}.length(w.Unit), from: i, to: next + 1}, true
}

// bare reads units without a number: "for years", "weeks or months".
func (p *parser) bare(i int) (found, bool) {
	w := p.word(i)
	if !w.is(english.TimeUnits) || w.is(english.Doubtful) || w.Unit == english.UnitQuarter || w.Unit == english.UnitHalf || p.aged(i+1) {
		return found{}, false
	}
	before := p.word(i - 1)
	lead := before.Particle == english.TimeFor || before.Particle == english.TimeIn || before.Particle == english.TimeWithin ||
		before.is(english.Approximate) || before.Particle == english.TimeAfter
	follow := p.is(i+1, english.Ago|english.OffsetBack|english.OffsetAhead) || p.particle(i+1, english.TimeAhead)
	if p.tag(i-1) == english.CD || !lead && !follow || before.Particle == english.TimeIn && w.Unit < english.UnitDay {
		return found{}, false
	}
	to := i + 1
	if p.particle(to, english.TimeOr) && p.is(to+1, english.TimeUnits) {
		to += 2
	}
	return found{kind: whence.TimeDuration, value: quantity{vague: true}.length(w.Unit), from: i, to: to}, true
}

// offset reads a date told by its distance: "two years ago", "a day earlier",
// "three weeks later".
func (p *parser) offset(i int) (found, bool) {
	m, ok := p.measure(i)
	if !ok || m.direction != 0 || m.ordinal || p.hyphen(m.to) > m.to {
		return found{}, false
	}
	to := m.to
	if p.is(to, english.ApproximateAfter) {
		to += p.span(to)
	}
	w := p.word(to)
	sign := -1
	from := p.current(m.unit, 0)
	switch {
	case w.is(english.Ago):
		if m.n == 1 && !m.half && m.unit == english.UnitYear && p.quarter.known() {
			f := at(p.yearBefore(), i, to+1)
			f.compared = true
			return f, true
		}
	case w.is(english.OffsetBack) && w.is(english.Comparative):
		if m.n == 1 && m.unit == english.UnitYear {
			f := at(p.yearBefore(), i, to+1)
			f.compared = true
			return f, true
		}
		from = p.fromSpoken(m.unit)
	case w.is(english.OffsetAhead) && w.Particle != english.TimeAfter:
		sign = 1
		from = p.fromSpoken(m.unit)
	case p.particle(to, english.TimeFrom) && p.is(to+1, english.Reference):
		sign = 1
		to++
	default:
		return found{}, false
	}
	f := found{kind: whence.TimeDate, from: i, to: to + 1}
	if m.vague {
		f.value = vagueOffset(sign, w)
		return f, true
	}
	if m.half || !from.known() {
		return f, true
	}
	return at(from.shift(sign*m.n), i, to+1), true
}

// vagueOffset is the value of "some years ago"; of "a few years later" there is
// none.
func vagueOffset(sign int, w *word) string {
	if sign < 0 && w.is(english.Ago) {
		return pastRef
	}
	return ""
}

// fromSpoken is the unit that holds the day spoken of.
func (p *parser) fromSpoken(unit english.Unit) point {
	said := p.spokenDay()
	if !said.known() {
		return point{}
	}
	return holding(unit, said.at)
}

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
		return set("XXXX-WXX-"+strconv.Itoa(w.Number), i+1)
	case w.is(english.WeekdayName) && p.is(i+1, english.DayParts):
		return set("XXXX-WXX-"+strconv.Itoa(w.Number)+dayParts[p.words[i+1].Number], i+2)
	case p.particle(i, english.TimeA):
		if m, ok := p.measure(i); ok && p.rate(m, i) && !p.aged(m.to) {
			return set(m.length(m.unit), m.to)
		}
	}
	return found{}, false
}

// every reads what "every" or "each" leads.
func (p *parser) every(i int) (found, bool) {
	to := i + 1
	f := found{kind: whence.TimeSet, from: i}
	w := p.word(to)
	switch {
	case w.is(english.WeekdayName):
		f.value, f.to = "XXXX-WXX-"+strconv.Itoa(w.Number), to+1
	case w.is(english.MonthName) && p.capital(to):
		f.value, f.to = "XXXX-"+two(w.Number), to+1
	case w.is(english.SeasonName):
		f.value, f.to = "XXXX-"+seasons[w.Number-1], to+1
	case w.is(english.DayPart):
		f.value, f.to = "XXXX-XX-XX"+dayParts[w.Number], to+1
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

// reference reads what stands for the present, the past or the future: "now",
// "recently", "in the future", "recent weeks", "the near term".
func (p *parser) reference(i int) (found, bool) {
	w := p.word(i)
	ref := func(n, to int) (found, bool) {
		return found{kind: whence.TimeDate, value: references[n+1], from: i, to: to}, true
	}
	to := p.skip(i, english.TimeThe)
	switch next := p.word(to); {
	case w.is(english.Reference):
		return p.adverb(i)
	case w.is(english.Current) && to == i && !p.is(i+1, english.TimeUnit):
		return ref(0, i+1)
	case next.is(english.RecentWord):
		if p.is(to+1, english.TimeUnits) {
			end := to + 2
			if p.particle(end, english.TimeAnd) && p.is(end+1, english.TimeUnits) {
				end += 2
			}
			return ref(-1, end)
		}
		if to == i {
			return ref(-1, i+1)
		}
	case next.is(english.NextWord) && p.is(to+1, english.TimeUnits) && next.Particle == 0 && (to > i || p.particle(i-1, english.TimeIn)):
		return ref(1, to+2)
	case next.is(english.ReferenceNoun) && next.Number > 0 && p.is(to+1, english.TimeUnits):
		return ref(1, to+2)
	case next.is(english.NearWord) && to > i && p.is(to+1, english.TermWord|english.ReferenceNoun) && !p.joined(to+1):
		return ref(1, to+2)
	case next.is(english.ReferenceNoun) && to > i && referenceLeads[p.word(i-1).Particle] && p.noun(to):
		return ref(next.Number, to+1)
	}
	return found{}, false
}

// references are the values of references from the past on.
var references = [...]string{pastRef, presentRef, futureRef}

// referenceLeads are the particles before "the past".
var referenceLeads = map[english.TimeParticle]bool{
	english.TimeIn: true, english.TimeFor: true, english.TimeFrom: true, english.TimeOf: true, english.TimeTo: true,
}

// noun tells whether word i ends its noun phrase: "the future", not "the future
// king".
func (p *parser) noun(i int) bool {
	t := p.tag(i + 1)
	return t != english.NN && t != english.NNS && t != english.NNP && t != english.CD && !p.is(i+1, english.TimeUnits|english.TimeUnit|english.VagueCount)
}

// adverb reads "now", "soon", "recently", but not "as soon as" and "soon after".
func (p *parser) adverb(i int) (found, bool) {
	w := p.word(i)
	end := i + p.span(i)
	switch {
	case w.Number > 0 && p.span(i) == 1 && (p.particle(i-1, english.TimeAs) || p.particle(end, english.TimeAfter) || p.particle(end, english.TimeBefore) || p.tense(i) == past && w.Number > 0):
		return found{}, false
	case p.particle(end, english.TimeHyphen) && p.joined(end):
		return found{}, false
	}
	return found{kind: whence.TimeDate, value: references[w.Number+1], from: i, to: end}, true
}
