package edit

import (
	"strconv"
	"strings"
	"unicode"

	"whence"
	"whence/english"
)

// newNotices are the notices that the later version has and the earlier has not.
func newNotices(after *version) []Passage {
	var list []Passage
	for _, s := range after.sentences {
		if s.role == whence.RoleNotice && !(s.other >= 0 && s.exact) {
			n := Passage{Span: s.Span}
			after.fill(&n)
			list = append(list, n)
		}
	}
	return list
}

// note ties changes to the notices that speak of them.
func note(e *Edit, before, after string) {
	if len(e.Notices) == 0 {
		return
	}
	notices := make([]vocabulary, len(e.Notices))
	for i, n := range e.Notices {
		notices[i] = newVocabulary(n.Text, true)
	}
	old, now := []rune(before), []rune(after)
	for i := range e.Changes {
		c := &e.Changes[i]
		for k, n := range notices {
			if c.After != nil && e.Notices[k].Overlaps(c.After.Span) || n.speaksOf(c, old, now) {
				at := e.Notices[k].Span
				c.Noted, c.Notice = true, &at
				break
			}
		}
	}
}

// vocabulary is the numbers and the telling words of a text.
type vocabulary struct {
	numbers map[float64]bool
	words   map[string]bool
}

// shortWord is how many letters a word has at most that tells nothing.
const shortWord = 3

// newVocabulary takes a text apart. Of a notice, days of months and years say when
// it was made, and are passed over.
func newVocabulary(s string, notice bool) vocabulary {
	v := vocabulary{map[float64]bool{}, map[string]bool{}}
	runes := []rune(s)
	all := (&version{text: runes}).words(whence.Span{End: len(runes)})
	month := func(i int) bool {
		return i >= 0 && i < len(all) && english.LookupTime(all[i].plain).Class&english.MonthName != 0
	}
	for i, w := range all {
		if n, ok := number(w.plain); ok {
			if dated := month(i-1) || month(i+1) || year(n) || strings.Contains(w.plain, ":"); !notice || !dated {
				v.numbers[n] = true
			}
			continue
		}
		if len([]rune(w.plain)) > shortWord && english.FunctionShare([]string{w.plain}) == 0 && !english.NoticeWord(w.plain) && !month(i) {
			v.words[strings.TrimSuffix(w.plain, "'s")] = true
		}
	}
	return v
}

// number is the value of a word that is a number above 1, in letters or digits.
func number(s string) (n float64, ok bool) {
	if s != "" && unicode.IsDigit([]rune(s)[0]) {
		n, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
		return n, err == nil
	}
	whole, ok := english.NumberValue(s)
	return float64(whole), ok && whole > 1
}

func year(n float64) bool { return n >= 1900 && n < 2100 && n == float64(int(n)) }

// only is what one vocabulary has and another has not.
func (v vocabulary) only(other vocabulary) vocabulary {
	return vocabulary{without(v.numbers, other.numbers), without(v.words, other.words)}
}

func without[T comparable](a, b map[T]bool) map[T]bool {
	left := map[T]bool{}
	for x := range a {
		if !b[x] {
			left[x] = true
		}
	}
	return left
}

func shared[T comparable](a, b map[T]bool) (n int) {
	for x := range a {
		if b[x] {
			n++
		}
	}
	return n
}

// The least that a notice must hold of the words that a change takes away or
// brings in order to speak of it: of few words one, else a share.
const (
	few        = 2
	leastShare = .35
)

// speaksOf tells whether a notice speaks of a change, by the value before or
// after, or by the words. Where both sides give numbers and the notice more than
// one, it must hold the old and the new.
func (v vocabulary) speaksOf(c *Change, old, now []rune) bool {
	if c.Kind == Moved {
		return false
	}
	a, b := taken(c, old, true), taken(c, now, false)
	before, after := a.only(b), b.only(a)
	was, is := shared(before.numbers, v.numbers), shared(after.numbers, v.numbers)
	said := v.said(before.words) || v.said(after.words)
	if c.Kind != Changed { // whole sentences hold many numbers
		return said
	}
	if len(before.numbers) > 0 && len(after.numbers) > 0 && len(v.numbers) > 1 {
		return was > 0 && is > 0
	}
	return was+is > 0 || said
}

// said tells whether a notice holds enough of some words.
func (v vocabulary) said(words map[string]bool) bool {
	n := shared(words, v.words)
	if len(words) <= few {
		return n > 0
	}
	return n >= few && float64(n) >= leastShare*float64(len(words))
}

// taken are the words of one side of a change.
func taken(c *Change, text []rune, before bool) vocabulary {
	var spans []whence.Span
	side := c.After
	if before {
		side = c.Before
	}
	switch {
	case side == nil:
	case c.Words == nil:
		spans = []whence.Span{side.Span}
	default:
		for _, w := range c.Words {
			if s := w.Side(before); s != nil {
				spans = append(spans, *s)
			}
		}
	}
	var parts []string
	for _, s := range spans {
		parts = append(parts, string(text[s.Start:s.End]))
	}
	return newVocabulary(strings.Join(parts, " "), false)
}
