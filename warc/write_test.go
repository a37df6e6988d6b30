package warc_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"whence"
	"whence/internal/shared"
	"whence/warc"
)

// kept is what a record must be the same in after writing and reading.
type kept struct {
	Type, ID, URI, Date, ContentType, Truncated, Block string
	Fields                                             warc.Header
}

// readAll reads an archive to its end and fails on anything that is not as it
// should be: a warning, an error, a digest that does not match.
func readAll(t rapid.TB, r io.Reader, extra ...string) []kept {
	t.Helper()
	reader, err := warc.NewReader(r)
	if err != nil {
		t.Fatal(err)
	}
	var all []kept
	for {
		rec, err := reader.Next()
		if w := reader.Warnings(); len(w) > 0 {
			t.Fatalf("warnings: %v", w)
		}
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		block, err := io.ReadAll(rec.Content)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range rec.Digests() {
			if p := d.Problem(); p != "" {
				t.Fatal(p)
			}
		}
		k := kept{
			Type: rec.Type(), ID: rec.ID(), URI: rec.TargetURI(), Date: rec.Date().String(),
			ContentType: rec.Header.Get("Content-Type"), Truncated: rec.Truncated(), Block: string(block),
		}
		for _, name := range extra {
			for _, v := range rec.Header.Values(name) {
				k.Fields = append(k.Fields, warc.Field{Name: name, Value: v})
			}
		}
		all = append(all, k)
	}
}

// drafted is what a reader must find of a draft.
func drafted(d warc.Draft, payload []byte) kept {
	return kept{
		Type: d.Type, ID: d.ID, URI: d.TargetURI, Date: d.Date.UTC().Format(time.RFC3339),
		ContentType: d.ContentType, Truncated: d.Truncated,
		Block: string(d.Head) + string(payload), Fields: d.Fields,
	}
}

const extraField = "X-Of-The-Test"

// drafts draws records with any content that the format can hold.
func drafts(t *rapid.T) ([]warc.Draft, []kept) {
	text := rapid.StringMatching(`[!-~éß雨][ -~éß雨]{0,30}[!-~]`)
	word := rapid.StringMatching(`[a-z]{1,12}`)
	var list []warc.Draft
	var want []kept
	for range rapid.IntRange(0, 6).Draw(t, "records") {
		payload := rapid.OneOf(
			rapid.SliceOfN(rapid.Byte(), 0, 300),
			rapid.Map(rapid.SampledFrom([]string{
				"\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\n", "WARC/1.0\r\n", "\r\n\r\n", "\n", "\x1f\x8b\x08",
			}), func(s string) []byte { return []byte(s) }),
			rapid.Map(rapid.IntRange(0, 300_000), func(n int) []byte { return bytes.Repeat([]byte("a line\r\n\r\nWARC/1.1\r\n"), n/20) }),
		).Draw(t, "payload")
		d := warc.Draft{
			Type:        rapid.SampledFrom([]string{warc.TypeResponse, warc.TypeRequest, warc.TypeResource, warc.TypeMetadata, warc.TypeConversion, "mine"}).Draw(t, "type"),
			ID:          "urn:uuid:" + word.Draw(t, "id"),
			Date:        time.Unix(rapid.Int64Range(-1e9, 1e10).Draw(t, "date"), 0),
			TargetURI:   "https://" + word.Draw(t, "host") + ".example/?" + word.Draw(t, "query"),
			ContentType: rapid.SampledFrom([]string{"", "text/plain"}).Draw(t, "content type"),
			Truncated:   rapid.SampledFrom([]string{"", "length"}).Draw(t, "truncated"),
			Payload:     bytes.NewReader(payload),
		}
		if rapid.Bool().Draw(t, "HTTP") {
			d.ContentType, d.Head = "application/http; msgtype=response", []byte("HTTP/1.1 200 OK\r\nA: b\r\n\r\n")
		}
		for range rapid.IntRange(0, 2).Draw(t, "fields") {
			d.Fields = append(d.Fields, warc.Field{Name: extraField, Value: text.Draw(t, "value")})
		}
		list, want = append(list, d), append(want, drafted(d, payload))
	}
	return list, want
}

func write(t rapid.TB, opt warc.Options, list ...warc.Draft) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := warc.NewWriter(&out, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		r, err := w.Write(d)
		if err != nil {
			t.Fatal(err)
		}
		if r.Offset+r.Size != int64(out.Len()) {
			t.Fatalf("receipt %+v, %d bytes written", r, out.Len())
		}
	}
	return out.Bytes()
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list, want := drafts(rt)
		opt := warc.Options{
			Version: rapid.SampledFrom([]string{"", "1.0", "1.1"}).Draw(rt, "version"),
			Plain:   rapid.Bool().Draw(rt, "plain"),
		}
		file := write(rt, opt, list...)
		if diff := cmp.Diff(want, readAll(rt, bytes.NewReader(file), extraField)); diff != "" {
			rt.Fatalf("(-written +read)\n%s", diff)
		}
	})
}

