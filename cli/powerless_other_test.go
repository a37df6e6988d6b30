//go:build !unix

package cli

import (
	"os/exec"
	"testing"
)

// powerless is the program as a process that may not write; there is none here.
func powerless(*testing.T, string, ...string) (*exec.Cmd, bool) { return nil, false }
