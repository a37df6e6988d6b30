package text

import (
	"slices"
	"strings"
	"unicode/utf8"

	"whence"
)

// gap is what stands between a token and the one before it.
type gap uint8

const (
	none gap = iota
	space
	newline
)

// note is what the scanner keeps of a token for the sentences.
type note struct {
	at    int // its first byte
	gap   gap // before it
	glued bool
}

// scanner cuts a text into tokens, chunk by chunk: a chunk is a run without
// white space. All offsets are bytes of s but those of the tokens it emits.
type scanner struct {
	s      string
	limit  int   // of the part being scanned
	end    int   // of the chunk at hand
	kinds  class // of the code points of the chunk at hand
	lag    int   // bytes less code points of what was passed so far
	gap    gap   // before the next token
	quoted bool  // a single quotation mark is open

	tokens []Token
	notes  []note // one for each token of the part
}

// scan appends the tokens of the part s[from:to]. The full stop of an
// abbreviation is a token by itself here, with a note.
func (c *scanner) scan(from, to int) {
	c.quoted, c.gap, c.limit = false, newline, to
	c.notes = c.notes[:0]
	for at := c.blanks(from, to); at < to; at = c.blanks(at, to) {
		c.chunk(at, to)
		if c.kinds&^(lower|upper|high) == 0 {
			c.letters(at, c.end)
			at = c.end
			continue
		}
		for at < c.end {
			at = c.piece(at)
		}
	}
}

// blanks passes over white space and invisible code points.
func (c *scanner) blanks(at, to int) int {
	for at < to {
		k, size := classAt(c.s, at)
		if k&(blank|invisible) == 0 {
			break
		}
		if k&blank != 0 && c.gap != newline {
			c.gap = space
			if c.s[at] == '\n' {
				c.gap = newline
			}
		}
		at += size
		c.lag += size - 1
	}
	return at
}

// chunk finds the end of the chunk at at, and the kinds in it.
func (c *scanner) chunk(at, to int) {
	c.kinds = 0
	for at < to {
		var k class
		size := 1
		if b := c.s[at]; b < utf8.RuneSelf {
			k = asciiClass[b]
		} else {
			k, size = classAt(c.s[:to], at)
		}
		if k&blank != 0 {
			break
		}
		c.kinds |= k
		at += size
	}
	c.end = at
}

// emit appends the token s[at:end].
func (c *scanner) emit(at, end int, clitic bool) {
	n := end - at
	if c.kinds&high != 0 {
		n = utf8.RuneCountInString(c.s[at:end])
	}
	start := at - c.lag
	c.lag += end - at - n
	c.tokens = append(c.tokens, Token{whence.Span{Start: start, End: start + n}, c.s[at:end], clitic})
	c.notes = append(c.notes, note{at: at, gap: c.gap})
	c.gap = none
}

// piece emits what starts at at and gives its end.
func (c *scanner) piece(at int) int {
	k, size := classAt(c.s[:c.end], at)
	if k&invisible != 0 {
		c.lag += size - 1
		return at + size
	}
	if c.kinds&address != 0 && k&wordly != 0 {
		if end := addressEnd(c.s[at:c.end]); end > 0 {
			c.emit(at, at+end, false)
			return at + end
		}
	}
	switch {
	case k&digit != 0:
		return c.number(at, at)
	case k&wordly != 0:
		return c.word(at)
	}
	return c.mark(at, size)
}

// run is the end of the run of letters and digits at at. Invisible code points
// stay inside of it.
func (c *scanner) run(at int) int {
	end := at
	for at < c.end {
		k, size := classAt(c.s[:c.end], at)
		at += size
		if k&wordly != 0 {
			end = at
		} else if k&invisible == 0 {
			break
		}
	}
	return end
}

// wordlyAt tells whether a letter or digit of the chunk stands at at.
func (c *scanner) wordlyAt(at int) bool {
	if at >= c.end {
		return false
	}
	k, _ := classAt(c.s[:c.end], at)
	return k&wordly != 0
}

// word emits the word at at and gives its end.
func (c *scanner) word(at int) int {
	return c.wordFrom(at, c.run(at))
}

