package quote

import (
	"sort"
	"strings"
	"unicode"

	"whence"
	"whence/english"
	"whence/text"
)

// word is a token with what is known of it.
type word struct {
	text.Token
	*spelling
	quote   int  // 1 + index of the outermost speech quotation it stands in, marks included; 0 if none
	quoted  bool // it stands in quotation marks that are not those of a title or nickname
	mark    bool // it is a quotation mark
	capital bool
}

// span is a range of words.
type span struct{ from, to int }

func (s span) empty() bool { return s.from >= s.to }

// sentence is a range of words in one paragraph.
type sentence struct {
	span
	paragraph int
}

// document is an article made ready for the rules. Rules work on ranges of
// words; code points return when attributions are built.
type document struct {
	article    *whence.Article
	title      whence.Span // where its title stands in the text; empty where it does not
	index      *text.Index
	words      []word
	tokens     []string
	sentences  []sentence
	quotations []Quotation
	inQuote    []span // words of each quotation, marks included
}

// memory is what the documents of one reader are made in, one after another.
type memory struct {
	spellings  spellings
	quotations machine
	runes      []rune
	words      []word
	tokens     []string
	places     []place
	roles      []uint8
	scores     []uint8
	in         []int
}

// newDocument makes an article ready. What was made before in the same memory is
// gone.
func newDocument(a *whence.Article, sentences []text.Sentence, m *memory) *document {
	d := &document{article: a, index: text.NewIndex(a.Text)}
	d.title, _ = a.TitleSpan()
	paragraphs := paragraphsOf(a, sentences)
	m.runes = m.runes[:0]
	for _, r := range a.Text {
		m.runes = append(m.runes, r)
	}
	d.quotations = m.quotations.read(m.runes, paragraphs, sentences)
	n := 0
	for _, s := range sentences {
		n += len(s.Tokens)
	}
	m.words, m.tokens = resized(m.words, n), resized(m.tokens, n)
	d.words, d.tokens = m.words[:0], m.tokens[:0]
	at := 0
	for _, s := range sentences {
		for at+1 < len(paragraphs) && paragraphs[at].End <= s.Start {
			at++
		}
		from := len(d.words)
		for _, t := range s.Tokens {
			w := m.spellings.of(t.Text)
			d.words = append(d.words, word{Token: t, spelling: w, capital: w.upper, mark: w.quotes})
			d.tokens = append(d.tokens, t.Text)
		}
		d.lowerTitle(from)
		if len(d.sentences) == 0 || d.sentences[len(d.sentences)-1].paragraph != at {
			from = d.afterDateline(from)
		}
		if from < len(d.words) {
			d.sentences = append(d.sentences, sentence{span{from, len(d.words)}, at})
		}
	}
	d.markQuotations()
	d.cutAtQuotations()
	return d
}

// cutAtQuotations ends a sentence where a full stop outside of quotation marks
// is followed by speech, which segmentation may pass over.
func (d *document) cutAtQuotations() {
	cut := make([]sentence, 0, len(d.sentences))
	for _, s := range d.sentences {
		for i := s.from + 1; i < s.to-1; i++ {
			if d.final(i) && d.words[i].quote == 0 && d.words[i+1].quote > 0 && d.inQuote[d.words[i+1].quote-1].from == i+1 {
				cut = append(cut, sentence{span{s.from, i + 1}, s.paragraph})
				s.from = i + 1
			}
		}
		cut = append(cut, s)
	}
	d.sentences = cut
}

// paragraphsOf are the spans of the blocks that hold the sentences; without
// blocks, the whole text is one.
func paragraphsOf(a *whence.Article, sentences []text.Sentence) []whence.Span {
	var spans []whence.Span
	at := 0
	for _, b := range a.Blocks {
		for at < len(sentences) && sentences[at].End <= b.Start {
			at++
		}
		if at < len(sentences) && b.Overlaps(sentences[at].Span) {
			spans = append(spans, b.Span)
		}
	}
	if len(a.Blocks) == 0 {
		return paragraphsIn(a.Text, sentences)
	}
	return spans
}

// paragraphsIn takes paragraphs from the blank lines between sentences.
func paragraphsIn(s string, sentences []text.Sentence) []whence.Span {
	var spans []whence.Span
	x := text.NewIndex(s)
	for i, sentence := range sentences {
		if i == 0 || strings.Count(x.Slice(whence.Span{Start: spans[len(spans)-1].End, End: sentence.Start}), "\n") > 1 {
			spans = append(spans, sentence.Span)
			continue
		}
		spans[len(spans)-1].End = sentence.End
	}
	return spans
}

