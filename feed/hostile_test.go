package feed

import (
	"strings"
	"testing"
)

// hostile are inputs that a careless reader takes quadratic time for.
func hostile(size int) map[string]string {
	fill := func(before, piece, after string) string {
		return before + strings.Repeat(piece, max(1, size/len(piece))) + after
	}
	const open = "<rss><channel><item>"
	return map[string]string{
		"titles opened":            fill(open, "<title>", ""),
		"titles with tags":         fill(open, "<title><b/><i>", ""),
		"tags opened":              fill(open, "<b>", "</item>"),
		"tags crossed":             fill(open, "<b><i></b></i>", "</item>"),
		"ends alone":               fill(open, "</b>", ""),
		"items opened":             fill("<rss>", "<item>", ""),
		"wrappers around items":    fill("<rss>", "<wrapper>", "<item/>"),
		"wrappers closed":          fill("<rss>", "<wrapper>", "<item/>") + fill("", "</wrapper>", ""),
		"comments opened":          fill(open, "<!--", ""),
		"CDATA opened":             fill(open+"<title>", "<![CDATA[", ""),
		"CDATA opened over items":  fill(open+"<title>", "<![CDATA[</item>", "]]>"),
		"declarations opened":      fill("", "<!DOCTYPE [", ""),
		"declarations with quotes": fill("", "<!D [\">", ""),
		"instructions opened":      fill(open, "<?x ", ""),
		"instructions, one end":    fill(open, "<?x>", "?>"),
		"quotes opened":            fill(open, "<a b=\"", ""),
		"attributes":               fill(open+"<title ", "a=\"1\" b='2' c=3 d ", ">x</title>"),
		"quotes in a tag":          fill(open+"<link ", "= \"", "/>"),
		"equals and blanks":        fill(open+"<link ", "=                \"'", "/>"),
		"ampersands":               fill(open+"<title>", "&", "</title>"),
		"entities":                 fill(open+"<title>", "&lol;", "</title>"),
		"tags in a title":          fill(open+"<title><![CDATA[", "<b ", "]]></title>"),
		"less-thans":               fill(open+"<title>", "<", "</title>"),
		"namespaces":               fill(open, "<x xmlns:a='b' xmlns:c='d'>", ""),
		"sources":                  fill(open+"<source>", "<author><name>", ""),
		"JSON brackets":            fill("{\"items\":[", "[", ""),
		"JSON objects":             fill("{\"items\":[", "{\"a\":", ""),
		"JSON commas":              fill("{\"items\":[", "{},,", ""),
		"JSON controls":            fill("{\"items\":[{\"title\":\"", "\n", ""),
	}
}

// TestHostile holds Parse to giving something or an error; with BenchmarkHostile
// the time is seen to grow with the size.
func TestHostile(t *testing.T) {
	for what, text := range hostile(100_000) {
		f, err := Parse([]byte(text), "")
		if (f == nil) == (err == nil) {
			t.Errorf("%s: a feed and an error, or neither", what)
		}
		Recognise([]byte(text))
	}
}

func BenchmarkHostile(b *testing.B) {
	for what, text := range hostile(4 << 20) {
		b.Run(what, func(b *testing.B) {
			data := []byte(text)
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				if f, err := Parse(data, ""); (f == nil) == (err == nil) {
					b.Fatal("a feed and an error, or neither")
				}
			}
		})
	}
}
