package whence

import (
	"errors"
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ in, want, precision string }{
		{"2025", "2025", "year"},
		{"2025-11", "2025-11", "month"},
		{"2025-11-04", "2025-11-04", "day"},
		{" 2025-11-04 ", "2025-11-04", "day"},
		{"2025-11-04T10:00:00Z", "2025-11-04T10:00:00Z", "second"},
		{"2025-11-04T10:00:00.123Z", "2025-11-04T10:00:00Z", "second"},
		{"2025-11-04T23:30:00-05:00", "2025-11-04T23:30:00-05:00", "second"},
		{"2025-11-04T23:30:00+0530", "2025-11-04T23:30:00+05:30", "second"},
		{"2025-11-04T23:30+02:00", "2025-11-04T23:30:00+02:00", "second"},
		{"2025-11-04 10:00:00Z", "2025-11-04T10:00:00Z", "second"},
		{"2025-11-04 10:00:00 +0100", "2025-11-04T10:00:00+01:00", "second"},
		// A time of day without an offset names no instant.
		{"2025-11-04T10:00:00", "2025-11-04", "day"},
		{"2025-11-04 10:00", "2025-11-04", "day"},
	} {
		got, err := ParseDate(c.in)
		if err != nil || got.String() != c.want || string(got.Precision) != c.precision {
			t.Errorf("ParseDate(%q) = %q, %q, %v; want %q, %q", c.in, got, got.Precision, err, c.want, c.precision)
		}
	}
	for _, in := range []string{"", "yesterday", "2025-02-31", "2025-13", "0000-01-01", "0999-01-01", "99999", "20251104", "04/11/2025", "2025-11-04T25:00:00Z", "٢٠٢٥"} {
		if got, err := ParseDate(in); !errors.Is(err, ErrMalformed) {
			t.Errorf("ParseDate(%q) = %v, %v; want ErrMalformed", in, got, err)
		}
	}
}

func TestNewDateDropsWhatIsFiner(t *testing.T) {
	at := time.Date(2027, 3, 9, 22, 15, 30, 999, time.FixedZone("", 3600))
	for p, want := range map[Precision]string{
		Second: "2027-03-09T22:15:30+01:00", Day: "2027-03-09", Month: "2027-03", Year: "2027", "": "",
	} {
		if got := NewDate(at, p).String(); got != want {
			t.Errorf("to the %q: %q, want %q", p, got, want)
		}
	}
}
