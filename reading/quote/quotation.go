package quote

import (
	"sort"
	"unicode"
	"unicode/utf8"

	"whence"
	"whence/text"
)

// Style is the marks that a quotation stands in.
type Style uint8

// The styles of quotation marks.
const (
	Curly     Style = iota // “…”
	Straight               // "…"
	Doubled                // ''…'' and ``…''
	Single                 // '…'
	SingleOf               // ‘…’
	Guillemet              // «…»
)

// Class is what a quotation is for.
type Class uint8

// The classes of quotations. Speech is words that somebody said or wrote;
// the others quote no one in particular.
const (
	Speech Class = iota
	Scare
	Work
	Nickname
)

// Quotation is words in quotation marks. Its span takes the marks in.
type Quotation struct {
	whence.Span
	Style  Style
	Class  Class
	Closed bool // false where the closing mark is missing, or left to the paragraph that goes on
	Parent int  // index of the quotation around it, -1 if none
	// Continues is the index of the quotation that this one goes on with after
	// the paragraph before left it open; -1 if none.
	Continues int
}

// deepest is how far quotations are followed into one another. Marks beyond it
// are passed over, which keeps the stack, and the time, bounded.
const deepest = 8

// Quotations reads the quotation marks of t, a paragraph at a time, in order
// of their opening marks. Paragraphs are the code-point spans of the blocks to
// read, sentences those of the same blocks.
//
// A mark is told to open or to close by its shape, then by what stands beside
// it, then by what is open. A quotation that its paragraph leaves open ends
// with the paragraph if the next one opens with the same mark, or if it is the
// paragraph's beginning; else with its sentence.
func Quotations(t []rune, paragraphs []whence.Span, sentences []text.Sentence) []Quotation {
	return new(machine).read(t, paragraphs, sentences)
}

// read finds the quotations of a text in the memory of the one before.
func (m *machine) read(t []rune, paragraphs []whence.Span, sentences []text.Sentence) []Quotation {
	*m = machine{text: t, sentences: sentences, tokens: m.tokens, stack: m.stack}
	for i, p := range paragraphs {
		next := whence.Span{}
		if i+1 < len(paragraphs) {
			next = paragraphs[i+1]
		}
		m.paragraph(p, next)
	}
	m.classify()
	return m.found
}

// machine is the state between paragraphs.
type machine struct {
	text      []rune
	sentences []text.Sentence
	tokens    []text.Token // of the sentences
	found     []Quotation
	left      int // 1 + index of the quotation that the paragraph before left open
	// of the paragraph that is read
	span       whence.Span
	stack      []int
	lastSingle int // where the last mark stands that can close a single quotation
}

// mark is a quotation mark: where, how wide, and what its shape allows.
type mark struct {
	at, width   int
	style       Style
	open, close bool
}

func (m *machine) paragraph(p, next whence.Span) {
	m.span, m.stack = p, m.stack[:0]
	m.lastSingle = m.findLastSingle(p)
	for i := p.Start; i < p.End; {
		if plain(m.text[i]) {
			i++
			continue
		}
		k, ok := m.mark(i)
		if !ok {
			i++
			continue
		}
		m.take(k)
		i += k.width
	}
	m.end(next)
}

// plain tells of letters, blanks and most marks that they are no quotation marks.
func plain(r rune) bool { return r < utf8.RuneSelf && r != '"' && r != '\'' && r != '`' }

// rune is the code point at i, or a blank outside of the paragraph.
func (m *machine) rune(i int) rune {
	if i < m.span.Start || i >= m.span.End {
		return ' '
	}
	return m.text[i]
}

// mark reads the mark at i, if one is there.
func (m *machine) mark(i int) (mark, bool) {
	switch m.rune(i) {
	case '“':
		return mark{i, 1, Curly, true, m.isOpen(Curly) && !unicode.IsSpace(m.rune(i-1)) && !isWord(m.rune(i+1))}, true
	case '„', '‟':
		return mark{i, 1, Curly, true, false}, true
	case '”':
		return m.bySides(mark{at: i, width: 1, style: Curly}, true), true
	case '«':
		return mark{i, 1, Guillemet, true, false}, true
	case '»':
		return mark{i, 1, Guillemet, false, true}, true
	case '"', '＂':
		return m.bySides(mark{at: i, width: 1, style: Straight}, false), true
	case '`':
		return m.backtick(i)
	case '‘':
		if m.rune(i+1) == '‘' {
			return mark{i, 2, Doubled, true, false}, true
		}
		return mark{i, 1, SingleOf, true, false}, m.elision(i) == 0
	case '’', '\'':
		return m.apostrophe(i)
	}
	return mark{}, false
}

