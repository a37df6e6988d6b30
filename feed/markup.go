package feed

import (
	"html"
	"strings"

	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// longestEntity is that of the HTML Standard, with & and ; and to spare.
const longestEntity = 40

// unescape undoes the entities of XML and HTML and numeric references, once.
// An ampersand that begins none stays, and so does a declared entity: nothing
// is ever expanded twice.
func unescape(s string) string {
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for at >= 0 {
		b.WriteString(s[:at])
		s = s[at:]
		meant, size := entity(s)
		if size == 0 {
			meant, size = "&", 1
		}
		b.WriteString(meant)
		s = s[size:]
		at = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}

// entity is what the reference at the beginning of s stands for and how long
// it is; 0 if it is none.
func entity(s string) (meant string, size int) {
	end := strings.IndexByte(s[:min(len(s), longestEntity)], ';')
	if end < 2 {
		return "", 0
	}
	for i := 1; i < end; i++ {
		if c := s[i]; !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '#' && i == 1) {
			return "", 0
		}
	}
	raw := s[:end+1]
	meant = html.UnescapeString(raw)
	if meant == raw || strings.HasSuffix(meant, ";") && meant != ";" {
		// Not known, or known only without its end ("&copy2;").
		return "", 0
	}
	return meant, end + 1
}

// stray tells whether s holds an ampersand that begins no known entity.
func stray(s string) bool {
	for {
		at := strings.IndexByte(s, '&')
		if at < 0 {
			return false
		}
		_, size := entity(s[at:])
		if size == 0 {
			return true
		}
		s = s[at+size:]
	}
}

// plain is the text of HTML: tags gone, entities undone, white space folded.
func plain(markup string) string {
	var b strings.Builder
	z := nethtml.NewTokenizer(strings.NewReader(markup))
	hidden := atom.Atom(0)
	for {
		switch z.Next() {
		case nethtml.ErrorToken:
			return fold(b.String())
		case nethtml.TextToken:
			if hidden == 0 {
				b.Write(z.Text())
			}
		case nethtml.StartTagToken, nethtml.SelfClosingTagToken:
			name, _ := z.TagName()
			switch a := atom.Lookup(name); a {
			case atom.Script, atom.Style:
				hidden = a
			case atom.Br, atom.P, atom.Div, atom.Li, atom.Td:
				b.WriteByte(' ')
			}
		case nethtml.EndTagToken:
			if name, _ := z.TagName(); atom.Lookup(name) == hidden {
				hidden = 0
			}
		}
	}
}

// fold makes one space of each run of white space, and none at the ends.
// No-break and zero-width spaces are characters of the text and stay.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool {
		return r < 0x80 && strings.IndexByte(blank+"\f", byte(r)) >= 0
	}), " ")
}

// titleMarkup are the elements that writers put into titles. RSS does not say
// whether a title is text or HTML: other words in angle brackets are text.
var titleMarkup = map[string]bool{
	"a": true, "abbr": true, "acronym": true, "b": true, "big": true, "blockquote": true, "br": true, "center": true,
	"cite": true, "code": true, "del": true, "dfn": true, "div": true, "em": true, "font": true, "h1": true, "h2": true,
	"h3": true, "h4": true, "h5": true, "h6": true, "i": true, "img": true, "ins": true, "kbd": true, "li": true,
	"mark": true, "nobr": true, "ol": true, "p": true, "pre": true, "q": true, "s": true, "script": true, "small": true,
	"span": true, "strike": true, "strong": true, "style": true, "sub": true, "sup": true, "time": true, "tt": true,
	"u": true, "ul": true, "var": true, "wbr": true,
}

// ambiguous is the text of what may be text or HTML: it is HTML where it
// holds an entity or a tag that titles have.
func ambiguous(s string) string {
	if looksLikeHTML(s) {
		return plain(s)
	}
	return fold(s)
}

func looksLikeHTML(s string) bool {
	closing := strings.LastIndexByte(s, '>')
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '&':
			if _, size := entity(s[i:]); size > 0 {
				return true
			}
		case '<':
			name := strings.TrimPrefix(s[i+1:], "/")
			end := nameEnd(name, 0)
			if end < len(name) && end < 12 && i < closing && titleMarkup[strings.ToLower(name[:end])] {
				return true
			}
		}
	}
	return false
}
