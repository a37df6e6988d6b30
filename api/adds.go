package api

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"whence/intake"
	"whence/ledger"
)

var errorType = reflect.TypeFor[huma.ErrorModel]()

func statusText(code int) string { return strconv.Itoa(code) }

// sendable are the media types in which articles may be sent. What a file is, is told
// from its content all the same.
var sendable = []string{
	"application/x-ndjson", "application/jsonl", "application/json", "text/html", "application/xhtml+xml", "text/plain",
	"application/rss+xml", "application/atom+xml", "application/feed+json", "application/xml", "text/xml",
	"application/warc", "application/wacz", "application/zip", "application/gzip", "application/octet-stream", "multipart/form-data",
}

// Bounds of what is sent at once.
const (
	mostFiles    = 100
	mostProblems = 100 // that are told one by one
	mostIDs      = 1000
	mostFileName = 200 // code points
)

// added is what came of articles that were sent.
type added struct {
	Added    int          `json:"added"`
	Versions int          `json:"versions" doc:"of these, new versions of a page that was there"`
	Known    int          `json:"known" doc:"were there already"`
	Reread   int          `json:"reread" doc:"were there, and were read again with a newer reader"`
	Articles []string     `json:"articles" nullable:"false" doc:"ids of those that are there now, the first 1,000"`
	Failed   int          `json:"failed" doc:"could not be read"`
	Problems []addProblem `json:"problems" nullable:"false" doc:"why, of the first 100"`
}

// addProblem is something that could not be read; the rest was.
type addProblem struct {
	Input  string `json:"input"`
	Reason string `json:"reason"`
	Hint   string `json:"hint,omitempty"`
}

// adds registers the adding of articles. What is sent goes to a file as it comes, so
// this is no handler of huma's.
func (s *server) adds() {
	const path = "/api/v1/articles"
	schemas := s.api.OpenAPI().Components.Schemas
	content := map[string]*huma.MediaType{}
	for _, m := range sendable {
		content[m] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	files := &huma.Schema{Type: huma.TypeArray, Items: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	content["multipart/form-data"] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeObject, Properties: map[string]*huma.Schema{"file": files}, Required: []string{"file"}}}
	op := &huma.Operation{
		OperationID: "add", Method: http.MethodPost, Path: path, Tags: []string{"changes"},
		Summary:     "Add articles",
		Description: "JSON Lines of articles, a page, a text, a feed, a WARC or WACZ archive, or files of these in a form. What it is, is told from the content. What cannot be read is named in the answer, and the rest is added. Adding again what is there changes nothing.",
		RequestBody: &huma.RequestBody{Required: true, Content: content},
		Responses: map[string]*huma.Response{"200": {Description: "What came of it", Content: map[string]*huma.MediaType{
			"application/json": {Schema: schemas.Schema(reflect.TypeFor[added](), true, "")},
		}}},
	}
	s.document(op, http.StatusBadRequest, http.StatusForbidden, http.StatusRequestTimeout, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable)
	s.mux.HandleFunc("POST "+path, s.add)
}

func (s *server) add(w http.ResponseWriter, r *http.Request) {
	out, err := s.take(r)
	if err == nil {
		w.Header().Set("Content-Type", "application/json")
		err = huma.DefaultJSONFormat.Marshal(w, out)
	}
	if err != nil {
		writeProblem(w, s.problem(r.Context(), err))
	}
}

