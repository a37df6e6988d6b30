package when

import (
	"whence"
	"whence/english"
)

// hands is a time of the clock: where only is unset, the hour may be one of
// twelve of the forenoon or the afternoon.
type hands struct {
	hour, minute int
	sure         bool // before or after noon is told
}

// clock reads a time of the clock and the day with it: "6.45pm", "10:30 GMT",
// "eight o'clock", "twenty past six", "noon Saturday", "four in the afternoon",
// "9 a.m. Tuesday", "7am on Tuesday".
func (p *parser) clock(i int) (found, bool) {
	start := i
	if p.is(start, english.Approximate) && !p.is(start, english.DayPart) {
		start += p.span(start)
	}
	h, to, ok := p.hands(start)
	if !ok || h.hour > 24 {
		return found{}, false
	}
	if p.is(to-1, english.Meridiem) && p.tokens[to-1].Text[1] == '.' && p.tag(to) == english.Stop && p.joined(to) {
		to++ // the stop ends the sentence and the abbreviation
	}
	zone := ""
	if p.is(to, english.Zone) {
		if p.words[to].Number > 0 {
			zone = "Z"
		}
		to += p.span(to)
	}
	q, end, given := p.clockDay(to)
	if given {
		to = end
	} else {
		q = p.clockContext(to)
	}
	if !h.sure {
		h, ok = p.settle(h, q, i, to)
	} else {
		ok = true
	}
	if !q.known() || !ok {
		return unknown(whence.TimeOfDay, i, to), true
	}
	return found{kind: whence.TimeOfDay, from: i, to: to}.on(q, "T"+two(h.hour)+":"+two(h.minute)+zone), true
}

// hands reads the time of the clock alone.
func (p *parser) hands(i int) (h hands, to int, ok bool) { //nolint:gocyclo // a grammar: a case for each form
	w := p.word(i)
	if w.is(english.ClockPoint) {
		return hands{hour: w.Number, sure: true}, i + 1, true
	}
	if h, to, ok = p.relativeHands(i); ok {
		return p.half(h, to)
	}
	switch {
	case w.form == clockForm || w.form == pointForm:
		h, to = hands{hour: w.date[0], minute: w.date[1]}, i+1
	case w.number() && w.Number >= 1 && w.Number <= 12:
		h, to = hands{hour: w.Number}, i+1
	default:
		return h, i, false
	}
	if p.is(to, english.Meridiem) {
		if h.hour < 1 || h.hour > 12 {
			return h, i, false
		}
		return hands{h.hour%12 + p.words[to].Number, h.minute, true}, to + 1, true
	}
	if p.is(to, english.OClock) {
		return p.half(h, to+1)
	}
	if next, end, part := p.half(h, to); part && end > to {
		return next, end, true
	}
	if w.form == clockForm && (p.is(to, english.Zone) || clockLeads[p.word(i-1).Particle] && p.tag(to) != english.NN && p.tag(to) != english.NNS) {
		h.sure = h.hour > 12 || p.tokens[i].Text[0] == '0' || p.is(to, english.Zone)
		return h, to, true
	}
	if p.particle(i-1, english.TimeAt) && (w.is(english.Cardinal) || w.form == pointForm && p.dayPartBeside(i, to)) && p.ends(to) {
		return h, to, true
	}
	return h, i, false
}

// ends tells whether the phrase before word i ends there: "at seven by two men".
func (p *parser) ends(i int) bool {
	return i >= len(p.words) || punctuation(p.tag(i)) || p.particle(i, english.TimeBy) || p.particle(i, english.TimeOn) || p.particle(i, english.TimeAnd)
}

// dayPartBeside tells whether a part of the day is named near words.
func (p *parser) dayPartBeside(from, to int) bool { return p.partBeside(from, to) > 0 }

// partBeside is the part of the day that is named near words, or 0.
func (p *parser) partBeside(from, to int) int {
	const before, behind = 4, 8
	for k := from - before; k < to+behind; k++ {
		if p.is(k, english.DayPart) {
			return p.words[k].Number
		}
	}
	return 0
}

// clockLeads are the particles before a time of the clock.
var clockLeads = map[english.TimeParticle]bool{
	english.TimeAt: true, english.TimeBy: true, english.TimeUntil: true, english.TimeSince: true, english.TimeFrom: true,
	english.TimeBefore: true, english.TimeAfter: true, english.TimeTo: true,
}

