package text_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"whence"
	"whence/internal/shared"
	"whence/text"
)

// TestSentences holds the repairs that edited news needs. A bar stands where a
// sentence ends.
func TestSentences(t *testing.T) {
	for _, c := range []struct{ name, text string }{
		{"plain", "The ferry left Karvik at noon.| It carried 64 people."},
		{"titles", "The mayor met Dr. Smith and Gov. Lind on the pier.| Sen. Varga and Rep. Odell stayed away.| Mr. Voss said nothing."},
		{"officers", "Lt. Col. Brandt and Sgt. Odell led the search.| Gen. Varga praised them."},
		{"a country", "Officials in the U.S. Treasury disagreed.| The U.S. officials left early."},
		{"a country ends it", "The crew was flown to the U.S.| The captain stayed in Karvik."},
		{"months", "The council meets on Oct. 5 and again on Nov. 12.| It last met in Sept. 2019."},
		{"numbers", "Boat No. 3 sank off Pier No. 12.| It was never raised."},
		{"number before a name", "Almost 700 Velmark people and companies are under Corvan sanctions.| Individuals face limits on their travel and freezes on at least some of their assets, while some top banks and companies are barred from the markets."},
		{"day before a name", "The July 6 Ploughmen meeting was first put off.| Nobody came."},
		{"firms", "Harbour Lines Inc. bought Voss & Co. last year.| Lund Corp. did not bid."},
		{"versus", "The case of Odell vs. Karvik will be heard in May.| Nobody expects a ruling."},
		{"initials", "The novelist J. K. Varga lives here.| So does the judge A. B. Lund."},
		{"middle initial", "Peter M. Voss chairs the board.| He was elected in June."},
		{"times of day", "The bell rang at 5 p.m. on Monday.| The fire was out by 7 a.m. the next day."},
		{"ellipsis goes on", "He thought about it … and then he refused.| She did not."},
		{"ellipsis ends", "He thought about it...| Then he refused."},
		{"quotation", "“We will not pay.”| The minister left the room."},
		{"quotation goes on", "“Will they pay?” asked the minister.| Nobody answered."},
		{"quotation goes on, shouting", `"Get out!" he said.| They went.`},
		{"comma before the quotation ends", `"It is over," Lund said.| "We lost."`},
		{"two sentences in quotation marks", "“We lost.| It is over,” Lund said."},
		{"stop inside a bracket", "The plan (see page 4.) was dropped.| Nobody minded."},
		{"a bracketed sentence", "The plan was dropped.| (Nobody minded.)| The budget stood."},
		{"semicolon", "The mayor resigned; her deputy took over; nobody protested."},
		{"colon", "The letter names three men: Voss, Lund and Odell."},
		{"decimals", "Prices rose 2.5 percent to $10.40.| Wages did not."},
		{"addresses", "The file is at www.harbourpost.example.com for now.| Read it."},
		{"question and answer", "Who paid?| Nobody knows.| Who lied?| Everybody!"},
		{"names in a row", "President Odell Varga told Harbour Post reporter Anna Lund that Karvik Council would pay."},
		{"street", "Police closed St. Orla Street and Mt. Varga Road.| Both reopened on Tuesday."},
		{"paragraphs", "Mayor resigns|\n\nThe mayor resigned on Monday|\n\n• first point|\n\n• second point"},
		{"lines of one paragraph", "The ferry left\nKarvik at noon.| It came back\nat six."},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := strings.ReplaceAll(c.text, "|", "")
			got := barred(s, text.Sentences(s, nil))
			if got != c.text {
				t.Errorf("\n got %s\nwant %s", got, c.text)
			}
		})
	}
}

// barred writes s with a bar behind each sentence but the last.
func barred(s string, sentences []text.Sentence) string {
	runes := []rune(s)
	var b strings.Builder
	at := 0
	for i, sentence := range sentences {
		if i > 0 {
			b.WriteByte('|')
		}
		b.WriteString(string(runes[at:sentence.End]))
		at = sentence.End
	}
	b.WriteString(string(runes[at:]))
	return b.String()
}

