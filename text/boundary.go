package text

import "whence"

// Gap is a place between two tokens of one part where a sentence may end.
type Gap struct {
	// End is where the token before the gap ends, in code points.
	End int
	// Features are hashes of what the decision rests on. They are only valid
	// during the call.
	Features []uint32
}

// Gaps cuts s as [Sentences] does, but for asking decide whether a sentence
// ends at a gap, in the order of the text. It is how the weights are trained.
func Gaps(s string, within []whence.Span, decide func(Gap) bool) []Sentence {
	return cut(s, within, decide)
}

// sight is what the decision knows about a token.
type sight struct {
	hash   uint32 // of the token, without its case
	suffix uint32 // of its last three bytes
	shape  shape
	gap    gap
	glued  bool // a full stop that belongs to the abbreviation before it
}

// part is a part of the text while its boundaries are decided.
type part struct {
	tokens []Token
	sights []sight
	loose  bool               // capitals say little in it
	style  uint32             // how much is capitalised, how many sentences end with a stop, and whether the last does
	shapes [lastShape + 1]int // how many tokens after white space have the shape

	// the sentence at hand, and those before it
	start    int   // its first token
	previous int   // first token of the sentence before, 0 for none
	ended    shape // of the last word or mark of the sentence before
	before   shape // and of the one before that
	open     int   // brackets open
	quotes   int   // straight quotation marks so far

	features []uint32
}

// look takes in the part with these tokens.
func (p *part) look(tokens []Token, notes []note) {
	p.tokens, p.sights = tokens, p.sights[:0]
	p.shapes = [lastShape + 1]int{}
	large, words, stops := 0, 0, 0
	loose := false
	for i, t := range p.tokens {
		s := sight{hashOf(t.Text), hashOf(t.Text[max(0, len(t.Text)-3):]), shapeOf(t.Text), notes[i].gap, notes[i].glued}
		p.sights = append(p.sights, s)
		if s.gap != none {
			p.shapes[s.shape]++
		}
		if t.Text == "i" {
			loose = true
		}
		switch {
		case s.shape == capitalised || s.shape == capitals:
			large++
			words++
		case s.shape.word():
			words++
		case s.shape.ends():
			stops++
		}
	}
	p.style = uint32(min(3, 8*large/max(1, words)))<<1 | uint32(min(3, 40*stops/max(1, words)))<<3
	p.loose = p.sights[0].shape == lowerWord || loose
	last := len(p.sights) - 1
	for last > 0 && p.sights[last].shape.closes() {
		last--
	}
	if p.sights[last].shape.ends() {
		p.style |= 1
	}
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

// boundaries appends the ends of the sentences of the part, as numbers of its
// tokens.
func (p *part) boundaries(ends []int, decide func(Gap) bool) []int {
	p.start, p.open, p.quotes = 0, 0, 0
	p.previous, p.ended, p.before = 0, edge, edge
	for i := range p.tokens[:len(p.tokens)-1] {
		p.count(i)
		last, may := p.candidate(i)
		if !may {
			continue
		}
		end, sure := p.ruled(i, last)
		if !sure {
			p.describe(i, last)
			end = decide(Gap{p.tokens[i].End, p.features})
		}
		if end {
			ends = append(ends, i+1)
			p.previous, p.before, p.ended = p.start, p.ended, p.sights[last].shape
			p.start, p.open, p.quotes = i+1, 0, 0
		}
	}
	return append(ends, len(p.tokens))
}

// count keeps count of what token i opens and closes.
func (p *part) count(i int) {
	switch p.sights[i].shape {
	case openBracket:
		p.open++
	case closeBracket:
		p.open = max(0, p.open-1)
	case quoteMark:
		p.quotes++
	}
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
		apart := next.shape.word() || next.shape == openQuote || next.shape == quoteMark
		return last, apart && s.ends() && last == i && !p.sights[last].glued
	}
	if next.shape == lowerWord && !p.loose {
		return last, s.ends() && last == i || s == colon || s == semicolon || s > openBracket && s != currency && s != webAddress
	}
	return last, s != openBracket && s != currency
}

