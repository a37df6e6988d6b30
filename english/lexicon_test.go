package english

import "testing"

// BenchmarkLoad is what the first look-up costs.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		read()
	}
}

// TestTables holds the tables to what the code takes for granted.
func TestTables(t *testing.T) {
	l := read()
	for spelling, w := range l.words {
		if string(lower(nil, spelling)) != spelling {
			t.Errorf("%q is not in lower case", spelling)
		}
		if (w.Verb == nil && len(w.Phrasal) == 0) != (w.Form == 0) {
			t.Errorf("%q: form %d of verb %v", spelling, w.Form, w.Verb)
		}
	}
	seen := map[string]bool{}
	for _, fields := range table("verbs.txt") {
		if seen[fields[0]] {
			t.Errorf("verbs.txt has %s twice", fields[0])
		}
		seen[fields[0]] = true
	}
}
