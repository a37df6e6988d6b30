// Package intake opens anything, recognises it and yields articles.
//
// [Map] takes files, folders, standard input and web addresses, finds out from
// the content what each one is, and hands every article in it to a function
// that runs on all cores. The results come in the order of the input.
//
// # What it reads
//
// HTML pages, plain text, JSON Lines of articles and a single such JSON
// document, RSS, RDF, Atom and JSON feeds, WARC (plain, gzip a record, or
// gzip as a whole), WACZ, and any of these compressed with gzip. A name is only
// a hint. [Recognise] tells the format of the beginning of a file.
//
//   - A plain-text file is one article, its text the file decoded, unchanged.
//   - A line of JSON Lines is one article, its text kept exactly. A line that is
//     none is named by its number, and the next line is read.
//   - Each entry of a feed is one article. An entry that gives a summary alone
//     is an article of title and summary; a headline alone is one, too.
//   - In an archive, responses (status 2xx) and resources that hold HTML, plain
//     text or a feed are articles, where declared type and content agree. All
//     else is passed over: images, styles, redirects, robots.txt, DNS records,
//     conversions, records that repeat an earlier one (revisit), and pages
//     without article text, such as home pages. An archive or feed in which
//     there is no article at all is named.
//   - In a folder, hidden files are passed over, as are the folders that a
//     browser saves beside a page ("Page_files"), and files that cannot be news:
//     images, sounds, fonts, styles, scripts, databases, settings. Links to
//     folders are followed, each folder once.
//
// All else is refused with what it is and what can be done: PDF, office
// documents, zip and other packed files, JSON arrays, empty files.
//
// # What it promises
//
// Memory does not grow with the length of the input: an archive or a file of
// JSON Lines is read in order, and what is read and not yet taken is bounded
// by a window (32 MiB of input, 256 articles; one larger article passes alone).
// Any bytes may come in. What cannot be read is a [Problem], one line that says
// what, why and what to do, and the rest goes on; a panic in the reading of one
// article is such a problem too. Pages past the limits of [page.Limits], gzip
// that swells past them, and lines of JSON longer than them by more than 1 MiB
// are named and skipped.
//
// Breaking off the iteration, or ending the context, stops all work before the
// iterator returns. Only a read from a pipe or terminal that gives nothing may
// be left behind: it cannot be interrupted, and its result is dropped.
//
// # Fetching
//
// An http or https address is fetched once: one GET, up to 10 redirects,
// without cookies or credentials. robots.txt is not consulted, for one page is
// fetched at the request of one person, as by a browser. Nothing is fetched
// from loopback, private, link-local and other addresses that are not on the
// public internet, nor from the addresses at which clouds keep their secrets,
// unless Options.AllowPrivate is set. This is checked on the address that is
// connected to, after names are resolved, at every redirect. Through a proxy
// it could not be checked, so proxies of the environment are not used.
//
// With Options.Keep every exchange is appended to a WARC file as it came, byte
// for byte, the redirects too. An address that the file holds already is
// fetched on condition that it has changed; where the site says that it has
// not, the kept capture is read and a revisit record is added.
package intake

import (
	"context"
	"io"
	"iter"
	"runtime"
	"time"

	"whence"
	"whence/page"
)

// Options of an intake. The zero value is usable.
type Options struct {
	Stdin io.Reader
	// Names are what files are called, by path, where the path says nothing: files
	// that came over the network, say. The name stands in articles and problems and
	// hints at the format; it is opened nowhere.
	Names        map[string]string
	Published    whence.Date   // for articles that give none
	Page         page.Limits   // of each page
	Workers      int           // default: all cores
	AllowPrivate bool          // fetch from loopback and private addresses
	Keep         string        // file that what is fetched is kept in, WARC
	FetchBytes   int64         // of one response body, before and after decompression; default 32 MiB
	FetchTime    time.Duration // of one fetch with its redirects; default 30 s
	Version      string        // of the program, for the User-Agent; may be empty
	// Progress is called now and then (at most about ten times a second, and
	// once at the end), from one goroutine: the one that iterates.
	Progress func(Progress)
}

