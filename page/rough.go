package page

import (
	"errors"
	"io"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The limits of a rough tree.
const (
	roughNodes      = 1_000_000
	roughAttributes = 64
	inlineDepth     = 12 // levels kept for links and the like inside blocks
)

// roughParse builds a tree of any markup in time and memory that grow with its
// length alone. It closes paragraphs, list items and cells as the standard
// does, but never opens an element anew, and hangs what nests deeper than depth
// (blocks a little less deep) into the deepest element allowed. Errors wrap whence.ErrTooSlow.
func roughParse(source string, depth int, deadline time.Time) (*html.Node, error) {
	t := newRoughTree(depth)
	z := html.NewTokenizer(&timedReader{rest: source, deadline: deadline})
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return nil, err
			}
			return t.doc, nil
		case html.TextToken:
			t.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			t.start(z)
		case html.EndTagToken:
			name, _ := z.TagName()
			t.end(atom.Lookup(name), string(name))
		}
	}
}

// roughTree is a tree under construction.
type roughTree struct {
	doc, head, body *html.Node
	open            []*html.Node // open elements, from the body or the head down
	beyond          int          // elements opened below the deepest one allowed
	depth           int
	nodes           int
}

func newRoughTree(depth int) *roughTree {
	element := func(a atom.Atom) *html.Node {
		return &html.Node{Type: html.ElementNode, Data: a.String(), DataAtom: a}
	}
	t := &roughTree{
		doc:   &html.Node{Type: html.DocumentNode},
		head:  element(atom.Head),
		body:  element(atom.Body),
		depth: max(1, depth-2),
	}
	root := element(atom.Html)
	t.doc.AppendChild(root)
	root.AppendChild(t.head)
	root.AppendChild(t.body)
	t.open = append(t.open, t.head)
	return t
}

func (t *roughTree) top() *html.Node { return t.open[len(t.open)-1] }

// inHead are the elements that may stand in a head.
var inHead = map[atom.Atom]bool{
	atom.Title: true, atom.Meta: true, atom.Link: true, atom.Base: true,
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true,
}

func (t *roughTree) text(s string) {
	if t.top() == t.head {
		if strings.TrimSpace(s) == "" {
			return
		}
		t.open[0] = t.body
	}
	if last := t.top().LastChild; last != nil && last.Type == html.TextNode && t.nodes >= roughNodes {
		return
	}
	t.nodes++
	t.top().AppendChild(&html.Node{Type: html.TextNode, Data: s})
}

func (t *roughTree) start(z *html.Tokenizer) {
	name, more := z.TagName()
	n := &html.Node{Type: html.ElementNode, DataAtom: atom.Lookup(name)}
	if n.Data = n.DataAtom.String(); n.DataAtom == 0 {
		n.Data = string(name)
	}
	for more && len(n.Attr) < roughAttributes {
		var key, value []byte
		key, value, more = z.TagAttr()
		n.Attr = append(n.Attr, html.Attribute{Key: string(key), Val: string(value)})
	}
	switch n.DataAtom {
	case atom.Html:
		if root := t.doc.FirstChild; root.Attr == nil {
			root.Attr = n.Attr
		}
		return
	case atom.Head:
		return
	case atom.Body:
		if t.body.Attr == nil {
			t.body.Attr = n.Attr
		}
		t.openBody()
		return
	}
	if len(t.open) == 1 && t.top() == t.head && !inHead[n.DataAtom] {
		t.openBody()
	}
	t.closeImplied(n.DataAtom)
	if t.nodes >= roughNodes {
		return
	}
	t.nodes++
	t.top().AppendChild(n)
	switch {
	case voids[n.DataAtom]:
	case len(t.open) >= t.depth, kinds[n.DataAtom] == kindBlock && len(t.open) >= max(1, t.depth-inlineDepth):
		t.beyond++
	default:
		t.open = append(t.open, n)
	}
}

func (t *roughTree) openBody() {
	if t.open[0] == t.head {
		t.open = append(t.open[:0], t.body)
	}
}

// voids are the elements that hold nothing and have no end tag.
var voids = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true,
	atom.Hr: true, atom.Img: true, atom.Input: true, atom.Link: true, atom.Meta: true,
	atom.Param: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

// impliedEnds gives the elements that the start of another ends, and up to
// which element around them.
var impliedEnds = map[atom.Atom]struct{ ends, within []atom.Atom }{
	atom.Li: {[]atom.Atom{atom.Li}, []atom.Atom{atom.Ul, atom.Ol, atom.Menu}},
	atom.Dt: {[]atom.Atom{atom.Dt, atom.Dd}, []atom.Atom{atom.Dl}},
	atom.Dd: {[]atom.Atom{atom.Dt, atom.Dd}, []atom.Atom{atom.Dl}},
	atom.Td: {[]atom.Atom{atom.Td, atom.Th}, []atom.Atom{atom.Tr, atom.Table}},
	atom.Th: {[]atom.Atom{atom.Td, atom.Th}, []atom.Atom{atom.Tr, atom.Table}},
	atom.Tr: {[]atom.Atom{atom.Tr}, []atom.Atom{atom.Table}},
	atom.A:  {[]atom.Atom{atom.A}, []atom.Atom{atom.Div, atom.P, atom.Li, atom.Td}},
}

// closeImplied ends what the start of an element a ends.
func (t *roughTree) closeImplied(a atom.Atom) {
	if kinds[a] == kindBlock {
		t.closeIfOpen([]atom.Atom{atom.P}, nil)
	}
	if rule, ok := impliedEnds[a]; ok {
		t.closeIfOpen(rule.ends, rule.within)
	}
}

// closeIfOpen closes the innermost open element of those in ends, unless one of
// within is open inside it; a nil within is any block.
func (t *roughTree) closeIfOpen(ends, within []atom.Atom) {
	for i := len(t.open) - 1; i > 0; i-- {
		a := t.open[i].DataAtom
		if contains(ends, a) {
			t.open, t.beyond = t.open[:i], 0
			return
		}
		if within == nil && kinds[a] == kindBlock || contains(within, a) {
			return
		}
	}
}

// end closes the innermost open element of that name. An element inside a line
// does not close the block around it, nor anything the cell around it.
func (t *roughTree) end(a atom.Atom, name string) {
	if t.beyond > 0 {
		t.beyond--
		return
	}
	inBlock := kinds[a] == kindBlock
	for i := len(t.open) - 1; i > 0; i-- {
		n := t.open[i]
		if n.DataAtom == a && n.Data == name {
			t.open = t.open[:i]
			return
		}
		if !inBlock && kinds[n.DataAtom] == kindBlock {
			return
		}
		if (n.DataAtom == atom.Td || n.DataAtom == atom.Th) && a != atom.Tr && a != atom.Table {
			return
		}
	}
}

func contains(list []atom.Atom, a atom.Atom) bool {
	for _, have := range list {
		if have == a {
			return true
		}
	}
	return false
}
