package intake

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"whence"
	"whence/internal/golden"
	"whence/internal/shared"
)

// TestCorpora reads every file of the shared corpora by itself. Each gives
// articles, or is refused in one clear line, and what it gives is sound. The
// golden file holds the counts of each folder, so that a change shows.
func TestCorpora(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 2,500 files")
	}
	var counts strings.Builder
	for _, name := range []string{"feeds", "encodings", "warc", "wacz", "pages"} {
		root := shared.Path(t, "corpora", name)
		var files, articles, problems, silent int
		err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			got, refused := readAll(t, Options{}, path)
			files++
			articles += len(got)
			problems += len(refused)
			if len(got)+len(refused) == 0 {
				silent++
			}
			checkAll(t, got, refused)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if silent > 0 {
			t.Errorf("%s: of %d files nothing is said", name, silent)
		}
		fmt.Fprintf(&counts, "%s: %d files, %d articles, %d problems\n", name, files, articles, problems)
	}
	golden.Check(t, "testdata/corpora.golden", counts.String())
}

// checkAll holds articles and problems to what the package promises.
func checkAll(t testing.TB, articles []*whence.Article, problems []*Problem) {
	t.Helper()
	for _, a := range articles {
		r := whence.Reading{Article: *a}
		if err := r.Check(); err != nil {
			t.Errorf("%s: %v", a.Path, err)
		}
		if a.Path == "" || a.ID == "" || a.Text == "" {
			t.Errorf("%+v lacks its path, id or text", a)
		}
	}
	for _, p := range problems {
		line := p.Error()
		if strings.Contains(line, "broke down") || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' }) || len(line) > 8*longest {
			t.Errorf("%q", line)
		}
	}
}
