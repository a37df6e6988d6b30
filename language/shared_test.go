package language_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"whence/charset"
	"whence/internal/golden"
	"whence/internal/shared"
	"whence/language"
)

// encodings are the folders of ../shared/corpora/encodings whose files are of
// one language, with the label to decode them by.
var encodings = []struct{ folder, label, language string }{
	{"Big5", "big5", "zh"}, {"GB2312", "gb18030", "zh"},
	{"CP932", "shift_jis", "ja"}, {"EUC-JP", "euc-jp", "ja"}, {"SHIFT_JIS", "shift_jis", "ja"}, {"iso-2022-jp", "iso-2022-jp", "ja"},
	{"CP949", "euc-kr", "ko"}, {"EUC-KR", "euc-kr", "ko"},
	{"IBM866", "ibm866", "ru"}, {"KOI8-R", "koi8-r", "ru"}, {"MacCyrillic", "x-mac-cyrillic", "ru"},
	{"iso-8859-5-russian", "iso-8859-5", "ru"}, {"windows-1251-russian", "windows-1251", "ru"},
	{"iso-8859-5-bulgarian", "iso-8859-5", "bg"}, {"windows-1251-bulgarian", "windows-1251", "bg"},
	{"TIS-620", "windows-874", "th"},
	{"iso-8859-2-croatian", "iso-8859-2", "hr"}, {"windows-1250-croatian", "windows-1250", "hr"},
	{"iso-8859-2-czech", "iso-8859-2", "cs"}, {"windows-1250-czech", "windows-1250", "cs"},
	{"iso-8859-2-hungarian", "iso-8859-2", "hu"}, {"windows-1250-hungarian", "windows-1250", "hu"},
	{"iso-8859-2-polish", "iso-8859-2", "pl"}, {"windows-1250-polish", "windows-1250", "pl"},
	{"windows-1250-romanian", "windows-1250", "ro"},
	{"iso-8859-2-slovak", "iso-8859-2", "sk"}, {"windows-1250-slovak", "windows-1250", "sk"},
	{"iso-8859-2-slovene", "iso-8859-2", "sl"}, {"windows-1250-slovene", "windows-1250", "sl"},
	{"iso-8859-6-arabic", "iso-8859-6", "ar"}, {"windows-1256-arabic", "windows-1256", "ar"},
	{"iso-8859-7-greek", "iso-8859-7", "el"},
	{"iso-8859-9-turkish", "iso-8859-9", "tr"}, {"windows-1254-turkish", "windows-1254", "tr"},
	{"windows-1255-hebrew", "windows-1255", "he"},
}

// tally counts answers, "" among them.
type tally map[string]int

func (t tally) String() string {
	codes := make([]string, 0, len(t))
	for code := range t {
		codes = append(codes, code)
	}
	slices.Sort(codes)
	var b strings.Builder
	for _, code := range codes {
		name := code
		if name == "" {
			name = "none"
		}
		fmt.Fprintf(&b, " %s %d", name, t[code])
	}
	return b.String()
}

// TestEncodings freezes what is answered for pages and feeds of known
// languages: for what they hold between the tags of titles, descriptions and
// bodies. Many of the feeds are half in English.
func TestEncodings(t *testing.T) {
	dir := shared.Path(t, "corpora", "encodings")
	tags := regexp.MustCompile(`(?s)<!\[CDATA\[|\]\]>|<script.*?</script>|<style.*?</style>|<[^>]*>`)
	prose := regexp.MustCompile(`(?s)<(title|description|summary|content|content:encoded|body)[ >].*?</(title|description|summary|content|content:encoded|body)>`)
	entities := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&nbsp;", " ", "&#160;", " ", "&amp;", "&")
	var table strings.Builder
	for _, e := range encodings {
		files, err := filepath.Glob(filepath.Join(dir, e.folder, "*"))
		if err != nil {
			t.Fatal(err)
		}
		got := tally{}
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			s, _ := charset.Decode(data, e.label)
			if found := prose.FindAllString(s, -1); found != nil {
				s = strings.Join(found, " ")
			}
			s = tags.ReplaceAllString(entities.Replace(tags.ReplaceAllString(s, " ")), " ")
			code := language.Of(s)
			if code != e.language {
				t.Logf("%s/%s: %q", e.folder, filepath.Base(f), code)
			}
			got[code]++
		}
		fmt.Fprintf(&table, "%-23s of %s:%v\n", e.folder, e.language, got)
	}
	golden.Check(t, filepath.Join("testdata", "encodings.golden"), table.String())
}

// lengths are how many words of a text are asked about, 0 for all.
var lengths = []int{0, 100, 50, 20, 10}

// TestEnglish freezes what is answered for English news, whole and in short
// excerpts from its middle.
func TestEnglish(t *testing.T) {
	var table strings.Builder
	for _, corpus := range []struct {
		name  string
		texts []string
	}{
		{"news", newsTexts(t, shared.Path(t, "corpora", "news", "articles.jsonl.gz"))},
		{"polnear", polnearTexts(t, shared.Path(t, "corpora", "polnear"))},
	} {
		for _, n := range lengths {
			got := tally{}
			for i, s := range corpus.texts {
				if n > 0 {
					s = excerpt(s, n)
				}
				code := language.Of(s)
				if n == 0 && code != "en" {
					t.Logf("%s %d: %q for %.80q", corpus.name, i, code, s)
				}
				got[code]++
			}
			fmt.Fprintf(&table, "%s, words %d (0: all):%v\n", corpus.name, n, got)
		}
	}
	golden.Check(t, filepath.Join("testdata", "english.golden"), table.String())
}

// excerpt is n words from the middle of a text.
func excerpt(s string, n int) string {
	words := strings.Fields(s)
	from := max(0, len(words)/2-n/2)
	return strings.Join(words[from:min(len(words), from+n)], " ")
}

func newsTexts(t *testing.T, path string) (texts []string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var a struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		texts = append(texts, a.Text)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return texts
}

func polnearTexts(t *testing.T, dir string) (texts []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*", "text", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(data))
	}
	return texts
}
