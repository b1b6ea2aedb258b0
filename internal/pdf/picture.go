package pdf

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/signintech/gopdf"

	"repertoire/internal/layout"
	"repertoire/internal/pdf/object"
	"repertoire/internal/picture/icc"
)

// xobject is one image of the file, however often it is placed.
type xobject struct {
	stream *object.Stream // what the file holds
	index  int            // gopdf draws a placeholder 1+index pixels wide
}

// Resolutions in dots per inch: what is finer than above is brought down to
// to; it would only weigh.
type resolution struct{ above, to float64 }

func resolutionFor(v Variant) resolution {
	if v == Print {
		return resolution{450, 350}
	}
	return resolution{300, 220}
}

// placed gathers what the pages say of one image file.
type placed struct {
	first *layout.Picture
	page  int
	dpi   float64 // lowest of its placements
	users []*layout.Picture
}

// preparePictures makes the image of every picture on the sheets, each file
// once, several at a time. A picture that cannot be read is left out and
// reported: a book must not fail for a photograph, nor lose it silently.
func (a *artist) preparePictures(ctx context.Context, inks *icc.Converter, r *Report) error {
	order := a.distinctPictures()
	streams, errs := make([]*object.Stream, len(order)), make([]error, len(order))
	enc := encoder{variant: a.opts.Variant, inks: inks, limit: a.opts.InkLimit, resolution: resolutionFor(a.opts.Variant)}
	parallel(len(order), func(i int) {
		if ctx.Err() == nil {
			streams[i], errs[i] = enc.encode(order[i].first.Data, order[i].dpi)
		}
	})
	if err := ctx.Err(); err != nil {
		return err
	}
	a.pictureOf = map[*layout.Picture]*xobject{}
	for i, pl := range order {
		if errs[i] != nil {
			r.add(Check{Name: "Images lisibles", Page: pl.page, Origin: pl.first.Origin, Detail: errs[i].Error()})
			continue
		}
		width, _ := streams[i].Dict.Get("Width").(int)
		r.Pictures = append(r.Pictures, PictureWeight{Page: pl.page, Origin: pl.first.Origin, Bytes: len(streams[i].Data),
			DPI: pl.dpi * float64(width) / float64(max(pl.first.PixelW, 1))})
		pic := &xobject{stream: streams[i], index: len(a.out.pictures)}
		a.out.pictures = append(a.out.pictures, pic)
		for _, u := range pl.users {
			a.pictureOf[u] = pic
		}
	}
	return nil
}

// distinctPictures gathers the pictures on the sheets by their bytes.
func (a *artist) distinctPictures() []*placed {
	var order []*placed
	byHash := map[[32]byte]*placed{}
	for _, i := range a.placed() {
		for _, item := range a.pages.Pages[i].Items {
			pic, ok := item.(*layout.Picture)
			if !ok || pic.W <= 0 || pic.H <= 0 {
				continue
			}
			key := sha256.Sum256(pic.Data)
			pl := byHash[key]
			if pl == nil {
				pl = &placed{first: pic, page: i, dpi: math.Inf(1)}
				byHash[key] = pl
				order = append(order, pl)
			}
			pl.users = append(pl.users, pic)
			pl.dpi = min(pl.dpi, effectiveDPI(pic))
		}
	}
	return order
}

// effectiveDPI is the resolution of a picture as it is placed.
func effectiveDPI(p *layout.Picture) float64 {
	l, t, r, b := cropOf(p)
	if p.W <= 0 || p.H <= 0 {
		return math.Inf(1)
	}
	return min(float64(p.PixelW)*(r-l)/p.W, float64(p.PixelH)*(b-t)/p.H) * 72
}

// cropOf gives the shown part; an empty one means all.
func cropOf(p *layout.Picture) (left, top, right, bottom float64) {
	c := p.Crop
	if c[2] <= c[0] || c[3] <= c[1] {
		return 0, 0, 1, 1
	}
	return c[0], c[1], c[2], c[3]
}

// placeholder is the image gopdf is given: its width tells which picture the
// finisher must put there.
type placeholder struct {
	io.Reader
	id string
}

func (p placeholder) ID() string { return p.id }

func newPlaceholder(index int) (placeholder, error) {
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, 1+index, 1))); err != nil {
		return placeholder{}, err
	}
	return placeholder{&buf, fmt.Sprintf("picture %d", index)}, nil
}

// picture places an image; one that could not be read leaves its room blank.
func (a *artist) picture(p *layout.Picture) {
	pic := a.pictureOf[p]
	if pic == nil {
		return
	}
	a.setOverprint(false)
	x, y := a.x(p.X), a.y(p.Y+p.H)
	a.cover(p.Node, x, y, x+p.W, y+p.H)
	l, t, r, b := cropOf(p)
	place := gopdf.ImageOptions{X: a.cell.x + p.X, Y: a.cell.y + p.Y, Rect: &gopdf.Rect{W: p.W / (r - l), H: p.H / (b - t)}}
	if l != 0 || t != 0 || r != 1 || b != 1 {
		place.Crop = &gopdf.CropOptions{X: l * place.Rect.W, Y: t * place.Rect.H, Width: p.W, Height: p.H}
	}
	a.flush()
	a.steps = append(a.steps, step{picture: pic, place: place})
}

// parallel runs f for 0…n-1 on all processors; each call writes only its own
// result, so that the order of running never shows.
func parallel(n int, f func(i int)) {
	var wg sync.WaitGroup
	var next atomic.Int64
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				f(i)
			}
		})
	}
	wg.Wait()
}
