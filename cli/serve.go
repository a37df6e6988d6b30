package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"
	"time"

	"golang.org/x/net/netutil"

	"whence/access"
	"whence/desk"
	"whence/ledger"
	"whence/web"
)

type serveCommand struct {
	Addr       string `default:"127.0.0.1:8377" help:"Where to listen. Any address but this machine's own needs --passwords or a token."`
	ledgerFlag `embed:""`

	Passwords   string `type:"path" help:"File of who may log in, one line each, as whence password prints them."`
	TokenFile   string `type:"path" help:"File with the access token that programs send; $$WHENCE_TOKEN gives it too."`
	ReadOnly    bool   `help:"Nobody may change anything."`
	Audit       string `type:"path" help:"The log of who changed what (default: the ledger's name with .audit.jsonl)."`
	TLSCert     string `name:"tls-cert" type:"path" help:"Certificate, for https."`
	TLSKey      string `name:"tls-key" type:"path" help:"Its key."`
	UploadBytes int64  `default:"268435456" help:"Most that one form or request may add, in bytes."`
	limits      `embed:"" group:"Limits"`
}

// Bounds of the server, against slow and idle clients.
const (
	headerTime  = 5 * time.Second
	requestTime = 10 * time.Minute // an upload, or an export of all, may take long
	idleTime    = 2 * time.Minute
	headerBytes = 64 << 10
	connections = 1024
	goodbye     = 5 * time.Second
)

// Run serves the ledger until it is interrupted.
func (c *serveCommand) Run(w *world) error {
	guard, audit, err := c.guard()
	if err != nil {
		return err
	}
	defer audit.Close() //nolint:errcheck // each entry was seen to the disk
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return &usageError{errors.New("--tls-cert and --tls-key go together")}
	}
	return c.with(w.ctx, true, func(l *ledger.Ledger) error {
		handler, err := c.handler(w, l, guard, audit)
		if err != nil {
			return err
		}
		return serve(w, handler, c.Addr, c.Ledger, c.TLSCert, c.TLSKey)
	})
}

// guard is who may come in.
func (c *serveCommand) guard() (access.Options, *access.Audit, error) {
	opt := access.Options{ReadOnly: c.ReadOnly, Secure: c.TLSCert != "", Token: os.Getenv("WHENCE_TOKEN")}
	if c.Passwords != "" {
		f, err := os.Open(c.Passwords)
		if err != nil {
			return opt, nil, &usageError{fmt.Errorf("the password file: %w", err)}
		}
		defer f.Close() //nolint:errcheck // it is only read
		if opt.Passwords, err = access.ReadPasswords(f); err != nil {
			return opt, nil, &usageError{fmt.Errorf("the password file %s: %w", c.Passwords, err)}
		}
	}
	if c.TokenFile != "" {
		data, err := os.ReadFile(c.TokenFile)
		if err != nil {
			return opt, nil, &usageError{fmt.Errorf("the token's file: %w", err)}
		}
		opt.Token = strings.TrimSpace(string(data))
		if opt.Token == "" {
			return opt, nil, &usageError{fmt.Errorf("the token's file %s is empty", c.TokenFile)}
		}
	}
	if opt.Passwords == nil && opt.Token == "" && !onThisMachine(c.Addr) {
		return opt, nil, &usageError{fmt.Errorf("at %s others than you can reach the ledger: it needs --passwords FILE (whence password makes its lines) or a token (--token-file, $WHENCE_TOKEN); without either, whence serves this machine alone, as with --addr 127.0.0.1:8377", c.Addr)}
	}
	path := c.Audit
	if path == "" {
		path = c.Ledger + ".audit.jsonl"
	}
	audit, err := access.OpenAudit(path)
	if err != nil {
		return opt, nil, &ledgerError{err, "see that the folder is there and that you may write in it; --audit FILE names another place"}
	}
	opt.Audit = audit
	return opt, audit, nil
}

