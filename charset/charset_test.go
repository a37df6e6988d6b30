package charset

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"pgregory.net/rapid"

	"whence/internal/golden"
	"whence/internal/shared"
)

func utf16Bytes(s string, big bool) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			b.WriteString(string([]byte{byte(u >> 8), byte(u)}))
		} else {
			b.WriteString(string([]byte{byte(u), byte(u >> 8)}))
		}
	}
	return b.String()
}

func utf32Bytes(s string, big bool) string {
	var b strings.Builder
	for _, r := range s {
		if big {
			b.Write([]byte{0, byte(r >> 16), byte(r >> 8), byte(r)})
		} else {
			b.Write([]byte{byte(r), byte(r >> 8), byte(r >> 16), 0})
		}
	}
	return b.String()
}

func TestDecode(t *testing.T) {
	const page = `<html><head><meta charset="shift_jis"></head>`
	long := strings.Repeat("Der Fährmann von Källby. ", 20)
	longLatin, err := charmap.Windows1252.NewEncoder().String(long)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what, data, label string
		text, name        string
		by                func([]byte, string) (string, string)
	}{
		{"nothing", "", "", "", "utf-8", Decode},
		{"ASCII", "plain\r\nlines\r", "", "plain\r\nlines\r", "utf-8", Decode},
		{"NUL, controls and bidi stay", "a\x00b\x1B[31m\u202E\u200B\uFEFFc", "", "a\x00b\x1B[31m\u202E\u200B\uFEFFc", "utf-8", Decode},
		{"UTF-8 mark goes", "\xEF\xBB\xBFå", "", "å", "utf-8", Decode},
		{"only one mark goes", "\xEF\xBB\xBF\xEF\xBB\xBFå", "", "\uFEFFå", "utf-8", Decode},
		{"UTF-16LE mark", "\xFF\xFE" + utf16Bytes("hé😀", false), "utf-8", "hé😀", "utf-16le", Decode},
		{"UTF-16BE mark", "\xFE\xFF" + utf16Bytes("hé😀", true), "", "hé😀", "utf-16be", Decode},
		{"UTF-16LE mark, then NUL", "\xFF\xFE\x00\x00a\x00", "", "\x00a", "utf-16le", Decode},
		{"UTF-32LE mark", "\xFF\xFE\x00\x00" + utf32Bytes("hé😀", false), "", "hé😀", "utf-32le", Decode},
		{"UTF-32BE mark", "\x00\x00\xFE\xFF" + utf32Bytes("hé😀", true), "", "hé😀", "utf-32be", Decode},
		{"half a UTF-16 character", "\xFF\xFEa\x00b", "", "a\uFFFD", "utf-16le", Decode},
		{"UTF-16LE without a mark", utf16Bytes("The ferry sank.", false), "", "The ferry sank.", "utf-16le", Decode},
		{"UTF-16BE without a mark", utf16Bytes("<?xml 漢字?>", true), "", "<?xml 漢字?>", "utf-16be", Decode},
		{"UTF-32LE without a mark", utf32Bytes("The ferry 漢", false), "", "The ferry 漢", "utf-32le", Decode},
		{"UTF-32BE without a mark", utf32Bytes("The ferry 漢", true), "", "The ferry 漢", "utf-32be", Decode},
		{"too short to be UTF-32", "ab\x00\x00", "", "ab\x00\x00", "utf-8", Decode},
		{"a NUL makes no UTF-16", "ab\x00c", "", "ab\x00c", "utf-8", Decode},
		{"valid UTF-8 beats a label", "å", "iso-8859-1", "å", "utf-8", Decode},
		{"a label from outside", "p\xF8ls", "iso-8859-1", "pøls", "windows-1252", Decode},
		{"windows-1252 by default", "\x93so\x94 \x81", "", "“so”\u0020\u0081", "windows-1252", Decode},
		{"an unknown label is none", "p\xF8ls", "klingon", "pøls", "windows-1252", Decode},
		{"an overlong label is none", "p\xF8ls", strings.Repeat("utf-8", 100), "pøls", "windows-1252", Decode},
		{"UTF-8 with a broken byte", "ååå\xFFå", "utf-8", "ååå\uFFFDå", "utf-8", Decode},
		{"UTF-8 declared, Latin-1 sent", "p\xF8ls \xE5", "utf-8", "pøls å", "windows-1252", Decode},
		{"UTF-8 cut off, undeclared", "åå\xE2\x82", "", "åå\uFFFD", "utf-8", Decode},
		{"UTF-8 with a broken byte, Latin-1 declared", long + "\xFF", "latin-1", long + "\uFFFD", "utf-8", Decode},
		{"Latin-1 declared", longLatin, "latin-1", long, "windows-1252", Decode},
		{"marked UTF-8, Latin-1 sent", "\xEF\xBB\xBFp\xF8ls \xE5", "", "pøls å", "windows-1252", Decode},
		{"undefined bytes", "a\xD2", "windows-1253", "a\uFFFD", "windows-1253", Decode},
		{"UTF-16 declared, none sent", "Plain words. p\xF8ls", "utf-16", "Plain words. pøls", "windows-1252", Decode},
		{"UTF-16 declared, CJK sent", "\x4E\x00\x6F\x22\x5B\x57\x00\x0A", "utf-16be", "一漢字\n", "utf-16be", Decode},
		{"ISO-2022-KR", "\x1B$)C\x0E0!\x0F a\n", "iso-2022-kr", "가 a\n", "iso-2022-kr", Decode},
		{"escapes without a label", "\x1B$)C\x0E0!\x0F", "", "\x1B$)C\x0E0!\x0F", "utf-8", Decode},
		{"HZ", "a~{<:Ky2;~}", "HZ-GB-2312", "a己所不", "hz-gb-2312", Decode},
		{"Johab", "\x88\x61\xD3\xB7 \xDA\x35 \xE0\x31x", "johab", "가힝 \uFF05 伽x", "johab", Decode},
		{"Johab, undefined pairs", "\x80a\xFF\xFF\x88", "johab", "\uFFFDa\uFFFD\uFFFD", "johab", Decode},
		{"EUC-TW", "\xE0\xAE\xDC\xF3\xA1\xA4 \x8E\xA2\xA1\xA1\x8E\xA2\xF2\xC4", "x-euc-tw", "渡船。 乂龘", "euc-tw", Decode},
		{"EUC-TW, undefined pairs", "\xFE\xFEa\x8E\xA9\xA1\xA1b\xE0", "EUC-TW", "\uFFFDa\uFFFDb\uFFFD", "euc-tw", Decode},
		{"another spelling", "\x8D", "MacRoman", "ç", "macintosh", Decode},
		{"another spelling, DOS", "\x81", "cp-850", "ü", "ibm850", Decode},
		{"another spelling, ISO", "\xB1", "ISO8859_2", "ą", "iso-8859-2", Decode},
		{"UTF-7 is refused", "+AOU- \xE5", "utf-7", "+AOU- å", "windows-1252", Decode},

		{"meta", page + "\x83C", "", page + "イ", "shift_jis", HTML},
		{"meta after the label", page + "\xE5", "windows-1252", page + "å", "windows-1252", HTML},
		{"meta after an unknown label", page + "\x83C", "klingon", page + "イ", "shift_jis", HTML},
		{"meta, http-equiv", "<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=KOI8-R'>\xC1", "", "<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=KOI8-R'>а", "koi8-r", HTML},
		{"meta, content without the pragma", "<meta content='text/html; charset=koi8-r'>\xC1", "", "<meta content='text/html; charset=koi8-r'>Á", "windows-1252", HTML},
		{"meta in a comment", "<!--<meta charset=koi8-r>-->\xC1", "", "<!--<meta charset=koi8-r>-->Á", "windows-1252", HTML},
		{"first known meta", "<meta charset=x><meta charset=koi8-r>\xC1", "", "<meta charset=x><meta charset=koi8-r>а", "koi8-r", HTML},
		{"meta says UTF-16", "<meta charset=utf-16>åå\xFF", "", "<meta charset=utf-16>åå\uFFFD", "utf-8", HTML},
		{"meta past the limit", strings.Repeat(" ", 4096) + "<meta charset=koi8-r>\xC1", "", strings.Repeat(" ", 4096) + "<meta charset=koi8-r>Á", "windows-1252", HTML},
		{"XHTML", "<?xml version='1.0' encoding='koi8-r'?>\xC1", "", "<?xml version='1.0' encoding='koi8-r'?>а", "koi8-r", HTML},
		{"meta is nothing to XML", "<meta charset=koi8-r>\xC1", "", "<meta charset=koi8-r>Á", "windows-1252", XML},
		{"XML declaration", "\r\n<?xml version=\"1.0\" encoding = \"EUC-KR\" ?>\xB3\xE2", "", "\r\n<?xml version=\"1.0\" encoding = \"EUC-KR\" ?>년", "euc-kr", XML},
		{"XML declaration behind junk", "<b>Notice</b><?xml encoding='koi8-r'?>\xC1", "", "<b>Notice</b><?xml encoding='koi8-r'?>а", "koi8-r", XML},
		{"XML declaration never closed", "<?xml encoding='koi8-r", "", "<?xml encoding='koi8-r", "utf-8", XML},
		{"XML declaration says UTF-16", "<?xml version='1.0' encoding='utf-16'?>å", "", "<?xml version='1.0' encoding='utf-16'?>å", "utf-8", XML},
	} {
		t.Run(c.what, func(t *testing.T) {
			text, name := c.by([]byte(c.data), c.label)
			if text != c.text || name != c.name {
				t.Errorf("got %q in %s, want %q in %s", text, name, c.text, c.name)
			}
		})
	}
}

