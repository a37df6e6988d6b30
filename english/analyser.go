package english

import (
	"math"

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
type Analyser struct {
	models   *Models
	memory   []memorySet // by hash of the word
	pushed   []*memory   // out of their sets by words of the piece, which may still use them
	free     []*memory
	seen     []*memory // of each word of the piece
	edge     tagRows
	look     looker
	lemmas   lemmatiser
	words    []string
	piece    Sentence
	tags     []Tag
	state    State
	beneath  []leaning // of each word of the stack: what it and those under it lean to
	ahead    []lean    // what the buffer leans to, by the first word in it
	arcs     Arcs
	features []uint64
	ends     []int // of parts of the features
	found    []row
	certain  []Label
	order    []int32
	tree     Tree
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
	lemmas   [2]struct {
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
	a.models.tags.add(&t.own, a.features)
	a.features = l.tagFeaturesBefore(a.features[:0])
	a.models.tags.add(&t.before, a.features)
	a.features = l.tagFeaturesAfter(a.features[:0])
	a.models.tags.add(&t.after, a.features)
	return t
}

// NewAnalyser is an analyser with the models that the binary holds. The first
// call loads them.
func NewAnalyser() *Analyser { return embeddedModels().NewAnalyser() }

// NewAnalyser is an analyser with these models.
func (m *Models) NewAnalyser() *Analyser {
	a := &Analyser{
		models: m, memory: make([]memorySet, memorySets),
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
// The tree is valid until the next call.
func (a *Analyser) Sentence(tokens []text.Token) Tree {
	a.Tags(tokens)
	return a.Parse()
}

// Words is Sentence for words that were cut by someone else.
func (a *Analyser) Words(words []string) Tree {
	a.words = append(a.words[:0], words...)
	a.tagAll()
	return a.Parse()
}

// Tags gives the words of one sentence their tags, lemmas and clusters only,
// for about a third of what Sentence costs: every word has the head -1 and no label. Parse
// completes the tree. It is valid until the next call of another method.
func (a *Analyser) Tags(tokens []text.Token) Tree {
	a.words = a.words[:0]
	for _, t := range tokens {
		a.words = append(a.words, t.Text)
	}
	a.tagAll()
	return a.tree
}

// Parse gives the sentence that was tagged last its heads and labels. The tree
// is valid until the next call of another method.
func (a *Analyser) Parse() Tree {
	a.order = a.order[:0]
	first := -1 // root of the first piece
	for from := 0; from < len(a.words); from += longest {
		to := min(from+longest, len(a.words))
		root := a.parse(from, to)
		if first < 0 {
			first = root
		} else {
			a.tree[root].Head, a.tree[root].Label = first, Parataxis
		}
	}
	a.tree.link(a.order)
	return a.tree
}

// tagAll tags the words of the sentence at hand.
func (a *Analyser) tagAll() {
	a.tree, a.tags = a.tree[:0], a.tags[:0]
	for from := 0; from < len(a.words); from += longest {
		a.tag(from, min(from+longest, len(a.words)))
	}
}

// tag tags one piece of the sentence.
func (a *Analyser) tag(from, to int) {
	a.see(from, to)
	a.features, a.ends = a.features[:0], a.ends[:0]
	for i, m := range a.seen {
		if m.certain == NoTag {
			a.features = a.piece.steadyTagFeatures(a.features, i)
		}
		a.ends = append(a.ends, len(a.features))
	}
	places := a.find(a.models.tags)
	last, beforeLast, start := NoTag, NoTag, 0
	for i, m := range a.seen {
		tag, end := m.certain, a.ends[i]
		if tag == NoTag {
			tag = a.tagOf(i, places[start:end], last, beforeLast)
		}
		start = end
		a.tags = append(a.tags, tag)
		a.tree = append(a.tree, Node{
			Tag: tag, Head: -1, Child: -1, Next: -1, First: from + i, End: from + i + 1,
			Lemma: a.lemma(m, a.words[from+i], tag), Cluster: m.look.Cluster,
		})
		last, beforeLast = tag, last
	}
}

// tagOf chooses the tag of word i of the piece, for whose steady features rows
// stand at places.
func (a *Analyser) tagOf(i int, found []row, last, beforeLast Tag) Tag {
	s := a.seen[i].rows.own
	s.add(&a.beside(i - 1).after)
	s.add(&a.beside(i + 1).before)
	for _, w := range found {
		a.models.tags.addRow(&s, w)
	}
	a.features = a.piece.givenTagFeatures(a.features[:0], i, last, beforeLast)
	a.models.tags.add(&s, a.features)
	var scores [Classes]int32
	s.addTo(&scores)
	best, lead := leadOf(&scores, int(NoTag)+1, len(tagNames))
	if lead < sureTag {
		a.features = a.piece.otherTagFeatures(a.features[:0], i, last, beforeLast)
		a.models.tags.Score(&scores, a.features)
		best = bestOf(&scores, int(NoTag)+1, len(tagNames))
	}
	return Tag(best)
}

// beside is what word i of the piece says of the tags beside it, also of places
// before and after the piece.
func (a *Analyser) beside(i int) *tagRows {
	if i < 0 || i >= len(a.seen) {
		return &a.edge
	}
	return &a.seen[i].rows
}

// parse parses one piece and gives the number of its root's word.
func (a *Analyser) parse(from, to int) (root int) {
	if from > 0 || to < len(a.words) {
		a.see(from, to)
	}
	tags := a.tags[from:to]
	a.state.Reset(&a.piece, tags)
	a.beneath = a.beneath[:0]
	a.lookAhead()
	for !a.state.Done() {
		t, forced := a.state.forced()
		if !forced {
			t = a.step()
		}
		a.state.Take(t)
		if t == Shift {
			a.beneath = append(a.beneath, leaning{})
		} else {
			a.beneath = a.beneath[:len(a.beneath)-1]
		}
	}
	a.arcs.Reset(&a.piece, tags, a.state.tree())
	places, start := a.steadyLabels(), 0
	for n, d := range a.arcs.Order {
		i, h, l, end := from+int(d), from+int(a.state.Head[d]), a.certain[n], a.ends[n]
		if l == NoLabel {
			l = a.labelOf(d, places[start:end])
		}
		if n == 0 {
			root, h = i, -1
		}
		a.arcs.Give(d, l)
		start = end
		a.tree[i].Head, a.tree[i].Label = h, a.arcs.Labels[d]
		a.order = append(a.order, int32(i))
	}
	return root
}

// lookAhead finds what the buffer leans to with each word as its first.
func (a *Analyser) lookAhead() {
	n := len(a.state.tags) + 1
	a.features, a.ends = a.features[:0], a.ends[:0]
	for i := range n {
		a.state.Next = int32(i)
		a.features = a.state.bufferFeatures(a.features)
		a.ends = append(a.ends, len(a.features))
	}
	a.state.Next = 0
	a.ahead = append(a.ahead[:0], make([]lean, n)...)
	a.models.steps.score(a.ahead, a.features, a.ends)
}

// lean is how much more something speaks for Left and Right than for Shift.
type lean struct{ left, right int32 }

func (l lean) plus(m lean) lean { return lean{l.left + m.left, l.right + m.right} }

// leaning is a lean that is found when it is first needed.
type leaning struct {
	lean
	known bool
}

// step chooses a transition where several are legal.
func (a *Analyser) step() Transition {
	var leans [2]lean
	a.features, a.ends = a.state.tellingFeatures(a.features[:0]), a.ends[:0]
	a.ends = append(a.ends, len(a.features))
	top := &a.beneath[len(a.beneath)-1]
	if !top.known {
		a.features = a.state.stackFeatures(a.features)
		a.ends = append(a.ends, len(a.features))
	}
	a.models.steps.score(leans[:], a.features, a.ends)
	if !top.known {
		*top = leaning{leans[1], true}
	}
	l := a.ahead[a.state.Next].plus(top.lean).plus(leans[0])
	t, lead := a.state.best(l)
	if lead < sureStep {
		a.features, a.ends = a.state.otherFeatures(a.features[:0]), a.ends[:0]
		a.models.steps.score(leans[:1], a.features, append(a.ends, len(a.features)))
		t, _ = a.state.best(l.plus(leans[0]))
	}
	return t
}

// find gives the places of the cells of the features at hand. They are valid
// until the next call.
func (a *Analyser) find(r *Rows) []row {
	if n := len(a.features); cap(a.found) < n {
		a.found = make([]row, 2*n)
	}
	r.find(a.found[:len(a.features)], a.features)
	return a.found
}

// steadyLabels finds the labels of the arcs at hand that are certain, and of the
// others the places of the rows of their steady features: those before the
// first of a.ends of the first in order, and so on.
func (a *Analyser) steadyLabels() []row {
	a.features, a.ends, a.certain = a.features[:0], a.ends[:0], a.certain[:0]
	for n, d := range a.arcs.Order {
		l := Root
		if n > 0 {
			l = a.models.certain.label(a.piece.looks[d].Lower, a.arcs.tags[d], a.arcs.tags[a.arcs.heads[d]], uint8(a.arcs.side(d)))
		}
		if l == NoLabel {
			a.features = a.arcs.steadyFeatures(a.features, d)
		}
		a.certain = append(a.certain, l)
		a.ends = append(a.ends, len(a.features))
	}
	return a.find(a.models.labels)
}

// labelOf chooses the label of word d, for whose steady features rows stand at
// places.
func (a *Analyser) labelOf(d int32, found []row) Label {
	var s sums
	for _, w := range found {
		a.models.labels.addRow(&s, w)
	}
	a.features = a.arcs.givenFeatures(a.features[:0], d)
	a.models.labels.add(&s, a.features)
	var scores [Classes]int32
	s.addTo(&scores)
	best, lead := leadOf(&scores, int(Root)+1, int(labelCount))
	if lead < sureLabel {
		a.features = a.arcs.otherFeatures(a.features[:0], d)
		a.models.labels.Score(&scores, a.features)
		best = bestOf(&scores, int(Root)+1, int(labelCount))
	}
	return Label(best)
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

// see fills the piece with the looks of words.
func (a *Analyser) see(from, to int) {
	a.forget()
	a.piece.looks, a.seen = a.piece.looks[:0], a.seen[:0]
	for _, w := range a.words[from:to] {
		m := a.remember(w)
		a.seen = append(a.seen, m)
		a.piece.looks = append(a.piece.looks, &m.look)
	}
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
