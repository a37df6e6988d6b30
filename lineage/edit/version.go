package edit

import (
	"strings"
	"unicode"

	"whence"
	"whence/text"
)

// version is a version cut into sentences of words.
type version struct {
	reading   *whence.Reading
	text      []rune
	sentences []sentence
}

type sentence struct {
	whence.Span
	role  whence.Role
	block int // its number
	words []word
	key   string // its words
	other int    // the sentence of the other version that it is, or was; -1 for none
	exact bool   // word for word
	gone  bool   // it was taken into the sentence before it, see [comparison.merge]
}

type word struct {
	whence.Span
	plain string
}

// compared are the roles of blocks that are compared.
var compared = map[whence.Role]bool{
	whence.RoleTitle: true, whence.RoleStandfirst: true, whence.RoleHeading: true, whence.RoleParagraph: true,
	whence.RoleQuote: true, whence.RoleListItem: true, whence.RoleCaption: true, whence.RoleNotice: true,
}

func newVersion(r *whence.Reading) *version {
	v := &version{reading: r, text: []rune(r.Text)}
	if len(r.Blocks) == 0 {
		for _, s := range text.Sentences(r.Text, nil) {
			v.add(s.Span, whence.RoleParagraph, 0)
		}
		return v
	}
	var within []whence.Span
	for _, b := range r.Blocks {
		if compared[b.Role] && b.Role != whence.RoleNotice && !v.furniture(b.Span) {
			within = append(within, b.Span)
		}
	}
	cut := []text.Sentence{}
	if within != nil {
		cut = text.Sentences(r.Text, within)
	}
	for i, b := range r.Blocks {
		if b.Role == whence.RoleNotice { // a notice is one thing
			v.add(b.Span, b.Role, i)
		}
		for len(cut) > 0 && cut[0].Start < b.End {
			if b.Contains(cut[0].Span) {
				v.add(cut[0].Span, b.Role, i)
			}
			cut = cut[1:]
		}
	}
	return v
}

// furniture tells whether a block is a line of the page and not of its article.
func (v *version) furniture(at whence.Span) bool {
	const longest = 120 // in characters
	return at.Len() <= longest && isFurniture(v.words(at))
}

func (v *version) add(at whence.Span, role whence.Role, block int) {
	s := sentence{Span: at, role: role, block: block, other: -1, words: v.words(at)}
	if len(s.words) == 0 {
		return
	}
	plain := make([]string, len(s.words))
	for i, w := range s.words {
		plain[i] = w.plain
	}
	s.key = strings.Join(plain, " ")
	v.sentences = append(v.sentences, s)
}

// words are letters and digits that stand together, in small letters, and signs
// like $ and %. An apostrophe between letters belongs to its word, whatever its
// shape; a point or colon between digits to its number; a comma before three
// digits is not a part of what a number says.
func (v *version) words(at whence.Span) []word {
	var list []word
	for i := at.Start; i < at.End; {
		if c := v.text[i]; !letter(c) {
			if sign(c) {
				list = append(list, word{whence.Span{Start: i, End: i + 1}, string(c)})
			}
			i++
			continue
		}
		start, plain := i, []rune{}
		for i < at.End {
			c := v.text[i]
			switch {
			case letter(c):
				plain = append(plain, unicode.ToLower(c))
			case unicode.Is(unicode.Cf, c): // soft hyphens, joiners
			case i+1 < at.End && inside(v.text[i-1], c, v.text[i+1]):
				if shape := joint(v.text[i:at.End]); shape != 0 {
					plain = append(plain, shape)
				}
			default:
				goto end
			}
			i++
		}
	end:
		list = append(list, word{whence.Span{Start: start, End: i}, string(plain)})
	}
	return list
}

func letter(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.Is(unicode.Mn, c)
}

func sign(c rune) bool {
	return unicode.Is(unicode.Sc, c) || c == '%' || c == '‰' || c == '°' || c == '#' || c == '@'
}

// inside tells whether a mark between two characters belongs to their word.
func inside(before, c, after rune) bool {
	switch c {
	case '\'', '’', 'ʼ':
		return unicode.IsLetter(before) && unicode.IsLetter(after)
	case '.', ':', ',':
		return unicode.IsDigit(before) && unicode.IsDigit(after)
	}
	return false
}

// joint is what the mark at the beginning of rest comes to in its word; 0 is
// nothing.
func joint(rest []rune) rune {
	switch c := rest[0]; c {
	case ',':
		n := 1
		for n < len(rest) && n < 5 && unicode.IsDigit(rest[n]) {
			n++
		}
		if n == 4 {
			return 0
		}
		return c
	case '.', ':':
		return c
	}
	return '\''
}
