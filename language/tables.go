package language

import (
	_ "embed"
	"fmt"
	"math/bits"
	"strings"
	"sync"
)

// set is a set of the languages of one script, by their number.
type set uint64

// each calls f with the number of each language in s.
func (s set) each(f func(n int)) {
	for ; s != 0; s &= s - 1 {
		f(bits.TrailingZeros64(uint64(s)))
	}
}

// holds tells whether a language is in s.
func (s set) holds(n int) bool { return s&(1<<n) != 0 }

// entry is one language.
type entry struct {
	code  string
	stand string // for it and its like, where they cannot be told apart; or ""
}

// table is what is known of the languages of one script.
type table struct {
	languages []entry
	words     map[string]int // number of each common word
	of        []set          // by number of the word
	letters   map[rune]set
}

//go:embed data/words.txt
var wordData string

//go:embed data/letters.txt
var letterData string

// tables are read on first use. Data that breaks their form is a mistake of
// the build, caught by the tests, and panics.
var tables = sync.OnceValue(func() *[scriptEnd]*table {
	t, err := readTables(wordData, letterData)
	if err != nil {
		panic(err)
	}
	return t
})

// headings name the scripts of the tables.
var headings = map[string]script{
	"[Latin]": latin, "[Cyrillic]": cyrillic, "[Arabic]": arabic, "[Devanagari]": devanagari,
	"[Hebrew]": hebrew, "[Bengali]": bengali, "[Ethiopic]": ethiopic,
}

// readTables reads the two files, which say themselves how they are written.
func readTables(words, letters string) (*[scriptEnd]*table, error) {
	var all [scriptEnd]*table
	var t *table
	for line := range strings.Lines(words) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0 || fields[0] == "#":
			continue
		case fields[0][0] == '[':
			s := headings[fields[0]]
			if s == noScript || all[s] != nil {
				return nil, fmt.Errorf("language: heading %q is unknown or stands twice", fields[0])
			}
			t = &table{words: map[string]int{}, letters: map[rune]set{}}
			all[s] = t
			continue
		case t == nil:
			return nil, fmt.Errorf("language: words before a heading: %q", line)
		case line[0] != ' ':
			code, stand, _ := strings.Cut(fields[0], "/")
			t.languages = append(t.languages, entry{code, stand})
			fields = fields[1:]
		}
		if len(t.languages) == 0 || len(t.languages) > 64 {
			return nil, fmt.Errorf("language: %d languages of one script at %q", len(t.languages), line)
		}
		for _, w := range fields {
			t.add(w)
		}
	}
	for line := range strings.Lines(letters) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		for _, r := range fields[0] {
			t := all[scriptOf(r)]
			if t == nil {
				return nil, fmt.Errorf("language: letter %q is of no script with words", r)
			}
			for _, code := range fields[1:] {
				n := t.number(code)
				if n < 0 {
					return nil, fmt.Errorf("language: letter %q is of %q, which has no words", r, code)
				}
				t.letters[r] |= 1 << n
			}
		}
	}
	return &all, nil
}

// add adds a word of the last language.
func (t *table) add(word string) {
	n, known := t.words[word]
	if !known {
		n = len(t.of)
		t.words[word] = n
		t.of = append(t.of, 0)
	}
	t.of[n] |= 1 << (len(t.languages) - 1)
}

// number is that of a language in the table, -1 where it is not there.
func (t *table) number(code string) int {
	for i, l := range t.languages {
		if l.code == code {
			return i
		}
	}
	return -1
}
