package main

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
)

// small makes a picture of a page small: of its colours the most frequent are kept,
// and each other one becomes the nearest of them.
func small(picture []byte) ([]byte, error) {
	const colours = 96
	from, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, fmt.Errorf("reading a picture: %w", err)
	}
	b := from.Bounds()
	counts := map[color.RGBA]int{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			counts[opaque(from.At(x, y))]++
		}
	}
	list := slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(key(a), key(b)))
	})
	palette := color.Palette{}
	for _, c := range list {
		// A colour is kept where none that is kept is near.
		if len(palette) < colours && (len(palette) == 0 || far(palette.Convert(c), c)) {
			palette = append(palette, c)
		}
	}
	to := image.NewPaletted(b, palette)
	index := map[color.RGBA]uint8{}
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := opaque(from.At(x, y))
			i, ok := index[c]
			if !ok {
				i = uint8(palette.Index(c))
				index[c] = i
			}
			to.SetColorIndex(x, y, i)
		}
	}
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, to); err != nil {
		return nil, fmt.Errorf("writing a picture: %w", err)
	}
	return out.Bytes(), nil
}

func opaque(c color.Color) color.RGBA {
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}
}

func key(c color.RGBA) int { return int(c.R)<<16 | int(c.G)<<8 | int(c.B) }

// far tells whether an eye would see the difference of two colours.
func far(a, b color.Color) bool {
	x, y := opaque(a), opaque(b)
	d := func(p, q uint8) int { return (int(p) - int(q)) * (int(p) - int(q)) }
	return d(x.R, y.R)+d(x.G, y.G)+d(x.B, y.B) > 48
}
