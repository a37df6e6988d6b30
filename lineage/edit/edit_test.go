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
		line := string(c.Kind)
		if c.Moved {
			line += " elsewhere"
		}
		line += ": "
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
		"another coin":       {with(3, "The mayor will pay €5 at noon."), []string{"changed: speak → pay €5"}},
		"the page's own":     {append([]string{"Advertisement", "Image 2 of 5", base[0], "Updated 3 minutes ago", "Sign up for the Karvik newsletter", "AP Photo/Ole Rask"}, base[1:]...), nil},
		"not the page's":     {with(2, "Photo of the boats are out."), []string{"changed: Boats → Photo of the boats"}},
		"digits in groups":   {with(3, "The mayor will speak at noon. "), nil},
		"one made two":       {with(1, "The ferry sank at dawn. Fourteen people died. The ministry said."), nil},
		"block to block":     {[]string{base[0], "Fourteen people died, the ministry said.", base[2], base[3] + " The ferry sank at dawn."}, []string{"moved: The ferry sank at dawn. → The ferry sank at dawn."}},
		"moved and changed":  {[]string{base[0], "The ferry sank at dawn.", base[2], base[3], "Thirteen people died, the ministry said."}, []string{"changed elsewhere: Fourteen people died, the ministry said. → Thirteen people died, the ministry said."}},
		"two differences":    {with(1, "The ferry sank at dawn. Thirteen people died, the police said."), []string{"changed: Fourteen people died, the ministry → Thirteen people died, the police"}},
		"another matter": {append(with(3, "The mayor will speak at two."), "NOTICE Correction: an earlier version gave the number of dead as 14."),
			[]string{"changed: noon → two", "added:  → Correction: an earlier version gave the number of dead as 14. !"}},
		"another value": {append(with(1, "The ferry sank at dawn. Sixteen people died, the ministry said."), "NOTICE Correction, 13 May 2027: an earlier version gave the number of dead as 14. It is 13."),
			[]string{"changed: Fourteen → Sixteen", "added:  → Correction, 13 May 2027: an earlier version gave the number of dead as 14. It is 13. !"}},
		"a name": {append(with(2, "Boats of Tove Brandt are out."), "NOTICE Correction: This article misspelled the name of Tove Brandt."),
			[]string{"changed: Boats → Boats of Tove Brandt !", "added:  → Correction: This article misspelled the name of Tove Brandt. !"}},
		"an update": {append(with(2, "Boats are out. The Harbour Union called for an inquiry."), "NOTICE Updated with comment from the Harbour Union."),
			[]string{"added:  → The Harbour Union called for an inquiry. !", "added:  → Updated with comment from the Harbour Union. !"}},
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

