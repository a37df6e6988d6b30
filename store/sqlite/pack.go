package sqlite

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"whence"
	"whence/store"
)

// mostUnpacked bounds what a damaged or hostile file can make of its bytes.
const mostUnpacked = 1 << 30

// packer and unpacker may be used side by side.
var (
	packer = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderCRC(true))
		if err != nil {
			panic(err) // the options above are wrong, whatever the data is
		}
		return e
	})
	unpacker = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(mostUnpacked))
		if err != nil {
			panic(err)
		}
		return d
	})
)

func pack(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	return packer().EncodeAll(data, nil), nil
}

func unpack(packed []byte, v any) error {
	data, err := unpacker().DecodeAll(packed, nil)
	if err == nil {
		err = json.Unmarshal(data, v)
	}
	if err != nil {
		return fmt.Errorf("%w: %w", store.ErrDamaged, err)
	}
	return nil
}

func packReading(r *whence.Reading) ([]byte, error) { return pack(r) }

func unpackReading(packed []byte) (*whence.Reading, error) {
	var r whence.Reading
	if err := unpack(packed, &r); err != nil {
		return nil, err
	}
	return &r, nil
}

func packReuse(r whence.Reuse) ([]byte, error) {
	r.Article, r.Other, r.Path, r.OtherPath = "", "", "", ""
	return pack(r)
}

func unpackReuse(packed []byte, r *whence.Reuse) error { return unpack(packed, r) }

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

func packPrints(prints []store.Print) []byte {
	packed := make([]byte, 0, 8*len(prints))
	for _, p := range prints {
		packed = binary.BigEndian.AppendUint64(packed, uint64(p))
	}
	return packed
}

func unpackPrints(packed []byte) ([]store.Print, error) {
	if len(packed)%8 != 0 {
		return nil, fmt.Errorf("prints: %w", store.ErrDamaged)
	}
	prints := make([]store.Print, len(packed)/8)
	for i := range prints {
		prints[i] = store.Print(binary.BigEndian.Uint64(packed[8*i:]))
	}
	return prints, nil
}

// words are the columns of the full-text index: title, text, sources, outlet
// and marks. Marks are spelled as one token each.
func words(r *whence.Reading) []any {
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
	marks := store.Marks(r)
	tokens := make([]string, len(marks))
	for i, m := range marks {
		tokens[i] = markToken(m)
	}
	return []any{r.Title, r.Text, sources.String(), r.Outlet, strings.Join(tokens, " ")}
}

// markToken is a mark as one token of the index.
func markToken(m store.Mark) string { return strings.Replace(string(m), ":", "__", 1) }
