package when

import (
	"whence"
	"whence/english"
)

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
