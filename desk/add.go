package desk

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"whence"
	"whence/access"
	"whence/intake"
	"whence/ledger"
	"whence/store"
	"whence/web"
)

// Bounds of adding.
const (
	mostJobs      = 100 // that are remembered
	mostWaiting   = 8   // that wait for their turn
	mostFiles     = 1000
	mostAddresses = 200 // in one form
	mostShown     = 100 // articles and problems of one job
	mostField     = 8 << 20
)

// jobs are what was asked to be added, the latest last. One works at a time: a
// ledger has one writer.
type jobs struct {
	mu      sync.Mutex
	list    []*job
	waiting int
	turn    chan struct{}
}

func newJobs() *jobs { return &jobs{turn: make(chan struct{}, 1)} }

// job is one form's worth of articles on its way into the ledger.
type job struct {
	id, by string
	began  time.Time

	mu       sync.Mutex
	progress intake.Progress
	added    ledger.Added
	articles []entered
	problems []string
	failed   string
	done     bool
}

// entered is an article that is in the ledger.
type entered struct {
	ID    string
	Known bool
}

func (js *jobs) find(id string) *job {
	js.mu.Lock()
	defer js.mu.Unlock()
	for _, j := range js.list {
		if j.id == id {
			return j
		}
	}
	return nil
}

// begin makes a job, unless too many wait.
func (js *jobs) begin(by string, now time.Time) *job {
	js.mu.Lock()
	defer js.mu.Unlock()
	if js.waiting >= mostWaiting {
		return nil
	}
	js.waiting++
	j := &job{id: rand.Text(), by: by, began: now}
	if len(js.list) == mostJobs {
		js.list = js.list[1:]
	}
	js.list = append(js.list, j)
	return j
}

func (js *jobs) end() {
	js.mu.Lock()
	defer js.mu.Unlock()
	js.waiting--
}

// showAdd shows the form.
func (d *desk) showAdd(w http.ResponseWriter, r *http.Request) error {
	return d.write(w, r, d.add, web.Page{Title: "Add", Section: "add", Scripts: []string{"drop.js"}, Data: map[string]any{"Most": d.opt.UploadBytes >> 20}})
}

// takeAdd takes the form, and answers with the page of the job.
func (d *desk) takeAdd(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, d.opt.UploadBytes)
	parts, err := r.MultipartReader()
	if err != nil {
		return &refusal{http.StatusUnsupportedMediaType, "This form cannot be read.", "Send it as multipart/form-data, as the page does."}
	}
	dir, err := os.MkdirTemp("", "whence-add-")
	if err != nil {
		return fmt.Errorf("making room for what was sent: %w", err)
	}
	kept := false
	defer func() {
		if !kept {
			_ = os.RemoveAll(dir) // it is in the system's folder for such
		}
	}()
	f, err := receive(parts, dir)
	if err != nil {
		return err
	}
	if len(f.inputs) == 0 {
		return &refusal{http.StatusBadRequest, "There is nothing to add.", "Choose files, paste a text, or give addresses."}
	}
	j := d.jobs.begin(access.From(r.Context()).Name, d.now())
	if j == nil {
		return &refusal{http.StatusServiceUnavailable, "Too many are adding at once.", "Wait until one is done, then send this again."}
	}
	kept = true
	go d.work(j, f, dir)
	http.Redirect(w, r, "/add/"+j.id, http.StatusSeeOther)
	return nil
}

// form is what was sent.
type form struct {
	inputs    []string
	names     map[string]string
	published whence.Date
}

