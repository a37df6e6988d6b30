package intake

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"whence"
	"whence/page"
)

// lineSlack is how much longer than a page's limit a line of JSON may be: it
// holds metadata beside the text.
const lineSlack = 1 << 20

// mostLines is how many lines that are no article are named one by one.
const mostLines = 100

// readLines reads JSON Lines, line by line.
func (s *scan) readLines(src source, in io.Reader) error {
	t := &tally{name: src.name, most: mostLines, rest: "lines that are not articles"}
	lines := lineReader{in: bufio.NewReader(unmarked(in)), limit: s.opt.Page.Bytes + lineSlack}
	for {
		data, err := lines.next()
		if errors.Is(err, io.EOF) {
			break
		}
		name := fmt.Sprintf("%s, line %d", src.name, lines.number)
		if err != nil && !errors.Is(err, whence.ErrTooLarge) {
			return fmt.Errorf("cannot be read past line %d: %w", lines.number-1, err)
		}
		about := src.page
		about.Path = fmt.Sprintf("%s#%d", src.name, lines.number)
		it := item{name: name, size: int64(len(data)), tally: t, find: func() found {
			if err != nil {
				return found{problem: trouble(name, err)}
			}
			return one(name)(jsonArticle(data, about))
		}}
		if err := s.feed(it); err != nil {
			return err
		}
	}
	return s.feed(ended(t, fmt.Sprintf("%d empty lines", lines.number)))
}

// ended is the item that ends an input of many articles.
func ended(t *tally, held string) item {
	return item{name: t.name, tally: t, find: func() found { return found{ended: held} }}
}

// readJSON reads one JSON document that is an article.
func (s *scan) readJSON(src source, in io.Reader) error {
	data, err := whole(unmarked(in), int64(s.opt.Page.Bytes+lineSlack))
	if err != nil {
		return err
	}
	return s.feed(item{name: src.name, size: int64(len(data)), find: func() found {
		return one(src.name)(jsonArticle(data, src.page))
	}})
}

// unmarked takes off a byte-order mark, and turns the UTF-16 that it may name
// into UTF-8: some shells write that into files.
func unmarked(r io.Reader) io.Reader {
	return transform.NewReader(r, unicode.BOMOverride(transform.Nop))
}

// lineReader reads lines of bounded length.
type lineReader struct {
	in     *bufio.Reader
	limit  int
	number int // of the line that was read, from 1
}

// next gives the next line that is not blank, io.EOF after the last. A line
// past the limit is passed over with an error that wraps whence.ErrTooLarge.
func (l *lineReader) next() ([]byte, error) {
	for {
		line, err := l.read()
		if err != nil || len(bytes.TrimSpace(line)) > 0 {
			return line, err
		}
	}
}

// read gives one line, a copy.
func (l *lineReader) read() ([]byte, error) {
	l.number++
	var line []byte
	size := 0
	for {
		part, err := l.in.ReadSlice('\n')
		if size += len(part); size <= l.limit {
			line = append(line, part...)
		} else {
			line = nil
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && size == 0:
			l.number--
			return nil, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return nil, err
		case size > l.limit:
			return nil, tooLarge(int64(l.limit))
		}
		return line, nil
	}
}

// jsonForm is an article in JSON, as doc/formats.md has it.
type jsonForm struct {
	Whence    *int    `json:"whence"` // it is a reading that whence wrote
	Text      *string `json:"text"`
	Path      string  `json:"path"`
	URL       string  `json:"url"`
	Outlet    string  `json:"outlet"`
	Title     string  `json:"title"`
	Byline    names   `json:"byline"`
	Published string  `json:"published"`
	Captured  string  `json:"captured"`
	Language  string  `json:"language"`
}

// names is a list of names, or one alone.
type names []string

func (n *names) UnmarshalJSON(data []byte) error {
	var single string
	if json.Unmarshal(data, &single) == nil {
		*n = nil
		if single != "" {
			*n = names{single}
		}
		return nil
	}
	return json.Unmarshal(data, (*[]string)(n))
}

// jsonArticle reads one article in JSON. Its text is kept exactly; of a reading that
// whence wrote, all of the article is, and the findings are made anew.
func jsonArticle(data []byte, about page.Options) (*whence.Article, error) {
	var in jsonForm
	if err := json.Unmarshal(data, &in); err != nil {
		return nil, notAnArticle(err)
	}
	switch {
	case in.Text == nil:
		return nil, fmt.Errorf(`%w article: it has no "text"`, whence.ErrMalformed)
	case *in.Text == "":
		return nil, fmt.Errorf(`%w: "text" is empty`, whence.ErrNoText)
	}
	if in.Whence != nil {
		return writtenArticle(data)
	}
	a := &whence.Article{
		Path: about.Path, URL: in.URL, Outlet: in.Outlet, Title: in.Title,
		Byline: in.Byline, Language: in.Language, Text: *in.Text,
	}
	if in.Path != "" {
		a.Path = in.Path
	}
	if !utf8.Valid(data) {
		a.Warnings = append(a.Warnings, "bytes that are not UTF-8 stand as U+FFFD in the text")
	}
	a.Published = jsonDate(a, "published", in.Published)
	a.Captured = jsonDate(a, "captured", in.Captured)
	page.Structure(a)
	return a, nil
}

// writtenArticle reads the article of a reading that whence wrote.
func writtenArticle(data []byte) (*whence.Article, error) {
	var r whence.Reading
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, fmt.Errorf("%w reading: %w", whence.ErrMalformed, err)
	}
	r = whence.Reading{Article: r.Article}
	if err := r.Check(); err != nil {
		return nil, fmt.Errorf("%w reading: %w", whence.ErrMalformed, err)
	}
	return &r.Article, nil
}

// jsonDate reads a date; one that can't be read is left out, with a warning.
func jsonDate(a *whence.Article, field, value string) whence.Date {
	if value == "" {
		return whence.Date{}
	}
	d, err := whence.ParseDate(value)
	if err != nil {
		a.Warnings = append(a.Warnings, fmt.Sprintf("%q is left out: %v", field, err))
	}
	return d
}

// notAnArticle says in words what is wrong with JSON.
func notAnArticle(err error) error {
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
		if wrong.Field == "" {
			return fmt.Errorf("%w article: a JSON %s, not an object", whence.ErrMalformed, wrong.Value)
		}
		return fmt.Errorf("%w article: %q is a JSON %s", whence.ErrMalformed, wrong.Field, wrong.Value)
	}
	return fmt.Errorf("%w JSON: %w", whence.ErrMalformed, err)
}