// ruled decides after abbreviations, and between a number without a mark and a
// name on the same line ("Almost 700 Velmarkers", "the July 6 Harbour meeting") of
// a part that ends with a stop, where a rule is sure.
func (p *part) ruled(i, last int) (end, sure bool) {
	if last == 0 || last < i {
		return false, false
	}
	next := p.sights[i+1]
	if p.sights[last].shape == number && next.shape == capitalised && next.gap == space {
		follows := last > p.start && p.style&1 == 1 && p.sights[last-1].shape.word() && !p.loose && !known(starters, p.tokens[i+1].Text)
		return false, follows
	}
	if !p.sights[last].glued {
		return false, false
	}
	switch known(followers, p.tokens[last-1].Text) {
	case aName:
		return false, next.shape == capitalised || next.shape == letterAlone || next.shape == capitals
	case anything:
		return false, true
	case aNumber:
		return false, next.shape == number || next.shape == alphanumeric
	}
	starts := next.shape == capitalised && p.sights[last-1].shape != letterAlone && known(starters, p.tokens[i+1].Text)
	return starts, starts
}

// describe fills in the features of the gap after token i; last is the token
// before closing marks. Their order is part of the table of weights.
func (p *part) describe(i, last int) {
	p.features = p.features[:0]
	e, n1, n2, n3 := p.at(last), p.at(i+1), p.at(i+2), p.at(i+3)
	b2, b1, first := p.at(last-2), p.at(last-1), p.at(p.start)
	if last == p.start {
		b1 = sight{}
	}
	end, kind := p.kinds(i, last)
	so, left := bucket(last-p.start), bucket(len(p.tokens)-1-i)
	begins := uint32(0)
	if p.start == 0 {
		begins = 1
	}
	alike, ended := p.alike(p.start, i+1), uint32(p.ended)
	before, after, next := p.letters(p.start, last+1), p.letters(i+1, i+7), p.nextEnd(i+1)

	// marks and shapes
	p.add(0, 0)
	p.add(kind, 0)
	p.add(kind, pair(b1, n2))
	p.add(kind, pair(n2, n3))
	p.add(kind, pair(b2, b1))
	p.add(kind, uint32(min(p.open, 1))<<1|uint32(p.quotes&1))
	// words
	p.add(kind, n1.hash)
	p.add(kind, e.hash)
	p.add(end, n1.hash)
	p.add(end, b1.hash)
	p.add(n1.hash, uint32(n1.shape))
	p.add(n1.hash, n2.hash)
	p.add(e.hash, b1.hash)
	p.add(e.hash, n1.hash)
	p.add(b1.hash, n1.hash)
	p.add(b1.hash^e.hash*31, n1.hash)
	p.add(kind, b2.hash)
	p.add(kind, p.at(i+4).hash)
	p.add(b1.hash, n2.hash^kind)
	p.add(e.hash, n2.hash^kind)
	p.add(pair(p.at(i+4), p.at(i+5))<<16|pair(n2, n3), pair(e, n1))
	p.add(pair(p.at(last-3), b2)<<16|pair(b1, e), uint32(n1.shape))
	p.add(kind, hashOf(p.tokens[i].Text[max(0, len(p.tokens[i].Text)-2):]))
	p.add(kind, uint32(min(9, len(p.tokens[i+1].Text))))
	p.add(kind, e.suffix)
	p.add(kind, n1.suffix)
	p.add(kind, b1.suffix)
	p.add(kind, n2.suffix)
	p.add(e.suffix, n1.suffix)
	// the part, and where in it
	p.add(kind, p.style)
	p.add(end, p.style)
	p.add(kind, so)
	p.add(kind, left)
	p.add(kind, begins<<8|so)
	p.add(end, begins<<16|so<<8|left)
	p.add(p.style, so)
	p.add(kind, next)
	p.add(kind, before)
	p.add(kind, after)
	p.add(kind, min(left, 6)<<8|after)
	p.add(kind, p.repeats(n1))
	p.add(pair(e, n1), p.repeats(n1)<<8|p.repeats(e))
	// the sentence at hand and those before it, for lists
	p.add(first.hash, n1.hash)
	p.add(kind, first.hash)
	p.add(kind, uint32(first.shape))
	p.add(pair(first, n1), uint32(n2.shape)<<8|end)
	p.add(pair(first, n1), before)
	p.add(kind, alike)
	p.add(kind, ended<<8|so)
	p.add(kind, ended<<8|alike)
	p.add(kind, ended<<8|p.style)
	p.add(kind, ended<<8|uint32(p.before))
	p.add(kind, before<<8|after)
	p.add(kind, next<<8|after)
	p.add(kind, ended<<16|before<<8|p.style)
	p.add(kind, p.style<<8|next)
	p.add(kind, p.style<<16|so<<8|left)
	p.add(kind, ended<<16|alike<<8|after)
	p.add(n1.hash, p.style<<8|uint32(e.shape))
	p.add(n1.hash^n2.hash*31, n3.hash)
	p.add(end, ended<<16|before<<8|next)
	p.add(end, p.alike(p.previous, i+1)<<8|alike)
}

