package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"whence"
	"whence/ledger"
	"whence/story"
)

// How many claims, articles and steps are printed of a story that is not printed
// in full.
const (
	mostClaims   = 12
	mostMembers  = 12
	mostContrary = 6
	mostHistory  = 6
	mostPlans    = 6
)

// section prints a heading of a story.
func section(t *terminal, title string) { t.write("", "", piece{strong, title}) }

// more says how many were left out.
func more(t *terminal, n int, noun string) {
	if n > 0 {
		t.write(strings.Repeat(" ", gutter), "", piece{dim, "and " + count(n, noun) + " more (--full)"})
	}
}

// shown is how many of n are printed.
func shown(n, most int, full bool) int {
	if full {
		return n
	}
	return min(n, most)
}

// printStory lays out a story in the order of the interface: claims by legs,
// figures, where it comes from, who says what, contradictions, plans, articles.
func printStory(t *terminal, s *story.Story, full bool) {
	t.write("", "", piece{strong, orNone(s.Title, "(no title)")})
	t.write("", "", piece{dim, dotted(span(s), legs(len(s.Articles), len(s.Reports), len(s.Sources)), s.ID)})
	fmt.Fprintln(t)
	printClaims(t, s, full)
	printHistories(t, s, full)
	printOrigins(t, s, full)
	printPositions(t, s, full)
	printContradictions(t, s, full)
	printPlans(t, s, full)
}

// span is the days of a story.
func span(s *story.Story) string {
	var first, last whence.Date
	for _, a := range s.Articles {
		if a.Published.IsZero() {
			continue
		}
		if first.IsZero() || a.Published.Time.Before(first.Time) {
			first = a.Published
		}
		if a.Published.Time.After(last.Time) {
			last = a.Published
		}
	}
	return days(first, last)
}

// pips are the legs of a claim where space is short: filled for a report known,
// hollow for what is undecided.
func pips(c story.Claim) string {
	const most = 6
	filled, hollow := min(len(c.Reports), most), min(len(c.Undecided), most)
	s := strings.Repeat("●", filled) + strings.Repeat("○", hollow)
	if len(c.Reports) > most {
		s += "…"
	}
	return s
}

func printClaims(t *terminal, s *story.Story, full bool) {
	if len(s.Claims) == 0 {
		return
	}
	section(t, "CLAIMS, by legs")
	margin := strings.Repeat(" ", gutter+2)
	n := shown(len(s.Claims), mostClaims, full)
	for _, c := range s.Claims[:n] {
		t.write("  "+fit(pips(c), gutter), margin, piece{plain, c.Text})
		about := []string{legs(len(c.Articles), len(c.Reports), len(c.Sources))}
		if c.Status != "" {
			about = append(about, strings.ReplaceAll(string(c.Status), "_", " "))
		}
		if who := sourceNames(c); who != "" {
			about = append(about, who)
		}
		t.write(margin, margin, piece{dim, dotted(append(about, c.ID)...)})
	}
	more(t, len(s.Claims)-n, "claim")
	fmt.Fprintln(t)
}

func sourceNames(c story.Claim) string {
	names := make([]string, len(c.Sources))
	for i, x := range c.Sources {
		names[i] = x.Name
	}
	return strings.Join(names, ", ")
}

// value is what a figure's bounds and qualifier come to, in few characters.
func value(low, high whence.Bound, q whence.Qualifier) string {
	number := func(b whence.Bound) string {
		if b.Value == float64(int64(b.Value)) {
			return thousands(int(b.Value))
		}
		return fmt.Sprintf("%g", b.Value)
	}
	signs := map[whence.Qualifier]string{whence.AtLeast: "≥ ", whence.MoreThan: "> ", whence.AtMost: "≤ ", whence.LessThan: "< ", whence.About: "~ "}
	switch {
	case low.Known && high.Known && low != high:
		return number(low) + "–" + number(high)
	case low.Known:
		return signs[q] + number(low)
	case high.Known:
		return signs[q] + number(high)
	}
	return "…"
}

