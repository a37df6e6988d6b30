package page

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"whence"
)

// layout is a page as a reader meets it: a sequence of chunks, each of which a
// browser would set as one block of text, and the boxes that they stand in.
//
// While it walks the page it also builds slim, a copy of what is visible, for
// the article finder to take apart: text nodes of the copy carry the number of
// their chunk (see chunkKey), so that what the finder keeps is known by chunk.
type layout struct {
	chunks []chunk
	boxes  []box
	slim   *html.Node
	work   int // what the finder will have to do at worst: see finderWork

	nul    string // what stands for NUL in the tree, "" if nothing does
	hints  map[string]trait
	nodes  []html.Node // allocated ahead
	buf    []byte      // text of the open chunk
	links  []chunkLink
	open   chunk
	isOpen bool
	image  int  // box of the picture passed since the last text, 0 if none
	space  bool // white space is due before the next character
	breaks int  // line breaks since the last character
	groups int

	addedTitle string // the title, where the page does not show it
}

// chunk is a run of text in one block.
type chunk struct {
	text   string
	links  []chunkLink
	box    int // index of the box it stands in
	tag    atom.Atom
	group  int   // the list it stands in, 0 if none
	traits trait // its own and those of all it stands in
	chars  int   // bytes that are not white space
	linked int   // of those, inside links
	kept   int   // of those, kept by the article finder
	image  bool  // a picture stands before it in its box
	role   whence.Role
}

// chunkLink is a link on bytes [start, end) of a chunk's text.
type chunkLink struct {
	start, end int
	href       string
}

// box is a block element with text in it.
type box struct {
	node        *html.Node
	parent      int // index of the box around it; the root's is -1
	first, last int // its chunks are [first, last)
	own         trait
	traits      trait // own and inherited
	kept        int   // bytes in it that the article finder kept
}

// setting is what an element inherits from those around it.
type setting struct {
	box      int
	tag      atom.Atom
	group    int
	inline   trait // of elements inside the line
	href     string
	pre      bool
	depth    int
	headings int // <h1> and <h2> around it
}

// chunkKey is the attribute by which a text node of the slim copy names its
// chunk. No page can have it: attribute names hold no blanks.
const chunkKey = "the chunk"

// lay lays out the page doc, in which nul stands for NUL.
func lay(doc *html.Node, nul string) *layout {
	l := &layout{nul: nul, hints: map[string]trait{}}
	l.slim = l.node(html.DocumentNode, "", 0)
	l.boxes = append(l.boxes, box{node: doc, parent: -1})
	l.children(doc, setting{}, l.slim)
	l.flush()
	l.boxes[0].last = len(l.chunks)
	return l
}

// node allocates a node of the slim copy.
func (l *layout) node(t html.NodeType, data string, a atom.Atom) *html.Node {
	if len(l.nodes) == 0 {
		l.nodes = make([]html.Node, 256)
	}
	n := &l.nodes[0]
	l.nodes = l.nodes[1:]
	n.Type, n.Data, n.DataAtom = t, data, a
	return n
}

func (l *layout) children(n *html.Node, s setting, slim *html.Node) {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch child.Type {
		case html.TextNode:
			l.text(child, s, slim)
		case html.ElementNode:
			l.element(child, s, slim)
		}
	}
}

func (l *layout) element(n *html.Node, s setting, slim *html.Node) {
	kind := kinds[n.DataAtom]
	if kind == kindUnseen {
		return
	}
	attrs, own, hidden := l.attributes(n)
	if hidden {
		return
	}
	s.depth++
	l.work += nodeWork + s.depth
	copied := l.node(html.ElementNode, n.Data, n.DataAtom)
	copied.Attr = attrs
	switch {
	case kind == kindBare:
		if n.DataAtom == atom.Img || n.DataAtom == atom.Picture {
			l.image = s.box
		}
	case n.DataAtom == atom.Br:
		l.lineBreak(s)
	case kind == kindBlock:
		l.block(n, s, own, copied)
	default:
		s.inline |= own & traitInline
		if n.DataAtom == atom.A {
			s.href = attribute(n, "href")
		}
		l.children(n, s, copied)
	}
	// What is empty says nothing to the finder, and there is much of it.
	if copied.FirstChild != nil || kind == kindBare || n.DataAtom == atom.Br {
		slim.AppendChild(copied)
	}
}

// block walks a block element.
func (l *layout) block(n *html.Node, s setting, own trait, copied *html.Node) {
	switch n.DataAtom {
	case atom.Pre:
		s.pre = true
	case atom.H1, atom.H2:
		s.headings++
	case atom.Ul, atom.Ol, atom.Dl:
		l.groups++
		s.group = l.groups
	}
	l.flush()
	l.boxes = append(l.boxes, box{node: n, parent: s.box, first: len(l.chunks), own: own})
	s.tag, s.box, s.inline = n.DataAtom, len(l.boxes)-1, 0
	l.children(n, s, copied)
	l.flush()
	l.boxes[s.box].last = len(l.chunks)
}

// attributes gives the attributes of n that the article finder needs, what
// they say of it, and whether it is hidden.
func (l *layout) attributes(n *html.Node) (kept []html.Attribute, own trait, hidden bool) {
	own = tagTraits[n.DataAtom]
	for i := range n.Attr {
		a := &n.Attr[i]
		keep := keptAttributes[a.Key]
		switch a.Key {
		case "class", "id", "itemprop", "data-testid", "data-component", "role", "rel":
			if a.Val == "" {
				continue
			}
			own |= l.hint(a.Val)
			keep = keep && len(a.Val) < 1000
		case "hidden":
			hidden = true
		case "aria-hidden":
			hidden = hidden || a.Val == "true"
		case "style":
			hidden = hidden || hides(a.Val)
		case "href":
			keep = followable(a.Val)
		}
		if keep {
			kept = append(kept, html.Attribute{Key: a.Key, Val: a.Val})
		}
	}
	return kept, own, hidden || own&traitUnseen != 0
}

