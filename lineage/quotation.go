package lineage

import (
	"slices"

	"whence"
)

// closers gives for each opening mark what closes it. A straight mark is closed
// by another.
var closers = map[rune]string{
	'“': "”\"", '„': "“”", '«': "»", '‹': "›", '»': "«",
	'‘': "’", '‚': "‘’", '"': "\"”", '\'': "'",
}

// quotations are the words in quotation marks, blocks set as quotations, and posts,
// in order and apart. A quotation that its block leaves open ends with the block,
// unless its mark is one that also serves as an apostrophe.
func (c *cutter) quotations() []run {
	runs := c.runs[:0]
	for i, role := range c.roles {
		if role == whence.RoleQuote {
			runs = append(runs, run{c.edge(i - 1), c.edge(i)})
		}
	}
	runs = append(runs, c.posts...)
	open := -1 // the mark that is open
	end := func(to int) {
		if from := c.marks[open].word; to > from {
			runs = append(runs, run{from, to})
		}
		open = -1
	}
	for i, m := range c.marks {
		if open >= 0 && m.block != c.marks[open].block {
			if s := c.marks[open].sign; s != '‘' && s != '\'' && c.marks[open].block < len(c.edges) {
				end(c.edges[c.marks[open].block])
			}
			open = -1
		}
		switch {
		case open >= 0 && m.closes && slices.Contains([]rune(closers[c.marks[open].sign]), m.sign):
			end(m.word)
		case open < 0 && m.opens && closers[m.sign] != "":
			open = i
		}
	}
	if open >= 0 && c.marks[open].block < len(c.edges) && c.marks[open].sign != '‘' && c.marks[open].sign != '\'' {
		end(c.edges[c.marks[open].block])
	}
	c.runs = runs
	slices.SortFunc(runs, func(a, b run) int { return a.from - b.from })
	return slices.Clone(joined(runs))
}

// edge is where block i ends, in words; 0 before the first.
func (c *cutter) edge(i int) int {
	if i < 0 {
		return 0
	}
	return c.edges[i]
}

// joined makes one of runs that overlap, in their place. They are sorted by their
// beginnings.
func joined(runs []run) []run {
	out := runs[:0]
	for _, r := range runs {
		if n := len(out); n > 0 && r.from < out[n-1].to {
			out[n-1].to = max(out[n-1].to, r.to)
			continue
		}
		out = append(out, r)
	}
	return out
}
