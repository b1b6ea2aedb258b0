package main

import (
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"slices"
)

// fewColours gives the picture in the 256 colours it has most of. A window is
// drawn in a few dozen with the greys of its letters' edges: the eye sees no
// difference, and the file is a quarter.
func fewColours(picture image.Image) image.Image {
	b := picture.Bounds()
	count := map[color.RGBA]int{}
	full := image.NewRGBA(b)
	draw.Draw(full, b, picture, b.Min, draw.Src)
	for i := 0; i < len(full.Pix); i += 4 {
		count[color.RGBA{full.Pix[i], full.Pix[i+1], full.Pix[i+2], 0xff}]++
	}
	colours := make([]color.RGBA, 0, len(count))
	for c := range count {
		colours = append(colours, c)
	}
	// Equal counts are told apart by the colour itself, so that the same
	// window gives the same file.
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	palette := make(color.Palette, 0, 256)
	for _, c := range colours[:min(len(colours), 256)] {
		palette = append(palette, c)
	}
	index := map[color.RGBA]uint8{}
	out := image.NewPaletted(b, palette)
	for i, at := 0, 0; i < len(full.Pix); i, at = i+4, at+1 {
		c := color.RGBA{full.Pix[i], full.Pix[i+1], full.Pix[i+2], 0xff}
		near, known := index[c]
		if !known {
			near = uint8(palette.Index(c))
			index[c] = near
		}
		out.Pix[at] = near
	}
	return out
}
