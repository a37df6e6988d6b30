package eval_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"whence"
	"whence/eval"
	"whence/internal/golden"
	"whence/internal/shared"
)

// TestTimesFigures freezes the figures on TimeBank and AQUAINT.
func TestTimesFigures(t *testing.T) {
	var b bytes.Buffer
	if err := eval.Times(&b, shared.Path(t, "corpora", "tempeval3")); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, filepath.Join("testdata", "times.golden"), b.String())
}

// aFewTimes is fiction. The ferry's date is wrong on purpose.
const aFewTimes = `<?xml version="1.0" ?>
<TimeML><DOCID>fiction</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2027-03-03">20270303</TIMEX3></DCT>
<TEXT>
The « ferry » <EVENT>sank</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2027-02-01">Monday</TIMEX3> &amp; the
search lasted <TIMEX3 tid="t2" type="DURATION" value="P2D">some two days</TIMEX3>. <TIMEX3 tid="t3" type="TIME"
value="2027-03-03TMO">Dawn</TIMEX3> came.
</TEXT></TimeML>`

// timed writes gold files and gives their folder.
func timed(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestTimes(t *testing.T) {
	root := timed(t, map[string]string{
		"harbour/a.tml": aFewTimes, "harbour/broken.tml": "<TimeML><TEXT>on Monday", "notes.txt": "nothing",
	})
	var b bytes.Buffer
	if err := eval.Times(&b, root); err != nil {
		t.Fatal(err)
	}
	golden.Check(t, filepath.Join("testdata", "times-fiction.golden"), b.String())
}

func TestReadTimedDocuments(t *testing.T) {
	documents, err := eval.ReadTimedDocuments(timed(t, map[string]string{"b/z.tml": aFewTimes, "a.tml": aFewTimes, "b/a.tml": aFewTimes}))
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, d := range documents {
		paths = append(paths, filepath.ToSlash(d.Path))
		if d.Published != "2027-03-03" || len(d.Times) != 3 {
			t.Fatalf("%s: published %q, %d times", d.Path, d.Published, len(d.Times))
		}
		text := []rune(d.Text)
		if got := string(text[d.Times[0].Start:d.Times[0].End]); got != "Monday" {
			t.Errorf("%s: the first time is %q", d.Path, got)
		}
	}
	if len(paths) != 3 || paths[0] != "a.tml" || paths[1] != "b/a.tml" || paths[2] != "b/z.tml" {
		t.Errorf("read in the order %v", paths)
	}
}

func TestTimesWithoutGold(t *testing.T) {
	if err := eval.Times(&bytes.Buffer{}, t.TempDir()); !errors.Is(err, whence.ErrNotRecognised) {
		t.Errorf("got %v", err)
	}
	if err := eval.Times(&bytes.Buffer{}, filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("a folder that is not there is scored")
	}
}
