package page

import (
	"fmt"
	"strconv"
	"time"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"whence"
)

// finderWork bounds what the article finder is asked to do. Its passes walk
// from nearly every element to the text below it, so that its time grows with
// the sum over all nodes of their depth; it compares the words of every <h1>
// and <h2> with the title, and each node costs something by itself. Measured on
// pages built to be slow, one unit takes at most 150 ns, so that the finder
// ends within 2 s; news pages stay below a thirtieth of this bound.
const (
	finderWork  = 10_000_000
	nodeWork    = 20
	headingWork = 16
)

// find runs the article finder, go-readability, over the slim copy, and counts
// for every chunk how much of it is kept. The finder takes the copy apart. A
// page that is too large for it is left to its own names, with a warning.
// Errors wrap whence.ErrTooSlow.
func (l *layout) find(deadline time.Time) (warning string, err error) {
	if time.Now().After(deadline) {
		return "", fmt.Errorf("looking for the article: %w", whence.ErrTooSlow)
	}
	if l.work > finderWork {
		l.keepProse()
		return "the page is too large for the article finder: each paragraph was judged by itself", nil
	}
	p := readability.NewParser()
	p.DisableJSONLD = true
	p.KeepClasses = true
	l.nameAuthor()
	found, err := p.ParseAndMutate(l.slim, nil)
	if err == nil && found.Node != nil {
		l.countKept(found.Node)
	}
	return "", nil
}

// nameAuthor declares an author in the slim copy's head. Without one the
// finder looks for a byline and takes the element that it finds it in out of
// the page, at times with the whole article.
func (l *layout) nameAuthor() {
	for n := l.slim.FirstChild; n != nil; n = n.NextSibling {
		if n.DataAtom != atom.Html {
			continue
		}
		meta := l.node(html.ElementNode, "meta", atom.Meta)
		meta.Attr = []html.Attribute{{Key: "name", Val: "author"}, {Key: "content", Val: "known"}}
		n.InsertBefore(meta, n.FirstChild)
	}
}

func (l *layout) countKept(n *html.Node) {
	if n.Type == html.TextNode && len(n.Attr) > 0 && n.Attr[0].Key == chunkKey {
		if i, err := strconv.Atoi(n.Attr[0].Val); err == nil && i < len(l.chunks) {
			l.chunks[i].kept += visibleBytes(n.Data)
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		l.countKept(child)
	}
}

// visibleBytes counts the bytes of s that are not white space.
func visibleBytes(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		if !isSpace(s[i]) {
			n++
		}
	}
	return n
}
