package story

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"whence"
)

// histories follows each figure by whose count it is. Figures that nobody is named
// for go without.
func (b *builder) histories() []History {
	series := map[string][]making{}
	for _, m := range b.counted() {
		f := m.figure
		if m.key == "" || f.PartOf != "" || f.Status != whence.Happened && f.Status != "" || f.Change == whence.Increase {
			continue
		}
		key := f.Measure + "|" + f.Unit + "|" + m.key
		series[key] = append(series[key], m)
	}
	var list []History
	for _, key := range slices.Sorted(maps.Keys(series)) {
		list = append(list, history(key, series[key]))
	}
	contest(list)
	slices.SortStableFunc(list, func(x, y History) int { return cmp.Compare(len(y.Points), len(x.Points)) })
	return list
}

// history is one series. A value that comes back is a repeat of the point that
// gave it first; the next value supersedes the one before, or corrects it where
// it is lower, as what was counted once does not go away.
func history(key string, all []making) History {
	first := all[0]
	h := History{Series: hashed("h", key, first.Article), Measure: first.figure.Measure, By: first.source.Name}
	if c := first.figure.Counted; c != nil {
		h.Head = c.Head
	}
	for _, m := range all {
		f := m.figure
		at := slices.IndexFunc(h.Points, func(p Point) bool { return p.Low == f.Low && p.High == f.High && p.Qualifier == f.Qualifier })
		if at >= 0 {
			if h.Points[at].Article != m.Article {
				h.Points[at].Repeats = append(h.Points[at].Repeats, m.Finding)
			}
			continue
		}
		p := Point{At: m.entry.Reading.Published, Low: f.Low, High: f.High, Qualifier: f.Qualifier, Status: f.Status, Source: m.source.Name, Report: m.root.Name, Finding: m.Finding}
		if n := len(h.Points); n > 0 {
			last := &h.Points[n-1]
			if p.Low.Known && last.Low.Known && p.Low.Value < last.Low.Value {
				last.CorrectedBy = p.At.String()
			} else {
				last.SupersededBy = p.At.String()
			}
		}
		h.Points = append(h.Points, p)
	}
	return h
}

// contest ties series of one measure by different counts whose last values
// differ.
func contest(list []History) {
	for i := range list {
		for j := range list {
			x, y := &list[i], &list[j]
			if i != j && x.Measure == y.Measure && x.Head == y.Head && rival(last(x), last(y)) {
				x.ContestedBy = append(x.ContestedBy, y.Series)
			}
		}
	}
}

func last(h *History) *Point { return &h.Points[len(h.Points)-1] }

// rival tells whether no number is both.
func rival(p, q *Point) bool {
	return p.High.Known && q.Low.Known && p.High.Value < q.Low.Value || q.High.Known && p.Low.Known && q.High.Value < p.Low.Value
}

// contradictions are the rival counts of one measure.
func contradictions(list []History) []Contradiction {
	var found []Contradiction
	for i := range list {
		for j := range list[:i] {
			x, y := &list[j], &list[i]
			if slices.Contains(x.ContestedBy, y.Series) {
				found = append(found, Contradiction{"rival_figures", x.Measure, side(last(x)), side(last(y))})
			}
		}
	}
	return found
}

func side(p *Point) Side { return Side{p.Finding, p.Source, p.At} }

// ahead are the statuses of what has not been done.
var ahead = map[whence.Status]bool{whence.Considered: true, whence.Planned: true, whence.Decided: true, whence.Requested: true}

// plans follows acts that were ahead at first, by their word, as their status
// changes.
func (b *builder) plans() []Plan {
	steps := map[string][]Step{}
	for _, e := range b.list {
		for _, ev := range e.Reading.Events {
			word := strings.ToLower(ev.Text)
			if slices.ContainsFunc(steps[word], func(s Step) bool { return s.Status == ev.Status }) {
				continue
			}
			s := Step{At: e.Reading.Published, Status: ev.Status, Report: b.rootOf(e, []whence.Span{ev.Span}).Name,
				Finding: Finding{Article: e.ID, Path: e.Reading.Path, Event: ev.ID, Attribution: ev.Attribution, Spans: []whence.Span{ev.Span}, Text: ev.Text}}
			if a := attributionOf(e.Reading, ev.Attribution); a != nil && a.Source != nil {
				source, _ := b.source(e, a, Report{Name: s.Report})
				s.Source = source.Name
			}
			steps[word] = append(steps[word], s)
		}
	}
	var list []Plan
	for _, word := range slices.Sorted(maps.Keys(steps)) {
		all := steps[word]
		if len(all) > 1 && slices.ContainsFunc(all, func(s Step) bool { return ahead[s.Status] }) && apart(all) {
			list = append(list, Plan{Plan: word, Steps: all})
		}
	}
	slices.SortStableFunc(list, func(x, y Plan) int { return cmp.Compare(len(y.Steps), len(x.Steps)) })
	return list
}

// apart tells whether steps come from more than one article.
func apart(steps []Step) bool {
	return slices.ContainsFunc(steps, func(s Step) bool { return s.Article != steps[0].Article })
}

// positions are who answered, did not, or asserts, about the claim on most legs of
// the article in which they did.
func (b *builder) positions(claims []Claim) []Positions {
	lead := map[string]int{} // of each article, the first claim
	for i, c := range claims {
		for _, f := range c.Articles {
			if _, ok := lead[f.Article]; !ok {
				lead[f.Article] = i
			}
		}
	}
	answers := map[int][]Position{}
	for _, e := range b.list {
		for i := range e.Reading.Attributions {
			a := &e.Reading.Attributions[i]
			at, ok := lead[e.ID]
			if a.Response == "" || a.Source == nil || !ok {
				continue
			}
			source, _ := b.source(e, a, Report{})
			f := Finding{Article: e.ID, Path: e.Reading.Path, Attribution: a.ID, Spans: a.Cue.Spans, Text: a.Cue.Text}
			answers[at] = append(answers[at], Position{string(a.Response), source.Name, f})
		}
	}
	var list []Positions
	for _, at := range slices.Sorted(maps.Keys(answers)) {
		p := Positions{About: claims[at].Text, Claim: claims[at].ID}
		for _, s := range claims[at].Sources {
			p.Positions = append(p.Positions, Position{"asserts", s.Name, s.Findings[0]})
		}
		p.Positions = append(p.Positions, answers[at]...)
		list = append(list, p)
	}
	return list
}