// receive stores files and a pasted text under names of its own.
func receive(parts *multipart.Reader, dir string) (*form, error) {
	f := &form{names: map[string]string{}}
	var text string
	fields := map[string]string{}
	for {
		p, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, sent(err)
		}
		switch name := p.FormName(); {
		case name == "file" && p.FileName() != "":
			if err := f.file(p, dir); err != nil {
				return nil, err
			}
		case name == "file":
		default:
			value, err := io.ReadAll(io.LimitReader(p, mostField+1))
			if err != nil {
				return nil, sent(err)
			}
			if len(value) > mostField || !utf8.Valid(value) {
				return nil, &refusal{http.StatusRequestEntityTooLarge, "A field is too long, or no text.", fmt.Sprintf("At most %d MiB; send it as a file.", mostField>>20)}
			}
			// Browsers send every end of a line as two characters.
			fields[name] = strings.ReplaceAll(string(value), "\r\n", "\n")
		}
	}
	text = fields["text"]
	if s := strings.TrimSpace(fields["published"]); s != "" {
		var err error
		if f.published, err = whence.ParseDate(s); err != nil {
			return nil, &refusal{http.StatusBadRequest, "The date of publication is none.", "2025, 2025-11, 2025-11-04 or with a time."}
		}
	}
	if strings.TrimSpace(text) != "" {
		if err := f.pasted(text, fields, dir); err != nil {
			return nil, err
		}
	}
	return f, f.addresses(fields["addresses"])
}

// sent is an error of receiving.
func sent(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return &refusal{http.StatusRequestEntityTooLarge, "This is more than can be sent at once.", fmt.Sprintf("At most %d MiB; whence add on the command line takes any size.", large.Limit>>20)}
	}
	return &refusal{http.StatusBadRequest, "What was sent broke off, or is no form.", "Send it again."}
}

// file stores one file that was sent.
func (f *form) file(p *multipart.Part, dir string) (err error) {
	if len(f.inputs) == mostFiles {
		return &refusal{http.StatusRequestEntityTooLarge, "These are too many files.", fmt.Sprintf("At most %d at once; an archive or JSON Lines holds more.", mostFiles)}
	}
	path := filepath.Join(dir, strconv.Itoa(len(f.inputs)))
	to, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("storing what was sent: %w", err)
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	n, err := io.Copy(to, p)
	if err != nil {
		var perr *os.PathError
		if errors.As(err, &perr) {
			return fmt.Errorf("storing what was sent: %w", err)
		}
		return sent(err)
	}
	if n == 0 && p.FileName() == "" {
		return nil
	}
	f.inputs = append(f.inputs, path)
	f.names[path] = strings.ToValidUTF8(p.FileName(), "\uFFFD")
	return nil
}

// pasted stores a text that was pasted: as a file where it is a page or a feed, and
// else as an article with what was said of it.
func (f *form) pasted(text string, fields map[string]string, dir string) error {
	data := []byte(text)
	if is := intake.Recognise(data[:min(len(data), intake.HeadSize)], ""); is == intake.Text || !is.Read() {
		article := map[string]string{"text": text, "path": "pasted"}
		for _, k := range []string{"outlet", "title", "url"} {
			if v := strings.TrimSpace(fields[k]); v != "" {
				article[k] = v
			}
		}
		var b bytes.Buffer
		if err := json.NewEncoder(&b).Encode(article); err != nil {
			return err
		}
		data = b.Bytes()
	}
	path := filepath.Join(dir, "pasted")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return fmt.Errorf("storing what was pasted: %w", err)
	}
	f.inputs = append(f.inputs, path)
	f.names[path] = "pasted"
	return nil
}

// addresses takes a list of web addresses, one a line: nothing else is an input,
// whatever it looks like.
func (f *form) addresses(list string) error {
	n := 0
	for line := range strings.Lines(list) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		low := strings.ToLower(line)
		if !strings.HasPrefix(low, "http://") && !strings.HasPrefix(low, "https://") {
			return &refusal{http.StatusBadRequest, fmt.Sprintf("%.80q is no web address.", line), "Addresses begin with http:// or https://, one in each line."}
		}
		if n++; n > mostAddresses {
			return &refusal{http.StatusBadRequest, "These are too many addresses.", fmt.Sprintf("At most %d at once.", mostAddresses)}
		}
		f.inputs = append(f.inputs, line)
	}
	return nil
}

