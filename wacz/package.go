package wacz

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"time"

	"whence"
)

// Package is what datapackage.json says of the archive. What it does not say
// is zero.
type Package struct {
	Title    string
	Version  string // of WACZ: "1.1.1"
	Software string
	Created  whence.Date
	Modified whence.Date

	resources []resource
}

// resource is one file that datapackage.json describes.
type resource struct {
	Path  words
	Hash  words
	Bytes *int64
	// As version 1.0 has it:
	Hashing words
	Stats   struct {
		Hash  words
		Bytes *int64
	}
}

// words is a string of JSON, or nothing where there is something else.
type words string

func (w *words) UnmarshalJSON(data []byte) error {
	var s string
	if json.Unmarshal(data, &s) == nil {
		*w = words(s)
	}
	return nil
}

// date reads a date, or nothing where it cannot be read.
func (w words) date() whence.Date {
	d, err := whence.ParseDate(string(w))
	if err != nil {
		return whence.Date{}
	}
	return d
}

// describe reads datapackage.json.
func (a *Archive) describe() error {
	data, err := a.read(packageName)
	if err != nil {
		return err
	}
	var in struct {
		Title     words
		Version   words `json:"wacz_version"`
		Software  words
		Created   words
		Modified  words
		Metadata  struct{ Title words }
		Resources []resource
	}
	if err := json.Unmarshal(data, &in); err != nil {
		return fmt.Errorf("%s is %w: %w", packageName, whence.ErrMalformed, err)
	}
	if in.Title == "" {
		in.Title = in.Metadata.Title
	}
	if len(in.Resources) > a.limits.Entries {
		return fmt.Errorf("%s lists %d files: %w (%d)", packageName, len(in.Resources), whence.ErrTooLarge, a.limits.Entries)
	}
	a.Package = Package{
		string(in.Title), string(in.Version), string(in.Software),
		in.Created.date(), in.Modified.date(), in.Resources,
	}
	return nil
}

// read gives a small file of the archive whole.
func (a *Archive) read(name string) ([]byte, error) {
	f := a.find(name)
	if f == nil {
		return nil, fmt.Errorf("there is no %s", name)
	}
	r, err := File{Name: name, zip: f, limits: a.limits}.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close() //nolint:errcheck // read only
	data, err := io.ReadAll(io.LimitReader(r, a.limits.Describe+1))
	if err == nil && int64(len(data)) > a.limits.Describe {
		err = fmt.Errorf("%s: %w (%d bytes)", name, whence.ErrTooLarge, a.limits.Describe)
	}
	return data, err
}

// Page is one page of the archive's list of pages.
type Page struct {
	URL   string
	Title string
	ID    string
	Time  whence.Date // when it was captured
}

// Pages gives the pages that the archive lists in pages/*.jsonl, in the order
// of the zip's directory. An error is about one line or one file, and the
// sequence goes on after it.
func (a *Archive) Pages() iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		for _, f := range a.files {
			if strings.HasPrefix(f.Name, pagesDir) && strings.HasSuffix(f.Name, ".jsonl") && !a.pages(f, yield) {
				return
			}
		}
	}
}

// pages gives the pages of one list, and false if no more are wanted.
func (a *Archive) pages(f *zip.File, yield func(Page, error) bool) bool {
	r, err := File{Name: f.Name, zip: f, limits: a.limits}.Open()
	if err != nil {
		return yield(Page{}, err)
	}
	defer r.Close() //nolint:errcheck // read only
	in := bufio.NewReaderSize(r, 64<<10)
	for n := 1; ; n++ {
		line, err := readLine(in, a.limits.Describe)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, errLongLine) {
			return yield(Page{}, err)
		}
		page, wrong := parsePage(line)
		if errors.Is(err, errLongLine) {
			wrong = err
		}
		if wrong != nil {
			wrong = fmt.Errorf("%q line %d: %w", f.Name, n, wrong)
		}
		if (wrong != nil || page.URL != "") && !yield(page, wrong) {
			return false
		}
		if errors.Is(err, io.EOF) {
			return true
		}
	}
}

// parsePage reads one line. The first line of a list, which names its format,
// and blank lines are no pages, and no errors.
func parsePage(line []byte) (Page, error) {
	line = bytes.TrimSpace(line)
	if len(line) == 0 {
		return Page{}, nil
	}
	var in struct {
		URL, Title, ID, Format words
		TS                     json.RawMessage
	}
	if err := json.Unmarshal(line, &in); err != nil {
		return Page{}, fmt.Errorf("%w: %w", whence.ErrMalformed, err)
	}
	if in.URL == "" && in.Format == "" {
		return Page{}, fmt.Errorf("a page without a url: %w", whence.ErrMalformed)
	}
	return Page{string(in.URL), string(in.Title), string(in.ID), timestamp(in.TS)}, nil
}

// timestamp reads a time as ISO 8601, or as milliseconds since 1970, the way
// early programs wrote it.
func timestamp(raw json.RawMessage) whence.Date {
	var text words
	var ms int64
	if json.Unmarshal(raw, &ms) == nil && ms > 0 && ms < 1<<48 {
		return whence.NewDate(time.UnixMilli(ms).UTC(), whence.Second)
	}
	if json.Unmarshal(raw, &text) != nil {
		return whence.Date{}
	}
	return text.date()
}

// errLongLine: a line is past the limit, and was passed over.
var errLongLine = fmt.Errorf("a line that is %w", whence.ErrTooLarge)

// readLine reads a line of at most limit bytes. A longer one is read to its
// end and gives errLongLine.
func readLine(r *bufio.Reader, limit int64) ([]byte, error) {
	var line []byte
	long := false
	for {
		part, err := r.ReadSlice('\n')
		long = long || int64(len(line)+len(part)) > limit
		if !long {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err == nil && long:
			return nil, errLongLine
		}
		return line, err
	}
}
