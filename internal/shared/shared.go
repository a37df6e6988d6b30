// Package shared finds the corpora that stand beside a developer's checkout,
// for the tests that measure on real data.
package shared

import (
	"os"
	"path/filepath"
	"testing"
)

// Require names the environment variable that turns a missing corpus or
// program from a skip into a failure; .ci/run sets it.
const Require = "WHENCE_REQUIRE"

// Path is the path of a file or folder of ../shared, seen from the module's
// root. Where it does not exist the test is skipped with a message, or fails
// if Require is set.
func Path(tb testing.TB, parts ...string) string {
	tb.Helper()
	dir, err := os.Getwd()
	if err != nil {
		tb.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			tb.Fatal("not inside the module")
		}
		dir = up
	}
	path := filepath.Join(append([]string{dir, "..", "shared"}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		Missing(tb, filepath.Join(append([]string{"../shared"}, parts...)...))
	}
	return path
}

// Missing skips the test because what is not there, or fails it if Require is
// set.
func Missing(tb testing.TB, what string) {
	tb.Helper()
	if os.Getenv(Require) != "" {
		tb.Fatalf("%s is not there, and %s is set", what, Require)
	}
	tb.Skipf("%s is not there: skipped", what)
}
