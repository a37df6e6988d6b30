package intake

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"whence"
	"whence/internal/golden"
	"whence/page"
	"whence/warc"
)

var captureTime = time.Date(2027, 3, 10, 8, 0, 0, 0, time.UTC)

// archiveOf is a WARC file of records.
func archiveOf(t testing.TB, opt warc.Options, drafts ...warc.Draft) string {
	t.Helper()
	var b bytes.Buffer
	w, err := warc.NewWriter(&b, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range drafts {
		d.Date = captureTime
		if _, err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

// response is the record of a response, with a header line for each field.
func response(url, status, body string, fields ...string) warc.Draft {
	head := "HTTP/1.1 " + status + "\r\n" + strings.Join(append(fields, "\r\n"), "\r\n")
	return warc.ResponseDraft(url, []byte(strings.TrimRight(head, "\r\n")+"\r\n\r\n"), strings.NewReader(body))
}

const (
	asHTML = "Content-Type: text/html; charset=utf-8"
	site   = "https://harbourpost.example"
)

// mixed is what a crawl brings home.
func mixed(t testing.TB) []warc.Draft {
	teasers := strings.Repeat("<li><a href=/a>Quay shut</a></li>", 30)
	return []warc.Draft{
		warc.InfoDraft(warc.Header{{Name: "software", Value: "crawler"}}),
		{Type: warc.TypeResponse, TargetURI: "dns:harbourpost.example", ContentType: "text/dns", Payload: strings.NewReader("1.2.3.4")},
		warc.RequestDraft(site+"/a", []byte("GET /a HTTP/1.1\r\n\r\n"), nil, ""),
		response(site+"/a", "200 OK", anArticle("Quay shut"), asHTML),
		response(site+"/b", "200 OK", gzipped(t, anArticle("Pier open")), asHTML, "Content-Encoding: gzip"),
		response(site+"/c", "200 OK", chunkedBody(anArticle("Mole stands")), asHTML, "Transfer-Encoding: chunked"),
		response(site+"/latin", "200 OK", strings.ReplaceAll(anArticle("Caf\xe9 shut"), "<head>", "<head>"), "Content-Type: text/html; charset=\"iso-8859-1\""),
		response(site+"/moved", "301 Moved Permanently", anArticle("Moved"), asHTML, "Location: /a"),
		response(site+"/absent", "404 Not Found", anArticle("Absent"), asHTML),
		response(site+"/", "200 OK", "<html><head><title>Harbour Post</title></head><body><ul>"+teasers+"</ul></body></html>", asHTML),
		response(site+"/robots.txt", "200 OK", "User-agent: *", "Content-Type: text/plain"),
		response(site+"/note.txt", "200 OK", "The quay is shut, the mayor said.", "Content-Type: text/plain"),
		response(site+"/style.css", "200 OK", "body {}", "Content-Type: text/css"),
		response(site+"/app.js", "200 OK", "window.quay = 1", "Content-Type: text/plain"),
		response(site+"/api", "200 OK", `{"text":"for programs"}`, "Content-Type: application/json"),
		response(site+"/logo.png", "200 OK", "\x89PNG\r\n\x1a\n", "Content-Type: image/png"),
		response(site+"/logo2", "200 OK", "\x89PNG\r\n\x1a\n", asHTML),
		response(site+"/untyped", "200 OK", anArticle("Untyped")),
		response(site+"/empty", "200 OK", "", asHTML),
		response(site+"/feed", "200 OK", `<rss version="2.0"><channel><title>Harbour Post</title><item><title>Ferry late</title><link>`+site+`/d</link></item></channel></rss>`, "Content-Type: application/rss+xml"),
		warc.RevisitDraft(site+"/a", []byte("HTTP/1.1 304 Not Modified\r\n\r\n"), warc.Reference{Profile: warc.ProfileNotModified}),
		warc.ResourceDraft(site+"/kept", "text/html", strings.NewReader(anArticle("Kept page"))),
		warc.ResourceDraft("urn:screenshot:1", "text/html", strings.NewReader(anArticle("Screenshot"))),
		warc.MetadataDraft(site+"/a", "", warc.Header{{Name: "fetchTimeMs", Value: "12"}}),
	}
}

func chunkedBody(body string) string { return fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(body), body) }

func zipWith(t testing.TB, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		if err == nil {
			_, err = io.WriteString(w, content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The same archive gives the same articles in whatever way it is stored.
func TestArchives(t *testing.T) {
	plain := archiveOf(t, warc.Options{Plain: true}, mixed(t)...)
	members := archiveOf(t, warc.Options{}, mixed(t)...)
	goldenPath, err := filepath.Abs("testdata/archive.golden")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for name, content := range map[string]string{
		"plain":      plain,
		"members":    members,
		"whole.gz":   gzipped(t, plain),
		"crawl.wacz": zipWith(t, map[string]string{"archive/data.warc.gz": members}),
		"named.zip":  zipWith(t, map[string]string{"data.warc": plain}),
	} {
		write(t, name, content)
		got := strings.ReplaceAll(outline(t, Options{}, name), name+"#", "ARCHIVE#")
		golden.Check(t, goldenPath, got)
	}
	got := strings.ReplaceAll(outline(t, Options{Stdin: strings.NewReader(members)}, "-"), "-#", "ARCHIVE#")
	golden.Check(t, goldenPath, got)
}

func TestArchiveWithoutArticles(t *testing.T) {
	t.Chdir(t.TempDir())
	info, home := mixed(t)[0], mixed(t)[9]
	for name, c := range map[string]struct{ content, words string }{
		"none.warc": {archiveOf(t, warc.Options{}, info), "it holds 1 record"},
		"home.warc": {archiveOf(t, warc.Options{}, info, home), "it holds 2 records, 1 without article text"},
		"none.wacz": {zipWith(t, map[string]string{"archive/a.warc.gz": archiveOf(t, warc.Options{}, info)}), "it holds 1 record"},
	} {
		_, problems := readAll(t, Options{}, write(t, name, c.content))
		only(t, problems, whence.ErrNoText, c.words)
	}
}

// TestAlteredWACZ: an archive that is not what its description says is read,
// and what differs is named.
func TestAlteredWACZ(t *testing.T) {
	t.Chdir(t.TempDir())
	inner := archiveOf(t, warc.Options{}, mixed(t)[3])
	for _, c := range []struct {
		name, hash string
		problems   int
	}{
		{"sound.wacz", fmt.Sprintf("%x", sha256.Sum256([]byte(inner))), 0},
		{"altered.wacz", strings.Repeat("0", 64), 1},
	} {
		description := fmt.Sprintf(`{"profile":"data-package","wacz_version":"1.1.1","resources":[{"name":"a.warc.gz","path":"archive/a.warc.gz","hash":"sha256:%s","bytes":%d}]}`, c.hash, len(inner))
		content := zipWith(t, map[string]string{"archive/a.warc.gz": inner, "datapackage.json": description})
		articles, problems := readAll(t, Options{}, write(t, c.name, content))
		if len(articles) != 1 || len(problems) != c.problems {
			t.Errorf("%s: %d articles, problems %v", c.name, len(articles), problems)
		}
		for _, p := range problems {
			if !strings.Contains(p.Error(), "archive/a.warc.gz") {
				t.Errorf("%s: %v does not name the file", c.name, p)
			}
		}
	}
}

func TestArchiveProblems(t *testing.T) {
	t.Chdir(t.TempDir())
	good := mixed(t)[3]
	big := response(site+"/big", "200 OK", "<html>"+strings.Repeat("x", 4000), asHTML)
	bomb := response(site+"/bomb", "200 OK", gzipped(t, "<html>"+strings.Repeat("x", 1<<20)), asHTML, "Content-Encoding: gzip")
	image := response(site+"/image", "200 OK", "\x89PNG\r\n\x1a\n"+strings.Repeat("x", 4000), asHTML)
	opt := Options{Page: page.Limits{Bytes: 3000}}

	content := archiveOf(t, warc.Options{}, big, good, bomb, image, mixed(t)[3])
	articles, problems := readAll(t, opt, write(t, "a.warc.gz", content))
	if len(articles) != 2 || len(problems) != 2 {
		t.Fatalf("%d articles, problems %v", len(articles), problems)
	}
	only(t, problems[:1], whence.ErrTooLarge, "a.warc.gz#"+site+"/big: larger than the limit of 3000 bytes")
	only(t, problems[1:], whence.ErrTooLarge, "/bomb")

	whole := archiveOf(t, warc.Options{}, mixed(t)[3], mixed(t)[4])
	articles, problems = readAll(t, Options{}, write(t, "cut.warc.gz", whole[:len(whole)-200]))
	if len(articles) < 1 || articles[0].URL != site+"/a" {
		t.Errorf("an archive that is cut short gives %v", articles)
	}
	only(t, problems, io.ErrUnexpectedEOF, "cut.warc.gz: the file is cut short")

	_, problems = readAll(t, Options{}, write(t, "cut.wacz", zipWith(t, map[string]string{"archive/a.warc": whole})[:300]))
	only(t, problems, whence.ErrMalformed, "zip")
	_, problems = readAll(t, Options{}, write(t, "a.zip", zipOf(t, "quay.html")))
	only(t, problems, whence.ErrNotRecognised, "zip archive")
	if !strings.Contains(problems[0].Hint, "unpack it") {
		t.Errorf("hint %q", problems[0].Hint)
	}
	plain := archiveOf(t, warc.Options{Plain: true}, mixed(t)[3], mixed(t)[5])
	damaged := strings.Replace(plain, "Pier", "Peer", 1)
	damaged = strings.Replace(damaged, "old quay", "new quay", 1)
	articles, _ = readAll(t, Options{}, write(t, "damaged.warc", damaged))
	if len(articles) != 2 || len(articles[0].Warnings) == 0 || len(articles[1].Warnings) != 0 {
		t.Errorf("a digest that does not fit gives no warning: %+v", articles)
	}
}

// What wears the name of an archive and is none is named, also in a folder.
func TestDamagedArchiveInFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.warc.gz"), "\x1f\x8b\x08garbage that is no gzip")
	write(t, filepath.Join(dir, "b.wacz"), "PK\x03\x04garbage")
	write(t, filepath.Join(dir, "c.warc"), "\x00\x01\x02\x03\x04")
	write(t, filepath.Join(dir, "d.png"), "\x89PNG\r\n\x1a\n")
	if _, problems := readAll(t, Options{}, dir); len(problems) != 3 {
		t.Errorf("%v", problems)
	}
}
