package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"whence"
)

// lines prints one JSON object a reading and line. Characters that a terminal
// would act on are written as \u escapes, which mean the same to a program.
type lines struct{ t *terminal }

func (l *lines) put(r *whence.Reading) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return fmt.Errorf("encoding the reading of %s: %w", r.Path, err)
	}
	_, err := l.t.Write(escapeHidden(b.Bytes()))
	return err
}

func (l *lines) close() error { return nil }

// escapeHidden escapes the hidden characters of one line of JSON. Outside of
// strings there are none, but for the line end.
func escapeHidden(line []byte) []byte {
	if bytes.IndexFunc(line[:len(line)-1], hidden) < 0 {
		return line
	}
	out := make([]byte, 0, len(line)+64)
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRune(line[i:])
		switch {
		case !hidden(r) || r == '\n':
			out = append(out, line[i:i+size]...)
		case r > 0xffff:
			high, low := 0xd800+(r-0x10000)>>10, 0xdc00+(r-0x10000)&0x3ff
			out = fmt.Appendf(out, `\u%04x\u%04x`, high, low)
		default:
			out = fmt.Appendf(out, `\u%04x`, r)
		}
		i += size
	}
	return out
}
