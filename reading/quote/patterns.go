package quote

import (
	"strings"

	"whence"
	"whence/english"
)

// quotedBefore gives the quotation that ends right before word i, a comma
// after it passed over, as a range of words.
func (f *finder) quotedBefore(lo, i int) (span, bool) {
	j := i - 1
	if j >= lo && f.text(j) == "," && f.words[j].quote == 0 {
		j--
	}
	if j < 0 || f.words[j].quote == 0 || j < lo && f.sentences[f.sentenceAt(j)].paragraph != f.sentences[f.sentenceAt(i)].paragraph {
		return span{}, false
	}
	q := f.inQuote[f.words[j].quote-1]
	return span{q.from, j + 1}, j >= lo || q.to == j+1
}

// leftContent is the content that ends before word i, where a source or an
// inverted cue begins: the quotation, with the words of its sentence before
// it, or the clause.
func (f *finder) leftContent(c *clause, i int) (span, bool) {
	if q, ok := f.quotedBefore(c.from, i); ok {
		if q.from > c.from {
			if lo := f.clauseStart(c.from, q.from); lo < q.from && f.plainBefore(lo, q.from) {
				q.from = lo
			}
		}
		return q, !f.taken(q)
	}
	if i-1 <= c.from || f.text(i-1) != "," {
		return span{}, false
	}
	s := span{f.clauseStart(c.from, i-1), i - 1}
	return s, !s.empty() && !f.taken(s)
}

// plainBefore tells whether the words before a quotation can belong to the
// same content.
func (f *finder) plainBefore(from, to int) bool {
	for i := from; i < to; i++ {
		if f.words[i].quote > 0 {
			return false
		}
	}
	w := &f.words[to-1]
	return w.letter || w.Text == ","
}

// taken tells whether some of the words are content already.
func (f *finder) taken(s span) bool {
	for i := len(f.found) - 1; i >= 0 && i >= len(f.found)-8; i-- {
		for _, t := range f.found[i].content {
			if t.from < s.to && s.from < t.to {
				return true
			}
		}
	}
	return false
}

// inverted reads content, cue, source: "…," said X.
func (f *finder) inverted(c *clause) (candidate, bool) {
	if c.start != c.head || !c.verb.Frames.Has(english.Quote|english.Clause) || f.words[c.head].Form&english.Finite == 0 || c.start == 0 {
		return candidate{}, false
	}
	left, ok := f.leftContent(c, c.start)
	if !ok {
		return candidate{}, false
	}
	s := f.speakerAfter(c.end, c.to)
	if s.empty() || s.from != c.end {
		return candidate{}, false
	}
	quoted := f.words[left.to-1].quote > 0
	if !quoted && (c.verb.Frames.Has(english.Recipient) || !f.hasVerb(left.from, left.to) || s.to < c.to && f.verbal(s.to)) {
		return candidate{}, false
	}
	return candidate{rule: ruleInverted, source: s, content: f.withRight(c, left, s.to)}, true
}

// withRight adds to a content before a cue what goes on after it: the second
// half of a split quotation or of an interrupted clause.
func (f *finder) withRight(c *clause, left span, after int) []span {
	quoted := f.words[left.to-1].quote > 0
	from := after
	for from < c.to && f.words[from].quote == 0 && !f.commaAt(from) && f.text(from) != ":" {
		if !quoted || !f.inNounPhrase(from) && !f.is(from, english.Preposition|english.Determiner) || from-after > 15 {
			return []span{left}
		}
		from++
	}
	if from < c.to && f.words[from].quote == 0 {
		from++
	}
	if from >= c.to {
		return []span{left}
	}
	if q := f.words[from].quote; q > 0 && f.inQuote[q-1].from == from && (from == after || f.text(from-1) == ",") {
		to := f.contentTo(c, from)
		if to < c.to && f.inQuote[q-1].to >= c.to {
			to = c.to
		}
		return []span{left, {from, max(to, min(f.inQuote[q-1].to, len(f.words)))}}
	}
	if quoted || from == after || f.text(from-1) != "," || !f.interrupts(c, left, from) {
		return []span{left}
	}
	return []span{left, {from, f.contentTo(c, from)}}
}

