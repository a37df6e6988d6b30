package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"whence"
	"whence/store"
)

// Phrases of frequent words that rarely follow each other would have the index of
// words decode the places of all of them. So there is an index of runs of three
// words, shingles, beside it (no runs of recent prints). It tells which few articles can hold a phrase, some by chance,
// and the index of words is asked about each of these. So it must never leave out
// an article that holds a phrase, and may name others.
//
// A run is a hash of 21 bits. Articles stand in the index under numbers that they
// have by the order in which they came, so that two bytes tell most of them from
// the one before; keys would take six.

// doubtful stands in place of runs for articles whose words cannot be told: they
// can hold any phrase. It is shorter than a run.
const doubtful = "x"

//go:embed characters
var characters string

// classes are what the tokenizer of FTS5 makes of characters that are not ASCII.
// Its tables are of an old Unicode, in which most of what came later is a letter.
// The file is written from what FTS5 does, see TestCharacters.
type classes struct {
	letters, marks []rune        // where stretches of them begin and end, in turn
	ascii          map[rune]byte // what some letters become
}

var classesOfCharacters = sync.OnceValue(func() *classes {
	c := &classes{ascii: map[rune]byte{}}
	for line := range strings.Lines(characters) {
		kind, list, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch kind {
		case "letters":
			c.letters = bounds(list)
		case "marks":
			c.marks = bounds(list)
		default:
			for _, r := range list {
				c.ascii[r] = kind[0]
			}
		}
	}
	return c
})

func bounds(list string) []rune {
	var b []rune
	for _, f := range strings.Fields(list) {
		n, err := strconv.ParseInt(f, 16, 32)
		if err != nil {
			panic(err) // the file is not what the test wrote
		}
		b = append(b, rune(n))
	}
	return b
}

// within tells whether a character is in one of the stretches.
func within(bounds []rune, c rune) bool {
	i, found := slices.BinarySearch(bounds, c)
	return found == (i%2 == 0)
}

const (
	separator byte = 0
	mark      byte = 1    // nothing within a word, a separator before it
	other     byte = 0xff // a letter that is told from none of the others
)

// of is the class of a character: one of the above, or the ASCII letter, digit or
// "_" that it becomes.
func (c *classes) of(r rune) byte {
	switch {
	case 'A' <= r && r <= 'Z':
		return byte(r) + 'a' - 'A'
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '_':
		return byte(r)
	case r < utf8.RuneSelf:
		return separator
	}
	if b, ok := c.ascii[r]; ok {
		return b
	}
	switch {
	case within(c.letters, r):
		return other
	case within(c.marks, r):
		return mark
	}
	return separator
}

// mostHashed is how many letters of a word are hashed. FTS5 cuts off words too, of
// 32,768 bytes.
const mostHashed = 64

// eachToken calls visit with the words of a text as FTS5 cuts them, each as where
// it stands and a hash that is not 0.
func eachToken(text string, visit func(from, to int, hash uint64)) {
	const offset, prime = 14695981039346656037, 1099511628211 // FNV-1a
	chars := classesOfCharacters()
	from, n, hash := -1, 0, uint64(0)
	for at, r := range text {
		class := chars.of(r)
		switch {
		case class == separator || class == mark && from < 0:
			if from >= 0 {
				visit(from, at, hash|1)
			}
			from = -1
			continue
		case class == mark:
			continue
		case from < 0:
			from, n, hash = at, 0, offset
		}
		if n++; n <= mostHashed {
			hash = (hash ^ uint64(class)) * prime
		}
	}
	if from >= 0 {
		visit(from, len(text), hash|1)
	}
}

// shinglesIn appends the runs of a text: of three words; in a column that holds names,
// of two words and of each. There, "_" is what stands between two names.
func shinglesIn(runs []uint32, c column, text string) []uint32 {
	add := func(words ...uint64) {
		h := uint64(c)
		for _, w := range words {
			h = (h + w) * 0x9e3779b97f4a7c15
			h ^= h >> 32
		}
		runs = append(runs, uint32(h*0xd6e8feb86659fd93>>(64-shingleBits)))
	}
	var a, b uint64 // the two words before, 0 where there is none
	eachToken(text, func(from, to int, word uint64) {
		switch {
		case c == inProse && a != 0:
			add(a, b, word)
		case c != inProse && text[from:to] == "_":
			word = 0
		case c != inProse:
			add(word)
			if b != 0 {
				add(b, word)
			}
		}
		a, b = b, word
	})
	return runs
}

