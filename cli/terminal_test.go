package cli

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"pgregory.net/rapid"
)

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain, “curly” – 東京":        "plain, “curly” – 東京",
		"":                           "",
		"\x1b[31mred\x1b[0m":         "⟨U+001B⟩[31mred⟨U+001B⟩[0m",
		"title\x1b]0;owned\x07":      "title⟨U+001B⟩]0;owned⟨U+0007⟩",
		"\u009b31m":                  "⟨U+009B⟩31m",
		"a\x9bb":                     "a⟨0x9B⟩b",
		"over\u202eridden":           "over⟨U+202E⟩ridden",
		"zero\u200bwidth\ufeff":      "zero⟨U+200B⟩width⟨U+FEFF⟩",
		"two\nlines\r\nand\ttab":     "two lines  and tab",
		"nul\x00 and del\x7f":        "nul⟨U+0000⟩ and del⟨U+007F⟩",
		"a replacement \ufffd stays": "a replacement \ufffd stays",
	} {
		if got := visible(in); got != want {
			t.Errorf("visible(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestNothingIsActedOn: whatever the words, what is printed holds no control
// but the line end, and no line is wider than the terminal.
func TestNothingIsActedOn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))).Draw(t, "words")
		width := rapid.IntRange(minWidth, maxWidth).Draw(t, "width")
		var b bytes.Buffer
		term := &terminal{Writer: &b, width: width}
		for _, w := range words {
			term.write("¶1    ", "      ", piece{strong, w}, piece{dim, "—"}, piece{plain, w})
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if strings.IndexFunc(line, hidden) >= 0 || !utf8.ValidString(line) {
				t.Fatalf("line %q holds what a terminal acts on", line)
			}
			if got := uniseg.StringWidth(line); got > width {
				t.Fatalf("line %q is %d wide, the terminal %d", line, got, width)
			}
		}
	})
}

func TestWriteFolds(t *testing.T) {
	var b bytes.Buffer
	term := &terminal{Writer: &b, width: 20}
	term.write("¶3  ", "    ", piece{accent, "the harbour master"}, piece{dim, "—"}, piece{plain, "said abcdefghijklmnopqrstuvwxyz"})
	want := "¶3  the harbour\n    master — said\n    abcdefghijklmnop\n    qrstuvwxyz\n"
	if got := b.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{
		{"abc", 5, "abc  "}, {"abcdef", 5, "abcd…"}, {"東京都庁", 5, "東京…"}, {"", 3, "   "},
	} {
		if got := fit(c.in, c.width); got != c.want {
			t.Errorf("fit(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %q, want %q", n, got, want)
		}
	}
}
