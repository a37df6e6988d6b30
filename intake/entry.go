package intake

import (
	"fmt"
	"html"
	"io"
	"strings"
	"unicode"

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
	paragraphs := paragraphs(markup)
	if e.Title == "" && len(paragraphs) == 0 {
		return nil
	}
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
func entryPage(title, markup string, paragraphs []string, about page.Options) *whence.Article {
	about.Charset = "utf-8"
	doc := "<!doctype html><html><head><meta charset=utf-8><title>" + html.EscapeString(title) +
		"</title></head><body><article><h1>" + html.EscapeString(title) + "</h1>\n" + markup + "</article></body></html>"
	a, err := page.HTML([]byte(doc), about)
	if err == nil && letters(a.Text) >= letters(strings.Join(paragraphs, "")) {
		return a
	}
	text := strings.Join(paragraphs, "\n\n")
	if title = strings.TrimSpace(title); title != "" {
		text = strings.TrimSpace(title + "\n\n" + text)
	}
	a = &whence.Article{Title: title, Text: text}
	page.Structure(a)
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

// paragraphs are the words of a piece of HTML, without markup, white space
// collapsed.
func paragraphs(markup string) []string {
	var all []string
	var open strings.Builder
	end := func() {
		if words := strings.Join(strings.Fields(open.String()), " "); words != "" {
			all = append(all, words)
		}
		open.Reset()
	}
	hidden := ""
	z := nethtml.NewTokenizer(strings.NewReader(markup))
	for {
		kind := z.Next()
		if kind == nethtml.ErrorToken {
			end()
			return all
		}
		if kind == nethtml.TextToken {
			if hidden == "" {
				open.WriteString(z.Token().Data)
			}
			continue
		}
		raw, _ := z.TagName()
		name := string(raw)
		switch {
		case kind == nethtml.StartTagToken && hidden == "" && hiddenTags[name]:
			hidden = name
		case kind == nethtml.EndTagToken && hidden == name:
			hidden = ""
		}
		if name != "" && !inlineTags[name] {
			end()
		}
	}
}

// count is a number of things in words.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
