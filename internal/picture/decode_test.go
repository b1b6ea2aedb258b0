package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"repertoire/internal/picture/icc"
)

// red is a picture of pure red.
func red() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 16, 16))
	for i := 0; i < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+3] = 255, 255
	}
	return img
}

func jpegOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exchanged is a profile whose red is green: a conversion shows at once.
func exchanged() []byte {
	b := icc.SRGB()
	r, g := bytes.Index(b, []byte("rXYZ")), bytes.Index(b, []byte("gXYZ"))
	b[r], b[g] = 'g', 'r'
	return b
}

// withJPEGProfile inserts a profile in parts of at most size bytes.
func withJPEGProfile(data, profile []byte, size int) []byte {
	out := append([]byte(nil), data[:2]...)
	count := (len(profile) + size - 1) / size
	for i := range count {
		part := profile[i*size : min((i+1)*size, len(profile))]
		out = append(out, 0xff, 0xe2)
		out = binary.BigEndian.AppendUint16(out, uint16(2+14+len(part)))
		out = append(out, "ICC_PROFILE\x00"...)
		out = append(out, byte(i+1), byte(count))
		out = append(out, part...)
	}
	return append(out, data[2:]...)
}

func withPNGProfile(t testing.TB, data, profile []byte) []byte {
	var z bytes.Buffer
	z.WriteString("profile\x00\x00")
	z.Write(deflated(t, profile))
	return withPNGChunk(data, "iCCP", z.Bytes())
}

func withPNGChunk(data []byte, kind string, content []byte) []byte {
	body := append([]byte(kind), content...)
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(content)))
	chunk = binary.BigEndian.AppendUint32(append(chunk, body...), crc32.ChecksumIEEE(body))
	const afterHeader = 8 + 25
	return append(append(append([]byte(nil), data[:afterHeader]...), chunk...), data[afterHeader:]...)
}

func deflated(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestProfilesAreFollowed(t *testing.T) {
	j, p := jpegOf(t, red()), pngOf(t, red())
	for name, c := range map[string]struct {
		data  []byte
		green bool
		asIs  bool
	}{
		"JPEG without":         {j, false, true},
		"JPEG in sRGB":         {withJPEGProfile(j, icc.SRGB(), 60000), false, true},
		"JPEG in another":      {withJPEGProfile(j, exchanged(), 60000), true, false},
		"JPEG in parts":        {withJPEGProfile(j, exchanged(), 500), true, false},
		"JPEG, damaged":        {withJPEGProfile(j, exchanged()[:300], 60000), false, true},
		"JPEG, of a press":     {withJPEGProfile(j, []byte("not a profile at all"), 60000), false, true},
		"PNG without":          {p, false, false},
		"PNG in sRGB":          {withPNGProfile(t, p, icc.SRGB()), false, false},
		"PNG in another":       {withPNGProfile(t, p, exchanged()), true, false},
		"PNG, profile damaged": {withPNGProfile(t, p, exchanged()[:200]), false, false},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Decode(c.data)
			if err != nil {
				t.Fatal(err)
			}
			r, g, _, _ := got.Image.At(8, 8).RGBA()
			if green := g > r; green != c.green || got.AsIs != c.asIs {
				t.Errorf("red %d, green %d, as it is: %v", r>>8, g>>8, got.AsIs)
			}
		})
	}
}

func TestTransparencySurvivesAProfile(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	img.SetNRGBA(0, 0, color.NRGBA{R: 255, A: 128})
	got, err := Decode(withPNGProfile(t, pngOf(t, img), exchanged()))
	if err != nil {
		t.Fatal(err)
	}
	if c := got.Image.(*image.NRGBA).NRGBAAt(0, 0); c.A != 128 || c.G < 250 {
		t.Errorf("%v", c)
	}
}

