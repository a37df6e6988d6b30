package figure_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"whence"
	"whence/english"
	"whence/internal/golden"
	"whence/reading/figure"
	"whence/sample"
	"whence/text"
)

// quantities reads a text with a fresh analyser.
func quantities(analyser *english.Analyser, s string) (found []figure.Quantity) {
	for _, sentence := range text.Sentences(s, nil) {
		found = figure.Quantities(found, sentence, analyser.Sentence(sentence.Tokens))
	}
	return found
}

var kindNames = map[figure.Kind]string{figure.Rank: " rank", figure.Age: " age", figure.None: " none", figure.Label: " label"}

// describe prints a quantity on one line.
func describe(q *figure.Quantity, runes []rune) string {
	cut := func(s whence.Span) string { return string(runes[s.Start:s.End]) }
	bound := func(b whence.Bound) string {
		if !b.Known {
			return "-"
		}
		return strconv.FormatFloat(b.Value, 'g', 12, 64)
	}
	if q.Kind == figure.Label {
		return fmt.Sprintf("[%s] label", cut(q.Span))
	}
	return fmt.Sprintf("[%s] [%s] %s %s..%s %s%s", cut(q.Span), cut(q.Bare), q.Qualifier, bound(q.Low), bound(q.High), q.Unit, kindNames[q.Kind])
}

// TestQuantities reads the sentences of a table, one a line.
func TestQuantities(t *testing.T) {
	table, err := os.ReadFile(filepath.Join("testdata", "quantities.txt"))
	if err != nil {
		t.Fatal(err)
	}
	analyser := english.NewAnalyser()
	var b strings.Builder
	for line := range strings.Lines(string(table)) {
		line = strings.TrimRight(line, "\n")
		if strings.HasPrefix(line, "# ") {
			continue
		}
		fmt.Fprintf(&b, "%s\n", line)
		for _, q := range quantities(analyser, line) {
			fmt.Fprintf(&b, "    %s\n", describe(&q, []rune(line)))
		}
	}
	golden.Check(t, filepath.Join("testdata", "quantities.golden"), b.String())
}

// TestQuantitiesOfSample freezes how many of the sample's figures are read, by
// their text, their bounds, their qualifier and their unit of measure.
func TestQuantitiesOfSample(t *testing.T) {
	truth, err := sample.Truth()
	if err != nil {
		t.Fatal(err)
	}
	analyser := english.NewAnalyser()
	var all, spans, values, units int
	var missed strings.Builder
	for i := range truth.Articles {
		a := &truth.Articles[i]
		for _, f := range a.Figures {
			all++
			q := quantityAt(analyser, a.Blocks[f.Block].Text, f.Passage)
			if q == nil {
				fmt.Fprintf(&missed, "%s %s: %q\n", a.File, f.ID, f.Text)
				continue
			}
			spans++
			same := same(q.Low, f.Low) && same(q.High, f.High) && string(q.Qualifier) == f.Qualifier
			unit := q.Unit == f.Unit || q.Unit == "" && f.Unit == "person"
			if same {
				values++
			}
			if unit {
				units++
			}
			if !same || !unit {
				fmt.Fprintf(&missed, "%s %s: %q is %s\n", a.File, f.ID, f.Text, describe(q, []rune(a.Blocks[f.Block].Text)))
			}
		}
	}
	golden.Check(t, filepath.Join("testdata", "sample-quantities.golden"),
		fmt.Sprintf("%d figures, %d with their text, %d of these with bounds and qualifier, %d with their unit\n%s", all, spans, values, units, missed.String()))
}

func same(b whence.Bound, want *float64) bool {
	return b.Known == (want != nil) && (want == nil || b.Value == *want)
}

// quantityAt is the quantity that a passage of a block is, with or without its
// unit, or nil.
func quantityAt(analyser *english.Analyser, block string, p sample.Passage) *figure.Quantity {
	at := -1
	for range max(p.Nth, 1) {
		next := strings.Index(block[at+1:], p.Text)
		if next < 0 {
			return nil
		}
		at += 1 + next
	}
	start := len([]rune(block[:at]))
	span := whence.Span{Start: start, End: start + len([]rune(p.Text))}
	found := quantities(analyser, block)
	for i := range found {
		if q := &found[i]; (q.Span == span || q.Bare == span) && q.Kind != figure.Label {
			return q
		}
	}
	// A number stands in other words too ("40" in "140"): the first is not it.
	for i := range found {
		if q := &found[i]; p.Nth == 0 && q.Kind != figure.Label && q.Span.Start >= start {
			runes := []rune(block)
			if string(runes[q.Span.Start:q.Span.End]) == p.Text || string(runes[q.Bare.Start:q.Bare.End]) == p.Text {
				return q
			}
		}
	}
	return nil
}

// hold holds quantities to what is promised of them.
func hold(t interface{ Fatalf(string, ...any) }, s string, found []figure.Quantity) {
	n := len([]rune(s))
	end := 0
	for _, q := range found {
		switch {
		case q.From >= q.To || q.NumberFrom < q.From || q.UnitTo < q.UnitFrom:
			t.Fatalf("%q: tokens %+v", s, q)
		case q.Span.Start < end || q.Span.End > n || q.Span.Start >= q.Span.End || q.Bare.Start >= q.Bare.End || !q.Span.Contains(q.Bare):
			t.Fatalf("%q: spans out of order or place: %+v", s, q)
		case q.Low.Known && q.High.Known && !(q.Low.Value <= q.High.Value):
			t.Fatalf("%q: low over high: %+v", s, q)
		case q.Kind == figure.Label && (q.Low.Known || q.High.Known):
			t.Fatalf("%q: a label with a value: %+v", s, q)
		}
		end = q.Span.End
	}
}

