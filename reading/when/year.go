package when

import (
	"whence"
	"whence/english"
)

// partOfYear reads "the third quarter of 1989", "third-quarter", "the first half
// of last year", "Q3 2025", "this year's third quarter", "fiscal 1989".
func (p *parser) partOfYear(i int) (found, bool) {
	to, year, given := i, 0, false
	if l, next := p.lead(i); next > i && !l.class.Has(english.LastWord|english.NextWord) || p.word(i).form == yearForm {
		if p.is(next, english.TimeUnit) && p.words[next].Unit == english.UnitYear && p.particle(next+1, english.TimePossessive) {
			year, to, given = p.yearOf(p.current(english.UnitYear, 0)), next+2, true
		} else {
			to = next
		}
	} else if l.class.Has(english.LastWord | english.NextWord) {
		if y, after, ok := p.yearAfter(i, false); ok && p.particle(after, english.TimePossessive) {
			year, to, given = y, after+1, true
		} else {
			to = next - 1
		}
	}
	compared := 0
	if p.is(to, english.Compared) {
		compared = -1
		to++
	}
	to = p.fiscal(to)
	if p.word(to).form == yearForm {
		year, given = p.words[to].Number, true
		to = p.skip(to+1, english.TimePossessive)
	}
	to = p.fiscal(to)
	unit, n, to, ok := p.ordinalPart(to)
	if !ok {
		return found{}, false
	}
	if y, after, behind := p.fiscalYearAfter(to); behind && !given {
		year, to, given = y, after, true
	}
	var q point
	switch {
	case given && year != yearUnknown:
		q = point{unit: unit, at: day(year, months[unit]*(n-1)+1, 1)}
	case !given:
		q = p.partPoint(unit, n, i)
	}
	if compared != 0 && q.known() {
		q.at = q.at.AddDate(compared, 0, 0)
	}
	f := at(q, i, to)
	if p.particle(to-2, english.TimeHyphen) && to-3 == i+1 && p.particle(i, english.TimeThe) {
		f.from = i + 1 // "the third-quarter loss"
	}
	return f, true
}

// fiscal is the place after "fiscal", or i.
func (p *parser) fiscal(i int) int {
	if p.is(i, english.Fiscal) {
		return i + 1
	}
	return i
}

// fiscalYearAfter reads the year behind a part of one: "of fiscal 1989".
func (p *parser) fiscalYearAfter(i int) (year, to int, ok bool) {
	next := p.skip(i, english.TimeOf)
	next = p.skip(next, english.TimeThe)
	next = p.fiscal(next)
	if p.word(next).form == yearForm {
		return p.words[next].Number, next + 1, true
	}
	return p.yearAfter(i, false)
}

// ordinalPart reads "third quarter", "third-quarter", "Q3", "first half".
func (p *parser) ordinalPart(i int) (unit english.Unit, n, to int, ok bool) {
	w := p.word(i)
	if w.form == quarterForm {
		return english.UnitQuarter, w.Number, i + 1, true
	}
	n = w.Number
	last := w.is(english.LastWord) && w.Particle != english.TimePast
	if !w.is(english.Ordinal) && w.form != ordinalForm && !last {
		return 0, 0, i, false
	}
	to = p.fiscal(p.hyphen(i + 1))
	unit = p.word(to).Unit
	most := 0
	if unit == english.UnitQuarter || unit == english.UnitHalf {
		most = 12 / months[unit]
	}
	if last {
		if n = most; unit == english.UnitQuarter && !p.particle(to+1, english.TimeOf) {
			return 0, 0, i, false
		}
	}
	if !p.is(to, english.TimeUnit) || n < 1 || n > most {
		return 0, 0, i, false
	}
	if unit == english.UnitHalf {
		if _, _, year := p.fiscalYearAfter(to + 1); !year && !p.is(i-1, english.Fiscal) {
			return 0, 0, i, false // of a match, of a plan
		}
	}
	return unit, n, to + 1, true
}

