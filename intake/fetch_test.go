package intake

import (
	"bytes"
	"compress/zlib"
	"context"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"whence"
	"whence/internal/shared"
	"whence/warc"
)

// serve starts a site of pages on the loopback.
func serve(t testing.TB, pages map[string]http.HandlerFunc) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	for path, handler := range pages {
		mux.HandleFunc(path, handler)
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// serving serves a body, with a header line for each field.
func serving(body string, fields ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for _, f := range fields {
			name, value, _ := strings.Cut(f, ": ")
			w.Header().Set(name, value)
		}
		fmt.Fprint(w, body)
	}
}

// status answers with a status, and a page that is not the one asked for.
func status(code int, fields ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for _, f := range fields {
			name, value, _ := strings.Cut(f, ": ")
			w.Header().Set(name, value)
		}
		w.WriteHeader(code)
		fmt.Fprint(w, anArticle("Not the page"))
	}
}

func compressed(t testing.TB, open func(io.Writer) io.WriteCloser, body string) string {
	t.Helper()
	var b bytes.Buffer
	w := open(&b)
	if _, err := io.WriteString(w, body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func asBrotli(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }
func asZlib(w io.Writer) io.WriteCloser   { return zlib.NewWriter(w) }
func asZstd(w io.Writer) io.WriteCloser {
	z, err := zstd.NewWriter(w)
	if err != nil {
		panic(err)
	}
	return z
}

var local = Options{AllowPrivate: true, Version: "0.1"}

func TestFetch(t *testing.T) {
	article := anArticle("Quay shut")
	latin := strings.Replace(article, "Quay shut", "Caf\xe9 shut", 2)
	server := serve(t, map[string]http.HandlerFunc{
		"/plain":   serving(article, asHTML),
		"/gzip":    serving(gzipped(t, article), asHTML, "Content-Encoding: gzip"),
		"/br":      serving(compressed(t, asBrotli, article), asHTML, "Content-Encoding: br"),
		"/zstd":    serving(compressed(t, asZstd, article), asHTML, "Content-Encoding: zstd"),
		"/deflate": serving(compressed(t, asZlib, article), asHTML, "Content-Encoding: deflate"),
		"/latin":   serving(latin, "Content-Type: text/html; charset=ISO-8859-1"),
		"/wrong":   serving(article, "Content-Type: image/png"),
		"/file.gz": serving(gzipped(t, article), "Content-Type: application/gzip"),
		"/text":    serving("The quay is shut.", "Content-Type: text/plain"),
		"/lines":   serving(jsonLines(3), "Content-Type: application/json"),
		"/feed":    serving(`<rss version="2.0"><channel><item><title>Quay shut</title></item></channel></rss>`, "Content-Type: text/xml"),
		"/warc":    serving(archiveOf(t, warc.Options{}, mixed(t)[3]), "Content-Type: application/warc"),
		"/wacz":    serving(zipWith(t, map[string]string{"archive/a.warc.gz": archiveOf(t, warc.Options{}, mixed(t)[3])})),
		"/hint": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Link", "</style.css>; rel=preload")
			w.WriteHeader(http.StatusEarlyHints)
			serving(article, asHTML)(w, r)
		},
	})
	for path, c := range map[string]struct {
		articles int
		title    string
	}{
		"/plain": {1, "Quay shut"}, "/gzip": {1, "Quay shut"}, "/br": {1, "Quay shut"}, "/zstd": {1, "Quay shut"},
		"/deflate": {1, "Quay shut"}, "/latin": {1, "Café shut"}, "/wrong": {1, "Quay shut"}, "/file.gz": {1, "Quay shut"},
		"/text": {1, ""}, "/lines": {3, ""}, "/feed": {1, "Quay shut"}, "/warc": {1, "Quay shut"}, "/wacz": {1, "Quay shut"},
		"/hint": {1, "Quay shut"}, "/plain#part": {1, "Quay shut"},
	} {
		articles, problems := readAll(t, local, server.URL+path)
		if len(articles) != c.articles || len(problems) != 0 {
			t.Errorf("%s: %d articles, problems %v", path, len(articles), problems)
			continue
		}
		if a := articles[0]; a.Title != c.title || !strings.HasPrefix(a.Path, server.URL+path) {
			t.Errorf("%s: title %q, path %q", path, a.Title, a.Path)
		}
	}
	articles, _ := readAll(t, local, server.URL+"/plain#part")
	if a := articles[0]; a.URL != server.URL+"/plain" || time.Since(a.Captured.Time) > time.Minute || a.Captured.Precision != whence.Second {
		t.Errorf("url %q, captured %v", a.URL, a.Captured)
	}
}

func TestFetchIsPolite(t *testing.T) {
	var got []*http.Request
	server := serve(t, map[string]http.HandlerFunc{"/": func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r)
		serving(anArticle("Quay shut"), asHTML)(w, r)
	}})
	readAll(t, local, server.URL)
	if len(got) != 1 {
		t.Fatalf("%d requests, want one", len(got))
	}
	r := got[0]
	if r.Method != http.MethodGet || r.URL.Path != "/" || !strings.HasPrefix(r.UserAgent(), "whence/0.1 (+newsreader;") ||
		!strings.HasPrefix(r.Header.Get("Accept"), "text/html") || r.Header.Get("Accept-Encoding") != "gzip, br, zstd" ||
		r.Header.Get("Cookie") != "" || r.Header.Get("If-None-Match") != "" {
		t.Errorf("%s %s %v", r.Method, r.URL, r.Header)
	}
}

