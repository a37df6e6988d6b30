package intake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"whence"
	"whence/page"
	"whence/wacz"
	"whence/warc"
)

// mostWarnings is how many damaged places of one WARC file are named.
const mostWarnings = 100

// readWARC reads the pages of a WARC file.
func (s *scan) readWARC(src source, in io.Reader) error {
	t := &tally{name: src.name}
	n, err := s.records(src, src.name, in, t)
	if err != nil {
		return err
	}
	return s.feed(ended(t, count(n, "record", "records")))
}

// readWACZ reads the pages of the WARC files in a WACZ.
func (s *scan) readWACZ(src source) error {
	if src.at == nil {
		return &advisedError{fmt.Errorf("%w: a WACZ cannot be read in a stream", whence.ErrNotRecognised), "save it to a file and name that"}
	}
	archive, err := wacz.Open(src.at, src.size)
	if errors.Is(err, whence.ErrNotRecognised) {
		return refusal(Zip)
	}
	if err != nil {
		return err
	}
	t := &tally{name: src.name}
	records := 0
	for _, f := range archive.WARCs() {
		name := src.name + ", " + f.Name
		n, err := s.within(src, name, f, t)
		records += n
		if errors.Is(err, errStopped) {
			return err
		}
		if err != nil {
			if err := s.problem(name, t, err); err != nil {
				return err
			}
		}
	}
	if err := s.verify(src.name, archive, t); err != nil {
		return err
	}
	return s.feed(ended(t, count(records, "record", "records")))
}

// verify names where a WACZ is not what its own description and digests say.
// Its articles were read all the same; one without a description promises
// nothing that could be broken.
func (s *scan) verify(name string, archive *wacz.Archive, t *tally) error {
	report := archive.Verify()
	if report.Checked == 0 {
		return nil
	}
	for _, d := range report.Differences[:min(len(report.Differences), mostWarnings)] {
		if err := s.problem(name, t, errors.New(d.String())); err != nil {
			return err
		}
	}
	return nil
}

// within reads one WARC file of a WACZ.
func (s *scan) within(src source, name string, f wacz.File, t *tally) (records int, err error) {
	in, err := f.Open()
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	return s.records(src, name, in, t)
}

// records reads the records of one WARC file, called name, and counts them.
// Errors are named as they come; the one given is that nothing can be read.
func (s *scan) records(src source, name string, in io.Reader, t *tally) (n int, err error) {
	r, err := warc.NewReader(in)
	if err != nil {
		return 0, err
	}
	r.Limits.Body = int64(s.opt.Page.Bytes)
	for damages := 0; ; {
		rec, err := r.Next()
		for _, w := range r.Warnings() {
			if damages++; damages > mostWarnings {
				break
			}
			if err := s.problem(name, t, errors.New(w.String())); err != nil {
				return n, err
			}
		}
		if errors.Is(err, io.EOF) {
			return n, nil
		}
		if err != nil {
			return n, s.problem(name, t, err)
		}
		n++
		if err := s.record(src, rec, t); err != nil {
			return n, err
		}
	}
}

// problem names what is wrong with a part of an input; the rest goes on.
func (s *scan) problem(input string, t *tally, err error) error {
	return s.feed(item{name: input, tally: t, find: func() found { return found{problem: trouble(input, err)} }})
}

// record reads the page in a record, if it holds one.
func (s *scan) record(src source, rec *warc.Record, t *tally) error {
	c, err := open(rec)
	if c == nil && err == nil {
		return nil
	}
	name := src.name + "#" + rec.TargetURI()
	if err != nil {
		return s.problem(name, t, fmt.Errorf("the record cannot be read: %w", err))
	}
	body := bufio.NewReaderSize(c.body, HeadSize)
	head, _ := body.Peek(HeadSize) // an error comes again with the rest
	format := c.format(head)
	if format == "" {
		return nil
	}
	data, err := io.ReadAll(body)
	if errors.Is(err, whence.ErrTooLarge) {
		return s.problem(name, t, tooLarge(int64(s.opt.Page.Bytes)))
	}
	warnings := c.problems(err)
	about := src.page
	about.Path, about.URL, about.Captured, about.Charset = name, c.url, c.captured, charsetOf(c.mediaType)
	return s.feed(item{name: name, size: int64(len(data)), tally: t, find: func() found {
		return archived(format, data, about, warnings, t)
	}})
}

// archived reads one page of an archive.
func archived(format Format, data []byte, about page.Options, warnings []string, t *tally) found {
	if format == Feed {
		return entries(data, about, t)
	}
	a, err := pageOf(format, data, about)
	if errors.Is(err, whence.ErrNoText) {
		return found{passed: true}
	}
	f := one(about.Path)(a, err)
	if f.article != nil {
		f.article.Warnings = append(f.article.Warnings, warnings...)
	}
	return f
}

