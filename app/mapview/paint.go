package mapview

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strconv"
	"strings"

	fynetheme "fyne.io/fyne/v2/theme"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"repertoire/app/widgets"
	"repertoire/internal/workspace/atlas"
)

// palette is the colours of a picture.
type palette struct {
	sea, land, border, french, foreign, link, chosen, ink, halo color.NRGBA
}

// order is what is to be painted: a plain value, read off the interface thread.
type order struct {
	points   atlas.MapPoints
	camera   camera
	w, h     int     // pixels
	density  float64 // pixels of a unit
	colours  palette
	chosen   map[int32]bool // places, by index
	face     *opentype.Font
	textSize float64 // units
}

// picture is what was painted and where its points are.
type picture struct {
	image    *image.RGBA
	camera   camera
	clusters []cluster
}

// paint makes the picture; nil when it was cancelled.
func (a *lands) paint(ctx context.Context, o order) *picture {
	img := image.NewRGBA(image.Rect(0, 0, o.w, o.h))
	draw.Draw(img, img.Bounds(), image.NewUniform(o.colours.sea), image.Point{}, draw.Src)
	p := newPen(img)
	a.paintLand(p, o)
	if ctx.Err() != nil {
		return nil
	}
	clusters, of := gather(o.points, o.camera, o.w, o.h, o.density)
	o.paintLinks(p, clusters, of)
	if ctx.Err() != nil {
		return nil
	}
	o.paintPoints(p, clusters)
	o.paintLabels(img, clusters)
	return &picture{image: img, camera: o.camera, clusters: clusters}
}

func (a *lands) paintLand(p *pen, o order) {
	west, north := o.camera.from(-8, -8, o.w, o.h)
	east, south := o.camera.from(float64(o.w)+8, float64(o.h)+8, o.w, o.h)
	view := frame{west, south, east, north}
	land := a.land(view, o.camera.scale/o.density >= detailFrom)
	var lines [][]spot
	for _, t := range land {
		for _, r := range t.rings {
			if !r.frame.meets(view) {
				continue
			}
			line := o.project(r)
			if len(line) < 3 {
				continue
			}
			p.polygon(line)
			lines = append(lines, line)
		}
		// A territory at a time: neighbours that overlap by a hair would
		// otherwise cancel out, and holes must stay holes.
		p.ink(o.colours.land)
	}
	for _, l := range lines {
		p.line(l, 0.7*o.density)
	}
	p.ink(o.colours.border)
}

// project gives a ring in pixels, without the corners that no pixel shows.
func (o order) project(r ring) []spot {
	out := make([]spot, 0, min(len(r.points), 512))
	for i, c := range r.points {
		x, y := o.camera.at(c.Lon, c.Lat, o.w, o.h)
		if n := len(out); n > 0 && i < len(r.points)-1 && math.Abs(out[n-1].x-x)+math.Abs(out[n-1].y-y) < 0.7 {
			continue
		}
		out = append(out, spot{x, y})
	}
	return out
}

// paintLinks joins the points; links of the chosen place stand out.
func (o order) paintLinks(p *pen, clusters []cluster, of []int32) {
	type pair struct{ a, b int32 }
	counts, own := map[pair]int{}, map[pair]bool{}
	for _, l := range o.points.Links {
		k := pair{of[l.From], of[l.To]}
		counts[k] += l.Count
		own[k] = own[k] || o.chosen[l.From] || o.chosen[l.To]
	}
	for _, chosen := range []bool{false, true} {
		for k, n := range counts {
			if own[k] != chosen {
				continue
			}
			a, b := clusters[k.a], clusters[k.b]
			width := min(0.8+0.35*math.Log2(float64(n)+1), 3.5)
			p.line(arc(spot{a.x, a.y}, spot{b.x, b.y}), width*o.density)
		}
		c := o.colours.link
		if chosen {
			c = o.colours.chosen
		}
		p.ink(c)
	}
}

// The sides of points, as the legend shows them; triangles are larger, for as
// much ink.
var (
	frenchSides  = 28
	foreignSides = int(widgets.MarkSides(fynetheme.ColorNameWarning))
)

const triangleGrows = 1.35

func (o order) paintPoints(p *pen, clusters []cluster) {
	for _, c := range clusters {
		fill, sides, r := o.colours.foreign, foreignSides, c.r*triangleGrows
		if c.french {
			fill, sides, r = o.colours.french, frenchSides, c.r
		}
		for _, i := range c.places {
			if o.chosen[i] {
				fill, r = o.colours.chosen, r+2*o.density
				break
			}
		}
		p.mark(c.x, c.y, r+1.2*o.density, sides)
		p.ink(o.colours.halo)
		p.mark(c.x, c.y, r, sides)
		p.ink(fill)
	}
}

