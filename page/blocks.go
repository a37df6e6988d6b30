package page

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"whence"
)

// write sets the article's text and blocks from the chunks that have a role.
func (l *layout) write(a *whence.Article, base string) {
	w := blockWriter{resolve: resolver(base)}
	if t := l.addedTitle; t != "" {
		w.block(&chunk{text: t, role: whence.RoleTitle})
	}
	body := false
	for i := range l.chunks {
		c := &l.chunks[i]
		if c.role == "" {
			continue
		}
		w.block(c)
		if c.role == whence.RoleParagraph && !body {
			body = true
			w.cutDateline(c.text)
		}
	}
	a.Text, a.Blocks = w.text.String(), w.blocks
}

// blockWriter writes blocks one after another and counts code points.
type blockWriter struct {
	text    strings.Builder
	blocks  []whence.Block
	resolve func(string) string
	at      int // code points written
	group   int // list of the last block
}

func (w *blockWriter) block(c *chunk) {
	if len(w.blocks) > 0 {
		gap := "\n\n"
		if c.group != 0 && c.group == w.group && c.role == whence.RoleListItem && w.blocks[len(w.blocks)-1].Role == c.role {
			gap = "\n"
		}
		w.text.WriteString(gap)
		w.at += len(gap)
	}
	w.group = c.group
	b := whence.Block{Role: c.role, Span: whence.Span{Start: w.at, End: w.at + utf8.RuneCountInString(c.text)}}
	done, at := 0, w.at
	for _, link := range c.links {
		href := w.resolve(link.href)
		at += utf8.RuneCountInString(c.text[done:link.start])
		end := at + utf8.RuneCountInString(c.text[link.start:link.end])
		if href != "" && at < end {
			b.Links = append(b.Links, whence.Link{Span: whence.Span{Start: at, End: end}, Href: href})
		}
		done, at = link.end, end
	}
	w.text.WriteString(c.text)
	w.at = b.End
	w.blocks = append(w.blocks, b)
}

// cutDateline makes a block of the dateline that opens the block just written,
// if one does.
func (w *blockWriter) cutDateline(words string) {
	d, ok := readDateline(words)
	if !ok || d.length >= len(words) {
		return
	}
	rest := strings.TrimLeftFunc(words[d.length:], unicode.IsSpace)
	last := &w.blocks[len(w.blocks)-1]
	opening := whence.Block{Role: whence.RoleDateline, Span: whence.Span{
		Start: last.Start, End: last.Start + utf8.RuneCountInString(words[:d.length]),
	}}
	start := last.End - utf8.RuneCountInString(rest)
	if rest == "" || start == opening.End && !strings.HasSuffix(words[:d.length], " ") {
		return
	}
	for _, link := range last.Links {
		if opening.Contains(link.Span) {
			opening.Links = append(opening.Links, link)
		} else if link.Start < start {
			return
		}
	}
	last.Links = last.Links[len(opening.Links):]
	last.Start = start
	w.blocks = slices.Insert(w.blocks, len(w.blocks)-1, opening)
}

// resolver makes addresses absolute as seen from base. What cannot be followed
// becomes "": scripts, data, addresses that are none.
func resolver(base string) func(href string) string {
	root, err := url.Parse(base)
	if err != nil || !root.IsAbs() {
		root = nil
	}
	return func(href string) string {
		href = strings.TrimFunc(href, func(r rune) bool { return r <= ' ' })
		if !followable(href) {
			return ""
		}
		u, err := url.Parse(href)
		if err != nil {
			return ""
		}
		if root != nil {
			u = root.ResolveReference(u)
		}
		return u.String()
	}
}

// firstBase is the href of the page's <base>, "" if it has none.
func firstBase(n *html.Node) string {
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		switch child.DataAtom {
		case atom.Base:
			if href := attribute(child, "href"); href != "" {
				return href
			}
		case atom.Html, atom.Head:
			if href := firstBase(child); href != "" {
				return href
			}
		}
	}
	return ""
}
