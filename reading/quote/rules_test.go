package quote_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"whence"
	"whence/internal/golden"
	"whence/reading/quote"
	"whence/text"
)

// article makes an article of lines, each of which is a paragraph.
func article(lines []string) (*whence.Article, []text.Sentence) {
	a := &whence.Article{Text: strings.Join(lines, "\n")}
	at := 0
	for _, l := range lines {
		end := at + utf8.RuneCountInString(l)
		if end > at {
			a.Blocks = append(a.Blocks, whence.Block{Role: whence.RoleParagraph, Span: whence.Span{Start: at, End: end}})
		}
		at = end + 1
	}
	return a, text.Sentences(a.Text, body(a))
}

// cases cuts a file of testdata into texts, without the results under them.
// It calls f for each, and gives the file with the results that f returns.
func cases(tb testing.TB, path string, f func(lines []string) []string) string {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	var b strings.Builder
	for part := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n\n") {
		var lines []string
		for line := range strings.SplitSeq(part, "\n") {
			if !strings.HasPrefix(line, "  ") {
				lines = append(lines, line)
			}
		}
		for _, l := range lines {
			b.WriteString(l + "\n")
		}
		if !strings.HasPrefix(lines[0], "#") {
			for _, r := range f(lines) {
				b.WriteString("  " + r + "\n")
			}
		}
		b.WriteString("\n")
	}
	return strings.TrimSpace(b.String()) + "\n"
}

func TestRules(t *testing.T) {
	const path = "testdata/attributions.txt"
	got := cases(t, path, func(lines []string) []string {
		a, sentences := article(lines)
		found := quote.Rules(a, sentences)
		r := whence.Reading{Article: *a, Attributions: found}
		if err := r.Check(); err != nil {
			t.Errorf("%q: %v", lines, err)
		}
		var out []string
		for _, at := range found {
			out = append(out, show(at))
		}
		return out
	})
	golden.Check(t, path, got)
}

// show gives an attribution in one line: [source] {cue} <content> and what is
// known of it.
func show(a whence.Attribution) string {
	var b strings.Builder
	if s := a.Source; s != nil {
		fmt.Fprintf(&b, "[%s] ", s.Text)
	}
	fmt.Fprintf(&b, "{%s}", a.Cue.Text)
	if !a.Content.Zero() {
		words := make([]string, len(a.Content.Spans))
		rest := a.Content.Text
		for i, s := range a.Content.Spans {
			n := 0
			for range s.Len() {
				_, size := utf8.DecodeRuneInString(rest[n:])
				n += size
			}
			words[i], rest = rest[:n], strings.TrimPrefix(rest[n:], " ")
		}
		fmt.Fprintf(&b, " <%s>", strings.Join(words, " … "))
	}
	fmt.Fprintf(&b, " %s", a.Kind)
	for _, s := range []string{string(a.Quotation), string(a.Response)} {
		if s != "" {
			b.WriteString(" " + s)
		}
	}
	if s := a.Source; s != nil {
		fmt.Fprintf(&b, "; %s", s.Kind)
		if s.Anonymous {
			b.WriteString(" anonymous")
		}
		if s.Count > 0 {
			fmt.Fprintf(&b, " %d", s.Count)
		}
		if s.Reason != "" {
			fmt.Fprintf(&b, " because %q", s.Reason)
		}
	}
	if r := a.Relay; r != nil {
		fmt.Fprintf(&b, "; %s %q", r.Kind, r.Name)
	}
	if a.Parent != "" {
		fmt.Fprintf(&b, "; in %s", a.Parent)
	}
	return b.String()
}

// TestOwnOutlet reads the article's own outlet, which no list knows, as a relay.
func TestOwnOutlet(t *testing.T) {
	for outlet, want := range map[string]string{"The Lohn Gull": "Gull", "Lohn Gull": "Gull", "": ""} {
		a, sentences := article([]string{"“I have a dog and half a boat,” Finch told the Gull."})
		a.Outlet = outlet
		found := quote.Rules(a, sentences)
		if len(found) != 1 {
			t.Fatalf("%d attributions", len(found))
		}
		got := ""
		if r := found[0].Relay; r != nil {
			got = r.Name
		}
		if got != want {
			t.Errorf("outlet %q: relay %q, want %q", outlet, got, want)
		}
	}
}

// TestLabelOfTitle holds that a title's label before a colon speaks only where the text
// names it.
func TestLabelOfTitle(t *testing.T) {
	for lines, want := range map[string]string{
		"TERROR AT THE QUAY: Ferry crushed in a gale\nThe ferry sank on Monday, Ilse Varn said.": "Ilse Varn",
		"ILSE VARN: There was no second tug\nThe minister, Ilse Varn, spoke on Monday.":          "ILSE VARN",
	} {
		a, sentences := article(strings.Split(lines, "\n"))
		a.Blocks[0].Role = whence.RoleTitle
		var sources []string
		for _, x := range quote.Rules(a, sentences) {
			if x.Source != nil {
				sources = append(sources, x.Source.Text)
			}
		}
		if got := strings.Join(sources, ", "); got != want {
			t.Errorf("%q has the sources %q, want %q", lines, got, want)
		}
	}
}
