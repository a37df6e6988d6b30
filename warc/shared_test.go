package warc_test

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"whence"
	"whence/internal/golden"
	"whence/internal/shared"
	"whence/warc"
)

// tally counts what reading an archive came to. Its printed form holds numbers
// and this package's own words alone.
type tally map[string]int

func (c tally) String() string {
	var b strings.Builder
	for _, key := range slices.Sorted(maps.Keys(c)) {
		fmt.Fprintf(&b, "  %s %d\n", key, c[key])
	}
	return b.String()
}

// TestRealArchives reads every archive of the corpus: each is read or refused
// in one clear line.
func TestRealArchives(t *testing.T) {
	root := shared.Path(t, "corpora", "warc")
	var b strings.Builder
	err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%s\n%v", filepath.ToSlash(name), count(t, path))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "testdata/shared.golden", b.String())
}

func count(t *testing.T, path string) tally {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	c := tally{}
	reader, err := warc.NewReader(file)
	if err != nil {
		oneClearLine(t, err)
		if !errors.Is(err, whence.ErrNotRecognised) {
			t.Errorf("%s: %v", path, err)
		}
		c["refused"]++
		return c
	}
	for {
		rec, err := reader.Next()
		c["warnings"] += len(reader.Warnings())
		if errors.Is(err, io.EOF) {
			return c
		}
		if err != nil {
			oneClearLine(t, err)
			c["errors"]++
			continue
		}
		c["type "+rec.Type()]++
		if rec.Date().IsZero() {
			c["without date"]++
		}
		c.record(t, rec)
	}
}

// record reads one record as intake does.
func (c tally) record(t *testing.T, rec *warc.Record) {
	t.Helper()
	resp, err := rec.HTTP()
	switch {
	case errors.Is(err, warc.ErrNoHTTP):
		_, err := io.Copy(io.Discard, rec.Content)
		if err != nil {
			oneClearLine(t, err)
			c["contents with error"]++
		}
	case err != nil:
		oneClearLine(t, err)
		c["responses with error"]++
	default:
		n, err := io.Copy(io.Discard, resp.Body)
		if err != nil {
			oneClearLine(t, err)
			c["bodies with error"]++
		}
		c["bytes of bodies"] += int(n)
		c["problems of responses"] += len(resp.Problems())
	}
	for _, d := range rec.Digests() {
		c["digest "+string(d.Verdict)]++
	}
}

func oneClearLine(t *testing.T, err error) {
	t.Helper()
	if s := err.Error(); s == "" || strings.ContainsAny(s, "\n\r\x1b") || len(s) > 300 {
		t.Errorf("not one clear line: %q", s)
	}
}