// interrupts tells whether a cue between commas stands inside one clause, whose
// second half begins at from.
func (f *finder) interrupts(c *clause, left span, from int) bool {
	w := &f.words[from]
	if f.gerundCue(from, c.to) || w.Form == english.Gerund || f.newSpeaker(from, c.to) {
		return false
	}
	if !f.hasVerb(left.from, left.to) {
		return true
	}
	return !w.Class.Has(english.Conjunction|english.Relative|english.ClauseOpener) && f.hasVerb(from, c.to)
}

// passive reads "was criticised by X" and "a plan proposed by X".
func (f *finder) passive(c *clause) (candidate, bool) {
	w := &f.words[c.head]
	if !w.Form.Has(english.Participle) {
		return candidate{}, false
	}
	be := false
	for i := c.start; i < c.head; i++ {
		be = be || f.is(i, english.Be)
	}
	by := c.end < c.to && f.part(c.end, english.By)
	if !be && !by {
		return candidate{}, false
	}
	if !by {
		return f.told(c)
	}
	source := f.speakerAfter(c.end+1, c.to)
	subject, ok := f.subject(c)
	if source.empty() || !ok || source.from != c.end+1 || !source.empty() && f.words[source.from].Form == english.Gerund {
		return candidate{}, false
	}
	return candidate{rule: rulePassive, source: source, content: []span{subject}}, true
}

// told reads a passive without an agent: "was told that", "is expected to".
func (f *finder) told(c *clause) (candidate, bool) {
	from := c.end
	subject, ok := f.subject(c)
	switch {
	case from >= c.to:
	case f.part(from, english.That) && c.verb.Frames.Has(english.Clause), f.is(from, english.Wh) && c.verb.Frames.Has(english.Clause):
		return candidate{rule: ruleAgentless, content: []span{{from, f.contentTo(c, from)}}}, true
	case f.part(from, english.To) && ok && c.verb.Frames.Has(english.Infinitive|english.Predicate|english.Clause):
		return candidate{rule: ruleAgentless, content: []span{subject, {from, f.contentTo(c, from)}}}, true
	}
	return candidate{rule: ruleNone}, false
}

// skipBefore moves from the end of a cue over what may stand between it and
// its content: a recipient, time, channel, adverbs.
func (f *finder) skipBefore(c *clause) int {
	i := c.end
	if c.verb.Frames.Has(english.Recipient) && i < c.to && !f.part(i, english.That) && f.words[i].quote == 0 {
		i = f.recipient(c, i)
	}
	if j := f.thatAfter(c, i); j > 0 {
		return j
	}
	for i < c.to && f.words[i].quote == 0 {
		n := i
		switch {
		case f.timeAt(i, c.to) > 0:
			n += f.timeAt(i, c.to)
		case f.is(i, english.Adverb) && !f.is(i, english.Determiner|english.Pronoun|english.Subordinator|english.Wh|english.Number) && (i+1 == len(f.words) || !f.verbal(i+1)):
			n++
		case f.is(i, english.Preposition) && !f.part(i, english.To) && !f.is(i, english.Subordinator) && !f.is(i, english.Adverb):
			if p := f.nounPhraseAfter(i+1, c.to); !p.empty() && p.from == i+1 && f.leadsIn(p.to, c) {
				n = p.to
			}
		}
		if n == i {
			break
		}
		i = n
	}
	return i
}

// thatAfter finds the "that" of a content behind prepositional phrases: "said
// in an interview taped before the vote that".
func (f *finder) thatAfter(c *clause, i int) int {
	if i >= c.to || !f.is(i, english.Preposition) || !c.verb.Frames.Has(english.Clause) {
		return 0
	}
	for j := i + 1; j < c.to && j < i+14 && f.words[j].quote == 0; j++ {
		switch {
		case f.part(j, english.That) && !f.is(j-1, english.Preposition) && f.words[j-1].letter:
			return j
		case f.text(j) == "," || f.text(j) == ":" || f.is(j, english.Auxiliary|english.SubjectPronoun):
			return 0
		}
	}
	return 0
}

// leadsIn tells whether a content, or more of what may stand before it, can
// begin at word i.
func (f *finder) leadsIn(i int, c *clause) bool {
	if i >= c.to {
		return false
	}
	w := &f.words[i]
	return w.quote > 0 || w.Text == "," || w.Text == ":" || w.Particle == english.That || f.timeAt(i, c.to) > 0 || f.channelAt(i, c.to) > 0 || w.Class.Has(english.Preposition) || f.final(i)
}

