package name

import (
	"sort"

	"whence"
	"whence/english"
)

// named is the score of a source that holds the name itself.
const named = 0.97

// Of is the name that the words of a span stand for, as the source of an
// attribution has them: a name with its titles and what follows it, a pronoun,
// or a description. The score is how sure that is, 0 to 1: of answers at .9,
// about nine in ten are right. There is none, and ok is false, where the words
// name nobody, several, or somebody by way of another ("a lawyer for Brandt",
// "Brandt's lawyer"), and where it is not sure who is meant.
func (n *Names) Of(span whence.Span) (id string, score float64, ok bool) {
	e := n.text.wordsIn(span)
	if e.empty() {
		return "", 0, false
	}
	if number, found := n.namedIn(e); found {
		return identify(number), named, true
	}
	return n.anaphorIn(e)
}

// wordsIn are the words that lie in a span.
func (d *document) wordsIn(span whence.Span) extent {
	from := sort.Search(len(d.words), func(i int) bool { return d.words[i].Start >= span.Start })
	to := sort.Search(len(d.words), func(i int) bool { return d.words[i].End > span.End })
	if to-from > 1 && d.words.has(to-1, english.Genitive) {
		to-- // "Brandt's", of "Brandt's remark"
	}
	return extent{from, min(to, from+longestSource)}
}

// longestSource is how many words of a source are looked at.
const longestSource = 64

// namedIn is the number of the name that the words are about. It is the one
// that ends their first part, up to a comma or a word that leads on; or, where
// that part is a role, the one right after the comma.
func (n *Names) namedIn(e extent) (number int, found bool) {
	d := n.text
	end := d.coreEnd(e)
	for at := e.from; at < end; at++ {
		m, ok := n.mentionAt(at)
		if !ok {
			continue
		}
		number, known := n.owner[m.from]
		if m.to >= end || m.to == end-1 && d.isMark(m.to) {
			return number, known && d.wholeSubject(m, e)
		}
		at = m.to - 1
	}
	if end+1 < e.to && d.words.is(end, ",") && end > e.from && d.words.has(end-1, english.PersonNoun) {
		if m, ok := n.mentionAt(end + 1); ok {
			number, known := n.owner[m.from]
			return number, known && (m.to >= e.to || d.words.is(m.to, ","))
		}
	}
	return 0, false
}

// wholeSubject tells whether nobody else speaks with the one named: no "and"
// follows.
func (d *document) wholeSubject(m extent, e extent) bool {
	return m.to >= e.to || !d.words.has(m.to, english.NameAnd)
}

// coreEnd is the word after the first part of a noun phrase: a comma, a
// preposition or a relative pronoun outside of names ends it.
func (d *document) coreEnd(e extent) int {
	for i := e.from + 1; i < e.to; i++ {
		if m, ok := d.mentionOver(i); ok && m.from < i {
			continue
		}
		w := &d.words[i]
		if w.Text == "," || w.Text == "(" || w.Text == "—" || w.Text == "–" && w.Start > d.words[i-1].End ||
			w.class.Has(english.Link|english.Amid|english.NameBy|english.Who|english.NameAnd|english.NameWhich) || w.tag.Verb() && w.tag != english.VBN {
			return i
		}
	}
	return e.to
}

// mentionOver is the mention that holds word i.
func (d *document) mentionOver(i int) (extent, bool) {
	at := sort.Search(len(d.mentions), func(k int) bool { return d.mentions[k].to > i })
	if at < len(d.mentions) && d.mentions[at].from <= i {
		return d.mentions[at].extent, true
	}
	return extent{}, false
}

// mentionAt is the mention that begins at word i.
func (n *Names) mentionAt(i int) (extent, bool) {
	m, ok := n.text.mentionOver(i)
	return m, ok && m.from == i
}

// anaphorIn is the name of the one pronoun or description that the words are.
func (n *Names) anaphorIn(e extent) (id string, score float64, ok bool) {
	words := n.text.words
	for !e.empty() && !isWord(words[e.to-1].Text) {
		e.to--
	}
	if e.empty() {
		return "", 0, false
	}
	span := words.span(e.from, e.to)
	at := sort.Search(len(n.Anaphors), func(i int) bool { return n.Anaphors[i].Start >= span.Start })
	if at == len(n.Anaphors) || n.Anaphors[at].Span != span {
		return "", 0, false
	}
	return n.Anaphors[at].ID, n.Anaphors[at].Score, true
}
