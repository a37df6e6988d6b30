package eval

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence"
	"whence/english"
)

// breakdown sorts relations into groups. A relation of the gold and one that
// was found are sorted each by its own spans.
type breakdown struct {
	by     string
	groups []string // in the order of printing
	// gold and found give the group of a relation; one that is not among the
	// groups goes to the last.
	gold, found func(*scored, *member) string
}

// breakdowns are the groups that are printed:
//
//	quotation  Direct has every word of the content inside quotation marks,
//	           indirect none, mixed some, by the marks that stand in the
//	           content's spans: PolNeAR takes them into the content. A title of
//	           a work in marks is words in marks. Single marks do not count.
//	kind       Of what was found as the reading says. Gold names no kind: it is
//	           that of the first verb in the cue whose lemma the lexicon of
//	           package english gives one, or else "other", of which nothing
//	           found is.
//	source     Pronoun is one pronoun, relative ones too. Named has a word with
//	           a capital that names somebody; see named. The rest is generic.
//	order      Of the first words of each role.
//	content    Discontinuous has words between its spans.
//	level      PolNeAR annotates the outermost level alone: of what was found
//	           inside of another content, hardly anything can be right.
func breakdowns() []breakdown {
	return []breakdown{
		{"quotation", []string{"direct", "indirect", "mixed"}, quotationOf, quotationOf},
		{"kind", []string{"statement", "belief", "intention", "evidence", otherGroup}, kindOfCue, kindOf},
		{"source", []string{"pronoun", "named", "generic", "missing"}, sourceGroup, sourceGroup},
		{"order", []string{
			"source-cue-content", "content-source-cue", "content-cue-source", "source-content-cue",
			"cue-source-content", "cue-content-source", "cue-content", "content-cue", otherGroup,
		}, orderOf, orderOf},
		{"content", []string{"contiguous", "discontinuous", "missing"}, continuityOf, continuityOf},
		{"level", []string{"outermost", "nested"}, levelOf, levelOf},
	}
}

const otherGroup = "other"

// printBreakdowns prints recall of the gold relations of each group, and
// precision of what was found of it, by the relation measure.
func printBreakdowns(b *strings.Builder, all []scored) {
	for _, d := range breakdowns() {
		gold, found := d.count(all)
		fmt.Fprintf(b, "\n%-18s %6s %6s %6s %6s\n", d.by, "gold", "R", "found", "P")
		for i, group := range d.groups {
			fmt.Fprintf(b, "%-18s %s %s\n", group, gold[i], found[i])
		}
	}
}

// groupShare is how many of a group there are, and how many of them are right.
type groupShare struct{ right, all int }

func (s *groupShare) add(right bool) {
	s.all++
	s.right += one(right)
}

// String gives the number and the share in percent, as two cells.
func (s groupShare) String() string {
	if s.all == 0 {
		return fmt.Sprintf("%6d %6s", s.all, "–")
	}
	return fmt.Sprintf("%6d %6.1f", s.all, inPercent(s.right, s.all))
}

func (d *breakdown) count(all []scored) (gold, found []groupShare) {
	gold, found = make([]groupShare, len(d.groups)), make([]groupShare, len(d.groups))
	for n := range all {
		s := &all[n]
		for i := range s.gold {
			gold[d.group(d.gold(s, &s.gold[i]))].add(s.foundOf[i] >= 0)
		}
		for j := range s.found {
			found[d.group(d.found(s, &s.found[j]))].add(s.goldOf[j] >= 0)
		}
	}
	return gold, found
}

// group is the number of the group of a name.
func (d *breakdown) group(name string) int {
	if i := slices.Index(d.groups, name); i >= 0 {
		return i
	}
	return len(d.groups) - 1
}

func quotationOf(s *scored, m *member) string {
	var words, quoted int
	open := false
	for _, sp := range m.relation[2] {
		var w, q int
		w, q, open = quotedWords(s.index.Slice(sp), open)
		words, quoted = words+w, quoted+q
	}
	switch quoted {
	case 0:
		return string(whence.Indirect)
	case words:
		return string(whence.Direct)
	}
	return string(whence.Mixed)
}

// quotedWords counts the words of t and those of them inside double quotation
// marks. A mark that a paragraph opens with opens, and one that closes what was
// not opened closes what stands before it. It takes and gives whether a
// quotation is open at the edge.
func quotedWords(t string, open bool) (words, quoted int, stillOpen bool) {
	t = strings.NewReplacer("''", `"`, "``", `"`).Replace(t)
	before, inWord := '\n', false
	for _, r := range t {
		switch {
		case r == '“' || r == '«' || r == '"' && (!open || before == '\n'):
			open = true
		case r == '”' || r == '»' || r == '"':
			if !open {
				quoted = words
			}
			open = false
		case isWordRune(r) && !inWord:
			words++
			quoted += one(open)
		}
		before, inWord = r, isWordRune(r) || inWord && isApostrophe(r)
	}
	return words, quoted, open
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || r == '_' }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

