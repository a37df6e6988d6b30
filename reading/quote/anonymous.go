package quote

import (
	"strings"

	"whence/english"
)

// unnamed tells whether a source is people in office, or close to a matter,
// without a name.
func (f *finder) unnamed(s span, head int) bool {
	if !f.is(head, english.Anonymous) || f.words[head].capital && head > s.from {
		return false
	}
	for i := head + 1; i+1 < s.to; i++ {
		// "a former official, Ana Brandt"
		if f.text(i) == "," && f.words[i+1].capital && !f.is(i+1, english.Determiner) {
			return false
		}
	}
	return !f.words[head].Class.Has(english.Vague) || f.phraseIn(english.Familiar, s) || f.countOf(s.from, head) > 0 && f.phraseIn(english.Familiar, s)
}

func (f *finder) phraseIn(c english.Class, s span) bool {
	for i := s.from; i < s.to; i++ {
		if f.phrase(c, i, s.to) > 0 {
			return true
		}
	}
	return false
}

// fewUnnamed is how many people without names are a group that was spoken to; more are
// a crowd.
const fewUnnamed = 20

// somebody tells whether a source is one person, or a few that are counted, whom the
// text does not name whatever they do: "a man in orange", "two of the skippers",
// "somebody at the back". Who speaks for a body does so as the body.
func (f *finder) somebody(s span, head int) bool {
	if f.matter(head).Has(english.Somebody) {
		return true
	}
	if f.words[head].capital && head > s.from || f.namesSomebody(s) {
		return false
	}
	n := f.countOf(s.from, head)
	switch {
	case f.closeTo(s, head):
		return true
	case n > 1 && n <= fewUnnamed:
		return f.plural(head) && (f.is(head, english.Roles) || f.personNoun(strings.TrimSuffix(f.text(head), "s")))
	case n == 1 || f.part(s.from, english.A) || f.is(s.from, english.Determiner) && f.matter(s.from).Has(english.Partitive):
		return !f.plural(head) && f.personNoun(f.text(head))
	}
	return false
}

// closeTo tells of friends and allies of somebody.
func (f *finder) closeTo(s span, head int) bool {
	if !f.matter(head).Has(english.CloseTo) {
		return false
	}
	return f.part(head+1, english.Of) || head > s.from && (f.is(head-1, english.Possessive) || f.possessiveMark(head-1))
}

// namesSomebody tells whether a source gives a name with what it says: "a lecturer at
// the university, Ana Brandt", "a man called Finch".
func (f *finder) namesSomebody(s span) bool {
	for i := s.from + 1; i+1 < s.to; i++ {
		if w := &f.words[i+1]; w.capital && !f.is(i+1, english.Determiner) && (f.text(i) == "," || f.is(i, english.Naming)) {
			return true
		}
	}
	return false
}

// personNoun tells whether a noun is of one person, as far as the lexicon or its ending
// tells: "a purser", "a chemist". A spokeswoman is none: she speaks for a body.
func (f *finder) personNoun(noun string) bool {
	noun = strings.ToLower(noun)
	w := english.Lookup(noun)
	switch {
	case english.Matter(noun).Has(english.Speaks) || w.Class.Has(english.Document|english.Organisation|english.Outlet|english.Channel|english.Government|english.Time):
		return false
	case w.Class.Has(english.Role|english.Anonymous) || english.NameWord(noun).Has(english.PersonNoun):
		return true
	}
	for _, ending := range []string{"er", "or", "ist", "man", "woman"} {
		if len(noun) > len(ending)+2 && strings.HasSuffix(noun, ending) {
			return true
		}
	}
	return false
}
