package quote_test

import (
	"fmt"
	"testing"

	"whence"
	"whence/internal/golden"
	"whence/reading/quote"
)

var classNames = map[quote.Class]string{
	quote.Speech: "speech", quote.Scare: "scare", quote.Work: "work", quote.Nickname: "nickname",
}

func TestQuotations(t *testing.T) {
	const path = "testdata/quotations.txt"
	got := cases(t, path, func(lines []string) []string {
		a, sentences := article(lines)
		var paragraphs []whence.Span
		for _, b := range a.Blocks {
			paragraphs = append(paragraphs, b.Span)
		}
		text := []rune(a.Text)
		var out []string
		for i, q := range quote.Quotations(text, paragraphs, sentences) {
			line := fmt.Sprintf("%d %s %s", i, classNames[q.Class], string(text[q.Start:q.End]))
			if !q.Closed {
				line += " (open)"
			}
			if q.Parent >= 0 {
				line += fmt.Sprintf(" in %d", q.Parent)
			}
			if q.Continues >= 0 {
				line += fmt.Sprintf(" after %d", q.Continues)
			}
			out = append(out, line)
		}
		return out
	})
	golden.Check(t, path, got)
}
