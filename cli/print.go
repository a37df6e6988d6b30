package cli

import (
	"fmt"
	"sort"
	"strings"
	"unicode"

	"whence"
	"whence/language"
	"whence/reading"
)

// gutter is the width of the column that says in which block something stands.
const gutter = 6

// printReading lays out one reading for people: the headline, a line of
// metadata, each attribution as source — cue — content in reading order, then
// what is said exactly.
func printReading(t *terminal, r *whence.Reading) {
	t.write("", "", piece{strong, headline(r)})
	t.write("", "", piece{dim, dotted(metadata(r)...)})
	for _, w := range r.Warnings {
		t.write("", "", piece{dim, "Note: " + w})
	}
	fmt.Fprintln(t)
	if len(r.Attributions) == 0 {
		t.write(strings.Repeat(" ", gutter), "", piece{dim, nothing(r)})
		fmt.Fprintln(t)
	}
	for _, a := range r.Attributions {
		printAttribution(t, r, a)
	}
	printFindings(t, r)
}

// nothing says that nothing was found, and why, where that is known.
func nothing(r *whence.Reading) string {
	if reading.Reads(r.Language) {
		return "no attributions found"
	}
	if name := language.Name(r.Language); name != "" {
		return "not read: the text is in " + name + ", and whence reads English"
	}
	return "not read: the text is not in English"
}

func printAttribution(t *terminal, r *whence.Reading, a whence.Attribution) {
	margin := strings.Repeat(" ", gutter)
	pieces := []piece{}
	if a.Source != nil {
		pieces = append(pieces, piece{accent, phrase(a.Source.Phrase)})
	} else {
		pieces = append(pieces, piece{dim, "(source not named)"})
	}
	pieces = append(pieces, piece{dim, "—"}, piece{italic, phrase(a.Cue)})
	if !a.Content.Zero() {
		pieces = append(append(pieces, piece{dim, "—"}), contentPieces(r, a.Content)...)
	}
	t.write(fit(place(r, a), gutter), margin, pieces...)
	t.write(margin, margin, piece{dim, dotted(apparatus(r, a)...)})
	fmt.Fprintln(t)
}

// contentPieces gives the words of a content, with the figures in it set apart.
func contentPieces(r *whence.Reading, content whence.Phrase) []piece {
	rest := []rune(content.Text)
	var pieces []piece
	for i, s := range content.Spans {
		if i > 0 {
			pieces = append(pieces, piece{plain, "…"})
		}
		words := rest[:min(s.Len(), len(rest))]
		rest = rest[min(s.Len()+1, len(rest)):]
		from := 0
		first := sort.Search(len(r.Figures), func(n int) bool { return r.Figures[n].Start >= s.Start })
		for _, f := range r.Figures[first:] {
			if !s.Contains(f.Span) {
				break
			}
			start, end := wholeWords(words, f.Start-s.Start, f.End-s.Start)
			if start < from {
				continue
			}
			pieces = append(pieces, piece{plain, string(words[from:start])}, piece{underlined, string(words[start:end])})
			from = end
		}
		pieces = append(pieces, piece{plain, string(words[from:])})
	}
	return pieces
}

// wholeWords widens a part of the text to the blanks around it.
func wholeWords(text []rune, start, end int) (int, int) {
	for start > 0 && !unicode.IsSpace(text[start-1]) {
		start--
	}
	for end < len(text) && !unicode.IsSpace(text[end]) {
		end++
	}
	return start, end
}

// phrase gives the words of p, with an ellipsis where they are interrupted.
func phrase(p whence.Phrase) string {
	if len(p.Spans) < 2 {
		return p.Text
	}
	// Text joins the parts with one blank each, so the parts can be cut off it
	// by their lengths, without decoding the article once more.
	rest := []rune(p.Text)
	parts := make([]string, len(p.Spans))
	for i, s := range p.Spans {
		parts[i] = string(rest[:s.Len()])
		rest = rest[min(s.Len()+1, len(rest)):]
	}
	return strings.Join(parts, " … ")
}

// place is the block that the attribution's cue stands in, counted from 1.
func place(r *whence.Reading, a whence.Attribution) string {
	for i, b := range r.Blocks {
		if b.Overlaps(a.Cue.Spans[0]) {
			return fmt.Sprintf("¶%d", i+1)
		}
	}
	return ""
}

// nameOf is the name of a source that does not say it: "she".
func nameOf(r *whence.Reading, s *whence.Source) string {
	if s == nil || s.Name == "" {
		return ""
	}
	for _, n := range r.Names {
		if n.ID == s.Name && !strings.Contains(s.Text, n.Name) {
			return n.Name
		}
	}
	return ""
}

// apparatus says of an attribution what is not in its words.
func apparatus(r *whence.Reading, a whence.Attribution) []string {
	var notes []string
	if a.Source != nil && a.Source.Anonymous {
		who := "anonymous"
		if a.Source.Count > 1 {
			who = fmt.Sprintf("%d anonymous", a.Source.Count)
		}
		if a.Source.Reason != "" {
			who += " (" + a.Source.Reason + ")"
		}
		notes = append(notes, who)
	}
	if name := nameOf(r, a.Source); name != "" {
		notes = append(notes, name)
	}
	if a.Relay != nil {
		notes = append(notes, "through “"+a.Relay.Name+"”")
	}
	if a.Response != "" {
		notes = append(notes, strings.ReplaceAll(string(a.Response), "_", " "))
	}
	if a.Kind != whence.Statement {
		notes = append(notes, string(a.Kind))
	}
	if a.Quotation != "" {
		notes = append(notes, string(a.Quotation))
	}
	if a.Parent != "" {
		notes = append(notes, "inside "+a.Parent)
	}
	return append(notes, fmt.Sprintf("%s at %d", a.ID, a.Cue.Spans[0].Start), fmt.Sprintf("%.2f", a.Score))
}

func headline(r *whence.Reading) string {
	if r.Title != "" {
		return r.Title
	}
	return "(no title)"
}

// metadata lists what is known of the article.
func metadata(r *whence.Reading) []string {
	known := []string{}
	add := func(label, value string) {
		if value != "" {
			known = append(known, label+value)
		}
	}
	add("", r.Outlet)
	add("", printDate(r.Published))
	if r.Modified != r.Published {
		add("changed ", printDate(r.Modified))
	}
	add("by ", strings.Join(r.Byline, ", "))
	add("credit ", strings.Join(r.Credits, ", "))
	add("", r.Language)
	if n := len(r.Attributions); n > 0 {
		known = append(known, count(n, "attribution"))
	}
	add("", r.Path)
	return known
}

// printDate sets a date as a newspaper does, to its precision.
func printDate(d whence.Date) string {
	layouts := map[whence.Precision]string{
		whence.Second: "2 Jan 2006, 15:04 MST",
		whence.Day:    "2 Jan 2006",
		whence.Month:  "Jan 2006",
		whence.Year:   "2006",
	}
	if d.IsZero() {
		return ""
	}
	return d.Time.Format(layouts[d.Precision])
}

func dotted(parts ...string) string { return strings.Join(parts, " · ") }

// count gives "1 article", "2 articles", "1,200 articles".
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return thousands(n) + " " + noun
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