// TestWords: every run of words that differ is named at its place.
func TestWords(t *testing.T) {
	before := "On Monday 14 people died in Karvik, the ministry told reporters at the quay."
	after := "On Monday at least 13 people died in Karvik, the police told reporters at the old quay."
	e := edit.Compare(version("A", before), version("A", after))
	if len(e.Changes) != 1 {
		t.Fatalf("%v", lines(e))
	}
	var got []string
	for _, w := range e.Changes[0].Words {
		got = append(got, at("A\n\n"+before, w.Before)+" → "+at("A\n\n"+after, w.After))
	}
	if diff := cmp.Diff([]string{"14 → at least 13", "ministry → police", " → old"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func at(s string, span *whence.Span) string {
	if span == nil {
		return ""
	}
	return string([]rune(s)[span.Start:span.End])
}

// TestTouched: figures, attributions and events that a change changes are named
// with what differs; those that say the same are not.
func TestTouched(t *testing.T) {
	before := version("A", "Ten people died at noon, the ministry said.")
	after := version("A", "Nine people may have died at noon, the police said.")
	find := func(r *whence.Reading, words string) whence.Span {
		start := len([]rune(r.Text[:strings.Index(r.Text, words)]))
		return whence.Span{Start: start, End: start + len([]rune(words))}
	}
	phrase := func(r *whence.Reading, words string) whence.Phrase {
		return whence.Phrase{Spans: []whence.Span{find(r, words)}, Text: words}
	}
	for r, x := range map[*whence.Reading]struct {
		figure, source, id string
		value              float64
		status             whence.Status
	}{
		before: {"Ten", "the ministry", "7", 10, whence.Happened},
		after:  {"Nine", "the police", "8", 9, whence.Possible},
	} {
		r.Figures = []whence.Figure{{ID: "f" + x.id, Span: find(r, x.figure), Low: whence.At(x.value), High: whence.At(x.value), Measure: "killed"}}
		r.Attributions = []whence.Attribution{{ID: "a" + x.id, Source: &whence.Source{Phrase: phrase(r, x.source)}, Cue: phrase(r, "said"), Content: phrase(r, "died at noon")}}
		r.Events = []whence.Event{{ID: "e" + x.id, Span: find(r, "died"), Text: "died", Status: x.status}, {ID: "e9", Span: find(r, "said"), Text: "said"}}
	}
	e := edit.Compare(before, after)
	if len(e.Changes) != 1 {
		t.Fatalf("%v", lines(e))
	}
	c := e.Changes[0]
	for _, x := range []struct {
		kind      string
		got, want []edit.Touched
	}{
		{"figures", c.Figures, []edit.Touched{{Before: "f7", After: "f8", What: []string{"value"}}}},
		{"attributions", c.Attributions, []edit.Touched{{Before: "a7", After: "a8", What: []string{"source"}}}},
		{"events", c.Events, []edit.Touched{{Before: "e7", After: "e8", What: []string{"status"}}}},
	} {
		if diff := cmp.Diff(x.want, x.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", x.kind, diff)
		}
	}
}

// TestSigned: who signs is compared apart, in any order.
func TestSigned(t *testing.T) {
	before, after := version("A", "Ten died."), version("A", "Ten died.")
	before.Byline, after.Byline = []string{"Tove Brandt", "Ole Rask"}, []string{"Ole Rask", "Tove Brandt"}
	if e := edit.Compare(before, after); !e.Empty() {
		t.Errorf("%+v", e)
	}
	after.Byline = []string{"Ole Rask"}
	if e := edit.Compare(before, after); e.Empty() || len(e.Changes) > 0 || len(e.Byline.After) != 1 {
		t.Errorf("%+v", e)
	}
}

// TestReplaced: another text at the same address is no list of changes.
func TestReplaced(t *testing.T) {
	one := version("Quay closed", strings.Repeat("The ferry sank at dawn and nobody came. ", 8))
	other := version("Orchestra walks out", strings.Repeat("Musicians in Estrel say their hall has become too cold. ", 8))
	if e := edit.Compare(one, other); !e.Replaced || len(e.Changes) > 0 || e.Empty() {
		t.Errorf("%v", lines(e))
	}
	if e := edit.Compare(one, one); e.Replaced {
		t.Error("replaced by itself")
	}
}

// paragraphs draws versions of few words, so that much is alike.
func paragraphs(t *rapid.T, label string) []string {
	words := rapid.SampledFrom([]string{"a", "ferry", "sank", "in", "Karvik", "14", "13", "men", "left", "$", "boats.", "Then", "quay?"})
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(words, 1, 14).Draw(t, "words"), " ")
	}), 1, 8).Draw(t, label)
}

// edited draws a version that was made of another.
func edited(t *rapid.T, list []string) []string {
	list = slices.Clone(list)
	for range rapid.IntRange(0, 4).Draw(t, "edits") {
		i, j := rapid.IntRange(0, len(list)-1).Draw(t, "i"), rapid.IntRange(0, len(list)-1).Draw(t, "j")
		switch rapid.IntRange(0, 3).Draw(t, "how") {
		case 0:
			list[i], list[j] = list[j], list[i]
		case 1:
			list[i] = strings.Replace(list[i], "14", "13", 1)
		case 2:
			list = slices.Insert(list, j, list[i])
		case 3:
			list[i] += " " + list[j]
		}
	}
	return list
}

