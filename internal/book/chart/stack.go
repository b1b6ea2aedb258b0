package chart

import (
	"fmt"

	"repertoire/internal/layout"
)

const (
	stackHigh = 18.0
	stackKey  = 12.0 // height of a line of the key
)

// Stack draws the shares of a whole as one bar, its parts from dark to pale, and
// a key below: a part too thin for its name is named all the same.
func Stack(title string, bars []Bar, width float64, ink Ink) layout.Drawing {
	d := layout.Drawing{W: width, Alt: Alt(title, bars), Width: 1}
	total := 0
	for _, b := range bars {
		total += b.Value
	}
	if total == 0 {
		d.H = 4
		return d
	}
	x, keyX, keyY := 0.0, 0.0, stackHigh+stackKey
	for i, b := range bars {
		fill := b.Ink
		if fill == (layout.Color{}) {
			fill = Tint(ink.Strong, 1-0.82*float64(i)/float64(max(len(bars), 4)))
		}
		w := width * float64(b.Value) / float64(total)
		if b.Value > 0 {
			d.Shapes = append(d.Shapes, Rect(x, 0, w, stackHigh, fill, ink.Paper, 0.6))
			if s := b.shown(); TextWidth(s, labelSize, true)+6 < w {
				d.Shapes = append(d.Shapes, &layout.Label{X: x + w/2, Y: stackHigh/2 + labelSize*0.36, Text: s, Size: labelSize, Bold: true,
					Align: layout.AlignCenter, Fill: layout.Readable(fill), Halo: NoColor})
			}
		}
		x += w
		text := fmt.Sprintf("%s %s", b.Label, b.shown())
		text = cut(text, labelSize, width-12, false)
		need := 11 + TextWidth(text, labelSize, false) + 12
		if keyX > 0 && keyX+need-12 > width {
			keyX, keyY = 0, keyY+stackKey
		}
		d.Shapes = append(d.Shapes, Rect(keyX, keyY-6.2, 7, 7, fill, NoColor, 0),
			&layout.Label{X: keyX + 11, Y: keyY, Text: text, Size: labelSize, Align: layout.AlignLeft, Fill: ink.Text, Halo: NoColor})
		keyX += need
	}
	d.H = keyY + 3
	return d
}
