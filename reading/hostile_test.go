package reading_test

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"whence"
	"whence/reading"
)

// prose is a paragraph that all readers have something to do with.
const prose = "Mayor Orla Finch said on Tuesday that 64 people, including 13 children, were killed in Karvik. " +
	"“We do not sell what we love,” she told the Harbour Post. The ministry declined to comment.\n\n"

// hostile are texts that nobody writes, by what is wrong with them.
var hostile = map[string]string{
	"nothing":                 "",
	"white space":             strings.Repeat(" \t\n\u00a0\u2003", 2000),
	"invalid UTF-8":           strings.Repeat(prose, 3) + "\xff\xfe\xc3\x28\xe2\x82" + strings.ReplaceAll(prose, " ", "\xff "),
	"bytes alone":             strings.Repeat("\x80\xbf\xfe\xff", 2000),
	"surrogates":              strings.ReplaceAll(prose, "e", "\xed\xa0\x80\xed\xb0\x80"),
	"cut code points":         strings.Repeat("“Karvik” said \xe2\x80", 500),
	"NUL":                     strings.ReplaceAll(prose, " ", "\x00"),
	"NUL between letters":     strings.Join(strings.Split(prose, ""), "\x00"),
	"controls":                "\x01\x02\x1b[31m" + prose + "\x7f\u0085\u009b",
	"zero width":              strings.Join(strings.Split(prose, ""), "\u200b"),
	"joiners":                 strings.ReplaceAll(prose, " ", "\u200d \ufeff"),
	"directions":              "\u202e" + strings.ReplaceAll(prose, " ", "\u202c \u2066\u202b"),
	"combining marks":         strings.Repeat("a"+strings.Repeat("\u0301", 500)+" said ", 20),
	"only marks":              strings.Repeat(`“”‘’"'«»„“`, 2000),
	"only opening marks":      strings.Repeat("“", 20000),
	"only closing marks":      strings.Repeat("”", 20000),
	"only straight marks":     strings.Repeat(`" `, 10000),
	"nested marks":            strings.Repeat("“he said ‘", 5000) + "so" + strings.Repeat("’”", 5000),
	"nested brackets":         strings.Repeat("(he said [", 5000) + strings.Repeat("])", 5000),
	"one word":                strings.Repeat("said", 750_000),
	"one number":              strings.Repeat("9", 500_000),
	"one amount":              "$" + strings.Repeat("1,000", 50_000) + " million killed",
	"one name":                strings.Repeat("Orla ", 50_000),
	"digits and points":       strings.Repeat("1.2,3.", 50_000),
	"hyphens":                 strings.Repeat("man-", 100_000),
	"stops":                   strings.Repeat(". ", 50_000),
	"emoji":                   strings.Repeat("🚢👩‍👩‍👧‍👦🏴‍☠️🇳🇴 said ", 2000) + prose,
	"emoji in words":          strings.ReplaceAll(prose, "a", "🚢"),
	"mathematical letters":    strings.Repeat("𝕋𝕙𝕖 𝕞𝕒𝕪𝕠𝕣 𝕤𝕒𝕚𝕕 ", 500),
	"wide letters":            strings.Repeat("Ｔｈｅ　ｍａｙｏｒ　ｓａｉｄ　", 500),
	"capitals":                strings.ToUpper(strings.Repeat(prose, 5)),
	"small letters":           strings.ToLower(strings.Repeat(prose, 5)),
	"no punctuation":          strings.NewReplacer(".", "", ",", "", "“", "", "”", "", "\n", " ").Replace(strings.Repeat(prose, 50)),
	"no spaces":               strings.ReplaceAll(strings.Repeat(prose, 20), " ", ""),
	"carriage returns":        strings.ReplaceAll(strings.Repeat(prose, 5), "\n", "\r\n"),
	"carriage returns alone":  strings.ReplaceAll(strings.Repeat(prose, 5), "\n", "\r"),
	"line separators":         strings.ReplaceAll(strings.Repeat(prose, 5), "\n", "\u2028\u2029\u0085\v\f"),
	"a word a line":           strings.ReplaceAll(strings.Repeat(prose, 20), " ", "\n"),
	"a word a paragraph":      strings.ReplaceAll(strings.Repeat(prose, 20), " ", "\n\n"),
	"cues alone":              strings.Repeat("said told according to warned ", 5000),
	"sources alone":           strings.Repeat("two current and two former officials ", 3000),
	"dates alone":             strings.Repeat("May 3 Tuesday 2025 last March ", 3000),
	"places alone":            strings.Repeat("Paris, Texas, Georgia, Jordan, ", 3000),
	"numbers alone":           strings.Repeat("two dozen and thirty-one hundred million ", 2000),
	"negations":               strings.Repeat("did not deny that it would not have been planned not to ", 1000),
	"markup":                  strings.Repeat("<p onclick=\"x\">the mayor said</p>&lt;![CDATA[", 500),
	"languages line by line":  strings.Repeat(prose+foreignStories["Spanish"]+"\n\n"+foreignStories["German"]+"\n\n", 10),
	"replacement characters":  strings.Repeat("\ufffd said \ufffd ", 3000),
	"unassigned and private":  strings.Repeat("\U000e0fff\ue000\U0010ffff said ", 2000),
	"one letter of each word": strings.Repeat("a b c d e f g h i j k l m n o p ", 2000),
}

