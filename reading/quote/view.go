package quote

import (
	"whence/english"
	"whence/text"
)

// view is a document as the learned reader's features see it: each word with
// its place in the sentence's tree, its quotation, and what the rules say of
// it. Words outside are the zero place.
type view struct {
	*document
	places []place
	found  []candidate // by the rules
	roles  []uint8     // the rules' role of each word, see the role constants
	scores []uint8     // of the rules' finding that gave the role, in fifths
}

// place is what is known of one word. Heads and the like are numbers of words
// in the document; -1 is none.
type place struct {
	form, lower, suffix, shape uint64 // hashes
	lemma                      uint64 // hash
	lexicon                    uint64 // hash of what the lexicon knows
	cluster, c4, c8            uint64 // word class, and the first steps of its path
	quote                      uint64 // quotation class, place in it, how it closes; 0 outside
	tag, label                 uint64 // 1 and up
	sentence, paragraph        int32
	from, to                   int32 // of its sentence
	head, child, next          int32
	first, end                 int32 // of its subtree
	attributes                 bool  // a verb that the lexicon says attributes
	firm                       bool
	mark                       uint8    // a bit for each sort of mark, 0 for words: see [spelling]
	cues                       [2]int32 // the nearest words of its sentence before and after that may be a cue, -1 is none
}

// nowhere is the place of a word outside of the document.
var nowhere = place{sentence: -1, paragraph: -1, head: -1, child: -1, next: -1}

// The roles that a word can have, as the labels of the first model: a role
// begins with its first label and goes on with its second.
const (
	outside = iota
	sourceBegins
	sourceGoesOn
	cueBegins
	cueGoesOn
	contentBegins
	contentGoesOn
	roleLabels // how many
)

// newView joins the trees of the sentences, which are those that f's document
// was made of, with what the rules say.
func newView(f *finder, sentences []text.Sentence, trees []english.Tree, clusters *english.Clusters, m *memory) *view {
	n := len(f.words)
	m.places, m.roles, m.scores, m.in = resized(m.places, n), resized(m.roles, n), resized(m.scores, n), resized(m.in, n)
	v := &view{document: f.document, places: m.places, found: f.found, roles: m.roles, scores: m.scores}
	at := 0
	for n, s := range sentences {
		for i := range s.Tokens {
			v.see(at, at+i, n, &trees[n][i], len(s.Tokens), clusters)
		}
		at += len(s.Tokens)
	}
	v.number()
	v.quote(m.in)
	v.applyRules(f)
	v.seek()
	return v
}

// see fills in the place of word i of the sentence that starts at word from.
func (v *view) see(from, i, sentence int, n *english.Node, length int, clusters *english.Clusters) {
	w, p := &v.words[i], &v.places[i]
	lemma := w.lower
	if n.Lemma != w.low {
		lemma = english.Hash(n.Lemma)
	}
	*p = place{
		form: w.form, lower: w.lower, lemma: lemma, suffix: w.suffix, shape: w.shape, lexicon: w.lexicon,
		attributes: w.attributes, firm: w.firm, mark: w.sort, cluster: clusters.Prefix(n.Cluster, 64),
		c4: clusters.Prefix(n.Cluster, 4), c8: clusters.Prefix(n.Cluster, 8),
		tag: uint64(n.Tag) + 1, label: uint64(n.Label) + 1, sentence: int32(sentence),
		from: int32(from), to: int32(from + length), head: -1, child: -1, next: -1,
		first: int32(from + n.First), end: int32(from + n.End),
	}
	if n.Head >= 0 {
		p.head = int32(from + n.Head)
	}
	if n.Child >= 0 {
		p.child = int32(from + n.Child)
	}
	if n.Next >= 0 {
		p.next = int32(from + n.Next)
	}
}

// number gives the words their paragraphs.
func (v *view) number() {
	for _, s := range v.sentences {
		for i := s.from; i < s.to; i++ {
			v.places[i].paragraph = int32(s.paragraph) + 1
		}
	}
	// Words before the first sentence of a paragraph are its dateline.
	for i := len(v.places) - 2; i >= 0; i-- {
		if v.places[i].paragraph == 0 {
			v.places[i].paragraph = v.places[i+1].paragraph
		}
	}
}

// quote tells of each word in which quotation it stands, of those around it the
// outermost that is speech; in is memory for a number a word.
func (v *view) quote(in []int) {
	clear(in)
	for q, s := range v.inQuote {
		for i := s.from; i < s.to; i++ {
			if in[i] == 0 || v.quotations[in[i]-1].Class != Speech {
				in[i] = q + 1
			}
		}
	}
	for i, n := range in {
		if n == 0 {
			continue
		}
		q, where := v.quotations[n-1], uint64(2)
		switch {
		case i == 0 || in[i-1] != n:
			where = 1
		case i+1 == len(in) || in[i+1] != n:
			where = 3
		}
		code := 1 + uint64(q.Class)<<4 + where<<8
		if q.Closed {
			code += 1 << 12
		}
		if q.Continues >= 0 {
			code += 1 << 13
		}
		v.places[i].quote = code | uint64(n)<<32
	}
}

// quoteCode is what features use of a place's quotation: not its number.
func (p *place) quoteCode() uint64 { return p.quote & (1<<32 - 1) }

// applyRules marks the roles that the rules give.
func (v *view) applyRules(f *finder) {
	clear(v.roles)
	clear(v.scores)
	for i := range f.found {
		c := &f.found[i]
		fifth := uint8(score(c.evidence) * 5)
		if c.within > 0 {
			continue
		}
		for _, s := range c.content {
			v.mark(s, contentBegins, fifth)
		}
		v.mark(c.source, sourceBegins, fifth)
		v.mark(c.cue, cueBegins, fifth)
	}
}

// seek notes for each word the nearest that may be a cue.
func (v *view) seek() {
	for side, step := range [...]int{1, -1} {
		i, last := 0, -1
		if step < 0 {
			i = len(v.places) - 1
		}
		for ; i >= 0 && i < len(v.places); i += step {
			p := &v.places[i]
			p.cues[side] = -1
			if last >= int(p.from) && last < int(p.to) && max(i-last, last-i) < farthest {
				p.cues[side] = int32(last)
			}
			if v.roles[i] == cueBegins || p.firm {
				last = i
			}
		}
	}
}

func (v *view) mark(s span, begins, fifth uint8) {
	for i := s.from; i < s.to; i++ {
		v.roles[i], v.scores[i] = begins+1, fifth
	}
	if !s.empty() {
		v.roles[s.from] = begins
	}
}

// at is the place of word i.
func (v *view) at(i int) *place {
	if i < 0 || i >= len(v.places) {
		return &nowhere
	}
	return &v.places[i]
}

func (v *view) role(i int) uint64 {
	if i < 0 || i >= len(v.roles) {
		return 0
	}
	return uint64(v.roles[i])
}

// joiner collects the features of one place. Each call takes the next
// template's number, so that the order of calls is part of a model.
type joiner struct {
	to       []uint64
	template uint64
}

func (j *joiner) one(a uint64) {
	j.template++
	j.to = append(j.to, english.Mix(a, j.template))
}

func (j *joiner) two(a, b uint64) { j.one(english.Mix(a, b)) }

func (j *joiner) three(a, b, c uint64) { j.one(english.Mix(english.Mix(a, b), c)) }

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
