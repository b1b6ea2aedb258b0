package raster

import (
	"image"
	"image/color"
	"math"
	"sync"

	"repertoire/internal/layout"
	"repertoire/internal/repertoire"
)

// maxPixels bounds an image: A2 at 300 dots per inch.
const maxPixels = 40_000_000

// Renderer paints the pages of one document and keeps the glyphs and the
// pictures it has already made. Safe for concurrent use.
type Renderer struct {
	pages *layout.Pages

	mu       sync.Mutex
	glyphs   map[glyphKey]*mask
	pictures map[pictureKey]*image.RGBA
	weight   int // bytes of pictures kept
}

// New makes a renderer for pages.
func New(pages *layout.Pages) *Renderer {
	return &Renderer{pages: pages, glyphs: map[glyphKey]*mask{}, pictures: map[pictureKey]*image.RGBA{}}
}

// Page paints page i of pages at dpi dots per inch, trimmed. To paint several
// pages of one document, use a Renderer.
func Page(pages *layout.Pages, i int, dpi float64) (*image.RGBA, error) {
	return New(pages).Page(i, dpi)
}

// Page paints page i at dpi dots per inch, trimmed.
func (r *Renderer) Page(i int, dpi float64) (*image.RGBA, error) {
	if i < 0 || i >= len(r.pages.Pages) {
		return nil, repertoire.Missing("La page %d n'existe pas : ce document en compte %d.", i+1, len(r.pages.Pages))
	}
	scale := dpi / 72
	w, h := math.Round(r.pages.Size.W*scale), math.Round(r.pages.Size.H*scale)
	if !(w >= 1 && h >= 1 && w*h <= maxPixels) {
		return nil, repertoire.Refuse("La page ne peut pas être affichée à cette échelle (%.0f × %.0f pixels) : réduisez le zoom.", w, h)
	}
	c := &canvas{renderer: r, img: image.NewRGBA(image.Rect(0, 0, int(w), int(h))), scale: scale}
	for k := range c.img.Pix {
		c.img.Pix[k] = 255
	}
	for _, item := range r.pages.Pages[i].Items {
		switch it := item.(type) {
		case *layout.Glyphs:
			c.text(it)
		case *layout.Path:
			c.path(it)
		case *layout.Picture:
			c.picture(it)
		}
	}
	return c.img, nil
}

// canvas is one page being painted.
type canvas struct {
	renderer *Renderer
	img      *image.RGBA
	scale    float64
	scanner  scanner
}

func (c *canvas) path(p *layout.Path) {
	lines := flatten(p.Ops, c.scale, 0, 0, false)
	if !p.Fill.None {
		c.start(lines, 1)
		fillEdges(&c.scanner, lines)
		c.paint(p.Fill, p.EvenOdd)
	}
	if p.Stroke.None || p.Width <= 0 {
		return
	}
	width := p.Width * c.scale
	dash := make([]float64, len(p.Dash))
	for i, d := range p.Dash {
		dash[i] = d * c.scale
	}
	c.start(lines, width*miterLimit+1)
	strokeEdges(&c.scanner, lines, width, dash)
	c.paint(p.Stroke, false)
}

// start readies the scanner for lines, within the page.
func (c *canvas) start(lines []polyline, margin float64) {
	x0, y0, x1, y1 := bounds(lines, margin)
	b := c.img.Rect
	c.scanner.reset(max(x0, b.Min.X), max(y0, b.Min.Y), min(x1, b.Max.X), min(y1, b.Max.Y))
}

func (c *canvas) paint(fill layout.Color, evenOdd bool) {
	x0 := c.scanner.x0
	c.scanner.coverage(evenOdd, func(y int, alpha []uint8) { blend(c.img, x0, y, alpha, fill) })
}

// blend lays a colour over a row under alpha.
func blend(img *image.RGBA, x0, y int, alpha []uint8, fill layout.Color) {
	at := img.PixOffset(x0, y)
	pix := img.Pix[at : at+4*len(alpha)]
	for i, a := range alpha {
		switch a {
		case 0:
		case 255:
			pix[4*i], pix[4*i+1], pix[4*i+2] = fill.R, fill.G, fill.B
		default:
			p, v := pix[4*i:4*i+3], uint32(a)
			p[0] = mix(p[0], fill.R, v)
			p[1] = mix(p[1], fill.G, v)
			p[2] = mix(p[2], fill.B, v)
		}
	}
}

func mix(under, over uint8, a uint32) uint8 {
	return uint8((uint32(under)*(255-a) + uint32(over)*a + 127) / 255)
}

// missing is the tint of a picture that cannot be read.
var missing = color.RGBA{R: 226, G: 226, B: 226, A: 255}
