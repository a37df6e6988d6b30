package access

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// quick makes hashes cheap: what they cost is not what these tests are about.
func quick(t *testing.T) {
	was := cost
	cost.Memory, cost.Iterations, cost.Parallelism = 64, 1, 1
	t.Cleanup(func() { cost = was })
}

func users(t *testing.T) *Passwords {
	t.Helper()
	quick(t)
	var lines []string
	for _, u := range []struct {
		name string
		role Role
	}{{"signe", Editor}, {"imre", Reader}} {
		line, err := Line(u.name, u.role, "correct horse "+u.name)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	p, err := ReadPasswords(strings.NewReader("# who may\n\n" + strings.Join(lines, "\r\n")))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// behind is a guard before a handler that says who asks.
func behind(t *testing.T, opt Options) (http.Handler, *Guard) {
	t.Helper()
	opt.Page = func(w http.ResponseWriter, _ *http.Request, status int, next, again string) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, "form next="+next+" again="+again)
	}
	g, err := New(opt)
	if err != nil {
		t.Fatal(err)
	}
	return g.Wrap(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		u := From(r.Context())
		_, _ = io.WriteString(w, u.Name+" "+u.Role.String())
	})), g
}

// ask is one request: headers as "Name: value".
func ask(h http.Handler, method, target, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = "localhost:8080"
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		if name == "Host" {
			r.Host = value
			continue
		}
		if name == "From" {
			r.RemoteAddr = value + ":1234"
			continue
		}
		r.Header.Add(name, value)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

const (
	form    = "Content-Type: application/x-www-form-urlencoded"
	browser = "Accept: text/html,*/*"
)

func TestGuard(t *testing.T) {
	token := "0123456789abcdef0123"
	open, _ := behind(t, Options{})
	readOnly, _ := behind(t, Options{ReadOnly: true})
	closed, _ := behind(t, Options{Passwords: users(t), Token: token})
	for _, c := range []struct {
		name    string
		h       http.Handler
		method  string
		target  string
		headers []string
		status  int
		body    string
	}{
		{"at this machine everybody is an editor", open, "GET", "/story/1", nil, 200, "local editor"},
		{"and may change", open, "POST", "/add", nil, 200, "local editor"},
		{"by the number of an address", open, "GET", "/", []string{"Host: 127.0.0.1:80"}, 200, "local"},
		{"by the number of an IPv6 address", open, "GET", "/", []string{"Host: [::1]:80"}, 200, "local"},
		{"a name that somebody made to point here", open, "GET", "/", []string{"Host: evil.example"}, 421, "localhost"},
		{"a page of another site", open, "POST", "/add", []string{"Sec-Fetch-Site: cross-site"}, 403, "another site"},
		{"an origin of another site", open, "POST", "/add", []string{"Origin: http://evil.example"}, 403, "another site"},
		{"a page of this site", open, "POST", "/add", []string{"Origin: http://localhost:8080", "Sec-Fetch-Site: same-origin"}, 200, "local"},
		{"reading for another site changes nothing", open, "GET", "/", []string{"Sec-Fetch-Site: cross-site"}, 200, "local"},
		{"read-only", readOnly, "GET", "/", nil, 200, "local reader"},
		{"read-only refuses changes", readOnly, "DELETE", "/x", nil, 403, "only editors"},
		{"a person is asked to log in", closed, "GET", "/story/1?a=b", []string{browser}, 303, ""},
		{"a program is told", closed, "GET", "/api/v1/stories", []string{browser}, 401, `"status":401`},
		{"a change is not redirected", closed, "POST", "/add", []string{browser}, 401, "log in"},
		{"the token", closed, "POST", "/add", []string{"Authorization: Bearer " + token}, 200, "token editor"},
		{"a wrong token", closed, "GET", "/api/v1", []string{"Authorization: Bearer " + token + "x"}, 401, "token"},
		{"no token", closed, "GET", "/api/v1", []string{"Authorization: Bearer "}, 401, ""},
		{"a header that claims to be local", closed, "GET", "/api/v1", []string{"X-Forwarded-For: 127.0.0.1"}, 401, ""},
		{"a session that never was", closed, "GET", "/api/v1", []string{"Cookie: whence=AAAA"}, 401, ""},
		{"other names are served where people log in", closed, "GET", "/login", []string{"Host: whence.example"}, 200, "form"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := ask(c.h, c.method, c.target, "", c.headers...)
			if w.Code != c.status || !strings.Contains(w.Body.String(), c.body) {
				t.Errorf("%d %s, wanted %d %s", w.Code, w.Body, c.status, c.body)
			}
		})
	}
	w := ask(closed, "GET", "/story/1?a=b", "", browser)
	if got := w.Header().Get("Location"); got != "/login?next=%2Fstory%2F1%3Fa%3Db" {
		t.Errorf("sent to %s", got)
	}
}

func loginForm(name, password, next string) string {
	return url.Values{"name": {name}, "password": {password}, "next": {next}}.Encode()
}

