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
	golden.Check(t, "testdata/origins-sample.golden", report.String())
}

func TestOriginsWithoutTruth(t *testing.T) {
	if err := eval.Origins(&strings.Builder{}, "testdata/none.json"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
}
