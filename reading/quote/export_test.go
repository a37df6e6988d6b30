package quote

import (
	"whence"
	"whence/text"
)

// Evidence is the evidence for each attribution that the rules find, however
// low its score, as the words of a line of scores.txt; from the narrowest to
// the widest.
func Evidence(a *whence.Article, sentences []text.Sentence) ([]whence.Attribution, [][4][4]string) {
	f := &finder{document: newDocument(a, sentences, &memory{})}
	f.read()
	f.dialogue()
	all := f.attributions()
	byCue := map[whence.Span]evidence{}
	for i := range f.found {
		byCue[f.asPhrase(f.found[i].cue).Spans[0]] = f.found[i].evidence
	}
	words := make([][4][4]string, len(all))
	for i := range all {
		for n, e := range byCue[all[i].Cue.Spans[0]].widened() {
			words[i][n] = [4]string{e.rule, e.quotation, e.footing, e.strength}
		}
	}
	return all, words
}
