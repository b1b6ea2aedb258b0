package web

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strconv"
	"strings"

	"repertoire/internal/book/chart"
	"repertoire/internal/layout"
)

// inkNames are the classes of the style sheet for the inks of drawings.
var inkNames = [...]string{1: "strong", 2: "medium", 3: "soft", 4: "faint", 5: "line", 6: "text", 7: "muted", 8: "paper"}

// inkName gives the name of a colour in the style sheet, "" for none.
func inkName(c layout.Color) string {
	switch {
	case c.None:
		return "none"
	case c.R == 1 && c.G == 2 && int(c.B) < len(inkNames) && c.B > 0:
		return inkNames[c.B]
	}
	return "strong"
}

// svg writes a drawing; its colours are those of the style sheet.
func svg(d layout.Drawing, class string) template.HTML {
	var b strings.Builder
	label := `role="img" aria-label="` + html.EscapeString(typographic(d.Alt)) + `"`
	if d.Decorative || d.Alt == "" {
		label = `aria-hidden="true"`
	}
	fmt.Fprintf(&b, `<svg class="%s" viewBox="0 0 %s %s" %s>`, class, short(d.W), short(d.H), label)
	for _, shape := range d.Shapes {
		switch x := shape.(type) {
		case *layout.Path:
			fmt.Fprintf(&b, `<path class="f-%s s-%s"`, inkName(x.Fill), inkName(x.Stroke))
			if !x.Stroke.None && x.Width > 0 {
				fmt.Fprintf(&b, ` stroke-width="%s"`, short(x.Width))
			}
			fmt.Fprintf(&b, ` d="%s"/>`, pathData(x.Ops))
		case *layout.Label:
			anchor := ""
			switch x.Align {
			case layout.AlignCenter:
				anchor = ` text-anchor="middle"`
			case layout.AlignRight:
				anchor = ` text-anchor="end"`
			}
			bold := ""
			if x.Bold {
				bold = ` font-weight="600"`
			}
			fmt.Fprintf(&b, `<text class="f-%s" x="%s" y="%s" font-size="%s"%s%s>%s</text>`, inkName(x.Fill), short(x.X), short(x.Y),
				short(x.Size), anchor, bold, html.EscapeString(x.Text))
		}
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}

// pathData writes the operations of a path, lines relative: half the bytes.
func pathData(ops []layout.PathOp) string { return pathIn(ops, 10, decimal) }

// halves writes a path in half points, to be drawn at half its size: what coasts
// are drawn to, and a third of the bytes of tenths.
func halves(ops []layout.PathOp) string { return pathIn(ops, 2, strconv.Itoa) }

// pathIn writes a path in so many parts of a point. Positions are kept in whole
// parts, so that what is rounded never adds up.
func pathIn(ops []layout.PathOp, parts float64, write func(int) string) string {
	var b strings.Builder
	whole := func(v float64) int { return int(math.Round(v * parts)) }
	put := func(v int, first bool) {
		if !first && v >= 0 {
			b.WriteByte(' ')
		}
		b.WriteString(write(v))
	}
	var x, y, x0, y0 int
	last := byte(0)
	for _, op := range ops {
		nx, ny := whole(op.X), whole(op.Y)
		switch op.Kind {
		case 'M':
			b.WriteByte('M')
			put(nx, true)
			put(ny, false)
			x, y, x0, y0 = nx, ny, nx, ny
		case 'L':
			if nx == x && ny == y {
				continue
			}
			if last != 'L' {
				b.WriteByte('l')
			}
			put(nx-x, last != 'L')
			put(ny-y, false)
			x, y = nx, ny
		case 'C':
			b.WriteByte('C')
			put(whole(op.X1), true)
			put(whole(op.Y1), false)
			put(whole(op.X2), false)
			put(whole(op.Y2), false)
			put(nx, false)
			put(ny, false)
			x, y = nx, ny
		case 'Z':
			b.WriteByte('z')
			x, y = x0, y0
		}
		last = op.Kind
	}
	return b.String()
}

// decimal writes tenths: 12 gives "1.2", -5 "-.5".
func decimal(tenths int) string {
	sign := ""
	if tenths < 0 {
		sign, tenths = "-", -tenths
	}
	whole, part := tenths/10, tenths%10
	switch {
	case part == 0:
		return sign + strconv.Itoa(whole)
	case whole == 0:
		return sign + "." + strconv.Itoa(part)
	}
	return sign + strconv.Itoa(whole) + "." + strconv.Itoa(part)
}

// short writes a measure with two decimals at most.
func short(v float64) string {
	return strings.TrimSuffix(strings.TrimRight(strconv.FormatFloat(v, 'f', 2, 64), "0"), ".")
}

// signPaths are the marks of the families in a square of ten.
func signPath(family int) string {
	ops := chart.Sign(family)
	for i := range ops {
		ops[i].X, ops[i].Y, ops[i].X1, ops[i].Y1, ops[i].X2, ops[i].Y2 = ops[i].X*10, ops[i].Y*10, ops[i].X1*10, ops[i].Y1*10, ops[i].X2*10,
			ops[i].Y2*10
	}
	return pathData(ops)
}

// sign is the mark of a family, nothing for none.
func sign(family int) template.HTML {
	if family < 1 || family > chart.Families {
		return ""
	}
	return template.HTML(`<svg class="sign" viewBox="0 0 10 10" aria-hidden="true"><path d="` + signPath(family) + `"/></svg>`)
}
