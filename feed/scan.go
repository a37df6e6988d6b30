package feed

import "strings"

// kind is what a token is.
type kind int

const (
	textToken   kind = iota // character data, entities as written
	cdataToken              // character data to be taken as it is
	startToken              // <name attributes>
	endToken                // </name>
	asideToken              // a comment, processing instruction or declaration
	brokenToken             // the rest of a tag that the end of the input cuts
)

// token is a piece of the input, from start to end.
type token struct {
	kind       kind
	start, end int
	text       string // of text and CDATA
	name       string // of tags, as written, with its prefix
	attributes string // of start tags, as written
	empty      bool   // <name/>
}

// scanner cuts any string into tokens, in time proportional to its length:
// what has no end is looked for once.
type scanner struct {
	s          string
	pos        int
	comment    finder
	section    finder
	instructed finder
	brackets   bool // a declaration's [ ] was never closed
	damaged    bool // a tag, comment or CDATA section was never closed
}

func newScanner(s string) scanner {
	return scanner{s: s, comment: finder{what: "-->"}, section: finder{what: closeSection}, instructed: finder{what: "?>"}}
}

// finder remembers where the next occurrence of a string is.
type finder struct {
	what string
	from int // at is the first occurrence from here on, -1 if there is none
	at   int
	seen bool
}

// after is the index of the first occurrence at or after pos, or -1. Its cost
// is that of the distance to the calls before, not to the end of s.
func (f *finder) after(s string, pos int) int {
	switch {
	case !f.seen || f.at >= 0 && f.at < pos:
		f.at = index(s, f.what, pos, len(s))
	case pos < f.from:
		if at := index(s, f.what, pos, min(len(s), f.from+len(f.what)-1)); at >= 0 {
			f.at = at
		}
	case pos > f.from:
		return f.at
	}
	f.seen, f.from = true, pos
	return f.at
}

// index is the first index of what in s[from:to], as one of s, or -1.
func index(s, what string, from, to int) int {
	if at := strings.Index(s[from:to], what); at >= 0 {
		return from + at
	}
	return -1
}

// next gives the token at the scanner's position and moves past it; false at
// the end.
func (c *scanner) next() (token, bool) {
	if c.pos >= len(c.s) {
		return token{}, false
	}
	t := c.scan(c.pos)
	c.pos = t.end
	return t, true
}

func (c *scanner) scan(at int) token {
	if c.s[at] != '<' {
		return c.characters(at, at)
	}
	rest := c.s[at+1:]
	switch {
	case rest == "":
		return token{kind: textToken, start: at, end: len(c.s), text: c.s[at:]}
	case rest[0] == '!':
		return c.declaration(at)
	case rest[0] == '?':
		return c.instruction(at)
	case rest[0] == '/' && len(rest) > 1 && nameStart(rest[1]):
		return c.endTag(at)
	case nameStart(rest[0]):
		return c.startTag(at)
	}
	return c.characters(at, at+1)
}

// characters is text from at to the next < after from.
func (c *scanner) characters(at, from int) token {
	end := len(c.s)
	if i := strings.IndexByte(c.s[from:], '<'); i >= 0 {
		end = from + i
	}
	return token{kind: textToken, start: at, end: end, text: c.s[at:end]}
}

const (
	openComment  = "<!--"
	openSection  = "<![CDATA["
	closeSection = "]]>"
)

func (c *scanner) declaration(at int) token {
	rest := c.s[at:]
	switch {
	case strings.HasPrefix(rest, openComment):
		if end := c.comment.after(c.s, at+len(openComment)); end >= 0 {
			return token{kind: asideToken, start: at, end: end + 3}
		}
		c.damaged = true
		return token{kind: asideToken, start: at, end: at + len(openComment)}
	case len(rest) >= len(openSection) && strings.EqualFold(rest[:len(openSection)], openSection):
		return c.cdata(at)
	}
	end := c.declarationEnd(at)
	return token{kind: asideToken, start: at, end: end}
}

// cdata is a CDATA section. Where one is never closed, the words that open it
// are passed over and what follows is read as markup. That is also so where
// its end would lie in another entry, behind the opening of another section.
// A section that is wrapped twice is unwrapped twice.
func (c *scanner) cdata(at int) token {
	from := at + len(openSection)
	open := token{kind: asideToken, start: at, end: from}
	end := c.section.after(c.s, from)
	if end < 0 {
		c.damaged = true
		return open
	}
	content := c.s[from:end]
	if again := strings.Index(content, openSection); again >= 0 && endsEntry(content[:again]) {
		c.damaged = true
		return open
	}
	end += len(closeSection)
	if twice := strings.TrimLeft(content, blank); strings.HasPrefix(twice, openSection) {
		content = twice[len(openSection):]
		if rest := strings.TrimLeft(c.s[end:min(len(c.s), end+16)], blank); strings.HasPrefix(rest, closeSection) {
			end += strings.Index(c.s[end:], closeSection) + len(closeSection)
		}
	}
	return token{kind: cdataToken, start: at, end: end, text: content}
}

func endsEntry(s string) bool {
	return strings.Contains(s, "</item>") || strings.Contains(s, "</entry>")
}

