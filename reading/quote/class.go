package quote

import (
	"sort"
	"unicode"

	"whence/english"
	"whence/text"
)

// classify tells speech from the quotations that quote no one, by length,
// verb, capitals and what stands before.
func (m *machine) classify() {
	if len(m.found) == 0 {
		return
	}
	m.tokens = m.tokens[:0]
	for _, s := range m.sentences {
		m.tokens = append(m.tokens, s.Tokens...)
	}
	tokens, at := m.tokens, 0
	for i := range m.found {
		q := &m.found[i]
		if q.Parent >= 0 && !m.found[q.Parent].Contains(q.Span) {
			q.Parent = -1
		}
		for at < len(tokens) && tokens[at].End <= q.Start {
			at++
		}
		if q.Closed && q.Continues < 0 {
			q.Class = m.class(tokens, at, *q)
		}
	}
}

// longestName is the most words that a title or nickname may have, and
// longestScare the most that a scare quote may have.
const (
	longestName  = 10
	longestScare = 3
)

// tally counts what the words of a quotation look like.
type tally struct {
	words, capitals, verbs int
	small                  int // articles, prepositions and the like, which titles leave uncapitalised
}

func (t *tally) add(token string) {
	r := firstRune(token)
	if !isWord(r) {
		return
	}
	w := english.Lookup(token)
	t.words++
	capital := unicode.IsUpper(r)
	switch {
	case capital || unicode.IsDigit(r):
		t.capitals++
	case w.Class.Has(english.Determiner | english.Preposition | english.Conjunction | english.Possessive):
		t.small++
	}
	finite := w.Verb != nil && w.Form.Has(english.Past|english.Third) && !capital
	if !w.Class.Has(english.Naming) && (finite || w.Class.Has(english.Auxiliary|english.SubjectPronoun)) {
		t.verbs++
	}
}

// isName tells whether the words are written as names and titles are.
func (t *tally) isName() bool { return t.capitals > 0 && t.capitals+t.small == t.words }

// class judges a closed quotation whose first token is tokens[at].
func (m *machine) class(tokens []text.Token, at int, q Quotation) Class {
	var t tally
	end := at
	for ; end < len(tokens) && tokens[end].End <= q.End; end++ {
		if t.add(tokens[end].Text); t.words > longestName {
			return Speech
		}
	}
	var before, after text.Token
	if at > 0 {
		before = tokens[at-1]
	}
	if end < len(tokens) {
		after = tokens[end]
	}
	last := m.lastInside(q)
	switch {
	case t.words == 0 || isStop(last) || last == ',' && m.startsSentence(q.Start):
		return Speech
	case t.isName() && t.words <= longestScare && isCapital(before.Text) && isCapital(after.Text):
		return Nickname
	case english.Lookup(before.Text).Class.Has(english.Naming):
		return Work
	case m.speaks(before, after):
		return Speech
	case t.isName() && (t.words > 1 || last == ','):
		return Work
	case t.verbs == 0 && t.words <= longestScare:
		return Scare
	}
	return Speech
}

// startsSentence tells whether a sentence begins at code point i.
func (m *machine) startsSentence(i int) bool {
	n := sort.Search(len(m.sentences), func(n int) bool { return m.sentences[n].Start >= i })
	return n < len(m.sentences) && m.sentences[n].Start == i
}

// lastInside is the last code point inside the marks.
func (m *machine) lastInside(q Quotation) rune {
	i := q.End - 2
	if q.Style == Doubled {
		i--
	}
	if i <= q.Start {
		return ' '
	}
	return m.text[i]
}

// speaks tells whether a verb of saying stands right before or after, or a
// mark that leads speech in.
func (m *machine) speaks(before, after text.Token) bool {
	for _, t := range []text.Token{before, after} {
		if w := english.Lookup(t.Text); w.Verb != nil && w.Verb.Frames.Has(english.Quote|english.Predicate) && !w.Verb.Frames.Has(english.Weak) {
			return true
		}
	}
	return before.Text == ":" || before.Text == ","
}

func isStop(r rune) bool { return r == '.' || r == '!' || r == '?' || r == '…' }

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return ' '
}

func isCapital(s string) bool { return unicode.IsUpper(firstRune(s)) }
