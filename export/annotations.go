package export

import (
	"fmt"
	"io"
	"net/url"
	"strings"
	"unicode"

	"whence"
	"whence/ledger"
)

// around is how many code points before and after the words are given, by which
// they are found in another rendering of the page.
const around = 32

// annotation is a Web Annotation (W3C Recommendation of 23 February 2017).
type annotation struct {
	ID         string   `json:"id"`
	Type       string   `json:"type"`
	Motivation string   `json:"motivation"`
	Body       []any    `json:"body,omitempty"`
	Target     []target `json:"target"` // one for each span
}

// tag is a body that classifies the target: "figure", "status:planned".
type tag struct {
	Type    string `json:"type"`
	Purpose string `json:"purpose"`
	Value   string `json:"value"`
}

// target is words of an article: of its page where the address is known.
type target struct {
	Source   string `json:"source"`
	State    *state `json:"state,omitempty"`
	Selector [2]any `json:"selector"` // the words, and their place
}

// state says when the page was as it was read.
type state struct {
	Type       string `json:"type"`
	SourceDate string `json:"sourceDate"`
}

type quoteSelector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// positionSelector is a place in the article's text, in code points.
type positionSelector struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// annotations writes every finding.
func annotations(p *ledger.Part, w io.Writer) error {
	out, err := begin(w, `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"urn:whence:annotations","type":"AnnotationPage","items":[`)
	if err != nil {
		return err
	}
	for e, err := range p.Articles() {
		if err != nil {
			return err
		}
		for _, a := range newMarker(e.Reading).all() {
			if err := out.put(a); err != nil {
				return err
			}
		}
	}
	return out.end("]}")
}

// marker makes annotations of one reading.
type marker struct {
	r      *whence.Reading
	text   []rune
	source string
	state  *state
	list   []annotation
}

func newMarker(r *whence.Reading) *marker {
	m := &marker{r: r, text: []rune(r.Text), source: articleURN(r.ID)}
	for _, address := range []string{r.Canonical, r.URL} {
		if isIRI(address) {
			m.source = address
			break
		}
	}
	if r.Captured.Precision == whence.Second {
		m.state = &state{"TimeState", r.Captured.String()}
	}
	return m
}

// isIRI tells whether an address names something in RDF as it is written.
func isIRI(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return false
	}
	return !strings.ContainsFunc(address, func(r rune) bool { return hidden(r) || unicode.IsSpace(r) || strings.ContainsRune("<>\"{}|\\^`", r) })
}

func (m *marker) all() []annotation {
	for _, a := range m.r.Attributions {
		m.attribution(a)
	}
	for _, f := range m.r.Figures {
		tags := []string{"figure", "qualifier:" + string(f.Qualifier)}
		m.add(f.ID, "classifying", tagged(append(tags, pairs("measure", f.Measure, "unit", f.Unit, "status", string(f.Status), "hedge", string(f.Hedge))...)), f.Span)
	}
	for _, t := range m.r.Times {
		m.add(t.ID, "classifying", tagged(append([]string{"time", "type:" + string(t.Type)}, pairs("value", t.Value)...)), t.Span)
	}
	for _, p := range m.r.Places {
		m.add(p.ID, "identifying", tagged(append([]string{"place"}, pairs("name", p.Name, "country", p.Country, "precision", string(p.Precision))...)), p.Span)
	}
	for _, e := range m.r.Events {
		m.add(e.ID, "classifying", tagged(append([]string{"event"}, pairs("status", string(e.Status), "hedge", string(e.Hedge))...)), e.Span)
	}
	for _, n := range m.r.Names {
		m.add(n.ID, "identifying", tagged(append([]string{"name"}, pairs("name", n.Name, "kind", n.Kind)...)), n.Mentions...)
	}
	return m.list
}

// attribution marks cue, source and content apart; source and content are linked
// to the cue, which every attribution has.
func (m *marker) attribution(a whence.Attribution) {
	m.add(a.ID, "classifying", tagged(append([]string{"attribution"}, pairs("kind", string(a.Kind), "quotation", string(a.Quotation), "response", string(a.Response))...)), a.Cue.Spans...)
	main := m.id(a.ID)
	if a.Source != nil {
		tags := append([]string{"source"}, pairs("kind", string(a.Source.Kind))...)
		if a.Source.Anonymous {
			tags = append(tags, "anonymous")
		}
		m.add(a.ID+"-source", "linking", append(tagged(tags), main), a.Source.Spans...)
	}
	m.add(a.ID+"-content", "linking", append(tagged([]string{"content"}), main), a.Content.Spans...)
}

func (m *marker) id(finding string) string { return articleURN(m.r.ID) + "#" + finding }

// add adds an annotation of words, if there are any.
func (m *marker) add(id, motivation string, body []any, spans ...whence.Span) {
	if len(spans) == 0 {
		return
	}
	a := annotation{ID: m.id(id), Type: "Annotation", Motivation: motivation, Body: body}
	for _, s := range spans {
		a.Target = append(a.Target, target{m.source, m.state, [2]any{
			quoteSelector{"TextQuoteSelector", string(m.text[s.Start:s.End]), string(m.text[max(0, s.Start-around):s.Start]), string(m.text[s.End:min(len(m.text), s.End+around)])},
			positionSelector{"TextPositionSelector", s.Start, s.End},
		}})
	}
	m.list = append(m.list, a)
}

func tagged(values []string) []any {
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = tag{"TextualBody", "tagging", v}
	}
	return list
}

// pairs are tags "key:value" of keys and values, those without a value left out.
func pairs(list ...string) []string {
	var tags []string
	for i := 0; i+1 < len(list); i += 2 {
		if list[i+1] != "" {
			tags = append(tags, fmt.Sprintf("%s:%s", list[i], list[i+1]))
		}
	}
	return tags
}
