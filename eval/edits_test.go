package eval

import (
	"path/filepath"
	"strings"
	"testing"

	"whence/internal/golden"
	"whence/sample"
)

// TestEditsOfSample freezes how many of the sample's changes come out right, which
// is all of them.
func TestEditsOfSample(t *testing.T) {
	truth, err := sample.Truth()
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	if err := scoreEdits(&table, truth); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, filepath.Join("testdata", "edits-sample.golden"), table.String())
}

// TestEditsSeesMisses makes sure that the figures can fall.
func TestEditsSeesMisses(t *testing.T) {
	truth, err := sample.Truth()
	if err != nil {
		t.Fatal(err)
	}
	truth.Edits = truth.Edits[1:]
	truth.Edits[0].Changes[0].Noted = true
	truth.Edits[0].Changes[1].FigureBefore = "f2"
	var table strings.Builder
	if err := scoreEdits(&table, truth); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"4 of 5", "not found: ledger-evacuation.v2.html: changed", "invented: ledger-evacuation.v2.html: changed", "not touched: ledger-evacuation.v2.html: figure f2"} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("%q is not in\n%s", want, table.String())
		}
	}
}
