package language

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestWords: every word of the tables is one that counting may meet, written
// small and in the script it stands under, and no language repeats one.
func TestWords(t *testing.T) {
	s, code := noScript, ""
	seen := map[string]bool{}
	for line := range strings.Lines(wordData) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		if headings[fields[0]] != noScript {
			s = headings[fields[0]]
			continue
		}
		if line[0] != ' ' {
			code, fields = fields[0], fields[1:]
		}
		for _, w := range fields {
			if len(w) > longestWord-4 || strings.ToLower(w) != w {
				t.Errorf("%s: word %q", code, w)
			}
			for _, r := range w {
				if !unicode.IsLetter(r) && !unicode.IsMark(r) || scriptOf(r) != s && !unicode.IsMark(r) {
					t.Errorf("%s: word %q holds %q", code, w, r)
				}
			}
			if seen[code+" "+w] {
				t.Errorf("%s: word %q twice", code, w)
			}
			seen[code+" "+w] = true
		}
	}
	if len(seen) < 3000 {
		t.Errorf("%d words", len(seen))
	}
}

// TestBlocks: the ranges are in order and apart, as searching them needs.
func TestBlocks(t *testing.T) {
	for i, b := range blocks {
		if b.first > b.last || i > 0 && b.first <= blocks[i-1].last {
			t.Errorf("%x to %x", b.first, b.last)
		}
	}
}

// TestReadTables: data that breaks the form is refused.
func TestReadTables(t *testing.T) {
	const good = "[Latin]\nxx one two\n three\n"
	if all, err := readTables(good, "éè xx\n"); err != nil || len(all[latin].words) != 3 || len(all[latin].letters) != 2 {
		t.Error(all, err)
	}
	for _, bad := range [][2]string{
		{"xx one", ""}, {"[Klingon]\nxx one", ""}, {good + good, ""}, {"[Latin]\n one", ""}, {good, "é yy"}, {good, "ж xx"}, {good, "- xx"},
		{"[Latin]\n" + strings.Join(slices.Repeat([]string{"xx one\n"}, 65), ""), ""},
	} {
		if _, err := readTables(bad[0], bad[1]); err == nil {
			t.Errorf("%q is read", bad)
		}
	}
}
