package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"whence"
	"whence/page"
)

// scan goes through the inputs in order, on one goroutine, and feeds what they
// hold, item by item, to put. put says false when the work is to stop.
type scan struct {
	ctx     context.Context
	opt     Options
	meter   *meter
	put     func(item) bool
	fetcher *fetcher // made for the first web address
	seen    map[string]bool
}

// errStopped says that the work is to stop.
var errStopped = errors.New("stopped")

// source is one thing to be read: a file, standard input, a response.
type source struct {
	name     string      // as the user named it
	file     string      // its file name, a hint at the format
	inFolder bool        // found in a folder, not named
	r        io.Reader   // from the beginning
	at       io.ReaderAt // the same at any place; nil if it can only be read in order
	size     int64       // for at
	page     page.Options
}

func (s *scan) inputs(inputs []string) {
	if s.opt.Progress != nil {
		s.meter.total.Store(totalSize(s.ctx, inputs))
	}
	defer s.attempt(s.opt.Keep, s.close)
	for _, input := range inputs {
		s.seen = map[string]bool{}
		if !s.attempt(withoutPassword(s.called(input)), func() error { return s.input(input) }) {
			return
		}
	}
}

// close closes what the inputs have opened.
func (s *scan) close() error {
	if s.fetcher == nil || s.fetcher.keeper == nil {
		return nil
	}
	return s.fetcher.keeper.close()
}

// attempt runs read, and makes its error or panic the problem of input. It
// says false when the work is to stop.
func (s *scan) attempt(input string, read func() error) bool {
	var problem *Problem
	err := safely(input, read)
	switch {
	case err == nil:
		return true
	case errors.Is(err, errStopped), s.ctx.Err() != nil:
		return false
	case !errors.As(err, &problem):
		problem = trouble(input, err)
	}
	return s.put(item{name: input, find: func() found { return found{problem: problem} }})
}

// safely turns a panic of read into a problem.
func safely(input string, read func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = panicked(input, v)
		}
	}()
	return read()
}

// feed hands over one item.
func (s *scan) feed(it item) error {
	if !s.put(it) {
		return errStopped
	}
	return nil
}

// input reads one input of the user.
func (s *scan) input(input string) error {
	s.meter.begin(s.called(input))
	switch {
	case input == "-":
		return s.stdin()
	case isWebAddress(input):
		return s.address(input)
	case strings.Contains(input, "://"):
		return &Problem{Input: input, Err: errors.New("only http and https addresses are fetched"), Hint: "save it to a file first"}
	}
	info, err := os.Stat(input)
	if err != nil {
		return opening(s.called(input), err)
	}
	if !info.IsDir() {
		return s.file(input, info, false)
	}
	files, err := s.folder(input)
	if err == nil && files == 0 {
		return &Problem{Input: input, Err: errors.New("the folder holds no file that could be read")}
	}
	return err
}

// called is what an input goes by.
func (s *scan) called(input string) string {
	if name, ok := s.opt.Names[input]; ok {
		return name
	}
	return input
}

// about is what is known of every page of an input.
func (s *scan) about(path string) page.Options {
	return page.Options{Path: path, Limits: s.opt.Page}
}

func (s *scan) stdin() error {
	if s.opt.Stdin == nil {
		return errors.New("there is no standard input")
	}
	r := &patient{ctx: s.ctx, r: s.opt.Stdin}
	return s.read(source{name: "-", r: metered{s.ctx, r, s.meter}, page: s.about("-")})
}

