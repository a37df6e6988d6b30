package warc_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"whence"
	"whence/internal/golden"
	"whence/warc"
)

// show reads an archive and says everything that the reader says of it.
func show(file []byte) string {
	var b strings.Builder
	reader, err := warc.NewReader(bytes.NewReader(file))
	if err != nil {
		fmt.Fprintf(&b, "refused: %v\n", err)
		var hint interface{ Hint() string }
		if errors.As(err, &hint) {
			fmt.Fprintf(&b, "hint: %s\n", hint.Hint())
		}
		return b.String()
	}
	for {
		rec, err := reader.Next()
		for _, w := range reader.Warnings() {
			fmt.Fprintf(&b, "warning: %v\n", w)
		}
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			fmt.Fprintf(&b, "error: %v\n", err)
			continue
		}
		fmt.Fprintf(&b, "%s %s at %d+%d: %s %s\n", rec.Version, rec.Type(), rec.Offset, rec.Inner, rec.TargetURI(), rec.Date())
		content, err := io.ReadAll(rec.Content)
		fmt.Fprintf(&b, "  %s\n", brief(content))
		if err != nil {
			fmt.Fprintf(&b, "  content error: %v\n", err)
		}
	}
}

// brief quotes b, or its ends where it is long.
func brief(b []byte) string {
	if len(b) <= 120 {
		return fmt.Sprintf("%q", b)
	}
	return fmt.Sprintf("%q … %q (%d bytes)", b[:40], b[len(b)-40:], len(b))
}

// rec is a record as a program would write it, from header lines and content.
func rec(content string, lines ...string) string {
	return "WARC/1.0\r\n" + strings.Join(lines, "\r\n") + fmt.Sprintf("\r\nContent-Length: %d\r\n\r\n", len(content)) + content + "\r\n\r\n"
}

// res is a resource record with content.
func res(name, content string) string {
	return rec(content, "WARC-Type: resource", "WARC-Target-URI: file:///"+name, "WARC-Date: 2025-03-04T05:06:07Z")
}