// recipient is where the person told ends.
func (f *finder) recipient(c *clause, i int) int {
	if f.is(i, english.ObjectPronoun) || f.is(i, english.Possessive) && f.is(i+1, english.SubjectPronoun) {
		return i + 1
	}
	s := f.nounPhraseAfter(i, c.to)
	if s.empty() || s.from != i {
		return i
	}
	for k := s.from + 1; k < s.to; k++ {
		// A clause may follow at once: "told CNN Brandt would run".
		if f.is(k, english.Outlet) && k+1 < s.to && f.words[k+1].capital && !f.is(k+1, english.Outlet) && !f.possessiveMark(k+1) && s.to < c.to && f.verbal(s.to) {
			return k + 1
		}
	}
	return s.to
}

// relative reads "who Brandt said was ill", "which critics call a stunt": the
// content is the relative pronoun and what follows the cue.
func (f *finder) relative(c *clause) (candidate, bool) {
	s, ok := f.subject(c)
	if !ok || s.to > c.start || s.from <= c.from || f.gerund(c) || !f.is(s.from-1, english.Relative) || f.part(s.from-1, english.That) {
		return candidate{}, false
	}
	i := f.skipBefore(c)
	if c.verb.Frames.Has(english.Predicate) {
		i = c.end
	}
	if i >= c.to || i != c.end && !f.verbal(i) {
		return candidate{}, false
	}
	if f.words[i].letter && !f.verbal(i) && !c.verb.Frames.Has(english.Predicate) || !f.words[i].letter && f.words[i].quote == 0 {
		return candidate{}, false
	}
	return candidate{rule: ruleRelative, source: s, content: []span{{s.from - 1, s.from}, {i, f.contentTo(c, i)}}}, true
}

// quoted reads cue and then a quotation: X said, “…”; X called it “…”.
func (f *finder) quoted(c *clause) (candidate, bool) {
	if !c.verb.Frames.Has(english.Quote | english.Clause | english.Recipient) {
		return candidate{}, false
	}
	i := f.skipBefore(c)
	if i < c.to && (f.text(i) == "," || f.text(i) == ":") && f.words[i].quote == 0 {
		i++
	}
	if i >= c.to || f.words[i].quote == 0 {
		return f.afterColon(c, i)
	}
	q := f.inQuote[f.words[i].quote-1]
	if q.from != i {
		return candidate{}, false
	}
	s, ok := f.subject(c)
	if !ok && !f.gerund(c) && f.text(i-1) != ":" {
		return candidate{}, false
	}
	found := candidate{rule: ruleQuoted, source: s, content: []span{{i, max(f.contentTo(c, i), q.to)}}}
	if left, split := f.quotedBefore(c.from, s.from); split && ok && s.to <= c.start && !f.taken(left) {
		found.content = append([]span{left}, found.content...)
	}
	return found, true
}

// afterColon reads X said: and words without quotation marks.
func (f *finder) afterColon(c *clause, i int) (candidate, bool) {
	if i <= c.end-1 || i >= c.to || f.text(i-1) != ":" || i == c.from {
		return candidate{}, false
	}
	s, ok := f.subject(c)
	return candidate{rule: ruleColon, source: s, content: []span{{i, f.contentTo(c, i)}}}, ok
}

// thatClause reads X said that …, X asked whether ….
func (f *finder) thatClause(c *clause) (candidate, bool) {
	if !c.verb.Frames.Has(english.Clause | english.Recipient | english.Object) {
		return candidate{}, false
	}
	i := f.skipBefore(c)
	if i >= c.to || f.words[i].quote > 0 {
		return candidate{}, false
	}
	that := f.part(i, english.That)
	asks := f.is(i, english.Wh) && c.verb.Frames.Has(english.Clause) && !f.is(i, english.ClauseOpener)
	if !that && !asks {
		return candidate{}, false
	}
	if !that && i > c.end {
		return candidate{}, false
	}
	s, ok := f.subject(c)
	if !ok {
		return candidate{}, false
	}
	r := ruleThat
	if !that {
		r = ruleWh
	}
	return candidate{rule: r, source: s, content: []span{{i, f.contentTo(c, i)}}}, true
}

