package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"whence"
	"whence/text"
)

// anyBytes draws text of all sorts: plain, accented, wide and broken.
func anyBytes() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.StringN(0, 40, 160),
		rapid.SampledFrom([]string{"Orla", " ", "\n", "\n\n", "é", "“", "…", "\xff", "\xe2\x80", "\u200b", "🙂", "\x00", strings.Repeat("x", 200), strings.Repeat("ß", 200)}),
	)
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 20).Draw(t, "pieces"), "")
	})
}

func TestIndexAgreesWithARangeLoop(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyBytes().Draw(t, "text")
		x := text.NewIndex(s)
		if want := utf8.RuneCountInString(s); x.Len() != want {
			t.Fatalf("Len is %d, want %d", x.Len(), want)
		}
		cp := 0
		for at := range s {
			if got := x.Byte(cp); got != at {
				t.Fatalf("Byte(%d) is %d, want %d", cp, got, at)
			}
			if got := x.CodePoint(at); got != cp {
				t.Fatalf("CodePoint(%d) is %d, want %d", at, got, cp)
			}
			cp++
		}
		if x.Byte(cp) != len(s) || x.CodePoint(len(s)) != cp {
			t.Fatalf("the end is %d and %d, want %d and %d", x.Byte(cp), x.CodePoint(len(s)), len(s), cp)
		}
	})
}

func TestIndexSlicesLikeRunes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.ToValidUTF8(anyBytes().Draw(t, "text"), "?")
		x, runes := text.NewIndex(s), []rune(s)
		start := rapid.IntRange(0, len(runes)).Draw(t, "start")
		end := rapid.IntRange(start, len(runes)).Draw(t, "end")
		if got, want := x.Slice(whence.Span{Start: start, End: end}), string(runes[start:end]); got != want {
			t.Fatalf("Slice(%d:%d) is %q, want %q", start, end, got, want)
		}
	})
}

func TestIndexOfABrokenText(t *testing.T) {
	x := text.NewIndex("a\xff\xe2\x80b")
	if x.Len() != 5 {
		t.Errorf("Len is %d, want each broken byte to count as one", x.Len())
	}
	if got := x.CodePoint(4); got != 4 {
		t.Errorf("CodePoint(4) is %d, want 4", got)
	}
}

func TestIndexInsideACodePoint(t *testing.T) {
	x := text.NewIndex("añb")
	if got := x.CodePoint(2); got != 1 {
		t.Errorf("CodePoint of the second byte of ñ is %d, want 1", got)
	}
}

func TestIndexRefusesOffsetsOutside(t *testing.T) {
	x := text.NewIndex("añb")
	for name, call := range map[string]func(){
		"Byte(-1)":      func() { x.Byte(-1) },
		"Byte(4)":       func() { x.Byte(4) },
		"CodePoint(-1)": func() { x.CodePoint(-1) },
		"CodePoint(5)":  func() { x.CodePoint(5) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s does not panic", name)
				}
			}()
			call()
		}()
	}
}

func BenchmarkIndex(b *testing.B) {
	for name, s := range map[string]string{"ascii": strings.Repeat("plain words ", 1000), "curly": strings.Repeat("“curly” words ", 1000)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				text.NewIndex(s)
			}
		})
	}
}