// TestReadHostile reads what nobody writes: every finding still is its words,
// and reading it again gives the same.
func TestReadHostile(t *testing.T) {
	for what, s := range hostile {
		if testing.Short() && len(s) > 5_000 {
			continue // minutes under the race detector
		}
		t.Run(what, func(t *testing.T) {
			for _, a := range []*whence.Article{plain(s), {Text: s}} {
				r := reading.Read(a)
				if err := r.Check(); err != nil && utf8.ValidString(s) {
					t.Fatal(err)
				}
				sound(t, s, r)
				if len(s) < 10_000 && !reflect.DeepEqual(reading.Read(a), r) {
					t.Error("read again, it reads otherwise")
				}
			}
		})
	}
}

// sound fails where a finding's place lies outside of the text, whatever its
// bytes.
func sound(tb interface{ Fatalf(string, ...any) }, s string, r *whence.Reading) {
	n := utf8.RuneCountInString(s)
	in := func(what string, spans ...whence.Span) {
		for _, p := range spans {
			if p.Start < 0 || p.End > n || p.Start >= p.End {
				tb.Fatalf("%s at %v, in %d code points", what, p, n)
			}
		}
	}
	for _, a := range r.Attributions {
		in("cue", a.Cue.Spans...)
		in("content", a.Content.Spans...)
		if a.Source != nil {
			in("source", a.Source.Spans...)
		}
	}
	for _, f := range r.Figures {
		in("figure", f.Span)
	}
	for _, f := range r.Times {
		in("time", f.Span)
	}
	for _, f := range r.Places {
		in("place", f.Span)
	}
	for _, f := range r.Events {
		in("event", f.Span)
	}
	for _, f := range r.Names {
		in("name", f.Mentions...)
	}
}

// anyBlocks cuts blocks by the bytes of a seed: sound ones, and ones that lie
// outside of the text, are empty, turned round, out of order, over each other.
func anyBlocks(s string, seed []byte) (blocks []whence.Block) {
	roles := []whence.Role{whence.RoleParagraph, whence.RoleQuote, whence.RoleTitle, whence.RoleCaption, whence.RoleHeading, whence.RoleDateline, ""}
	n := utf8.RuneCountInString(s)
	at := 0
	for i := 0; i+2 < len(seed) && len(blocks) < 50; i += 3 {
		b := whence.Block{Role: roles[int(seed[i])%len(roles)], Span: whence.Span{Start: at, End: at + int(seed[i+1])}}
		switch seed[i+2] % 8 {
		case 0:
			b.Start, b.End = b.End, b.Start
		case 1:
			b.Start = -int(seed[i+1])
		case 2:
			b.End = n + int(seed[i])
		case 3:
			b.Start, b.End = 1<<62, -(1 << 62)
		}
		blocks = append(blocks, b)
		at = b.End
		if at < 0 || at > n {
			at = int(seed[i+2])
		}
	}
	return blocks
}

// FuzzReadBlocks reads any bytes with any blocks.
func FuzzReadBlocks(f *testing.F) {
	for _, s := range hostile {
		if len(s) < 5_000 {
			f.Add(s, []byte{0, 100, 7, 0, 50, 7})
		}
	}
	f.Add(prose, []byte("\x00\x10\x00\x01\x20\x01\x02\x30\x02\x00\x40\x03"))
	f.Fuzz(func(t *testing.T, s string, seed []byte) {
		sound(t, s, reading.Read(&whence.Article{Text: s, Blocks: anyBlocks(s, seed)}))
	})
}

// TestReadAnyBlocks does the same with pieces of prose.
func TestReadAnyBlocks(t *testing.T) {
	pieces := []string{prose, "“", "”", "said ", "\xff", "\x00", "\r\n", "\u202e", "🚢", "Orla Finch ", "64 killed ", "on Tuesday ", "in Paris ", ". "}
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "pieces"), "")
		seed := rapid.SliceOfN(rapid.Byte(), 0, 30).Draw(t, "blocks")
		sound(t, s, reading.Read(&whence.Article{Text: s, Blocks: anyBlocks(s, seed)}))
	})
}

// BenchmarkReadGrowth tells how much longer a text of eight times the length
// takes: 8 is linear. The two are read in turn, so that a busy machine slows
// both.
func BenchmarkReadGrowth(b *testing.B) {
	reading.Read(plain(prose)) // loads the models
	for what, unit := range map[string]string{
		"prose":        prose,
		"one sentence": "and the mayor said that ",
		"one word":     "said",
		"nested marks": "“he said ‘",
		"only marks":   `“"‘`,
		"names":        "Orla Finch met Anders Holm and ",
		"places":       "Paris, Texas, Georgia, ",
		"numbers":      "thirty-one million ",
		"dates":        "Tuesday, May 3, ",
	} {
		b.Run(what, func(b *testing.B) {
			short := &whence.Article{Text: strings.Repeat(unit, 60_000/len(unit))}
			long := &whence.Article{Text: strings.Repeat(short.Text, 8)}
			var shorts, longs time.Duration
			for b.Loop() {
				begin := time.Now()
				reading.Read(short)
				middle := time.Now()
				reading.Read(long)
				shorts, longs = shorts+middle.Sub(begin), longs+time.Since(middle)
			}
			b.ReportMetric(float64(longs)/float64(shorts), "times")
		})
	}
}