// bySides lets what stands beside a mark of one shape tell its direction. A
// closing curly mark opens only where nothing else can be meant.
func (m *machine) bySides(k mark, closing bool) mark {
	before, after := m.rune(k.at-1), m.rune(k.at+k.width)
	opens := opensAfter(before) && !unicode.IsSpace(after)
	closes := !unicode.IsSpace(before) && !isWord(after) || unicode.IsSpace(before) && unicode.IsSpace(after)
	onlyOpens := opens && !closes && len(m.stack) == 0
	if closing && !onlyOpens {
		return mark{k.at, k.width, k.style, false, true}
	}
	if opens == closes {
		opens, closes = true, true
	}
	k.open, k.close = opens, closes
	return k
}

func (m *machine) backtick(i int) (mark, bool) {
	if m.rune(i+1) == '`' {
		return mark{i, 2, Doubled, true, false}, true
	}
	return mark{i, 1, SingleOf, true, false}, opensAfter(m.rune(i-1)) && isWord(m.rune(i+1))
}

// apostrophe tells apostrophes from single and doubled marks.
func (m *machine) apostrophe(i int) (mark, bool) {
	c, before, after := m.rune(i), m.rune(i-1), m.rune(i+1)
	if after == c {
		// Three in a row are one of each: the single one is inside.
		if m.rune(i+2) == c && !m.isOpen(Doubled) || m.rune(i+2) != c || !m.isOpen(Single) {
			return m.bySides(mark{at: i, width: 2, style: Doubled}, false), true
		}
		return mark{i, 1, Single, false, true}, true
	}
	style := Single
	if c == '’' {
		style = SingleOf
	}
	switch {
	case isWord(before) && isWord(after):
		return mark{}, false
	case m.isOpen(style):
		closes := !unicode.IsSpace(before) && !isWord(after) && !m.possessive(i)
		return mark{i, 1, style, false, true}, closes
	case c == '\'' && opensAfter(before) && !unicode.IsSpace(after) && m.elision(i) == 0:
		// Without a mark to close it, it is an apostrophe.
		return mark{i, 1, Single, true, false}, m.lastSingle > i+1
	}
	return mark{}, false
}

// possessive tells whether the mark at i, which could close, is more likely
// the apostrophe of a plural: "officials' plan" with a closing mark to come.
func (m *machine) possessive(i int) bool {
	return m.rune(i-1) == 's' && m.rune(i+1) == ' ' && unicode.IsLower(m.rune(i+2)) && m.lastSingle > i
}

// elision is the length of the word that an apostrophe at i shortens: ’90s,
// ’em, ’til; 0 if it shortens none.
func (m *machine) elision(i int) int {
	if unicode.IsDigit(m.rune(i+1)) && unicode.IsDigit(m.rune(i+2)) && !isWord(m.rune(i+4)) {
		return 3
	}
	for _, w := range []string{"em", "til", "cause", "n", "tis", "twas", "bout", "round"} {
		j := i + 1
		for _, r := range w {
			if unicode.ToLower(m.rune(j)) != r {
				break
			}
			j++
		}
		if j-i-1 == len(w) && !isWord(m.rune(j)) {
			return len(w)
		}
	}
	return 0
}

// findLastSingle is where the last mark of p stands that can close a single
// quotation.
func (m *machine) findLastSingle(p whence.Span) int {
	for i := p.End - 1; i > p.Start; i-- {
		c := m.text[i]
		if (c == '\'' || c == '’') && !unicode.IsSpace(m.rune(i-1)) && !isWord(m.rune(i+1)) {
			return i
		}
	}
	return -1
}

func (m *machine) isOpen(style Style) bool {
	for _, q := range m.stack {
		if m.found[q].Style == style {
			return true
		}
	}
	return false
}

// mixed gives the style that a closing mark may answer besides its own.
var mixed = map[Style]Style{Curly: Straight, Straight: Curly}

