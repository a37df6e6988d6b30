package lineage

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"whence"
)

// credits are outlets and agencies that an article names as where its words come
// from.
type credits struct {
	full   []string // whose text it is, the one named in most places first
	partly []string // who contributed to it
}

const (
	// longestSigned is the most bytes of a line that says who wrote.
	longestSigned = 240
	// longestPlace is the most bytes of a dateline before the agency in brackets.
	longestPlace = 64
	// mostSigners is the most words of a line that is of names alone.
	mostSigners = 14
)

// creditsOf are the credits of an article: those that its reading has, and those
// that its lines sign with. An agency that contributed to an outlet's report did
// not write it, and one that is named beside a picture took the picture.
// Texts are those of its blocks.
func creditsOf(r *whence.Reading, texts []string) credits {
	var s signatures
	for i, b := range r.Blocks {
		switch b.Role {
		case whence.RoleRelated, whence.RoleNotice, whence.RoleTitle, whence.RoleCaption:
			continue
		}
		s.read(texts[i], s.byPicture(r, texts, i))
	}
	for _, name := range r.Credits {
		if name = knownOutlet(name); !contains(s.partly, name) {
			s.sign(name)
		}
	}
	slices.SortStableFunc(s.full, func(a, b string) int { return s.places[outletKey(b)] - s.places[outletKey(a)] })
	s.partly = slices.DeleteFunc(s.partly, func(name string) bool { return contains(s.full, name) })
	return s.credits
}

// contains tells whether one of some names is of the same outlet.
func contains(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return SameOutlet(n, name) })
}

// blockTexts are the texts of an article's blocks.
func blockTexts(r *whence.Reading) []string {
	texts := make([]string, len(r.Blocks))
	at, cp := 0, 0
	for i, b := range r.Blocks {
		from := advance(r.Text, &at, &cp, b.Start)
		texts[i] = r.Text[from:advance(r.Text, &at, &cp, b.End)]
	}
	return texts
}

// signatures are credits as they are gathered.
type signatures struct {
	credits
	places map[string]int // how many lines name an outlet, by its key
}

func (s *signatures) sign(name string) {
	if s.places == nil {
		s.places = map[string]int{}
	}
	key := outletKey(name)
	if s.places[key]++; s.places[key] == 1 {
		s.full = append(s.full, name)
	}
}

func (s *signatures) contribute(name string) {
	if !contains(s.partly, name) {
		s.partly = append(s.partly, name)
	}
}

// byPicture tells whether a block stands beside a picture's caption.
func (s *signatures) byPicture(r *whence.Reading, texts []string, i int) bool {
	for _, k := range [...]int{i - 1, i + 1} {
		if k < 0 || k >= len(texts) {
			continue
		}
		if r.Blocks[k].Role == whence.RoleCaption || strings.HasPrefix(texts[k], "FILE") || k < i && strings.Contains(texts[k], "Photo") {
			return true
		}
	}
	return false
}

// read reads one line.
func (s *signatures) read(t string, picture bool) {
	if name := inDateline(t); name != "" {
		s.sign(name)
	}
	if len(t) > longestSigned || !maySign(t) {
		return
	}
	words := strings.FieldsFunc(t, func(c rune) bool { return unicode.IsSpace(c) || c == '|' || c == '•' })
	switch {
	case len(words) == 0:
	case strings.Contains(t, "contribut") || strings.Contains(t, "material from"):
		s.contributors(words)
	case strings.ContainsRune(t, '©') || strings.HasPrefix(t, "Copyright"):
		for i := range words {
			if name, _ := outletAt(words[i:]); name.full {
				s.sign(name.name)
				return
			}
		}
	case strings.Contains(t, "hoto") || strings.Contains(t, "mage ") || strings.HasPrefix(t, "Credit") || strings.HasPrefix(t, "Media:"):
	default:
		s.byline(t, words, picture)
	}
}

