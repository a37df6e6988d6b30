package api_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"whence/access"
	"whence/api"
	"whence/export"
	"whence/ledger"
	"whence/reading"
	"whence/store/sqlite"
)

// reply is what a server answered.
type reply struct {
	*http.Response
	body string
}

// ask asks; header are names and values of fields.
func ask(t testing.TB, method, url string, body io.Reader, header ...string) reply {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := (&http.Transport{DisableCompression: true}).RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{answer, string(data)}
}

// isProblem holds an answer to be a problem of a status, in words.
func isProblem(t testing.TB, r reply, status int, words string) {
	t.Helper()
	var p struct {
		Title  string
		Status int
		Detail string
	}
	if err := json.Unmarshal([]byte(r.body), &p); err != nil || r.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("%s is no problem in JSON: %.200s", r.Header.Get("Content-Type"), r.body)
		return
	}
	if r.StatusCode != status || p.Status != status || p.Title != http.StatusText(status) || !strings.Contains(r.body, words) {
		t.Errorf("%d %s, want %d and %q", r.StatusCode, r.body, status, words)
	}
}

// TestRefused: whatever is wrong with a request is said in words, as a problem.
func TestRefused(t *testing.T) {
	srv := serve(t, nil)
	for _, c := range []struct {
		method, path string
		status       int
		words        string
	}{
		{"GET", "/", 404, "nothing at this address"},
		{"GET", "/api/v2/stories", 404, "nothing at this address"},
		{"GET", "/api/v1/stories/", 404, "nothing at this address"},
		{"GET", "/api/v1/articles/%00", 404, "not in the ledger"},
		{"GET", "/api/v1/articles/../../../etc/passwd", 404, "nothing at this address"},
		{"GET", "/api/v1/articles/..%2F..%2Fetc%2Fpasswd", 404, "not in the ledger"},
		{"GET", "/api/v1/articles/" + strings.Repeat("a", 81), 422, "length"},
		{"GET", "/api/v1/articles/'%20OR%201=1--", 404, "not in the ledger"},
		{"GET", "/api/v1/articles/abc", 404, "four digits"},
		{"GET", "/api/v1/stories?limit=0", 422, "limit"},
		{"GET", "/api/v1/stories?limit=x", 422, "limit"},
		{"GET", "/api/v1/stories?limit=99999999999999999999", 422, "limit"},
		{"GET", "/api/v1/stories?cursor=!!", 422, "no cursor"},
		{"GET", "/api/v1/stories?cursor=e30", 422, "no cursor"},
		{"GET", "/api/v1/stories?sort=title", 422, "sort"},
		{"GET", "/api/v1/search", 422, "q"},
		{"GET", "/api/v1/search?q=after:someday", 422, "no date"},
		{"GET", "/api/v1/export/xlsx", 404, "no such export"},
		{"GET", "/api/v1/export/csv?table=../x", 422, "no table"},
		{"GET", "/api/v1/export/csv?story=s1&article=2", 422, "together"},
		{"GET", "/api/v1/export/csv?story=sffffff", 404, "not in the ledger"},
		{"GET", "/api/v1/export/csv?limit=1", 422, "nothing else"},
		{"GET", "/api/v1/export/geojson?q=Brandt", 422, "one for a person"},
		{"POST", "/api/v1/stories", 405, "POST is not for this address"},
		{"DELETE", "/api/v1/articles/abcd", 405, "DELETE is not for this address"},
		{"PATCH", "/openapi.json", 405, "PATCH is not for this address"},
	} {
		r := ask(t, c.method, srv.URL+c.path, nil)
		t.Log(c.method, c.path)
		isProblem(t, r, c.status, c.words)
		if c.status == 405 && r.Header.Get("Allow") == "" {
			t.Error("no Allow field")
		}
	}
}

