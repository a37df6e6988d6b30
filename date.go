package whence

import (
	"fmt"
	"strings"
	"time"
)

// Precision is how much of a date the source gives.
type Precision string

// The precisions, finest first.
const (
	Second Precision = "second"
	Day    Precision = "day"
	Month  Precision = "month"
	Year   Precision = "year"
)

// Date is a point in time no sharper than its source. The zero Date is absent.
// Time keeps the offset that the source gave, so that the day is the day
// printed on the page; parts finer than Precision are zero.
type Date struct {
	Time      time.Time
	Precision Precision
}

// IsZero tells whether the date is absent.
func (d Date) IsZero() bool { return d.Precision == "" }

// layouts gives the ISO 8601 form of each precision: as many digits as known.
var layouts = map[Precision]string{
	Second: time.RFC3339,
	Day:    time.DateOnly,
	Month:  "2006-01",
	Year:   "2006",
}

// String is the ISO 8601 form of d to its precision, "" if absent.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time.Format(layouts[d.Precision])
}

// MarshalText is String.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText is [ParseDate], and takes no text for an absent date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	var err error
	*d, err = ParseDate(string(text))
	return err
}

// NewDate gives t to the precision p, with what is finer set to zero.
func NewDate(t time.Time, p Precision) Date {
	year, month, day := t.Date()
	switch p {
	case Second:
		return Date{t.Truncate(time.Second), p}
	case Day:
		return Date{time.Date(year, month, day, 0, 0, 0, 0, time.UTC), p}
	case Month:
		return Date{time.Date(year, month, 1, 0, 0, 0, 0, time.UTC), p}
	case Year:
		return Date{time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), p}
	}
	return Date{}
}

// isoForms are the forms ParseDate takes. A time of day without an offset
// names no instant, so such a date is kept to the day.
var isoForms = []struct {
	layout    string
	precision Precision
}{
	{time.RFC3339Nano, Second},
	{"2006-01-02T15:04Z07:00", Second},
	{"2006-01-02T15:04:05Z0700", Second},
	{"2006-01-02T15:04Z0700", Second},
	{"2006-01-02T15:04:05.999999999Z0700", Second},
	{"2006-01-02T15:04:05.999999999", Day},
	{"2006-01-02T15:04", Day},
	{time.DateOnly, Day},
	{"2006-01", Month},
	{"2006", Year},
}

// ParseDate reads an ISO 8601 date: "2025", "2025-11", "2025-11-04", or that
// with a time of day. A blank may stand for the T. Anything else, a date that
// does not exist and a year outside 1000 to 9999 are errors.
func ParseDate(s string) (Date, error) {
	t := strings.TrimSpace(s)
	if len(t) > 10 && t[10] == ' ' {
		t = t[:10] + "T" + strings.ReplaceAll(t[11:], " ", "")
	}
	for _, f := range isoForms {
		at, err := time.Parse(f.layout, t)
		if err != nil {
			continue
		}
		if at.Year() < 1000 {
			break
		}
		return NewDate(at, f.precision), nil
	}
	return Date{}, fmt.Errorf("%w date %q: want YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ", ErrMalformed, clip(s, 40))
}

// clip shortens s for an error message, at a rune boundary.
func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