// captured is what a record captured at a web address.
type captured struct {
	record    *warc.Record
	response  *warc.Response // nil for a resource
	url       string
	captured  whence.Date
	mediaType string // as declared, with parameters
	body      io.Reader
}

// open opens a record, or gives nil if it can't hold a page.
func open(rec *warc.Record) (*captured, error) {
	c := &captured{record: rec, url: rec.TargetURI(), captured: rec.Date()}
	if !isWebAddress(c.url) || noPage(c.url) {
		return nil, nil
	}
	switch rec.Type() {
	case warc.TypeResource:
		var err error
		c.body, c.mediaType, err = rec.Payload()
		return c, err
	case warc.TypeResponse:
		resp, err := rec.HTTP()
		if errors.Is(err, warc.ErrNoHTTP) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if resp.Status != 0 && resp.Status/100 != 2 {
			return nil, nil
		}
		c.response, c.mediaType, c.body = resp, resp.Header.Get("Content-Type"), resp.Body
		return c, nil
	}
	return nil, nil
}

// wellKnown are files for programs at a site's root.
var wellKnown = []string{"/robots.txt", "/ads.txt", "/app-ads.txt", "/humans.txt", "/security.txt", "/llms.txt"}

// noPage tells whether an address is that of a file for programs.
func noPage(address string) bool {
	for _, w := range wellKnown {
		if strings.HasSuffix(address, w) {
			return true
		}
	}
	return strings.Contains(address, "/.well-known/")
}

// pageTypes are the media types under which pages and feeds are served, and
// which formats each may turn out to be. A type not listed is no page.
var pageTypes = map[string][]Format{
	"text/html":                {HTML, Feed},
	"application/xhtml+xml":    {HTML, Feed},
	"text/plain":               {HTML, Feed, Text},
	"text/xml":                 {HTML, Feed},
	"application/xml":          {HTML, Feed},
	"application/rss+xml":      {Feed},
	"application/atom+xml":     {Feed},
	"application/rdf+xml":      {Feed},
	"application/x-rss+xml":    {Feed},
	"text/rss+xml":             {Feed},
	"application/feed+json":    {Feed},
	"application/json":         {Feed},
	"application/octet-stream": {HTML, Feed},
	"unk":                      {HTML, Feed}, // as some crawlers put it
	"":                         {HTML, Feed},
}

// format is what the body is that begins with head, "" if it is no page. The
// declared type and the content must agree, for sites send much under the name
// of HTML and text that is for programs.
func (c *captured) format(head []byte) Format {
	kind, _, _ := strings.Cut(c.mediaType, ";")
	kind = strings.ToLower(strings.TrimSpace(kind))
	format := Recognise(head, fileOf(c.url))
	if format == Text && strings.Contains(kind, "html") {
		return HTML // a page without a tag that tells
	}
	for _, f := range pageTypes[kind] {
		if f == format {
			return format
		}
	}
	return ""
}

// problems says what is odd about a capture whose body was read to its end or
// to err.
func (c *captured) problems(err error) []string {
	var all []string
	if err != nil {
		all = append(all, fmt.Sprintf("the capture is incomplete: %v", err))
	}
	if c.response != nil {
		all = append(all, c.response.Problems()...)
	}
	for _, d := range c.record.Digests() {
		if p := d.Problem(); p != "" {
			all = append(all, p)
		}
	}
	return all
}

// fileOf is the file name in an address, without its query.
func fileOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Path == "" || strings.HasSuffix(u.Path, "/") {
		return ""
	}
	return path.Base(u.Path)
}

// charsetOf is the charset parameter of a media type, "" if it has none.
func charsetOf(mediaType string) string {
	for _, parameter := range strings.Split(mediaType, ";")[1:] {
		name, value, _ := strings.Cut(parameter, "=")
		if strings.EqualFold(strings.TrimSpace(name), "charset") {
			return strings.Trim(strings.TrimSpace(value), `"'`)
		}
	}
	return ""
}

// received reads an HTTP response as it came over the network: with the code
// that also reads it from the file it is kept in.
func received(address string, response []byte, limit int64) (*captured, error) {
	head := fmt.Sprintf("WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\n"+
		"Content-Type: application/http\r\nContent-Length: %d\r\n\r\n", address, len(response))
	r, err := warc.NewReader(io.MultiReader(strings.NewReader(head), bytes.NewReader(response)))
	if err != nil {
		return nil, err
	}
	r.Limits.Body = limit
	rec, err := r.Next()
	if err != nil {
		return nil, err
	}
	resp, err := rec.HTTP()
	if err != nil {
		return nil, err
	}
	return &captured{record: rec, response: resp, url: address, mediaType: resp.Header.Get("Content-Type"), body: resp.Body}, nil
}
