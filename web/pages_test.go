package web

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/html"

	"whence"
	"whence/ledger"
	"whence/page"
	"whence/reading"
	"whence/sample"
	"whence/store/sqlite"
)

// newLedger is a ledger with some articles.
func newLedger(t testing.TB, dir string, articles ...*whence.Article) *ledger.Ledger {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(dir, "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	l := ledger.New(s, "test", reading.Read)
	if _, err := l.AddArticles(t.Context(), slices.Values(articles)); err != nil {
		t.Fatal(err)
	}
	if err := l.Build(t.Context()); err != nil {
		t.Fatal(err)
	}
	return l
}

var theSample struct {
	once   sync.Once
	dir    string
	ledger *ledger.Ledger
}

// sampleArticles are the sample's pages.
func sampleArticles(t testing.TB) (articles []*whence.Article) {
	t.Helper()
	for _, p := range sample.Articles() {
		a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, a)
	}
	return articles
}

// sampleLedger is the sample's ledger, made once: tests only look at it.
func sampleLedger(t testing.TB) *ledger.Ledger {
	t.Helper()
	theSample.once.Do(func() {
		dir, err := os.MkdirTemp("", "whence-web-*")
		if err != nil {
			t.Fatal(err)
		}
		theSample.dir, theSample.ledger = dir, newLedger(t, dir, sampleArticles(t)...)
	})
	if theSample.ledger == nil {
		t.Fatal("the sample's ledger could not be made")
	}
	return theSample.ledger
}

func TestMain(m *testing.M) {
	code := m.Run()
	if theSample.ledger != nil {
		_ = theSample.ledger.Close()
		_ = os.RemoveAll(theSample.dir)
	}
	os.Exit(code)
}

// samplePages are the addresses of every page of the sample.
func samplePages(t testing.TB, l *ledger.Ledger) []string {
	t.Helper()
	stories, err := l.Stories(t.Context(), 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	list := []string{"/", "/?single=1", "/search", "/search?q=ferry", "/search?q=the&facets=more", "/search?q=ferry+status:planned+source:Varn", "/search?q=nothinglikethis",
		"/source?name=Ilse+Varn", "/source?name=Daily+Gull", "/source?name=three+officials"}
	for _, b := range stories {
		s, err := l.Story(t.Context(), b.ID)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, storyAt(s.ID), storyAt(s.ID)+"?all=claims", storyAt(s.ID)+"?all=figures")
		for i, c := range s.Claims {
			if i%20 == 0 {
				list = append(list, claimAt(c.ID))
			}
		}
		for _, m := range s.Articles {
			list = append(list, articleAt(m.Article), articleAt(m.Article)+"/versions", articleAt(m.Article)+"?show=plain")
			if m.Of != "" {
				list = append(list, besideAt(m.Article, m.Of))
			}
		}
	}
	return list
}

func get(t testing.TB, h http.Handler, method, address string) *httptest.ResponseRecorder {
	t.Helper()
	rec := httptest.NewRecorder()
	r := httptest.NewRequest(method, "http://127.0.0.1/", nil)
	u, err := url.ParseRequestURI(address)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	r.URL, r.RequestURI = u, address
	h.ServeHTTP(rec, r)
	return rec
}

// TestEveryPage opens every page of the sample, and every address that leads from
// one to another: none is missing, every place in a page that is linked exists, and
// nothing is loaded from elsewhere.
func TestEveryPage(t *testing.T) {
	l := sampleLedger(t)
	h := New(l, Options{})
	seen := map[string]bool{}
	for _, address := range samplePages(t, l) {
		rec := get(t, h, http.MethodGet, address)
		if rec.Code != http.StatusOK {
			t.Errorf("%s: %d %s", address, rec.Code, rec.Body)
			continue
		}
		if rec.Header().Get("Content-Security-Policy") != Policy {
			t.Errorf("%s has no policy", address)
		}
		for _, link := range check(t, address, rec.Body.Bytes()) {
			seen[link] = true
		}
	}
	followed := 0
	for _, link := range sorted(seen) {
		path, fragment, _ := strings.Cut(link, "#")
		if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "/api/") || followed > 400 {
			continue
		}
		followed++
		rec := get(t, h, http.MethodGet, path)
		if rec.Code != http.StatusOK {
			t.Errorf("a page leads to %s: %d", link, rec.Code)
		}
		if fragment != "" && !strings.Contains(rec.Body.String(), ` id="`+fragment+`"`) {
			t.Errorf("a page leads to %s, where no such place is", link)
		}
	}
	if followed < 100 {
		t.Errorf("only %d links were followed", followed)
	}
}

func sorted(set map[string]bool) []string {
	list := make([]string, 0, len(set))
	for s := range set {
		list = append(list, s)
	}
	slices.Sort(list)
	return list
}