// trailing reads content, source, cue: "…," X said; The plan failed, X said.
func (f *finder) trailing(c *clause) (candidate, bool) {
	if !c.verb.Frames.Has(english.Quote | english.Clause) {
		return candidate{}, false
	}
	s, ok := f.subject(c)
	if !ok || s.to > c.start || s.from == 0 {
		return candidate{}, false
	}
	left, ok := f.leftContent(c, s.from)
	if !ok {
		return candidate{}, false
	}
	quoted := f.words[left.to-1].quote > 0
	i := f.skipBefore(c)
	over := i >= c.to || !f.words[i].letter && f.words[i].quote == 0
	sure := c.verb.Frames.Has(english.Firm|english.Quote) || i >= c.to || f.final(i)
	if !quoted && (!over || !sure) {
		return candidate{}, false
	}
	if !quoted && !f.hasVerb(left.from, left.to) {
		// "In Iowa, he said, …": a content begins before, and goes on after.
		all := f.withRight(c, left, i)
		return candidate{rule: ruleSplit, source: s, content: all}, len(all) > 1
	}
	return candidate{rule: ruleTrailing, source: s, content: f.withRight(c, left, i)}, true
}

// infinitive reads X vowed to ….
func (f *finder) infinitive(c *clause) (candidate, bool) {
	if !c.verb.Frames.Has(english.Infinitive) || c.end >= c.to || !f.part(c.end, english.To) || !f.followsTo(c.end+1, c.to) {
		return candidate{}, false
	}
	s, ok := f.subject(c)
	if !ok {
		return candidate{}, false
	}
	found := candidate{rule: ruleInfinitive, source: s, content: []span{{c.end, f.contentTo(c, c.end)}}}
	if c.verb.Kind == whence.Belief {
		found.kind = whence.Intention
	}
	if f.is(c.head, english.Decline) && f.is(c.end+1, english.Answering) {
		found.response = whence.Declined
	}
	if c.verb.Frames.Has(english.Weak) {
		found.rule = ruleInfinitiveWeak
	}
	return found, true
}

// followsTo tells whether a verb stands after "to".
func (f *finder) followsTo(i, hi int) bool {
	for i < hi && f.is(i, english.Adverb) {
		i++
	}
	return i < hi && f.words[i].letter && !f.words[i].capital && !f.is(i, english.Determiner|english.Possessive|english.Pronoun)
}

// bareClause reads X said Y would …, without "that".
func (f *finder) bareClause(c *clause) (candidate, bool) {
	if !c.verb.Frames.Has(english.Clause|english.Recipient) || c.verb.Frames.Has(english.Weak) {
		return candidate{}, false
	}
	i := f.skipBefore(c)
	if i >= c.to || !f.words[i].letter || f.words[i].quote > 0 || f.is(i, english.Conjunction) || f.part(i, english.To) {
		return candidate{}, false
	}
	s, ok := f.subject(c)
	if !ok {
		return candidate{}, false
	}
	to := f.contentTo(c, i)
	if !f.hasVerb(i+1, to) || !f.clauseFrom(i, to) {
		return candidate{}, false
	}
	return candidate{rule: ruleBare, source: s, content: []span{{i, to}}}, true
}

// clauseFrom tells whether a clause with its own subject can begin at i.
func (f *finder) clauseFrom(i, hi int) bool {
	if f.is(i, english.SubjectPronoun|english.Determiner|english.Possessive|english.Number|english.Vague) || f.words[i].capital {
		return true
	}
	return !f.is(i, english.Preposition|english.Adverb) || f.is(i, english.Subordinator) || f.hasVerb(i, hi)
}

// object reads X praised Y, X called Y a Z, X accused Y of Z.
func (f *finder) object(c *clause) (candidate, bool) {
	if !c.verb.Frames.Has(english.Object | english.Predicate) {
		return candidate{}, false
	}
	i := c.end
	if i >= c.to || !f.words[i].letter && f.words[i].quote == 0 && !f.words[i].mark && f.text(i) != "$" || f.is(i, english.Preposition|english.Conjunction|english.Adverb) && !f.is(i, english.Determiner|english.Pronoun) {
		return candidate{}, false
	}
	s, ok := f.subject(c)
	if !ok || f.gerund(c) && c.start > c.from && f.words[c.start-1].letter && !f.is(c.start-1, english.Conjunction|english.Preposition) {
		return candidate{}, false
	}
	r := ruleObject
	switch {
	case c.verb.Frames.Has(english.Predicate):
		r = rulePredicate
	case c.verb.Frames.Has(english.Weak):
		r = ruleObjectWeak
	case c.verb.Frames.Has(english.Firm):
		r = ruleObjectFirm
	}
	if c.verb.Frames.Has(english.Predicate) && c.verb.Frames.Has(english.Weak) {
		r = rulePredicateWeak
	}
	return candidate{rule: r, source: s, content: []span{{i, f.objectTo(c, i)}}}, true
}

