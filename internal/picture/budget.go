package picture

import (
	"bytes"
	"image"
	"image/color"
	"runtime"
	"sync"
)

const (
	// Budget is what all pictures being decoded in this process may weigh
	// together, in bytes: several cores do not multiply it.
	Budget = 256 << 20
	// heavy is from which weight on memory is given back at once.
	heavy = 64 << 20
	// enough is how many pixels a page needs at most: an A4 page in full at 600
	// points an inch has 35 million, at the 300 of print 9 million. A picture that
	// has to be turned or converted is brought to it first.
	enough = 24_000_000
	// maxSide bounds one side, and maxRatio the sides' ratio: no picture of a
	// book is a thread of a hundred million points.
	maxSide  = 65_535
	maxRatio = 100
)

// weighing shares the budget out.
type weighing struct {
	mu   sync.Mutex
	free *sync.Cond
	used int64
}

var scales = sync.OnceValue(func() *weighing {
	w := &weighing{}
	w.free = sync.NewCond(&w.mu)
	return w
})

// acquire waits until n bytes are free. A caller holds one weight at a time.
func (w *weighing) acquire(n int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.used > 0 && w.used+n > Budget {
		w.free.Wait()
	}
	w.used += n
}

func (w *weighing) release(n int64) {
	if n >= heavy {
		runtime.GC() // the next one must not stand beside the remains of this one
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.used -= n
	w.free.Broadcast()
}

// weigh estimates what decoding a picture takes, in bytes.
func weigh(data []byte, cfg image.Config, format string) int64 {
	px := int64(cfg.Width) * int64(cfg.Height)
	if format == "png" {
		switch cfg.ColorModel {
		case color.Gray16Model:
			return 2 * px
		case color.RGBA64Model, color.NRGBA64Model:
			return 8 * px
		case color.RGBAModel, color.NRGBAModel:
			return 4 * px
		}
		return px
	}
	if format != "jpeg" {
		return 8 * px // WebP and TIFF: at most sixteen bits a channel
	}
	samples, progressive := jpegSamples(data)
	perPixel := samples
	if cfg.ColorModel == color.CMYKModel {
		perPixel += 4
	}
	if progressive {
		perPixel += 4 * samples // coefficients, kept until the last scan
	}
	return int64(perPixel * float64(px))
}

// jpegSamples gives the samples a pixel that a JPEG holds (1.5 where colours
// are kept at half the size each way), and whether it is a progressive one.
func jpegSamples(data []byte) (samples float64, progressive bool) {
	samples = 3
	segments(data, func(mark byte, body []byte) {
		if mark < 0xc0 || mark > 0xc2 || len(body) < 6 || len(body) < 6+3*int(body[5]) {
			return
		}
		progressive = mark == 0xc2
		most, sum := 0, 0
		for i := range int(body[5]) {
			h, v := int(body[7+3*i]>>4), int(body[7+3*i]&15)
			most, sum = max(most, h*v), sum+h*v
		}
		if most > 0 {
			samples = float64(sum) / float64(most)
		}
	})
	return samples, progressive
}

// reduced brings a picture to a size that a page can use, averaging whole
// squares of n × n points; n is 1 when it is left as it is.
func reduced(img image.Image) (image.Image, int) {
	b := img.Bounds()
	n := 1
	for (b.Dx()/n)*(b.Dy()/n) > enough {
		n++
	}
	if n == 1 {
		return img, 1
	}
	w, h := max(1, b.Dx()/n), max(1, b.Dy()/n)
	if cmyk, ok := img.(*image.CMYK); ok {
		out := image.NewCMYK(image.Rect(0, 0, w, h))
		averaged(out.Pix, w, h, n, func(y int) []byte { return cmyk.Pix[y*cmyk.Stride:] })
		return out, n
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	line := image.NewNRGBA(image.Rect(0, 0, b.Dx(), 1))
	averaged(out.Pix, w, h, n, func(y int) []byte {
		copyLine(line, img, b.Min.X, b.Min.Y+y)
		return line.Pix
	})
	return out, n
}

// averaged fills out, four channels a point, with the means of squares of n
// lines; line gives them one at a time.
func averaged(out []byte, w, h, n int, line func(y int) []byte) {
	sums := make([]uint32, 4*w)
	for y := range h {
		clear(sums)
		for j := range n {
			src := line(y*n + j)
			for x := range w {
				for i := range n {
					at := 4 * (x*n + i)
					for c := range 4 {
						sums[4*x+c] += uint32(src[at+c])
					}
				}
			}
		}
		for i, s := range sums {
			out[y*4*w+i] = byte(s / uint32(n*n))
		}
	}
}

// tooLong tells whether the sides are out of all proportion.
func tooLong(w, h int) bool {
	return max(w, h) > maxSide || max(w, h) > maxRatio*max(1, min(w, h)) && max(w, h) > 4096
}

// dimensions reads what a file says of itself, before anything is decoded.
func dimensions(data []byte) (image.Config, string, error) {
	return image.DecodeConfig(bytes.NewReader(data))
}
