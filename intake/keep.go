package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"

	"whence"
	"whence/warc"
)

// keeper keeps exchanges in a WARC file, byte for byte, and knows what the
// file holds already.
type keeper struct {
	path string
	file *warc.File
	held map[string]*kept // by address, the latest
}

// kept is a capture in the file that a site can be asked about: whether it has
// changed since.
type kept struct {
	etag, modified string // as the site gave them; one may be empty
	offset         int64  // of the record in the file
	reference      warc.Reference
}

// newKeeper opens the file at path, or makes it.
func newKeeper(path, software string) (*keeper, error) {
	k := &keeper{path: path, held: map[string]*kept{}}
	isNew, err := k.index()
	if err != nil {
		return nil, fmt.Errorf("the file to keep captures in, %s: %w", path, err)
	}
	if k.file, err = warc.Append(path, warc.Options{}); err != nil {
		return nil, fmt.Errorf("nothing was fetched: %w", err)
	}
	if !isNew {
		return k, nil
	}
	_, err = k.file.Write(warc.InfoDraft(warc.Header{
		{Name: "software", Value: software},
		{Name: "format", Value: "WARC File Format 1.1"},
	}))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("beginning %s: %w", path, err), k.file.Close())
	}
	return k, nil
}

func (k *keeper) close() error { return k.file.Close() }

// index goes through the file and notes what it holds.
func (k *keeper) index() (isNew bool, err error) {
	f, err := os.Open(k.path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	if !info.Mode().IsRegular() {
		return false, errors.New("it is not a regular file")
	}
	if info.Size() == 0 {
		return true, nil
	}
	r, err := warc.NewReader(f)
	if err != nil {
		return false, err
	}
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		k.note(rec)
	}
}

// note notes a record that a later request can refer to.
func (k *keeper) note(rec *warc.Record) {
	if rec.Type() != warc.TypeResponse || rec.Inner != 0 || rec.Truncated() != "" {
		return
	}
	resp, err := rec.HTTP()
	if err != nil || resp.Status/100 != 2 {
		return // no capture of a page, so nothing to refer to
	}
	k.hold(resp.Header, kept{offset: rec.Offset, reference: warc.Reference{
		ID: rec.ID(), TargetURI: rec.TargetURI(), Date: rec.Date(),
		PayloadDigest: rec.Header.Get("WARC-Payload-Digest"),
	}})
}

// hold takes a capture as the latest of its address, if the site can be asked
// about it.
func (k *keeper) hold(header warc.Header, c kept) {
	c.etag, c.modified = header.Get("ETag"), header.Get("Last-Modified")
	if c.etag == "" && c.modified == "" {
		delete(k.held, c.reference.TargetURI)
		return
	}
	c.reference.Profile = warc.ProfileNotModified
	k.held[c.reference.TargetURI] = &c
}

// conditions makes a request conditional on a change of what is held, and
// gives that; nil if nothing is.
func (k *keeper) conditions(address string, header http.Header) *kept {
	c := k.held[address]
	if c == nil {
		return nil
	}
	if c.etag != "" {
		header.Set("If-None-Match", c.etag)
	}
	if c.modified != "" {
		header.Set("If-Modified-Since", c.modified)
	}
	return c
}

// keep adds an exchange: the response, or a revisit record where it says that
// nothing has changed, and the request.
func (k *keeper) keep(x *exchange) error {
	head, body := splitHead(x.response)
	response := warc.ResponseDraft(x.address, head, bytes.NewReader(body))
	if x.unchanged() {
		response = warc.RevisitDraft(x.address, head, x.earlier.reference)
	}
	receipt, err := k.write(x, response)
	if err != nil {
		return err
	}
	if x.status/100 == 2 {
		k.hold(warcHeader(x.header), kept{offset: receipt.Offset, reference: warc.Reference{
			ID: receipt.ID, TargetURI: x.address, Date: whence.NewDate(x.at, whence.Second),
			PayloadDigest: receipt.PayloadDigest,
		}})
	}
	_, err = k.write(x, warc.RequestDraft(x.address, x.request, nil, receipt.ID))
	return err
}

func (k *keeper) write(x *exchange, d warc.Draft) (warc.Receipt, error) {
	d.Date = x.at
	if x.ip != "" {
		d.Fields = append(d.Fields, warc.Field{Name: "WARC-IP-Address", Value: x.ip})
	}
	receipt, err := k.file.Write(d)
	if err != nil {
		return receipt, fmt.Errorf("keeping it in %s: %w", k.path, err)
	}
	return receipt, nil
}

func warcHeader(h http.Header) warc.Header {
	var header warc.Header
	for name, values := range h {
		for _, v := range values {
			header = append(header, warc.Field{Name: name, Value: v})
		}
	}
	return header
}

// splitHead cuts the bytes of a response after its header, past interim
// responses.
func splitHead(response []byte) (head, body []byte) {
	at := 0
	for {
		rest := response[at:]
		end := bytes.Index(rest, []byte("\r\n\r\n"))
		size := 4
		if lf := bytes.Index(rest, []byte("\n\n")); lf >= 0 && (end < 0 || lf < end) {
			end, size = lf, 2
		}
		if end < 0 {
			return response, nil
		}
		interim := bytes.HasPrefix(rest, []byte("HTTP/1.1 1"))
		at += end + size
		if !interim {
			return response[:at], response[at:]
		}
	}
}

// reread gives a capture that the file holds, its body in memory.
func (k *keeper) reread(c *kept, limit int64) (_ *captured, err error) {
	f, err := os.Open(k.path)
	if err != nil {
		return nil, fmt.Errorf("reading the kept capture: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Seek(c.offset, io.SeekStart); err != nil {
		return nil, fmt.Errorf("reading the kept capture: %w", err)
	}
	r, err := warc.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("reading the kept capture: %w", err)
	}
	r.Limits.Body = limit
	rec, err := r.Next()
	if err != nil {
		return nil, fmt.Errorf("reading the kept capture: %w", err)
	}
	found, err := open(rec)
	if err != nil || found == nil || rec.ID() != c.reference.ID {
		return nil, errors.Join(fmt.Errorf("the kept capture is no longer at byte %d of %s", c.offset, k.path), err)
	}
	body, err := whole(found.body, limit)
	found.body = bytes.NewReader(body)
	return found, err
}
