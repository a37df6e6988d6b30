package lineage

import (
	_ "embed"
	"strings"
	"sync"
	"time"
)

//go:embed data/common.txt
var commonTable string

// commonWords are the hashes of words that say nothing of where words come from.
type commonWords [1 << commonBits]uint32

// commonBits give room for several times as many words as there are.
const commonBits = 11

// commons makes a table in which each word stands at one of two places, whichever
// could be had (Pagh and Rodler's cuckoo hashing), so that looking one up takes no
// branch: every other word of a text is common, which cannot be guessed.
var commons = sync.OnceValue(func() *commonWords {
	var table commonWords
	for line := range strings.Lines(commonTable) {
		if strings.HasPrefix(line, ";") {
			continue
		}
		var c cutter
		c.cut(line, 0)
		for _, w := range c.words {
			if table.has(w) {
				continue
			}
			// Who is driven out goes to his other place.
			at := firstPlace(w)
			for moves := 0; w != 0; moves++ {
				if moves == len(table) {
					panic("the common words do not fit their table") // compiled in, and tests look them up
				}
				w, table[at] = table[at], w
				at = firstPlace(w) ^ secondPlace(w) ^ at
			}
		}
	}
	return &table
})

func firstPlace(hash uint32) uint32  { return hash % (1 << commonBits) }
func secondPlace(hash uint32) uint32 { return hash >> commonBits % (1 << commonBits) }

func (t *commonWords) has(hash uint32) bool {
	return min(t[firstPlace(hash)]^hash, t[secondPlace(hash)]^hash) == 0
}

const (
	// fewestTelling is how many words of a quotation in common must be others than
	// everybody's for it to be more than a phrase, where it is shorter than
	// muchQuotedLater; one less where one speaker has them on both sides.
	fewestTelling = 3
	// longAgo is how long after each other two articles came out that share by
	// chance what would be telling of two of one week: names with titles, and
	// phrases; muchLater and muchQuotedLater are how many words of prose, and of a
	// quotation, are telling all the same.
	longAgo                    = 14 * 24 * time.Hour
	muchLater, muchQuotedLater = 25, 7
)

// telling counts the words of a match that are not everybody's.
func (t *Text) telling(m match) int { return t.codes.telling(m.a, m.a+m.n) }

// apart tells whether two articles surely came out long after one another.
func apart(a, b *facts) bool {
	gap := func(x, y *facts) bool { return !x.to.IsZero() && !y.from.IsZero() && y.from.Sub(x.to) > longAgo }
	return gap(a, b) || gap(b, a)
}

// oneSpeaker tells whether both articles have the words of a match from somebody
// whom both name, by surname.
func oneSpeaker(a, b *Text, m match) bool {
	p := passage(a, b, m)
	x, y := a.facts.speaker(p.Span), b.facts.speaker(p.Other())
	return x.named && y.named && strings.EqualFold(surname(x.who), surname(y.who))
}

func surname(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }
