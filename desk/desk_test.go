package desk

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"whence/access"
	"whence/ledger"
	"whence/reading"
	"whence/sample"
	"whence/store"
	"whence/store/sqlite"
)

// at is a desk over an empty ledger, for somebody.
func at(t *testing.T, opt Options) (func(who access.User, method, target, kind string, body []byte) *httptest.ResponseRecorder, *ledger.Ledger) {
	t.Helper()
	t.Setenv("TMPDIR", t.TempDir())
	s, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(s, "1", reading.Read)
	t.Cleanup(func() { l.Close() })
	h, err := New(l, opt)
	if err != nil {
		t.Fatal(err)
	}
	return func(who access.User, method, target, kind string, body []byte) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, target, bytes.NewReader(body))
		if kind != "" {
			r.Header.Set("Content-Type", kind)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r.WithContext(access.With(r.Context(), who)))
		return w
	}, l
}

var (
	signe = access.User{Name: "signe", Role: access.Editor}
	imre  = access.User{Name: "imre", Role: access.Reader}
)

// sheet is a form of fields and files, by "name=value" and "name@filename=data".
func sheet(t *testing.T, parts ...string) (string, []byte) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, p := range parts {
		name, value, _ := strings.Cut(p, "=")
		field, file, isFile := strings.Cut(name, "@")
		w, err := m.CreateFormField(field)
		if isFile {
			w, err = m.CreateFormFile(field, file)
		}
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(w, value)
	}
	m.Close()
	return m.FormDataContentType(), b.Bytes()
}

// samplePage is a page of the sample.
func samplePage(t *testing.T, name string) string {
	t.Helper()
	for _, p := range sample.Articles() {
		if p.Name == name {
			return string(p.HTML)
		}
	}
	t.Fatalf("the sample has no %s", name)
	return ""
}

func TestAdd(t *testing.T) {
	ask, l := at(t, Options{})
	kind, body := sheet(t,
		"file@../../harbour\u202e<b>.html="+samplePage(t, "harbourpost-exclusive.html"),
		"file@picture.html=\x89PNG\r\n\x1a\n",
		"text=Signe Tallow said on Tuesday that the ferry would sail.\r\n\r\nIt did not.",
		"outlet=Quay Bulletin", "title=The ferry", "published=2027-03-02",
	)
	w := ask(signe, "POST", "/add", kind, body)
	if w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body)
	}
	page := waited(t, ask, w.Header().Get("Location"))
	for _, want := range []string{
		"<strong>2</strong> added", "1 not read", "Government weighs emptying Ternsay", "The ferry", "Quay Bulletin", "2027-03-02", "picture.html",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	var paths []string
	for r, err := range l.Readings(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, r.Path)
	}
	if slices.Sort(paths); len(paths) != 2 || !strings.HasSuffix(paths[0], "b>.html") || strings.Contains(paths[0], os.TempDir()) || paths[1] != "pasted" {
		t.Errorf("paths %q", paths)
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("%v; left behind: %v", err, left)
	}
	w = ask(signe, "POST", "/add", kind, body)
	if page := waited(t, ask, w.Header().Get("Location")); !strings.Contains(page, "2 there already") {
		t.Errorf("added twice:\n%s", page)
	}
}

