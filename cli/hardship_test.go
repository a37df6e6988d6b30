package cli

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestTwoAtOnce lets two programs add the same articles to one ledger at once,
// one of them from the end, and compares it with that of one program.
func TestTwoAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("programs of their own, which the race detector would not see")
	}
	dir := t.TempDir()
	lines := bytes.SplitAfter(repeated(t, 2), []byte("\n"))
	forth := filepath.Join(dir, "forth.jsonl")
	back := filepath.Join(dir, "back.jsonl")
	write(t, forth, slices.Concat(lines...))
	slices.Reverse(lines)
	write(t, back, slices.Concat(lines...))
	one, two := filepath.Join(dir, "one.db"), filepath.Join(dir, "two.db")
	program(t, "add", "--ledger", one, forth, back)
	var wg sync.WaitGroup
	for _, input := range []string{forth, back} {
		wg.Go(func() {
			if out, err := command("add", "--ledger", two, input).CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	wg.Wait()
	program(t, "verify", "--ledger", two)
	if want, got := program(t, "export", "reuse", "--ledger", one), program(t, "export", "reuse", "--ledger", two); len(want) == 0 || !slices.Equal(lineSet(want), lineSet(got)) {
		t.Errorf("two programs give another ledger than one: %d and %d lines", len(lineSet(got)), len(lineSet(want)))
	}
}

// TestNoRoom gives add files of bounded size, as a full disk does: it must say so,
// leave the ledger whole, and go on once there is room.
func TestNoRoom(t *testing.T) {
	if testing.Short() {
		t.Skip("programs of their own, which the race detector would not see")
	}
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no shell to bound the size of files with")
	}
	dir := t.TempDir()
	input, ledger := filepath.Join(dir, "articles.jsonl"), filepath.Join(dir, "x.db")
	write(t, input, repeated(t, 8))
	cmd := command("add", "--ledger", ledger, input)
	// 512 bytes each. The signal that a write past the bound brings is ignored, so
	// that the write fails instead.
	limited := exec.Command(shell, append([]string{"-c", `trap "" XFSZ; ulimit -f 1200; exec "$@"`, "sh"}, cmd.Args...)...)
	limited.Env = cmd.Env
	out, err := limited.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitLedger || !strings.Contains(string(out), "room") {
		t.Fatalf("without room: %v, want exit code %d and a word about room\n%s", err, exitLedger, out)
	}
	program(t, "verify", "--ledger", ledger)
	program(t, "add", "--ledger", ledger, input)
	program(t, "verify", "--ledger", ledger)
	whole := filepath.Join(dir, "whole.db")
	program(t, "add", "--ledger", whole, input)
	if want, got := program(t, "export", "reuse", "--ledger", whole), program(t, "export", "reuse", "--ledger", ledger); !slices.Equal(lineSet(want), lineSet(got)) {
		t.Error("the ledger that had no room for a while differs from the other")
	}
}

// TestReadOnly gives add a ledger that may be read and not written, as another user's:
// it must say so, and leave the ledger as it is, and reading goes on.
func TestReadOnly(t *testing.T) {
	if testing.Short() {
		t.Skip("programs of their own, which the race detector would not see")
	}
	dir := t.TempDir()
	input, ledger := filepath.Join(dir, "articles.jsonl"), filepath.Join(dir, "x.db")
	lines := bytes.SplitAfter(repeated(t, 1), []byte("\n"))
	write(t, input, slices.Concat(lines[:4]...))
	program(t, "add", "--ledger", ledger, input)
	write(t, input, slices.Concat(lines[4:8]...))
	before, err := os.ReadFile(ledger)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Chmod(ledger, 0o444), os.Chmod(input, 0o644)); err != nil {
		t.Fatal(err)
	}
	cmd, ok := powerless(t, dir, "add", "--ledger", ledger, input)
	if !ok {
		t.Skip("nobody to be here who may not write")
	}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitLedger || !bytes.Contains(out, []byte("readonly")) || bytes.Count(out, []byte("\n")) != 1 {
		t.Errorf("add: %v, want exit code %d and one line\n%s", err, exitLedger, out)
	}
	program(t, "verify", "--ledger", ledger)
	if after, err := os.ReadFile(ledger); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the ledger is another than before (%v)", err)
	}
	cmd, _ = powerless(t, dir, "stories", "--least", "1", "--ledger", ledger)
	if out, err := cmd.CombinedOutput(); err != nil && !strings.Contains(string(out), "readonly") {
		t.Errorf("stories: %v\n%s", err, out)
	}
}

// TestInterrupted interrupts add: it says what was added, and the ledger is whole.
func TestInterrupted(t *testing.T) {
	if testing.Short() {
		t.Skip("programs of their own, which the race detector would not see")
	}
	dir := t.TempDir()
	input, ledger := filepath.Join(dir, "articles.jsonl"), filepath.Join(dir, "x.db")
	write(t, input, repeated(t, 60))
	cmd := command("add", "--ledger", ledger, input)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 600 { // until something is written
		if info, err := os.Stat(ledger + "-wal"); err == nil && info.Size() > 1<<20 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFailed || !strings.Contains(errs.String(), "interrupted") || !strings.Contains(errs.String(), "added") {
		t.Errorf("interrupted: %v\n%s", err, errs.String())
	}
	program(t, "verify", "--ledger", ledger)
}

// TestDamagedInside writes over the middle of a ledger: verify says so, and add
// does not go on as if nothing were wrong.
func TestDamagedInside(t *testing.T) {
	if testing.Short() {
		t.Skip("programs of their own, which the race detector would not see")
	}
	dir := t.TempDir()
	input, ledger := filepath.Join(dir, "articles.jsonl"), filepath.Join(dir, "x.db")
	write(t, input, repeated(t, 2))
	program(t, "add", "--ledger", ledger, input)
	f, err := os.OpenFile(ledger, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	page := bytes.Repeat([]byte("damaged!"), 512)
	for _, part := range []int64{3, 4, 5, 6} {
		at := info.Size() * part / 8 / 4096 * 4096
		if _, err := f.WriteAt(page, at); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(ledger)
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"verify", "--ledger", ledger}, {"add", "--ledger", ledger, input}} {
		out, err := command(args...).CombinedOutput()
		var exit *exec.ExitError
		if args[0] == "verify" && (!errors.As(err, &exit) || exit.ExitCode() != exitLedger || !strings.Contains(string(out), "damaged")) {
			t.Errorf("%s: %v\n%.500s", args[0], err, out)
		}
		if strings.Contains(string(out), "panic") || strings.Contains(string(out), "goroutine") {
			t.Errorf("%s fails without words:\n%.1000s", args[0], out)
		}
	}
	after, err := os.ReadFile(ledger)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("adding what is there changed a damaged ledger (%v)", err)
	}
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
