package cli

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"whence/internal/golden"
	"whence/sample"
)

// actAsProgram makes the test binary act as whence, for tests that need a
// process to kill.
const actAsProgram = "WHENCE_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(actAsProgram) != "" {
		os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	testscript.Main(m, map[string]func(){
		"whence": func() { os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs one script for each behaviour of the command line.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       golden.Rewrite(),
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exec-code": execCode, "sample": writeSample, "overwrite": overwrite, "truncate": truncate,
		},
		Condition: func(name string) (bool, error) {
			if name == "root" {
				return os.Geteuid() == 0, nil
			}
			return false, fmt.Errorf("no condition %q", name)
		},
	})
}

// execCode runs "exec-code N COMMAND ARG…": the command must exit with N.
func execCode(ts *testscript.TestScript, neg bool, args []string) {
	if !neg || len(args) < 2 {
		ts.Fatalf("usage: ! exec-code N COMMAND ARG...")
	}
	err := ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || strconv.Itoa(exit.ExitCode()) != args[0] {
		ts.Fatalf("exited with %v, want code %s", err, args[0])
	}
}

// writeSample runs "sample FOLDER [NAME…]": the pages of the sample whose names
// begin so, or all, as files.
func writeSample(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 0 {
		ts.Fatalf("usage: sample FOLDER [NAME...]")
	}
	ts.Check(os.MkdirAll(ts.MkAbs(args[0]), 0o700))
	for _, p := range sample.Articles() {
		if len(args) == 1 || slices.ContainsFunc(args[1:], func(name string) bool { return strings.HasPrefix(p.Name, name) }) {
			ts.Check(os.WriteFile(filepath.Join(ts.MkAbs(args[0]), p.Name), p.HTML, 0o600))
		}
	}
}

// overwrite runs "overwrite FILE OFFSET BYTE…": bytes in the middle of a file.
func overwrite(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 3 {
		ts.Fatalf("usage: overwrite FILE OFFSET BYTE...")
	}
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_WRONLY, 0)
	ts.Check(err)
	var data []byte
	for _, a := range args[2:] {
		b, err := strconv.ParseUint(a, 0, 8)
		ts.Check(err)
		data = append(data, byte(b))
	}
	offset, err := strconv.ParseInt(args[1], 0, 64)
	ts.Check(err)
	_, err = f.WriteAt(data, offset)
	ts.Check(errors.Join(err, f.Close()))
}

// truncate runs "truncate FILE SIZE".
func truncate(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: truncate FILE SIZE")
	}
	size, err := strconv.ParseInt(args[1], 0, 64)
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[0]), size))
}