var inside = regexp.MustCompile(`^#(.+)$`)

// check holds a page to what every page must be, and gives the addresses that it
// leads to.
func check(t testing.TB, address string, data []byte) (links []string) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]int{}
	var targets []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			switch {
			case a.Key == "id":
				ids[a.Val]++
			case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
				t.Errorf("%s: <%s %s=%q>", address, n.Data, a.Key, a.Val)
			case a.Key == "src" || n.Data == "link" && a.Key == "href":
				if !strings.HasPrefix(a.Val, "/static/") && !strings.HasPrefix(a.Val, "/search.atom") {
					t.Errorf("%s loads %q", address, a.Val)
				}
			case a.Key == "href" && n.Data == "a":
				if m := inside.FindStringSubmatch(a.Val); m != nil {
					targets = append(targets, m[1])
				} else if strings.HasPrefix(a.Val, "/") {
					links = append(links, a.Val)
				} else if !strings.HasPrefix(a.Val, "http://") && !strings.HasPrefix(a.Val, "https://") {
					t.Errorf("%s leads to %q", address, a.Val)
				} else if !strings.Contains(attribute(n, "rel"), "nofollow") || !strings.Contains(attribute(n, "rel"), "noopener") {
					t.Errorf("%s leads out to %q without rel", address, a.Val)
				}
			}
		}
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%s has %d places called %q", address, n, id)
		}
	}
	for _, to := range targets {
		if ids[to] == 0 {
			t.Errorf("%s leads to #%s, which it has not", address, to)
		}
	}
	return links
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// TestRefusals holds that what is no address is refused in words.
func TestRefusals(t *testing.T) {
	h := New(sampleLedger(t), Options{})
	for _, c := range []struct {
		method, address string
		status          int
		says            string
	}{
		{"GET", "/nothing", 404, "no page at this address"},
		{"GET", "/story/", 404, "no page"},
		{"GET", "/story/zzz", 400, "no id of a story"},
		{"GET", "/story/s00000000", 404, "has this id"},
		{"GET", "/article/xyz", 400, "no id of an article"},
		{"GET", "/article/00000000", 404, "has this id"},
		{"GET", "/article/%3Cscript%3E", 400, "no id of an article"},
		{"GET", "/claim/1", 400, "no id of a claim"},
		{"GET", "/claim/c0000000000", 404, "has this id"},
		{"GET", "/article/30a29829?at=1-", 400, "is no passage"},
		{"GET", "/article/30a29829?at=9-3", 400, "is no passage"},
		{"GET", "/article/30a29829?at=1-99999999", 404, "ends before"},
		{"GET", "/article/30a29829?hide=%3Cb%3E", 400, "shown or hidden"},
		{"GET", "/article/30a29829/with/30a29829", 400, "twice"},
		{"GET", "/search?q=status:nonsense", 400, "cannot be read"},
		{"GET", "/search?q=ferry&before=x", 400, "no place in the list"},
		{"GET", "/search.atom", 400, "nothing to search for"},
		{"GET", "/source", 400, "names no source"},
		{"GET", "/source?name=" + strings.Repeat("x", 300), 400, "names no source"},
		{"GET", "/search?q=" + strings.Repeat("x", 5000), 400, "cannot be read"},
		{"GET", "/article/..%2f..%2fetc/passwd", 400, "cannot be read"},
		{"GET", "/static/../web.go", 400, "cannot be read"},
		{"GET", "/static/%5c..%5cweb.go", 400, "cannot be read"},
		{"GET", "/story/a%00b", 400, "cannot be read"},
		{"POST", "/", 405, "only be read"},
		{"DELETE", "/article/30a29829", 405, "only be read"},
		{"PUT", "/search?q=x", 405, "only be read"},
	} {
		rec := get(t, h, c.method, c.address)
		if rec.Code != c.status || !strings.Contains(rec.Body.String(), c.says) {
			t.Errorf("%s %.60s: %d, want %d and %q: %.300s", c.method, c.address, rec.Code, c.status, c.says, after(rec.Body.String(), "<main"))
		}
		if rec.Code == http.StatusMethodNotAllowed && rec.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s %s does not say what is allowed", c.method, c.address)
		}
	}
}

func after(s, what string) string {
	if i := strings.Index(s, what); i >= 0 {
		return s[i:]
	}
	return s
}

