package page

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLinkedArticle(t *testing.T) {
	type want struct {
		headline, outlet, language, published, modified string
		people, credits                                 []string
	}
	for _, c := range []struct {
		name    string
		scripts []string
		want    want
	}{
		{"one article", []string{`{"@context":"https://schema.org","@type":"NewsArticle","headline":"Ferry sinks &amp; 11 drown",
			"author":{"@type":"Person","name":"Jane Doe"},"publisher":{"@type":"NewsMediaOrganization","name":"Harbour Post"},
			"datePublished":"2025-05-03T18:40:00Z","dateModified":"2025-05-04T07:15:00Z","inLanguage":"en-GB"}`},
			want{"Ferry sinks & 11 drown", "Harbour Post", "en-GB", "2025-05-03T18:40:00Z", "2025-05-04T07:15:00Z", []string{"Jane Doe"}, nil}},
		{"graph with references", []string{`{"@graph":[
			{"@type":"WebSite","@id":"#site","name":"Harbour Post"},
			{"@type":"WebPage","@id":"#page","datePublished":"2025-01-01","inLanguage":"en"},
			{"@type":["Thing","ReportageNewsArticle"],"headline":"Ferry sinks","author":[{"@id":"#jane"},{"@id":"#tomas"}],"isPartOf":{"@id":"#page"},"publisher":{"@id":"#org"},"datePublished":"2025-05-03"},
			{"@type":"Organization","@id":"#org","name":"The Harbour Post"},
			{"@type":"Person","@id":"#jane","name":"Jane Doe"},{"@type":"Person","@id":"#tomas","name":"Tomas Brandt"}]}`},
			want{"Ferry sinks", "The Harbour Post", "en", "2025-05-03", "", []string{"Jane Doe", "Tomas Brandt"}, nil}},
		{"author as text, list, agency", []string{`[{"@type":"http://schema.org/NewsArticle","headline":"Ferry sinks","author":["By Jane Doe, Northern Wire",{"@type":"Organization","name":"AFP"}]}]`},
			want{headline: "Ferry sinks", people: []string{"Jane Doe"}, credits: []string{"Northern Wire", "Agence France-Presse"}}},
		{"the outlet as author", []string{`{"@type":"Article","headline":"Ferry sinks","author":{"@type":"Organization","name":"Harbour Post"},"publisher":{"name":"Harbour Post"}}`},
			want{headline: "Ferry sinks", outlet: "Harbour Post"}},
		{"source organisation", []string{`{"@type":"Article","headline":"Ferry sinks","publisher":{"name":"Harbour Post"},"sourceOrganization":{"name":"Karvik Radio"},"copyrightHolder":{"name":"Quay Holdings"},"creditText":"Reuters"}`},
			want{headline: "Ferry sinks", outlet: "Harbour Post", credits: []string{"Karvik Radio", "Reuters"}}},
		{"main entity", []string{`{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"Ferry sinks","datePublished":"2025-05-03"}}`},
			want{headline: "Ferry sinks", published: "2025-05-03"}},
		{"the page's own among several", []string{
			`{"@type":"NewsArticle","headline":"Another story","url":"https://post.example/b","datePublished":"2024-01-01"}`,
			`{"@type":"NewsArticle","headline":"Ferry sinks","url":"https://post.example/a/","datePublished":"2025-05-03"}`},
			want{headline: "Ferry sinks", published: "2025-05-03"}},
		{"a list of other stories", []string{`{"@type":"ItemList","itemListElement":[{"@type":"ListItem","item":{"@type":"NewsArticle","headline":"Another story","datePublished":"2024-01-01"}}]}`},
			want{}},
		{"a page alone", []string{`{"@type":"WebPage","name":"Ferry sinks","datePublished":"2025-05-03"}`},
			want{headline: "Ferry sinks", published: "2025-05-03"}},
		{"no date", []string{`{"@type":"NewsArticle","headline":"Ferry sinks","datePublished":"","dateModified":"0001-01-01T00:00:00Z"}`},
			want{headline: "Ferry sinks"}},
		{"another thing", []string{`{"@type":"Product","name":"Ferry","releaseDate":"2025-05-03"}`}, want{}},
		{"values in wrong places", []string{`{"@type":5,"headline":["a"],"author":7}`, `"x"`, `[[[]]]`, `{"@type":"Article","author":{"@list":[{"name":"Jane Doe"}]},"headline":{"@value":"Ferry sinks"},"datePublished":20250503}`},
			want{headline: "Ferry sinks", people: []string{"Jane Doe"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := newLinkedGraph(c.scripts).article("https://post.example/a", "Ferry sinks", orderUnknown)
			got := want{l.headline, l.outlet, l.language, l.published.String(), l.modified.String(), l.people, l.credits}
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Scripts that are nearly JSON are read.
func TestParseLinkedMends(t *testing.T) {
	const article = `{"@type":"NewsArticle","headline":"Ferry sinks"}`
	for name, script := range map[string]string{
		"sound":                   article,
		"in an HTML comment":      "<!--\n" + article + "\n-->",
		"in CDATA":                "//<![CDATA[\n" + article + "\n//]]>",
		"with a semicolon":        article + ";",
		"after a byte-order mark": "\ufeff" + article,
		"trailing comma":          `{"@type":"NewsArticle","headline":"Ferry sinks",}`,
		"two commas":              `{"@type":"NewsArticle",,"headline":"Ferry sinks"}`,
		"raw end of line":         "{\"@type\":\"NewsArticle\",\"headline\":\"Ferry\nsinks\"}",
		"comments":                "{ /* the type */ \"@type\":\"NewsArticle\", // and\n\"headline\":\"Ferry sinks\"}",
		"entities":                strings.ReplaceAll(article, `"`, "&quot;"),
		"two values":              `{"@type":"Organization"}` + article,
		"a broken end":            article + ` {"@type":`,
	} {
		l := newLinkedGraph([]string{script}).article("", "", orderUnknown)
		if l.headline != "Ferry sinks" {
			t.Errorf("%s: headline %q", name, l.headline)
		}
	}
	for name, script := range map[string]string{"empty": "", "text": "Ferry sinks", "open": `{"@type":"NewsArticle","headline":"Ferry`} {
		if l := newLinkedGraph([]string{script}).article("", "", orderUnknown); l.headline != "" {
			t.Errorf("%s: headline %q", name, l.headline)
		}
	}
}

func TestCleanWords(t *testing.T) {
	for in, want := range map[string]string{
		" Ferry\n sinks ":           "Ferry sinks",
		"Ferry &amp; quay &#8217;s": "Ferry & quay ’s",
		"<em>Ferry</em> sinks<br>":  "Ferry sinks",
		"11 < 12 and <3":            "11 < 12 and <3",
		"a <b":                      "a <b",
		"<!-- x -->Ferry":           "Ferry",
	} {
		if got := cleanWords(in); got != want {
			t.Errorf("cleanWords(%q) = %q, want %q", in, got, want)
		}
	}
	if got := cleanWords(strings.Repeat("é", 1<<20)); len(got) > 8<<10 {
		t.Errorf("%d bytes", len(got))
	}
}
