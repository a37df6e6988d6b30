package page

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence"
	"whence/internal/golden"
	"whence/internal/shared"
)

// outline prints the metadata and the blocks of an article.
func outline(a *whence.Article) string {
	var b strings.Builder
	for _, field := range [][2]string{
		{"title", a.Title}, {"byline", strings.Join(a.Byline, "; ")}, {"credits", strings.Join(a.Credits, "; ")},
		{"published", a.Published.String()}, {"modified", a.Modified.String()},
	} {
		if field[1] != "" {
			fmt.Fprintf(&b, "%s: %s\n", field[0], field[1])
		}
	}
	c := newCutter(a.Text)
	for _, block := range a.Blocks {
		fmt.Fprintf(&b, "%-10s %q\n", block.Role, c.words(block.Span))
	}
	return b.String()
}

// Every testdata/plain/*.txt is read and its outline compared.
func TestPlain(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "plain", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a, err := Plain(data, Options{Path: "a.txt", URL: "https://post.example/a"})
			if err != nil {
				t.Fatal(err)
			}
			if a.Text != string(data) {
				t.Error("the text changed")
			}
			if a.Path != "a.txt" || a.URL != "https://post.example/a" || !strings.HasPrefix(a.ID, "sha256:") {
				t.Errorf("path %q, URL %q, id %q", a.Path, a.URL, a.ID)
			}
			checkBlocks(t, a)
			golden.Check(t, strings.TrimSuffix(file, ".txt")+".golden", outline(a))
		})
	}
}

func TestPlainErrors(t *testing.T) {
	for _, c := range []struct {
		data string
		opt  Options
		want error
	}{
		{"", Options{}, whence.ErrNoText},
		{" \r\n\t\u00a0\n", Options{}, whence.ErrNoText},
		{"The ferry sank.", Options{Limits: Limits{Bytes: 10}}, whence.ErrTooLarge},
	} {
		if _, err := Plain([]byte(c.data), c.opt); !errors.Is(err, c.want) {
			t.Errorf("Plain(%q) gives error %v, want %v", c.data, err, c.want)
		}
	}
}