// wordFrom emits the word that starts with s[at:end], with its clitics, and
// gives its end.
func (c *scanner) wordFrom(at, end int) int {
	for end < c.end {
		next := c.link(at, end)
		if next == end {
			break
		}
		end = next
	}
	if c.negated(at, end) {
		c.letters(at, end-1)
		rest := c.run(end + apostrophe(c.s[end:c.end]))
		c.emit(end-1, rest, true)
		return c.cliticsAt(rest)
	}
	if c.s[end-1] == '.' {
		c.emit(at, end-1, false)
		c.emit(end-1, end, false)
		c.notes[len(c.notes)-1].glued = true
	} else {
		c.letters(at, end)
	}
	return c.cliticsAt(end)
}

// letters emits s[at:end], cut in two if it is a contraction.
func (c *scanner) letters(at, end int) {
	word := c.s[at:end]
	if contractible(word) {
		if cut := known(contractions, word); cut > 0 {
			c.emit(at, at+cut, false)
			c.emit(at+cut, end, true)
			return
		}
	}
	c.emit(at, end, false)
}

// contractible tells cheaply of most words that they are no contraction.
func contractible(word string) bool {
	n := len(word)
	if n < 2 || n > 8 {
		return false
	}
	switch [2]byte{word[n-2] | 0x20, word[n-1] | 0x20} {
	case [2]byte{'n', 't'}, [2]byte{'o', 't'}, [2]byte{'n', 'a'}, [2]byte{'t', 'a'}, [2]byte{'m', 'e'}, [2]byte{'i', 'm'},
		[2]byte{'v', 'e'}, [2]byte{'r', 'e'}, [2]byte{'l', 'l'}, [2]byte{'t', 's'}, [2]byte{'e', 's'}:
		return true
	}
	return false
}

// fold appends s to buf with ASCII letters in lower case.
func fold(buf []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b >= 'A' && b <= 'Z' {
			b += 'a' - 'A'
		}
		buf = append(buf, b)
	}
	return buf
}

// longest is the length in bytes of the longest word that tables are asked for.
const longest = 16

// known looks the word s up in a table whose keys are in lower case.
func known[V any](table map[string]V, s string) V {
	var none V
	if len(s) > longest {
		return none
	}
	var buf [longest]byte
	return table[string(fold(buf[:0], s))]
}

// apostrophe is the size of the apostrophe that s starts with, or 0.
func apostrophe(s string) int {
	switch {
	case strings.HasPrefix(s, "'"), strings.HasPrefix(s, "`"):
		return 1
	case strings.HasPrefix(s, "’"):
		return len("’")
	}
	return 0
}

// link is where the word s[at:end] goes on to, past the mark at end, or end.
func (c *scanner) link(at, end int) int {
	switch c.s[end] {
	case '.':
		return c.dot(at, end)
	case '-':
		return c.hyphen(at, end)
	case '@':
		if c.wordlyAt(end + 1) {
			return c.run(end + 1)
		}
	case '&':
		return c.ampersand(at, end)
	case '/':
		return c.slash(at, end)
	case '$': // "US$"
		if k, _ := classAt(c.s, at); k&upper != 0 && end-at <= 2 {
			return end + 1
		}
	case '*': // a word made decent
		if c.wordlyAt(end + 1) {
			return c.run(end + 1)
		}
	}
	if size := apostrophe(c.s[end:c.end]); size > 0 {
		return c.inner(at, end, size)
	}
	return end
}

// inner takes in an apostrophe inside of a word that starts no clitic
// ("o'clock", "O'Connor").
func (c *scanner) inner(at, end, size int) int {
	if !c.wordlyAt(end + size) {
		return end
	}
	next := c.run(end + size)
	if c.negated(at, end) || known(clitics, c.s[end+size:next]) {
		return end
	}
	return next
}

// negated tells whether "'t" stands at end after a verb with n.
func (c *scanner) negated(at, end int) bool {
	if end-at < 2 || c.s[end-1]|0x20 != 'n' {
		return false
	}
	size := apostrophe(c.s[end:c.end])
	if size == 0 || !c.wordlyAt(end+size) {
		return false
	}
	rest := c.s[end+size : c.run(end+size)]
	return rest == "t" || rest == "T"
}

