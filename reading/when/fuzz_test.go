package when_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"whence"
	"whence/english"
	"whence/reading/when"
	"whence/text"
)

// read reads the times of a text as a program would, with trees.
func read(analyser *english.Analyser, a *whence.Article) []whence.Time {
	sentences := text.Sentences(a.Text, nil)
	var trees []english.Tree
	for _, s := range sentences {
		trees = append(trees, append(english.Tree(nil), analyser.Sentence(s.Tokens)...))
	}
	return when.Read(a, sentences, trees)
}

// check fails the test where a reading breaks what is promised of every one.
func check(t interface{ Fatalf(string, ...any) }, a *whence.Article, times []whence.Time) {
	r := whence.Reading{Article: *a, Times: times}
	if err := r.Check(); err != nil {
		t.Fatalf("%q: %v", a.Text, err)
	}
	end := 0
	for _, x := range times {
		if x.Start < end || x.End <= x.Start {
			t.Fatalf("%q: %q stands in the time before it, or is empty", a.Text, x.Text)
		}
		end = x.End
		if strings.TrimSpace(x.Text) != x.Text {
			t.Fatalf("%q: blanks around %q", a.Text, x.Text)
		}
		if p := when.PeriodOf(x, a.Published); !p.Begin.IsZero() && !p.End.IsZero() && p.End.Time.Before(p.Begin.Time) && x.Period.IsZero() {
			t.Fatalf("%q: %q ends before it begins: %v", a.Text, x.Text, p)
		}
	}
}

// published are dates of publication of every precision, and none.
var published = []string{"", "2027", "2027-03", "2027-03-05", "2027-03-05T07:30:00+01:00", "1000-01-01", "9999-12-31"}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"On Monday, 31 February 2027, at 25:61 p.m., it began.",
		"In the year 99999 and in the year 0, two hundred thousand billion years ago.",
		"Since September 2025, more than two and a half years later, at twenty past six on Tuesday week.",
		strings.Repeat("9", 1000) + " years ago", "in ٢٠٢٥, the '80s, mid-, FY, Q3 ½ 4½ hours", "the", "a", "the last", "early", "at 5", "'s 's",
		"the third quarter of fiscal 1989, year-earlier, mid-1996, the 21st century BC, every four days, the day after tomorrow",
		"Easter 99999. Thanksgiving 0001. Christmas 2999. 9999999 decades later. one hundred million centuries ago.",
	} {
		for i := range published {
			f.Add(s, uint8(i))
		}
	}
	analyser := english.NewAnalyser()
	f.Fuzz(func(t *testing.T, s string, date uint8) {
		a := &whence.Article{Text: s}
		if p, err := whence.ParseDate(published[int(date)%len(published)]); err == nil {
			a.Published = p
		}
		check(t, a, read(analyser, a))
	})
}

// words are what the grammar looks at, and more.
var words = strings.Fields(`the a an of to in on at since from until between and by over about nearly at least more than
	early late mid mid- last next past this that same following previous latest Monday Tuesday tuesdays May March Sept. Oct 1
	3 28 31st second third first half quarter 1989 2025 2,000 1980s '80s day days week weeks weekend month year years-old decade century
	ago earlier later before after or so morning night evening tonight today yesterday tomorrow noon a.m. pm o'clock 6.45
	10:30 GMT every each daily once twice few several couple dozen hundred thousand million two twenty - – , . " ' 's old long
	fiscal Q3 year-earlier now soon recently recent future spring summer winter Christmas Easter Thanksgiving New Year 's Day
	will said is sailed to sail would have may 13/02/98 1998-02-13 and a half period end beginning rest near term Eve`)

func TestReadKeepsItsPromises(t *testing.T) {
	analyser := english.NewAnalyser()
	rapid.Check(t, func(t *rapid.T) {
		a := &whence.Article{Text: strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 25).Draw(t, "words"), " ")}
		if p, err := whence.ParseDate(rapid.SampledFrom(published).Draw(t, "published")); err == nil {
			a.Published = p
		}
		check(t, a, read(analyser, a))
	})
}

// TestNoDateNoRelativeValue: without a date of publication only what the text
// itself dates has a place in the calendar.
func TestNoDateNoRelativeValue(t *testing.T) {
	relative := strings.Fields("Monday May Sept. this last next week month year today yesterday tonight the weekend two weeks ago since in on Christmas summer")
	analyser := english.NewAnalyser()
	rapid.Check(t, func(t *rapid.T) {
		a := &whence.Article{Text: strings.Join(rapid.SliceOfN(rapid.SampledFrom(relative), 1, 12).Draw(t, "words"), " ")}
		for _, x := range read(analyser, a) {
			if c := x.Value; c != "" && '0' <= c[0] && c[0] <= '9' {
				t.Fatalf("%q: %q is dated %s", a.Text, x.Text, c)
			}
		}
	})
}
