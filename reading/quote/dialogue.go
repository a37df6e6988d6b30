package quote

import (
	"sort"
	"strings"

	"whence"
	"whence/english"
)

// longestSignature is how many words may follow the dash under a quotation.
const longestSignature = 8

// dialogue finds what the shape of paragraphs says alone, without a verb: the
// turns of an interview, "NAME: words", and quotations that are signed,
// "“…” ― Name", and speech that is a paragraph of its own after a colon. Attributions found before give way, see [finder.giveWay].
func (f *finder) dialogue() {
	paragraphs := f.paragraphs()
	found := f.turns(paragraphs)
	taken := make([]bool, len(paragraphs))
	for i := range found {
		for n := found[i].paragraph; n < len(paragraphs) && paragraphs[n].from < found[i].end(); n++ {
			taken[n] = true
		}
	}
	for n := range paragraphs {
		if taken[n] {
			continue
		}
		if c, ok := f.signed(paragraphs, n); ok {
			found = append(found, c)
		} else if c, ok := f.posted(paragraphs, n); ok {
			found = append(found, c)
		} else if c, ok := f.answered(paragraphs, n); ok && !taken[n+1] {
			found = append(found, c)
			taken[n+1] = true
		} else if c, ok := f.setOff(paragraphs, n); ok && !taken[n+1] {
			found = append(found, c)
		}
	}
	if len(found) == 0 {
		return
	}
	sort.Slice(found, func(i, j int) bool { return found[i].start() < found[j].start() })
	for i := range found {
		found[i].paragraph = f.sentences[f.sentenceAt(found[i].cue.from)].paragraph
	}
	f.giveWay(found)
}

// paragraphs are the ranges of words of the paragraphs, in order.
func (f *finder) paragraphs() []span {
	var all []span
	last := -1
	for _, s := range f.sentences {
		if s.paragraph != last {
			all = append(all, s.span)
		}
		last = s.paragraph
		all[len(all)-1].to = s.to
	}
	return all
}

// spokenWords is how many words follow a speaker on the average, marks and colon
// among them. Fewer are a table: "Finch: 14 votes".
const spokenWords = 6

// turn is a paragraph that begins with a speaker and a colon.
type turn struct {
	paragraph int // its place among the paragraphs
	speaker   span
	shouted   bool
	marked    bool // a quotation mark comes before
}

// turns finds the turns of an interview: at least two paragraphs that begin with
// a name in capitals alone, or with names that come back. A turn goes on to the
// next, the last one to the end of its paragraph, and what stands in brackets
// ("(APPLAUSE)") ends it. Paragraph is the place among the paragraphs here.
func (f *finder) turns(paragraphs []span) []candidate {
	var all []turn
	times := map[string]int{}
	for n, p := range paragraphs {
		if t, ok := f.turnAt(p); ok {
			t.paragraph = n
			all = append(all, t)
			times[f.spoken(t.speaker)]++
		}
	}
	kept, words := all[:0], 0
	for _, t := range all {
		if t.shouted || len(times) > 1 && times[f.spoken(t.speaker)] > 1 {
			kept = append(kept, t)
			words += paragraphs[t.paragraph].to - t.speaker.to
		}
	}
	if len(kept) < 2 || words < len(kept)*spokenWords {
		return nil
	}
	found := make([]candidate, 0, len(kept))
	for i, t := range kept {
		end := t.paragraph + 1
		if i+1 < len(kept) {
			end = kept[i+1].paragraph
		}
		colon := t.speaker.to
		c := candidate{
			rule: ruleTurn, source: t.speaker, cue: span{colon, colon + 1},
			kind: whence.Statement, paragraph: t.paragraph, sentence: paragraphs[t.paragraph],
		}
		for n := t.paragraph; n < end; n++ {
			s := paragraphs[n]
			if n == t.paragraph {
				s.from = colon + 1
			} else if t.marked && isMark(f.text(s.from)) {
				s.from++
			}
			if t.marked && s.to > s.from && isMark(f.text(s.to-1)) {
				s.to--
			}
			if s.empty() || f.text(s.from) == "(" || f.text(s.from) == "[" {
				break
			}
			c.content = append(c.content, s)
		}
		if len(c.content) > 0 {
			found = append(found, c)
		}
	}
	return found
}

