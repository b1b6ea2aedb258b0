package layout

import (
	"fmt"
	"math"

	"repertoire/internal/picture"
)

const (
	printResolution = 300 // dpi under which a press asks for a better picture
	pixelLimit      = picture.MaxPixels
)

// image places a picture with its caption and credit.
func (b *builder) image(in Image, p place) {
	origin := originOf(in.Origin, p.origin)
	node := p.node.add("Figure")
	node.Alt = in.Alt
	width := p.width
	if in.Width > 0 && in.Width < 1 {
		width *= in.Width
	}
	limit := b.s.design.rules.pictureMax * b.full
	if in.MaxHeight > 0 {
		limit = math.Min(in.MaxHeight, b.full*0.9)
	}
	pic, warns := readPicture(in.Data, origin)
	if in.Alt == "" {
		warns = append(warns, Warning{Kind: WarnAlt, Origin: origin,
			Message: "L’image n’a pas de texte de remplacement : un lecteur d’écran ne pourra pas la décrire."})
	}
	if pic == nil {
		for i := range warns {
			warns[i].Page = -1
		}
		b.faults = append(b.faults, warns...)
		return
	}
	pic.Crop = in.crop(pic, in.Ratio)
	w, h := width, width*shownRatio(pic)
	if h > limit {
		w, h = w*limit/h, limit
	}
	pic.W, pic.H, pic.Origin = w, h, origin
	warns = append(warns, tooCoarse(pic)...)
	v := vbox{height: h, warnings: warns, float: in.Float, entry: origin.Entry}
	v.frags = []frag{{picture: pic, node: node}}
	v.regions = []boxRegion{{w: w, h: h, origin: origin}}
	caption := append([]Inline(nil), in.Caption...)
	b.caption(&v, caption, "caption", origin, place{width: math.Max(w, math.Min(p.width, 160)), cell: true, node: p.node})
	if in.Credit != "" {
		b.caption(&v, Plain(in.Credit), "credit", origin, place{width: math.Max(w, math.Min(p.width, 160)), cell: true, node: p.node})
	}
	g := b.s.design.grid
	if !p.cell {
		v.height = math.Ceil(v.height/g) * g
	}
	b.push(v, 0.5*g, p)
	b.after = 0.5 * g
}

// crop keeps of a picture the largest part of a shape, its focus as near the
// middle as the edges allow; a shape of 0 keeps all.
func (in *Image) crop(pic *Picture, ratio float64) [4]float64 {
	have := float64(pic.PixelW) / float64(pic.PixelH)
	if ratio <= 0 {
		return [4]float64{0, 0, 1, 1}
	}
	fx, fy := in.FocusX, in.FocusY
	if fx == 0 && fy == 0 {
		fx, fy = 0.5, 0.5
	}
	span := func(part, focus float64) (from, to float64) {
		from = math.Min(math.Max(focus-part/2, 0), 1-part)
		return from, from + part
	}
	c := [4]float64{0, 0, 1, 1}
	if have > ratio {
		c[0], c[2] = span(ratio/have, fx)
	} else {
		c[1], c[3] = span(have/ratio, fy)
	}
	return c
}

// shownRatio is height over width of the part shown.
func shownRatio(p *Picture) float64 {
	return float64(p.PixelH) * (p.Crop[3] - p.Crop[1]) / (float64(p.PixelW) * (p.Crop[2] - p.Crop[0]))
}

// tooCoarse warns of a picture that a press would show in steps. The part
// shown counts, not what is cropped.
func tooCoarse(p *Picture) []Warning {
	shown := float64(p.PixelW) * (p.Crop[2] - p.Crop[0])
	dpi := shown / (p.W / 72)
	if dpi >= printResolution-0.5 {
		return nil
	}
	need := math.Ceil(p.W / 72 * printResolution / (p.Crop[2] - p.Crop[0]))
	return []Warning{{Kind: WarnResolution, Origin: p.Origin,
		Message: fmt.Sprintf(
			"L’image est imprimée à %.0f points par pouce ; il en faut %d. Fournissez une image d’au moins %.0f pixels de large.", dpi,
			printResolution, need)}}
}

// caption sets lines under what v holds.
func (b *builder) caption(v *vbox, text []Inline, name Style, origin Origin, p place) {
	if len(text) == 0 {
		return
	}
	st := b.styleNamed(name, "small", origin)
	node := p.node.add("Caption")
	lines := stack(b.lines(text, st, 0, 0, origin, p, node))
	gap := 0.28 * st.leading
	y := v.height + gap
	v.absorb(lines, 0, y)
	v.height = y + lines.height
}

// readPicture looks at a picture's head: what it is and how large, without
// decoding it.
func readPicture(data []byte, origin Origin) (*Picture, []Warning) {
	w, h, format, err := picture.Size(data)
	if err != nil {
		return nil, []Warning{{Kind: WarnPicture, Origin: origin,
			Message: "L’image est illisible (" + picture.Why(err) + ") ; elle n’a pas été placée."}}
	}
	if float64(w)*float64(h) > pixelLimit {
		return nil, []Warning{{Kind: WarnPicture, Origin: origin,
			Message: fmt.Sprintf("L’image est démesurée (%d × %d pixels) ; elle n’a pas été placée.", w, h)}}
	}
	return &Picture{Data: data, Format: format, PixelW: w, PixelH: h, Crop: [4]float64{0, 0, 1, 1}}, nil
}

