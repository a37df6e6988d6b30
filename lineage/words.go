package lineage

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"whence"
)

// word is a word as articles are compared: its letters and digits in small
// letters, marks and accents on the way between outlets left out.
type word struct {
	hash       uint32
	start, end int32 // in code points
}

// compared are the roles of blocks whose words are compared. Bylines, credits
// and notices say who wrote and are read as evidence; links to other stories
// are furniture.
var compared = map[whence.Role]bool{
	whence.RoleTitle: true, whence.RoleStandfirst: true, whence.RoleHeading: true,
	whence.RoleParagraph: true, whence.RoleQuote: true, whence.RoleListItem: true,
	whence.RoleCaption: true,
}

// cutter cuts texts into words, and notes the quotation marks between them.
type cutter struct {
	words []word
	short []bool // which of them have few letters
	marks []mark
	roles []whence.Role // of the blocks
	edges []int         // where each block ends, in words
	posts []run         // posts on networks shown in the text, in words

	products []uint64 // of the words
	prints   []print
	keys     []uint32 // of all shingles, those of the words and then those of quotations
	order    []uint64 // of prints, when they are sorted
}

// cutters keep their memory from text to text.
var cutters = sync.Pool{New: func() any { return &cutter{} }}

func (c *cutter) reset() {
	*c = cutter{c.words[:0], c.short[:0], c.marks[:0], c.roles[:0], c.edges[:0], c.posts[:0], c.products[:0], c.prints[:0], c.keys[:0], c.order[:0]}
}

// mark is a quotation mark before the word of a number.
type mark struct {
	sign  rune
	word  int
	block int
	// opens and closes tell what it can do where it stands: it can open where no
	// letter stands before it, close where none follows.
	opens, closes bool
}

// article cuts the words of an article, each block apart. One without blocks is
// a block a line.
func (c *cutter) article(a *whence.Article) {
	t := a.Text
	at, cp := 0, 0 // the same place in bytes and in code points
	if len(a.Blocks) == 0 {
		for at < len(t) {
			line, _, _ := strings.Cut(t[at:], "\n")
			at += len(line) + 1
			cp = c.block(whence.RoleParagraph, line, cp) + 1
		}
		return
	}
	for _, b := range a.Blocks {
		from := advance(t, &at, &cp, b.Start)
		to := advance(t, &at, &cp, b.End)
		if compared[b.Role] {
			c.block(b.Role, t[from:to], b.Start)
		}
	}
}

// block cuts one block, and gives where it ends.
func (c *cutter) block(role whence.Role, t string, first int) (end int) {
	before := len(c.words)
	end = c.cut(t, first)
	if at := signed(t); at >= 0 {
		c.post(before, first+utf8.RuneCountInString(t[:at]))
	}
	if len(c.words) > before {
		c.roles = append(c.roles, role)
		c.edges = append(c.edges, len(c.words))
	}
	return end
}

// longestPost is the most words of a block that its author's name behind it makes
// a post.
const longestPost = 80

// post notes the words before a post's signature as a post: those of its block,
// or else of the block before. The block's words begin with number from, the
// signature at a code point.
func (c *cutter) post(from, signature int) {
	to := from
	for to < len(c.words) && int(c.words[to].start) < signature {
		to++
	}
	if to == from && len(c.edges) > 0 {
		from = c.edge(len(c.edges) - 2)
	}
	if n := to - from; n > 0 && n <= longestPost {
		c.posts = append(c.posts, run{from, to})
	}
}

// signed is where in a line the signature of a post begins, as pages show them:
// "— Jane Doe (@janedoe) 3 May"; -1 if there is none.
func signed(t string) int {
	const longestName = 60 // in bytes
	handle := strings.Index(t, "(@")
	if handle < 0 {
		return -1
	}
	from := max(0, handle-longestName)
	for _, dash := range [...]string{"—", "–", "--"} {
		if i := strings.LastIndex(t[from:handle], dash); i >= 0 {
			return from + i
		}
	}
	return -1
}

// advance moves a place in t on to a code point, and gives it in bytes. Places
// that lie behind stay where they are.
func advance(t string, at, cp *int, to int) int {
	for *cp < to && *at < len(t) {
		if t[*at] < utf8.RuneSelf {
			*at++
		} else {
			_, n := utf8.DecodeRuneInString(t[*at:])
			*at += n
		}
		*cp++
	}
	return *at
}

const (
	fnvStart = 2166136261
	fnvPrime = 16777619
)

