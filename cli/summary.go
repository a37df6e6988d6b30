package cli

import (
	"fmt"

	"whence"
)

// summary is the table that stands for the readings of many articles: one
// line each as they come, then the sums.
type summary struct {
	articles, attributions, anonymous, responses int
	outlets                                      map[string]bool
}

// columns of the table; the title takes what is left.
const (
	dateColumn    = 10
	outletColumn  = 20
	numberColumn  = 5
	columnGap     = 2
	beforeTheName = dateColumn + outletColumn + 2*numberColumn + 4*columnGap
)

func (s *summary) head(t *terminal) {
	t.row(dim, "published", "outlet", "attr.", "anon.", "title")
}

// row prints one line of the table.
func (t *terminal) row(st style, date, outlet, attributions, anonymous, title string) {
	line := fmt.Sprintf("%s  %s  %*s  %*s  %s", fit(date, dateColumn), fit(outlet, outletColumn),
		numberColumn, attributions, numberColumn, anonymous, cutTo(title, t.width-beforeTheName))
	fmt.Fprintln(t, t.set(st, line))
}

func (s *summary) add(t *terminal, r *whence.Reading) {
	if s.articles == 0 {
		s.head(t)
		s.outlets = map[string]bool{}
	}
	anonymous := 0
	for _, a := range r.Attributions {
		if a.Source != nil && a.Source.Anonymous {
			anonymous++
		}
		if a.Response != "" {
			s.responses++
		}
	}
	s.articles++
	s.attributions += len(r.Attributions)
	s.anonymous += anonymous
	if r.Outlet != "" {
		s.outlets[r.Outlet] = true
	}
	title := r.Title
	if title == "" {
		title = r.Path
	}
	date := r.Published
	if date.Precision == whence.Second {
		date = whence.NewDate(date.Time, whence.Day)
	}
	t.row(plain, date.String(), r.Outlet, blankZero(len(r.Attributions)), blankZero(anonymous), title)
}

// sums prints the last line.
func (s *summary) sums(t *terminal) {
	parts := []string{count(s.articles, "article")}
	if n := len(s.outlets); n > 0 {
		parts = append(parts, count(n, "outlet"))
	}
	parts = append(parts, count(s.attributions, "attribution"))
	if s.anonymous > 0 {
		parts = append(parts, thousands(s.anonymous)+" from anonymous sources")
	}
	if s.responses > 0 {
		parts = append(parts, count(s.responses, "response"))
	}
	fmt.Fprintln(t)
	t.write("", "", piece{strong, dotted(parts...)})
}

func blankZero(n int) string {
	if n == 0 {
		return "·"
	}
	return thousands(n)
}
