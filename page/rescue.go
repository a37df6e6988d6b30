package page

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"whence"
)

// How little text of a body makes the page's own copy of the article in its
// JSON-LD worth a look, and how much longer that must be, to be preferred.
const (
	littleText  = 1500
	muchLonger  = 3
	leastRescue = 200
)

// rescue finds a body for a page where the article finder left little or none:
// the articleBody that the page declares in JSON-LD, if that is much longer, or
// else, where there is nothing at all, whatever reads like running text. The
// warning says what was done.
func (l *layout) rescue(doc *html.Node, m metadata) (warning string) {
	had := l.bodyChars()
	if had >= littleText {
		return ""
	}
	if body := declaredBody(doc, m.Title); len(body) >= leastRescue && len(body) >= muchLonger*had {
		l.replaceBody(body)
		l.surround(m)
		return "the page shows little of the article: its text is what the page declares as articleBody"
	}
	if had > 0 {
		return ""
	}
	l.keepProse()
	l.assignRoles(m)
	if l.bodyChars() == 0 && isFragment(doc) {
		l.takeAll()
		l.surround(m)
	}
	return ""
}

// isFragment tells whether doc is a piece of HTML, as feeds hold, rather than a
// page: it has no head.
func isFragment(doc *html.Node) bool {
	for root := doc.FirstChild; root != nil; root = root.NextSibling {
		if root.DataAtom == atom.Html && root.FirstChild != nil && root.FirstChild.DataAtom == atom.Head {
			return root.FirstChild.FirstChild == nil
		}
	}
	return false
}

// takeAll makes a paragraph of all that has no role and is no link.
func (l *layout) takeAll() {
	for i := range l.chunks {
		if c := &l.chunks[i]; c.role == "" && !c.mostlyLinks() {
			c.role = whence.RoleParagraph
		}
	}
}

// bodyChars is the visible length of the running text.
func (l *layout) bodyChars() int {
	n := 0
	for i := range l.chunks {
		if role := l.chunks[i].role; role.Body() && role != whence.RoleHeading {
			n += l.chunks[i].chars
		}
	}
	return n
}

// declaredBody is the text of the article as the page's JSON-LD gives it.
func declaredBody(doc *html.Node, title string) string {
	f := readFacts(doc)
	for _, script := range f.scripts {
		if strings.Contains(script, "articleBody") {
			node := newLinkedGraph(f.scripts).choose(articleTypes, "", title)
			return ldText(node["articleBody"])
		}
	}
	return ""
}

// replaceBody puts the paragraphs of body in the place of the running text.
func (l *layout) replaceBody(body string) {
	at := len(l.chunks)
	for i := range l.chunks {
		if l.chunks[i].role.Body() {
			l.chunks[i].role = ""
			at = min(at, i)
		}
	}
	var paragraphs []chunk
	for line := range strings.Lines(body) {
		text := strings.Join(strings.FieldsFunc(withoutTags(line), func(r rune) bool { return r < 0x80 && isSpace(byte(r)) }), " ")
		if text == "" {
			continue
		}
		c := chunk{text: text, tag: atom.P, chars: visibleBytes(text), role: whence.RoleParagraph}
		c.kept = c.chars
		paragraphs = append(paragraphs, c)
	}
	rest := append(paragraphs, l.chunks[at:]...)
	l.chunks = append(l.chunks[:at:at], rest...)
	l.boxes = l.boxes[:1] // the chunks have moved: the boxes no longer hold
	l.boxes[0].first, l.boxes[0].last = 0, len(l.chunks)
	for i := range l.chunks {
		l.chunks[i].box = 0
	}
}

// keepProse keeps what reads like running text and is no furniture.
func (l *layout) keepProse() {
	for i := range l.chunks {
		if c := &l.chunks[i]; c.traits&traitFurniture == 0 && c.prose() {
			c.kept = c.chars
		}
	}
}