// TestFacets: each value of what a search finds has in common, asked for too, finds
// as many articles as it says.
func TestFacets(t *testing.T) {
	srv := serve(t, nil)
	const asked = "Karvik"
	var found struct {
		Articles int
		Facets   map[string][]struct {
			Name, Query string
			Count       int
		}
	}
	r := ask(t, "GET", srv.URL+"/api/v1/facets?limit=500&q="+asked, nil)
	if err := json.Unmarshal([]byte(r.body), &found); err != nil || found.Articles < 5 || len(found.Facets) != 6 {
		t.Fatalf("%v: %.300s", err, r.body)
	}
	for facet, values := range found.Facets {
		if len(values) == 0 {
			t.Errorf("no %s", facet)
		}
		for _, v := range values {
			var hits struct{ Items []json.RawMessage }
			r := ask(t, "GET", srv.URL+"/api/v1/search?limit=200&q="+url.QueryEscape(asked+" "+v.Query), nil)
			if err := json.Unmarshal([]byte(r.body), &hits); err != nil || len(hits.Items) < v.Count {
				t.Errorf("%s %q: %d articles by %q, want %d at least: %v", facet, v.Name, len(hits.Items), v.Query, v.Count, err)
			}
		}
	}
	isProblem(t, ask(t, "GET", srv.URL+"/api/v1/facets?q=after:someday", nil), 422, "no date")
}

// TestHeads: HEAD is GET without the body.
func TestHeads(t *testing.T) {
	srv := serve(t, nil)
	for _, path := range []string{"/api/v1/stories", "/api", "/openapi.json", "/api/v1/export/csv"} {
		if r := ask(t, "HEAD", srv.URL+path, nil); r.StatusCode != http.StatusOK || r.body != "" {
			t.Errorf("%s: %d %q", path, r.StatusCode, r.body)
		}
	}
}

// TestTags: an answer that has not changed is not sent again, and one of the same
// address that has is.
func TestTags(t *testing.T) {
	srv := serve(t, nil)
	first := ask(t, "GET", srv.URL+"/api/v1/stories", nil)
	tag := first.Header.Get("ETag")
	if tag == "" {
		t.Fatal("no ETag")
	}
	for _, sent := range []string{tag, "*", `"x", ` + tag, strings.TrimPrefix(tag, "W/")} {
		if r := ask(t, "GET", srv.URL+"/api/v1/stories", nil, "If-None-Match", sent); r.StatusCode != http.StatusNotModified || r.body != "" || r.Header.Get("ETag") != tag {
			t.Errorf("If-None-Match: %s gives %d", sent, r.StatusCode)
		}
	}
	for _, sent := range []string{`"x"`, "", "W/", strings.Repeat(`"a",`, 1000)} {
		if r := ask(t, "GET", srv.URL+"/api/v1/stories", nil, "If-None-Match", sent); r.StatusCode != http.StatusOK || r.body != first.body {
			t.Errorf("If-None-Match: %.20s gives %d", sent, r.StatusCode)
		}
	}
	if r := ask(t, "GET", srv.URL+"/api/v1/stories?least=1", nil, "If-None-Match", tag); r.StatusCode != http.StatusOK {
		t.Errorf("another answer gives %d", r.StatusCode)
	}
}

// TestCompressed: answers and streams are compressed for who takes it, and are the
// same.
func TestCompressed(t *testing.T) {
	srv := serve(t, nil)
	for _, path := range []string{"/api/v1/search?q=Karvik", "/openapi.json", "/api", "/api/v1/export/jsonl"} {
		plain := ask(t, "GET", srv.URL+path, nil)
		if plain.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s is compressed unasked", path)
		}
		for accepted, want := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "*": true, "gzip;q=0": false, "identity": false, "gzip;q=x": false} {
			r := ask(t, "GET", srv.URL+path, nil, "Accept-Encoding", accepted)
			body := r.body
			if got := r.Header.Get("Content-Encoding") == "gzip"; got != want {
				t.Errorf("%s for %q is compressed: %v", path, accepted, got)
			} else if got {
				z, err := gzip.NewReader(strings.NewReader(body))
				if err != nil {
					t.Fatal(err)
				}
				data, err := io.ReadAll(z)
				if err != nil {
					t.Fatal(err)
				}
				body = string(data)
			}
			if body != plain.body {
				t.Errorf("%s for %q is another", path, accepted)
			}
		}
	}
	if r := ask(t, "GET", srv.URL+"/api/v1/export/csv", nil, "Accept-Encoding", "gzip"); r.Header.Get("Content-Encoding") != "" {
		t.Error("a zip archive is compressed again")
	}
}

