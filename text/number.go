package text

import "strings"

// number emits the number at at, whose token starts at start (a sign may stand
// before it), and the unit written to it, and gives their end.
func (c *scanner) number(start, at int) int {
	end := c.digits(at)
	if next := c.grouped(at, end); next > end {
		c.emit(start, next, false)
		return next
	}
	for end < c.end {
		next := c.figure(end)
		if next == end {
			break
		}
		end = next
	}
	if !c.wordlyAt(end) {
		end = c.decade(end)
		if n := hostEnd(c.s[at:c.end]); at+n > end {
			end = at + n
		}
		c.emit(start, end, false)
		return c.cliticsAt(end)
	}
	rest := c.run(end)
	if unit := c.s[end:rest]; units[unit] && (end-at <= 3 || strings.IndexByte("CFcf", unit[0]) < 0) {
		c.emit(start, end, false)
		return c.word(end)
	}
	return c.wordFrom(start, rest)
}

// digits is the end of the digits at at.
func (c *scanner) digits(at int) int {
	for at < c.end && c.s[at] >= '0' && c.s[at] <= '9' {
		at++
	}
	return at
}

// figure is where the number that reaches to end goes on to past the mark there.
func (c *scanner) figure(end int) int {
	next := c.digits(end + 1)
	switch c.s[end] {
	case '.', ':':
		if next > end+1 {
			return next
		}
	case ',':
		if next == end+4 {
			return next
		}
	}
	return end
}

// decade takes in the "'s" of "1990's".
func (c *scanner) decade(end int) int {
	size := apostrophe(c.s[end:c.end])
	if size == 0 || c.s[end-1] != '0' || !c.wordlyAt(end+size) {
		return end
	}
	if next := c.run(end + size); c.s[end+size:next] == "s" {
		return next
	}
	return end
}

// grouped is the end of a telephone number or date of digit groups joined by
// hyphens or strokes that starts with s[at:end], or end: ranges, scores and
// fractions are not kept together.
func (c *scanner) grouped(at, end int) int {
	if end >= c.end || c.s[end] != '-' && c.s[end] != '/' {
		return end
	}
	join := c.s[end]
	sizes := []int{end - at}
	last := end
	for last < c.end && c.s[last] == join && len(sizes) < 5 {
		next := c.digits(last + 1)
		if next == last+1 {
			break
		}
		sizes = append(sizes, next-last-1)
		last = next
	}
	if c.wordlyAt(last) || last == end {
		return end
	}
	if join == '/' {
		if len(sizes) == 3 || len(sizes) == 2 && dayOfYear(c.s[at:end], c.s[end+1:last]) {
			return last
		}
		return end
	}
	if len(sizes) >= 3 || len(sizes) == 2 && sizes[0] >= 3 && sizes[1] == 4 && sizes[0] != 4 {
		return last
	}
	return end
}

// dayOfYear tells whether a/b is a month and day rather than a fraction.
func dayOfYear(a, b string) bool {
	if len(a) > 2 || len(b) > 2 {
		return false
	}
	m, d := atoi(a), atoi(b)
	return m >= 1 && m <= 12 && d >= 1 && d <= 31 && (d > 5 || m >= d)
}

// atoi is the value of a string of at most a few digits.
func atoi(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
