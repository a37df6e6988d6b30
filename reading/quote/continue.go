package quote

import "slices"

// continueQuotations gives quotations that stand alone, without a cue of their
// own, to the attribution before them: in the same paragraph, or in the next
// one where that begins with the quotation.
func (f *finder) continueQuotations() {
	f.markContents()
	f.rejoin()
	starts := make(map[int]int, len(f.sentences)) // first word → sentence
	for i, s := range f.sentences {
		starts[s.from] = i
	}
	last := -1 // the last candidate before the quotation
	for qi, q := range f.quotations {
		words := f.inQuote[qi]
		if words.empty() || f.words[words.from].quote != qi+1 {
			continue
		}
		for last+1 < len(f.found) && f.found[last+1].cue.from < words.from {
			last++
		}
		i, alone := starts[words.from]
		if !alone || last < 0 || f.inContent[words.from] {
			continue
		}
		c := &f.found[last]
		s := f.sentences[i]
		if !f.endsSentence(words.to) || !f.speaks(c) {
			continue
		}
		near := s.paragraph == c.paragraph && f.sentenceGap(c, i) <= 1
		if q.Continues >= 0 && s.paragraph == c.paragraph+1 {
			near = true
		}
		if near {
			f.extend(c, words)
		}
	}
}

// markContents notes which words are content.
func (f *finder) markContents() {
	f.inContent = make([]bool, len(f.words))
	for i := range f.found {
		for _, s := range f.found[i].content {
			f.mark(s)
		}
	}
}

func (f *finder) mark(s span) {
	for i := s.from; i < s.to; i++ {
		f.inContent[i] = true
	}
}

// extend adds words at the end of a content.
func (f *finder) extend(c *candidate, words span) {
	c.content = append(c.content, words)
	f.mark(words)
}

// rejoin gives an attribution that follows the last paragraph of a quotation
// the paragraphs before, which were left open.
func (f *finder) rejoin() {
	for i := range f.found {
		c := &f.found[i]
		var before []span
		for _, s := range c.content {
			q := f.words[s.from].quote - 1
			for q >= 0 && f.inQuote[q].from == s.from && f.quotations[q].Continues >= 0 {
				q = f.quotations[q].Continues
				s = f.inQuote[q]
				if s.empty() || f.inContent[s.from] {
					break
				}
				before = append(before, s)
				f.mark(s)
			}
		}
		slices.Reverse(before)
		c.content = append(before, c.content...)
	}
}

// endsSentence tells whether a sentence ends before word i.
func (f *finder) endsSentence(i int) bool {
	if i >= len(f.words) {
		return true
	}
	k := f.sentenceAt(i)
	return f.sentences[k].from == i || f.final(i) && i+1 == f.sentences[k].to
}

// fewSpans is how many spans of a content are looked at for speech: those that
// were found with the cue.
const fewSpans = 4

// speaks tells whether the content of c holds speech that can go on.
func (f *finder) speaks(c *candidate) bool {
	for _, s := range c.content[:min(len(c.content), fewSpans)] {
		for i := s.from; i < s.to; i++ {
			if f.words[i].quote > 0 {
				return true
			}
		}
	}
	return false
}

// sentenceGap is how many sentences lie between the end of c and sentence i.
func (f *finder) sentenceGap(c *candidate, i int) int {
	return i - f.sentenceAt(c.end()-1)
}
