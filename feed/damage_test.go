package feed

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"

	"whence/internal/golden"
	"whence/internal/shared"
)

// every drops each nth occurrence of what.
func every(n int, s, what string) string {
	var b strings.Builder
	for i := 1; ; i++ {
		before, after, found := strings.Cut(s, what)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if i%n != 0 {
			b.WriteString(what)
		}
		s = after
	}
}

// damages are the ways in which feeds are broken, done to whole ones.
var damages = []struct {
	what string
	do   func(string) string
}{
	{"none", func(s string) string { return s }},
	{"ampersands unescaped", func(s string) string { return strings.ReplaceAll(s, "&amp;", "&") }},
	{"one end of title in 5 dropped", func(s string) string { return every(5, s, "</title>") }},
	{"one end of link in 5 dropped", func(s string) string { return every(5, s, "</link>") }},
	{"one end of entry in 5 dropped", func(s string) string { return every(5, every(5, s, "</item>"), "</entry>") }},
	{"one end of content in 5 dropped", func(s string) string {
		return every(5, every(5, every(5, s, "</description>"), "</content:encoded>"), "</content>")
	}},
	{"one end of CDATA in 5 dropped", func(s string) string { return every(5, s, "]]>") }},
	{"CDATA unwrapped", func(s string) string { return strings.NewReplacer("<![CDATA[", "", "]]>", "").Replace(s) }},
	{"one quote in 50 dropped", func(s string) string { return every(50, s, `"`) }},
	{"entities of HTML", func(s string) string { return strings.ReplaceAll(s, "’", "&rsquo;") }},
	{"namespaces undeclared", func(s string) string { return strings.ReplaceAll(s, "xmlns:", "xmlnot:") }},
	{"end cut off", func(s string) string { return s[:len(s)-min(len(s), 20)] }},
	{"junk before and after", func(s string) string {
		return "<br />\n<b>Notice</b>: undefined index in <b>x.php</b><br />\n" + s + "<!-- cached --><div>x</div>"
	}},
}

// TestDamage freezes how much of the real feeds of the corpus is still given
// when they are damaged: entries, and titles and links that are as before.
func TestDamage(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared.Path(t, "corpora", "feeds", "rsparser"), "*"))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%-32s %7s %7s %7s %7s %7s\n", "damage", "entries", "given", "titles", "links", "gofeed")
	for _, damage := range damages {
		var all, given, titles, links, there int
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			whole, err := Parse(data, "")
			if err != nil || strings.HasPrefix(string(data), "{") {
				continue
			}
			all += len(whole.Entries)
			damaged := damage.do(string(data))
			if g, err := gofeed.NewParser().ParseString(damaged); err == nil {
				there += len(g.Items)
			}
			f, err := Parse([]byte(damaged), "")
			if err != nil {
				continue
			}
			given += len(f.Entries)
			for i, e := range f.Entries[:min(len(f.Entries), len(whole.Entries))] {
				titles += asNumber(e.Title == whole.Entries[i].Title)
				links += asNumber(e.Link == whole.Entries[i].Link)
			}
		}
		fmt.Fprintf(&out, "%-32s %7d %7d %7d %7d %7d\n", damage.what, all, given, titles, links, there)
	}
	golden.Check(t, "testdata/damage.golden", out.String())
}