// onThisMachine tells whether nobody but this machine can reach an address.
func onThisMachine(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// handler is all of what is served, behind the guard.
func (c *serveCommand) handler(w *world, l *ledger.Ledger, opt access.Options, audit *access.Audit) (http.Handler, error) {
	in, err := intakeOptions(w, c.limits, "", "", false)
	if err != nil {
		return nil, err
	}
	return wire(w, l, opt, desk.Options{Audit: audit, Intake: in, UploadBytes: c.UploadBytes})
}

// wire joins pages and guard.
func wire(w *world, l *ledger.Ledger, opt access.Options, at desk.Options) (http.Handler, error) {
	log := slog.New(slog.NewTextHandler(logged{w.stderr}, nil))
	var guard *access.Guard
	viewer := func(r *http.Request) web.Viewer {
		u := access.From(r.Context())
		v := web.Viewer{Editor: u.May(access.Editor)}
		if !guard.Open() {
			v.Name = u.Name
		}
		return v
	}
	at.Viewer, at.Log, at.Context = viewer, log, w.ctx
	tables, err := desk.New(l, at)
	if err != nil {
		return nil, err
	}
	if opt.Page, err = desk.Login(viewer); err != nil {
		return nil, err
	}
	if guard, err = access.New(opt); err != nil {
		return nil, &usageError{err}
	}
	mux := http.NewServeMux()
	for _, path := range desk.Paths {
		mux.Handle(path, tables)
	}
	programs := forPrograms(l, log, at)
	for _, path := range []string{"/api", "/api/", "/openapi.json"} {
		mux.Handle(path, programs)
	}
	mux.Handle("/", web.New(l, web.Options{Viewer: viewer, Log: log}))
	static := web.Static()
	all := guard.Wrap(mux)
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/static/") {
			static.ServeHTTP(rw, r) // the page for logging in needs them too
			return
		}
		all.ServeHTTP(rw, r)
	}), nil
}

// logged writes the lines of a log where no byte of an article is acted on.
type logged struct{ t *terminal }

func (l logged) Write(line []byte) (int, error) {
	complain(l.t, string(line))
	return len(line), nil
}

// serve listens and answers until the world ends.
func serve(w *world, handler http.Handler, addr, what, cert, key string) error {
	var to net.ListenConfig
	listener, err := to.Listen(w.ctx, "tcp", addr)
	if err != nil {
		return &usageError{fmt.Errorf("listening: %w (--addr names another place)", err)}
	}
	scheme := "http"
	if cert != "" {
		scheme = "https"
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTime, ReadTimeout: requestTime, WriteTimeout: requestTime,
		IdleTimeout: idleTime, MaxHeaderBytes: headerBytes, ErrorLog: slog.NewLogLogger(slog.NewTextHandler(logged{w.stderr}, nil), slog.LevelWarn),
		BaseContext: func(net.Listener) context.Context { return w.ctx },
	}
	w.out.write("", "", piece{strong, scheme + "://" + listener.Addr().String() + "/"})
	w.out.write("", "", piece{dim, "shows " + visible(what) + " until Ctrl-C ends it"})
	if w.out.err != nil {
		return errors.Join(w.out.err, listener.Close())
	}
	ended := make(chan error, 1)
	go func() {
		<-w.ctx.Done()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(w.ctx), goodbye)
		defer cancel()
		if err := server.Shutdown(ctx); err != nil {
			ended <- server.Close()
			return
		}
		ended <- nil
	}()
	listener = netutil.LimitListener(listener, connections)
	if cert != "" {
		err = server.ServeTLS(listener, cert, key)
	} else {
		err = server.Serve(listener)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return <-ended
	}
	return fmt.Errorf("serving: %w", err)
}

type passwordCommand struct {
	Name string `arg:"" help:"Of the user."`
	Role string `enum:"reader,editor" default:"reader" help:"What they may do: reader or editor."`
}

// Run reads a password from standard input and prints the line for the file.
func (c *passwordCommand) Run(w *world) error {
	role, err := access.ParseRole(c.Role)
	if err != nil {
		return &usageError{err}
	}
	data, err := io.ReadAll(io.LimitReader(w.stdin, 4096))
	if err != nil {
		return fmt.Errorf("reading the password: %w", err)
	}
	line, err := access.Line(c.Name, role, strings.TrimRight(string(data), "\r\n"))
	if err != nil {
		return &usageError{err}
	}
	fmt.Fprintln(w.out, line)
	return w.out.err
}
