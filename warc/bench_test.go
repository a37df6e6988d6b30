package warc_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"whence/warc"
)

// prose is n bytes that compress about as well as a page does.
func prose(n int) []byte {
	words := strings.Fields("the port office of Skerrin said on Monday that ferry dues would rise while two members of the council declined to comment and a third referred questions to the mayor <p> </p> <a href=/news/> </a> class=story")
	random := rand.New(rand.NewPCG(1, 2))
	var b bytes.Buffer
	for b.Len() < n {
		fmt.Fprintf(&b, "%s %x ", words[random.IntN(len(words))], random.IntN(1<<12))
	}
	return b.Bytes()[:n]
}

// archive is a file of captures of 40 kB each, about size bytes unpacked.
func archive(tb testing.TB, size int, opt warc.Options) []byte {
	page := prose(40_000)
	var list []warc.Draft
	for n := 0; n < size; n += len(page) {
		uri := fmt.Sprintf("https://www.harbourpost.example/%d", n)
		list = append(list, warc.ResponseDraft(uri, []byte(ok+"Content-Type: text/html\r\n\r\n"), bytes.NewReader(page)))
	}
	return write(tb, opt, list...)
}

func BenchmarkRead(b *testing.B) {
	const size = 8 << 20
	plain := archive(b, size, warc.Options{Plain: true})
	for _, form := range []struct {
		name string
		file []byte
	}{
		{"plain", plain},
		{"gzip-members", archive(b, size, warc.Options{})},
		{"gzip-whole", gzipped(plain)},
	} {
		b.Run(form.name, func(b *testing.B) {
			b.SetBytes(int64(len(plain)))
			b.ReportAllocs()
			for b.Loop() {
				if n := bodies(b, bytes.NewReader(form.file)); n < size {
					b.Fatalf("%d bytes of bodies", n)
				}
			}
		})
	}
}

// bodies reads all responses of an archive and gives the size of their bodies.
func bodies(tb testing.TB, r io.Reader) int64 {
	reader, err := warc.NewReader(r)
	if err != nil {
		tb.Fatal(err)
	}
	var size int64
	for {
		rec, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return size
		}
		if err != nil {
			tb.Fatal(err)
		}
		resp, err := rec.HTTP()
		if err != nil {
			tb.Fatal(err)
		}
		n, err := io.Copy(io.Discard, resp.Body)
		if err != nil {
			tb.Fatal(err)
		}
		size += n
	}
}

func BenchmarkWrite(b *testing.B) {
	page := prose(40_000)
	for name, opt := range map[string]warc.Options{"plain": {Plain: true}, "gzip": {}} {
		b.Run(name, func(b *testing.B) {
			w, err := warc.NewWriter(io.Discard, opt)
			if err != nil {
				b.Fatal(err)
			}
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				if _, err := w.Write(warc.ResourceDraft("file:///a", "text/html", bytes.NewReader(page))); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// endless is a record of size zeros and blanks, made as it is read.
func endless(size int64) io.Reader {
	head := fmt.Sprintf("WARC/1.1\r\nWARC-Type: resource\r\nContent-Length: %d\r\n\r\n", size)
	return io.MultiReader(strings.NewReader(head), io.LimitReader(blanks{}, size), strings.NewReader("\r\n\r\n"))
}

type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// Memory stays flat, however large a record is.
func TestMemoryStaysFlat(t *testing.T) {
	const size, most = 256 << 20, 4 << 20
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 2 {
		if err := drain(endless(size)); err != nil {
			t.Fatal(err)
		}
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > most {
		t.Errorf("%d bytes were allocated for two records of %d", got, size)
	}
}
