package page

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

func TestWordTraits(t *testing.T) {
	for value, want := range map[string]trait{
		"":                            0,
		"css-1abc9":                   0,
		"nav":                         traitNavigation,
		"Nav":                         traitNavigation,
		"siteNav main":                traitNavigation,
		"navy":                        0,
		"related-stories":             traitRelated,
		"RelatedStories":              traitRelated,
		"c-read-more":                 traitRelated,
		"read more":                   0, // two names
		"article__body":               traitBody,
		"ArticleBody-paragraph":       traitBody,
		"image-caption small":         traitCaption,
		"photo2credit":                traitCredit,
		"editors-note":                traitNotice,
		"byline author":               traitByline,
		"averyveryverylongwordindeed": 0,
		"averyveryverylongword-nav":   traitNavigation,
		"pull-quote":                  traitPullQuote,
		"é-nav":                       traitNavigation,
		"shareURL":                    traitShare,
	} {
		if got := wordTraits(value); got != want {
			t.Errorf("%q gives %b, want %b", value, got, want)
		}
	}
}

func TestHiddenStyles(t *testing.T) {
	for style, want := range map[string]bool{
		"": false, "display:none": true, "color:red; DISPLAY : None !important": true,
		"visibility: hidden": true, "display:block": false, "background:url(display:none)": false, "display": false,
	} {
		if got := hides(style); got != want {
			t.Errorf("%q hides: %v", style, got)
		}
	}
}

func TestLinkAddresses(t *testing.T) {
	for _, c := range []struct{ base, href, want string }{
		{"https://outlet.example/news/a", "b", "https://outlet.example/news/b"},
		{"https://outlet.example/news/a", "/b?q=1#c", "https://outlet.example/b?q=1#c"},
		{"https://outlet.example/news/a", "//other.example/b", "https://other.example/b"},
		{"https://outlet.example/news/a", " https://other.example/b\n", "https://other.example/b"},
		{"https://outlet.example/news/a", "#top", "https://outlet.example/news/a#top"},
		{"https://outlet.example/news/a", "mailto:desk@outlet.example", "mailto:desk@outlet.example"},
		{"https://outlet.example/news/a", "JavaScript:alert(1)", ""},
		{"https://outlet.example/news/a", "java\tscript:alert(1)", ""},
		{"https://outlet.example/news/a", "\x01javascript:alert(1)", ""},
		{"https://outlet.example/news/a", "data:text/html,x", ""},
		{"https://outlet.example/news/a", "http://[::1", ""},
		{"https://outlet.example/news/a", "", ""},
		{"", "/b", "/b"},
		{"not an address", "/b", "/b"},
	} {
		if got := resolver(c.base)(c.href); got != c.want {
			t.Errorf("%q at %q is %q, want %q", c.href, c.base, got, c.want)
		}
	}
}

// TestChunks lays out small pieces of markup: each line is a chunk, a line
// break within is shown as /.
func TestChunks(t *testing.T) {
	for markup, want := range map[string]string{
		"<p>a  b\n\tc</p>":                       "a b c",
		"<p>a <b> b</b> c":                       "a b c",
		"<p>a<b>b</b>":                           "ab",
		"a<p>b</p>c":                             "a|b|c",
		"<p>a<br>b<br><br>c":                     "a/b|c",
		"<p>a<br> <br>b":                         "a|b",
		"<p><br>a<br></p>":                       "a",
		"<pre>a\n b\n</pre>":                     "a/ b",
		"<p>\u00a0a\u00a0</p>":                   "\u00a0a\u00a0",
		"<p hidden>a<p>b":                        "b",
		"<p aria-hidden=true>a<p>b":              "b",
		"<p>a<span class=sr-only>b</span>c":      "ac",
		"<p>a<script>b</script><style>c</style>": "a",
		"<noscript>a</noscript><p>b":             "b",
		"<svg><text>a</text></svg><p>b":          "b",
		"<ul><li>a<li>b</ul>":                    "a|b",
		"<table><tr><td>a<td>b</table>":          "a|b",
		"<button>a</button><p>b":                 "b",
	} {
		doc, err := html.Parse(strings.NewReader(markup))
		if err != nil {
			t.Fatal(err)
		}
		got := strings.ReplaceAll(strings.Join(chunkTexts(lay(doc, "")), "|"), "\n", "/")
		if got != want {
			t.Errorf("%s is laid out as %q, want %q", markup, got, want)
		}
	}
}

// TestMarkupThatMultiplies: what html.Parse is given stays within maxNodes.
func TestMarkupThatMultiplies(t *testing.T) {
	for name, build := range hostile {
		source := build(1 << 18)
		if multiplies(source) {
			continue
		}
		doc, err := html.Parse(&timedReader{rest: source, deadline: time.Now().Add(time.Minute)})
		if err != nil {
			continue
		}
		if n := countNodes(doc); n > maxNodes {
			t.Errorf("%s makes %d nodes", name, n)
		}
	}
	var left strings.Builder
	for i := range 400 {
		fmt.Fprintf(&left, "<i x=%d>", i)
	}
	if source := left.String() + strings.Repeat("<p>x</p>", 20_000); !multiplies(source) {
		t.Error("400 elements left open over 20,000 paragraphs are not seen")
	}
	if multiplies(strings.Repeat("<p>A paragraph with <b>bold</b> words and a <a href=x>link</a>.</p>", 5_000)) {
		t.Error("a long plain page is taken for a hostile one")
	}
}

func countNodes(n *html.Node) int {
	count := 1
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		count += countNodes(child)
	}
	return count
}
