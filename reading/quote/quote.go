// Package quote reads attributions.
package quote

import (
	"whence"
	"whence/text"
)

// Read finds the attributions of an article in its sentences, which are those
// of its body blocks, in reading order.
func Read(a *whence.Article, sentences []text.Sentence) []whence.Attribution {
	return Rules(a, sentences)
}
