package pdf

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"math"

	"golang.org/x/image/draw"

	"repertoire/internal/pdf/object"
	"repertoire/internal/picture"
	"repertoire/internal/picture/icc"
	"repertoire/internal/repertoire"
)

// jpegQuality is used where a photograph must be encoded again for screens.
const jpegQuality = 88

// encoder turns picture files into PDF images of one variant.
type encoder struct {
	variant    Variant
	inks       *icc.Converter // nil in a digital file without profile
	limit      int            // ink, percent
	resolution resolution
}

// encode makes the image of a picture file shown at dpi. Errors are whole
// French sentences.
func (e encoder) encode(data []byte, dpi float64) (*object.Stream, error) {
	src, err := picture.Decode(data)
	var size *picture.SizeError
	switch {
	case errors.As(err, &size):
		return nil, repertoire.Refuse(
			"L'image mesure %d × %d pixels, plus que ce qu'un livre peut montrer : elle a été laissée en blanc ; réduisez-la.", size.W,
			size.H)
	case errors.Is(err, picture.ErrFormat):
		return nil, repertoire.Damage("", err, "L'image a été laissée en blanc : %s.", picture.Why(err))
	case err != nil:
		return nil, repertoire.Damage("", err, "L'image est incomplète ou abîmée : elle a été laissée en blanc ; remplacez-la.")
	}
	defer src.Close()
	img := src.Image
	shrink := 1.0
	dpi /= float64(src.Reduced)
	if !math.IsInf(dpi, 0) && dpi > e.resolution.above {
		shrink = e.resolution.to / dpi
	}
	if e.variant == Digital && src.AsIs && shrink == 1 {
		space := "DeviceRGB"
		if _, ok := img.(*image.Gray); ok {
			space = "DeviceGray"
		}
		// A file that cannot be taken apart is encoded anew, below.
		if bare, ok := picture.Bare(data); ok {
			return jpegStream(bare, img.Bounds().Dx(), img.Bounds().Dy(), space), nil
		}
	}
	if cmyk, ok := img.(*image.CMYK); ok {
		if e.variant == Print {
			return e.inkImage(shrunkInks(cmyk, shrink)), nil
		}
		img = e.toRGB(cmyk)
	}
	rgb := flatten(img, shrink)
	if e.variant == Print {
		return e.printImage(rgb), nil
	}
	if src.Format != "png" {
		var buf bytes.Buffer
		if err := jpeg.Encode(&buf, rgb, &jpeg.Options{Quality: jpegQuality}); err != nil {
			return nil, repertoire.Fault(err, "L'image n'a pas pu être réduite : elle a été laissée en blanc.")
		}
		return jpegStream(buf.Bytes(), rgb.Rect.Dx(), rgb.Rect.Dy(), "DeviceRGB"), nil
	}
	return screenImage(rgb), nil
}

// flatten draws img on white, scaled by shrink. Sixteen bits become eight.
func flatten(img image.Image, shrink float64) *image.RGBA {
	b := img.Bounds()
	w := max(1, int(math.Round(float64(b.Dx())*shrink)))
	h := max(1, int(math.Round(float64(b.Dy())*shrink)))
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	if shrink == 1 {
		draw.Draw(out, out.Rect, img, b.Min, draw.Over)
	} else {
		scaleWithin(out, img)
	}
	return out
}

// maxScaling bounds what the scaler takes for itself, in bytes.
const maxScaling = 64 << 20

// scaleWithin scales img over out. The scaler keeps four numbers for each
// column of out and line of img: where that is too much, in strips, each from
// the lines it shows and some around.
func scaleWithin(out *image.RGBA, img image.Image) {
	b, w, h := img.Bounds(), out.Rect.Dx(), out.Rect.Dy()
	if 32*w*b.Dy() <= maxScaling {
		draw.CatmullRom.Scale(out, out.Rect, img, b, draw.Over, nil)
		return
	}
	lines := float64(b.Dy()) / float64(h) // of img, for one of out
	const around = 4                      // lines of out, more than the kernel reaches
	high := max(1, int(float64(maxScaling)/float64(32*w)/lines)-2*around)
	for top := 0; top < h; top += high {
		bottom := min(h, top+high)
		from, to := max(0, top-around), min(h, bottom+around)
		part := image.NewRGBA(image.Rect(0, from, w, to))
		draw.Draw(part, part.Rect, image.White, image.Point{}, draw.Src)
		src := image.Rect(b.Min.X, b.Min.Y+int(math.Round(float64(from)*lines)), b.Max.X, b.Min.Y+int(math.Round(float64(to)*lines)))
		draw.CatmullRom.Scale(part, part.Rect, img, src, draw.Over, nil)
		draw.Draw(out, image.Rect(0, top, w, bottom), part, image.Pt(0, top), draw.Src)
	}
}

