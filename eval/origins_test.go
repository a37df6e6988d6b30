package eval_test

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"whence/eval"
	"whence/internal/golden"
)

// TestOriginsOfSample freezes what is made of the sample's main story.
func TestOriginsOfSample(t *testing.T) {
	var report strings.Builder
	if err := eval.Origins(&report, "../sample/truth.json"); err != nil {
		t.Fatal(err)
	}
	// Of what is found with the program's own readings, the figures alone: each change of a
	// reader moves some of the misses.
	truth, own, _ := strings.Cut(report.String(), "readings and relations as found")
	figures, _, _ := strings.Cut(own, "\n\n")
	golden.Check(t, "testdata/origins-sample.golden", truth+"readings and relations as found"+figures+"\n")
}

func TestOriginsWithoutTruth(t *testing.T) {
	if err := eval.Origins(&strings.Builder{}, "testdata/none.json"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}
