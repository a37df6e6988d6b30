package when_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"whence"
	"whence/english"
	"whence/internal/golden"
)

// TestCases reads the sentences of testdata/times.txt. A line "= DATE" gives the
// date of publication of those below, "= none" that there is none. Below each
// sentence stand its times, in order: words, type, value and period.
func TestCases(t *testing.T) {
	const path = "testdata/times.txt"
	cases, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	a := &whence.Article{}
	analyser := english.NewAnalyser()
	for line := range strings.Lines(string(cases)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "\t") {
			continue
		}
		out.WriteString(line + "\n")
		switch date, dated := strings.CutPrefix(line, "= "); {
		case date == "none" && dated:
			a.Published = whence.Date{}
		case dated:
			if a.Published, err = whence.ParseDate(date); err != nil {
				t.Fatal(err)
			}
		case line != "" && line[0] != '#':
			a.Text = strings.ReplaceAll(line, "¶", "\n\n")
			times := read(analyser, a)
			check(t, a, times)
			for _, x := range times {
				out.WriteString("\t" + strings.TrimSpace(fmt.Sprintf("%s | %s %s %s", x.Text, x.Type, x.Value, period(x.Period))) + "\n")
			}
		}
	}
	golden.Check(t, filepath.FromSlash(path), out.String())
}

// period writes a period as an ISO 8601 interval, an open end as "..".
func period(p whence.Period) string {
	if p.IsZero() {
		return ""
	}
	ends := [2]string{p.Begin.String(), p.End.String()}
	for i, e := range ends {
		if e == "" {
			ends[i] = ".."
		}
	}
	return ends[0] + "/" + ends[1]
}
