package lineage

import (
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"whence"
)

// compared are the roles of blocks whose words are compared. Bylines, credits
// and notices say who wrote and are read as evidence; links to other stories
// are furniture.
var compared = map[whence.Role]bool{
	whence.RoleTitle: true, whence.RoleStandfirst: true, whence.RoleHeading: true,
	whence.RoleParagraph: true, whence.RoleQuote: true, whence.RoleListItem: true,
	whence.RoleCaption: true,
}

// cutter cuts texts into words, and notes the quotation marks between them. A word
// is, as articles are compared, the hash of its letters and digits in small letters;
// marks and accents, which get lost on the way between outlets, are left out.
type cutter struct {
	words        []uint32
	starts, ends []uint32 // of the words, in code points
	short        []uint8  // 1 of those that have few letters
	marks        []mark
	roles        []whence.Role // of the blocks
	edges        []int         // where each block ends, in words
	posts        []run         // posts on networks shown in the text, in words

	ranks  []uint64 // of the shingles of a range
	prints []print
	keys   []uint32 // of all shingles, those of the words and then those of quotations

	runs        []run    // in quotation marks
	sorted      []uint64 // the hashes of the prints, in order
	order       []uint32 // the numbers of these
	list, spare []uint64 // when they are sorted
}

// cutters keep their memory from text to text.
var cutters = sync.Pool{New: func() any { return &cutter{} }}

func (c *cutter) reset() {
	*c = cutter{c.words[:0], c.starts[:0], c.ends[:0], c.short[:0], c.marks[:0], c.roles[:0], c.edges[:0], c.posts[:0], c.ranks[:0], c.prints[:0], c.keys[:0], c.runs[:0], c.sorted[:0], c.order[:0], c.list[:0], c.spare[:0]}
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
	signed := strings.Contains(t, handle)
	if len(a.Blocks) == 0 {
		for at < len(t) {
			line, _, _ := strings.Cut(t[at:], "\n")
			at += len(line) + 1
			cp = c.block(whence.RoleParagraph, line, cp, signed) + 1
		}
		return
	}
	for _, b := range a.Blocks {
		from := advance(t, &at, &cp, b.Start)
		to := advance(t, &at, &cp, b.End)
		if compared[b.Role] {
			c.block(b.Role, t[from:to], b.Start, signed)
		}
	}
}

