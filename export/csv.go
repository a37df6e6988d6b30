package export

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// csvForm is comma-separated values (RFC 4180) that open right in a spreadsheet:
// UTF-8 with a byte-order mark, without which Excel takes another encoding; every
// text in quotation marks, numbers without; no cell that would be run.
type csvForm struct{}

func (csvForm) packed() bool { return false }

func (csvForm) about() string {
	return "UTF-8 with a byte-order mark. A text that begins with = + - @, a tab, a line end or ' has a ' put before it, so that no spreadsheet runs it as a formula: whoever takes one ' off every text that begins with one has what was there. A text too long for a spreadsheet's cell is cut, and ends in the number of characters that are left out; the article has it at the places given."
}

func (csvForm) columns(t *table) []column {
	return slices.DeleteFunc(slices.Clone(t.columns), func(c column) bool { return c.wide })
}

func (f csvForm) open(t *table, w io.Writer) (sheet, error) {
	s := &csvSheet{w: w, line: []byte("\uFEFF")}
	for i, c := range t.columns {
		if s.wide = append(s.wide, c.wide); c.wide {
			continue
		}
		if i > 0 {
			s.line = append(s.line, ',')
		}
		s.line = appendQuoted(s.line, c.name)
	}
	return s, s.end()
}

type csvSheet struct {
	w    io.Writer
	line []byte
	wide []bool // by column
}

// end ends the line.
func (s *csvSheet) end() error {
	_, err := s.w.Write(append(s.line, "\r\n"...))
	s.line = s.line[:0]
	return err
}

func (s *csvSheet) put(cells row) error {
	for i, c := range cells {
		if s.wide[i] {
			continue
		}
		if i > 0 {
			s.line = append(s.line, ',')
		}
		switch v := c.(type) {
		case nil:
		case string:
			if v != "" {
				s.line = appendQuoted(s.line, harmless(short(v)))
			}
		case int:
			s.line = strconv.AppendInt(s.line, int64(v), 10)
		case float64:
			s.line = strconv.AppendFloat(s.line, v, 'f', -1, 64)
		case bool:
			s.line = strconv.AppendBool(s.line, v)
		default:
			return fmt.Errorf("a cell of type %T", c)
		}
	}
	return s.end()
}

func (s *csvSheet) Close() error { return nil }

func appendQuoted(line []byte, s string) []byte {
	line = append(line, '"')
	line = append(line, strings.ReplaceAll(s, `"`, `""`)...)
	return append(line, '"')
}

// acted are the characters at the beginning of a cell that make a spreadsheet run
// it as a formula, or that get lost before one that does; in full width too, which
// some spreadsheets fold. The last is what marks them.
const acted = "=+-@\t\r\n＝＋－＠'"

// harmless is a text that no spreadsheet runs; see [csvForm.about]. [plainText] undoes
// it.
func harmless(s string) string {
	if first, _ := utf8.DecodeRuneInString(s); s != "" && strings.ContainsRune(acted, first) {
		return "'" + s
	}
	return s
}

// mostCell is the most that a spreadsheet's cell holds, in units of UTF-16, less
// room for what is added.
const mostCell = 32_700

// short cuts a text that is too long for a cell, and says how much was left out.
func short(s string) string {
	if len(s) <= mostCell {
		return s
	}
	units := 0
	for i, r := range s {
		if units += max(1, utf16.RuneLen(r)); units > mostCell {
			return fmt.Sprintf("%s… [%d more]", s[:i], utf8.RuneCountInString(s[i:]))
		}
	}
	return s
}
