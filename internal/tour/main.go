// Command tour makes the pictures of doc/tour.md from the sample story: it reads
// the sample into a ledger of its own, serves it, and photographs pages with
// Chromium.
//
//	go run ./internal/tour [-o doc/tour]     the pictures of the tour
//	go run ./internal/tour -all DIR          every page: light, dark, phone, print
//	go run ./internal/tour -serve ADDRESS    the sample, to look at
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"time"

	"whence"
	"whence/ledger"
	"whence/lineage"
	"whence/page"
	"whence/reading"
	"whence/sample"
	"whence/store/sqlite"
	"whence/web"
)

func main() {
	out := flag.String("o", "doc/tour", "folder for the pictures of the tour")
	all := flag.String("all", "", "folder for pictures of every page instead")
	only := flag.String("only", "", "of all pages, those whose name holds this")
	serve := flag.String("serve", "", "serve the sample at this address, and take no pictures")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *out, *all, *only, *serve); err != nil {
		fmt.Fprintln(os.Stderr, "tour:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out, all, only, serve string) error {
	dir, err := os.MkdirTemp("", "whence-tour-*")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	l, err := open(ctx, dir)
	if err != nil {
		return fmt.Errorf("making the sample's ledger: %w", err)
	}
	defer func() { _ = l.Close() }()
	address := serve
	if address == "" {
		address = "127.0.0.1:0"
	}
	ln, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: web.New(l, web.Options{}), ReadHeaderTimeout: 5 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(ln) }()
	defer func() { _ = server.Close() }()
	base := "http://" + ln.Addr().String()
	if serve != "" {
		fmt.Println(base)
		select {
		case err := <-done:
			return err
		case <-ctx.Done():
			return nil
		}
	}
	camera, stop, err := newCamera(ctx)
	if err != nil {
		return err
	}
	defer stop()
	pages, err := addresses(ctx, l)
	if err != nil {
		return err
	}
	if all != "" {
		return camera.everything(base, pages, all, only)
	}
	return camera.tour(base, pages, out)
}

// open makes a ledger of the sample.
func open(ctx context.Context, dir string) (*ledger.Ledger, error) {
	s, err := sqlite.Open(ctx, filepath.Join(dir, "sample.db"))
	if err != nil {
		return nil, err
	}
	l := ledger.New(s, strconv.Itoa(reading.Version)+"."+strconv.Itoa(lineage.Version), reading.Read)
	var failed error
	articles := func(yield func(*whence.Article) bool) {
		for _, p := range sample.Articles() {
			a, err := page.HTML(p.HTML, page.Options{Path: p.Name, URL: p.URL, Captured: p.Captured})
			if err != nil {
				failed = fmt.Errorf("%s: %w", p.Name, err)
				return
			}
			if !yield(a) {
				return
			}
		}
	}
	_, err = l.AddArticles(ctx, articles)
	if err := errors.Join(err, failed); err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return l, l.Build(ctx)
}
