// Package web shows a ledger in a browser: stories, articles, claims, sources
// and searches, each as one page that a server sends whole.
//
// It promises that every page works without scripts, by keyboard, on a
// telephone, in the dark and on paper; that what a page shows is a passage of an
// article or a count over such passages, with a link to the words; that a page
// costs a bounded amount of work, however large a story or the ledger is; and that
// nothing from an article gets through as markup, script, style, address or
// change of direction. Pages load nothing from elsewhere and say so to the
// browser (see [Policy]).
//
// It refuses what is no address of its own in words, writes nothing to the
// ledger, and shows of people what they are publicly reported to have said,
// never where they are.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"whence/ledger"
	"whence/store"
)

// Policy is the content security policy of every page: nothing but its own style
// sheet, scripts and pictures.
const Policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Options are what the pages have to know besides the ledger.
type Options struct {
	// Viewer tells who asks for a page; nil shows every page as to a reader who
	// need not sign in.
	Viewer func(*http.Request) Viewer
	// Log is told of what failed within; nil is [slog.Default].
	Log *slog.Logger
}

// site is the handler of all pages.
type site struct {
	ledger *ledger.Ledger
	opt    Options
	mux    *http.ServeMux
}

// New shows a ledger.
func New(l *ledger.Ledger, opt Options) http.Handler {
	if opt.Log == nil {
		opt.Log = slog.Default()
	}
	s := &site{ledger: l, opt: opt, mux: http.NewServeMux()}
	for pattern, show := range map[string]func(*request) error{
		"/{$}":                       s.home,
		"/story/{id}":                s.story,
		"/story/{id}/report.html":    s.report,
		"/article/{id}":              s.article,
		"/article/{id}/with/{other}": s.beside,
		"/article/{id}/versions":     s.versions,
		"/claim/{id}":                s.claim,
		"/source":                    s.source,
		"/search":                    s.search,
		"/search.atom":               s.atom,
	} {
		s.mux.Handle(pattern, s.page(show))
	}
	s.mux.Handle("/static/", Static())
	s.mux.Handle("/", s.page(func(*request) error {
		return &refusal{http.StatusNotFound, "There is no page at this address.", "The stories, and a search, are on the first page."}
	}))
	return s
}

// ServeHTTP refuses addresses that no page has, before anything looks at their
// parts.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if crooked(r) {
		s.page(func(*request) error {
			return &refusal{http.StatusBadRequest, "This address cannot be read.", "Addresses here have no dots in a row, backslashes or hidden characters."}
		}).ServeHTTP(w, r)
		return
	}
	s.mux.ServeHTTP(w, r)
}

// mostAddress bounds an address, in bytes.
const mostAddress = 4096

// crooked tells whether an address tries to mean another one.
func crooked(r *http.Request) bool {
	p := r.URL.Path
	if !strings.HasPrefix(p, "/") || len(r.URL.RequestURI()) > mostAddress || !utf8.ValidString(p) {
		return true
	}
	return strings.Contains(p, "..") || strings.Contains(p, "//") || strings.ContainsFunc(p, func(c rune) bool { return c == '\\' || c < ' ' || c == 0x7f })
}

// request is one page on its way.
type request struct {
	*http.Request
	w    http.ResponseWriter
	site *site
}

// refusal is what is said instead of a page.
type refusal struct {
	status     int
	what, hint string
}

func (e *refusal) Error() string { return e.what }

// longest bounds how long a page may take.
const longest = 20 * time.Second

// page makes a handler of what shows a page: it allows reading alone, bounds the
// time, and turns errors into words.
func (s *site) page(show func(*request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), longest)
		defer cancel()
		q := &request{r.WithContext(ctx), w, s}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			s.refuse(q, &refusal{http.StatusMethodNotAllowed, "This page can only be read.", "Ask for it with GET."})
			return
		}
		if err := show(q); err != nil {
			s.refuse(q, err)
		}
	})
}

// refuse says in words why there is no page.
func (s *site) refuse(q *request, err error) {
	var no *refusal
	var query *ledger.QueryError
	switch {
	case errors.As(err, &no):
	case errors.As(err, &query):
		no = &refusal{http.StatusBadRequest, "This search cannot be read: " + query.What + ".", query.Hint}
	case errors.Is(err, store.ErrAbsent):
		no = &refusal{http.StatusNotFound, "Nothing in this ledger has this id.", "It may have been removed, or belong to another ledger."}
	case errors.Is(err, store.ErrAmbiguous):
		no = &refusal{http.StatusNotFound, "More than one thing has an id that begins so.", "Give more digits of it."}
	case errors.Is(err, context.Canceled):
		return // nobody is waiting
	case errors.Is(err, context.DeadlineExceeded):
		no = &refusal{http.StatusServiceUnavailable, "This page took too long.", "Try again, or ask for less at a time."}
	default:
		s.opt.Log.Error("page failed", "path", q.URL.Path, "error", err)
		no = &refusal{http.StatusInternalServerError, "This page could not be made.", "The log of whence serve says why; whence verify checks the ledger."}
	}
	page := Page{Title: no.what, Status: no.status, Query: clip(q.URL.Query().Get("q"), 1000), Data: map[string]string{"What": no.what, "Hint": no.hint}}
	if err := errorView().Write(q.w, q.Request, s.opt.viewer(q.Request), page); err != nil {
		s.opt.Log.Error("page failed", "path", q.URL.Path, "error", err)
	}
}

// write sends a page.
func (q *request) write(v *View, p Page) error {
	return v.Write(q.w, q.Request, q.site.opt.viewer(q.Request), p)
}
