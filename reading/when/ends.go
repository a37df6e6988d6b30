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
	own := f.period()
	if own.IsZero() {
		return own
	}
	if k > 0 {
		if before := &p.list[k-1]; p.pair(before, f) {
			return whence.Period{Begin: before.period().Begin, End: own.End}
		}
	}
	if k+1 < len(p.list) {
		if next := &p.list[k+1]; p.pair(f, next) {
			return whence.Period{Begin: own.Begin, End: next.period().End}
		}
	}
	switch p.word(f.from - 1).Particle {
	case english.TimeSince:
		return whence.Period{Begin: own.Begin}
	case english.TimeUntil:
		return whence.Period{End: own.End}
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

// pair tells whether two times are the ends of one stretch.
func (p *parser) pair(a, b *found) bool {
	first, last := a.period(), b.period()
	return p.joins(a, b) && !first.IsZero() && !last.IsZero() && !last.End.Time.Before(first.Begin.Time)
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