func TestFetchRedirects(t *testing.T) {
	to := func(code int, location string) http.HandlerFunc { return status(code, "Location: "+location) }
	server := serve(t, map[string]http.HandlerFunc{
		"/a":        to(301, "/b"),
		"/b":        to(302, "c?q=1"),
		"/c":        to(307, "../page"),
		"/page":     serving(anArticle("Quay shut"), asHTML),
		"/circle":   to(302, "/circle2"),
		"/circle2":  to(302, "/circle"),
		"/ftp":      to(302, "ftp://harbourpost.example/"),
		"/file":     to(302, "file:///etc/passwd"),
		"/login":    to(302, "https://user:pw@harbourpost.example/"),
		"/bad":      to(302, "http://[::1"),
		"/nowhere":  status(302),
		"/choice":   to(300, "/page"),
		"/endless/": func(w http.ResponseWriter, r *http.Request) { to(302, r.URL.Path+"x")(w, r) },
	})
	articles, problems := readAll(t, local, server.URL+"/a")
	if len(problems) != 0 || len(articles) != 1 || articles[0].URL != server.URL+"/page" || articles[0].Path != server.URL+"/a" {
		t.Errorf("%v %v", articles, problems)
	}
	for path, words := range map[string]string{
		"/circle": "in a circle", "/ftp": "only http and https", "/file": "only http and https", "/login": "password",
		"/bad": "no web address", "/nowhere": "302", "/choice": "300", "/endless/": "more than 10 redirects",
	} {
		articles, problems := readAll(t, local, server.URL+path)
		if len(articles) != 0 || len(problems) != 1 || !strings.Contains(problems[0].Error(), words) {
			t.Errorf("%s: %v, want %q", path, problems, words)
		}
	}
}

func TestFetchRefusesPrivateAddresses(t *testing.T) {
	asked := false
	server := serve(t, map[string]http.HandlerFunc{"/": func(http.ResponseWriter, *http.Request) { asked = true }})
	port := server.URL[strings.LastIndex(server.URL, ":"):]
	for _, host := range []string{"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1", "2130706433"} {
		_, problems := readAll(t, Options{FetchTime: 5 * time.Second}, "http://"+host+port)
		if len(problems) != 1 {
			t.Errorf("%s: %v", host, problems)
		}
	}
	_, problems := readAll(t, Options{}, server.URL)
	if len(problems) != 1 || !strings.Contains(problems[0].Error(), "127.0.0.1 is a loopback address") || !strings.Contains(problems[0].Hint, "--allow-private") {
		t.Errorf("%v", problems)
	}
	if asked {
		t.Error("a private address was asked")
	}
}

