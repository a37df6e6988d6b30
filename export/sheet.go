package export

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"time"

	"whence/ledger"
)

// form is a file format for tables.
type form interface {
	// open begins a table. Closing the sheet does not close w.
	open(t *table, w io.Writer) (sheet, error)
	packed() bool // it is compressed by itself
	// columns are those of a table that it has, and about says what is to be known
	// of its cells.
	columns(t *table) []column
	about() string
}

// sheet is one table in writing.
type sheet interface {
	put(row) error
	Close() error
}

// single writes one table alone.
func (k Kind) single(p *ledger.Part, t *table, w io.Writer) error {
	s, err := k.form.open(t, w)
	if err != nil {
		return err
	}
	if err := fill(p, []*table{t}, func(_ *table, r row) error { return s.put(r) }); err != nil {
		return err
	}
	return s.Close()
}

// archive writes tables as a zip archive. A pass over the ledger fills many tables
// at once, and an archive holds one after the other; so they wait, compressed, in
// temporary files.
func (k Kind) archive(p *ledger.Part, list []*table, w io.Writer) (err error) {
	waiting := map[*table]*spool{}
	defer func() {
		for _, s := range waiting {
			err = errors.Join(err, s.remove())
		}
	}()
	sheets := map[*table]sheet{}
	for _, t := range list {
		if waiting[t], err = newSpool(k.form.packed()); err != nil {
			return err
		}
		if sheets[t], err = k.form.open(t, waiting[t]); err != nil {
			return err
		}
	}
	z := zip.NewWriter(w)
	if err := k.describe(list, func(name string) (io.Writer, error) {
		return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: undated})
	}); err != nil {
		return err
	}
	if err := fill(p, list, func(t *table, r row) error { return sheets[t].put(r) }); err != nil {
		return err
	}
	for _, t := range list {
		if err := sheets[t].Close(); err != nil {
			return err
		}
		if err := waiting[t].into(z, t.name+"."+k.Ext); err != nil {
			return err
		}
	}
	return z.Close()
}

// undated is the date of files in an archive, so that the same tables make the same
// archive: the earliest that zip knows.
var undated = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// spool is a file of an archive that waits for its turn.
type spool struct {
	file   *os.File
	out    *bufio.Writer
	flat   *flate.Writer // nil where it is stored as it is
	sum    hash.Hash32
	length int64
}

func newSpool(packed bool) (*spool, error) {
	f, err := os.CreateTemp("", "whence-export-*")
	if err != nil {
		return nil, fmt.Errorf("a temporary file for a table: %w", err)
	}
	s := &spool{file: f, out: bufio.NewWriterSize(f, bufferSize), sum: crc32.NewIEEE()}
	if !packed {
		if s.flat, err = flate.NewWriter(s.out, flate.DefaultCompression); err != nil {
			return nil, errors.Join(err, s.remove())
		}
	}
	return s, nil
}

func (s *spool) Write(data []byte) (int, error) {
	s.sum.Write(data) // never fails
	s.length += int64(len(data))
	if s.flat != nil {
		return s.flat.Write(data)
	}
	return s.out.Write(data)
}

// into puts the file into an archive.
func (s *spool) into(z *zip.Writer, name string) error {
	h := &zip.FileHeader{Name: name, Method: zip.Store, CRC32: s.sum.Sum32(), Modified: undated, UncompressedSize64: uint64(s.length)}
	if s.flat != nil {
		h.Method = zip.Deflate
		if err := s.flat.Close(); err != nil {
			return err
		}
	}
	if err := s.out.Flush(); err != nil {
		return err
	}
	size, err := s.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	h.CompressedSize64 = uint64(size)
	if _, err := s.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	w, err := z.CreateRaw(h)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, s.file)
	return err
}

func (s *spool) remove() error { return errors.Join(s.file.Close(), os.Remove(s.file.Name())) }

// Folder writes tables as files of a folder, which is made if it is not there.
// Files of the same names are replaced.
func Folder(ctx context.Context, l *ledger.Ledger, r Request, folder string) error {
	k, err := r.kind()
	if err != nil {
		return err
	}
	if !k.Tables || r.Table != "" {
		return &RequestError{"only several tables go into a folder", "csv or parquet, without a single table"}
	}
	err = l.Select(ctx, r.Selection, func(p *ledger.Part) error {
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return err
		}
		return k.folder(p, tablesFor(r.Selection), folder)
	})
	if err != nil {
		return fmt.Errorf("exporting %s: %w", k.Name, err)
	}
	return nil
}

// file is a table that is written into a folder.
type file struct {
	sheet
	out  *bufio.Writer
	file *os.File
}

func (k Kind) folder(p *ledger.Part, list []*table, folder string) (err error) {
	files := map[*table]*file{}
	defer func() {
		for _, f := range files {
			err = errors.Join(err, f.file.Close())
		}
	}()
	for _, t := range list {
		f, err := os.Create(filepath.Join(folder, t.name+"."+k.Ext))
		if err != nil {
			return err
		}
		out := bufio.NewWriterSize(f, bufferSize)
		files[t] = &file{out: out, file: f}
		if files[t].sheet, err = k.form.open(t, out); err != nil {
			return err
		}
	}
	if err := fill(p, list, func(t *table, r row) error { return files[t].put(r) }); err != nil {
		return err
	}
	for _, f := range files {
		if err := errors.Join(f.Close(), f.out.Flush()); err != nil {
			return err
		}
	}
	return k.describe(list, func(name string) (io.Writer, error) {
		return whole{filepath.Join(folder, name)}, nil
	})
}

// whole writes a file in one go.
type whole struct{ name string }

func (w whole) Write(data []byte) (int, error) { return len(data), os.WriteFile(w.name, data, 0o666) }

// describe writes what the tables and their columns are, for people and programs: a
// data package (Frictionless Data Package 1).
func (k Kind) describe(list []*table, create func(name string) (io.Writer, error)) error {
	type field struct {
		Name        string `json:"name"`
		Type        typ    `json:"type"`
		Description string `json:"description,omitempty"`
	}
	type schema struct {
		Fields        []field  `json:"fields"`
		MissingValues []string `json:"missingValues"`
	}
	type resource struct {
		Name        string `json:"name"`
		Path        string `json:"path"`
		Description string `json:"description"`
		Format      string `json:"format"`
		Mediatype   string `json:"mediatype"`
		Encoding    string `json:"encoding,omitempty"`
		Profile     string `json:"profile"`
		Schema      schema `json:"schema"`
	}
	about := struct {
		Name        string     `json:"name"`
		Profile     string     `json:"profile"`
		Description string     `json:"description"`
		Resources   []resource `json:"resources"`
	}{"whence-export", "tabular-data-package", k.form.about(), nil}
	for _, t := range list {
		r := resource{Name: t.name, Path: t.name + "." + k.Ext, Description: t.about, Format: k.Ext, Mediatype: k.Media, Profile: "tabular-data-resource"}
		if !k.Binary {
			r.Encoding = "utf-8"
		}
		r.Schema.MissingValues = []string{""}
		for _, c := range k.form.columns(t) {
			r.Schema.Fields = append(r.Schema.Fields, field{c.name, c.typ, c.about})
		}
		about.Resources = append(about.Resources, r)
	}
	data, err := json.MarshalIndent(about, "", " ")
	if err != nil {
		return err
	}
	w, err := create("datapackage.json")
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}