// referred reads "referred all questions to X".
func (f *finder) referred(c *clause) (candidate, bool) {
	if !f.is(c.head, english.Refer) || f.words[c.head].Form == 0 {
		return candidate{}, false
	}
	i := c.end
	for i < c.to && f.is(i, english.Determiner|english.Adverb) {
		i++
	}
	if i >= c.to || !f.is(i, english.Inquiry) && !(f.matter(i).Has(english.OwnOutlet) && f.part(i+1, english.To)) {
		return candidate{}, false
	}
	s, ok := f.subject(c)
	if !ok {
		return candidate{}, false
	}
	return candidate{rule: ruleSilence, source: s, response: whence.Referred, content: []span{{c.end, f.objectTo(c, c.end)}}}, true
}

// objectTo is where a content that is a noun phrase ends: it takes what
// belongs to it, but not the time, the place and the circumstances of saying.
func (f *finder) objectTo(c *clause, from int) int {
	to := f.contentTo(c, from)
	for i := from + 1; i < to; i++ {
		if q := f.words[i].quote; q > 0 {
			i = max(i, min(f.inQuote[q-1].to, to)-1)
			continue
		}
		if n := f.timeAt(i, to); n > 0 && i+n >= to-1 {
			return f.trimEnd(from, i)
		}
		if n := f.channelAt(i, to); n > 0 {
			return f.trimEnd(from, i)
		}
		if f.is(i, english.ClauseOpener) {
			return f.trimEnd(from, i)
		}
	}
	return to
}

// seeming reads "X seemed to …" and "it appears that …", which name no source.
func (f *finder) seeming(c *clause) (candidate, bool) {
	if c.verb.Kind != whence.Evidence || !c.verb.Frames.Has(english.Infinitive) || f.gerund(c) || c.end >= c.to || !f.words[c.end].letter {
		return candidate{}, false
	}
	s, ok := f.subject(c)
	if !ok {
		return candidate{}, false
	}
	found := candidate{rule: ruleSeeming, content: []span{s, {c.end, f.contentTo(c, c.end)}}}
	if f.part(c.end, english.That) {
		found.content = found.content[1:]
	}
	return found, true
}

// asked reads "Asked about X, …" and "when asked whether …", which name no
// source.
func (f *finder) asked(c *clause) (candidate, bool) {
	w := &f.words[c.head]
	if c.start != c.head || !w.Form.Has(english.Participle) || !c.verb.Frames.Has(english.Predicate) || !c.verb.Frames.Has(english.Clause) {
		return candidate{}, false
	}
	if c.head > c.from && f.words[c.head-1].letter && !f.is(c.head-1, english.ClauseOpener) {
		return candidate{}, false
	}
	i := c.end
	for i < c.to && f.timeAt(i, c.to) > 0 {
		i += f.timeAt(i, c.to)
	}
	if i >= c.to || !f.is(i, english.Wh|english.Preposition) {
		return candidate{}, false
	}
	to := i
	for to < c.to && f.text(to) != "," && f.words[to].quote == 0 && !f.final(to) {
		to++
	}
	return candidate{rule: ruleAsked, content: []span{{i, to}}}, to > i+1
}

// accordingTo reads "according to X".
func (f *finder) accordingTo(s sentence, k int) (candidate, bool) {
	if !f.accordingAt(k) || k+2 >= s.to {
		return candidate{}, false
	}
	c := clause{sentence: s, verb: &english.Verb{Frames: english.Clause}, head: k, start: k, end: k + 2}
	source := f.speakerAfter(k+2, s.to)
	if source.empty() {
		return candidate{}, false
	}
	if end := f.pieceEnd(source.to, s.to); end > source.to && (f.text(source.to) != "," || end == source.to) && f.modifies(source.to, end) {
		source.to = f.trimEnd(source.from, end)
	}
	found := candidate{rule: ruleAccording, cue: span{k, k + 2}, source: source, kind: whence.Statement}
	if f.is(source.to-1, english.Document) {
		found.kind = whence.Evidence
	}
	lo := f.clauseStart(s.from, k)
	if k > s.from && len(f.found) > f.first && (k-lo < 3 || !f.hasVerb(lo, k)) {
		if f.is(source.from, english.Translated) || f.is(source.from+1, english.Translated) {
			return f.translation(source)
		}
		lo = min(lo, f.absorb(lo))
	}
	if k-lo < 3 {
		from := source.to
		for from < s.to && !f.words[from].letter && !f.words[from].mark && f.words[from].quote == 0 {
			from++
		}
		if from >= s.to {
			return candidate{}, false
		}
		found.content = []span{{from, f.contentTo(&c, from)}}
		return found, true
	}
	to := f.trimEnd(lo, k)
	if q, ok := f.quotedBefore(s.from, k); ok && q.from < lo {
		lo = q.from
	}
	left := span{lo, to}
	if left.empty() {
		return candidate{}, false
	}
	found.content = []span{left}
	if !f.hasVerb(left.from, left.to) {
		found.content = f.withRight(&c, left, source.to)
	}
	return found, true
}