// damaged are archives that are not as they should be.
var damaged = []struct{ name, file string }{
	{"empty", ""},
	{"one record", res("a", "The mayor of Oldhaven resigned.")},
	{"LF alone, folded header, lower case, no date", "WARC/1.1\nwarc-type: Resource\nwarc-target-uri:\n <http://a.example/a b>\ncontent-length: 4\n\nfour\n\n" + res("b", "two")},
	{"version 0.18 with another date", "WARC/0.18\r\nWARC-Type: resource\r\nWARC-Date: 2008-10-294T05:21:46-0700\r\nContent-Length: 1\r\n\r\nx\r\n\r\n"},
	{"blank lines before and between", "\r\n\r\n" + res("a", "one") + "\n\r\n\n\n" + res("b", "two") + "\r\n\r\n\r\n"},
	{"no blank line between", strings.TrimRight(res("a", "one"), "\r\n") + res("b", "two")},
	{"junk before, between and after", "--- dump ---\n" + res("a", "one") + "0123456789" + res("b", "two") + "the end"},
	{"NUL padding", res("a", "one") + strings.Repeat("\x00", 500) + res("b", "two")},
	{"a line without colon", rec("one", "WARC-Type: resource", "what is this", "WARC-Target-URI: file:///a")},
	{"no fields", "WARC/1.0\r\n\r\n" + res("b", "two")},
	{"no length", "WARC/1.0\r\nWARC-Type: resource\r\n\r\none\r\ntwo WARC/1.0\r\nthree\r\n\r\n" + res("b", "two")},
	{"no length, last", "WARC/1.0\r\nWARC-Type: resource\r\n\r\none\r\ntwo\r\n\r\n"},
	{"no length, long", "WARC/1.0\r\nWARC-Type: resource\r\n\r\n" + strings.Repeat("0123456789abcde\n", 20_000) + "\r\n\r\n" + res("b", "two")},
	{"no length, gzip", string(gzipped([]byte("WARC/1.0\r\nWARC-Type: resource\r\n\r\none\r\n\r\n"))) + string(gzipped([]byte(res("b", "two"))))},
	{"a length that is no number", "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: many\r\n\r\none\r\n\r\n" + res("b", "two")},
	{"a length of 2^80", "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 1208925819614629174706176\r\n\r\none\r\n\r\n" + res("b", "two")},
	{"length too small", strings.Replace(res("a", "one two three"), "Content-Length: 13", "Content-Length: 4", 1) + res("b", "two")},
	{"length too large", strings.Replace(res("a", "one two three"), "Content-Length: 13", "Content-Length: 60", 1) + res("b", "two") + res("c", "three")},
	{"length too large, long", strings.Replace(res("a", strings.Repeat("word ", 40_000)), "Content-Length: 200000", "Content-Length: 200040", 1) + res("b", "two") + res("c", "three")},
	{"no length, then a gzip member", "WARC/1.0\r\nWARC-Type: resource\r\n\r\none\r\n\r\n" + string(gzipped([]byte(res("b", "two"))))},
	{"length too large, then a gzip member", strings.Replace(res("a", "one two three"), "Content-Length: 13", "Content-Length: 60", 1) + string(gzipped([]byte(res("b", "two"))))},
	{"length too small, gzip", string(gzipped([]byte(strings.Replace(res("a", "one two three"), "Content-Length: 13", "Content-Length: 4", 1)))) + string(gzipped([]byte(res("b", "two"))))},
	{"length too large, gzip", string(gzipped([]byte(strings.Replace(res("a", "one two three"), "Content-Length: 13", "Content-Length: 60", 1)))) + string(gzipped([]byte(res("b", "two"))))},
	{"length too large, long, gzip", string(gzipped([]byte(strings.Replace(res("a", noise(200_000)), "Content-Length: 200000", "Content-Length: 200040", 1)))) + string(gzipped([]byte(res("b", "two"))))},
	{"length too large, long, then a damaged member", string(gzipped([]byte(strings.Replace(res("a", noise(200_000)), "Content-Length: 200000", "Content-Length: 200040", 1)))) + string(flip(gzipped([]byte(res("b", "two"))), 3)) + string(gzipped([]byte(res("c", "three"))))},
	{"length too small, no blank line", strings.TrimRight(strings.Replace(res("a", "one two three"), "Content-Length: 13", "Content-Length: 4", 1), "\r\n") + res("b", "two")},
	{"many blank lines", res("a", "one") + strings.Repeat("\n", 200) + res("b", "two")},
	{"much junk", res("a", "one") + strings.Repeat("junk ", 100_000) + res("b", "two")},
	{"header that begins folded", "WARC/1.0\r\n folded\r\nWARC-Type: resource\r\nContent-Length: 3\r\n\r\none\r\n\r\n"},
	{"a record inside a content is content", res("a", "see:\r\n\r\n"+res("forged", "I resign")) + res("b", "two")},
	{"a record inside the last content, and padding", res("a", "see:\r\n\r\n"+res("forged", "I resign")) + "\x00\x00\x00"},
	{"cut inside the version line", res("a", "one") + "WARC/1."},
	{"cut inside a header", res("a", "one") + "WARC/1.0\r\nWARC-Type: res"},
	{"cut inside a content", res("a", "one") + res("b", "one two three")[:123]},
	{"cut inside a content of no length, gzip", string(chop(gzipped([]byte("WARC/1.0\r\nWARC-Type: resource\r\n\r\n"+strings.Repeat("one two ", 30))), 9))},
	{"cut inside a gzip member", string(gzipped([]byte(res("a", "one")))) + string(chop(gzipped([]byte(res("b", strings.Repeat("two three ", 30)))), 12))},
	{"cut inside the trailer of a gzip member", string(chop(gzipped([]byte(res("a", "one"))), 4))},
	{"cut inside the header of a gzip member", string(gzipped([]byte(res("a", "one")))) + string(gzipped([]byte(res("b", "two"))))[:7]},
	{"damage in the header of a gzip member", string(gzipped([]byte(res("a", "one")))) + string(flip(gzipped([]byte(res("b", "two"))), 3)) + string(gzipped([]byte(res("c", "three"))))},
	{"damage in a gzip member", string(flip(gzipped([]byte(res("a", "one"))), 60)) + string(gzipped([]byte(res("b", "two")))) + string(gzipped([]byte(res("c", "three"))))},
	{"wrong checksum", string(flip(gzipped([]byte(res("a", "one"))), -8)) + string(gzipped([]byte(res("b", "two"))))},
	{"junk between gzip members", string(gzipped([]byte(res("a", "one")))) + "\x1f\x8b\x08 junk \x1f\x8b\x08\x00 more" + string(gzipped([]byte(res("b", "two"))))},
	{"gzip of something else", string(gzipped([]byte("<html>")))},
	{"gzip of an ARC file", string(gzipped([]byte("filedesc://a.arc 0.0.0.0")))},
	{"gzip of something else, then records", string(gzipped([]byte("note to self"))) + string(gzipped([]byte(res("b", "two"))))},
	{"header ends with its gzip member", string(gzipped([]byte("WARC/1.0\r\nWARC-Type: resource\r\n"))) + string(gzipped([]byte(res("b", "two"))))},
	{"LZ4", "\x04\x22\x4d\x18d@\xa7"},
	{"zstd", "\x28\xb5\x2f\xfd"},
	{"bzip2", "BZh91AY&SY"},
	{"zip", "PK\x03\x04"},
	{"ARC", "filedesc://a.arc 0.0.0.0 20080430204825"},
	{"HTML", "<html><title>WARC/ is a format</title>"},
}

