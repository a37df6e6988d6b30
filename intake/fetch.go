package intake

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"time"

	"golang.org/x/net/idna"

	"whence"
	"whence/warc"
)

const (
	mostRedirects = 10
	connectTime   = 10 * time.Second // to connect, encryption included
	headerTime    = 20 * time.Second
)

// fetcher fetches pages, one at a time.
type fetcher struct {
	opt     Options
	meter   *meter
	keeper  *keeper        // nil: nothing is kept
	control control        // looks at every address before it is connected to
	roots   *x509.CertPool // nil: the system's
	header  time.Duration  // from the request to the end of the response's header
}

// control is as in net.Dialer.
type control func(network, address string, c syscall.RawConn) error

// address fetches a web address and reads what came.
func (s *scan) address(input string) error {
	if s.fetcher == nil {
		f, err := newFetcher(s.opt, s.meter)
		if err != nil {
			return err
		}
		s.fetcher = f
	}
	c, err := s.fetcher.fetch(s.ctx, input)
	if err != nil {
		return err
	}
	data, err := whole(c.body, s.opt.FetchBytes)
	if errors.Is(err, whence.ErrTooLarge) {
		return &advisedError{tooLarge(s.opt.FetchBytes), "--fetch-bytes sets the limit"}
	}
	if err != nil {
		return err
	}
	about := s.about(input)
	about.URL, about.Captured, about.Charset = c.url, c.captured, charsetOf(c.mediaType)
	r := bytes.NewReader(data)
	return s.read(source{name: input, file: fileOf(c.url), r: r, at: r, size: int64(len(data)), page: about})
}

// newFetcher makes a fetcher. With Options.Keep it reads what is kept already.
func newFetcher(opt Options, m *meter) (*fetcher, error) {
	f := &fetcher{opt: opt, meter: m, control: refusePrivate, header: headerTime}
	if opt.AllowPrivate {
		f.control = nil
	}
	if opt.Keep == "" {
		return f, nil
	}
	var err error
	f.keeper, err = newKeeper(opt.Keep, opt.userAgent())
	return f, err
}

// userAgent is how a request names the program.
func (o Options) userAgent() string {
	version := o.Version
	if version == "" {
		version = "dev"
	}
	return "whence/" + version + " (+newsreader; one page, at one person's request)"
}

// fetch gets a page, following redirects. The capture holds a response of
// status 200 to 299, now or, where the site says that it has not changed, as it
// was kept.
func (f *fetcher) fetch(ctx context.Context, address string) (*captured, error) {
	u, err := parseAddress(address)
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeoutCause(ctx, f.opt.FetchTime, whence.ErrTooSlow)
	defer cancel()
	seen := map[string]bool{}
	for range mostRedirects + 1 {
		x, err := f.exchange(limited, u)
		if err != nil {
			return nil, f.explain(limited, u, err)
		}
		if f.keeper != nil {
			if err := f.keeper.keep(x); err != nil {
				return nil, err
			}
		}
		if !x.redirects() {
			return f.settle(x)
		}
		if u, err = redirect(u, x.header.Get("Location")); err != nil {
			return nil, err
		}
		if seen[u.String()] {
			return nil, &advisedError{errors.New("the site redirects in a circle"), "it may want cookies or a login; save the page from a browser"}
		}
		seen[u.String()] = true
	}
	return nil, fmt.Errorf("more than %d redirects", mostRedirects)
}

// redirect is the address that a response sends on to.
func redirect(from *url.URL, location string) (*url.URL, error) {
	to, err := from.Parse(location)
	if err != nil {
		return nil, errors.New("the site redirects to what is no web address")
	}
	if err := checkAddress(to); err != nil {
		return nil, fmt.Errorf("after a redirect: %w", err)
	}
	return to, nil
}