// hostile is what strangers put into every field: markup, scripts, addresses that
// run, ends of attributes and elements, changes of direction, controls.
var hostile = []string{
	`<script>alert(1)</script>`,
	`"><img src=x onerror=alert(1)>`,
	`'><svg/onload=alert(1)>`,
	`</title><script>alert(1)</script>`,
	`</textarea></style></script><iframe src=javascript:alert(1)>`,
	`<a href="javascript:alert(1)">x</a>`,
	`<style>@import url(http://evil.example/x.css)</style>`,
	`<base href=http://evil.example/>`,
	`<meta http-equiv=refresh content="0;url=http://evil.example/">`,
	`{{.Token}} {{template "main"}}`,
	"`${alert(1)}`",
	`<!--<script>-->`,
	`&lt;script&gt;&#x3c;script&#x3e;`,
	"\u202egnp.exe\u202c \u2066isolate\u2069 \u2067rtl\u2069",
	"\x00\x01\x1b[31mred\x7f\u0085\u2028",
	`<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`,
	`" autofocus onfocus=alert(1) x="`,
	`]]><script>alert(1)</script>`,
	`<form action=http://evil.example><input name=password>`,
	`../../../../etc/passwd`,
	"\u05d0\u05d1\u05d2 (abc) \u0645\u0631\u062d\u0628\u0627",
}

var hostileLinks = []string{
	"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "file:///etc/passwd",
	"//evil.example/x", "https://evil.example/\u202egpj", `https://evil.example/"onmouseover="alert(1)`, "http://ok.example/a?b=c&d=e", "blob:https://evil.example/x", "mailto:a@b.example",
}

// hostileArticle is an article whose every field is one hostile string.
func hostileArticle(n int, s string) *whence.Article {
	date, _ := whence.ParseDate(fmt.Sprintf("2027-03-%02dT10:00:00Z", n%27+1))
	said := `"We reject any form of ` + s + ` intervention in this harbour," said Minister Ana ` + s + ` Corvo on Tuesday.`
	lines := []string{"Title " + s, "By " + s, said, "At least " + fmt.Sprint(n+10) + " people were killed in Karvik, " + s + " officials said.", "Read more " + s}
	a := &whence.Article{Path: s + ".html", URL: "https://" + s, Canonical: hostileLinks[n%len(hostileLinks)], Outlet: "Outlet " + s, Title: "Title " + s, Byline: []string{s}, Credits: []string{s}, Published: date, Language: "en"}
	at := 0
	for i, line := range lines {
		role := []whence.Role{whence.RoleTitle, whence.RoleByline, whence.RoleParagraph, whence.RoleParagraph, whence.RoleRelated}[i]
		length := len([]rune(line))
		b := whence.Block{Role: role, Span: whence.Span{Start: at, End: at + length}}
		b.Links = append(b.Links, whence.Link{Span: whence.Span{Start: at, End: at + min(4, length)}, Href: hostileLinks[(n+i)%len(hostileLinks)]})
		a.Blocks = append(a.Blocks, b)
		a.Text += line + "\n"
		at += length + 1
	}
	a.Identify()
	return a
}

// TestInjections holds that nothing from an article gets through as anything but
// words.
func TestInjections(t *testing.T) {
	var articles []*whence.Article
	for i, s := range hostile {
		articles = append(articles, hostileArticle(2*i, s), hostileArticle(2*i+1, s))
	}
	l := newLedger(t, t.TempDir(), articles...)
	defer func() { _ = l.Close() }()
	h := New(l, Options{})
	addresses := samplePages(t, l)
	for _, s := range hostile {
		q := strings.NewReplacer("%", "%25", "&", "%26", "#", "%23", "+", "%2b", " ", "+", "\x00", "%00", "\x01", "%01", "\x1b", "%1b", "\x7f", "%7f", "\"", "%22").Replace(s)
		addresses = append(addresses, "/search?q="+q, "/source?name="+q, "/search.atom?q="+q, "/story/s1?all="+q, "/article/1234?hide="+q, "/article/1234?at="+q)
	}
	opened := 0
	for _, address := range addresses {
		rec := get(t, h, http.MethodGet, address)
		if rec.Code >= 500 {
			t.Errorf("%s: %d", address, rec.Code)
		}
		if rec.Code == http.StatusOK {
			opened++
		}
		if strings.Contains(rec.Header().Get("Content-Type"), "html") {
			harmless(t, address, rec.Body.Bytes())
		}
	}
	if opened < 100 {
		t.Errorf("only %d pages opened", opened)
	}
	stories, err := l.Stories(t.Context(), 1, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range stories {
		var b bytes.Buffer
		if err := Report(t.Context(), &b, l, s.ID); err != nil {
			t.Fatal(err)
		}
		harmless(t, "report of "+s.ID, b.Bytes())
	}
}

// ours are the elements that pages have.
var ours = strings.Fields(`html head meta title link body a header nav form input button main section article footer h1 h2 h3 h4 p div span strong em i br ul ol li dl dt dd
	table thead tbody tr th td caption figure blockquote time code mark bdi del ins svg g path rect circle text tspan defs pattern details summary label`)

// harmless holds that a page has no element, attribute or character that could act
// but those that whence writes.
func harmless(t *testing.T, address string, data []byte) {
	t.Helper()
	if i := bytes.IndexFunc(data, acts); i >= 0 {
		t.Errorf("%s holds a character that acts: %q", address, data[max(0, i-30):min(len(data), i+10)])
	}
	doc, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch {
		case n.Data == "script" && strings.HasPrefix(attribute(n, "src"), "/static/") && n.FirstChild == nil:
		case n.Data == "style" && strings.HasPrefix(address, "report"):
		case n.Data == "meta" && strings.HasPrefix(attribute(n, "content"), "default-src 'none'"):
		case n.Data == "meta" && attribute(n, "http-equiv") != "":
			t.Errorf("%s: <meta http-equiv=%q>", address, attribute(n, "http-equiv"))
		case !slices.Contains(ours, n.Data) && (n.Data != "title" || n.Namespace != "svg"):
			t.Errorf("%s has an element <%s>", address, n.Data)
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "autofocus" || a.Key == "srcdoc" || a.Key == "formaction" {
				t.Errorf("%s: <%s %s=%q>", address, n.Data, a.Key, a.Val)
			}
			if a.Key == "href" || a.Key == "src" || a.Key == "action" {
				if v := a.Val; v != "" && v[0] != '/' && v[0] != '#' && !strings.HasPrefix(v, "https://") && !strings.HasPrefix(v, "http://") || strings.HasPrefix(a.Val, "//") {
					t.Errorf("%s leads to %q", address, a.Val)
				}
			}
		}
	}
}

