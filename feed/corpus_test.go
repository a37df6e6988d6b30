package feed

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"whence"
	"whence/charset"
	"whence/internal/golden"
	"whence/internal/shared"
)

// counted is the number of entries that a feed holds, found without this
// package's scanner: items of JSON, or start tags outside comments and CDATA.
func counted(data []byte) int {
	text, _ := charset.XML(data, "")
	var f struct{ Items []any }
	if json.Unmarshal([]byte(text), &f) == nil {
		return len(f.Items)
	}
	text = regexp.MustCompile(`(?s)<!--.*?-->|<!\[CDATA\[.*?\]\]>`).ReplaceAllString(text, "")
	return len(regexp.MustCompile(`(?i)<(\w+:)?(item|entry)[\s/>]`).FindAllString(text, -1))
}

// expectation is one that a test file of the corpus states in a comment:
// entries[0]['title'] == 'words'.
var expectation = regexp.MustCompile(`entries\[0\](?:\['(\w+)'\]|\.(\w+)) == u?'((?:[^'\\]|\\.)*)'`)

// expected are the stated values of a file's first entry, by key.
func expected(text string) map[string]string {
	all := map[string]string{}
	_, stated, found := strings.Cut(text, "Expect:")
	if !found {
		return all
	}
	stated, _, _ = strings.Cut(stated, "-->")
	for _, m := range expectation.FindAllStringSubmatch(stated, -1) {
		value, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.ReplaceAll(m[3], `\'`, `'`), `"`, `\"`) + `"`)
		if err == nil {
			all[m[1]+m[2]] = value
		}
	}
	return all
}

// instant is the stated time of a file's first entry:
// entries[0]['updated_parsed'] == (2003, 12, 31, 10, 14, 55, 2, 365, 0).
var instant = regexp.MustCompile(`(entries\[0\]\['(?:published|updated|created)_parsed'\]|date|_parse_date\w*\('([^']*)'\)) ==[^(]*\((\d+), (\d+), (\d+), (\d+), (\d+), (\d+)`)

func walk(t testing.TB, parts ...string) (files []string) {
	err := filepath.WalkDir(shared.Path(t, parts...), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == "LICENSE" {
			return err
		}
		files = append(files, path)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestZZ(t *testing.T) {
	_ = golden.Check
	for _, sub := range []string{"feedparser/wellformed", "feedparser/illformed", "feedparser/encoding", "rsparser"} {
		ok, n, refused := 0, 0, 0
		agree := map[string][2]int{}
		for _, path := range walk(t, "corpora", "feeds", sub) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			n++
			f, err := Parse(data, "")
			want := counted(data)
			if err != nil {
				refused++
				fmt.Println("REFUSED", path, want, err, errors.Is(err, whence.ErrNotRecognised))
				if want == 0 {
					ok++
				}
				continue
			}
			if !Recognise(data[:min(len(data), 4096)]) {
				fmt.Println("UNRECOGNISED", path)
			}
			if len(f.Entries) == want {
				ok++
			} else {
				fmt.Println("COUNT", path, "want", want, "got", len(f.Entries), f.Warnings)
			}
			text, _ := charset.XML(data, "")
			if len(f.Entries) == 0 {
				continue
			}
			e := f.Entries[0]
			for k, v := range expected(text) {
				got, known := map[string]string{"title": e.Title, "link": e.Link, "id": e.ID, "description": e.Summary, "summary": e.Summary}[k]
				if !known {
					continue
				}
				a := agree[k]
				a[1]++
				if fold(got) == fold(v) {
					a[0]++
				} else if k != "description" {
					fmt.Printf("DIFF %s %s want %q got %q\n", path[len(path)-50:], k, v, got)
				}
				agree[k] = a
			}
			if len(f.Warnings) > 0 {
				fmt.Println("WARN", path[len(path)-40:], f.Warnings)
			}
		}
		fmt.Println(sub, n, ok, refused, agree)
	}
}
