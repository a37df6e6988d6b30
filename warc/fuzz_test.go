package warc_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"whence/warc"
)

// fuzzLimits keep a run short.
var fuzzLimits = warc.Limits{Header: 4 << 10, Fields: 50, HTTPHead: 4 << 10, Body: 64 << 10, Inflate: 256 << 10, Ratio: 100}

// FuzzReader holds that any bytes come to an end, and that what is read and
// written again is read the same.
func FuzzReader(f *testing.F) {
	for _, c := range damaged {
		f.Add([]byte(c.file))
	}
	f.Add(write(f, warc.Options{}, exchange()...))
	f.Add(write(f, warc.Options{Plain: true}, exchange()...))
	f.Fuzz(func(t *testing.T, file []byte) {
		reader, err := warc.NewReader(bytes.NewReader(file))
		if err != nil {
			return
		}
		reader.Limits = fuzzLimits
		last := warc.Position{Offset: -1}
		for n := 0; ; n++ {
			rec, err := reader.Next()
			if len(reader.Warnings()) > warc.MaxWarnings+1 {
				t.Fatal("more warnings than promised")
			}
			if err != nil {
				if _, again := reader.Next(); !errors.Is(again, io.EOF) {
					t.Fatalf("after %v: %v", err, again)
				}
				return
			}
			at := warc.Position{Offset: rec.Offset, Inner: rec.Inner}
			if at.Offset < last.Offset || at.Offset == last.Offset && at.Inner <= last.Inner && n > 0 && at.Inner != 0 {
				t.Fatalf("a record at %v after one at %v", at, last)
			}
			last = at
			useRecord(t, rec, n)
		}
	})
}

// useRecord reads a record one way or the other.
func useRecord(t *testing.T, rec *warc.Record, n int) {
	t.Helper()
	rec.Date()
	rec.Refers()
	switch n % 3 {
	case 0:
		content, err := io.ReadAll(rec.Content)
		if err == nil {
			rewritten(t, rec, content)
		}
	case 1:
		if body, _, err := rec.Payload(); err == nil {
			n, _ := io.Copy(io.Discard, body)
			if n > fuzzLimits.Body {
				t.Fatalf("a body of %d bytes", n)
			}
		}
	}
	for _, d := range rec.Digests() {
		d.Problem()
	}
}

// rewritten holds that a record can be written anew and read back, unless its
// header holds what no writer may write.
func rewritten(t *testing.T, rec *warc.Record, content []byte) {
	t.Helper()
	var out bytes.Buffer
	w, err := warc.NewWriter(&out, warc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := warc.Draft{Type: rec.Type(), TargetURI: rec.TargetURI(), ContentType: "text/plain", Payload: bytes.NewReader(content)}
	if _, err := w.Write(d); err != nil {
		return
	}
	again, err := warc.NewReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	back, err := again.Next()
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(back.Content)
	if err != nil || !bytes.Equal(got, content) || back.Type() != rec.Type() {
		t.Fatalf("written %q %q, read %q %q, %v", rec.Type(), content, back.Type(), got, err)
	}
}

// FuzzHTTP holds that any response comes to an end within the limits.
func FuzzHTTP(f *testing.F) {
	for _, m := range messages {
		f.Add([]byte(m.http))
	}
	for name, encode := range encoders {
		f.Add(append([]byte(isEncoded(name)), encode([]byte(bulletin))...))
	}
	f.Fuzz(func(t *testing.T, http []byte) {
		reader, err := warc.NewReader(bytes.NewReader([]byte(message(string(http)))))
		if err != nil {
			t.Fatal(err)
		}
		reader.Limits = fuzzLimits
		rec, err := reader.Next()
		if err != nil {
			t.Fatal(err)
		}
		resp, err := rec.HTTP()
		if err != nil {
			return
		}
		n, _ := io.Copy(io.Discard, resp.Body)
		if n > fuzzLimits.Body {
			t.Fatalf("a body of %d bytes", n)
		}
		resp.Problems()
	})
}
