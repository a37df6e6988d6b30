package api

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

//go:embed reference.html
var referencePage string

//go:embed reference.css
var referenceStyle string

// describe serves the description of all that was registered, for programs and for
// people. Both are made once.
func (s *server) describe() {
	description, err := json.MarshalIndent(s.api.OpenAPI(), "", " ")
	if err != nil {
		panic(err) // the types above are wrong, whatever is asked
	}
	reference := s.reference()
	sum := sha256.Sum256([]byte(referenceStyle))
	policy := fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", base64.StdEncoding.EncodeToString(sum[:]))
	for pattern, x := range map[string]struct {
		media string
		data  []byte
	}{
		"GET /openapi.json": {"application/json", description},
		"GET /api":          {"text/html; charset=utf-8", reference},
		"GET /api/{$}":      {"text/html; charset=utf-8", reference},
	} {
		s.mux.HandleFunc(pattern, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", x.media)
			w.Header().Set("Content-Security-Policy", policy)
			_, _ = w.Write(x.data) // whoever asked may have gone
		})
	}
}

// The reference is what the page shows of the description.
type (
	reference struct {
		Style   template.CSS
		About   []string
		Groups  []group
		Schemas []schemaView
	}
	group struct {
		Name, About string
		Operations  []operationView
	}
	operationView struct {
		*huma.Operation
		Lines     []string // of the description
		Sent      []string // media types of a request's body
		SentType  typeView
		Responses []responseView
		Values    []valueView
	}
	responseView struct {
		Code, About string
		Media       []string
		Type        typeView
	}
	schemaView struct {
		Name   string
		Fields []valueView
	}
	// valueView is a parameter or a field.
	valueView struct {
		Name, About string
		Where       string // path or query
		Required    bool
		Type        typeView
		Example     any
	}
	// typeView is a type in words, with the schema that it links to.
	typeView struct{ Words, Link string }
)

func (s *server) reference() []byte {
	description := s.api.OpenAPI()
	view := reference{Style: template.CSS(referenceStyle), About: paragraphs(description.Info.Description)} //nolint:gosec // it is our own
	for _, t := range description.Tags {
		g := group{Name: t.Name, About: t.Description}
		for _, path := range slices.Sorted(maps.Keys(description.Paths)) {
			for _, op := range []*huma.Operation{description.Paths[path].Get, description.Paths[path].Post} {
				if op != nil && slices.Contains(op.Tags, t.Name) {
					g.Operations = append(g.Operations, viewOf(op))
				}
			}
		}
		view.Groups = append(view.Groups, g)
	}
	schemas := description.Components.Schemas.Map()
	for _, name := range slices.Sorted(maps.Keys(schemas)) {
		view.Schemas = append(view.Schemas, schemaView{name, fields(schemas[name])})
	}
	var b bytes.Buffer
	if err := template.Must(template.New("reference").Parse(referencePage)).Execute(&b, view); err != nil {
		panic(err) // the page is wrong, whatever is asked
	}
	return b.Bytes()
}

func paragraphs(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == '\n' })
}

func viewOf(op *huma.Operation) operationView {
	v := operationView{Operation: op, Lines: paragraphs(op.Description)}
	for _, p := range op.Parameters {
		v.Values = append(v.Values, valueView{p.Name, p.Description, p.In, p.Required, typeOf(p.Schema), p.Example})
	}
	if op.RequestBody != nil {
		v.Sent = slices.Sorted(maps.Keys(op.RequestBody.Content))
		v.SentType = contentType(op.RequestBody.Content)
	}
	for _, code := range slices.Sorted(maps.Keys(op.Responses)) {
		r := op.Responses[code]
		v.Responses = append(v.Responses, responseView{code, r.Description, slices.Sorted(maps.Keys(r.Content)), contentType(r.Content)})
	}
	return v
}

// contentType is the type of what is sent as JSON, if anything is.
func contentType(content map[string]*huma.MediaType) typeView {
	for _, media := range []string{"application/json", "application/problem+json"} {
		if m := content[media]; m != nil && m.Schema != nil {
			return typeOf(m.Schema)
		}
	}
	return typeView{}
}

func fields(s *huma.Schema) []valueView {
	var list []valueView
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		f := s.Properties[name]
		list = append(list, valueView{Name: name, About: f.Description, Required: slices.Contains(s.Required, name), Type: typeOf(f)})
	}
	return list
}

// typeOf is a schema in words.
func typeOf(s *huma.Schema) typeView {
	switch {
	case s == nil:
		return typeView{}
	case s.Ref != "":
		name := s.Ref[strings.LastIndex(s.Ref, "/")+1:]
		return typeView{name, name}
	case s.Type == huma.TypeArray:
		of := typeOf(s.Items)
		return typeView{"list of " + of.Words, of.Link}
	}
	words := s.Type
	if s.Minimum != nil && s.Maximum != nil {
		words += fmt.Sprintf(" from %v to %v", *s.Minimum, *s.Maximum)
	}
	if s.MaxLength != nil {
		words += fmt.Sprintf(" of at most %d characters", *s.MaxLength)
	}
	if s.Default != nil {
		words += fmt.Sprintf(", else %v", s.Default)
	}
	for i, v := range s.Enum {
		sep := ", "
		if i == 0 {
			sep = ": "
		}
		words += sep + fmt.Sprint(v)
	}
	return typeView{Words: words}
}
