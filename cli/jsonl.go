package cli

import (
	"fmt"

	"whence"
	"whence/export"
)

// lines prints one JSON object a reading and line. Characters that a terminal
// would act on are written as \u escapes, which mean the same to a program.
type lines struct{ t *terminal }

func (l *lines) put(r *whence.Reading) error {
	line, err := export.Line(r)
	if err != nil {
		return fmt.Errorf("the reading of %s: %w", r.Path, err)
	}
	_, err = l.t.Write(line)
	return err
}

func (l *lines) close() error { return nil }