// TestProperties: a version has no edits of itself; every passage is the words at
// its place; the words outside of all changes are the same in both versions, in
// the same order, so that the changes make the new of the old; and seen from the
// other side all is the same, but what was added was removed.
func TestProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := paragraphs(t, "before")
		other := edited(t, list)
		if rapid.Bool().Draw(t, "strange") {
			other = paragraphs(t, "after")
		}
		a, b := version(list...), version(other...)
		if e := edit.Compare(a, a); !e.Empty() {
			t.Fatalf("a version differs from itself: %v", lines(e))
		}
		e := edit.Compare(a, b)
		old, now := []rune(a.Text), []rune(b.Text)
		for _, c := range e.Changes {
			if (c.Before == nil) != (c.Kind == edit.Added) || (c.After == nil) != (c.Kind == edit.Removed) {
				t.Fatalf("%s with %v and %v", c.Kind, c.Before, c.After)
			}
			blank(t, old, c.Before)
			blank(t, now, c.After)
			if c.Kind == edit.Moved && plain(c.Before.Text) != plain(c.After.Text) {
				t.Fatalf("moved: %q is not %q", c.Before.Text, c.After.Text)
			}
		}
		if x, y := plain(string(old)), plain(string(now)); x != y && !e.Replaced {
			t.Fatalf("left of the old: %q, of the new: %q; %v", x, y, lines(e))
		}
		kinds, back := map[edit.Kind]int{}, map[edit.Kind]int{}
		for _, c := range e.Changes {
			kinds[c.Kind]++
		}
		turned := map[edit.Kind]edit.Kind{edit.Added: edit.Removed, edit.Removed: edit.Added, edit.Changed: edit.Changed, edit.Moved: edit.Moved}
		for _, c := range edit.Compare(b, a).Changes {
			back[turned[c.Kind]]++
		}
		if diff := cmp.Diff(kinds, back); diff != "" {
			t.Fatalf("from the other side (-one +other):\n%s", diff)
		}
	})
}

// blank wipes out a passage, which must stand where it says.
func blank(t *rapid.T, text []rune, p *edit.Passage) {
	if p == nil {
		return
	}
	if string(text[p.Start:p.End]) != p.Text {
		t.Fatalf("%q is not what stands there, or in two changes", p.Text)
	}
	for i := p.Start; i < p.End; i++ {
		text[i] = ' '
	}
}

func plain(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return strings.ContainsRune(" \n.?", c) }), " ")
}

func FuzzCompare(f *testing.F) {
	f.Add("A b. C d.", "C d. A x.")
	f.Add("“\x00\xff", "1,2,3 14")
	f.Add("It’s 2,140 and 1.5, isn't it? \u00ad.", "It's 2140, isn’t it? A. B.")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := &whence.Reading{Article: whence.Article{Text: a}}, &whence.Reading{Article: whence.Article{Text: b}}
		edit.Compare(x, y)
		if e := edit.Compare(x, x); !e.Empty() {
			t.Errorf("%q differs from itself", a)
		}
	})
}

// TestHostile: texts made to be slow are compared in time that grows with them.
func TestHostile(t *testing.T) {
	for name, s := range map[string][2]string{
		"one sentence":         {strings.Repeat("a b c ", 100_000), strings.Repeat("b c d ", 100_000)},
		"the same sentences":   {strings.Repeat("It is. ", 30_000), strings.Repeat("It was. It is. ", 15_000)},
		"all alike":            {strings.Repeat("Men left the quay today. ", 10_000), strings.Repeat("Men left the quay alone. ", 10_000)},
		"few words, reordered": {reordered(20_000, 7), reordered(20_000, 11)},
	} {
		t.Run(name, func(_ *testing.T) { edit.Compare(version("A", s[0]), version("A", s[1])) })
	}
}

// reordered is sentences of few words in ever other orders.
func reordered(sentences, step int) string {
	words := strings.Fields("ferry quay harbour mayor storm night boat crew rope wind lamp tide")
	var b strings.Builder
	for i := range sentences {
		for k := range 6 {
			b.WriteString(words[(i*step+k*k*(i%5+1))%len(words)] + " ")
		}
		b.WriteString("left. ")
	}
	return b.String()
}

func BenchmarkCompare(b *testing.B) {
	long := version(slices.Repeat([]string{"The ferry sank at dawn in Karvik.", "Boats are out."}, 200)...)
	other := version(slices.Repeat([]string{"The ferry sank at noon in Karvik.", "Boats are in."}, 200)...)
	b.SetBytes(int64(len(long.Text)))
	for b.Loop() {
		edit.Compare(long, other)
	}
}
