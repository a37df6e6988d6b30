package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"whence/access"
	"whence/ledger"
	"whence/store"
)

// sorts are the errors that are the client's, with their status and what to do.
var sorts = []struct {
	kind   error
	status int
	hint   string
}{
	{store.ErrAbsent, http.StatusNotFound, "at least four digits of an id are needed; search gives ids"},
	{store.ErrAmbiguous, http.StatusConflict, "give more digits of it"},
	{context.DeadlineExceeded, http.StatusServiceUnavailable, "it took longer than the limit; ask for less"},
}

// problem makes the answer to an error. What is the server's own is told to
// Options.Problem, and the client no more than that.
func (s *server) problem(ctx context.Context, err error) huma.StatusError {
	var status huma.StatusError
	var query *ledger.QueryError
	var judgement *ledger.JudgementError
	switch {
	case errors.As(err, &status):
		return status
	case errors.As(err, &query):
		return huma.Error422UnprocessableEntity(query.Error())
	case errors.As(err, &judgement):
		return huma.Error422UnprocessableEntity(judgement.Error())
	}
	for _, x := range sorts {
		if errors.Is(err, x.kind) {
			return huma.NewError(x.status, x.kind.Error()+" ("+x.hint+")")
		}
	}
	if r, ok := ctx.Value(requestKey{}).(*http.Request); ok {
		s.tell(r, err)
	}
	return huma.Error500InternalServerError("the ledger could not answer; the server's log says why")
}

// requestKey is that of the request in a context.
type requestKey struct{}

func (s *server) tell(r *http.Request, err error) {
	if s.opt.Problem != nil && !errors.Is(err, context.Canceled) {
		s.opt.Problem(r, err)
	}
}

// refuse writes a problem.
func refuse(w http.ResponseWriter, status int, detail string) {
	writeProblem(w, huma.NewError(status, detail))
}

func writeProblem(w http.ResponseWriter, problem huma.StatusError) {
	data, err := json.Marshal(problem)
	if err != nil {
		panic(err) // it is made of texts and a number
	}
	h := w.Header()
	h.Set("Content-Type", "application/problem+json")
	h.Del("Content-Disposition")
	w.WriteHeader(problem.GetStatus())
	_, _ = w.Write(append(data, '\n')) // whoever asked may have gone
}

// editor is who makes a request, if they may write.
func editor(ctx context.Context) (name string, err error) {
	u := access.From(ctx)
	if !u.May(access.Editor) {
		return "", huma.Error403Forbidden("this needs the role of an editor")
	}
	return u.Name, nil
}