// partPoint is the nth quarter or half of the year that the tense asks for.
func (p *parser) partPoint(unit english.Unit, n, i int) point {
	now := p.current(unit, 0)
	if !now.known() {
		return point{}
	}
	q := point{unit: unit, at: day(now.at.Year(), months[unit]*(n-1)+1, 1)}
	tense := p.tense(i)
	switch {
	case q.at.Before(now.at) && q.shift(1).at.Equal(now.at): // now it is reported
		return q
	case tense == future && q.at.Before(now.at):
		q.at = q.at.AddDate(1, 0, 0)
	case tense <= past && q.at.After(now.at):
		q.at = q.at.AddDate(-1, 0, 0)
	}
	return q
}

// decade reads "the 1980s", "the '80s", "the eighties", early and late ones.
func (p *parser) decade(i int) (found, bool) {
	to := p.skip(i, english.TimeThe)
	if p.is(to, english.Stage) {
		to = p.hyphen(to + 1)
	}
	w := p.word(to)
	year := w.Number
	switch {
	case w.form == decadeForm && year >= firstYear && year <= lastYear:
	case w.form == decadeForm && year < 100, w.is(english.DecadeWord) && to > i:
		year += 1900
		if w.form != decadeForm && p.tag(to-1) == english.PRPS {
			return found{}, false
		}
	default:
		return found{}, false
	}
	return at(point{unit: english.UnitDecade, at: day(year, 1, 1)}, i, to+1), true
}

// century reads "the 20th century".
func (p *parser) century(i int) (found, bool) {
	to := p.skip(i, english.TimeThe)
	if p.is(to, english.Stage) {
		to = p.hyphen(to + 1)
	}
	w := p.word(to)
	next := p.hyphen(to + 1)
	if w.form != ordinalForm && !w.is(english.Ordinal) || p.word(next).Unit != english.UnitCentury {
		return found{}, false
	}
	f := at(point{unit: english.UnitCentury, at: day(100*(w.Number-1), 1, 1)}, i, next+1)
	if p.is(next+1, english.Era) {
		f.to++
		f.value = ""
	}
	return f, true
}

// year reads "1989", "fiscal 1989", "the year 2000", "mid-1996".
func (p *parser) year(i int) (found, bool) {
	to := i
	if p.particle(to, english.TimeThe) {
		to++
	}
	named := false
	to = p.fiscal(to)
	if p.word(to).Unit == english.UnitYear && p.is(to, english.TimeUnit) {
		named = true
		to++
	}
	fiscal := p.is(to-1, english.Fiscal) && to > i
	w := p.word(to)
	switch {
	case w.form == fiscalForm:
		return at(point{unit: english.UnitYear, at: day(w.Number, 1, 1)}, i, to+1), true
	case w.mid && to > i:
		return found{}, false // "the mid-1996 vote"
	case w.form == yearForm && (named || fiscal || w.mid || to == i && p.plainYear(to)):
		return p.yearEra(at(point{unit: english.UnitYear, at: day(w.Number, 1, 1)}, i, to+1))
	}
	if n, end, ok := p.spelledYear(to, named); ok && (to == i || named) {
		return at(point{unit: english.UnitYear, at: day(n, 1, 1)}, i, end), true
	}
	return found{}, false
}

// yearEra leaves years before our era without a value.
func (p *parser) yearEra(f found) (found, bool) {
	if p.is(f.to, english.Era) {
		f.value, f.point = "", point{}
		f.to++
	}
	return f, true
}

// plainYear tells whether four digits alone are a year.
func (p *parser) plainYear(i int) bool { //nolint:gocyclo // a grammar: a case for each form
	const earliest, latest = 1500, 2100 // of years that news names without more
	n := p.words[i].Number
	if n < earliest || n > latest || p.tag(i-1) == english.Currency {
		return false
	}
	if i > 0 && p.joined(i) && !p.particle(i-1, english.TimeHyphen) && p.tag(i-1) != english.OpenQuote && p.tag(i-1) != english.OpenBracket {
		return false
	}
	if t := p.tag(i - 1); t == english.NNP && p.word(i-1).Class == 0 || p.tag(i+1) == english.NNP && (t == english.POS || t == english.PRPS || p.particle(i-1, english.TimeA)) {
		return false // "Orion 1980", "his 1987 Chevrolet"
	}
	next := p.word(i + 1)
	if p.joined(i+1) && !p.particle(i+1, english.TimeHyphen) && !p.particle(i+1, english.TimePossessive) && next.Class == 0 && !punctuation(p.tag(i+1)) {
		return false
	}
	if next.is(english.TimeUnits|english.Scale) || p.is(i-1, english.Approximate) && n%100 == 0 {
		return false
	}
	counts := (p.tag(i+1) == english.NNS || p.tag(i+2) == english.NNS && p.tag(i+1) == english.JJ) && !yearLeads[p.word(i-1).Particle]
	return !counts || n%50 != 0
}

