package intake

import (
	"bytes"
	"encoding/binary"
	"path"
	"slices"
	"strings"

	"whence/charset"
	"whence/feed"
	"whence/warc"
)

// Format is what a file is, in words for people.
type Format string

// The formats that are read.
const (
	HTML      Format = "HTML"
	Text      Format = "plain text"
	JSONLines Format = "JSON Lines"
	JSON      Format = "JSON document"
	Feed      Format = "feed"
	WARC      Format = "WARC"
	WACZ      Format = "WACZ"
	Gzip      Format = "gzip" // of any other
)

// The formats that are not read, apart from those of the table signatures.
const (
	Empty     Format = "empty file"
	Zip       Format = "zip archive"
	XML       Format = "XML document"
	JSONArray Format = "JSON array"
	SVG       Format = "SVG image"
	MHTML     Format = "MHTML page"
	Office    Format = "office document"
	EPUB      Format = "EPUB book"
	Code      Format = "script or style sheet"
	Unknown   Format = "unknown binary format"
)

// HeadSize is how many bytes of the beginning of a file are enough for
// Recognise. Fewer do where a file is shorter.
const HeadSize = 64 << 10

// signatures are the beginnings that tell a format by themselves; "?" stands
// for any byte. They are long enough that no text begins with one by chance.
var signatures = []struct {
	offset int
	bytes  string
	format Format
}{
	{0, "\x1f\x8b", Gzip},
	{0, "%PDF-", "PDF document"},
	{0, "\x89PNG\r\n\x1a\n", "PNG image"},
	{0, "\xff\xd8\xff", "JPEG image"},
	{0, "GIF87a", "GIF image"},
	{0, "GIF89a", "GIF image"},
	{0, "RIFF????WEBP", "WebP image"},
	{0, "\x00\x00\x00?ftypavif", "AVIF image"},
	{0, "\x00\x00\x00?ftypheic", "HEIC image"},
	{0, "\x00\x00\x00?ftyp", "MP4 video"},
	{0, "\x00\x00\x01\x00", "icon"},
	{0, "II*\x00", "TIFF image"},
	{0, "MM\x00*", "TIFF image"},
	{0, "8BPS\x00", "Photoshop image"},
	{0, "\x1aE\xdf\xa3", "WebM video"},
	{0, "RIFF????WAVE", "WAVE sound"},
	{0, "RIFF????AVI ", "AVI video"},
	{0, "OggS\x00", "Ogg sound"},
	{0, "fLaC\x00", "FLAC sound"},
	{0, "ID3\x02", "MP3 sound"},
	{0, "ID3\x03", "MP3 sound"},
	{0, "ID3\x04", "MP3 sound"},
	{0, "FLV\x01", "Flash video"},
	{0, "wOFF\x00\x01\x00\x00", "font"},
	{0, "wOF2\x00\x01\x00\x00", "font"},
	{0, "wOFFOTTO", "font"},
	{0, "wOF2OTTO", "font"},
	{0, "OTTO\x00", "font"},
	{0, "\x00\x01\x00\x00\x00", "font"},
	{0, "SQLite format 3\x00", "SQLite database"},
	{0, "7\x7f\x06\x82", "SQLite journal"},
	{0, "7\x7f\x06\x83", "SQLite journal"},
	{0, "\x00asm", "WebAssembly module"},
	{0, "\x7fELF", "program"},
	{0, "MZ\x90\x00", "program"},
	{0, "\x04\x22\x4d\x18", "LZ4 file"},
	{0, "\x28\xb5\x2f\xfd", "Zstandard file"},
	{0, "BZh?1AY&SY", "bzip2 file"},
	{0, "\xfd7zXZ\x00", "xz file"},
	{0, "7z\xbc\xaf\x27\x1c", "7-Zip archive"},
	{0, "Rar!\x1a\x07", "RAR archive"},
	{257, "ustar\x00", "tar archive"},
	{257, "ustar  \x00", "tar archive"},
	{0, "filedesc://", "ARC archive"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Office},
	{0, "{\\rtf", "RTF document"},
	{0, "%!PS", "PostScript document"},
	{0, "bplist00", "Safari web archive"},
	{0, "PAR1\x15", "Parquet file"},
	{0, "PK\x05\x06", Zip},
}

// zipNames tell what a zip archive is, by the beginning of a name in it.
var zipNames = []struct {
	prefix string
	format Format
}{
	{"archive/", WACZ},
	{"indexes/", WACZ},
	{"datapackage", WACZ},
	{"pages/", WACZ},
	{"word/", Office},
	{"xl/", Office},
	{"ppt/", Office},
	{"[Content_Types].xml", Office},
	{"mimetypeapplication/epub", EPUB},
	{"mimetypeapplication/vnd.oasis", Office},
}

