package lineage

import (
	"encoding/binary"
	"math"
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
// is, as articles are compared, the hash of its letters and digits in small letters, with
// the highest bit set where these are many; marks and accents, which get lost on the way
// between outlets, are left out.
type cutter struct {
	text    []byte // that is being cut, with margins of zeros behind
	words   []uint32
	starts  []uint32 // of the words, in code points
	lengths []uint16 // of the words, likewise
	marks   []mark
	roles   []whence.Role // of the blocks
	edges   []int         // where each block ends, in words
	posts   []run         // posts on networks shown in the text, in words

	ranks  []uint64 // of the shingles of a range
	prints []print
	keys   []uint32 // as a [Text] has them

	runs        []run    // in quotation marks
	sorted      []uint64 // the hashes of the prints, in order
	order       []uint32 // the numbers of these
	list, spare []uint64 // when they are sorted
}

// cutters keep their memory from text to text.
var cutters = sync.Pool{New: func() any { return &cutter{} }}

func (c *cutter) reset() {
	*c = cutter{c.text[:0], c.words[:0], c.starts[:0], c.lengths[:0], c.marks[:0], c.roles[:0], c.edges[:0], c.posts[:0], c.ranks[:0], c.prints[:0], c.keys[:0], c.runs[:0], c.sorted[:0], c.order[:0], c.list[:0], c.spare[:0]}
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

// cut cuts t, whose first code point is number first, and gives the number of the
// one behind the last.
func (c *cutter) cut(t string, first int) (behind int) {
	most := len(t)/2 + 1
	c.words, c.starts, c.lengths = slices.Grow(c.words, most), slices.Grow(c.starts, most), slices.Grow(c.lengths, most)
	c.text = append(append(c.text[:0], t...), zeros[:]...)
	var w unfinished
	before := outside // what stands before the character
	cp := int32(first)
	for i := 0; i < len(t); cp++ {
		if w.all == 0 {
			// Nearly all is words of plain letters, with a blank behind.
			plain := c.plain(i, len(t), cp)
			i, cp = i+plain, cp+int32(plain)
			if plain > 0 {
				before = outside
			}
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
			w.add(char, cp)
		case quotation:
			after, _ := utf8.DecodeRuneInString(t[i:])
			follows := kind(after) == letter
			if before == letter && follows && (char == '’' || char == '\'') {
				k = letter // an apostrophe
				break
			}
			ends = true
			number := len(c.words)
			if w.all > 0 {
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

// unfinished is a word that is being cut letter by letter.
type unfinished struct {
	hash         uint64 // of whole chunks, see [hashed]
	chunk        uint64 // the bytes behind them, and how many these are
	bytes        int
	start, end   int32 // in code points
	all, letters int   // of the word; since its beginning, or a point in it
}

// add adds a letter that stands at a code point.
func (w *unfinished) add(char rune, at int32) {
	if w.all == 0 {
		w.start, w.hash = at, unhashed
	}
	w.end = at + 1
	w.all, w.letters = w.all+1, w.letters+1
	for c := fold(char); c > 0; c >>= 8 {
		w.chunk |= uint64(c&0xff) << (8 * w.bytes)
		if w.bytes++; w.bytes == chunk {
			w.hash, w.chunk, w.bytes = hashed(w.hash, w.chunk), 0, 0
		}
	}
}

// end ends a word, if one has begun.
func (c *cutter) end(w *unfinished) {
	if w.all == 0 {
		return
	}
	if w.bytes > 0 {
		w.hash = hashed(w.hash, w.chunk)
	}
	c.words, c.starts = append(c.words, word(w.hash, w.all)), append(c.starts, uint32(w.start))
	c.lengths = append(c.lengths, uint16(min(w.end-w.start, math.MaxUint16)))
	*w = unfinished{}
}

// longShort is how many letters a short word has at most: most of the commonest
// words of a language do.
const longShort = 4

// word is a word by its hash and how many letters it has.
func word(hash uint64, letters int) uint32 {
	return uint32(hash)>>1 | uint32(longShort-letters)&(1<<isLong)
}

// isLong is the bit of a word that has more than a few letters.
const isLong = 31

const (
	// chunk is how many bytes are hashed at once, and window how many are looked at.
	chunk, window = 8, 64
	// unhashed begins the hash of a word.
	unhashed = step
)

// hashed adds some bytes to a hash: both halves of a product, as in wyhash.
func hashed(hash, b uint64) uint64 {
	high, low := bits.Mul64(hash^b, mix2)
	return high ^ low
}

// zeros let a window and a chunk be read anywhere in a text.
var zeros [window + chunk]byte

// plain cuts the words from one byte on, as far as they are of plain letters and have a
// plain separator behind, and gives how many bytes they are with it. No word has
// begun before. A window is looked at at once, and its words are found by their edges.
func (c *cutter) plain(from, to int, cp int32) int {
	n := len(c.words)
	words, starts, lengths := c.words[:cap(c.words)], c.starts[:cap(c.starts)], c.lengths[:cap(c.lengths)]
	at, on := from, true
	for on && at < to {
		left := min(to-at, window)
		letters, special := classes((*[window]byte)(c.text[at:]))
		letters &= 1<<left - 1
		limit := min(bits.TrailingZeros64(special), left)
		on = limit == left
		if at+left == to && on {
			limit++ // the text ends like a word
		}
		edges := letters ^ letters<<1
		next := limit
		for edges != 0 {
			start := bits.TrailingZeros64(edges)
			edges &= edges - 1
			end := bits.TrailingZeros64(edges)
			edges &= edges - 1
			length := end - start
			if end >= limit || length == 1 && c.text[at+end] == '.' {
				next = min(start, limit)
				on = on && end >= limit && start > 0
				break
			}
			words[n], starts[n], lengths[n] = wordAt(c.text[at+start:], length), uint32(cp)+uint32(at-from+start), uint16(length)
			n++
		}
		at += next
	}
	c.words, c.starts, c.lengths = words[:n], starts[:n], lengths[:n]
	return min(at, to) - from
}

// wordAt is the hash of a word of so many plain letters.
func wordAt(t []byte, length int) uint32 {
	const small = 0x20 * each
	hash, left := uint64(unhashed), length
	for left > chunk {
		hash = hashed(hash, binary.LittleEndian.Uint64(t)|small)
		t, left = t[chunk:], left-chunk
	}
	return word(hashed(hash, (binary.LittleEndian.Uint64(t)|small)&(1<<(8*left)-1)), length)
}

// each is one in each byte.
const each = 0x0101010101010101

// classes tell which bytes of a window are plain letters or digits, a bit each, and which
// may do more than to end a word.
func classes(t *[window]byte) (letters, special uint64) {
	const high = 0x80 * each
	for i := 0; i < window; i += chunk {
		b := binary.LittleEndian.Uint64(t[i:])
		// The highest bit of each byte tells: carries stay within bytes as the highest
		// bits are left out.
		low := b &^ high
		small := low | 0x20*each
		isLetter := (small + (0x80-'a')*each) &^ (small + (0x7f-'z')*each)
		isDigit := (low + (0x80-'0')*each) &^ (low + (0x7f-'9')*each)
		// Straight quotation marks, and two others that are alike but for one bit each.
		notMark := ((low | ('"'^'\'')*each) ^ '\''*each) + 0x7f*each
		letters |= top((isLetter|isDigit)&^b) << i
		special |= top(b|^notMark) << i
	}
	return letters, special
}

// top gathers the highest bits of bytes.
func top(b uint64) uint64 { return b >> 7 & each * 0x0102040810204080 >> 56 }

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
	case c == '“', c == '”', c == '‘', c == '’', c == '„', c == '‚', c == '«', c == '»', c == '‹', c == '›':
		return quotation
	case c >= 0x2010 && c <= 0x203f:
		return outside // dashes, dots and other marks
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

// fold gives a letter as it is compared: as a small one, and without the accents of
// Latin script, which some outlets' systems lose.
func fold(c rune) rune {
	switch {
	case c < utf8.RuneSelf:
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		return c
	case c == 'İ': // the one of these whose small letter is plain
		return 'i'
	case c < 0x180:
		c = unicode.ToLower(c)
		if p := plain[c-0x80]; p != 0 {
			c = rune(p)
		}
		return c
	}
	return unicode.ToLower(c)
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
