package intake

import (
	"fmt"
	"strings"
	"testing"

	"whence"
	"whence/feed"
	"whence/page"
)

func TestParagraphs(t *testing.T) {
	for markup, want := range map[string]string{
		"":                            "",
		"The quay is shut.":           "The quay is shut.",
		"  The\n quay <b>is</b> shut": "The quay is shut",
		"<p>One &amp; two<p>Three":    "One & two / Three",
		"One<br>two":                  "One / two",
		"<h2>Head</h2>Text<ul><li>a</li><li>b</ul>":                     "Head (heading) / Text / a (list_item) / b (list_item)",
		"<blockquote><p>Said</p></blockquote>":                          "Said (quote)",
		"a<script>hidden()</script>b":                                   "a / b",
		"a<style>p{}</style><title>x</title>":                           "a",
		"a<script>never ends":                                           "a",
		"</li></blockquote>a</p>":                                       "a",
		"<figure><img src=x><figcaption>The quay</figcaption></figure>": "The quay (caption)",
		`See <a href="/x"> the <b>quay</b></a>, <a>none</a>.`:           "See the quay, none. [4:12 https://a.example/x]",
		`<a href="y"><p>One<p>Two</a> three`:                            "One [0:3 https://a.example/b/y] / Two three [0:3 https://a.example/b/y]",
		`<a href="">a</a><a href="%zz">b</a>`:                           "ab",
		`<a href="/x"><img></a> a`:                                      "a",
	} {
		var got []string
		for _, p := range paragraphs(markup, "https://a.example/b/") {
			s := p.text
			if p.role != "" {
				s += fmt.Sprintf(" (%s)", p.role)
			}
			for _, l := range p.links {
				s += fmt.Sprintf(" [%d:%d %s]", l.Start, l.End, l.Href)
			}
			got = append(got, s)
		}
		if got := strings.Join(got, " / "); got != want {
			t.Errorf("%s gives %q, want %q", markup, got, want)
		}
	}
}

// An entry keeps all its words, however few they are and however they are
// marked up.
func TestEntryKeepsItsWords(t *testing.T) {
	for _, markup := range []string{
		"Short.", "<p>Short.", "<ul><li>One</li><li>Two</li></ul>", "<a href=/more>Read more</a>",
		"<p>The old quay is shut, the mayor said on Tuesday, ending a dispute of four years.</p><ul><li>Ferries leave from the pier.</li></ul>",
		"<div hidden>The quay</div>", "<a href=x><p>One</p> <p>two</a> three", "KARVIK, 3 May — <a href=x>The <br>quay</a>", "<footer>© Harbour Post</footer>", "<nav>Home</nav>", "<h1>Other title</h1>", "&lt;b&gt;",
	} {
		for _, title := range []string{"", "Quay shut", "A & B <i>"} {
			a := entryArticle(&feed.Feed{}, feed.Entry{Title: title, Content: markup}, page.Options{})
			want := letters(title)
			for _, p := range paragraphs(markup, "") {
				want += letters(p.text)
			}
			if a == nil || letters(a.Text) < want || a.Title != title {
				t.Errorf("%q with %q gives %+v", title, markup, a)
				continue
			}
			r := whence.Reading{Article: *a}
			if err := r.Check(); err != nil {
				t.Errorf("%q with %q: %v", title, markup, err)
			}
		}
	}
}
