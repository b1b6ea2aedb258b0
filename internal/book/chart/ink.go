package chart

import (
	"strings"

	"repertoire/internal/layout"
)

// Ink is the colours of a drawing. Fills differ by lightness first, so that a
// photocopy still tells them apart.
type Ink struct {
	Strong layout.Color // bars, points, the country in question
	Medium layout.Color // the second of two things
	Soft   layout.Color // land, quiet areas
	Faint  layout.Color // context
	Line   layout.Color // hairlines
	Text   layout.Color
	Muted  layout.Color // secondary text
	Paper  layout.Color // halo, text on Strong
}

// NoColor paints nothing.
var NoColor = layout.Color{None: true}

// Tint gives share of c on white paper; over 1 it deepens a pale colour.
func Tint(c layout.Color, share float64) layout.Color {
	ink := func(v uint8) uint8 { return uint8(min(float64(v)*share+0.5, 100)) }
	light := func(v uint8) uint8 { return uint8(max(255-(255-float64(v))*share+0.5, 0)) }
	return layout.Color{C: ink(c.C), M: ink(c.M), Y: ink(c.Y), K: ink(c.K), R: light(c.R), G: light(c.G), B: light(c.B)}
}

// Wrap breaks s into at most lines lines no wider than width; the last is cut
// with "…" when all does not fit.
func Wrap(s string, size, width float64, bold bool, lines int) []string {
	var out []string
	line := ""
	// A no-break space is no place to break: strings.Fields would.
	words := hyphened(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }), size, width, bold)
	for i, w := range words {
		next := w
		if line != "" {
			next = glued(line, w)
		}
		if TextWidth(next, size, bold) <= width {
			line = next
			continue
		}
		if line != "" && len(out) < lines-1 {
			out = append(out, line)
			line = strings.TrimPrefix(w, goesOn)
			continue
		}
		for _, w := range words[i:] {
			line = glued(line, w)
		}
		return append(out, cut(line, size, width, bold))
	}
	if line != "" {
		out = append(out, cut(line, size, width, bold))
	}
	return out
}

// hyphened parts the words too wide for a line after their hyphens:
// Provence-Alpes-Côte d’Azur. What goes on a word starts with a mark.
func hyphened(words []string, size, width float64, bold bool) []string {
	var out []string
	for _, w := range words {
		if TextWidth(w, size, bold) <= width || !strings.Contains(w, "-") {
			out = append(out, w)
			continue
		}
		for k, piece := range strings.SplitAfter(w, "-") {
			if k > 0 && piece != "" {
				piece = goesOn + piece
			}
			if piece != "" {
				out = append(out, piece)
			}
		}
	}
	return out
}

// goesOn marks a piece of the word before it; no text has it.
const goesOn = "\x00"

// glued adds a word to a line.
func glued(line, word string) string {
	rest, same := strings.CutPrefix(word, goesOn)
	if same || line == "" {
		return line + rest
	}
	return line + " " + word
}

// cut shortens s to width with "…" at its end.
func cut(s string, size, width float64, bold bool) string {
	s = strings.TrimSpace(s)
	if TextWidth(s, size, bold) <= width {
		return s
	}
	runes := []rune(s)
	for len(runes) > 1 && TextWidth(string(runes)+"…", size, bold) > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimSpace(string(runes)) + "…"
}

// Rect is a filled rectangle; stroke may be NoColor.
func Rect(x, y, w, h float64, fill, stroke layout.Color, line float64) *layout.Path {
	return &layout.Path{Fill: fill, Stroke: stroke, Width: line, Ops: []layout.PathOp{
		{Kind: 'M', X: x, Y: y}, {Kind: 'L', X: x + w, Y: y}, {Kind: 'L', X: x + w, Y: y + h}, {Kind: 'L', X: x, Y: y + h}, {Kind: 'Z'}}}
}

// Line is a stroke from one place to another.
func Line(x1, y1, x2, y2 float64, color layout.Color, width float64) *layout.Path {
	return &layout.Path{Fill: NoColor, Stroke: color, Width: width,
		Ops: []layout.PathOp{{Kind: 'M', X: x1, Y: y1}, {Kind: 'L', X: x2, Y: y2}}}
}

// Disc is a filled circle; stroke may be NoColor.
func Disc(x, y, r float64, fill, stroke layout.Color, line float64) *layout.Path {
	k := r * 0.5523 // four cubic arcs make a circle to 0.03 %
	return &layout.Path{Fill: fill, Stroke: stroke, Width: line, Ops: []layout.PathOp{
		{Kind: 'M', X: x + r, Y: y},
		{Kind: 'C', X1: x + r, Y1: y + k, X2: x + k, Y2: y + r, X: x, Y: y + r},
		{Kind: 'C', X1: x - k, Y1: y + r, X2: x - r, Y2: y + k, X: x - r, Y: y},
		{Kind: 'C', X1: x - r, Y1: y - k, X2: x - k, Y2: y - r, X: x, Y: y - r},
		{Kind: 'C', X1: x + k, Y1: y - r, X2: x + r, Y2: y - k, X: x + r, Y: y}, {Kind: 'Z'}}}
}
