package feed

import (
	"encoding/json"
	"fmt"
	"strings"
)

// mender copies JSON and repairs what feeds break most: control characters
// inside strings, commas before a closing bracket, and an end cut off.
type mender struct {
	out    strings.Builder
	open   []byte // the brackets that would close what is open
	quoted bool
	comma  bool // one is read, and not yet written
	good   int  // length of out up to which nothing is half said; no bracket comes after
}

// mend is text with its breaches of JSON repaired; it may break others.
func mend(text string) string {
	m := mender{}
	m.out.Grow(len(text) + 16)
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case m.quoted:
			i += m.inString(text[i:])
		case c == ',':
			m.good = m.out.Len()
			m.comma = true
		case c == '}' || c == ']':
			m.comma = false
			m.shut()
		default:
			m.outside(c)
		}
	}
	return m.finish()
}

// inString takes the first character of s, which stands in a string, and
// gives how many bytes it took beyond one.
func (m *mender) inString(s string) int {
	switch {
	case s[0] == '\\' && len(s) == 1:
		return 0 // an escape cut off
	case s[0] == '\\':
		m.out.WriteString(s[:2])
		return 1
	case s[0] < ' ':
		fmt.Fprintf(&m.out, "\\u%04x", s[0])
		return 0
	}
	m.quoted = s[0] != '"'
	m.out.WriteByte(s[0])
	return 0
}

// outside takes a character outside strings that closes nothing.
func (m *mender) outside(c byte) {
	if m.comma && strings.IndexByte(blank, c) < 0 {
		m.out.WriteByte(',')
		m.comma = false
	}
	switch c {
	case '{':
		m.open = append(m.open, '}')
	case '[':
		m.open = append(m.open, ']')
	case '"':
		m.quoted = true
	}
	m.out.WriteByte(c)
	if c == '{' || c == '[' {
		m.good = m.out.Len()
	}
}

// shut closes the innermost bracket, whichever kind was written. One too many
// is left out.
func (m *mender) shut() {
	if len(m.open) == 0 {
		return
	}
	m.out.WriteByte(m.open[len(m.open)-1])
	m.open = m.open[:len(m.open)-1]
	m.good = m.out.Len()
}

// closing are the brackets that close what is open.
func (m *mender) closing() string {
	reversed := make([]byte, len(m.open))
	for i, c := range m.open {
		reversed[len(m.open)-1-i] = c
	}
	return string(reversed)
}

// finish closes what is open: the string too, if that gives JSON; else what
// came last and is not whole goes.
func (m *mender) finish() string {
	out := m.out.String()
	ending := m.closing()
	if m.quoted {
		ending = `"` + ending
	}
	if json.Valid([]byte(out + ending)) {
		return out + ending
	}
	return out[:m.good] + m.closing()
}
