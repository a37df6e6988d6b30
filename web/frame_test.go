package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

// TestFrame holds that other packages can set pages in the frame.
func TestFrame(t *testing.T) {
	files := fstest.MapFS{"add.html": {Data: []byte(`{{define "main"}}<h1>{{words .Data}}</h1>{{end}}`)}}
	v, err := NewView(files, "add.html")
	if err != nil {
		t.Fatal(err)
	}
	rec := httptest.NewRecorder()
	err = v.Write(rec, httptest.NewRequest(http.MethodGet, "/add", nil), Viewer{Name: "ana", Editor: true},
		Page{Title: "Add", Section: "add", Data: "a\u202eb<script>"})
	if err != nil {
		t.Fatal(err)
	}
	page := rec.Body.String()
	for _, want := range []string{"<title>Add · whence</title>", `href="/add" aria-current="page"`, "<h1><bdi>a⟨U+202E⟩b&lt;script&gt;</bdi></h1>", "Sign out"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if rec.Header().Get("Content-Security-Policy") != Policy {
		t.Error("the page has no policy")
	}
}

// TestStatic holds that static files are found by the names that pages use, and
// that those may be kept for good.
func TestStatic(t *testing.T) {
	for _, name := range []string{"style.css", "mark.svg"} {
		rec := httptest.NewRecorder()
		Static().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, StaticPath(name), nil))
		if rec.Code != http.StatusOK || !strings.Contains(rec.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", name, rec.Code, rec.Header())
		}
	}
	rec := httptest.NewRecorder()
	Static().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, "/static/style.css", nil))
	if rec.Code != http.StatusNotFound {
		t.Errorf("a file without its hash: %d", rec.Code)
	}
}
