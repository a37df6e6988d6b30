package text

import (
	_ "embed"
	"fmt"
	"sync"
)

//go:embed model/sentences.bin
var trained string

// table holds a weight for each row.
type table string

// weights reads the trained weights, once.
var weights = sync.OnceValue(func() table {
	if len(trained) != Rows {
		panic(fmt.Sprintf("text: the embedded weights have %d rows, want %d", len(trained), Rows))
	}
	return table(trained)
})

// ends tells whether a sentence ends at g.
func (t table) ends(g Gap) bool {
	score := 0
	for _, f := range g.Features {
		score += int(int8(t[f]))
	}
	return score > 0
}
