package reading_test

import (
	"bufio"
	"os"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"whence"
	"whence/reading"
)

// under is a text under a title, which is a block of its own.
func under(title, rest string) *whence.Article {
	n := utf8.RuneCountInString(title)
	return &whence.Article{Title: title, Text: title + "\n\n" + rest, Blocks: []whence.Block{
		{Role: whence.RoleTitle, Span: whence.Span{End: n}},
		{Role: whence.RoleParagraph, Span: whence.Span{Start: n + 2, End: n + 2 + utf8.RuneCountInString(rest)}},
	}}
}

// TestHeadlines reads titles of the forms of headlines, a line each in which
// {word|status|hedge} is an event and {number|measure=status} a figure.
func TestHeadlines(t *testing.T) {
	file, err := os.Open("testdata/headlines.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := lines.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		parts := strings.Split(strings.ReplaceAll(line, "}", "{"), "{")
		title := ""
		type expected struct {
			at   whence.Span
			says string
		}
		var all []expected
		for i, part := range parts {
			words, says, _ := strings.Cut(part, "|")
			at := utf8.RuneCountInString(title)
			title += words
			if i%2 == 1 {
				all = append(all, expected{whence.Span{Start: at, End: utf8.RuneCountInString(title)}, says})
			}
		}
		r := reading.Read(under(title, "The quay at Karvik has stood since the war."))
		if err := r.Check(); err != nil {
			t.Fatal(err)
		}
		for _, want := range all {
			if got := saidAt(r, want.at, want.says); got != want.says {
				t.Errorf("%s\n\t%q is %s, want %s", title, r.Text[want.at.Start:want.at.End], strconv.Quote(got), want.says)
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// saidAt is what the reading says of an event or figure at a span, in the form of like.
func saidAt(r *whence.Reading, at whence.Span, like string) string {
	if strings.Contains(like, "=") {
		for _, f := range r.Figures {
			if f.Overlaps(at) {
				return f.Measure + "=" + string(f.Status)
			}
		}
		return ""
	}
	for _, e := range r.Events {
		if e.Overlaps(at) {
			return strings.TrimSuffix(string(e.Status)+"|"+string(e.Hedge), "|")
		}
	}
	return ""
}

// TestTitlesWithoutAnAct: no act is made of a title that tells of none.
func TestTitlesWithoutAnAct(t *testing.T) {
	for _, title := range []string{"Sailing the Merrow Sound", "A harbour in winter", "Best boats of the year"} {
		for _, e := range reading.Read(under(title, "It rained.")).Events {
			if e.End <= utf8.RuneCountInString(title) {
				t.Errorf("%s: %q is an act", title, e.Text)
			}
		}
	}
}

// TestTitleOutsideTheText: a title that is not in the text holds nothing, and what is
// found in the text stands there.
func TestTitleOutsideTheText(t *testing.T) {
	r := reading.Read(&whence.Article{Title: "Storm kills 14", Text: "The storm sank two ferries."})
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	if len(r.Figures) != 1 || r.Figures[0].Text != "two" || len(r.Events) != 1 || r.Events[0].Text != "sank" {
		t.Errorf("figures %v, events %v", r.Figures, r.Events)
	}
}

// TestTitleIsNotGoneOnWith: a bare number of the text is not one of the casualties of
// the title.
func TestTitleIsNotGoneOnWith(t *testing.T) {
	r := reading.Read(under("Fourteen dead at Karvik", "The official toll of the collision at Quay 4 rose to 14 on Wednesday."))
	if len(r.Figures) < 2 || r.Figures[0].Measure != "killed" || r.Figures[1].Measure == "killed" {
		t.Errorf("figures %+v", r.Figures)
	}
}
