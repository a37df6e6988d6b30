package intake

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"whence/page"
	"whence/warc"
)

// FuzzIntake reads any bytes, as a file of any name and as a stream. Whatever
// comes in, something is said, what is given is sound, and the bounds hold.
func FuzzIntake(f *testing.F) {
	paths, err := filepath.Glob("testdata/read/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range archive.Files {
			f.Add(file.Data, filepath.Base(file.Name))
		}
	}
	plain := archiveOf(f, warc.Options{Plain: true}, mixed(f)...)
	members := archiveOf(f, warc.Options{}, mixed(f)[3:6]...)
	for _, seed := range []string{
		plain, members, gzipped(f, plain), zipWith(f, map[string]string{"archive/a.warc.gz": members}),
		gzipped(f, anArticle("Quay shut")), jsonLines(3), "\xFF\xFE{\x00\"\x00", strings.Repeat("[", 2000),
		"<html>" + strings.Repeat("<div>", 2000), "", "\x1f\x8b", "PK\x03\x04", "WARC/1.1\r\n\r\n",
	} {
		f.Add([]byte(seed), "quay")
	}
	opt := Options{Workers: 2, Page: page.Limits{Bytes: 1 << 16, Time: time.Second}}
	f.Fuzz(func(t *testing.T, data []byte, name string) {
		path := filepath.Join(t.TempDir(), "a"+filepath.Ext(filepath.Base(name)))
		if os.WriteFile(path, data, 0o600) != nil {
			path = filepath.Join(t.TempDir(), "a")
			write(t, path, string(data))
		}
		articles, problems := readAll(t, opt, path)
		if len(articles)+len(problems) == 0 {
			t.Error("nothing is said")
		}
		checkAll(t, articles, problems)
		opt := opt
		opt.Stdin = bytes.NewReader(data)
		articles, problems = readAll(t, opt, "-")
		if len(articles)+len(problems) == 0 {
			t.Error("of standard input nothing is said")
		}
		checkAll(t, articles, problems)
	})
}
