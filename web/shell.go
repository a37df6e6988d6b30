package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:embed templates/*.html
var templates embed.FS

// Viewer is who looks at a page.
type Viewer struct {
	Name   string // shown with a way to sign out; empty where nobody need sign in
	Editor bool   // may add and review: the pages are offered
}

func (o *Options) viewer(r *http.Request) Viewer {
	if o.Viewer == nil {
		return Viewer{}
	}
	return o.Viewer(r)
}

// Page is what is set into the frame that all pages share.
type Page struct {
	Title   string   // of the browser's window
	Section string   // of the navigation: stories, search, add, review; or none
	Query   string   // what stands in the search field
	Status  int      // 0 is 200
	Feed    string   // address of an Atom feed of the page
	Take    []Take   // "take this with you"
	Scripts []string // names of static files that help the hand
	Data    any      // for the page's own template
}

// Take is a form in which what a page shows can be taken along.
type Take struct{ Name, What, Href string }

// framed is what the frame's template sees.
type framed struct {
	Page
	Viewer
}

// View is the template of a page, set in the frame.
type View struct{ t *template.Template }

// NewView reads templates that define "main", and whatever else that uses. They
// see the Data of a [Page] as {{.Data}}, and have the functions of this
// package: {{words .}} isolates words from outside, {{static "style.css"}} is the
// address of a static file.
func NewView(from fs.FS, files ...string) (*View, error) {
	t, err := template.New("layout.html").Funcs(functions).ParseFS(templates, "templates/layout.html")
	if err != nil {
		return nil, fmt.Errorf("the frame of pages: %w", err)
	}
	if t, err = t.ParseFS(from, files...); err != nil {
		return nil, fmt.Errorf("a page's template: %w", err)
	}
	return &View{t}, nil
}

// view reads one of the package's own templates, once.
func view(files ...string) func() *View {
	return sync.OnceValue(func() *View {
		for i, f := range files {
			files[i] = "templates/" + f
		}
		v, err := NewView(templates, files...)
		if err != nil {
			panic(err) // they are compiled in, and tests read each
		}
		return v
	})
}

var errorView = view("error.html")

// Write makes a page and sends it, with headers that keep it to itself. An error
// comes before anything is sent, or from the connection.
func (v *View) Write(w http.ResponseWriter, r *http.Request, viewer Viewer, p Page) error {
	var b bytes.Buffer
	if err := v.t.Execute(&b, framed{p, viewer}); err != nil {
		return fmt.Errorf("setting the page %q: %w", p.Title, err)
	}
	if p.Status == 0 {
		p.Status = http.StatusOK
	}
	Guard(w.Header())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(p.Status)
	if r.Method == http.MethodHead {
		return nil
	}
	_, err := w.Write(seen(b.Bytes()))
	return err
}

// Guard sets the headers that every page has: nothing from elsewhere, no frames,
// no guessing of types, no addresses handed on, no copies kept by others.
func Guard(h http.Header) {
	h.Set("Content-Security-Policy", Policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "private, no-cache")
}

// acts tells whether a character would be acted on rather than seen: controls,
// and changes of direction that outlive their place. No page of whence holds one
// of its own.
func acts(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return false
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069: // embeddings, overrides, isolates
		return true
	case r == 0x2028 || r == 0x2029 || r == 0xfeff || r >= 0xe0000 && r <= 0xe007f: // lines, marks of order, tags
		return true
	}
	return unicode.Is(unicode.Cc, r)
}

// seen makes what would be acted on visible, wherever it stands in a page: what a
// template or a function forgets to guard is guarded here.
func seen(page []byte) []byte {
	if bytes.IndexFunc(page, acts) < 0 {
		return page
	}
	var b bytes.Buffer
	for i := 0; i < len(page); {
		r, size := utf8.DecodeRune(page[i:])
		if acts(r) {
			fmt.Fprintf(&b, "⟨U+%04X⟩", r)
		} else {
			b.Write(page[i : i+size])
		}
		i += size
	}
	return b.Bytes()
}

// words are words from outside, isolated so that the direction of their writing
// moves nothing beside them.
func words(s string) template.HTML {
	return template.HTML("<bdi>" + template.HTMLEscapeString(s) + "</bdi>")
}

// outward is an address from outside that a link may lead to; empty where its
// scheme is none that only shows a page.
func outward(address string) string {
	address = strings.TrimSpace(address)
	scheme, _, ok := strings.Cut(address, "://")
	if !ok || !strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") {
		return ""
	}
	if strings.ContainsFunc(address, func(c rune) bool { return c <= ' ' || acts(c) }) {
		return ""
	}
	return address
}

// functions are what templates may call.
var functions = template.FuncMap{
	"words":   words,
	"outward": outward,
	"static":  StaticPath,
	"moment":  moment,
	"day":     day,
	"days":    days,
	"count":   count,
	"legs":    legs,
	"clip":    clip,
	"at":      articleAt,
	"minus":   func(a, b int) int { return a - b },
	"heads":   func() []string { return []string{"asserts", "denies", "declined", "no reply"} },
	"titled": func(rows []row) bool {
		return len(rows) > 0 && slices.ContainsFunc(rows, func(r row) bool { return r.Tag == "h1" })
	},
}
