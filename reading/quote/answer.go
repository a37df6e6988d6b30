package quote

import (
	"cmp"
	"math"
	"slices"

	"whence/english"
)

// What is judged of an answer to the second model's question; a weight for each
// stands in a row of the third model, with nothing as label 0.
const (
	isRight      = 1 + iota // it is an attribution: see train
	contentExact            // its content is that of one
	sourceExact             // and its source
	judgements
)

// leastRight is how likely an answer must be right to be an attribution: about
// half the F1 that is reached, which is where F1 is highest.
const leastRight = 0.33

// answered is an answer and what the third model says of it.
type answered struct {
	candidate
	worth float64
}

// answers gives the different answers among the best labellings that l holds the
// scores and edges for, each with its clues.
func (a *asked) answers(c *chain, l *lattice, visit func(c *candidate, clues []uint64)) {
	endings := c.best(l)
	c.marginals(l)
	var seen [kept]candidate
	n, clues := 0, l.clues
	for _, e := range endings {
		l.take(e, c.labels)
		x := a.answer(l)
		if len(x.content) == 0 || slices.ContainsFunc(seen[:n], func(o candidate) bool { return o.source == x.source && slices.Equal(o.content, x.content) }) {
			continue
		}
		seen[n] = x
		n++
		clues = a.clues(clues[:0], l, &x, endings[0].score-e.score)
		visit(&x, clues)
	}
	l.clues = clues
}

// likely is how likely each of the judgements is, by the third model's sums.
func likely(all english.Sums) (likely [judgements]float64) {
	sums := all.Classes()
	for i := 1; i < judgements; i++ {
		likely[i] = logistic(float64(sums[i]-sums[0]) / unit)
	}
	return likely
}

// part asks the second model for the source and content of a cue, and the
// third which of its best answers it is. A cue without content is none.
func (r *Reader) part(v *view, cue span) (answered, bool) {
	a := &r.asked
	a.ask(v, &r.first, cue)
	r.second.reset(a.to-a.from, partLabels)
	r.own.spreadParts(a, &r.second)
	r.models.parts.emit(&r.second, &r.own.ofParts, func(c *collector, i int) { a.partFeatures(c, a.from+i) })
	for i := a.from; i < a.to; i++ {
		r.second.edges[i-a.from] = v.edge(i)
	}
	var all [kept]candidate
	var judged [kept]english.Sums
	l := &r.second
	l.features, l.ends = l.features[:0], l.ends[:0]
	a.answers(r.models.parts, l, func(c *candidate, clues []uint64) {
		all[len(l.ends)] = *c
		l.features = append(l.features, clues...)
		l.ends = append(l.ends, len(l.features))
	})
	r.models.answers.Score(&l.looks, judged[:], l.features, l.ends)
	best := answered{worth: -1}
	for n := range l.ends {
		likely := likely(judged[n])
		if worth := likely[isRight] + likely[contentExact] + likely[sourceExact]; worth > best.worth {
			best = answered{all[n], worth}
			best.learned = math.Round(likely[isRight]*1e4) / 1e4
		}
	}
	return best, best.learned >= leastRight
}

// chosen takes the surest answers first, and leaves out what claims words of a
// cue that is taken, or some of the words of a content, but not all.
func chosen(all []answered) []candidate {
	slices.SortStableFunc(all, func(a, b answered) int { return cmp.Compare(b.learned, a.learned) })
	taken := make([]candidate, 0, len(all))
	for i := range all {
		c := &all[i].candidate
		if !slices.ContainsFunc(taken, func(o candidate) bool {
			return o.cue.from < c.cue.to && c.cue.from < o.cue.to || crosses(c.content, o.content)
		}) {
			taken = append(taken, *c)
		}
	}
	slices.SortStableFunc(taken, func(a, b candidate) int { return cmp.Compare(a.cue.from, b.cue.from) })
	return taken
}
