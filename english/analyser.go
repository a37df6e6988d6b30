package english

import (
	"cmp"
	"math"
	"slices"

	"whence/text"
)

// longest is how many words are parsed as one sentence. A sentence of more is
// parsed in pieces of so many, and the roots of the later pieces depend on the
// first's: memory and time stay in proportion to the text.
const longest = 512

// Most decisions are clear from the features that tell most: where these put one
// by so much before all others, the rest is not looked at. With it, of tags fewer
// than 1 in 2,000 and of transitions and labels 1 in 500 would be others, measured
// on news without labels.
const (
	sureTag   = 70
	sureStep  = 125
	sureLabel = 40
)

// Analyser gives the words of sentences tags, lemmas and a tree. It keeps what
// it has seen of words, so that little is done anew, and its memory: after the
// first sentences it allocates next to nothing. One goroutine may use it at a
// time.
//
// Several pieces of sentences are analysed in step, so that what they look up in
// the models is asked for together and waited for once.
type Analyser struct {
	models *Models
	memory []memorySet // by hash of the word
	pushed []*memory   // out of their sets by words of the lanes, which may still use them
	free   []*memory
	edge   tagRows
	given  *givenTags
	known  *knownLeans
	look   looker
	lemmas lemmatiser

	words []string // of all sentences
	nodes []Node   // of all words
	order []int32  // of the words of each piece, heads first: numbers in their sentences
	ends  []int    // of sentences, among all words
	parts []part
	turns []int // the parts by length
	trees []Tree

	lanes    [together]lane
	active   []*lane
	unsure   []*lane
	asks     []ask
	features []uint64
	found    []row
	steps    []uint16
}

// together is how many pieces are analysed in step.
const together = 8

// part is a piece of a sentence, of at most longest words.
type part struct {
	from, to int // among all words
	sentence int // where its sentence begins
	root     int // number of the word that depends on no other of the piece, in the sentence
}

// memorySet is two words whose hashes agree, the one seen last first.
type memorySet [2]*memory

// memory is a word that was seen.
type memory struct {
	length   uint8 // 0 for none
	spelling [memorable]byte
	look     Look
	certain  Tag // NoTag where the word may have several
	rows     tagRows
	leans    [standings]struct {
		tag Tag // NoTag for none
		lean
	}
	lemmas [2]struct {
		tag   Tag
		lemma string
	}
}

const (
	memorable  = 31 // bytes of the longest word that is kept
	memorySets = 1 << 13
)

// tagRows is what a word alone says of its tag and of those beside it.
type tagRows struct{ own, before, after sums }

func (a *Analyser) tagRows(l *Look) (t tagRows) {
	a.features = l.ownTagFeatures(a.features[:0])
	own := len(a.features)
	a.features = l.tagFeaturesBefore(a.features)
	before := len(a.features)
	a.features = l.tagFeaturesAfter(a.features)
	tags := a.models.tags
	a.found = resized(a.found, len(a.features))
	tags.find(a.found, a.features)
	tags.addRows(&t.own, a.found[:own])
	tags.addRows(&t.before, a.found[own:before])
	tags.addRows(&t.after, a.found[before:])
	return t
}

// NewAnalyser is an analyser with the models that the binary holds. The first
// call loads them.
func NewAnalyser() *Analyser { return embeddedModels().NewAnalyser() }

// NewAnalyser is an analyser with these models.
func (m *Models) NewAnalyser() *Analyser {
	a := &Analyser{
		models: m, memory: make([]memorySet, memorySets), given: &givenTags{}, known: newKnownLeans(),
		look: looker{clusters: m.clusters}, lemmas: lemmatiser{lemmas: m.lemmas},
	}
	a.edge = a.tagRows(&edge)
	return a
}

// Clusters are those of the models.
func (a *Analyser) Clusters() *Clusters { return a.models.clusters }

// Look is what features see of a word, wherever it stands.
func (a *Analyser) Look(word string) Look {
	look := a.remember(word).look
	a.forget()
	return look
}

// Sentence analyses the tokens of one sentence: tags, lemmas, heads and labels.
// The tree is valid until the next call. Many sentences are analysed faster by
// Sentences.
func (a *Analyser) Sentence(tokens []text.Token) Tree {
	a.begin()
	a.take(tokens)
	return a.analyse()[0]
}