func FuzzQuantities(f *testing.F) {
	for _, s := range []string{
		"", "1", "NaN", "-", "1.234,56 and 1,2,3", "½½", "1/0", "1^", "1^^2", "9^999", "1e999", "10x10^-", "$", "$$5", "5$5$", "a a a",
		"a half and a half and a half", "one hundred and", "two hundred and two hundred", "between between 3 and", "٣٤", "１２,３４５", "10²",
		"Rs500 crore", "5 ft 2 in 3 in", "one in one in one", "several hundred thousand dozen", "- - 5", "--5", "minus minus minus one", "0/0", "1 1/1 1/1",
		strings.Repeat("9", 1000), strings.Repeat("1,", 300), strings.Repeat("one ", 300), strings.Repeat("hundred and ", 100), "aged aged 5-year-old old", "5-", "No. no 5",
		"\xff5\xfe million", "\u200b5\u200b%", "1 234 567,89", "١٬٢٣٤ and ٣٫٥", "٢٨ أكتوبر ٢٠٢٥", "6'2\" and 5'10\"", "6'", "5-foot-", "18-to-24-to-30", "a year and a half and a half", "a and a half", "$2T", "1e400", "1.5e10e5", "two point point five million", "3 and 1/2 and 1/0",
	} {
		f.Add(s)
	}
	analyser := english.NewAnalyser()
	f.Fuzz(func(t *testing.T, s string) { hold(t, s, quantities(analyser, s)) })
}

// TestHugeNumbers holds that no value is given where none is exact.
func TestHugeNumbers(t *testing.T) {
	analyser := english.NewAnalyser()
	for _, s := range []string{strings.Repeat("7", 1000), strings.Repeat("123,", 40) + "123", "9^999", "1.2e999", "NaN", "Inf", "1,3", "0,123", "12,34", "10²", "007",
		"1e-400", "1.250", "22,5", "1.2.3", "1.2e9999", "0x40", "99999999999999999999"} {
		for _, q := range quantities(analyser, "They counted "+s+" boats.") {
			if q.Low.Known || q.High.Known {
				t.Errorf("%.20s…: %v to %v", s, q.Low, q.High)
			}
		}
	}
}

var (
	small = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	big   = strings.Fields("- - twenty thirty forty fifty sixty seventy eighty ninety")
)

// inWords spells a whole number below a billion.
func inWords(n int, and bool) string {
	joint := " "
	if and {
		joint = " and "
	}
	for _, scale := range []struct {
		of   int
		name string
	}{{1e6, "million"}, {1000, "thousand"}} {
		if n >= scale.of {
			s := inWords(n/scale.of, and) + " " + scale.name
			switch rest := n % scale.of; {
			case rest == 0:
			case rest < 100:
				s += joint + inWords(rest, and)
			default:
				s += " " + inWords(rest, and)
			}
			return s
		}
	}
	switch {
	case n < 20:
		return small[n]
	case n < 100 && n%10 == 0:
		return big[n/10]
	case n < 100:
		return big[n/10] + "-" + small[n%10]
	case n%100 == 0:
		return small[n/100] + " hundred"
	}
	return small[n/100] + " hundred" + joint + inWords(n%100, and)
}

func TestNumbersInWords(t *testing.T) {
	analyser := english.NewAnalyser()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.OneOf(rapid.IntRange(2, 999), rapid.IntRange(2, 999_999_999)).Draw(t, "n")
		s := "They counted " + inWords(n, rapid.Bool().Draw(t, "and")) + " boats."
		found := quantities(analyser, s)
		if len(found) != 1 || found[0].Low != whence.At(float64(n)) {
			t.Fatalf("%q: %+v", s, found)
		}
	})
}

// TestNumbersInDigits holds that groups change no value.
func TestNumbersInDigits(t *testing.T) {
	analyser := english.NewAnalyser()
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1000, 999_999_999).Draw(t, "n")
		digits := strconv.Itoa(n)
		mark := rapid.SampledFrom([]string{"", ",", " ", "\u202f"}).Draw(t, "mark")
		grouped := digits[:(len(digits)-1)%3+1]
		for at := len(grouped); at < len(digits); at += 3 {
			grouped += mark + digits[at:at+3]
		}
		s := "They counted about " + grouped + " boats."
		found := quantities(analyser, s)
		if len(found) != 1 || found[0].Low != whence.At(float64(n)) || found[0].Qualifier != whence.About {
			t.Fatalf("%q: %+v", s, found)
		}
	})
}

func BenchmarkQuantities(b *testing.B) {
	const passage = "The mayor of Karvik said on Tuesday that about 700 metres of the quay would be closed for at least two weeks, as the " +
		"inspectors of the harbour had found cracks in it. Nobody had been told before, and the owners of the ferries, who had come to the " +
		"town hall in the morning, left without a word. The work will cost between $3 million and $5 million, she said."
	sentences := text.Sentences(passage, nil)
	analyser := english.NewAnalyser()
	trees := make([]english.Tree, len(sentences))
	tokens := 0
	for i, s := range sentences {
		trees[i] = append(english.Tree(nil), analyser.Sentence(s.Tokens)...)
		tokens += len(s.Tokens)
	}
	var memory []figure.Quantity
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		for i := range sentences {
			memory = figure.Quantities(memory[:0], sentences[i], trees[i])
		}
	}
	b.ReportMetric(float64(tokens)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