// The same records must be read from every form of file, in whatever pieces
// the bytes come.
func TestEveryFormGivesTheSameRecords(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		list, want := drafts(rt)
		plain := write(rt, warc.Options{Plain: true}, list...)
		if len(plain) == 0 {
			return
		}
		cut := rapid.IntRange(0, len(plain)).Draw(rt, "cut")
		forms := map[string][]byte{
			"whole file": gzipped(plain),
			"any cut":    append(gzipped(plain[:cut]), gzipped(plain[cut:])...),
			"padded":     append(gzipped(plain), gzipped(nil)...),
		}
		for name, form := range forms {
			// A cut inside a version line, or before one that is content, leaves
			// a member that begins like a record: that is another file.
			if name == "any cut" && (cut < 16 || bytes.HasPrefix(bytes.TrimLeft(plain[cut:], "\r\n"), []byte("WARC/"))) {
				continue
			}
			if diff := cmp.Diff(want, readAll(rt, iotest.HalfReader(bytes.NewReader(form)), extraField)); diff != "" {
				rt.Fatalf("%s (-written +read)\n%s", name, diff)
			}
		}
	})
}

func TestPlainAndGzipRecordsMix(t *testing.T) {
	a := warc.ResourceDraft("file:///a", "text/plain", strings.NewReader("one"))
	b := warc.ResourceDraft("file:///b", "text/plain", strings.NewReader("two"))
	c := warc.ResourceDraft("file:///c", "text/plain", strings.NewReader("three"))
	file := write(t, warc.Options{Plain: true}, a)
	file = append(file, write(t, warc.Options{}, b)...)
	file = append(file, write(t, warc.Options{Plain: true}, c)...)
	var blocks []string
	for _, k := range readAll(t, bytes.NewReader(file)) {
		blocks = append(blocks, k.Block)
	}
	if diff := cmp.Diff([]string{"one", "two", "three"}, blocks); diff != "" {
		t.Error(diff)
	}
}

// page is the capture that the tests keep, as it came: still compressed.
const page = `<html><title>Harbour dues rise</title><p>The port office of Skerrin said on Monday that dues would rise.</p></html>`

// exchange drafts all that one capture leaves in an archive.
func exchange() []warc.Draft {
	const uri = "https://www.harbourpost.example/news/dues"
	when := time.Date(2025, 3, 4, 5, 6, 7, 0, time.UTC)
	info := warc.InfoDraft(warc.Header{{Name: "software", Value: "whence"}, {Name: "format", Value: "WARC File Format 1.1"}})
	head := warc.ResponseHead("HTTP/2.0", "200 OK", map[string][]string{
		"Content-Type": {"text/html; charset=utf-8"}, "Content-Encoding": {"gzip"}, "Set-Cookie": {"a=1", "b=2"},
	})
	response := warc.ResponseDraft(uri, head, bytes.NewReader(gzipped([]byte(page))))
	response.ID = "urn:uuid:11111111-2222-4333-8444-555555555555"
	response.Fields = warc.Header{{Name: "WARC-IP-Address", Value: "192.0.2.7"}}
	request := warc.RequestDraft(uri, warc.RequestHead("GET", "/news/dues", map[string][]string{"Host": {"www.harbourpost.example"}}), nil, response.ID)
	ref := warc.Reference{ID: response.ID, TargetURI: uri, Date: whence.NewDate(when, whence.Second), PayloadDigest: "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ", Profile: warc.ProfileNotModified}
	again := warc.RevisitDraft(uri, warc.ResponseHead("HTTP/1.1", "304 Not Modified", nil), ref)
	list := []warc.Draft{
		info, response, request, again,
		warc.ResourceDraft("file:///statement.txt", "text/plain", strings.NewReader("The office declined to comment.\n")),
		warc.MetadataDraft(uri, response.ID, warc.Header{{Name: "via", Value: "https://www.harbourpost.example/"}}),
	}
	for i := range list {
		list[i].Date = when
	}
	return list
}

func TestCaptureReadBack(t *testing.T) {
	file := write(t, warc.Options{}, exchange()...)
	r, err := warc.NewReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var types []string
	for {
		rec, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		types = append(types, rec.Type())
		switch rec.Type() {
		case warc.TypeResponse:
			checkPage(t, rec)
		case warc.TypeRevisit:
			ref, _ := rec.Refers()
			if ref.ID != "urn:uuid:11111111-2222-4333-8444-555555555555" || ref.Date.String() != "2025-03-04T05:06:07Z" ||
				ref.TargetURI != rec.TargetURI() || ref.PayloadDigest == "" || ref.Profile != warc.ProfileNotModified {
				t.Errorf("the revisit refers to %+v", ref)
			}
		}
		if _, is := rec.Refers(); is != (rec.Type() == warc.TypeRevisit) {
			t.Errorf("a %s record refers: %v", rec.Type(), is)
		}
	}
	if diff := cmp.Diff([]string{"warcinfo", "response", "request", "revisit", "resource", "metadata"}, types); diff != "" {
		t.Error(diff)
	}
}

