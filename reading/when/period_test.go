package when_test

import (
	"strings"
	"testing"

	"whence"
	"whence/reading/when"
)

func TestPeriodOf(t *testing.T) {
	published, err := whence.ParseDate("2027-03-05T07:30:00+01:00")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		kind              whence.TimeType
		value, begin, end string
	}{
		{whence.TimeDate, "2025-09", "2025-09", "2025-09"},
		{whence.TimeDate, "2025", "2025", "2025"},
		{whence.TimeDate, "2025-10-28", "2025-10-28", "2025-10-28"},
		{whence.TimeOfDay, "2025-10-28TNI", "2025-10-28", "2025-10-28"},
		{whence.TimeOfDay, "2025-10-28T18:45", "2025-10-28", "2025-10-28"},
		{whence.TimeDate, "2025-W43", "2025-10-20", "2025-10-26"},
		{whence.TimeDate, "2025-W43-WE", "2025-10-25", "2025-10-26"},
		{whence.TimeDate, "2021-W01", "2021-01-04", "2021-01-10"},
		{whence.TimeDate, "2020-W53", "2020-12-28", "2021-01-03"},
		{whence.TimeDate, "2025-Q1", "2025-01", "2025-03"},
		{whence.TimeDate, "2025-H2", "2025-07", "2025-12"},
		{whence.TimeDate, "2025-SU", "2025-06", "2025-08"},
		{whence.TimeDate, "199", "1990", "1999"},
		{whence.TimeDate, "19", "1900", "1999"},
		{whence.TimeDate, "PRESENT_REF", "2027-03-05", "2027-03-05"},
		{whence.TimeDate, "2025-WI", "", ""},
		{whence.TimeDate, "PAST_REF", "", ""},
		{whence.TimeDate, "2025-02-31", "", ""},
		{whence.TimeDate, "2025-W77", "", ""},
		{whence.TimeDate, "2025-W1x", "", ""},
		{whence.TimeDate, anyDigits("????-09"), "", ""},
		{whence.TimeDate, anyDigits("????-W??-1"), "", ""},
		{whence.TimeDate, "", "", ""},
		{whence.TimeDuration, "P3D", "", ""},
		{whence.TimeSet, "P1D", "", ""},
	} {
		got := when.PeriodOf(whence.Time{Type: c.kind, Value: c.value}, published)
		if got.Begin.String() != c.begin || got.End.String() != c.end {
			t.Errorf("%s %q: %v to %v, want %s to %s", c.kind, c.value, got.Begin, got.End, c.begin, c.end)
		}
	}
}

func TestPeriodOfKeepsThePeriod(t *testing.T) {
	september, err := whence.ParseDate("2025-09")
	if err != nil {
		t.Fatal(err)
	}
	open := whence.Period{Begin: september}
	if got := when.PeriodOf(whence.Time{Type: whence.TimeDate, Value: "2025-09", Period: open}, whence.Date{}); got != open {
		t.Errorf("got %v", got)
	}
}

// anyDigits is a value of TIMEX3 in which any digit is meant by each question mark.
func anyDigits(value string) string { return strings.ReplaceAll(value, "?", "X") }
