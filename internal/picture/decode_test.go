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
	"runtime"
	"sync"
	"sync/atomic"
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
	for o, want := range map[uint16]string{0: "rbww", 1: "rbww", 2: "brww", 3: "wwbr", 4: "wwrb", 5: "rwbw", 6: "wrwb", 7: "wbwr",
		8: "bwrw", 9: "rbww"} {
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

// What the camera noted, such as the place, stays out of the book, wherever in
// the file it stands; so does what follows the image.
func TestBare(t *testing.T) {
	plain := jpegOf(t, red())
	exif := []byte("Exif\x00\x00 48.85 N")
	filled := append(append(append([]byte{}, plain[:2]...), 0xff, 0xff, 0xff), withSegment(plain, 0xe1, exif)[2:]...)
	for name, noted := range map[string][]byte{
		"segments":          withSegment(withSegment(plain, 0xe1, exif), 0xfe, []byte("un commentaire")),
		"behind fill bytes": filled,
		"behind the end":    append(append([]byte{}, plain...), bytes.Repeat([]byte("48.85 N"), 1000)...),
		"unknown segment":   withSegment(plain, 0xe5, exif),
		"a late segment": append(append(append([]byte{}, plain[:len(plain)-2]...), 0xff, 0xe1, 0, 9, '4', '8', '.', '8', '5', ' ', 'N'),
			0xff, 0xd9),
		"photoshop": withSegment(plain, 0xed, exif),
	} {
		bare, ok := Bare(noted)
		if !ok || !bytes.Equal(bare, plain) {
			t.Errorf("%s: something was left, or too much taken: %v, %d bytes for %d", name, ok, len(bare), len(plain))
		}
		if len(Notes(noted)) == 0 && name != "a late segment" {
			t.Errorf("%s: no note is seen", name)
		}
		for n := range min(len(noted), 2000) {
			Bare(noted[:n]) // a cut file must not stop the program
			Notes(noted[:n])
		}
	}
	if notes := Notes(plain); notes != nil {
		t.Errorf("a bare file has notes: %v", notes)
	}
	if _, ok := Bare([]byte("\xff\xd8 and then nothing of a picture")); ok {
		t.Error("what is no picture passes")
	}
}

// An orientation behind fill bytes counts.
func TestOrientationBehindFillBytes(t *testing.T) {
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00")
	noted := withSegment(jpegOf(t, red()), 0xe1, append([]byte("Exif\x00\x00"), tiff...))
	filled := append(append(append([]byte{}, noted[:2]...), 0xff, 0xff), noted[2:]...)
	if o := orientation(filled, "jpeg"); o != 6 {
		t.Errorf("orientation %d", o)
	}
}

// A small file may say that it is a huge picture: it is refused by what it
// says, before anything of it is decoded.
func TestPicturesHaveABudget(t *testing.T) {
	for _, c := range []struct {
		w, h    int
		model   byte // PNG colour type
		depth   byte
		refused bool
	}{
		{1, 100_000_000, 0, 8, true},
		{100_000_000, 1, 0, 8, true},
		{70_000, 1000, 2, 8, true},
		{10_000, 10_000, 6, 16, true},
		{20_000, 100, 0, 8, true},
		{6000, 4000, 2, 8, false},
		{200, 2, 2, 8, false},
	} {
		cfg := image.Config{Width: c.w, Height: c.h, ColorModel: color.GrayModel}
		if c.model == 6 {
			cfg.ColorModel = color.NRGBA64Model
		}
		if c.model == 2 {
			cfg.ColorModel = color.RGBAModel
		}
		weight := weigh(nil, cfg, "png") + 4*min(int64(c.w)*int64(c.h), enough)
		refused := c.w > MaxPixels/c.h || tooLong(c.w, c.h) || weight > Budget+4*enough
		if refused != c.refused {
			t.Errorf("%d × %d: refused %v, weighs %d", c.w, c.h, refused, weight)
		}
	}
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, 1, 70_000))); err != nil {
		t.Fatal(err)
	}
	var size *SizeError
	if _, err := Decode(buf.Bytes()); !errors.As(err, &size) {
		t.Errorf("got %v", err)
	}
}

// Pictures that are decoded at once share the budget.
func TestTheBudgetIsShared(t *testing.T) {
	w := &weighing{}
	w.free = sync.NewCond(&w.mu)
	var most, now atomic.Int64
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			w.acquire(Budget / 3)
			if n := now.Add(1); n > most.Load() {
				most.Store(n)
			}
			runtime.Gosched()
			now.Add(-1)
			w.release(1 + Budget/3 - 1)
		})
	}
	all.Wait()
	if most.Load() > 3 || w.used != 0 {
		t.Errorf("%d at once, %d bytes not given back", most.Load(), w.used)
	}
}

// What has more points than a page shows is brought down, its colours kept.
func TestHugePicturesAreReduced(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 6000, 5000))
	for i := 0; i < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+3] = 200, 255
	}
	got, n := reduced(img)
	if b := got.Bounds(); n != 2 || b.Dx() != 3000 || b.Dy() != 2500 {
		t.Fatalf("%d, %v", n, b)
	}
	if c := got.At(1234, 987); c != (color.NRGBA{200, 0, 0, 255}) {
		t.Errorf("colour %v", c)
	}
}
