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

// sight is what the decision knows about a token.
type sight struct {
	hash  uint32 // of the token in lower case
	shape shape
	gap   gap
	glued bool // a full stop that belongs to the abbreviation before it
}

// part is a part of the text while its boundaries are decided.
type part struct {
	tokens []Token
	sights []sight
	start  int    // first token of the sentence at hand
	style  uint32 // of the whole part
	open   int    // brackets that are open
	quotes int    // straight quotation marks so far

	features []uint32
}

// look takes in the part with these tokens.
func (p *part) look(tokens []Token, notes []note) {
	p.tokens, p.sights = tokens, p.sights[:0]
	capitalisedWords, words, stops := 0, 0, 0
	for i, t := range p.tokens {
		s := sight{hashOf(t.Text), shapeOf(t.Text), notes[i].gap, notes[i].glued}
		p.sights = append(p.sights, s)
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
func (p *part) add(t, a, b uint32) {
	h := (t*0x9E3779B1 + a) * 0x85EBCA6B
	h = (h ^ h>>15 ^ b) * 0xC2B2AE35
	p.features = append(p.features, (h^h>>16)%Rows)
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
	p.add(0, 0, 0)
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
