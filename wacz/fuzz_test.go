package wacz_test

import (
	"bytes"
	"testing"

	"whence/wacz"
)

// FuzzArchive holds that any bytes are refused, or come to an end within the
// limits.
func FuzzArchive(f *testing.F) {
	sound := zipped(described(files()...)...)
	f.Add(sound)
	f.Add(sound[:len(sound)-30])
	f.Add(zipped(entry{name: "../archive/one.warc", content: record}))
	f.Add(zipped(entry{name: "archive/one.warc", content: record}, entry{name: "datapackage.json", content: `{"resources":[{"path":1}]}`}))
	f.Add(patched(sound, zipMethod, 8))
	limits := wacz.Limits{Entries: 20, Directory: 64 << 10, Describe: 4 << 10, Expanded: 1 << 20, RatioFrom: 64 << 10}
	f.Fuzz(func(t *testing.T, file []byte) {
		a, err := wacz.OpenWithin(limits, bytes.NewReader(file), int64(len(file)))
		if err != nil {
			return
		}
		var size int
		for _, w := range a.WARCs() {
			content, _ := contents(w)
			size += len(content)
		}
		if int64(size) > limits.Expanded {
			t.Fatalf("%d bytes unpacked", size)
		}
		for range a.Pages() {
		}
		a.Verify()
	})
}

// FuzzPages holds that a list of pages comes to an end, whatever is in it.
func FuzzPages(f *testing.F) {
	f.Add([]byte(pages))
	f.Add([]byte(`{"url":"a","ts":-1}` + "\n" + `[[[[`))
	f.Fuzz(func(t *testing.T, list []byte) {
		a, err := open(zipped(entry{name: "archive/a.warc"}, entry{name: "pages/pages.jsonl", content: string(list)}))
		if err != nil {
			t.Fatal(err)
		}
		lines := bytes.Count(list, []byte("\n")) + 1
		n := 0
		for p, err := range a.Pages() {
			if n++; n > lines || (p.URL == "") == (err == nil) {
				t.Fatalf("page %d of %d lines: %+v, %v", n, lines, p, err)
			}
		}
	})
}
