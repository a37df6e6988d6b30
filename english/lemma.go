package english

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence"
)

// LongestEnding is how many letters of a word's end the rules for lemmas look
// at.
const LongestEnding = 6

// Edit makes a lemma of a word.
type Edit struct {
	Capitals Capitals // of the lemma
	Cut      uint8    // letters taken off the end, at most 9
	Add      string   // put in their place
}

// Capitals is what an edit does to capitals.
type Capitals byte

// What an edit may do to capitals.
const (
	Kept       Capitals = 'k'
	Lowered    Capitals = 'l'
	Capitalise Capitals = 't' // all letters but the first small
)

// Append appends the lemma that the edit makes of a word; of one that it would
// leave nothing of, the word.
func (e Edit) Append(to []byte, word string) []byte {
	start := len(to)
	switch e.Capitals {
	case Lowered:
		to = lower(to, word)
	case Capitalise:
		first, n := utf8.DecodeRuneInString(word)
		to = utf8.AppendRune(to, unicode.ToUpper(first))
		to = lower(to, word[n:])
	default:
		to = plainApostrophes(to, word)
	}
	for range e.Cut {
		_, n := utf8.DecodeLastRune(to[start:])
		to = to[:len(to)-n]
	}
	if to = append(to, e.Add...); len(to) == start {
		return append(to, word...)
	}
	return to
}

// String is the edit as a table of lemmas has it.
func (e Edit) String() string { return string([]byte{byte(e.Capitals), '0' + e.Cut}) + e.Add }

func parseEdit(s string) (Edit, error) {
	if len(s) < 2 || strings.IndexByte("klt", s[0]) < 0 || s[1] < '0' || s[1] > '9' {
		return Edit{}, fmt.Errorf("an edit %q: %w", s, whence.ErrMalformed)
	}
	return Edit{Capitals(s[0]), s[1] - '0', s[2:]}, nil
}

// lemmas are the edits by [LemmaKeys].
type lemmas map[string]Edit

// parseLemmas reads a table of edits: a key and an edit a line, with a tab
// between.
func parseLemmas(table string) (lemmas, error) {
	l := make(lemmas, strings.Count(table, "\n"))
	for line := range strings.Lines(table) {
		key, edit, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		e, err := parseEdit(edit)
		if err != nil {
			return nil, fmt.Errorf("reading lemmas: %w", err)
		}
		l[key] = e
	}
	return l, nil
}

// LemmaKeys appends the keys that the edit for a word is looked for under, all
// in one: the whole is that of the word; what starts at one of the places is
// that of an ending, the longest first, the last of no letter.
func LemmaKeys(to []byte, places []int, word string, tag Tag) ([]byte, []int) {
	start := len(to)
	to = append(to, '^')
	to = lower(to, word)
	at := len(to)
	to = append(to, caseOf(word), ' '+byte(tag))
	first := max(0, utf8.RuneCount(to[start+1:at])-LongestEnding)
	for i := start + 1; i < at; first-- {
		if first <= 0 {
			places = append(places, i)
		}
		_, n := utf8.DecodeRune(to[i:])
		i += n
	}
	return to, append(places, at)
}

// caseOf is how a word is capitalised: all of it, at its start, or not.
func caseOf(word string) byte {
	first, n := utf8.DecodeRuneInString(word)
	second, _ := utf8.DecodeRuneInString(word[n:])
	switch {
	case !unicode.IsUpper(first):
		return 'x'
	case unicode.IsUpper(second):
		return 'A'
	}
	return 'T'
}

// lemmatiser finds lemmas with memory that is used again.
type lemmatiser struct {
	lemmas lemmas
	key    []byte
	places []int
	lemma  []byte
}

// lemmaOf is the lemma of a word. It is valid until the next call.
func (l *lemmatiser) lemmaOf(word string, tag Tag) []byte {
	l.key, l.places = LemmaKeys(l.key[:0], l.places[:0], word, tag)
	l.lemma = l.edit().Append(l.lemma[:0], word)
	return l.lemma
}

// edit is that of the longest key that has one.
func (l *lemmatiser) edit() Edit {
	if e, ok := l.lemmas[string(l.key)]; ok {
		return e
	}
	for _, at := range l.places {
		if e, ok := l.lemmas[string(l.key[at:])]; ok {
			return e
		}
	}
	return Edit{Capitals: Lowered}
}
