package warc

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"whence"
)

// Header holds the named fields of a record, or of a response, in order.
type Header []Field

// Field is one named field.
type Field struct{ Name, Value string }

// Get is the first value of the field, case-insensitively, or "".
func (h Header) Get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			return f.Value
		}
	}
	return ""
}

// Values are all values of the field, case-insensitively, in order.
func (h Header) Values(name string) []string {
	var values []string
	for _, f := range h {
		if strings.EqualFold(f.Name, name) {
			values = append(values, f.Value)
		}
	}
	return values
}

// errBodyBegins: a line of a header can only be the first of the body.
var errBodyBegins = errors.New("the header has no blank line at its end")

// blanks may stand around a field's name and value.
const blanks = " \t\r"

// headerParser collects named fields line by line.
type headerParser struct {
	fields    Header
	value     []byte // of the last field, which may go on in the next line
	size      int
	maxSize   int
	maxFields int
	odd       int // lines that are no field
}

// add takes one line without its line end. A line that begins with a blank
// goes on with the field before (folded headers).
func (p *headerParser) add(line []byte) error {
	p.size += len(line)
	if p.size > p.maxSize {
		return fmt.Errorf("a header of more than %d bytes: %w", p.maxSize, whence.ErrTooLarge)
	}
	if line[0] == ' ' || line[0] == '\t' {
		p.unfold(bytes.Trim(line, blanks))
		return nil
	}
	name, value, found := bytes.Cut(line, []byte{':'})
	name = bytes.Trim(name, blanks)
	if !found || len(name) == 0 {
		if line[0] == '<' {
			return errBodyBegins
		}
		p.odd++
		return nil
	}
	if len(p.fields) == p.maxFields {
		return fmt.Errorf("a header of more than %d fields: %w", p.maxFields, whence.ErrTooLarge)
	}
	p.finish()
	p.fields = append(p.fields, Field{Name: string(name)})
	p.value = append(p.value, bytes.Trim(value, blanks)...)
	return nil
}

func (p *headerParser) unfold(line []byte) {
	if len(p.fields) == 0 || len(line) == 0 {
		p.odd++
		return
	}
	if len(p.value) > 0 {
		p.value = append(p.value, ' ')
	}
	p.value = append(p.value, line...)
}

// finish ends the last field and gives the header.
func (p *headerParser) finish() Header {
	if n := len(p.fields); n > 0 {
		p.fields[n-1].Value = string(p.value)
	}
	p.value = p.value[:0]
	return p.fields
}

// readLine reads one line of at most limit bytes and gives it without its line
// end (LF, or CRs and LF). The line is valid until the next read. A last line without
// a line end comes with io.EOF.
func readLine(r *bufio.Reader, limit int) ([]byte, error) {
	line, err := r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		line = bytes.Clone(line)
		for errors.Is(err, bufio.ErrBufferFull) && len(line) <= limit {
			var more []byte
			more, err = r.ReadSlice('\n')
			line = append(line, more...)
		}
	}
	if len(line) > limit {
		return nil, fmt.Errorf("a line of more than %d bytes: %w", limit, whence.ErrTooLarge)
	}
	if err == nil {
		line = bytes.TrimRight(line[:len(line)-1], "\r")
	}
	return line, err
}

// isEOF tells the plain end of input from everything else that may go wrong.
func isEOF(err error) bool { return errors.Is(err, io.EOF) }