func TestFinalAbbreviations(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"They flew to the U.S. They stayed.", "They flew to the U.S . They stayed ."},
		{"They flew to the U.S. on Monday.", "They flew to the U.S. on Monday ."},
		{"Nets, ropes, etc.", "Nets , ropes , etc ."},
		{"Prof.", "Prof."},
	} {
		if got := marked(text.Sentences(c.text, nil)); got != c.want {
			t.Errorf("%q\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestWithin(t *testing.T) {
	s := "Mayor resigns The mayor, Dr. Lund, resigned. é she left"
	for _, c := range []struct {
		name   string
		within []whence.Span
		want   []string
	}{
		{"a block's end ends a sentence", []whence.Span{{Start: 0, End: 13}, {Start: 14, End: 45}}, []string{"Mayor resigns", "The mayor, Dr. Lund, resigned."}},
		{"an edge inside of a word", []whence.Span{{Start: 0, End: 3}, {Start: 3, End: 5}}, []string{"May", "or"}},
		{"a full stop beyond the edge", []whence.Span{{Start: 25, End: 27}, {Start: 27, End: 33}}, []string{"Dr", ". Lund"}},
		{"after a wide character", []whence.Span{{Start: 45, End: 53}}, []string{"é she le"}},
		{"past the end", []whence.Span{{Start: 47, End: 1000}}, []string{"she left"}},
		{"overlapping and backwards", []whence.Span{{Start: 47, End: 51}, {Start: 49, End: 53}, {Start: 0, End: 5}}, []string{"she", "le"}},
		{"negative", []whence.Span{{Start: -5, End: 5}, {Start: 3, End: -2}}, []string{"Mayor"}},
		{"nothing", []whence.Span{}, nil},
		{"empty spans", []whence.Span{{Start: 3, End: 3}, {Start: 5, End: 6}}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := text.NewIndex(s)
			var got []string
			for _, sentence := range text.Sentences(s, c.within) {
				got = append(got, x.Slice(sentence.Span))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// blanks tells whether nothing of s is left out if it stands between tokens.
func blanks(s string) bool {
	for _, r := range s {
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && (r < 0x2000 || r > 0x206F) {
			return false
		}
	}
	return true
}

// checkSentences holds what is promised of any text.
func checkSentences(t interface {
	Helper()
	Fatalf(string, ...any)
}, s string, sentences []text.Sentence) {
	t.Helper()
	x := text.NewIndex(s)
	at := 0
	for _, sentence := range sentences {
		if len(sentence.Tokens) == 0 {
			t.Fatalf("a sentence at %v without tokens", sentence.Span)
		}
		first, last := sentence.Tokens[0], sentence.Tokens[len(sentence.Tokens)-1]
		if sentence.Start != first.Start || sentence.End != last.End {
			t.Fatalf("sentence at %v, its tokens from %d to %d", sentence.Span, first.Start, last.End)
		}
		for _, token := range sentence.Tokens {
			if token.Start < at || token.End <= token.Start || token.End > x.Len() {
				t.Fatalf("token %q at %v after %d, of %d", token.Text, token.Span, at, x.Len())
			}
			if got := x.Slice(token.Span); got != token.Text {
				t.Fatalf("token at %v says %q, the text %q", token.Span, token.Text, got)
			}
			if between := x.Slice(whence.Span{Start: at, End: token.Start}); !blanks(between) {
				t.Fatalf("%q before %d is in no token", between, token.Start)
			}
			at = token.End
		}
	}
	if rest := x.Slice(whence.Span{Start: at, End: x.Len()}); !blanks(rest) {
		t.Fatalf("%q at the end is in no token", rest)
	}
}

func TestSentencesCoverTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(anyBytes(), prose()).Draw(t, "text")
		checkSentences(t, s, text.Sentences(s, nil))
	})
}

// prose draws text of the words and marks that the scanner knows.
func prose() *rapid.Generator[string] {
	pieces := []string{"Dr.", "U.S.", "don't", "Orla’s", "'90s", "no.", "No. 3", "J.", "“", "”", "\"", "'", "''", "(", ")", "...", "…", ".", "?", "!", ",", " ", " ", " ", "\n", "\n\n", "a", "The", "etc.", "5pm", "$5", "3-2", "and/or", "x@y.com", "http://", "www.", ":)", "e.g.", "-", "--", "@", "#", "cannot", "é", "\xff", "\u200b", "İ"}
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), "")
	})
}

// TestParagraphsAreCutAlone: what stands in one paragraph does not change how
// another is cut.
func TestParagraphsAreCutAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := prose().Draw(t, "a"), prose().Draw(t, "b")
		first, second := text.Sentences(a, nil), text.Sentences(b, nil)
		joined := text.Sentences(a+"\n\n"+b, nil)
		if len(joined) != len(first)+len(second) {
			t.Fatalf("%d sentences, alone %d and %d", len(joined), len(first), len(second))
		}
		shift := utf8.RuneCountInString(a) + 2
		for i, s := range joined {
			var want text.Sentence
			by := 0
			if i < len(first) {
				want = first[i]
			} else {
				want, by = second[i-len(first)], shift
			}
			if s.Start != want.Start+by || s.End != want.End+by || len(s.Tokens) != len(want.Tokens) {
				t.Fatalf("sentence %d is at %v, alone at %v (moved by %d)", i, s.Span, want.Span, by)
			}
		}
	})
}

