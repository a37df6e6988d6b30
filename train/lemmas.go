package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"whence/english"
)

// Settings of the lemmas, found on the development parts.
const (
	leastForms = 2 // different words that an ending must be seen on to have a rule
)

// lemmas learns the edits that make lemmas: for each tag and ending the edit
// that is right for most words, as far as it differs from that of the next
// shorter ending, and for each word that the endings get wrong its own.
func lemmas(w io.Writer, data string) error {
	banks, err := trainingBanks(data)
	if err != nil {
		return err
	}
	examples, err := examplesOf(banks)
	if err != nil {
		return err
	}
	table := lemmaTable(examples)
	if _, err := fmt.Fprintf(w, "%d words, %d edits\n", countWords(examples), strings.Count(table, "\n")); err != nil {
		return err
	}
	return writeModel(english.LemmaFile, []byte(table))
}

// votes is how often each edit was right.
type votes map[english.Edit]int

// best is the edit with most votes; of equals, the first in the alphabet.
func (v votes) best() (english.Edit, int) {
	var best english.Edit
	most := 0
	for e, n := range v {
		if n > most || n == most && e.String() < best.String() {
			best, most = e, n
		}
	}
	return best, most
}

func lemmaTable(examples []example) string {
	words := map[string]votes{}   // by the key of the word
	endings := map[string][]int{} // of a key, where its endings start
	for _, e := range examples {
		for i, form := range e.words {
			edit, ok := editFor(form, e.lemmas[i])
			if !ok {
				continue
			}
			key, places := english.LemmaKeys(nil, nil, form, e.tags[i])
			if words[string(key)] == nil {
				words[string(key)] = votes{}
				endings[string(key)] = places
			}
			words[string(key)][edit]++
		}
	}
	byEnding := map[string]votes{}
	for key, v := range words {
		edit, _ := v.best()
		for _, at := range endings[key] {
			if byEnding[key[at:]] == nil {
				byEnding[key[at:]] = votes{}
			}
			byEnding[key[at:]][edit]++
		}
	}
	rules := endingRules(byEnding)
	for key, v := range words {
		if edit, _ := v.best(); edit != ruleFor(rules, key, endings[key]) {
			rules[key] = edit
		}
	}
	lines := make([]string, 0, len(rules))
	for key, edit := range rules {
		lines = append(lines, key+"\t"+edit.String()+"\n")
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// endingRules keeps the edits of endings that say something else than the next
// shorter ending.
func endingRules(byEnding map[string]votes) map[string]english.Edit {
	keys := make([]string, 0, len(byEnding))
	for key := range byEnding {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	rules := map[string]english.Edit{}
	for _, key := range keys {
		edit, n := byEnding[key].best()
		if len(key) > 2 && n < leastForms || edit == ruleFor(rules, key, shorter(key)) {
			continue
		}
		rules[key] = edit
	}
	return rules
}

// shorter is where the shorter endings of the key of an ending start. A key
// ends with two bytes for the case and the tag.
func shorter(key string) []int {
	var places []int
	for at := 0; at < len(key)-2; {
		_, n := utf8.DecodeRuneInString(key[at:])
		at += n
		places = append(places, at)
	}
	return places
}

func ruleFor(rules map[string]english.Edit, key string, places []int) english.Edit {
	for _, at := range places {
		if e, ok := rules[key[at:]]; ok {
			return e
		}
	}
	return english.Edit{Capitals: english.Lowered}
}

// editFor is the edit that makes the lemma of the form and changes least.
func editFor(form, lemma string) (edit english.Edit, ok bool) {
	for _, c := range []english.Capitals{english.Lowered, english.Capitalise, english.Kept} {
		e := endEdit(c, form, lemma)
		makes := string(e.Append(nil, form)) == lemma && !strings.ContainsAny(e.Add, "\t\n")
		if makes && (!ok || int(e.Cut)+len(e.Add) < int(edit.Cut)+len(edit.Add)) {
			edit, ok = e, true
		}
	}
	return edit, ok
}

// endEdit changes the end of the form, from where it differs from the lemma.
func endEdit(c english.Capitals, form, lemma string) english.Edit {
	start := string(english.Edit{Capitals: c}.Append(nil, form))
	shared := 0
	for shared < len(start) && shared < len(lemma) && start[shared] == lemma[shared] {
		shared++
	}
	for shared > 0 && shared < len(start) && !utf8.RuneStart(start[shared]) {
		shared--
	}
	cut := utf8.RuneCountInString(start[shared:])
	return english.Edit{Capitals: c, Cut: uint8(min(cut, 9)), Add: lemma[shared:]}
}