// mostLabels is how many names a picture can bear.
const mostLabels = 60

// mostNamed is how many points a name is tried for.
const mostNamed = 400

// paintLabels names the points, the largest first, where a name covers neither
// another nor a point. On the map of the world only the large ones are named.
func (o order) paintLabels(img *image.RGBA, clusters []cluster) {
	if o.face == nil {
		return
	}
	face, err := opentype.NewFace(o.face, &opentype.FaceOptions{Size: o.textSize * o.density, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return // a picture without names is better than none
	}
	defer func() { _ = face.Close() }()
	var taken []image.Rectangle
	seen := make([]cluster, 0, mostNamed)
	for _, c := range clusters {
		if c.x < 0 || c.y < 0 || c.x > float64(o.w) || c.y > float64(o.h) {
			continue
		}
		if len(seen) < mostNamed {
			seen = append(seen, c)
		}
		if c.r >= 5*o.density && len(taken) < 4*mostNamed {
			taken = append(taken, image.Rect(int(c.x-c.r*0.7), int(c.y-c.r*0.7), int(c.x+c.r*0.7), int(c.y+c.r*0.7)))
		}
	}
	free := func(r image.Rectangle) bool {
		if !r.In(img.Bounds()) {
			return false
		}
		for _, t := range taken {
			if t.Overlaps(r) {
				return false
			}
		}
		return true
	}
	height := int(o.textSize * o.density * 1.25)
	written := 0
	for _, c := range seen {
		if written >= mostLabels {
			break
		}
		text := o.name(c)
		width := font.MeasureString(face, text).Ceil()
		gap := int(c.r + 3*o.density)
		for _, at := range []image.Point{{int(c.x) + gap, int(c.y) - height/2}, {int(c.x) - gap - width, int(c.y) - height/2},
			{int(c.x) - width/2, int(c.y) - gap - height}, {int(c.x) - width/2, int(c.y) + gap}} {
			box := image.Rect(at.X, at.Y, at.X+width, at.Y+height)
			if !free(box) {
				continue
			}
			taken = append(taken, box.Inset(-int(2*o.density)))
			o.write(img, face, text, at.X, at.Y+height*4/5)
			written++
			break
		}
	}
}

// name is what a label says: the largest place, and how many others.
func (o order) name(c cluster) string {
	s := o.points.Places[c.places[0]].Names[0]
	if n := len(c.places) - 1; n > 0 {
		s += " +" + strconv.Itoa(n)
	}
	return s
}

// write puts a text with a halo, so that it is read on land, sea and links.
func (o order) write(img *image.RGBA, face font.Face, text string, x, y int) {
	d := font.Drawer{Dst: img, Face: face}
	step := fixed.Int26_6(64 * o.density)
	d.Src = image.NewUniform(o.colours.halo)
	for dx := -1; dx <= 1; dx++ {
		for dy := -1; dy <= 1; dy++ {
			if dx != 0 || dy != 0 {
				d.Dot = fixed.Point26_6{X: fixed.I(x) + fixed.Int26_6(dx)*step, Y: fixed.I(y) + fixed.Int26_6(dy)*step}
				d.DrawString(text)
			}
		}
	}
	d.Src = image.NewUniform(o.colours.ink)
	d.Dot = fixed.Point26_6{X: fixed.I(x), Y: fixed.I(y)}
	d.DrawString(text)
}

// caption writes the notice at the foot of a picture that leaves the program,
// in as many lines as it takes.
func (o order) caption(img *image.RGBA, text string) {
	if o.face == nil || text == "" {
		return
	}
	face, err := opentype.NewFace(o.face, &opentype.FaceOptions{Size: o.textSize * o.density * 0.9, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return
	}
	defer func() { _ = face.Close() }()
	var lines []string
	line := ""
	for word := range strings.SplitSeq(text, " ") {
		longer := strings.TrimSpace(line + " " + word)
		if line != "" && font.MeasureString(face, longer).Ceil() > o.w-int(24*o.density) {
			lines, longer = append(lines, line), word
		}
		line = longer
	}
	lines = append(lines, line)
	height := int(o.textSize * o.density * 1.3)
	y := o.h - height*(len(lines)-1) - int(8*o.density)
	for _, l := range lines {
		o.write(img, face, l, int(12*o.density), y)
		y += height
	}
}
