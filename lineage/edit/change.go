package edit

import (
	"slices"

	"whence"
)

// changes lists what differs, in the order of the later version; what was removed
// stands where it stood.
func (c *comparison) changes() []Change {
	list := []Change{}
	i := 0 // the next sentence of the old version
	removed := func(to int) {
		for ; i < to; i++ {
			if s := c.old.sentences[i]; s.other < 0 && !s.gone {
				list = c.append(list, Change{Kind: Removed, Before: at(s.Span)})
			}
		}
	}
	for j, s := range c.new.sentences {
		switch {
		case s.gone:
		case s.other < 0:
			list = c.append(list, Change{Kind: Added, After: at(s.Span)})
		case c.stays[j]:
			removed(s.other)
			if change, differs := c.inside(s.other, j, false); differs {
				list = append(list, change)
			}
		case s.exact:
			list = c.append(list, Change{Kind: Moved, Before: at(c.old.sentences[s.other].Span), After: at(s.Span)})
		default:
			change, _ := c.inside(s.other, j, true)
			list = append(list, change)
		}
	}
	removed(len(c.old.sentences))
	for _, change := range list { // now that no passage grows any more
		c.old.fill(change.Before)
		c.new.fill(change.After)
	}
	return list
}

// append adds a change, or adds it to the last one where both are of sentences
// that follow each other in one block, on either side.
func (c *comparison) append(list []Change, change Change) []Change {
	if len(list) > 0 {
		last := &list[len(list)-1]
		if last.Kind == change.Kind && c.old.follow(last.Before, change.Before) && c.new.follow(last.After, change.After) {
			last.Before, last.After = joined(last.Before, change.Before), joined(last.After, change.After)
			return list
		}
	}
	return append(list, change)
}

// follow tells whether nothing but white space parts two passages of one block.
func (v *version) follow(a, b *Passage) bool {
	if a == nil || b == nil {
		return a == b
	}
	if a.End > b.Start || slices.ContainsFunc(v.text[a.End:b.Start], func(r rune) bool { return r == '\n' || letter(r) }) {
		return false
	}
	number := func(p *Passage) int {
		n, _ := slices.BinarySearchFunc(v.sentences, p.Start, func(s sentence, start int) int { return s.Start - start })
		return n
	}
	x, y := number(a), number(b)
	return x < len(v.sentences) && y < len(v.sentences) && v.sentences[x].block == v.sentences[y].block
}

// joined is from the beginning of one passage to the end of the next.
func joined(a, b *Passage) *Passage {
	if a == nil {
		return nil
	}
	return at(whence.Span{Start: a.Start, End: b.End})
}

// at is a passage whose words are yet to be filled in.
func at(s whence.Span) *Passage { return &Passage{Span: s} }

func (v *version) fill(p *Passage) {
	if p != nil {
		p.Text = string(v.text[p.Start:p.End])
	}
}

// inside compares the words of a rewritten sentence. Whole leaves the sentences as
// they are; else Before and After are narrowed to what differs, if anything does.
func (c *comparison) inside(i, j int, whole bool) (change Change, differs bool) {
	x, y := &c.old.sentences[i], &c.new.sentences[j]
	a, b := x.words, y.words
	var runs []run
	if c.swapped {
		runs = c.differences(b, a)
		for n, r := range runs {
			runs[n] = run{r.to, r.from}
		}
	} else {
		runs = c.differences(a, b)
	}
	if len(runs) == 0 && !whole {
		return change, false
	}
	change = Change{Kind: Changed, Moved: whole, Sentence: &Sides{&x.Span, &y.Span}}
	for _, r := range runs {
		change.Words = append(change.Words, Sides{r.from.of(a), r.to.of(b)})
	}
	if whole {
		change.Before, change.After = at(x.Span), at(y.Span)
		return change, true
	}
	first, last := runs[0], runs[len(runs)-1]
	outer := run{stretch{first.from.start, last.from.end}, stretch{first.to.start, last.to.end}}
	if outer.from.empty() || outer.to.empty() { // a word beside it shows where
		if outer.from.start > 0 && outer.to.start > 0 {
			outer.from.start--
			outer.to.start--
		} else {
			outer.from.end++
			outer.to.end++
		}
	}
	change.Before, change.After = at(*outer.from.of(a)), at(*outer.to.of(b))
	return change, true
}

// stretch is a row of words, by their numbers.
type stretch struct{ start, end int }

func (s stretch) empty() bool { return s.start >= s.end }

// of is where a stretch stands; nil where it is empty.
func (s stretch) of(words []word) *whence.Span {
	if s.empty() {
		return nil
	}
	return &whence.Span{Start: words[s.start].Start, End: words[s.end-1].End}
}

// run is words that took the place of others.
type run struct{ from, to stretch }

// The bounds on comparing words: one sentence, and all of a comparison, in pairs
// of words. Past them the middle of a sentence is one difference.
const (
	mostCells    = 250_000
	mostCellsAll = 10_000_000
)

// near is how many words that are the same, alone between two that differ, are
// taken as chance.
const near = 1

// differences are the runs of words that differ, by the longest common
// subsequence (Hunt and McIlroy 1976).
func (c *comparison) differences(a, b []word) []run {
	head, tail := sameEnds(a, b)
	x, y := a[head:len(a)-tail], b[head:len(b)-tail]
	cells := (len(x) + 1) * (len(y) + 1)
	if len(x) == 0 || len(y) == 0 || cells > mostCells || c.cells+cells > mostCellsAll {
		if len(x)+len(y) == 0 {
			return nil
		}
		return []run{{stretch{head, len(a) - tail}, stretch{head, len(b) - tail}}}
	}
	c.cells += cells
	longest, width := longestCommon(x, y), len(y)+1
	var runs []run
	for i, j := 0, 0; i < len(x) || j < len(y); {
		r := run{stretch{i, i}, stretch{j, j}}
		for i < len(x) && j < len(y) && x[i].plain == y[j].plain {
			i, j = i+1, j+1
		}
		r.from.start, r.to.start = i, j
		for (i < len(x) || j < len(y)) && !(i < len(x) && j < len(y) && x[i].plain == y[j].plain) {
			if j == len(y) || i < len(x) && longest[(i+1)*width+j] >= longest[i*width+j+1] {
				i++
			} else {
				j++
			}
		}
		r.from.end, r.to.end = i, j
		if n := len(runs); n > 0 && r.from.start+head-runs[n-1].from.end <= near {
			runs[n-1].from.end, runs[n-1].to.end = i+head, j+head
		} else if !r.from.empty() || !r.to.empty() {
			runs = append(runs, run{stretch{r.from.start + head, i + head}, stretch{r.to.start + head, j + head}})
		}
	}
	return runs
}

// sameEnds are how many words two texts begin with alike, and end with alike
// behind those.
func sameEnds(a, b []word) (head, tail int) {
	least := min(len(a), len(b))
	for head < least && a[head].plain == b[head].plain {
		head++
	}
	for tail < least-head && a[len(a)-1-tail].plain == b[len(b)-1-tail].plain {
		tail++
	}
	return head, tail
}

// longestCommon are the lengths of the longest common subsequences of what is
// left of x from i on and of y from j on, at i*(len(y)+1)+j.
func longestCommon(x, y []word) []uint32 {
	width := len(y) + 1
	longest := make([]uint32, (len(x)+1)*width)
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i].plain == y[j].plain {
				longest[i*width+j] = longest[(i+1)*width+j+1] + 1
			} else {
				longest[i*width+j] = max(longest[(i+1)*width+j], longest[i*width+j+1])
			}
		}
	}
	return longest
}