// keptAttributes are those that the article finder looks at.
var keptAttributes = map[string]bool{
	"class": true, "id": true, "role": true, "rel": true, "itemprop": true,
	"href": true, "src": true, "lang": true, "dir": true, "aria-modal": true,
}

func (l *layout) hint(value string) trait {
	t, known := l.hints[value]
	if !known {
		t = wordTraits(value)
		l.hints[value] = t
	}
	return t
}

// begin opens a chunk for text in setting s, if none is open.
func (l *layout) begin(s setting) {
	if l.isOpen {
		return
	}
	l.isOpen, l.space, l.breaks = true, false, 0
	l.buf = l.buf[:0]
	l.links = nil
	l.open = chunk{box: s.box, tag: s.tag, group: s.group, traits: s.inline, image: l.image == s.box && s.box > 0}
	l.image = 0
}

// flush closes the open chunk. One without text is dropped.
func (l *layout) flush() {
	if !l.isOpen {
		return
	}
	l.isOpen = false
	for len(l.buf) > 0 && isSpace(l.buf[len(l.buf)-1]) {
		l.buf = l.buf[:len(l.buf)-1] // of preformatted text
	}
	l.open.text = string(l.buf)
	for i := range l.links {
		l.links[i].end = min(l.links[i].end, len(l.buf))
	}
	l.open.links = l.links
	l.chunks = append(l.chunks, l.open)
}

// lineBreak is one <br>; two end a paragraph.
func (l *layout) lineBreak(s setting) {
	if !l.isOpen {
		return
	}
	l.breaks++
	if l.breaks > 1 && !s.pre {
		l.flush()
	}
}

func isSpace(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'
}

// text adds a text node to the open chunk, white space collapsed.
func (l *layout) text(n *html.Node, s setting, slim *html.Node) {
	data := n.Data
	visible := false
	for i := 0; i < len(data); i++ {
		if !isSpace(data[i]) {
			visible = true
			break
		}
	}
	if !visible {
		l.space = l.isOpen
		return
	}
	if l.nul != "" {
		data = strings.ReplaceAll(data, l.nul, "\x00")
	}
	copied := l.node(html.TextNode, data, 0)
	slim.AppendChild(copied)
	l.work += nodeWork + (1+len(data)/8)*(s.depth+headingWork*s.headings)
	l.begin(s)
	copied.Attr = []html.Attribute{{Key: chunkKey, Val: strconv.Itoa(len(l.chunks))}}
	before := l.open.chars
	var start int
	if s.pre {
		start = l.preformatted(data)
	} else {
		start = l.collapsed(data)
	}
	if s.href != "" {
		l.open.linked += l.open.chars - before
		l.link(start, s.href)
	}
	l.open.traits &= s.inline
}

// collapsed writes data with every run of white space as one blank, and gives
// where its first visible character went.
func (l *layout) collapsed(data string) (start int) {
	start = -1
	for i := 0; i < len(data); {
		if isSpace(data[i]) {
			l.space = true
			i++
			continue
		}
		end := i + 1
		for end < len(data) && !isSpace(data[end]) {
			end++
		}
		l.gap()
		if start < 0 {
			start = len(l.buf)
		}
		l.buf = append(l.buf, data[i:end]...)
		l.open.chars += end - i
		i = end
	}
	return start
}

// gap writes the white space that is due before a visible character.
func (l *layout) gap() {
	switch {
	case len(l.buf) == 0:
	case l.breaks > 0:
		l.buf = append(l.buf, '\n')
	case l.space:
		l.buf = append(l.buf, ' ')
	}
	l.space, l.breaks = false, 0
}

// preformatted writes data as it stands, save white space at the chunk's edges.
func (l *layout) preformatted(data string) (start int) {
	if len(l.buf) == 0 {
		data = strings.TrimLeft(data, "\r\n")
	}
	l.gap()
	start = len(l.buf)
	l.buf = append(l.buf, data...)
	for i := 0; i < len(data); i++ {
		if !isSpace(data[i]) {
			l.open.chars++
		}
	}
	return start
}

// link records that the text from start on is a link to href, joined to the
// link before if that is the same.
func (l *layout) link(start int, href string) {
	if last := len(l.links) - 1; last >= 0 && l.links[last].href == href && start-l.links[last].end <= 1 {
		l.links[last].end = len(l.buf)
		return
	}
	l.links = append(l.links, chunkLink{start, len(l.buf), href})
}

// attribute is the value of n's attribute, "" if absent.
func attribute(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

// hides tells whether an inline style hides its element.
func hides(style string) bool {
	for rule := range strings.SplitSeq(style, ";") {
		name, value, ok := strings.Cut(rule, ":")
		if !ok {
			continue
		}
		value = strings.ToLower(strings.TrimSpace(value))
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "display":
			if strings.HasPrefix(value, "none") {
				return true
			}
		case "visibility":
			if strings.HasPrefix(value, "hidden") {
				return true
			}
		}
	}
	return false
}

// followable tells whether href is an address, rather than a script or data.
func followable(href string) bool {
	scheme, _, ok := strings.Cut(strings.TrimSpace(href), ":")
	if !ok {
		return href != ""
	}
	switch strings.ToLower(scheme) {
	case "javascript", "data", "vbscript", "blob", "about":
		return false
	}
	return true
}