func checkPage(t *testing.T, rec *warc.Record) {
	t.Helper()
	resp, err := rec.HTTP()
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil || string(body) != page {
		t.Errorf("body %q, %v", body, err)
	}
	if resp.Status != 200 || resp.Proto != "HTTP/1.1" || resp.Reason != "OK" || len(resp.Header.Values("set-cookie")) != 2 {
		t.Errorf("response %+v", resp)
	}
	if p := resp.Problems(); len(p) > 0 {
		t.Errorf("problems %q", p)
	}
	for _, d := range rec.Digests() {
		if d.Verdict != warc.DigestMatch {
			t.Errorf("%+v", d)
		}
	}
	if rec.Header.Get("WARC-Warcinfo-ID") == "" {
		t.Error("the response does not name its warcinfo record")
	}
}

// The validator of another project must accept what is written.
func TestWarcioAcceptsWhatIsWritten(t *testing.T) {
	program, err := exec.LookPath("warcio")
	if err != nil {
		shared.Missing(t, "warcio (pip install warcio)")
		return
	}
	for name, opt := range map[string]warc.Options{
		"new.warc.gz": {}, "new.warc": {Plain: true}, "old.warc.gz": {Version: "1.0"},
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, write(t, opt, exchange()...), 0o644); err != nil {
			t.Fatal(err)
		}
		out, err := exec.Command(program, "check", "-v", path).CombinedOutput()
		if err != nil || strings.Count(string(out), "digest pass") != 5 {
			t.Errorf("warcio check %s: %v\n%s", name, err, out)
		}
		out, err = exec.Command(program, "index", "-f", "offset,warc-type,http:status", path).CombinedOutput()
		if err != nil || strings.Count(string(out), "\n") != 6 || !strings.Contains(string(out), `"http:status": "304"`) {
			t.Errorf("warcio index %s: %v\n%s", name, err, out)
		}
	}
}

func TestRevisitWithoutTarget(t *testing.T) {
	ref, is := first(t, rec("", "WARC-Type: revisit", "WARC-Target-URI: <http://a.example/x y>", "WARC-Refers-To: <urn:a>")).Refers()
	want := warc.Reference{ID: "urn:a", TargetURI: "http://a.example/x%20y"}
	if !is || ref != want {
		t.Errorf("%+v, want %+v", ref, want)
	}
}

func TestDraftsThatAreWrong(t *testing.T) {
	for name, d := range map[string]warc.Draft{
		"no type":            {},
		"two lines in a URI": {Type: "resource", TargetURI: "http://a.example/\r\nWARC-Type: x"},
		"a line in a field":  {Type: "resource", Fields: warc.Header{{Name: "X", Value: "a\nb"}}},
		"a name with blanks": {Type: "resource", Fields: warc.Header{{Name: "X Y", Value: "a"}}},
		"a second length":    {Type: "resource", Fields: warc.Header{{Name: "content-length", Value: "1"}}},
		"no head":            {Type: "response", ContentType: "application/http"},
		"half a head":        {Type: "response", ContentType: "application/http", Head: []byte("HTTP/1.1 200 OK\r\n")},
		"a head for no HTTP": {Type: "resource", ContentType: "text/plain", Head: []byte("HTTP/1.1 200 OK\r\n\r\n")},
		"the year 12000":     {Type: "resource", Date: time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC)},
	} {
		var out bytes.Buffer
		w, _ := warc.NewWriter(&out, warc.Options{})
		if _, err := w.Write(d); !errors.Is(err, whence.ErrMalformed) || out.Len() > 0 {
			t.Errorf("%s: %v, %d bytes written", name, err, out.Len())
		}
		if _, err := w.Write(warc.ResourceDraft("file:///a", "", nil)); err != nil {
			t.Errorf("after %s: %v", name, err)
		}
	}
	if _, err := warc.NewWriter(io.Discard, warc.Options{Version: "2.0"}); err == nil {
		t.Error("version 2.0 is written")
	}
}

func TestPayloadThatBreaksWritesNothing(t *testing.T) {
	var out bytes.Buffer
	w, _ := warc.NewWriter(&out, warc.Options{})
	broken := errors.New("the line went dead")
	_, err := w.Write(warc.ResourceDraft("file:///a", "", io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken))))
	if !errors.Is(err, broken) || out.Len() > 0 {
		t.Errorf("%v, %d bytes written", err, out.Len())
	}
}

// A payload past SpoolMemory waits in a file, which is gone afterwards.
func TestLargePayload(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	payload := bytes.Repeat([]byte("0123456789abcdef"), warc.SpoolMemory/4)
	file := write(t, warc.Options{}, warc.ResourceDraft("file:///large", "text/plain", bytes.NewReader(payload)))
	all := readAll(t, bytes.NewReader(file))
	if len(all) != 1 || all[0].Block != string(payload) {
		t.Error("the payload differs")
	}
	if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
		t.Errorf("%v is left behind", left)
	}
}
