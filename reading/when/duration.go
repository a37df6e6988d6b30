package when

import (
	"whence"
	"whence/english"
)

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
func (p *parser) measure(i int) (m measured, ok bool) { //nolint:gocyclo // a grammar: a case for each form
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
		return (m.direction != 0 || more || m.vague) && !m.compound && w.is(english.TimeUnits)
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
		english.TimeBefore, english.TimeAs:
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
