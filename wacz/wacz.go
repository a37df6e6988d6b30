// Package wacz reads WACZ files: WARC files, an index and a list of pages in
// one zip, described by a datapackage.json (Web Archive Collection Zipped,
// versions 1.0 to 1.1.1).
//
// It promises that
//
//   - the WARC files inside are given as streams, in the order of the zip's
//     directory, stored or deflated; package warc reads what they hold;
//   - a zip bomb stops at a documented limit ([Limits]) with
//     whence.ErrTooLarge;
//   - the names inside the zip are data: they are compared and printed, never
//     used as paths, so "../" in one leads nowhere;
//   - what the archive lacks is said in [Archive.Problems], what differs from
//     its own description by [Archive.Verify]; neither keeps the WARC files
//     from being read.
//
// It refuses files whose zip directory is missing (a file cut short, since the
// directory stands at its end), and zips without a WARC file. A signature is
// reported as present; it is not verified.
package wacz

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"whence"
)

// The names that the standard fixes.
const (
	packageName = "datapackage.json"
	digestName  = "datapackage-digest.json"
	archiveDir  = "archive/"
	pagesDir    = "pages/"
)

// Limits bound what opening and reading an archive may take. A zero field
// stands for its default.
type Limits struct {
	Entries   int   // files in the zip; default [MaxEntries]
	Directory int64 // bytes read to open the zip, mostly its directory; default [MaxDirectory]
	Describe  int64 // bytes of datapackage.json, and of one line of a list of pages; default [MaxDescribe]
	Expanded  int64 // bytes of all files unpacked; default [MaxExpanded]
	Ratio     int64 // bytes one stored byte may unpack to, looked at past RatioFrom; default [MaxRatio]
	RatioFrom int64 // bytes unpacked; default [MaxRatioFrom]
}

// The defaults of Limits. A large crawl is some hundred WARC files of 1 GB.
const (
	MaxEntries   = 10_000
	MaxDirectory = 8 << 20
	MaxDescribe  = 8 << 20
	MaxExpanded  = 1 << 40
	MaxRatio     = 200
	MaxRatioFrom = 64 << 20
)

// orDefault gives the limits with every field that is not set at its default.
func (l Limits) orDefault() Limits {
	return Limits{
		Entries:   or(l.Entries, MaxEntries),
		Directory: or(l.Directory, MaxDirectory),
		Describe:  or(l.Describe, MaxDescribe),
		Expanded:  or(l.Expanded, MaxExpanded),
		Ratio:     or(l.Ratio, MaxRatio),
		RatioFrom: or(l.RatioFrom, MaxRatioFrom),
	}
}

func or[T int | int64](limit, byDefault T) T {
	if limit > 0 {
		return limit
	}
	return byDefault
}

// Archive is an open WACZ file.
type Archive struct {
	// Package is what datapackage.json says; zero where there is none.
	Package Package

	limits   Limits
	files    []*zip.File
	warcs    []File
	problems []string
}

// zipMagic begins every zip file that holds something.
var zipMagic = []byte("PK\x03\x04")

// Recognise tells from the first bytes of a file whether it is a zip. Whether
// the zip is a WACZ stands at its end, so Open decides.
func Recognise(head []byte) bool { return bytes.HasPrefix(head, zipMagic) }

// Open reads the zip directory of a WACZ of size bytes, within the default
// limits.
//
// Errors wrap whence.ErrNotRecognised (a zip that is no WACZ),
// whence.ErrMalformed (no zip directory, overlapping files, or a description
// without WARC files), whence.ErrTooLarge, or are those of r.
func Open(r io.ReaderAt, size int64) (*Archive, error) { return OpenWithin(Limits{}, r, size) }

// OpenWithin is Open with other limits.
func OpenWithin(limits Limits, r io.ReaderAt, size int64) (*Archive, error) {
	a := &Archive{limits: limits.orDefault()}
	if err := a.directory(r, size); err != nil {
		return nil, err
	}
	if err := a.measure(size); err != nil {
		return nil, err
	}
	a.findWARCs()
	described := a.find(packageName) != nil
	switch {
	case len(a.warcs) == 0 && described:
		return nil, fmt.Errorf("WACZ without a WARC file: %w", whence.ErrMalformed)
	case len(a.warcs) == 0:
		return nil, fmt.Errorf("zip file without a WARC file and without %s: %w", packageName, whence.ErrNotRecognised)
	}
	if err := a.describe(); err != nil {
		a.problem("%v", err)
	}
	return a, nil
}

// Problems says in words what the archive lacks or has in the wrong place.
func (a *Archive) Problems() []string { return a.problems }

func (a *Archive) problem(format string, args ...any) {
	a.problems = append(a.problems, fmt.Sprintf(format, args...))
}

