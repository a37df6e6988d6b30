package wacz_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence"
	"whence/internal/golden"
	"whence/internal/shared"
	"whence/wacz"
)

// TestRealArchives opens every WACZ of the corpus: each is read or refused in
// one clear line. The golden file holds names of files and numbers.
func TestRealArchives(t *testing.T) {
	root := shared.Path(t, "corpora", "wacz")
	list, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, file := range list {
		fmt.Fprintf(&b, "%s: %s\n", file.Name(), count(t, filepath.Join(root, file.Name())))
	}
	golden.Check(t, "testdata/shared.golden", b.String())
}

func count(t *testing.T, path string) string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	a, err := wacz.Open(file, info.Size())
	if err != nil {
		if !errors.Is(err, whence.ErrMalformed) && !errors.Is(err, whence.ErrNotRecognised) || strings.Contains(err.Error(), "\n") {
			t.Errorf("not one clear line: %v", err)
		}
		return fmt.Sprintf("refused: %v", err)
	}
	var size, pages int
	for _, f := range a.WARCs() {
		content, err := contents(f)
		if err != nil {
			t.Error(err)
		}
		size += len(content)
	}
	for _, err := range a.Pages() {
		if err != nil {
			t.Error(err)
		}
		pages++
	}
	r := a.Verify()
	return fmt.Sprintf("WARC files %d of %d bytes, pages %d, problems %d, checked %d, differences %d, signature %s",
		len(a.WARCs()), size, pages, len(a.Problems()), r.Checked, len(r.Differences), r.Signature)
}