// block cuts one block, and gives where it ends. Signed tells whether there are posts
// in the article.
func (c *cutter) block(role whence.Role, t string, first int, signed bool) (end int) {
	before := len(c.words)
	end = c.cut(t, first)
	if signed {
		if at := signature(t); at >= 0 {
			c.post(before, first+utf8.RuneCountInString(t[:at]))
		}
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
	for to < len(c.words) && int(c.starts[to]) < signature {
		to++
	}
	if to == from && len(c.edges) > 0 {
		from = c.edge(len(c.edges) - 2)
	}
	if n := to - from; n > 0 && n <= longestPost {
		c.posts = append(c.posts, run{from, to})
	}
}

// handle begins what a network calls the author of a post.
const handle = "(@"

// signature is where in a line the signature of a post begins, as pages show them:
// "— Jane Doe (@janedoe) 3 May"; -1 if there is none.
func signature(t string) int {
	const longestName = 60 // in bytes
	to := strings.Index(t, handle)
	if to < 0 {
		return -1
	}
	from := max(0, to-longestName)
	for _, dash := range [...]string{"—", "–", "--"} {
		if i := strings.LastIndex(t[from:to], dash); i >= 0 {
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
	w := unfinished{hash: fnvStart, start: -1}
	before := outside // what stands before the character
	cp := int32(first)
	for i := 0; i < len(t); cp++ {
		if w.start < 0 {
			// Nearly all is words of plain letters, with a blank behind.
			plain := c.plain(t[i:], cp)
			i, cp = i+plain, cp+int32(plain)
			if plain > 0 {
				before = outside
			}
			if i == len(t) {
				break
			}
		}
		if folded[t[i]] != 0 {
			from := i
			for ; i < len(t) && folded[t[i]] != 0; i++ {
				w.hash = (w.hash ^ uint32(folded[t[i]])) * fnvPrime
			}
			n := i - from
			w.add(n, cp, cp+int32(n))
			cp += int32(n)
			before = letter
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
			w.hash = fold(w.hash, char)
			w.add(1, cp, cp+1)
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
			if char == '.' && w.letters == 1 && i < len(t) && isASCIILetter(t[i]) && isASCIILetter(t[i-n-1]) {
				k, w.letters = inside, 0 // initials are one word: "U.S." is "US"
				break
			}
			ends = true
		}
		if ends {
			c.end(&w)
		}
		if k != inside {
			before = k
		}
	}
	c.end(&w)
	return int(cp)
}

// unfinished is a word that is being cut.
type unfinished struct {
	hash         uint32
	start, end   int32 // in code points; it has not begun where start is less than 0
	all, letters int   // of the word; since its beginning, or a point in it
}

// add notes n letters more, from one code point to another.
func (w *unfinished) add(n int, from, to int32) {
	if w.start < 0 {
		w.start = from
	}
	w.end = to
	w.all, w.letters = w.all+n, w.letters+n
}

// end ends a word, if one has begun.
func (c *cutter) end(w *unfinished) {
	if w.start >= 0 {
		c.words, c.starts, c.ends = append(c.words, w.hash), append(c.starts, uint32(w.start)), append(c.ends, uint32(w.end))
		c.short = append(c.short, shortness(w.all))
	}
	*w = unfinished{hash: fnvStart, start: -1}
}

// longShort is how many letters a short word has at most: most of the commonest
// words of a language do.
const longShort = 4

func shortness(letters int) uint8 {
	if letters <= longShort {
		return 1
	}
	return 0
}

// plain cuts the words that t begins with as long as they are of plain letters and
// have a plain separator behind, and gives how many bytes they are with it.
func (c *cutter) plain(t string, cp int32) int {
	t = t[:min(len(t), stretch)]
	most := len(c.words) + len(t)/2
	c.words, c.starts, c.ends = slices.Grow(c.words, len(t)/2), slices.Grow(c.starts, len(t)/2), slices.Grow(c.ends, len(t)/2)
	c.short = slices.Grow(c.short, len(t)/2)
	words, starts, ends, short := c.words[:most], c.starts[:most], c.ends[:most], c.short[:most]
	n := len(c.words)
	at := 0
	for at+chunk < len(t) {
		hash, length, more := uint32(fnvStart), 0, chunk
		for more == chunk && at+length+chunk < len(t) {
			hash, more = hashed(hash, eight(t[at+length:]))
			length += more
		}
		if more == chunk {
			break
		}
		behind := t[at+length]
		if !separates[behind] && (behind != '.' || length == 1) {
			break
		}
		if length > 0 {
			words[n], starts[n], ends[n], short[n] = hash, uint32(cp)+uint32(at), uint32(cp)+uint32(at+length), shortness(length)
			n++
		}
		at += length + 1
	}
	c.words, c.starts, c.ends, c.short = words[:n], starts[:n], ends[:n], short[:n]
	return at
}

const (
	// chunk is how many bytes are looked at at once.
	chunk = 8
	// stretch is for how many bytes of text room is made at once.
	stretch = 1 << 12
)

// eight are the first bytes of a string as a number, the first lowest.
func eight(t string) uint64 {
	_ = t[chunk-1]
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}

// hashed adds the plain letters that some bytes begin with to a hash, and gives how
// many they are. It does so without a look at what they are, as a processor would
// guess that wrong for every other word: all eight are added, and the hash that is
// kept is the one after the letters.
func hashed(hash uint32, b uint64) (uint32, int) {
	const (
		each = 0x0101010101010101
		high = 0x80 * each
	)
	// The highest bit of each byte tells whether it is a letter: carries stay within
	// bytes as the highest bits are left out.
	low := b &^ high
	small := low | 0x20*each
	letters := (small + (0x80-'a')*each) &^ (small + (0x7f-'z')*each)
	digits := (low + (0x80-'0')*each) &^ (low + (0x7f-'9')*each)
	n := bits.TrailingZeros64(^(letters|digits)&high|b&high) / 8
	var after [2 * chunk]uint32
	after[0] = hash
	after[1] = (after[0] ^ uint32(small&0xff)) * fnvPrime
	after[2] = (after[1] ^ uint32(small>>8&0xff)) * fnvPrime
	after[3] = (after[2] ^ uint32(small>>16&0xff)) * fnvPrime
	after[4] = (after[3] ^ uint32(small>>24&0xff)) * fnvPrime
	after[5] = (after[4] ^ uint32(small>>32&0xff)) * fnvPrime
	after[6] = (after[5] ^ uint32(small>>40&0xff)) * fnvPrime
	after[7] = (after[6] ^ uint32(small>>48&0xff)) * fnvPrime
	after[8] = (after[7] ^ uint32(small>>56)) * fnvPrime
	return after[n%len(after)], n
}

// separates are the ASCII characters that end a word and do nothing else.
var separates = func() (s [256]bool) {
	for c, k := range asciiKinds {
		s[c] = k == outside && c != '.'
	}
	return s
}()

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
