package page

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"whence"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct {
		in    string
		order dateOrder
		want  string // "" for no date
	}{
		{"2025-11-04T10:15:00Z", orderUnknown, "2025-11-04T10:15:00Z"},
		{"2025-11-04T10:15:00.250+0530", orderUnknown, "2025-11-04T10:15:00+05:30"},
		{"2025-11-04 10:15:00 UTC", orderUnknown, "2025-11-04T10:15:00Z"},
		{"2025-11-04 10:15:00", orderUnknown, "2025-11-04"},
		{"2025-11-04T10:15", orderUnknown, "2025-11-04"},
		{"2025/11/04", orderUnknown, "2025-11-04"},
		{"20251104", orderUnknown, "2025-11-04"},
		{"1762251300", orderUnknown, "2025-11-04T10:15:00Z"},
		{"1762251300123", orderUnknown, "2025-11-04T10:15:00Z"},
		{"2025-11", orderUnknown, "2025-11"},
		{"November 2025", orderUnknown, "2025-11"},
		{"2025", orderUnknown, "2025"},

		{"Tue, 04 Nov 2025 10:15:00 -0600", orderUnknown, "2025-11-04T10:15:00-06:00"},
		{"Tue Nov 04 2025 10:15:06 GMT+0100 (CET)", orderUnknown, "2025-11-04T10:15:06+01:00"},
		{"Tue Nov  4 10:15:06 UTC 2025", orderUnknown, "2025-11-04T10:15:06Z"},
		{"November 4, 2025 10:15 am ET", orderUnknown, "2025-11-04T10:15:00-05:00"},
		{"July 4, 2025 10:15 am ET", orderUnknown, "2025-07-04T10:15:00-04:00"},
		{"Nov. 4th, 2025 at 4 p.m. PT", orderUnknown, "2025-11-04T16:00:00-08:00"},
		{"12:05 am EST, Tuesday, November 4, 2025", orderUnknown, "2025-11-04T00:05:00-05:00"},
		{"Tue 4 Nov 2025 18.54 GMT", orderUnknown, "2025-11-04T18:54:00Z"},
		{"Updated 1909 GMT (0309 HKT) November 4, 2025", orderUnknown, "2025-11-04T19:09:00Z"},
		{"01:38:07 PM IST Nov 04, 2025", orderUnknown, "2025-11-04"},
		{"10:48, Tue, Nov 4, 2025", orderUnknown, "2025-11-04"},
		{"November 4, 2025 - 11:28 AMT", orderUnknown, "2025-11-04"},
		{"4. November 2025", orderUnknown, "2025-11-04"},
		{"4 de mayo de 2025", orderUnknown, "2025-05-04"},
		{"4 ноября 2025", orderUnknown, "2025-11-04"},
		{"2025年11月4日", orderUnknown, "2025-11-04"},
		{"18-Nov-2025", orderUnknown, "2025-11-18"},

		{"04/11/2025", orderUnknown, "2025"},
		{"04/11/2025", dayFirst, "2025-11-04"},
		{"11/24/2025", orderUnknown, "2025-11-24"},
		{"24.11.2025", orderUnknown, "2025-11-24"},
		{"11/11/2025", orderUnknown, "2025-11-11"},
		{"11/24/25 4:00 PM EST", orderUnknown, "2025-11-24T16:00:00-05:00"},
		{"24/11/25", orderUnknown, ""}, // may be 2024-11-25
		{"24/11/25", dayFirst, "2025-11-24"},
		{"04/11/25", orderUnknown, ""},

		{"", orderUnknown, ""},
		{"0001-01-01T00:00:00Z", orderUnknown, ""},
		{"1970-01-01T00:00:00Z", orderUnknown, ""},
		{"0", orderUnknown, ""},
		{"1900-01-01", orderUnknown, ""},
		{"2025-02-30", orderUnknown, ""},
		{"2025-13-04", orderUnknown, ""},
		{"2 hours ago", orderUnknown, ""},
		{"Today 10:15", orderUnknown, ""},
		{"version 1.10.2025.3", orderUnknown, ""},
		{"9999-11-04", orderUnknown, ""},
	} {
		d, ok := parseDate(c.in, c.order)
		if d.String() != c.want || ok != (c.want != "") {
			t.Errorf("parseDate(%q, %d) = %q, %v; want %q", c.in, c.order, d, ok, c.want)
		}
	}
}

