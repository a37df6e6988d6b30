package text

import (
	_ "embed"
	"fmt"
	"sync"
)

// The table of weights is a file of buckets. A bucket holds slots tags, each
// the low byte of a feature's hash or 0 for none, then their weights, signed
// bytes. The high bits of the hash name the bucket.
const (
	bucketBits = 15
	slots      = 3
)

//go:embed model/sentences.bin
var trained string

// weights checks the trained table, once.
var weights = sync.OnceValue(func() table {
	if len(trained) != len(Pack(nil)) {
		panic(fmt.Sprintf("text: the embedded table of weights has %d bytes, want %d", len(trained), len(Pack(nil))))
	}
	return table(trained)
})

// table holds the weights of features.
type table string

// ends tells whether a sentence ends at g.
func (t table) ends(g Gap) bool {
	score := 0
	for _, f := range g.Features {
		b := t[place(f):][:2*slots]
		for i := range slots {
			if b[i] == tag(f) {
				score += int(int8(b[slots+i]))
			}
		}
	}
	return score > 0
}

// place is where the bucket of a feature is in the table.
func place(feature uint32) int { return int(feature>>(32-bucketBits)) * 2 * slots }

// tag tells the features of a bucket apart, as a rule.
func tag(feature uint32) byte { return max(1, byte(feature)) }

// Weight is the weight of a feature.
type Weight struct {
	Feature uint32
	Value   int8
}

// Pack makes the table that [Sentences] reads of weights, the most important
// first: what finds no room any more is left out.
func Pack(weights []Weight) []byte {
	table := make([]byte, 2*slots<<bucketBits)
	for _, w := range weights {
		b := table[place(w.Feature):][:2*slots]
		for i := range slots {
			if b[i] == tag(w.Feature) {
				break
			}
			if b[i] == 0 {
				b[i], b[slots+i] = tag(w.Feature), byte(w.Value)
				break
			}
		}
	}
	return table
}