// work puts what was sent into the ledger, when it is its turn.
func (d *desk) work(j *job, f *form, dir string) {
	defer os.RemoveAll(dir) //nolint:errcheck // it is in the system's folder for such
	defer d.jobs.end()
	ctx := d.opt.Context
	select {
	case d.jobs.turn <- struct{}{}:
		defer func() { <-d.jobs.turn }()
	case <-ctx.Done():
	}
	opt := d.opt.Intake
	opt.Names, opt.Stdin = f.names, nil
	if !f.published.IsZero() {
		opt.Published = f.published
	}
	opt.Progress = func(p intake.Progress) {
		j.mu.Lock()
		defer j.mu.Unlock()
		j.progress = p
	}
	added, err := d.ledger.AddTelling(ctx, f.inputs, opt, j.problem, j.enter)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.added, j.done = added, true
	switch {
	case errors.Is(err, context.Canceled):
		j.failed = "It was interrupted; what was added stays."
	case err != nil:
		d.opt.Log.Error("adding failed", "job", j.id, "error", err)
		j.failed = "It could not be finished; the log of whence serve says why. What was added stays."
	}
}

func (j *job) problem(p *intake.Problem) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.problems) < mostShown {
		line := p.Error()
		if p.Hint != "" {
			line += " (" + p.Hint + ")"
		}
		j.problems = append(j.problems, line)
	}
}

func (j *job) enter(id string, known bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.articles) < mostShown {
		j.articles = append(j.articles, entered{id, known})
	}
}

// shownJob is a job as its page shows it.
type shownJob struct {
	By       string
	Began    time.Time
	Waiting  bool
	Done     bool
	Failed   string
	Input    string
	Share    int // of the bytes, in hundredths; -1 where it is not known
	Read     int
	Added    ledger.Added
	Articles []shownArticle
	More     int // articles that are not listed
	Problems []string
}

type shownArticle struct {
	ID, Title, Outlet string
	Published         string
	Known             bool
}

// showJob shows how far a job is; while it goes on the page comes anew by itself.
func (d *desk) showJob(w http.ResponseWriter, r *http.Request) error {
	j := d.jobs.find(r.PathValue("job"))
	if j == nil {
		return &refusal{http.StatusNotFound, "This is not known any more.", "What was added is in the ledger; the latest hundred are remembered until whence serve ends."}
	}
	j.mu.Lock()
	s := shownJob{By: j.by, Began: j.began, Done: j.done, Failed: j.failed, Input: j.progress.Input, Read: j.progress.Articles, Share: -1, Added: j.added, Problems: j.problems}
	s.Waiting = !j.done && j.progress.Input == ""
	if j.progress.Total > 0 {
		s.Share = int(100 * min(1, float64(j.progress.Bytes)/float64(j.progress.Total)))
	}
	in := append([]entered(nil), j.articles...)
	j.mu.Unlock()
	s.More = max(0, s.Added.Articles+s.Added.Known+s.Added.Reread-len(in))
	for _, e := range in {
		a, err := d.enteredArticle(r.Context(), e)
		if err != nil {
			return err
		}
		s.Articles = append(s.Articles, a)
	}
	if !s.Done {
		w.Header().Set("Refresh", "2")
	}
	return d.write(w, r, d.job, web.Page{Title: "Adding", Section: "add", Data: s})
}

// enteredArticle is an article that was added, as the list shows it.
func (d *desk) enteredArticle(ctx context.Context, e entered) (shownArticle, error) {
	a := shownArticle{ID: e.ID, Known: e.Known}
	head, err := d.ledger.Head(ctx, e.ID)
	switch {
	case errors.Is(err, store.ErrAbsent): // it was removed since
		return a, nil
	case err != nil:
		return a, err
	}
	a.Title, a.Outlet, a.Published = head.Title, head.Outlet, head.Published.String()
	return a, nil
}
