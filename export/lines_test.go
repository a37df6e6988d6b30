package export

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestLineMeansTheSame: no character of a line is acted on by a terminal, and a
// program reads what was there.
func TestLineMeansTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := strings.ToValidUTF8(rapid.OneOf(rapid.String(), rapid.Just("\u202e\u009b\x7f\U000e0001 ok")).Draw(t, "s"), "?")
		line, err := Line(want)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.IndexFunc(line[:len(line)-1], hidden) >= 0 {
			t.Fatalf("%q holds what a terminal acts on", line)
		}
		var got string
		if err := json.Unmarshal(line, &got); err != nil || got != want {
			t.Fatalf("%q reads back as %q, %v; want %q", line, got, err, want)
		}
	})
}
