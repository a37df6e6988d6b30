package ledger

import (
	"whence"
	"whence/story"
)

// Leading is the figure of a story that most articles give: how one source's
// count went.
type Leading struct {
	Measure string         `json:"measure"`
	By      string         `json:"by,omitempty"`
	Points  []LeadingPoint `json:"points"`
}

// LeadingPoint is one value of it.
type LeadingPoint struct {
	At   whence.Date  `json:"at,omitzero"`
	Low  whence.Bound `json:"low,omitzero"`
	High whence.Bound `json:"high,omitzero"`
}

// mostLeading bounds the points that are kept for a list.
const mostLeading = 24

// leadingOf is the figure that most articles give, of those that have a number and
// came about; nil where no two articles give one.
func leadingOf(s *story.Story) *Leading {
	var best *story.History
	most := 1
	for i := range s.Histories {
		h := &s.Histories[i]
		n := 0
		for _, p := range h.Points {
			if p.Low.Known || p.High.Known {
				n += 1 + len(p.Repeats)
			}
		}
		if h.Measure != "" && n > most {
			most, best = n, h
		}
	}
	if best == nil {
		return nil
	}
	l := &Leading{Measure: best.Measure, By: best.By}
	for _, p := range best.Points {
		if (p.Low.Known || p.High.Known) && len(l.Points) < mostLeading {
			l.Points = append(l.Points, LeadingPoint{p.At, p.Low, p.High})
		}
	}
	return l
}
