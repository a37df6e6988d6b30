package export

import (
	"io"
)

// list writes the members of a JSON array, a line each, within a head and a foot.
type list struct {
	w     io.Writer
	begun bool
}

// begin writes what stands before the members.
func begin(w io.Writer, head string) (*list, error) {
	_, err := io.WriteString(w, head)
	return &list{w: w}, err
}

func (l *list) put(v any) error {
	line, err := Line(v)
	if err != nil {
		return err
	}
	between := ",\n"
	if !l.begun {
		between = "\n"
	}
	l.begun = true
	if _, err := io.WriteString(l.w, between); err != nil {
		return err
	}
	_, err = l.w.Write(line[:len(line)-1])
	return err
}

// end writes what stands after them.
func (l *list) end(foot string) error {
	_, err := io.WriteString(l.w, "\n"+foot+"\n")
	return err
}
