package ledger

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence"
	"whence/store"
)

// Hit is an article that a search found.
type Hit struct {
	store.Head
	Snippet whence.Span   // a part of the text, around the first words found
	Words   string        // that part's words
	Found   []whence.Span // the words found in it, as places in the text
	Before  bool          // the block goes on before the part
	After   bool          // and after it
}

// Search finds the latest articles that match, at most limit.
func (l *Ledger) Search(ctx context.Context, q store.Query, limit int) ([]Hit, error) {
	q.Limit = limit
	var hits []Hit
	err := l.store.View(ctx, func(r store.Reader) error {
		for k, err := range r.Search(q) {
			if err != nil {
				return err
			}
			head, err := r.Head(k)
			if err != nil {
				return err
			}
			reading, err := r.Reading(k)
			if err != nil {
				return err
			}
			hits = append(hits, newHit(head, reading, q))
		}
		return nil
	})
	return hits, err
}

// The sizes of a snippet, in code points: what is shown before the first words
// found, and in all.
const (
	before  = 60
	snippet = 240
)

// newHit shows where an article holds what a search asks for: the first finding
// that has all of what is asked of findings, or else the most of it; else the
// first words; else the beginning of the body. What the index finds by folding
// accents and case, this finds by folding case alone.
func newHit(head store.Head, r *whence.Reading, q store.Query) Hit {
	text := []rune(r.Text)
	var found []whence.Span
	for _, t := range q.Terms {
		found = append(found, occurrences(text, t)...)
	}
	first := bodyStart(r)
	if f, ok := sought(r, q); ok {
		first = f.from
		found = append(found, f.shown...)
	} else if len(found) > 0 {
		first = earliest(text, r, found)
	}
	slices.SortFunc(found, func(a, b whence.Span) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	block := blockAt(r, first, len(text))
	h := Hit{Head: head, Snippet: wholeWords(text, window(block, first))}
	h.Before, h.After = goesOn(text, whence.Span{Start: block.Start, End: h.Snippet.Start}), goesOn(text, whence.Span{Start: h.Snippet.End, End: block.End})
	h.Words = string(text[h.Snippet.Start:h.Snippet.End])
	end := 0
	for _, f := range found {
		if h.Snippet.Contains(f) && f.Start >= end {
			h.Found = append(h.Found, f)
			end = f.End
		}
	}
	return h
}

// goesOn tells whether a stretch has any words.
func goesOn(text []rune, s whence.Span) bool {
	return s.Start < s.End && slices.ContainsFunc(text[s.Start:s.End], letter)
}

// earliest is the first place that was found in the body, or else at all: that the
// title holds a word is seen from the title.
func earliest(text []rune, r *whence.Reading, found []whence.Span) int {
	first, body := len(text), len(text)
	start := bodyStart(r)
	for _, f := range found {
		first = min(first, f.Start)
		if f.Start >= start {
			body = min(body, f.Start)
		}
	}
	if body < len(text) {
		return body
	}
	return first
}

// window is the part of a block around a place.
func window(block whence.Span, at int) whence.Span {
	s := whence.Span{Start: max(block.Start, at-before)}
	s.End = min(block.End, s.Start+snippet)
	s.Start = max(block.Start, min(s.Start, s.End-snippet))
	return s
}

// blockAt is the block that holds a place; the whole text where none does.
func blockAt(r *whence.Reading, at, length int) whence.Span {
	for _, b := range r.Blocks {
		if b.Start <= at && at < b.End {
			return b.Span
		}
	}
	return whence.Span{End: length}
}

// sighting is a finding that a search asks for: where it begins, and the words to
// show.
type sighting struct {
	from  int
	shown []whence.Span
}

// sought is the first of the findings that have the most of what a search asks of
// findings.
func sought(r *whence.Reading, q store.Query) (best sighting, ok bool) {
	most := 0
	offer := func(have int, from int, shown ...whence.Span) {
		if have > most || have == most && have > 0 && from < best.from {
			most, best = have, sighting{from, shown}
		}
	}
	asked := map[store.Mark]bool{}
	for _, m := range q.Marks {
		asked[m] = true
	}
	has := func(marks ...store.Mark) (n int) {
		for _, m := range marks {
			if m != "" && asked[m] {
				n++
			}
		}
		return n
	}
	names := map[string]string{}
	for _, n := range r.Names {
		names[n.ID] = n.Name
	}
	speaker := map[string]bool{} // ids of attributions by a source that is asked for
	for _, a := range r.Attributions {
		have := has(store.NewMark("kind", string(a.Kind)), store.NewMark("quotation", string(a.Quotation)), store.NewMark("response", string(a.Response)))
		shown := a.Cue.Spans
		if a.Source != nil {
			shown = a.Source.Spans
			have += has(store.NewMark("source_kind", string(a.Source.Kind)))
			if a.Source.Anonymous {
				have += has("anonymous:yes")
			}
			if holdsAny(a.Source.Text, q.Sources) || holdsAny(names[a.Source.Name], q.Sources) {
				have++
				speaker[a.ID] = true
			}
		}
		if spans := slices.Concat(shown, a.Cue.Spans, a.Content.Spans); len(spans) > 0 {
			from := slices.MinFunc(spans, func(x, y whence.Span) int { return x.Start - y.Start }).Start
			offer(have, from, shown...)
		}
	}
	for _, f := range r.Figures {
		have := has(store.NewMark("measure", f.Measure), store.NewMark("status", string(f.Status)))
		if have > 0 && speaker[f.Attribution] {
			have++
		}
		offer(have, f.Start, f.Span)
	}
	for _, e := range r.Events {
		have := has(store.NewMark("status", string(e.Status)))
		if have > 0 && speaker[e.Attribution] {
			have++
		}
		offer(have, e.Start, e.Span)
	}
	return best, most > 0
}

// holdsAny tells whether words hold one of some phrases.
func holdsAny(words string, phrases []string) bool {
	text := []rune(words)
	return slices.ContainsFunc(phrases, func(p string) bool { return len(occurrences(text, p)) > 0 })
}

// bodyStart is where the article's own text begins, after title and byline.
func bodyStart(r *whence.Reading) int {
	for _, b := range r.Blocks {
		if b.Role.Body() {
			return b.Start
		}
	}
	return 0
}

// mostFound bounds how many places of a term are looked for.
const mostFound = 20

// occurrences are the places of a term, as whole words and in any case.
func occurrences(text []rune, term string) []whence.Span {
	words := strings.FieldsFunc(term, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) })
	if len(words) == 0 {
		return nil
	}
	var found []whence.Span
	for i := 0; i < len(text) && len(found) < mostFound; i++ {
		if i > 0 && letter(text[i-1]) {
			continue
		}
		if end := phraseEnd(text, i, words); end > 0 {
			found = append(found, whence.Span{Start: i, End: end})
			i = end
		}
	}
	return found
}

