package cli

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"golang.org/x/term"
)

// Widths in columns. Lines longer than maxWidth tire the eye.
const (
	defaultWidth = 80
	minWidth     = 40
	maxWidth     = 100
)

// terminal is where output goes, and what it can show.
type terminal struct {
	io.Writer
	err   error // the first that writing met; what comes after it is dropped
	tty   bool
	color bool // styles are printed; never when piped, with NO_COLOR or on a dumb terminal
	width int
}

func newTerminal(w io.Writer) *terminal {
	t := &terminal{Writer: w, width: defaultWidth}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		t.tty = true
		t.color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil {
			t.width = columns
		}
	}
	if columns, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil {
		t.width = columns
	}
	t.width = min(max(t.width, minWidth), maxWidth)
	return t
}

// Write writes p, unless an earlier write failed.
func (t *terminal) Write(p []byte) (int, error) {
	if t.err != nil {
		return 0, t.err
	}
	n, err := t.Writer.Write(p)
	if err != nil {
		t.err = fmt.Errorf("writing output: %w", err)
	}
	return n, t.err
}

// style is a way to set words on a terminal.
type style string

// The styles: one accent, for who speaks; dim for the apparatus; a rule under
// figures.
const (
	plain  style = ""
	strong style = "1"
	dim    style = "2"
	accent style = "1;34"
	italic style = "3"

	underlined style = "4"
)

// set gives s in the style, where the terminal shows styles.
func (t *terminal) set(st style, s string) string {
	if !t.color || st == plain || strings.TrimSpace(s) == "" {
		return s
	}
	return "\x1b[" + string(st) + "m" + s + "\x1b[0m"
}

// visible gives s with every character that a terminal might act on, or that
// hides or reorders others, written out like ⟨U+202E⟩: controls, escapes,
// bidirectional overrides, zero-width characters; bytes that are not UTF-8 as
// ⟨0x9B⟩. Line ends and tabs become blanks, so that the result is one line.
func visible(s string) string {
	if strings.IndexFunc(s, hidden) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, "⟨0x%02X⟩", s[i])
		case r == '\n' || r == '\r' || r == '\t':
			b.WriteByte(' ')
		case hidden(r):
			fmt.Fprintf(&b, "⟨U+%04X⟩", r)
		default:
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

// hidden tells whether r would be acted on rather than seen. Joiners inside
// emoji and scripts that need them are among them: seeing too much is the
// lesser harm.
func hidden(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

// piece is some words in one style.
type piece struct {
	style style
	text  string
}

// write prints the pieces as one paragraph, folded to the width, the first
// line after the words of first, which are apparatus, and the others after
// rest.
func (t *terminal) write(first, rest string, pieces ...piece) {
	line, column := []piece{}, uniseg.StringWidth(first)
	before := t.set(dim, first)
	end := func() {
		fmt.Fprintln(t, before+t.setLine(line))
		before, line, column = rest, nil, uniseg.StringWidth(rest)
	}
	for _, p := range pieces {
		for _, word := range strings.Fields(visible(p.text)) {
			for word != "" {
				gap := min(len(line), 1)
				room := t.width - column - gap
				if uniseg.StringWidth(word) > room && len(line) > 0 {
					end()
					continue
				}
				head := word
				if uniseg.StringWidth(word) > room {
					head = cut(word, max(room, 1))
				}
				line = append(line, piece{p.style, head})
				column += gap + uniseg.StringWidth(head)
				word = word[len(head):]
			}
		}
	}
	end()
}

// writeTwo prints the pieces as a paragraph of about two lines behind first, which ends
// in an ellipsis where more was to come. The last piece, where there are two or more, is
// printed whole.
func (t *terminal) writeTwo(first string, pieces ...piece) {
	const lines = 2
	margin := strings.Repeat(" ", uniseg.StringWidth(first))
	room := lines * (t.width - len(margin))
	last := len(pieces)
	if last > 1 {
		last--
		room -= uniseg.StringWidth(visible(pieces[last].text)) + 1
	}
	room -= 8 // what folding leaves of a line
	cut := make([]piece, len(pieces))
	copy(cut, pieces)
	for i := range cut[:last] {
		cut[i].text = cutAtWord(strings.Join(strings.Fields(visible(cut[i].text)), " "), max(room, 20))
		room -= uniseg.StringWidth(cut[i].text) + 1
	}
	t.write(first, margin, cut...)
}

// writeStyled is write with a first line that is set already, and how wide it is.
func (t *terminal) writeStyled(first string, width int, rest string, pieces ...piece) {
	var b strings.Builder
	inner := &terminal{Writer: &b, color: t.color, width: t.width}
	inner.write(strings.Repeat(" ", width), rest, pieces...)
	fmt.Fprintln(t, first+strings.TrimSuffix(strings.TrimPrefix(b.String(), inner.set(dim, strings.Repeat(" ", width))), "\n"))
}

// cutAtWord shortens s to width columns at the end of a word.
func cutAtWord(s string, width int) string {
	if uniseg.StringWidth(s) <= width {
		return s
	}
	head := cut(s, width-2)
	if i := strings.LastIndexByte(head, ' '); i > len(head)/2 {
		head = head[:i]
	}
	return strings.TrimRight(head, " ,;:—-") + " …"
}

// setLine joins words by blanks, with one change of style for each run of
// words in the same style.
func (t *terminal) setLine(words []piece) string {
	var runs []string
	for i := 0; i < len(words); {
		st, run := words[i].style, []string{}
		for ; i < len(words) && words[i].style == st; i++ {
			run = append(run, words[i].text)
		}
		runs = append(runs, t.set(st, strings.Join(run, " ")))
	}
	return strings.Join(runs, " ")
}

// cut gives as much of the beginning of s as fits into width columns, at the
// edge of a character as people see it, but at least one such.
func cut(s string, width int) string {
	end, column := 0, 0
	for g := uniseg.NewGraphemes(s); g.Next(); {
		_, to := g.Positions()
		column += g.Width()
		if end > 0 && column > width {
			break
		}
		end = to
	}
	return s[:end]
}

// fit pads or shortens s to exactly width columns.
func fit(s string, width int) string {
	s = cutTo(s, width)
	return s + strings.Repeat(" ", max(width-uniseg.StringWidth(s), 0))
}

// cutTo shortens s to width columns, without padding.
func cutTo(s string, width int) string {
	s = visible(s)
	if uniseg.StringWidth(s) > width {
		return cut(s, width-1) + "…"
	}
	return s
}
