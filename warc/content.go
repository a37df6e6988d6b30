package warc

import (
	"errors"
	"fmt"
	"io"
)

// errPassed: the content is asked for after the reader went on.
var errPassed = errors.New("the reader has gone on to the next record")

// content streams the block of one record.
type content struct {
	reader  *Reader
	record  Position
	left    int64 // bytes still to come; unknown if the record gives no length
	length  int64 // bytes in all, as the record says; unknown likewise
	given   int64
	digests *digester
	err     error

	// For a content of unknown length:
	safe      int64 // bytes ahead that are known to be content
	lineStart bool  // the byte after those begins a line
}

// unknown is the length of a content whose record gives none.
const unknown = -1

// Read gives the block's bytes to the digests, too.
func (c *content) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	var n int
	err := c.step(func(most int64) (int, error) {
		var err error
		n, err = c.reader.src.cur().Read(p[:min(int64(len(p)), most)])
		return n, err
	})
	if n > 0 {
		c.digests.Write(p[:n])
		return n, nil
	}
	return 0, err
}

// skipStep is how much of a content is passed at a time.
const skipStep = window

// skip passes what is left of the content.
func (c *content) skip() error {
	for {
		err := c.step(func(most int64) (int, error) {
			return c.reader.src.cur().Discard(int(min(most, skipStep)))
		})
		if isEOF(err) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// whole tells whether everything was read, so that digests can be compared.
func (c *content) whole() bool { return c.left == 0 && (c.err == nil || isEOF(c.err)) }

// step takes some bytes of the content, at most as many as take is told, and
// passes over the end of a gzip member. It gives io.EOF at the end.
func (c *content) step(take func(most int64) (int, error)) error {
	for c.err == nil {
		most, err := c.most()
		if most == 0 && err == nil {
			c.err = io.EOF
			break
		}
		var n int
		if err == nil {
			n, err = take(most)
		}
		c.took(int64(n))
		if n > 0 {
			return nil // an error comes again with the next read
		}
		if err != nil {
			c.err = c.ended(err)
		}
	}
	return c.err
}

func (c *content) took(n int64) {
	c.given += n
	if c.left != unknown {
		c.left -= n
		return
	}
	c.safe -= n
}

// most is how many bytes may be taken now.
func (c *content) most() (int64, error) {
	if c.left != unknown {
		return c.left, nil
	}
	if c.safe > 0 {
		return c.safe, nil
	}
	return c.look()
}

// look finds out how much of what lies ahead belongs to a content of unknown
// length: everything up to a version line that begins a line, without the
// blank line before it.
func (c *content) look() (int64, error) {
	ahead, err := c.reader.src.cur().Peek(window)
	if len(ahead) == 0 {
		return 0, err
	}
	if at := c.recordIn(ahead); at >= 0 {
		c.left = int64(len(trimSeparator(ahead[:at])))
		return c.left, nil
	}
	if err != nil && isEOF(err) && !c.reader.src.mayStraddle() {
		c.left = int64(len(trimSeparator(ahead)))
		return c.left, nil
	}
	// What may be the beginning of a separator and a version line waits, unless
	// nothing comes after it.
	c.safe = int64(len(ahead))
	if err == nil {
		c.safe -= 2 * versionLine
	}
	c.lineStart = ahead[c.safe-1] == '\n'
	return c.safe, nil
}

// recordIn is where in ahead a version line begins a line, or in the file
// itself a gzip member with a record; -1 if there is none.
func (c *content) recordIn(ahead []byte) int {
	for from := 0; ; {
		at := indexRecord(ahead[from:])
		if at < 0 {
			return c.reader.src.memberOr(ahead, -1)
		}
		at += from
		if at == 0 && c.lineStart || at > 0 && ahead[at-1] == '\n' {
			return c.reader.src.memberOr(ahead, at)
		}
		from = at + 1
	}
}

// ended explains the end of the bytes before the end of the content, and gives
// the error that Read ends with.
func (c *content) ended(err error) error {
	r := c.reader
	switch {
	case isEOF(err) && r.src.inside:
		if r.src.straddle(r.limits) {
			return nil
		}
		if c.left > 0 {
			r.warn(c.record, "the record's Content-Length is %d, but its gzip member holds %d bytes of content", c.length, c.given)
		}
		c.left = 0
		return io.EOF
	case isEOF(err) && c.left == unknown:
		c.left = 0
		return io.EOF
	case isEOF(err), errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{c.record, c.clipped(), io.ErrUnexpectedEOF}
	}
	return &Error{c.record, fmt.Sprintf("the record cannot be read past %d bytes of its content: %v", c.given, err), err}
}

func (c *content) clipped() string {
	if c.left == unknown {
		return fmt.Sprintf("the file is cut short inside a record: %d bytes of its content are there", c.given)
	}
	return fmt.Sprintf("the file is cut short inside a record: %d of the %d bytes of its content are there", c.given, c.length)
}

// close ends the content: whoever still reads from it gets an error.
func (c *content) close() { c.err = errPassed }