// cut cuts t, whose first code point is number first, and gives the number of the
// one behind the last.
func (c *cutter) cut(t string, first int) (behind int) {
	cp := int32(first)
	w := word{hash: fnvStart, start: -1}
	all, letters := 0, 0 // of the word; since its beginning, or a point in it
	before := outside    // what stands before the character
	for i := 0; i < len(t); cp++ {
		if folded[t[i]] != 0 {
			// Nearly all is words of plain letters.
			from, hash := i, w.hash
			for ; i < len(t) && folded[t[i]] != 0; i++ {
				hash = (hash ^ uint32(folded[t[i]])) * fnvPrime
			}
			if w.start < 0 {
				w.start = cp
			}
			n := i - from
			cp += int32(n)
			w.hash, w.end = hash, cp
			all, letters, before = all+n, letters+n, letter
			if i == len(t) {
				break
			}
		}
		char, n := rune(t[i]), 1
		if char >= utf8.RuneSelf {
			char, n = utf8.DecodeRuneInString(t[i:])
		}
		i += n
		k := kind(char)
		ends := false // the word
		switch k {
		case letter:
			if w.start < 0 {
				w.start = cp
			}
			w.hash, w.end = fold(w.hash, char), cp+1
			all, letters = all+1, letters+1
		case quotation:
			after, _ := utf8.DecodeRuneInString(t[i:])
			follows := kind(after) == letter
			if before == letter && follows && (char == '’' || char == '\'') {
				k = letter // an apostrophe
				break
			}
			ends = true
			number := len(c.words)
			if w.start >= 0 {
				number++
			}
			c.marks = append(c.marks, mark{char, number, len(c.edges), before != letter, !follows})
		case outside:
			if char == '.' && letters == 1 && i < len(t) && isASCIILetter(t[i]) && isASCIILetter(t[i-n-1]) {
				k, letters = inside, 0 // initials are one word: "U.S." is "US"
				break
			}
			ends = true
		}
		if ends {
			c.end(&w, all)
			all, letters = 0, 0
		}
		if k != inside {
			before = k
		}
	}
	c.end(&w, all)
	return int(cp)
}

// end ends a word, if one has begun.
func (c *cutter) end(w *word, letters int) {
	if w.start >= 0 {
		c.words, c.short = append(c.words, *w), append(c.short, letters <= longShort)
		*w = word{hash: fnvStart, start: -1}
	}
}

// folded gives ASCII letters and digits as they are compared, 0 for the rest.
var folded = func() (f [256]byte) {
	for c := range f[:utf8.RuneSelf] {
		if asciiKinds[c] == letter {
			f[c] = byte(unicode.ToLower(rune(c)))
		}
	}
	return f
}()

func isASCIILetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// sort is what a character does to a word.
type sort uint8

const (
	outside   sort = iota
	letter         // or a digit
	inside         // of a word, and says nothing: written or left out at will
	quotation      // a quotation mark, or an apostrophe
)

// kind sorts a character.
func kind(c rune) sort {
	switch {
	case c < utf8.RuneSelf:
		return asciiKinds[c]
	case strings.ContainsRune("“”‘’„‚«»‹›", c):
		return quotation
	case c == 'ʼ' || c == 0xAD || c >= 0x200B && c <= 0x200D || c == 0xFEFF:
		return inside
	case unicode.IsLetter(c) || unicode.IsNumber(c):
		return letter
	case unicode.Is(unicode.Mn, c):
		return inside
	}
	return outside
}

// asciiKinds is kind of the first 128 characters.
var asciiKinds = func() (k [utf8.RuneSelf]sort) {
	for c := range k {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
			k[c] = letter
		case c == '\'', c == '"':
			k[c] = quotation
		}
	}
	return k
}()

// fold adds a letter to the hash of a word (FNV-1a): as a small one, and
// without the accents of Latin script, which some outlets' systems lose.
func fold(hash uint32, c rune) uint32 {
	switch {
	case c < utf8.RuneSelf:
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		return (hash ^ uint32(c)) * fnvPrime
	case c == 'İ': // the one of these whose small letter is plain
		c = 'i'
	case c < 0x180:
		c = unicode.ToLower(c)
		if p := plain[c-0x80]; p != 0 {
			c = rune(p)
		}
	default:
		c = unicode.ToLower(c)
	}
	for ; c > 0; c >>= 8 {
		hash = (hash ^ uint32(c&0xff)) * fnvPrime
	}
	return hash
}

// plain gives the accented small letters of Latin script, from U+0080, their
// letter.
var plain = func() (p [0x100]byte) {
	for letter, accented := range map[byte]string{
		'a': "àáâãäåāăą", 'c': "çćĉċč", 'd': "ďđ", 'e': "èéêëēĕėęě", 'g': "ĝğġģ", 'h': "ĥħ", 'i': "ìíîïĩīĭįı",
		'j': "ĵ", 'k': "ķ", 'l': "ĺļľŀł", 'n': "ñńņňŉ", 'o': "òóôõöøōŏő", 'r': "ŕŗř", 's': "śŝşš", 't': "ţťŧ",
		'u': "ùúûüũūŭůűų", 'w': "ŵ", 'y': "ýÿŷ", 'z': "źżž",
	} {
		for _, c := range accented {
			p[c-0x80] = letter
		}
	}
	return p
}()
