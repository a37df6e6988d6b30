package english

import (
	"unicode"
	"unicode/utf8"
)

// look is what features see of one word: hashes of its spellings and parts,
// and its cluster.
type look struct {
	form, lower uint64
	suffix      [4]uint64 // of one to four letters, in lower case
	prefix      [3]uint64
	shape       uint64
	class       uint64 // its cluster, 0 if it has none
	class4      uint64 // that many first steps of the cluster's path
	class6      uint64
	class8      uint64
	class12     uint64
	cluster     Cluster
}

// edge is the look of the places before and after a sentence.
var edge = look{form: 1, lower: 1, shape: 1}

// looker makes looks with memory that is used again.
type looker struct {
	clusters                *Clusters
	plain, low, shape, keys []byte
}

// at is the look of a word.
func (k *looker) at(word string) look {
	k.plain = plainApostrophes(k.plain[:0], word)
	k.low = lower(k.low[:0], word)
	k.shape = appendShape(k.shape[:0], k.plain)
	l := look{form: Hash(k.plain), lower: Hash(k.low), shape: Hash(k.shape)}
	for i, at := 0, len(k.low); i < len(l.suffix); i++ {
		_, n := utf8.DecodeLastRune(k.low[:at])
		at -= n
		l.suffix[i] = Mix(Hash(k.low[at:]), uint64(i))
	}
	for i, at := 0, 0; i < len(l.prefix); i++ {
		_, n := utf8.DecodeRune(k.low[at:])
		at += n
		l.prefix[i] = Mix(Hash(k.low[:at]), uint64(i))
	}
	if l.cluster = k.cluster(); l.cluster != 0 {
		p := k.clusters.paths[l.cluster]
		l.class = Mix(p.bits<<8|uint64(p.length), 1)
		l.class4, l.class6, l.class8, l.class12 = p.first(4), p.first(6), p.first(8), p.first(12)
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
	looks []look
}

// NewSentence looks at the words, to train models. To analyse, use an
// [Analyser], which remembers words.
func (c *Clusters) NewSentence(words []string) *Sentence {
	k := looker{clusters: c}
	s := &Sentence{looks: make([]look, len(words))}
	for i, w := range words {
		s.looks[i] = k.at(w)
	}
	return s
}

// at is the look of word i, also outside the sentence.
func (s *Sentence) at(i int) *look {
	if i < 0 || i >= len(s.looks) {
		return &edge
	}
	return &s.looks[i]
}
