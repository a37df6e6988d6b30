// Package figure reads figures: quantities with what they count and what
// happened to it.
//
// It promises that a figure's span holds the words of its number, with its
// qualifier and unit, and that what is said of it stands in its own sentence.
// What the sentence does not say is absent. Persons counted by an article ("a
// man was killed") are figures of one where their fate is a casualty's; those
// counted by a pronoun or a name are none (see [Toll], which counts them too).
package figure

import (
	"strconv"

	"whence"
	"whence/english"
	"whence/text"
)

// Read finds the figures of an article in its sentences, which are those of the
// blocks to read, in reading order, with one tree each. Names, attributions,
// times and places of the reading are found already.
func Read(r *whence.Reading, sentences []text.Sentence, trees []english.Tree) []whence.Figure {
	reader := &reader{contents: newContents(r.Attributions), times: r.Times, places: r.Places, published: r.Published}
	title, _ := r.TitleSpan()
	for i := range sentences {
		reader.sentence(&view{tokens: sentences[i].Tokens, tree: trees[i]}, sentences[i])
		if title.Contains(sentences[i].Span) {
			reader.here = len(reader.figures) // the text goes on with none of its
		}
	}
	reader.phrases(text.NewIndex(r.Text))
	return reader.figures
}

// reader gathers the figures of an article.
type reader struct {
	contents  *contents
	times     []whence.Time  // not yet passed
	places    []whence.Place // not yet passed
	published whence.Date
	memory    []Quantity
	figures   []whence.Figure
	before    int // the first figure of the sentence before
	here      int // the first figure of the last sentence with one
}

// sentence reads the figures of one sentence.
func (r *reader) sentence(v *view, s text.Sentence) {
	r.memory = Quantities(r.memory[:0], s, v.tree)
	v.quantities = r.memory
	counts := v.counts()
	if len(counts) == 0 {
		return
	}
	first := len(r.figures)
	r.before, r.here = r.here, first
	times, places := r.near(s.Span)
	for i := range counts {
		c := &counts[i]
		f := whence.Figure{
			ID: "f" + strconv.Itoa(len(r.figures)+1), Span: c.span,
			Low: c.Low, High: c.High, Qualifier: c.Qualifier, Unit: c.Unit,
			Measure: c.measure, Change: c.change,
			Attribution: r.contents.innermost(c.span),
		}
		if c.person && f.Unit == "" {
			f.Unit = "person"
		}
		if c.countedTo > c.countedFrom {
			f.Counted = &whence.Counted{Span: v.span(c.countedFrom, c.countedTo), Head: v.tree[c.head].Lemma}
		}
		f.Period = v.period(c, times, r.published)
		f.Place = v.place(c, places)
		if c.partOf >= 0 {
			f.PartOf = "f" + strconv.Itoa(first+c.partOf+1)
		} else if v.bare(c) {
			r.continues(v, c, &f, first)
		}
		r.figures = append(r.figures, f)
	}
}

// continues gives a number without a noun or a measure those of the casualties
// that the sentence before or its own told of: "The ministry says 13. The union
// says 17, four of them from one crew."
func (r *reader) continues(v *view, c *count, f *whence.Figure, first int) {
	for i := len(r.figures) - 1; i >= r.before; i-- {
		last := &r.figures[i]
		if !casualties[last.Measure] || last.Unit != "person" || last.PartOf != "" {
			continue
		}
		f.Measure, f.Unit = last.Measure, last.Unit
		if i < first && v.ofThem(c) && !(f.Low.Known && last.High.Known && f.Low.Value > last.High.Value) {
			f.PartOf = last.ID
		}
		return
	}
}

// near gives the times and places of a sentence, and passes over those before.
func (r *reader) near(s whence.Span) ([]whence.Time, []whence.Place) {
	for len(r.times) > 0 && r.times[0].End <= s.Start {
		r.times = r.times[1:]
	}
	for len(r.places) > 0 && r.places[0].End <= s.Start {
		r.places = r.places[1:]
	}
	t, p := 0, 0
	for t < len(r.times) && r.times[t].Start < s.End {
		t++
	}
	for p < len(r.places) && r.places[p].Start < s.End {
		p++
	}
	return r.times[:t], r.places[:p]
}

// phrases fills in the words of all figures.
func (r *reader) phrases(x *text.Index) {
	for i := range r.figures {
		r.figures[i].Text = x.Slice(r.figures[i].Span)
	}
}

// view is a sentence as figures see it.
type view struct {
	tokens     []text.Token
	tree       english.Tree
	quantities []Quantity
}

func (v *view) span(from, to int) whence.Span {
	return whence.Span{Start: v.tokens[from].Start, End: v.tokens[to-1].End}
}

// count is a quantity on the way to a figure.
type count struct {
	Quantity
	span        whence.Span
	head        int // of what is counted, -1 where it is left out
	countedFrom int
	countedTo   int
	node        int // the word that stands for the figure in the tree
	governor    int // the word that gives the measure, -1 for none
	measure     string
	person      bool
	change      whence.Change
	divided     bool // another count is a part of it: "three of its five boats"
	partOf      int  // number of the count that this one is a part of, or -1
}

func newCount(q Quantity) count { return count{Quantity: q, head: -1, partOf: -1, governor: -1} }

// counts gives the figures of the sentence, in order.
func (v *view) counts() []count {
	var all []count
	for _, q := range v.quantities {
		if q.Kind == Label || q.Kind == Rank || q.Kind == Age {
			continue
		}
		if by, to, ok := v.change(q); ok {
			all = append(all, newCount(by), newCount(to))
			continue
		}
		all = append(all, newCount(q))
	}
	all = v.single(all)
	for i := range all {
		v.counted(all, i)
	}
	for i := range all {
		v.measured(all, i)
	}
	return all
}