// Every text that an encoding can write comes back from its bytes.
func TestRoundTrip(t *testing.T) {
	encoders := map[string]interface{ String(string) (string, error) }{
		"windows-1251": charmap.Windows1251.NewEncoder(),
		"shift_jis":    japanese.ShiftJIS.NewEncoder(),
		"iso-2022-jp":  japanese.ISO2022JP.NewEncoder(),
		"euc-kr":       korean.EUCKR.NewEncoder(),
	}
	for label, encoder := range encoders {
		rapid.Check(t, func(t *rapid.T) {
			text := rapid.StringOf(rapid.RuneFrom([]rune("aZ0 <>\n\t。、漢字かなカナ가힣Жяё—"))).Draw(t, "text")
			data, err := encoder.String(text)
			if err != nil {
				t.Skip("not in this encoding")
			}
			if utf8.ValidString(data) && data != text && label != "iso-2022-jp" {
				t.Skip("passes for UTF-8")
			}
			if got, name := Decode([]byte(data), label); got != text {
				t.Fatalf("%s: %q came back as %q in %s", label, text, got, name)
			}
		})
	}
}

// Marked wide text comes back whole, and so does any valid UTF-8.
func TestWideRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.TrimLeft(rapid.String().Draw(t, "text"), "\uFEFF\x00")
		for _, data := range []string{
			"\xFF\xFE" + utf16Bytes(text+"x", false), "\xFE\xFF" + utf16Bytes(text+"x", true),
			"\xFF\xFE\x00\x00" + utf32Bytes(text+"x", false), "\x00\x00\xFE\xFF" + utf32Bytes(text+"x", true),
		} {
			if got, name := Decode([]byte(data), ""); got != text+"x" {
				t.Fatalf("%q came back as %q in %s", text+"x", got, name)
			}
		}
	})
}

