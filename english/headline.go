package english

import (
	"slices"
	"strings"

	"whence"
	"whence/text"
)

// Titled is Sentences for an article whose title stands at a span, which may be none.
//
// Headlines are written in a grammar of their own, which the models know less of than
// that of sentences: the present tells of the past, an infinitive of the future, and
// words may all begin with capitals. So a sentence of the title is analysed as the text
// would put it: a word in small letters where the other sentences or the tables of the
// language have it so, "to close" as "will close", "weighs" as "weighed". Nodes are those
// of its own tokens; that of such a "to" is the one of an auxiliary.
//
// Method: the forms are those of Mårdh, Headlinese (1980).
func (a *Analyser) Titled(title whence.Span, sentences []text.Sentence) []Tree {
	var headlines []headline
	from := 0
	for i := range sentences {
		if !title.Contains(sentences[i].Span) || len(sentences[i].Tokens) == 0 {
			if len(headlines) > 0 {
				break
			}
			continue
		}
		if len(headlines) == mostHeadlines || len(sentences[i].Tokens) > longestHeadline {
			break
		}
		if len(headlines) == 0 {
			from = i
		}
		headlines = append(headlines, a.headline(sentences[i].Tokens, func(word string) written {
			return writtenIn(sentences, title, word)
		}))
	}
	all := a.Sentences(sentences)
	for n := range headlines {
		all[from+n] = headlines[n].tree
		headlines[n].plural(sentences, all)
	}
	return all
}

// What is longer, or goes on for longer, is no headline, whatever it is called; so the
// time that is spent on one is bounded.
const (
	longestHeadline = 60 // tokens of a sentence
	mostHeadlines   = 4  // sentences
)

// written is how the sentences outside of the title write a word of it.
type written struct {
	small   bool // in small letters
	capital bool // with a capital, inside of a sentence
}

func writtenIn(sentences []text.Sentence, title whence.Span, low string) (w written) {
	for i := range sentences {
		if title.Contains(sentences[i].Span) {
			continue
		}
		tokens := sentences[i].Tokens
		for k := range tokens {
			switch t := tokens[k].Text; {
			case len(t) != len(low):
			case t == low:
				w.small = true
			case k > 0 && strings.EqualFold(t, low):
				w.capital = true
			}
		}
	}
	return w
}

// headline analyses the tokens of a headline.
func (a *Analyser) headline(tokens []text.Token, written func(low string) written) headline {
	h := headline{analyser: a, written: written, words: make([]string, len(tokens))}
	for i := range tokens {
		h.words[i] = tokens[i].Text
	}
	h.lower()
	h.tree = slices.Clone(a.Words(h.words))
	h.past()
	h.future()
	for i := range tokens {
		if h.words[i] != tokens[i].Text {
			h.tree[i].Cluster = a.Look(tokens[i].Text).Cluster // which is of the word as it stands there
		}
	}
	return h
}

// headline is a headline on the way to its tree.
type headline struct {
	analyser *Analyser
	written  func(low string) written
	words    []string
	tree     Tree
	unsure   int // an infinitive's "to" after what may be a noun in the plural; 0 for none
}

// lower puts the words of a headline in capitals in small letters, but for names.
func (h *headline) lower() {
	words, capitals, shouted := 0, 0, 0
	for _, w := range h.words {
		switch {
		case !isUpperASCII(w[0]) && !isLowerASCII(w[0]):
			continue
		case isShouted(w):
			shouted++
			fallthrough
		case isUpperASCII(w[0]):
			capitals++
			words++
		case len(w) > shortWord:
			words++
		}
	}
	if capitals < fewestCapitals || capitals*10 < words*8 {
		return
	}
	for i, w := range h.words {
		shout := shouted*2 > words && isShouted(w)
		if !isUpperASCII(w[0]) || isShouted(w) && !shout {
			continue // an abbreviation
		}
		low := strings.ToLower(w)
		switch is := h.written(low); {
		case (i > 0 || shout) && (is.small || !is.capital && common(low)):
			h.words[i] = low
		case shout:
			h.words[i] = w[:1] + low[1:]
		}
	}
}