// Words is Sentence for words that were cut by someone else.
func (a *Analyser) Words(words []string) Tree {
	a.begin()
	a.words = append(a.words, words...)
	a.cut()
	return a.analyse()[0]
}

// Sentences analyses sentences. The trees, in the same order, are valid until
// the next call.
func (a *Analyser) Sentences(sentences []text.Sentence) []Tree {
	a.begin()
	for i := range sentences {
		a.take(sentences[i].Tokens)
	}
	return a.analyse()
}

func (a *Analyser) begin() { a.words, a.ends, a.parts = a.words[:0], a.ends[:0], a.parts[:0] }

// take takes in a sentence.
func (a *Analyser) take(tokens []text.Token) {
	for i := range tokens {
		a.words = append(a.words, tokens[i].Text)
	}
	a.cut()
}

// cut ends a sentence with the words at hand, in pieces.
func (a *Analyser) cut() {
	start, end := 0, len(a.words)
	if n := len(a.ends); n > 0 {
		start = a.ends[n-1]
	}
	for from := start; from < end; from += longest {
		a.parts = append(a.parts, part{from: from, to: min(from+longest, end), sentence: start})
	}
	a.ends = append(a.ends, end)
}

// analyse analyses the sentences that were taken in. Pieces of like length go
// together.
func (a *Analyser) analyse() []Tree {
	a.nodes, a.order = resized(a.nodes, len(a.words)), resized(a.order, len(a.words))
	a.turns = resized(a.turns, len(a.parts))
	for i := range a.turns {
		a.turns[i] = i
	}
	slices.SortFunc(a.turns, func(i, j int) int {
		p, q := &a.parts[i], &a.parts[j]
		return cmp.Or(cmp.Compare(p.to-p.from, q.to-q.from), cmp.Compare(i, j))
	})
	for turns := a.turns; len(turns) > 0; {
		n := min(together, len(turns))
		for i, p := range turns[:n] {
			a.lanes[i].part = &a.parts[p]
		}
		a.inStep(a.lanes[:n])
		turns = turns[n:]
	}
	a.trees = a.trees[:0]
	parts, start := a.parts, 0
	for _, end := range a.ends {
		t := Tree(a.nodes[start:end:end])
		for i := 0; len(parts) > 0 && parts[0].from < end; i++ {
			if i > 0 { // the later pieces depend on the first
				t[parts[0].root].Head, t[parts[0].root].Label = t.Root(), Parataxis
			}
			parts = parts[1:]
		}
		t.link(a.order[start:end])
		a.trees = append(a.trees, t)
		start = end
	}
	return a.trees
}

// resized is the memory of list for n elements.
func resized[T any](list []T, n int) []T {
	if cap(list) < n {
		return make([]T, n, n+n/2)
	}
	return list[:n]
}

func (a *Analyser) inStep(lanes []lane) {
	a.forget()
	for i := range lanes {
		a.see(&lanes[i])
	}
	a.tag(lanes)
	a.attach(lanes)
	a.label(lanes)
}

// lane is a piece that is analysed.
type lane struct {
	*part
	seen    []*memory // of its words
	looks   Sentence
	tags    []Tag
	state   State
	beneath []leaning // of each word of the stack: what it and those under it lean to
	ahead   []lean    // what the buffer leans to, by the first word in it
	arcs    Arcs
	certain []Label
	steady  []row // of the steady features of all words, or of all arcs in order
	ends    []int // of those of each
	// of the decision at hand
	sums sums
	lean lean
	end  int // of its features
}

// see fills the lane with the looks of its words.
func (a *Analyser) see(l *lane) {
	l.seen, l.looks.looks = l.seen[:0], l.looks.looks[:0]
	for _, w := range a.words[l.from:l.to] {
		m := a.remember(w)
		l.seen = append(l.seen, m)
		l.looks.looks = append(l.looks.looks, &m.look)
	}
}

