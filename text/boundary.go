package text

import "whence"

// Gap is a place between two tokens of one part where a sentence may end.
type Gap struct {
	// End is where the token before the gap ends, in code points.
	End int
	// Features are what the decision rests on: rows of the table of weights.
	// They are only valid during the call.
	Features []uint32
}

// Gaps cuts s as [Sentences] does, but for asking decide whether a sentence
// ends at a gap, in the order of the text. It is how the weights are trained.
func Gaps(s string, within []whence.Span, decide func(Gap) bool) []Sentence {
	return cut(s, within, decide)
}

// Rows is the number of rows of the table of weights.
const Rows = 1 << 17

// Always is the row of the feature that every gap has.
const Always = 0

// sight is what the decision knows about a token.
type sight struct {
	hash   uint32 // of the token in lower case
	suffix uint32 // hash of its last three bytes
	shape  shape
	gap    gap
	glued  bool // a full stop that belongs to the abbreviation before it
}

// part is a part of the text while its boundaries are decided.
type part struct {
	tokens []Token
	sights []sight
	start  int                // first token of the sentence at hand
	style  uint32             // of the whole part
	marks  [otherMark + 1]int // of the part, by shape
	open   int                // brackets that are open
	quotes int                // straight quotation marks so far

	features []uint32
}

// look takes in the part with these tokens.
func (p *part) look(tokens []Token, notes []note) {
	p.tokens, p.sights = tokens, p.sights[:0]
	p.marks = [otherMark + 1]int{}
	capitalisedWords, words, stops := 0, 0, 0
	for i, t := range p.tokens {
		s := sight{hashOf(t.Text), hashOf(t.Text[max(0, len(t.Text)-3):]), shapeOf(t.Text), notes[i].gap, notes[i].glued}
		p.sights = append(p.sights, s)
		if s.gap != none {
			p.marks[s.shape]++
		}
		switch {
		case s.shape == capitalised || s.shape == capitals:
			capitalisedWords++
			words++
		case s.shape.word():
			words++
		case s.shape.ends():
			stops++
		}
	}
	last := len(p.sights) - 1
	for last > 0 && p.sights[last].shape.closes() {
		last--
	}
	p.style = 0
	if p.sights[last].shape.ends() {
		p.style = 1
	}
	p.style |= uint32(min(3, 8*capitalisedWords/max(1, words))) << 1
	p.style |= uint32(min(3, 40*stops/max(1, words))) << 3
}

// hashOf is the FNV-1a hash of s with ASCII letters in lower case and all
// digits alike.
func hashOf(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s) && i < 24; i++ {
		b := s[i]
		switch {
		case b >= 'A' && b <= 'Z':
			b += 'a' - 'A'
		case b >= '0' && b <= '9':
			b = '0'
		}
		h = (h ^ uint32(b)) * 16777619
	}
	return h
}

// at is the sight of token i, or that of an edge.
func (p *part) at(i int) sight {
	if i < 0 || i >= len(p.sights) {
		return sight{}
	}
	return p.sights[i]
}

// candidate tells whether a sentence may end after token i, and which token
// is the last before closing marks.
func (p *part) candidate(i int) (last int, may bool) {
	next := p.sights[i+1]
	if next.gap == none && next.shape.closes() {
		return 0, false
	}
	last = i
	for last > p.start && p.sights[last].shape.closes() && p.sights[last].gap == none {
		last--
	}
	s := p.sights[last].shape
	if next.gap == none {
		return last, s.ends() && !p.sights[last].glued && (next.shape.word() || next.shape == openQuote || next.shape == quoteMark) && last == i
	}
	return last, !s.word() || next.shape != lowerWord
}

// add appends a feature of template t over a and b.
func (p *part) add(t, a, b uint32) { p.features = append(p.features, row(t, a, b)) }

// row is the row of the feature of template t over a and b.
func row(t, a, b uint32) uint32 {
	h := (t*0x9E3779B1 + a) * 0x85EBCA6B
	h = (h ^ h>>15 ^ b) * 0xC2B2AE35
	return (h ^ h>>16) % Rows
}

// bucket makes few classes of a length.
func bucket(n int) uint32 {
	switch {
	case n <= 4:
		return uint32(n)
	case n <= 6:
		return 5
	case n <= 9:
		return 6
	case n <= 14:
		return 7
	case n <= 24:
		return 8
	case n <= 40:
		return 9
	}
	return 10
}

