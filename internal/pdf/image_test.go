package pdf

import (
	"bytes"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"math"
	"strings"
	"testing"

	"repertoire/internal/layout"
	"repertoire/internal/pdf/object"
	"repertoire/internal/picture/icc"
)

// cmykJPEG makes a baseline JPEG of four components in one colour (0…255 of
// ink). With Adobe's marker the values are stored inverted, as Photoshop does.
func cmykJPEG(size int, ink [4]uint8, adobe bool) []byte {
	out := []byte{0xff, 0xd8}
	segment := func(marker byte, data ...byte) {
		out = append(out, 0xff, marker, byte((len(data)+2)>>8), byte(len(data)+2))
		out = append(out, data...)
	}
	if adobe {
		segment(0xee, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0)
	}
	quant := append([]byte{0}, bytes.Repeat([]byte{1}, 64)...)
	segment(0xdb, quant...)
	frame := []byte{8, byte(size >> 8), byte(size), byte(size >> 8), byte(size), 4}
	scan := []byte{4}
	for c := range byte(4) {
		frame = append(frame, c+1, 0x11, 0)
		scan = append(scan, c+1, 0)
	}
	segment(0xc0, frame...)
	// DC: sixteen codes of four bits for the sizes 0…11; AC: one bit, end of
	// block.
	segment(0xc4, append(append([]byte{0x00}, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)...)
	segment(0xc4, append([]byte{0x10}, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)...)
	segment(0xda, append(scan, 0, 63, 0)...)
	var bits uint64
	n := 0
	put := func(v, count int) {
		bits = bits<<count | uint64(v)
		n += count
		for n >= 8 {
			b := byte(bits >> (n - 8))
			out = append(out, b)
			if b == 0xff {
				out = append(out, 0)
			}
			n -= 8
		}
	}
	var last [4]int
	for range ((size + 7) / 8) * ((size + 7) / 8) {
		for c, v := range ink {
			if adobe {
				v = 255 - v
			}
			dc := (int(v) - 128) * 8
			diff := dc - last[c]
			last[c] = dc
			length := 0
			for a := int(math.Abs(float64(diff))); a > 0; a >>= 1 {
				length++
			}
			put(length, 4)
			if diff < 0 {
				diff += 1<<length - 1
			}
			put(diff, length)
			put(0, 1)
		}
	}
	put(0x7f, 7)
	return append(out, 0xff, 0xd9)
}

func pressEncoder(t testing.TB, v Variant) encoder {
	e := encoder{variant: v, limit: defaultInkLimit, resolution: resolutionFor(v)}
	p, err := icc.Parse(pressProfile(t))
	if err != nil {
		t.Fatal(err)
	}
	if e.inks, err = icc.NewConverter(p, e.limit); err != nil {
		t.Fatal(err)
	}
	return e
}

// pixels decodes an image of ours.
func pixels(t testing.TB, s *object.Stream) []byte {
	t.Helper()
	data, err := new(object.File).Decode(s)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func encodeImage(t testing.TB, e encoder, data []byte) *object.Stream {
	t.Helper()
	s, err := e.encode(data, 300)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestCMYKPictures(t *testing.T) {
	ink := [4]uint8{200, 40, 0, 8}
	for name, adobe := range map[string]bool{"with Adobe's marker": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			data := cmykJPEG(16, ink, adobe)
			s := encodeImage(t, pressEncoder(t, Print), data)
			if s.Dict.Get("ColorSpace") != object.Name("DeviceCMYK") {
				t.Fatalf("%v", s.Dict)
			}
			px := pixels(t, s)
			for i, want := range ink {
				if d := int(px[i]) - int(want); d > 1 || d < -1 {
					t.Errorf("ink %d is %d, want %d", i, px[i], want)
				}
			}
			screen := encodeImage(t, pressEncoder(t, Digital), data)
			if screen.Dict.Get("ColorSpace") != object.Name("DeviceRGB") {
				t.Errorf("%v", screen.Dict)
			}
			img, _, err := image.Decode(bytes.NewReader(screen.Data))
			if err != nil {
				t.Fatal(err)
			}
			// Mostly cyan: little red, much blue.
			if r, _, b, _ := img.At(8, 8).RGBA(); r>>8 > 100 || b>>8 < 150 {
				t.Errorf("on screen %v", img.At(8, 8))
			}
		})
	}
}

// interlaced makes an Adam7 gray PNG of 8 × 8, which Go reads but does not
// write: passes of rows of the given value.
func interlaced(v byte) []byte {
	passes := [][2]int{{1, 1}, {1, 1}, {2, 1}, {2, 2}, {4, 2}, {4, 4}, {8, 4}} // width, height
	var raw []byte
	for _, p := range passes {
		for range p[1] {
			raw = append(raw, 0)
			raw = append(raw, bytes.Repeat([]byte{v}, p[0])...)
		}
	}
	out := []byte("\x89PNG\r\n\x1a\n")
	chunk := func(kind string, data []byte) {
		out = binary.BigEndian.AppendUint32(out, uint32(len(data)))
		body := append([]byte(kind), data...)
		out = append(out, body...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(body))
	}
	chunk("IHDR", []byte{0, 0, 0, 8, 0, 0, 0, 8, 8, 0, 0, 0, 1})
	chunk("IDAT", object.Deflate(raw))
	chunk("IEND", nil)
	return out
}

func TestScreenPictures(t *testing.T) {
	e := pressEncoder(t, Digital)
	deep := image.NewRGBA64(image.Rect(0, 0, 4, 4))
	for i := range deep.Pix {
		deep.Pix[i] = 0xff
	}
	deep.SetRGBA64(0, 0, color.RGBA64{R: 0x8000, G: 0x1000, B: 0xffff, A: 0xffff})
	clear := image.NewNRGBA(image.Rect(0, 0, 4, 4))
	clear.SetNRGBA(0, 0, color.NRGBA{R: 255, A: 128})
	paletted := image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.Black, color.RGBA{R: 9, G: 8, B: 7, A: 255}})
	paletted.SetColorIndex(0, 0, 1)
	for name, c := range map[string]struct {
		data  []byte
		space string
		want  []byte
	}{
		"sixteen bits": {pngOf(t, deep), "DeviceRGB", []byte{0x80, 0x10, 0xff}},
		"half clear":   {pngOf(t, clear), "DeviceRGB", []byte{255, 127, 127}},
		"palette":      {pngOf(t, paletted), "DeviceRGB", []byte{9, 8, 7}},
		"interlaced":   {interlaced(77), "DeviceGray", []byte{77}},
	} {
		t.Run(name, func(t *testing.T) {
			s := encodeImage(t, e, c.data)
			if s.Dict.Get("ColorSpace") != object.Name(c.space) || s.Dict.Get("SMask") != nil {
				t.Fatalf("%v", s.Dict)
			}
			if px := pixels(t, s); !bytes.Equal(px[:len(c.want)], c.want) {
				t.Errorf("first pixel %v, want %v", px[:len(c.want)], c.want)
			}
		})
	}
	t.Run("a photograph passes as it is", func(t *testing.T) {
		data := jpegOf(t, photo(40, 30))
		if s := encodeImage(t, e, data); !bytes.Equal(s.Data, data) {
			t.Error("encoded again")
		}
	})
	t.Run("a far too fine one is reduced", func(t *testing.T) {
		s, err := e.encode(jpegOf(t, photo(400, 300)), 880)
		if err != nil || s.Dict.Get("Width") != 100 {
			t.Errorf("%v %v", s, err)
		}
	})
}

