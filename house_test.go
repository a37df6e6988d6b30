package whence_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// floors lists the packages from the ground up, as doc/design.md draws them. A
// package may import packages of the lines above its own, and none beside it.
var floors = []string{
	"whence",
	"whence/text whence/charset whence/language whence/access whence/internal/processor",
	"whence/page whence/feed whence/warc whence/wacz whence/english",
	"whence/reading/quote whence/reading/name whence/reading/when whence/reading/place",
	"whence/reading/figure whence/reading/status",
	"whence/reading whence/intake",
	"whence/store whence/lineage whence/lineage/edit",
	"whence/story",
	"whence/store/sqlite",
	"whence/sample whence/ledger",
	"whence/eval",
	"whence/train whence/internal/growth whence/internal/load",
	"whence/export whence/api whence/web",
	"whence/desk",
	"whence/internal/tour",
	"whence/cli",
	"whence/cmd/whence",
}

// testOnly are packages for tests, which nothing that ships may import.
var testOnly = []string{"whence/internal/shared", "whence/internal/browser", "whence/internal/golden", "whence/store/storetest"}

type listed struct {
	ImportPath string
	Imports    []string
}

// TestImportsGoDown holds the import direction.
func TestImportsGoDown(t *testing.T) {
	floor := map[string]int{}
	for i, row := range floors {
		for _, p := range strings.Fields(row) {
			floor[p] = i
		}
	}
	for _, breach := range breaches(goList(t), floor) {
		t.Error(breach)
	}
}

// TestImportsGoDownSeesBreaches makes sure that the test above can fail.
func TestImportsGoDownSeesBreaches(t *testing.T) {
	floor := map[string]int{"whence": 0, "whence/a": 1, "whence/b": 1, "whence/c": 2}
	for _, p := range []listed{
		{ImportPath: "whence", Imports: []string{"whence/a"}},
		{ImportPath: "whence", Imports: []string{"example.org/x"}},
		{ImportPath: "whence/a", Imports: []string{"whence/b"}},
		{ImportPath: "whence/a", Imports: []string{"whence/c"}},
		{ImportPath: "whence/c", Imports: []string{testOnly[0]}},
		{ImportPath: "whence/new"},
	} {
		if len(breaches([]listed{p}, floor)) != 1 {
			t.Errorf("%s importing %v is not seen as a breach", p.ImportPath, p.Imports)
		}
	}
	if got := breaches([]listed{{ImportPath: "whence/c", Imports: []string{"fmt", "example.org/x", "whence/a", "whence"}}}, floor); got != nil {
		t.Errorf("downward imports are refused: %v", got)
	}
}

func breaches(packages []listed, floor map[string]int) []string {
	var found []string
	for _, p := range packages {
		if slices.Contains(testOnly, p.ImportPath) {
			continue
		}
		own, known := floor[p.ImportPath]
		if !known {
			found = append(found, fmt.Sprintf("%s stands on no floor: add it to floors and to doc/design.md", p.ImportPath))
		}
		for _, imported := range p.Imports {
			switch at, ours := floor[imported]; {
			case slices.Contains(testOnly, imported):
				found = append(found, fmt.Sprintf("%s imports %s, which is for tests", p.ImportPath, imported))
			case ours && at >= own:
				found = append(found, fmt.Sprintf("%s imports %s, which is not below it", p.ImportPath, imported))
			case !ours && own == 0 && strings.Contains(imported, "."):
				found = append(found, fmt.Sprintf("%s, the vocabulary, imports %s from outside the standard library", p.ImportPath, imported))
			}
		}
	}
	return found
}

func goList(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var packages []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	return packages
}