// half reads what tells before noon from after it: "in the afternoon", "at
// night".
func (p *parser) half(h hands, i int) (hands, int, bool) {
	to := i
	if p.particle(to, english.TimeIn) && p.particle(to+1, english.TimeThe) {
		to += 2
	} else if p.particle(to, english.TimeAt) {
		to++
	} else {
		return h, i, true
	}
	if !p.is(to, english.DayPart) || h.hour > 12 {
		return h, i, true
	}
	return h.within(p.words[to].Number), to + 1, true
}

// The parts of the day that settle a time of the clock.
const (
	morning, night = 1, 5
)

// within is the time in that part of the day.
func (h hands) within(part int) hands {
	h.sure = true
	h.hour %= 12
	if part > morning && !(part == night && h.hour < smallHours) {
		h.hour += 12
	}
	return h
}

// relativeHands reads "twelve minutes past seven", "half past six", "quarter to
// nine".
func (p *parser) relativeHands(i int) (h hands, to int, ok bool) {
	w := p.word(i)
	minutes := w.Number
	to = i + 1
	switch {
	case w.is(english.HalfCount):
		minutes = 30
	case w.Unit == english.UnitQuarter && w.is(english.TimeUnit):
		minutes = 15
	case w.number() && minutes < 60:
		q, next, _ := p.cardinal(i)
		minutes, to = q.n, next
		if p.word(to).Unit == english.UnitMinute {
			to++
		} else if minutes%5 != 0 {
			return h, i, false
		}
	default:
		return h, i, false
	}
	before := p.particle(to, english.TimeTo)
	if !before && !p.particle(to, english.TimePast) {
		return h, i, false
	}
	hour := p.word(to + 1)
	if !hour.number() || hour.Number < 1 || hour.Number > 12 || minutes > 59 {
		return h, i, false
	}
	h = hands{hour: hour.Number, minute: minutes}
	if before {
		h.hour, h.minute = (h.hour+10)%12+1, 60-minutes
	}
	to += 2
	if p.is(to, english.Meridiem) {
		return hands{h.hour%12 + p.words[to].Number, h.minute, true}, to + 1, true
	}
	return h, to, true
}

// clockDay reads the day that belongs to a time of the clock at i: "Tuesday",
// "on Tuesday", ", Jan. 3".
func (p *parser) clockDay(i int) (q point, to int, ok bool) {
	next := p.skip(i, english.TimeOn)
	f, found := p.date(next)
	if !found || f.kind != whence.TimeDate || f.point.known() && f.point.unit != english.UnitDay || p.particle(next, english.TimeThe) {
		return point{}, i, false
	}
	if !f.point.known() && !p.is(next, english.WeekdayName|english.MonthName|english.DayWord) {
		return point{}, i, false
	}
	return f.point, f.to, true
}

// clockContext is the day of a time of the clock without one: that of a time
// beside it in the sentence, or today. In a quotation nothing tells.
func (p *parser) clockContext(to int) point {
	for k := len(p.list) - 1; k >= 0; k-- {
		if q := p.list[k].point; q.unit == english.UnitDay {
			q.part = ""
			return q
		}
	}
	for k := to; k < min(to+beside, len(p.words)); k++ {
		if !p.is(k, english.WeekdayName|english.DayWord|english.This|english.NightTime|english.LastWord) {
			continue
		}
		if f, ok := p.date(k); ok && f.point.unit == english.UnitDay {
			q := f.point
			q.part = ""
			return q
		}
	}
	if p.quoted {
		return point{}
	}
	if q := p.spokenDay(); q.known() {
		return q
	}
	return p.current(english.UnitDay, 0)
}

// beside is how many words behind a time of the clock its day is looked for.
const beside = 12

// partOf is the part of the day that a value ends in, or 0.
func partOf(part string) int {
	for n, p := range dayParts {
		if p != "" && p == part {
			return n
		}
	}
	return 0
}

// settle tells before noon from after it where the words do not: by the part of
// the day beside it or spoken of, or where a text of the evening tells what is
// past. One of the morning may speak of the evening before, which settles
// nothing.
func (p *parser) settle(h hands, q point, from, to int) (hands, bool) {
	if part := p.partBeside(from, to); part > 0 {
		return h.within(part), true
	}
	if h.hour > 12 {
		return h, true
	}
	if part := partOf(p.spoken.part); part > 0 && q.known() && q.at.Equal(p.spoken.at) {
		return h.within(part), true
	}
	if p.published.Precision != whence.Second || !q.known() || q.at != p.current(english.UnitDay, 0).at || p.tense(from) != past {
		return h, false
	}
	h.hour = h.hour%12 + 12
	return h, p.published.Time.Hour()*60+p.published.Time.Minute() >= h.hour*60+h.minute
}
