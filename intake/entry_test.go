package intake

import (
	"fmt"
	"testing"

	"whence/feed"
	"whence/page"
)

func TestParagraphs(t *testing.T) {
	for markup, want := range map[string]string{
		"":                            "[]",
		"The quay is shut.":           "[{The quay is shut. }]",
		"  The\n quay <b>is</b> shut": "[{The quay is shut }]",
		"<p>One &amp; two<p>Three":    "[{One & two } {Three }]",
		"One<br>two":                  "[{One } {two }]",
		"<h2>Head</h2>Text<ul><li>a</li><li>b</ul>":                     "[{Head heading} {Text } {a list_item} {b list_item}]",
		"<blockquote><p>Said</p></blockquote>":                          "[{Said quote}]",
		"a<script>hidden()</script>b":                                   "[{a } {b }]",
		"a<style>p{}</style><title>x</title>":                           "[{a }]",
		"a<script>never ends":                                           "[{a }]",
		"</li></blockquote>a</p>":                                       "[{a }]",
		"<figure><img src=x><figcaption>The quay</figcaption></figure>": "[{The quay caption}]",
	} {
		if got := fmt.Sprint(paragraphs(markup)); got != want {
			t.Errorf("%s gives %s, want %s", markup, got, want)
		}
	}
}

// An entry keeps all its words, however few they are and however they are
// marked up.
func TestEntryKeepsItsWords(t *testing.T) {
	for _, markup := range []string{
		"Short.", "<p>Short.", "<ul><li>One</li><li>Two</li></ul>", "<a href=/more>Read more</a>",
		"<p>The old quay is shut, the mayor said on Tuesday, ending a dispute of four years.</p><ul><li>Ferries leave from the pier.</li></ul>",
		"<div hidden>The quay</div>", "<footer>© Harbour Post</footer>", "<nav>Home</nav>", "<h1>Other title</h1>", "&lt;b&gt;",
	} {
		for _, title := range []string{"", "Quay shut", "A & B <i>"} {
			a := entryArticle(&feed.Feed{}, feed.Entry{Title: title, Content: markup}, page.Options{})
			want := letters(title)
			for _, p := range paragraphs(markup) {
				want += letters(p.text)
			}
			if a == nil || letters(a.Text) < want || a.Title != title {
				t.Errorf("%q with %q gives %+v", title, markup, a)
			}
		}
	}
}
