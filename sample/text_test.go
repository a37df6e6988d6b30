package sample_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"whence/sample"
)

func read(t *testing.T) *sample.Gold {
	t.Helper()
	gold, err := sample.Truth()
	if err != nil {
		t.Fatal(err)
	}
	return gold
}

// visible is all text that a browser could show of a page, furniture and all.
func visible(t *testing.T, page []byte) string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for n := range doc.Descendants() {
		switch {
		case n.Type == html.ElementNode:
			out.WriteByte(' ')
		case n.Type == html.TextNode && !hidden(n.Parent):
			out.WriteString(n.Data)
		}
	}
	return out.String()
}

func hidden(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Title, atom.Template:
		return true
	}
	return false
}

// contains tells whether text holds the words, white space aside.
func contains(text, words string) bool {
	return strings.Contains(squeezed(text), squeezed(words))
}

func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
