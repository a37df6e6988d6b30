// Package page turns the bytes of one page into an article.
package page

import (
	"time"

	"whence"
)

// Limits bound the work on one page. A zero field means its default.
type Limits struct {
	Bytes int           // of the page; default 16 MiB
	Depth int           // of open elements; default 512
	Time  time.Duration // default 10 s
}

// Options say what is known of a page from outside it.
type Options struct {
	Path     string
	URL      string
	Charset  string // declared outside, e.g. by HTTP
	Captured whence.Date
	Limits   Limits
}

// HTML reads an HTML page. Errors wrap whence.ErrTooLarge, ErrTooSlow or
// ErrNoText.
func HTML(data []byte, opt Options) (*whence.Article, error) { panic("stub") }
