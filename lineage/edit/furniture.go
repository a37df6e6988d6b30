package edit

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
)

//go:embed furniture.txt
var furnitureTable string

const (
	anyNumber = "#"
	anyRest   = "…"
	// longestFurniture is the most words of a line that is looked up, and mostRest
	// of what an ellipsis stands for.
	longestFurniture, mostRest = 16, 8
)

// furniture are the lines of the table by their words, and those that end with an
// ellipsis without it.
var furniture = sync.OnceValue(func() (lines map[string]bool) {
	lines = map[string]bool{}
	for line := range strings.Lines(furnitureTable) {
		line = strings.TrimSpace(line)
		if line != "" && line[0] != ';' {
			lines[line] = true
		}
	}
	return lines
})

// isFurniture tells whether a block of some words is a line of a page that is no
// part of its article: "Advertisement", "Image 2 of 5", "Updated 3 minutes ago".
func isFurniture(words []word) bool {
	if len(words) == 0 || len(words) > longestFurniture {
		return false
	}
	plain := make([]string, len(words))
	for i, w := range words {
		plain[i] = w.plain
		if strings.IndexFunc(w.plain, func(c rune) bool { return !unicode.IsDigit(c) }) < 0 {
			plain[i] = anyNumber
		}
	}
	if furniture()[strings.Join(plain, " ")] {
		return true
	}
	for n := range slices.Backward(plain) {
		if len(plain)-n <= mostRest && n > 0 && furniture()[strings.Join(plain[:n], " ")+" "+anyRest] {
			return true
		}
	}
	return false
}