// yearLeads are the particles before years.
var yearLeads = map[english.TimeParticle]bool{
	english.TimeIn: true, english.TimeSince: true, english.TimeFrom: true, english.TimeUntil: true, english.TimeBy: true,
	english.TimeDuring: true, english.TimeThe: true,
}

func punctuation(t english.Tag) bool {
	return t == english.Comma || t == english.Stop || t == english.Colon || t == english.CloseQuote || t == english.CloseBracket || t == english.POS
}

// spelledYear reads "nineteen ninety-four", "two thousand".
func (p *parser) spelledYear(i int, named bool) (year, to int, ok bool) {
	w := p.word(i)
	if !w.is(english.Cardinal) {
		return 0, i, false
	}
	if named && w.Number == 2 && p.is(p.hyphen(i+1), english.Scale) {
		q, to, _ := p.cardinal(i)
		return q.n, to, q.n >= firstYear && q.n <= lastYear
	}
	if w.Number >= 15 && w.Number <= 20 {
		tens := p.word(i + 1)
		if !tens.is(english.Cardinal) || tens.Number < 10 {
			return 0, i, false
		}
		n := 100*w.Number + tens.Number
		next := p.hyphen(i + 2)
		if ones := p.word(next); tens.Number >= 20 && ones.is(english.Cardinal) && ones.Number < 10 {
			return n + ones.Number, next + 1, true
		}
		return n, i + 2, true
	}
	return 0, i, false
}

// yearEnd reads "year-end", "the year-end", "month's end".
func (p *parser) yearEnd(i int) (found, bool) {
	w := p.word(i)
	if !w.is(english.TimeUnit) || w.Unit != english.UnitYear {
		return found{}, false
	}
	to := p.skip(p.hyphen(i+1), english.TimePossessive)
	if !p.is(to, english.Edge) || p.words[to].Number != edgeEnd {
		return found{}, false
	}
	end := to + 1
	year := p.current(english.UnitYear, 0)
	if y, next, given := p.yearAfter(end, false); given && y > 0 {
		year, end = point{unit: english.UnitYear, at: day(y, 1, 1)}, next
	} else if given {
		year, end = point{}, next
	}
	if !year.known() {
		return unknown(whence.TimeDate, i, end), true
	}
	return at(point{unit: english.UnitDay, at: year.end().AddDate(0, 0, -1)}, i, end), true
}

// compared reads "the year-earlier period", "year-ago quarter": the same part of
// the year before.
func (p *parser) compared(i int) (found, bool) {
	to := p.skip(i, english.TimeThe)
	if !(p.is(to, english.TimeUnit) && p.words[to].Unit == english.UnitYear && p.hyphen(to+1) > to+1) {
		return found{}, false
	}
	to = p.hyphen(to + 1)
	if !p.is(to, english.Comparative|english.Ago) {
		return found{}, false
	}
	to++
	q := p.yearBefore()
	if p.is(to, english.Stretch) || p.is(to, english.TimeUnit) {
		to++
	} else if unit, n, next, ok := p.ordinalPart(to); ok {
		q, to = p.partPoint(unit, n, i), next
		if q.known() {
			q.at = q.at.AddDate(-1, 0, 0)
		}
	}
	f := at(q, i, to)
	f.compared = true
	return f, true
}

// yearBefore is the same part of the year before the one spoken of.
func (p *parser) yearBefore() point {
	q := p.quarter
	if !q.known() {
		return p.current(english.UnitYear, -1)
	}
	return point{unit: q.unit, at: q.at.AddDate(-1, 0, 0)}
}