// take lets a mark open or close a quotation. Of a mark that could do both,
// what is open decides.
func (m *machine) take(k mark) {
	open := m.isOpen(k.style)
	if !open && k.close && len(m.stack) > 0 {
		// Systems that turn straight marks into curly ones miss some.
		if other, ok := mixed[k.style]; ok && m.isOpen(other) && (!k.open || k.style == Curly) {
			k.style, open = other, true
		}
	}
	switch {
	case k.close && open:
		m.close(k)
	case k.open && open && k.style != Curly && k.style != Guillemet:
		// Marks of one shape do not nest: the former was never closed.
		m.abandon(k)
		m.open(k)
	case k.open:
		m.open(k)
	}
}

func (m *machine) open(k mark) {
	if len(m.stack) == deepest {
		return
	}
	q := Quotation{Span: whence.Span{Start: k.at, End: m.span.End}, Style: k.style, Parent: -1, Continues: -1}
	if n := len(m.stack); n > 0 {
		q.Parent = m.stack[n-1]
	}
	if m.left > 0 && m.blank(m.span.Start, k.at) && m.found[m.left-1].Style == k.style {
		q.Continues = m.left - 1
	}
	m.stack = append(m.stack, len(m.found))
	m.found = append(m.found, q)
}

// close ends the innermost quotation of the style of k, and what was left open
// inside of it.
func (m *machine) close(k mark) {
	for n := len(m.stack) - 1; n >= 0; n-- {
		q := &m.found[m.stack[n]]
		q.End = k.at + k.width
		m.stack = m.stack[:n]
		if q.Style == k.style {
			q.Closed = true
			return
		}
		q.End = k.at
	}
}

// abandon ends the open quotation of the style of k where its sentence ends.
func (m *machine) abandon(k mark) {
	for n := len(m.stack) - 1; n >= 0; n-- {
		q := &m.found[m.stack[n]]
		q.End = min(k.at, m.sentenceEnd(q.Start))
		m.trim(q)
		m.stack = m.stack[:n]
		if q.Style == k.style {
			return
		}
	}
}

// end settles what the paragraph leaves open.
func (m *machine) end(next whence.Span) {
	m.left = 0
	if len(m.stack) == 0 {
		return
	}
	outer := m.stack[0]
	q := &m.found[outer]
	reopened := next.Len() > 0 && m.opensWith(next, q.Style)
	switch {
	case reopened:
		m.left = outer + 1
	case !m.blank(m.span.Start, q.Start):
		q.End = m.sentenceEnd(q.Start)
	}
	for _, inner := range m.stack[1:] {
		m.found[inner].End = max(m.found[inner].Start+1, min(m.found[inner].End, q.End))
	}
	m.trim(q)
}

// trim takes white space off the end of an open quotation.
func (m *machine) trim(q *Quotation) {
	for q.End > q.Start+1 && unicode.IsSpace(m.text[q.End-1]) {
		q.End--
	}
}

// opensWith tells whether the paragraph p begins with a mark of the style.
func (m *machine) opensWith(p whence.Span, style Style) bool {
	i := p.Start
	for i < p.End && unicode.IsSpace(m.text[i]) {
		i++
	}
	if i >= p.End {
		return false
	}
	switch m.text[i] {
	case '“', '„':
		return style == Curly
	case '"':
		return style == Straight
	case '«':
		return style == Guillemet
	case '‘':
		return style == SingleOf
	case '`':
		return style == Doubled
	case '\'':
		return style == Single || style == Doubled
	}
	return false
}

func (m *machine) blank(from, to int) bool {
	for _, r := range m.text[from:to] {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// sentenceEnd is the end of the sentence that holds code point i, within the
// paragraph.
func (m *machine) sentenceEnd(i int) int {
	n := sort.Search(len(m.sentences), func(n int) bool { return m.sentences[n].End > i })
	if n == len(m.sentences) {
		return m.span.End
	}
	return min(max(m.sentences[n].End, i+1), m.span.End)
}

// opensAfter tells whether an opening mark may stand right after r.
func opensAfter(r rune) bool {
	switch r {
	case '(', '[', '—', '–', '-', '“', '‘', '"', '\'', '`', '/', '…', ':':
		return true
	}
	return unicode.IsSpace(r)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
