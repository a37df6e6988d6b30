package figure_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"whence"
	"whence/internal/golden"
	"whence/page"
	"whence/reading"
	"whence/sample"
)

// tally counts the figures of the sample that come out right, field by field.
type tally struct{ gold, found, right int }

// fields are what is scored of a figure that was found.
var fields = []struct {
	name string
	of   func(*reader, whence.Figure) string
	want func(*reader, sample.Figure) string
}{
	{"value", func(_ *reader, f whence.Figure) string { return bounds(f.Low, f.High) },
		func(_ *reader, f sample.Figure) string { return bounds(bound(f.Low), bound(f.High)) }},
	{"qualifier", func(_ *reader, f whence.Figure) string { return string(f.Qualifier) },
		func(_ *reader, f sample.Figure) string { return f.Qualifier }},
	{"unit", func(_ *reader, f whence.Figure) string { return f.Unit },
		func(_ *reader, f sample.Figure) string { return f.Unit }},
	{"counted", func(r *reader, f whence.Figure) string {
		if f.Counted == nil {
			return ""
		}
		return r.words(f.Counted.Span)
	}, func(_ *reader, f sample.Figure) string {
		if f.Counted == nil {
			return ""
		}
		return f.Counted.Text
	}},
	{"measure", func(_ *reader, f whence.Figure) string { return f.Measure },
		func(_ *reader, f sample.Figure) string { return f.Measure }},
	{"change", func(_ *reader, f whence.Figure) string { return change(f.Change) },
		func(_ *reader, f sample.Figure) string { return change(whence.Change(f.Change)) }},
	{"part_of", func(r *reader, f whence.Figure) string { return r.start(f.PartOf) },
		func(r *reader, f sample.Figure) string { return r.goldStart(f.PartOf) }},
	{"period", func(_ *reader, f whence.Figure) string { return period(f.Period) },
		func(_ *reader, f sample.Figure) string { return f.Period }},
	{"attribution", func(r *reader, f whence.Figure) string { return r.cue(f.Attribution) },
		func(r *reader, f sample.Figure) string { return r.goldCue(f.Attribution) }},
}

func bound(x *float64) whence.Bound {
	if x == nil {
		return whence.Bound{}
	}
	return whence.At(*x)
}

func bounds(low, high whence.Bound) string { return fmt.Sprint(low, high) }

// change leaves out a total, which the sample does not mark.
func change(c whence.Change) string {
	if c == whence.Total {
		return ""
	}
	return string(c)
}

// period writes a period as the sample does.
func period(p whence.Period) string {
	begin, end := p.Begin.String(), p.End.String()
	switch {
	case begin == end:
		return begin
	case strings.HasSuffix(begin, "-01-01") && end == begin[:4]+"-12-31":
		return begin[:4]
	}
	return begin + "/" + end
}

// reader is a reading beside the truth of its article.
type reader struct {
	*whence.Reading
	text    []rune
	gold    *sample.Article
	locator *sample.Locator
}

func (r *reader) words(s whence.Span) string { return string(r.text[s.Start:s.End]) }

func (r *reader) start(id string) string {
	for _, f := range r.Figures {
		if f.ID == id {
			return fmt.Sprint(f.Start)
		}
	}
	return ""
}

func (r *reader) goldStart(id string) string {
	for _, f := range r.gold.Figures {
		if f.ID == id {
			if spans, err := r.locator.Spans(f.Passage); err == nil {
				return fmt.Sprint(spans[0].Start)
			}
		}
	}
	return ""
}

func (r *reader) cue(id string) string {
	for _, a := range r.Attributions {
		if a.ID == id {
			return fmt.Sprint(a.Cue.Spans[0].Start)
		}
	}
	return ""
}

func (r *reader) goldCue(id string) string {
	for _, a := range r.gold.Attributions {
		if a.ID == id {
			if spans, err := r.locator.Spans(a.Cue...); err == nil {
				return fmt.Sprint(spans[0].Start)
			}
		}
	}
	return ""
}

// TestSample freezes how many figures of the sample come out right. The truth
// marks no ages in passing, house numbers and the like, so what is found beside
// it is only counted.
func TestSample(t *testing.T) {
	truth, err := sample.Truth()
	if err != nil {
		t.Fatal(err)
	}
	var spans tally
	right := make([]int, len(fields))
	for _, p := range sample.Articles() {
		gold := truth.Article(p.Name)
		a, err := page.HTML(p.HTML, page.Options{URL: p.URL})
		if err != nil {
			t.Fatal(err)
		}
		r := &reader{reading.Read(a), []rune(a.Text), gold, gold.Locator(a.Text)}
		if err := r.Check(); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
		spans.found += len(r.Figures)
		for _, want := range gold.Figures {
			at, err := r.locator.Spans(want.Passage)
			if err != nil {
				continue // outside of the blocks of the text
			}
			spans.gold++
			f, ok := r.figureAt(at[0])
			if !ok {
				logf(t, "%s %s: %q not found", p.Name, want.ID, want.Text)
				continue
			}
			spans.right++
			for i, field := range fields {
				if got, want := field.of(r, f), field.want(r, want); got == want {
					right[i]++
				} else {
					logf(t, "%s %s %q: %s %q, want %q", p.Name, f.ID, f.Text, field.name, got, want)
				}
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "figures %d, found %d, of them exactly %d\n", spans.gold, spans.found, spans.right)
	for i, field := range fields {
		fmt.Fprintf(&b, "%-12s %d\n", field.name, right[i])
	}
	golden.Check(t, filepath.Join("testdata", "sample.golden"), b.String())
}

// logf tells of a miss to whoever looks for it with -v.
func logf(t *testing.T, format string, args ...any) {
	t.Helper()
	if testing.Verbose() {
		t.Logf(format, args...)
	}
}

func (r *reader) figureAt(s whence.Span) (whence.Figure, bool) {
	for _, f := range r.Figures {
		if f.Span == s {
			return f, true
		}
	}
	return whence.Figure{}, false
}
