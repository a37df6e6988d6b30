package english

import (
	"fmt"
	"strings"

	"whence"
)

// certain is what needs no model: words that as good as always have one tag,
// and arcs between tags that as good as always have one label. Half of all
// words are such.
type certain struct {
	tags   map[string]Tag
	labels [256][256][2]Label // by tag, tag of the head, and side
}

// CertainWord is the line of a table of certainties for a word, spelled with
// plain apostrophes.
func CertainWord(word string, t Tag) string { return word + "\t" + t.String() + "\n" }

// CertainArc is the line of a table of certainties for arcs from a head.
func CertainArc(a ArcKind, l Label) string {
	return fmt.Sprintf("%v %v %d\t%v\n", a.Tag, a.Head, a.Side, l)
}

// ArcKind is what tells a certain label: the tags of a word and of its head,
// and whether the head stands before (0) or after (1) it.
type ArcKind struct {
	Tag, Head Tag
	Side      uint8
}

// parseCertain reads a table of such lines.
func parseCertain(table string) (*certain, error) {
	c := &certain{tags: make(map[string]Tag, strings.Count(table, "\n"))}
	for line := range strings.Lines(table) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if err := c.add(key, value); err != nil {
			return nil, fmt.Errorf("reading certainties: line %q: %w", line, err)
		}
	}
	return c, nil
}

func (c *certain) add(key, value string) error {
	arc := strings.Fields(key)
	if len(arc) == 1 {
		t, ok := TagNamed(value)
		if !ok {
			return whence.ErrMalformed
		}
		c.tags[arc[0]] = t
		return nil
	}
	if len(arc) != 3 || arc[2] != "0" && arc[2] != "1" {
		return whence.ErrMalformed
	}
	tag, ok := TagNamed(arc[0])
	head, known := TagNamed(arc[1])
	l, labelled := LabelNamed(value)
	if !ok || !known || !labelled {
		return whence.ErrMalformed
	}
	c.labels[tag][head][arc[2][0]-'0'] = l
	return nil
}

// Kind is the kind of the arc to word d, which must not depend on the root.
func (a *Arcs) Kind(d int32) ArcKind {
	k := ArcKind{Tag: a.tags[d], Head: a.tags[a.heads[d]]}
	if a.heads[d] > d {
		k.Side = 1
	}
	return k
}