// turnAt reads the speaker that a paragraph begins with.
func (f *finder) turnAt(p span) (turn, bool) {
	t := turn{speaker: span{p.from, p.from}, shouted: true}
	if p.to-p.from > 2 && isMark(f.text(p.from)) {
		t.marked = true
		t.speaker.from++
	}
	colon := t.speaker.from
	for ; colon < p.to && colon < t.speaker.from+longestSpeaker && f.text(colon) != ":"; colon++ {
		w := &f.words[colon]
		if w.mark || w.letter && !w.capital || !w.letter && w.Text != "." && w.Text != "-" {
			return t, false
		}
		if w.letter && !shouted(strings.ReplaceAll(w.Text, ".", "")) && len(w.Text) > 1 {
			t.shouted = false
		}
	}
	t.speaker.to = colon
	if t.speaker.empty() || colon+1 >= p.to || f.text(colon) != ":" || !f.words[t.speaker.from].letter || len(f.text(t.speaker.from)) < 2 {
		return t, false
	}
	return t, t.shouted || !f.verbal(colon-1)
}

// spoken is the text of the words with single blanks.
func (f *finder) spoken(s span) string { return strings.Join(f.tokens[s.from:s.to], " ") }

// signed reads a paragraph that is a quotation with a name behind a dash, at its
// end or as the paragraph after it.
func (f *finder) signed(paragraphs []span, n int) (candidate, bool) {
	p := paragraphs[n]
	if p.to-p.from < 3 || !isMark(f.text(p.from)) {
		return candidate{}, false
	}
	dash := p.to
	for i := p.to - 2; i > p.from && i >= p.to-longestSignature-2; i-- {
		if isDash(f.text(i)) {
			dash = i
			break
		}
	}
	if !closes(f.text(dash - 1)) {
		return candidate{}, false
	}
	name := span{dash + 1, p.to}
	if dash == p.to {
		if n+1 == len(paragraphs) || paragraphs[n+1].from != dash || !isDash(f.text(dash)) {
			return candidate{}, false
		}
		name.to = paragraphs[n+1].to
	}
	if f.final(name.to-1) && name.to-1 > name.from {
		name.to--
	}
	if !f.isSignature(name) {
		return candidate{}, false
	}
	return candidate{
		rule: ruleSigned, source: name, cue: span{dash, dash + 1}, content: []span{{p.from, dash}},
		kind: whence.Statement, sentence: span{p.from, name.to},
	}, true
}

// posted reads a paragraph that is a post set in a page, with the name and the handle of
// who wrote it behind a dash in the paragraph after: "— Ana Brandt (@anabrandt)".
func (f *finder) posted(paragraphs []span, n int) (candidate, bool) {
	p := paragraphs[n]
	if n+1 == len(paragraphs) || p.to-p.from < fewestPosted || isMark(f.text(p.from)) {
		return candidate{}, false
	}
	by := paragraphs[n+1]
	if by.from != p.to || !isDash(f.text(by.from)) {
		return candidate{}, false
	}
	name := span{by.from + 1, by.from + 1}
	for name.to < by.to && name.to < name.from+longestSignature && f.text(name.to) != "(" {
		name.to++
	}
	if name.to+1 >= by.to || f.text(name.to) != "(" || !strings.HasPrefix(f.text(name.to+1), "@") || !f.isSignature(name) {
		return candidate{}, false
	}
	return candidate{
		rule: ruleSigned, source: name, cue: span{by.from, by.from + 1}, content: []span{p},
		kind: whence.Statement, sentence: span{p.from, name.to},
	}, true
}

// fewestPosted is the fewest words of a post.
const fewestPosted = 4

// answered reads a paragraph that is a quotation and no more, after a sentence that says
// that somebody answered: "Finch responded on Monday. “It is safe.”"
func (f *finder) answered(paragraphs []span, n int) (candidate, bool) {
	if n+1 == len(paragraphs) {
		return candidate{}, false
	}
	p, said := paragraphs[n], paragraphs[n+1]
	if said.to-said.from < setOffLength || said.from != p.to || !isMark(f.text(said.from)) || f.words[said.from].quote == 0 {
		return candidate{}, false
	}
	if q := f.inQuote[f.words[said.from].quote-1]; q.from != said.from || q.to < said.to {
		return candidate{}, false
	}
	s := f.sentences[f.sentenceAt(p.to-1)]
	f.first = len(f.found)
	for k := s.from + 1; k < s.to && k < s.from+longestAnswer; k++ {
		if !f.is(k, english.ReplyVerb) || f.words[k].quote > 0 || !f.words[k].Form.Has(english.Past) {
			continue
		}
		c := clause{sentence: s, verb: &english.Verb{Frames: english.Quote}, head: k, end: k + 1, start: f.groupStart(s.from, k)}
		source, ok := f.subject(&c)
		if !ok || c.start != k || source.from != s.from {
			return candidate{}, false
		}
		return candidate{rule: ruleSetOff, source: source, cue: span{k, k + 1}, content: []span{said}, kind: whence.Statement, sentence: s.span, paragraph: n}, true
	}
	return candidate{}, false
}

// longestAnswer is how many words of a sentence a verb of answering is looked for in.
const longestAnswer = 8

