package picture

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"

	"golang.org/x/image/tiff"
)

// heic is the head of a telephone's picture: the brand is all that is looked at.
var heic = []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")

func TestTelephonePictureGetsASentenceThatHelps(t *testing.T) {
	_, err := Decode(heic)
	if !errors.Is(err, ErrHEIC) || !errors.Is(err, ErrFormat) {
		t.Fatalf("%v", err)
	}
	if _, _, _, err := Size(heic); !errors.Is(err, ErrHEIC) {
		t.Errorf("size: %v", err)
	}
	if why := Why(err); !strings.Contains(why, "HEIC") || !strings.Contains(why, "JPEG") {
		t.Errorf("%q", why)
	}
	if why := Why(ErrFormat); strings.Contains(why, "HEIC") {
		t.Errorf("%q", why)
	}
}

func TestTIFFIsRead(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 30, 20))
	img.Set(3, 4, color.RGBA{200, 10, 20, 255})
	var b bytes.Buffer
	if err := tiff.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	w, h, format, err := Size(b.Bytes())
	if err != nil || w != 30 || h != 20 || format != "tiff" {
		t.Fatalf("%d × %d %s: %v", w, h, format, err)
	}
	p, err := Decode(b.Bytes())
	if err != nil || p.Format != "tiff" || p.AsIs {
		t.Fatalf("%+v, %v", p, err)
	}
	if r, _, _, _ := p.Image.At(3, 4).RGBA(); r>>8 != 200 {
		t.Errorf("the pixel is %d", r>>8)
	}
}

// A lossless WebP of one red pixel, made by hand after RFC 9649: a file of the
// format in 26 bytes of ours.
var webp = []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")

func TestWebPIsRead(t *testing.T) {
	w, h, format, err := Size(webp)
	if err != nil || w != 1 || h != 1 || format != "webp" {
		t.Fatalf("%d × %d %s: %v", w, h, format, err)
	}
	if _, err := Decode(webp); err != nil {
		t.Errorf("%v", err)
	}
}

func TestDamagedContainersEnd(t *testing.T) {
	for _, data := range [][]byte{webp[:20], []byte("RIFF\xff\xff\xff\xffWEBPICCP\xff\xff\xff\x7f"), []byte("II*\x00\xff\xff\xff\x7f"),
		[]byte("II*\x00\x08\x00\x00\x00\xff\xff")} {
		webpChunk(data, "ICCP")
		tiffField(data, 34675)
		if _, err := Decode(data); err == nil {
			t.Errorf("%q is read", data)
		}
	}
}