func TestDatesIn(t *testing.T) {
	for _, c := range []struct {
		line string
		want []string
	}{
		{"Published: November 19, 2025 at 8:59 pm | Updated: November 20, 2025 at 10:16 pm", []string{"2025-11-19", "2025-11-20"}},
		{"Posted: Fri 6:45 PM, Feb 16, 2025", []string{"2025-02-16"}},
		{"The council met in May 2025 and in June.", nil},
		{"Call 555-2025-11 or 1.2.3.4", nil},
		{"On 3 May 1945 the war in Lorra ended", []string{"1945-05-03"}},
	} {
		var got []string
		for _, d := range datesIn(c.line, orderUnknown) {
			got = append(got, d.String())
		}
		if len(got) != len(c.want) {
			t.Errorf("datesIn(%q) = %q, want %q", c.line, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("datesIn(%q) = %q, want %q", c.line, got, c.want)
			}
		}
	}
}

func TestURLDate(t *testing.T) {
	for address, want := range map[string]string{
		"https://post.example/2025/11/04/harbour":              "2025-11-04",
		"https://post.example/2025/11/4/20948348/harbour":      "2025-11-04",
		"https://post.example/news/2025/nov/04/harbour":        "2025-11-04",
		"https://post.example/2025/11/harbour.html":            "2025-11",
		"https://post.example/story/2025-11-04/harbour":        "2025-11-04",
		"https://post.example/2025-11-04-harbour-reopens.html": "2025-11-04",
		"https://post.example/20251104/harbour":                "2025-11-04",
		"https://post.example/harbour-reopens-20251104/":       "2025-11-04",
		"https://post.example/harbour-reopens-20251104.html":   "2025-11-04",

		"https://post.example/harbour":                       "",
		"https://post.example/2025/harbour":                  "",
		"https://post.example/2025/13/harbour":               "",
		"https://post.example/2025/02/30/harbour":            "",
		"https://post.example/articles/25/11/04/harbour":     "",
		"https://post.example/harbour-202511041077343476":    "",
		"https://post.example/harbour-20948348":              "",
		"https://post.example/view?date=2025-11-04":          "",
		"https://post.example/debate-of-2025-11-04-reviewed": "",
		"::": "",
	} {
		d, ok := urlDate(address)
		if d.String() != want || ok != (want != "") {
			t.Errorf("urlDate(%q) = %q, %v; want %q", address, d, ok, want)
		}
	}
}

func TestOrderOf(t *testing.T) {
	for lang, want := range map[string]dateOrder{
		"": orderUnknown, "en": orderUnknown, "en-US": orderUnknown, "ja": orderUnknown, "xx": orderUnknown,
		"en-GB": dayFirst, "de": dayFirst, "pt-BR": dayFirst,
	} {
		if got := orderOf(lang); got != want {
			t.Errorf("orderOf(%q) = %d, want %d", lang, got, want)
		}
	}
}

func TestLabelledDates(t *testing.T) {
	for _, c := range []struct {
		line               string
		modified, labelled bool
	}{
		{"Published 4 November 2025", false, true},
		{"First published on November 4, 2025", false, true},
		{"Last updated: November 4, 2025", true, true},
		{"4 November 2025", false, false},
		{"05/10/2025 - Publicado por: Ana Brandt", false, true},
	} {
		got := labelledDates(c.line, dayFirst)
		if len(got) != 1 || got[0].modified != c.modified || got[0].labelled != c.labelled {
			t.Errorf("labelledDates(%q) = %+v", c.line, got)
		}
	}
}

// Whatever instant is printed in one of the forms of newsrooms is read back as
// that instant, or as its day where the form has no offset.
func TestDateForms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(800_000_000, 4_000_000_000).Draw(t, "instant"), 0).UTC()
		at = at.In(time.FixedZone("", rapid.IntRange(-12, 13).Draw(t, "hours")*3600))
		form := rapid.SampledFrom([]string{
			time.RFC3339, time.RFC1123Z, "2006-01-02 15:04:05 -0700", "January 2, 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700",
			"Mon Jan 2 2006 15:04:05 GMT-0700", "15:04:05 -0700, Monday, January 2, 2006", "3:04:05 pm -0700, Jan. 2, 2006",
		}).Draw(t, "form")
		printed := at.Format(form)
		d, ok := parseDate(printed, orderUnknown)
		if !ok || d.Precision != whence.Second || !d.Time.Equal(at) {
			t.Fatalf("parseDate(%q) = %v, %v; want %v", printed, d, ok, at)
		}
		day := at.Format("Monday, 2 January 2006 15:04")
		if d, ok := parseDate(day, orderUnknown); !ok || d.String() != at.Format(time.DateOnly) {
			t.Fatalf("parseDate(%q) = %v, %v", day, d, ok)
		}
	})
}