// isSignature tells whether the words may be a name alone.
func (f *finder) isSignature(s span) bool {
	if s.empty() || s.to-s.from > longestSignature || !f.words[s.from].letter {
		return false
	}
	for i := s.from; i < s.to; i++ {
		w := &f.words[i]
		if w.mark || w.letter && !w.capital || f.is(i, english.Determiner) && i == s.from {
			return false
		}
	}
	return true
}

func isDash(s string) bool {
	switch s {
	case "—", "–", "--", "―", "-":
		return true
	}
	return false
}

// closes tells whether a mark may end a quotation.
func closes(s string) bool {
	return isMark(s) && s != "“" && s != "``" && s != "«" && s != "„" && s != "‘"
}

// start is where the first of its parts begins.
func (c *candidate) start() int {
	from := min(c.cue.from, c.content[0].from)
	if !c.source.empty() {
		from = min(from, c.source.from)
	}
	return from
}

// until is where the last of its parts ends.
func (c *candidate) until() int { return max(c.end(), c.source.to) }

// giveWay puts sure attributions, which are in order and apart, before what was
// found: what has its cue inside their contents stands within them, what has it
// in their source or cue is dropped, and contents of others that reach into
// them lose these words.
func (f *finder) giveWay(sure []candidate) {
	at := func(i int) int { // the first that does not end before word i
		return sort.Search(len(sure), func(n int) bool { return sure[n].until() > i })
	}
	moved := make([]int, len(f.found)+1) // 1 + old number → 1 + new number; 0 is dropped
	cues := map[int]bool{}               // where those begin that were kept
	all := sure
	for i := range f.found {
		c := f.found[i]
		n, parent := at(c.cue.from), 0
		if n < len(sure) && sure[n].start() < c.cue.to {
			if !sure[n].holds(c.cue) {
				continue
			}
			parent = n + 1
		}
		c.content = apart(c.content, sure, at, parent)
		if len(c.content) == 0 && len(f.found[i].content) > 0 {
			continue
		}
		if c.within > 0 {
			if c.within = moved[c.within]; c.within == 0 && cues[c.cue.from] {
				continue // found in one that was dropped, and besides
			}
		}
		if c.within == 0 {
			c.within = parent
		}
		cues[c.cue.from] = true
		all = append(all, c)
		moved[i+1] = len(all)
	}
	f.found = all
}

// holds tells whether the words stand inside the content.
func (c *candidate) holds(s span) bool {
	for _, o := range c.content {
		if o.from <= s.from && s.to <= o.to {
			return true
		}
	}
	return false
}

// apart leaves of a content what shares no words with sure attributions; where it
// stands within one, 1 + whose number is parent, what that one's content holds.
func apart(content []span, sure []candidate, at func(int) int, parent int) []span {
	var kept []span
	for _, s := range content {
		n := at(s.from)
		switch {
		case parent > 0 && sure[parent-1].holds(s), parent == 0 && (n == len(sure) || sure[n].start() >= s.to):
			kept = append(kept, s)
		case parent == 0 && sure[n].start() > s.from:
			kept = append(kept, span{s.from, sure[n].start()})
		}
	}
	return kept
}

// How many words before the colon that leads in speech set off a verb may stand,
// "then wrote:", and how many words are speech and no heading.
const (
	longestLead  = 2
	setOffLength = 8
)

// setOff reads speech that is a paragraph of its own without quotation marks,
// after a paragraph that ends with a verb of saying and a colon.
func (f *finder) setOff(paragraphs []span, n int) (candidate, bool) {
	p := paragraphs[n]
	if n+1 == len(paragraphs) || p.to-p.from < 3 || f.text(p.to-1) != ":" || f.words[p.to-1].quote > 0 {
		return candidate{}, false
	}
	said := paragraphs[n+1]
	if said.to-said.from < setOffLength || !f.words[said.from].capital || f.words[said.from].quoted || !f.final(said.to-1) {
		return candidate{}, false
	}
	s := f.sentences[f.sentenceAt(p.to-1)]
	f.first = len(f.found) // a subject is not to be taken from elsewhere
	for k := p.to - 2; k > s.from && k >= p.to-1-longestLead; k-- {
		v, end := f.verbAt(k, p.to)
		if v == nil || !v.Frames.Has(english.Quote) || f.words[k].quote > 0 {
			continue
		}
		c := clause{sentence: s, verb: v, head: k, end: end, start: f.groupStart(s.from, k)}
		source, ok := f.subject(&c)
		if !f.isVerb(&c) || !ok {
			continue
		}
		return candidate{
			rule: ruleSetOff, source: source, cue: f.cue(&c), content: []span{said}, kind: v.Kind, verb: v,
			sentence: s.span, paragraph: n,
		}, true
	}
	return candidate{}, false
}
