//go:build unix

package intake

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestMapNamedPipe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Skip(err)
	}
	go func() {
		if err := os.WriteFile(path, []byte(jsonLines(3)), 0o600); err != nil {
			t.Error(err)
		}
	}()
	if articles, problems := readAll(t, Options{}, path); len(articles) != 3 || len(problems) != 0 {
		t.Errorf("%d articles, problems %v", len(articles), problems)
	}
}

// A pipe in a folder is passed over: it would be waited for.
func TestMapPipeInFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.txt"), "The quay is shut.")
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Skip(err)
	}
	if articles, problems := readAll(t, Options{}, dir); len(articles) != 1 || len(problems) != 0 {
		t.Errorf("%d articles, problems %v", len(articles), problems)
	}
}
