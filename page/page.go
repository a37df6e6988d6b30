// Package page turns the bytes of one page into an article.
//
// [HTML] reads a web page: it decodes the bytes (package charset), reads the
// declared metadata, finds the article among what stands around it, and gives
// its text as blocks in reading order, each with its role and its links.
// [Plain] and [Structure] do the same for plain text.
//
// The package promises that Text holds only words that stand on the page, in
// the order in which a reader meets them: white space is collapsed as a
// browser does, and nothing else is altered, so that soft hyphens, zero-width,
// bidirectional and NUL characters survive. Blocks are in order, do not
// overlap and leave only white space between them. A title that the page
// declares but does not show is the one exception: it stands first, as a
// block of its own. A date is never a guess.
//
// It refuses pages past its [Limits] and pages without article text, each with
// an error that says what was found. It runs no script, fetches nothing and
// keeps no state.
package page

import (
	"time"

	"whence"
)

// The default limits on one page.
const (
	DefaultBytes = 16 << 20
	DefaultDepth = 512
	DefaultTime  = 10 * time.Second
)

// Limits bound the work on one page. A zero field means its default.
type Limits struct {
	Bytes int           // of the page; default 16 MiB
	Depth int           // of open elements; default 512, and at most that
	Time  time.Duration // default 10 s
}

// withDefaults gives l with every limit set.
func (l Limits) withDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = DefaultBytes
	}
	if l.Depth <= 0 || l.Depth > DefaultDepth {
		l.Depth = DefaultDepth
	}
	if l.Time <= 0 {
		l.Time = DefaultTime
	}
	return l
}

// Options say what is known of a page from outside it.
type Options struct {
	Path     string
	URL      string
	Charset  string // declared outside, e.g. by HTTP
	Captured whence.Date
	Limits   Limits
}
