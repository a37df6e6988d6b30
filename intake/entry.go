package intake

import (
	"fmt"
	"html"
	"io"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	nethtml "golang.org/x/net/html"

	"whence"
	"whence/feed"
	"whence/page"
)

// readFeed reads a feed: each entry is an article.
func (s *scan) readFeed(src source, in io.Reader) error {
	data, err := whole(in, int64(s.opt.Page.Bytes))
	if err != nil {
		return err
	}
	t := &tally{name: src.name}
	return s.feed(item{name: src.name, size: int64(len(data)), tally: t, find: func() found {
		f := entries(data, src.page, t)
		if f.problem == nil {
			f.parts = append(f.parts, ended(t, count(len(f.parts), "entry", "entries")))
		}
		return f
	}})
}

// entries finds the entries of a feed, each a part of its own.
func entries(data []byte, about page.Options, t *tally) found {
	f, err := feed.Parse(data, about.Charset)
	if err != nil {
		return found{problem: trouble(about.Path, err)}
	}
	var parts []item
	for i, e := range f.Entries {
		about := about
		about.Path = about.Path + "#" + entryName(e, i)
		parts = append(parts, item{name: about.Path, tally: t, find: func() found {
			a := entryArticle(f, e, about)
			if a == nil {
				return found{passed: true}
			}
			if i == 0 {
				a.Warnings = append(a.Warnings, f.Warnings...)
			}
			return found{article: a}
		}})
	}
	return found{parts: parts}
}

// entryName is what an entry is called in its feed.
func entryName(e feed.Entry, index int) string {
	switch {
	case e.ID != "":
		return e.ID
	case e.Link != "":
		return e.Link
	}
	return fmt.Sprint(index + 1)
}

// entryArticle makes an article of an entry, nil if there are no words in it.
// What the feed says of the entry goes before what its text seems to say.
func entryArticle(f *feed.Feed, e feed.Entry, about page.Options) *whence.Article {
	markup := e.Content
	if strings.TrimSpace(markup) == "" {
		markup = e.Summary
	}
	paragraphs := paragraphs(markup, e.Link)
	if e.Title == "" && len(paragraphs) == 0 {
		return nil
	}
	about.URL = e.Link
	a := entryPage(e.Title, markup, paragraphs, about)
	a.Path, a.URL, a.Captured = about.Path, e.Link, about.Captured
	a.Canonical, a.Outlet, a.Published, a.Modified = "", f.Title, e.Published, whence.Date{}
	if e.Updated.Time.After(e.Published.Time) {
		a.Modified = e.Updated
	}
	if e.Title != "" {
		a.Title = e.Title
	}
	if len(e.Authors) > 0 {
		a.Byline = e.Authors
	}
	if f.Language != "" {
		a.Language = f.Language
	}
	if e.Source != "" && e.Source != f.Title {
		a.Credits = append([]string{e.Source}, a.Credits...)
	}
	return a
}

// entryPage reads an entry as a page of its own, so that quotations, lists and
// links are found. Where that loses words, as it may with a few lines, it is
// read as title and paragraphs.
func entryPage(title, markup string, paragraphs []paragraph, about page.Options) *whence.Article {
	rough := roughPage(strings.TrimSpace(title), paragraphs)
	about.Charset = "utf-8"
	// Without a head, so that it is taken for a fragment.
	doc := "<!doctype html><article><h1>" + html.EscapeString(title) + "</h1>\n" + markup + "</article>"
	a, err := page.HTML([]byte(doc), about)
	if err != nil || letters(a.Text) < letters(rough.Text) {
		return rough
	}
	return a
}

