package intake

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"whence"
	"whence/internal/golden"
)

// article gives the article itself.
func article(a *whence.Article) *whence.Article { return a }

// readAll gives the articles and problems of the inputs, in two lists.
func readAll(t testing.TB, opt Options, inputs ...string) (articles []*whence.Article, problems []*Problem) {
	t.Helper()
	for a, err := range Map(t.Context(), inputs, opt, article) {
		var p *Problem
		switch {
		case errors.As(err, &p):
			problems = append(problems, p)
		case err != nil:
			t.Fatal(err)
		default:
			articles = append(articles, a)
		}
	}
	return articles, problems
}

// outline writes everything that an intake gives, one line for each, for people.
func outline(t testing.TB, opt Options, inputs ...string) string {
	t.Helper()
	var b strings.Builder
	for a, err := range Map(t.Context(), inputs, opt, article) {
		var p *Problem
		switch {
		case errors.As(err, &p):
			fmt.Fprintf(&b, "! %v (%s)\n", p, p.Hint)
			continue
		case err != nil:
			t.Fatal(err)
		}
		r := whence.Reading{Article: *a}
		if err := r.Check(); err != nil {
			t.Errorf("%s: %v", a.Path, err)
		}
		fmt.Fprintf(&b, "%s\n", a.Path)
		for _, f := range []struct{ name, value string }{
			{"url", a.URL}, {"canonical", a.Canonical}, {"outlet", a.Outlet}, {"title", a.Title},
			{"byline", strings.Join(a.Byline, " + ")}, {"credits", strings.Join(a.Credits, " + ")},
			{"published", a.Published.String()}, {"modified", a.Modified.String()}, {"captured", a.Captured.String()},
			{"language", a.Language}, {"roles", roles(a)}, {"text", fmt.Sprintf("%.120q", a.Text)}, {"warnings", strings.Join(a.Warnings, " + ")},
		} {
			if f.value != "" {
				fmt.Fprintf(&b, "  %s: %s\n", f.name, f.value)
			}
		}
	}
	return b.String()
}

func roles(a *whence.Article) string {
	var all []string
	for _, b := range a.Blocks {
		all = append(all, string(b.Role))
	}
	return strings.Join(all, " ")
}

// TestRead lays out the files of each testdata/read/*.txtar, reads the inputs
// of its line "read …", and compares the outline.
func TestRead(t *testing.T) {
	paths, err := filepath.Glob("testdata/read/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(name, func(t *testing.T) {
			want, err := filepath.Abs(strings.TrimSuffix(path, ".txtar") + ".golden")
			if err != nil {
				t.Fatal(err)
			}
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			layOut(t, archive)
			_, line, _ := strings.Cut("\n"+string(archive.Comment), "\nread ")
			golden.Check(t, want, outline(t, Options{}, strings.Fields(line)...))
		})
	}
}

// layOut writes the files of an archive into a folder and goes there.
func layOut(t testing.TB, archive *txtar.Archive) {
	t.Helper()
	dir := t.TempDir()
	for _, f := range archive.Files {
		write(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	t.Chdir(dir)
}

func write(t testing.TB, path, content string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestNames: what a file is called stands in articles and problems, hints at the
// format, and is opened nowhere.
func TestNames(t *testing.T) {
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "1"), filepath.Join(dir, "2")
	for path, data := range map[string]string{good: "Quay 4 is closed, the harbour master said.\n", bad: "\x89PNG\r\n\x1a\n"} {
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	articles, problems := readAll(t, Options{Names: map[string]string{good: "../../etc/quay.txt", bad: "photo\x1b.html"}}, good, bad)
	if len(articles) != 1 || articles[0].Path != "../../etc/quay.txt" {
		t.Errorf("articles %v", articles)
	}
	if len(problems) != 1 || !strings.HasPrefix(problems[0].Error(), `photo\x1b.html: `) {
		t.Errorf("problems %v", problems)
	}
}

// TestWritten: of a reading that whence wrote, all of the article comes back; one
// whose blocks do not fit its text, or of a later format, is named.
func TestWritten(t *testing.T) {
	a := &whence.Article{
		Path: "a.html", URL: "https://a.example/1", Canonical: "https://a.example/", Outlet: "Courier", Title: "Quay shut", Byline: []string{"Tove Brandt"},
		Credits: []string{"Meridian Wire"}, Language: "en", Text: "Quay shut\n\nThe quay is shut.", Warnings: []string{"odd"},
		Blocks: []whence.Block{{Role: whence.RoleHeading, Span: whence.Span{Start: 0, End: 9}, Links: []whence.Link{{Span: whence.Span{Start: 0, End: 4}, Href: "https://b.example/"}}}},
	}
	for to, day := range map[*whence.Date]string{&a.Published: "2027-05-01T10:00:00+02:00", &a.Modified: "2027-05", &a.Captured: "2027-05-02T00:00:00Z"} {
		var err error
		if *to, err = whence.ParseDate(day); err != nil {
			t.Fatal(err)
		}
	}
	a.Identify()
	line, err := json.Marshal(&whence.Reading{Article: *a})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Join([]string{
		string(line),
		strings.Replace(string(line), `"end":9`, `"end":99`, 1),
		strings.Replace(string(line), `"whence":1`, `"whence":9`, 1),
	}, "\n")
	articles, problems := readAll(t, Options{Stdin: strings.NewReader(lines)}, "-")
	if len(articles) != 1 || len(problems) != 2 {
		t.Fatalf("%d articles, %v", len(articles), problems)
	}
	back, err := json.Marshal(&whence.Reading{Article: *articles[0]})
	if err != nil || string(back) != string(line) {
		t.Errorf("%s\ncame back as\n%s, %v", line, back, err)
	}
	if !errors.Is(problems[0].Err, whence.ErrMalformed) || !strings.Contains(problems[1].Error(), "newer whence") {
		t.Errorf("%v", problems)
	}
}
