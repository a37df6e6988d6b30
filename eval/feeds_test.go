package eval

import (
	"strings"
	"testing"

	"whence/internal/golden"
	"whence/internal/shared"
)

// TestFeeds freezes how many feeds of the corpus give their entries.
func TestFeeds(t *testing.T) {
	var out strings.Builder
	if err := Feeds(&out, shared.Path(t, "corpora", "feeds")); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/feeds.golden", out.String())
}
