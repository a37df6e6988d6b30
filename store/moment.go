package store

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"whence"
)

// Moment is the time that an article is filed under: when it was published,
// else modified, else captured; the zero Time where none is known. To the
// minute.
func Moment(a *whence.Article) time.Time {
	for _, d := range []whence.Date{a.Published, a.Modified, a.Captured} {
		if !d.IsZero() {
			return d.Time.UTC().Truncate(time.Minute)
		}
	}
	return time.Time{}
}

// Span is how far apart keys may be that lie so long apart.
func Span(d time.Duration) Key { return Key(d/time.Minute+1) << room }

// room is how many bits of a key tell articles of one minute apart.
const room = 30

// KeyAt is the first key of a moment. Moments before 1970 have that of its first
// minute.
func KeyAt(t time.Time) Key { return Key(max(t.Unix()/60, 0)) << room }

// Days is how far apart keys are that lie so many days apart.
func Days(n int) Key { return Key(n*24*60) << room }

// KeyOf is the key that an article gets where no other has it: its moment, and
// bits of its id, so that the order of arrival shows in no key but where such
// bits collide. An undated article has a negative one.
func KeyOf(a *whence.Article) Key {
	var bits Key
	digits := strings.TrimPrefix(a.ID, "sha256:")
	if n, err := strconv.ParseUint(digits[:min(12, len(digits))], 16, 64); err == nil {
		bits = Key(n)
	}
	if t := Moment(a); !t.IsZero() {
		return KeyAt(t) | bits&(1<<room-1)
	}
	return -1 - bits
}

// Page names the page that an article is a version of: its canonical address,
// else the address it was captured at; empty if it has neither.
func Page(a *whence.Article) string {
	if a.Canonical != "" {
		return a.Canonical
	}
	return a.URL
}

// Marks are the properties that a reading can be searched for.
func Marks(r *whence.Reading) []Mark {
	marks := map[Mark]bool{}
	mark := func(key, value string) {
		if m := NewMark(key, value); m != "" {
			marks[m] = true
		}
	}
	anonymous := "no"
	for _, a := range r.Attributions {
		if a.Source != nil {
			mark("source_kind", string(a.Source.Kind))
			if a.Source.Anonymous {
				anonymous = "yes"
			}
		}
		mark("kind", string(a.Kind))
		mark("quotation", string(a.Quotation))
		mark("response", string(a.Response))
	}
	mark("anonymous", anonymous)
	for _, f := range r.Figures {
		mark("measure", f.Measure)
		mark("status", string(f.Status))
	}
	for _, e := range r.Events {
		mark("status", string(e.Status))
	}
	mark("language", r.Language)
	list := make([]Mark, 0, len(marks))
	for m := range marks {
		list = append(list, m)
	}
	return list
}

// NewMark makes the mark of a property and its value, in any case, with
// whatever parts words for "_". It is empty where nothing is left of the value.
func NewMark(key, value string) Mark {
	value = strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, strings.ToLower(value)), "_")
	if value == "" {
		return ""
	}
	return Mark(key + ":" + value)
}

// CompareVersions orders versions of one page: by when they were captured, or
// else modified or published; then by the latter; then by id. An absent date comes
// first. What a page says of its dates is not asked where it is known when it was
// seen.
func CompareVersions(a, b Head) int {
	saidA, saidB := latest(a.Published, a.Modified), latest(b.Published, b.Modified)
	return cmp.Or(seen(a, saidA).Compare(seen(b, saidB)), saidA.Compare(saidB), cmp.Compare(a.ID, b.ID))
}

// seen is when a version was captured, or else said to be made.
func seen(h Head, said time.Time) time.Time {
	if !h.Captured.IsZero() {
		return h.Captured.Time
	}
	return said
}

func latest(dates ...whence.Date) time.Time {
	var t time.Time
	for _, d := range dates {
		if d.Time.After(t) {
			t = d.Time
		}
	}
	return t
}
