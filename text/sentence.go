package text

import "strings"

// boundaries appends the ends of the sentences of the part whose tokens start
// with number first.
func (c *scanner) boundaries(ends []int, first int) []int {
	for i := first; i < len(c.tokens); i++ {
		if i+1 == len(c.tokens) || c.endsAt(i, first) {
			ends = append(ends, i+1)
		}
	}
	return ends
}

// endsAt tells whether a sentence ends after token i.
func (c *scanner) endsAt(i, first int) bool {
	if c.gaps[i+1] == none {
		return false
	}
	stop := i
	for stop > first && closer(c.tokens[stop].Text) && c.gaps[stop] == none {
		stop--
	}
	end := c.tokens[stop].Text
	next := c.tokens[i+1].Text
	k, _ := classAt(next, 0)
	if k&lower != 0 {
		return false
	}
	switch end[len(end)-1] {
	case '.', '!', '?':
		if len(end) > 1 && end[0] != '.' && strings.HasSuffix(end, ".") {
			return i == stop && starter(next) && known(abbreviations, strings.TrimSuffix(end, ".")) == 0 && len(end) > 2
		}
		return true
	}
	return strings.HasSuffix(end, "…")
}

func closer(s string) bool {
	switch s {
	case ")", "]", "\"", "'", "”", "’", "''", "»":
		return true
	}
	return false
}

func starter(s string) bool {
	switch s {
	case "The", "He", "She", "It", "They", "We", "I", "But", "And", "In", "On", "A", "An", "This", "That", "These", "There", "However":
		return true
	}
	return false
}
