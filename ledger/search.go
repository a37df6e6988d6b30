package ledger

import (
	"context"
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

// newHit shows where the words of a search stand in an article. What the index
// finds by folding accents and case, this finds by folding case alone: where
// nothing is found, the snippet is the text's beginning.
func newHit(head store.Head, r *whence.Reading, q store.Query) Hit {
	text := []rune(r.Text)
	var found []whence.Span
	for _, t := range append(append([]string(nil), q.Terms...), q.Sources...) {
		found = append(found, occurrences(text, t)...)
	}
	first := bodyStart(r)
	if len(found) > 0 {
		first = found[0].Start
		for _, f := range found {
			first = min(first, f.Start)
		}
	}
	h := Hit{Head: head, Snippet: wholeWords(text, whence.Span{Start: first - before, End: first - before + snippet})}
	h.Words = string(text[h.Snippet.Start:h.Snippet.End])
	for _, f := range found {
		if h.Snippet.Contains(f) {
			h.Found = append(h.Found, f)
		}
	}
	return h
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
