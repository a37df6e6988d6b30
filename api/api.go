// Package api is a ledger over HTTP, as JSON: what the command line prints, for
// other programs.
//
// It promises the JSON of doc/formats.md; an OpenAPI 3.1 description at
// /openapi.json that is made from the types that are sent, and is shown at /api for
// people without anything loaded from elsewhere; problem details (RFC 9457) for
// every error, whatever it is; and limits on size and time that stand in the
// description. Lists are cut into pages by opaque cursors; answers carry an entity
// tag, and are compressed for those who ask.
//
// It refuses to write for anybody who is not an editor, as package access tells it:
// it knows of no sessions, tokens or passwords itself, and a [access.Guard] is to
// stand before it. Nothing from a request becomes a path, a query of the store, or
// markup.
package api

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"whence/intake"
	"whence/ledger"
)

// Options of an API. The zero value is usable, and has no exports.
type Options struct {
	Version string // of the program
	Exports []Export
	Intake  intake.Options // how articles that are sent are read
	// BodyBytes bounds what is sent in one request; default 64 MiB.
	BodyBytes int64
	// BodyTime bounds how long sending it takes, and AddTime reading it; default 1
	// and 5 minutes.
	BodyTime, AddTime time.Duration
	// WriteTime bounds how long a client may take to receive a part of an answer;
	// default 30 s.
	WriteTime time.Duration
	// Problem is told of errors that are the server's, with the request that they
	// arose in; nil is nobody.
	Problem func(r *http.Request, err error)
}

// Export is a kind of export that the API offers.
type Export struct {
	Kind, About string
	Media       string   // media type
	Tables      []string // that can be had alone
	// Check gives the media type and the file name of what is asked for, or an error
	// that says what is wrong with it.
	Check func(table string, sel ledger.Selection) (media, file string, err error)
	Write func(ctx context.Context, l *ledger.Ledger, table string, sel ledger.Selection, w io.Writer) error
}

// Defaults of [Options], and what has no option.
const (
	defaultBodyBytes = 64 << 20
	defaultBodyTime  = time.Minute
	defaultAddTime   = 5 * time.Minute
	defaultWriteTime = 30 * time.Second
	answerTime       = 30 * time.Second // to find an answer that is no export
)

func (o Options) withDefaults() Options {
	if o.BodyBytes <= 0 {
		o.BodyBytes = defaultBodyBytes
	}
	for _, d := range []struct {
		of   *time.Duration
		none time.Duration
	}{{&o.BodyTime, defaultBodyTime}, {&o.AddTime, defaultAddTime}, {&o.WriteTime, defaultWriteTime}} {
		if *d.of <= 0 {
			*d.of = d.none
		}
	}
	return o
}

type server struct {
	l   *ledger.Ledger
	opt Options
	api huma.API
	mux *http.ServeMux
}

// New serves a ledger: /api, /api/v1/… and /openapi.json; all else is answered with
// a problem.
func New(l *ledger.Ledger, opt Options) http.Handler {
	s := &server{l: l, opt: opt.withDefaults(), mux: http.NewServeMux()}
	s.api = humago.New(s.mux, s.config())
	s.reads()
	s.reviews()
	s.adds()
	s.exports()
	s.describe()
	return s.outermost(s.mux)
}

func (s *server) config() huma.Config {
	c := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{
				Title: "whence", Version: "1", Description: about(s.opt),
				License: &huma.License{Name: "Apache 2.0", Identifier: "Apache-2.0"},
			},
			Servers:    []*huma.Server{{URL: "/"}},
			Components: &huma.Components{Schemas: schemas()},
			Tags:       tags,
		},
		Formats:       map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat: "application/json",

		RejectUnknownQueryParameters: true,
	}
	return c
}

// tags sort the operations.
var tags = []*huma.Tag{
	{Name: "stories", Description: "Articles about the same events: claims by legs, histories of figures, origins, positions, plans."},
	{Name: "articles", Description: "Readings of articles, with where their words stand elsewhere and how their pages changed."},
	{Name: "sources", Description: "What people, offices and outlets are reported to have said."},
	{Name: "search", Description: "Articles by words, sources, outlets, dates and findings."},
	{Name: "export", Description: "The ledger or a part of it for other programs."},
	{Name: "changes", Description: "For editors: adding articles, and verdicts on findings."},
	{Name: "ledger", Description: "Its size and health."},
}
