package quote

import (
	"slices"
	"strings"

	"whence"
	"whence/english"
)

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
		if by := f.translator(i, c.sentence.to); !by.empty() {
			return relay{by, whence.RelayTranslation}
		}
		if n := f.channelAt(i, c.sentence.to); n > 0 && i+1 < i+n {
			if by := f.translator(i+n, c.sentence.to); !by.empty() {
				return relay{by, whence.RelayTranslation}
			}
			return f.outletAfter(c, f.trimRelay(relay{span{i + 1, i + n}, whence.RelayChannel}))
		}
		if n := f.networkAt(c, i); n > 0 {
			return relay{span{i + 1, n}, whence.RelayChannel}
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

// networkAt is where the name of a network ends that somebody writes on, whose "on" is
// word i: "wrote on Quill"; 0 if none does. Days and months are none.
func (f *finder) networkAt(c *candidate, i int) int {
	if !f.part(i, english.On) || i < c.cue.from || i+1 >= c.sentence.to || f.words[i+1].quote > 0 {
		return 0
	}
	named := i + 1
	for named < c.sentence.to && f.words[named].letter && !f.words[named].capital && named < i+4 && (f.is(named, english.Determiner) || f.onNetwork(named)) {
		named++
	}
	network := named > i+1 && f.onNetwork(named-1) || f.text(named+1) == "," && f.onNetwork(named+3)
	if !network && !f.posts(c.cue) {
		return 0
	}
	end := named
	for end < c.sentence.to && f.words[end].letter && f.words[end].capital && !f.is(end, english.Time|english.Month|english.TimeLead) && f.timeAt(end, c.sentence.to) == 0 {
		end++
	}
	if end == named {
		return 0
	}
	return end
}

// onNetwork tells whether word i is of what networks are called: "social network".
func (f *finder) onNetwork(i int) bool { return f.matter(i).Has(english.Network) }

// posts tells whether a cue has a verb of writing.
func (f *finder) posts(cue span) bool {
	for i := cue.from; i < cue.to; i++ {
		if f.matter(i).Has(english.Posts) {
			return true
		}
	}
	return false
}

// matter is what a word says of claims; of no word nothing.
func (f *finder) matter(i int) english.MatterClass {
	if i < 0 || i >= len(f.words) {
		return 0
	}
	return f.words[i].matter
}

// translator is whoever translated, "translated by this magazine", where word i or one
// of the few after it says so.
func (f *finder) translator(i, hi int) span {
	for k := i; k+2 < hi && k < i+8; k++ {
		if f.matter(k).Has(english.TranslatedBy) && f.part(k+1, english.By) {
			return f.nounPhraseAfter(k+2, hi)
		}
	}
	return span{}
}

// inside tells whether word i belongs to the source or content of c. A cue may hold
// the channel: "said in a statement".
func (f *finder) inside(c *candidate, i int) bool {
	if c.source.from <= i && i < c.source.to {
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
	if i := c.cue.to; i < c.sentence.to && f.is(i, english.ObjectPronoun) && f.matter(i).Has(english.OwnOutlet) && f.words[i].quote == 0 {
		return relay{span{i, i + 1}, whence.RelayOutlet} // who writes
	}
	end := f.recipient(&clause{sentence: sentence{span: c.sentence}, verb: c.verb, end: c.cue.to}, c.cue.to)
	if end <= c.cue.to {
		return relay{}
	}
	named := f.outletAt(c.cue.to, end)
	if named == 0 {
		return relay{}
	}
	for k := named; k < end; k++ { // "the Courier in her office", "Radio Lohn it …"
		if !f.words[k].capital && f.is(k, english.Preposition|english.SubjectPronoun|english.Pronoun) {
			end = k
		}
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