// maySign is false of most lines that sign nothing, by a look at their first and
// last words.
func maySign(t string) bool {
	first, _, _ := strings.Cut(t, " ")
	last := strings.TrimRight(t, " •|")
	first, last = edgeWord(first), edgeWord(last[strings.LastIndexByte(last, ' ')+1:])
	return signing[first] || edgeWords().first[first] || edgeWords().last[last] || strings.Contains(t, "contribut") ||
		strings.Contains(t, "material from") || strings.Contains(t, "Published") || strings.Contains(t, "©") || first == "copyright"
}

// byline reads a line that may name the author: "By Jane Doe, Northern Wire",
// "Posted at noon by Northern Wire", "Northern Wire, 3 May", or the name of
// another outlet with a bullet, as portals have it.
func (s *signatures) byline(t string, words []string, picture bool) {
	if signing[strings.ToLower(words[0])] {
		for i, w := range words[:len(words)-1] {
			if name, _ := outletAt(words[i+1:]); name.full && strings.EqualFold(w, "by") {
				s.sign(name.name)
				return
			}
		}
	}
	if name, n := outletAt(words); name.full && (name.agency && isDated(words[n:]) || n == len(words) && strings.HasSuffix(t, "•")) {
		if !picture {
			s.sign(name.name)
		}
		return
	}
	if i := slices.Index(words, "Published"); i > 1 { // "Jane Doe, Northern Wire Published at noon"
		words = words[:i]
	}
	name, signed := outletAtEnd(words)
	by := strings.EqualFold(words[0], "by")
	switch {
	case !signed, picture && !by, len(words) > mostSigners, !by && !isNames(words):
	case by, name.agency, strings.Contains(t, ", The "), strings.Contains(t, " Published "):
		s.sign(name.name)
	}
}

// signing are the words that lines begin with which name an author.
var signing = map[string]bool{"by": true, "posted": true, "published": true, "updated": true, "written": true, "story": true, "from": true}

// isDated tells whether nothing but a date, or the author behind a dash, follows
// a name.
func isDated(words []string) bool {
	if len(words) > 0 && strings.Trim(words[0], "—–-") == "" {
		return true
	}
	for _, w := range words {
		w = strings.ToLower(strings.Trim(w, ".,"))
		if !strings.ContainsAny(w, "0123456789") && !dating[w[:min(3, len(w))]] {
			return false
		}
	}
	return true
}

// dating are the first three letters of the words of dates.
var dating = map[string]bool{
	"jan": true, "feb": true, "mar": true, "apr": true, "may": true, "jun": true, "jul": true, "aug": true, "sep": true, "oct": true, "nov": true, "dec": true,
	"mon": true, "tue": true, "wed": true, "thu": true, "fri": true, "sat": true, "sun": true,
	"am": true, "pm": true, "a.m": true, "p.m": true, "at": true, "on": true, "est": true, "edt": true, "utc": true, "gmt": true, "": true,
}

// isNames tells whether a line is of names alone.
func isNames(words []string) bool {
	for _, w := range words {
		small := strings.IndexFunc(w, unicode.IsLower) == 0
		if small && w != "and" && w != "of" && w != "for" && w != "with" && w != "de" && w != "van" && w != "von" ||
			strings.ContainsAny(w, "/:?!0123456789") {
			return false
		}
	}
	return !strings.HasSuffix(words[len(words)-1], ".")
}

// contributors reads who contributed: a possessive, or the staff of an outlet,
// is of the outlet whose text it is; the rest have helped.
func (s *signatures) contributors(words []string) {
	for i := 0; i < len(words); i++ {
		name, n := outletAt(words[i:])
		if n == 0 {
			continue
		}
		last := strings.TrimRight(words[i+n-1], ",;")
		staff := i+n < len(words) && strings.HasPrefix(words[i+n], "writer")
		if staff || strings.HasSuffix(last, "'s") || strings.HasSuffix(last, "’s") || strings.HasSuffix(last, "'") || strings.HasSuffix(last, "’") {
			s.sign(name.name)
		} else {
			s.contribute(name.name)
		}
		i += n - 1
	}
}

