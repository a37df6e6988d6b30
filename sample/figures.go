package sample

import (
	"strings"

	"whence"
)

// findings adds the figures and events of an article to its reading.
func (b *builder) findings(a *Article) {
	for _, f := range a.Figures {
		p := b.phrase([]Passage{f.Passage})
		if p.Zero() {
			continue
		}
		out := whence.Figure{ID: f.ID, Span: p.Spans[0], Text: p.Text, Qualifier: whence.Qualifier(f.Qualifier), Unit: f.Unit, Measure: f.Measure,
			Change: whence.Change(f.Change), PartOf: f.PartOf, Period: period(f.Period), Hedge: whence.Hedge(f.Hedge), Status: whence.Status(f.Status), Attribution: f.Attribution}
		out.Low, out.High = bound(f.Low), bound(f.High)
		if f.Counted != nil {
			if c := b.phrase([]Passage{*f.Counted}); !c.Zero() {
				out.Counted = &whence.Counted{Span: c.Spans[0], Head: counted(c.Text)}
			}
		}
		b.reading.Figures = append(b.reading.Figures, out)
	}
	for _, e := range a.Events {
		if p := b.phrase([]Passage{e.Passage}); !p.Zero() {
			b.reading.Events = append(b.reading.Events, whence.Event{ID: e.ID, Span: p.Spans[0], Text: p.Text,
				Status: whence.Status(e.Status), Hedge: whence.Hedge(e.Hedge), Attribution: e.Attribution})
		}
	}
}

func bound(v *float64) whence.Bound {
	if v == nil {
		return whence.Bound{}
	}
	return whence.At(*v)
}

// period reads "1994", or both ends with a stroke between.
func period(s string) whence.Period {
	begin, end, both := strings.Cut(s, "/")
	if !both {
		end = begin
	}
	b, errB := whence.ParseDate(begin)
	e, errE := whence.ParseDate(end)
	if errB != nil || errE != nil {
		return whence.Period{}
	}
	return whence.Period{Begin: b, End: e}
}

// counted is the noun of what is counted: the last word of its first part.
func counted(words string) string {
	words, _, _ = strings.Cut(words, " of ")
	words = strings.TrimSuffix(words, " ")
	return strings.ToLower(words[strings.LastIndexByte(words, ' ')+1:])
}
