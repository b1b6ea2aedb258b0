package chart

import (
	"fmt"
	"strconv"
	"strings"

	"repertoire/internal/layout"
)

// Milestone is a year and what happened.
type Milestone struct {
	Year int
	Text string
}

// Milestones draws years down a line, each with its words beside it.
func Milestones(country string, list []Milestone, width float64, ink Ink) layout.Drawing {
	const (
		yearSize, textSize, leading = 8.6, 8.0, 10.6
		axis, text, gap             = 38.0, 50.0, 5.5
	)
	d := layout.Drawing{W: width, Width: 1}
	var words []string
	y, first, last := 2.0, 0.0, 0.0
	var dots []layout.Shape
	for i, m := range list {
		lines := Wrap(m.Text, textSize, width-text, false, 3)
		base := y + yearSize
		d.Shapes = append(d.Shapes, &layout.Label{X: axis - 10, Y: base, Text: strconv.Itoa(m.Year), Size: yearSize, Bold: true,
			Align: layout.AlignRight, Fill: ink.Strong, Halo: NoColor})
		dots = append(dots, Disc(axis, base-yearSize*0.34, 2.6, ink.Strong, ink.Paper, 0.8))
		for k, l := range lines {
			d.Shapes = append(d.Shapes, &layout.Label{X: text, Y: base + leading*float64(k), Text: l, Size: textSize,
				Align: layout.AlignLeft, Fill: ink.Text, Halo: NoColor})
		}
		if i == 0 {
			first = base - yearSize*0.34
		}
		last = base - yearSize*0.34
		y += max(float64(len(lines)), 1)*leading + gap
		words = append(words, fmt.Sprintf("%d, %s", m.Year, strings.TrimSuffix(m.Text, ".")))
	}
	d.H = y - gap + 2
	if last > first {
		d.Shapes = append([]layout.Shape{Line(axis, first, axis, last, ink.Line, 1)}, d.Shapes...)
	}
	d.Shapes = append(d.Shapes, dots...)
	d.Alt = fmt.Sprintf("Dates (%s) : %s.", country, strings.Join(words, " ; "))
	return d
}
