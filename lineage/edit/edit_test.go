package edit_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence"
	"whence/lineage/edit"
)

// version is a version of a page of paragraphs; one that begins with "NOTICE " is
// a notice.
func version(paragraphs ...string) *whence.Reading {
	r := &whence.Reading{}
	at := 0
	for i, p := range paragraphs {
		role := whence.RoleParagraph
		if rest, ok := strings.CutPrefix(p, "NOTICE "); ok {
			p, role = rest, whence.RoleNotice
		}
		if i == 0 {
			role = whence.RoleTitle
		}
		n := len([]rune(p))
		r.Blocks = append(r.Blocks, whence.Block{Role: role, Span: whence.Span{Start: at, End: at + n}})
		r.Text += p + "\n\n"
		at += n + 2
	}
	return r
}

// lines are changes as kind: before → after, with ! where they are noted.
func lines(e edit.Edit) []string {
	var list []string
	for _, c := range e.Changes {
		line := string(c.Kind) + ": "
		if c.Before != nil {
			line += c.Before.Text
		}
		line += " → "
		if c.After != nil {
			line += c.After.Text
		}
		if c.Noted {
			line += " !"
		}
		list = append(list, line)
	}
	return list
}

func TestCompare(t *testing.T) {
	base := []string{"Quay closed in Karvik", "The ferry sank at dawn. Fourteen people died, the ministry said.", "Boats are out.", "The mayor will speak at noon."}
	with := func(i int, p string) []string {
		list := slices.Clone(base)
		list[i] = p
		return list
	}
	for name, c := range map[string]struct {
		after []string
		want  []string
	}{
		"nothing":            {base, nil},
		"typography":         {with(1, "The ferry  sank at dawn.  FOURTEEN people died – the ministry said."), nil},
		"a number":           {with(1, "The ferry sank at dawn. Thirteen people died, the ministry said."), []string{"changed: Fourteen → Thirteen"}},
		"words put in":       {with(3, "The mayor of Karvik will speak at noon."), []string{"changed: mayor → mayor of Karvik"}},
		"a sentence removed": {with(1, "Fourteen people died, the ministry said."), []string{"removed: The ferry sank at dawn. → "}},
		"a sentence added":   {append(slices.Clone(base), "Nobody answered."), []string{"added:  → Nobody answered."}},
		"moved":              {[]string{base[0], base[2], base[1], base[3]}, []string{"moved: Boats are out. → Boats are out."}},
		"a title rewritten":  {with(0, "Harbour shut"), []string{"changed: Quay closed in Karvik → Harbour shut"}},
		"corrected": {append(with(1, "The ferry sank at dawn. Thirteen people died, the ministry said."), "NOTICE Correction: an earlier version gave the number of dead as 14."),
			[]string{"changed: Fourteen → Thirteen !", "added:  → Correction: an earlier version gave the number of dead as 14. !"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, lines(edit.Compare(version(base...), version(c.after...)))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSilent(t *testing.T) {
	before, after := version("A", "Ten died."), version("A", "Nine died.")
	if e := edit.Compare(before, after); !e.Silent() {
		t.Errorf("%v is not silent", lines(e))
	}
	if e := edit.Compare(before, before); e.Silent() {
		t.Errorf("%v is silent", lines(e))
	}
}

func TestTouched(t *testing.T) {
	before, after := version("A", "Ten died."), version("A", "Nine died.")
	before.Figures = []whence.Figure{{ID: "f1", Span: whence.Span{Start: 3, End: 6}}}
	after.Figures = []whence.Figure{{ID: "f7", Span: whence.Span{Start: 3, End: 7}}}
	e := edit.Compare(before, after)
	if len(e.Changes) != 1 || !slices.Equal(e.Changes[0].Figures, []edit.Touched{{Before: "f1", After: "f7"}}) {
		t.Errorf("%+v", e)
	}
}

// paragraphs draws versions of few words, so that much is alike.
func paragraphs(t *rapid.T, label string) []string {
	words := rapid.SampledFrom([]string{"a", "ferry", "sank", "in", "Karvik", "14", "13", "men", "left", "."})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(words, 1, 12).Draw(t, "words"), " ")
	}), 1, 8).Draw(t, label)
}

// TestProperties: a version has no edits of itself; every passage is the words at
// its place; every sentence that is not the same in both is in a change.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := version(paragraphs(t, "before")...), version(paragraphs(t, "after")...)
		if e := edit.Compare(a, a); len(e.Changes) > 0 {
			t.Fatalf("a version differs from itself: %v", lines(e))
		}
		e := edit.Compare(a, b)
		for _, c := range e.Changes {
			if (c.Before == nil) != (c.Kind == edit.Added) || (c.After == nil) != (c.Kind == edit.Removed) {
				t.Fatalf("%s with %v and %v", c.Kind, c.Before, c.After)
			}
			for _, x := range []struct {
				p *edit.Passage
				r *whence.Reading
			}{{c.Before, a}, {c.After, b}} {
				if x.p != nil && string([]rune(x.r.Text)[x.p.Start:x.p.End]) != x.p.Text {
					t.Fatalf("%q is not what stands there", x.p.Text)
				}
			}
		}
		if len(e.Changes) == 0 && !strings.EqualFold(plain(a.Text), plain(b.Text)) {
			t.Fatalf("%q and %q do not differ", a.Text, b.Text)
		}
	})
}

func plain(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return c == ' ' || c == '\n' || c == '.' }), " ")
}

func FuzzCompare(f *testing.F) {
	f.Add("A b. C d.", "C d. A x.")
	f.Add("“\x00\xff", "1,2,3 14")
	f.Fuzz(func(_ *testing.T, a, b string) {
		x, y := &whence.Reading{Article: whence.Article{Text: a}}, &whence.Reading{Article: whence.Article{Text: b}}
		edit.Compare(x, y)
	})
}

func BenchmarkCompare(b *testing.B) {
	long := version(slices.Repeat([]string{"The ferry sank at dawn in Karvik.", "Boats are out."}, 200)...)
	other := version(slices.Repeat([]string{"The ferry sank at noon in Karvik.", "Boats are in."}, 200)...)
	b.SetBytes(int64(len(long.Text)))
	for b.Loop() {
		edit.Compare(long, other)
	}
}
