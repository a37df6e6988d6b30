package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// FuzzCursor: whatever is given back as a cursor is read or refused, and what is read
// was given out.
func FuzzCursor(f *testing.F) {
	f.Add(cursor{"stories", -5}.String(), "stories")
	f.Add("", "")
	f.Add("e30", "stories")
	f.Add("eyJsIjoic3RvcmllcyIsImEiOjFlOTl9", "stories")
	f.Fuzz(func(t *testing.T, s, list string) {
		at, err := parseCursor(s, list)
		if err != nil || s == "" {
			return
		}
		again, err := parseCursor(cursor{list, at}.String(), list)
		if err != nil && strings.ToValidUTF8(list, "") == list || err == nil && again != at {
			t.Errorf("%q is %d of %q, which is %d, %v", s, at, list, again, err)
		}
		if _, _, err := page(make([]int, 3), list, s, 2); err != nil {
			t.Errorf("%q: %v", s, err)
		}
	})
}

// FuzzFields: no header field makes reading it fail.
func FuzzFields(f *testing.F) {
	f.Add("gzip;q=0.5, *;q=0", `W/"abc", *`, "text/plain; charset=x")
	f.Add(";;q=,,", `"`, "multipart/form-data; boundary=")
	f.Fuzz(func(_ *testing.T, accepted, tags, media string) {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(media))
		r.Header.Set("Accept-Encoding", accepted)
		acceptsGzip(r)
		matches([]string{tags}, `W/"abc"`)
	})
}

// FuzzFileName: what a file is called is never a path.
func FuzzFileName(f *testing.F) {
	for _, s := range []string{"a.html", "../../x", `..\..\x`, "/", ".", "..", "", "a/", "\xff\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if name := fileName(s); name == "" || strings.ContainsAny(name, `/\`) {
			t.Errorf("%q becomes %q", s, name)
		}
	})
}
