package reading

import (
	"strings"

	"whence"
	"whence/english"
	"whence/language"
	"whence/text"
)

// Reads tells whether whence reads texts of a language, a BCP 47 tag. An absent
// one speaks against nothing.
func Reads(tag string) bool { return tag == "" || language.Agree(tag, "en") }

// recognise is what the reading says of an article's language. What the text
// is recognised as goes before what is declared, which stands where the two
// agree ("en-GB") or nothing is recognised.
func recognise(a *whence.Article, body []whence.Span) string {
	found := language.Of(head(a.Text, body))
	if found == "" || language.Agree(a.Language, found) {
		return a.Language
	}
	return found
}

// head is the beginning of the body, as much as tells its language, a line for
// each span. Body nil is all of the text.
func head(s string, body []whence.Span) string {
	if body == nil {
		return s
	}
	var b strings.Builder
	at, taken, start := 0, 0, -1
	flush := func(end int) {
		if start >= 0 {
			b.WriteString(s[start:end])
			b.WriteByte('\n')
		}
		start = -1
	}
	for i := range s {
		for len(body) > 0 && body[0].End <= at {
			flush(i)
			body = body[1:]
		}
		if len(body) == 0 || taken == language.Sample {
			flush(i)
			return b.String()
		}
		if body[0].Start <= at {
			taken++
			if start < 0 {
				start = i
			}
		}
		at++
	}
	flush(len(s))
	return b.String()
}

const (
	// fewest is how many tokens it takes to see that a text is foreign, and most
	// how many are looked at.
	fewest, most = 15, 500
	// foreign is the share of English function words below which a text is in
	// another language. English news has .13 and more, mostly .27; other
	// languages have hardly any.
	foreign = 0.07
)

// isForeign tells whether a text of an unknown language is not English, by the
// share of the commonest English words.
func isForeign(sentences []text.Sentence) bool {
	tokens := make([]string, 0, most)
	for _, s := range sentences {
		for _, t := range s.Tokens {
			if len(tokens) == most {
				break
			}
			tokens = append(tokens, t.Text)
		}
	}
	return len(tokens) >= fewest && english.FunctionShare(tokens) < foreign
}
