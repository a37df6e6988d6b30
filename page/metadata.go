package page

import (
	"golang.org/x/net/html"

	"whence"
)

// metadata is what a page declares or shows of its article. An absent value
// means that the page gives none.
type metadata struct {
	Title, Standfirst, Outlet, Canonical, Language string
	Byline, Credits                                []string
	Published, Modified                            whence.Date
}

// readMetadata reads the metadata of the page doc, which was captured at
// pageURL ("" if unknown).
func readMetadata(doc *html.Node, pageURL string) metadata { return metadata{} }

// notAfter drops the dates that lie after captured: what a page says of a time
// that had not come is a template's or a typing error. A zero captured drops
// nothing.
func (m *metadata) notAfter(captured whence.Date) {}