// lowerTitle forgets the capitals of verbs in a sentence that capitalises its
// words as titles do, from word from on.
func (d *document) lowerTitle(from int) {
	long, capitals := 0, 0
	for i := from; i < len(d.words); i++ {
		if w := &d.words[i]; w.letter && len(w.Text) > 3 {
			long++
			if w.capital {
				capitals++
			}
		}
	}
	if long < 4 || capitals*4 < long*3 {
		return
	}
	for i := from; i < len(d.words); i++ {
		if w := &d.words[i]; w.Form != 0 || w.Class.Has(english.Preposition|english.Auxiliary|english.Determiner|english.Possessive) {
			w.capital = false
		}
	}
}

// longestDateline is how many words may stand before the dash of a dateline.
const longestDateline = 14

// afterDateline is the first word after a dateline that begins at word from:
// "KARVIK, 3 May (AP) —"; from if there is none.
func (d *document) afterDateline(from int) int {
	if from >= len(d.words) || !shouted(d.tokens[from]) && !d.agencyLead(from) {
		return from
	}
	for i := from + 1; i < len(d.words) && i < from+longestDateline; i++ {
		switch d.tokens[i] {
		case "—", "–", "--", "―", "-":
			if d.words[i].Start > d.words[i-1].End || d.tokens[i] != "-" {
				return i + 1
			}
		}
	}
	return from
}

// agencyLead tells whether a place and an agency in brackets begin at word i:
// "Karvik (AP)".
func (d *document) agencyLead(i int) bool {
	for k := i + 1; k < i+5 && k+1 < len(d.words); k++ {
		if d.tokens[k] == "(" {
			return english.Lookup(d.tokens[k+1]).Class.Has(english.Outlet)
		}
	}
	return false
}

// shouted tells whether s is a word of two or more capitals alone.
func shouted(s string) bool {
	n := 0
	for _, r := range s {
		if !unicode.IsUpper(r) {
			return false
		}
		n++
	}
	return n > 1
}

func isMark(s string) bool {
	switch s {
	case `"`, "“", "”", "''", "``", "«", "»", "„", "‘":
		return true
	}
	return false
}

// markQuotations finds the words of each quotation and gives each word the
// outermost that is speech.
func (d *document) markQuotations() {
	d.inQuote = make([]span, len(d.quotations))
	for i, q := range d.quotations {
		from := sort.Search(len(d.words), func(n int) bool { return d.words[n].End > q.Start })
		to := sort.Search(len(d.words), func(n int) bool { return d.words[n].Start >= q.End })
		d.inQuote[i] = span{from, max(from, to)}
		if q.Class == Speech || q.Class == Scare {
			for k := from; k < to && !d.words[k].quoted; k++ {
				d.words[k].quoted = true
			}
		}
		if q.Class != Speech || from < to && d.words[from].quote > 0 {
			continue
		}
		for k := from; k < to; k++ {
			d.words[k].quote = i + 1
		}
		if from < to {
			d.words[from].mark = true
		}
		if to > from && q.Closed {
			d.words[to-1].mark = true
		}
	}
}

// is tells whether word i, if there is one, is of a class.
func (d *document) is(i int, c english.Class) bool {
	return i >= 0 && i < len(d.words) && d.words[i].Class.Has(c)
}

// part tells whether word i, if there is one, is the particle.
func (d *document) part(i int, p english.Particle) bool {
	return i >= 0 && i < len(d.words) && d.words[i].Particle == p
}

// text is the token at i, or "" outside.
func (d *document) text(i int) string {
	if i < 0 || i >= len(d.words) {
		return ""
	}
	return d.tokens[i]
}

// phrase is the length of the phrase of a class at i, ending before hi.
func (d *document) phrase(c english.Class, i, hi int) int {
	if i < 0 || i >= hi || !d.words[i].Starts.Has(c) {
		return 0
	}
	return english.Phrase(c, d.tokens[i:hi])
}

// sentenceAt is the index of the sentence that holds word i.
func (d *document) sentenceAt(i int) int {
	return sort.Search(len(d.sentences), func(n int) bool { return d.sentences[n].to > i })
}
