package pdf

import (
	"math"
	"strconv"

	"repertoire/internal/layout"
)

func appendInt(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }

// path draws a shape.
func (a *artist) path(p *layout.Path) {
	fills, strokes := !p.Fill.None, !p.Stroke.None && p.Width > 0
	if !fills && !strokes || len(p.Ops) == 0 {
		return
	}
	if fills {
		a.setFill(p.Fill)
	}
	if strokes {
		a.setStroke(p.Stroke)
	}
	a.setOverprint(false)
	x0, y0, x1, y1 := a.bounds(p)
	a.cover(p.Node, x0, y0, x1, y1)
	plain := len(p.Dash) == 0
	if x, y, w, h, ok := rectangle(p.Ops); ok && plain {
		if strokes {
			a.ops(p.Width, "w\n")
		}
		a.ops(a.x(x), a.y(y+h), w, h, "re ", paintOperator(p, fills, strokes), "\n")
		return
	}
	if plain && !fills && len(p.Ops) == 2 && p.Ops[0].Kind == 'M' && p.Ops[1].Kind == 'L' {
		a.ops(p.Width, "w\n", a.x(p.Ops[0].X), a.y(p.Ops[0].Y), "m ", a.x(p.Ops[1].X), a.y(p.Ops[1].Y), "l S\n")
		return
	}
	a.ops("q\n")
	if strokes {
		a.ops(p.Width, "w\n")
		if !plain {
			a.ops("[")
			for _, d := range p.Dash {
				a.ops(d)
			}
			a.ops("] 0 d\n")
		}
	}
	for _, op := range p.Ops {
		switch op.Kind {
		case 'M':
			a.ops(a.x(op.X), a.y(op.Y), "m\n")
		case 'L':
			a.ops(a.x(op.X), a.y(op.Y), "l\n")
		case 'C':
			a.ops(a.x(op.X1), a.y(op.Y1), a.x(op.X2), a.y(op.Y2), a.x(op.X), a.y(op.Y), "c\n")
		case 'Z':
			a.ops("h\n")
		}
	}
	a.ops(paintOperator(p, fills, strokes), "\nQ\n")
}

// paintOperator fills, strokes or both.
func paintOperator(p *layout.Path, fills, strokes bool) string {
	switch {
	case fills && strokes && p.EvenOdd:
		return "B*"
	case fills && strokes:
		return "B"
	case fills && p.EvenOdd:
		return "f*"
	case fills:
		return "f"
	}
	return "S"
}

// rectangle recognises four sides along the axes.
func rectangle(ops []layout.PathOp) (x, y, w, h float64, ok bool) {
	n := len(ops)
	if n > 0 && ops[n-1].Kind == 'Z' {
		n--
	}
	if n == 5 && ops[4].Kind == 'L' && ops[4].X == ops[0].X && ops[4].Y == ops[0].Y {
		n--
	}
	if n != 4 || len(ops) == 4 {
		return 0, 0, 0, 0, false
	}
	for i, op := range ops[:4] {
		if i == 0 && op.Kind != 'M' || i > 0 && op.Kind != 'L' {
			return 0, 0, 0, 0, false
		}
		next := ops[(i+1)%4]
		if (op.X == next.X) == (op.Y == next.Y) {
			return 0, 0, 0, 0, false
		}
	}
	if ops[0].X == ops[2].X || ops[0].Y == ops[2].Y {
		return 0, 0, 0, 0, false
	}
	x, y = min(ops[0].X, ops[2].X), min(ops[0].Y, ops[2].Y)
	return x, y, math.Abs(ops[2].X - ops[0].X), math.Abs(ops[2].Y - ops[0].Y), true
}

// bounds gives the corners of a path in PDF coordinates.
func (a *artist) bounds(p *layout.Path) (x0, y0, x1, y1 float64) {
	x0, y0, x1, y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, op := range p.Ops {
		if op.Kind == 'Z' {
			continue
		}
		x, y := a.x(op.X), a.y(op.Y)
		x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
	}
	return x0, y0, x1, y1
}

// drawMarks draws crop marks at the corners and registration targets in the
// middle of the sides, in all inks, outside the bleed; folds are dashed.
func (a *artist) drawMarks(s sheet) {
	const (
		gap    = bleedWidth + 0.5*millimetre
		length = 5 * millimetre
		radius = 1.6 * millimetre // arms of 2.4 keep off the bleed
	)
	a.setOverprint(false)
	a.ops("q /" + registrationName + " CS 1 SCN 0.25 w\n")
	line := func(x0, y0, x1, y1 float64) { a.ops(x0, y0, "m ", x1, y1, "l S\n") }
	left, bottom := s.margin, s.margin
	right, top := s.margin+s.w, s.margin+s.h
	for _, x := range []float64{left, right} {
		line(x, bottom-gap, x, bottom-gap-length)
		line(x, top+gap, x, top+gap+length)
	}
	for _, y := range []float64{bottom, top} {
		line(left-gap, y, left-gap-length, y)
		line(right+gap, y, right+gap+length, y)
	}
	middle := left + s.w/2
	if len(s.folds) > 0 {
		// The marks of the folds are there.
		middle = left + s.w/4
		a.ops("[2 1.5] 0 d\n")
		for _, x := range s.folds {
			line(left+x, bottom-gap, left+x, bottom-gap-length)
			line(left+x, top+gap, left+x, top+gap+length)
		}
		a.ops("[] 0 d\n")
	}
	away := gap + length/2
	for _, c := range [][2]float64{
		{middle, bottom - away}, {middle, top + away},
		{left - away, bottom + s.h/2}, {right + away, bottom + s.h/2},
	} {
		line(c[0]-radius*1.5, c[1], c[0]+radius*1.5, c[1])
		line(c[0], c[1]-radius*1.5, c[0], c[1]+radius*1.5)
		a.circle(c[0], c[1], radius)
	}
	a.ops("Q\n")
}

// circle strokes a circle of four Bézier arcs.
func (a *artist) circle(x, y, r float64) {
	const k = 0.5522847498 // handle length of a quarter circle
	a.ops(x+r, y, "m\n")
	a.ops(x+r, y+k*r, x+k*r, y+r, x, y+r, "c\n")
	a.ops(x-k*r, y+r, x-r, y+k*r, x-r, y, "c\n")
	a.ops(x-r, y-k*r, x-k*r, y-r, x, y-r, "c\n")
	a.ops(x+k*r, y-r, x+r, y-k*r, x+r, y, "c S\n")
}