// take stores what is sent in a folder of its own, and adds it.
func (s *server) take(r *http.Request) (out *added, err error) {
	if _, err := editor(r.Context()); err != nil {
		return nil, err
	}
	media, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || !slices.Contains(sendable, media) {
		return nil, huma.Error415UnsupportedMediaType("articles are not sent as this (one of " + strings.Join(sendable, ", ") + ")")
	}
	folder, err := os.MkdirTemp("", "whence-sent-*")
	if err != nil {
		return nil, fmt.Errorf("a folder for what is sent: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	sent := &sending{folder: folder, names: map[string]string{}}
	if media == "multipart/form-data" {
		err = sent.form(multipart.NewReader(r.Body, parameters["boundary"]))
	} else {
		err = sent.file("sent", r.Body)
	}
	if err != nil {
		return nil, received(err, s.opt.BodyBytes)
	}
	ctx, cancel := context.WithTimeout(r.Context(), s.opt.AddTime)
	defer cancel()
	opt := s.opt.Intake
	opt.Names = sent.names
	out = &added{Articles: []string{}, Problems: []addProblem{}}
	done, err := s.l.AddTelling(ctx, sent.files, opt, func(p *intake.Problem) {
		if len(out.Problems) < mostProblems {
			reason := strings.TrimPrefix(p.Error(), p.Input+": ")
			out.Problems = append(out.Problems, addProblem{p.Input, reason, p.Hint})
		}
	}, func(id string, _ bool) {
		if len(out.Articles) < mostIDs {
			out.Articles = append(out.Articles, id)
		}
	})
	if err != nil {
		return nil, partly(err, done)
	}
	out.Added, out.Versions, out.Known, out.Reread, out.Failed = done.Articles, done.Versions, done.Known, done.Reread, done.Problems
	return out, nil
}

// partly says what was added before an error ended it, where the error is one of
// time.
func partly(err error, done ledger.Added) error {
	if !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return huma.Error503ServiceUnavailable(fmt.Sprintf("it took longer than the limit: %d articles were added, and stay; send it again, or less of it", done.Articles))
}

// received sorts an error of receiving.
func received(err error, limit int64) error {
	var large *http.MaxBytesError
	var problem huma.StatusError
	switch {
	case errors.As(err, &problem):
		return err
	case errors.As(err, &large):
		return huma.NewError(http.StatusRequestEntityTooLarge, fmt.Sprintf("more than %d MiB were sent (send it in parts)", limit>>20))
	case errors.Is(err, os.ErrDeadlineExceeded):
		return huma.NewError(http.StatusRequestTimeout, "sending took longer than the limit (send it in parts)")
	case errors.Is(err, errStoring):
		return err
	}
	return huma.Error400BadRequest("what was sent breaks off or is malformed")
}

// errStoring: what is sent could not be kept, which is the server's trouble.
var errStoring = errors.New("storing what was sent")

// sending is what is sent, as files whose names are numbers; what they were called
// is kept beside them, and is never a path.
type sending struct {
	folder string
	files  []string
	names  map[string]string
}

// file stores one file.
func (s *sending) file(name string, from io.Reader) error {
	to := filepath.Join(s.folder, strconv.Itoa(len(s.files)))
	f, err := os.OpenFile(to, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("%w: %w", errStoring, err)
	}
	s.files = append(s.files, to)
	s.names[to] = name
	_, err = io.Copy(storing{f}, from)
	return errors.Join(err, f.Close())
}

// storing marks errors of writing.
type storing struct{ to io.Writer }

func (s storing) Write(data []byte) (int, error) {
	n, err := s.to.Write(data)
	if err != nil {
		err = fmt.Errorf("%w: %w", errStoring, err)
	}
	return n, err
}

// form stores the files of a form.
func (s *sending) form(parts *multipart.Reader) error {
	for {
		p, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF) && len(s.files) == 0:
			return huma.Error422UnprocessableEntity("the form holds no file")
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case len(s.files) == mostFiles:
			return huma.Error422UnprocessableEntity(fmt.Sprintf("more than %d files were sent at once", mostFiles))
		}
		if err := s.file(fileName(p.FileName()), p); err != nil {
			return err
		}
	}
}

// fileName is the last part of what a file is called by whoever sends it.
func fileName(sent string) string {
	name := path.Base(strings.ReplaceAll(strings.ToValidUTF8(sent, "\uFFFD"), `\`, "/"))
	if name == "." || name == "/" {
		return "sent"
	}
	runes := []rune(name)
	return string(runes[max(0, len(runes)-mostFileName):])
}
