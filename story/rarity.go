package story

import (
	_ "embed"
	"fmt"
	"math"
	"sync"

	"github.com/klauspost/compress/zstd"

	"whence"
)

// rarityBits is how many bits of a word's hash say where its rarity stands.
const rarityBits = 18

// rarityUnit is how many units of a stored rarity make one.
const rarityUnit = 16

//go:embed model/rarity.zst
var rarityModel []byte

// rarity is the logarithm of the share of news that a word does not stand in,
// by its hash: one byte each, in units of 1/rarityUnit.
type rarity []byte

// rarities loads the model once.
var rarities = sync.OnceValue(func() rarity {
	r, err := readRarity(rarityModel)
	if err != nil {
		panic(err) // the binary holds it
	}
	return r
})

func readRarity(model []byte) (rarity, error) {
	d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(1<<rarityBits), zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer d.Close()
	table, err := d.DecodeAll(model, nil)
	if err == nil && len(table) != 1<<rarityBits {
		err = whence.ErrMalformed
	}
	if err != nil {
		return nil, fmt.Errorf("reading the rarity of words: %w", err)
	}
	return table, nil
}

func (r rarity) of(hash uint32) float64 {
	return float64(r[bucket(hash)]) / rarityUnit
}

func bucket(hash uint32) uint32 { return hash * 0x9E3779B1 >> (32 - rarityBits) }

// PackRarity makes the model of how rare words are. Articles calls visit with
// each of many articles.
func PackRarity(articles func(visit func(a *whence.Article)) error) ([]byte, error) {
	var counts [1 << rarityBits]int
	all := 0
	err := articles(func(a *whence.Article) {
		c := counter{seen: map[uint32]*seen{}}
		c.read(a.Title)
		for _, part := range ownText(a) {
			c.read(part[:cutAt(part, 2*longestText)])
		}
		all++
		here := map[uint32]bool{}
		for hash := range c.seen {
			here[bucket(hash)] = true
		}
		for b := range here {
			counts[b]++
		}
	})
	if err != nil {
		return nil, err
	}
	table := make([]byte, len(counts))
	for b, n := range counts {
		table[b] = byte(min(math.MaxUint8, math.Round(rarityUnit*math.Log(float64(all+1)/float64(n+1)))))
	}
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return e.EncodeAll(table, nil), nil
}
