package page

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/net/html"

	"whence"
)

// parse parses the page. Where the markup nests deeper than the limit, or could
// make the parser work without end, roughParse reads it instead, and warning
// says so. Errors wrap whence.ErrTooSlow.
func parse(source string, depth int, deadline time.Time) (doc *html.Node, warning string, err error) {
	if multiplies(source) {
		doc, err = roughParse(source, depth, deadline)
		return doc, "the markup is too large or too tangled for the standard's rules: its structure was read roughly", err
	}
	doc, err = html.Parse(&timedReader{rest: source, deadline: deadline})
	if err == nil && (depth >= DefaultDepth || !deeperThan(doc, depth)) {
		return doc, "", nil
	}
	if errors.Is(err, whence.ErrTooSlow) {
		return nil, "", err
	}
	doc, err = roughParse(source, depth, deadline)
	return doc, fmt.Sprintf("%v of %d open elements: its structure was read roughly", whence.ErrTooDeep, depth), err
}

// deeperThan tells whether the tree n has more than depth levels below it.
func deeperThan(n *html.Node, depth int) bool {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		if child.Type == html.ElementNode && (depth == 0 || deeperThan(child, depth-1)) {
			return true
		}
	}
	return false
}

// timedReader hands out text until a deadline, in small portions: after one tag
// with a million attributes the tokenizer spends milliseconds on each tag.
type timedReader struct {
	rest     string
	deadline time.Time
}

func (r *timedReader) Read(p []byte) (int, error) {
	if r.rest == "" {
		return 0, io.EOF
	}
	if time.Now().After(r.deadline) {
		return 0, fmt.Errorf("parsing the page: %w", whence.ErrTooSlow)
	}
	const portion = 512
	n := copy(p[:min(len(p), portion)], r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// maxNodes bounds the tree of one page.
const maxNodes = 6_000_000

// multiplies tells whether html.Parse might build more than maxNodes nodes out
// of source, or compare attributes without end.
//
// The HTML standard opens formatting elements anew wherever a block ended that
// left them open, so that a few bytes may cost a node for each of them: up to
// three of a kind without attributes, and any number that differ in their
// attributes. An end tag may besides copy some 32 nodes. And each further
// <html> or <body> is compared with the attributes of all before it. The bound
// is taken from the bytes alone, so nothing in the markup can hide from it;
// news pages stay a factor of ten below.
func multiplies(source string) bool {
	tags, formatting, roots := 0, 0, 0
	for rest := source; ; {
		i := strings.IndexByte(rest, '<')
		if i < 0 {
			break
		}
		rest = rest[i+1:]
		tags++
		switch tagName(rest) {
		case "b", "i", "u", "s", "em", "big", "font", "code", "nobr", "small", "strike", "strong", "tt":
			formatting++
		case "html", "body":
			roots++
		}
	}
	const copies, kinds = 32, 3*14 + 1
	return tags*(formatting+copies+kinds) > maxNodes || roots*len(source) > 100_000_000
}

// tagName is the name that s begins with, in lower case, if attributes may
// follow it; "" otherwise. Names longer than six letters give "".
func tagName(s string) string {
	var name [6]byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !isLetter(c) {
			if c != '>' {
				return string(name[:i])
			}
			return ""
		}
		if i == len(name) {
			return ""
		}
		name[i] = c | 0x20
	}
	return ""
}