// column is where a run stands.
type column uint64

const (
	inProse column = iota // title or text
	inSource
	inOutlet
)

const shingleBits = 21

// spelled are runs as tokens of the index. A token is three bytes that are not
// ASCII, which the index takes as they are.
func spelled(runs []uint32) []string {
	slices.Sort(runs)
	runs = slices.Compact(runs)
	tokens := make([]string, len(runs))
	for i, r := range runs {
		tokens[i] = string([]byte{0x80 | byte(r>>14), 0x80 | byte(r>>7), 0x80 | byte(r)})
	}
	return tokens
}

// shinglesOf are the runs of an article.
func shinglesOf(r *whence.Reading) string {
	runs := make([]uint32, 0, 1024)
	for _, part := range []struct {
		column
		text string
	}{{inProse, r.Title}, {inProse, r.Text}, {inSource, sourceWords(r)}, {inOutlet, r.Outlet}} {
		if !utf8.ValidString(part.text) {
			return doubtful
		}
		runs = shinglesIn(runs, part.column, part.text)
	}
	return strings.Join(spelled(runs), " ")
}

// sieve tells articles that can match a query from most of the others.
type sieve struct {
	match string // the query in the index of runs
	word  string // a word that all that match hold, in the index of words
	// phrases are hashes of the words of those that stand in title or text.
	phrases [][]uint64
}

// newSieve makes one of the phrases of three words and more, sources and outlet; ok
// is false where there are none.
func newSieve(q store.Query) (s sieve, ok bool) {
	var parts []string
	for _, t := range q.Terms {
		parts = append(parts, s.part(inProse, t)...)
	}
	if q.Outlet != "" {
		parts = append(parts, s.part(inOutlet, q.Outlet)...)
	}
	if len(q.Sources) == 1 { // of several none needs to be there
		parts = append(parts, s.part(inSource, q.Sources[0])...)
	}
	if len(parts) == 0 {
		return s, false
	}
	s.match = "(" + strings.Join(parts, " AND ") + `) OR "` + doubtful + `"`
	return s, true
}

// part is what a phrase asks of the index of runs, if it is anything. Of what all
// that match hold the shortest word is kept, which is likely to be frequent.
func (s *sieve) part(c column, phrase string) []string {
	if !utf8.ValidString(phrase) {
		return nil
	}
	runs := shinglesIn(nil, c, phrase)
	if len(runs) == 0 {
		return nil
	}
	var hashes []uint64
	eachToken(phrase, func(from, to int, hash uint64) {
		hashes = append(hashes, hash)
		if w := phrase[from:to]; s.word == "" || len(w) < len(s.word)-2 {
			s.word = `"` + w + `"`
		}
	})
	if c == inProse {
		s.phrases = append(s.phrases, hashes)
	}
	return []string{`("` + strings.Join(spelled(runs), `" AND "`) + `")`}
}

// mostSifted is how many articles are looked at one by one. Where more can match,
// many do, and the latest are found soon.
const mostSifted = 1000

// sifted are the articles that can match, the latest first; few is false where
// they are more than are looked at.
func (r *reader) sifted(s sieve, from, to store.Key) (keys []store.Key, few bool, err error) {
	keys, err = all[store.Key](r, "SELECT article FROM phrases CROSS JOIN numbered ON number = phrases.rowid WHERE phrases MATCH ? LIMIT ?", s.match, mostSifted+1)
	if err != nil || len(keys) > mostSifted {
		return nil, false, err
	}
	keys = slices.DeleteFunc(keys, func(k store.Key) bool { return k < from || k >= to })
	slices.SortFunc(keys, func(a, b store.Key) int { return cmp.Compare(b, a) })
	return keys, true, nil
}