func TestPlainDecodes(t *testing.T) {
	a, err := Plain([]byte("Caf\xe9 owner speaks\r\n\r\nThe owner of the caf\xe9 in Karvik spoke on Tuesday.\r\n"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := "Café owner speaks\r\n\r\nThe owner of the café in Karvik spoke on Tuesday.\r\n"; a.Text != want {
		t.Errorf("text %q, want %q", a.Text, want)
	}
	if a.Title != "Café owner speaks" {
		t.Errorf("title %q", a.Title)
	}
}

// Metadata that is there stays, and a title that is known is not looked for
// elsewhere.
func TestStructureKeeps(t *testing.T) {
	published, _ := whence.ParseDate("2025-05-01")
	text := "Ferry sinks off Karvik\nBy Jane Doe\n3 May 2025\nKARVIK (AP) — The ferry Anna sank off Karvik on Friday, the harbour office said.\n"
	for _, c := range []struct {
		name      string
		in        whence.Article
		role      whence.Role // of the first line
		title     string
		byline    []string
		credits   []string
		published string
	}{
		{"nothing known", whence.Article{}, whence.RoleTitle, "Ferry sinks off Karvik", []string{"Jane Doe"}, []string{"Associated Press"}, "2025-05-03"},
		{"all known", whence.Article{Title: "Ferry Sinks Off Karvik!", Byline: []string{"J. Doe"}, Credits: []string{"AFP"}, Published: published}, whence.RoleTitle, "Ferry Sinks Off Karvik!", []string{"J. Doe"}, []string{"AFP"}, "2025-05-01"},
		{"another title", whence.Article{Title: "Forty rescued"}, whence.RoleHeading, "Forty rescued", []string{"Jane Doe"}, []string{"Associated Press"}, "2025-05-03"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := c.in
			a.Text = text
			Structure(&a)
			got := []any{a.Blocks[0].Role, a.Title, a.Byline, a.Credits, a.Published.String()}
			if diff := cmp.Diff([]any{c.role, c.title, c.byline, c.credits, c.published}, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// checkBlocks holds an article to the invariants, and to blocks that cover all
// its words.
func checkBlocks(tb testing.TB, a *whence.Article) {
	tb.Helper()
	if err := (&whence.Reading{Article: *a}).Check(); err != nil {
		tb.Fatal(err)
	}
	at := 0
	gap := func(runes []rune) {
		for _, r := range runes {
			if !unicode.IsSpace(r) {
				tb.Fatalf("%q lies in no block of %q", r, a.Text)
			}
		}
	}
	text := []rune(a.Text)
	for _, b := range a.Blocks {
		gap(text[at:b.Start])
		at = b.End
		if unicode.IsSpace(text[b.Start]) || unicode.IsSpace(text[b.End-1]) {
			tb.Fatalf("block %+v begins or ends in white space", b)
		}
	}
	gap(text[at:])
}

// Whatever lines a text is made of, its blocks hold the invariants and the text
// stays as it was.
func TestStructureProperties(t *testing.T) {
	pieces := []string{
		"Ferry sinks off Karvik", "By Jane Doe", "KARVIK, 3 May (AP) — The ferry sank.", "Read more: The harbour of Karvik", "Related", "“We knew it,” she said.",
		"3 May 2025", "© 2025 Reuters", "- ", "• Forty were saved", "> We knew it.", "The ferry (AP)", "Correction: The ferry had 40 seats.", "\u200b", "\ufeff", "\x00", "é",
		"The harbour office of Karvik said on Friday that it had known of the holes in the ferry", "and that it had told the owner, who", "\u2028", "\u0085", "１２３", "a", "(", "—", "KARVIK —",
	}
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.String()), 0, 20).Draw(t, "lines")
		end := rapid.SampledFrom([]string{"\n", "\r\n", "\n\n", "\r", " \n\t\n"}).Draw(t, "end")
		text := strings.Join(lines, end)
		a := &whence.Article{Text: text, Title: rapid.SampledFrom([]string{"", "Ferry sinks off Karvik"}).Draw(t, "title")}
		Structure(a)
		if a.Text != text {
			t.Fatal("the text changed")
		}
		if err := (&whence.Reading{Article: *a}).Check(); err != nil {
			t.Fatal(err)
		}
		covered := make([]bool, len([]rune(text)))
		for _, b := range a.Blocks {
			for i := b.Start; i < b.End; i++ {
				covered[i] = true
			}
		}
		for i, r := range []rune(text) {
			if !covered[i] && !unicode.IsSpace(r) {
				t.Fatalf("%q at %d lies in no block", r, i)
			}
		}
	})
}

// The article that the project started from.
func TestSeed(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(shared.Path(t, "seed"), "*.txt"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%d seed articles, %v", len(files), err)
	}
	data, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	a, err := Plain(data, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if a.Text != string(data) {
		t.Error("the text changed")
	}
	checkBlocks(t, a)
	count := map[whence.Role]int{}
	var order []whence.Role
	for _, b := range a.Blocks {
		count[b.Role]++
		order = append(order, b.Role)
	}
	want := map[whence.Role]int{
		whence.RoleTitle: 1, whence.RoleStandfirst: 1, whence.RoleCaption: 1, whence.RoleHeading: 4, whence.RoleRelated: 4,
		whence.RoleParagraph: len(a.Blocks) - 11,
	}
	if diff := cmp.Diff(want, count); diff != "" {
		t.Errorf("roles (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]whence.Role{whence.RoleTitle, whence.RoleStandfirst, whence.RoleParagraph, whence.RoleCaption}, order[:4]); diff != "" {
		t.Errorf("the head (-want +got):\n%s", diff)
	}
	c := newCutter(a.Text)
	for _, b := range a.Blocks {
		words := c.words(b.Span)
		switch {
		case (b.Role == whence.RoleRelated) != strings.HasPrefix(words, "Read more"):
			t.Errorf("%s: %q", b.Role, words)
		case b.Role == whence.RoleHeading && endsSentence(words):
			t.Errorf("heading %q", words)
		}
	}
	if a.Title != c.words(a.Blocks[0].Span) || a.Byline != nil || a.Credits != nil || !a.Published.IsZero() {
		t.Errorf("metadata that the text does not give: %q %q %q %s", a.Title, a.Byline, a.Credits, a.Published)
	}
}

func FuzzPlain(f *testing.F) {
	for _, s := range []string{"", "Ferry sinks\n\nThe ferry sank.", "\xff\xfeF\x00e\x00", "\ufeffFerry\r\n", "- \n\u2028\x00", "KARVIK, 3 May (AP) — The ferry sank.\r\rBy Jane Doe"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := Plain(data, Options{})
		if err != nil {
			return
		}
		checkBlocks(t, a)
	})
}

func FuzzStructure(f *testing.F) {
	f.Add("Ferry sinks off Karvik\nBy Jane Doe\n3 May 2025\n\nKARVIK (AP) — The ferry sank. \"We knew,\" she said.\n", "Ferry sinks off Karvik")
	f.Add("RELATED\nA title of another story\n© 2025 Reuters\n", "")
	f.Add("Published 3 May 2025 | Updated 1 May 2025\n- \n", "x")
	f.Fuzz(func(t *testing.T, text, title string) {
		a := &whence.Article{Text: text, Title: title}
		Structure(a)
		if a.Text != text || title != "" && a.Title != title {
			t.Fatal("what was there changed")
		}
		checkBlocks(t, a)
	})
}

// BenchmarkPlain reads a short story of many roles, and the articles of a
// corpus.
func BenchmarkPlain(b *testing.B) {
	b.Run("short", func(b *testing.B) {
		benchmarkPlain(b, []string{filepath.Join("testdata", "plain", "agency.txt")})
	})
	b.Run("news", func(b *testing.B) {
		files, err := filepath.Glob(filepath.Join(shared.Path(b, "corpora", "polnear", "dev", "text"), "*.txt"))
		if err != nil {
			b.Fatal(err)
		}
		benchmarkPlain(b, files)
	})
}

func benchmarkPlain(b *testing.B, files []string) {
	var texts [][]byte
	size := int64(0)
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, data)
		size += int64(len(data))
	}
	b.SetBytes(size)
	for b.Loop() {
		for _, data := range texts {
			if _, err := Plain(data, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
