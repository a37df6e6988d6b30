// Package when reads times: the TIMEX3 expressions of TimeML 1.2.1 with their
// values, and the stretches that the words before them make of them.
//
// It is a grammar of its own over the words that package english sorts, and no
// model. A time is as long as the guidelines of TimeML have it: with its article
// and with what modifies it ("earlier this year", "at least three days"), without
// its preposition. Ages are no times.
//
// Values are told from the date of publication and from the tense of the verb
// above: "Tuesday" is the nearest past unless the verb looks ahead. They follow
// ISO 8601 as TIMEX3 does ("2025-10-28", "2025-W43", "2025-Q1", "2025-SU", "199",
// "P3D"), with an X for each digit that may be any. The package promises no value where none can be known:
// without a date of publication, or with one known to the month alone, "Tuesday"
// has none; nor has 31 February, nor a time of the clock that may be in the
// morning as well as in the evening. What names a point in neither past nor
// future alone is PAST_REF, PRESENT_REF or FUTURE_REF.
//
// It refuses to read numbers of more than nine digits, digits of other scripts,
// and years that are not written with four digits. It knows the Gregorian
// calendar, weeks that begin on Monday, and the seasons of the north.
//
// That the tense of the verb tells the direction is the method of Mani and Wilson,
// Robust temporal processing of news (2000).
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
// blocks to read, in reading order, with one tree each, and in its datelines and captions.
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
	for _, s := range outside(a) {
		add(s, nil)
	}
	p = newParser(a.Published) // what captions speak of says nothing of the text
	for i, s := range sentences {
		add(s, trees[i])
	}
	slices.SortStableFunc(times, func(x, y whence.Time) int { return x.Start - y.Start })
	for i := range times {
		times[i].ID = "t" + strconv.Itoa(i+1)
	}
	return times
}

// outside are the sentences of the datelines and captions, which have no trees.
func outside(a *whence.Article) []text.Sentence {
	var within []whence.Span
	for _, b := range a.Blocks {
		if b.Role == whence.RoleDateline || b.Role == whence.RoleCaption {
			within = append(within, b.Span)
		}
	}
	if within == nil {
		return nil
	}
	return text.Sentences(a.Text, within)
}
