package quote

import "math"

// kept is how many labellings of the words around a cue are looked at.
const kept = 4

// ranks holds the best labellings of the words up to one that end with one label
// there, best first: score, label before, and which of that label's. Those beyond
// the best are found when they are asked for.
type ranks struct {
	n      int
	score  [kept]float64
	before [kept]uint8
	rank   [kept]uint8
	next   [1 << labelBits]uint8 // of each label before, the first that is not among these
}

// ending is one of the best labellings of all words.
type ending struct {
	label, rank int
	score       float64
}

// best finds the best labellings, best first; labels gives those of one. First it
// finds the best alone (Viterbi), then what is next to each in turn, which asks
// for more along one path alone (Huang and Chiang 2005, algorithm 3).
func (c *chain) best(l *lattice) []ending {
	c.tops(l)
	last, all := l.ranks[(l.n-1)*c.labels:l.n*c.labels], l.endings[:0]
	var next [1 << labelBits]int // of each label, the first that is not among all
	for len(all) < kept {
		top := ending{label: -1}
		for y := range last {
			n := next[y&labelMask]
			if n == last[y].n && (n == 0 || n == kept || !c.more(l, l.n-1, y)) {
				continue
			}
			if s := last[y].score[n%kept]; top.label < 0 || s > top.score {
				top = ending{y, n, s}
			}
		}
		if top.label < 0 {
			break
		}
		next[top.label&labelMask]++
		all = append(all, top)
	}
	l.endings = all
	return all
}

// tops finds the best labelling up to each word that ends with each label.
func (c *chain) tops(l *lattice) {
	k := c.labels
	l.ranks = resized(l.ranks, l.n*k)
	var before, now [1 << labelBits]float64
	for i := range l.n {
		steps := &c.edges[l.edges[i]].steps
		ranks, scores := l.ranks[i*k:i*k+k], l.scores[i*k:i*k+k]
		for y := range ranks {
			top, from := c.reach(steps, &before, i == 0, y)
			top += c.added(scores, y)
			now[y&labelMask] = top
			r := &ranks[y]
			r.n, r.next = 0, [1 << labelBits]uint8{}
			if top > math.Inf(-1) {
				r.n, r.score[0], r.before[0], r.rank[0] = 1, top, uint8(from), 0
				r.next[from&labelMask] = 1
			}
		}
		before = now
	}
}

// added is what a word of these scores adds to a labelling where its label is y.
func (c *chain) added(scores []float64, y int) float64 {
	if y == 0 {
		return scores[0] - c.lean
	}
	return scores[y]
}

// more finds the next of the labellings of the words up to i that end with label y.
// It tells whether there is one.
func (c *chain) more(l *lattice, i, y int) bool {
	if i == 0 {
		return false
	}
	k := c.labels
	r, steps := &l.ranks[i*k+y], &c.edges[l.edges[i]].steps
	before := l.ranks[(i-1)*k : i*k]
	// The label before that the last one came from goes on with its next.
	last := int(r.before[(r.n-1)%kept])
	if n := int(r.next[last&labelMask]); n == before[last].n && n < kept {
		c.more(l, i-1, last)
	}
	from, end := 0, k
	if goesOn(y) {
		from, end = y-1, y+1
	}
	best, top := -1, 0.0
	for p := from; p < end; p++ {
		n := int(r.next[p&labelMask])
		if n >= before[p].n {
			continue
		}
		if s := before[p].score[n%kept] + steps[p&labelMask][y&labelMask]; best < 0 || s > top {
			best, top = p, s
		}
	}
	if best < 0 {
		return false
	}
	n := r.n % kept
	r.score[n], r.before[n], r.rank[n] = top+c.added(l.scores[i*k:i*k+k], y), uint8(best), r.next[best&labelMask]
	r.next[best&labelMask]++
	r.n++
	return true
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
