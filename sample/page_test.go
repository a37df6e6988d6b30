package sample_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"whence"
	"whence/internal/golden"
	"whence/page"
	"whence/sample"
)

// known lists what page is known to get wrong on the sample, one line each.
// A line that is not in it fails; one that has gone is logged, and
// `go test ./sample -rewrite` takes it out.
var known = filepath.Join("testdata", "page-misses.txt")

func TestPageAgreesWithTruth(t *testing.T) {
	gold := read(t)
	var misses []string
	for _, p := range sample.Articles() {
		want := gold.Article(p.Name)
		got, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range slices.Concat(metadataMisses(got, want), roleMisses(got, want), furnitureTaken(got, want)) {
			misses = append(misses, p.Name+": "+m)
		}
	}
	all := strings.Join(misses, "\n") + "\n"
	if golden.Rewrite() {
		golden.Check(t, known, all)
		return
	}
	data, err := os.ReadFile(known)
	if err != nil {
		t.Fatal(err)
	}
	before := strings.Split(strings.TrimSpace(string(data)), "\n")
	for _, m := range misses {
		if !slices.Contains(before, m) {
			t.Error(m)
		}
	}
	for _, m := range before {
		if !slices.Contains(misses, m) {
			t.Logf("no longer missed: %s", m)
		}
	}
}

func metadataMisses(got *whence.Article, want *sample.Article) []string {
	var misses []string
	for _, f := range []struct{ field, got, want string }{
		{"canonical", got.Canonical, want.Canonical},
		{"outlet", got.Outlet, want.Outlet},
		{"title", got.Title, want.Title},
		{"published", got.Published.String(), want.Published},
		{"modified", got.Modified.String(), want.Modified},
		{"language", got.Language, want.Language},
		{"byline", strings.Join(got.Byline, "; "), strings.Join(want.Byline, "; ")},
		{"credits", strings.Join(got.Credits, "; "), strings.Join(want.Credits, "; ")},
	} {
		if f.got != f.want {
			misses = append(misses, fmt.Sprintf("%s is %q, want %q", f.field, f.got, f.want))
		}
	}
	return misses
}

// around are the roles that stand beside the article's text. A program may
// leave them out, and hold a byline and the date beside it for one block.
var around = map[whence.Role]bool{whence.RoleByline: true, whence.RoleDateline: true, whence.RoleRelated: true}

func roleMisses(got *whence.Article, want *sample.Article) []string {
	var misses []string
	blocks := want.Locator(got.Text)
	for i, b := range want.Blocks {
		span, err := blocks.Block(i)
		role := roleAt(got, span.Start)
		switch {
		case err != nil && around[b.Role]:
		case err != nil:
			misses = append(misses, fmt.Sprintf("%s is not in the text: %q", b.Role, b.Text))
		case role != b.Role && !(around[role] && around[b.Role]):
			misses = append(misses, fmt.Sprintf("%s, want %s: %q", role, b.Role, b.Text))
		}
	}
	return misses
}

func roleAt(a *whence.Article, at int) whence.Role {
	for _, b := range a.Blocks {
		if b.Start <= at && at < b.End {
			return b.Role
		}
	}
	return ""
}

// furnitureTaken are the blocks of the article's running text that are none.
func furnitureTaken(got *whence.Article, want *sample.Article) []string {
	var own strings.Builder
	for _, b := range want.Blocks {
		own.WriteString(b.Text)
	}
	var misses []string
	for _, b := range got.Blocks {
		if words := string([]rune(got.Text)[b.Start:b.End]); b.Role.Body() && !contains(own.String(), words) {
			misses = append(misses, fmt.Sprintf("%s that is furniture: %q", b.Role, words))
		}
	}
	return misses
}