// TestReference: the page for people loads nothing and names every operation.
func TestReference(t *testing.T) {
	srv := serve(t, nil)
	r := ask(t, "GET", srv.URL+"/api", nil)
	if policy := r.Header.Get("Content-Security-Policy"); !strings.HasPrefix(policy, "default-src 'none'; style-src 'sha256-") {
		t.Errorf("policy %q", policy)
	}
	for _, bad := range []string{"<script", "src=", "http:", "https:", "url(", "@import"} {
		if strings.Contains(r.body, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	var description struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Summary     string
		}
	}
	if err := json.Unmarshal([]byte(ask(t, "GET", srv.URL+"/openapi.json", nil).body), &description); err != nil {
		t.Fatal(err)
	}
	if len(description.Paths) < 15 {
		t.Errorf("%d paths are described", len(description.Paths))
	}
	for path, methods := range description.Paths {
		for method, op := range methods {
			if op.Summary == "" || !strings.Contains(r.body, `id="`+op.OperationID+`"`) || !strings.Contains(r.body, "</span>"+path+"</code>") {
				t.Errorf("%s %s is not on the page", method, path)
			}
		}
	}
}

// TestExports: what is exported over HTTP is what is exported.
func TestExports(t *testing.T) {
	srv := serve(t, nil)
	l, err := sampled()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		query string
		r     export.Request
	}{
		{"jsonl", export.Request{Kind: "jsonl"}},
		{"csv?table=claims", export.Request{Kind: "csv", Table: "claims"}},
		{"claims?q=Karvik", export.Request{Kind: "claims", Selection: ledger.Selection{Query: "Karvik"}}},
		{"geojson", export.Request{Kind: "geojson"}},
		{"parquet", export.Request{Kind: "parquet"}},
	} {
		var want bytes.Buffer
		if err := export.Write(t.Context(), l, c.r, &want); err != nil {
			t.Fatal(err)
		}
		form, err := c.r.Form()
		if err != nil {
			t.Fatal(err)
		}
		r := ask(t, "GET", srv.URL+"/api/v1/export/"+c.query, nil)
		if r.StatusCode != http.StatusOK || r.body != want.String() || r.Header.Get("Content-Type") != form.Media {
			t.Errorf("%s: %d, %s, %d bytes, want %d", c.query, r.StatusCode, r.Header.Get("Content-Type"), len(r.body), want.Len())
		}
		if d := r.Header.Get("Content-Disposition"); d != "attachment; filename="+form.File {
			t.Errorf("%s: %s", c.query, d)
		}
	}
}

// empty is a ledger without articles.
func empty(t testing.TB) *ledger.Ledger {
	t.Helper()
	s, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "l.db"))
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(s, "test", reading.Read)
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

// sum is what came of what was sent.
type sum struct {
	Added, Known, Failed int
	Articles             []string
	Problems             []struct{ Input, Reason, Hint string }
}

func sumOf(t testing.TB, r reply) (s sum) {
	t.Helper()
	if err := json.Unmarshal([]byte(r.body), &s); err != nil || r.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", r.StatusCode, r.body)
	}
	return s
}

