package intake

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"whence"
)

// Problem is an input, or a part of one, that could not be read. The rest goes on.
//
//nolint:errname // the reader of an error line thinks of it as that
type Problem struct {
	Input string // what, as the user named it, and where in it
	Err   error  // why
	Hint  string // what to do, may be empty
}

// longest is how many code points of an input's name or of a reason are shown.
const longest = 300

// Error is one line, "INPUT: why", without the hint. Line breaks, control
// characters and invisible characters in it are spelled out (\n, \x1b,
// \u202e), and very long parts are cut.
func (p *Problem) Error() string {
	return visible(p.Input) + ": " + visible(p.Err.Error())
}

// Unwrap gives the reason, which wraps one of package whence's errors where
// one fits.
func (p *Problem) Unwrap() error { return p.Err }

// visible spells out what does not show in a line of text.
func visible(s string) string {
	var b strings.Builder
	shown := 0
	for i, r := range s {
		if shown++; shown > longest {
			b.WriteString("…")
			break
		}
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			quoted := strconv.QuoteRune(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
	}
	return b.String()
}

// advice is what to do about the errors of package whence, where the reader
// of the input knew of nothing better.
var advice = []struct {
	err  error
	hint string
}{
	{whence.ErrTooLarge, "--page-bytes sets the limit"},
	{whence.ErrTooSlow, "--page-time sets the limit"},
	{whence.ErrTooDeep, "--page-depth sets the limit"},
	{fs.ErrNotExist, "check the spelling; a web address begins with https://"},
	{fs.ErrPermission, "you may not read it"},
}

// trouble makes the problem of an input from an error.
func trouble(input string, err error) *Problem {
	var a interface {
		error
		Hint() string
	}
	if errors.As(err, &a) {
		return &Problem{Input: input, Err: err, Hint: a.Hint()}
	}
	for _, a := range advice {
		if errors.Is(err, a.err) {
			return &Problem{Input: input, Err: err, Hint: a.hint}
		}
	}
	return &Problem{Input: input, Err: err}
}

// advisedError is an error together with what to do about it.
type advisedError struct {
	error
	hint string
}

func (a *advisedError) Unwrap() error { return a.error }

// Hint is what can be done; errors of other packages have it, too.
func (a *advisedError) Hint() string { return a.hint }

// opening is trouble with opening a file. The path is the problem's input, so
// the error need not repeat it.
func opening(input string, err error) *Problem {
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		err = pe.Err
	}
	return trouble(input, fmt.Errorf("cannot be opened: %w", err))
}

// panicked is the problem of an input whose reading ended in a panic. It is
// called by the deferred function that recovers.
func panicked(input string, value any) *Problem {
	return &Problem{
		Input: input,
		Err:   fmt.Errorf("its reading broke down: %v, at %s", value, panickedAt()),
		Hint:  "this is a fault of the program; please report it with the input",
	}
}

// panickedAt is the line that panicked: the first on the stack, below the
// panic, that is not the runtime's own.
func panickedAt() string {
	var callers [32]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(0, callers[:])])
	below := false
	for {
		frame, more := frames.Next()
		inRuntime := strings.HasPrefix(frame.Function, "runtime.")
		if below && !inRuntime {
			return fmt.Sprintf("%s, line %d", path.Base(frame.Function), frame.Line)
		}
		below = below || frame.Function == "runtime.gopanic"
		if !more {
			return "an unknown place"
		}
	}
}