// A public site that redirects to a private address is refused there. The
// public site is one on the loopback that this test alone lets through.
func TestFetchRefusesPrivateAddressAfterRedirect(t *testing.T) {
	asked := false
	inner := serve(t, map[string]http.HandlerFunc{"/": func(http.ResponseWriter, *http.Request) { asked = true }})
	outer := serve(t, map[string]http.HandlerFunc{"/": status(302, "Location: "+inner.URL)})
	f, err := newFetcher(Options{}.withDefaults(), &meter{})
	if err != nil {
		t.Fatal(err)
	}
	f.control = func(network, address string, c syscall.RawConn) error {
		if "http://"+address == outer.URL {
			return nil
		}
		return refusePrivate(network, address, c)
	}
	_, err = f.fetch(t.Context(), outer.URL)
	var private *privateError
	if !errors.As(err, &private) || asked {
		t.Errorf("%v, asked %v", err, asked)
	}
}

func TestFetchTLS(t *testing.T) {
	server := httptest.NewUnstartedServer(serving(anArticle("Quay shut"), asHTML))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // the client that hangs up is meant to
	server.StartTLS()
	defer server.Close()
	_, problems := readAll(t, local, server.URL)
	if len(problems) != 1 || !strings.Contains(problems[0].Error(), "certificate cannot be trusted") {
		t.Errorf("an unknown certificate: %v", problems)
	}
	f, err := newFetcher(local.withDefaults(), &meter{})
	if err != nil {
		t.Fatal(err)
	}
	f.roots = x509.NewCertPool()
	f.roots.AddCert(server.Certificate())
	c, err := f.fetch(t.Context(), server.URL)
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(c.body); err != nil || string(body) != anArticle("Quay shut") {
		t.Errorf("%.40q %v", body, err)
	}
}

func TestFetchStatus(t *testing.T) {
	server := serve(t, map[string]http.HandlerFunc{
		"/403": status(403), "/404": status(404), "/500": status(500), "/304": status(304), "/299": status(299),
		"/429":  status(429, "Retry-After: 120"),
		"/503":  status(503, "Retry-After: Wed, 10 Mar 2027 08:00:00 GMT"),
		"/503e": status(503, "Retry-After: \x1b[2J"),
	})
	for path, words := range map[string]string{
		"/403": "403 Forbidden", "/404": "404 Not Found", "/500": "500 Internal", "/304": "304",
		"/429": "429 Too Many Requests, and to come back in 2m0s", "/503": "after Wed, 10 Mar 2027", "/503e": "503",
	} {
		articles, problems := readAll(t, local, server.URL+path)
		if len(articles) != 0 || len(problems) != 1 || !strings.Contains(problems[0].Error(), words) {
			t.Errorf("%s: %v, want %q", path, problems, words)
		}
	}
	if articles, problems := readAll(t, local, server.URL+"/299"); len(articles) != 1 {
		t.Errorf("299: %v", problems)
	}
}