// noise is n bytes that do not compress, and hold no line end.
func noise(n int) string {
	b := make([]byte, n)
	for i, x := 0, uint32(1); i < n; i++ {
		x = x*1664525 + 1013904223
		b[i] = byte(x>>24) | 0x10
	}
	return string(b)
}

// chop is b without its last n bytes.
func chop(b []byte, n int) []byte { return b[:len(b)-n] }

// flip is b with one byte changed, counted from the end if i is negative.
func flip(b []byte, i int) []byte {
	b = bytes.Clone(b)
	if i < 0 {
		i += len(b)
	}
	b[i] ^= 0xff
	return b
}

func TestDamagedArchives(t *testing.T) {
	var b strings.Builder
	for _, c := range damaged {
		fmt.Fprintf(&b, "== %s\n%s\n", c.name, show([]byte(c.file)))
	}
	golden.Check(t, "testdata/damaged.golden", b.String())
}

// Whatever the place at which a file is cut: the records before it are given
// whole, what is there of the one in which it is cut, and then either the end
// or the error that says so.
func TestEveryCut(t *testing.T) {
	var plain, members []byte
	var want []string
	for i := range 4 {
		content := strings.Repeat(fmt.Sprintf("sentence %d. ", i), 3*i+1)
		want = append(want, content)
		plain = append(plain, res("a", content)...)
		members = append(members, gzipped([]byte(res("a", content)))...)
	}
	for name, file := range map[string][]byte{"plain": plain, "members": members, "whole": gzipped(plain)} {
		for cut := 6; cut < len(file); cut++ {
			reader, err := warc.NewReader(bytes.NewReader(file[:cut]))
			if err != nil {
				if name != "plain" && cut < 90 && errors.Is(err, whence.ErrNotRecognised) {
					continue // not enough is there to be recognised
				}
				t.Fatalf("%s cut at %d: %v", name, cut, err)
			}
			checkCut(t, fmt.Sprintf("%s cut at %d", name, cut), reader, want)
		}
	}
}

func checkCut(t *testing.T, what string, reader *warc.Reader, want []string) {
	t.Helper()
	for i := 0; ; i++ {
		rec, err := reader.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%s: after %d records %v", what, i, err)
			}
			if _, again := reader.Next(); !errors.Is(again, io.EOF) {
				t.Errorf("%s: after the error %v", what, again)
			}
			return
		}
		content, err := io.ReadAll(rec.Content)
		switch {
		case err == nil && string(content) != want[i]:
			t.Errorf("%s: record %d has %q", what, i, content)
		case err != nil && (!errors.Is(err, io.ErrUnexpectedEOF) || !strings.HasPrefix(want[i], string(content))):
			t.Errorf("%s: record %d has %q, %v", what, i, content, err)
		}
	}
}