// tag gives the words of the lanes tags and lemmas.
func (a *Analyser) tag(lanes []lane) {
	most := 0
	for n := range lanes {
		l := &lanes[n]
		most = max(most, len(l.seen))
		a.features, l.ends, l.tags = a.features[:0], l.ends[:0], l.tags[:0]
		for i, m := range l.seen {
			if m.certain == NoTag {
				a.features = l.looks.steadyTagFeatures(a.features, i)
			}
			l.ends = append(l.ends, len(a.features))
		}
		l.steady = resized(l.steady, len(a.features))
		a.models.tags.find(l.steady, a.features)
	}
	for i := range most {
		a.features, a.unsure = a.features[:0], a.unsure[:0]
		for n := range lanes {
			l := &lanes[n]
			if i >= len(l.seen) {
				continue
			}
			if t := l.seen[i].certain; t != NoTag {
				a.giveTag(l, t)
				continue
			}
			a.sumTag(l)
			if t, lead := l.sums.lead(int(NoTag)+1, len(tagNames)); lead >= sureTag {
				a.giveTag(l, Tag(t))
				continue
			}
			a.features = l.looks.otherTagFeatures(a.features, i, l.tagBefore(i, 1), l.tagBefore(i, 2))
			a.leaveOpen(l)
		}
		a.close(a.models.tags)
		for _, l := range a.unsure {
			t, _ := l.sums.lead(int(NoTag)+1, len(tagNames))
			a.giveTag(l, Tag(t))
		}
	}
}

// leaveOpen leaves the decision of a lane open until its features, which end
// those at hand, are looked up.
func (a *Analyser) leaveOpen(l *lane) {
	l.end = len(a.features)
	a.unsure = append(a.unsure, l)
}

// close adds the rows of the features at hand to the sums of the open decisions.
func (a *Analyser) close(r *Rows) {
	a.found = resized(a.found, len(a.features))
	r.find(a.found, a.features)
	from := 0
	for _, l := range a.unsure {
		r.addRows(&l.sums, a.found[from:l.end])
		from = l.end
	}
}

// sumTag sets the sums of the next tag to what the telling features say.
func (a *Analyser) sumTag(l *lane) {
	i := len(l.tags)
	last := l.tagBefore(i, 1)
	own, after, before := &l.seen[i].rows.own, &a.beside(l, i-1).after, &a.beside(l, i+1).before
	tags, shape := a.afterTags(last, l.tagBefore(i, 2)), a.afterTag(l.seen[i].look.Shape, last)
	for n := range Classes / lanes {
		l.sums[n] = own[n] + after[n] + before[n] + tags[n] + shape[n]
	}
	start := 0
	if i > 0 {
		start = l.ends[i-1]
	}
	a.models.tags.addRows(&l.sums, l.steady[start:l.ends[i]])
}

// tagBefore is the tag so many words before word i.
func (l *lane) tagBefore(i, by int) Tag {
	if i < by {
		return NoTag
	}
	return l.tags[i-by]
}

// beside is what word i says of the tags beside it, also of places before and
// after the piece.
func (a *Analyser) beside(l *lane, i int) *tagRows {
	if i < 0 || i >= len(l.seen) {
		return &a.edge
	}
	return &l.seen[i].rows
}

// giveTag gives the next word its tag.
func (a *Analyser) giveTag(l *lane, t Tag) {
	i := len(l.tags)
	l.tags = append(l.tags, t)
	m, at := l.seen[i], l.from+i
	a.nodes[at] = Node{Tag: t, Head: -1, Lemma: a.lemma(m, a.words[at], t), Cluster: m.look.Cluster}
}

// givenTags remembers what tags before a word say of its own.
type givenTags struct {
	pairs  [len(tagNames)][len(tagNames)]*sums // by the last and the one before
	shapes [1 << 10]struct {
		shape uint64
		last  Tag
		known bool
		sums
	}
}

// afterTags is what the two tags before a word say.
func (a *Analyser) afterTags(last, beforeLast Tag) *sums {
	s := &a.given.pairs[last][beforeLast]
	if *s == nil {
		*s = &sums{}
		a.features = tagsFeatures(a.features, last, beforeLast)
		a.addLast(*s, 2)
	}
	return *s
}

