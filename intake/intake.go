// Package intake opens anything, recognises it and yields articles.
package intake

import (
	"context"
	"io"
	"iter"
	"time"

	"whence"
	"whence/page"
)

// Options of an intake. The zero value is usable.
type Options struct {
	Stdin        io.Reader
	Published    whence.Date   // for articles that give none
	Page         page.Limits   // of each page
	Workers      int           // default: all cores
	AllowPrivate bool          // fetch from loopback and private addresses
	Keep         string        // file that what is fetched is kept in, WARC
	FetchBytes   int64         // of one response body, after decompression; default 32 MiB
	FetchTime    time.Duration // default 30 s
	// Progress is called now and then, from one goroutine.
	Progress func(Progress)
}

// Progress says how far an intake is.
type Progress struct {
	Input    string // being read
	Bytes    int64  // read so far
	Total    int64  // of all inputs, 0 if not known
	Articles int    // yielded so far
}

// Problem is an input, or a part of one, that could not be read. The rest goes on.
type Problem struct {
	Input string // what, as the user named it, and where in it
	Err   error  // why
	Hint  string // what to do, may be empty
}

func (p *Problem) Error() string { panic("stub") }
func (p *Problem) Unwrap() error { panic("stub") }

// Map opens each input (a file, a folder, "-" for Stdin, an http or https
// address), runs work on its articles on all cores, and yields the results in
// the order of input. An error yielded is a *Problem, and the sequence goes on
// after it, or ctx's error, and it ends.
func Map[T any](ctx context.Context, inputs []string, opt Options, work func(*whence.Article) T) iter.Seq2[T, error] {
	panic("stub")
}
