package chart

import (
	"fmt"
	"strings"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// Bar is one line of a chart: a label, a count, and what is printed beside it
// ("" for the count itself).
type Bar struct {
	Label string
	Value int
	Shown string
	Ink   layout.Color // the zero value is the chart's
}

func (b Bar) shown() string {
	if b.Shown != "" {
		return b.Shown
	}
	return repertoire.Thousands(int64(b.Value))
}

// Alt puts a chart into words for those who do not see it.
func Alt(title string, bars []Bar) string {
	parts := make([]string, len(bars))
	for i, b := range bars {
		parts[i] = b.Label + ", " + b.shown()
	}
	return title + " : " + strings.Join(parts, " ; ") + "."
}

func highest(bars []Bar) int {
	top := 1
	for _, b := range bars {
		top = max(top, b.Value)
	}
	return top
}

const (
	labelSize = 7.6
	barHeight = 9.5
	barGap    = 6.5
)

// Bars draws horizontal bars from top to bottom in the order given, labels at
// the left, counts at the end of each bar. width is in points.
func Bars(title string, bars []Bar, width float64, ink Ink) layout.Drawing {
	d := layout.Drawing{W: width, Alt: Alt(title, bars), Width: 1}
	left := 0.0
	for _, b := range bars {
		left = max(left, TextWidth(b.Label, labelSize, false))
	}
	left = min(left, width*0.42)
	right := 0.0
	for _, b := range bars {
		right = max(right, TextWidth(b.shown(), labelSize, true)+6)
	}
	room := max(width-left-8-right, width*0.2)
	// A lone unit must not fill the page.
	top := max(highest(bars), 4)
	y := 2.0
	for _, b := range bars {
		lines := Wrap(b.Label, labelSize, left+2, false, 2)
		h := max(barHeight, float64(len(lines))*labelSize*1.18)
		mid := y + h/2
		for i, l := range lines {
			base := mid + labelSize*0.36 + (float64(i)-float64(len(lines)-1)/2)*labelSize*1.18
			d.Shapes = append(d.Shapes, &layout.Label{X: left, Y: base, Text: l, Size: labelSize, Align: layout.AlignRight, Fill: ink.Text,
				Halo: NoColor})
		}
		w := room * float64(b.Value) / float64(top)
		if b.Value > 0 {
			w = max(w, 0.8)
			fill := ink.Strong
			if b.Ink != (layout.Color{}) {
				fill = b.Ink
			}
			d.Shapes = append(d.Shapes, Rect(left+8, mid-barHeight/2, w, barHeight, fill, NoColor, 0))
		}
		d.Shapes = append(d.Shapes, &layout.Label{X: left + 8 + w + 4, Y: mid + labelSize*0.36, Text: b.shown(), Size: labelSize,
			Bold: true, Align: layout.AlignLeft, Fill: ink.Text, Halo: NoColor})
		y += h + barGap
	}
	d.H = max(y-barGap+2, 4)
	d.Shapes = append(d.Shapes, Line(left+8, 0, left+8, d.H, ink.Line, 0.5))
	return d
}

// Columns draws one column a step of time, its count above, its label below.
func Columns(title string, bars []Bar, width float64, ink Ink) layout.Drawing {
	const plot, foot, head = 92.0, 14.0, 12.0
	d := layout.Drawing{W: width, H: head + plot + foot, Alt: Alt(title, bars), Width: 1}
	if len(bars) == 0 {
		return d
	}
	step := min(width/float64(len(bars)), 58)
	x0 := (width - step*float64(len(bars))) / 2
	top := max(highest(bars), 4)
	size := labelSize
	for _, b := range bars {
		if w := TextWidth(b.Label, labelSize, false); w > step-3 {
			size = min(size, labelSize*(step-3)/w)
		}
	}
	for i, b := range bars {
		x, h := x0+step*float64(i), plot*float64(b.Value)/float64(top)
		if b.Value > 0 {
			d.Shapes = append(d.Shapes, Rect(x+step*0.16, head+plot-h, step*0.68, h, ink.Strong, NoColor, 0),
				&layout.Label{X: x + step/2, Y: head + plot - h - 3, Text: b.shown(), Size: labelSize, Bold: true,
					Align: layout.AlignCenter, Fill: ink.Text, Halo: NoColor})
		}
		d.Shapes = append(d.Shapes, &layout.Label{X: x + step/2, Y: head + plot + 10, Text: b.Label, Size: size, Align: layout.AlignCenter,
			Fill: ink.Text, Halo: NoColor})
	}
	d.Shapes = append(d.Shapes, Line(x0, head+plot, x0+step*float64(len(bars)), head+plot, ink.Line, 0.5))
	return d
}

// Tier is one level of a country's territorial organisation.
type Tier struct {
	Name  string
	Count int // 0 unknown
	Note  string
}

// Tiers draws the levels from the widest territory (top, narrow box) to the
// closest to the inhabitants (bottom, wide box).
func Tiers(country string, tiers []Tier, width float64, ink Ink) layout.Drawing {
	d := layout.Drawing{W: width, Width: 1}
	var words []string
	const nameSize, noteSize, pad, gap = 9.0, 7.2, 7.0, 11.0
	y := 1.0
	for i, t := range tiers {
		share := 1.0
		if n := len(tiers); n > 1 {
			share = 0.56 + 0.44*float64(i)/float64(n-1)
		}
		w := width * share
		x := (width - w) / 2
		shown := ""
		if t.Count > 0 {
			shown = repertoire.Thousands(int64(t.Count))
		}
		room := w - 2*pad - TextWidth(shown, nameSize+3, true) - 8
		name := Wrap(t.Name, nameSize, room, true, 2)
		var note []string
		if t.Note != "" {
			note = Wrap(t.Note, noteSize, room, false, 3)
		}
		h := 2*pad + float64(len(name))*nameSize*1.2 + float64(len(note))*noteSize*1.3 - 2
		if i > 0 {
			d.Shapes = append(d.Shapes, Line(width/2, y-gap, width/2, y, ink.Strong, 0.8))
		}
		d.Shapes = append(d.Shapes, Rect(x, y, w, h, ink.Faint, ink.Strong, 0.6))
		base := y + pad + nameSize*0.84
		for _, l := range name {
			d.Shapes = append(d.Shapes, &layout.Label{X: x + pad, Y: base, Text: l, Size: nameSize, Bold: true, Align: layout.AlignLeft,
				Fill: ink.Text, Halo: NoColor})
			base += nameSize * 1.2
		}
		for _, l := range note {
			d.Shapes = append(d.Shapes, &layout.Label{X: x + pad, Y: base, Text: l, Size: noteSize, Align: layout.AlignLeft,
				Fill: ink.Muted, Halo: NoColor})
			base += noteSize * 1.3
		}
		if shown != "" {
			d.Shapes = append(d.Shapes, &layout.Label{X: x + w - pad, Y: y + h/2 + (nameSize+3)*0.36, Text: shown, Size: nameSize + 3,
				Bold: true, Align: layout.AlignRight, Fill: ink.Strong, Halo: NoColor})
		}
		word := t.Name
		if shown != "" {
			word = fmt.Sprintf("%s (%s)", t.Name, shown)
		}
		words = append(words, word)
		y += h + gap
	}
	d.H = max(y-gap+1, 4)
	d.Alt = fmt.Sprintf("Organisation territoriale (%s), de l’échelon le plus large au plus proche des habitants : %s.", country,
		strings.Join(words, " ; "))
	return d
}
