// Package api is a ledger over HTTP, as JSON: what the command line prints, for
// other programs.
//
// It promises the JSON of doc/formats.md; an OpenAPI 3.1 description at
// /openapi.json that is made from the types that are sent, and is shown at /api for
// people without anything loaded from elsewhere; problem details (RFC 9457) for
// every error, whatever it is; and limits on size and time that stand in the
// description. Lists are cut into pages by opaque cursors, answers carry an entity
// tag, and are compressed for those who ask.
//
// It refuses to write for anybody who is not an editor, and who that is it is told
// by [Options.Editor]: it knows of no sessions, tokens or passwords. Nothing from a
// request becomes a path, a query of the store, or markup.
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

// Options of an API. The zero value serves what can be read, without exports.
type Options struct {
	Version string // of the program
	// Editor tells who makes a request, and whether they may write; nil is nobody.
	Editor  func(context.Context) (name string, may bool)
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
	// Problem is told of errors that are the server's, with the request they arose
	// in; nil is nobody.
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
	Write func(ctx context.Context, table string, sel ledger.Selection, w io.Writer) error
}

// New serves a ledger: /api, /api/v1/… and /openapi.json.
func New(l *ledger.Ledger, opt Options) http.Handler {
	mux := http.NewServeMux()
	s := &server{l: l, opt: opt.withDefaults()}
	s.api = humago.New(mux, s.config())
	s.register()
	return mux
}

type server struct {
	l   *ledger.Ledger
	opt Options
	api huma.API
}

func (o Options) withDefaults() Options {
	if o.BodyBytes <= 0 {
		o.BodyBytes = 64 << 20
	}
	for _, d := range []struct {
		of   *time.Duration
		none time.Duration
	}{{&o.BodyTime, time.Minute}, {&o.AddTime, 5 * time.Minute}, {&o.WriteTime, 30 * time.Second}} {
		if *d.of <= 0 {
			*d.of = d.none
		}
	}
	return o
}

func (s *server) config() huma.Config {
	return huma.Config{
		OpenAPI:       &huma.OpenAPI{OpenAPI: "3.1.0", Info: &huma.Info{Title: "whence", Version: "1"}},
		OpenAPIPath:   "/openapi",
		Formats:       map[string]huma.Format{"application/json": huma.DefaultJSONFormat, "json": huma.DefaultJSONFormat},
		DefaultFormat: "application/json",
	}
}

// health is the size of the ledger.
type health struct {
	Body struct {
		Articles int64 `json:"articles"`
		Pairs    int64 `json:"pairs"`
		Bytes    int64 `json:"bytes"`
	}
}

func (s *server) register() {
	huma.Get(s.api, "/api/v1/health", func(ctx context.Context, _ *struct{}) (*health, error) {
		c, err := s.l.Counts(ctx)
		if err != nil {
			return nil, err
		}
		var h health
		h.Body.Articles, h.Body.Pairs, h.Body.Bytes = c.Articles, c.Pairs, c.Bytes
		return &h, nil
	})
}
