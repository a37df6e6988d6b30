package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence"
	"whence/internal/golden"
)

// shown is a feed as its golden file shows it.
func shown(t *testing.T, f *Feed) string {
	t.Helper()
	type entry struct {
		ID, Link, Title    string   `json:",omitempty"`
		Authors            []string `json:",omitempty"`
		Summary, Content   string   `json:",omitempty"`
		Published, Updated string   `json:",omitempty"`
		Source, SourceURL  string   `json:",omitempty"`
	}
	var entries []entry
	for _, e := range f.Entries {
		entries = append(entries, entry{
			e.ID, e.Link, e.Title, e.Authors, e.Summary, e.Content, e.Published.String(), e.Updated.String(), e.Source, e.SourceURL,
		})
	}
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(struct {
		Format, Version, Title, Link, Language string
		Entries                                []entry
		Warnings                               []string
	}{f.Format, f.Version, f.Title, f.Link, f.Language, entries, f.Warnings})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestFeeds reads the feeds of testdata; their golden files hold what they
// must give.
func TestFeeds(t *testing.T) {
	files, err := filepath.Glob("testdata/feeds/*")
	if err != nil || len(files) == 0 {
		t.Fatal("no feeds in testdata", err)
	}
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			f, err := Parse(data, "")
			if err != nil {
				t.Fatal(err)
			}
			golden.Check(t, filepath.Join("testdata/golden", name+".golden"), shown(t, f))
			if !Recognise(data) {
				t.Error("not recognised")
			}
			if strings.HasPrefix(name, "bad") && len(f.Warnings) == 0 {
				t.Error("no warning")
			}
		})
	}
}

func TestRefused(t *testing.T) {
	for _, c := range []struct {
		what, data string
		want       error
	}{
		{"nothing", "", whence.ErrNotRecognised},
		{"blanks", " \n ", whence.ErrNotRecognised},
		{"text", "The ferry ran aground.", whence.ErrNotRecognised},
		{"a page", "<!doctype html><html><body><rss><channel></channel></rss></body></html>", whence.ErrNotRecognised},
		{"other XML", "<?xml version='1.0'?><urlset><url/></urlset>", whence.ErrNotRecognised},
		{"RDF of another kind", "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><x/></rdf:RDF>", whence.ErrNotRecognised},
		{"words, then a feed", strings.Repeat("Words. ", 200) + "<rss></rss>", whence.ErrNotRecognised},
		{"an article as JSON", `{"text":"version https://jsonfeed.org/version/1","items":3}`, whence.ErrNotRecognised},
		{"a feed of JSON that is none", `{"items"`, whence.ErrMalformed},
		{"too large", strings.Repeat(" ", MaxBytes) + "<rss/>", whence.ErrTooLarge},
	} {
		t.Run(c.what, func(t *testing.T) {
			f, err := Parse([]byte(c.data), "")
			if f != nil || !errors.Is(err, c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("got %v, %v; want %v in one line", f, err, c.want)
			}
		})
	}
}

func TestRecognise(t *testing.T) {
	for _, c := range []struct {
		data string
		want bool
	}{
		{"<rss>", true},
		{"\uFEFF \n<!-- a > b --><!DOCTYPE rss [<!ENTITY a \"]>\">]><RSS version='2.0'>", true},
		{"\xFF\xFE<\x00r\x00s\x00s\x00>\x00", true},
		{"<\x00f\x00e\x00e\x00d\x00 \x00", false}, // the tag is cut off
		{"<?xml version='1.0'?><?php ?><a:feed xmlns:a='http://www.w3.org/2005/Atom'>", true},
		{"<x:feed xmlns:x='urn:other'>", false},
		{"<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", true},
		{"<html><rss>", false},
		{"<p>Error</p><rss>", true},
		{"<channel><name/></channel>", false},
		{`{"version":"https://jsonfeed.org/version/1"`, true},
		{`{"title":"x","items":[{"id":"1","content_html":"`, true},
		{`{"feed_url":"x","items":[`, true},
		{`{"title":"x","items":[{"id":"1"}]}`, false},
		{`{"whence":1,"text":"<rss>"}`, false},
		{`{"version":1,"items":[]}`, false},
		{`{"rss":{"version":"2.0"`, true},
		{"", false},
		{"{", false},
	} {
		if got := Recognise([]byte(c.data)); got != c.want {
			t.Errorf("Recognise(%q) = %v", c.data, got)
		}
	}
}

