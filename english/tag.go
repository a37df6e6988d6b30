package english

// Tag is a part of speech of the Penn Treebank, in the form that the English
// treebanks of Universal Dependencies give it (column XPOS). The zero Tag is
// that of no word.
type Tag uint8

// The tags.
const (
	NoTag Tag = iota
	ADD       // addresses of the net and of mail
	AFX
	CC
	CD
	DT
	EX
	FW
	GW // parts of a word written apart
	HYPH
	IN
	JJ
	JJR
	JJS
	LS
	MD
	NFP // marks that are no punctuation: emoticons, rules
	NN
	NNP
	NNPS
	NNS
	PDT
	POS
	PRP
	PRPS // PRP$
	RB
	RBR
	RBS
	RP
	SYM
	TO
	UH
	VB
	VBD
	VBG
	VBN
	VBP
	VBZ
	WDT
	WP
	WPS // WP$
	WRB
	Currency     // $
	CloseQuote   // ''
	OpenQuote    // ``
	Comma        // ,
	OpenBracket  // -LRB-
	CloseBracket // -RRB-
	Stop         // . ? !
	Colon        // : ; and dashes
)

var tagNames = [...]string{
	NoTag: "_", ADD: "ADD", AFX: "AFX", CC: "CC", CD: "CD", DT: "DT", EX: "EX", FW: "FW", GW: "GW", HYPH: "HYPH", IN: "IN",
	JJ: "JJ", JJR: "JJR", JJS: "JJS", LS: "LS", MD: "MD", NFP: "NFP", NN: "NN", NNP: "NNP", NNPS: "NNPS", NNS: "NNS",
	PDT: "PDT", POS: "POS", PRP: "PRP", PRPS: "PRP$", RB: "RB", RBR: "RBR", RBS: "RBS", RP: "RP", SYM: "SYM", TO: "TO",
	UH: "UH", VB: "VB", VBD: "VBD", VBG: "VBG", VBN: "VBN", VBP: "VBP", VBZ: "VBZ", WDT: "WDT", WP: "WP", WPS: "WP$",
	WRB: "WRB", Currency: "$", CloseQuote: "''", OpenQuote: "``", Comma: ",", OpenBracket: "-LRB-", CloseBracket: "-RRB-",
	Stop: ".", Colon: ":",
}

// String is the tag as treebanks write it.
func (t Tag) String() string {
	if int(t) < len(tagNames) {
		return tagNames[t]
	}
	return tagNames[NoTag]
}

// TagNamed is the tag that treebanks write so.
func TagNamed(name string) (Tag, bool) {
	for t, n := range tagNames {
		if n == name && t != int(NoTag) {
			return Tag(t), true
		}
	}
	return NoTag, false
}

// Verb tells whether the tag is one of a verb's, modal verbs left out.
func (t Tag) Verb() bool { return VB <= t && t <= VBZ }

// Noun tells whether the tag is one of a noun's or name's.
func (t Tag) Noun() bool { return NN <= t && t <= NNS }

// TagFeatures appends the features of word i, where the two words before have
// the tags last and beforeLast.
//
// Templates: those of Collins (2002) and Toutanova et al. (2003), with word
// classes as in Koo et al. (2008).
func (s *Sentence) TagFeatures(dst []uint64, i int, last, beforeLast Tag) []uint64 {
	dst = s.joinedTagFeatures(dst, i, last, beforeLast)
	dst = s.at(i).ownTagFeatures(dst)
	dst = s.at(i - 1).tagFeaturesAfter(dst)
	return s.at(i + 1).tagFeaturesBefore(dst)
}

// ownTagFeatures appends those features of a word's tag that speak of the word
// alone.
func (w *Look) ownTagFeatures(dst []uint64) []uint64 {
	f := joiner{to: dst, template: 50}
	f.one(w.Form)
	f.one(w.Lower)
	f.one(w.Shape)
	for _, x := range w.Suffix {
		f.one(x)
	}
	for _, x := range w.Prefix {
		f.one(x)
	}
	f.two(w.Suffix[1], w.Shape)
	f.one(w.Class)
	f.one(w.Class4)
	f.one(w.Class8)
	f.one(w.Class12)
	return f.to
}

