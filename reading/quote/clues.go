package quote

import (
	"math"

	"whence/english"
)

// inSteps cuts a logarithm of odds into steps of a half.
func inSteps(x float64) uint64 { return uint64(math.Floor(x*2) + 40) }

// clues appends what the judgement of an answer rests on, as features: c is the
// answer, l holds the probabilities, and behind tells how far its labelling is
// behind the best.
func (a *asked) clues(dst []uint64, l *lattice, c *candidate, behind float64) []uint64 {
	j := joiner{to: dst, template: 2000}
	j.one(0)
	order, quoted := a.orderOf(c), a.quotedOf(c)
	a.oddsClues(&j, l, c, behind, order, quoted)
	a.cueClues(&j, c, order, quoted)
	a.edgeClues(&j, c, order, quoted)
	a.sourceClues(&j, c, order)
	source, content := a.agreement(c)
	j.template = 2200
	j.three(source, content, bit(a.rule))
	j.three(source, content, uint64(a.scores[c.cue.from]))
	return j.to
}

// oddsClues are how sure the models are.
func (a *asked) oddsClues(j *joiner, l *lattice, c *candidate, behind float64, order, quoted uint64) {
	s, lexicon := signsOf(a, l, c), a.at(a.head).lexicon
	for n, x := range s {
		j.template = 2000 + 3*uint64(n)
		j.one(inSteps(x))
		j.three(inSteps(x), order, quoted)
		j.two(inSteps(x), lexicon)
	}
	j.template = 2030
	j.two(inSteps(s[0]), inSteps(s[1]))
	j.two(inSteps(s[1]), inSteps(s[2]))
	j.two(inSteps(s[1]), inSteps(s[3]))
	gap := uint64(min(behind, 8) * 4)
	j.one(gap)
	j.two(gap, quoted)
}

// cueClues are about the cue, what stands around it, and the size of the
// content.
func (a *asked) cueClues(j *joiner, c *candidate, order, quoted uint64) {
	j.template = 2050
	cue, words := a.at(a.head), uint64(0)
	for i := c.cue.from; i < c.cue.to; i++ {
		words = english.Mix(words, a.places[i].lower)
	}
	j.one(words)
	j.two(words, bit(c.source.empty()))
	j.two(words, quoted)
	j.one(cue.lower)
	j.two(cue.lower, order)
	j.two(cue.c8, order)
	j.two(cue.c8, cue.tag)
	j.one(cue.cluster)
	j.two(cue.tag, cue.lexicon)
	j.two(cue.tag, cue.label)
	j.one(uint64(min(c.cue.to-c.cue.from, 5)))
	before, after, head := a.at(c.cue.from-1), a.at(c.cue.to), a.at(int(cue.head))
	j.two(before.lower, cue.tag)
	j.two(after.lower, cue.tag)
	j.three(before.tag, cue.tag, after.tag)
	j.two(head.lower, cue.label)
	j.two(head.lexicon, cue.label)
	j.two(bit(cue.quote != 0), quoted)
	j.two(bit(a.at(int(cue.from)-1).paragraph != cue.paragraph), order)
	n := 0
	for _, p := range c.content {
		n += p.to - p.from
	}
	size := farther(uint64(n))
	j.two(order, uint64(len(c.content)))
	j.two(order, quoted)
	j.two(quoted, size)
	j.two(size, cue.lexicon)
}

// edgeClues are about where the content begins and ends.
func (a *asked) edgeClues(j *joiner, c *candidate, order, quoted uint64) {
	j.template = 2100
	first, last, cue := c.content[0], c.content[len(c.content)-1], a.at(a.head)
	begins, before, ends, after := a.at(first.from), a.at(first.from-1), a.at(last.to-1), a.at(last.to)
	j.two(uint64(min(cue.sentence-begins.sentence, 3)+4), uint64(min(ends.sentence-cue.sentence, 3)+4))
	j.two(begins.lower, quoted)
	j.two(begins.tag, before.tag)
	j.two(begins.lower, cue.lexicon)
	j.two(before.lower, bit(before.sentence == begins.sentence))
	j.two(ends.lower, quoted)
	j.two(ends.tag, after.tag)
	j.three(after.lower, bit(after.sentence == ends.sentence), quoted)
	j.three(ends.lower, after.lower, quoted)
	j.three(after.lower, ends.tag, quoted)
	opening, firstLabel := a.subtreeAt(first)
	closing, lastLabel := a.subtreeAt(last)
	j.two(opening, firstLabel)
	j.two(closing, lastLabel)
	j.three(closing, lastLabel, cue.lexicon)
	j.three(firstLabel, lastLabel, order)
	marks, clause := a.inside(c)
	j.one(marks)
	j.two(clause, quoted)
	j.three(clause, cue.lexicon, order)
	if after.sentence != ends.sentence {
		return
	}
	hangs := bit(int(after.head) >= last.from && int(after.head) < last.to) // on the content
	j.three(after.label, after.tag, bit(int(after.first) >= last.from))
	j.three(after.lower, after.label, a.at(int(after.head)).label)
	j.two(after.label, hangs)
	j.two(after.lower, hangs)
}