// scriptNames are the ends of names of files that are text, yet no one's
// article. They decide only between plain text and Code.
var scriptNames = []string{
	".css", ".js", ".mjs", ".cjs", ".ts", ".map", ".scss", ".less", ".py", ".go",
	".sh", ".sql", ".ini", ".toml", ".yaml", ".yml", ".csv", ".tsv", ".log", ".cdx", ".cdxj",
}

// Recognise tells the format of a file from the bytes at its beginning, of
// which it needs up to [HeadSize], and from its name only where they leave it
// open; name may be empty.
func Recognise(head []byte, name string) Format {
	if len(head) == 0 {
		return Empty
	}
	for _, s := range signatures {
		if len(head) > s.offset && begins(head[s.offset:], s.bytes) {
			return s.format
		}
	}
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) {
		return recogniseZip(head)
	}
	if warc.Recognise(head) {
		return WARC
	}
	if feed.Recognise(head) {
		return Feed
	}
	return recogniseText(textView(head), strings.ToLower(path.Base(name)))
}

// begins tells whether data begins with a signature.
func begins(data []byte, signature string) bool {
	if len(data) < len(signature) {
		return false
	}
	for i := range len(signature) {
		if signature[i] != '?' && signature[i] != data[i] {
			return false
		}
	}
	return true
}

// recogniseZip looks at the names of the first files in a zip archive.
func recogniseZip(head []byte) Format {
	const magic, fixed = "PK\x03\x04", 30
	for {
		i := bytes.Index(head, []byte(magic))
		if i < 0 || len(head) < i+fixed {
			return Zip
		}
		head = head[i:]
		size := int(binary.LittleEndian.Uint16(head[26:])) + int(binary.LittleEndian.Uint16(head[28:]))
		name := string(head[fixed:min(len(head), fixed+size+len("application/vnd.oasis"))])
		for _, z := range zipNames {
			if strings.HasPrefix(name, z.prefix) {
				return z.format
			}
		}
		head = head[len(magic):]
	}
}

// textView is the beginning of a file as text: decoded where it begins with a
// byte-order mark or holds NUL bytes, which UTF-16 and UTF-32 do; else as it
// is, for all other encodings leave markup legible.
func textView(head []byte) string {
	begin := head[0]
	if begin == 0xEF || begin == 0xFE || begin == 0xFF || bytes.IndexByte(head, 0) >= 0 {
		s, _ := charset.Decode(head, "")
		return s
	}
	return string(head)
}

func recogniseText(s, name string) Format {
	if binary := controls(s); binary*16 > len(s) {
		return Unknown
	}
	s = strings.TrimLeft(s, " \t\r\n\f\v\x00")
	switch {
	case s == "":
		return Empty
	case mayBeMarkup(s, name):
		if f := recogniseMarkup(s); f != Text {
			return f
		}
	case s[0] == '{':
		if f := recogniseJSON(s); f != Text {
			return f
		}
	case s[0] == '[' && strings.HasPrefix(skipSpace(s[1:]), "{"):
		return JSONArray
	case isMHTML(s):
		return MHTML
	}
	return byName(name)
}

// controls counts the characters that do not occur in text.
func controls(s string) int {
	n := 0
	for i := range len(s) {
		if c := s[i]; c < ' ' && !strings.ContainsRune("\t\n\v\f\r\x0e\x0f\x1a\x1b", rune(c)) {
			n++
		}
	}
	return n
}

func skipSpace(s string) string { return strings.TrimLeft(s, " \t\r\n\f") }

// markupView is how much of a text is searched for signs of a page.
const markupView = 4 << 10

// hasTag tells whether one of the tags, given in lower case, stands near the
// beginning of s.
func hasTag(s string, tags ...string) bool {
	s = strings.ToLower(s[:min(len(s), markupView)])
	return slices.ContainsFunc(tags, func(tag string) bool { return strings.Contains(s, tag) })
}

// pageTags are the elements that a page, or a piece of one, begins with.
var pageTags = map[string]bool{
	"html": true, "head": true, "body": true, "title": true, "meta": true, "link": true,
	"script": true, "style": true, "base": true, "noscript": true, "main": true, "article": true,
	"section": true, "header": true, "nav": true, "div": true, "span": true, "p": true, "a": true,
	"h1": true, "h2": true, "h3": true, "h4": true, "ul": true, "ol": true, "table": true,
	"center": true, "font": true, "b": true, "i": true, "em": true, "strong": true, "br": true,
	"hr": true, "img": true, "form": true, "iframe": true, "frameset": true, "blockquote": true,
	"figure": true, "pre": true,
}

// recogniseMarkup tells a page from other XML, past comments and
// declarations. It is Text where "<" does not begin markup.
func recogniseMarkup(s string) Format {
	isXML := false
	for rest := s; ; {
		rest = skipSpace(rest)
		var end string
		switch {
		case strings.HasPrefix(rest, "<!--"):
			end = "-->"
		case strings.HasPrefix(rest, "<?"):
			isXML = isXML || strings.HasPrefix(rest, "<?xml")
			end = "?>"
		case hasPrefixFold(rest, "<!doctype html"):
			return HTML
		case hasPrefixFold(rest, "<!doctype"):
			isXML = true
			end = ">"
		default:
			return recogniseRoot(s, elementName(rest), isXML)
		}
		_, after, closed := strings.Cut(rest, end)
		if !closed {
			return recogniseRoot(s, "", isXML)
		}
		rest = after
	}
}

