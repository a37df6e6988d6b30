package sample_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"whence"
	"whence/sample"
)

func TestTruthIsAReading(t *testing.T) {
	gold := read(t)
	for _, p := range sample.Articles() {
		a := gold.Article(p.Name)
		r, err := a.Reading(&whence.Article{Text: visible(t, p.HTML)})
		if err != nil {
			t.Error(err)
			continue
		}
		if err := r.Check(); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
		if len(r.Attributions) != len(a.Attributions) || len(r.Names) == 0 {
			t.Errorf("%s: %d attributions of %d, %d names", p.Name, len(r.Attributions), len(a.Attributions), len(r.Names))
		}
	}
}

func TestTruthOfAnotherText(t *testing.T) {
	a := read(t).Articles[0]
	if _, err := a.Reading(&whence.Article{Text: "Nobody said anything."}); !errors.Is(err, whence.ErrSpan) {
		t.Errorf("got %v, want %v", err, whence.ErrSpan)
	}
}

// TestLocatorDoesNotMindSpacing: however the words of a text are spaced, each
// passage is found, and at its words.
func TestLocatorDoesNotMindSpacing(t *testing.T) {
	a := &read(t).Articles[0]
	all := cited(a)
	rapid.Check(t, func(t *rapid.T) {
		space := rapid.SampledFrom([]string{" ", "\n", "\u00a0", " \t ", "\n\n"})
		var text strings.Builder
		for _, b := range a.Blocks {
			for _, w := range strings.Fields(b.Text) {
				text.WriteString(space.Draw(t, "space") + w)
			}
		}
		locator, runes := a.Locator(text.String()), []rune(text.String())
		for what, passages := range all {
			spans, err := locator.Spans(passages...)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			for i, s := range spans {
				if got := string(runes[s.Start:s.End]); squeezed(got) != squeezed(passages[i].Text) {
					t.Fatalf("%s: located %q, want %q", what, got, passages[i].Text)
				}
			}
		}
	})
}

func FuzzLocator(f *testing.F) {
	f.Add("He said so.", "said", 1)
	f.Add("a a a", "a", 3)
	f.Add("", "", -1)
	f.Add("x\x00\xff \u2028y", "\xff", 2)
	f.Fuzz(func(t *testing.T, text, words string, nth int) {
		a := &sample.Article{Blocks: []sample.Block{{Text: text}}}
		spans, err := a.Locator(text).Spans(sample.Passage{Text: words, Nth: nth % 100})
		if err != nil {
			return
		}
		if n := len([]rune(text)); spans[0].Start < 0 || spans[0].End > n || spans[0].Start >= spans[0].End {
			t.Errorf("%v in %d code points", spans[0], n)
		}
	})
}