// waited is the page of a job once it is done.
func waited(t *testing.T, ask func(access.User, string, string, string, []byte) *httptest.ResponseRecorder, path string) string {
	t.Helper()
	for range 600 {
		w := ask(signe, "GET", path, "", nil)
		if w.Code != http.StatusOK {
			t.Fatal(w.Code, w.Body)
		}
		if w.Header().Get("Refresh") == "" {
			return w.Body.String()
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("it does not end")
	return ""
}

func TestAddRefused(t *testing.T) {
	ask, l := at(t, Options{UploadBytes: 1 << 20})
	secret := filepath.Join(t.TempDir(), "secret.txt")
	if err := os.WriteFile(secret, []byte("Signe Tallow said so."), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		who    access.User
		parts  []string
		kind   string
		status int
		says   string
	}{
		{"a reader", imre, []string{"text=x"}, "", 403, "Only editors"},
		{"nobody", access.User{}, []string{"text=x"}, "", 403, "Only editors"},
		{"nothing", signe, []string{"text= \n", "addresses="}, "", 400, "nothing to add"},
		{"a file's path for an address", signe, []string{"addresses=" + secret}, "", 400, "is no web address"},
		{"another scheme", signe, []string{"addresses=file://" + secret}, "", 400, "is no web address"},
		{"standard input", signe, []string{"addresses=-"}, "", 400, "is no web address"},
		{"too much", signe, []string{"file@a.txt=" + strings.Repeat("x", 2<<20)}, "", 413, "more than can be sent"},
		{"no date", signe, []string{"text=x", "published=yesterday"}, "", 400, "is none"},
		{"no text", signe, []string{"text=\xff\xfe"}, "", 413, "no text"},
		{"very many addresses", signe, []string{"addresses=" + strings.Repeat("http://a.example/\n", 300)}, "", 400, "too many addresses"},
		{"another form", signe, []string{"text=x"}, "text/plain", 415, "cannot be read"},
		{"another form's boundary", signe, []string{"text=x"}, "multipart/form-data; boundary=nowhere", 400, "nothing to add"},
	} {
		t.Run(c.name, func(t *testing.T) {
			kind, body := sheet(t, c.parts...)
			if c.kind != "" {
				kind = c.kind
			}
			w := ask(c.who, "POST", "/add", kind, body)
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
				t.Errorf("%d, wanted %d %s:\n%s", w.Code, c.status, c.says, w.Body)
			}
		})
	}
	kind, body := sheet(t, "file@a.txt=Signe Tallow said so.")
	if w := ask(signe, "POST", "/add", kind, body[:len(body)-60]); w.Code != 400 || !strings.Contains(w.Body.String(), "broke off") {
		t.Errorf("a form cut short: %d %s", w.Code, w.Body)
	}
	for r := range l.Readings(context.Background()) {
		t.Errorf("%s was added", r.Path)
	}
	if w := ask(signe, "DELETE", "/add", "", nil); w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") == "" {
		t.Errorf("another method: %d", w.Code)
	}
	if w := ask(signe, "GET", "/add/AAAA", "", nil); w.Code != http.StatusNotFound {
		t.Errorf("no such job: %d", w.Code)
	}
}

// TestPrivateAddresses: whoever may add may not look into the network that the
// server stands in.
func TestPrivateAddresses(t *testing.T) {
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("a private address was fetched") }))
	defer inside.Close()
	ask, _ := at(t, Options{})
	kind, body := sheet(t, "addresses="+inside.URL)
	w := ask(signe, "POST", "/add", kind, body)
	if page := waited(t, ask, w.Header().Get("Location")); !strings.Contains(page, "1 not read") {
		t.Errorf("the page:\n%s", page)
	}
}

var hrefs = regexp.MustCompile(`href="(/review/[^"]+)"`)

