package layout

import "math"

// The least contrast of a text with its background (WCAG 2.2, criterion 1.4.3).
const readable = 4.5

// Readable chooses white or black for a text over a background: white, which the
// eye expects on colour, as soon as it can be read.
func Readable(background Color) Color {
	white := Color{R: 255, G: 255, B: 255}
	black := Color{K: 100, R: 26, G: 26, B: 26}
	on := Contrast(white, background)
	if background.None || on < readable && on < Contrast(black, background) {
		return black
	}
	return white
}

// Contrast is the ratio of luminances of two colours of the screen, from 1 to
// 21.
func Contrast(a, b Color) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

func luminance(c Color) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
