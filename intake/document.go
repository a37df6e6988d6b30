package intake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"

	"whence"
	"whence/page"
)

// read recognises a source and reads it.
func (s *scan) read(src source) error {
	in := bufio.NewReaderSize(src.r, HeadSize)
	head, err := in.Peek(HeadSize)
	if err != nil && !errors.Is(err, io.EOF) {
		return opening(src.name, err)
	}
	format := Recognise(head, src.file)
	switch {
	case format == Gzip:
		return s.readGzip(src, in, head)
	case src.inFolder && (format == JSON || format == JSONLines) && !strings.Contains(textView(head), `"text"`):
		return nil // settings, lists and the like
	}
	return s.readAs(format, src, in)
}

// readAs reads a source of a known format.
func (s *scan) readAs(format Format, src source, in *bufio.Reader) error {
	if format == Code && !src.inFolder {
		format = Text // the user has named it
	}
	switch format {
	case HTML, Text:
		return s.readPage(format, src, in)
	case JSON:
		return s.readJSON(src, in)
	case JSONLines:
		return s.readLines(src, in)
	case Feed:
		return s.readFeed(src, in)
	case WARC:
		return s.readWARC(src, in)
	case WACZ, Zip:
		return s.readWACZ(src)
	}
	if src.inFolder && slices.Contains(quiet, format) {
		return nil
	}
	return refusal(format)
}

// refusal is the error of a format that is not read.
func refusal(format Format) error {
	err := fmt.Errorf("%w: %s", whence.ErrNotRecognised, format)
	switch format {
	case Unknown:
		err = whence.ErrNotRecognised
	case Empty:
		err = fmt.Errorf("the file is empty: %w", whence.ErrNoText)
	}
	hint := remedies[format]
	if hint == "" {
		hint = "whence reads HTML, plain text, JSON Lines, feeds, WARC and WACZ"
	}
	return &advisedError{err, hint}
}

// readGzip reads what is inside a gzip file.
func (s *scan) readGzip(src source, in *bufio.Reader, head []byte) error {
	src.file = strings.TrimSuffix(src.file, filepath.Ext(src.file))
	src.at, src.size = nil, 0
	inner, err := gunzipHead(head)
	if len(inner) == 0 && err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%w gzip: %w", whence.ErrMalformed, err)
	}
	switch format := Recognise(inner, src.file); format {
	case WARC:
		return s.readAs(WARC, src, in) // it finds the bounds of records in the gzip itself
	case Gzip, WACZ, Zip:
		return &advisedError{fmt.Errorf("%w: %s inside gzip", whence.ErrNotRecognised, format), "unpack it first: gunzip FILE"}
	default:
		r, err := gzip.NewReader(in)
		if err != nil {
			return fmt.Errorf("%w gzip: %w", whence.ErrMalformed, err)
		}
		return s.readAs(format, src, bufio.NewReaderSize(r, HeadSize))
	}
}

// gunzipHead is the beginning of what is inside a gzip file, of which head is
// the beginning.
func gunzipHead(head []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return nil, err
	}
	inner := make([]byte, HeadSize)
	n, err := io.ReadFull(r, inner)
	return inner[:n], err
}

// whole reads all of r, up to limit bytes.
func whole(r io.Reader, limit int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("cannot be read to its end: %w", err)
	case int64(len(data)) > limit:
		return nil, tooLarge(limit)
	}
	return data, nil
}

// readPage reads a file that is one article.
func (s *scan) readPage(format Format, src source, in io.Reader) error {
	data, err := whole(in, int64(s.opt.Page.Bytes))
	if err != nil {
		return err
	}
	return s.feed(item{name: src.name, size: int64(len(data)), find: func() found {
		return one(src.name)(pageOf(format, data, src.page))
	}})
}

// pageOf reads a page or plain text.
func pageOf(format Format, data []byte, opt page.Options) (*whence.Article, error) {
	if format == Text {
		return page.Plain(data, opt)
	}
	a, err := page.HTML(data, opt)
	if errors.Is(err, whence.ErrNoText) {
		err = &advisedError{err, "a page that is built by scripts must be saved from a browser"}
	}
	return a, err
}

// one makes a find of one article or the error in its place.
func one(name string) func(*whence.Article, error) found {
	return func(a *whence.Article, err error) found {
		if err != nil {
			return found{problem: trouble(name, err)}
		}
		return found{article: a}
	}
}
