package eval

import (
	"fmt"
	"slices"
	"strings"

	"whence"
	"whence/sample"
	"whence/story"
)

// claims scores claims and their roots.
func (o *origins) claims() {
	whole := originTally{what: "claims", all: len(o.truth.Claims)}
	parts := []originTally{{what: "  articles"}, {what: "  reports"}, {what: "  sources"}, {what: "  undecided"}}
	for i := range parts {
		parts[i].all = whole.all
	}
	taken := map[string]bool{}
	for i := range o.truth.Claims {
		want := &o.truth.Claims[i]
		got := o.claimFor(want)
		if got == nil {
			o.miss("claim %s: not found", want.Claim)
			continue
		}
		taken[got.ID] = true
		o.matching[want.Claim] = got.ID
		whole.found++
		wrong := []string{o.articlesWrong(want, got), o.reportsWrong(want, got), o.sourcesWrong(want, got), o.undecidedWrong(want, got)}
		right := true
		for k, say := range wrong {
			parts[k].found++
			if say == "" {
				parts[k].right++
				continue
			}
			right = false
			o.miss("claim %s: %s", want.Claim, say)
		}
		if right {
			whole.right++
		}
	}
	for _, c := range o.made.Claims {
		if !taken[c.ID] && several(c) {
			whole.further++
		}
	}
	o.tallies = append(o.tallies, whole)
	o.tallies = append(o.tallies, parts...)
}

// several tells whether more than one article makes a claim.
func several(c story.Claim) bool {
	return len(c.Articles) > 1
}

// findings are all places where articles make a claim.
func findings(c *story.Claim) []story.Finding {
	return append(slices.Clip(c.Articles), c.Also...)
}

// claimFor is the claim that holds most of the truth's findings, of its kind if there
// is one.
func (o *origins) claimFor(want *sample.Claim) *story.Claim {
	var best *story.Claim
	most := 0
	for i := range o.made.Claims {
		c := &o.made.Claims[i]
		n := 0
		for _, f := range want.Articles {
			if slices.ContainsFunc(findings(c), func(g story.Finding) bool { return (f.Figure != "") == (c.Kind == story.Figure) && o.meets(g, f) }) {
				n += 2
			}
		}
		if n > 0 && string(c.Kind) == want.Kind {
			n++
		}
		if n > most {
			best, most = c, n
		}
	}
	return best
}

func (o *origins) articlesWrong(want *sample.Claim, got *story.Claim) string {
	var missing, more []string
	for _, f := range want.Articles {
		in := slices.ContainsFunc(got.Articles, func(g story.Finding) bool { return o.paths[g.Article] == f.Article })
		if !in && !slices.Contains(missing, f.Article) {
			missing = append(missing, f.Article)
		}
	}
	for _, g := range got.Articles {
		file := o.paths[g.Article]
		if !slices.ContainsFunc(want.Articles, func(f sample.Finding) bool { return f.Article == file }) && !slices.Contains(more, file) {
			more = append(more, file)
		}
	}
	return difference("articles", missing, more)
}

func difference(what string, missing, more []string) string {
	if len(missing)+len(more) == 0 {
		return ""
	}
	say := what
	if len(missing) > 0 {
		say += " lacking " + strings.Join(missing, ", ")
	}
	if len(more) > 0 {
		say += " too many " + strings.Join(more, ", ")
	}
	return say
}

func (o *origins) reportsWrong(want *sample.Claim, got *story.Claim) string {
	var missing, more []string
	same := func(r sample.RootReport, g story.Root) bool {
		return plainLike(r.Name, g.Name) && (r.Article == "") == (g.Article == "")
	}
	for _, r := range want.Reports {
		if !slices.ContainsFunc(got.Reports, func(g story.Root) bool { return same(r, g) }) {
			missing = append(missing, r.Name)
		}
	}
	for _, g := range got.Reports {
		if !slices.ContainsFunc(want.Reports, func(r sample.RootReport) bool { return same(r, g) }) {
			more = append(more, fmt.Sprintf("%s (%s)", g.Name, o.paths[g.Article]))
		}
	}
	return difference("reports", missing, more)
}

func (o *origins) sourcesWrong(want *sample.Claim, got *story.Claim) string {
	var missing, more []string
	for _, r := range want.Sources {
		if !slices.ContainsFunc(got.Sources, func(g story.RootSource) bool { return o.isSource(g.Name, g.Findings, r.Name) }) {
			missing = append(missing, r.Name)
		}
	}
	for _, g := range got.Sources {
		if !slices.ContainsFunc(want.Sources, func(r sample.RootSource) bool { return o.isSource(g.Name, g.Findings, r.Name) }) {
			more = append(more, g.Name)
		}
	}
	if len(missing)+len(more) == 0 && len(want.Sources) != len(got.Sources) {
		more = append(more, fmt.Sprintf("%d for %d", len(got.Sources), len(want.Sources)))
	}
	return difference("sources", missing, more)
}

