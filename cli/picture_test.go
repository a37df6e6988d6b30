package cli

import (
	"bytes"
	"context"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"whence/internal/golden"
)

// pictured are the sections of the story that the README's picture shows, each to the
// line that says how much more there is.
var pictured = []string{"", "FIGURES", "WHERE FROM"}

// pictureLines is how much of the claims it shows, from the headline on.
const pictureLines = 18

// TestPicture holds the README's picture to what the demo prints.
func TestPicture(t *testing.T) {
	var b bytes.Buffer
	w := &world{ctx: context.Background(), out: &terminal{Writer: &b, width: 92, color: true}}
	if err := (&demoCommand{Format: "text", Print: true}).Run(w); err != nil {
		t.Fatal(err)
	}
	var shown []string
	for _, title := range pictured {
		_, after, found := strings.Cut(b.String(), title)
		if !found {
			t.Fatalf("the demo prints no %s", title)
		}
		if title == "" { // the claims, with the headline before them
			parts := strings.SplitN(after, "\n\n", 4)
			shown = strings.Split(strings.Join(parts[:min(3, len(parts))], "\n\n"), "\n")
			shown = append(shown[:min(pictureLines, len(shown))], "  \x1b[2m⋮\x1b[0m")
			continue
		}
		shown = append(shown, "")
		section, _, _ := strings.Cut(after, "\n\n")
		shown = append(shown, strings.Split("\x1b[1m"+title+section, "\n")...)
	}
	golden.Check(t, "../doc/demo.svg", picture("whence demo", shown))
}

// Sizes in the picture, in pixels.
const (
	pictureWidth = 780 + 2*edgeWidth
	lineHeight   = 20
	edgeWidth    = 22
)

var escape = regexp.MustCompile("\x1b\\[([0-9;]*)m")

// picture draws lines of a terminal as SVG.
func picture(command string, lines []string) string {
	var b strings.Builder
	height := lineHeight*(len(lines)+2) + 2*edgeWidth
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="The output of whence: a story, on how many articles, reports and sources each of its claims stands, how its figures changed, and which outlets have claims from which report.">
<style>
rect { fill: #fdfcf8; stroke: #d8d4c8 }
text { font: 14px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #222; white-space: pre }
.s { font-weight: bold } .a { font-weight: bold; fill: #1f4e8c } .d { fill: #77736a } .i { font-style: italic } .u { text-decoration: underline; text-decoration-color: #77736a; text-underline-offset: 3px }
@media (prefers-color-scheme: dark) { rect { fill: #17181b; stroke: #333 } text { fill: #ddd } .a { fill: #8ab4f0 } .d { fill: #8d8a83 } }
</style>
<rect x=".5" y=".5" width="%d" height="%d" rx="8"/>
`, pictureWidth, height, pictureWidth-1, height-1)
	text := func(i int, inner string) {
		fmt.Fprintf(&b, "<text x=\"%d\" y=\"%d\">%s</text>\n", edgeWidth, edgeWidth+lineHeight*(i+1), inner)
	}
	text(0, `<tspan class="d">$</tspan> `+command)
	for i, line := range lines {
		text(i+2, spans(strings.TrimSuffix(line, "\n")))
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// spans turns the styles of one line into tspans.
func spans(line string) string {
	classes := map[string]string{string(strong): "s", string(accent): "a", string(dim): "d", string(italic): "i", string(underlined): "u"}
	var b strings.Builder
	at, class := 0, ""
	write := func(s string) {
		if s == "" {
			return
		}
		if class == "" {
			b.WriteString(html.EscapeString(s))
			return
		}
		fmt.Fprintf(&b, `<tspan class="%s">%s</tspan>`, class, html.EscapeString(s))
	}
	for _, m := range escape.FindAllStringSubmatchIndex(line, -1) {
		write(line[at:m[0]])
		at, class = m[1], classes[line[m[2]:m[3]]]
	}
	write(line[at:])
	return b.String()
}