// recogniseRoot tells a page from other XML by its first element.
func recogniseRoot(s, element string, isXML bool) Format {
	switch {
	case element == "svg":
		return SVG
	case pageTags[element] || hasTag(s, "<!doctype html", "<html", "<body"):
		return HTML
	case isXML || strings.Contains(s, "xmlns=") || strings.Contains(s, "xmlns:"):
		return XML
	}
	return Text
}

// elementName is the name of the element that s begins with, in lower case,
// or "".
func elementName(s string) string {
	name, ok := strings.CutPrefix(s, "<")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(name, " \t\r\n\f/>"); i >= 0 {
		name = name[:i]
	}
	return strings.ToLower(name[:min(len(name), 32)])
}

// mayBeMarkup tells whether s is worth a look for markup. A file that is called
// a text may speak of tags, and even begin with one, so there a whole page is
// asked for.
func mayBeMarkup(s, name string) bool {
	if strings.HasSuffix(name, ".txt") || strings.HasSuffix(name, ".text") {
		return hasPrefixFold(s, "<!doctype") || hasPrefixFold(s, "<html") || hasPrefixFold(s, "<?xml")
	}
	return s[0] == '<' || hasTag(s, "<!doctype html", "<html")
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// recogniseJSON tells JSON Lines from one document over several lines. In
// JSON a line break stands between values alone, never in one; in a document
// the second line does not begin with "{", as after the first "{" comes a key.
func recogniseJSON(s string) Format {
	if next := skipSpace(s[1:]); next != "" && next[0] != '"' && next[0] != '}' {
		return Text
	}
	depth, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\n':
			if quoted || depth == 0 || depth == 1 && strings.HasPrefix(skipSpace(s[i:]), "{") {
				return JSONLines
			}
			return JSON
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			depth--
		}
	}
	return JSONLines
}

// isMHTML tells whether s begins with the header of a page saved with its
// parts in one file.
func isMHTML(s string) bool {
	header, _, _ := strings.Cut(s[:min(len(s), markupView)], "\r\n\r\n")
	header = strings.ToLower(header)
	return strings.Contains(header, "mime-version:") && strings.Contains(header, "multipart/related")
}

// byName decides what text without signs of its own is.
func byName(name string) Format {
	name = strings.TrimSuffix(name, ".download") // as one browser saves scripts
	switch end := path.Ext(name); {
	case slices.Contains(scriptNames, end):
		return Code
	case end == ".html" || end == ".htm" || end == ".xhtml":
		return HTML
	case end == ".jsonl" || end == ".ndjson":
		return JSONLines
	}
	return Text
}

// Read tells whether files of the format are read.
func (f Format) Read() bool {
	switch f {
	case HTML, Text, JSONLines, JSON, Feed, WARC, WACZ, Gzip:
		return true
	}
	return false
}

// quiet lists the formats that stand beside pages and are never news: in a
// folder they are passed over without a word.
var quiet = []Format{
	"PNG image", "JPEG image", "GIF image", "WebP image", "AVIF image", "HEIC image", "icon",
	"TIFF image", "Photoshop image", SVG, "MP4 video", "WebM video", "AVI video", "Flash video",
	"WAVE sound", "Ogg sound", "FLAC sound", "MP3 sound", "font", "SQLite database",
	"SQLite journal", "WebAssembly module", "program", Code, XML,
}

// remedies say what can be done about a file of a format that is not read.
var remedies = map[Format]string{
	Empty:                 "its download may have failed",
	Zip:                   "unpack it and name the folder",
	"tar archive":         "unpack it and name the folder",
	"RAR archive":         "unpack it and name the folder",
	"7-Zip archive":       "unpack it and name the folder",
	"LZ4 file":            "unpack it first: lz4 -d FILE",
	"Zstandard file":      "unpack it first: zstd -d FILE",
	"bzip2 file":          "unpack it first: bunzip2 FILE",
	"xz file":             "unpack it first: unxz FILE",
	"PDF document":        "save its text as a .txt file: pdftotext FILE",
	Office:                "save it as plain text or HTML",
	"RTF document":        "save it as plain text or HTML",
	"PostScript document": "save its text as a .txt file",
	EPUB:                  "unpack it and name the folder: it holds HTML",
	MHTML:                 "save the page as HTML",
	"Safari web archive":  "save the page as its source, HTML",
	"ARC archive":         "convert it to WARC first: warcio recompress FILE",
	JSONArray:             "give one article a line: jq -c '.[]' FILE | whence read -",
	XML:                   "it is neither a page nor a feed",
	"Parquet file":        "give one article a line, as JSON",
}
