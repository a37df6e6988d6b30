package warc_test

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"testing"

	"whence/warc"
)

func TestDigestForms(t *testing.T) {
	const content = "The minister did not reply."
	s1, s2 := sha1.Sum([]byte(content)), sha256.Sum256([]byte(content))
	s3, s4 := sha512.Sum512([]byte(content)), md5.Sum([]byte(content))
	for declared, want := range map[string]warc.Verdict{
		"sha1:" + base32.StdEncoding.EncodeToString(s1[:]):                  warc.DigestMatch,
		"sha1:" + strings.ToLower(base32.StdEncoding.EncodeToString(s1[:])): warc.DigestMatch,
		"SHA-1:" + hex.EncodeToString(s1[:]):                                warc.DigestMatch,
		"sha1:" + strings.ToUpper(hex.EncodeToString(s1[:])):                warc.DigestMatch,
		"sha1:" + base64.StdEncoding.EncodeToString(s1[:]):                  warc.DigestMatch,
		"sha1:" + base64.RawURLEncoding.EncodeToString(s1[:]):               warc.DigestMatch,
		"sha256:" + hex.EncodeToString(s2[:]):                               warc.DigestMatch,
		"sha256:" + base32.StdEncoding.EncodeToString(s2[:]):                warc.DigestMatch,
		"sha-512:" + hex.EncodeToString(s3[:]):                              warc.DigestMatch,
		"md5:" + hex.EncodeToString(s4[:]):                                  warc.DigestMatch,
		"md5:" + base32.StdEncoding.EncodeToString(s4[:]):                   warc.DigestMatch,
		"sha1:" + hex.EncodeToString(make([]byte, 20)):                      warc.DigestMismatch,
		"sha256:" + hex.EncodeToString(make([]byte, 32)):                    warc.DigestMismatch,
		"sha1:" + hex.EncodeToString(s2[:]):                                 warc.DigestUnsupported,
		"sha1:":                                                             warc.DigestUnsupported,
		"sha1":                                                              warc.DigestUnsupported,
		"crc32:cafebabe":                                                    warc.DigestUnsupported,
		"no digest at all":                                                  warc.DigestUnsupported,
		"":                                                                  warc.DigestNone,
	} {
		lines := []string{"WARC-Type: resource"}
		if declared != "" {
			lines = append(lines, "WARC-Block-Digest: "+declared)
		}
		r := first(t, rec(content, lines...))
		if d := r.Digests()[0]; want != warc.DigestNone && want != warc.DigestUnsupported && d.Verdict != warc.DigestUnread {
			t.Errorf("%s before reading: %+v", declared, d)
		}
		io.Copy(io.Discard, r.Content)
		d := r.Digests()[0]
		if d.Verdict != want {
			t.Errorf("%s: %+v, want %s", declared, d, want)
		}
		if problem := d.Problem(); (problem != "") != (want == warc.DigestMismatch || want == warc.DigestUnsupported) {
			t.Errorf("%s: %s has the problem %q", declared, want, problem)
		}
	}
}

func TestPayloadDigests(t *testing.T) {
	const body = "<p>The minister did not reply.</p>"
	of := func(s string) string { return fmt.Sprintf("WARC-Payload-Digest: sha1:%x", sha1.Sum([]byte(s))) }
	inChunks := string(chunks([]byte(body), 9))
	packed := string(gzipped([]byte(body)))
	const http = "Content-Type: application/http; msgtype=response"
	for name, c := range map[string]struct {
		kind, content, digest string
		want                  warc.Verdict
	}{
		"body":                        {"response", ok + "\r\n" + body, of(body), warc.DigestMatch},
		"body, bare LF":               {"response", "HTTP/1.1 200 OK\nA: b\n\n" + body, of(body), warc.DigestMatch},
		"empty body":                  {"response", ok + "\r\n", of(""), warc.DigestMatch},
		"chunks as stored":            {"response", isChunks + inChunks, of(inChunks), warc.DigestMatch},
		"chunks undone":               {"response", isChunks + inChunks, of(body), warc.DigestMatch},
		"encoded as stored":           {"response", isEncoded("gzip") + packed, of(packed), warc.DigestMatch},
		"of the whole message":        {"response", ok + "\r\n" + body, of(ok + "\r\n" + body), warc.DigestMismatch},
		"another body":                {"response", ok + "\r\n" + body, of("x"), warc.DigestMismatch},
		"revisit, of the body before": {"revisit", ok + "\r\n", of(body), warc.DigestNone},
	} {
		file := rec(c.content, "WARC-Type: "+c.kind, http, c.digest)
		raw := first(t, file)
		io.Copy(io.Discard, raw.Content)
		if d := raw.Digests()[1]; d.Verdict != c.want {
			t.Errorf("%s: %+v, want %s", name, d, c.want)
		}
		viaHTTP := first(t, file)
		resp, err := viaHTTP.HTTP()
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, resp.Body)
		if d := viaHTTP.Digests()[1]; d.Verdict != c.want {
			t.Errorf("%s, through HTTP: %+v, want %s", name, d, c.want)
		}
	}
	endless := first(t, rec(strings.Repeat("A: b\r\n", warc.MaxHTTPHead/6+1), "WARC-Type: response", http, of(body)))
	io.Copy(io.Discard, endless.Content)
	if d := endless.Digests()[1]; d.Verdict != warc.DigestUnsupported {
		t.Errorf("a head without end: %+v", d)
	}
	resource := first(t, rec(body, "WARC-Type: resource", of(body)))
	io.Copy(io.Discard, resource.Content)
	if d := resource.Digests()[1]; d.Verdict != warc.DigestMatch {
		t.Errorf("resource: %+v", d)
	}
}

// A digest is the same in whatever pieces the content is read.
func TestDigestsDoNotDependOnPieces(t *testing.T) {
	body := strings.Repeat("word ", 50)
	head := ok + "Transfer-Encoding: chunked\r\n\r\n"
	file := rec(head+string(chunks([]byte(body), 17)), "WARC-Type: response", "Content-Type: application/http",
		fmt.Sprintf("WARC-Payload-Digest: sha256:%x", sha256.Sum256([]byte(body))))
	for size := 1; size < 100; size++ {
		r := first(t, file)
		if _, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, r.Content, make([]byte, size)); err != nil {
			t.Fatal(err)
		}
		if d := r.Digests()[1]; d.Verdict != warc.DigestMatch {
			t.Errorf("in pieces of %d: %+v", size, d)
		}
	}
}