// label is the encoding that a folder of the corpus is named after: a
// language may follow.
func label(folder string) string {
	for _, language := range []string{
		"-croatian", "-czech", "-hungarian", "-polish", "-slovak", "-slovene", "-romanian", "-bulgarian",
		"-russian", "-arabic", "-greek", "-turkish", "-hebrew",
	} {
		folder = strings.TrimSuffix(folder, language)
	}
	return folder
}

// TestEncodings decodes every file of the corpus as its folder is named, and
// freezes the encoding found and the share of U+FFFD, and how many of the
// files read the same by what they declare of themselves or by no label.
func TestEncodings(t *testing.T) {
	root := shared.Path(t, "corpora", "encodings")
	folders, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "%-24s %5s %10s %8s %8s  %s\n", "folder", "files", "characters", "U+FFFD", "no label", "read as")
	for _, folder := range folders {
		if !folder.IsDir() {
			continue
		}
		files, err := filepath.Glob(filepath.Join(root, folder.Name(), "*"))
		if err != nil {
			t.Fatal(err)
		}
		characters, broken, alone := 0, 0, 0
		names := map[string]int{}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			text, name := Decode(data, label(folder.Name()))
			if !utf8.ValidString(text) {
				t.Errorf("%s is not valid UTF-8 when decoded", file)
			}
			characters += utf8.RuneCountInString(text)
			broken += strings.Count(text, "\uFFFD")
			names[name]++
			if own, _ := HTML(data, ""); own == text {
				alone++
			}
		}
		var read []string
		for name, n := range names {
			read = append(read, fmt.Sprintf("%s %d", name, n))
		}
		sort.Strings(read)
		fmt.Fprintf(&out, "%-24s %5d %10d %8d %8d  %s\n", folder.Name(), len(files), characters, broken, alone, strings.Join(read, ", "))
	}
	golden.Check(t, "testdata/encodings.golden", out.String())
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("<?xml version='1.0' encoding='johab'?>\x88\x61"), "johab")
	f.Add([]byte("<meta charset=iso-2022-kr>\x0E0!\x0F"), "")
	f.Add([]byte("\xFF\xFE\x00\xD8a"), "utf-16")
	f.Add([]byte("\x1B$B\x1B(J~{~}"), "iso-2022-jp")
	f.Add([]byte("<meta http-equiv=content-type content=charset=\"\xC4\xB0charset='x"), "hz")
	f.Fuzz(func(t *testing.T, data []byte, label string) {
		for _, by := range []func([]byte, string) (string, string){Decode, HTML, XML} {
			text, name := by(data, label)
			if !utf8.ValidString(text) || name == "" {
				t.Fatalf("%q in %q is not valid UTF-8", text, name)
			}
			if utf8.Valid(data) && name == "utf-8" && string(data) != text && string(data) != "\uFEFF"+text {
				t.Fatalf("valid UTF-8 changed: %q to %q", data, text)
			}
		}
	})
}

func BenchmarkDecode(b *testing.B) {
	latin, err := charmap.Windows1252.NewEncoder().String(strings.Repeat("Der Fährmann von Källby sah niemanden. ", 4000))
	if err != nil {
		b.Fatal(err)
	}
	kana, err := japanese.ShiftJIS.NewEncoder().String(strings.Repeat("渡し守は誰も見なかった。", 8000))
	if err != nil {
		b.Fatal(err)
	}
	for _, c := range []struct{ name, label, data string }{
		{"ascii", "", strings.Repeat("The ferryman saw nobody. ", 8000)},
		{"utf-8", "", strings.Repeat("Der Fährmann von Källby sah niemanden. ", 4000)},
		{"windows-1252", "", latin},
		{"shift_jis", "shift_jis", kana},
	} {
		b.Run(c.name, func(b *testing.B) {
			data := []byte(c.data)
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				Decode(data, c.label)
			}
		})
	}
}
