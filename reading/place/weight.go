package place

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// weights are what was learned of mentions and of options.
type weights struct {
	known   [64]float64 // of the features of mentions whose name the gazetteer has
	unknown [64]float64
	options evidence
}

//go:embed data/weights.txt
var weightTable string

// learned are the weights of the binary. A table that cannot be read is a
// mistake of the build, caught by the tests, and panics.
var learned = sync.OnceValue(func() *weights {
	w, err := parseWeights(weightTable)
	if err != nil {
		panic(fmt.Errorf("place: reading the weights: %w", err))
	}
	return w
})

// parseWeights reads a table of lines "part feature weight".
func parseWeights(table string) (*weights, error) {
	w := &weights{}
	for line := range strings.Lines(table) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" {
			continue
		}
		if len(f) != 3 {
			return nil, fmt.Errorf("%q has not three fields", line)
		}
		value, err := strconv.ParseFloat(f[2], 64)
		if err != nil {
			return nil, err
		}
		parts := map[string]struct {
			names []string
			to    []float64
		}{
			"known": {featureNames, w.known[:]}, "unknown": {featureNames, w.unknown[:]}, "option": {evidenceNames[:], w.options[:]},
		}
		p := parts[f[0]]
		i := slices.Index(p.names, f[1])
		if i < 0 {
			return nil, fmt.Errorf("%q names nothing known", line)
		}
		p.to[i] = value
	}
	return w, nil
}

// String is the table that parseWeights reads.
func (w *weights) String() string {
	var b strings.Builder
	write := func(part string, names []string, of []float64) {
		for i, name := range names {
			if of[i] != 0 {
				fmt.Fprintf(&b, "%s %s %.2f\n", part, name, of[i])
			}
		}
	}
	b.WriteString("# Log odds, fitted by go test ./reading/place -run TestWeights -rewrite\n")
	write("known", featureNames, w.known[:])
	write("unknown", featureNames, w.unknown[:])
	write("option", evidenceNames[:], w.options[:])
	return b.String()
}

// score is the log odds that a mention is a place.
func (w *weights) score(m *mention) float64 {
	of := &w.known
	if len(m.refs) == 0 {
		of = &w.unknown
	}
	sum := 0.
	for i := range of {
		if m.features&(1<<i) != 0 {
			sum += of[i]
		}
	}
	return sum
}
