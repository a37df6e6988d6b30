package english

import (
	"unicode"
	"unicode/utf8"
)

// Look is what features see of one word: hashes of its spellings and parts, and
// its cluster.
type Look struct {
	Form, Lower uint64    // with plain apostrophes; and in small letters
	Suffix      [4]uint64 // the last one to four letters of Lower
	Prefix      [3]uint64 // the first one to three
	Shape       uint64    // hash of the shape, see the function
	Class       uint64    // its cluster, 0 if it has none
	Class4      uint64    // that many first steps to the cluster
	Class6      uint64
	Class8      uint64
	Class12     uint64
	Cluster     Cluster
}

// edge is the look of the places before and after a sentence.
var edge = Look{Form: 1, Lower: 1, Shape: 1}

// looker makes looks with memory that is used again.
type looker struct {
	clusters                  *Clusters
	plain, low, outline, keys []byte
}

// at is the look of a word.
func (k *looker) at(word string) Look {
	k.plain = plainApostrophes(k.plain[:0], word)
	k.low = lower(k.low[:0], word)
	k.outline = appendShape(k.outline[:0], k.plain)
	l := Look{Form: Hash(k.plain), Lower: Hash(k.low), Shape: Hash(k.outline)}
	for i, at := 0, len(k.low); i < len(l.Suffix); i++ {
		_, n := utf8.DecodeLastRune(k.low[:at])
		at -= n
		l.Suffix[i] = Mix(Hash(k.low[at:]), uint64(i))
	}
	for i, at := 0, 0; i < len(l.Prefix); i++ {
		_, n := utf8.DecodeRune(k.low[at:])
		at += n
		l.Prefix[i] = Mix(Hash(k.low[:at]), uint64(i))
	}
	if l.Cluster = k.cluster(); l.Cluster != 0 {
		p := k.clusters.paths[l.Cluster]
		l.Class = Mix(p.bits<<8|uint64(p.length), 1)
		l.Class4, l.Class6, l.Class8, l.Class12 = p.first(4), p.first(6), p.first(8), p.first(12)
	}
	return l
}

// cluster is that of the word at hand, else that of its lower-case spelling.
func (k *looker) cluster() Cluster {
	k.keys = clusterKey(k.keys[:0], k.plain)
	if c, ok := k.clusters.of[string(k.keys)]; ok {
		return c
	}
	k.keys = clusterKey(k.keys[:0], k.low)
	return k.clusters.of[string(k.keys)]
}

func plainApostrophes(to []byte, word string) []byte {
	for _, r := range word {
		if r == '’' {
			r = '\''
		}
		to = utf8.AppendRune(to, r)
	}
	return to
}

// appendShape appends the shape of a word: capitals X, small letters x, digits
// d, other letters o, the rest as it is; of more than two alike in a row, two
// are kept.
func appendShape(to, word []byte) []byte {
	var last rune
	run := 0
	for at := 0; at < len(word); {
		r, n := utf8.DecodeRune(word[at:])
		at += n
		r = shapeOf(r)
		if r != last {
			run = 0
		}
		if run++; run <= 2 {
			to = utf8.AppendRune(to, r)
		}
		last = r
	}
	return to
}

func shapeOf(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case 'a' <= r && r <= 'z':
			return 'x'
		case 'A' <= r && r <= 'Z':
			return 'X'
		case '0' <= r && r <= '9':
			return 'd'
		}
	case unicode.IsUpper(r):
		return 'X'
	case unicode.IsLower(r):
		return 'x'
	case unicode.IsDigit(r):
		return 'd'
	case unicode.IsLetter(r):
		return 'o'
	}
	return r
}

// Sentence is the words of a sentence as features see them.
type Sentence struct {
	looks []*Look
}

// NewSentence looks at the words, to train models. To analyse, use an
// [Analyser], which remembers words.
func (c *Clusters) NewSentence(words []string) *Sentence {
	k := looker{clusters: c}
	s := &Sentence{looks: make([]*Look, len(words))}
	for i, w := range words {
		l := k.at(w)
		s.looks[i] = &l
	}
	return s
}

// at is the look of word i, also outside the sentence.
func (s *Sentence) at(i int) *Look {
	if i < 0 || i >= len(s.looks) {
		return &edge
	}
	return s.looks[i]
}
