package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"whence/ledger"
	"whence/story"
)

// reportTemplate is a story as one file.
var reportTemplate = sync.OnceValue(func() *template.Template {
	t, err := template.New("report.html").Funcs(functions).ParseFS(templates, "templates/report.html", "templates/story.html", "templates/storyparts.html")
	if err != nil {
		panic(err) // compiled in
	}
	return t
})

// reportStyle is the style sheet as the file has it, with the policy that lets
// nothing else be used.
var reportStyle = sync.OnceValues(func() (style, policy string) {
	_, files := assets()
	style = string(files[StaticPath("style.css")].data)
	sum := sha256.Sum256([]byte(style))
	return style, "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
})

// footnote is a passage that a report rests on.
type footnote struct {
	Number                         int
	Outlet, Title, When, Id, Where string
	Words                          template.HTML
}

// mostFootnotes bounds the passages that a report quotes.
const mostFootnotes = 400

// Report writes a story as one HTML file that needs nothing else: it opens offline,
// prints, and quotes every passage that it rests on at its end. Id is as for
// [ledger.Ledger.Story].
func Report(ctx context.Context, w io.Writer, l *ledger.Ledger, id string) error {
	s, err := l.Story(ctx, id)
	if err != nil {
		return err
	}
	return report(ctx, w, l, s)
}

func report(ctx context.Context, w io.Writer, l *ledger.Ledger, s *story.Story) error {
	var findings []story.Finding
	numbers := map[string]int{}
	listed := map[string]bool{} // in the time line
	for _, a := range ownOf(s) {
		listed[a.Article] = true
	}
	to := paths{
		offline: true,
		passage: func(f story.Finding) string {
			place := placeOf(f)
			n, ok := numbers[place]
			if !ok && len(findings) < mostFootnotes {
				findings = append(findings, f)
				n = len(findings)
				numbers[place] = n
			}
			if n == 0 {
				return ""
			}
			return "#w" + strconv.Itoa(n)
		},
		article: func(id string) string {
			if !listed[id] {
				return ""
			}
			return "#a-" + short(id)
		},
		source: func(string) string { return "" },
		claim:  func(string) string { return "" },
	}
	p, err := newStoryPage(ctx, l, s, to)
	if err != nil {
		return err
	}
	for i := range p.Lines { // a claim leads to its words
		p.Lines[i].Href = p.Lines[i].Passage
	}
	c, err := l.Closely(ctx, &story.Story{}, findings, 3*mostLooked)
	if err != nil {
		return err
	}
	said := map[string]ledger.Passage{}
	for _, x := range c.Passages {
		said[placeOf(x.Finding)] = x
	}
	in := members(s)
	var notes []footnote
	for i, f := range findings {
		m := in[f.Article]
		notes = append(notes, footnote{i + 1, who(m.Outlet, "", m.Path), m.Title, moment(m.Published), m.Article, outward(c.Addresses[f.Article]), inSentence(f, said)})
	}
	style, policy := reportStyle()
	var b bytes.Buffer
	err = reportTemplate().Execute(&b, struct {
		Title, Policy, ID string
		Style             template.CSS
		Data              *storyPage
		Notes             []footnote
	}{first(s.Title, "A story"), policy, s.ID, template.CSS(style), p, notes})
	if err != nil {
		return fmt.Errorf("setting the report of %s: %w", s.ID, err)
	}
	_, err = w.Write(seen(b.Bytes()))
	return err
}

// report sends a story as one file.
func (s *site) report(q *request) error {
	st, err := s.storyOf(q)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := report(q.Context(), &b, s.ledger, st); err != nil {
		return err
	}
	_, policy := reportStyle()
	Guard(q.w.Header())
	q.w.Header().Set("Content-Security-Policy", policy+"; frame-ancestors 'none'")
	q.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	q.w.Header().Set("Content-Disposition", `attachment; filename="whence-`+strings.Map(wordOnly, st.ID)+`.html"`)
	if q.Method == http.MethodHead {
		return nil
	}
	_, err = q.w.Write(b.Bytes())
	return err
}

// wordOnly keeps what a file name may hold.
func wordOnly(r rune) rune {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return r
	}
	return -1
}
