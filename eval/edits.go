package eval

import (
	"fmt"
	"slices"
	"strings"

	"whence"
	"whence/lineage/edit"
	"whence/page"
	"whence/reading"
	"whence/sample"
)

// scoreEdits scores what package edit finds between the versions of the sample's
// pages: each change of the truth, of its kind and noted or silent, over words
// that hold the truth's or are held by them; the findings that the truth says it
// touches, by where they stand; and what else is found, which is invented.
func scoreEdits(w *strings.Builder, truth *sample.Gold) error {
	var must, right, findings, touched, invented, silent int
	var misses []string
	for _, want := range truth.Edits {
		before, err := versionOf(truth, want.Before)
		if err != nil {
			return err
		}
		after, err := versionOf(truth, want.After)
		if err != nil {
			return err
		}
		got := edit.Compare(before.reading, after.reading)
		used := map[int]bool{}
		for _, c := range want.Changes {
			must++
			findings += named(c.FigureAfter, c.FigureBefore) + named(c.AttributionAfter, c.AttributionBefore) + named(c.EventAfter, c.EventBefore)
			n := slices.IndexFunc(got.Changes, func(g edit.Change) bool {
				return string(g.Kind) == c.Kind && g.Noted == c.Noted && meets(g.Before, c.Before) && meets(g.After, c.After)
			})
			if n < 0 || used[n] {
				misses = append(misses, fmt.Sprintf("not found: %s: %s %v → %v, noted %t", want.After, c.Kind, c.Before, c.After, c.Noted))
				continue
			}
			used[n] = true
			right++
			hit, lost := touches(got.Changes[n], c, before, after)
			touched += hit
			for _, l := range lost {
				misses = append(misses, fmt.Sprintf("not touched: %s: %s", want.After, l))
			}
		}
		for i, g := range got.Changes {
			if !used[i] {
				invented++
				misses = append(misses, fmt.Sprintf("invented: %s: %s %v → %v, noted %t", want.After, g.Kind, g.Before, g.After, g.Noted))
			}
		}
		if got.Silent() != want.Noted {
			silent++
		}
	}
	fmt.Fprintf(w, "\n%d edits of pages\n\n%-16s %5d of %d\n%-16s %5d of %d\n%-16s %5d\n%-16s %5d of %d\n", len(truth.Edits),
		"changes right", right, must, "findings named", touched, findings, "invented", invented, "noted or silent", silent, len(truth.Edits))
	if len(misses) > 0 {
		fmt.Fprintf(w, "\n%s\n", strings.Join(misses, "\n"))
	}
	return nil
}

// named is 1 where a finding is named on either side.
func named(after, before string) int {
	if after == "" && before == "" {
		return 0
	}
	return 1
}

// readVersion is a page of the sample, read, with what is true of it.
type readVersion struct {
	reading *whence.Reading
	truth   *sample.Article
	locator *sample.Locator
}

func versionOf(truth *sample.Gold, file string) (*readVersion, error) {
	for _, p := range sample.Articles() {
		if p.Name != file {
			continue
		}
		a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			return nil, fmt.Errorf("reading the sample's %s: %w", p.Name, err)
		}
		known := truth.Article(file)
		return &readVersion{reading.Read(a), known, known.Locator(a.Text)}, nil
	}
	return nil, fmt.Errorf("the sample has no %s", file)
}

// meets tells whether a passage and the truth's hold each other's words.
func meets(got *edit.Passage, want *sample.Passage) bool {
	if got == nil || want == nil {
		return got == nil && want == nil
	}
	a, b := strings.Join(strings.Fields(got.Text), " "), strings.Join(strings.Fields(want.Text), " ")
	return strings.Contains(a, b) || strings.Contains(b, a)
}

// touches counts the findings that the truth says a change touches and the change
// names, and lists the others.
func touches(got edit.Change, want sample.Change, before, after *readVersion) (hit int, lost []string) {
	for _, kind := range []struct {
		name          string
		before, after string
		got           []edit.Touched
		found         func(*whence.Reading) map[string][]whence.Span
		known         func(*readVersion) map[string][]sample.Passage
	}{
		{"figure", want.FigureBefore, want.FigureAfter, got.Figures, foundFigures, knownFigures},
		{"attribution", want.AttributionBefore, want.AttributionAfter, got.Attributions, foundAttributions, knownAttributions},
		{"event", want.EventBefore, want.EventAfter, got.Events, foundEvents, knownEvents},
	} {
		if kind.before == "" && kind.after == "" {
			continue
		}
		is := func(p *readVersion, got, want string) bool {
			return (got == "") == (want == "") && (want == "" || p.overlap(kind.found(p.reading)[got], kind.known(p)[want]))
		}
		if slices.ContainsFunc(kind.got, func(t edit.Touched) bool { return is(before, t.Before, kind.before) && is(after, t.After, kind.after) }) {
			hit++
		} else {
			lost = append(lost, fmt.Sprintf("%s %s → %s: %v", kind.name, kind.before, kind.after, kind.got))
		}
	}
	return hit, lost
}

// auxiliaries is how far behind the truth's words a finding may begin: the truth
// takes “is to be” for an event whose head is “taken”.
const auxiliaries = 3

// overlap tells whether a finding stands where the truth has it.
func (p *readVersion) overlap(found []whence.Span, known []sample.Passage) bool {
	at, err := p.locator.Spans(known...)
	return err == nil && slices.ContainsFunc(at, func(s whence.Span) bool {
		s.End += auxiliaries
		return slices.ContainsFunc(found, s.Overlaps)
	})
}

func foundFigures(r *whence.Reading) map[string][]whence.Span {
	list := map[string][]whence.Span{}
	for _, f := range r.Figures {
		list[f.ID] = []whence.Span{f.Span}
	}
	return list
}

func foundAttributions(r *whence.Reading) map[string][]whence.Span {
	list := map[string][]whence.Span{}
	for _, a := range r.Attributions {
		list[a.ID] = slices.Concat(a.Cue.Spans, a.Content.Spans)
	}
	return list
}

func foundEvents(r *whence.Reading) map[string][]whence.Span {
	list := map[string][]whence.Span{}
	for _, e := range r.Events {
		list[e.ID] = []whence.Span{e.Span}
	}
	return list
}

func knownFigures(p *readVersion) map[string][]sample.Passage {
	list := map[string][]sample.Passage{}
	for _, f := range p.truth.Figures {
		list[f.ID] = []sample.Passage{f.Passage}
	}
	return list
}

func knownAttributions(p *readVersion) map[string][]sample.Passage {
	list := map[string][]sample.Passage{}
	for _, a := range p.truth.Attributions {
		list[a.ID] = slices.Concat(a.Cue, a.Content)
	}
	return list
}

func knownEvents(p *readVersion) map[string][]sample.Passage {
	list := map[string][]sample.Passage{}
	for _, e := range p.truth.Events {
		list[e.ID] = []sample.Passage{e.Passage}
	}
	return list
}
