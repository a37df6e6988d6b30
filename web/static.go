package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"path"
	"strings"
	"sync"
)

//go:embed static/*
var staticFiles embed.FS

// asset is a static file under the name that holds a hash of what is in it.
type asset struct {
	kind string
	data []byte
}

// assets gives for each file its name with the hash, and for each such name the
// file.
var assets = sync.OnceValues(func() (names map[string]string, files map[string]asset) {
	names, files = map[string]string{}, map[string]asset{}
	entries, err := staticFiles.ReadDir("static")
	if err != nil {
		panic(err) // compiled in
	}
	for _, e := range entries {
		data, err := staticFiles.ReadFile("static/" + e.Name())
		if err != nil {
			panic(err)
		}
		sum := sha256.Sum256(data)
		ext := path.Ext(e.Name())
		name := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:6]) + ext
		names[e.Name()] = "/static/" + name
		files["/static/"+name] = asset{kinds[ext], data}
	}
	return names, files
})

// kinds are not left to what the machine says of file names.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// StaticPath is the address of a static file of this package, which changes with
// what is in it. It panics on a name that is none: names stand in templates, which
// tests read.
func StaticPath(name string) string {
	names, _ := assets()
	if names[name] == "" {
		panic("no static file " + name)
	}
	return names[name]
}

// Static serves the static files; browsers may keep them for good.
func Static() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, files := assets()
		a, ok := files[r.URL.Path]
		Guard(w.Header())
		switch {
		case r.Method != http.MethodGet && r.Method != http.MethodHead:
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "This file can only be read.", http.StatusMethodNotAllowed)
		case !ok:
			http.Error(w, "There is no such file; pages name the ones that there are.", http.StatusNotFound)
		default:
			w.Header().Set("Content-Type", a.kind)
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
			if r.Method == http.MethodGet {
				_, _ = w.Write(a.data) // who asked has gone
			}
		}
	})
}
