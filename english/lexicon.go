package english

import (
	"embed"
	"slices"
	"strconv"
	"strings"

	"whence"
)

//go:embed data/*.txt
var data embed.FS

// lexicon is all tables, by lower-case spelling.
type lexicon struct {
	words   map[string]Word
	phrases map[string][]phrase // by first word, longest first
	numbers map[string]int
	kinds   map[string]whence.Kind // of nouns and adjectives
	sieve   sieve                  // of words
	opens   sieve                  // of phrases
}

// phrase is what follows the first word of a phrase of a class.
type phrase struct {
	rest  []string
	class Class
}

// read builds the lexicon from the tables. A table that breaks its form is a
// mistake of the build, caught by the tests, and panics.
func read() *lexicon {
	l := &lexicon{words: make(map[string]Word, 8192), phrases: map[string][]phrase{}}
	irregularRows := table("irregular.txt")
	irregular := readIrregular(irregularRows)
	for _, fields := range table("verbs.txt") {
		v := &Verb{Lemma: strings.ReplaceAll(fields[0], "_", " "), Kind: whence.Kind(fields[1])}
		for _, name := range fields[2:] {
			if r, ok := strings.CutPrefix(name, "response="); ok {
				v.Response = whence.Response(r)
				continue
			}
			v.Frames |= must(frames, name)
		}
		l.addVerb(v, irregular)
	}
	for _, fields := range table("verbs-plain.txt") {
		for _, lemma := range fields {
			l.addVerb(&Verb{Lemma: lemma}, irregular)
		}
	}
	for _, fields := range irregularRows {
		l.addVerb(&Verb{Lemma: fields[0]}, irregular)
	}
	l.readWords(table("words.txt"))
	for _, fields := range table("particles.txt") {
		for _, word := range fields[1:] {
			w := l.words[word]
			w.Particle = must(particles, fields[0])
			l.words[word] = w
		}
	}
	l.kinds = map[string]whence.Kind{}
	for _, fields := range table("kinds.txt") {
		for _, word := range fields[1:] {
			l.kinds[word] = whence.Kind(fields[0])
		}
	}
	l.numbers = map[string]int{}
	for _, fields := range table("numbers.txt") {
		n, err := strconv.Atoi(fields[0])
		if err != nil {
			panic(err)
		}
		for _, word := range fields[1:] {
			l.numbers[word] = n
		}
	}
	for _, w := range l.words {
		slices.SortStableFunc(w.Phrasal, func(a, b *Verb) int { return len(b.Rest) - len(a.Rest) })
	}
	for word, w := range l.words {
		w.Starts = w.Class
		l.words[word] = w
	}
	for first, ps := range l.phrases {
		slices.SortStableFunc(ps, func(a, b phrase) int { return len(b.rest) - len(a.rest) })
		w, ok := l.words[first]
		for _, p := range ps {
			w.Starts |= p.class
		}
		w.first = w.first || !ok
		l.words[first] = w
	}
	l.sieve, l.opens = newSieve(l.words), newSieve(l.phrases)
	return l
}

// table is the fields of each line of a data file, comments and blank lines
// left out.
func table(name string) [][]string {
	text, err := data.ReadFile("data/" + name)
	if err != nil {
		panic(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(text)) {
		if fields := strings.Fields(line); len(fields) > 0 && fields[0] != "#" {
			rows = append(rows, fields)
		}
	}
	return rows
}

func must[V any](names map[string]V, name string) V {
	v, ok := names[name]
	if !ok {
		panic("english: no such name in the tables: " + name)
	}
	return v
}

// readWords reads the table of classes.
func (l *lexicon) readWords(rows [][]string) {
	var class Class
	for _, fields := range rows {
		if fields[0] == "=" {
			class = must(classes, fields[1])
			continue
		}
		for _, entry := range fields {
			l.addWord(entry, class)
		}
	}
}

func (l *lexicon) addWord(entry string, class Class) {
	entry = strings.ReplaceAll(entry, "’", "'")
	parts := strings.Split(entry, "_")
	if len(parts) > 1 {
		l.phrases[parts[0]] = append(l.phrases[parts[0]], phrase{parts[1:], class})
		return
	}
	w := l.words[entry]
	w.Class |= class
	l.words[entry] = w
}

// addVerb enters every form of the verb. The first entry of a lemma wins.
func (l *lexicon) addVerb(v *Verb, irregular map[string][][]string) {
	parts := strings.Fields(v.Lemma)
	v.Rest = parts[1:]
	for i, spellings := range forms(parts[0], irregular) {
		form := Form(1 << i)
		for _, s := range spellings {
			w := l.words[s]
			if len(v.Rest) > 0 {
				if !slices.Contains(w.Phrasal, v) {
					w.Phrasal = append(w.Phrasal, v)
				}
			} else if w.Verb == nil {
				w.Verb = v
			}
			if w.Verb == nil || w.Verb.Lemma == v.Lemma || len(v.Rest) > 0 {
				w.Form |= form
			}
			l.words[s] = w
		}
	}
}

// readIrregular gives the rows of each lemma, some of which have two.
func readIrregular(rows [][]string) map[string][][]string {
	of := make(map[string][][]string, len(rows))
	for _, fields := range rows {
		of[fields[0]] = append(of[fields[0]], fields[1:])
	}
	return of
}

// forms spells the forms of a lemma, in the order of the constants of Form.
func forms(lemma string, irregular map[string][][]string) [5][]string {
	past := regularPast(lemma)
	all := [5][]string{{lemma}, {third(lemma)}, {past}, {past}, {gerund(lemma)}}
	order := [4]int{2, 3, 1, 4} // past, participle, third person, gerund
	for n, row := range irregular[lemma] {
		for i, spelling := range row {
			if n == 0 {
				all[order[i]] = nil
			}
			all[order[i]] = append(all[order[i]], spelling)
		}
	}
	return all
}

func third(lemma string) string {
	switch {
	case endsConsonantY(lemma):
		return lemma[:len(lemma)-1] + "ies"
	case strings.HasSuffix(lemma, "s"), strings.HasSuffix(lemma, "sh"), strings.HasSuffix(lemma, "ch"),
		strings.HasSuffix(lemma, "x"), strings.HasSuffix(lemma, "z"):
		return lemma + "es"
	}
	return lemma + "s"
}

func regularPast(lemma string) string {
	switch {
	case strings.HasSuffix(lemma, "e"):
		return lemma + "d"
	case endsConsonantY(lemma):
		return lemma[:len(lemma)-1] + "ied"
	}
	return lemma + "ed"
}

func gerund(lemma string) string {
	if strings.HasSuffix(lemma, "e") && !strings.HasSuffix(lemma, "ee") && len(lemma) > 2 {
		return lemma[:len(lemma)-1] + "ing"
	}
	return lemma + "ing"
}

func endsConsonantY(s string) bool {
	n := len(s)
	return n > 1 && s[n-1] == 'y' && !strings.ContainsRune("aeiou", rune(s[n-2]))
}