// roughPage makes an article of a title and paragraphs.
func roughPage(title string, paragraphs []paragraph) *whence.Article {
	a := &whence.Article{Title: title}
	if title != "" {
		paragraphs = append([]paragraph{{text: title}}, paragraphs...)
	}
	var texts []string
	roles := map[int]whence.Role{} // by where a paragraph begins
	var links []whence.Link
	at := 0
	for _, p := range paragraphs {
		roles[at] = p.role
		for _, l := range p.links {
			links = append(links, whence.Link{Span: whence.Span{Start: at + l.Start, End: at + l.End}, Href: l.Href})
		}
		texts = append(texts, p.text)
		at += utf8.RuneCountInString(p.text) + len("\n\n")
	}
	a.Text = strings.Join(texts, "\n\n")
	page.Structure(a)
	for i := range a.Blocks {
		b := &a.Blocks[i]
		if role := roles[b.Start]; role != "" && b.Role == whence.RoleParagraph {
			b.Role = role
		}
		for len(links) > 0 && links[0].Start < b.End {
			if b.Contains(links[0].Span) {
				b.Links = append(b.Links, links[0])
			}
			links = links[1:]
		}
	}
	return a
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// inlineTags do not end a paragraph.
var inlineTags = map[string]bool{
	"a": true, "abbr": true, "b": true, "bdi": true, "bdo": true, "big": true, "cite": true,
	"code": true, "del": true, "dfn": true, "em": true, "font": true, "i": true, "img": true,
	"ins": true, "kbd": true, "mark": true, "q": true, "s": true, "samp": true, "small": true,
	"span": true, "strike": true, "strong": true, "sub": true, "sup": true, "time": true,
	"tt": true, "u": true, "var": true, "wbr": true, "nobr": true,
}

// hiddenTags hold no words for readers.
var hiddenTags = map[string]bool{
	"script": true, "style": true, "noscript": true, "template": true, "iframe": true, "title": true,
}

// markupRoles are the elements that say what the paragraphs in them are.
var markupRoles = map[string]whence.Role{
	"blockquote": whence.RoleQuote, "li": whence.RoleListItem, "figcaption": whence.RoleCaption,
	"h1": whence.RoleHeading, "h2": whence.RoleHeading, "h3": whence.RoleHeading,
	"h4": whence.RoleHeading, "h5": whence.RoleHeading, "h6": whence.RoleHeading,
}

// paragraph is some words and what the markup around them says they are.
type paragraph struct {
	text  string
	role  whence.Role   // "" where it says nothing
	links []whence.Link // counted from the paragraph's beginning
}

// paragraphs are the words of a piece of HTML, without markup, white space
// collapsed. Links in it are taken from base, "" if that is not known.
func paragraphs(markup, base string) []paragraph {
	r := fragmentReader{}
	if u, err := url.Parse(base); err == nil && u.IsAbs() {
		r.base = u
	}
	z := nethtml.NewTokenizer(strings.NewReader(markup))
	for {
		switch kind := z.Next(); kind {
		case nethtml.ErrorToken:
			r.end()
			return r.all
		case nethtml.TextToken:
			r.words(z.Token().Data)
		case nethtml.StartTagToken, nethtml.EndTagToken, nethtml.SelfClosingTagToken:
			t := z.Token()
			r.tag(t, kind)
		}
	}
}

// fragmentReader puts paragraphs together.
type fragmentReader struct {
	base   *url.URL
	all    []paragraph
	open   strings.Builder // words of the paragraph so far
	size   int             // of open, in code points
	space  bool            // white space came last
	links  []whence.Link   // of the paragraph so far
	href   string          // of the link that is open, or ""
	begin  int             // of that link
	inside []string        // elements of markupRoles, outermost first
	hidden string          // element of hiddenTags, "" outside of such
}

func (r *fragmentReader) words(s string) {
	if r.hidden != "" {
		return
	}
	for _, c := range s {
		if unicode.IsSpace(c) {
			r.space = true
			continue
		}
		if r.space && r.size > 0 {
			r.open.WriteByte(' ')
			if r.size++; r.begin == r.size-1 {
				r.begin = r.size // a link begins with its first word
			}
		}
		r.space = false
		r.open.WriteRune(c)
		r.size++
	}
}

// link ends the link that is open, and begins one to href unless that is "".
func (r *fragmentReader) link(href string) {
	if r.href != "" && r.size > r.begin {
		r.links = append(r.links, whence.Link{Span: whence.Span{Start: r.begin, End: r.size}, Href: r.href})
	}
	r.begin, r.href = r.size, ""
	if u, err := url.Parse(strings.TrimSpace(href)); err == nil && href != "" {
		if r.base != nil {
			u = r.base.ResolveReference(u)
		}
		r.href = u.String()
	}
}

// attribute is the value of an attribute of t, "" if it has none.
func attribute(t nethtml.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func (r *fragmentReader) tag(t nethtml.Token, kind nethtml.TokenType) {
	name := t.Data
	if !inlineTags[name] {
		r.end()
	}
	switch {
	case name == "a" && r.hidden == "":
		r.link(attribute(t, "href"))
	case r.hidden != "":
		if kind == nethtml.EndTagToken && name == r.hidden {
			r.hidden = ""
		}
	case kind == nethtml.StartTagToken && hiddenTags[name]:
		r.hidden = name
	case kind == nethtml.StartTagToken && markupRoles[name] != "" && len(r.inside) < mostNested:
		r.inside = append(r.inside, name)
	case kind == nethtml.EndTagToken && len(r.inside) > 0 && r.inside[len(r.inside)-1] == name:
		r.inside = r.inside[:len(r.inside)-1]
	}
}

// mostNested bounds the memory for elements that are never closed.
const mostNested = 100

// end ends the paragraph.
func (r *fragmentReader) end() {
	href := r.href // it goes on in the next paragraph
	r.link("")
	if r.size > 0 {
		p := paragraph{text: r.open.String(), links: r.links}
		if len(r.inside) > 0 {
			p.role = markupRoles[r.inside[len(r.inside)-1]]
		}
		r.all = append(r.all, p)
	}
	r.open.Reset()
	r.size, r.space, r.links, r.begin, r.href = 0, false, nil, 0, href
}

// count is a number of things in words.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
