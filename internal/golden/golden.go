// Package golden compares what a test got with a file of what was seen to be
// right. `go test ./PACKAGE -rewrite` writes the files anew; the difference is
// then read in review.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var rewrite = flag.Bool("rewrite", false, "write the golden files of testdata anew")

// Rewrite tells whether golden files are to be written anew.
func Rewrite() bool { return *rewrite }

// Check fails the test where got differs from the file at path.
func Check(tb testing.TB, path, got string) {
	tb.Helper()
	if *rewrite {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			tb.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		tb.Fatalf("%v (go test -rewrite writes it)", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		tb.Errorf("%s (-want +got; go test -rewrite accepts it):\n%s", path, diff)
	}
}