// absorb takes back what was found right before word k in its sentence, because
// an "according to" at k has all of it as its content. It gives where the
// content begins.
func (f *finder) absorb(k int) int {
	lo := k
	for n := len(f.found) - 1; n >= f.first && f.found[n].end() >= k-2; n-- {
		c := &f.found[n]
		for _, s := range append([]span{c.cue, c.source}, c.content...) {
			if !s.empty() {
				lo = min(lo, s.from)
			}
		}
		f.found = f.found[:n]
	}
	return lo
}

// translation makes a translation the relay of the attribution before it:
// "…, she said, according to a translation by the embassy".
func (f *finder) translation(source span) (candidate, bool) {
	if len(f.found) > f.first {
		f.found[len(f.found)-1].relay = relay{source, whence.RelayTranslation}
	}
	return candidate{}, false
}

// modifies tells whether the words say more of the document or person before
// them: "released on Monday", "in February".
func (f *finder) modifies(from, to int) bool {
	if !f.is(from, english.Preposition|english.Postmodifier) && f.words[from].Form&(english.Participle|english.Gerund) == 0 && f.timeAt(from, to) == 0 {
		return false
	}
	for i := from + 1; i < to; i++ {
		if f.is(i, english.Auxiliary|english.Conjunction|english.ClauseOpener) {
			return false
		}
	}
	return true
}

// anyObject is a verb of which only that it has an object is known.
var anyObject = &english.Verb{Frames: english.Object}

// silence reads the responses that give no answer: "did not respond to a
// request", "could not be reached", "would not comment", "had no comment".
func (f *finder) silence(s sentence, k int) (candidate, bool) {
	c := clause{sentence: s, verb: anyObject, head: k, end: k + 1}
	answer := whence.Declined
	switch n, m := f.phrase(english.NoReply, k, s.to), f.phrase(english.Decline, k, s.to); {
	case n > 1:
		c.end, answer = k+n, whence.NoReply
	case m > 1:
		c.end = k + m
	case f.is(k, english.ReplyVerb) && f.negated(s.from, k):
		answer = whence.NoReply
	case f.is(k, english.Answering) && f.is(k, english.Inquiry) && f.negated(s.from, k):
	case f.is(k, english.Have) && f.is(k+1, english.Nothing) && f.is(k+2, english.Inquiry) && f.is(k+2, english.Answering) && k+2 < s.to:
		c.end = k + 3
	default:
		return candidate{}, false
	}
	c.start = f.groupStart(s.from, k)
	return f.response(&c, answer)
}

// negated tells whether the verb at k is, in its group.
func (f *finder) negated(lo, k int) bool {
	for i := f.groupStart(lo, k); i < k; i++ {
		if f.is(i, english.Negation) {
			return true
		}
	}
	return false
}

// response builds an attribution that answers nothing. What was asked is its
// content, where the text tells.
func (f *finder) response(c *clause, r whence.Response) (candidate, bool) {
	s, ok := f.subject(c)
	if !ok {
		return candidate{}, false
	}
	found := candidate{rule: ruleSilence, source: s, cue: span{c.start, c.end}, kind: whence.Statement, response: r, verb: c.verb}
	if c.end < c.to && f.is(c.end, english.Preposition) {
		found.cue.to++
	}
	if from := found.cue.to; from < c.to && f.words[from].letter && (from > c.end || !f.is(from, english.Preposition|english.Conjunction|english.Subordinator)) {
		found.content = []span{{from, f.objectTo(c, from)}}
	}
	return found, true
}