// phraseEnd is where the words that begin at a place end; 0 if others stand
// there.
func phraseEnd(text []rune, at int, words []string) int {
	for i, w := range words {
		if i > 0 {
			for at < len(text) && !letter(text[at]) {
				at++
			}
		}
		n := utf8.RuneCountInString(w)
		if at+n > len(text) || !strings.EqualFold(string(text[at:at+n]), w) || at+n < len(text) && letter(text[at+n]) {
			return 0
		}
		at += n
	}
	return at
}

func letter(c rune) bool { return unicode.IsLetter(c) || unicode.IsNumber(c) }

// wholeWords moves the ends of a span to the edges of words inside the text.
func wholeWords(text []rune, s whence.Span) whence.Span {
	s.Start, s.End = max(0, s.Start), min(len(text), max(0, s.End))
	for s.Start > 0 && s.Start < s.End && letter(text[s.Start-1]) && letter(text[s.Start]) {
		s.Start++
	}
	for s.Start < s.End && unicode.IsSpace(text[s.Start]) {
		s.Start++
	}
	for s.End < len(text) && s.End > s.Start && letter(text[s.End-1]) && letter(text[s.End]) {
		s.End--
	}
	for s.End > s.Start && unicode.IsSpace(text[s.End-1]) {
		s.End--
	}
	return s
}