// settle takes the last response of a fetch: a page, or the reason why there
// is none.
func (f *fetcher) settle(x *exchange) (*captured, error) {
	if x.unchanged() {
		return f.keeper.reread(x.earlier, f.opt.FetchBytes)
	}
	if x.status/100 != 2 {
		return nil, refused(x.status, x.header.Get("Retry-After"))
	}
	c, err := received(x.address, x.response, f.opt.FetchBytes)
	if err != nil {
		return nil, fmt.Errorf("the response cannot be read: %w", err)
	}
	c.captured = whence.NewDate(x.at, whence.Second)
	return c, nil
}

// statusHints say what can be done where a site gives no page.
var statusHints = map[int]string{
	http.StatusUnauthorized:               "it wants a login; save the page from a browser",
	http.StatusPaymentRequired:            "it wants to be paid; save the page from a browser",
	http.StatusForbidden:                  "it may refuse programs; save the page from a browser",
	http.StatusNotFound:                   "check the address; a web archive may hold the page",
	http.StatusGone:                       "a web archive may hold the page",
	http.StatusTooManyRequests:            "try again later",
	http.StatusUnavailableForLegalReasons: "a web archive may hold the page",
}

// refused is the error of a response that is no page.
func refused(status int, retryAfter string) error {
	err := fmt.Errorf("the site answers %d %s", status, http.StatusText(status))
	hint := statusHints[status]
	if status/100 == 5 {
		hint = "try again later"
	}
	if retryAfter != "" && (status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable) {
		err = fmt.Errorf("%w, and to come back %s", err, retryTime(retryAfter))
	}
	return &advisedError{err, hint}
}

// retryTime puts a Retry-After field in words: seconds, or a date.
func retryTime(field string) string {
	if d, err := time.ParseDuration(field + "s"); err == nil {
		return "in " + d.String()
	}
	return "after " + field
}

// exchange is one request and what came back.
type exchange struct {
	address           string // without fragment
	at                time.Time
	ip                string // that was connected to
	request, response []byte // byte for byte
	status            int
	header            http.Header
	earlier           *kept // the capture that the request was conditional on, or nil
}

// unchanged tells whether the site says that the kept capture still holds.
func (x *exchange) unchanged() bool {
	return x.status == http.StatusNotModified && x.earlier != nil
}

// redirects tells whether the site sends on to another address.
func (x *exchange) redirects() bool {
	switch x.status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return x.header.Get("Location") != ""
	}
	return false
}

// exchange sends one request and reads the response to its end. It speaks
// HTTP/1.1 over a connection of its own, so that what came can be kept as it
// came, and the address that is connected to can be checked.
func (f *fetcher) exchange(ctx context.Context, u *url.URL) (*exchange, error) {
	u = withoutFragment(u)
	x := &exchange{address: u.String(), at: time.Now().UTC()}
	req, err := f.request(u, x)
	if err != nil {
		return nil, err
	}
	conn, err := f.connect(ctx, u)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }() // everything was read; or the error is known
	defer context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })()
	if to, ok := conn.RemoteAddr().(*net.TCPAddr); ok {
		x.ip = to.IP.String()
	}
	if _, err := conn.Write(x.request); err != nil {
		return nil, fmt.Errorf("sending the request: %w", err)
	}
	return x, f.receive(x, conn, req)
}

// request makes the request, conditional if the page was kept before.
func (f *fetcher) request(u *url.URL, x *exchange) (*http.Request, error) {
	req, err := http.NewRequest(http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Close = true
	req.Header.Set("User-Agent", f.opt.userAgent())
	req.Header.Set("Accept", "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,"+
		"application/feed+json,application/xml;q=0.9,text/plain;q=0.8,*/*;q=0.5")
	req.Header.Set("Accept-Encoding", "gzip, br, zstd")
	if f.keeper != nil {
		x.earlier = f.keeper.conditions(x.address, req.Header)
	}
	var b bytes.Buffer
	if err := req.Write(&b); err != nil {
		return nil, fmt.Errorf("making the request: %w", err)
	}
	x.request = b.Bytes()
	return req, nil
}

// connect opens a connection to the host of u.
func (f *fetcher) connect(ctx context.Context, u *url.URL) (net.Conn, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, connectTime, whence.ErrTooSlow)
	defer cancel()
	host, err := idna.Lookup.ToASCII(u.Hostname())
	if err != nil {
		host = u.Hostname() // an IP address, or a name that the resolver may know
	}
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	dialer := net.Dialer{Control: f.control}
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil || u.Scheme == "http" {
		return conn, err
	}
	secure := tls.Client(conn, &tls.Config{ServerName: host, NextProtos: []string{"http/1.1"}, RootCAs: f.roots})
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return secure, nil
}

