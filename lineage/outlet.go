package lineage

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

// outletTable has a line for each outlet or agency that goes by several names:
// the name it is shown by, then domains, abbreviations and other names.
//
//go:embed data/outlets.txt
var outletTable string

// aliases gives for each name in plain form the first of its line, in plain form.
var aliases = sync.OnceValue(func() map[string]string {
	m := map[string]string{}
	for line := range strings.Lines(outletTable) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		names := strings.Split(line, ",")
		for _, n := range names {
			m[plainName(n)] = plainName(names[0])
		}
	}
	return m
})

// outletKey is an outlet's name as it is compared, the same for all its names.
func outletKey(name string) string {
	p := plainName(name)
	if key, ok := aliases()[p]; ok {
		return key
	}
	return p
}

// endings are of domains.
var endings = []string{".com", ".org", ".net", ".co.uk", ".com.au", ".gov", ".example"}

// plainName is a name as it is compared: small letters and digits alone, without
// a leading article and the domain's ending.
func plainName(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	s = strings.TrimPrefix(strings.TrimPrefix(s, "www."), "the ")
	for _, end := range endings {
		s = strings.TrimSuffix(s, end)
	}
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			return c
		case c == '&':
			return '&'
		case c >= 0x80 && (unicode.IsLetter(c) || unicode.IsDigit(c)):
			return c
		}
		return -1
	}, s)
}

// SameOutlet tells whether two names are of one outlet or agency.
func SameOutlet(a, b string) bool { return outletKey(a) == outletKey(b) }

// knownOutlet is the outlet of the table whose name stands at the end of a
// credit, behind a person's: "Jane Doe The Washington Post"; else the credit.
func knownOutlet(credit string) string {
	words := strings.Fields(credit)
	for i := 1; i < len(words)-1; i++ {
		tail := strings.Join(words[i:], " ")
		if _, ok := aliases()[plainName(tail)]; ok {
			return tail
		}
	}
	return credit
}