// directory reads the zip's directory. What it may read is budgeted, since
// package zip goes on as long as there are entries.
func (a *Archive) directory(r io.ReaderAt, size int64) error {
	budget := &budgeted{r: r, left: a.limits.Directory}
	z, err := zip.NewReader(budget, size)
	switch {
	case budget.spent:
		return fmt.Errorf("zip directory: %w (%d bytes)", whence.ErrTooLarge, a.limits.Directory)
	case errors.Is(err, zip.ErrFormat), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("zip file without a directory at its end, perhaps cut short: %w", whence.ErrMalformed)
	case err != nil && !errors.Is(err, zip.ErrInsecurePath): // names are no paths here
		return fmt.Errorf("reading a zip directory: %w", err)
	}
	budget.open = true
	if len(z.File) > a.limits.Entries {
		return fmt.Errorf("zip file with %d files: %w (%d)", len(z.File), whence.ErrTooLarge, a.limits.Entries)
	}
	a.files = z.File
	return nil
}

// measure holds the sizes that the directory declares against the limits and
// the size of the file. Files that share bytes are a way to build bombs.
func (a *Archive) measure(size int64) error {
	var stored, unpacked uint64
	for _, f := range a.files {
		stored += min(f.CompressedSize64, 1<<62)
		unpacked += min(f.UncompressedSize64, 1<<62)
		if stored > uint64(size) {
			return fmt.Errorf("zip file whose files overlap: %w", whence.ErrMalformed)
		}
		if unpacked > uint64(a.limits.Expanded) {
			return fmt.Errorf("zip file that unpacks to %w (%d bytes)", whence.ErrTooLarge, a.limits.Expanded)
		}
	}
	return nil
}

// findWARCs lists the WARC files, wherever they are.
func (a *Archive) findWARCs() {
	elsewhere := 0
	for _, f := range a.files {
		name := strings.ToLower(f.Name)
		if !strings.HasSuffix(name, ".warc") && !strings.HasSuffix(name, ".warc.gz") {
			continue
		}
		a.warcs = append(a.warcs, File{Name: f.Name, Size: int64(f.UncompressedSize64), zip: f, limits: a.limits})
		if !strings.HasPrefix(f.Name, archiveDir) {
			elsewhere++
		}
	}
	if elsewhere > 0 {
		a.problem("WARC files outside of %s: %d", archiveDir, elsewhere)
	}
}

// find is the first file of the zip with the name, or nil.
func (a *Archive) find(name string) *zip.File {
	for _, f := range a.files {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// WARCs are the WARC files of the archive, in the order of the zip's directory.
func (a *Archive) WARCs() []File { return a.warcs }

// File is one file of the archive.
type File struct {
	Name string // as the zip gives it: data, not a path
	Size int64  // in bytes, unpacked, as the zip declares

	zip    *zip.File
	limits Limits
}

// Base is the last part of the name.
func (f File) Base() string { return path.Base(f.Name) }

// Open gives the unpacked bytes as a stream. It ends with an error that wraps
// whence.ErrTooLarge for a bomb and whence.ErrMalformed where the zip's
// checksum or size does not hold.
func (f File) Open() (io.ReadCloser, error) {
	const encrypted = 1
	if f.zip.Flags&encrypted != 0 {
		return nil, fmt.Errorf("%q is encrypted: %w", f.Name, whence.ErrNotRecognised)
	}
	r, err := f.zip.Open()
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return nil, fmt.Errorf("%q is compressed with method %d: %w", f.Name, f.zip.Method, whence.ErrNotRecognised)
	case errors.Is(err, zip.ErrFormat):
		return nil, fmt.Errorf("%q is not where the zip directory says: %w", f.Name, whence.ErrMalformed)
	case err != nil:
		return nil, fmt.Errorf("opening %q: %w", f.Name, err)
	}
	return &unpacked{ReadCloser: r, file: f}, nil
}

// unpacked streams one file and stops a bomb.
type unpacked struct {
	io.ReadCloser
	file File
	n    int64
}

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.ReadCloser.Read(p)
	u.n += int64(n)
	l := u.file.limits
	switch {
	case u.n > l.RatioFrom && u.n/l.Ratio > int64(u.file.zip.CompressedSize64):
		return n, fmt.Errorf("%q unpacks to more than %d times its size: %w", u.file.Name, l.Ratio, whence.ErrTooLarge)
	case err == nil, errors.Is(err, io.EOF):
		return n, err
	}
	return n, fmt.Errorf("unpacking %q after %d bytes: %w: %w", u.file.Name, u.n, whence.ErrMalformed, err)
}

// budgeted lets so many bytes be read, until open is set.
type budgeted struct {
	r     io.ReaderAt
	left  int64
	spent bool
	open  bool
}

func (b *budgeted) ReadAt(p []byte, off int64) (int, error) {
	if b.open {
		return b.r.ReadAt(p, off)
	}
	if b.left -= int64(len(p)); b.left < 0 {
		b.spent = true
		return 0, whence.ErrTooLarge
	}
	return b.r.ReadAt(p, off)
}
