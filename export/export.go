// Package export writes a part of a ledger in forms that other programs read:
// tables for spreadsheets and for analysis, JSON Lines, places for maps,
// provenance as PROV-O, and findings as Web Annotations.
//
// It promises that every kind streams, so that memory does not grow with what is
// exported; that all of one export is of one moment of the ledger; that what is
// exported is spans of captured texts, counts over them, and what the ledger
// concludes from them, under the same names as everywhere; and that what must be
// changed to be harmless in a spreadsheet is changed in a way that can be undone
// (see doc/formats.md).
//
// It refuses to map a search: places are exported of the whole ledger, of a story
// or of an article, never of a search, which could be one for a person; they carry
// no dates and no names of people, and no position sharper than the words for them.
package export

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go/compress/zstd"

	"whence/ledger"
)

// Kind is one form in which a part of the ledger leaves it.
type Kind struct {
	Name   string
	About  string // in a few words, for people
	Media  string // media type
	Ext    string // of file names, without the dot
	Tables bool   // it is tables, packed in a zip archive; each can be had alone
	Binary bool   // it is not for a terminal
	// Unsearched: it is not made of a search.
	Unsearched bool

	write func(p *ledger.Part, w io.Writer) error // where it is no tables
	form  form                                    // of tables
}

var kinds = []Kind{
	{Name: "jsonl", About: "every article with its findings, a line each; whence add takes it in again", Media: ndjson, Ext: "jsonl", write: readings},
	{Name: "csv", About: "tables for spreadsheets", Media: "text/csv", Ext: "csv", Tables: true, form: csvForm{}},
	{Name: "parquet", About: "the same tables in columns, for analysis", Media: "application/vnd.apache.parquet", Ext: "parquet", Tables: true, Binary: true, form: parquetForm{&zstd.Codec{}}},
	{Name: "reuse", About: "each pair of articles that share text, a line each", Media: ndjson, Ext: "jsonl", write: reuse},
	{Name: "claims", About: "claims with the reports and sources they rest on, a line each", Media: ndjson, Ext: "jsonl", write: claims},
	{Name: "figures", About: "the history of each figure, a line for each value", Media: ndjson, Ext: "jsonl", write: figures},
	{Name: "reviews", About: "people's verdicts on findings, a line each", Media: ndjson, Ext: "jsonl", write: reviews},
	{Name: "geojson", About: "places for a map, no sharper than the words for them", Media: "application/geo+json", Ext: "geojson", write: geoJSON, Unsearched: true},
	{Name: "prov", About: "who took what from whom, as PROV-O in JSON-LD", Media: "application/ld+json", Ext: "jsonld", write: provenance},
	{Name: "annotations", About: "every finding as a W3C Web Annotation in JSON-LD", Media: "application/ld+json", Ext: "jsonld", write: annotations},
}

const ndjson = "application/x-ndjson"

// Kinds are all there are.
func Kinds() []Kind { return slices.Clone(kinds) }

// Names are the names of all kinds.
func Names() []string {
	list := make([]string, len(kinds))
	for i, k := range kinds {
		list[i] = k.Name
	}
	return list
}

// Request says what to export.
type Request struct {
	Kind  string // its name
	Table string // one table alone, of kinds that have them
	ledger.Selection
}

// RequestError is a request that means nothing, with what to do.
type RequestError struct{ What, Hint string }

func (e *RequestError) Error() string { return e.What + " (" + e.Hint + ")" }

// Form is what the bytes of an export are.
type Form struct {
	Media  string // media type
	File   string // a name for a file of them
	Binary bool   // not for a terminal
}

// Form checks a request without looking into a ledger. Errors: [*RequestError],
// [*ledger.QueryError].
func (r Request) Form() (Form, error) {
	k, err := r.kind()
	if err != nil {
		return Form{}, err
	}
	name := "whence"
	for _, part := range []string{r.Story, r.Article} {
		if part != "" {
			name += "-" + plainName(part)
		}
	}
	f := Form{Media: k.Media, File: name + "-" + k.Name + "." + k.Ext, Binary: k.Binary}
	switch {
	case r.Table != "":
		f.File = name + "-" + r.Table + "." + k.Ext
	case k.Tables:
		f = Form{Media: "application/zip", File: name + "-" + k.Name + ".zip", Binary: true}
	}
	return f, nil
}

func (r Request) kind() (Kind, error) {
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.Name == r.Kind })
	if i < 0 {
		return Kind{}, &RequestError{fmt.Sprintf("there is no export %q", r.Kind), "one of " + strings.Join(Names(), ", ")}
	}
	k := kinds[i]
	if err := r.Check(); err != nil {
		return k, err
	}
	if k.Unsearched && r.Query != "" {
		return k, errMap
	}
	if r.Table == "" {
		return k, nil
	}
	t, known := tableNamed(r.Table)
	switch {
	case !k.Tables:
		return k, &RequestError{k.Name + " has no tables", "csv and parquet have"}
	case !known:
		return k, &RequestError{fmt.Sprintf("there is no table %q", r.Table), "one of " + strings.Join(TableNames(), ", ")}
	case t.unsearched && r.Query != "":
		return k, errMap
	}
	return k, nil
}

// errMap refuses to export the places of a search.
var errMap = &RequestError{"places are not exported for a search, which could be one for a person", "choose a story or an article, or neither for all of the ledger"}

// plainName is the letters and digits of an id, for the name of a file.
func plainName(id string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, strings.ToLower(strings.TrimPrefix(id, "sha256:")))
	return digits[:min(12, len(digits))]
}

// bufferSize is how much is gathered before it is written.
const bufferSize = 64 << 10

// Write writes an export. Nothing is written before the selection was found.
// Errors, beside those of w: [*RequestError], and those of [ledger.Ledger.Select].
func Write(ctx context.Context, l *ledger.Ledger, r Request, w io.Writer) error {
	k, err := r.kind()
	if err != nil {
		return err
	}
	err = l.Select(ctx, r.Selection, func(p *ledger.Part) error {
		out := bufio.NewWriterSize(w, bufferSize)
		if err := k.to(p, r, out); err != nil {
			return err
		}
		return out.Flush()
	})
	if err != nil {
		return fmt.Errorf("exporting %s: %w", k.Name, err)
	}
	return nil
}

// to writes one kind.
func (k Kind) to(p *ledger.Part, r Request, w io.Writer) error {
	switch {
	case !k.Tables:
		return k.write(p, w)
	case r.Table != "":
		t, _ := tableNamed(r.Table)
		return k.single(p, t, w)
	}
	return k.archive(p, tablesFor(r.Selection), w)
}