// afterTag is what the shape of a word and the tag before it say.
func (a *Analyser) afterTag(shape uint64, last Tag) *sums {
	s := &a.given.shapes[Mix(shape, uint64(last))%uint64(len(a.given.shapes))]
	if !s.known || s.shape != shape || s.last != last {
		s.shape, s.last, s.known, s.sums = shape, last, true, sums{}
		a.features = shapeFeatures(a.features, shape, last)
		a.addLast(&s.sums, 1)
	}
	return &s.sums
}

// addLast adds the rows of the last n features at hand, which then are gone.
func (a *Analyser) addLast(s *sums, n int) {
	from := len(a.features) - n
	a.models.tags.add(s, a.features[from:])
	a.features = a.features[:from]
}

// attach finds the heads of the lanes' words.
func (a *Analyser) attach(lanes []lane) {
	a.active = a.active[:0]
	for n := range lanes {
		l := &lanes[n]
		l.state.Reset(&l.looks, l.tags)
		l.beneath = l.beneath[:0]
		a.lookAhead(l)
		a.active = append(a.active, l)
	}
	for {
		a.active = slices.DeleteFunc(a.active, (*lane).finished)
		if len(a.active) == 0 {
			return
		}
		for _, l := range a.active {
			l.lean = l.ahead[l.state.Next].plus(a.telling(&l.state))
			if top := l.top(); top.known {
				l.lean = l.lean.plus(top.lean)
			} else {
				top.lean = a.ofStack(l)
				a.features = l.state.stackPairFeatures(a.features)
				a.ask(l, true)
			}
			a.features = l.state.tellingPairFeatures(a.features)
			a.ask(l, false)
		}
		a.answer()
		a.unsure = a.unsure[:0]
		for _, l := range a.active {
			t, lead := l.state.best(l.lean)
			if lead >= sureStep {
				l.step(t)
				continue
			}
			a.features = l.state.otherFeatures(a.features)
			a.ask(l, false)
			a.unsure = append(a.unsure, l)
		}
		a.answer()
		for _, l := range a.unsure {
			t, _ := l.state.best(l.lean)
			l.step(t)
		}
	}
}

// ask is a question of what features lean to.
type ask struct {
	*lane
	ofTop bool // what the top of the stack leans to, to be kept
	end   int  // of its features
}

// ask asks what the last features at hand lean to.
func (a *Analyser) ask(l *lane, ofTop bool) { a.asks = append(a.asks, ask{l, ofTop, len(a.features)}) }

// answer adds what features lean to, to what their lanes lean to.
func (a *Analyser) answer() {
	a.steps = a.models.steps.find(a.steps, a.features)
	from := 0
	for _, q := range a.asks {
		lean := leanOf(a.steps[from:q.end])
		if from = q.end; q.ofTop {
			top := q.top()
			lean = lean.plus(top.lean)
			*top = leaning{lean, true}
		}
		q.lean = q.lean.plus(lean)
	}
	a.features, a.asks = a.features[:0], a.asks[:0]
}

// finished takes transitions as long as one alone is legal, and tells whether
// every word has a head then.
func (l *lane) finished() bool {
	for !l.state.Done() {
		t, forced := l.state.forced()
		if !forced {
			return false
		}
		l.step(t)
	}
	return true
}

// top is what the top of the stack leans to.
func (l *lane) top() *leaning { return &l.beneath[len(l.beneath)-1] }

// step takes a transition.
func (l *lane) step(t Transition) {
	l.state.Take(t)
	if t == Shift {
		l.beneath = append(l.beneath, leaning{})
	} else {
		l.beneath = l.beneath[:len(l.beneath)-1]
	}
}

// lookAhead finds what the buffer leans to with each word as its first.
func (a *Analyser) lookAhead(l *lane) {
	n := len(l.tags) + 1
	a.features, l.ends = a.features[:0], l.ends[:0]
	for i := range n {
		l.state.Next = int32(i)
		a.features = l.state.bufferPairFeatures(a.features)
		l.ends = append(l.ends, len(a.features))
	}
	l.state.Next = 0
	l.ahead = resized(l.ahead, n)
	a.steps = a.models.steps.find(a.steps, a.features)
	from := 0
	for i, end := range l.ends {
		l.ahead[i] = leanOf(a.steps[from:end]).plus(a.ofBuffer(l, i))
		from = end
	}
	a.features = a.features[:0]
}

