package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/gzip"

	"whence"
)

// File is a WARC file that records are added to.
type File struct {
	file   *os.File
	writer *Writer
}

// Append opens the file at path to add records to it, and makes it if it is not
// there. A file that is there keeps its form, compressed or plain; a new one is
// plain if opt says so or its name ends in ".warc". One program at a time may
// add to a file.
//
// What is there is never changed: a file that is no WARC file, or that is cut
// short in its last record, is refused with an error that wraps
// whence.ErrNotRecognised or whence.ErrMalformed.
func Append(path string, opt Options) (*File, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, fmt.Errorf("opening a WARC file to add to: %w", err)
	}
	f, err := appendTo(file, opt)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("adding to %s: %w", path, err), file.Close())
	}
	return f, nil
}

func appendTo(file *os.File, opt Options) (*File, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, err
	}
	opt.Plain = opt.Plain || strings.HasSuffix(strings.ToLower(file.Name()), ".warc")
	if size > 0 {
		if opt.Plain, err = checkEnd(file, size); err != nil {
			return nil, err
		}
	}
	w, err := NewWriter(file, opt)
	if err != nil {
		return nil, err
	}
	w.out.n = size
	return &File{file, w}, nil
}

// checkEnd tells whether the WARC file is plain, and that it ends with a whole
// record.
func checkEnd(file io.ReaderAt, size int64) (plain bool, err error) {
	head := make([]byte, min(size, headSize))
	if _, err := file.ReadAt(head, 0); err != nil {
		return false, err
	}
	if !Recognise(head) {
		return false, &FormatError{"the file that is there is no WARC file", "choose another name; nothing was changed"}
	}
	if bytes.HasPrefix(head, gzipMagic) {
		return false, checkLastMember(file, size)
	}
	end := make([]byte, min(size, 4))
	if _, err := file.ReadAt(end, size-int64(len(end))); err != nil {
		return false, err
	}
	if len(trimSeparator(end)) > 0 {
		return false, cutShort(size)
	}
	return true, nil
}

func cutShort(size int64) error {
	return &Error{Position{Offset: size}, "the file that is there ends inside a record; nothing was added", whence.ErrMalformed}
}

// tailStep is how much of a file is searched at a time for its last record.
const tailStep = 1 << 20

// checkLastMember finds the last gzip member that begins with a record, and
// holds that it ends where the file ends. The members before it were whole
// when it was added.
func checkLastMember(file io.ReaderAt, size int64) error {
	var probe source
	buf := make([]byte, tailStep+headSize)
	for end := size; end > 0; end -= tailStep {
		from := max(end-tailStep, 0)
		n, err := file.ReadAt(buf[:min(int64(len(buf)), size-from)], from)
		if err != nil && !isEOF(err) {
			return err
		}
		ahead := buf[:n]
		// A magic that the step before cut in two is found now.
		for at := min(int(end-from)+len(gzipMagic)-1, n); ; {
			if at = bytes.LastIndex(ahead[:at], gzipMagic); at < 0 {
				break
			}
			if probe.memberAt(ahead[at:]) {
				return checkMember(io.NewSectionReader(file, from+int64(at), size-from-int64(at)), size)
			}
		}
	}
	return cutShort(size)
}

// checkMember holds that r is one whole gzip member.
func checkMember(r io.Reader, size int64) error {
	in := bufio.NewReader(r)
	z, err := gzip.NewReader(in)
	if err != nil {
		return cutShort(size)
	}
	z.Multistream(false)
	if _, err := io.Copy(io.Discard, z); err != nil {
		return cutShort(size)
	}
	if _, err := in.ReadByte(); !isEOF(err) {
		return cutShort(size)
	}
	return nil
}

// Write adds one record, as Writer.Write does. A record that could not be
// written whole is taken back, and later records can be added.
func (f *File) Write(d Draft) (Receipt, error) {
	start := f.writer.out.n
	receipt, err := f.writer.Write(d)
	if f.writer.err == nil {
		return receipt, err
	}
	if undo := f.rollBack(start); undo != nil {
		return Receipt{}, errors.Join(err, undo)
	}
	f.writer.err = nil
	return Receipt{}, err
}

// rollBack cuts the file back to its first size bytes.
func (f *File) rollBack(size int64) error {
	if err := f.file.Truncate(size); err != nil {
		return fmt.Errorf("taking back a record: %w", err)
	}
	if _, err := f.file.Seek(size, io.SeekStart); err != nil {
		return fmt.Errorf("taking back a record: %w", err)
	}
	f.writer.out.n = size
	return nil
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }
