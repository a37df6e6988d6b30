package lineage

import (
	"math"
	"slices"

	"whence"
)

// uncircle leaves no circle of articles that took words from one another: nobody
// has his words from himself. Of a circle the least sure of its takings are
// unknown.
func (j *judgement) uncircle(verdicts []verdict) {
	for {
		parts := j.circles(verdicts)
		least := map[int]float64{} // the least confidence in a circle
		for i, p := range j.Pairs {
			if part, ok := inCircle(parts, p, verdicts[i]); ok {
				if _, seen := least[part]; !seen {
					least[part] = math.Inf(1)
				}
				least[part] = min(least[part], verdicts[i].confidence)
			}
		}
		if len(least) == 0 {
			return
		}
		for i, p := range j.Pairs {
			v := &verdicts[i]
			if part, ok := inCircle(parts, p, *v); ok && v.confidence == least[part] {
				v.direction, v.origin, v.confidence = whence.DirectionUnknown, "", .5
				v.because("who was first is open: the two stand in a circle")
			}
		}
	}
}

// inCircle gives the circle that a taking is part of.
func inCircle(parts map[int64]int, p Pair, v verdict) (part int, ok bool) {
	part, ok = parts[p.A]
	other, both := parts[p.B]
	return part, ok && both && part == other && taken(v.direction)
}

// taken tells whether one of a pair has its words from the other.
func taken(d whence.Direction) bool {
	return d == whence.ArticleFromOther || d == whence.OtherFromArticle
}

// circles are the texts from which takings lead back to themselves, with the
// number of the strongly connected part that each is in (Tarjan 1972).
func (j *judgement) circles(verdicts []verdict) map[int64]int {
	from := map[int64][]int64{}
	var order []int64
	for i, p := range j.Pairs {
		switch verdicts[i].direction {
		case whence.ArticleFromOther:
			from[p.A] = append(from[p.A], p.B)
		case whence.OtherFromArticle:
			from[p.B] = append(from[p.B], p.A)
		default:
			continue
		}
		order = append(order, p.A, p.B)
	}
	t := tarjan{from: from, number: map[int64]int{}, low: map[int64]int{}, part: map[int64]int{}}
	for _, k := range order {
		if t.number[k] == 0 {
			t.visit(k)
		}
	}
	return t.part
}

// tarjan is a walk over texts.
type tarjan struct {
	from   map[int64][]int64
	number map[int64]int // in the order of visits, from 1
	low    map[int64]int // the least number that can be reached
	stack  []int64
	part   map[int64]int // of parts with more than one text
	parts  int
}

// visit walks from a text on. It keeps its own stack of calls, as a chain may be
// as long as a story.
func (t *tarjan) visit(root int64) {
	type call struct {
		k    int64
		next int // of from[k]
	}
	calls := []call{{k: root}}
	for len(calls) > 0 {
		c := &calls[len(calls)-1]
		k := c.k
		if c.next == 0 {
			t.number[k] = len(t.number) + 1
			t.low[k] = t.number[k]
			t.stack = append(t.stack, k)
		} else {
			t.reach(k, t.low[t.from[k][c.next-1]])
		}
		if c.next < len(t.from[k]) {
			to := t.from[k][c.next]
			c.next++
			if t.number[to] == 0 {
				calls = append(calls, call{k: to})
			}
			continue
		}
		if t.low[k] == t.number[k] {
			t.close(k)
		}
		calls = calls[:len(calls)-1]
	}
}

// reach notes that a text with a number can be reached from k.
func (t *tarjan) reach(k int64, low int) { t.low[k] = min(t.low[k], low) }

// closed is the number of what no circle can reach any more.
const closed = math.MaxInt

// close takes a part that is complete off the stack.
func (t *tarjan) close(k int64) {
	at := len(t.stack) - 1
	for t.stack[at] != k {
		at--
	}
	members := slices.Clone(t.stack[at:])
	t.stack = t.stack[:at]
	for _, m := range members {
		t.low[m] = closed
	}
	if len(members) < 2 {
		return
	}
	t.parts++
	for _, m := range members {
		t.part[m] = t.parts
	}
}