// shrunkInks scales a picture of inks: three of them and then the black go
// through the scaler as the channels of an opaque picture.
func shrunkInks(img *image.CMYK, shrink float64) *image.CMYK {
	if shrink >= 1 {
		return img
	}
	b := img.Bounds()
	out := image.NewCMYK(image.Rect(0, 0, max(1, int(math.Round(float64(b.Dx())*shrink))), max(1, int(math.Round(float64(b.Dy())*shrink)))))
	full := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	small := image.NewRGBA(out.Rect)
	for _, black := range []bool{false, true} {
		for i := range b.Dx() * b.Dy() {
			at := img.PixOffset(b.Min.X+i%b.Dx(), b.Min.Y+i/b.Dx())
			c, m, y := img.Pix[at], img.Pix[at+1], img.Pix[at+2]
			if black {
				c, m, y = img.Pix[at+3], img.Pix[at+3], img.Pix[at+3]
			}
			copy(full.Pix[4*i:], []uint8{c, m, y, 255})
		}
		draw.CatmullRom.Scale(small, small.Rect, full, full.Rect, draw.Src, nil)
		for i := 0; i+3 < len(out.Pix); i += 4 {
			if black {
				out.Pix[i+3] = small.Pix[i]
			} else {
				copy(out.Pix[i:i+3], small.Pix[i:i+3])
			}
		}
	}
	return out
}

// isGray says whether every pixel is neutral.
func isGray(img *image.RGBA) bool {
	for i := 0; i+3 < len(img.Pix); i += 4 {
		if img.Pix[i] != img.Pix[i+1] || img.Pix[i] != img.Pix[i+2] {
			return false
		}
	}
	return true
}

func jpegStream(data []byte, w, h int, space string) *object.Stream {
	d := imageDict(w, h, space)
	d.Set("Filter", object.Name("DCTDecode"))
	return &object.Stream{Dict: d, Data: data}
}

func imageDict(w, h int, space string) *object.Dict {
	return object.NewDict("Type", object.Name("XObject"), "Subtype", object.Name("Image"),
		"Width", w, "Height", h, "ColorSpace", object.Name(space), "BitsPerComponent", 8)
}

// screenImage keeps a drawing or a logo exact.
func screenImage(img *image.RGBA) *object.Stream {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if isGray(img) {
		return pixelStream(w, h, 1, "DeviceGray", func(out []byte, i int) { out[0] = img.Pix[4*i] })
	}
	return pixelStream(w, h, 3, "DeviceRGB", func(out []byte, i int) { copy(out, img.Pix[4*i:4*i+3]) })
}

// printImage separates a picture: neutral ones in black alone, so that they
// cannot take a cast, others through the press's profile.
func (e encoder) printImage(img *image.RGBA) *object.Stream {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	if isGray(img) {
		return pixelStream(w, h, 1, "DeviceGray", func(out []byte, i int) { out[0] = 255 - e.inks.Black(img.Pix[4*i]) })
	}
	return pixelStream(w, h, 4, "DeviceCMYK", func(out []byte, i int) {
		c := e.inks.Inks(img.Pix[4*i], img.Pix[4*i+1], img.Pix[4*i+2])
		copy(out, c[:])
	})
}

// inkImage keeps the inks of a picture already separated, within the limit.
func (e encoder) inkImage(img *image.CMYK) *object.Stream {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	return pixelStream(w, h, 4, "DeviceCMYK", func(out []byte, i int) {
		at := (i/w)*img.Stride + 4*(i%w)
		c := icc.Limit([4]uint8(img.Pix[at:at+4]), e.limit)
		copy(out, c[:])
	})
}

// toRGB shows inks on screen.
func (e encoder) toRGB(img *image.CMYK) *image.RGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		p := img.Pix[(i/w)*img.Stride+4*(i%w):]
		var r, g, b uint8
		if e.inks != nil {
			r, g, b = e.inks.Screen([4]uint8(p[:4]))
		} else {
			r, g, b = color.CMYKToRGB(p[0], p[1], p[2], p[3])
		}
		copy(out.Pix[4*i:], []uint8{r, g, b, 255})
	}
	return out
}

// pixelStream compresses pixels behind PNG predictors, chosen line by line.
func pixelStream(w, h, channels int, space string, pixel func(out []byte, i int)) *object.Stream {
	row := w * channels
	out := make([]byte, 0, (row+1)*h)
	cur, prior := make([]byte, row), make([]byte, row)
	lines := [3][]byte{make([]byte, row), make([]byte, row), make([]byte, row)}
	for y := range h {
		for x := range w {
			pixel(cur[x*channels:(x+1)*channels], y*w+x)
		}
		kind := filterLine(&lines, cur, prior, channels)
		out = append(append(out, byte(kind)), lines[kind]...)
		cur, prior = prior, cur
	}
	d := imageDict(w, h, space)
	d.Set("DecodeParms", object.NewDict("Predictor", 15, "Colors", channels, "BitsPerComponent", 8, "Columns", w))
	d.Set("Filter", object.Name("FlateDecode"))
	return &object.Stream{Dict: d, Data: object.Deflate(out)}
}

// filterLine fills lines with the line as it is, less its left neighbours and
// less the line above, and says which has the smallest residues.
func filterLine(lines *[3][]byte, cur, prior []byte, pixel int) int {
	var sum [3]int
	for i, c := range cur {
		var left byte
		if i >= pixel {
			left = cur[i-pixel]
		}
		lines[0][i], lines[1][i], lines[2][i] = c, c-left, c-prior[i]
		for k := range sum {
			sum[k] += int(magnitude(lines[k][i]))
		}
	}
	best := 0
	for k := range sum {
		if sum[k] < sum[best] {
			best = k
		}
	}
	return best
}

func magnitude(b byte) byte {
	if b >= 128 {
		return -b
	}
	return b
}
