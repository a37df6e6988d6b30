package warc_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zlib"
	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"whence"
	"whence/internal/golden"
	"whence/warc"
)

// message is an archive of one response record with the HTTP message.
func message(http string) string {
	return rec(http, "WARC-Type: response", "WARC-Target-URI: http://a.example/", "Content-Type: application/http; msgtype=response")
}

// encoders encode a body the ways servers do.
var encoders = map[string]func([]byte) []byte{
	"gzip": gzipped,
	"deflate with zlib header": func(b []byte) []byte {
		return encoded(b, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	},
	"deflate": func(b []byte) []byte {
		return encoded(b, func(w io.Writer) io.WriteCloser {
			z, _ := flate.NewWriter(w, 6)
			return z
		})
	},
	"br": func(b []byte) []byte {
		return encoded(b, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) })
	},
	"zstd": func(b []byte) []byte {
		return encoded(b, func(w io.Writer) io.WriteCloser {
			z, _ := zstd.NewWriter(w)
			return z
		})
	},
}

func encoded(b []byte, to func(io.Writer) io.WriteCloser) []byte {
	var out bytes.Buffer
	w := to(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

// chunks is b in chunks of n bytes, as a server would send it.
func chunks(b []byte, n int) []byte {
	var out bytes.Buffer
	for len(b) > 0 {
		m := min(n, len(b))
		fmt.Fprintf(&out, "%x\r\n%s\r\n", m, b[:m])
		b = b[m:]
	}
	out.WriteString("0\r\n\r\n")
	return out.Bytes()
}

const (
	ok       = "HTTP/1.1 200 OK\r\n"
	isChunks = ok + "Transfer-Encoding: chunked\r\n\r\n"
	bulletin = "<p>The council of Oldhaven voted on Tuesday to close the ferry line, two members said.</p>\n"
)

func isEncoded(as string) string { return ok + "Content-Encoding: " + as + "\r\n\r\n" }

// messages are responses, sound and otherwise.
var messages = []struct{ name, http string }{
	{"plain", ok + "Content-Type: text/html\r\nContent-Length: 5\r\n\r\nhello"},
	{"no body", "HTTP/1.1 204 No Content\r\n\r\n"},
	{"nothing", ""},
	{"HTTP/2 without reason", "HTTP/2 200\r\na: b\r\n\r\nhello"},
	{"LF alone, folded", "HTTP/1.0 200 OK\nX-A: one\n two\n\tthree\n\nhello"},
	{"no status", "HTTP/1.1 OK\r\nA: b\r\n\r\nhello"},
	{"no status line", "<html>hello"},
	{"a line without colon", ok + "this is no field\r\nA: b\r\n\r\nhello"},
	{"the header runs into the body", ok + "A: b\r\n<html>\n<p>hello</p>"},
	{"the header ends the record", ok + "A: b"},
	{"interim response", "HTTP/1.1 100 Continue\r\n\r\n" + ok + "A: b\r\n\r\nhello"},
	{"shorter than it says", ok + "Content-Length: 500\r\n\r\nhello"},
	{"chunks", isChunks + "5\r\nhello\r\n8;name=value\r\n, reader\r\n0\r\nTrailer: x\r\n\r\n"},
	{"chunks with LF and blanks", isChunks + "5  \nhello\n0\n\n"},
	{"declared chunked and is not", isChunks + "<html>hello</html>\n"},
	{"declared chunked and is not, one line", isChunks + "<html>hello</html>"},
	{"declared chunked and empty", isChunks},
	{"chunk too small", isChunks + "5\r\nhello\r\n3\r\n, reader\r\n0\r\n\r\n"},
	{"chunk too large", isChunks + "5\r\nhello\r\nff\r\n, reader\r\n0\r\n\r\n"},
	{"size is no number", isChunks + "5\r\nhello\r\nzz\r\n, reader\r\n0\r\n\r\n"},
	{"size of 2^70", isChunks + "400000000000000000\r\nhello"},
	{"cut after a chunk", isChunks + "5\r\nhello\r\n"},
	{"cut inside a chunk", isChunks + "50\r\nhello"},
	{"cut inside a size", isChunks + "5\r\nhello\r\n1"},
	{"much after the last chunk", isChunks + "5\r\nhello\r\n0\r\n\r\n" + strings.Repeat("more ", 1000)},
	{"declared gzip and is not", isEncoded("gzip") + bulletin},
	{"declared deflate and is not", isEncoded("deflate") + bulletin},
	{"declared br and is not", isEncoded("br") + bulletin},
	{"declared zstd and is not", isEncoded("zstd") + bulletin},
	{"declared deflate and begins like it", isEncoded("deflate") + "x^2 is no zlib header, whatever its bytes say"},
	{"declared br and is windows-1252", isEncoded("br") + "<p>\x93Caf\xe9 closed\x94, owner says</p>"},
	{"declared deflate and is windows-1252", isEncoded("deflate") + "<p>\x93Caf\xe9 closed\x94, owner says</p>"},
	{"declared gzip and empty", isEncoded("gzip")},
	{"unknown encoding", isEncoded("sdch") + "hello"},
	{"identity", isEncoded("identity") + "hello"},
	{"gzip twice", isEncoded("gzip, gzip") + string(gzipped(gzipped([]byte(bulletin))))},
	{"too many encodings", isEncoded(strings.Repeat("gzip,", 9)) + "hello"},
	{"gzip in chunks", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n" + string(chunks(gzipped([]byte(bulletin)), 7))},
	{"gzip cut short", isEncoded("gzip") + string(chop(gzipped([]byte(bulletin)), 20))},
	{"gzip with a wrong checksum", isEncoded("gzip") + string(flip(gzipped([]byte(bulletin)), -6))},
	{"gzip with a damaged header", isEncoded("gzip") + string(flip(gzipped([]byte(bulletin)), 3))},
	{"two gzip members", isEncoded("gzip") + string(gzipped([]byte("hello"))) + string(gzipped([]byte(", reader")))},
	{"two gzip members, the second damaged", isEncoded("gzip") + string(gzipped([]byte("hello"))) + string(flip(gzipped([]byte(", reader")), 3))},
	{"zstd with a large window", isEncoded("zstd") + "\x28\xb5\x2f\xfd\x00\x80\x01\x00\x00"},
	{"gzip and more", isEncoded("gzip") + string(gzipped([]byte(bulletin))) + "more"},
	{"zlib and more", isEncoded("deflate") + string(encoders["deflate with zlib header"]([]byte(bulletin))) + "more"},
	{"zstd broken", isEncoded("zstd") + "\x28\xb5\x2f\xfd\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"},
}

func TestMessages(t *testing.T) {
	var b strings.Builder
	for _, m := range messages {
		fmt.Fprintf(&b, "== %s\n%s\n", m.name, showResponse(t, message(m.http)))
	}
	golden.Check(t, "testdata/messages.golden", b.String())
}

func first(t rapid.TB, file string) *warc.Record {
	t.Helper()
	reader, err := warc.NewReader(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	rec, err := reader.Next()
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

func showResponse(t rapid.TB, file string) string {
	var b strings.Builder
	rec := first(t, file)
	resp, err := rec.HTTP()
	if err != nil {
		return fmt.Sprintf("error: %v\n", err)
	}
	fmt.Fprintf(&b, "%q %d %q %q\n", resp.Proto, resp.Status, resp.Reason, resp.Header)
	body, err := io.ReadAll(resp.Body)
	fmt.Fprintf(&b, "  %s\n", brief(body))
	if err != nil {
		fmt.Fprintf(&b, "  body error: %v\n", err)
	}
	for _, p := range resp.Problems() {
		fmt.Fprintf(&b, "  problem: %s\n", p)
	}
	return b.String()
}

// Every encoding, in chunks of any size or none, gives the body back.
func TestBodiesAreDecoded(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		name := rapid.SampledFrom([]string{"gzip", "deflate with zlib header", "deflate", "br", "zstd"}).Draw(rt, "encoding")
		body := rapid.OneOf(
			rapid.SliceOfN(rapid.Byte(), 1, 2000),
			rapid.Map(rapid.StringMatching(`(<p>[A-Za-z ,.é]{1,30}</p>\n){1,20}`), func(s string) []byte { return []byte(s) }),
		).Draw(rt, "body")
		raw := encoders[name](body)
		head := ok + "Content-Encoding: " + strings.Fields(name)[0] + "\r\n"
		if rapid.Bool().Draw(rt, "chunked") {
			head += "Transfer-Encoding: chunked\r\n"
			raw = chunks(raw, rapid.IntRange(1, 500).Draw(rt, "chunk"))
		}
		resp, err := first(rt, message(head+"\r\n"+string(raw))).HTTP()
		if err != nil {
			rt.Fatal(err)
		}
		got, err := io.ReadAll(resp.Body)
		if err != nil || !bytes.Equal(got, body) || len(resp.Problems()) > 0 {
			rt.Fatalf("%s: %q, %v, %q", name, got, err, resp.Problems())
		}
	})
}

// Text is given as it is, whatever encoding its header declares.
func TestTextIsNeverDecoded(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringMatching(`[<{A-Za-z0-9][ -~\n]{0,300}`).Draw(rt, "text")
		for _, declared := range []string{"gzip", "deflate", "br", "zstd"} {
			resp, err := first(rt, message(isEncoded(declared)+text)).HTTP()
			if err != nil {
				rt.Fatal(err)
			}
			got, err := io.ReadAll(resp.Body)
			if err != nil || string(got) != text {
				rt.Fatalf("declared %s: %q, %v", declared, got, err)
			}
		}
	})
}

func TestBodiesPastTheLimit(t *testing.T) {
	body := bytes.Repeat([]byte("0123456789"), 1<<20)
	forms := map[string][]byte{"": body}
	for name, encode := range encoders {
		forms[name] = encode(body)
	}
	for name, raw := range forms {
		declared, _, _ := strings.Cut(name, " ")
		reader, err := warc.NewReader(strings.NewReader(message(isEncoded(declared) + string(raw))))
		if err != nil {
			t.Fatal(err)
		}
		reader.Limits = warc.Limits{Body: 100_000}
		rec, err := reader.Next()
		if err != nil {
			t.Fatal(err)
		}
		resp, err := rec.HTTP()
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(resp.Body)
		if !errors.Is(err, whence.ErrTooLarge) || len(got) != 100_000 {
			t.Errorf("%q: %d bytes, %v", name, len(got), err)
		}
	}
}

// A body of exactly the limit is whole.
func TestBodyAtTheLimit(t *testing.T) {
	reader, _ := warc.NewReader(strings.NewReader(message(ok + "\r\nhello")))
	reader.Limits.Body = 5
	rec, err := reader.Next()
	if err != nil {
		t.Fatal(err)
	}
	resp, err := rec.HTTP()
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(resp.Body); err != nil || string(body) != "hello" {
		t.Errorf("%q, %v", body, err)
	}
}

func TestRecordsWithoutResponse(t *testing.T) {
	for name, file := range map[string]string{
		"resource": res("a", "one"),
		"request":  rec("GET / HTTP/1.1\r\n\r\n", "WARC-Type: request", "Content-Type: application/http; msgtype=request"),
		"dns":      rec("20250304\na.example. 60 IN A 192.0.2.1", "WARC-Type: response", "Content-Type: text/dns"),
	} {
		if _, err := first(t, file).HTTP(); !errors.Is(err, warc.ErrNoHTTP) {
			t.Errorf("%s: %v", name, err)
		}
	}
	rec := first(t, message(ok+"\r\nhello"))
	rec.Content.Read(make([]byte, 1))
	if _, err := rec.HTTP(); err == nil {
		t.Error("a response is given of a content that was read from")
	}
}

func TestPayload(t *testing.T) {
	for name, c := range map[string]struct{ file, body, mediaType string }{
		"resource":   {rec("one", "WARC-Type: resource", "Content-Type: text/plain"), "one", "text/plain"},
		"conversion": {rec("one", "WARC-Type: conversion", "Content-Type: text/plain; charset=utf-8"), "one", "text/plain; charset=utf-8"},
		"response":   {message(ok + "Content-Type: text/html\r\n\r\nhello"), "hello", "text/html"},
	} {
		r, mediaType, err := first(t, c.file).Payload()
		if err != nil {
			t.Fatal(err)
		}
		if body, err := io.ReadAll(r); err != nil || string(body) != c.body || mediaType != c.mediaType {
			t.Errorf("%s: %q %q %v", name, body, mediaType, err)
		}
	}
	if _, _, err := first(t, rec("", "WARC-Type: revisit")).Payload(); !errors.Is(err, warc.ErrNoHTTP) {
		t.Errorf("revisit: %v", err)
	}
}

func TestTruncatedByTheCrawler(t *testing.T) {
	resp, err := first(t, rec(ok+"\r\nhel", "WARC-Type: response", "Content-Type: application/http", "WARC-Truncated: length")).HTTP()
	if err != nil {
		t.Fatal(err)
	}
	if p := resp.Problems(); len(p) != 1 || !strings.Contains(p[0], `"length"`) {
		t.Errorf("%q", p)
	}
}

// Where the file is cut short inside a compressed body, the error is the
// file's and says where.
func TestFileCutInsideACompressedBody(t *testing.T) {
	file := message(isEncoded("gzip") + string(gzipped([]byte(noise(9000)))))
	resp, err := first(t, file[:5000]).HTTP()
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.ReadAll(resp.Body)
	var at *warc.Error
	if !errors.As(err, &at) || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error(err)
	}
}

func TestHTTPHeadLimit(t *testing.T) {
	for name, head := range map[string]string{
		"bytes":  ok + "A: " + strings.Repeat("b", warc.MaxHTTPHead) + "\r\n\r\n",
		"fields": ok + strings.Repeat("A: b\r\n", warc.MaxFields+1) + "\r\n",
		"status": "HTTP/1.1 200 " + strings.Repeat("b", warc.MaxHTTPHead) + "\r\n\r\n",
	} {
		if _, err := first(t, message(head+"hello")).HTTP(); !errors.Is(err, whence.ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
