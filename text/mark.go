package text

import "strings"

// mark emits the punctuation or symbol at at, whose first code point takes
// size bytes, and gives its end.
func (c *scanner) mark(at, size int) int {
	rest := c.s[at:c.end]
	end := at + size
	if n := smiley(rest); n > 0 && !c.wordlyAt(at+n) {
		end = at + n
	} else {
		switch b := rest[0]; b {
		case '.':
			return c.stops(at, end)
		case '!', '?':
			for end < c.end && (c.s[end] == '!' || c.s[end] == '?') {
				end++
			}
		case '-', '*', '=', '~', '+', '<', '>', '`', '$', '|', ',', '#':
			for end < c.end && c.s[end] == b {
				end++
			}
			if end == at+1 && (b == '#' || b == '+') {
				return c.signed(at, end)
			}
		case '@':
			if c.wordlyAt(end) {
				end = c.run(end)
			}
		case '\'':
			return c.quote(at, end)
		default:
			if strings.HasPrefix(rest, "‘’") {
				end += size
			} else if strings.HasPrefix(rest, "‘") {
				c.quoted = true
			} else if strings.HasPrefix(rest, "’") {
				return c.quote(at, end)
			} else if size > 1 {
				end = c.cluster(end)
			}
		}
	}
	c.emit(at, end, false)
	return end
}

// stops emits a full stop, dots of omission, a number that starts with its
// point (".04"), or a bare file ending (".doc").
func (c *scanner) stops(at, end int) int {
	for end < c.end && c.s[end] == '.' {
		end++
	}
	if end == at+1 && end < c.end {
		next := c.run(end)
		switch {
		case c.s[end] == '?' || c.s[end] == '!':
			end++
		case at > 0 && asciiWord(c.s[at-1]):
		case c.digits(end) > end:
			return c.number(at, end)
		case next > end && known(endings, c.s[end:next]):
			end = next
		}
	}
	c.emit(at, end, false)
	return end
}

// signed emits a tag ("#harbour"), a telephone number ("+44…") or a bare sign.
func (c *scanner) signed(at, end int) int {
	if c.wordlyAt(end) {
		k, _ := classAt(c.s, end)
		switch {
		case c.s[at] == '#' && k&digit == 0:
			end = c.run(end)
		case c.s[at] == '+' && k&digit != 0:
			return c.number(at, end)
		}
	}
	c.emit(at, end, false)
	return end
}

// quote emits the apostrophe at at: a quotation mark, or the start of an
// elided word ("'em", "'90s").
func (c *scanner) quote(at, end int) int {
	if strings.HasPrefix(c.s[end:c.end], c.s[at:end]) {
		end += end - at
		c.emit(at, end, false)
		return end
	}
	if !c.wordlyAt(end) {
		c.quoted = false
		c.emit(at, end, false)
		return end
	}
	next := c.run(end)
	word := c.s[end:next]
	closes := apostrophe(c.s[next:c.end]) > 0
	if !closes && (known(elisions, word) || known(clitics, word) || year(word)) {
		c.emit(at, next, false)
		return next
	}
	c.quoted = true
	c.emit(at, end, false)
	return end
}

// year tells whether s is what an apostrophe leaves of a year or decade.
func year(s string) bool {
	return len(s) >= 2 && asciiClass[s[0]&0x7F] == digit && asciiClass[s[1]&0x7F] == digit && (len(s) == 2 || s[2:] == "s")
}

// cluster is the end of the symbol that reaches to end with what modifies it: one
// emoji.
func (c *scanner) cluster(end int) int {
	for end < c.end {
		k, size := classAt(c.s[:c.end], end)
		r := c.s[end : end+size]
		switch {
		case r == "\u200d" && end+size < c.end:
			_, next := classAt(c.s[:c.end], end+size)
			end += size + next
		case r == "\ufe0f" || k&mark != 0 && r >= "\U0001F3FB" && r <= "\U0001F3FF":
			end += size
		default:
			return end
		}
	}
	return end
}

const (
	eyes   = ":;=8"
	noses  = "-^o'"
	mouths = ")(DPp/\\|[]*"
)

// smiley is the length of the emoticon that s starts with, or 0.
func smiley(s string) int {
	for _, f := range faces {
		if strings.HasPrefix(s, f) {
			return len(f)
		}
	}
	if len(s) < 2 || strings.IndexByte(eyes, s[0]) < 0 {
		return 0
	}
	n := 1
	if len(s) > 2 && strings.IndexByte(noses, s[1]) >= 0 {
		n = 2
	}
	if strings.IndexByte(mouths, s[n]) < 0 || n == 1 && strings.IndexByte("*[", s[n]) >= 0 {
		return 0
	}
	return n + 1
}
