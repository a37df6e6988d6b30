// Package reading turns one article into one reading; pure functions.
package reading

import (
	"whence"
	"whence/reading/quote"
	"whence/text"
)

// Read finds what is in a.
func Read(a *whence.Article) *whence.Reading {
	var body []whence.Span
	for _, b := range a.Blocks {
		if b.Role.Body() {
			body = append(body, b.Span)
		}
	}
	return &whence.Reading{Article: *a, Attributions: quote.Read(a, text.Sentences(a.Text, body))}
}