func TestRefusals(t *testing.T) {
	huge := pngOf(t, image.NewGray(image.Rect(0, 0, 1, 1)))
	binary.BigEndian.PutUint32(huge[16:], 60000)
	binary.BigEndian.PutUint32(huge[20:], 60000)
	binary.BigEndian.PutUint32(huge[29:], crc32.ChecksumIEEE(huge[12:29]))
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"nothing":   {nil, ErrFormat},
		"text":      {[]byte("bonjour"), ErrFormat},
		"cut JPEG":  {jpegOf(t, red())[:600], ErrDamaged},
		"cut PNG":   {pngOf(t, red())[:60], ErrDamaged},
		"too large": {huge, ErrTooLarge},
	} {
		if _, err := Decode(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(withJPEGProfile(jpegOf(f, red()), exchanged(), 500))
	f.Add(withPNGProfile(f, pngOf(f, red()), exchanged()))
	f.Add(withSegment(jpegOf(f, red()), 0xe1, append([]byte("Exif\x00\x00"), exif(binary.LittleEndian, 6)...)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		if p, err := Decode(data); err == nil && p.Image.Bounds().Empty() {
			t.Error("an empty picture")
		}
	})
}

// exif is a TIFF header that says how the camera was held.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	out := []byte("MM")
	if order == binary.LittleEndian {
		out = []byte("II")
	}
	out = order.AppendUint16(out, 42)
	out = order.AppendUint32(out, 8)
	out = order.AppendUint16(out, 1)
	out = order.AppendUint16(out, 0x0112)
	out = order.AppendUint16(out, 3)
	out = order.AppendUint32(out, 1)
	out = order.AppendUint16(out, orientation)
	return order.AppendUint32(append(out, 0, 0), 0)
}

func withSegment(data []byte, marker byte, body []byte) []byte {
	out := append([]byte(nil), data[:2]...)
	out = binary.BigEndian.AppendUint16(append(out, 0xff, marker), uint16(2+len(body)))
	return append(append(out, body...), data[2:]...)
}

// A photograph taken with the camera on its side stands upright in the book.
func TestOrientationIsFollowed(t *testing.T) {
	// Red at the top left, blue at the top right, white below.
	img := image.NewRGBA(image.Rect(0, 0, 64, 32))
	for y := range 32 {
		for x := range 64 {
			c := color.RGBA{255, 255, 255, 255}
			switch {
			case y < 16 && x < 32:
				c = color.RGBA{255, 0, 0, 255}
			case y < 16:
				c = color.RGBA{0, 0, 255, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	name := func(m image.Image, right, bottom bool) string {
		b := m.Bounds()
		x, y := b.Min.X+4, b.Min.Y+4
		if right {
			x = b.Max.X - 5
		}
		if bottom {
			y = b.Max.Y - 5
		}
		r, g, bl, _ := m.At(x, y).RGBA()
		switch {
		case g>>8 > 128:
			return "w"
		case r > bl:
			return "r"
		}
		return "b"
	}
	// Corners: top left, top right, bottom left, bottom right.
	for o, want := range map[uint16]string{0: "rbww", 1: "rbww", 2: "brww", 3: "wwbr", 4: "wwrb", 5: "rwbw", 6: "wrwb", 7: "wbwr", 8: "bwrw", 9: "rbww"} {
		for kind, data := range map[string][]byte{
			"JPEG, Motorola": withSegment(jpegOf(t, img), 0xe1, append([]byte("Exif\x00\x00"), exif(binary.BigEndian, o)...)),
			"JPEG, Intel":    withSegment(jpegOf(t, img), 0xe1, append([]byte("Exif\x00\x00"), exif(binary.LittleEndian, o)...)),
			"PNG":            withPNGChunk(pngOf(t, img), "eXIf", exif(binary.BigEndian, o)),
		} {
			p, err := Decode(data)
			if err != nil {
				t.Fatalf("%s, %d: %v", kind, o, err)
			}
			got := name(p.Image, false, false) + name(p.Image, true, false) + name(p.Image, false, true) + name(p.Image, true, true)
			if got != want {
				t.Errorf("%s, %d: corners %s, want %s", kind, o, got, want)
			}
			w, h, _, err := Size(data)
			if b := p.Image.Bounds(); err != nil || b.Dx() != w || b.Dy() != h {
				t.Errorf("%s, %d: said to be %d × %d, is %v, %v", kind, o, w, h, b, err)
			}
			if p.AsIs && want != "rbww" {
				t.Errorf("%s, %d: as it is", kind, o)
			}
		}
	}
}

// What the camera noted, such as the place, stays out of the book.
func TestBare(t *testing.T) {
	plain := jpegOf(t, red())
	noted := withSegment(withSegment(plain, 0xe1, []byte("Exif\x00\x00 48.85 N")), 0xfe, []byte("un commentaire"))
	if !bytes.Equal(Bare(noted), plain) {
		t.Error("something was left, or too much taken")
	}
	for n := range len(noted) {
		Bare(noted[:n]) // a cut file must not stop the program
	}
}