func TestFetchLimits(t *testing.T) {
	slow := func(w http.ResponseWriter, r *http.Request) {
		for {
			if _, err := fmt.Fprint(w, " "); err != nil {
				return
			}
			w.(http.Flusher).Flush()
			select {
			case <-r.Context().Done():
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}
	big := strings.Repeat("x", 2<<20)
	server := serve(t, map[string]http.HandlerFunc{
		"/slow":   slow,
		"/silent": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"/big":    serving(big, asHTML),
		"/header": serving("", "X-Filler: "+big),
		"/bomb":   serving(gzipped(t, big), asHTML, "Content-Encoding: gzip"),
		"/bombbr": serving(compressed(t, asBrotli, big), asHTML, "Content-Encoding: br"),
		"/short": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "5000")
			fmt.Fprint(w, anArticle("Quay shut"))
		},
	})
	opt := local
	opt.FetchBytes, opt.FetchTime = 1<<20, 200*time.Millisecond
	for path, why := range map[string]error{
		"/slow": whence.ErrTooSlow, "/silent": whence.ErrTooSlow, "/big": whence.ErrTooLarge, "/header": whence.ErrTooLarge,
		"/bomb": whence.ErrTooLarge, "/bombbr": whence.ErrTooLarge, "/short": io.ErrUnexpectedEOF,
	} {
		_, problems := readAll(t, opt, server.URL+path)
		if len(problems) != 1 || !errors.Is(problems[0], why) || problems[0].Hint == "" {
			t.Errorf("%s: %v, want %v", path, problems, why)
		}
	}
	f, err := newFetcher(local.withDefaults(), &meter{})
	if err != nil {
		t.Fatal(err)
	}
	f.header = 50 * time.Millisecond
	if _, err := f.fetch(t.Context(), server.URL+"/silent"); !errors.Is(err, whence.ErrTooSlow) {
		t.Errorf("a header that does not come: %v", err)
	}
}

func TestFetchStopsWithTheContext(t *testing.T) {
	defer noLeak(t)()
	arrived := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-r.Context().Done()
	}))
	defer server.Close()
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	var last error
	for _, err := range Map(ctx, []string{server.URL}, local, article) {
		last = err
	}
	if !errors.Is(last, context.Canceled) {
		t.Error(last)
	}
}

func TestFetchNoServer(t *testing.T) {
	server := serve(t, nil)
	server.Close()
	_, problems := readAll(t, local, server.URL)
	if len(problems) != 1 || !strings.Contains(problems[0].Error(), "refused") || problems[0].Hint == "" {
		t.Errorf("%v", problems)
	}
	t.Setenv("HTTP_PROXY", "http://proxy.example:3128")
	_, problems = readAll(t, local, "http://nowhere.invalid/")
	if len(problems) != 1 {
		t.Errorf("%v", problems)
	}
}