// tagFeaturesAfter appends those features of the next word's tag that speak of
// this word alone.
func (w *Look) tagFeaturesAfter(dst []uint64) []uint64 {
	f := joiner{to: dst, template: 70}
	f.one(w.Lower)
	f.one(w.Suffix[2])
	f.one(w.Shape)
	f.one(w.Class)
	return f.to
}

// tagFeaturesBefore is the same for the tag of the word before.
func (w *Look) tagFeaturesBefore(dst []uint64) []uint64 {
	f := joiner{to: dst, template: 80}
	f.one(w.Lower)
	f.one(w.Suffix[2])
	f.one(w.Shape)
	f.one(w.Class)
	return f.to
}

// joinedTagFeatures appends the features that speak of several words, of words
// further away and of tags.
func (s *Sentence) joinedTagFeatures(dst []uint64, i int, last, beforeLast Tag) []uint64 {
	return s.otherTagFeatures(s.tellingTagFeatures(dst, i, last, beforeLast), i, last, beforeLast)
}

// tellingTagFeatures appends those of the joined features that tell most.
func (s *Sentence) tellingTagFeatures(dst []uint64, i int, last, beforeLast Tag) []uint64 {
	return s.givenTagFeatures(s.steadyTagFeatures(dst, i), i, last, beforeLast)
}

// givenTagFeatures appends those of the telling features that speak of tags
// which were given.
func (s *Sentence) givenTagFeatures(dst []uint64, i int, last, beforeLast Tag) []uint64 {
	return shapeFeatures(tagsFeatures(dst, last, beforeLast), s.at(i).Shape, last)
}

// tagsFeatures appends those that speak of tags alone.
func tagsFeatures(dst []uint64, last, beforeLast Tag) []uint64 {
	t1, t2 := uint64(last), uint64(beforeLast)
	f := joiner{to: dst}
	f.one(t1)
	f.two(t1, t2)
	return f.to
}

// shapeFeatures appends those that speak of a word's shape and the tag before.
func shapeFeatures(dst []uint64, shape uint64, last Tag) []uint64 {
	f := joiner{to: dst, template: 4}
	f.two(shape, uint64(last))
	return f.to
}

// steadyTagFeatures appends the others of the telling features.
func (s *Sentence) steadyTagFeatures(dst []uint64, i int) []uint64 {
	w, n1 := s.at(i), s.at(i+1)
	first := uint64(0)
	if i == 0 {
		first = 1
	}
	f := joiner{to: dst}
	f.template = 3
	f.two(w.Shape, first)
	f.template = 13
	f.two(w.Class8, n1.Class8)
	f.template = 20
	f.two(w.Lower, n1.Class8)
	return f.to
}

// otherTagFeatures appends the joined features that are left.
func (s *Sentence) otherTagFeatures(dst []uint64, i int, last, beforeLast Tag) []uint64 {
	w := s.at(i)
	p1, p2, n1, n2 := s.at(i-1), s.at(i-2), s.at(i+1), s.at(i+2)
	t1, t2 := uint64(last), uint64(beforeLast)
	f := joiner{to: dst}
	f.template = 2
	f.two(w.Lower, t1)
	f.template = 5
	f.two(w.Suffix[2], t1)
	f.one(p2.Lower)
	f.one(n2.Lower)
	f.two(p1.Lower, w.Lower)
	f.two(w.Lower, n1.Lower)
	f.two(p1.Lower, n1.Lower)
	f.one(n2.Class)
	f.two(p1.Class8, w.Class8)
	f.template = 14
	f.two(n1.Class8, n2.Class8)
	f.three(p1.Class8, w.Class8, n1.Class8)
	f.two(w.Class, t1)
	f.two(n1.Class, t1)
	f.three(t1, t2, w.Class8)
	f.two(t1, n1.Lower)
	return f.to
}