// describe fills in the features of the gap after token i; last is the token
// before closing marks.
func (p *part) describe(i, last int) {
	p.features = p.features[:0]
	before, e, n1, n2, n3 := p.at(last-1), p.at(last), p.at(i+1), p.at(i+2), p.at(i+3)
	before2 := p.at(last - 2)
	if last-1 < p.start {
		before = sight{}
	}
	kind := uint32(e.shape)<<8 | uint32(n1.shape)<<3
	if last < i {
		kind |= 1
	}
	if n1.gap == none {
		kind |= 2
	}
	end := uint32(e.shape)
	if p.sights[last].glued {
		kind |= 4
		end |= 1 << 6
	}
	if last < i {
		end |= 1 << 7
	}
	shapes := func(a, b sight) uint32 { return uint32(a.shape)<<8 | uint32(b.shape) }
	p.features = append(p.features, Always)
	p.add(1, kind, 0)
	p.add(2, kind, n1.hash)
	p.add(3, kind, e.hash)
	p.add(4, kind, before.hash)
	p.add(5, end, n1.hash)
	p.add(6, n1.hash, uint32(n1.shape))
	p.add(7, n1.hash, n2.hash)
	p.add(8, e.hash, before.hash)
	p.add(9, e.hash, n1.hash)
	p.add(10, kind, shapes(before, n2))
	p.add(11, kind, shapes(n2, n3))
	p.add(12, kind, shapes(before2, before))
	p.add(13, end, n2.hash)
	p.add(14, kind, bucket(last-p.start))
	p.add(15, kind, bucket(len(p.tokens)-1-i))
	p.add(16, kind, p.style)
	p.add(17, end, p.style)
	p.add(18, kind, uint32(min(p.open, 1))<<1|uint32(p.quotes&1))
	first := p.at(p.start)
	p.add(19, first.hash, n1.hash)
	p.add(20, kind, uint32(first.shape))
	p.add(21, p.style, bucket(last-p.start))
	p.add(22, before.hash, n1.hash)
	p.add(23, end, before.hash)
	p.add(24, kind, bucket(p.nextEnd(i+1)))
	p.add(25, shapes(first, n1), shapes(n2, sight{shape: shape(end)}))
	p.add(26, kind, e.suffix)
	p.add(27, kind, n1.suffix)
	p.add(28, kind, first.hash)
	p.add(29, kind, n3.hash)
	p.add(30, kind, p.lowers(p.start, last+1))
	p.add(31, kind, p.lowers(i+1, i+7)|0x100)
	p.add(32, shapes(e, n1), shapes(n2, n3)<<16|shapes(before2, before))
	p.add(33, n1.suffix, n2.suffix)
	p.add(34, e.suffix, n1.suffix)
	left := uint32(len(p.tokens) - 1 - i)
	begins := uint32(0)
	if p.start == 0 {
		begins = 1
	}
	p.add(35, kind, begins<<8|bucket(last-p.start))
	p.add(36, end, begins<<16|bucket(last-p.start)<<8|bucket(int(left)))
	p.add(37, kind, min(left, 6)<<8|p.lowers(i+1, i+7))
	p.add(38, kind, p.repeats(n1))
	p.add(39, shapes(e, n1), p.repeats(n1)<<8|p.repeats(e))
	p.add(40, kind, uint32(p.style)<<8|begins)
	p.add(41, shapes(first, n1), p.lowers(p.start, last+1))
	p.add(42, before.hash^e.hash*31, n1.hash)
	p.add(43, kind, before.suffix)
	p.add(44, kind, n2.suffix)
}

// repeats is how often a mark like s stands in the part, to a bound.
func (p *part) repeats(s sight) uint32 {
	if s.shape.word() {
		return 7
	}
	return uint32(min(3, p.marks[s.shape]))
}

// lowers is how many words in lower case, to a bound, and whether any other
// word, are among the tokens from to end.
func (p *part) lowers(from, end int) uint32 {
	n, others := uint32(0), uint32(0)
	for _, s := range p.sights[max(from, end-12):min(end, len(p.sights))] {
		switch {
		case s.shape == lowerWord:
			n++
		case s.shape.word():
			others++
		}
	}
	return min(n, 5)<<4 | min(others, 4)
}

// nextEnd is how many tokens on from i the next mark stands that ends
// sentences, up to a bound.
func (p *part) nextEnd(i int) int {
	for n := 0; n < 25; n++ {
		if i+n >= len(p.sights) {
			return 26
		}
		if p.sights[i+n].shape.ends() {
			return n
		}
	}
	return 25
}

// pass keeps count of what token i opens and closes.
func (p *part) pass(i int) {
	switch p.sights[i].shape {
	case openBracket:
		p.open++
	case closeBracket:
		p.open = max(0, p.open-1)
	case quoteMark:
		p.quotes++
	}
}

// boundaries appends the ends of the sentences of the part, as numbers of its
// tokens.
func (p *part) boundaries(ends []int, decide func(Gap) bool) []int {
	p.start, p.open, p.quotes = 0, 0, 0
	for i := range p.tokens[:len(p.tokens)-1] {
		p.pass(i)
		last, may := p.candidate(i)
		if !may || p.forbidden(i, last) {
			continue
		}
		p.describe(i, last)
		if decide(Gap{p.tokens[i].End, p.features}) {
			ends = append(ends, i+1)
			p.start, p.open, p.quotes = i+1, 0, 0
		}
	}
	return append(ends, len(p.tokens))
}

// forbidden tells whether a rule keeps the sentence going.
func (p *part) forbidden(i, last int) bool {
	if !p.sights[last].glued || last == 0 || last < i {
		return false
	}
	word := p.tokens[last-1].Text
	next := p.sights[i+1].shape
	switch known(followers, word) {
	case aName:
		return next == capitalised || next == letterAlone || next == capitals
	case aNumber:
		return next == number || next == alphanumeric
	}
	return false
}
