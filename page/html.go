package page

import (
	"fmt"
	"strings"
	"time"

	"golang.org/x/net/html"

	"whence"
	"whence/charset"
)

// HTML reads an HTML page. Errors wrap whence.ErrTooLarge or ErrTooSlow, where
// the page is past a limit, or whence.ErrNoText, where it holds no article.
//
// A page that nests deeper than the limit, or whose markup would make the parser
// or the article finder work for very long, is read all the same, more roughly
// and with a warning that says so. The limit on time is looked at between the
// stages and while the page is parsed; what runs in between is bounded by
// counting beforehand, so that it ends soon after (see multiplies, finderWork).
func HTML(data []byte, opt Options) (*whence.Article, error) {
	limits := opt.Limits.withDefaults()
	if len(data) > limits.Bytes {
		return nil, fmt.Errorf("page of %d bytes: %w of %d bytes", len(data), whence.ErrTooLarge, limits.Bytes)
	}
	deadline := time.Now().Add(limits.Time)
	source, _ := charset.HTML(data, opt.Charset)
	source, nul := hideNUL(source)

	doc, roughly, err := parse(source, limits.Depth, deadline)
	if err != nil {
		return nil, err
	}
	m := readMetadata(doc, opt.URL)
	m.notAfter(opt.Captured)
	m.showNUL(nul)

	l := lay(doc, nul)
	unfound, err := l.find(deadline)
	if err != nil {
		return nil, err
	}
	l.choose(m)
	rescued := l.rescue(doc, m)
	if time.Now().After(deadline) {
		return nil, fmt.Errorf("reading the page: %w of %v", whence.ErrTooSlow, limits.Time)
	}

	a := newArticle(opt, m)
	for _, warning := range []string{roughly, unfound, rescued} {
		a.Warnings = appendNew(a.Warnings, warning)
	}
	l.write(a, baseOf(doc, opt.URL, m.Canonical))
	if !hasBody(a.Blocks) {
		return nil, fmt.Errorf("%w: %s", whence.ErrNoText, l.inventory())
	}
	if title, ok := l.shownTitle(); ok {
		a.Title = title
	}
	completeFromText(a)
	a.Identify()
	return a, nil
}

// newArticle is an article of which the metadata are known.
func newArticle(opt Options, m metadata) *whence.Article {
	return &whence.Article{
		Path: opt.Path, URL: opt.URL, Canonical: m.Canonical, Outlet: m.Outlet,
		Title: m.Title, Byline: m.Byline, Credits: m.Credits,
		Published: m.Published, Modified: m.Modified, Captured: opt.Captured,
		Language: m.Language,
	}
}

// completeFromText adds what only the text tells: the credits in it, and who
// wrote the article, where the page does not declare that.
func completeFromText(a *whence.Article) {
	if len(a.Byline) == 0 {
		a.Byline = shownByline(a)
	}
	for _, credit := range creditsIn(a.Text, a.Blocks) {
		a.Credits = appendNew(a.Credits, credit)
	}
}

// hideNUL replaces NUL characters, which HTML parsers drop, by a noncharacter
// that the page does not hold. nul is that, "" where there is nothing to hide.
func hideNUL(source string) (hidden, nul string) {
	if strings.IndexByte(source, 0) < 0 {
		return source, ""
	}
	for r := rune(0xFDD0); r <= 0xFDEF; r++ {
		if !strings.ContainsRune(source, r) {
			return strings.ReplaceAll(source, "\x00", string(r)), string(r)
		}
	}
	return strings.ReplaceAll(source, "\x00", "\uFFFD"), ""
}

// shownByline is who the first byline among the blocks names.
func shownByline(a *whence.Article) []string {
	cut := newCutter(a.Text)
	for _, b := range a.Blocks {
		if b.Role != whence.RoleByline {
			continue
		}
		if people, _ := splitByline(cut.words(b.Span)); len(people) > 0 {
			return people
		}
	}
	return nil
}

// showNUL undoes hideNUL.
func (m *metadata) showNUL(nul string) {
	if nul == "" {
		return
	}
	show := func(s *string) { *s = strings.ReplaceAll(*s, nul, "\x00") }
	for _, s := range []*string{&m.Title, &m.Standfirst, &m.Outlet, &m.Canonical, &m.Language} {
		show(s)
	}
	for _, list := range [][]string{m.Byline, m.Credits} {
		for i := range list {
			show(&list[i])
		}
	}
}

func hasBody(blocks []whence.Block) bool {
	for _, b := range blocks {
		if b.Role.Body() && b.Role != whence.RoleHeading {
			return true
		}
	}
	return false
}

// inventory says what a page without an article holds.
func (l *layout) inventory() string {
	chars, linked := 0, 0
	for i := range l.chunks {
		chars += l.chunks[i].chars
		linked += l.chunks[i].linked
	}
	if chars == 0 {
		return "the page shows no text (it may need a script to fill it)"
	}
	return fmt.Sprintf("the page has %d blocks of text, %d %% of it links", len(l.chunks), linked*100/chars)
}

// baseOf is the address that the page's links are relative to: its <base>, as
// seen from where it was captured, or from its canonical address if that is not
// known.
func baseOf(doc *html.Node, pageURL, canonical string) string {
	if pageURL == "" {
		pageURL = canonical
	}
	if href := firstBase(doc); href != "" {
		return resolver(pageURL)(href)
	}
	return pageURL
}