func TestParseDate(t *testing.T) {
	for in, want := range map[string]string{
		"Tue, 04 Nov 2025 10:00:00 GMT":   "2025-11-04T10:00:00Z",
		"Tue, 4 Nov 2025 10:00 +0130":     "2025-11-04T10:00:00+01:30",
		"4 Nov 25 10:00:00 EST":           "2025-11-04T10:00:00-05:00",
		"4 Nov 99 10:00:00 Z":             "1999-11-04T10:00:00Z",
		"04-Nov-2025 10:00:00 UTC":        "2025-11-04T10:00:00Z",
		"Tuesday, November 4th, 2025":     "2025-11-04",
		"Nov. 4, 2025 3:15 PM GMT":        "2025-11-04T15:15:00Z",
		"Nov 4, 2025 12:15 am UTC":        "2025-11-04T00:15:00Z",
		"Tue Nov  4 10:00:00 GMT 2025":    "2025-11-04T10:00:00Z",
		"Tue Nov 4 10:00:00 2025":         "2025-11-04",
		"Tue, 04 Nov 2025 10:00:00":       "2025-11-04",
		"Tue, 04 Nov 2025 10:00:00 BST":   "2025-11-04", // British or Bangladesh
		"Tue, 04 Nov 2025 10:00:00 GMT+2": "2025-11-04T10:00:00+02:00",
		"Tue, 04 Nov 2025 99:00:00 GMT":   "2025-11-04",
		"Tue, 04 Nov 2025 24:00:00 GMT":   "2025-11-05T00:00:00Z",
		"Mon, 04 Nov 2025 10:00:00 -0000": "2025-11-04T10:00:00Z", // a wrong weekday
		"2025-11-04T10:00:00Z":            "2025-11-04T10:00:00Z",
		"2025-11-04T10:00:00.123+01:00":   "2025-11-04T10:00:00+01:00",
		"2025-11-04t10:00z":               "2025-11-04T10:00:00Z",
		"2025-11-04 10:00:00 +0100":       "2025-11-04T10:00:00+01:00",
		"2025-11-04 10:00:00":             "2025-11-04",
		"20251104T100000Z":                "2025-11-04T10:00:00Z",
		"20251104":                        "2025-11-04",
		"2025-308":                        "2025-11-04",
		"2025/11/04":                      "2025-11-04",
		"2025-11":                         "2025-11",
		"2025":                            "2025",
		" \n2025-11-4 ":                   "2025-11-04",

		"":                              "",
		"yesterday":                     "",
		"11/04/2025":                    "", // April or November
		"04.11.2025":                    "",
		"31 Feb 2025":                   "",
		"2025-02-30":                    "",
		"2025-13-01":                    "",
		"2025-00":                       "",
		"2025-366":                      "",
		"0001-01-01T00:00:00Z":          "",
		"Mon, 01 Jan 0001 00:00:00 GMT": "",
		"4 Brumaire 2025":               "",
		"4 Nov":                         "",
		"Nov 2025":                      "",
		"1762250400":                    "",
		strings.Repeat("4", 100):        "",
	} {
		if got := parseDate(in).String(); got != want {
			t.Errorf("parseDate(%q) = %q, want %q", in, got, want)
		}
	}
}

// escaped writes s as XML character data, in one of three ways.
func escaped(t *rapid.T, s string) string {
	switch rapid.IntRange(0, 2).Draw(t, "way") {
	case 0:
		return "<![CDATA[" + strings.ReplaceAll(s, "]]>", "]]]]><![CDATA[>") + "]]>"
	case 1:
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, "&#x%x;", r)
		}
		return b.String()
	}
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// drawn is text that stays itself: XML has no control characters, and
// white space is folded.
func drawn(t *rapid.T, label string) string {
	return fold(rapid.StringOf(rapid.RuneFrom([]rune("ab Zéß漢<>&;\"'#1]![-/\u200B\u202E\u00A0"))).Draw(t, label))
}

