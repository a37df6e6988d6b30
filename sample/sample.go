// Package sample is a fictional news story, written for this project: the
// pages of eleven invented outlets about one accident in a harbour, the
// evacuation that follows from it, and two other matters, over ten days, with
// everything that is true of them in truth.json.
//
// Country, places, people, ministries, companies, outlets and the news agency
// Meridian Wire are invented, and so is every word. Addresses end in
// ".example", so none of them can be reached.
//
// The package promises that the pages look as newsroom systems make them, that
// every string that truth.json cites stands in its page, and that passages
// which are said to be shared are shared. It does not promise that a program
// finds all of it: the sample is a thing to be measured against. What the
// fields of truth.json mean, and where lines were drawn, is in README.md.
package sample

import (
	"embed"
	"io/fs"

	"whence"
)

//go:embed pages/*.html
var files embed.FS

// Page is one captured page: the bytes as they were received.
type Page struct {
	Name     string      // of the file, without a folder
	URL      string      // it was captured at; two versions of one page share it
	Captured whence.Date // when it was fetched, to the second
	HTML     []byte
}

// FS holds the pages, one file each, without a folder.
func FS() fs.FS {
	sub, err := fs.Sub(files, "pages")
	if err != nil {
		panic(err) // only where the name of the embedded folder is no valid path
	}
	return sub
}

// Articles gives all pages in the order of their publication, versions of one
// page in the order of their capture. The order is always the same.
func Articles() []Page {
	pages := make([]Page, 0, len(captures))
	for _, c := range captures {
		pages = append(pages, Page{Name: c.name, URL: c.url, Captured: mustDate(c.captured), HTML: mustRead(c.name)})
	}
	return pages
}

// mustRead and mustDate take what is compiled in, and a test holds it to be
// well formed.
func mustRead(name string) []byte {
	data, err := files.ReadFile("pages/" + name)
	if err != nil {
		panic(err)
	}
	return data
}

func mustDate(s string) whence.Date {
	d, err := whence.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}
