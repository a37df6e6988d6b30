package access

import (
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"golang.org/x/time/rate"
)

// Options say who is let in. Without Passwords and Token it is whoever reaches the
// server, which must then be on this machine alone; see [Open].
type Options struct {
	Passwords *Passwords
	// Token lets programs in as editors ("Authorization: Bearer TOKEN"), and people
	// who give it as a password without a name.
	Token string
	// ReadOnly makes everybody a reader.
	ReadOnly bool
	// Secure says that people reach the server by https alone.
	Secure bool
	Audit  *Audit // may be nil
	// Page shows the form for logging in, with why it is shown again where that
	// is so. It posts name, password and next to /login.
	Page func(w http.ResponseWriter, r *http.Request, status int, next, again string)
	// Limit is how many requests a second somebody may make, Burst how many at
	// once; defaults 100 and 400.
	Limit float64
	Burst int
}

const (
	defaultLimit = 100
	defaultBurst = 400
	// tries a minute to log in, for each address and for each name.
	tries = 10
	// hashes at once: each takes 64 MiB.
	hashes = 2
	// mostForm bounds the form for logging in, in bytes.
	mostForm = 16 << 10
	cookie   = "whence"
)

// local is who everybody is where nobody has to log in.
var local = User{"local", Editor}

// Guard lets requests through to a handler, or does not.
type Guard struct {
	opt      Options
	token    *token
	sessions *sessions
	requests *limits
	logins   *limits
	hashing  chan struct{}
	cross    *http.CrossOriginProtection
	now      func() time.Time
}

// New is a guard. Errors: a token that is too short.
func New(opt Options) (*Guard, error) {
	g := &Guard{
		opt: opt, sessions: newSessions(),
		logins:  newLimits(rate.Every(time.Minute/tries), tries),
		hashing: make(chan struct{}, hashes),
		cross:   http.NewCrossOriginProtection(),
		now:     time.Now,
	}
	if opt.Limit <= 0 {
		g.opt.Limit, g.opt.Burst = defaultLimit, defaultBurst
	}
	g.requests = newLimits(rate.Limit(g.opt.Limit), max(1, g.opt.Burst))
	if opt.Token != "" {
		var err error
		if g.token, err = newToken(opt.Token); err != nil {
			return nil, err
		}
	}
	return g, nil
}

// Open tells whether anybody who reaches the server is let in.
func (g *Guard) Open() bool { return g.opt.Passwords == nil && g.token == nil }

