package english

import (
	"testing"

	"pgregory.net/rapid"
)

// TestSieve: what a table holds passes its sieve, and most of what it does not is
// held back.
func TestSieve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := rapid.MapOf(rapid.String(), rapid.Bool()).Draw(t, "table")
		s := newSieve(table)
		for word := range table {
			if !s.may([]byte(word)) {
				t.Fatalf("%q does not pass", word)
			}
		}
		s.may([]byte(rapid.String().Draw(t, "word"))) // any word may be asked about
	})
	names, passed := loadNames(), 0
	for word := range loadPlaces().words {
		if _, ok := names.words[word]; !ok && names.sieve.may([]byte(word)) {
			passed++
		}
	}
	if share := float64(passed) / float64(len(loadPlaces().words)); share > .25 {
		t.Errorf("the sieve of names lets %.2f of other words pass", share)
	}
}
