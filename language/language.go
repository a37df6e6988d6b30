// Package language tells what language a text is in.
//
// The script comes first: many are those of one language. Between languages of
// one script, their commonest words and their own letters decide (Ingle 1976;
// Grefenstette 1995). The tables are small and written by hand: some fifty
// languages in Latin letters and forty more. The promise is to be right
// rather than to answer: a text that is short, mixed, a list, or of a language
// that is not in the tables has none. It refuses to tell variants of a language
// ("en-GB"), and what a page says of itself is not asked.
package language

import (
	"unicode"
	"unicode/utf8"
)

// Sample is how many code points of a text are looked at.
const Sample = 3000

const (
	// fewestLetters is how many letters it takes to go by the script alone.
	fewestLetters = 20
	// fewestKinds is how many different common words it takes to know a
	// language by them.
	fewestKinds = 4
	// leastShare is the share of common words among the words, in percent, that
	// any prose of a known language has.
	leastShare = 8
	// leastLead is by how much the words and letters that a language has and
	// another has not must outweigh those of the other.
	leastLead = 6
)

// Of is the BCP 47 code of the language that the text is in, "" where it
// cannot be told. It looks at the first [Sample] code points. Where a text is
// in one of several languages that hardly differ, it is the code that stands
// for all of them: "no" (Bokmål, Nynorsk, and Danish of few words), "sh"
// (Bosnian, Croatian, Serbian), "ms" (Malay, Indonesian).
func Of(text string) string {
	text = head(text)
	s := mainScript(text)
	if code := sole[s]; code != "" {
		return code
	}
	t := tables()[s]
	if t == nil {
		return ""
	}
	var e evidence
	e.count(text, s, t)
	return e.verdict(t)
}

// head is the part of a text that is looked at.
func head(text string) string {
	if len(text) <= Sample {
		return text
	}
	n := 0
	for i := range text {
		if n == Sample {
			return text[:i]
		}
		n++
	}
	return text
}

// mainScript is the script of at least two thirds of the letters, noScript
// where there is none or where there are too few letters. Japanese is kana with
// Han characters among them.
func mainScript(text string) script {
	var letters [scriptEnd]int
	for _, r := range text {
		if r < utf8.RuneSelf {
			letters[plain[r]]++
		} else {
			letters[scriptOf(r)]++
		}
	}
	letters[noScript] = 0
	all, best := 0, noScript
	for s, n := range letters {
		letters[s] = n * max(1, worth[s])
		all += letters[s]
	}
	// A line of kana is in the name of every Chinese page on Japan.
	if letters[kana]*10 >= letters[han] {
		letters[kana] += letters[han]
		letters[han] = 0
	}
	for s, n := range letters {
		if n > letters[best] {
			best = script(s)
		}
	}
	if letters[best] < fewestLetters || letters[best]*3 < all*2 {
		return noScript
	}
	return best
}

// evidence is what speaks for the languages of one script.
type evidence struct {
	words int         // all of them
	times []int       // of each common word, by its number
	own   map[set]int // other words with letters beyond the plain ones, by the languages that have them all
}

// longestWord is the most bytes of a word that may be a common one.
const longestWord = 40

// count reads a text word by word: a word is a run of letters and marks.
func (e *evidence) count(text string, s script, t *table) {
	e.times, e.own = make([]int, len(t.of)), map[set]int{}
	var buffer [longestWord]byte
	word, own, in := buffer[:0], ^set(0), false
	end := func() {
		if in {
			e.add(word, own, t)
		}
		word, own, in = buffer[:0], ^set(0), false
	}
	for _, r := range text {
		if r < utf8.RuneSelf {
			if plain[r] != s {
				end()
				continue
			}
			r |= 0x20
		} else {
			if !unicode.IsLetter(r) && !unicode.IsMark(r) {
				end()
				continue
			}
			r = unicode.ToLower(r)
			if has, known := t.letters[r]; known {
				own &= has
			}
		}
		in = true
		if len(word)+utf8.UTFMax <= longestWord {
			word = utf8.AppendRune(word, r)
		}
	}
	end()
}

// add counts a word, whose letters beyond the plain ones are those of the
// languages in own.
func (e *evidence) add(word []byte, own set, t *table) {
	e.words++
	if n, known := t.words[string(word)]; known {
		e.times[n]++
	} else if own != ^set(0) {
		e.own[own]++
	}
}

// tally is what speaks for each language. A common word weighs 2, any other
// word with letters of its own 1.
type tally struct {
	kinds, common [64]int // different common words, and all
	weight        [64]int
}

func (e *evidence) tally(t *table) *tally {
	var sum tally
	for n, times := range e.times {
		if times > 0 {
			t.of[n].each(func(l int) {
				sum.kinds[l]++
				sum.common[l] += times
				sum.weight[l] += 2 * times
			})
		}
	}
	for has, times := range e.own {
		has.each(func(l int) { sum.weight[l] += times })
	}
	return &sum
}

// shared is the weight that each language has in common with one.
func (e *evidence) shared(one int, t *table) (weight [64]int) {
	for n, times := range e.times {
		if has := t.of[n]; times > 0 && has.holds(one) {
			has.each(func(l int) { weight[l] += 2 * times })
		}
	}
	for has, times := range e.own {
		if has.holds(one) {
			has.each(func(l int) { weight[l] += times })
		}
	}
	return weight
}

// verdict is the language that leads all others, "" if there is none.
func (e *evidence) verdict(t *table) string {
	sum := e.tally(t)
	best := 0
	for l := range t.languages {
		if sum.weight[l] > sum.weight[best] {
			best = l
		}
	}
	if sum.kinds[best] < fewestKinds || sum.common[best]*100 < e.words*leastShare {
		return ""
	}
	shared := e.shared(best, t)
	code := t.languages[best].code
	for l, other := range t.languages {
		if l == best {
			continue
		}
		own, others := sum.weight[best]-shared[l], sum.weight[l]-shared[l]
		if own >= leastLead && own >= 2*others {
			continue
		}
		if other.stand == "" || other.stand != t.languages[best].stand {
			return ""
		}
		code = other.stand
	}
	return code
}
