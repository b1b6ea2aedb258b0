package raster

import (
	"image"
	"math"

	"golang.org/x/image/draw"

	"repertoire/internal/layout"
	"repertoire/internal/picture"
)

// maxKept bounds what the renderer keeps of scaled pictures, in bytes.
const maxKept = 96 << 20

// pictureKey names a picture as painted. The display list never changes, so
// the place of the data stands for them.
type pictureKey struct {
	data *byte
	crop [4]float64
	w, h int
}

func (c *canvas) picture(p *layout.Picture) {
	x0, y0 := int(math.Round(p.X*c.scale)), int(math.Round(p.Y*c.scale))
	x1, y1 := int(math.Round((p.X+p.W)*c.scale)), int(math.Round((p.Y+p.H)*c.scale))
	box := image.Rect(x0, y0, x1, y1)
	if box.Empty() || box.Dx() > 20000 || box.Dy() > 20000 {
		return
	}
	img := c.renderer.scaled(p, box.Dx(), box.Dy())
	if img == nil {
		draw.Draw(c.img, box, image.NewUniform(missing), image.Point{}, draw.Src)
		return
	}
	draw.Draw(c.img, box, img, image.Point{}, draw.Over)
}

// scaled gives the shown part of a picture at w × h pixels, nil when it cannot
// be read.
func (r *Renderer) scaled(p *layout.Picture, w, h int) *image.RGBA {
	if len(p.Data) == 0 {
		return nil
	}
	key := pictureKey{&p.Data[0], p.Crop, w, h}
	r.mu.Lock()
	img, ok := r.pictures[key]
	r.mu.Unlock()
	if ok {
		return img
	}
	img = scale(p, w, h)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.weight += 4 * w * h; r.weight > maxKept {
		clear(r.pictures)
		r.weight = 4 * w * h
	}
	r.pictures[key] = img
	return img
}

func scale(p *layout.Picture, w, h int) *image.RGBA {
	file, err := picture.Decode(p.Data)
	if err != nil {
		return nil
	}
	defer file.Close()
	src := file.Image
	b := src.Bounds()
	c := p.Crop
	if c[2] <= c[0] || c[3] <= c[1] {
		c = [4]float64{0, 0, 1, 1}
	}
	part := image.Rect(
		b.Min.X+int(math.Round(c[0]*float64(b.Dx()))), b.Min.Y+int(math.Round(c[1]*float64(b.Dy()))),
		b.Min.X+int(math.Round(c[2]*float64(b.Dx()))), b.Min.Y+int(math.Round(c[3]*float64(b.Dy()))),
	).Intersect(b)
	if part.Empty() {
		return nil
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	// Far too large pictures are first halved roughly: a full kernel over
	// twelve megapixels would hold the preview up.
	if f := min(part.Dx()/w, part.Dy()/h); f >= 4 {
		rough := image.NewRGBA(image.Rect(0, 0, part.Dx()/(f/2), part.Dy()/(f/2)))
		draw.ApproxBiLinear.Scale(rough, rough.Rect, src, part, draw.Src, nil)
		src, part = rough, rough.Rect
	}
	draw.CatmullRom.Scale(out, out.Rect, src, part, draw.Over, nil)
	return out
}