// One damaged byte costs at most the records of one gzip member and the next,
// and never goes unsaid.
func TestEveryDamagedByte(t *testing.T) {
	const records = 6
	var file []byte
	for i := range records {
		file = append(file, gzipped([]byte(res(fmt.Sprint(i), fmt.Sprintf("sentence %d of the report", i))))...)
	}
	quiet := 0
	for i := range file {
		reader, err := warc.NewReader(bytes.NewReader(flip(file, i)))
		if err != nil {
			t.Fatalf("byte %d: %v", i, err)
		}
		good, said := 0, false
		for {
			rec, err := reader.Next()
			said = said || len(reader.Warnings()) > 0
			if err != nil {
				said = said || !errors.Is(err, io.EOF)
				break
			}
			content, err := io.ReadAll(rec.Content)
			said = said || err != nil
			if strings.HasPrefix(string(content), "sentence ") && strings.HasSuffix(string(content), "of the report") {
				good++
			}
		}
		if good < records-2 {
			t.Errorf("byte %d: %d of %d records are good", i, good, records)
		}
		if !said && good < records {
			t.Errorf("byte %d: a record is lost and nothing said", i)
		}
		if !said {
			quiet++ // time stamps and the like in gzip headers
		}
	}
	if most := records * 7; quiet > most {
		t.Errorf("damage in %d bytes went unsaid, in gzip headers are at most %d", quiet, most)
	}
}

// A gzip member may end anywhere in a record.
func TestEveryStraddle(t *testing.T) {
	content := "see:\r\n\r\nWARC is a format\r\n\r\nand more"
	file := []byte(res("a", content) + res("b", content))
	for size := 6; size <= len(file); size++ {
		var form []byte
		for rest := file; len(rest) > 0; {
			n := min(size, len(rest))
			form = append(append(form, gzipped(rest[:n])...), gzipped(nil)...)
			rest = rest[n:]
		}
		all := readAll(t, bytes.NewReader(form))
		if len(all) != 2 || all[0].Block != content || all[1].Block != content {
			t.Errorf("members of %d bytes: %+v", size, all)
		}
	}
}

func TestSkippedContentsAreNotNeeded(t *testing.T) {
	file := res("a", strings.Repeat("x", 500_000)) + res("b", "two")
	for _, form := range [][]byte{[]byte(file), gzipped([]byte(file))} {
		reader, err := warc.NewReader(bytes.NewReader(form))
		if err != nil {
			t.Fatal(err)
		}
		first, err := reader.Next()
		if err != nil {
			t.Fatal(err)
		}
		second, err := reader.Next()
		if err != nil || second.TargetURI() != "file:///b" {
			t.Fatalf("%v, %v", second, err)
		}
		if _, err := first.Content.Read(make([]byte, 1)); err == nil || errors.Is(err, io.EOF) {
			t.Errorf("reading from a passed record: %v", err)
		}
	}
}

func TestErrorsOfTheFileAreGiven(t *testing.T) {
	dead := errors.New("the disk is gone")
	file := []byte(res("a", strings.Repeat("x", 300_000)))
	for _, form := range [][]byte{file, gzipped(file)} {
		for _, at := range []int{0, len(form) / 2, len(form)} {
			err := drain(io.MultiReader(bytes.NewReader(form[:at]), &broken{dead}))
			if !errors.Is(err, dead) {
				t.Errorf("after %d of %d bytes: %v", at, len(form), err)
			}
		}
	}
}

type broken struct{ err error }

func (b *broken) Read([]byte) (int, error) { return 0, b.err }

// drain reads an archive to its end and gives what it ends with, nil for
// io.EOF.
func drain(r io.Reader) error {
	reader, err := warc.NewReader(r)
	if err != nil {
		return err
	}
	for {
		rec, err := reader.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		io.Copy(io.Discard, rec.Content)
	}
}