func printHistories(t *terminal, s *story.Story, full bool) {
	if len(s.Histories) == 0 {
		return
	}
	section(t, "FIGURES")
	margin := strings.Repeat(" ", gutter)
	histories := slices.Clone(s.Histories)
	slices.SortStableFunc(histories, func(a, b story.History) int { return cmp.Compare(len(b.Points), len(a.Points)) })
	n := shown(len(histories), mostHistory, full)
	for _, h := range histories[:n] {
		name := h.Measure
		if h.Head != "" {
			name += " (" + h.Head + ")"
		}
		head := []piece{{accent, name}}
		if h.By != "" {
			head = append(head, piece{dim, "by the count of " + h.By})
		}
		t.write("  ", margin, head...)
		width := 0
		for _, p := range h.Points {
			width = max(width, uniseg.StringWidth(value(p.Low, p.High, p.Qualifier)))
		}
		for _, p := range h.Points {
			note := []string{dayOf(p.At)}
			for _, x := range []string{p.Source, p.Report} {
				if x != "" && !slices.Contains(note, x) {
					note = append(note, x)
				}
			}
			if len(p.Repeats) > 0 {
				note = append(note, "repeated by "+thousands(len(p.Repeats)))
			}
			if p.CorrectedBy != "" {
				note = append(note, "corrected")
			} else if p.SupersededBy != "" {
				note = append(note, "superseded")
			}
			v := value(p.Low, p.High, p.Qualifier)
			t.write(margin+strings.Repeat(" ", width-uniseg.StringWidth(v)), margin+strings.Repeat(" ", width+2), piece{strong, v}, piece{dim, dotted(note...)})
		}
		for _, o := range h.Outliers {
			t.write(margin, margin, piece{dim, "a copy prints"}, piece{plain, o.Text}, piece{dim, dotted("a slip of the pen", o.Path)})
		}
	}
	more(t, len(histories)-n, "figure")
	fmt.Fprintln(t)
}

func printOrigins(t *terminal, s *story.Story, full bool) {
	section(t, "WHERE FROM")
	margin := strings.Repeat(" ", gutter)
	for _, r := range s.Reports {
		if r.Article == "" {
			t.write("  ◎ ", margin, piece{accent, r.Name}, piece{dim, "(not in the ledger)"})
		}
	}
	copies := map[string][]string{}
	for _, a := range s.Articles {
		if a.Of != "" {
			copies[a.Of] = append(copies[a.Of], orNone(a.Outlet, a.Path))
		}
	}
	printed := 0
	for _, a := range s.Articles {
		if a.Of != "" {
			continue
		}
		if printed++; printed > shown(len(s.Articles), mostMembers, full) {
			continue
		}
		t.write("  ◉ ", margin, piece{accent, orNone(a.Outlet, "(unknown)")}, piece{plain, a.Title}, piece{dim, dotted(dayOf(a.Published), shortID(a.Article))})
		if c := copies[a.Article]; len(c) > 0 {
			t.write(margin, margin, piece{dim, "copied by " + strings.Join(c, ", ")})
		}
	}
	more(t, printed-shown(len(s.Articles), mostMembers, full), "article")
	fmt.Fprintln(t)
}

func printPositions(t *terminal, s *story.Story, full bool) {
	if len(s.Positions) == 0 {
		return
	}
	section(t, "WHO SAYS WHAT")
	margin := strings.Repeat(" ", gutter)
	n := shown(len(s.Positions), mostContrary, full)
	for _, p := range s.Positions[:n] {
		t.write("  ", margin, piece{plain, p.About})
		by := map[string][]string{}
		var stances []string
		for _, x := range p.Positions {
			if by[x.Stance] == nil {
				stances = append(stances, x.Stance)
			}
			if !slices.Contains(by[x.Stance], x.Source) {
				by[x.Stance] = append(by[x.Stance], x.Source)
			}
		}
		for _, stance := range stances {
			t.write(margin, margin+"  ", piece{dim, strings.ReplaceAll(stance, "_", " ") + ":"}, piece{accent, strings.Join(by[stance], ", ")})
		}
	}
	more(t, len(s.Positions)-n, "claim")
	fmt.Fprintln(t)
}