// Whatever is written into a feed comes out of it.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want []Entry
		var text strings.Builder
		text.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom">`)
		for range rapid.IntRange(0, 4).Draw(t, "entries") {
			e := Entry{ID: drawn(t, "id"), Title: drawn(t, "title"), Content: strings.Trim(drawn(t, "content"), blank)}
			if a := drawn(t, "author"); one(a) != nil {
				e.Authors = one(a)
				text.WriteString("<entry><author><name>" + escaped(t, a) + "</name></author>")
			} else {
				text.WriteString("<entry>")
			}
			text.WriteString("<id>" + escaped(t, e.ID) + "</id><title>" + escaped(t, e.Title) + "</title>")
			text.WriteString(`<content type="html">` + escaped(t, e.Content) + "</content></entry>")
			want = append(want, e)
		}
		text.WriteString("</feed>")
		f, err := Parse([]byte(text.String()), "")
		if err != nil {
			t.Fatal(err)
		}
		if len(f.Warnings) > 0 && !strings.Contains(fmt.Sprint(f.Warnings), "ampersands") {
			t.Fatalf("warnings %q of %s", f.Warnings, text.String())
		}
		if len(want) == 0 && len(f.Entries) == 0 {
			return
		}
		if diff := cmp.Diff(want, f.Entries); diff != "" {
			t.Fatalf("%s\n%s", text.String(), diff)
		}
	})
}

// A feed that is cut anywhere gives the entries that it has begun, each part
// as in the whole feed or its beginning.
func TestCut(t *testing.T) {
	data, err := os.ReadFile("testdata/feeds/rss2.xml")
	if err != nil {
		t.Fatal(err)
	}
	whole, err := Parse(data, "")
	if err != nil {
		t.Fatal(err)
	}
	root := strings.Index(string(data), "<channel>")
	for cut := root; cut < len(data); cut++ {
		f, err := Parse(data[:cut], "")
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		begun := strings.Count(string(data[:cut]), "<item>")
		if len(f.Entries) != begun {
			t.Fatalf("cut at %d: %d entries, %d begun", cut, len(f.Entries), begun)
		}
		for i := range max(begun-1, 0) {
			if diff := cmp.Diff(whole.Entries[i], f.Entries[i]); diff != "" && f.Link == whole.Link {
				t.Fatalf("cut at %d: entry %d differs: %s", cut, i, diff)
			}
		}
	}
}

func TestLimit(t *testing.T) {
	f, err := Parse([]byte("<rss>"+strings.Repeat("<item/>", MaxEntries+7)+"</rss>"), "")
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Entries) != MaxEntries || !strings.Contains(fmt.Sprint(f.Warnings), "7 entries past the limit") {
		t.Errorf("%d entries, warnings %q", len(f.Entries), f.Warnings)
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/feeds/*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, "")
	}
	for _, text := range hostile(64) {
		f.Add([]byte(text), "utf-16")
	}
	f.Fuzz(func(t *testing.T, data []byte, label string) {
		Recognise(data)
		got, err := Parse(data, label)
		if (got == nil) == (err == nil) {
			t.Fatal("a feed and an error, or neither")
		}
		if got == nil {
			return
		}
		for _, e := range got.Entries {
			for _, s := range append(e.Authors, e.ID, e.Link, e.Title, e.Summary, e.Content, e.Source, e.SourceURL) {
				if !utf8.ValidString(s) {
					t.Fatalf("%q is not valid UTF-8", s)
				}
			}
			if len(e.Title) > 2*len(data)+16 || len(e.Content) > 8*len(data)+64 {
				t.Fatal("an entry larger than its feed")
			}
		}
	})
}

func BenchmarkParse(b *testing.B) {
	const item = `<item><title>Ferry &amp; barge collide off Karvik</title><link>https://harbourpost.example/%d</link>` +
		`<pubDate>Tue, 04 Nov 2025 10:00:00 +0100</pubDate><description>%s</description>` +
		`<content:encoded><![CDATA[%s]]></content:encoded></item>`
	paragraph := strings.Repeat("<p>The harbour master said that nobody was hurt.</p>", 40)
	short := strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(paragraph[:200])
	var text strings.Builder
	text.WriteString(`<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>`)
	for i := range 500 {
		fmt.Fprintf(&text, item, i, short, paragraph)
	}
	text.WriteString("</channel></rss>")
	data := []byte(text.String())
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		if f, err := Parse(data, ""); err != nil || len(f.Entries) != 500 {
			b.Fatal(err)
		}
	}
}