// standing is where a word stands in the state of the parser, for those places
// at which it speaks alone.
type standing uint8

const (
	onTop standing = iota
	underTop
	firstAhead
	secondAhead
	thirdAhead
	standings
)

// alone are the features of a word that speaks alone.
var alone = [standings]func(dst []uint64, x place) []uint64{
	onTop: topFeatures, underTop: underFeatures, firstAhead: firstFeatures, secondAhead: secondFeatures, thirdAhead: thirdFeatures,
}

// knownLeans remembers what tags lean to, whatever the words: 0 for what was not
// asked yet, see [lean.packed]. They are found when they are first needed.
type knownLeans struct {
	stack, buffer []uint32 // by three tags
	gaps, counts  []uint32 // by two tags and numbers
	nowhere, root [standings]leaning
}

const (
	tagPlaces = len(tagNames) + 2 // tags, the root's and that of nowhere
	mostGap   = 6                 // see [distance]
	mostCount = 4                 // see [count]
)

func newKnownLeans() *knownLeans {
	const three, two = tagPlaces * tagPlaces * tagPlaces, tagPlaces * tagPlaces
	return &knownLeans{
		stack: make([]uint32, three), buffer: make([]uint32, three),
		gaps: make([]uint32, two*(mostGap+1)), counts: make([]uint32, two*(mostCount+1)*(mostCount+1)),
	}
}

// commonTags are the tags that news has most, the commonest first. Their numbers come
// first, so that what is asked for most stands together.
var commonTags = [...]Tag{NN, NNP, IN, DT, JJ, Stop, NNS, Comma, RB, PRP, VBD, VB, VBZ, CC, VBG, VBN}

// tagNumbers are the numbers of all tags of places among tagPlaces.
var tagNumbers = func() (numbers [nowhereTag + 1]uint8) {
	next := uint8(1)
	number := func(tag uint64) {
		if numbers[tag] == 0 {
			numbers[tag] = next
			next++
		}
	}
	for _, t := range commonTags {
		number(uint64(t))
	}
	for t := range tagNames {
		number(uint64(t))
	}
	number(rootTag)
	number(nowhereTag)
	for i := range numbers {
		numbers[i]--
	}
	return numbers
}()

// tagPlace is the number of a place's tag.
func tagPlace(tag uint64) int { return int(tagNumbers[tag%(nowhereTag+1)]) }

// packed is a lean of few rows in one number that is not 0.
func (l lean) packed() uint32 { return uint32(l.left+1<<15)<<16 | uint32(l.right+1<<15) }

func unpacked(p uint32) lean { return lean{int32(p>>16) - 1<<15, int32(p&0xffff) - 1<<15} }

// remembered is what some features lean to, which are only made where that is not
// known yet.
func (a *Analyser) remembered(at *uint32, features func(dst []uint64) []uint64) lean {
	if *at == 0 {
		from := len(a.features)
		a.features = features(a.features)
		*at = a.leanFrom(from).packed()
	}
	return unpacked(*at)
}

// leanFrom is what the features behind from lean to, which then are gone.
func (a *Analyser) leanFrom(from int) lean {
	left, right := a.models.steps.Score(a.features[from:])
	a.features = a.features[:from]
	return lean{left, right}
}

// ofStack is what the words of the stack lean to each alone, and their tags.
func (a *Analyser) ofStack(l *lane) lean {
	s0, s1, s2 := l.state.stack(0), l.state.stack(1), l.state.stack(2)
	at := &a.known.stack[(tagPlace(s2.tag)*tagPlaces+tagPlace(s1.tag))*tagPlaces+tagPlace(s0.tag)]
	tags := a.remembered(at, func(dst []uint64) []uint64 { return stackTagFeatures(dst, s0.tag, s1.tag, s2.tag) })
	return tags.plus(a.ofWord(l, onTop, s0)).plus(a.ofWord(l, underTop, s1))
}