func (o *origins) undecidedWrong(want *sample.Claim, got *story.Claim) string {
	var missing, more []string
	outlets := map[string]bool{}
	for _, f := range want.Undecided {
		outlets[o.truth.Article(f.Article).Outlet] = true
	}
	in := map[string]bool{}
	for _, u := range got.Undecided {
		outlet, _, _ := strings.Cut(u, ": ")
		in[outlet] = true
		if !outlets[outlet] && !slices.Contains(more, u) {
			more = append(more, u)
		}
	}
	for outlet := range outlets {
		if !in[outlet] {
			missing = append(missing, outlet)
		}
	}
	slices.Sort(missing)
	return difference("undecided", missing, more)
}

// histories scores figure histories.
func (o *origins) histories() {
	t := originTally{what: "figure histories", all: len(o.truth.Histories)}
	points := originTally{what: "  points"}
	taken := map[string]bool{}
	for i := range o.truth.Histories {
		want := &o.truth.Histories[i]
		points.all += len(want.Points)
		got := o.historyFor(want)
		if got == nil {
			o.miss("history %s: not found", want.Series)
			continue
		}
		taken[got.Series] = true
		t.found++
		right := true
		for _, p := range want.Points {
			g := o.pointFor(got, p)
			if g == nil {
				o.miss("history %s: no point %s %s", want.Series, p.At, p.Article)
				right = false
				continue
			}
			points.found++
			if say := o.pointWrong(p, g); say != "" {
				o.miss("history %s at %s: %s", want.Series, p.At, say)
				right = false
				continue
			}
			points.right++
		}
		if len(got.Points) > len(want.Points) {
			right = false
			o.miss("history %s: %d points", want.Series, len(got.Points))
		}
		if len(want.ContestedBy) != len(got.ContestedBy) || len(want.Outliers) != len(got.Outliers) {
			right = false
			o.miss("history %s: contested by %d, outliers %d", want.Series, len(got.ContestedBy), len(got.Outliers))
		}
		if right {
			t.right++
		}
	}
	t.further = len(o.made.Histories) - len(taken)
	o.tallies = append(o.tallies, t, points)
}

func (o *origins) historyFor(want *sample.History) *story.History {
	var best *story.History
	most := 0
	for i := range o.made.Histories {
		n := 0
		for _, p := range want.Points {
			if o.pointFor(&o.made.Histories[i], p) != nil {
				n++
			}
		}
		if n > most {
			best, most = &o.made.Histories[i], n
		}
	}
	return best
}

func (o *origins) pointFor(h *story.History, want sample.Point) *story.Point {
	at := sample.Finding{Article: want.Article, Figure: want.Figure}
	for i := range h.Points {
		p := &h.Points[i]
		if o.meets(p.Finding, at) || slices.ContainsFunc(p.Repeats, func(f story.Finding) bool { return o.meets(f, at) }) {
			return p
		}
	}
	return nil
}

func (o *origins) pointWrong(want sample.Point, got *story.Point) string {
	var wrong []string
	if !goldBound(want.Low, got.Low) || !goldBound(want.High, got.High) {
		wrong = append(wrong, fmt.Sprintf("%v to %v", got.Low, got.High))
	}
	if !o.isSource(got.Source, []story.Finding{got.Finding}, want.Source) {
		wrong = append(wrong, "by "+got.Source)
	}
	if !plainLike(got.Report, want.Report) && o.meets(got.Finding, sample.Finding{Article: want.Article, Figure: want.Figure}) {
		wrong = append(wrong, "reported by "+got.Report)
	}
	if want.CorrectedBy != got.CorrectedBy || want.SupersededBy != "" && got.SupersededBy == "" {
		wrong = append(wrong, fmt.Sprintf("superseded %q corrected %q", got.SupersededBy, got.CorrectedBy))
	}
	return strings.Join(wrong, "; ")
}

func goldBound(want *float64, got whence.Bound) bool {
	if want == nil {
		return !got.Known
	}
	return got.Known && got.Value == *want
}