// attitude reads "X is confident that …".
func (f *finder) attitude(s sentence, k int) (candidate, bool) {
	if !f.is(k, english.Attitude) || k+1 >= s.to {
		return candidate{}, false
	}
	c := clause{sentence: s, verb: &english.Verb{Frames: english.Clause}, head: k, end: k + 1, start: f.groupStart(s.from, k)}
	be := false
	for i := c.start; i < k; i++ {
		be = be || f.is(i, english.Be)
	}
	if !be {
		return candidate{}, false
	}
	from := k + 1
	that := f.part(from, english.That) || f.part(from, english.To) && f.followsTo(from+1, s.to)
	if !that && !f.is(from, english.SubjectPronoun|english.Wh|english.Possessive) {
		return candidate{}, false
	}
	source, ok := f.subject(&c)
	if !ok {
		return candidate{}, false
	}
	return candidate{rule: ruleAttitude, source: source, cue: span{c.start, c.end}, kind: whence.Belief, content: []span{{from, f.contentTo(&c, from)}}}, true
}

// noun reads "his claim that …", "plans to …".
func (f *finder) noun(s sentence, k int) (candidate, bool) {
	if !f.is(k, english.ReportNoun) || k+2 >= s.to || f.verbal(k) {
		return candidate{}, false
	}
	that := f.part(k+1, english.That)
	infinitive := f.part(k+1, english.To) && f.followsTo(k+2, s.to)
	if !that && !infinitive {
		return candidate{}, false
	}
	c := clause{sentence: s, verb: &english.Verb{Frames: english.Infinitive}, head: k, start: k, end: k + 1}
	found := candidate{rule: ruleNounTo, cue: span{k, k + 1}, kind: english.NounKind(f.text(k))}
	if that {
		found.rule = ruleNounThat
	}
	if f.is(k-1, english.Possessive) {
		found.source = span{k - 1, k}
	} else if f.possessiveMark(k - 1) {
		found.source = f.nounPhraseBefore(s.from, k)
	}
	found.content = []span{{k + 1, f.contentTo(&c, k+1)}}
	return found, true
}

// inTitle tells whether a sentence is of the article's title.
func (f *finder) inTitle(s sentence) bool { return f.title.Contains(f.words[s.from].Span) }

// named tells whether the last word of a speaker stands as a name further on: whoever a
// title has speak is named below it.
func (f *finder) named(speaker span) bool {
	last := f.text(speaker.to - 1)
	for i := speaker.to; i < len(f.words); i++ {
		if f.words[i].capital && strings.EqualFold(f.text(i), last) {
			return true
		}
	}
	return false
}

// longestSpeaker is how many words may stand before the colon of a transcript.
const longestSpeaker = 8

// transcript reads "X: “…”", "SHOUTED NAME: words" and headlines of that form.
// It tells whether the sentence was one.
func (f *finder) transcript(s sentence) bool {
	colon := s.from + 1
	for colon < s.to && colon < s.from+longestSpeaker && f.text(colon) != ":" {
		colon++
	}
	if colon+1 >= s.to || f.text(colon) != ":" {
		return false
	}
	speaker := span{s.from, colon}
	for i := speaker.from; i < speaker.to; i++ {
		w := &f.words[i]
		if w.quote > 0 || f.verbal(i) || w.letter && !w.capital && !w.Class.Has(english.NounPreposition|english.Determiner|english.Conjunction) {
			return false
		}
	}
	from := colon + 1
	quoted := f.words[from].quote > 0
	if !quoted && !shouted(f.tokens[s.from]) && !f.is(speaker.to-1, english.Document) {
		return false
	}
	if !quoted && !f.is(speaker.to-1, english.Document) && f.inTitle(s) && !f.named(speaker) {
		return false // "TERROR AT THE QUAY: ferry crushed"
	}
	to := f.sentenceEnd(s.span)
	if quoted {
		to = max(to, f.inQuote[f.words[from].quote-1].to)
	} else if next := f.sentenceAt(s.from) + 1; f.words[s.to-1].quote == 0 && shouted(f.tokens[s.from]) {
		for next < len(f.sentences) && f.sentences[next].paragraph == s.paragraph {
			to = f.sentences[next].to
			next++
		}
	}
	f.found = append(f.found, candidate{
		rule: ruleTranscript, source: speaker, cue: span{colon, colon + 1}, content: []span{{from, to}},
		kind: whence.Statement, paragraph: s.paragraph, sentence: s.span,
	})
	return true
}
