// Package desk is where people change a ledger in the browser: they add articles
// and judge findings, and look at who did so.
//
// It promises that every form works without scripts and by keyboard; that a
// verdict is kept with who gave it and when, beside the machine's finding and never
// in its place; and that what is sent is data: a file that is uploaded lies under a
// name of the server's own, and its own name is only shown. It refuses whoever is
// no editor, see package access, which also refuses forms of other sites.
package desk

import (
	"cmp"
	"context"
	"embed"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"whence/access"
	"whence/intake"
	"whence/ledger"
	"whence/store"
	"whence/web"
)

//go:embed templates/*.html
var templates embed.FS

// Options of the desk.
type Options struct {
	Viewer func(*http.Request) web.Viewer
	Audit  *access.Audit // may be nil
	Intake intake.Options
	// UploadBytes bounds what one form may hold; 0 is 256 MiB.
	UploadBytes int64
	Log         *slog.Logger // nil is slog.Default
	// Context ends the work that goes on behind the pages.
	Context context.Context
}

const defaultUpload = 256 << 20

// desk is the handler of its pages.
type desk struct {
	ledger *ledger.Ledger
	opt    Options
	jobs   *jobs
	now    func() time.Time

	add, job, queue, finding, log, problem *web.View
}

// Paths are the addresses that the desk answers.
var Paths = []string{"/add", "/add/{job}", "/review", "/review/{article}/{kind}/{finding}", "/log"}

// New is the desk of a ledger. An error is a template that cannot be read.
func New(l *ledger.Ledger, opt Options) (http.Handler, error) {
	opt.UploadBytes = cmp.Or(opt.UploadBytes, defaultUpload)
	opt.Log = cmp.Or(opt.Log, slog.Default())
	if opt.Context == nil {
		opt.Context = context.Background()
	}
	d := &desk{ledger: l, opt: opt, jobs: newJobs(), now: time.Now}
	for file, v := range map[string]**web.View{
		"add.html": &d.add, "job.html": &d.job, "queue.html": &d.queue, "finding.html": &d.finding,
		"log.html": &d.log, "problem.html": &d.problem,
	} {
		var err error
		if *v, err = web.NewView(templates, "templates/"+file); err != nil {
			return nil, err
		}
	}
	mux := http.NewServeMux()
	for pattern, handle := range map[string]handler{
		"GET /add":                               d.showAdd,
		"POST /add":                              d.takeAdd,
		"GET /add/{job}":                         d.showJob,
		"GET /review":                            d.showQueue,
		"GET /review/{article}/{kind}/{finding}": d.showFinding,
		"POST /review/{article}/{kind}/{finding}": d.takeVerdict,
		"GET /log": d.showLog,
	} {
		mux.Handle(pattern, d.page(handle))
	}
	for _, path := range Paths {
		mux.Handle(path, d.page(func(http.ResponseWriter, *http.Request) error {
			return &refusal{http.StatusMethodNotAllowed, "This page takes no such request.", "It is looked at with GET; its form is sent with POST."}
		}))
	}
	return mux, nil
}

// handler is a page that may fail.
type handler func(w http.ResponseWriter, r *http.Request) error

// refusal is what is said instead of a page.
type refusal struct {
	status     int
	what, hint string
}

func (e *refusal) Error() string { return e.what }

// page lets editors alone through, and turns errors into words.
func (d *desk) page(h handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !access.From(r.Context()).May(access.Editor) {
			d.refuse(w, r, &refusal{http.StatusForbidden, "Only editors add and review.", "Whoever keeps this ledger can make you one (whence password)."})
			return
		}
		if err := h(w, r); err != nil {
			d.refuse(w, r, err)
		}
	})
}

// refuse says in words why there is no page.
func (d *desk) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var no *refusal
	var judgement *ledger.JudgementError
	switch {
	case errors.As(err, &no):
	case errors.As(err, &judgement):
		no = &refusal{http.StatusUnprocessableEntity, "This verdict cannot be kept: " + judgement.What + ".", judgement.Hint}
	case errors.Is(err, store.ErrAbsent):
		no = &refusal{http.StatusNotFound, "Nothing in this ledger has this id.", "It may have been removed, or belong to another ledger."}
	case errors.Is(err, store.ErrAmbiguous):
		no = &refusal{http.StatusNotFound, "More than one thing has an id that begins so.", "Give more digits of it."}
	case errors.Is(err, context.Canceled):
		return // nobody is waiting
	default:
		d.opt.Log.Error("page failed", "path", r.URL.Path, "error", err)
		no = &refusal{http.StatusInternalServerError, "This could not be done.", "The log of whence serve says why; what was stored is intact."}
	}
	if no.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", "GET, POST")
	}
	p := web.Page{Title: no.what, Status: no.status, Data: map[string]string{"What": no.what, "Hint": no.hint}}
	if err := d.problem.Write(w, r, d.viewer(r), p); err != nil {
		d.opt.Log.Error("page failed", "path", r.URL.Path, "error", err)
	}
}

func (d *desk) viewer(r *http.Request) web.Viewer {
	if d.opt.Viewer == nil {
		return web.Viewer{}
	}
	return d.opt.Viewer(r)
}

// write sends a page.
func (d *desk) write(w http.ResponseWriter, r *http.Request, v *web.View, p web.Page) error {
	return v.Write(w, r, d.viewer(r), p)
}

// Login is the page for logging in, for [access.Options].
func Login(view func(*http.Request) web.Viewer) (func(w http.ResponseWriter, r *http.Request, status int, next, again string), error) {
	v, err := web.NewView(templates, "templates/login.html")
	if err != nil {
		return nil, err
	}
	return func(w http.ResponseWriter, r *http.Request, status int, next, again string) {
		p := web.Page{Title: "Log in", Status: status, Data: map[string]string{"Next": next, "Again": again}}
		var who web.Viewer
		if view != nil {
			who = view(r)
		}
		if err := v.Write(w, r, who, p); err != nil {
			slog.Default().Error("page failed", "path", r.URL.Path, "error", err)
		}
	}, nil
}

// mostLogged is how much of the audit log is shown.
const mostLogged = 200

// showLog shows who changed what.
func (d *desk) showLog(w http.ResponseWriter, r *http.Request) error {
	entries, err := d.opt.Audit.Last(mostLogged)
	if err != nil {
		return err
	}
	return d.write(w, r, d.log, web.Page{Title: "Log", Data: map[string]any{"Entries": entries, "Kept": d.opt.Audit != nil}})
}
