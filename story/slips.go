package story

import (
	"cmp"
	"math"
	"slices"
	"strconv"
)

// slip is a mention that a copy got wrong, and the one that it was copied from.
type slip struct{ wrong, right int }

// place is what stands around a figure in copies of one text.
type place struct {
	original int // piece
	before   [3]int32
	after    [3]int32
}

// slips finds figures that a copy writes otherwise than the text that it was copied
// from by a slip of the pen: a digit more, less, or two that changed places. They
// leave their claims.
func (s *scene) slips() {
	s.errors = map[int][]slip{}
	at := map[place][]int{}
	var order []place
	for i := range s.all {
		m := &s.all[i]
		if m.kind != Figure || m.claim == none || s.original(m.p) == m.p.n && len(m.p.took) == 0 && m.p.whose == "" && !s.copied(m.p) {
			continue
		}
		k, ok := s.placeOf(m)
		if !ok {
			continue
		}
		if len(at[k]) == 0 {
			order = append(order, k)
		}
		at[k] = append(at[k], i)
	}
	for _, k := range order {
		s.slipsAt(at[k])
	}
}

// copied tells whether a piece has copies.
func (s *scene) copied(p *piece) bool {
	if s.hasCopies == nil {
		s.hasCopies = map[int]bool{}
		for _, q := range s.pieces {
			if o := s.original(q); o != q.n {
				s.hasCopies[o] = true
			}
		}
	}
	return s.hasCopies[p.n]
}

func (s *scene) placeOf(m *mention) (place, bool) {
	k := place{original: s.original(m.p)}
	words := m.p.words
	i := s.indexOf(m.p, token{start: int32(m.spans[0].Start)})
	j := i
	for j < len(words) && int(words[j].end) <= m.spans[0].End {
		j++
	}
	if i < 3 || j+3 > len(words) {
		return k, false
	}
	for n := range 3 {
		k.before[n], k.after[n] = words[i-3+n].id, words[j+n].id
	}
	return k, true
}

// slipsAt compares the figures of one place. The number that most outlets print, of
// equals the first, is the right one.
func (s *scene) slipsAt(list []int) {
	count := map[float64]int{}
	for _, i := range list {
		count[s.all[i].value.number]++
	}
	if len(count) < 2 {
		return
	}
	right := list[0]
	for _, i := range list {
		if count[s.all[i].value.number] > count[s.all[right].value.number] {
			right = i
		}
	}
	for _, i := range list {
		m, r := &s.all[i], &s.all[right]
		if m.claim == r.claim || m.p.outlet == r.p.outlet || !slipOf(m.value.number, r.value.number) {
			continue
		}
		s.claims[m.claim] = slices.DeleteFunc(s.claims[m.claim], func(j int) bool { return j == i })
		m.claim = none
		s.errors[r.claim] = append(s.errors[r.claim], slip{i, right})
	}
}

// slipOf tells whether a number may be another with a slip of the pen.
func slipOf(wrong, right float64) bool {
	a, b := digits(wrong), digits(right)
	if a == b || a == "" || b == "" {
		return false
	}
	return slipOfLetters(a, b)
}

func digits(n float64) string {
	if n != math.Trunc(n) || math.Abs(n) > 1e15 {
		return ""
	}
	return strconv.FormatInt(int64(n), 10)
}

// slip is a slip as it is shown.
func (s *scene) slip(x slip) Slip {
	wrong, right := &s.all[x.wrong], &s.all[x.right]
	f := &wrong.p.r.Figures[wrong.fig]
	return Slip{Finding: wrong.finding(), Low: f.Low, High: f.High, CopiedFrom: cmp.Or(right.p.r.Figures[right.fig].Text, right.finding().Text)}
}
