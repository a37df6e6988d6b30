package lineage

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
)

// outletTable and agencyTable have a line for each outlet or agency that goes by
// several names: the name it is shown by, then domains, abbreviations and other
// names.
//
//go:embed data/outlets.txt
var outletTable string

//go:embed data/agencies.txt
var agencyTable string

// namedOutlet is an outlet of the tables.
type namedOutlet struct {
	name   string // it is shown by
	key    string // that name in plain form
	agency bool
	full   bool // by this name it is not mistaken for something else
}

// outlets gives for each name in plain form its outlet.
var outlets = sync.OnceValue(func() map[string]namedOutlet {
	m := map[string]namedOutlet{}
	for _, t := range []struct {
		lines  string
		agency bool
	}{{agencyTable, true}, {outletTable, false}} {
		for line := range strings.Lines(t.lines) {
			line = strings.TrimSpace(line)
			if line == "" || line[0] == '#' {
				continue
			}
			names := strings.Split(line, ",")
			for i, n := range names {
				n = strings.TrimSpace(n)
				words := strings.Fields(strings.TrimPrefix(n, "The "))
				full := len(words) > 1 || t.agency && i == 0 || n == "CNN"
				full = full || m[plainName(n)].full // of a name that is also a domain
				m[plainName(n)] = namedOutlet{names[0], plainName(names[0]), t.agency, full}
			}
		}
	}
	return m
})

// outletKey is an outlet's name as it is compared, the same for all its names.
func outletKey(name string) string {
	p := plainName(name)
	if o, ok := outlets()[p]; ok {
		return o.key
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
		if _, ok := outlets()[plainName(tail)]; ok {
			return tail
		}
	}
	return credit
}

// isAgency tells whether a name is of a news agency.
func isAgency(name string) bool { return outlets()[plainName(name)].agency }