// cliticsAt emits the clitics that stand at at and gives their end.
func (c *scanner) cliticsAt(at int) int {
	for {
		size := apostrophe(c.s[at:c.end])
		if size == 0 {
			return at
		}
		if !c.wordlyAt(at + size) {
			return c.possessive(at, size)
		}
		end := c.run(at + size)
		if !known(clitics, c.s[at+size:end]) {
			return at
		}
		c.emit(at, end, true)
		at = end
	}
}

// possessive emits the bare apostrophe of a possessive plural, unless it
// closes a quotation.
func (c *scanner) possessive(at, size int) int {
	if b := c.s[at-1] | 0x20; b != 's' && b != 'x' && b != 'z' || c.quoted {
		return at
	}
	if strings.HasPrefix(c.s[at+size:c.end], c.s[at:at+size]) {
		return at
	}
	c.emit(at, at+size, true)
	return at + size
}

// hyphen takes in the word after a prefix, a suffix, and the hyphen of a word
// broken off.
func (c *scanner) hyphen(at, end int) int {
	if !c.wordlyAt(end + 1) {
		if end-at <= 2 && end+1 == c.end && (at == 0 || c.s[at-1] <= ' ') {
			return end + 1
		}
		return end
	}
	next := c.run(end + 1)
	if known(prefixes, c.s[at:end]) || known(suffixes, c.s[end+1:next]) {
		return next
	}
	return end
}

// ampersand joins initials ("AT&T").
func (c *scanner) ampersand(at, end int) int {
	if !c.wordlyAt(end + 1) {
		return end
	}
	next := c.run(end + 1)
	if end-at <= 3 && next-end <= 4 {
		return next
	}
	return end
}

// slash joins single letters ("w/o").
func (c *scanner) slash(at, end int) int {
	if end-at != 1 || !c.wordlyAt(end+1) {
		return end
	}
	if next := c.run(end + 1); next-end <= 2 {
		return next
	}
	return end
}

// dot takes in the dot at end if it belongs to the word s[at:end], and what
// stands after it in an abbreviation, host or file name.
func (c *scanner) dot(at, end int) int {
	next := end + 1
	switch {
	case c.wordlyAt(next):
		return c.innerDot(at, end)
	case next < c.end && c.s[next] == '.':
		return end
	case c.abbreviated(at, end):
		return next
	}
	return end
}

// innerDot is dot where a letter or digit follows.
func (c *scanner) innerDot(at, end int) int {
	next := c.run(end + 1)
	if c.initial(at, end) && next == end+2 {
		return next
	}
	for _, d := range dotted {
		if e := at + len(d); e <= c.end && strings.EqualFold(c.s[at:e], d) && !c.wordlyAt(e) {
			return e
		}
	}
	if host := hostEnd(c.s[at:c.end]); at+host > end {
		return at + host
	}
	if c.initial(at, end) || known(abbreviations, c.s[at:end]) != 0 {
		return end + 1
	}
	return end
}

// initial tells whether the last part of the dotted word s[at:end] is one
// letter.
func (c *scanner) initial(at, end int) bool {
	k, size := classAt(c.s, at)
	return k&(lower|upper) != 0 && at+size == end || end-at > 2 && c.s[end-2] == '.'
}

// abbreviated tells whether the full stop at end belongs to s[at:end].
func (c *scanner) abbreviated(at, end int) bool {
	if c.initial(at, end) && end-at > 2 {
		return true
	}
	word := c.s[at:end]
	k, size := classAt(word, 0)
	when := known(abbreviations, word)
	switch {
	case when == always, when == named && k&upper != 0, k&upper != 0 && size == len(word), slices.Contains(dotted, word):
		return true
	case when == beforeNumber:
		return c.following(end+1)&digit != 0
	case k&lower != 0 && size == len(word) && at > 0 && c.s[at-1] == '(': // "(d. 1975)"
		return c.following(end+1)&(digit|upper) != 0
	}
	return false
}

// following is the class of the first code point after the white space at at.
func (c *scanner) following(at int) class {
	for at < c.limit {
		k, size := classAt(c.s, at)
		if k&blank == 0 {
			return k
		}
		at += size
	}
	return 0
}
