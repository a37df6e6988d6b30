package lineage

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCredits(t *testing.T) {
	const body = "\n\nThe council of Ost Varrow voted on Tuesday to rebuild the old lock with stone from the quarry at Hale, by boat and by cart."
	tests := []struct{ text, full, partly string }{
		{"KARVIK (AP) — The lock is shut.", "Associated Press", ""},
		{"(CNN) - The lock is shut.", "CNN", ""},
		{"The lock (built in 1890) — and the weir", "", ""},
		{"The navy (AP) said so.", "", ""},
		{"[heading] By Jane Doe Washington Post" + body, "Washington Post", ""},
		{"[heading] JANE DOE and JOHN ROE, Associated Press" + body, "Associated Press", ""},
		{"[heading] Jane Doe and John RoeAssociated Press" + body, "Associated Press", ""},
		{"The Associated Press | Sunday, July 15, 2018, 8:27 a.m." + body, "Associated Press", ""},
		{"Posted 3:57 pm, July 15, 2018, by Associated Press , Updated at 6 pm" + body, "Associated Press", ""},
		{"[heading] The Associated Press — By JANE DOE - AP Business Writer" + body, "Associated Press", ""},
		{"[heading] USA Today•" + body, "USA Today", ""},
		{"Jane Doe and John Roe, The Washington Post" + body, "Washington Post", ""},
		{"Jane Doe and John Roe , USA TODAY Published 3:55 a.m. ET July 16, 2018 | Updated 4 a.m. ET" + body, "USA Today", ""},
		{"The Washington Post published July 14 what it knew" + body, "", ""},
		{"© 2018 Thomson/Reuters. All rights reserved.", "Reuters", ""},
		{"Copyright 2018 by CNN NewSource. All rights reserved.", "CNN", ""},
		{"Reuters reported on July 14 that the lock is shut.", "", ""},
		{"The lock is shut, according to a report by The Washington Post", "", ""},
		{"He told The Associated Press", "", ""},
		{"[caption] The lock on Tuesday.\n\nJane Doe, Associated Press" + body, "", ""},
		{"[heading] Photo: Jane Doe, Associated Press" + body, "", ""},
		{"[credit] Tide's Jane Doe and The Associated Press contributed to this report.", "", "Associated Press"},
		{"[credit] Fox News' Jane Doe and The Associated Press contributed to this report.", "Fox News", "Associated Press"},
		{"[credit] Associated Press writers Jane Doe and John Roe contributed to this report.", "Associated Press", ""},
		{"This report contains material from Bloomberg News, Reuters, and The Associated Press.", "", "Bloomberg, Reuters, Associated Press"},
		{"Copyright 2018 by CNN NewSource.\n\nKARVIK (AP) — The lock is shut.\n\nBy Jane Doe, The Associated Press", "Associated Press, CNN", ""},
	}
	for _, test := range tests {
		r := article("Tide", test.text)
		c := creditsOf(r, blockTexts(r))
		if full, partly := strings.Join(c.full, ", "), strings.Join(c.partly, ", "); full != test.full || partly != test.partly {
			t.Errorf("%q: %q and in part %q, not %q and %q", test.text, full, partly, test.full, test.partly)
		}
	}
}

// TestCreditsOfReading holds what the reading has to what the lines say: an
// agency that it found in a line about contributions has contributed.
func TestCreditsOfReading(t *testing.T) {
	r := article("Tide", "The lock is shut.\n\n[credit] Tide's Jane Doe and The Associated Press contributed to this report.")
	r.Credits = []string{"Associated Press", "Jane Doe The Washington Post"}
	c := creditsOf(r, blockTexts(r))
	if full, partly := strings.Join(c.full, ", "), strings.Join(c.partly, ", "); full != "The Washington Post" || partly != "Associated Press" {
		t.Errorf("%q and in part %q", full, partly)
	}
}

// FuzzText makes any text ready and compares it with itself: spans stay inside
// the text, and nothing breaks.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"", "By ", "(AP) —", "(@", "— (@x)\n\n— (@y)", "“a “b” c", "By Jane Doe •", "contributed", "©", "Tide's", "a\n\n\xff\xfe (AP) –\n\n…",
		"[caption] x\n\nThe lock is shut and the ferry lies at the quay until the tide comes in again.\n\n— Jane (@jane)",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r := article("Tide", strings.ToValidUTF8(s, "\ufffd"))
		text := NewText(r)
		text.Prints()
		if p, ok := Compare(text, NewText(r), func(print uint64) bool { return print%3 == 0 }); ok {
			for _, x := range p.Passages {
				if n := utf8.RuneCountInString(r.Text); x.Start < 0 || x.Start > x.End || x.End > n || x.OtherStart < 0 || x.OtherStart > x.OtherEnd || x.OtherEnd > n {
					t.Fatalf("passage %+v of %d", x, n)
				}
			}
			Judge(Region{Texts: map[int64]*Text{0: text, 1: text}, Pairs: []Pair{{A: 0, B: 1, Passages: p.Passages, Measures: p.Measures}}})
		}
	})
}