// TestFacetsOverMore holds that the facets of a search of several pages can be counted
// over all of them, and say so.
func TestFacetsOverMore(t *testing.T) {
	h := New(sampleLedger(t), Options{})
	page := get(t, h, http.MethodGet, "/search?q=the").Body.String()
	if !strings.Contains(page, "counted over this page") || !strings.Contains(page, `href="/search?q=the&amp;facets=more"`) {
		t.Fatalf("a search of several pages does not offer to count over more: %s", page)
	}
	wide := get(t, h, http.MethodGet, "/search?q=the&facets=more").Body.String()
	over := regexp.MustCompile(`counted over the latest (\d+)`).FindStringSubmatch(wide)
	if over == nil {
		t.Fatal("it does not say over how many its facets were counted")
	}
	if n, _ := strconv.Atoi(over[1]); n <= mostHits {
		t.Errorf("facets were counted over %d articles, of which one page shows %d", n, mostHits)
	}
	if few := get(t, h, http.MethodGet, "/search?q=seaworthy").Body.String(); strings.Contains(few, "facets=more") {
		t.Error("a search of one page offers to count over more")
	}
}

// TestSourceAt holds that the link of any name leads to a page that takes it.
func TestSourceAt(t *testing.T) {
	for name, want := range map[string]string{
		"Ilse Varn":                    "Ilse Varn",
		strings.Repeat("harbour ", 60): strings.TrimSpace(strings.Repeat("harbour ", 24)),
		strings.Repeat("ö", 300):       strings.Repeat("ö", mostName-1),
	} {
		u, err := url.Parse(sourceAt(name))
		if err != nil {
			t.Fatal(err)
		}
		if got := u.Query().Get("name"); got != want {
			t.Errorf("%.20s… leads to %q, want %q", name, got, want)
		}
	}
}

// TestAtom holds that a saved search is a feed: well formed, of the right names,
// with what it must have.
func TestAtom(t *testing.T) {
	rec := get(t, New(sampleLedger(t), Options{}), http.MethodGet, "/search.atom?q=tug")
	var feed struct {
		XMLName xml.Name
		ID      string `xml:"id"`
		Updated string `xml:"updated"`
		Entries []struct {
			ID      string `xml:"id"`
			Title   string `xml:"title"`
			Updated string `xml:"updated"`
			Link    struct {
				Href string `xml:"href,attr"`
			} `xml:"link"`
		} `xml:"entry"`
	}
	if err := xml.Unmarshal(rec.Body.Bytes(), &feed); err != nil {
		t.Fatal(err)
	}
	if feed.XMLName.Space != "http://www.w3.org/2005/Atom" || feed.ID == "" || len(feed.Entries) < 3 {
		t.Errorf("the feed is %+v", feed)
	}
	for _, e := range feed.Entries {
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || e.ID == "" || e.Title == "" || !strings.HasPrefix(e.Link.Href, "http://") {
			t.Errorf("an entry is %+v: %v", e, err)
		}
	}
}
