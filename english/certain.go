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
	labels map[uint64]Label // by hash of the kind of arc
}

// CertainWord is the line of a table of certainties for a word, spelled with
// plain apostrophes.
func CertainWord(word string, t Tag) string { return word + "\t" + t.String() + "\n" }

// CertainArc is the line of a table of certainties for a kind of arc.
func CertainArc(k ArcKind, l Label) string {
	return fmt.Sprintf("%s %v %v %d\t%v\n", k.Word, k.Tag, k.Head, k.Side, l)
}

// ArcKind is what tells a certain label.
type ArcKind struct {
	Word      string // in small letters; * for any
	Tag, Head Tag    // of the word and of its head
	Side      uint8  // 0 where the head stands before the word, 1 where after
}

// AnyWord is the word of an ArcKind that speaks of tags alone.
const AnyWord = "*"

// arcHash tells kinds of arcs apart; word is the hash of the word.
func arcHash(word uint64, tag, head Tag, side uint8) uint64 {
	return Mix(word, uint64(tag)<<16|uint64(head)<<8|uint64(side))
}

// parseCertain reads a table of such lines.
func parseCertain(table string) (*certain, error) {
	c := &certain{tags: map[string]Tag{}, labels: map[uint64]Label{}}
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
	if len(arc) != 4 || arc[3] != "0" && arc[3] != "1" {
		return whence.ErrMalformed
	}
	tag, ok := TagNamed(arc[1])
	head, known := TagNamed(arc[2])
	l, labelled := LabelNamed(value)
	if !ok || !known || !labelled {
		return whence.ErrMalformed
	}
	c.labels[arcHash(Hash(arc[0]), tag, head, arc[3][0]-'0')] = l
	return nil
}

// label is the label of an arc between tags, NoLabel where there may be
// several.
func (c *certain) label(word uint64, tag, head Tag, side uint8) Label {
	if l, ok := c.labels[arcHash(word, tag, head, side)]; ok {
		return l
	}
	return c.labels[arcHash(hashOfAny, tag, head, side)]
}

var hashOfAny = Hash(AnyWord)