func TestReview(t *testing.T) {
	ask, l := at(t, Options{})
	kind, body := sheet(t, "file@a.html="+samplePage(t, "harbourpost-exclusive.html"))
	waited(t, ask, ask(signe, "POST", "/add", kind, body).Header().Get("Location"))

	queue := ask(signe, "GET", "/review", "", nil).Body.String()
	found := hrefs.FindAllStringSubmatch(queue, -1)
	if len(found) < 5 {
		t.Fatalf("%d findings are queued:\n%s", len(found), queue)
	}
	first := found[0][1]
	page := ask(signe, "GET", first, "", nil)
	for _, want := range []string{`id="accept"`, `id="next"`, "score 0.", "is-cue", "begin a word earlier"} {
		if page.Code != 200 || !strings.Contains(page.Body.String(), want) {
			t.Errorf("%d: the page lacks %q", page.Code, want)
		}
	}
	send := func(path string, values url.Values) *httptest.ResponseRecorder {
		return ask(signe, "POST", path, "application/x-www-form-urlencoded", []byte(values.Encode()))
	}
	w := send(first, url.Values{"verdict": {"accepted"}})
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), "/review/") || w.Header().Get("Location") == first {
		t.Fatalf("%d to %s", w.Code, w.Header().Get("Location"))
	}
	if again := ask(signe, "GET", "/review", "", nil).Body.String(); strings.Contains(again, first+`"`) {
		t.Error("what was judged is still queued")
	}
	if page := ask(signe, "GET", first, "", nil).Body.String(); !strings.Contains(page, "accepted by <bdi>signe</bdi>") || !strings.Contains(page, `id="undo"`) {
		t.Errorf("the verdict is not shown:\n%s", page)
	}
	if w := send(first, url.Values{"verdict": {"withdrawn"}}); w.Header().Get("Location") != first {
		t.Errorf("undoing leads to %s", w.Header().Get("Location"))
	}
	if page := ask(signe, "GET", first, "", nil).Body.String(); strings.Contains(page, `id="undo"`) {
		t.Error("what was withdrawn can be undone again")
	}

	// A link moves an end by a word; the form then keeps it.
	page = ask(signe, "GET", first, "", nil)
	moved := regexp.MustCompile(`href="([^"]+)#correct" aria-label="content: end a word later"`).FindStringSubmatch(page.Body.String())
	if moved == nil {
		t.Fatalf("no link moves the content's end:\n%s", page.Body)
	}
	there := strings.ReplaceAll(moved[1], "&amp;", "&")
	span := regexp.MustCompile(`content=(\d+-\d+)`).FindStringSubmatch(there)[1]
	if page := ask(signe, "GET", there, "", nil).Body.String(); !strings.Contains(page, `name="content" value="`+span+`"`) {
		t.Errorf("the form does not show %s:\n%s", span, page)
	}
	if w := send(first, url.Values{"verdict": {"corrected"}, "content": {span}, "note": {"it goes on <i>here</i>"}}); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, w.Body)
	}
	if page := ask(signe, "GET", first, "", nil).Body.String(); !strings.Contains(page, "corrected by") || !strings.Contains(page, "it goes on &lt;i&gt;here&lt;/i&gt;") {
		t.Errorf("the correction is not shown:\n%s", page)
	}
	parts := strings.Split(first, "/")
	list, _, err := l.Findings(context.Background(), parts[2])
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(f ledger.Finding) bool { return f.Kind == store.AttributionFinding && f.ID == parts[4] })
	last := list[i].Reviews[len(list[i].Reviews)-1]
	if last.By != "signe" || last.Correct == nil || len(last.Correct.Content) != 1 || last.Correct.Cue != nil || fmt.Sprintf("%d-%d", last.Correct.Content[0].Start, last.Correct.Content[0].End) != span {
		t.Errorf("kept: %+v", last)
	}

	for _, c := range []struct {
		who    access.User
		path   string
		form   url.Values
		status int
		says   string
	}{
		{imre, first, url.Values{"verdict": {"accepted"}}, 403, "Only editors"},
		{signe, first, url.Values{"verdict": {"certain"}}, 422, "is no verdict"},
		{signe, first, url.Values{"verdict": {"corrected"}}, 422, "nothing is corrected"},
		{signe, first, url.Values{"verdict": {"corrected"}, "content": {"9-999999"}}, 422, "is no span"},
		{signe, first, url.Values{"verdict": {"corrected"}, "content": {"<script>"}}, 422, "are no ends"},
		{signe, strings.Replace(first, "/attribution/", "/figure/", 1) + "9", url.Values{"verdict": {"accepted"}}, 404, "no such finding"},
		{signe, "/review/" + strings.Repeat("0", 64) + "/figure/f1", url.Values{"verdict": {"accepted"}}, 404, "Nothing in this ledger"},
		{signe, "/review/zz/figure/f1", url.Values{"verdict": {"accepted"}}, 404, "Nothing in this ledger"},
	} {
		w := ask(c.who, "POST", c.path, "application/x-www-form-urlencoded", []byte(c.form.Encode()))
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s %v: %d, wanted %d %s:\n%s", c.path, c.form, w.Code, c.status, c.says, w.Body)
		}
	}
}

func TestLog(t *testing.T) {
	audit, err := access.OpenAudit(filepath.Join(t.TempDir(), "audit.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer audit.Close()
	ask, _ := at(t, Options{Audit: audit})
	if err := audit.Add(access.Entry{At: time.Now(), Who: "<script>alert(1)</script>", Did: "login", Status: 401}); err != nil {
		t.Fatal(err)
	}
	if page := ask(signe, "GET", "/log", "", nil).Body.String(); !strings.Contains(page, "&lt;script&gt;") || strings.Contains(page, "<script>alert") {
		t.Errorf("the log:\n%s", page)
	}
	if w := ask(imre, "GET", "/log", "", nil); w.Code != 403 {
		t.Errorf("a reader sees the log: %d", w.Code)
	}
}

// TestEnds: the ends that a link moves go by words, and stay in the text.
func TestEnds(t *testing.T) {
	text := []rune("  one two  three ")
	for _, c := range []struct {
		name     string
		move     func([]rune, int) int
		at, want int
	}{
		{"before two", wordBefore, 6, 2}, {"before one", wordBefore, 2, 0}, {"before all", wordBefore, 0, 0},
		{"after one", wordAfter, 2, 6}, {"after three", wordAfter, 11, 17},
		{"end before two", endBefore, 9, 5}, {"end before one", endBefore, 5, 0},
		{"end after one", endAfter, 5, 9}, {"end after three", endAfter, 16, 16},
	} {
		if got := c.move(text, c.at); got != c.want {
			t.Errorf("%s: %d, wanted %d", c.name, got, c.want)
		}
	}
}
