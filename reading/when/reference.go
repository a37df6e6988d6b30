package when

import (
	"whence"
	"whence/english"
)

// reference reads what stands for the present, the past or the future: "now",
// "recently", "in the future", "recent weeks", "the near term".
func (p *parser) reference(i int) (found, bool) { //nolint:gocyclo // a grammar: a case for each form
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
	case next.is(english.ReferenceNoun) && to > i && (p.tag(i-1) == english.IN || p.tag(i-1) == english.TO) && p.noun(to):
		return ref(next.Number, to+1)
	}
	return found{}, false
}

// references are the values of references from the past on.
var references = [...]string{pastRef, presentRef, futureRef}

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
