package cli

import (
	"fmt"
	"slices"
	"strings"

	"whence"
	"whence/ledger"
	"whence/lineage/edit"
	"whence/store"
)

func printVersions(t *terminal, a *ledger.Article) {
	if len(a.Versions) < 2 {
		return
	}
	t.write("", "", piece{strong, "VERSIONS OF THE PAGE"})
	margin := strings.Repeat(" ", gutter)
	for i, v := range a.Versions {
		if i > 0 {
			fmt.Fprintln(t)
		}
		notes := versionDates(v)
		if v.Key == a.Key {
			notes = append(notes, "this one")
		}
		t.write("  ", margin, piece{dim, dotted(append([]string{shortID(v.ID)}, notes...)...)})
		if v.Title != "" {
			t.write(margin, margin, piece{plain, v.Title})
		}
		for i := range a.Edits {
			if a.Edits[i].After == v.ID {
				printEdit(t, &a.Edits[i])
			}
		}
	}
	fmt.Fprintln(t)
}

func versionDates(v store.Head) []string {
	var notes []string
	for _, d := range []struct {
		what string
		date whence.Date
	}{{"published", v.Published}, {"modified", v.Modified}, {"captured", v.Captured}} {
		if !d.date.IsZero() {
			notes = append(notes, d.what+" "+printDate(d.date))
		}
	}
	return notes
}

// printEdit shows what a version changes: how much, what it says of it, and each
// change before and now, with what differs set apart.
func printEdit(t *terminal, e *ledger.Edit) {
	margin := strings.Repeat(" ", gutter)
	if e.Unordered {
		t.write(margin, margin, piece{dim, "no date tells which of the two came first"})
	}
	t.write(margin, margin, piece{dim, extent(e)})
	old, now := []rune(e.Old.Text), []rune(e.New.Text)
	for _, n := range e.Notices {
		t.flow(margin+"it says  ", margin+"         ", piece{italic, n.Text})
	}
	printNames(t, "signed", e.Byline)
	printNames(t, "credits", e.Credits)
	for i := range e.Changes {
		c := &e.Changes[i]
		if isNotice(e, c) {
			continue // it is printed above
		}
		fmt.Fprintln(t)
		t.write(margin, margin+"  ", append([]piece{{dim, dotted(headOf(c)...)}}, findingsOf(e, c)...)...)
		if c.Kind == edit.Moved {
			t.flow(margin+"  ", margin+"  ", piece{plain, c.After.Text})
			continue
		}
		printSide(t, "was  ", old, c, true)
		printSide(t, "now  ", now, c, false)
	}
}

// extent says how much was changed, and how much of it silently.
func extent(e *ledger.Edit) string {
	silent, changes := 0, 0
	for i := range e.Changes {
		if isNotice(e, &e.Changes[i]) {
			continue
		}
		changes++
		if !e.Changes[i].Noted {
			silent++
		}
	}
	switch {
	case e.Replaced:
		return "another text at the same address"
	case changes == 0:
		return "no change of the text"
	case silent == 0:
		return count(changes, "change") + ", noted by the page"
	case silent == changes:
		return count(changes, "change") + ", silent: the page does not say so"
	}
	return count(changes, "change") + fmt.Sprintf(", %d of them silent", silent)
}

func isNotice(e *ledger.Edit, c *edit.Change) bool {
	return c.After != nil && slices.ContainsFunc(e.Notices, func(n edit.Passage) bool { return n.Overlaps(c.After.Span) })
}

func printNames(t *terminal, what string, n *edit.Names) {
	if n == nil {
		return
	}
	names := func(list []string) string {
		if len(list) == 0 {
			return "nobody"
		}
		return strings.Join(list, ", ")
	}
	margin := strings.Repeat(" ", gutter)
	t.write(margin, margin, piece{dim, what}, piece{plain, names(n.Before)}, piece{dim, "→"}, piece{plain, names(n.After)})
}

// headOf says what was done, and whether the page says so.
func headOf(c *edit.Change) []string {
	what := string(c.Kind)
	if c.Moved {
		what = "moved and changed"
	}
	if c.Noted {
		return []string{what, "noted"}
	}
	return []string{what, "silent"}
}

// mostFindings is how many findings of a kind are named for one change.
const mostFindings = 4

// findingsOf names the figures, sources and acts that a change changes.
func findingsOf(e *ledger.Edit, c *edit.Change) []piece {
	var pieces []piece
	list := func(touched []edit.Touched, name string, show func(edit.Touched) (before, after string)) {
		shown := 0
		for _, x := range touched {
			before, after := show(x)
			if before == after || shown == mostFindings {
				continue
			}
			shown++
			pieces = append(pieces, piece{dim, "· " + name}, piece{plain, quotedOr(before)}, piece{dim, "→"}, piece{plain, quotedOr(after)})
		}
	}
	list(c.Figures, "figure", func(x edit.Touched) (string, string) {
		return figureIn(e.Old, x.Before), figureIn(e.New, x.After)
	})
	list(c.Attributions, "source", func(x edit.Touched) (string, string) {
		return sourceIn(e.Old, x.Before), sourceIn(e.New, x.After)
	})
	list(c.Events, "status", func(x edit.Touched) (string, string) {
		if x.Before == "" || x.After == "" {
			return "", "" // an act that came or went is seen from the words
		}
		return statusIn(e.Old, x.Before), statusIn(e.New, x.After)
	})
	return pieces
}

func quotedOr(s string) string {
	if s == "" {
		return "none"
	}
	return "“" + s + "”"
}

func figureIn(r *whence.Reading, id string) string {
	for _, f := range r.Figures {
		if f.ID == id {
			return f.Text
		}
	}
	return ""
}

func sourceIn(r *whence.Reading, id string) string {
	for _, a := range r.Attributions {
		if a.ID == id && a.Source != nil {
			return a.Source.Text
		}
	}
	return ""
}

func statusIn(r *whence.Reading, id string) string {
	for _, e := range r.Events {
		if e.ID == id {
			return e.Text + ": " + strings.ReplaceAll(string(e.Status), "_", " ")
		}
	}
	return ""
}

// printSide prints a side of a change: the sentence, with the words that differ
// set apart.
func printSide(t *terminal, name string, text []rune, c *edit.Change, before bool) {
	at, passage := (*whence.Span)(nil), c.After
	if before {
		passage = c.Before
	}
	if passage != nil {
		at = &passage.Span
	}
	if c.Sentence != nil {
		at = c.Sentence.Side(before)
	}
	if at == nil {
		return
	}
	margin := strings.Repeat(" ", gutter+2)
	var pieces []piece
	from := at.Start
	for _, w := range c.Words {
		if s := w.Side(before); s != nil {
			pieces = append(pieces, piece{plain, string(text[from:s.Start])}, t.marked(accent, string(text[s.Start:s.End])))
			from = s.End
		}
	}
	pieces = append(pieces, piece{plain, string(text[from:at.End])})
	t.flow(margin+name, margin+strings.Repeat(" ", len(name)), pieces...)
}