// ofBuffer is the same for the buffer that begins with word i.
func (a *Analyser) ofBuffer(l *lane, i int) lean {
	b0, b1, b2 := placeAt(&l.looks, l.tags, int32(i)), placeAt(&l.looks, l.tags, int32(i+1)), placeAt(&l.looks, l.tags, int32(i+2))
	at := &a.known.buffer[(tagPlace(b2.tag)*tagPlaces+tagPlace(b1.tag))*tagPlaces+tagPlace(b0.tag)]
	tags := a.remembered(at, func(dst []uint64) []uint64 { return bufferTagFeatures(dst, b0.tag, b1.tag, b2.tag) })
	return tags.plus(a.ofWord(l, firstAhead, b0)).plus(a.ofWord(l, secondAhead, b1)).plus(a.ofWord(l, thirdAhead, b2))
}

// telling is what two tags lean to by how far apart they are, and by how many
// dependents there are.
func (a *Analyser) telling(p *State) lean {
	s0, b0 := p.stack(0), p.buffer(0)
	gap, rights, lefts := distance(s0, b0), count(p.rights, s0), count(p.lefts, s0)
	tags := tagPlace(s0.tag)*tagPlaces + tagPlace(b0.tag)
	byGap := &a.known.gaps[tags*(mostGap+1)+int(gap)]
	byCount := &a.known.counts[(tags*(mostCount+1)+int(rights))*(mostCount+1)+int(lefts)]
	return a.remembered(byGap, func(dst []uint64) []uint64 { return gapFeatures(dst, s0.tag, b0.tag, gap) }).
		plus(a.remembered(byCount, func(dst []uint64) []uint64 { return countFeatures(dst, s0.tag, b0.tag, rights, lefts) }))
}

// ofWord is what a word leans to where it stands.
func (a *Analyser) ofWord(l *lane, where standing, x place) lean {
	var known *leaning
	switch {
	case x.at < 0 || int(x.at) > len(l.seen):
		known = &a.known.nowhere[where]
	case int(x.at) == len(l.seen):
		known = &a.known.root[where]
	default:
		m := &l.seen[x.at].leans[where]
		if tag := Tag(x.tag); m.tag != tag {
			from := len(a.features)
			a.features = alone[where](a.features, x)
			m.tag, m.lean = tag, a.leanFrom(from)
		}
		return m.lean
	}
	if !known.known {
		from := len(a.features)
		a.features = alone[where](a.features, x)
		*known = leaning{a.leanFrom(from), true}
	}
	return known.lean
}

// lean is how much more something speaks for Left and Right than for Shift.
type lean struct{ left, right int32 }

func (l lean) plus(m lean) lean { return lean{l.left + m.left, l.right + m.right} }

// leaning is a lean that is found when it is first needed.
type leaning struct {
	lean
	known bool
}

// label gives the lanes' arcs labels.
func (a *Analyser) label(lanes []lane) {
	most := 0
	for n := range lanes {
		l := &lanes[n]
		l.arcs.Reset(&l.looks, l.tags, l.state.tree())
		most = max(most, len(l.arcs.Order))
		a.steadyLabels(l)
	}
	for n := range most {
		a.features, a.unsure = a.features[:0], a.unsure[:0]
		for i := range lanes {
			l := &lanes[i]
			if n >= len(l.arcs.Order) {
				continue
			}
			if known := l.certain[n]; known != NoLabel {
				a.giveLabel(l, n, known)
				continue
			}
			a.features = l.arcs.givenFeatures(a.features, l.arcs.Order[n])
			l.sums = sums{}
			start := 0
			if n > 0 {
				start = l.ends[n-1]
			}
			a.models.labels.addRows(&l.sums, l.steady[start:l.ends[n]])
			a.leaveOpen(l)
		}
		a.close(a.models.labels)
		a.features = a.features[:0]
		unsure := a.unsure[:0]
		for _, l := range a.unsure {
			best, lead := l.sums.lead(int(Root)+1, int(labelCount))
			if lead >= sureLabel {
				a.giveLabel(l, n, Label(best))
				continue
			}
			a.features = l.arcs.otherFeatures(a.features, l.arcs.Order[n])
			l.end = len(a.features)
			unsure = append(unsure, l)
		}
		a.unsure = unsure
		a.close(a.models.labels)
		for _, l := range a.unsure {
			best, _ := l.sums.lead(int(Root)+1, int(labelCount))
			a.giveLabel(l, n, Label(best))
		}
	}
}

