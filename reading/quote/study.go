package quote

import (
	"slices"

	"whence"
	"whence/english"
	"whence/text"
)

// Study is an article as the models learn it. It serves training alone; words
// are those of the sentences, in order.
type Study struct {
	view  *view
	first lattice
}

// Labels of the two models, and the classes of edges between words. Label 0 is
// outside; an odd label begins a part, the next goes on with it: source, cue
// and content of the first model, source and content of the second.
const (
	RoleLabels  = roleLabels
	PartLabels  = partLabels
	EdgeClasses = edgeClasses
)

// NewStudy makes an article ready. There is one tree a sentence.
func NewStudy(a *whence.Article, sentences []text.Sentence, trees []english.Tree, clusters *english.Clusters) *Study {
	m := &memory{}
	f := &finder{document: newDocument(a, sentences, m), least: leastScore}
	f.read()
	return &Study{view: newView(f, sentences, trees, clusters, m)}
}

// Words are the places of the words.
func (s *Study) Words() []whence.Span {
	spans := make([]whence.Span, len(s.view.words))
	for i := range spans {
		spans[i] = s.view.words[i].Span
	}
	return spans
}

// RoleFeatures appends the features of word i for the first model.
func (s *Study) RoleFeatures(dst []uint64, i int) []uint64 { return s.view.allRoleFeatures(dst, i) }

// Edge is the class of the edge into word i.
func (s *Study) Edge(i int) uint8 { return s.view.edge(i) }

// SetRoles takes what a first model says: the label of each word, and the
// probability of each label of each word, a row of RoleLabels a word.
func (s *Study) SetRoles(labels []uint8, share []float64) {
	s.first.n, s.first.best, s.first.share = len(labels), labels, share
}

// Cues are the likely cues by the roles that were set, as ranges of words.
func (s *Study) Cues() [][2]int {
	var cues [][2]int
	for _, c := range s.first.cues() {
		cues = append(cues, [2]int{c.from, c.to})
	}
	return cues
}

// Ask is the question to the second model for a cue: the range of words that
// it is about, and the features of each.
func (s *Study) Ask(cue [2]int) (from, to int, features func(dst []uint64, i int) []uint64) {
	a := s.view.ask(&s.first, span{cue[0], cue[1]})
	return a.from, a.to, a.allPartFeatures
}

// Judgements is how many labels the third model has: none, and what it judges
// of an answer, in the order of the constants.
const (
	Judgements   = judgements
	IsRight      = isRight
	ContentExact = contentExact
	SourceExact  = sourceExact
)

// Answer is one of a second model's best answers to the question for a cue: the
// ranges of words of source, cue and content, and the clues that it is judged
// by.
type Answer struct {
	Parts [3][][2]int
	Clues []uint64
}

// Answers are the best answers of a second model: of its lean and its steps, as
// [Pack] has them, and the score of each label of each word of the question.
func (s *Study) Answers(cue [2]int, lean float64, steps, scores []float64) []Answer {
	a := s.view.ask(&s.first, span{cue[0], cue[1]})
	l := &lattice{}
	l.reset(a.to-a.from, partLabels)
	copy(l.scores, scores)
	for i := a.from; i < a.to; i++ {
		l.edges[i-a.from] = s.view.edge(i)
	}
	var all []Answer
	a.answers(newChain(partLabels, lean, steps), l, func(c *candidate, clues []uint64) {
		x := Answer{Parts: [3][][2]int{1: {cue}}, Clues: slices.Clone(clues)}
		if !c.source.empty() {
			x.Parts[0] = [][2]int{{c.source.from, c.source.to}}
		}
		for _, p := range c.content {
			x.Parts[2] = append(x.Parts[2], [2]int{p.from, p.to})
		}
		all = append(all, x)
	})
	return all
}

// Pack writes a model of the first or second kind: its labels, what is taken
// off the score of label 0 when the best labels are sought, the weights of
// steps from label to label (first the class of edge, then the label before,
// with the beginning as label number labels, then the label), and the weights
// of features, in units of 1/Unit.
func Pack(labels int, lean float64, steps []float64, rows []english.Row) []byte {
	return packChain(labels, lean, steps, english.PackRows(rows))
}

// Unit is how many units of weight make one of the natural logarithm.
const Unit = unit
