package sqlite

import (
	_ "embed" // the dictionary
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"whence"
	"whence/store"
)

// mostUnpacked bounds what a damaged or hostile file can make of its bytes.
const mostUnpacked = 1 << 30

//go:embed dictionary
var dictionary []byte

// dictionaryID is in every frame that was made with the dictionary. Whoever
// changes the dictionary gives it another, and keeps the old one for reading.
const dictionaryID = 1

// readingPacker and readingUnpacker may be used side by side.
var (
	readingPacker = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(true), zstd.WithEncoderDictRaw(dictionaryID, dictionary), zstd.WithLowerEncoderMem(true))
		if err != nil {
			panic(err) // the options above are wrong, whatever the data is
		}
		return e
	})
	readingUnpacker = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(mostUnpacked), zstd.WithDecoderDictRaw(dictionaryID, dictionary))
		if err != nil {
			panic(err)
		}
		return d
	})
)

func packReading(r *whence.Reading) []byte {
	data := form(r)
	return readingPacker().EncodeAll(data, make([]byte, 0, len(data)/2))
}

func unpackReading(packed []byte) (*whence.Reading, error) {
	data, err := readingUnpacker().DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	r, err := unform(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	return r, nil
}

// unpackText is unpackReading for the text alone.
func unpackText(packed []byte) (string, error) {
	data, err := readingUnpacker().DecodeAll(packed, nil)
	if err != nil {
		return "", fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	u := unformer{b: data}
	return u.text()
}

// eachWords visits the words of all findings that stand at spans, with the spans.
func eachWords(r *whence.Reading, visit func(words *string, spans ...whence.Span)) {
	for i := range r.Attributions {
		a := &r.Attributions[i]
		visit(&a.Cue.Text, a.Cue.Spans...)
		visit(&a.Content.Text, a.Content.Spans...)
		if a.Source != nil {
			visit(&a.Source.Text, a.Source.Spans...)
		}
		if a.Relay != nil {
			visit(&a.Relay.Name, a.Relay.Span)
		}
	}
	for i := range r.Figures {
		visit(&r.Figures[i].Text, r.Figures[i].Span)
	}
	for i := range r.Times {
		visit(&r.Times[i].Text, r.Times[i].Span)
	}
	for i := range r.Places {
		visit(&r.Places[i].Text, r.Places[i].Span)
	}
	for i := range r.Events {
		visit(&r.Events[i].Text, r.Events[i].Span)
	}
}

// bared is a reading without the words of its findings; ok is false where some
// are not those at their spans.
func bared(r *whence.Reading) (bare *whence.Reading, ok bool) {
	text, ok := newPoints(r.Text), true
	eachWords(r, func(words *string, spans ...whence.Span) {
		at, inside := text.words(spans)
		ok = ok && inside && at == *words
	})
	if !ok {
		return nil, false
	}
	c := *r
	c.Attributions, c.Figures, c.Times = slices.Clone(r.Attributions), slices.Clone(r.Figures), slices.Clone(r.Times)
	c.Places, c.Events = slices.Clone(r.Places), slices.Clone(r.Events)
	for i := range c.Attributions {
		a := &c.Attributions[i]
		if a.Source != nil {
			s := *a.Source
			a.Source = &s
		}
		if a.Relay != nil {
			y := *a.Relay
			a.Relay = &y
		}
	}
	eachWords(&c, func(words *string, _ ...whence.Span) { *words = "" })
	return &c, true
}

// clothe gives findings their words again.
func clothe(r *whence.Reading) {
	text := newPoints(r.Text)
	eachWords(r, func(words *string, spans ...whence.Span) { *words, _ = text.words(spans) })
}

// points finds code points in a text.
type points struct {
	text string
	n    int   // code points
	at   []int // where each of number n*stride begins; nil where all are of one byte
}

const stride = 64

func newPoints(text string) *points {
	p := &points{text: text, n: utf8.RuneCountInString(text)}
	if p.n == len(text) {
		return p
	}
	p.at = make([]int, 0, p.n/stride+1)
	i := 0
	for at := range text {
		if i%stride == 0 {
			p.at = append(p.at, at)
		}
		i++
	}
	return p
}

// words are the words at spans, joined by blanks; inside is false, and there are
// none, where a span is no span of the text.
func (p *points) words(spans []whence.Span) (words string, inside bool) {
	for i, s := range spans {
		if s.Start < 0 || s.Start > s.End || s.End > p.n {
			return "", false
		}
		w := p.text[p.byteAt(s.Start):p.byteAt(s.End)]
		if i == 0 {
			words = w
			continue
		}
		words += " " + w
	}
	return words, true
}

// byteAt is where a code point begins.
func (p *points) byteAt(point int) int {
	switch {
	case p.at == nil:
		return point
	case point == p.n:
		return len(p.text)
	}
	at := p.at[point/stride]
	for range point % stride {
		_, n := utf8.DecodeRuneInString(p.text[at:])
		at += n
	}
	return at
}

func packReuse(r whence.Reuse) []byte {
	r.Article, r.Other, r.Path, r.OtherPath = "", "", "", ""
	return formOf(r)
}

func unpackReuse(packed []byte, r *whence.Reuse) error {
	if err := fromForm(packed, r); err != nil {
		return fmt.Errorf("a pair of articles: %w: %w", store.ErrDamaged, err)
	}
	return nil
}

func packReview(r store.Review) ([]byte, error) { return json.Marshal(r) }

func unpackReviews(lines [][]byte) ([]store.Review, error) {
	list := make([]store.Review, len(lines))
	for i, line := range lines {
		if err := json.Unmarshal(line, &list[i]); err != nil {
			return nil, fmt.Errorf("a review: %w: %w", store.ErrDamaged, err)
		}
	}
	return list, nil
}

// packPrints packs sorted prints: the differences between them.
func packPrints(prints []store.Print) []byte {
	packed := make([]byte, 0, 7*len(prints))
	last := store.Print(0)
	for _, p := range prints {
		packed = binary.AppendUvarint(packed, uint64(p-last))
		last = p
	}
	return packed
}

func unpackPrints(packed []byte) ([]store.Print, error) {
	prints := make([]store.Print, 0, len(packed)/5)
	for last := store.Print(0); len(packed) > 0; {
		d, n := binary.Uvarint(packed)
		if n <= 0 {
			return nil, fmt.Errorf("prints: %w", store.ErrDamaged)
		}
		last += store.Print(d)
		prints, packed = append(prints, last), packed[n:]
	}
	return prints, nil
}

// words are the columns of the full-text index: title, text, sources, outlet
// and marks. Marks are spelled as one token each.
func words(r *whence.Reading) []any {
	marks := store.Marks(r)
	tokens := make([]string, len(marks))
	for i, m := range marks {
		tokens[i] = markToken(m)
	}
	return []any{r.Title, r.Text, sourceWords(r), r.Outlet, strings.Join(tokens, " ")}
}

// sourceWords are the words and names of all sources.
func sourceWords(r *whence.Reading) string {
	var sources strings.Builder
	names := map[string]string{}
	for _, n := range r.Names {
		names[n.ID] = n.Name
	}
	for _, a := range r.Attributions {
		if a.Source == nil {
			continue
		}
		// The line, which nobody searches for, keeps phrases from reaching over
		// two sources.
		sources.WriteString(a.Source.Text + " _ " + names[a.Source.Name] + " _ ")
	}
	return sources.String()
}

// markToken is a mark as one token of the index.
func markToken(m store.Mark) string { return strings.Replace(string(m), ":", "__", 1) }
