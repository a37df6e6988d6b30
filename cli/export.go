package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"whence/api"
	"whence/desk"
	"whence/export"
	"whence/ledger"
)

type exportCommand struct {
	Kind       string `arg:"" enum:"${exports}" help:"What to export, see below."`
	Story      string `help:"Only what belongs to this story, by its id or that of any article in it."`
	Article    string `help:"Only what belongs to this article."`
	Query      string `help:"Only what belongs to the articles that a search finds."`
	Table      string `help:"One table alone, of csv and parquet."`
	Output     string `short:"o" help:"Write to this file; several tables also into this folder (FOLDER/)."`
	ledgerFlag `embed:""`
}

// Help lists the kinds and tables.
func (*exportCommand) Help() string {
	var b strings.Builder
	b.WriteString("What can be exported:\n\n")
	for _, k := range export.Kinds() {
		fmt.Fprintf(&b, "  %-12s %s\n", k.Name, k.About)
	}
	return b.String() + `
csv and parquet are several tables in a zip archive, or in a folder with
-o FOLDER/. With --table NAME it is one of

  ` + wrapWords(export.TableNames(), 76) + `

Of a story, an article or a search, a pair or a claim belongs to it if one of
its articles does. Places are not exported for a search.`
}

// wrapWords sets words in lines of at most width columns.
func wrapWords(words []string, width int) string {
	var b strings.Builder
	column := 0
	for i, w := range words {
		if i > 0 && column+1+len(w) > width {
			b.WriteString("\n  ")
			column = 0
		} else if i > 0 {
			b.WriteByte(' ')
			column++
		}
		b.WriteString(w)
		column += len(w)
	}
	return b.String()
}

// Run exports.
func (c *exportCommand) Run(w *world) error {
	r := export.Request{Kind: c.Kind, Table: c.Table, Selection: ledger.Selection{Story: c.Story, Article: c.Article, Query: c.Query}}
	form, err := r.Form()
	if err != nil {
		return &usageError{err}
	}
	if c.Output == "" && form.Binary && w.out.tty {
		return &usageError{errors.New("that is not for a terminal (-o " + form.File + " writes a file)")}
	}
	err = c.with(w.ctx, false, func(l *ledger.Ledger) error {
		switch {
		case c.Output == "" && w.out.tty:
			return export.Write(w.ctx, l, r, &spelled{t: w.out})
		case c.Output == "":
			return export.Write(w.ctx, l, r, w.out)
		case isFolder(c.Output) && form.Media == "application/zip":
			return export.Folder(w.ctx, l, r, c.Output)
		}
		return writeFile(c.Output, func(out io.Writer) error { return export.Write(w.ctx, l, r, out) })
	})
	return idError(err)
}

// forPrograms is the ledger over HTTP for other programs.
func forPrograms(l *ledger.Ledger, log *slog.Logger, at desk.Options) http.Handler {
	opt := api.Options{Version: version(), Intake: at.Intake, BodyBytes: at.UploadBytes, BodyTime: requestTime, AddTime: requestTime, Problem: func(r *http.Request, err error) {
		log.Error("a request failed", "method", r.Method, "path", r.URL.Path, "error", err)
	}}
	for _, k := range export.Kinds() {
		request := func(table string, sel ledger.Selection) export.Request {
			return export.Request{Kind: k.Name, Table: table, Selection: sel}
		}
		e := api.Export{
			Kind: k.Name, About: k.About, Media: k.Media,
			Check: func(table string, sel ledger.Selection) (media, file string, err error) {
				f, err := request(table, sel).Form()
				return f.Media, f.File, err
			},
			Write: func(ctx context.Context, l *ledger.Ledger, table string, sel ledger.Selection, to io.Writer) error {
				return export.Write(ctx, l, request(table, sel), to)
			},
		}
		if k.Tables {
			e.Tables = export.TableNames()
		}
		opt.Exports = append(opt.Exports, e)
	}
	return api.New(l, opt)
}

// spelled spells out what a terminal would act on, line by line. What is exported
// ends with the end of a line.
type spelled struct {
	t    *terminal
	rest string // of a line that has not ended
}

func (s *spelled) Write(data []byte) (int, error) {
	lines := strings.SplitAfter(s.rest+string(data), "\n")
	s.rest = lines[len(lines)-1]
	for _, line := range lines[:len(lines)-1] {
		if _, err := io.WriteString(s.t, visible(strings.TrimRight(line, "\r\n"))+"\n"); err != nil {
			return 0, err
		}
	}
	return len(data), nil
}

// isFolder tells whether a name is meant to be that of a folder.
func isFolder(name string) bool {
	info, err := os.Stat(name)
	return os.IsPathSeparator(name[len(name)-1]) || err == nil && info.IsDir()
}

// writeFile makes a file, which has its name only when it is complete.
func writeFile(name string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name()) // the error that is told is the first
		}
	}()
	if err := errors.Join(write(f), f.Chmod(0o644), f.Close()); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return os.Rename(f.Name(), name)
}