// declarationEnd is where <!DOCTYPE … [ … ]> and its like end.
func (c *scanner) declarationEnd(at int) int {
	first := strings.IndexByte(c.s[at:], '>')
	if first < 0 {
		return len(c.s)
	}
	first += at + 1
	if c.brackets || !strings.Contains(c.s[at:first], "[") {
		return first
	}
	if end := bracketsEnd(c.s[at:]); end >= 0 {
		return at + end
	}
	c.brackets = true
	return first
}

// bracketsEnd is the index behind the > that closes a declaration with an
// internal subset, or -1. Quoted strings and comments may hold anything.
func bracketsEnd(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '[':
			depth++
		case ']':
			depth--
		case '"', '\'':
			closing := strings.IndexByte(s[i+1:], s[i])
			if closing < 0 {
				return -1
			}
			i += closing + 1
		case '<':
			if strings.HasPrefix(s[i:], openComment) {
				closing := strings.Index(s[i:], "-->")
				if closing < 0 {
					return -1
				}
				i += closing + 2
			}
		case '>':
			if depth <= 0 {
				return i + 1
			}
		}
	}
	return -1
}

func (c *scanner) instruction(at int) token {
	end := c.instructed.after(c.s, at+2)
	plain := strings.IndexByte(c.s[at:], '>')
	switch {
	case plain < 0:
		return token{kind: asideToken, start: at, end: len(c.s)}
	case end < 0 || strings.HasPrefix(c.s[at:], "<?xml") && at+plain < end:
		return token{kind: asideToken, start: at, end: at + plain + 1}
	}
	return token{kind: asideToken, start: at, end: end + 2}
}

func (c *scanner) endTag(at int) token {
	end := nameEnd(c.s, at+2)
	t := token{kind: endToken, start: at, name: c.s[at+2 : end]}
	stop := strings.IndexAny(c.s[end:], "<>")
	switch {
	case stop < 0:
		t.end = len(c.s)
	case c.s[end+stop] == '>':
		t.end = end + stop + 1
	default:
		t.end = end + stop
	}
	return t
}

// startTag ends at the first > outside quotes, or before a < : an attribute's
// value cannot hold one.
func (c *scanner) startTag(at int) token {
	end := nameEnd(c.s, at+1)
	t := token{kind: startToken, start: at, name: c.s[at+1 : end]}
	stop, loose := tagEnd(c.s, end)
	if stop == len(c.s) {
		return token{kind: brokenToken, start: at, end: stop}
	}
	t.attributes, t.end = c.s[end:stop], stop
	if c.s[stop] == '>' {
		t.end++
		t.attributes, t.empty = strings.CutSuffix(t.attributes, "/")
	}
	c.damaged = c.damaged || loose || c.s[stop] == '<'
	return t
}

// tagEnd is the index of what ends a tag whose attributes begin at from, and
// whether that stands in a value whose quotes are never closed.
func tagEnd(s string, from int) (end int, loose bool) {
	inside := -1 // the first > inside the quotes that are open
	var quote byte
	for i := from; i < len(s); i++ {
		switch c := s[i]; {
		case c == '<' && inside >= 0:
			return inside, true
		case c == '<' || c == '>' && quote == 0:
			return i, false
		case c == '>' && inside < 0:
			inside = i
		case quote != 0 && c == quote:
			quote, inside = 0, -1
		case quote == 0 && (c == '"' || c == '\'') && assigns(s[from:i]):
			quote = c
		}
	}
	if inside >= 0 {
		return inside, true
	}
	return len(s), false
}

// assigns tells whether s, blanks apart, ends in =.
func assigns(s string) bool {
	for i := len(s) - 1; i >= 0; i-- {
		if strings.IndexByte(blank, s[i]) < 0 {
			return s[i] == '='
		}
	}
	return false
}

func nameStart(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

// nameEnd is the index behind the name that begins at from.
func nameEnd(s string, from int) int {
	i := from
	for i < len(s) && !endsName(s[i]) {
		i++
	}
	return i
}

func endsName(c byte) bool {
	return c == '>' || c == '/' || c == '<' || c == ' ' || c == '\n' || c == '\t' || c == '\r'
}

// attribute is the value of the first attribute so named, entities undone;
// "" if there is none. Case does not matter.
func (t token) attribute(name string) string {
	value := ""
	attributes(t.attributes, func(key, raw string) bool {
		if strings.EqualFold(key, name) {
			value = strings.Trim(unescape(raw), blank)
			return false
		}
		return true
	})
	return value
}

// attributes calls visit for each attribute until it gives false.
func attributes(s string, visit func(key, raw string) bool) {
	for {
		s = strings.TrimLeft(s, blank+"/=\"'")
		end := strings.IndexAny(s, blank+"=/")
		if end < 0 {
			return
		}
		key := s[:end]
		s = strings.TrimLeft(s[end:], blank)
		if s == "" || s[0] != '=' {
			continue
		}
		var raw string
		raw, s = attributeValue(strings.TrimLeft(s[1:], blank))
		if !visit(key, raw) {
			return
		}
	}
}

// attributeValue cuts s behind the value that it begins with.
func attributeValue(s string) (raw, rest string) {
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		if end := strings.IndexByte(s[1:], s[0]); end >= 0 {
			return s[1 : 1+end], s[end+2:]
		}
		s = s[1:]
	}
	if end := strings.IndexAny(s, blank); end >= 0 {
		return s[:end], s[end:]
	}
	return s, ""
}
