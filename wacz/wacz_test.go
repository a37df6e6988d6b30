package wacz_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"whence"
	"whence/internal/golden"
	"whence/wacz"
)

func open(file []byte) (*wacz.Archive, error) {
	return wacz.Open(bytes.NewReader(file), int64(len(file)))
}

// show says everything there is to say of an archive.
func show(file []byte) string {
	var b strings.Builder
	a, err := open(file)
	if err != nil {
		return fmt.Sprintf("refused: %v\n", err)
	}
	fmt.Fprintf(&b, "%q %q %q created %s, modified %s\n", a.Package.Title, a.Package.Version, a.Package.Software, a.Package.Created, a.Package.Modified)
	for _, p := range a.Problems() {
		fmt.Fprintf(&b, "problem: %s\n", p)
	}
	for _, f := range a.WARCs() {
		content, err := contents(f)
		fmt.Fprintf(&b, "%q (%q), %d bytes: %.20q, %v\n", f.Name, f.Base(), f.Size, content, err)
	}
	for p, err := range a.Pages() {
		fmt.Fprintf(&b, "page %q %q %q %s, %v\n", p.URL, p.Title, p.ID, p.Time, err)
	}
	report := a.Verify()
	fmt.Fprintf(&b, "checked %d, signature %s\n", report.Checked, report.Signature)
	for _, d := range report.Differences {
		fmt.Fprintf(&b, "differs: %v\n", d)
	}
	return b.String()
}

