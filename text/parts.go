package text

import "whence"

// parts calls visit with the byte range of each part of the text that bounds
// sentences. c.lag is kept in step.
func (c *scanner) parts(within []whence.Span, visit func(from, to int)) {
	if within == nil {
		paragraphs(c.s, visit)
		return
	}
	at, cp := 0, 0
	for _, w := range within {
		n := skip(c.s[at:], w.Start-cp)
		if w.Start > cp {
			at, cp = at+n, w.Start
		}
		n = skip(c.s[at:], w.End-cp)
		if n == 0 {
			continue
		}
		c.lag = at - cp
		visit(at, at+n)
		at, cp = at+n, w.End
	}
}

// paragraphs calls visit with the byte range of each run of lines between
// blank lines. The ranges join: white space is part of them.
func paragraphs(s string, visit func(from, to int)) {
	from, empty := 0, false
	for at := 0; at < len(s); at++ {
		switch s[at] {
		case '\n':
			if empty {
				visit(from, at)
				from = at
			}
			empty = true
		case ' ', '\t', '\r', '\v', '\f':
		default:
			empty = false
		}
	}
	visit(from, len(s))
}
