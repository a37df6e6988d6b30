package quote

import (
	"whence"
	"whence/english"
)

// describeSource tells what sort of source stands at s, whether it is unnamed,
// how many it counts and why it is unnamed.
func (f *finder) describeSource(c *candidate) *whence.Source {
	if c.source.empty() {
		return nil
	}
	kind, group, somebody := f.kindOf(c)
	s := &whence.Source{Phrase: f.asPhrase(c.source), Kind: kind}
	reason, granted := f.anonymity(c)
	if granted || somebody || f.unnamed(c.source, group) {
		s.Anonymous = true
		s.Count = f.countOf(c.source.from, group)
		if !reason.empty() {
			s.Reason = f.asPhrase(reason).Text
		}
	}
	return s
}

// kindOf tells what sort of source c has, which word is the head of the group that it is
// or is part of, and whether it is somebody whom the text does not name.
func (f *finder) kindOf(c *candidate) (kind whence.SourceKind, group int, somebody bool) {
	head := f.headOf(c.source)
	kind, group = f.sourceKind(c.source, head), f.groupOf(c.source, head)
	if c.rule == ruleTurn && kind == whence.SourceOrganisation && !f.is(head, english.Outlet|english.Organisation) {
		kind = whence.SourcePerson // "FINCH:", which is written like initials
	}
	if group != head {
		kind = f.partKind(head)
	}
	somebody = f.somebody(c.source, group)
	if somebody && kind == whence.SourceUnknown {
		kind = whence.SourcePerson
		if f.plural(group) && group == head {
			kind = whence.SourceGroup
		}
	}
	return kind, group, somebody
}

// groupOf is the head of the group that a source is part of, "officials" in
// "one of the officials"; head where it is part of none.
func (f *finder) groupOf(s span, head int) int {
	if head+2 < s.to && f.part(head+1, english.Of) && f.is(head, english.Number|english.Determiner|english.Pronoun) {
		return f.headOf(span{head + 2, s.to})
	}
	return head
}

// partKind is the kind of a part of a group: one person, or several.
func (f *finder) partKind(head int) whence.SourceKind {
	n, counted := english.NumberValue(f.text(head))
	switch {
	case !counted:
		return whence.SourceUnknown
	case n == 1:
		return whence.SourcePerson
	}
	return whence.SourceGroup
}

// headOf is the head noun of a source: the last word of its first noun phrase,
// before what says more of it.
func (f *finder) headOf(s span) int {
	head := s.from
	for i := s.from; i < s.to; i++ {
		w := &f.words[i]
		if i > s.from && (w.Text == "," || w.Text == "(" || w.Class.Has(english.Relative) ||
			w.Class.Has(english.Postmodifier) && !w.capital ||
			w.Class.Has(english.Preposition) && !w.capital && !w.Class.Has(english.Number)) {
			break
		}
		if w.letter && !f.possessiveMark(i) {
			head = i
		}
	}
	return head
}

// kindsOf gives the sort of source that a head noun of a class is. The first
// class that fits decides.
var kindsOf = []struct {
	class english.Class
	kind  whence.SourceKind
}{
	{english.SubjectPronoun, whence.SourcePerson},
	{english.Document, whence.SourceDocument},
	{english.Government | english.Country, whence.SourceGovernment},
	{english.Roles | english.Group | english.Vague, whence.SourceGroup},
	{english.Outlet | english.Organisation, whence.SourceOrganisation},
	{english.Role, whence.SourcePerson},
}

// sourceKind judges a source by its head noun, and names without a noun by
// their form: two capitalised words without an article name a person.
func (f *finder) sourceKind(s span, head int) whence.SourceKind {
	w := &f.words[head]
	if f.phrase(english.Government|english.Country, s.from, s.to) > 0 && s.to-s.from > 1 && w.capital && f.phrase(english.Government|english.Country, s.from, s.to) == head+1-s.from {
		return whence.SourceGovernment
	}
	named := w.capital && head > s.from && !f.is(s.from, english.Determiner)
	if named && f.is(s.from, english.Title) || named && f.is(head-1, english.Role|english.Title) {
		return whence.SourcePerson
	}
	if w.capital && w.Class.Has(english.Outlet) {
		return whence.SourceOrganisation // "the Post", which is no post
	}
	for _, k := range kindsOf {
		if w.Class.Has(k.class) && (k.kind != whence.SourcePerson || !f.plural(head) || w.capital) {
			return f.refineKind(k.kind, w)
		}
	}
	switch {
	case w.capital && shouted(w.Text):
		return whence.SourceOrganisation
	case w.capital && f.is(s.from, english.Determiner), f.apposesBody(s, head):
		return whence.SourceOrganisation
	case w.capital:
		return whence.SourcePerson
	case w.Class.Has(english.Relative | english.Pronoun):
		return whence.SourceUnknown
	}
	return whence.SourceUnknown
}

// apposesBody tells whether a source is called a body behind a comma: "Tern Haulage, the
// agency that hired the men", "her insurer, the Varn Mutual Club".
func (f *finder) apposesBody(s span, head int) bool {
	if head+2 >= s.to || f.text(head+1) != "," || !f.is(head+2, english.Determiner|english.Possessive) {
		return false
	}
	end := f.pieceEnd(head+2, s.to)
	w := &f.words[f.headOf(span{head + 2, end})]
	return w.Class.Has(english.Organisation|english.Government|english.Outlet) && !w.Class.Has(english.Role)
}

// refineKind tells "they", who may be anyone, from other pronouns.
func (f *finder) refineKind(k whence.SourceKind, w *word) whence.SourceKind {
	if k == whence.SourcePerson && w.Class.Has(english.Many) {
		return whence.SourceGroup
	}
	return k
}

// countOf adds up the numbers before a head noun: "two current and two former
// officials" are four. Of "two of the three officials" the first counts.
func (f *finder) countOf(from, head int) int {
	sum := 0
	for i := from; i < head; i++ {
		if f.is(i, english.Preposition) && sum > 0 {
			return sum
		}
		if n, ok := english.NumberValue(f.text(i)); ok && !f.hyphened(i) {
			sum += n
		}
	}
	return sum
}

// anonymity finds a promise of anonymity in the source, or in its sentence
// outside of the content, and the words that give its reason.
func (f *finder) anonymity(c *candidate) (reason span, granted bool) {
	for i := c.sentence.from; i < c.sentence.to; i++ {
		n := f.phrase(english.Anonymity, i, c.sentence.to)
		if n == 0 || f.words[i].quote > 0 || n == 1 && (i < c.source.from || i >= c.source.to) {
			continue
		}
		i += n
		if f.is(i, english.Because) || f.phrase(english.Because, i, c.sentence.to) > 0 {
			from := i + f.phrase(english.Because, i, c.sentence.to)
			return span{from, f.pieceEnd(from, f.sentenceEnd(c.sentence))}, true
		}
		return span{}, true
	}
	return span{}, false
}