func TestLogin(t *testing.T) {
	path := filepath.Join(t.TempDir(), "audit.jsonl")
	audit, err := OpenAudit(path)
	if err != nil {
		t.Fatal(err)
	}
	defer audit.Close()
	h, g := behind(t, Options{Passwords: users(t), Audit: audit})
	now := time.Now()
	g.now = func() time.Time { return now }

	w := ask(h, "POST", "/login", loginForm("signe", "correct horse signe", "/story/1"), form)
	if w.Code != 303 || w.Header().Get("Location") != "/story/1" {
		t.Fatalf("%d to %s: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	c := w.Result().Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Value == "" {
		t.Errorf("cookie %v", c)
	}
	session := "Cookie: " + c.Name + "=" + c.Value
	if w := ask(h, "POST", "/add", "", session); w.Body.String() != "signe editor" {
		t.Errorf("with a session: %d %s", w.Code, w.Body)
	}
	if w := ask(h, "POST", "/logout", "", session); w.Code != 303 {
		t.Errorf("logging out: %d", w.Code)
	}
	if w := ask(h, "GET", "/", "", session); w.Code != 401 {
		t.Errorf("after logging out: %d", w.Code)
	}

	w = ask(h, "POST", "/login", loginForm("imre", "correct horse imre", "//evil.example"), form)
	if got := w.Header().Get("Location"); w.Code != 303 || got != "/" {
		t.Errorf("a path elsewhere: %d to %s", w.Code, got)
	}
	session = "Cookie: whence=" + w.Result().Cookies()[0].Value
	if w := ask(h, "GET", "/", "", session); w.Body.String() != "imre reader" {
		t.Errorf("a reader: %s", w.Body)
	}
	if w := ask(h, "POST", "/add", "", session); w.Code != 403 {
		t.Errorf("a reader changes something: %d", w.Code)
	}
	now = now.Add(idle + time.Minute)
	if w := ask(h, "GET", "/", "", session); w.Code != 401 {
		t.Errorf("a session that was idle: %d", w.Code)
	}
	for _, wrong := range [][2]string{{"imre", "wrong horse"}, {"nobody", "correct horse imre"}, {"", "x"}, {"imre", strings.Repeat("x", 5000)}, {strings.Repeat("x", 5000), ""}} {
		w := ask(h, "POST", "/login", loginForm(wrong[0], wrong[1], ""), form, "From: 192.0.2."+string('1'+rune(len(wrong[0])%9)))
		if w.Code != 401 || !strings.Contains(w.Body.String(), ErrRefused.Error()) {
			t.Errorf("%.20s: %d %s", wrong[0], w.Code, w.Body)
		}
	}
	entries, err := audit.Last(100)
	if err != nil {
		t.Fatal(err)
	}
	var did []string
	for _, e := range entries {
		did = append(did, e.Did)
		if len(e.Who) > mostName {
			t.Errorf("a name of %d bytes is logged", len(e.Who))
		}
	}
	if got := strings.Join(did, " "); got != "login login login login login POST login logout POST login" {
		t.Errorf("logged, the latest first: %s", got)
	}
}

// TestGuessing: after some tries even the right password has to wait.
func TestGuessing(t *testing.T) {
	h, g := behind(t, Options{Passwords: users(t)})
	now := time.Now()
	g.now = func() time.Time { return now }
	for range tries {
		ask(h, "POST", "/login", loginForm("imre", "wrong", ""), form)
	}
	right := loginForm("imre", "correct horse imre", "")
	for _, from := range []string{"192.0.2.1", "198.51.100.7"} { // the name is bound as well as the address
		if w := ask(h, "POST", "/login", right, form, "From: "+from); w.Code != 429 {
			t.Errorf("from %s: %d", from, w.Code)
		}
	}
	now = now.Add(time.Minute)
	if w := ask(h, "POST", "/login", right, form, "From: 192.0.2.9"); w.Code != 303 {
		t.Errorf("a minute later: %d %s", w.Code, w.Body)
	}
}

func TestRates(t *testing.T) {
	h, _ := behind(t, Options{Limit: 1, Burst: 3})
	for i := range 4 {
		w := ask(h, "GET", "/", "")
		if want := map[bool]int{true: 200, false: 429}[i < 3]; w.Code != want {
			t.Errorf("request %d: %d", i, w.Code)
		}
	}
	if w := ask(h, "GET", "/", "", "From: 192.0.2.50"); w.Code != 200 {
		t.Errorf("somebody else: %d", w.Code)
	}
}

func TestClientsAreBounded(t *testing.T) {
	l, now := newLimits(1, 2), time.Now()
	for i := range mostClients + 10 {
		l.allow(string(rune('a'+i%26))+time.Duration(i).String(), now)
	}
	if len(l.held) > mostClients {
		t.Errorf("%d are held", len(l.held))
	}
	s := newSessions()
	first := s.begin(User{"a", Reader}, now)
	for range mostSessions {
		s.begin(User{"b", Reader}, now.Add(time.Second))
	}
	if _, ok := s.of(first, now); ok || len(s.held) > mostSessions {
		t.Errorf("%d sessions, the oldest among them: %v", len(s.held), ok)
	}
}

// TestUnloggedIsRefused: what cannot be logged does not happen.
func TestUnloggedIsRefused(t *testing.T) {
	audit, err := OpenAudit(filepath.Join(t.TempDir(), "audit.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	h, _ := behind(t, Options{Audit: audit})
	audit.Close()
	if w := ask(h, "POST", "/add", ""); w.Code != http.StatusInsufficientStorage {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if w := ask(h, "GET", "/", ""); w.Code != 200 {
		t.Errorf("looking: %d", w.Code)
	}
}

func TestOwnPath(t *testing.T) {
	for in, want := range map[string]string{
		"/story/1?x=y": "/story/1?x=y", "": "/", "story": "/", "//evil.example": "/", "/\\evil.example": "/",
		"https://evil.example/": "/", "/\tx": "/", "javascript:alert(1)": "/", "/a\r\nSet-Cookie: x": "/",
	} {
		if got := ownPath(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}