func TestPrintPictures(t *testing.T) {
	e := pressEncoder(t, Print)
	s := encodeImage(t, e, jpegOf(t, photo(40, 30)))
	if s.Dict.Get("ColorSpace") != object.Name("DeviceCMYK") || len(pixels(t, s)) != 40*30*4 {
		t.Errorf("%v", s.Dict)
	}
	gray := image.NewGray(image.Rect(0, 0, 4, 4))
	gray.SetGray(0, 0, color.Gray{Y: 255})
	s = encodeImage(t, e, pngOf(t, gray))
	if px := pixels(t, s); s.Dict.Get("ColorSpace") != object.Name("DeviceGray") || px[0] != 255 || px[1] != 0 {
		t.Errorf("%v %v", s.Dict, px[:2])
	}
}

// hugePNG claims to be 60,000 pixels wide and high.
func hugePNG(t testing.TB) []byte {
	data := pngOf(t, image.NewGray(image.Rect(0, 0, 1, 1)))
	binary.BigEndian.PutUint32(data[16:], 60000)
	binary.BigEndian.PutUint32(data[20:], 60000)
	binary.BigEndian.PutUint32(data[29:], crc32.ChecksumIEEE(data[12:29]))
	return data
}

func TestUnreadablePictures(t *testing.T) {
	var buf bytes.Buffer
	if err := png.Encode(&buf, photo(50, 50)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"cut JPEG":      {jpegOf(t, photo(50, 50))[:600], "incomplète"},
		"cut PNG":       {buf.Bytes()[:buf.Len()/2], "incomplète"},
		"not a picture": {[]byte("bonjour"), "ni JPEG, ni PNG, ni WebP"},
		"empty":         {nil, "ni JPEG, ni PNG, ni WebP"},
		"too large":     {hugePNG(t), "plus que ce qu'un livre"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t)
			b.addPage("1")
			p := b.picture(b.node(b.pages.Structure, "Figure"), c.data, "jpeg", 50, 50, 10, 10, 50, 50)
			for _, v := range []Variant{Print, Digital} {
				o := Options{Variant: v}
				if v == Print {
					o.Profile.Data = pressProfile(t)
				}
				out, r, err := Write(context.Background(), b.pages, o)
				if err != nil || len(out) == 0 {
					t.Fatal(err)
				}
				if len(r.Checks) != 1 || r.OK || r.Checks[0].Origin != p.Origin || !strings.Contains(r.Checks[0].Detail, c.says) {
					t.Errorf("%+v", r)
				}
			}
		})
	}
}

func TestCrop(t *testing.T) {
	p := &layout.Picture{W: 72, H: 36, PixelW: 600, PixelH: 600, Crop: [4]float64{0.5, 0, 1, 0.25}}
	if got := effectiveDPI(p); got != 300 {
		t.Errorf("%g dpi, want 300", got)
	}
	p.Crop = [4]float64{}
	if got := effectiveDPI(p); got != 600 {
		t.Errorf("%g dpi whole, want 600", got)
	}
}

// Inks are brought down like other pictures: what is finer than a press shows
// would only weigh.
func TestInksAreBroughtDown(t *testing.T) {
	img := image.NewCMYK(image.Rect(0, 0, 900, 600))
	for i := 0; i < len(img.Pix); i += 4 {
		copy(img.Pix[i:], []uint8{200, 40, 0, uint8(i / 4 % 256)})
	}
	out := shrunkInks(img, 1.0/3)
	if b := out.Bounds(); b.Dx() != 300 || b.Dy() != 200 {
		t.Fatalf("%v", b)
	}
	c := out.CMYKAt(150, 100)
	if c.C != 200 || c.M != 40 || c.Y != 0 {
		t.Errorf("the inks changed: %+v", c)
	}
	if shrunkInks(img, 1) != img {
		t.Error("a picture at its size is scaled")
	}
}
