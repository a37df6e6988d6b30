package text

import "strings"

// Bounds on addresses, so that looking for one takes the same time everywhere.
const (
	longestLocal = 64  // of a mail address before the @, as in RFC 5321
	longestHost  = 253 // of a host name, as in RFC 1035
)

var schemes = []string{"http://", "https://", "ftp://", "mailto:", "www."}

// addressEnd is the length of the web or mail address that s starts with, or
// 0. Closing marks behind it are left out.
func addressEnd(s string) int {
	for _, scheme := range schemes {
		if len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme) {
			return pathEnd(s, len(scheme))
		}
	}
	return mailEnd(s)
}

// pathEnd is where an address that reaches to at ends.
func pathEnd(s string, at int) int {
	end := at
	for end < len(s) && !strings.ContainsRune("<>\"", rune(s[end])) && !strings.HasPrefix(s[end:], "”") {
		end++
	}
	opened := strings.LastIndexByte(s[at:end], '(') + at
	for end > at {
		switch b := s[end-1]; {
		case b == ')' && opened >= at && opened < end:
			return end
		case strings.IndexByte(".,;:!?)]}'*", b) >= 0:
			end--
		case strings.HasSuffix(s[:end], "’"):
			end -= len("’")
		default:
			return end
		}
	}
	return end
}

// mailEnd is the length of the mail address that s starts with, or 0.
func mailEnd(s string) int {
	at := 0
	for at < len(s) && at <= longestLocal && (asciiWord(s[at]) || strings.IndexByte(".%+-", s[at]) >= 0) {
		at++
	}
	if at == 0 || at >= len(s)-1 || s[at] != '@' {
		return 0
	}
	host := labelsEnd(s[at+1:])
	if host == 0 || !strings.Contains(s[at+1:at+1+host], ".") {
		return 0
	}
	return at + 1 + host
}

// asciiWord tells whether b is an ASCII letter, digit or low line.
func asciiWord(b byte) bool { return b < 0x80 && asciiClass[b]&wordly != 0 }

// labelsEnd is the length of the labels, joined by dots and hyphens, that s
// starts with.
func labelsEnd(s string) int {
	end := 0
	for i := 0; i < len(s) && i < longestHost; i++ {
		if asciiWord(s[i]) {
			end = i + 1
		} else if s[i] != '.' && s[i] != '-' || i > end {
			break
		}
	}
	return end
}

// hostEnd is the length of the host or file name that s starts with, with its
// path, or 0.
func hostEnd(s string) int {
	end := labelsEnd(s)
	dot := strings.LastIndexByte(s[:end], '.')
	if dot < 1 || !known(endings, s[dot+1:end]) {
		return 0
	}
	if end < len(s)-1 && s[end] == '/' && asciiWord(s[end+1]) {
		return pathEnd(s, end)
	}
	return end
}
