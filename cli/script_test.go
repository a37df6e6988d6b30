package cli

import (
	"errors"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"whence/internal/golden"
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
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"exec-code": execCode},
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
