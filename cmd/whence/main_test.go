package main

import (
	"os/exec"
	"path/filepath"
	"testing"
)

// BenchmarkStart is the time from calling the program to its end where it has
// nothing to do: what a shell loop over files pays for each call.
func BenchmarkStart(b *testing.B) {
	program := filepath.Join(b.TempDir(), "whence")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("building: %v\n%s", err, out)
	}
	for b.Loop() {
		if err := exec.Command(program, "--version").Run(); err != nil {
			b.Fatal(err)
		}
	}
}
