package lineage

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"whence"
)

// facts are what an article says of where it comes from.
type facts struct {
	outlet    string   // as it names itself, or the host of its address
	page      string   // its page: versions of a page share it
	addresses []string // the article's own, in plain form
	links     []string // addresses that it links to, in plain form
	credits   []string // outlets and agencies named as author or first reporter
	cited     []string // outlets that it names as having reported, in plain form
	topics    []string // the names that it speaks of most, in plain form
	speeches  []speech
	// The article was published no earlier than from and no later than to; the
	// zero Time is unknown.
	from, to time.Time
	changed  time.Time // when this version was made, as far as known
}

// speech is words that are attributed to somebody.
type speech struct {
	span whence.Span
	who  string
}

// mostTopics is how many names stand for what an article is about.
const mostTopics = 8

func factsOf(r *whence.Reading) facts {
	f := facts{outlet: r.Outlet, page: plainAddress(cmp.Or(r.Canonical, r.URL)), credits: slices.Clone(r.Credits)}
	for _, a := range []string{r.URL, r.Canonical} {
		if p := plainAddress(a); p != "" && !slices.Contains(f.addresses, p) {
			f.addresses = append(f.addresses, p)
		}
	}
	if f.outlet == "" {
		f.outlet, _, _ = strings.Cut(plainAddress(r.URL), "/")
	}
	for _, b := range r.Blocks {
		if b.Role == whence.RoleRelated {
			continue // the site's own furniture
		}
		for _, l := range b.Links {
			if p := plainAddress(l.Href); strings.Contains(p, "/") {
				f.links = append(f.links, p)
			}
		}
	}
	f.from, f.to = published(r)
	f.changed = latest(r.Published, r.Modified)
	if f.changed.IsZero() || r.Modified.IsZero() {
		f.changed = maxTime(f.changed, r.Captured.Time)
	}
	f.speeches = speechesOf(r)
	f.cited = citedBy(r)
	f.topics = topicsOf(r)
	return f
}

// published is when an article was published, as an interval.
func published(r *whence.Reading) (from, to time.Time) {
	if d := r.Published; !d.IsZero() {
		return d.Time, endOf(d)
	}
	for _, d := range []whence.Date{r.Modified, r.Captured} {
		if !d.IsZero() {
			return time.Time{}, endOf(d)
		}
	}
	return time.Time{}, time.Time{}
}

// endOf is the end of the stretch of time that a date stands for.
func endOf(d whence.Date) time.Time {
	switch d.Precision {
	case whence.Day:
		return d.Time.AddDate(0, 0, 1)
	case whence.Month:
		return d.Time.AddDate(0, 1, 0)
	case whence.Year:
		return d.Time.AddDate(1, 0, 0)
	}
	return d.Time
}

func latest(dates ...whence.Date) (t time.Time) {
	for _, d := range dates {
		t = maxTime(t, d.Time)
	}
	return t
}

func maxTime(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// plainAddress is an address without what does not tell pages apart: scheme,
// "www.", parameters of campaigns, fragment, and the slash at the end.
func plainAddress(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return ""
	}
	p := strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.EscapedPath(), "/")
	q := u.Query()
	for key := range q {
		if strings.HasPrefix(key, "utm_") || key == "ref" || key == "source" || key == "fbclid" || key == "gclid" {
			q.Del(key)
		}
	}
	if len(q) > 0 {
		p += "?" + q.Encode()
	}
	return p
}

// plainName is a name as it is compared: small letters and digits alone, without
// a leading article and the domain's ending.
func plainName(s string) string {
	s = strings.ToLower(s)
	s = strings.TrimPrefix(strings.TrimPrefix(s, "www."), "the ")
	for _, end := range []string{".com", ".org", ".net", ".co.uk", ".example"} {
		s = strings.TrimSuffix(s, end)
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, s)
}

// speechesOf are the contents of a reading with whoever they are attributed to,
// by the fullest name known.
func speechesOf(r *whence.Reading) []speech {
	names := map[string]string{}
	for _, n := range r.Names {
		names[n.ID] = n.Name
	}
	var list []speech
	for _, a := range r.Attributions {
		if a.Source == nil || a.Quotation == whence.Indirect {
			continue
		}
		who := cmp.Or(names[a.Source.Name], a.Source.Text)
		for _, s := range a.Content.Spans {
			list = append(list, speech{s, who})
		}
	}
	slices.SortFunc(list, func(a, b speech) int { return cmp.Compare(a.span.End, b.span.End) })
	return list
}

// citedBy are the outlets that an article names as having reported: relays, and
// sources. Whether such a source is an outlet shows when it is compared with one.
func citedBy(r *whence.Reading) []string {
	var list []string
	add := func(s string) {
		if p := plainName(s); p != "" && p != plainName(r.Outlet) && !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	kinds := map[string]whence.Name{}
	for _, n := range r.Names {
		kinds[n.ID] = n
	}
	for _, a := range r.Attributions {
		if a.Relay != nil && a.Relay.Kind == whence.RelayOutlet {
			add(a.Relay.Name)
		}
		if s := a.Source; s != nil && s.Kind != whence.SourcePerson {
			if n, ok := kinds[s.Name]; ok {
				add(n.Name)
			} else {
				add(s.Text)
			}
		}
	}
	for _, n := range r.Names {
		if n.Kind == string(whence.SourceOrganisation) {
			add(n.Name)
		}
	}
	return list
}

// topicsOf are the names of which an article speaks most.
func topicsOf(r *whence.Reading) []string {
	names := slices.Clone(r.Names)
	slices.SortStableFunc(names, func(a, b whence.Name) int { return len(b.Mentions) - len(a.Mentions) })
	var list []string
	for _, n := range names[:min(len(names), mostTopics)] {
		if p := plainName(n.Name); p != "" {
			list = append(list, p)
		}
	}
	return list
}

// cites tells whether an article names another's outlet as having reported, or
// links to it.
func (f *facts) cites(other *facts) (named, linked bool) {
	for _, a := range other.addresses {
		linked = linked || slices.Contains(f.links, a)
	}
	return slices.Contains(f.cited, plainName(other.outlet)), linked
}

// creditedTo are the credits of an article to others than itself.
func (f *facts) creditedTo() []string {
	var list []string
	for _, c := range f.credits {
		if plainName(c) != plainName(f.outlet) {
			list = append(list, c)
		}
	}
	return list
}