// receive reads the response to req to its end.
func (f *fetcher) receive(x *exchange, conn net.Conn, req *http.Request) error {
	r := &recorder{r: conn, limit: warc.MaxHTTPHead, meter: f.meter}
	in := bufio.NewReader(r)
	slow := time.AfterFunc(f.header, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	resp, err := http.ReadResponse(in, req)
	for err == nil && resp.StatusCode/100 == 1 {
		resp, err = http.ReadResponse(in, req)
	}
	if !slow.Stop() {
		return &advisedError{fmt.Errorf("the header of the response %w of %v", whence.ErrTooSlow, f.header), "try again later"}
	}
	if err != nil {
		return fmt.Errorf("reading the response: %w", err)
	}
	r.limit += f.opt.FetchBytes
	_, err = io.Copy(io.Discard, resp.Body)
	if err = errors.Join(err, resp.Body.Close()); err != nil {
		return fmt.Errorf("reading the response: %w", err)
	}
	x.response, x.status, x.header = r.data.Bytes(), resp.StatusCode, resp.Header
	return nil
}

// recorder keeps what is read through it, up to a limit.
type recorder struct {
	r     io.Reader
	data  bytes.Buffer
	limit int64
	meter *meter
}

func (r *recorder) Read(p []byte) (int, error) {
	room := r.limit - int64(r.data.Len())
	if room <= 0 {
		return 0, errFetchLimit
	}
	n, err := r.r.Read(p[:min(int64(len(p)), room)])
	r.data.Write(p[:n])
	r.meter.bytes.Add(int64(n))
	return n, err
}

// errFetchLimit: the response is past Options.FetchBytes.
var errFetchLimit = errors.New("past the limit of a fetch")

// explain puts into words why an exchange failed.
func (f *fetcher) explain(ctx context.Context, u *url.URL, err error) error {
	var private *privateError
	var unknown *net.DNSError
	var untrusted *tls.CertificateVerificationError
	switch {
	case errors.As(err, &private):
		return private
	case errors.Is(err, errFetchLimit):
		return &advisedError{tooLarge(f.opt.FetchBytes), "--fetch-bytes sets the limit"}
	case errors.Is(context.Cause(ctx), whence.ErrTooSlow):
		return &advisedError{fmt.Errorf("the site %w of %v", whence.ErrTooSlow, f.opt.FetchTime), "try again later; --fetch-time sets the limit"}
	case errors.As(err, &unknown) && unknown.IsNotFound:
		return &advisedError{fmt.Errorf("no host is known by the name %s", u.Hostname()), "check the spelling, and the connection to the internet" + proxyHint(u)}
	case errors.As(err, &untrusted):
		return &advisedError{fmt.Errorf("its certificate cannot be trusted: %w", untrusted.Err), "look at the site in a browser"}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &advisedError{fmt.Errorf("the site broke off: %w", err), "try again later"}
	}
	if op := (*net.OpError)(nil); errors.As(err, &op) && op.Op == "dial" {
		return &advisedError{fmt.Errorf("no connection to %s: %w", u.Host, op.Err), "try again later" + proxyHint(u)}
	}
	return err
}

// proxyHint tells of a proxy that the user may count on.
func proxyHint(u *url.URL) string {
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: u})
	if proxy == nil || err != nil {
		return ""
	}
	return "; the proxy of the environment is not used, save the page by other means"
}

// withoutFragment is u without what is never sent.
func withoutFragment(u *url.URL) *url.URL {
	v := *u
	v.Fragment, v.RawFragment = "", ""
	if v.Path == "" {
		v.Path = "/"
	}
	return &v
}
