package eval

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"testing"

	"whence"
	"whence/internal/golden"
	"whence/reading"
	"whence/sample"
)

// sampleTally counts a field over pairs of a true attribution and the one found
// with its cue: right where both have it alike, missed where the truth alone has
// it or has it otherwise, spurious where what was found does.
type sampleTally struct{ right, missed, spurious int }

func (c *sampleTally) add(want, got string) {
	switch {
	case want == got:
		if want != "" {
			c.right++
		}
		return
	case want != "":
		c.missed++
	}
	if got != "" {
		c.spurious++
	}
}

// sampleFields are the fields that are told apart, each as a word. Parents are
// the places of their cues. The truth has the article of a relay's name and the
// "because" of a reason, which a reading leaves out; neither counts.
var sampleFields = []struct {
	name string
	of   func(r *whence.Reading, a *whence.Attribution) string
}{
	{"source", func(_ *whence.Reading, a *whence.Attribution) string {
		return sourceOf(a, func(s *whence.Source) string { return fmt.Sprint(s.Spans) })
	}},
	{"cue", func(_ *whence.Reading, a *whence.Attribution) string { return fmt.Sprint(a.Cue.Spans) }},
	{"content", func(_ *whence.Reading, a *whence.Attribution) string {
		return strings.Trim(fmt.Sprint(a.Content.Spans), "[]")
	}},
	{"kind", func(_ *whence.Reading, a *whence.Attribution) string { return string(a.Kind) }},
	{"quotation", func(_ *whence.Reading, a *whence.Attribution) string { return string(a.Quotation) }},
	{"response", func(_ *whence.Reading, a *whence.Attribution) string { return string(a.Response) }},
	{"relay", func(_ *whence.Reading, a *whence.Attribution) string {
		if a.Relay == nil {
			return ""
		}
		return fmt.Sprint(a.Relay.End, a.Relay.Kind)
	}},
	{"parent", func(r *whence.Reading, a *whence.Attribution) string {
		if i := slices.IndexFunc(r.Attributions, func(p whence.Attribution) bool { return p.ID == a.Parent }); i >= 0 {
			return fmt.Sprint(r.Attributions[i].Cue.Spans)
		}
		return ""
	}},
	{"source kind", func(_ *whence.Reading, a *whence.Attribution) string {
		return sourceOf(a, func(s *whence.Source) string { return string(s.Kind) })
	}},
	{"anonymous", func(_ *whence.Reading, a *whence.Attribution) string {
		return sourceOf(a, func(s *whence.Source) string { return map[bool]string{true: "yes"}[s.Anonymous] })
	}},
	{"count", func(_ *whence.Reading, a *whence.Attribution) string {
		return sourceOf(a, func(s *whence.Source) string { return strings.Trim(fmt.Sprint(s.Count), "0") })
	}},
	{"reason", func(_ *whence.Reading, a *whence.Attribution) string {
		return sourceOf(a, func(s *whence.Source) string { return strings.TrimPrefix(s.Reason, "because ") })
	}},
}

func sourceOf(a *whence.Attribution, field func(*whence.Source) string) string {
	if a.Source == nil {
		return ""
	}
	return field(a.Source)
}

// TestAttributionsOfSample holds what is read of the fictional sample to its
// truth, and freezes the counts and what is missed.
func TestAttributionsOfSample(t *testing.T) {
	truth, err := sample.Truth()
	if err != nil {
		t.Fatal(err)
	}
	var relations sampleTally
	tallies := make([]sampleTally, len(sampleFields))
	var misses []string
	for i := range truth.Articles {
		a := &truth.Articles[i]
		article := sampleArticle(a)
		want, err := a.Reading(article)
		if err != nil {
			t.Fatal(err)
		}
		got := reading.Read(article)
		pairs := sameCues(want.Attributions, got.Attributions)
		for n := range want.Attributions {
			w := &want.Attributions[n]
			if pairs[n] < 0 {
				relations.missed++
				misses = append(misses, fmt.Sprintf("%s: %s: missed: %s", a.File, w.ID, w.Cue.Text+" "+string(w.Response)))
				continue
			}
			relations.right++
			g := &got.Attributions[pairs[n]]
			for f, field := range sampleFields {
				x, y := field.of(want, w), field.of(got, g)
				tallies[f].add(x, y)
				if x != y && f >= 5 {
					misses = append(misses, fmt.Sprintf("%s: %s (%s): %s %q, found %q", a.File, w.ID, w.Cue.Text, field.name, x, y))
				}
			}
		}
		for n := range got.Attributions {
			if !slices.Contains(pairs, n) {
				relations.spurious++
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-12s %6s %6s %8s\n", "", "right", "missed", "spurious")
	fmt.Fprintf(&b, "%-12s %6d %6d %8d\n", "found", relations.right, relations.missed, relations.spurious)
	for f, field := range sampleFields {
		fmt.Fprintf(&b, "%-12s %6d %6d %8d\n", field.name, tallies[f].right, tallies[f].missed, tallies[f].spurious)
	}
	fmt.Fprintf(&b, "\n%s\n", strings.Join(misses, "\n"))
	golden.Check(t, "testdata/attribution-sample.txt", b.String())
}

// sameCues gives for each attribution of want the one of got whose cue shares
// words with its own, of several the one whose content shares most; -1 if none.
func sameCues(want, got []whence.Attribution) []int {
	pairs := make([]int, len(want))
	for n := range want {
		pairs[n] = -1
		best := -1
		for i := range got {
			if slices.Contains(pairs[:n], i) || wordsShared(want[n].Cue, got[i].Cue) == 0 {
				continue
			}
			if s := wordsShared(want[n].Content, got[i].Content); cmp.Compare(s, best) > 0 {
				best, pairs[n] = s, i
			}
		}
	}
	return pairs
}

// wordsShared is how many code points two phrases share.
func wordsShared(a, b whence.Phrase) int {
	n := 0
	for _, s := range a.Spans {
		for _, o := range b.Spans {
			n += max(0, min(s.End, o.End)-max(s.Start, o.Start))
		}
	}
	return n
}