func TestBombs(t *testing.T) {
	zeros := strings.Repeat("0", 8<<20)
	limits := warc.Limits{Inflate: 1 << 20, Ratio: 100}
	file := append(gzipped([]byte(res("bomb", zeros))), gzipped([]byte(res("b", "two")))...)
	reader, err := warc.NewReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	reader.Limits = limits
	bomb, err := reader.Next()
	if err != nil {
		t.Fatal(err)
	}
	n, err := io.Copy(io.Discard, bomb.Content)
	if !errors.Is(err, whence.ErrTooLarge) || n > 2<<20 {
		t.Errorf("%d bytes, %v", n, err)
	}
	next, err := reader.Next()
	if err != nil || next.TargetURI() != "file:///b" {
		t.Errorf("after the bomb: %v, %v", next, err)
	}
	if w := reader.Warnings(); len(w) == 0 {
		t.Error("nothing was said of the bomb")
	}
}

func TestHeaderLimits(t *testing.T) {
	many := strings.Repeat("X: y\r\n", 50)
	for name, file := range map[string]string{
		"bytes":     rec("one", "WARC-Type: resource", "X: "+strings.Repeat("y", 500)),
		"one line":  "WARC/1.0\r\nX: " + strings.Repeat("y", 300_000) + "\r\n\r\n",
		"fields":    rec("one", "WARC-Type: resource", strings.TrimSuffix(many, "\r\n")),
		"no end":    "WARC/1.0\r\n" + strings.Repeat(many, 100),
		"long gzip": string(gzipped([]byte("WARC/1.0\r\nX: " + strings.Repeat("y", 300_000)))),
	} {
		reader, err := warc.NewReader(strings.NewReader(file + "\r\n\r\n" + res("b", "two")))
		if err != nil {
			t.Fatal(err)
		}
		reader.Limits = warc.Limits{Header: 400, Fields: 20}
		rec, err := reader.Next()
		if err != nil || rec.TargetURI() != "file:///b" {
			t.Errorf("%s: %v, %v", name, rec, err)
		}
		if w := reader.Warnings(); len(w) == 0 {
			t.Errorf("%s: no warning", name)
		}
	}
}

// A header's cost is in proportion to its size, in however many lines it is
// folded.
func TestFoldedHeadersAreCheap(t *testing.T) {
	const most = 16 << 20
	folded := "X: y" + strings.Repeat("\r\n z", 50_000)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	first(t, rec("one", "WARC-Type: resource", folded))
	if _, err := first(t, message(ok+folded+"\r\n\r\n")).HTTP(); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > most {
		t.Errorf("%d bytes were allocated for two headers of %d", got, len(folded))
	}
}

func TestWarningsAreBounded(t *testing.T) {
	reader, err := warc.NewReader(strings.NewReader(strings.Repeat("WARC/1.0\r\n\r\n", 1000)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := reader.Next(); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	w := reader.Warnings()
	if last := w[len(w)-1].Text; len(w) != warc.MaxWarnings+1 || last != "900 further warnings" {
		t.Errorf("%d warnings, the last %q", len(w), last)
	}
	if w := reader.Warnings(); len(w) != 0 {
		t.Errorf("asked again: %v", w)
	}
}

func TestRecognise(t *testing.T) {
	for head, want := range map[string]bool{
		res("a", "one"):                               true,
		"\r\n" + res("a", "one"):                      true,
		"WARC/1.0":                                    true,
		string(gzipped([]byte(res("a", "one")))):      true,
		string(gzipped([]byte(res("a", "one"))))[:40]: true,
		"":                                false,
		"WARC":                            false,
		"WARC/":                           false,
		"WARC/x":                          false,
		"WARCRAFT":                        false,
		"see WARC/1.0":                    false,
		string(gzipped([]byte("<html>"))): false,
		"\x1f\x8b\x08":                    false,
		"\x1f\x8b\x08\xff\xff\xff":        false,
		"PK\x03\x04":                      false,
	} {
		if got := warc.Recognise([]byte(head)); got != want {
			t.Errorf("%q: %v", head, got)
		}
	}
}
