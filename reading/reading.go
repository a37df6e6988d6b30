// Package reading turns one article into one reading.
//
// [Read] is a pure function: the same article gives the same reading, and
// nothing is fetched, stored or remembered. It promises that every finding is
// words of the article's text at their exact place, so that
// [whence.Reading.Check] passes wherever the article's blocks are sound, and
// that findings come in reading order.
//
// It reads the article's own running text alone (see [whence.Role.Body]), for
// attributions, figures and events its title too, where it stands in the text, and for
// places its title, standfirst, dateline and captions: not notices, credits, nor links
// to other stories. It refuses to
// guess at languages it does not know: a text that is not English gets no
// findings.
package reading

import (
	"slices"
	"sync"
	"unicode/utf8"

	"whence"
	"whence/english"
	"whence/language"
	"whence/reading/figure"
	"whence/reading/name"
	"whence/reading/place"
	"whence/reading/quote"
	"whence/reading/status"
	"whence/reading/when"
	"whence/text"
)

// Read finds what is in a. The article is copied, not changed. The reading's
// language is the one declared, unless the text is recognised as another: then
// it is that, and [language.Unknown] where a text is plainly not English and no
// more can be told. Only where [Reads] holds of it is there anything found. A
// text of more than 32,768 tokens is read in windows of so many, each as if it
// stood alone. Blocks that overlap, are out of order or reach outside of the text
// are passed over: the text is read as if it had none.
func Read(a *whence.Article) *whence.Reading { return read(a, window) }

// read reads windows of at most so many tokens.
func read(a *whence.Article, atOnce int) *whence.Reading {
	if !sound(a) {
		plain := *a
		plain.Blocks = nil
		r := read(&plain, atOnce)
		r.Blocks = a.Blocks
		return r
	}
	r := &whence.Reading{Article: *a}
	body, ok := bodyOf(a)
	if !ok {
		return r
	}
	if r.Language = recognise(a, body); !Reads(r.Language) {
		return r
	}
	sentences := text.Sentences(a.Text, body)
	if isForeign(sentences) {
		r.Language = language.Unknown
		return r
	}
	s := readers.Get().(*reader)
	defer readers.Put(s)
	asides := windows(a.Text, asidesOf(a), atOnce)[0]
	parts := windows(a.Text, sentences, atOnce)
	last := numbering{}
	for i, part := range parts {
		near := len(asides)
		if i+1 < len(parts) {
			near = before(asides, parts[i+1][0].Start)
		}
		next := &whence.Reading{Article: r.Article}
		s.read(next, part, asides[:near])
		last.join(r, next, i+1 < len(parts))
		asides = asides[near:]
	}
	return r
}

// sound tells whether blocks are in order, apart and inside the text.
func sound(a *whence.Article) bool {
	end := 0
	for _, b := range a.Blocks {
		if b.Start < end || b.End < b.Start {
			return false
		}
		end = b.End
	}
	return end <= len(a.Text) && (len(a.Blocks) == 0 || end <= utf8.RuneCountInString(a.Text))
}

// read finds what is in some of the article's sentences, and which places the
// asides name.
func (s *reader) read(r *whence.Reading, sentences, asides []text.Sentence) {
	both := slices.Concat(sentences, asides)
	title, _ := r.TitleSpan()
	all := s.analyser.Titled(title, both)
	trees := all[:len(sentences):len(sentences)]
	whole, wholeTrees := inOrder(both, all)
	told, toldTrees := within(attributedOf(&r.Article), whole, wholeTrees)
	r.Attributions = s.quotes.Read(&r.Article, told, toldTrees, s.analyser.Clusters())
	names := name.Read(&r.Article, sentences, trees)
	r.Names = names.List
	for i := range r.Attributions {
		point(r.Attributions[i].Source, names)
	}
	r.Times = when.Read(&r.Article, sentences, trees)
	r.Places = place.Read(r, whole, wholeTrees)
	r.Figures = figure.Read(r, told, toldTrees)
	statuses := status.Read(r, s.quotes.Quotations(), told, toldTrees)
	r.Events = statuses.Events
	for i := range r.Figures {
		f := &r.Figures[i]
		f.Status, f.Hedge = statuses.Of(f.Span)
	}
}

// sureName is the confidence below which a source points to no name.
const sureName = 0.7

// point lets a source point to the name that it is, where that is sure.
func point(s *whence.Source, names *name.Names) {
	if s == nil || len(s.Spans) != 1 {
		return
	}
	if id, score, ok := names.Of(s.Spans[0]); ok && score >= sureName {
		s.Name = id
	}
}

// reader is what reading an article needs to remember from one to the next:
// models, and memory. It changes no reading.
type reader struct {
	analyser *english.Analyser
	quotes   *quote.Reader
}

// readers keeps readers for the next article.
var readers = sync.Pool{New: func() any {
	return &reader{analyser: english.NewAnalyser(), quotes: quote.NewReader()}
}}

// bodyOf is the spans of the body blocks. An article without blocks is read
// whole, for which body is nil; one with blocks but without a body is not read.
func bodyOf(a *whence.Article) (body []whence.Span, ok bool) {
	for _, b := range a.Blocks {
		if b.Role.Body() {
			body = append(body, b.Span)
		}
	}
	return body, len(body) > 0 || len(a.Blocks) == 0
}

// asidesOf is the sentences of the blocks around the body whose places and
// times are the article's own: titles, datelines, captions.
func asidesOf(a *whence.Article) []text.Sentence {
	var spans []whence.Span
	for _, b := range a.Blocks {
		switch b.Role {
		case whence.RoleTitle, whence.RoleStandfirst, whence.RoleDateline, whence.RoleCaption:
			spans = append(spans, b.Span)
		}
	}
	if len(spans) == 0 {
		return nil
	}
	return text.Sentences(a.Text, spans)
}

// inOrder puts sentences and their trees in reading order.
func inOrder(sentences []text.Sentence, trees []english.Tree) ([]text.Sentence, []english.Tree) {
	order := make([]int, len(sentences))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return sentences[i].Start - sentences[j].Start })
	sorted, sortedTrees := make([]text.Sentence, len(order)), make([]english.Tree, len(order))
	for n, i := range order {
		sorted[n], sortedTrees[n] = sentences[i], trees[i]
	}
	return sorted, sortedTrees
}

// attributedOf is the spans of the blocks in which attributions are read; nil,
// without blocks, is the whole article.
func attributedOf(a *whence.Article) []whence.Span {
	var spans []whence.Span
	for _, b := range a.Blocks {
		if b.Role.Attributed() {
			spans = append(spans, b.Span)
		}
	}
	return spans
}

// within is those of the sentences, and their trees, that stand in spans; all of
// them where there are none. Both are in reading order.
func within(spans []whence.Span, sentences []text.Sentence, trees []english.Tree) ([]text.Sentence, []english.Tree) {
	if len(spans) == 0 {
		return sentences, trees
	}
	in, inTrees := make([]text.Sentence, 0, len(sentences)), make([]english.Tree, 0, len(trees))
	for i, s := range sentences {
		for len(spans) > 0 && spans[0].End <= s.Start {
			spans = spans[1:]
		}
		if len(spans) > 0 && spans[0].Overlaps(s.Span) {
			in, inTrees = append(in, s), append(inTrees, trees[i])
		}
	}
	return in, inTrees
}