func printContradictions(t *terminal, s *story.Story, full bool) {
	if len(s.Contradictions) == 0 {
		return
	}
	section(t, "CONTRADICTIONS")
	margin := strings.Repeat(" ", gutter)
	n := shown(len(s.Contradictions), mostContrary, full)
	for _, c := range s.Contradictions[:n] {
		t.write("  ", margin, piece{accent, c.About}, piece{dim, strings.ReplaceAll(c.Kind, "_", " ")})
		for _, side := range []story.Side{c.A, c.B} {
			t.write(margin, margin+"  ", piece{plain, side.Text}, piece{dim, dotted(notEmpty(side.Source, dayOf(side.At), shortID(side.Article))...)})
		}
	}
	more(t, len(s.Contradictions)-n, "contradiction")
	fmt.Fprintln(t)
}

func notEmpty(list ...string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

func printPlans(t *terminal, s *story.Story, full bool) {
	if len(s.Plans) == 0 {
		return
	}
	section(t, "PLANS AND ACTS")
	margin := strings.Repeat(" ", gutter)
	n := shown(len(s.Plans), mostPlans, full)
	for _, p := range s.Plans[:n] {
		t.write("  ", margin, piece{accent, p.Plan})
		for _, step := range p.Steps {
			t.write(margin, margin+"  ", piece{strong, strings.ReplaceAll(string(step.Status), "_", " ")}, piece{plain, step.Text}, piece{dim, dotted(notEmpty(dayOf(step.At), step.Source, step.Report)...)})
		}
	}
	more(t, len(s.Plans)-n, "plan")
	fmt.Fprintln(t)
}

// printClaim opens a claim to its roots.
func printClaim(t *terminal, c *ledger.Claim) {
	margin := strings.Repeat(" ", gutter)
	t.write("", "", piece{strong, c.Text})
	t.write("", "", piece{dim, dotted(string(c.Kind), legs(len(c.Articles), len(c.Reports), len(c.Sources)), c.ID)})
	t.write("", "", piece{dim, "in"}, piece{plain, c.Title}, piece{dim, c.Story})
	fmt.Fprintln(t)
	section(t, "REPORTS")
	for _, r := range c.Reports {
		mark := "  ◉ "
		if r.Article == "" {
			mark = "  ◎ "
		}
		t.write(mark, margin, piece{accent, r.Name}, piece{dim, dotted(notEmpty(restingOn(len(r.Rests)), shortID(r.Article), strings.Join(r.Evidence, ", "))...)})
	}
	section(t, "SOURCES")
	for _, x := range c.Sources {
		about := []string{string(x.Kind)}
		if x.Anonymous {
			about = append(about, "anonymous")
		}
		t.write("  ◇ ", margin, piece{accent, x.Name}, piece{dim, dotted(notEmpty(about...)...)})
	}
	if len(c.Undecided) > 0 {
		section(t, "UNDECIDED")
		for _, u := range c.Undecided {
			t.write("  ○ ", margin, piece{plain, u})
		}
	}
	section(t, "IN THESE WORDS")
	for _, f := range c.Articles {
		t.write("    ", margin, piece{plain, f.Text}, piece{dim, dotted(notEmpty(f.Path, shortID(f.Article))...)})
	}
	for _, s := range c.Slips {
		t.write("    ", margin, piece{plain, s.Text}, piece{dim, dotted(notEmpty("a slip of the pen", s.Path, shortID(s.Article))...)})
	}
}

func restingOn(n int) string {
	if n == 0 {
		return ""
	}
	return count(n, "article") + " on it"
}
