package api_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"whence"
	"whence/access"
	"whence/api"
	"whence/export"
	"whence/ledger"
	"whence/page"
	"whence/reading"
	"whence/sample"
	"whence/store/sqlite"
)

// sampled is a ledger of the sample, made once, for tests that change nothing.
var sampled = sync.OnceValues(newSample)

func newSample() (*ledger.Ledger, error) {
	dir, err := os.MkdirTemp("", "whence-api-test")
	if err != nil {
		return nil, err
	}
	s, err := sqlite.Open(context.Background(), filepath.Join(dir, "l.db"))
	if err != nil {
		return nil, err
	}
	l := ledger.New(s, "test", reading.Read)
	var articles []*whence.Article
	for _, p := range sample.Articles() {
		a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			return nil, err
		}
		articles = append(articles, a)
	}
	if _, err := l.AddArticles(context.Background(), func(yield func(*whence.Article) bool) {
		for _, a := range articles {
			if !yield(a) {
				return
			}
		}
	}); err != nil {
		return nil, err
	}
	return l, l.Build(context.Background())
}

// exports are those of package export, as the command line wires them.
func exports() []api.Export {
	var list []api.Export
	for _, k := range export.Kinds() {
		request := func(table string, sel ledger.Selection) export.Request {
			return export.Request{Kind: k.Name, Table: table, Selection: sel}
		}
		e := api.Export{
			Kind: k.Name, About: k.About, Media: k.Media,
			Check: func(table string, sel ledger.Selection) (string, string, error) {
				f, err := request(table, sel).Form()
				return f.Media, f.File, err
			},
			Write: func(ctx context.Context, l *ledger.Ledger, table string, sel ledger.Selection, w io.Writer) error {
				return export.Write(ctx, l, request(table, sel), w)
			},
		}
		if k.Tables {
			e.Tables = export.TableNames()
		}
		list = append(list, e)
	}
	return list
}

// serve serves a ledger, that of the sample where none is given, to an editor.
func serve(t testing.TB, l *ledger.Ledger) *httptest.Server {
	t.Helper()
	if l == nil {
		var err error
		if l, err = sampled(); err != nil {
			t.Fatal(err)
		}
	}
	handler := api.New(l, api.Options{
		Version: "test", Exports: exports(), BodyBytes: 1 << 20,
		Problem: func(r *http.Request, err error) { t.Errorf("%s %s: %v", r.Method, r.URL, err) },
	})
	srv := httptest.NewServer(as(access.User{Name: "tester", Role: access.Editor}, handler))
	t.Cleanup(srv.Close)
	return srv
}

// as is a handler whose requests a user makes.
func as(u access.User, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r.WithContext(access.With(r.Context(), u)))
	})
}
