// Package reading turns one article into one reading.
//
// [Read] is a pure function: the same article gives the same reading, and
// nothing is fetched, stored or remembered. It promises that every finding is
// words of the article's text at their exact place, so that
// [whence.Reading.Check] passes wherever the article's blocks are sound, and
// that findings come in reading order.
//
// It reads the article's own running text alone (see [whence.Role.Body]): not
// its title, which repeats the text; not captions, notices, credits, nor links
// to other stories. It refuses to guess at languages it does not know: a text
// that is not English gets no findings.
package reading

import (
	"sync"

	"whence"
	"whence/english"
	"whence/reading/quote"
	"whence/text"
)

// Read finds what is in a. The article is copied, not changed; where it
// declares no language and reads as English, the reading's language is "en".
func Read(a *whence.Article) *whence.Reading {
	r := &whence.Reading{Article: *a}
	body, ok := bodyOf(a)
	if !ok {
		return r
	}
	sentences := text.Sentences(a.Text, body)
	switch isEnglish(sentences) {
	case no:
		return r
	case yes:
		if r.Language == "" {
			r.Language = "en"
		}
	}
	reader := readers.Get().(*quote.Reader)
	r.Attributions = reader.Read(&r.Article, sentences)
	readers.Put(reader)
	return r
}

// readers keeps the memory of readers from one article to the next. What it
// holds changes no reading.
var readers = sync.Pool{New: func() any { return quote.NewReader() }}

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

// verdict is what the share of function words says of a language.
type verdict int

const (
	unsure verdict = iota // too short to tell
	no
	yes
)

const (
	// fewest is how many tokens it takes to tell a language, and most how many
	// are looked at.
	fewest, most = 40, 2000
	// foreign is the share of English function words below which a text is in
	// another language. English news has .13 and more, mostly .27; other
	// languages have hardly any.
	foreign = 0.07
)

// isEnglish judges the text by the share of the commonest English words in it.
func isEnglish(sentences []text.Sentence) verdict {
	tokens := make([]string, 0, most)
	for _, s := range sentences {
		for _, t := range s.Tokens {
			if len(tokens) == most {
				break
			}
			tokens = append(tokens, t.Text)
		}
	}
	switch {
	case len(tokens) < fewest:
		return unsure
	case english.FunctionShare(tokens) < foreign:
		return no
	}
	return yes
}