// Wrap is a handler behind the guard. The guard itself answers /login and /logout.
func (g *Guard) Wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		from := address(r)
		switch {
		case !g.requests.allow(from, g.now()):
			w.Header().Set("Retry-After", "1")
			refuse(w, r, http.StatusTooManyRequests, "too many requests: wait a moment")
			return
		case g.Open() && !ownHost(r.Host):
			// A page of another site whose name was made to point here must not get
			// through as the person at this machine (DNS rebinding).
			refuse(w, r, http.StatusMisdirectedRequest, "this server answers to localhost and to numbers of addresses alone; open it as http://localhost")
			return
		}
		if err := g.cross.Check(r); err != nil {
			_ = g.log(r, User{}, r.Method, r.URL.Path, http.StatusForbidden) // it is refused anyhow
			refuse(w, r, http.StatusForbidden, "a page of another site asked for this; nothing was changed")
			return
		}
		u, known := g.who(r)
		switch r.URL.Path {
		case "/login":
			g.login(w, r, from)
			return
		case "/logout":
			g.logout(w, r, u)
			return
		}
		if !known {
			g.ask(w, r)
			return
		}
		if g.opt.ReadOnly {
			u.Role = min(u.Role, Reader)
		}
		r = r.WithContext(With(r.Context(), u))
		if safe(r.Method) {
			next.ServeHTTP(w, r)
			return
		}
		if !u.May(Editor) {
			_ = g.log(r, u, r.Method, r.URL.Path, http.StatusForbidden)
			refuse(w, r, http.StatusForbidden, "only editors may change anything here")
			return
		}
		// The log has it before it happens: a change that cannot be logged is refused.
		if err := g.log(r, u, r.Method, r.URL.Path, 0); err != nil {
			refuse(w, r, http.StatusInsufficientStorage, "the audit log cannot be written; nothing was changed")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// who makes a request, if that is known.
func (g *Guard) who(r *http.Request) (User, bool) {
	if g.Open() {
		return local, true
	}
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && g.token.is(strings.TrimSpace(bearer)) {
		return User{"token", Editor}, true
	}
	if c, err := r.Cookie(cookie); err == nil {
		return g.sessions.of(c.Value, g.now())
	}
	return User{}, false
}

// ask asks somebody unknown to log in.
func (g *Guard) ask(w http.ResponseWriter, r *http.Request) {
	if !forPeople(r) || !safe(r.Method) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="whence"`)
		refuse(w, r, http.StatusUnauthorized, "log in, or send the access token (Authorization: Bearer …)")
		return
	}
	http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
}

// login shows the form, or takes it.
func (g *Guard) login(w http.ResponseWriter, r *http.Request, from string) {
	w.Header().Set("Cache-Control", "no-store")
	if r.Method != http.MethodPost {
		g.page(w, r, http.StatusOK, r.FormValue("next"), "")
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, mostForm)
	if err := r.ParseForm(); err != nil {
		refuse(w, r, http.StatusBadRequest, "the form cannot be read")
		return
	}
	name, next := r.PostForm.Get("name"), r.PostForm.Get("next")
	if !g.logins.allow("from "+from, g.now()) || !g.logins.allow("as "+cut(name, mostName), g.now()) {
		_ = g.log(r, User{Name: name}, "login", "", http.StatusTooManyRequests)
		w.Header().Set("Retry-After", "60")
		g.page(w, r, http.StatusTooManyRequests, next, "too many tries: wait a minute")
		return
	}
	u, err := g.check(r, name, r.PostForm.Get("password"))
	switch {
	case errors.Is(err, ErrRefused):
		_ = g.log(r, User{Name: name}, "login", "", http.StatusUnauthorized)
		g.page(w, r, http.StatusUnauthorized, next, err.Error())
		return
	case err != nil:
		refuse(w, r, http.StatusServiceUnavailable, "nobody can be logged in now")
		return
	}
	if err := g.log(r, u, "login", "", http.StatusSeeOther); err != nil {
		refuse(w, r, http.StatusInsufficientStorage, "the audit log cannot be written; nobody was logged in")
		return
	}
	http.SetCookie(w, g.cookie(g.sessions.begin(u, g.now()), int(longest/time.Second)))
	http.Redirect(w, r, ownPath(next), http.StatusSeeOther)
}

// check is who gives a name and password, or the token alone.
func (g *Guard) check(r *http.Request, name, password string) (User, error) {
	if name == "" {
		if g.token.is(password) {
			return User{"token", Editor}, nil
		}
		return User{}, ErrRefused
	}
	if g.opt.Passwords == nil {
		return User{}, ErrRefused
	}
	select {
	case g.hashing <- struct{}{}:
		defer func() { <-g.hashing }()
	case <-r.Context().Done():
		return User{}, r.Context().Err()
	}
	return g.opt.Passwords.check(name, password)
}

// logout ends a session.
func (g *Guard) logout(w http.ResponseWriter, r *http.Request, u User) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		refuse(w, r, http.StatusMethodNotAllowed, "logging out takes a POST")
		return
	}
	if c, err := r.Cookie(cookie); err == nil {
		g.sessions.end(c.Value)
	}
	_ = g.log(r, u, "logout", "", http.StatusSeeOther)
	http.SetCookie(w, g.cookie("", -1))
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

func (g *Guard) cookie(value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: cookie, Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: g.opt.Secure,
	}
}

func (g *Guard) page(w http.ResponseWriter, r *http.Request, status int, next, again string) {
	if g.opt.Page == nil {
		refuse(w, r, http.StatusUnauthorized, "log in with the access token (Authorization: Bearer …)")
		return
	}
	g.opt.Page(w, r, status, ownPath(next), again)
}

func (g *Guard) log(r *http.Request, u User, did, what string, status int) error {
	e := Entry{At: g.now().UTC(), Who: u.Name, From: address(r), Did: did, What: what, Status: status}
	if u.Role != Nobody {
		e.Role = u.Role.String()
	}
	return g.opt.Audit.Add(e)
}

// safe tells whether a method changes nothing.
func safe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// address is where a request comes from, without the port.
func address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// ownHost tells whether a Host header names this machine, or the number of an
// address: no name server has a say in either.
func ownHost(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil
}

// ownPath is a path on this server, "/" where what is given is none: nobody is
// sent elsewhere by a link to the form.
func ownPath(s string) string {
	if !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsAny(s, "\\\r\n\t") {
		return "/"
	}
	if u, err := url.Parse(s); err != nil || u.Host != "" || u.Scheme != "" {
		return "/"
	}
	return s
}

// forPeople tells whether a person asks, not a program.
func forPeople(r *http.Request) bool {
	return !strings.HasPrefix(r.URL.Path, "/api/") && r.URL.Path != "/openapi.json" && strings.Contains(r.Header.Get("Accept"), "text/html")
}

// refuse answers in words: to people as text, to programs as problem details (RFC
// 9457).
func refuse(w http.ResponseWriter, r *http.Request, status int, why string) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	if forPeople(r) {
		http.Error(w, why, status)
		return
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	//nolint:errcheck // whoever asked has gone
	json.NewEncoder(w).Encode(map[string]any{"title": http.StatusText(status), "status": status, "detail": why})
}
