package when

import (
	"whence"
	"whence/english"
)

// period is the stretch that the words before a time make of it, where they make
// it an end of one: "since September", "until Friday", "from May to July".
func (p *parser) period(f found) whence.Period {
	var n whence.Period
	own := periodOf(f.value)
	if f.kind != whence.TimeDate && f.kind != whence.TimeOfDay || own.IsZero() {
		return n
	}
	switch p.word(f.from - 1).Particle {
	case english.TimeSince:
		return whence.Period{Begin: own.Begin}
	case english.TimeUntil:
		return p.began(f, whence.Period{End: own.End})
	case english.TimeFrom:
		return p.ended(f, whence.Period{Begin: own.Begin}, english.TimeTo, english.TimeUntil)
	case english.TimeBetween:
		return p.ended(f, whence.Period{Begin: own.Begin}, english.TimeAnd)
	case english.TimeTo, english.TimeAnd, english.TimeHyphen:
		return p.began(f, n)
	}
	return n
}

// ended gives a period that f begins the end that the next time of the sentence
// makes, if one of the particles stands between.
func (p *parser) ended(f found, n whence.Period, joins ...english.TimeParticle) whence.Period {
	for k := range p.list {
		if next := &p.list[k]; next.from == f.to+1 {
			for _, j := range joins {
				if p.particle(f.to, j) {
					n.End = periodOf(next.value).End
				}
			}
		}
	}
	return n
}

// began gives a period that f ends the begin that the time before makes.
func (p *parser) began(f found, n whence.Period) whence.Period {
	for k := range p.list {
		before := &p.list[k]
		if before.to != f.from-1 {
			continue
		}
		lead := p.word(before.from - 1).Particle
		join := p.word(f.from - 1).Particle
		if lead == english.TimeFrom && (join == english.TimeTo || join == english.TimeUntil) || lead == english.TimeBetween && join == english.TimeAnd {
			return whence.Period{Begin: periodOf(before.value).Begin, End: periodOf(f.value).End}
		}
	}
	return n
}
