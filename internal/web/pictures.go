package web

import (
	"bytes"
	"fmt"
	"html"
	"html/template"
	"image"
	"image/jpeg"
	"image/png"
	"math"
	"strings"

	"golang.org/x/image/draw"

	"repertoire/internal/book"
	"repertoire/internal/picture"
)

// widths are those a picture is offered in; a browser takes the one it needs.
var widths = [...]int{480, 960, 1600}

const jpegQuality = 82

// pictures writes each picture once, whatever pages show it.
type pictures struct {
	out  put
	made map[string]*shown
}

// shown is a picture in its sizes.
type shown struct {
	files []string // by width, narrowest first
	w, h  []int
}

// add reads a picture, frames it as its record says and writes its sizes. What
// a camera noted (its place above all) is not carried along: only pixels are.
func (p *pictures) add(x book.ShownPicture) (*shown, error) {
	key := fmt.Sprintf("%s %s %d %d", sum(x.Data), x.Picture.Crop, x.Picture.FocusX, x.Picture.FocusY)
	if s, ok := p.made[key]; ok {
		if s == nil {
			return nil, picture.ErrDamaged
		}
		return s, nil
	}
	p.made[key] = nil
	decoded, err := picture.Decode(x.Data)
	if err != nil {
		return nil, err
	}
	defer decoded.Close()
	from := framed(decoded.Image, x)
	out := &shown{}
	for i, width := range widths {
		if i > 0 && from.Dx() <= widths[i-1] {
			break // never larger than it is
		}
		w := min(width, from.Dx())
		h := max(1, int(math.Round(float64(w)*float64(from.Dy())/float64(from.Dx()))))
		data, ext, err := scaled(decoded.Image, from, w, h)
		if err != nil {
			return nil, err
		}
		path := fmt.Sprintf("%s%s-%d.%s", picturesDir, sum(data)[:16], w, ext)
		if err := p.out(path, data); err != nil {
			return nil, err
		}
		out.files, out.w, out.h = append(out.files, path), append(out.w, w), append(out.h, h)
	}
	p.made[key] = out
	return out, nil
}

// framed is the part of a picture that is shown: its shape around its focus.
func framed(img image.Image, x book.ShownPicture) image.Rectangle {
	b := img.Bounds()
	shape, ok := x.Picture.Shape()
	if !ok || shape == 0 {
		return b
	}
	w, h := float64(b.Dx()), float64(b.Dy())
	if w/h > shape {
		w = h * shape
	} else {
		h = w / shape
	}
	fx, fy := x.Picture.Focus()
	left := min(max(fx*float64(b.Dx())-w/2, 0), float64(b.Dx())-w)
	top := min(max(fy*float64(b.Dy())-h/2, 0), float64(b.Dy())-h)
	return image.Rect(int(left), int(top), int(left+w), int(top+h)).Add(b.Min)
}

// scaled brings a part of a picture to a size: JPEG, or PNG when it can be seen
// through.
func scaled(img image.Image, from image.Rectangle, w, h int) ([]byte, string, error) {
	dst := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.CatmullRom.Scale(dst, dst.Rect, img, from, draw.Src, nil)
	var b bytes.Buffer
	if transparent(dst) {
		err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, dst)
		return b.Bytes(), "png", err
	}
	err := jpeg.Encode(&b, dst, &jpeg.Options{Quality: jpegQuality})
	return b.Bytes(), "jpg", err
}

func transparent(img *image.NRGBA) bool {
	for i := 3; i < len(img.Pix); i += 4 {
		if img.Pix[i] != 0xff {
			return true
		}
	}
	return false
}

// html shows the picture; sizes says how wide it stands ("" for a column).
func (x *shown) html(root, alt, sizes, caption, credit string) template.HTML {
	if sizes == "" {
		sizes = "(min-width: 62rem) 40rem, 100vw"
	}
	var set []string
	for i, f := range x.files {
		set = append(set, fmt.Sprintf("%s%s %dw", root, f, x.w[i]))
	}
	middle := min(1, len(x.files)-1)
	var b strings.Builder
	fmt.Fprintf(&b,
		`<figure class="photo"><img src="%s%s" srcset="%s" sizes="%s" width="%d" height="%d" loading="lazy" decoding="async" alt="%s">`,
		root, x.files[middle], strings.Join(set, ", "), sizes, x.w[middle], x.h[middle], html.EscapeString(alt))
	if caption != "" || credit != "" {
		b.WriteString("<figcaption>" + html.EscapeString(typographic(caption)))
		if credit != "" {
			b.WriteString(` <span class="credit">` + html.EscapeString(typographic(credit)) + "</span>")
		}
		b.WriteString("</figcaption>")
	}
	b.WriteString("</figure>")
	return template.HTML(b.String())
}