// sourceClues are about the source and its way to the cue.
func (a *asked) sourceClues(j *joiner, c *candidate, order uint64) {
	if c.source.empty() {
		return
	}
	j.template = 2150
	h, cue := a.headOf(c.source), a.at(a.head)
	p := a.at(h)
	joins, depth := uint64(0), 0
	if p.sentence == cue.sentence {
		joins, depth, _ = a.path(h)
	}
	j.two(joins, uint64(min(depth, 12)))
	j.three(joins, cue.tag, order)
	j.one(p.lower)
	j.two(p.tag, p.c8)
	j.two(p.lexicon, p.tag)
	j.two(cue.lower, p.lower)
	j.two(cue.lexicon, p.c8)
	j.two(a.at(c.source.from).tag, a.at(c.source.from-1).lower)
	j.two(a.at(c.source.to-1).tag, a.at(c.source.to).lower)
	j.one(uint64(min(c.source.to-c.source.from, 12)))
	j.two(uint64(min(distance(c.source, c.cue), 12)), order)
}

// orderOf tells in which order source, cue and content stand.
func (a *asked) orderOf(c *candidate) uint64 {
	var o uint64
	for _, p := range c.content {
		o = o<<2 | 1 | bit(p.from >= c.cue.to)
		if p.from >= c.cue.to {
			break
		}
	}
	if c.source.empty() {
		return o << 4
	}
	return o<<4 | 1 + bit(c.source.from >= c.cue.to)<<1 | bit(c.source.from >= c.content[0].from)<<2
}

// quotedOf tells whether none, some or all of the content is quoted, and
// whether it begins and ends at a mark.
func (a *asked) quotedOf(c *candidate) uint64 {
	in, out := uint64(0), uint64(0)
	for _, p := range c.content {
		for i := p.from; i < p.to; i++ {
			switch {
			case !a.words[i].letter:
			case a.places[i].quote != 0:
				in = 1
			default:
				out = 2
			}
		}
	}
	first, last := c.content[0].from, c.content[len(c.content)-1].to-1
	return in | out | bit(isMark(a.words[first].Text))<<2 | bit(isMark(a.words[last].Text))<<3
}

// subtreeAt tells how far the range is a whole subtree, and its label.
func (a *asked) subtreeAt(s span) (whole, label uint64) {
	from, to := s.from, s.to
	for from < to && !a.words[from].letter {
		from++
	}
	for to > from && !a.words[to-1].letter {
		to--
	}
	if from == to {
		return 9, 0
	}
	h := a.headOf(span{from, to})
	p := a.at(h)
	out := 0
	for i := from; i < to; i++ {
		if x := int(a.places[i].head); x < from || x >= to {
			out++
		}
	}
	return bit(int(p.first) < from) | bit(int(p.end) > to+1)<<1 | uint64(min(out, 4))<<2, p.label
}

// inside tells of unbalanced marks, a subject and a mark of a clause in the
// content.
func (a *asked) inside(c *candidate) (marks, clause uint64) {
	n := 0
	for _, p := range c.content {
		for i := p.from; i < p.to; i++ {
			if isMark(a.words[i].Text) || a.words[i].Text == "”" {
				n++
			}
			switch l := english.Label(a.places[i].label - 1); {
			case l.Subject():
				clause |= 1
			case l == english.Mark:
				clause |= 2
			}
		}
	}
	return uint64(n & 1), clause
}

// agreement tells how source and content agree with the rules'.
func (a *asked) agreement(c *candidate) (source, content uint64) {
	same, both := 0, 0
	for i := a.from; i < a.to; i++ {
		r := a.stands[i-a.from].ruled
		in := false
		for _, p := range c.content {
			in = in || p.from <= i && i < p.to
		}
		if in || r >= partContent {
			both++
			if in && r >= partContent {
				same++
			}
		}
		if r == 1 || r == 2 {
			source |= 1
			if i >= c.source.from && i < c.source.to {
				source |= 2
			}
		}
	}
	return source, uint64(same * 4 / max(both, 1))
}

// signs are what the score of a learned attribution rests on, as logarithms of
// odds where they are probabilities.
type signs [6]float64

// signsOf gathers the signs: how sure the first model is of the cue, the second
// of the content and of its edges, and of the source; whether there is a source;
// and whether the rules have a finding with this cue.
func signsOf(a *asked, second *lattice, c *candidate) signs {
	var s signs
	s[0] = odds(mean(a.first, roleLabels, c.cue, 0, cueBegins))
	words, edges := 0.0, 1.0
	n := 0
	for _, part := range c.content {
		words += mean(second, partLabels, part, a.from, partContent) * float64(part.to-part.from)
		n += part.to - part.from
		edges = min(edges, edgesOf(second, part, a.from, partContent))
	}
	s[1], s[2] = odds(words/float64(max(n, 1))), odds(edges)
	if !c.source.empty() {
		s[3], s[4] = odds(mean(second, partLabels, c.source, a.from, partSource)), 1
	}
	s[5] = float64(bit(a.rule))
	return s
}

// mean is the mean probability that the words of s, counted from the word
// from, are of the part that begins with a label.
func mean(l *lattice, labels int, s span, from int, begins uint8) float64 {
	sum := 0.0
	for i := s.from; i < s.to; i++ {
		at := (i - from) * labels
		sum += l.share[at+int(begins)] + l.share[at+int(begins)+1]
	}
	return sum / float64(max(s.to-s.from, 1))
}

// edgesOf is the lesser of the probabilities that a part begins and ends where
// it does.
func edgesOf(l *lattice, s span, from int, begins uint8) float64 {
	begin := l.share[(s.from-from)*partLabels+int(begins)]
	end := 1.0
	if s.to-from < l.n {
		end = 1 - l.share[(s.to-from)*partLabels+int(begins)+1]
	}
	return min(begin, end)
}

// odds is the logarithm of the odds of a probability, within bounds.
func odds(p float64) float64 {
	p = min(max(p, 1e-3), 1-1e-3)
	return math.Log(p / (1 - p))
}
