package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	_ "image/png" // decoder

	_ "golang.org/x/image/tiff" // decoder
	_ "golang.org/x/image/webp" // decoder

	"repertoire/internal/picture/icc"
)

// MaxPixels is the largest picture decoded; what it weighs counts too (Budget).
const MaxPixels = 100_000_000

var (
	// ErrFormat says that the bytes are in no format that is read.
	ErrFormat = errors.New("not a JPEG, PNG, WebP or TIFF picture")
	// ErrHEIC says that the picture is in the format of telephones, which is not
	// read: its decoders are burdened by patents.
	ErrHEIC = fmt.Errorf("HEIC picture: %w", ErrFormat)
	// ErrTooLarge says that the picture has more than MaxPixels.
	ErrTooLarge = errors.New("too many pixels")
	// ErrDamaged says that the picture is cut short or broken.
	ErrDamaged = errors.New("damaged picture")
)

// Picture is a picture decoded.
type Picture struct {
	// Image is an *image.CMYK when the file holds inks; anything else is sRGB.
	Image  image.Image
	Format string // "jpeg", "png", "webp" or "tiff"
	// AsIs says that the file is an upright JPEG in sRGB or gray whose bytes
	// a PDF can hold unchanged.
	AsIs bool
	// Reduced is by how much each side was divided, 1 when it was not: a picture
	// with more points than any page shows is not kept whole in memory.
	Reduced int

	weight int64
}

// Close gives the picture's share of the budget back. Every picture decoded is
// closed, and its Image not used any more.
func (p *Picture) Close() {
	if p.weight > 0 {
		weight := p.weight
		p.weight, p.Image = 0, nil
		scales().release(weight)
	}
}

// Decode reads a picture file and turns it upright; close it. When its size is
// known but too large, out of proportion or too heavy to be decoded, the error
// is a *SizeError. It waits while others hold the budget.
func Decode(data []byte) (Picture, error) {
	cfg, format, err := dimensions(data)
	if err != nil || !read(format) {
		return Picture{}, unread(data, err)
	}
	if cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width > MaxPixels/cfg.Height || tooLong(cfg.Width, cfg.Height) {
		return Picture{}, &SizeError{cfg.Width, cfg.Height}
	}
	weight := weigh(data, cfg, format) + 4*min(int64(cfg.Width)*int64(cfg.Height), enough)
	if weight > Budget+4*enough {
		return Picture{}, &SizeError{cfg.Width, cfg.Height}
	}
	p := Picture{Format: format, weight: min(weight, Budget)}
	scales().acquire(p.weight)
	if err := p.decode(data); err != nil {
		p.Close()
		return Picture{}, err
	}
	return p, nil
}

func (p *Picture) decode(data []byte) error {
	img, err := decode(data, p.Format)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	switch img.(type) {
	case *image.Gray, *image.YCbCr:
		p.AsIs = p.Format == "jpeg"
	}
	if p.Image, p.Reduced = reduced(img); p.Reduced > 1 {
		p.AsIs = false
	}
	if _, inks := p.Image.(*image.CMYK); !inks {
		if camera := cameraOf(data, p.Format); camera != nil {
			p.Image, p.AsIs = developed(p.Image, camera), false
		}
	}
	if o := orientation(data, p.Format); o > 1 {
		p.Image, p.AsIs = upright(p.Image, o), false
	}
	return nil
}

// SizeError tells the size of a picture that is too large.
type SizeError struct{ W, H int }

func (e *SizeError) Error() string { return fmt.Sprintf("%d × %d pixels", e.W, e.H) }

// Unwrap makes it an ErrTooLarge.
func (e *SizeError) Unwrap() error { return ErrTooLarge }

// decode reads the pixels. A CMYK JPEG without Adobe's marker, which Go
// refuses, gets one: such files hold ink as it is, with the marker inverted.
func decode(data []byte, format string) (image.Image, error) {
	img, _, err := image.Decode(bytes.NewReader(data))
	var unsupported jpeg.UnsupportedError
	if err == nil || format != "jpeg" || !errors.As(err, &unsupported) {
		return img, err
	}
	marker := []byte{0xff, 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0}
	img, _, err = image.Decode(bytes.NewReader(append(append(append([]byte(nil), data[:2]...), marker...), data[2:]...)))
	if cmyk, ok := img.(*image.CMYK); ok && err == nil {
		for i := range cmyk.Pix {
			cmyk.Pix[i] = 255 - cmyk.Pix[i]
		}
	}
	return img, err
}

// cameraOf gives the conversion a picture asks for, nil when it is sRGB, says
// nothing or cannot be understood: then its values are taken as sRGB.
func cameraOf(data []byte, format string) *icc.Camera {
	var profile []byte
	switch format {
	case "jpeg":
		profile = jpegProfile(data)
	case "png":
		profile = pngProfile(data)
	case "webp":
		profile = webpChunk(data, "ICCP")
	case "tiff":
		profile = tiffField(data, 34675)
	}
	if profile == nil {
		return nil
	}
	p, err := icc.Parse(profile)
	if err != nil {
		return nil
	}
	camera, err := icc.NewCamera(p)
	if err != nil || camera.IsSRGB() {
		return nil
	}
	return camera
}

// developed converts the pixels of img, its transparency kept.
func developed(img image.Image, camera *icc.Camera) image.Image {
	b := img.Bounds()
	out := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Rect, img, b.Min, draw.Src)
	for i := 0; i+3 < len(out.Pix); i += 4 {
		out.Pix[i], out.Pix[i+1], out.Pix[i+2] = camera.RGB(out.Pix[i], out.Pix[i+1], out.Pix[i+2])
	}
	return out
}

// copyLine brings one line of img into line.
func copyLine(line *image.NRGBA, img image.Image, x, y int) {
	draw.Draw(line, line.Rect, img, image.Pt(x, y), draw.Src)
}
