package quote

import (
	"cmp"
	"math"
	"slices"
)

// kept is how many labellings of the words around a cue are looked at.
const kept = 4

// ranks holds the best labellings of the words up to one that end with one
// label there, best first: score, label before, and which of that label's.
type ranks struct {
	n      int
	score  [kept]float64
	before [kept]uint8
	rank   [kept]uint8
}

// insert keeps a labelling if it is among the best.
func (r *ranks) insert(score float64, before, rank int) {
	j := r.n
	if j == kept {
		if j--; score <= r.score[j] {
			return
		}
	} else {
		r.n++
	}
	for ; j > 0 && r.score[j-1] < score; j-- {
		r.score[j], r.before[j], r.rank[j] = r.score[j-1], r.before[j-1], r.rank[j-1]
	}
	r.score[j], r.before[j], r.rank[j] = score, uint8(before), uint8(rank)
}

// merge keeps what is among the best of the labellings of from, which end with
// the label before, with a step more.
func (r *ranks) merge(from *ranks, step float64, before int) {
	for n := range min(from.n, kept) {
		score := from.score[n] + step
		if r.n == kept && score <= r.score[kept-1] {
			return // those that follow are no better
		}
		r.insert(score, before, n)
	}
}

// ending is one of the best labellings of all words.
type ending struct {
	label, rank int
	score       float64
}

// best finds the best labellings, best first (the list Viterbi algorithm,
// Seshadri and Sundberg 1994); labels gives those of one.
func (c *chain) best(l *lattice) []ending {
	k := c.labels
	l.ranks = resized(l.ranks, l.n*k)
	for i := range l.n {
		steps := &c.edges[l.edges[i]].steps
		var before []ranks
		if i > 0 {
			before = l.ranks[(i-1)*k : i*k]
		}
		for y := range k {
			r := &l.ranks[i*k+y]
			r.n = 0
			if i == 0 && follows(0, y) {
				r.insert(steps[firstOfAll][y&labelMask], 0, 0)
			}
			first, end := 0, k
			if goesOn(y) {
				first, end = y-1, y+1
			}
			for p := first; p < end && i > 0; p++ {
				r.merge(&before[p], steps[p&labelMask][y&labelMask], p)
			}
			add := l.scores[i*k+y]
			if y == 0 {
				add -= c.lean
			}
			for n := range r.n {
				r.score[n] += add
			}
		}
	}
	var all []ending
	for y := range k {
		r := &l.ranks[(l.n-1)*k+y]
		for n := range r.n {
			all = append(all, ending{y, n, r.score[n]})
		}
	}
	slices.SortStableFunc(all, func(a, b ending) int { return cmp.Compare(b.score, a.score) })
	return all[:min(kept, len(all))]
}

// take makes the labels of e the lattice's best.
func (l *lattice) take(e ending, labels int) {
	y, n := e.label, e.rank
	for i := l.n - 1; i >= 0; i-- {
		l.best[i] = uint8(y)
		r := &l.ranks[i*labels+y]
		y, n = int(r.before[n]), int(r.rank[n])
	}
}

// leastCue is how likely a word must be to begin a cue for the second model to
// be asked about it.
const leastCue = 0.15

// cues are those of the best labels, and after them other words that may be
// cues.
func (l *lattice) cues() []span {
	all := l.spans(cueBegins)
	at := func(i int, label uint8) float64 { return l.share[i*roleLabels+int(label)] }
	taken := func(i int) bool { return l.best[i] == cueBegins || l.best[i] == cueGoesOn }
	for i := 0; i < l.n; i++ {
		if taken(i) || at(i, cueBegins) < leastCue {
			continue
		}
		s := span{i, i + 1}
		for s.to < l.n && !taken(s.to) && at(s.to, cueGoesOn) >= (at(s.to-1, cueBegins)+at(s.to-1, cueGoesOn))/2 {
			s.to++
		}
		all = append(all, s)
		i = s.to - 1
	}
	return all
}

// logistic is the share that a logarithm of odds stands for.
func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