// TestAdd: articles are added once, what cannot be read is named, and a file's name
// is never a path.
func TestAdd(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	srv := serve(t, empty(t))
	lines := `{"text":"Ten died in Karvik, the ministry said.","path":"one"}` + "\n" + `{"txt":"?"}` + "\n"
	s := sumOf(t, ask(t, "POST", srv.URL+"/api/v1/articles", strings.NewReader(lines), "Content-Type", "application/x-ndjson"))
	if s.Added != 1 || s.Failed != 1 || len(s.Articles) != 1 || len(s.Problems) != 1 || s.Problems[0].Input != "sent, line 2" {
		t.Errorf("%+v", s)
	}
	if r := ask(t, "GET", srv.URL+"/api/v1/articles/"+s.Articles[0], nil); !strings.Contains(r.body, `"path":"one"`) {
		t.Errorf("%s", r.body)
	}
	if s := sumOf(t, ask(t, "POST", srv.URL+"/api/v1/articles", strings.NewReader(lines), "Content-Type", "text/plain; charset=utf-8")); s.Added != 0 || s.Known != 1 || len(s.Articles) != 1 {
		t.Errorf("again: %+v", s)
	}

	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	for name, text := range map[string]string{"../../../etc/cron.d/x.txt": "Nine people died at sea, officials said.", `C:\evil\"<b>.txt`: "Boats sank, said the union.", "\xff-": "The mayor declined to comment."} {
		h := textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf("form-data; name=%q; filename=%q", "file", name)}}
		w, err := m.CreatePart(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	s = sumOf(t, ask(t, "POST", srv.URL+"/api/v1/articles", &form, "Content-Type", m.FormDataContentType()))
	if s.Added != 3 || s.Failed != 0 {
		t.Errorf("%+v", s)
	}
	for _, id := range s.Articles {
		var a struct{ Path string }
		if err := json.Unmarshal([]byte(ask(t, "GET", srv.URL+"/api/v1/articles/"+id, nil).body), &a); err != nil {
			t.Fatal(err)
		}
		if strings.ContainsAny(a.Path, `/\`) || a.Path == "" {
			t.Errorf("path %q", a.Path)
		}
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// TestSentBadly: what is too large, of no known type, broken off or empty is refused
// in words, and nothing is added.
func TestSentBadly(t *testing.T) {
	l := empty(t)
	srv := serve(t, l)
	for name, c := range map[string]struct {
		media, body string
		status      int
		words       string
	}{
		"type":             {"application/x-www-form-urlencoded", "a=b", 415, "articles are not sent as this"},
		"no type":          {"", "text", 415, "articles are not sent as this"},
		"odd type":         {"text/plain;;;=", "text", 415, "articles are not sent as this"},
		"huge":             {"text/plain", strings.Repeat("a", 2<<20), 413, "more than 1 MiB"},
		"no boundary":      {"multipart/form-data", "x", 400, "malformed"},
		"broken form":      {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\nabc", 400, "breaks off"},
		"form of nothing":  {"multipart/form-data; boundary=x", "--x--\r\n", 422, "no file"},
		"huge in a form":   {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\n" + strings.Repeat("a", 2<<20), 413, "more than 1 MiB"},
		"too many in form": {"multipart/form-data; boundary=x", strings.Repeat("--x\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\nabc\r\n", 101) + "--x--\r\n", 422, "more than 100 files"},
	} {
		t.Run(name, func(t *testing.T) {
			isProblem(t, ask(t, "POST", srv.URL+"/api/v1/articles", strings.NewReader(c.body), "Content-Type", c.media), c.status, c.words)
		})
	}
	if s := sumOf(t, ask(t, "POST", srv.URL+"/api/v1/articles", strings.NewReader(""), "Content-Type", "text/plain")); s.Failed != 1 {
		t.Errorf("an empty file: %+v", s)
	}
	if c, err := l.Counts(t.Context()); err != nil || c.Articles != 0 {
		t.Errorf("%d articles were added, %v", c.Articles, err)
	}
}

// TestRoles: nobody but an editor changes anything.
func TestRoles(t *testing.T) {
	l := empty(t)
	for _, role := range []access.Role{access.Nobody, access.Reader} {
		srv := httptest.NewServer(as(access.User{Name: "x", Role: role}, api.New(l, api.Options{})))
		defer srv.Close()
		isProblem(t, ask(t, "POST", srv.URL+"/api/v1/articles", strings.NewReader("Ten died."), "Content-Type", "text/plain"), 403, "role of an editor")
		isProblem(t, ask(t, "POST", srv.URL+"/api/v1/articles/abcd/reviews", strings.NewReader(`{"kind":"figure","finding":"f1","verdict":"accepted"}`), "Content-Type", "application/json"), 403, "role of an editor")
	}
	if c, err := l.Counts(t.Context()); err != nil || c.Articles != 0 {
		t.Errorf("%d articles were added, %v", c.Articles, err)
	}
}

// TestReview: a verdict is kept with who gave it; one that fits nothing is refused.
func TestReview(t *testing.T) {
	srv := serve(t, empty(t))
	s := sumOf(t, ask(t, "POST", srv.URL+"/api/v1/articles", strings.NewReader("Ten people died in Karvik, the ministry said."), "Content-Type", "text/plain"))
	at := srv.URL + "/api/v1/articles/" + s.Articles[0]
	send := func(body string) reply {
		return ask(t, "POST", at+"/reviews", strings.NewReader(body), "Content-Type", "application/json")
	}
	r := send(`{"kind":"figure","finding":"f1","verdict":"corrected","correct":{"value":"11"},"note":"so the ministry"}`)
	if r.StatusCode != http.StatusOK || !strings.Contains(r.body, `"by":"tester"`) || !strings.Contains(r.body, `"value":"11"`) {
		t.Errorf("%d %s", r.StatusCode, r.body)
	}
	if r := ask(t, "GET", at+"/findings", nil); !strings.Contains(r.body, `"verdict":"corrected"`) {
		t.Errorf("%s", r.body)
	}
	isProblem(t, send(`{"kind":"figure","finding":"f99","verdict":"accepted"}`), 422, "no figure f99")
	isProblem(t, send(`{"kind":"figure","finding":"f1","verdict":"so so"}`), 422, "verdict")
	isProblem(t, send(`{"kind":"figure","finding":"f1","verdict":"accepted","by":"somebody else"}`), 422, "by")
	isProblem(t, send(`{`), 400, "")
	isProblem(t, send(`{"kind":"figure","finding":"f1","verdict":"accepted","note":"`+strings.Repeat("a", 70_000)+`"}`), 413, "")
	isProblem(t, ask(t, "POST", at+"/reviews", strings.NewReader("<a/>"), "Content-Type", "text/xml"), 415, "")
}

// broken is an export that fails after some bytes.
func broken(after string, err error) api.Export {
	return api.Export{Kind: "broken", Media: "text/csv", Check: func(string, ledger.Selection) (string, string, error) { return "text/csv", "b.csv", nil },
		Write: func(_ context.Context, _ *ledger.Ledger, _ string, _ ledger.Selection, w io.Writer) error {
			if _, err := io.WriteString(w, after); after != "" && err != nil {
				return err
			}
			if err == nil {
				panic("a fault of the program")
			}
			return err
		}}
}

// TestFailures: an error within, or a panic, is a problem that tells the client
// nothing of the inside, and is logged; a stream that fails breaks off, so that
// nobody takes a part for the whole.
func TestFailures(t *testing.T) {
	secret := errors.New("/home/secret/ledger.db: no such table")
	for _, c := range []struct {
		name string
		e    api.Export
		cut  bool
	}{
		{"error", broken("", secret), false},
		{"panic", broken("", nil), false},
		{"error in a stream", broken(strings.Repeat("x", 100_000), secret), true},
		{"panic in a stream", broken(strings.Repeat("x", 100_000), nil), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			told := make(chan error, 1)
			srv := httptest.NewServer(api.New(empty(t), api.Options{Exports: []api.Export{c.e}, Problem: func(_ *http.Request, err error) { told <- err }}))
			defer srv.Close()
			r, err := http.NewRequest(http.MethodGet, srv.URL+"/api/v1/export/broken", http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := (&http.Transport{DisableCompression: true}).RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			defer answer.Body.Close()
			data, err := io.ReadAll(answer.Body)
			if c.cut && (answer.StatusCode != http.StatusOK || err == nil) {
				t.Errorf("%d, and the whole of %d bytes", answer.StatusCode, len(data))
			}
			if !c.cut {
				isProblem(t, reply{answer, string(data)}, 500, "the server's log says why")
				if strings.Contains(string(data), "secret") || strings.Contains(string(data), "fault") || strings.Contains(string(data), "goroutine") {
					t.Errorf("%s", data)
				}
			}
			if err := <-told; err == nil || !strings.Contains(err.Error(), "secret") && !strings.Contains(err.Error(), "a fault of the program") {
				t.Errorf("told %v", err)
			}
		})
	}
}

// TestSlow: a client that sends or takes next to nothing is cut off in the time that
// is set.
func TestSlow(t *testing.T) {
	endless := api.Export{Kind: "endless", Media: "text/csv", Check: func(string, ledger.Selection) (string, string, error) { return "text/csv", "e.csv", nil },
		Write: func(_ context.Context, _ *ledger.Ledger, _ string, _ ledger.Selection, w io.Writer) error {
			for {
				if _, err := w.Write(make([]byte, 64<<10)); err != nil {
					return err
				}
			}
		}}
	ended := make(chan error, 1)
	handler := api.New(empty(t), api.Options{Exports: []api.Export{endless}, BodyTime: 300 * time.Millisecond, WriteTime: 300 * time.Millisecond,
		Problem: func(_ *http.Request, err error) { ended <- err }})
	srv := httptest.NewServer(as(access.User{Name: "x", Role: access.Editor}, handler))
	defer srv.Close()

	sender, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer sender.Close()
	fmt.Fprintf(sender, "POST /api/v1/articles HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 1000\r\nConnection: close\r\n\r\nTen")
	answer, err := io.ReadAll(sender)
	if err != nil || !strings.Contains(string(answer), "408 Request Timeout") || !strings.Contains(string(answer), "took longer than the limit") {
		t.Errorf("%s, %v", answer, err)
	}

	taker, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer taker.Close()
	fmt.Fprintf(taker, "GET /api/v1/export/endless HTTP/1.1\r\nHost: x\r\n\r\n")
	if err := <-ended; !errors.Is(err, os.ErrDeadlineExceeded) {
		t.Errorf("ended with %v", err)
	}
}
