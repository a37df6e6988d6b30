package wacz_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
)

// entry is one file of a zip to be built.
type entry struct {
	name, content string
	deflate       bool
}

func zipped(entries ...entry) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name}
		if e.deflate {
			h.Method = zip.Deflate
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			panic(err)
		}
		f.Write([]byte(e.content))
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

func hash(s string) string { return fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(s))) }

// described adds a datapackage.json in the form of version 1.1 and its digest.
func described(entries ...entry) []entry {
	type resource struct {
		Name, Path, Hash string
		Bytes            int
	}
	var list []resource
	for _, e := range entries {
		list = append(list, resource{e.name, e.name, hash(e.content), len(e.content)})
	}
	data, err := json.Marshal(map[string]any{
		"profile": "data-package", "wacz_version": "1.1.1", "title": "Ferry dues", "software": "test",
		"created": "2025-03-04T05:06:07Z", "modified": "2025-03-05T05:06:07Z", "resources": list,
	})
	if err != nil {
		panic(err)
	}
	return append(entries, entry{name: "datapackage.json", content: string(data), deflate: true}, digest(hash(string(data))))
}

// digest is a datapackage-digest.json with the hash.
func digest(sum string) entry {
	return entry{name: "datapackage-digest.json", content: fmt.Sprintf(`{"path":"datapackage.json","hash":%q,"signedData":{"hash":%q,"signature":"c2lnbmVk"}}`, sum, sum)}
}

const record = "WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 5\r\n\r\nhello\r\n\r\n"

// files are those of a sound archive.
func files() []entry {
	return []entry{
		{name: "archive/one.warc", content: record},
		{name: "archive/two.warc.gz", content: "as stored", deflate: true},
		{name: "indexes/index.cdx", content: "example,harbourpost)/ 20250304050607 {}"},
		{name: "pages/pages.jsonl", content: pages, deflate: true},
		{name: "pages/extraPages.jsonl", content: `{"url":"https://www.harbourpost.example/dues","ts":1741064767000}`},
	}
}

const pages = `{"format":"json-pages-1.0","id":"pages","title":"All Pages"}
{"id":"1","url":"https://www.harbourpost.example/","title":"Harbour Post","ts":"2025-03-04T05:06:07.123Z","text":"Ferry dues rise"}

{"id":"2","url":"https://www.harbourpost.example/sport","title":["odd"],"ts":"yesterday"}
not JSON
{"title":"no address"}
`
