package page

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"whence"
)

// hostile are pages built to make a parser or the article finder work for
// long: each gives about n bytes.
var hostile = map[string]func(n int) string{
	"nested div": func(n int) string {
		return strings.Repeat("<div>", n/11) + "Words." + strings.Repeat("</div>", n/11)
	},
	"nested below the limit": func(n int) string {
		open, end := strings.Repeat("<div class=article>", 400), strings.Repeat("</div>", 400)
		return open + strings.Repeat("<p>Some words, and more of them.</p>", n/36) + end
	},
	"formatting left open": func(n int) string {
		var sb strings.Builder
		for i := range 450 {
			fmt.Fprintf(&sb, "<b x=%d>", i)
		}
		return "<p>" + sb.String() + strings.Repeat("</p><p>x", n/8)
	},
	"formatting without attributes": func(n int) string {
		return "<p>" + strings.Repeat("<b><i><u><s><em><big><font><code><small><strong><tt>", 3) + strings.Repeat("<p>x", n/4)
	},
	"adoption agency": func(n int) string { return strings.Repeat("<b><div><div><div></b>", n/22) },
	"anchors":         func(n int) string { return strings.Repeat("<a href=x>y<p>", n/14) },
	"attributes": func(n int) string {
		var sb strings.Builder
		sb.WriteString("<body")
		for i := 0; sb.Len() < n/2; i++ {
			fmt.Fprintf(&sb, " a%d", i)
		}
		return sb.String() + ">" + strings.Repeat("<body b>", n/16)
	},
	"formatting with attributes": func(n int) string {
		var sb strings.Builder
		for i := range 300 {
			fmt.Fprintf(&sb, " a%d=%d", i, i)
		}
		return strings.Repeat("<b"+sb.String()+">", n/sb.Len())
	},
	"stray end tags":     func(n int) string { return strings.Repeat("a</x>", n/5) },
	"tables":             func(n int) string { return strings.Repeat("<table><tr><td>", n/15) },
	"text in tables":     func(n int) string { return "<table>" + strings.Repeat("a<b>b</b>", n/9) },
	"lists":              func(n int) string { return strings.Repeat("<li>word", n/8) },
	"line breaks":        func(n int) string { return "<div>" + strings.Repeat("a<br><br>", n/9) },
	"blank line breaks":  func(n int) string { return "<div>" + strings.Repeat("<br> ", n/5) },
	"headings in boxes":  func(n int) string { return strings.Repeat("<h1><div>Words of a title here.", n/31) },
	"bylines":            func(n int) string { return strings.Repeat("<div class=byline>By one", n/24) },
	"one long paragraph": func(n int) string { return "<p>" + strings.Repeat("word, ", n/6) },
	"one long word":      func(n int) string { return "<p>" + strings.Repeat("w", n) },
	"classes":            func(n int) string { return "<p class='" + strings.Repeat("related aBc-", n/12) + "'>Words." },
	"entities":           func(n int) string { return strings.Repeat("&amp;&notit;", n/12) },
	"open comment":       func(n int) string { return "<p>Words.</p><!--" + strings.Repeat("--!", n/3) },
	"open tag":           func(n int) string { return strings.Repeat("<a <b ", n/6) },
	"scripts":            func(n int) string { return strings.Repeat("<script><!--<script>", n/20) },
	"styles": func(n int) string {
		return strings.Repeat("<p style='display:block;;;;'>Words, and more words. ", n/51)
	},
	"links":     func(n int) string { return strings.Repeat("<p><a href='x'>A teaser of some length</a></p>", n/46) },
	"quotes":    func(n int) string { return strings.Repeat("<div class=pullquote>It was said.</div>", n/39) },
	"notices":   func(n int) string { return strings.Repeat("<p>Correction: it was not said. ", n/32) },
	"json":      func(n int) string { return `<script type="application/ld+json">` + strings.Repeat(`{"@graph":[`, n/11) },
	"select":    func(n int) string { return "<select>" + strings.Repeat("<option>a", n/9) },
	"foreign":   func(n int) string { return strings.Repeat("<svg><title><b x>", n/17) },
	"templates": func(n int) string { return strings.Repeat("<template>", n/10) },
	"frames":    func(n int) string { return strings.Repeat("<frameset>", n/10) },
}

func TestHostilePagesEnd(t *testing.T) {
	const size = 1 << 18
	for name, build := range hostile {
		t.Run(name, func(t *testing.T) {
			data := []byte(build(size))
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			a, err := HTML(data, Options{})
			took := time.Since(start)
			runtime.ReadMemStats(&after)
			t.Logf("%v, %d MB allocated, %v", took, (after.TotalAlloc-before.TotalAlloc)>>20, err)
			if err != nil && !errors.Is(err, whence.ErrNoText) && !errors.Is(err, whence.ErrTooSlow) {
				t.Errorf("unexpected error: %v", err)
			}
			if a != nil {
				checkArticle(t, a)
			}
		})
	}
}