// TestWithinTheWholeText: a text without blank lines is one part.
func TestWithinTheWholeText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := strings.ReplaceAll(prose().Draw(t, "text"), "\n", " ")
		whole := []whence.Span{{Start: 0, End: utf8.RuneCountInString(s)}}
		if got, want := marked(text.Sentences(s, whole)), marked(text.Sentences(s, nil)); got != want {
			t.Fatalf("within the whole text: %s\nwithout: %s", got, want)
		}
	})
}

func FuzzSentences(f *testing.F) {
	for _, s := range []string{
		"", " ", "\n\n", "Dr. Lund's boat didn't sink.", "“Why?” asked J. K. Varga … 'No. 3.'", "a\xff\xfe\x00b", "\u200b\u200b", "x@", "http://", "www.", "a.b.c.d.com/", "5'", "''''", "1-2-3-4-5-6", "+#@$%^&*", "<<>>", "(((", "U.S.A.'s", "n't", "can't've",
	} {
		f.Add(s, 0, 5)
	}
	f.Fuzz(func(t *testing.T, s string, start, end int) {
		checkSentences(t, s, text.Sentences(s, nil))
		for _, sentence := range text.Sentences(s, []whence.Span{{Start: start, End: end}}) {
			if sentence.Start < start || sentence.End > end {
				t.Fatalf("sentence at %v outside of %d:%d", sentence.Span, start, end)
			}
		}
	})
}

// long are texts that are long without any of what usually bounds work.
var long = map[string]string{
	"words without a stop": strings.Repeat("the boat went on ", 1<<16),
	"capitals":             strings.Repeat("Karvik Harbour ", 1<<16),
	"quotes":               strings.Repeat("\" ", 1<<17) + strings.Repeat("\"", 1<<17),
	"brackets":             strings.Repeat("(", 1<<17) + strings.Repeat(")", 1<<17),
	"no spaces":            strings.Repeat("x", 1<<20),
	"dots":                 strings.Repeat("a.", 1<<19),
	"hyphens":              strings.Repeat("a-", 1<<19),
	"digits":               strings.Repeat("1-", 1<<19),
	"mail":                 strings.Repeat("a@", 1<<19),
	"hosts":                strings.Repeat("aa.com", 1<<17),
	"numbers":              strings.Repeat("1.", 1<<19),
	"apostrophes":          strings.Repeat("'s", 1<<19),
	"initials":             strings.Repeat("A. ", 1<<18),
	"invisible":            "a" + strings.Repeat("\u200b", 1<<18) + "b",
	"invisible words":      strings.Repeat("a\u200b.", 1<<18),
	"blank lines":          strings.Repeat("\n", 1<<20),
	"broken bytes":         strings.Repeat("\xff", 1<<20),
	"emoji":                "👩" + strings.Repeat("\u200d👩", 1<<17),
	"addresses":            strings.Repeat("http://(", 1<<17),
	"closed addresses":     "http://" + strings.Repeat("a.b", 1<<17) + strings.Repeat(")", 1<<18),
}

// BenchmarkLong shows by its MB/s that time grows with length alone, whatever
// the text is.
func BenchmarkLong(b *testing.B) {
	names := make([]string, 0, len(long))
	for name := range long {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(long[name])))
			for b.Loop() {
				text.Sentences(long[name], nil)
			}
		})
	}
}

// TestLong makes sure that such texts are cut at all; a method that takes
// quadratic time on one would not end within the test's time.
func TestLong(t *testing.T) {
	for name, s := range long {
		t.Run(name, func(t *testing.T) {
			checkSentences(t, s, text.Sentences(s, nil))
		})
	}
}

const harbour = "The harbour master of Karvik, Dr. Anna Lund, said on Oct. 5 that the ferry “didn't sink by itself.” Two current and two former officials told the Harbour Post that Pier No. 3 was closed at 5 p.m. and that $2.5 million was missing. “Who paid?” asked J. K. Varga, the mayor's lawyer. Nobody in the U.S. embassy answered; the ambassador declined to comment…\n\n"

// BenchmarkNews cuts the articles of PolNeAR's training part.
func BenchmarkNews(b *testing.B) {
	files, err := filepath.Glob(filepath.Join(shared.Path(b, "corpora", "polnear", "train", "text"), "*"))
	if err != nil {
		b.Fatal(err)
	}
	var articles []string
	size := 0
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			b.Fatal(err)
		}
		articles = append(articles, string(data))
		size += len(data)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, a := range articles {
			text.Sentences(a, nil)
		}
	}
	b.ReportMetric(float64(len(articles)*b.N)/b.Elapsed().Seconds(), "articles/s")
}

func BenchmarkSentences(b *testing.B) {
	s := strings.Repeat(harbour, 100)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		text.Sentences(s, nil)
	}
}