// drawing places vector art, scaled to its width.
func (b *builder) drawing(in Drawing, p place) {
	if in.W <= 0 || in.H <= 0 || math.IsNaN(in.W+in.H) || math.IsInf(in.W+in.H, 0) {
		return
	}
	origin := originOf(in.Origin, p.origin)
	var node *Node
	if !in.Decorative {
		node = p.node.add("Figure")
		node.Alt = in.Alt
	}
	w := math.Min(in.W, p.width)
	if in.Width > 0 {
		w = p.width * math.Min(in.Width, 1)
	}
	scale := w / in.W
	limit := b.full * 0.92
	if in.H*scale > limit {
		scale = limit / in.H
		w = in.W * scale
	}
	x := 0.0
	switch in.Align {
	case AlignCenter:
		x = (p.width - w) / 2
	case AlignRight:
		x = p.width - w
	}
	v := vbox{height: in.H * scale, entry: origin.Entry}
	v.regions = []boxRegion{{x: x, w: w, h: v.height, origin: origin}}
	for _, sh := range in.Shapes {
		switch sh := sh.(type) {
		case *Path:
			v.frags = append(v.frags, frag{x: x, path: scaled(sh, scale), node: node})
		case *Label:
			b.label(&v, sh, x, scale, node)
		}
	}
	if in.Alt == "" && !in.Decorative {
		v.warnings = append(v.warnings, Warning{Kind: WarnAlt, Origin: origin,
			Message: "Le dessin n’a pas de texte de remplacement : un lecteur d’écran ne pourra pas le décrire."})
	}
	b.caption(&v, in.Caption, "caption", origin, place{width: p.width, cell: true, node: p.node})
	g := b.s.design.grid
	if in.Decorative {
		b.push(v, 0.25*g, p)
		return
	}
	if !p.cell {
		v.height = math.Ceil((v.height-0.01)/g) * g
	}
	b.push(v, 0.5*g, p)
	b.after = 0.5 * g
}

// Scaled gives a drawing at another size, its text with it.
func (in Drawing) Scaled(k float64) Drawing {
	out := in
	out.W, out.H, out.Shapes = in.W*k, in.H*k, nil
	for _, sh := range in.Shapes {
		switch sh := sh.(type) {
		case *Path:
			out.Shapes = append(out.Shapes, scaled(sh, k))
		case *Label:
			l := *sh
			l.X, l.Y, l.Size = l.X*k, l.Y*k, l.Size*k
			out.Shapes = append(out.Shapes, &l)
		}
	}
	return out
}

// scaled copies a path at another size; line widths keep their points, so
// that a hairline stays one.
func scaled(in *Path, k float64) *Path {
	if k == 1 {
		return in // nothing changes a path once it is made
	}
	out := *in
	out.Ops = make([]PathOp, len(in.Ops))
	for i, op := range in.Ops {
		op.X, op.Y, op.X1, op.Y1, op.X2, op.Y2 = op.X*k, op.Y*k, op.X1*k, op.Y1*k, op.X2*k, op.Y2*k
		out.Ops[i] = op
	}
	return &out
}

// label sets a line of text of a drawing. It keeps its size when the drawing
// shrinks a little, so that it can be read.
func (b *builder) label(v *vbox, l *Label, x0, scale float64, node *Node) {
	st := b.styleNamed("tag", "caption", Origin{})
	st.size = math.Max(l.Size*scale, math.Min(l.Size, 5.5))
	if st.size <= 0 {
		return
	}
	st.name = Style(fmt.Sprintf("label %g %v", st.size, l.Fill))
	st.leading, st.bold, st.color, st.align, st.figures = st.size*1.2, l.Bold, l.Fill, AlignLeft, figuresLining
	para := b.s.paragraph(paraInput{text: []Inline{Text{Text: l.Text, NoHyphen: true}}, style: st, measure: 1e4, lang: b.plan.lang})
	if len(para.lines) == 0 {
		return
	}
	line := para.lines[0]
	x := x0 + l.X*scale
	switch l.Align {
	case AlignCenter:
		x -= line.width / 2
	case AlignRight:
		x -= line.width
	}
	for _, f := range para.faults {
		v.warnings = append(v.warnings, Warning{Kind: f.kind, Message: f.message})
	}
	if !l.Halo.None && l.Halo != (Color{}) {
		v.frags = append(v.frags, frag{x: x, y: l.Y * scale, path: halo(line, l.Halo, st.size*0.22)})
	}
	v.frags = append(v.frags, frag{x: x, y: l.Y * scale, line: line, spans: sameNode(node, len(para.spans)), infos: nil})
}

func sameNode(n *Node, count int) []*Node {
	nodes := make([]*Node, count)
	for i := range nodes {
		nodes[i] = n
	}
	return nodes
}

// halo is the outline of a line's letters, stroked wide under them.
func halo(l *setLine, c Color, width float64) *Path {
	out := &Path{Fill: Color{None: true}, Stroke: c, Width: width}
	for _, r := range l.runs {
		if r.font == nil || r.square != nil {
			continue
		}
		x := r.x
		k := r.size / float64(r.font.UnitsPerEm)
		for _, g := range r.glyphs {
			for _, op := range r.font.Outline(g.ID) {
				dx, dy := x+float64(g.DX), -r.dy-float64(g.DY)
				op.X, op.Y = dx+op.X*k, dy-op.Y*k
				op.X1, op.Y1 = dx+op.X1*k, dy-op.Y1*k
				op.X2, op.Y2 = dx+op.X2*k, dy-op.Y2*k
				out.Ops = append(out.Ops, op)
			}
			x += g.Advance
		}
	}
	return out
}
