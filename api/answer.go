package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// answer gathers what a handler answers, so that it can be tagged, compressed, or
// replaced where the handler fails. An export streams instead, see
// [answer.stream].
type answer struct {
	w      http.ResponseWriter
	r      *http.Request
	limit  time.Duration // for a client to take a part
	status int
	body   bytes.Buffer

	out  io.Writer    // of a stream that has begun
	gzip *gzip.Writer // of a compressed stream
}

func (a *answer) Header() http.Header { return a.w.Header() }

func (a *answer) WriteHeader(status int) {
	if a.status == 0 {
		a.status = status
	}
}

func (a *answer) Write(data []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	return a.body.Write(data)
}

// Unwrap is for [http.ResponseController].
func (a *answer) Unwrap() http.ResponseWriter { return a.w }

// streaming writes to the client at once; its first Write sends the header.
type streaming struct{ *answer }

func (s streaming) Write(data []byte) (int, error) {
	a := s.answer
	if len(data) == 0 {
		return 0, nil
	}
	if a.out == nil {
		a.begin()
	}
	if err := a.hurry(); err != nil {
		return 0, err
	}
	return a.out.Write(data)
}

// hurry gives the client until the limit to take the next part. A server that
// cannot be told so is one in a test.
func (a *answer) hurry() error {
	err := http.NewResponseController(a.w).SetWriteDeadline(time.Now().Add(a.limit))
	if errors.Is(err, http.ErrNotSupported) {
		return nil
	}
	return err
}

func (a *answer) begin() {
	a.out = a.w
	h := a.w.Header()
	h.Add("Vary", "Accept-Encoding")
	if acceptsGzip(a.r) && !packed(h.Get("Content-Type")) {
		h.Set("Content-Encoding", "gzip")
		a.gzip = gzip.NewWriter(a.w)
		a.out = a.gzip
	}
	a.status = http.StatusOK
	a.w.WriteHeader(http.StatusOK)
}

// end ends a stream.
func (a *answer) end() error {
	if a.out == nil {
		a.begin()
	}
	if a.gzip != nil {
		return a.gzip.Close()
	}
	return nil
}

// packed tells whether a media type is compressed by itself.
func packed(media string) bool {
	return strings.HasPrefix(media, "application/zip") || strings.HasPrefix(media, "application/vnd.apache.parquet")
}

// leastPacked is how long an answer is that is worth compressing.
const leastPacked = 1 << 10

// send sends what was gathered.
func (a *answer) send() {
	if a.out != nil {
		return // it was streamed
	}
	a.WriteHeader(http.StatusOK)
	h := a.w.Header()
	data := a.body.Bytes()
	h.Add("Vary", "Accept-Encoding")
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache") // it may be kept, and is asked for again
	}
	if a.status == http.StatusOK && (a.r.Method == http.MethodGet || a.r.Method == http.MethodHead) {
		sum := sha256.Sum256(data)
		tag := `W/"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"` // weak: the same for compressed and plain
		h.Set("ETag", tag)
		if matches(a.r.Header.Values("If-None-Match"), tag) {
			h.Del("Content-Type")
			a.w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if len(data) >= leastPacked && acceptsGzip(a.r) {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := z.Write(data)
		if err := errors.Join(err, z.Close()); err == nil {
			h.Set("Content-Encoding", "gzip")
			data = b.Bytes()
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(data)))
	_ = a.hurry()
	a.w.WriteHeader(a.status)
	if a.r.Method != http.MethodHead {
		_, _ = a.w.Write(data) // whoever asked may have gone
	}
}

// matches tells whether a tag is among those of If-None-Match (RFC 9110, 13.1.2),
// compared as weak ones.
func matches(fields []string, tag string) bool {
	for _, field := range fields {
		for one := range strings.SplitSeq(field, ",") {
			one = strings.TrimSpace(one)
			if one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
				return true
			}
		}
	}
	return false
}

// acceptsGzip reads Accept-Encoding (RFC 9110, 12.5.3).
func acceptsGzip(r *http.Request) bool {
	any := false
	for _, field := range r.Header.Values("Accept-Encoding") {
		for one := range strings.SplitSeq(field, ",") {
			coding, weight, _ := strings.Cut(strings.ToLower(strings.TrimSpace(one)), ";")
			q, isWeight := strings.CutPrefix(strings.TrimSpace(weight), "q=")
			wanted := true
			if isWeight {
				v, err := strconv.ParseFloat(q, 64)
				wanted = err == nil && v > 0
			}
			switch strings.TrimSpace(coding) {
			case "gzip", "x-gzip":
				return wanted
			case "*":
				any = wanted
			}
		}
	}
	return any
}

// outermost is what every request passes: bounds on its body and time, and an answer
// in the form of a problem to whatever goes wrong.
func (s *server) outermost(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := &answer{w: w, r: r, limit: s.opt.WriteTime}
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		r.Body = http.MaxBytesReader(w, r.Body, s.opt.BodyBytes)
		deadline := http.NewResponseController(w).SetReadDeadline(time.Now().Add(s.opt.BodyTime))
		if deadline != nil && !errors.Is(deadline, http.ErrNotSupported) {
			s.tell(r, deadline)
		}
		defer func() {
			switch v := recover(); v {
			case nil:
			case http.ErrAbortHandler:
				panic(v)
			default:
				s.tell(r, fmt.Errorf("panic: %v\n%s", v, debug.Stack()))
				if a.out != nil {
					panic(http.ErrAbortHandler) // the client must not take what it has for all
				}
				a.status = 0
				a.body.Reset()
				refuse(a, http.StatusInternalServerError, "the server failed; the server's log says why")
			}
			a.send()
		}()
		handler, pattern := mux.Handler(r)
		if pattern == "" {
			s.unknown(handler, a, r)
			return
		}
		mux.ServeHTTP(a, r.WithContext(context.WithValue(r.Context(), requestKey{}, r)))
	})
}

// unknown answers what no pattern matches. The mux's own handler knows which of the
// two it is: no such address, or another method.
func (s *server) unknown(handler http.Handler, a *answer, r *http.Request) {
	handler.ServeHTTP(a, r)
	status := a.status
	a.status = 0
	a.body.Reset()
	switch {
	case status == http.StatusMethodNotAllowed:
		refuse(a, status, r.Method+" is not for this address (the Allow field says what is)")
	case status >= 300 && status < 400: // to the address without double slashes and dots
		a.Header().Del("Location")
		fallthrough
	default:
		refuse(a, http.StatusNotFound, "there is nothing at this address (/api describes what there is)")
	}
}
