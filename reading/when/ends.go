package when

import (
	"whence"
	"whence/english"
)

// period is the stretch that the words before the kth time of the sentence make
// of it, where they make it an end of one: "since September", "until Friday",
// "from May to July". Both times of a pair have the whole.
func (p *parser) period(k int) whence.Period {
	f := &p.list[k]
	if k > 0 {
		if whole, ok := p.pair(&p.list[k-1], f); ok {
			return whole
		}
	}
	if k+1 < len(p.list) {
		if whole, ok := p.pair(f, &p.list[k+1]); ok {
			return whole
		}
	}
	switch p.word(f.from - 1).Particle {
	case english.TimeSince:
		return whence.Period{Begin: f.period().Begin}
	case english.TimeUntil:
		return whence.Period{End: f.period().End}
	}
	return whence.Period{}
}

// period is the stretch of the calendar that the time itself stands for.
func (f *found) period() whence.Period {
	if f.kind != whence.TimeDate && f.kind != whence.TimeOfDay {
		return whence.Period{}
	}
	return periodOf(f.value)
}

// pair is the stretch that two times are the ends of, if they are.
func (p *parser) pair(a, b *found) (whole whence.Period, ok bool) {
	if !p.joins(a, b) {
		return whence.Period{}, false
	}
	first, last := a.period(), b.period()
	if first.IsZero() || last.IsZero() || last.End.Time.Before(first.Begin.Time) {
		return whence.Period{}, false
	}
	return whence.Period{Begin: first.Begin, End: last.End}, true
}

// joins tells whether the words make two times the ends of one stretch: "from
// May to July", "between 1994 and 1997", "1994-1997".
func (p *parser) joins(a, b *found) bool {
	if b.from != a.to+1 {
		return false
	}
	join, lead := p.word(a.to).Particle, p.word(a.from-1).Particle
	switch join {
	case english.TimeTo, english.TimeUntil:
		return lead == english.TimeFrom
	case english.TimeAnd:
		return lead == english.TimeBetween
	case english.TimeHyphen:
		return p.joined(b.from)
	}
	return false
}
