//go:build unix

package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// powerless is the program as a process whose user may not write what belongs to
// the user of the tests and is read-only: the same user, or nobody where that is the
// one to whom everything is allowed.
func powerless(t *testing.T, dir string, args ...string) (*exec.Cmd, bool) {
	t.Helper()
	cmd := command(args...)
	if os.Geteuid() != 0 {
		return cmd, true
	}
	const nobody = 65534
	own := filepath.Join(dir, "whence")
	if _, err := os.Stat(own); err != nil {
		program, err := os.ReadFile(os.Args[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(own, program, 0o755); err != nil { //nolint:gosec // nobody is to run it
			t.Fatal(err)
		}
	}
	for _, d := range []string{dir, filepath.Dir(dir)} {
		if err := os.Chmod(d, 0o777); err != nil { //nolint:gosec // nobody is to look for it there
			t.Fatal(err)
		}
	}
	cmd.Path = own
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	return cmd, true
}
