package cli

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// flow prints pieces as running text, folded to the width, the first line after
// the words of first, which are apparatus, and the others after rest. Unlike
// those of write, pieces that no white space parts stay together.
func (t *terminal) flow(first, rest string, pieces ...piece) {
	before, room := t.set(dim, first), t.width-uniseg.StringWidth(first)
	var line []piece
	column := 0
	end := func() {
		fmt.Fprintln(t, strings.TrimRight(before+t.setRuns(line), " "))
		before, room, line, column = rest, t.width-uniseg.StringWidth(rest), nil, 0
	}
	for _, word := range wordsOf(pieces) {
		for len(word) > 0 {
			width := 0
			for _, p := range word {
				width += uniseg.StringWidth(p.text)
			}
			gap := min(column, 1)
			if column+gap+width > room && column > 0 {
				end()
				continue
			}
			var rest []piece
			if width > room {
				word, rest, width = cutWord(word, room)
			}
			if gap > 0 {
				line = append(line, piece{between(line[len(line)-1].style, word[0].style), " "})
			}
			line = append(line, word...)
			column += gap + width
			word = rest
		}
	}
	end()
}

// between is the style of the blank between two words.
func between(a, b style) style {
	if a == b {
		return a
	}
	return plain
}

// wordsOf cuts running text into words, each of one or more pieces.
func wordsOf(pieces []piece) [][]piece {
	var words [][]piece
	open := false // the last word may go on
	for _, p := range pieces {
		text := visible(p.text)
		fields := strings.Fields(text)
		if len(fields) == 0 {
			open = open && text == ""
			continue
		}
		if open && !unicode.IsSpace([]rune(text)[0]) {
			words[len(words)-1] = append(words[len(words)-1], piece{p.style, fields[0]})
			fields = fields[1:]
		}
		for _, f := range fields {
			words = append(words, []piece{{p.style, f}})
		}
		runes := []rune(text)
		open = !unicode.IsSpace(runes[len(runes)-1])
	}
	return words
}

// cutWord cuts a word that is wider than a line: what fits on one, and the rest.
func cutWord(word []piece, room int) (head, rest []piece, width int) {
	for i, p := range word {
		w := uniseg.StringWidth(p.text)
		if width+w <= room {
			head, width = append(head, p), width+w
			continue
		}
		if width < room || i == 0 {
			part := cut(p.text, max(room-width, 1))
			head, width = append(head, piece{p.style, part}), width+uniseg.StringWidth(part)
			p.text = p.text[len(part):]
		}
		return head, append([]piece{p}, word[i+1:]...), width
	}
	return head, nil, width
}

// setRuns sets pieces, with one change of style for each run in the same style.
func (t *terminal) setRuns(pieces []piece) string {
	var b strings.Builder
	for i := 0; i < len(pieces); {
		st, run := pieces[i].style, ""
		for ; i < len(pieces) && pieces[i].style == st; i++ {
			run += pieces[i].text
		}
		b.WriteString(t.set(st, run))
	}
	return b.String()
}

// marked are words that are set apart: in a style where the terminal shows styles,
// else between brackets that no article uses.
func (t *terminal) marked(st style, words string) piece {
	if t.color {
		return piece{st, words}
	}
	return piece{st, "⟦" + words + "⟧"}
}
