//go:build unix

package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"whence/sample"
)

var archiveSize = flag.Int64("archive-size", 16<<20, "bytes of the archive that BenchmarkArchive reads")

// BenchmarkArchive reads a WARC file made of the sample's pages over and over,
// as a whole process, and tells its peak of resident memory, which must not
// grow with the file: `-archive-size 2147483648` takes some minutes.
func BenchmarkArchive(b *testing.B) {
	dir := b.TempDir()
	program, archive := filepath.Join(dir, "whence"), filepath.Join(dir, "sample.warc")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("building: %v\n%s", err, out)
	}
	size, err := writeArchive(archive, *archiveSize)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(size)
	peak := int64(0)
	for b.Loop() {
		cmd := exec.Command(program, "read", "--format", "jsonl", archive)
		if err := cmd.Run(); err != nil {
			b.Fatal(err)
		}
		if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
			peak = max(peak, int64(usage.Maxrss)) //nolint:unconvert // KiB on Linux; 32 bits on some systems
		}
	}
	b.ReportMetric(float64(peak)/1024, "MiB-peak")
}

// writeArchive writes the sample's pages as records until the file has size
// bytes, and gives how many it has.
func writeArchive(path string, size int64) (int64, error) {
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriter(f)
	written := int64(0)
	for n := 0; written < size; n++ {
		for i, p := range sample.Articles() {
			k, err := fmt.Fprintf(w, "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:%08x-0000-4000-8000-%012x>\r\nWARC-Date: 2027-03-10T00:00:00Z\r\nWARC-Target-URI: %s\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n",
				n, i, p.URL, len(p.HTML), p.HTML)
			if err != nil {
				return 0, err
			}
			written += int64(k)
		}
	}
	if err := w.Flush(); err != nil {
		return 0, err
	}
	return written, f.Close()
}
