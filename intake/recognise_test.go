package intake

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

func TestRecognise(t *testing.T) {
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	utf16be := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	const page = "<!DOCTYPE html><html><head><title>Quay shut</title></head><body><p>The quay is shut.</p></body></html>"
	for _, c := range []struct {
		name, head string
		want       Format
	}{
		{"", "", Empty},
		{"blank.txt", " \r\n\n\t ", Empty},
		{"", page, HTML},
		{"quay.txt", page, HTML}, // the name is only a hint
		{"", "\uFEFF\n\n" + page, HTML},
		{"", "<!-- saved from url=(0030)https://harbourpost.example/a -->\n<html>", HTML},
		{"", `<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html xmlns="http://www.w3.org/1999/xhtml">`, HTML},
		{"", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">`, HTML},
		{"", "<P>The quay is shut.</P>", HTML},
		{"", "<article class='a'>The quay is shut.", HTML},
		{"", "junk before\n<HTML><body>", HTML},
		{"", "<custom-page><body>The quay", HTML},
		{"quay.html", "The quay is shut.", HTML},
		{"", encoded(t, utf16, page), HTML},
		{"", encoded(t, utf16be, page), HTML},
		{"", "The quay is shut, the mayor said.", Text},
		{"quay", "The quay < the pier > the mole", Text},
		{"", "<3 the quay", Text},
		{"", "The new WAVE of ferries", Text},
		{"", "ID3 is a quay, as is OggS, said PAR1 of BZh.", Text},
		{"", strings.Repeat("quay ", 51) + "m mustard", Text},
		{"quay.txt", "The tag <html> begins a page.", Text},
		{"quay.txt", "<b>Quay shut</b>", Text},
		{"quay.txt", "{\"text\":\"The quay is shut.\"}", JSONLines},
		{"", "{The quay is shut}", Text},
		{"", "[Editor's note: the quay is shut]", Text},
		{"", encoded(t, utf16, "The quay is shut."), Text},
		{"", encoded(t, charmap.Windows1251, "Причал закрыт, сказал мэр."), Text},
		{"", "The qu\x00ay is shut, and stays shut.", Text},
		{"quay.css", "body { color: red }", Code},
		{"quay.js.download", "window.quay = 1", Code},
		{"quay.css", page, HTML},
		{"", "\x00\x01\x02\x03quay\x04\x05\x06", Unknown},
		{"", `{"text":"The quay is shut."}` + "\n" + `{"text":"The pier is shut."}`, JSONLines},
		{"", `{"text":"The quay is shut."}`, JSONLines},
		{"", encoded(t, utf16, `{"text":"The quay is shut."}`), JSONLines},
		{"", `{"text": broken` + "\n" + `{"text":"The pier is shut."}`, JSONLines},
		{"", `{"text": "broken` + "\n" + `{"text":"The pier is shut."}`, JSONLines},
		{"", `{"items": [` + "\n" + `{"a": 1}]}`, JSON},
		{"", "{\n  \"text\": \"The quay is shut.\"\n}", JSON},
		{"", `{"a": "}\"{", "b": [` + "\n1]}", JSON},
		{"", `[{"text":"The quay is shut."}]`, JSONArray},
		{"", "\n [\n {", JSONArray},
		{"", `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title></channel></rss>`, Feed},
		{"", `<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title></feed>`, Feed},
		{"", `{"version":"https://jsonfeed.org/version/1.1","title":"Harbour Post","items":[]}`, Feed},
		{"", `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>`, XML},
		{"", `<note xmlns:a="b"><a:to/></note>`, XML},
		{"", `<svg viewBox="0 0 1 1">`, SVG},
		{"", `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "a" "b"><svg>`, SVG},
		{"", "WARC/1.1\r\nWARC-Type: warcinfo\r\n", WARC},
		{"quay.txt", "\x1f\x8b\x08\x00", Gzip},
		{"", zipOf(t, "archive/data.warc.gz"), WACZ},
		{"", zipOf(t, "fuzzy.json", "pages/pages.jsonl"), WACZ},
		{"", zipOf(t, "quay.html"), Zip},
		{"", zipOf(t, "[Content_Types].xml"), Office},
		{"", zipOf(t, "word/document.xml"), Office},
		{"", "%PDF-1.7\n%", "PDF document"},
		{"", "\x89PNG\r\n\x1a\n\x00", "PNG image"},
		{"", "\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG image"},
		{"", "\x00\x00\x00\x20ftypisom", "MP4 video"},
		{"", "BZh91AY&SY\x00", "bzip2 file"},
		{"", "RIFF\x00\x00\x00\x00WEBPVP8", "WebP image"},
		{"", "\x04\x22\x4d\x18\x60", "LZ4 file"},
		{"", "\x28\xb5\x2f\xfd\x00", "Zstandard file"},
		{"", "SQLite format 3\x00\x10", "SQLite database"},
		{"", "{\\rtf1\\ansi", "RTF document"},
		{"", strings.Repeat("\x00", 257) + "ustar\x00", "tar archive"},
		{"", "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n", MHTML},
	} {
		if got := Recognise([]byte(c.head), c.name); got != c.want {
			t.Errorf("%.60q named %q: %q, want %q", c.head, c.name, got, c.want)
		}
	}
}

func encoded(t *testing.T, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func zipOf(t testing.TB, names ...string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte("quay"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Every format is either read, or refused with a hint of what to do, or
// passed over in folders.
func TestFormatsAreRefusedWithAHint(t *testing.T) {
	formats := []Format{Empty, Zip, XML, JSONArray, MHTML, Office, EPUB}
	for _, s := range signatures {
		if !s.format.Read() && !slices.Contains(formats, s.format) {
			formats = append(formats, s.format)
		}
	}
	for _, f := range formats {
		if remedies[f] == "" && !slices.Contains(quiet, f) {
			t.Errorf("%q is refused without saying what to do", f)
		}
	}
	for f := range remedies {
		if !slices.Contains(formats, f) {
			t.Errorf("%q has a remedy but is never recognised", f)
		}
	}
}