const (
	shortWord      = 3 // letters of the longest word that stays small in a headline in capitals
	fewestCapitals = 4 // that tell that a headline is in capitals
)

// isShouted tells of words that are all in capitals.
func isShouted(w string) bool { return len(w) > 1 && w == strings.ToUpper(w) }

func isUpperASCII(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLowerASCII(c byte) bool { return 'a' <= c && c <= 'z' }

// common tells whether the tables know a word as more than a name.
func common(low string) bool {
	w := Lookup(low)
	if w.Class != 0 || w.Verb != nil || MeasureOf(low).Name != "" {
		return true
	}
	if present, ok := presentOf(low); ok && acts(present) {
		return true
	}
	return StatusWord(low, StatusNoun, "") != 0 || StatusWord(low, StatusOther, "") != 0 || acts(low)
}

// acts tells whether the tables know a lemma as that of a verb.
func acts(lemma string) bool {
	return StatusWord(lemma, StatusVerb, "") != 0 || MeasureOf(lemma).Name != "" || Lookup(lemma).Verb != nil
}

// presentOf is the verb of which a word is the third person, by its spelling.
func presentOf(word string) (lemma string, ok bool) {
	stem, ok := strings.CutSuffix(word, "s")
	switch {
	case !ok || len(stem) <= 2 || strings.HasSuffix(stem, "s"):
		return "", false
	case strings.HasSuffix(stem, "ie"):
		return stem[:len(stem)-2] + "y", true
	}
	for _, end := range []string{"she", "che", "xe", "sse", "zze", "oe"} {
		if strings.HasSuffix(stem, end) {
			return stem[:len(stem)-1], true
		}
	}
	return stem, true
}

// future reads a noun before an infinitive as the subject of what will be: "Fares to
// rise". Nouns for plans and the like have it as their complement.
func (h *headline) future() {
	for i := 1; i+1 < len(h.words); i++ {
		if !strings.EqualFold(h.words[i], "to") || h.tree[i+1].Tag != VB && h.tree[i+1].Tag != RB {
			continue
		}
		if h.told(i - 1) {
			continue
		}
		if t := h.tree[i-1].Tag; h.unsure == 0 && (t == VBZ || t == VBP) && StatusWord(h.tree[i-1].Lemma, StatusVerb, "to") == 0 {
			h.unsure = i
		}
		if !h.subject(i - 1) {
			continue
		}
		if !h.try(i, "will", func(t Tree) bool {
			v := t[i].Head
			return t[i].Tag == MD && v > i && t.ChildLabelled(v, Nsubj, NsubjPass) >= 0
		}) {
			h.foretell(i)
		}
		return
	}
}

// told tells whether a verb, or what goes with one, stands before word i in its clause.
func (h *headline) told(i int) bool {
	for i--; i >= 0; i-- {
		if t := h.tree[i].Tag; t.finite() || t == RP {
			return true
		}
		if h.opens(i) {
			break
		}
	}
	return false
}

// foretell makes an auxiliary of the "to" at i, and a noun of what is before it, where
// they stand in the tree.
func (h *headline) foretell(i int) {
	if v := h.tree[i].Head; v <= i || h.tree[v].Tag != VB {
		return
	}
	h.tree[i].Tag, h.tree[i].Label, h.tree[i].Lemma = MD, Aux, "will"
	if h.tree[i-1].Tag.Verb() {
		h.tree[i-1].Tag = NNS
	}
}

// plural makes a future of an infinitive after a verb that the other sentences have as a
// noun, or that is as a noun what is measured: "Fares to rise".
func (h *headline) plural(sentences []text.Sentence, trees []Tree) {
	if h.unsure == 0 {
		return
	}
	noun := h.words[h.unsure-1]
	if MeasureOf(h.tree[h.unsure-1].Lemma).Counts {
		h.foretell(h.unsure)
		return
	}
	for i := range sentences {
		for k := range trees[i] {
			if trees[i][k].Tag == NNS && sentences[i].Tokens[k].Text == noun {
				h.foretell(h.unsure)
				return
			}
		}
	}
}

// subject tells whether word i is a noun whose infinitive is no complement.
func (h *headline) subject(i int) bool {
	low := strings.ToLower(h.words[i])
	lemma := h.tree[i].Lemma
	if StatusWord(lemma, StatusNoun, "") != 0 || StatusWord(lemma, StatusOther, "to") != 0 || StatusWord(low, StatusOther, "to") != 0 {
		return StatusWord(lemma, StatusNoun, "")&^Act == 0 && StatusWord(low, StatusOther, "to") == 0
	}
	switch h.tree[i].Tag {
	case NN, NNS, NNP, NNPS:
		return true
	case JJ, CD:
		return i == 0 || isUpperASCII(h.words[i][0])
	}
	return false
}

// mostTries bounds how many words of a headline are tried as its verb.
const mostTries = 3

// past reads what looks like a noun as the verb of a headline, or of a clause of it,
// that has no other: "Cabinet orders evacuation", "as boat sinks".
func (h *headline) past() {
	tries := 0
	for i := 1; i < len(h.words) && tries < mostTries; i++ {
		bare := h.verbless(i)
		if !bare && !h.governs(i) || !h.tree[i].Tag.Noun() || !h.tree[i-1].Tag.Noun() && h.tree[i-1].Tag != JJ && h.tree[i-1].Tag != CD {
			continue
		}
		lemma, ok := presentOf(h.words[i])
		if !ok || !h.object(i+1, lemma) || !acts(lemma) {
			continue
		}
		tries++
		if h.try(i, ParticipleOf(lemma), func(t Tree) bool {
			return (t[i].Tag == VBD || t[i].Tag == VBN) && t.ChildLabelled(i, Nsubj) >= 0 && t[i].Label != AclRelcl && (bare || t[i+1].Tag.Noun())
		}) {
			h.tree[i].Tag, h.tree[i].Lemma = VBD, lemma
		} else if h.tree[i].Head < 0 && h.tree.ChildLabelled(i, Nsubj) >= 0 {
			h.tree[i].Tag, h.tree[i].Lemma = VBZ, lemma // its tree takes it for one
		}
	}
}

// governs tells whether what seems to be the verb after word i is as well a noun that it
// governs: "plans visit to".
func (h *headline) governs(i int) bool {
	lemma, ok := presentOf(h.words[i])
	return ok && i+1 < len(h.words) && h.tree[i+1].Tag == VBP && (i+2 == len(h.words) || h.tree[i+2].Tag == IN) && StatusWord(lemma, StatusVerb, "") != 0
}

// verbless tells whether the clause of word i has no finite verb.
func (h *headline) verbless(i int) bool {
	from, to := i, i+1
	for from > 0 && !h.opens(from) {
		from--
	}
	for to < len(h.words) && !h.opens(to) {
		to++
	}
	return !slices.ContainsFunc(h.tree[from:to], func(n Node) bool { return n.Tag.finite() })
}

// opens tells whether a clause may begin with word i.
func (h *headline) opens(i int) bool {
	switch h.words[i] {
	case ":", ";", ",", "–", "—", "-", "|", "“", "‘", "\"", "'":
		return true
	}
	return Lookup(h.words[i]).Class.Has(Subordinator)
}

// object tells whether what begins with word i may follow a verb: one that may as well
// be a noun, no preposition, and an infinitive, only one that governs it.
func (h *headline) object(i int, lemma string) bool {
	if StatusWord(lemma, StatusNoun, "") == 0 {
		return true
	}
	if i >= len(h.words) {
		return false
	}
	switch t := h.tree[i].Tag; t {
	case IN, CC, POS:
		return false
	case TO:
		return StatusWord(lemma, StatusVerb, "") != 0
	default:
		return t < Currency
	}
}

// try analyses the headline with another word at i, and keeps that where it is as
// hoped for.
func (h *headline) try(i int, word string, hoped func(Tree) bool) bool {
	old := h.words[i]
	h.words[i] = word
	if t := h.analyser.Words(h.words); hoped(t) {
		h.tree = slices.Clone(t)
		return true
	}
	h.words[i] = old
	return false
}

// finite tells of the tags of finite verbs.
func (t Tag) finite() bool { return t == VBD || t == VBZ || t == VBP || t == MD }