// steadyLabels finds the labels of a lane's arcs that are certain, and of the
// others the rows of their steady features.
func (a *Analyser) steadyLabels(l *lane) {
	a.features, l.ends, l.certain = a.features[:0], l.ends[:0], l.certain[:0]
	for n, d := range l.arcs.Order {
		known := Root
		if n > 0 {
			known = a.models.certain.label(l.looks.looks[d].Lower, l.tags[d], l.tags[l.arcs.heads[d]], uint8(l.arcs.side(d)))
		}
		if known == NoLabel {
			a.features = l.arcs.steadyFeatures(a.features, d)
		}
		l.certain = append(l.certain, known)
		l.ends = append(l.ends, len(a.features))
	}
	l.steady = resized(l.steady, len(a.features))
	a.models.labels.find(l.steady, a.features)
}

// giveLabel labels the arc that is number n in order.
func (a *Analyser) giveLabel(l *lane, n int, label Label) {
	d := l.arcs.Order[n]
	l.arcs.Give(d, label)
	inSentence := l.from - l.sentence
	at, h := l.from+int(d), inSentence+int(l.state.Head[d])
	if n == 0 {
		l.root, h = inSentence+int(d), -1
	}
	a.nodes[at].Head, a.nodes[at].Label = h, l.arcs.Labels[d]
	a.order[l.from+n] = int32(inSentence) + d
}

// forced is the transition that is legal alone.
func (p *State) forced() (t Transition, forced bool) {
	switch {
	case len(p.Stack) == 0:
		return Shift, true
	case len(p.Stack) == 1 && !p.Legal(Shift):
		return Left, true
	}
	return Shift, false
}

// best is the legal transition that l leans to most, of equals the first, and
// by how much more than to any other.
func (p *State) best(l lean) (t Transition, lead int32) {
	t, score, second := Left, l.left, int32(math.MinInt32/2)
	if p.Legal(Shift) {
		t, score, second = Shift, 0, l.left
		if l.left > 0 {
			t, score, second = Left, l.left, 0
		}
	}
	if p.Legal(Right) {
		if l.right > score {
			return Right, l.right - score
		}
		second = max(second, l.right)
	}
	return t, score - second
}

// remember gives the memory of a word, made anew where other words took its
// place. It is valid until a.forget.
func (a *Analyser) remember(word string) *memory {
	if len(word) > memorable {
		m := a.newMemory(word)
		a.pushed = append(a.pushed, m)
		return m
	}
	set := &a.memory[Hash(word)%memorySets]
	for i, m := range set {
		if m != nil && string(m.spelling[:m.length]) == word {
			set[i], set[0] = set[0], m
			return m
		}
	}
	m := a.newMemory(word)
	m.length = uint8(copy(m.spelling[:], word))
	if set[1] != nil {
		a.pushed = append(a.pushed, set[1])
	}
	set[1], set[0] = set[0], m
	return m
}

// forget lets the memory of words that others pushed out be used anew.
func (a *Analyser) forget() {
	a.free = append(a.free, a.pushed...)
	a.pushed = a.pushed[:0]
}

// newMemory is what is known of a word alone.
func (a *Analyser) newMemory(word string) *memory {
	m := &memory{}
	if n := len(a.free); n > 0 {
		m, a.free = a.free[n-1], a.free[:n-1]
	}
	*m = memory{look: a.look.at(word), certain: a.models.certain.tags[string(a.look.plain)]}
	m.rows = a.tagRows(&m.look)
	return m
}

// lemma is the lemma of a word, whose memory m is.
func (a *Analyser) lemma(m *memory, word string, tag Tag) string {
	for i := range m.lemmas {
		if m.lemmas[i].tag == tag {
			return m.lemmas[i].lemma
		}
	}
	m.lemmas[1] = m.lemmas[0]
	m.lemmas[0].tag, m.lemmas[0].lemma = tag, string(a.lemmas.lemmaOf(word, tag))
	return m.lemmas[0].lemma
}
