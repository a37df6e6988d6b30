package quote

import (
	"cmp"
	"strings"

	"whence"
	"whence/english"
)

// party is a group of unnamed people that the article has introduced and
// counted: "three officials".
type party struct {
	noun   string // the group's head noun, without an s
	count  int
	reason string
}

// speaker is a source with the words that it stands at.
type speaker struct {
	*whence.Source
	span
	head, group int // see groupOf
	paragraph   int
	inner       bool // inside the content of another
}

// recall tells the unnamed who come back: "the officials", "one of them", "they"
// are those counted before, as many and unnamed for the same reason, where the
// article counts one group of the noun alone. Speakers are in reading order.
func (f *finder) recall(speakers []speaker) {
	parties := f.parties(speakers)
	last := -1 // who spoke last, but for those whom others quote
	for i := range speakers {
		s := &speakers[i]
		if last >= 0 {
			f.recallPronoun(s, &speakers[last])
		}
		if !s.inner {
			last = i
		}
		f.recallNumber(s, parties)
		f.recallOther(s, parties)
		if !s.Anonymous {
			continue
		}
		if s.Count == 0 && s.group == s.head && !f.plural(s.head) && s.Kind == whence.SourcePerson {
			s.Count = 1
		}
		p := parties[f.nounOf(s.group)]
		if p == nil || p.count == 0 || s.Reason != "" || s.Count != p.count && !f.comesBack(s) {
			continue
		}
		s.Reason = p.reason
		if s.Count == 0 {
			s.Count = p.count
		}
	}
}

// parties are the groups by their noun, with count 0 where several have it.
func (f *finder) parties(speakers []speaker) map[string]*party {
	all := map[string]*party{}
	for _, s := range speakers {
		if !s.Anonymous || s.Count < 2 || s.group != s.head || !f.plural(s.head) {
			continue
		}
		noun := f.nounOf(s.head)
		p := all[noun]
		switch {
		case p == nil:
			all[noun] = &party{noun, s.Count, s.Reason}
		case p.count != s.Count:
			p.count = 0
		default:
			p.reason = cmp.Or(p.reason, s.Reason)
		}
	}
	for _, s := range f.sentences {
		if len(all) == 0 {
			break
		}
		f.promise(s, all)
	}
	return all
}

// promise takes the reason from a sentence that tells of a group that it is not
// named: "The officials spoke on condition of anonymity because …".
func (f *finder) promise(s sentence, all map[string]*party) {
	if s.from >= s.to || !f.is(s.from, english.Determiner) || f.part(s.from, english.A) {
		return
	}
	end := s.from + 1
	for end < s.to && end < s.from+4 && f.words[end].letter && all[f.nounOf(end)] == nil {
		end++
	}
	p := all[f.nounOf(end)]
	if end >= s.to || p == nil || p.reason != "" {
		return
	}
	c := candidate{sentence: s.span, source: span{s.from, end + 1}}
	if reason, granted := f.anonymity(&c); granted && !reason.empty() {
		p.reason = f.asPhrase(reason).Text
	}
}

// recallPronoun lets "they" and "one of them" be the unnamed who spoke just
// before in the same paragraph, and "he" the one who did.
func (f *finder) recallPronoun(s, before *speaker) {
	if s.paragraph != before.paragraph || !before.Anonymous {
		return
	}
	if before.Count == 1 && s.from+1 == s.to && english.NameWord(f.text(s.from)).Has(english.HePronoun|english.ShePronoun) {
		s.Anonymous, s.Count, s.Reason = true, 1, before.Reason
		return
	}
	if before.Count < 2 || !f.is(s.group, english.Many) && (s.group == s.head || !f.is(s.group, english.ObjectPronoun)) {
		return
	}
	s.Anonymous, s.Reason = true, before.Reason
	if s.group == s.head {
		s.Count, s.Kind = before.Count, whence.SourceGroup
	} else {
		s.Count = f.countOf(s.from, s.group)
	}
}

// recallNumber lets "one of the three" be of the unnamed, where the article counts
// one group of three alone.
func (f *finder) recallNumber(s *speaker, parties map[string]*party) {
	n, ok := english.NumberValue(f.text(s.group))
	if !ok || s.group == s.head || !f.is(s.group-1, english.Determiner) || f.part(s.group-1, english.A) {
		return
	}
	var of *party
	for _, p := range parties {
		if p.count == n {
			if of != nil {
				return
			}
			of = p
		}
	}
	switch {
	case of != nil:
		s.Anonymous, s.Count, s.Reason = true, f.countOf(s.from, s.group-1), of.reason
	case !s.Anonymous && !f.namesSomebody(s.span):
		s.Anonymous, s.Count = true, f.countOf(s.from, s.group-1)
	}
}

// recallOther lets "the third" be one of the unnamed, where the article counts one group
// alone.
func (f *finder) recallOther(s *speaker, parties map[string]*party) {
	if s.Anonymous || len(parties) != 1 || s.to != s.from+2 || !f.is(s.from, english.Determiner) || f.words[s.head].capital {
		return
	}
	if !f.matter(s.head).Has(english.Partitive) || f.is(s.head, english.Number|english.Many) {
		return
	}
	for _, p := range parties {
		if p.count > 1 {
			s.Anonymous, s.Count, s.Reason, s.Kind = true, 1, p.reason, whence.SourcePerson
		}
	}
}

// comesBack tells whether a source is of people told of before: part of a group,
// with a definite article, or one more of them, "a second official".
func (f *finder) comesBack(s *speaker) bool {
	if s.group != s.head {
		return true
	}
	if s.head == s.from+2 && f.part(s.from, english.A) && f.matter(s.from+1).Has(english.Partitive) {
		return true
	}
	return f.is(s.from, english.Determiner) && !f.part(s.from, english.A) && s.head == s.from+1
}

// nounOf is the noun at word i, alike for one and for several.
func (f *finder) nounOf(i int) string {
	return strings.TrimSuffix(strings.ToLower(f.text(i)), "s")
}
