package quote

import (
	"slices"
	"strings"

	"whence"
	"whence/english"
)

// describeSource tells what sort of source stands at s, whether it is unnamed,
// how many it counts and why it is unnamed.
func (f *finder) describeSource(c *candidate) *whence.Source {
	if c.source.empty() {
		return nil
	}
	head := f.headOf(c.source)
	s := &whence.Source{Phrase: f.asPhrase(c.source), Kind: f.sourceKind(c.source, head)}
	reason, granted := f.anonymity(c)
	group := f.groupOf(c.source, head)
	if c.rule == ruleTurn && s.Kind == whence.SourceOrganisation && !f.is(head, english.Outlet|english.Organisation) {
		s.Kind = whence.SourcePerson // "FINCH:", which is written like initials
	}
	if group != head {
		s.Kind = f.partKind(head)
	}
	if granted || f.unnamed(c.source, group) {
		s.Anonymous = true
		s.Count = f.countOf(c.source.from, group)
		if !reason.empty() {
			s.Reason = f.asPhrase(reason).Text
		}
	}
	return s
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
	case w.capital && f.is(s.from, english.Determiner):
		return whence.SourceOrganisation
	case w.capital:
		return whence.SourcePerson
	case w.Class.Has(english.Relative | english.Pronoun):
		return whence.SourceUnknown
	}
	return whence.SourceUnknown
}

// refineKind tells "they", who may be anyone, from other pronouns.
func (f *finder) refineKind(k whence.SourceKind, w *word) whence.SourceKind {
	if k == whence.SourcePerson && w.Class.Has(english.Many) {
		return whence.SourceGroup
	}
	return k
}

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

// findRelay finds the outlet or channel that the words of c came through, in
// its sentence outside of its content.
func (f *finder) findRelay(c *candidate) relay {
	if !c.relay.empty() {
		return f.trimRelay(c.relay)
	}
	if r := f.recipientOutlet(c); !r.empty() {
		return f.trimRelay(r)
	}
	for i := c.sentence.from; i < c.sentence.to; i++ {
		if f.words[i].quote > 0 || f.inside(c, i) {
			continue
		}
		if n := f.channelAt(i, c.sentence.to); n > 0 && i+1 < i+n {
			return f.outletAfter(c, f.trimRelay(relay{span{i + 1, i + n}, whence.RelayChannel}))
		}
		if n := f.phrase(english.QuestionedBy, i, c.sentence.to); n > 0 && f.outletAt(i+n, c.sentence.to) > 0 {
			return f.trimRelay(relay{f.nounPhraseAfter(i+n, c.sentence.to), whence.RelayOutlet})
		}
		if f.is(i, english.ChannelLead) && i >= c.cue.to && f.outletAt(i+1, c.sentence.to) > 0 {
			return f.trimRelay(relay{span{i + 1, f.nounPhraseAfter(i+1, c.sentence.to).to}, whence.RelayOutlet})
		}
	}
	return relay{}
}

// inside tells whether word i belongs to the source, cue or content of c.
func (f *finder) inside(c *candidate, i int) bool {
	if c.source.from <= i && i < c.source.to || c.cue.from <= i && i < c.cue.to {
		return true
	}
	for _, s := range c.content {
		if s.from <= i && i < s.to {
			return true
		}
	}
	return false
}

// recipientOutlet is the outlet that was told: "told NBC News".
func (f *finder) recipientOutlet(c *candidate) relay {
	if c.verb == nil || !c.verb.Frames.Has(english.Recipient) {
		return relay{}
	}
	end := f.recipient(&clause{sentence: sentence{span: c.sentence}, verb: c.verb, end: c.cue.to}, c.cue.to)
	if end <= c.cue.to || f.outletAt(c.cue.to, end) == 0 {
		return relay{}
	}
	return relay{span{c.cue.to, end}, whence.RelayOutlet}
}

// outletAt is where an outlet's name ends that begins at i, an article passed
// over; 0 if none does.
func (f *finder) outletAt(i, hi int) int {
	if n := f.ownOutlet(i, hi); n > 0 {
		return n
	}
	for ; i < hi && f.words[i].quote == 0 && (f.words[i].capital || f.is(i, english.Determiner)); i++ {
		if n := f.phrase(english.Outlet, i, hi); n > 0 && f.words[i].capital {
			return i + n
		}
	}
	return 0
}

// ownOutlet is where the name of the article's own outlet ends that begins at i,
// in full or by its last word: "the Gull" for "The Lohn Gull"; 0 if none does.
func (f *finder) ownOutlet(i, hi int) int {
	name := strings.Fields(f.article.Outlet)
	if i < hi && f.is(i, english.Determiner) {
		i++
	}
	if len(name) > 0 && strings.EqualFold(name[0], "the") {
		name = name[1:]
	}
	for from := range name {
		n := len(name) - from
		if i+n <= hi && (from == 0 || from == len(name)-1) && slices.Equal(f.tokens[i:i+n], name[from:]) && f.words[i].capital {
			return i + n
		}
	}
	return 0
}

// outletAfter prefers the outlet of an interview to the interview: "in an
// interview with CNN".
func (f *finder) outletAfter(c *candidate, r relay) relay {
	if i := r.to; f.is(i, english.NounPreposition) && i+1 < c.sentence.to && f.outletAt(i+1, c.sentence.to) > 0 {
		return f.trimRelay(relay{span{i + 1, f.nounPhraseAfter(i+1, c.sentence.to).to}, whence.RelayOutlet})
	}
	return r
}

// trimRelay takes the article off.
func (f *finder) trimRelay(r relay) relay {
	for r.from+1 < r.to && f.is(r.from, english.Determiner|english.Possessive|english.Preposition) && !f.is(r.from, english.Outlet) {
		r.from++
	}
	return r
}