func contents(f wacz.File) (string, error) {
	r, err := f.Open()
	if err != nil {
		return "", err
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	return string(content), err
}

// edited is the zip of the entries after edit.
func edited(entries []entry, edit func([]entry) []entry) []byte { return zipped(edit(entries)...) }

// with puts e in the place of the entry of its name.
func with(e entry) func([]entry) []entry {
	return func(list []entry) []entry {
		for i := range list {
			if list[i].name == e.name {
				list[i] = e
			}
		}
		return list
	}
}

// patched is a zip with the header field of every entry changed: two bytes at
// offset in the local header, and at offset+2 in the directory.
func patched(file []byte, offset int, value uint16) []byte {
	file = bytes.Clone(file)
	for magic, at := range map[string]int{"PK\x03\x04": offset, "PK\x01\x02": offset + 2} {
		for from := 0; ; {
			i := bytes.Index(file[from:], []byte(magic))
			if i < 0 {
				break
			}
			from += i
			binary.LittleEndian.PutUint16(file[from+at:], value)
			from++
		}
	}
	return file
}

// Offsets of fields in a local zip header.
const (
	zipFlags  = 6
	zipMethod = 8
)

func TestArchives(t *testing.T) {
	sound := zipped(described(files()...)...)
	old := `{"resources":[{"path":"archive/one.warc","hashing":"sha256","stats":{"hash":"` + strings.TrimPrefix(hash(record), "sha256:") + `","bytes":` + fmt.Sprint(len(record)) + `}},
		{"path":"gone.warc","hashing":"sha256","stats":{"hash":"00","bytes":1}},{"path":"archive/two.warc","hashing":"rot13","stats":{"hash":"00"}},
		{"path":"archive/three.warc"},{"path":"archive/three.warc"}],"metadata":{"title":"An older one"},"wacz_version":"1.0.0"}`
	var b strings.Builder
	for _, c := range []struct {
		name string
		file []byte
	}{
		{"sound", sound},
		{"version 1.0, with differences", zipped(entry{name: "archive/one.warc", content: record}, entry{name: "archive/two.warc", content: record},
			entry{name: "archive/three.warc", content: record}, entry{name: "datapackage.json", content: old})},
		{"a file was changed", edited(described(files()...), with(entry{name: "archive/one.warc", content: record + "\n"}))},
		{"a file was added, one doubled", edited(described(files()...), func(e []entry) []entry {
			return append(e, entry{name: "archive/three.warc", content: record}, entry{name: "archive/one.warc", content: record})
		})},
		{"the description was changed", edited(described(files()...), with(entry{name: "datapackage.json", content: `{"resources":[]}`}))},
		{"another digest file", edited(described(files()...), with(entry{name: "datapackage-digest.json", content: `{"path":"a","hash":"sha256:00"}`}))},
		{"digest file is no JSON", edited(described(files()...), with(entry{name: "datapackage-digest.json", content: `---`}))},
		{"no description", zipped(entry{name: "archive/one.warc", content: record})},
		{"description is no JSON", zipped(entry{name: "archive/one.warc", content: record}, entry{name: "datapackage.json", content: "<html>"})},
		{"WARC elsewhere", zipped(entry{name: "one.WARC.GZ", content: record}, entry{name: "datapackage.json", content: "{}"})},
		{"names that are paths elsewhere", zipped(entry{name: "../../archive/one.warc", content: record}, entry{name: "/etc/two.warc", content: record}, entry{name: `archive\..\three.warc`, content: record}, entry{name: "archive/../four.warc", content: record})},
		{"folders", zipped(entry{name: "archive/"}, entry{name: "archive/one.warc", content: record})},
		{"no WARC", zipped(described(entry{name: "pages/pages.jsonl", content: pages})...)},
		{"another zip", zipped(entry{name: "word/document.xml", content: "<w/>"})},
		{"an empty zip", zipped()},
		{"empty", nil},
		{"cut short", sound[:len(sound)-300]},
		{"beginning gone", sound[100:]},
		{"encrypted", patched(zipped(entry{name: "archive/one.warc", content: record}), zipFlags, 1)},
		{"unknown compression", patched(zipped(entry{name: "archive/one.warc", content: record}), zipMethod, 93)},
		{"not deflate", patched(zipped(entry{name: "archive/one.warc", content: record}), zipMethod, 8)},
		{"one stored byte changed", bytes.Replace(sound, []byte("hello"), []byte("hallo"), 1)},
	} {
		fmt.Fprintf(&b, "== %s\n%s\n", c.name, show(c.file))
	}
	golden.Check(t, "testdata/archives.golden", b.String())
}

func TestErrorsSayWhatTheyAre(t *testing.T) {
	sound := zipped(described(files()...)...)
	for name, c := range map[string]struct {
		file []byte
		want error
	}{
		"another zip": {zipped(entry{name: "a.txt", content: "a"}), whence.ErrNotRecognised},
		"no WARC":     {zipped(described()...), whence.ErrMalformed},
		"cut short":   {sound[:len(sound)-300], whence.ErrMalformed},
		"empty":       {nil, whence.ErrMalformed},
	} {
		if _, err := open(c.file); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLimits(t *testing.T) {
	bomb := zipped(entry{name: "archive/one.warc", content: strings.Repeat("0", 4<<20), deflate: true}, entry{name: "datapackage.json", content: "{}"})
	many := make([]entry, 50)
	for i := range many {
		many[i] = entry{name: fmt.Sprintf("archive/%d.warc", i), content: record}
	}
	for name, c := range map[string]struct {
		file   []byte
		limits wacz.Limits
	}{
		"entries":   {zipped(many...), wacz.Limits{Entries: 49}},
		"directory": {zipped(many...), wacz.Limits{Directory: 1 << 10}},
		"expanded":  {bomb, wacz.Limits{Expanded: 1 << 20}},
	} {
		_, err := wacz.OpenWithin(c.limits, bytes.NewReader(c.file), int64(len(c.file)))
		if !errors.Is(err, whence.ErrTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := open(zipped(many...)); err != nil {
		t.Errorf("within the limits: %v", err)
	}
	a, err := wacz.OpenWithin(wacz.Limits{RatioFrom: 1 << 20}, bytes.NewReader(bomb), int64(len(bomb)))
	if err != nil {
		t.Fatal(err)
	}
	content, err := contents(a.WARCs()[0])
	if !errors.Is(err, whence.ErrTooLarge) || len(content) > 2<<20 {
		t.Errorf("ratio: %d bytes, %v", len(content), err)
	}
	if d := a.Verify().Differences; len(d) == 0 {
		t.Error("ratio: Verify finds no difference")
	}
}

// Files that share their bytes multiply what a zip unpacks to.
func TestOverlappingFiles(t *testing.T) {
	file := zipped(entry{name: "archive/a.warc", content: strings.Repeat("x", 10_000)})
	dir, end := bytes.Index(file, []byte("PK\x01\x02")), bytes.Index(file, []byte("PK\x05\x06"))
	twice := bytes.Clone(file[:end])
	twice = append(twice, file[dir:end]...)
	tail := bytes.Clone(file[end:])
	binary.LittleEndian.PutUint16(tail[8:], 2)
	binary.LittleEndian.PutUint16(tail[10:], 2)
	binary.LittleEndian.PutUint32(tail[12:], uint32(2*(end-dir)))
	if _, err := open(append(twice, tail...)); !errors.Is(err, whence.ErrMalformed) || !strings.Contains(err.Error(), "overlap") {
		t.Error(err)
	}
}

func TestDescriptionPastTheLimit(t *testing.T) {
	file := zipped(entry{name: "archive/a.warc", content: record},
		entry{name: "datapackage.json", content: `{"title":"` + strings.Repeat("x", 5000) + `"}`, deflate: true},
		entry{name: "pages/pages.jsonl", content: strings.Repeat("y", 200_000) + "\n" + `{"url":"https://a.example/"}`, deflate: true})
	a, err := wacz.OpenWithin(wacz.Limits{Describe: 1000}, bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	if p := a.Problems(); len(p) != 1 || !strings.Contains(p[0], "larger than the limit") {
		t.Errorf("problems %q", p)
	}
	var got []string
	for p, err := range a.Pages() {
		got = append(got, fmt.Sprint(p.URL, errors.Is(err, whence.ErrTooLarge)))
	}
	if fmt.Sprint(got) != "[true https://a.example/false]" {
		t.Errorf("pages %q", got)
	}
}

func TestPagesStopWhenAsked(t *testing.T) {
	a, err := open(zipped(described(files()...)...))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for range a.Pages() {
		n++
		break
	}
	if n != 1 {
		t.Errorf("%d pages", n)
	}
}

func TestRecognise(t *testing.T) {
	for head, want := range map[string]bool{
		string(zipped(files()...)[:30]): true,
		"":                              false,
		"PK":                            false,
		"WARC/1.0":                      false,
	} {
		if got := wacz.Recognise([]byte(head)); got != want {
			t.Errorf("%q: %v", head, got)
		}
	}
}

// What is described as it is verifies; one changed byte in a file does not,
// and the other files are read all the same.
func TestVerify(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []entry
		for i := range rapid.IntRange(1, 4).Draw(t, "files") {
			list = append(list, entry{
				name:    fmt.Sprintf("archive/%d.warc", i),
				content: rapid.StringN(1, 200, -1).Draw(t, "content"),
				deflate: rapid.Bool().Draw(t, "deflate"),
			})
		}
		sound := described(list...)
		a, err := open(zipped(sound...))
		if err != nil {
			t.Fatal(err)
		}
		if r := a.Verify(); len(r.Differences) > 0 || r.Checked != len(list) {
			t.Fatalf("sound: %+v", r)
		}
		i := rapid.IntRange(0, len(list)-1).Draw(t, "changed")
		content := []byte(sound[i].content)
		content[rapid.IntRange(0, len(content)-1).Draw(t, "byte")] ^= 0x10
		sound[i].content = string(content)
		a, err = open(zipped(sound...))
		if err != nil {
			t.Fatal(err)
		}
		r := a.Verify()
		if len(r.Differences) != 1 || r.Differences[0].Name != sound[i].name {
			t.Fatalf("file %d changed: %+v", i, r)
		}
		for j, f := range a.WARCs() {
			if got, err := contents(f); err != nil || got != sound[j].content {
				t.Fatalf("%s: %q, %v", f.Name, got, err)
			}
		}
	})
}
