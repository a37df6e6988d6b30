package warc

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// SpoolMemory is how much of a payload is held in memory, in bytes, until its
// length and digests are known. The rest waits in a temporary file.
const SpoolMemory = 1 << 20

// spool holds bytes until they can be written.
type spool struct {
	memory bytes.Buffer
	file   *os.File // nil as long as memory suffices
	size   int64
}

// fill takes all of r; what is read also goes to also.
func (s *spool) fill(r io.Reader, also io.Writer) error {
	n, err := io.Copy(io.MultiWriter(&s.memory, also), io.LimitReader(r, SpoolMemory))
	s.size = n
	if err != nil || n < SpoolMemory {
		return err
	}
	if s.file, err = os.CreateTemp("", "whence-*.spool"); err != nil {
		return fmt.Errorf("making room for a payload: %w", err)
	}
	n, err = io.Copy(io.MultiWriter(s.file, also), r)
	s.size += n
	return err
}

// WriteTo writes everything.
func (s *spool) WriteTo(w io.Writer) (int64, error) {
	n, err := s.memory.WriteTo(w)
	if err != nil || s.file == nil {
		return n, err
	}
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return n, err
	}
	more, err := io.Copy(w, s.file)
	return n + more, err
}

// close gives the room back.
func (s *spool) close() error {
	if s.file == nil {
		return nil
	}
	return errors.Join(s.file.Close(), os.Remove(s.file.Name()))
}
