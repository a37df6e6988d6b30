package story

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"time"
	"unicode"
	"unicode/utf8"

	"whence"
)

// Digest is what an article is about: its most telling words, and its day. Two
// digests say how like their articles are without the articles.
type Digest struct {
	terms []term // by hash
	day   int32  // since 1970; noDay where it is not known
}

// term is a word and its share of what the article is about. The squares of the
// weights add up to 1.
type term struct {
	hash   uint32
	weight float32
}

const (
	noDay = math.MinInt32
	// mostTerms is how many words stand for an article, longestText of how many
	// code points of its own text they are taken, as news says first what it is
	// about.
	mostTerms   = 48
	longestText = 3000
	// named is how much more a word with a capital letter weighs.
	named = 1.5
	// telling is the least weight of a word that tells one matter from another
	// at all: it stands in fewer than 30 % of all news.
	telling = 1.2
	// fading is by what share likeness fades with each day between two articles.
	fading = .008
	// Alike is the likeness from which on two articles are of one story. Chosen
	// with fading and the weights on the incidents of the Gun Violence
	// Archive, see doc/models.md.
	Alike = .29
	// Within is how many days may lie between articles that are alike: beyond,
	// likeness has faded below Alike whatever they say.
	Within = 160
)

// NewDigest is the digest of an article.
func NewDigest(a *whence.Article) *Digest {
	c := counter{seen: make(map[uint32]*seen, 256)}
	c.read(a.Title)
	own := 0
	for _, part := range ownText(a) {
		if own >= longestText {
			break
		}
		own += c.read(part[:cutAt(part, longestText-own)])
	}
	d := &Digest{terms: c.heaviest(), day: noDay}
	if t := moment(a); !t.IsZero() {
		d.day = int32(t.Unix() / (24 * 60 * 60))
	}
	return d
}

// moment is when an article was published, as far as is known.
func moment(a *whence.Article) time.Time {
	for _, d := range []whence.Date{a.Published, a.Modified, a.Captured} {
		if !d.IsZero() {
			return d.Time
		}
	}
	return time.Time{}
}

// ownText is the text of an article's body blocks; all of it where there are no
// blocks.
func ownText(a *whence.Article) []string {
	if len(a.Blocks) == 0 {
		return []string{a.Text}
	}
	var parts []string
	at, cp := 0, 0
	for _, b := range a.Blocks {
		from := at + cutAt(a.Text[at:], b.Start-cp)
		to := from + cutAt(a.Text[from:], b.Len())
		at, cp = to, b.End
		if b.Role.Body() {
			parts = append(parts, a.Text[from:to])
		}
	}
	return parts
}

// cutAt is where the first n code points of s end, in bytes.
func cutAt(s string, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

// counter counts words.
type counter struct{ seen map[uint32]*seen }

type seen struct {
	count int
	named bool
}

// read counts the words of s and gives the number of its code points. A word's
// capital counts where a word stands before it that ends no sentence.
func (c *counter) read(s string) (points int) {
	hash, letters := uint32(fnvStart), 0
	capital, inside := false, false // of the word that is being read; a sentence
	flush := func() {
		if letters >= shortestTerm {
			w := c.seen[hash]
			if w == nil {
				w = &seen{}
				c.seen[hash] = w
			}
			w.count++
			w.named = w.named || capital && inside
		}
		if letters > 0 {
			inside = true
		}
		hash, letters, capital = fnvStart, 0, false
	}
	for _, r := range s {
		points++
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r):
			if letters == 0 {
				capital = unicode.IsUpper(r)
			}
			hash = fnv(hash, unicode.ToLower(r))
			letters++
		case r == '’' || r == '\'':
			flush() // what follows is an ending: the owner counts
		default:
			flush()
			if r == '.' || r == '!' || r == '?' || r == '\n' || r == '“' || r == '"' {
				inside = false
			}
		}
	}
	flush()
	return points
}

// shortestTerm is the fewest letters of a word that is counted.
const shortestTerm = 3

const (
	fnvStart = 2166136261
	fnvPrime = 16777619
)

func fnv(hash uint32, r rune) uint32 {
	for ; r > 0; r >>= 8 {
		hash = (hash ^ uint32(r&0xff)) * fnvPrime
	}
	return hash
}

// heaviest are the words that tell most, by the weights of TF-IDF (Salton and
// Buckley 1988) over news at large.
func (c *counter) heaviest() []term {
	rarity := rarities()
	terms := make([]term, 0, len(c.seen))
	for hash, w := range c.seen {
		rare := rarity.of(hash)
		if rare < telling {
			continue
		}
		weight := (1 + math.Log(float64(w.count))) * rare
		if w.named {
			weight *= named
		}
		terms = append(terms, term{hash, float32(weight)})
	}
	slices.SortFunc(terms, func(a, b term) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.hash, b.hash)) })
	terms = terms[:min(len(terms), mostTerms)]
	sum := 0.0
	for _, t := range terms {
		sum += float64(t.weight) * float64(t.weight)
	}
	for i := range terms {
		terms[i].weight = float32(float64(terms[i].weight) / math.Sqrt(sum))
	}
	slices.SortFunc(terms, func(a, b term) int { return cmp.Compare(a.hash, b.hash) })
	return terms
}

// Likeness is how much two articles speak of the same, 0 to 1: the cosine of
// their words, which fades with the days between them.
func Likeness(a, b *Digest) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a.terms) && j < len(b.terms); {
		switch x, y := a.terms[i], b.terms[j]; {
		case x.hash < y.hash:
			i++
		case x.hash > y.hash:
			j++
		default:
			sum += float64(x.weight) * float64(y.weight)
			i++
			j++
		}
	}
	if a.day == noDay || b.day == noDay {
		return sum
	}
	return sum * math.Exp(-fading*math.Abs(float64(a.day)-float64(b.day)))
}

// keyTerms is how many words are taken two by two as the prints of a digest.
const keyTerms = 10

// Prints are hashes of two telling words each, sorted: articles of one story
// nearly always have some in common, others hardly ever.
func (d *Digest) Prints() []uint64 {
	heavy := slices.Clone(d.terms)
	slices.SortFunc(heavy, func(a, b term) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.hash, b.hash)) })
	heavy = heavy[:min(len(heavy), keyTerms)]
	var prints []uint64
	for i, a := range heavy {
		for _, b := range heavy[:i] {
			prints = append(prints, uint64(min(a.hash, b.hash))<<32|uint64(max(a.hash, b.hash)))
		}
	}
	slices.Sort(prints)
	return prints
}

var errDigest = errors.New("cut short")

// AppendBinary appends the digest's stored form: 5 bytes a word, of which the
// weight takes one, and 4 for the day.
func (d *Digest) AppendBinary(b []byte) ([]byte, error) {
	b = binary.LittleEndian.AppendUint32(b, uint32(d.day))
	for _, t := range d.terms {
		b = binary.LittleEndian.AppendUint32(b, t.hash)
		b = append(b, byte(math.Round(float64(t.weight)*math.MaxUint8)))
	}
	return b, nil
}

// UnmarshalBinary reads what AppendBinary wrote.
func (d *Digest) UnmarshalBinary(b []byte) error {
	if len(b) < 4 || (len(b)-4)%5 != 0 {
		return errDigest
	}
	d.day = int32(binary.LittleEndian.Uint32(b))
	d.terms = make([]term, 0, (len(b)-4)/5)
	for b = b[4:]; len(b) > 0; b = b[5:] {
		d.terms = append(d.terms, term{binary.LittleEndian.Uint32(b), float32(b[4]) / math.MaxUint8})
	}
	return nil
}
