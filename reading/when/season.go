package when

import (
	"whence/english"
)

// season reads a season at to, from i on.
func (p *parser) season(l lead, i, to int) (found, bool) {
	doubtful := p.words[to].is(english.Doubtful)
	number := p.words[to].Number
	end := to + 1
	year, next, given := p.yearAfter(end, false)
	if given {
		end = next
	}
	if doubtful && !given && l.class == 0 && !(l.the && seasonLeads[p.word(i-1).Particle]) {
		return found{}, false
	}
	if p.is(end, english.TimeUnit|english.TimeUnits) || !given && l.class == 0 && !l.the && !seasonLeads[p.word(i-1).Particle] {
		return found{}, false
	}
	return at(p.seasonPoint(l, year, number, to), i, end), true
}

// seasonLeads are the particles before a season that stands for a certain one.
var seasonLeads = map[english.TimeParticle]bool{
	english.TimeIn: true, english.TimeSince: true, english.TimeFrom: true, english.TimeUntil: true, english.TimeBy: true,
	english.TimeDuring: true, english.TimeThe: true,
}

// seasonPoint is a season. Its year is that in which it begins, but winter's is
// that of which the text speaks.
func (p *parser) seasonPoint(l lead, year, number, to int) point {
	if year > 0 {
		return point{unit: english.UnitSeason, at: day(year, 3*number, 1)}
	}
	now := p.current(english.UnitSeason, 0)
	if year == yearUnknown || !now.known() {
		return point{}
	}
	q := point{unit: english.UnitSeason, at: day(now.at.Year(), 3*number, 1)}
	var tense tense
	switch {
	case l.class.Has(english.LastWord):
		if !q.at.Before(now.at) {
			q = point{unit: q.unit, at: q.at.AddDate(-1, 0, 0)}
		}
		return q
	case l.class.Has(english.NextWord):
		tense = future
	case l.class.Has(english.This):
		return q
	default:
		if tense = p.tense(to); tense == present && !l.the {
			return point{} // every winter
		}
	}
	switch {
	case tense == future && q.at.Before(now.at):
		q.at = q.at.AddDate(1, 0, 0)
	case tense == past && q.at.After(now.at):
		q.at = q.at.AddDate(-1, 0, 0)
	}
	return q
}
