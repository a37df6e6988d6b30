package api

import (
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"whence/ledger"
)

// exports registers exports. They stream, so they are no handlers of huma's.
func (s *server) exports() {
	if len(s.opt.Exports) == 0 {
		return
	}
	text := func(name, doc string, enum ...any) *huma.Param {
		most := 1000
		return &huma.Param{Name: name, In: "query", Description: doc, Schema: &huma.Schema{Type: huma.TypeString, MaxLength: &most, Enum: enum}}
	}
	var kinds, names []any
	content := map[string]*huma.MediaType{"application/zip": {}}
	about := []string{"One of a story, an article and a search chooses a part; without any it is all of the ledger. Kinds with tables are a zip archive of them, or one table alone.", ""}
	for _, e := range s.opt.Exports {
		kinds = append(kinds, e.Kind)
		content[e.Media] = &huma.MediaType{}
		about = append(about, "* `"+e.Kind+"`: "+e.About)
		for _, t := range e.Tables {
			if !slices.Contains(names, any(t)) {
				names = append(names, t)
			}
		}
	}
	const path = "/api/v1/export/{kind}"
	op := &huma.Operation{
		OperationID: "export", Method: http.MethodGet, Path: path, Tags: []string{"export"},
		Summary: "The ledger, or a part of it, in a form for other programs", Description: strings.Join(about, "\n"),
		Parameters: []*huma.Param{
			{Name: "kind", In: "path", Required: true, Schema: &huma.Schema{Type: huma.TypeString, Enum: kinds}},
			text("story", "what belongs to this story"), text("article", "what belongs to this article"), text("q", "what belongs to the articles that this search finds"),
			text("table", "one table alone", names...),
		},
		Responses: map[string]*huma.Response{"200": {Description: "The export. It is sent as it is made; one that breaks off is not whole.", Content: content}},
	}
	s.document(op, http.StatusNotFound, http.StatusConflict, http.StatusUnprocessableEntity, http.StatusInternalServerError)
	s.mux.HandleFunc("GET "+path, s.export)
}

// document adds an operation that huma does not handle to the description, with the
// errors that it may give.
func (s *server) document(op *huma.Operation, codes ...int) {
	schema := s.api.OpenAPI().Components.Schemas.Schema(errorType, true, "")
	for _, code := range codes {
		op.Responses[statusText(code)] = &huma.Response{Description: http.StatusText(code), Content: map[string]*huma.MediaType{"application/problem+json": {Schema: schema}}}
	}
	s.api.OpenAPI().AddOperation(op)
}

func (s *server) export(w http.ResponseWriter, r *http.Request) {
	a, ok := w.(*answer)
	i := slices.IndexFunc(s.opt.Exports, func(e Export) bool { return e.Kind == r.PathValue("kind") })
	if !ok || i < 0 {
		refuse(w, http.StatusNotFound, "there is no such export (/api lists them)")
		return
	}
	q := r.URL.Query()
	for name, values := range q {
		if !slices.Contains([]string{"story", "article", "q", "table"}, name) || len(values) > 1 {
			refuse(w, http.StatusUnprocessableEntity, "each of story, article, q and table is given once at most, and nothing else")
			return
		}
	}
	e, table := s.opt.Exports[i], q.Get("table")
	sel := ledger.Selection{Story: q.Get("story"), Article: q.Get("article"), Query: q.Get("q")}
	media, file, err := e.Check(table, sel)
	if err != nil {
		refuse(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file}))
	h.Set("Cache-Control", "no-store")
	if r.Method == http.MethodHead {
		return
	}
	err = e.Write(r.Context(), s.l, table, sel, streaming{a})
	switch {
	case err == nil:
		err = a.end()
	case a.out == nil:
		h.Del("Cache-Control")
		writeProblem(w, s.problem(r.Context(), err))
		return
	}
	if err != nil {
		s.tell(r, err)
		panic(http.ErrAbortHandler) // so that nobody takes a part for the whole
	}
}
