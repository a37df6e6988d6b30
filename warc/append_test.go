package warc_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence"
	"whence/warc"
)

// keep adds one record to the file at path.
func keep(path, uri string) error {
	f, err := warc.Append(path, warc.Options{})
	if err != nil {
		return err
	}
	_, err = f.Write(warc.ResourceDraft(uri, "text/plain", strings.NewReader("kept "+uri)))
	return errors.Join(err, f.Close())
}

func TestAppend(t *testing.T) {
	for _, name := range []string{"a.warc.gz", "a.warc"} {
		path := filepath.Join(t.TempDir(), name)
		for _, uri := range []string{"file:///1", "file:///2", "file:///3"} {
			if err := keep(path, uri); err != nil {
				t.Fatal(err)
			}
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if compressed := data[0] == 0x1f; compressed != strings.HasSuffix(name, ".gz") {
			t.Errorf("%s begins with %x", name, data[0])
		}
		all := readAll(t, bytes.NewReader(data))
		if len(all) != 3 || all[2].Block != "kept file:///3" {
			t.Errorf("%s holds %+v", name, all)
		}
	}
}

func TestAppendFarFromTheLastRecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.warc.gz")
	large := strings.NewReader(noise(5 << 20))
	if err := os.WriteFile(path, write(t, warc.Options{}, warc.ResourceDraft("file:///a", "", large)), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := keep(path, "file:///b"); err != nil {
		t.Error(err)
	}
}

func TestAppendWhereNothingCanBe(t *testing.T) {
	if _, err := warc.Append(filepath.Join(t.TempDir(), "absent", "a.warc.gz"), warc.Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if _, err := warc.Append(filepath.Join(t.TempDir(), "a.warc.gz"), warc.Options{Version: "3"}); err == nil {
		t.Error("version 3 is written")
	}
}

func TestAppendRefuses(t *testing.T) {
	whole := write(t, warc.Options{}, exchange()...)
	plain := write(t, warc.Options{Plain: true}, exchange()...)
	for name, c := range map[string]struct {
		content []byte
		want    error
	}{
		"another format": {[]byte("<html>"), whence.ErrNotRecognised},
		"cut short":      {whole[:len(whole)-3], whence.ErrMalformed},
		"cut plain":      {plain[:len(plain)-5], whence.ErrMalformed},
		"junk after":     {append(bytes.Clone(whole), "junk"...), whence.ErrMalformed},
	} {
		path := filepath.Join(t.TempDir(), "a.warc.gz")
		if err := os.WriteFile(path, c.content, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := keep(path, "file:///b"); !errors.Is(err, c.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v", name, err)
		}
		if after, _ := os.ReadFile(path); !bytes.Equal(after, c.content) {
			t.Errorf("%s: the file was changed", name)
		}
	}
}
