package warc

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// full is a disk with room for a few more bytes.
type full struct {
	io.Writer
	room int
}

var errFull = errors.New("no room left")

func (f *full) Write(p []byte) (int, error) {
	if len(p) <= f.room {
		f.room -= len(p)
		return f.Writer.Write(p)
	}
	n, err := f.Writer.Write(p[:f.room])
	f.room = 0
	return n, errors.Join(err, errFull)
}

// A record that does not go in whole is taken back, and the next can.
func TestHalfARecordIsTakenBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.warc.gz")
	f, err := Append(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	add := func() error {
		_, err := f.Write(ResourceDraft("file:///a", "text/plain", strings.NewReader("one")))
		return err
	}
	if err := add(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	disk := f.writer.out.w
	f.writer.out.w = &full{disk, 50}
	if err := add(); !errors.Is(err, errFull) {
		t.Errorf("on a full disk: %v", err)
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Errorf("%d bytes are left of %d", len(after), len(before))
	}
	f.writer.out.w = disk
	if err := add(); err != nil {
		t.Error(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if err := add(); err == nil {
		t.Error("a record was added to a closed file")
	}
	if f, err = Append(path, Options{}); err != nil {
		t.Error(err)
	} else if err := f.Close(); err != nil {
		t.Error(err)
	}
}

// A Writer whose output failed writes no more.
func TestWriterStopsAfterAnError(t *testing.T) {
	w, err := NewWriter(&full{io.Discard, 50}, Options{Plain: true})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := w.Write(ResourceDraft("file:///a", "", nil)); !errors.Is(err, errFull) {
			t.Error(err)
		}
	}
}
