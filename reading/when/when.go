// Package when reads times: TIMEX3 expressions with their values.
package when

import (
	"slices"
	"strconv"

	"whence"
	"whence/english"
	"whence/text"
)

// The values that name no point of the calendar.
const (
	pastRef    = "PAST_REF"
	presentRef = "PRESENT_REF"
	futureRef  = "FUTURE_REF"
)

// Read finds the times of an article in its sentences, which are those of the
// blocks to read, in reading order, with one tree each, and in its datelines.
func Read(a *whence.Article, sentences []text.Sentence, trees []english.Tree) []whence.Time {
	p := newParser(a.Published)
	index := text.NewIndex(a.Text)
	var times []whence.Time
	add := func(s text.Sentence, tree english.Tree) {
		for k, f := range p.sentence(s, tree) {
			span := whence.Span{Start: s.Tokens[f.from].Start, End: s.Tokens[f.to-1].End}
			times = append(times, whence.Time{
				Span: span, Text: index.Slice(span), Type: f.kind, Value: f.value,
				Period: p.period(k),
			})
		}
	}
	for _, s := range datelines(a) {
		add(s, nil)
	}
	for i, s := range sentences {
		add(s, trees[i])
	}
	slices.SortStableFunc(times, func(x, y whence.Time) int { return x.Start - y.Start })
	for i := range times {
		times[i].ID = "t" + strconv.Itoa(i+1)
	}
	return times
}

// datelines are the sentences of the dateline blocks.
func datelines(a *whence.Article) []text.Sentence {
	var within []whence.Span
	for _, b := range a.Blocks {
		if b.Role == whence.RoleDateline {
			within = append(within, b.Span)
		}
	}
	if within == nil {
		return nil
	}
	return text.Sentences(a.Text, within)
}