// inDateline is the outlet in brackets before the dash at the start of a text:
// "KARVIK (AP) —".
func inDateline(t string) string {
	head := t[:min(len(t), longestPlace)]
	open := strings.IndexByte(head, '(')
	if open < 0 {
		return ""
	}
	shut := strings.IndexByte(t[open:], ')')
	if shut < 0 || shut > longestPlace {
		return ""
	}
	after := strings.TrimLeftFunc(t[open+shut+1:], unicode.IsSpace)
	if dash, _ := utf8.DecodeRuneInString(after); !strings.ContainsRune("—–-_", dash) || after == "" {
		return ""
	}
	if o, ok := outlets()[plainName(t[open+1:open+shut])]; ok {
		return o.name
	}
	return ""
}

// signs may stand around a name in a line.
const signs = ",.;()—–-•|"

// longestName is the most words of an outlet's name that are looked at.
const longestName = 5

// outletAt is the known outlet whose name some words begin with, and of how many
// words that is. Initials count where they are written as such.
func outletAt(words []string) (o namedOutlet, n int) {
	if len(words) == 0 || !edgeWords().first[edgeWord(words[0])] {
		return o, 0
	}
	for n := min(longestName, len(words)); n > 0; n-- {
		if strings.Trim(words[n-1], signs) == "" {
			continue
		}
		name := strings.Trim(strings.Join(words[:n], " "), signs)
		for _, end := range [...]string{"'s", "’s", "'", "’"} {
			name = strings.TrimSuffix(name, end)
		}
		o, ok := outlets()[plainName(name)]
		if !ok || !startsUpper(name) || n == 1 && !o.agency && strings.ToUpper(name) != name {
			continue
		}
		o.full = o.full && (n > 1 || o.agency || strings.ToUpper(name) == name)
		return o, n
	}
	return o, 0
}

// outletAtEnd is the outlet of more than one word whose name some words end
// with, also where the system of a paper has lost the blank before it.
func outletAtEnd(words []string) (o namedOutlet, ok bool) {
	if !edgeWords().last[edgeWord(words[len(words)-1])] {
		return o, false
	}
	for n := min(longestName, len(words)-1); n > 1; n-- {
		tail := words[len(words)-n:]
		first := tail[0]
		if i := lastCapital(first); i > 0 {
			first = first[i:]
		}
		for _, w := range [...]string{tail[0], first} {
			name := strings.Trim(w+" "+strings.Join(tail[1:], " "), signs)
			if o, ok := outlets()[plainName(name)]; ok && startsUpper(name) {
				return o, true
			}
		}
	}
	return o, false
}

// edges are the words that names of the tables begin and end with, so that most
// lines need no more than a look at a word.
type edges struct{ first, last map[string]bool }

var edgeWords = sync.OnceValue(func() edges {
	e := edges{map[string]bool{"the": true}, map[string]bool{}}
	for _, table := range [...]string{agencyTable, outletTable} {
		for name := range strings.FieldsFuncSeq(table, func(c rune) bool { return c == ',' || c == '\n' }) {
			if words := strings.Fields(name); len(words) > 0 {
				e.first[edgeWord(words[0])] = true
				e.last[edgeWord(words[len(words)-1])] = true
			}
		}
	}
	return e
})

// edgeWord is a word at the edge of a name as it is looked up.
func edgeWord(w string) string {
	w = strings.ToLower(strings.Trim(w, signs))
	for _, end := range [...]string{"'s", "’s", "'", "’"} {
		w = strings.TrimSuffix(w, end)
	}
	return w
}

// lastCapital is where the last capital of a word stands behind a small letter;
// 0 if there is none.
func lastCapital(w string) int {
	for i := len(w) - 1; i > 0; i-- {
		if w[i] >= 'A' && w[i] <= 'Z' && w[i-1] >= 'a' && w[i-1] <= 'z' {
			return i
		}
	}
	return 0
}

func startsUpper(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}