func kindOf(_ *scored, m *member) string { return string(m.kind) }

func kindOfCue(s *scored, m *member) string {
	var words []string
	for _, sp := range m.relation[1] {
		words = append(words, wordsOf(s.index.Slice(sp))...)
	}
	for i, word := range words {
		if v := verbAt(english.Lookup(word), words[i+1:]); v != nil && v.Kind != "" {
			return string(v.Kind)
		}
	}
	return otherGroup
}

// verbAt is the verb that a word and those after it are, nil if none.
func verbAt(w english.Word, after []string) *english.Verb {
	for _, v := range w.Phrasal {
		if len(v.Rest) <= len(after) && slices.EqualFunc(v.Rest, after[:len(v.Rest)], strings.EqualFold) {
			return v
		}
	}
	return w.Verb
}

// wordsOf cuts t into its words: letters, numbers, and apostrophes, hyphens
// and full stops between them.
func wordsOf(t string) []string {
	return strings.FieldsFunc(t, func(r rune) bool {
		return !isWordRune(r) && !isApostrophe(r) && r != '-' && r != '.'
	})
}

func sourceGroup(s *scored, m *member) string {
	if len(m.relation[0]) == 0 {
		return "missing"
	}
	count := 0
	last := ""
	isName := false
	for _, sp := range m.relation[0] {
		words := wordsOf(s.index.Slice(sp))
		for i, word := range words {
			isName = isName || s.named(word, i == 0 && s.opensSentence(sp.Start))
			last = word
		}
		count += len(words)
	}
	switch c := english.Lookup(last).Class; {
	case count == 1 && c.Has(pronouns) && !c.Has(english.Vague):
		return "pronoun"
	case isName:
		return "named"
	}
	return "generic"
}

const (
	pronouns = english.Pronoun | english.SubjectPronoun | english.ObjectPronoun | english.Relative | english.Possessive
	// nameless are words that name nobody by themselves, even with a capital.
	nameless = pronouns | english.Determiner | english.Preposition | english.Conjunction | english.Wh |
		english.Number | english.Vague | english.Anonymous | english.Roles | english.Role | english.Title |
		english.Group | english.Rank
)

// named tells whether a word of a source names somebody: it has a capital, is
// no people, faith, party, title or office alone, and where a sentence opens
// with it, the article does not have it in small letters.
func (s *scored) named(word string, opens bool) bool {
	first, _ := utf8.DecodeRuneInString(word)
	if !unicode.IsUpper(first) || english.Lookup(word).Class.Has(nameless) ||
		english.NameWord(word).Has(english.Demonym|english.NoName) {
		return false
	}
	return !opens || !s.hasSmall(strings.ToLower(word))
}

// hasSmall tells whether the article has a word in small letters.
func (s *scored) hasSmall(word string) bool {
	if s.small == nil {
		s.small = map[string]bool{}
		for _, w := range wordsOf(s.index.Slice(whence.Span{End: s.index.Len()})) {
			s.small[w] = true
		}
	}
	return s.small[word]
}

// opensSentence tells whether nothing but marks stands between code point at
// and the start of the text, a line break or the end of a sentence.
func (s *scored) opensSentence(at int) bool {
	const back = 8 // more marks than that do not stand in a row
	before := s.index.Slice(whence.Span{Start: max(at-back, 0), End: at})
	last, size := utf8.DecodeLastRuneInString(strings.TrimRight(before, " \t\"'“”‘’()`"))
	return size == 0 || strings.ContainsRune("\n\r.!?:…", last)
}

func orderOf(_ *scored, m *member) string {
	var present []int
	for i := range roles {
		if len(m.relation[i]) > 0 {
			present = append(present, i)
		}
	}
	slices.SortStableFunc(present, func(a, b int) int { return m.relation[a][0].Start - m.relation[b][0].Start })
	names := make([]string, len(present))
	for n, i := range present {
		names[n] = roles[i]
	}
	return strings.Join(names, "-")
}

func continuityOf(s *scored, m *member) string {
	spans := m.relation[2]
	if len(spans) == 0 {
		return "missing"
	}
	for i, sp := range spans[1:] {
		if s.tokensIn(spans[i].End, sp.Start) > 0 {
			return "discontinuous"
		}
	}
	return "contiguous"
}

func levelOf(_ *scored, m *member) string {
	if m.nested {
		return "nested"
	}
	return "outermost"
}