// contradictions scores contradictions.
func (o *origins) contradictions() {
	t := originTally{what: "contradictions", all: len(o.truth.Contradictions)}
	taken := map[int]bool{}
	for _, want := range o.truth.Contradictions {
		found := -1
		right := false
		for i, got := range o.made.Contradictions {
			if taken[i] || got.Kind != want.Kind {
				continue
			}
			for _, turned := range []bool{false, true} {
				a, b := got.A, got.B
				if turned {
					a, b = b, a
				}
				if o.paths[a.Article] != want.A.Article || o.paths[b.Article] != want.B.Article {
					continue
				}
				both := o.meets(a.Finding, want.A.Finding) && o.meets(b.Finding, want.B.Finding)
				if found < 0 || both && !right {
					found, right = i, both
				}
			}
		}
		if found < 0 {
			o.miss("contradiction %s %s: %s, %s: not found", want.Kind, want.About, want.A.Article, want.B.Article)
			continue
		}
		taken[found] = true
		t.found++
		if right {
			t.right++
		} else {
			got := o.made.Contradictions[found]
			o.miss("contradiction %s %s: %q against %q", want.Kind, want.About, clipped(got.A.Text), clipped(got.B.Text))
		}
	}
	for i, got := range o.made.Contradictions {
		if !taken[i] {
			t.further++
			o.miss("further contradiction %s %s: %s %q, %s %q", got.Kind, got.About, o.paths[got.A.Article], clipped(got.A.Text), o.paths[got.B.Article], clipped(got.B.Text))
		}
	}
	o.tallies = append(o.tallies, t)
}

func clipped(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}

// plans scores plans.
func (o *origins) plans() {
	t := originTally{what: "plans", all: len(o.truth.Plans)}
	steps := originTally{what: "  steps"}
	taken := map[string]bool{}
	for i := range o.truth.Plans {
		want := &o.truth.Plans[i]
		steps.all += len(want.Steps) + len(want.Overstated)
		var got *story.Plan
		most := 0
		for k := range o.made.Plans {
			n := 0
			for _, s := range want.Steps {
				if o.hasStep(o.made.Plans[k].Steps, s) {
					n++
				}
			}
			if n > most {
				got, most = &o.made.Plans[k], n
			}
		}
		if got == nil {
			o.miss("plan %s: not found", want.Plan)
			continue
		}
		taken[got.Plan] = true
		t.found++
		n := 0
		for _, kind := range []struct {
			want []sample.Step
			got  []story.Step
			name string
		}{{want.Steps, got.Steps, "step"}, {want.Overstated, got.Overstated, "overstated"}} {
			for _, s := range kind.want {
				if o.hasStep(kind.got, s) {
					n++
				} else {
					o.miss("plan %s: no %s %s %s in %s", want.Plan, kind.name, s.At, s.Status, s.Article)
				}
			}
			for _, g := range kind.got {
				if !slices.ContainsFunc(kind.want, func(s sample.Step) bool { return o.isStep(g, s) }) {
					o.miss("plan %s: further %s %s in %s: %q", want.Plan, kind.name, g.Status, o.paths[g.Article], clipped(g.Text))
					steps.further++
				}
			}
		}
		steps.found += n
		steps.right += n
		if n == len(want.Steps)+len(want.Overstated) && len(got.Steps) == len(want.Steps) && len(got.Overstated) == len(want.Overstated) {
			t.right++
		}
	}
	t.further = len(o.made.Plans) - len(taken)
	o.tallies = append(o.tallies, t, steps)
}

func (o *origins) hasStep(list []story.Step, want sample.Step) bool {
	return slices.ContainsFunc(list, func(g story.Step) bool { return o.isStep(g, want) })
}

func (o *origins) isStep(g story.Step, want sample.Step) bool {
	if o.paths[g.Article] != want.Article || string(g.Status) != want.Status {
		return false
	}
	at := sample.Finding{Article: want.Article, Event: want.Event}
	if o.meets(g.Finding, at) {
		return true
	}
	// Another mention in the same sentence or the next does as well.
	const near = 200
	for _, s := range o.at(at) {
		for _, x := range g.Spans {
			if d := x.Start - s.Start; d < near && d > -near {
				return true
			}
		}
	}
	return false
}

// positions scores who says what about a claim.
func (o *origins) positions() {
	t := originTally{what: "positions"}
	for _, want := range o.truth.Positions {
		claim := o.matching[want.Claim]
		for _, p := range want.Positions {
			t.all++
			found, right := false, false
			for _, got := range o.made.Positions {
				for _, g := range got.Positions {
					if g.Stance == p.Stance && o.paths[g.Article] == p.Article && (o.meets(g.Finding, sample.Finding{Article: p.Article, Attribution: p.Attribution}) || plainLike(g.Source, p.Source)) {
						found = true
						right = right || got.Claim == claim
					}
				}
			}
			if found {
				t.found++
			}
			if right {
				t.right++
			} else {
				o.miss("position %s: %s %s in %s: found %v", want.About, p.Source, p.Stance, p.Article, found)
			}
		}
	}
	o.tallies = append(o.tallies, t)
}
