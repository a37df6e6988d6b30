package sample_test

import (
	"strings"
	"testing"

	"whence"
	"whence/lineage/edit"
	"whence/page"
	"whence/sample"
)

// TestEdits holds package edit to the edits of the sample: each change is found,
// of its kind, over words that overlap the truth's on either side, and noted or
// silent as the truth has it; and nothing else is.
func TestEdits(t *testing.T) {
	gold, err := sample.Truth()
	if err != nil {
		t.Fatal(err)
	}
	readings := map[string]*whence.Reading{}
	for _, p := range sample.Articles() {
		a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			t.Fatal(err)
		}
		readings[p.Name] = &whence.Reading{Article: *a}
	}
	for _, want := range gold.Edits {
		got := edit.Compare(readings[want.Before], readings[want.After])
		used := map[int]bool{}
		for _, w := range want.Changes {
			found := false
			for i, c := range got.Changes {
				if !used[i] && string(c.Kind) == w.Kind && c.Noted == w.Noted && meets(c.Before, w.Before) && meets(c.After, w.After) {
					used[i], found = true, true
					break
				}
			}
			if !found {
				t.Errorf("%s: not found: %s %v → %v, noted %t", want.After, w.Kind, w.Before, w.After, w.Noted)
			}
		}
		for i, c := range got.Changes {
			if !used[i] {
				t.Errorf("%s: invented: %s %v → %v, noted %t", want.After, c.Kind, c.Before, c.After, c.Noted)
			}
		}
		if got.Silent() == want.Noted {
			t.Errorf("%s: silent %t, noted %t", want.After, got.Silent(), want.Noted)
		}
	}
}

// meets tells whether a passage and the truth's hold each other's words.
func meets(got *edit.Passage, want *sample.Passage) bool {
	if got == nil || want == nil {
		return got == nil && want == nil
	}
	a, b := strings.Join(strings.Fields(got.Text), " "), strings.Join(strings.Fields(want.Text), " ")
	return strings.Contains(a, b) || strings.Contains(b, a)
}
