package figure

import (
	"slices"

	"whence"
)

// contents are the spans of all contents of attributions, by their start.
// They are asked in reading order.
type contents struct {
	spans  []content
	next   int
	active []content
}

type content struct {
	whence.Span
	id     string
	length int // of the whole content
}

func newContents(attributions []whence.Attribution) *contents {
	c := &contents{}
	for i := range attributions {
		a := &attributions[i]
		length := 0
		for _, s := range a.Content.Spans {
			length += s.Len()
		}
		for _, s := range a.Content.Spans {
			c.spans = append(c.spans, content{s, a.ID, length})
		}
	}
	slices.SortStableFunc(c.spans, func(a, b content) int { return a.Start - b.Start })
	return c
}

// innermost is the id of the attribution with the shortest content that holds
// the span; spans are asked for in order.
func (c *contents) innermost(s whence.Span) string {
	for c.next < len(c.spans) && c.spans[c.next].Start <= s.Start {
		c.active = append(c.active, c.spans[c.next])
		c.next++
	}
	c.active = slices.DeleteFunc(c.active, func(x content) bool { return x.End <= s.Start })
	id, shortest := "", 0
	for _, x := range c.active {
		if x.Contains(s) && (id == "" || x.length <= shortest) {
			id, shortest = x.id, x.length
		}
	}
	return id
}