// Progress says how far an intake is. Bytes are those of files and responses
// as they are stored, before decompression.
type Progress struct {
	Input    string // being read
	Bytes    int64  // read so far
	Total    int64  // of all inputs, 0 if not known
	Articles int    // yielded so far
	Passed   int    // pages and feed entries without article text, passed over
}

// Defaults of Options, and the bounds on what is held in memory.
const (
	defaultFetchBytes = 32 << 20
	defaultFetchTime  = 30 * time.Second
	windowBytes       = 32 << 20
	windowItems       = 256
	progressEvery     = 100 * time.Millisecond
)

func (o Options) withDefaults() Options {
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Page.Bytes <= 0 {
		o.Page.Bytes = page.DefaultBytes
	}
	if o.FetchBytes <= 0 {
		o.FetchBytes = defaultFetchBytes
	}
	if o.FetchTime <= 0 {
		o.FetchTime = defaultFetchTime
	}
	return o
}

// Map opens each input (a file, a folder, "-" for Stdin, an http or https
// address), runs work on its articles on all cores, and yields the results in
// the order of input. An error yielded is a *Problem, and the sequence goes on
// after it, or ctx's error, and it ends.
func Map[T any](ctx context.Context, inputs []string, opt Options, work func(*whence.Article) T) iter.Seq2[T, error] {
	opt = opt.withDefaults()
	return func(yield func(T, error) bool) {
		m := &mapping[T]{opt: opt, work: work, yield: yield}
		p := newPipeline(ctx, opt.Workers, window{windowItems, windowBytes}, func(ctx context.Context, p *pipeline[outcome[T]]) {
			s := &scan{ctx: ctx, opt: opt, meter: &m.meter, put: func(it item) bool {
				return p.put(it.size, m.task(it))
			}}
			s.inputs(inputs)
		})
		defer p.stop()
		complete := p.take(m.progress, progressEvery, m.use)
		m.progress()
		if !complete && !m.broken {
			var none T
			yield(none, ctx.Err())
		}
	}
}

// mapping is the state of one iteration of Map.
type mapping[T any] struct {
	opt    Options
	work   func(*whence.Article) T
	yield  func(T, error) bool
	meter  meter
	broken bool // the caller has broken off
	// What was handed out so far.
	articles, passed int
}

// outcome is what became of one item.
type outcome[T any] struct {
	found
	value T
	tally *tally
}

// task makes the work on one item: find the article, then work on it. A panic
// becomes the problem of this item alone.
func (m *mapping[T]) task(it item) task[outcome[T]] {
	return func() (o outcome[T], parts []task[outcome[T]]) {
		defer func() {
			if v := recover(); v != nil {
				o, parts = outcome[T]{found: found{problem: panicked(it.name, v)}, tally: it.tally}, nil
			}
		}()
		o = outcome[T]{found: it.find(), tally: it.tally}
		if a := o.article; a != nil {
			if a.Published.IsZero() {
				a.Published = m.opt.Published
			}
			a.Identify()
			o.value = m.work(a)
		}
		for _, part := range o.parts {
			parts = append(parts, m.task(part))
		}
		return o, parts
	}
}

// use hands one outcome to the caller.
func (m *mapping[T]) use(o outcome[T]) bool {
	var none T
	problem := o.problem
	if o.tally != nil {
		problem = o.tally.count(o.found)
	}
	switch {
	case o.article != nil:
		m.articles++
		m.broken = !m.yield(o.value, nil)
	case problem != nil:
		m.broken = !m.yield(none, problem)
	}
	if o.passed {
		m.passed++
	}
	return !m.broken
}

// progress tells the caller how far the intake is.
func (m *mapping[T]) progress() {
	if m.opt.Progress == nil || m.broken {
		return
	}
	at := m.meter.progress()
	at.Articles, at.Passed = m.articles, m.passed
	m.opt.Progress(at)
}