func TestKeep(t *testing.T) {
	server := serve(t, map[string]http.HandlerFunc{
		"/old": status(301, "Location: /quay"),
		"/quay": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", `"v1"`)
			if r.Header.Get("If-None-Match") == `"v1"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			serving(gzipped(t, anArticle("Quay shut")), asHTML, "Content-Encoding: gzip")(w, r)
		},
		"/pier": func(w http.ResponseWriter, r *http.Request) {
			w.(http.Flusher).Flush() // chunked, without length
			serving(anArticle("Pier open"), asHTML)(w, r)
		},
		"/absent": status(404),
	})
	opt := local
	opt.Keep = filepath.Join(t.TempDir(), "kept.warc.gz")
	fetched, problems := readAll(t, opt, server.URL+"/old", server.URL+"/pier", server.URL+"/absent")
	if len(fetched) != 2 || len(problems) != 1 {
		t.Fatalf("%v %v", fetched, problems)
	}
	reread, problems := readAll(t, Options{}, opt.Keep)
	sameArticles(t, fetched, reread)
	if len(problems) != 0 {
		t.Errorf("%v", problems)
	}

	// Asked again, the site says that the page has not changed.
	again, problems := readAll(t, opt, server.URL+"/old", server.URL+"/pier")
	sameArticles(t, fetched[:1], again[:1])
	if len(problems) != 0 || len(again) != 2 {
		t.Errorf("%v %v", again, problems)
	}
	types := recordTypes(t, opt.Keep)
	want := "warcinfo response request response request response request response request " +
		"response request revisit request response request"
	if types != want {
		t.Errorf("the file holds %s\nwant %s", types, want)
	}
	if reread, problems := readAll(t, Options{}, opt.Keep); len(reread) != 3 || len(problems) != 0 {
		t.Errorf("%v %v", reread, problems)
	}
	t.Run("another program's judgement", func(t *testing.T) { checkWithWarcio(t, opt.Keep) })
}

// checkWithWarcio lets another program check the digests of a file.
func checkWithWarcio(t *testing.T, path string) {
	t.Helper()
	warcio, err := exec.LookPath("warcio")
	if err != nil {
		shared.Missing(t, "warcio (pip install warcio)")
	}
	if out, err := exec.Command(warcio, "check", "-v", path).CombinedOutput(); err != nil {
		t.Errorf("%v:\n%s", err, out)
	}
}

// sameArticles compares all but the path.
func sameArticles(t *testing.T, want, got []*whence.Article) {
	t.Helper()
	if len(want) != len(got) {
		t.Fatalf("%d articles, want %d", len(got), len(want))
	}
	for i, w := range want {
		g := *got[i]
		g.Path = w.Path
		if fmt.Sprintf("%+v", g) != fmt.Sprintf("%+v", *w) {
			t.Errorf("%+v\nwant\n%+v", g, *w)
		}
	}
}

func recordTypes(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := warc.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var types []string
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return strings.Join(types, " ")
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, rec.Content); err != nil {
			t.Error(err)
		}
		for _, d := range rec.Digests() {
			if d.Verdict != warc.DigestMatch && d.Verdict != warc.DigestNone {
				t.Errorf("%s %s: %s", rec.Type(), d.Field, d.Verdict)
			}
		}
		types = append(types, rec.Type())
	}
}

// What is kept is what went over the wire, byte for byte.
func TestKeepByteForByte(t *testing.T) {
	const raw = "HTTP/1.1 200 Fine\r\ncontent-TYPE:  text/html\r\nX-Odd:a\r\nX-Odd: b\r\nTransfer-Encoding: chunked\r\n\r\n"
	body := "5;ext=1\r\n<html\r\n" + chunkedBody("><p>The old quay is shut, the mayor said on Tuesday, ending a dispute of four years over who pays for it.</p>")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		if _, err := io.WriteString(conn, raw+body); err != nil {
			t.Error(err)
		}
	}))
	defer server.Close()
	opt := local
	opt.Keep = filepath.Join(t.TempDir(), "kept.warc")
	if _, problems := readAll(t, opt, server.URL+"/a?b=c"); len(problems) != 0 {
		t.Fatal(problems)
	}
	kept, err := os.ReadFile(opt.Keep)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"\r\n\r\n" + raw + body + "\r\n\r\n",
		"WARC-Target-URI: " + server.URL + "/a?b=c\r\n",
		"WARC-IP-Address: 127.0.0.1\r\n",
		"GET /a?b=c HTTP/1.1\r\nHost: ",
		"software: whence/0.1",
	} {
		if !strings.Contains(string(kept), want) {
			t.Errorf("%q is not in\n%s", want, kept)
		}
	}
}

func TestKeepRefusesOtherFiles(t *testing.T) {
	asked := false
	server := serve(t, map[string]http.HandlerFunc{"/": func(http.ResponseWriter, *http.Request) { asked = true }})
	whole := archiveOf(t, warc.Options{}, mixed(t)[3])
	dir := t.TempDir()
	for name, content := range map[string]string{
		"notes.txt":   "Not an archive.",
		"cut.warc.gz": whole[:len(whole)-9],
	} {
		opt := local
		opt.Keep = write(t, filepath.Join(dir, name), content)
		_, problems := readAll(t, opt, server.URL)
		if len(problems) != 1 {
			t.Errorf("%s: %v", name, problems)
		}
		if after, err := os.ReadFile(opt.Keep); err != nil || string(after) != content {
			t.Errorf("%s was changed", name)
		}
	}
	opt := local
	opt.Keep = filepath.Join(dir, "absent", "a.warc.gz")
	if _, problems := readAll(t, opt, server.URL); len(problems) != 1 || asked {
		t.Errorf("%v, asked %v", problems, asked)
	}
}