// add appends a feature over a and b. Its place in the order tells it from the
// others.
func (p *part) add(a, b uint32) {
	h := (uint32(len(p.features))*0x9E3779B1 + a) * 0x85EBCA6B
	h = (h ^ h>>15 ^ b) * 0xC2B2AE35
	h = (h ^ h>>13) * 0x27D4EB2F
	p.features = append(p.features, h^h>>16)
}

// kinds says what sort of gap is after token i, coarsely and finely.
func (p *part) kinds(i, last int) (end, kind uint32) {
	e, n1 := p.sights[last], p.sights[i+1]
	end = uint32(e.shape)
	if e.glued {
		end |= 1 << 6
	}
	if last < i {
		end |= 1 << 7
	}
	kind = end<<9 | uint32(n1.shape)<<1
	if n1.gap == none {
		kind |= 1
	}
	return end, kind
}

// pair is the shapes of two tokens.
func pair(a, b sight) uint32 { return uint32(a.shape)<<8 | uint32(b.shape) }

// at is the sight of token i, or that of an edge.
func (p *part) at(i int) sight {
	if i < 0 || i >= len(p.sights) {
		return sight{}
	}
	return p.sights[i]
}

// bucket makes few classes of a number of tokens.
func bucket(n int) uint32 {
	if n < len(buckets) {
		return uint32(buckets[n])
	}
	return 9
}

// buckets are the classes of the numbers to 40.
var buckets = [...]uint8{
	0, 0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
	8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8,
}

// letters counts words in lower case and other words among the last twelve of
// the tokens from to end, each to a bound.
func (p *part) letters(from, end int) uint32 {
	small, others := uint32(0), uint32(0)
	for _, s := range p.sights[max(from, end-12):min(end, len(p.sights))] {
		switch {
		case s.shape == lowerWord:
			small++
		case s.shape.word():
			others++
		}
	}
	return min(small, 5)<<4 | min(others, 4)
}

// repeats is how often a mark like s stands in the part, to a bound.
func (p *part) repeats(s sight) uint32 {
	if s.shape.word() {
		return 7
	}
	return uint32(min(3, p.shapes[s.shape]))
}

// alike compares the three tokens at i with those at j: how many are the same,
// and how many look the same.
func (p *part) alike(i, j int) uint32 {
	same, similar := uint32(0), uint32(0)
	for n := range min(3, j-i) {
		a, b := p.at(i+n), p.at(j+n)
		if a.shape != b.shape {
			continue
		}
		similar++
		if a.hash == b.hash {
			same++
		}
	}
	return same<<4 | similar
}

// nextEnd is a class of how far on from token i the next mark stands that ends
// sentences.
func (p *part) nextEnd(i int) uint32 {
	const far = 25
	for n := range far {
		if i+n >= len(p.sights) {
			return bucket(far) + 1
		}
		if p.sights[i+n].shape.ends() {
			return bucket(n)
		}
	}
	return bucket(far)
}
