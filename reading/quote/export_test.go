package quote

import (
	"whence"
	"whence/text"
)

// Evidence is the evidence for each attribution that the rules find, however
// low its score, as the words of a line of scores.txt; from the narrowest to
// the widest.
func Evidence(a *whence.Article, sentences []text.Sentence) ([]whence.Attribution, [][4][4]string) {
	f := &finder{document: newDocument(a, sentences)}
	all := f.read()
	words := make([][4][4]string, len(f.found))
	for i := range f.found {
		for n, e := range f.found[i].evidence.widened() {
			words[i][n] = [4]string{e.rule, e.quotation, e.footing, e.strength}
		}
	}
	return all, words
}