// searchSifted asks the index of words about the articles that can match, if they are
// few, and else about all.
func (r *reader) searchSifted(s sieve, match string, from, to store.Key, limit int) iter.Seq2[store.Key, error] {
	return func(yield func(store.Key, error) bool) {
		keys, few, err := r.sifted(s, from, to)
		if err != nil {
			yield(0, err)
			return
		}
		found := r.sift(keys, s, match, limit)
		if !few {
			found = r.searchWords(match, from, to, limit)
		}
		for k, err := range found {
			if !yield(k, err) {
				return
			}
		}
	}
}

// sift yields those of some articles that match.
func (r *reader) sift(keys []store.Key, s sieve, match string, limit int) iter.Seq2[store.Key, error] {
	return func(yield func(store.Key, error) bool) {
		n := 0
		for _, k := range keys {
			matches, err := r.canMatch(k, s)
			if matches && err == nil {
				matches, err = r.matches(k, s, match)
			}
			if err != nil {
				yield(0, err)
				return
			}
			if !matches {
				continue
			}
			if !yield(k, nil) {
				return
			}
			if n++; n == limit {
				return
			}
		}
	}
}

// canMatch tells whether the words of an article are such that it can match. It costs
// half of asking the index of words, and most articles come so far by chance.
func (r *reader) canMatch(k store.Key, s sieve) (bool, error) {
	if len(s.phrases) == 0 {
		return true, nil
	}
	var packed []byte
	var title sql.NullString
	if err := r.row("SELECT reading, title FROM articles JOIN readings ON article = key WHERE key = ?", k).Scan(&packed, &title); err != nil {
		return false, r.of(k, err)
	}
	text, err := unpackText(packed)
	if err != nil || !utf8.ValidString(text) || !utf8.ValidString(title.String) {
		return true, nil //nolint:nilerr // the index of words knows it
	}
	var words []uint64
	keep := func(_, _ int, hash uint64) { words = append(words, hash) }
	eachToken(title.String, keep)
	words = append(words, 0) // no phrase goes from title to text
	eachToken(text, keep)
	for _, p := range s.phrases {
		if !containsRun(words, p) {
			return false, nil
		}
	}
	return true, nil
}

// containsRun tells whether words stand in others side by side.
func containsRun(words, run []uint64) bool {
	for i := 0; i+len(run) <= len(words); i++ {
		if words[i] == run[0] && slices.Equal(words[i:i+len(run)], run) {
			return true
		}
	}
	return false
}

// matches tells whether an article matches. Asked for one that does not, FTS5 would
// go on to the next that does, through all the ledger; so it is asked whether the
// article is one of those that do not.
func (r *reader) matches(k store.Key, s sieve, match string) (bool, error) {
	for _, q := range []struct {
		match string
		found bool
	}{{s.word + " NOT (" + match + ")", false}, {s.word, true}} {
		found, err := all[store.Key](r, "SELECT rowid FROM words WHERE words MATCH ? AND rowid = ?", q.match, k)
		if err != nil || (len(found) > 0) != q.found {
			return false, err
		}
	}
	return true, nil
}

// addPhrases makes the index of runs for the articles of an older ledger.
func addPhrases(ctx context.Context, tx *sql.Tx) error {
	r := &reader{ctx: ctx, tx: tx}
	w := &writer{reader: *r}
	type packed struct {
		key     store.Key
		reading []byte
	}
	scan := func(row interface{ Scan(...any) error }) (p packed, err error) {
		err = row.Scan(&p.key, &p.reading)
		return p, err
	}
	n := 0
	for p, err := range rows(r, scan, "SELECT article, reading FROM readings ORDER BY article") {
		if err != nil {
			return err
		}
		runs := doubtful
		if reading, err := unpackReading(p.reading); err == nil { // whence verify tells of others
			runs = shinglesOf(reading)
		}
		n++
		if err := w.putPhrases(n, p.key, runs); err != nil {
			return err
		}
	}
	return nil
}

// putPhrases makes an article found by its runs.
func (w *writer) putPhrases(number int, k store.Key, runs string) error {
	if err := w.do("INSERT INTO numbered (number, article) VALUES (?, ?)", number, k); err != nil {
		return fmt.Errorf("numbering an article: %w", err)
	}
	if err := w.do("INSERT INTO phrases (rowid, run) VALUES (?, ?)", number, runs); err != nil {
		return fmt.Errorf("indexing runs of words: %w", err)
	}
	return nil
}