// file reads one file.
func (s *scan) file(path string, info fs.FileInfo, inFolder bool) (err error) {
	name := s.called(path)
	src := source{name: name, file: filepath.Base(name), inFolder: inFolder, page: s.about(name)}
	if !info.Mode().IsRegular() {
		// A pipe waits for its writer already when it is opened.
		r := &patient{ctx: s.ctx, r: &pipe{path: path}}
		src.r = metered{s.ctx, r, s.meter}
		return s.read(src)
	}
	f, err := os.Open(path)
	if err != nil {
		return opening(name, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	src.r, src.at, src.size = metered{s.ctx, f, s.meter}, meteredAt{s.ctx, f, s.meter}, info.Size()
	return s.read(src)
}

// pipe is a file that is opened by its first Read and closed at its end.
type pipe struct {
	path string
	f    *os.File
}

func (p *pipe) Read(to []byte) (int, error) {
	if p.f == nil {
		f, err := os.Open(p.path)
		if err != nil {
			return 0, err
		}
		p.f = f
	}
	n, err := p.f.Read(to)
	if err != nil {
		if closing := p.f.Close(); closing != nil && errors.Is(err, io.EOF) {
			err = closing
		}
	}
	return n, err
}

// folder reads the files of a folder and of the folders in it, in the order of
// their names, and counts those it tried.
func (s *scan) folder(dir string) (files int, err error) {
	real, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return 0, opening(dir, err)
	}
	if s.seen[real] {
		return 0, nil // a link has led here again
	}
	s.seen[real] = true
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0, opening(dir, err)
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if passedOver(e.Name(), entries) {
			continue
		}
		goOn := s.attempt(path, func() error {
			n, err := s.entry(path)
			files += n
			return err
		})
		if !goOn {
			return files, errStopped
		}
	}
	return files, nil
}

// entry reads one file or folder of a folder.
func (s *scan) entry(path string) (files int, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return 1, opening(path, err)
	}
	if info.IsDir() {
		return s.folder(path)
	}
	if !info.Mode().IsRegular() {
		return 0, nil // no one meant a pipe or device by naming a folder
	}
	s.meter.begin(path)
	return 1, s.file(path, info, true)
}

// besidePage are the ends of the folders in which browsers save what belongs
// to a page.
var besidePage = []string{"_files", ".files", "-Dateien", "_archivos", "_fichiers", "_bestanden", "_arquivos"}

// passedOver tells whether an entry of a folder is hidden, or is the folder
// that a browser saved beside a page.
func passedOver(name string, entries []os.DirEntry) bool {
	if strings.HasPrefix(name, ".") {
		return true
	}
	for _, end := range besidePage {
		page, ok := strings.CutSuffix(name, end)
		if ok && (hasEntry(entries, page+".html") || hasEntry(entries, page+".htm")) {
			return true
		}
	}
	return false
}

// hasEntry looks name up in entries, which are in the order of their names.
func hasEntry(entries []os.DirEntry, name string) bool {
	_, ok := slices.BinarySearchFunc(entries, name, func(e os.DirEntry, name string) int {
		return strings.Compare(e.Name(), name)
	})
	return ok
}

// totalSize is the size of all inputs in bytes, 0 if one of them does not tell.
func totalSize(ctx context.Context, inputs []string) int64 {
	var total int64
	for _, input := range inputs {
		info, err := os.Stat(input)
		switch {
		case input == "-" || isWebAddress(input):
			return 0
		case err != nil:
		case info.IsDir():
			total += folderSize(ctx, input)
		case !info.Mode().IsRegular():
			return 0
		default:
			total += info.Size()
		}
	}
	return total
}

// folderSize is about how many bytes a folder holds. Links to folders are left
// out; the sum is for a progress bar.
func folderSize(ctx context.Context, dir string) int64 {
	var total int64
	// What can't be looked at now is named when it is to be read.
	_ = filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err == nil && path != dir && strings.HasPrefix(e.Name(), ".") {
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if err == nil && e.Type().IsRegular() {
			if info, err := e.Info(); err == nil {
				total += info.Size()
			}
		}
		return nil
	})
	return total
}

// tooLarge is the error of what is past a limit of bytes.
func tooLarge(limit int64) error {
	return fmt.Errorf("%w of %s", whence.ErrTooLarge, inBytes(limit))
}

// inBytes is a number of bytes in words for people.
func inBytes(n int64) string {
	for _, unit := range []struct {
		size int64
		name string
	}{{1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}} {
		if n >= unit.size && n%unit.size == 0 {
			return fmt.Sprintf("%d %s", n/unit.size, unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", n)
}
