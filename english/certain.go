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
	tags    map[string]Tag
	labels  [len(tagNames)][len(tagNames)][2]Label // of any word, by its tag, its head's and the side
	ofWords map[uint64]Label                       // of some words, by hash of the kind of arc
	sieve   [1 << (sieveBits - 6)]uint64           // a bit for each hash in ofWords
}

// sieveBits is how many of a hash's upper bits number its bit in the sieve: most
// arcs are of no kind that is certain of some word, which one look at a bit tells.
const sieveBits = 14

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
	c := &certain{tags: map[string]Tag{}, ofWords: map[uint64]Label{}}
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
	side := arc[3][0] - '0'
	if arc[0] == AnyWord {
		c.labels[tag][head][side] = l
		return nil
	}
	hash := arcHash(Hash(arc[0]), tag, head, side)
	c.ofWords[hash] = l
	word, bit := sieved(hash)
	c.sieve[word] |= bit
	return nil
}

// sieved is where the bit of a hash stands in the sieve.
func sieved(hash uint64) (word, bit uint64) {
	at := hash >> (64 - sieveBits)
	return at / 64, 1 << (at % 64)
}

// label is the label of an arc between tags, NoLabel where there may be
// several; side is 0 or 1.
func (c *certain) label(word uint64, tag, head Tag, side uint8) Label {
	hash := arcHash(word, tag, head, side)
	if word, bit := sieved(hash); c.sieve[word]&bit != 0 {
		if l, ok := c.ofWords[hash]; ok {
			return l
		}
	}
	return c.labels[tag][head][side&1]
}
