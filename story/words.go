package story

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence"
	"whence/english"
	"whence/lineage"
)

// vocabulary numbers the words of a story.
type vocabulary struct {
	ids   map[string]int32
	words []entry
}

type entry struct {
	text  string // in lower case
	stem  int32  // of the word that its forms share; one of itself
	class english.MatterClass
}

func newVocabulary() *vocabulary { return &vocabulary{ids: make(map[string]int32, 1024)} }

// id numbers a word in lower case.
func (v *vocabulary) id(word []byte) int32 {
	if id, ok := v.ids[string(word)]; ok {
		return id
	}
	text := string(word)
	id := int32(len(v.words))
	v.ids[text] = id
	v.words = append(v.words, entry{text: text, stem: id, class: english.Matter(text)})
	if stem := english.Stem(text); stem != text {
		s := v.id([]byte(stem))
		v.words[id].stem = s
	}
	return id
}

// token is a word of an article: letters and digits.
type token struct {
	id         int32
	start, end int32 // in code points
	opens      bool  // the first of a sentence
}

// tokens cuts a text into words. What follows an apostrophe is left out unless it
// is a word's own ("o'clock").
func (v *vocabulary) tokens(s string) []token {
	list := make([]token, 0, len(s)/6)
	var word []byte
	start, at := int32(0), int32(0)
	opens, ending := true, false // ending: in what follows an apostrophe
	flush := func() {
		if len(word) > 0 && !ending {
			list = append(list, token{v.id(word), start, at, opens})
			opens = false
		}
		word = word[:0]
		ending = false
	}
	for _, r := range s {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if len(word) == 0 {
				start = at
			}
			word = utf8.AppendRune(word, unicode.ToLower(r))
		case (r == '\'' || r == '’') && len(word) > 0:
			flush()
			ending = true
			word = append(word, '\'')
		case r == ',' && len(word) > 0 && word[len(word)-1] >= '0' && word[len(word)-1] <= '9':
			// may be a figure's; the parts count as words
			flush()
		default:
			flush()
			if r == '.' || r == '!' || r == '?' || r == '\n' {
				opens = true
			}
		}
		at++
	}
	flush()
	return list
}

// within are the tokens inside a span.
func within(tokens []token, s whence.Span) []token {
	i := sort.Search(len(tokens), func(i int) bool { return int(tokens[i].start) >= s.Start })
	j := i + sort.Search(len(tokens)-i, func(j int) bool { return int(tokens[i+j].end) > s.End })
	return tokens[i:j]
}

// plainName is a name as it is compared: small letters and digits alone, without
// a leading article and the domain's ending.
func plainName(s string) string {
	s = strings.ToLower(s)
	s = strings.TrimPrefix(strings.TrimPrefix(s, "www."), "the ")
	for _, end := range []string{".com", ".org", ".net", ".co.uk", ".example"} {
		s = strings.TrimSuffix(s, end)
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, s)
}

// outletKey is an outlet's name as it is compared.
func outletKey(name string) string {
	key, _ := lineage.OutletKey(name)
	return key
}

// outletWords are the words for an outlet without what belongs to it: "the Post’s",
// "NBC’s “Meet the Press”", "CNN’s Jane Doe".
func outletWords(words string, known func(string) bool) string {
	if known(words) {
		return words
	}
	head := words
	if i := strings.IndexAny(words, "\"“‘"); i > 0 {
		head = words[:i]
	}
	for _, mark := range []string{"’s ", "'s ", "’ ", "' "} {
		if before, _, ok := strings.Cut(head+" ", mark); ok && (known(before) || strings.TrimSpace(head) == strings.TrimSpace(before+mark)) {
			return before
		}
	}
	for list := strings.Fields(head); len(list) > 1; { // "CBS News broadcast"
		list = list[:len(list)-1]
		if name := strings.Join(list, " "); known(name) {
			return name
		}
	}
	return strings.Trim(words, " \"“”‘’")
}

// fields are the words of a phrase in lower case, without endings after an
// apostrophe.
func fields(s string) []string {
	list := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != ','
	})
	out := make([]string, 0, len(list))
	for _, w := range list {
		comma := strings.HasSuffix(w, ",")
		w, _, _ = strings.Cut(strings.ReplaceAll(strings.Trim(w, ","), "’", "'"), "'")
		if w != "" {
			out = append(out, w)
		}
		if comma {
			out = append(out, ",")
		}
	}
	return out
}

// headOf is the stem of the last word of a phrase's own noun: "three officials with
// knowledge of the talks" gives "official". Words for some of a group give
// nothing: "one of them".
func headOf(phrase string) (head string, single bool) {
	words := fields(phrase)
	for i, w := range words {
		if w == "of" && i > 0 && english.Matter(words[i-1]).Has(english.Partitive) {
			words = words[i+1:]
			break
		}
	}
	end := slices.IndexFunc(words, func(w string) bool { return english.Matter(w).Has(english.AfterNoun) })
	if end < 0 {
		end = len(words)
	}
	if end == 0 || english.Matter(words[end-1]).Has(english.Partitive) {
		return "", false
	}
	single = words[0] == "a" || words[0] == "an"
	if single && end > 1 && english.Matter(words[1]).Has(english.Partitive) {
		single = false
	}
	return english.Stem(words[end-1]), single
}
